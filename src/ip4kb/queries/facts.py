"""Every fact of the record, with what stands behind it."""

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from ip4kb.model.kind import Kind
from ip4kb.places import below, own_facts, walk
from ip4kb.queries.evidence import ResolvedCitation, Standing, Unknown, resolved, standing
from ip4kb.queries.layers import layer_at
from ip4kb.records import Records


@attrs.frozen(kw_only=True, eq=False)
class Part:
    """A record, or a part of one that carries citations of its own.

    Attributes:
        kind: Kind of the record.
        record: The record.
        place: Where the part stands; that of a record is its id.
        node: The record or part itself.
        citations: Its citations, resolved.
    """

    kind: Kind
    record: Any
    place: str
    node: Any
    citations: tuple[ResolvedCitation, ...]


@attrs.frozen(kw_only=True)
class Fact:
    """A fact, the smallest thing that citations support: a field of a record, or of a part with citations of its own.

    Attributes:
        kind: Kind of the record.
        record: Id of the record.
        part: The place of the record or part that states it.
        field: Name of the field.
        place: Where it stands.
        content: What it says, as the model has it.
        citations: Where it is said.
        standing: How well it stands.
        layer: Name of the last overlay without which it would not be so; None where no overlay changed it.
    """

    kind: Kind
    record: str
    part: str
    field: str
    place: str
    content: Any
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown
    layer: str | None = None


def parts_of(records: Records, kinds: Iterable[Kind] = Kind) -> Iterator[Part]:
    """Every record and part that carries citations, by kind, then in the order of the records and of their fields."""
    for kind in kinds:
        for record in records.collection(kind):
            for place, node in walk(record, record.id):
                if hasattr(node, "citations"):
                    citations = resolved(records, place, node)
                    yield Part(kind=kind, record=record, place=place, node=node, citations=citations)


def facts_in(records: Records, part: Part) -> Iterator[Fact]:
    """The facts that a record or part states, in the order of its fields."""
    for field in own_facts(part.node):
        place = below(part.place, field)
        citations = tuple(citation for citation in part.citations if field in citation.supports)
        yield Fact(
            kind=part.kind,
            record=part.record.id,
            part=part.place,
            field=field,
            place=place,
            content=getattr(part.node, field),
            citations=citations,
            standing=standing(records, place, part.record, citations),
            layer=layer_at(records, place),
        )


def facts_of(records: Records, kinds: Iterable[Kind] = Kind) -> Iterator[Fact]:
    """Every fact of these kinds of record."""
    return (fact for part in parts_of(records, kinds) for fact in facts_in(records, part))
