"""The records as a reader of a given day could have had them: a filter on today's, by the dates of their sources."""

import datetime as dt
from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.model.field import are_parts
from ip4kb.model.kind import Kind
from ip4kb.model.source import Source
from ip4kb.places import facts, own_facts, record_of, resolve
from ip4kb.records import Collection, Held, Records
from ip4kb.tables import CoverageRow

_STAYING = frozenset({Kind.PARTNER, Kind.ALLIANCE})
_POSITIONS = 2


def known_on(records: Records, date: PartialDate) -> Held:
    """The records as known on the last day that the date may mean; see `KnowledgeBase.as_known_on`."""
    sources = records.collection(Kind.SOURCE)
    visible = {source.id for source in sources if visible_from(source) <= date.last}
    kept = {
        record.id: seen
        for kind in Kind
        for record in records.collection(kind)
        if (seen := record if kind is Kind.SOURCE else _seen(record, visible, whole=True)) is not None
        if (record.id in visible if kind is Kind.SOURCE else _remains(kind, seen))
    }
    known = _without_lost_references(records, kept)
    tables = attrs.evolve(
        records.tables,
        known_on=min(filter(None, [records.tables.known_on, date])),
        coverage=tuple(_clipped(row, date) for row in records.tables.coverage if row.since.first <= date.last),
        verified={id: checked for id, checked in records.tables.verified.items() if id in visible},
        retired={old: new for old, new in records.tables.retired.items() if new in known},
    )
    collections = {
        kind: Collection(
            kind, [known[id] for id in records.collection(kind).ids if id in known], tables.bearers, tables.retired
        )
        for kind in Kind
    }
    beneath = None if records.beneath is None else known_on(records.beneath, date)
    return Held(collections, tables, beneath=beneath)


def visible_from(source: Source) -> dt.date:
    """The first day on which a source was surely there to be read; the last of all days where nothing tells."""
    days = [day.last for day in (source.published_not_after, source.published, source.accessed) if day is not None]
    return min(days, default=dt.date.max)


def _clipped(row: CoverageRow, date: PartialDate) -> CoverageRow:
    return row if row.until.last <= date.last else attrs.evolve(row, until=date)


# --- what visible citations support ----------------------------------------------------------------------------------


def _seen(node: Any, visible: set[str], *, whole: bool = False) -> Any:
    """A part, or a whole record, with what visible citations support.

    None where they do not support a required fact of a part, or no fact of it at all.
    """
    citations = tuple(citation for citation in getattr(node, "citations", ()) if citation.source in visible)
    supported = {name for citation in citations for name in (citation.supports or own_facts(node))}
    changed: dict[str, Any] = {"citations": citations} if hasattr(node, "citations") else {}
    for field in attrs.fields(type(node)):
        content = getattr(node, field.name)
        if field.name == "citations" or content == field.default:
            continue
        if are_parts(content):
            changed[field.name] = tuple(kept for part in content if (kept := _seen(part, visible)) is not None)
        elif field.metadata.get("fact") and field.name not in supported:
            if field.default is not attrs.NOTHING:
                changed[field.name] = field.default
            elif not whole:
                return None
    seen = _noted(node, attrs.evolve(node, **changed))
    return seen if whole or facts(seen) else None


def _noted(node: Any, seen: Any) -> Any:
    """Without the curator's note, which may tell of what came later, unless nothing else is missing."""
    return attrs.evolve(seen, note=None) if getattr(node, "note", None) and seen != node else seen


def _remains(kind: Kind, record: Any) -> bool:
    if kind is Kind.DISAGREEMENT:
        return len(record.positions) >= _POSITIONS
    parts = (getattr(record, field.name) for field in attrs.fields(type(record)) if field.name != "citations")
    return kind in _STAYING or bool(record.citations) or any(map(are_parts, parts))


# --- references to what is gone --------------------------------------------------------------------------------------


def _without_lost_references(records: Records, kept: dict[str, Any]) -> dict[str, Any]:
    """Clear references to what is gone, and drop who cannot do without them, until nothing changes."""
    while True:
        pruned = {id: _pruned(records, kept, record) for id, record in kept.items()}
        known = {
            id: record
            for id, record in pruned.items()
            if record is not None
            and ((kind := records.kind_of(id)) is Kind.SOURCE or (kind is not None and _remains(kind, record)))
        }
        if known == kept:
            return known
        kept = known


def _pruned(records: Records, kept: dict[str, Any], node: Any) -> Any:
    """A record or part without references to what is gone; None where a required one is lost."""
    changed: dict[str, Any] = {}
    for field in attrs.fields(type(node)):
        content = getattr(node, field.name)
        if isinstance(content, tuple) and content and all(attrs.has(type(member)) for member in content):
            changed[field.name] = tuple(
                part for member in content if (part := _pruned(records, kept, member)) is not None
            )
        elif "refers" in field.metadata and content:
            left = tuple(
                name for name in ([content] if isinstance(content, str) else content) if _is_there(records, kept, name)
            )
            if not left and field.default is attrs.NOTHING:
                return None
            changed[field.name] = left if isinstance(content, tuple) else content if left else None
    pruned = attrs.evolve(node, **{name: value for name, value in changed.items() if value != getattr(node, name)})
    return _noted(node, pruned)


def _is_there(records: Records, kept: dict[str, Any], name: str) -> bool:
    """Whether what an id or place names is still there; people and countries always are."""
    whole = record_of(name)
    if records.kind_of(whole) is None:
        return True
    if whole not in kept:
        return False
    try:
        resolve(kept[whole], name)
    except ArgumentError:
        return False
    return True
