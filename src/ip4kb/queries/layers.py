"""What comes from which overlay: the last one without which a citation or a row would not be as it is."""

import functools
from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from ip4kb.exceptions import ArgumentError, Ip4kbError
from ip4kb.model.citation import Citation
from ip4kb.model.kind import Kind
from ip4kb.places import own_facts, record_of, resolve
from ip4kb.records import Records

_SHOWN: Final = ("authors", "title", "publisher", "published", "url", "archived_url", "text_digest")
"""The fields of a source that show in a citation."""


def marked(records: Records, ask: Callable[[Records], tuple[Any, ...]]) -> tuple[Any, ...]:
    """The rows that answer a question, each with the name of the last overlay without which it would not be so.

    The question is asked of the records beneath too: a row that it gives there as well comes from no later overlay.
    Where it cannot be asked there, as it names what an overlay brings, a row is marked by the place that it tells of.
    """
    rows = ask(records)
    if records.beneath is None:
        return rows
    try:
        before = {_unmarked(row): row.layer for row in marked(records.beneath, ask)}
    except Ip4kbError:
        return tuple(attrs.evolve(row, layer=layer_at(records, _place_of(row))) for row in rows)
    name = records.tables.layers[-1]
    return tuple(attrs.evolve(row, layer=before.get(_unmarked(row), name)) for row in rows)


def _unmarked(row: Any) -> Any:
    """A row as it is compared: no matter what else its citations support."""
    cited = [attrs.evolve(citation, supports=()) for citation in getattr(row, "citations", ())]
    return attrs.evolve(row, layer=None, **({"citations": tuple(cited)} if cited else {}))


def _place_of(row: Any) -> str:
    return next(str(getattr(row, name)) for name in ("place", "claim", "disagreement") if hasattr(row, name))


def layer_at(records: Records, place: str) -> str | None:
    """Name of the last overlay without which what stands at a place would not be so."""
    beneath = records.beneath
    if beneath is None:
        return None
    if record_of(place) in changed(records):
        was, now = _content(beneath, place), _content(records, place)
        if beneath.kind_of(record_of(place)) is None or was != now:
            return records.tables.layers[-1]
    return layer_at(beneath, place)


def _content(records: Records, place: str) -> Any:
    """The record, the part or the value that stands at a place; None where there is no place."""
    found = found_at(records, place)
    if found is None:
        return None
    _, holder, field = found
    return holder if field is None else getattr(holder, field)


def mark_of(row: Any) -> str:
    """What marks a row of an answer, or a citation, as one's own or as replaced; empty where nothing does."""
    layer, replaced = getattr(row, "layer", None), getattr(row, "replaced", None)
    return "; ".join(
        filter(None, [f"own record: {layer}" if layer else "", f"replaced: {replaced}" if replaced else ""])
    )


def layer_of(records: Records, place: str, node: Any, citation: Citation) -> str | None:
    """Name of the last overlay without which a record or part would not cite a passage, or not for what it says."""
    beneath = records.beneath
    if beneath is None:
        return None
    ids = changed(records)
    if citation.source in ids and _shown(records, citation) != _shown(beneath, citation):
        return records.tables.layers[-1]
    if record_of(place) in ids:
        found = found_at(beneath, place)
        if found is None or not said(node, [citation]) <= said(found[1], alike(found[1], citation)):
            return records.tables.layers[-1]
    return layer_of(beneath, place, node, citation)


def _shown(records: Records, citation: Citation) -> tuple[Any, ...]:
    """What an answer tells of the source of a citation; nothing where there is no such source."""
    source = records.collection(Kind.SOURCE).get(citation.source)
    return tuple(getattr(source, name, None) for name in _SHOWN)


@functools.lru_cache(maxsize=8)
def changed(records: Records) -> frozenset[str]:
    """The ids of the records that do not stand beneath as they are."""
    beneath = records.beneath
    return frozenset(
        record.id
        for kind in Kind
        for record in records.collection(kind)
        if beneath is None or beneath.collection(kind).get(record.id) != record
    )


def found_at(records: Records, place: str) -> tuple[Any, Any, str | None] | None:
    """The record in which a place lies, the object and the field that answer for it; None where there is no place."""
    kind = records.kind_of(record_of(place))
    if kind is None:
        return None
    record = records.collection(kind)[record_of(place)]
    try:
        _, holder, field = resolve(record, place)
    except ArgumentError:
        return None
    return record, holder, field


def alike(node: Any, citation: Citation) -> list[Citation]:
    """The citations of a record or part that name the same passage, whatever they support."""
    passage = attrs.evolve(citation, supports=())
    return [other for other in node.citations if attrs.evolve(other, supports=()) == passage]


def said(node: Any, citations: Iterable[Citation]) -> set[tuple[str, Any]]:
    """The facts, each with what it says, for which a record or part has these citations."""
    names = {name for citation in citations for name in citation.supports or own_facts(node)}
    return {(name, getattr(node, name)) for name in names}
