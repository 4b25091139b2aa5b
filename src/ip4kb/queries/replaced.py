"""What overlays have put something else in the place of."""

from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.model.citation import Citation
from ip4kb.places import own_facts
from ip4kb.queries.evidence import ResolvedCitation, answerable, resolved
from ip4kb.queries.layers import alike, found_at, said
from ip4kb.queries.subjects import told
from ip4kb.records import Records


def replaced(records: Records, place: str) -> Iterator[ResolvedCitation]:
    """What is cited beneath for a place and stands no longer, from the last overlay down, each with what it said."""
    beneath = records.beneath
    if beneath is None:
        return
    if (found := found_at(beneath, place)) is not None:
        record, holder, field = found
        for where, node, name in answerable(record, place, holder, field):
            now = found_at(records, where)
            lost = tuple(_lost(node, now and now[1], name))
            for row in resolved(beneath, where, attrs.evolve(node, citations=lost)):
                yield attrs.evolve(row, replaced="; ".join(_said(beneath, node, name) for name in row.supports))
    yield from replaced(beneath, place)


def _lost(node: Any, now: Any, field: str | None) -> Iterator[Citation]:
    """The citations of a record or part for facts, or for one, that it does not cite so as it is now."""
    for citation in node.citations:
        still = set() if now is None else said(now, alike(now, citation))
        cited = [name for name in citation.supports or own_facts(node) if field in {None, name}]
        lost = tuple(name for name in cited if (name, getattr(node, name)) not in still)
        if lost:
            yield attrs.evolve(citation, supports=lost)


def _said(records: Records, node: Any, name: str) -> str:
    return f"{name}: {told(records, getattr(node, name), attrs.fields_dict(type(node))[name].metadata.get('refers'))}"
