"""What was added, removed and changed between two sets of records, place by place."""

import json
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs

from ip4kb.codec import to_json
from ip4kb.model.kind import Kind
from ip4kb.places import below, member_name
from ip4kb.queries.subjects import display_name
from ip4kb.records import Records


class ChangeKind(StrEnum):
    """What happened to a record or to a place in it."""

    ADDED = "added"
    """It stands in the new records alone."""
    REMOVED = "removed"
    """It stood in the old records alone."""
    CHANGED = "changed"
    """It stands in both, with another value."""


@attrs.frozen(kw_only=True)
class Change:
    """One difference between two sets of records.

    Attributes:
        change: Whether it was added, removed or changed.
        kind: Kind of the record.
        record: Id of the record.
        name: Its name.
        place: The record, where it was added or removed whole; else the field or part that differs.
        old: The JSON of what stood there; None where nothing did, and for whole records.
        new: The JSON of what stands there now; None where nothing does, and for whole records.
    """

    change: ChangeKind
    kind: Kind
    record: str
    name: str
    place: str
    old: str | None = None
    new: str | None = None


def changes(old: Records, new: Records) -> tuple[Change, ...]:
    """The differences, by kind, then by id of the record, then in the order of its fields."""
    return tuple(change for kind in Kind for change in _of_kind(kind, old, new))


def _of_kind(kind: Kind, old: Records, new: Records) -> Iterator[Change]:
    before, after = old.collection(kind), new.collection(kind)
    for id in sorted({*before.ids, *after.ids}):
        holder = new if id in after else old
        told: dict[str, Any] = {"kind": kind, "record": id, "name": display_name(holder, id)}
        if id not in before:
            yield Change(change=ChangeKind.ADDED, place=id, **told)
        elif id not in after:
            yield Change(change=ChangeKind.REMOVED, place=id, **told)
        elif before[id] != after[id]:
            for place, was, now in _differences(id, to_json(before[id]), to_json(after[id])):
                change = ChangeKind.ADDED if was is None else ChangeKind.REMOVED if now is None else ChangeKind.CHANGED
                yield Change(change=change, place=place, old=_text(was), new=_text(now), **told)


def _differences(place: str, old: Any, new: Any) -> Iterator[tuple[str, Any, Any]]:
    """The places that differ with what stood and what stands there; lists of parts are compared part by part."""
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in dict.fromkeys([*new, *old]):
            yield from _differences(below(place, name), old.get(name), new.get(name))
    elif _are_parts(old) and _are_parts(new):
        before, after = _by_name(old), _by_name(new)
        for name in dict.fromkeys([*after, *before]):
            yield from _differences(below(place, name), before.get(name), after.get(name))
        if set(before) == set(after) and list(before) != list(after):
            yield place, list(before), list(after)
    else:
        yield place, old, new


def _are_parts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(member, dict) and "citations" in member for member in value)


def _by_name(parts: list[Any]) -> dict[str, Any]:
    return {member_name(part, index): part for index, part in enumerate(parts)}


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
