"""Places in the data: `the-hague-2025#participations.japan.reasons`, from a record down to a part or a field."""

from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.likeness import did_you_mean
from ip4kb.model.field import PART_KEYS, Target, are_parts


def member_name(member: Any, index: int) -> str:
    """The name of a member of a list in a place: the key of a part that carries citations, else its number from 1.

    Args:
        member: An object of the model, or the JSON object it is read from.
        index: Where it stands in the list, from 0.
    """
    of_json = isinstance(member, dict)
    carries_citations = "citations" in member if of_json else hasattr(member, "citations")
    for name in PART_KEYS if carries_citations else ():
        value = member.get(name) if of_json else getattr(member, name, None)
        if value and isinstance(value, str):
            return str(value)
    return str(index + 1)


def below(place: str, name: str) -> str:
    """The place of a field or member directly below another place."""
    return f"{place}.{name}" if "#" in place else f"{place}#{name}"


def record_of(place: str) -> str:
    """The id of the record that a place lies in."""
    return place.partition("#")[0]


def contains(outer: str, inner: str) -> bool:
    """Whether `inner` is the place `outer` or lies within it."""
    return inner == outer or inner.startswith((f"{outer}#", f"{outer}."))


def concerns(about: str, wanted: str) -> bool:
    """Whether what is about one place concerns another: it lies within it, or is a part that the other lies in."""
    return contains(wanted, about) or ("#" in about and contains(about, wanted))


def walk(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """Every object of the model from `value` down, each with its place; citations are left out."""
    yield place, value
    for field in attrs.fields(type(value)):
        content = getattr(value, field.name)
        if field.name == "citations":
            continue
        if attrs.has(type(content)):
            yield from walk(content, below(place, field.name))
        elif isinstance(content, tuple):
            for index, member in enumerate(content):
                if attrs.has(type(member)):
                    yield from walk(member, below(below(place, field.name), member_name(member, index)))


def on_the_way(record: Any, place: str) -> Iterator[Any]:
    """The record, and each object of the model on the way from it down to a place, as far as there are any."""
    value = record
    yield value
    for name in place.partition("#")[2].split("."):
        value = _names_below(value).get(name)
        if attrs.has(type(value)):
            yield value


def facts(value: Any) -> tuple[str, ...]:
    """The names of the facts that an object states: its fields of fact that are filled."""
    return tuple(
        field.name
        for field in attrs.fields(type(value))
        if field.metadata.get("fact") and getattr(value, field.name) != field.default
    )


def own_facts(value: Any) -> tuple[str, ...]:
    """The facts that an object's own citations must support: those whose parts carry none of their own."""
    return tuple(name for name in facts(value) if not are_parts(getattr(value, name)))


def references(value: Any, place: str) -> Iterator[tuple[str, Target, str]]:
    """Every id in an object and what is below it, with its place and what it may name."""
    for where, node in walk(value, place):
        for holder, at in [
            (node, where),
            *(
                (citation, below(below(where, "citations"), member_name(citation, index)))
                for index, citation in enumerate(getattr(node, "citations", ()))
            ),
        ]:
            for field in attrs.fields(type(holder)):
                target = field.metadata.get("refers")
                content = getattr(holder, field.name)
                if target is not None and content is not None:
                    for name in content if isinstance(content, tuple) else (content,):
                        yield below(at, field.name), target, name


def resolve(record: Any, place: str) -> tuple[Any, Any, str | None]:
    """What stands at a place.

    Returns:
        The value, the object that answers for it with its citations, and the name of the field in that
        object (None where the place is the object itself).

    Raises:
        ArgumentError: If the record has no such place.
    """
    value, holder, field = record, record, None
    _, mark, path = place.partition("#")
    for name in path.split(".") if mark else ():
        names = _names_below(value)
        if name not in names:
            near = did_you_mean(name, names)
            msg = f"{place!r} is no place in the data: there is no {name!r} here.{near}"
            msg += f" Here are: {', '.join(names)}." if names else " Nothing lies below."
            raise ArgumentError(msg)
        value = names[name]
        if hasattr(value, "citations"):
            holder, field = value, None
        elif field is None:
            field = name
    return value, holder, field


def _names_below(value: Any) -> dict[str, Any]:
    if isinstance(value, tuple):
        return {member_name(member, index): member for index, member in enumerate(value)}
    if attrs.has(type(value)) and not isinstance(value, PartialDate):
        return {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    return {}
