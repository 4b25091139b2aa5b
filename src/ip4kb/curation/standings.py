"""How well the facts of the record stand, counted by kind, with the records that stand weakest."""

from collections import Counter
from collections.abc import Iterator

from ip4kb.model.kind import Kind
from ip4kb.queries.evidence import UNKNOWN, Standing
from ip4kb.queries.facts import Fact, facts_of
from ip4kb.records import Records

KINDS = tuple(kind for kind in Kind if kind not in {Kind.SOURCE, Kind.CLAIM, Kind.DISAGREEMENT})
WELL = frozenset({Standing.OFFICIAL, Standing.CORROBORATED})


def report(records: Records) -> list[str]:
    """A line for each kind and one for all, then the records with facts on a single source, weakest first."""
    facts = [fact for fact in facts_of(records, KINDS) if fact.standing is not UNKNOWN]
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
