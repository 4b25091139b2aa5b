"""Finding the record that an argument names."""

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from ip4kb.exceptions import AmbiguousNameError, ArgumentError, UnknownRecordError
from ip4kb.likeness import did_you_mean
from ip4kb.model.country import COUNTRIES
from ip4kb.model.field import Target
from ip4kb.model.kind import Kind
from ip4kb.names import fold, names_like, names_of, require_text, successor
from ip4kb.places import record_of, resolve
from ip4kb.records import Records

NAMED_KINDS: Final = (
    Kind.PARTNER,
    Kind.ALLIANCE,
    Kind.SUMMIT,
    Kind.MEETING,
    Kind.DECLARATION,
    Kind.INITIATIVE,
    Kind.SOURCE,
)


def find(records: Records, id: str) -> Any:
    """The record with this id, whatever its kind.

    Raises:
        UnknownRecordError: If there is none; close matches are named.
    """
    text = require_text(id, "an id")
    kind = records.kind_of(text)
    if kind is None and (new := successor(text, records.tables.retired)):
        text, kind = new, records.kind_of(new)
    if kind is None:
        here = {fold(slug) for slug in COUNTRIES if slug in records.ids}
        near = names_like(text, records.ids, here, records.tables.bearers)
        msg = f"There is no record with the id {text!r}.{near}"
        raise UnknownRecordError(msg)
    return records.collection(kind)[text]


def named(records: Records, name: str, kinds: tuple[Kind, ...] = NAMED_KINDS) -> Any:
    """The record of one of these kinds with this id, name, alias or code.

    Raises:
        AmbiguousNameError: If several bear the name; they are named.
        UnknownRecordError: If none does; close matches are named.
    """
    text = require_text(name, "a name or an id")
    known = records.tables.retired.get(text, text)
    kind = records.kind_of(known)
    if kind in kinds:
        return find(records, text)
    found = _known_as(records, text, kinds)
    if found is not None:
        return found
    wanted = " or ".join(kind.value for kind in kinds)
    if kind is not None:
        msg = f"{text!r} is of the kind {kind.value}; wanted here: {wanted}."
        raise UnknownRecordError(msg)
    if bearers_of := records.tables.bearers.get(fold(text)):
        msg = f"{text!r} is {bearers_of[0].name}, of which there is no {wanted} here."
        raise UnknownRecordError(msg)
    here = {folded for kind in kinds for folded in records.collection(kind)._names}  # noqa: SLF001 (looked up above)
    near = names_like(text, known_names(records, kinds), here, records.tables.bearers)
    msg = f"There is no {wanted} with the name, alias, code or id {text!r}.{near}"
    raise UnknownRecordError(msg)


def _known_as(records: Records, name: str, kinds: tuple[Kind, ...]) -> Any:
    """The record of one of these kinds with this name, alias or code; None where there is none.

    Raises:
        AmbiguousNameError: If several bear the name; they are named.
    """
    each = (records.collection(kind)._known_as(name) for kind in kinds)  # noqa: SLF001 (`lookup` makes an error of None)
    found = [record for record in each if record is not None]
    if len(found) > 1:
        bearers = ", ".join(record.id for record in found)
        msg = f"{name!r} is the name of more than one: {bearers}. Use an id."
        raise AmbiguousNameError(msg)
    return found[0] if found else None


def known_names(records: Records, kinds: tuple[Kind, ...]) -> Iterator[str]:
    """Everything that records of these kinds can be looked up by."""
    return (name for kind in kinds for record in records.collection(kind) for name in names_of(record))


def place_named(records: Records, place: str) -> tuple[str, Any, Any, str | None]:
    """What a place names: the place with the record's id, the record, and the object and field that answer for it.

    Raises:
        ArgumentError: If the record has no such place.
        UnknownRecordError: If there is no such record.
    """
    text = require_text(place, "a place")
    name = record_of(text)
    is_id = records.kind_of(name) or name in records.tables.retired
    record = find(records, name) if is_id else named(records, name)
    whole = record.id + text[len(name) :]
    _, holder, field = resolve(record, whole)
    return whole, record, holder, field


def _country_or_person(records: Records, text: str) -> str | None:
    """The slug of the country or person with this slug or name."""
    people = records.tables.people
    if text in COUNTRIES or text in people:
        return text
    folded = fold(text)
    bearers = records.tables.bearers.get(folded, ())
    if len(bearers) == 1 and bearers[0].record is not None:
        return bearers[0].record
    names = list(COUNTRIES.items())
    names += [(slug, name) for slug, person in people.items() for name in (person.name, *person.spellings)]
    return next((slug for slug, name in names if fold(name) == folded), None)


def subject_named(records: Records, subject: str) -> str:
    """The id, place, country or person that an argument names.

    Raises:
        UnknownRecordError: If nothing has this name; close matches are named.
        AmbiguousNameError: If several have it.
        ArgumentError: If the record has no such place, or the argument is no text.
    """
    text = require_text(subject, "a subject")
    if "#" in text:
        return place_named(records, text)[0]
    if records.kind_of(text) or text in records.tables.retired:
        return str(find(records, text).id)
    slug = _country_or_person(records, text)
    if slug is not None:
        return slug
    record = _known_as(records, text, NAMED_KINDS)
    if record is not None or fold(text) in records.tables.bearers:
        return str((record or named(records, text)).id)
    known = [*records.ids, *COUNTRIES.values(), *(person.name for person in records.tables.people.values())]
    near = did_you_mean(text, [*known, *known_names(records, NAMED_KINDS)])
    msg = f"Nothing here has the name, alias, code or id {text!r}: no record, country or person.{near}"
    raise UnknownRecordError(msg)


def whole_subject_named(records: Records, subject: str) -> str:
    """The id, country or person that an argument names; a place within a record is refused.

    Raises:
        UnknownRecordError: If nothing has this name; close matches are named.
        AmbiguousNameError: If several have it.
        ArgumentError: If the argument is a place, or no text.
    """
    id = subject_named(records, subject)
    if "#" in id:
        msg = f"{subject!r} is a place within a record; give the whole record: {record_of(id)!r}."
        raise ArgumentError(msg)
    return id


def stands_for(records: Records, id: str) -> frozenset[str]:
    """The members of a grouping, which is concerned wherever all of them are; nothing where it is no grouping."""
    if records.kind_of(id) is not Kind.ALLIANCE:
        return frozenset()
    return frozenset(member.country for member in records.collection(Kind.ALLIANCE)[id].members)


@functools.lru_cache(maxsize=16)
def told_about(records: Records, kind: Kind) -> Mapping[str, tuple[Any, ...]]:
    """The claims or the disagreements by what they are about or in a part of which they are, and by their own ids."""
    found: dict[str, list[Any]] = defaultdict(list)
    for record in records.collection(kind):
        for name in {record.id, getattr(record, "source", record.id), *map(record_of, record.about)}:
            found[name].append(record)
    return {name: tuple(about) for name, about in found.items()}


def is_concerned(id: str, members: frozenset[str], parties: set[str | None]) -> bool:
    """Whether a subject is among the parties, itself or with all its members."""
    return id in parties or bool(members and members <= parties)


def display_name(records: Records, id: str) -> str:
    """How a person, country or record is written in running text."""
    if id in records.tables.people:
        return records.tables.people[id].name
    kind = records.kind_of(id)
    if kind is None:
        return COUNTRIES.get(id, id)
    record = records.collection(kind)[id]
    return str(getattr(record, "name", None) or getattr(record, "title", id))


def told(records: Records, content: Any, target: Target | None) -> str:
    """What a field says, as text: references by name, unless they name a place."""
    if isinstance(content, tuple):
        return "; ".join(told(records, member, target) for member in content)
    if target is not None and isinstance(content, str):
        return display_name(records, content) if "#" not in content else content
    if attrs.has(type(content)) and "__str__" not in vars(type(content)):
        filled = {field: getattr(content, field.name) for field in attrs.fields(type(content))}
        return ", ".join(
            told(records, value, field.metadata.get("refers"))
            for field, value in filled.items()
            if value is not None and value != ()
        )
    return str(content)


def member(vocabulary: Any, value: str | None, argument: str) -> Any:
    """The member of a vocabulary that an argument names; None stays None.

    Raises:
        ArgumentError: If the vocabulary has no such member; the valid ones are named.
    """
    if value is None:
        return None
    for word in vocabulary:
        if word == value:
            return word
    words = [str(word) for word in vocabulary]
    near = did_you_mean(str(value), words)
    msg = f"{argument} cannot be {value!r}.{near} Valid: {', '.join(words)}."
    raise ArgumentError(msg)
