"""Every fact of the record, with what stands behind it."""

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ip4kb.model.kind import Kind
from ip4kb.places import below, own_facts, walk
from ip4kb.queries.evidence import ResolvedCitation, Standing, Unknown, resolved, standing
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class Fact:
    """A fact, the smallest thing that citations support: a field of a record, or of a part with citations of its own.

    Attributes:
        kind: Kind of the record.
        record: Id of the record.
        part: The place of the record or part that states it.
        place: Where it stands.
        content: What it says, as the model has it.
        citations: Where it is said.
        standing: How well it stands.
    """

    kind: Kind
    record: str
    part: str
    place: str
    content: Any
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown


def facts_of(records: Records, kinds: Iterable[Kind] = Kind) -> Iterator[Fact]:
    """Every fact of these kinds of record, by kind, then in the order of the records and of their fields."""
    for kind in kinds:
        for record in records.collection(kind):
            for part, node in walk(record, record.id):
                cites = hasattr(node, "citations")
                every = resolved(records, part, node) if cites else ()
                for name in own_facts(node) if cites else ():
                    place, rows = below(part, name), tuple(row for row in every if name in row.supports)
                    yield Fact(
                        kind=kind,
                        record=record.id,
                        part=part,
                        place=place,
                        content=getattr(node, name),
                        citations=rows,
                        standing=standing(records, place, record, rows),
                    )
