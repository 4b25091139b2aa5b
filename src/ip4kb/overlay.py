"""Own records laid over others: new ones, and corrections that replace what they name."""

import bisect
import itertools
import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final, get_args, get_origin

import attrs

from ip4kb.archive import Zip
from ip4kb.codec import make_record, structure, to_json
from ip4kb.exceptions import ArgumentError, DataError, OverlayWarning, Problem
from ip4kb.json_text import parse
from ip4kb.likeness import did_you_mean
from ip4kb.model.field import PART_KEYS
from ip4kb.model.kind import Kind
from ip4kb.model.person import Person
from ip4kb.records import Collection, Held, Records
from ip4kb.rules import check, unused
from ip4kb.shelves import Folder, Shelf, contents
from ip4kb.store import read_bearers, read_object, read_retired, read_table, strays
from ip4kb.tables import Tables

TABLES: Final = ("manifest", "people", "ambiguous", "retired")
"""The tables that an overlay may hold; what was verified, and for what time, is told of the data beneath alone."""

UNNAMED: Final = "own-records"
"""The name of an overlay of records in memory."""

_MANIFEST: Final = ("name",)
_FORM: Final = "give a folder, a zip archive, or records such as ip4kb.Claim(...)"


def lay_over(beneath: Records, overlay: Any) -> Held:
    """The records with an overlay laid over them; see `KnowledgeBase.with_overlay`.

    Raises:
        DataError: With every problem, each by the file of the overlay.
        ArgumentError: If the overlay is neither a folder or a zip archive nor records.
    """
    own = _of_shelf(beneath, overlay) if isinstance(overlay, str | Path) else _of_memory(beneath, overlay)
    records = own.laid_over()
    problems = [*own.problems, *map(own.by_file, check(records))]
    if problems:
        raise DataError(tuple(problems))
    if left := unused(records):
        before = unused(beneath)
        left = [id for id in left if id not in before]
    if left:
        message = f"The overlay {own.name!r} leaves sources beneath it that nothing cites any more: {', '.join(left)}."
        warnings.warn(message, OverlayWarning, stacklevel=3)
    return records


class _Overlay:
    """An overlay as it is read: its name, its records and tables as laid over what is beneath, and what is wrong."""

    def __init__(self, beneath: Records, name: str) -> None:
        self.beneath = beneath
        self.name = name
        self.files: set[str] = set()
        self.problems: list[Problem] = []
        self.tables = beneath.tables
        self._kinds: dict[str, Kind] = {}
        self._records: dict[str, Any] = {}

    def add(self, kind: Kind, id: str, value: Any, *, broken: bool = False) -> None:
        """A record of its own, or one that takes the place of the one beneath, from JSON values unless broken."""
        file = f"{kind.value}/{id}.json"
        self.files.add(file)
        new = self.beneath.tables.retired.get(id)
        if new is not None:
            message = f"the id {id!r} is retired; correct {new!r}, which took its place, or choose another id."
            self.problems.append(Problem(file=file, place=id, rule="id", message=message))
            return
        other = self._kinds.get(id) or self.beneath.kind_of(id)
        if id in self._kinds or other not in {None, kind}:
            message = f"the id {id!r} is that of another {other} already; an id is unique across all kinds."
            self.problems.append(Problem(file=file, place=id, rule="id", message=message))
            return
        self._kinds[id] = kind
        record, wrong = (None, []) if broken else make_record(kind, value, file, id)
        self.problems += wrong
        if record is not None:
            self._records[id] = record

    def laid_over(self) -> Held:
        """All records, its own in place of those beneath."""
        tables = attrs.evolve(self.tables, layers=(*self.beneath.tables.layers, self.name))
        collections, names = {}, (tables.bearers, tables.retired)
        for kind in Kind:
            own = {id: record for id, record in self._records.items() if self._kinds[id] is kind}
            if own or names != (self.beneath.tables.bearers, self.beneath.tables.retired):
                every = {record.id: record for record in self.beneath.collection(kind)} | own
                collections[kind] = Collection(kind, every.values(), *names)
        return Held(collections, tables, beneath=self.beneath, unmade=self._kinds)

    def by_file(self, problem: Problem) -> Problem:
        """A problem by the file of the overlay, or by its name where it shows in a record beneath."""
        if problem.file in self.files:
            return problem
        message = f"{problem.message} It stands beneath, in {problem.file}, and does not fit the overlay."
        return attrs.evolve(problem, file=self.name, message=message)


# --- what an overlay is read from ------------------------------------------------------------------------------------


def _of_memory(beneath: Records, records: Any) -> _Overlay:
    """Records in memory, each whole: what one lacks of the record beneath it is gone."""
    if not isinstance(records, Iterable):
        msg = f"An overlay cannot be {records!r}; {_FORM}."
        raise ArgumentError(msg)
    own = _Overlay(beneath, UNNAMED)
    for record in records:
        kind = next((kind for kind in Kind if type(record) is kind.record_class), None)
        if kind is None:
            msg = f"An overlay cannot hold {record!r}; {_FORM}."
            raise ArgumentError(msg)
        try:
            value, broken = to_json(record), False
        except (AttributeError, TypeError) as error:
            message = f"a field holds what it cannot: {error}; give it the types that the reference names."
            file = f"{kind.value}/{record.id}.json"
            own.problems.append(Problem(file=file, place=record.id, rule="form", message=message))
            value, broken = {}, True
        own.add(kind, record.id, value, broken=broken)
    return own


def _of_shelf(beneath: Records, path: str | Path) -> _Overlay:
    """Record files in a folder or a zip archive; one whose id stands beneath gives only what it corrects."""
    zipped = Path(path).is_file()
    shelf: Shelf = Zip(path) if zipped else Folder(path)
    names = shelf.names()
    if not names:
        message = "nothing stands here; name a folder or zip with files such as claim/our-paper-2026-burden.json."
        raise DataError((Problem(file=str(path), place="", rule="file", message=message),))
    own = _Overlay(beneath, Path(path).resolve().stem if zipped else Path(path).resolve().name)
    own.files.update(names)
    own.problems += strays(names, TABLES)
    _read_manifest(own, shelf, names)
    own.tables = _laid_tables(own, shelf, names)
    for name in names:
        folder, _, id = name.removesuffix(".json").rpartition("/")
        if folder not in set(Kind):
            continue
        kind, raw = Kind(folder), contents(shelf, name, own.problems)
        value, wrong = (None, []) if raw is None else parse(raw, name)
        own.problems += wrong
        if beneath.kind_of(id) is kind and isinstance(value, dict):
            value = corrected(kind.record_class, to_json(beneath.collection(kind)[id]), value)
        own.add(kind, id, value, broken=raw is None or (value is None and bool(wrong)))
    return own


def _read_manifest(own: _Overlay, shelf: Shelf, names: tuple[str, ...]) -> None:
    manifest = read_object(shelf, "manifest.json", own.problems) if "manifest.json" in names else {}
    for field in manifest.keys() - _MANIFEST:
        message = f"the field {field!r} is not known in an overlay's manifest.{did_you_mean(field, _MANIFEST)}"
        own.problems.append(Problem(file="manifest.json", place="", rule="form", message=f"{message} Known: name."))
    if "name" in manifest:
        name, wrong = structure(str, manifest["name"], "manifest.json", "name")
        own.problems += wrong
        own.name = name or own.name
    elif structure(str, own.name, "manifest.json", "name")[1]:
        message = f"the name of the folder or archive, {own.name!r}, can be no overlay's; give it a `name` here."
        own.problems.append(Problem(file="manifest.json", place="name", rule="form", message=message))


def _laid_tables(own: _Overlay, shelf: Shelf, names: tuple[str, ...]) -> Tables:
    """The tables beneath, with the overlay's entries in place of theirs."""
    tables = own.beneath.tables

    def person(id: str, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        known = tables.people.get(id)
        return {"id": id, **value} if known is None else corrected(Person, to_json(known), value)

    people = read_table(shelf, "people.json", own.problems, Person, person) if "people.json" in names else {}
    return attrs.evolve(
        tables,
        people={**tables.people, **people},
        bearers={**tables.bearers, **read_bearers(shelf, names, own.problems)},
        retired={**tables.retired, **read_retired(shelf, names, own.problems)},
    )


# --- corrections -----------------------------------------------------------------------------------------------------


def corrected(cls: type[Any], beneath: dict[str, Any], correction: dict[str, Any]) -> dict[str, Any]:
    """The JSON of a record or part with what a correction names in place of what stands beneath.

    `null` takes a value out. Parts that carry citations are replaced, added or taken out one by one, other lists are
    replaced whole. The citations of the correction stand behind the facts that it names, in place of those beneath.
    """
    if all(name in beneath and beneath[name] == value for name, value in correction.items()):
        return beneath
    parts = {field.name: part for field in attrs.fields(cls) if (part := _part_class(field)) is not None}
    laid = {name: value for name, value in beneath.items() if name != "citations"}
    for name, value in correction.items():
        if value is None and name in laid:
            del laid[name]
        elif name in parts:
            laid[name] = _corrected_parts(parts[name], beneath.get(name, []), value)
        elif name != "citations":
            laid[name] = value
    own_facts = [field.name for field in attrs.fields(cls) if field.metadata.get("fact") and field.name not in parts]
    citations = _corrected_citations(own_facts, beneath, laid, correction)
    return laid if citations == [] else laid | {"citations": citations}


def _part_class(field: "attrs.Attribute[Any]") -> type[Any] | None:
    """The class of the parts with citations that a field holds; None where it holds none."""
    if get_origin(field.type) is not tuple:
        return None
    member: type[Any] = get_args(field.type)[0]
    return member if attrs.has(member) and "citations" in attrs.fields_dict(member) else None


def _corrected_parts(cls: type[Any], beneath: list[Any], correction: Any) -> Any:
    """The parts beneath with those of a correction, which are a list, or an object by key in which null takes out."""
    key = next(name for name in PART_KEYS if name in attrs.fields_dict(cls))
    if isinstance(correction, dict):
        given = [(name, {key: name} | part if isinstance(part, dict) else part) for name, part in correction.items()]
    elif isinstance(correction, list):
        given = [(part.get(key) if isinstance(part, dict) else "", part) for part in correction]
    else:
        return correction
    left = {part[key]: part for part in beneath}
    laid, new = list(beneath), []
    for name, part in given:
        known = left.pop(name, None) if isinstance(name, str) else None
        if known is None:
            new.append(part)
            continue
        at = laid.index(known)
        del laid[at]
        if isinstance(part, dict):
            now = corrected(cls, known, {field: value for field, value in part.items() if field != key})
            if _date(now) == _date(known):
                laid.insert(at, now)
            else:
                new.append(now)
        elif part is not None:
            laid.insert(at, part)
    return _with(laid, new)


def _with(parts: list[Any], new: list[Any]) -> list[Any]:
    """The parts with new ones: a step that has a date before the first later one, all else at the end."""
    latest = list(itertools.accumulate(map(_date, parts), max))  # never falls, so that halving finds the first later
    for part in new:
        date = _date(part)
        at = bisect.bisect_right(latest, date) if date else len(parts)
        parts.insert(at, part)
        latest.insert(at, date or max(latest[-1:], default=""))
    return parts


def _date(part: Any) -> str:
    """The date of a step as text, which sorts as the date does; empty where it has none."""
    date = part.get("date") if isinstance(part, dict) else None
    return date if isinstance(date, str) else ""


def _corrected_citations(
    own_facts: list[str], beneath: dict[str, Any], laid: dict[str, Any], correction: dict[str, Any]
) -> Any:
    """The citations beneath for the facts that a correction does not name, then its own."""
    own = correction.get("citations", [])
    if not isinstance(own, list):
        return own
    named = {name for name in own_facts if name in correction}
    filled = {name for name, value in laid.items() if value not in (None, [])}
    kept = []
    for citation in beneath.get("citations", []):
        supports = citation.get("supports") or [name for name in own_facts if name in beneath]
        if left := [name for name in supports if name in filled - named]:
            kept.append({**citation, "supports": left} if named else citation)
    stated = [name for name in own_facts if name in filled]
    meant = [name for name in stated if name in named]
    if meant and meant != stated:
        own = [
            {**citation, "supports": citation.get("supports") or meant} if isinstance(citation, dict) else citation
            for citation in own
        ]
    return kept + [citation for citation in own if citation not in kept]
