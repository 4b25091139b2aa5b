"""How well the facts of the record stand, counted by kind, with the records that stand weakest."""

from collections import Counter
from collections.abc import Iterator

import attrs

from ip4kb.model.kind import Kind
from ip4kb.places import below, own_facts, walk
from ip4kb.queries.evidence import Standing, resolved, standing
from ip4kb.records import Records

KINDS = tuple(kind for kind in Kind if kind not in {Kind.SOURCE, Kind.CLAIM, Kind.DISAGREEMENT})
WELL = frozenset({Standing.OFFICIAL, Standing.CORROBORATED})


@attrs.frozen(kw_only=True)
class Fact:
    """A fact of the record, and how well it stands.

    Attributes:
        kind: Kind of the record.
        record: Id of the record.
        place: Where the fact stands.
        standing: How well it stands.
    """

    kind: Kind
    record: str
    place: str
    standing: Standing


def facts_of(records: Records) -> Iterator[Fact]:
    """Every fact outside claims and disagreements: what its own citations, or those of its holder, must support."""
    for kind in KINDS:
        for record in records.collection(kind):
            for where, node in walk(record, record.id):
                for name in own_facts(node) if hasattr(node, "citations") else ():
                    place = below(where, name)
                    stands = standing(records, place, record, resolved(records, where, node, name))
                    if isinstance(stands, Standing):
                        yield Fact(kind=kind, record=record.id, place=place, standing=stands)


def report(records: Records) -> list[str]:
    """A line for each kind and one for all, then the records with facts on a single source, weakest first."""
    facts = list(facts_of(records))
    width = max(len(standing.value) for standing in Standing)
    lines = ["".join(["kind".ljust(14), "facts".rjust(6), *(f"{s.value:>{width + 2}}" for s in Standing), "  well"])]
    for name, chosen in [*((kind.value, [f for f in facts if f.kind is kind]) for kind in KINDS), ("all", facts)]:
        counts = Counter(fact.standing for fact in chosen)
        shares = (f"{counts[standing]:>{width + 2}}" for standing in Standing)
        well = sum(counts[standing] for standing in WELL)
        share = f"{well / len(chosen):6.0%}" if chosen else "     -"
        lines.append("".join([name.ljust(14), f"{len(chosen):>6}", *shares, share]))
    return [*lines, "", *_weakest(facts)]


def _weakest(facts: list[Fact]) -> Iterator[str]:
    total = Counter(fact.record for fact in facts)
    alone: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.standing is Standing.SINGLE_SOURCE:
            alone.setdefault(fact.record, []).append(fact)
    for id, weak in sorted(alone.items(), key=lambda item: (-len(item[1]) / total[item[0]], -len(item[1]), item[0])):
        places = ", ".join(fact.place.partition("#")[2] for fact in weak)
        yield f"{weak[0].kind.value}/{id}: {len(weak)} of {total[id]} on a single source: {places}"
