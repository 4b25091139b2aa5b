"""How record files become records, kind by kind, and the tables beside them."""

import functools
import os
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final, SupportsIndex, TypeVar

from ip4kb.codec import read_record, structure
from ip4kb.exceptions import DataError, Problem
from ip4kb.json_text import parse
from ip4kb.likeness import did_you_mean
from ip4kb.model.kind import Kind
from ip4kb.names import Bearer, fold
from ip4kb.records import Collection
from ip4kb.shelves import TABLES, Bundle, Shelf, contents

if TYPE_CHECKING:
    from ip4kb.tables import CoverageRow, Excuse, Tables

T = TypeVar("T")

_READING: Final = threading.RLock()
"""Held while record files are read, by whichever library; a process forks only when nothing is being read."""
_at_fork: Final = getattr(os, "register_at_fork", lambda **_: None)  # Windows has no fork
_at_fork(before=_READING.acquire, after_in_parent=_READING.release, after_in_child=_READING.release)

_MANIFEST: Final = ("data_version", "schema_version", "coverage", "ids")
_VERSION: Final = r"[0-9]{4}\.[0-9]{2}\.[0-9]+"
_SCHEMA_VERSION: Final = r"[0-9]{1,9}\.[0-9]{1,9}"


def read_object(shelf: Shelf, name: str, problems: list[Problem]) -> dict[str, Any]:
    """The JSON object in a table's file."""
    raw = contents(shelf, name, problems)
    if raw is None:
        return {}
    value, wrong = parse(raw, name)
    problems += wrong
    if isinstance(value, dict):
        return value
    if not wrong:
        message = "the file must hold an object, from keys to values."
        problems.append(Problem(file=name, place="", rule="form", message=message))
    return {}


def _as_is(_key: str, value: Any) -> Any:
    return value


def read_table(
    shelf: Shelf, name: str, problems: list[Problem], cls: Any, entry: Callable[[str, Any], Any] = _as_is
) -> dict[str, Any]:
    """A table's file with each value made an object of `cls`; entries that cannot be made are left out."""
    made = {}
    for key, value in read_object(shelf, name, problems).items():
        made[key], wrong = structure(cls, entry(key, value), name, key)
        problems += [*structure(str, key, name, key)[1], *wrong]
    return {key: value for key, value in made.items() if value is not None}


def _with_id(key: str, value: Any) -> Any:
    return {"id": key, **value} if isinstance(value, dict) else value


def read_bearers(shelf: Shelf, names: tuple[str, ...], problems: list[Problem]) -> dict[str, tuple[Bearer, ...]]:
    """Names whose bearers are not all records, folded, with their bearers."""
    if "ambiguous.json" not in names:
        return {}
    ambiguous = read_table(shelf, "ambiguous.json", problems, tuple[Bearer, ...])
    folded: dict[str, tuple[Bearer, ...]] = {}
    for name, bearers in ambiguous.items():
        wrong = "stands twice, in another spelling; keep one" if fold(name) in folded else "has no bearers; name one"
        if fold(name) in folded or not bearers:
            problems.append(Problem(file="ambiguous.json", place=name, rule="form", message=f"the name {wrong}."))
        folded[fold(name)] = bearers
    return folded


def read_retired(shelf: Shelf, names: tuple[str, ...], problems: list[Problem]) -> dict[str, str]:
    """Ids no longer in use, each with the one that took its place."""
    return read_table(shelf, "retired.json", problems, str) if "retired.json" in names else {}


def _read_manifest(shelf: Shelf, problems: list[Problem]) -> "tuple[str | None, tuple[CoverageRow, ...]]":
    """The version of the data and its coverage, from the manifest."""
    from ip4kb.tables import schema_version

    manifest = read_object(shelf, "manifest.json", problems)
    for name in manifest.keys() - _MANIFEST:
        message = f"the field {name!r} is not known in the manifest.{did_you_mean(name, _MANIFEST)}"
        problems.append(Problem(file="manifest.json", place="", rule="form", message=message))
    version = manifest.get("data_version")
    if "data_version" in manifest and not (isinstance(version, str) and re.fullmatch(_VERSION, version)):
        message = f"the data version must be a text such as '2026.11.0', but is {version!r}."
        problems.append(Problem(file="manifest.json", place="data_version", rule="form", message=message))
    written = manifest.get("schema_version", schema_version)
    if not _is_read(written, schema_version):
        read = f"{schema_version.partition('.')[0]}.0 to {schema_version}"
        message = f"the records are of the schema version {written!r}, and this ip4kb reads {read}; use one that does."
        problems.append(Problem(file="manifest.json", place="schema_version", rule="form", message=message))
    return version, _coverage(manifest.get("coverage", {}), problems)


def _is_read(written: object, own: str) -> bool:
    """Whether record files of a schema version can be read: those of the same major and no later minor version."""
    if not (isinstance(written, str) and re.fullmatch(_SCHEMA_VERSION, written)):
        return False
    (major, minor), (own_major, own_minor) = (map(int, version.split(".")) for version in (written, own))
    return major == own_major and minor <= own_minor


def _coverage(stated: Any, problems: list[Problem]) -> "tuple[CoverageRow, ...]":
    from ip4kb.tables import CoverageRow

    if not isinstance(stated, dict):
        message = f"the coverage must be an object, from kinds of record to dates, but is {stated!r}."
        problems.append(Problem(file="manifest.json", place="coverage", rule="form", message=message))
        return ()
    rows = []
    for kind, span in stated.items():
        entry = {"kind": kind, **span} if isinstance(span, dict) else span
        row, wrong = structure(CoverageRow, entry, "manifest.json", f"coverage.{kind}")
        problems += wrong
        rows += [] if row is None else [row]
    return tuple(sorted(rows, key=lambda row: [*Kind].index(row.kind)))


def read_tables(shelf: Shelf, names: tuple[str, ...]) -> "tuple[Tables, list[Problem]]":
    """The tables that stand beside the records, and what is wrong with them."""
    from ip4kb.model.person import Person
    from ip4kb.tables import Checked, Tables

    problems: list[Problem] = []

    def table(name: str, cls: Any, entry: Callable[[str, Any], Any] = _as_is) -> dict[str, Any]:
        return read_table(shelf, name, problems, cls, entry) if name in names else {}

    version, coverage = _read_manifest(shelf, problems) if "manifest.json" in names else (None, ())
    tables = Tables(
        data_version=version,
        coverage=coverage,
        people=table("people.json", Person, _with_id),
        bearers=read_bearers(shelf, names, problems),
        retired=read_retired(shelf, names, problems),
        verified=table("verified.json", Checked),
    )
    return tables, problems


def read_uncited(shelf: Shelf, names: tuple[str, ...]) -> "tuple[dict[str, tuple[Excuse, ...]], list[Problem]]":
    """For each source the paragraphs that nothing needs to cite, and what is wrong with the list."""
    from ip4kb.tables import Excuse

    problems: list[Problem] = []
    if "uncited.json" not in names:
        return {}, problems
    return read_table(shelf, "uncited.json", problems, tuple[Excuse, ...]), problems


def read_kind(shelf: Shelf, kind: Kind, files: Mapping[str, str]) -> tuple[list[Any], list[Problem]]:
    """The records of a kind, from the names of their files and the ids these give, and what is wrong with them."""
    records = []
    problems: list[Problem] = []
    for name, id in files.items():
        if (raw := contents(shelf, name, problems)) is not None:
            record, wrong = read_record(kind, raw, name, id)
            problems += wrong
            if record is not None:
                records.append(record)
    return records, problems


def strays(names: tuple[str, ...], tables: tuple[str, ...] = TABLES) -> list[Problem]:
    """Files that are neither a record of a known kind nor a known table."""
    known = {*Kind, ""}
    message = f"no place for this file; records stand in {', '.join(Kind)}, tables are {', '.join(tables)}."
    return [
        Problem(file=name, place="", rule="file", message=message)
        for name in names
        if (folder := name.rpartition("/")[0]) not in known
        or not name.endswith(".json")
        or (not folder and name.removesuffix(".json") not in tables)
    ]


def twice(names: tuple[str, ...]) -> list[Problem]:
    """Files whose id another kind has as well."""
    first: dict[str, str] = {}
    problems = []
    for name in names:
        id = PurePosixPath(name).stem
        if "/" in name and first.setdefault(id, name) != name:
            message = f"the id {id!r} stands twice, here and in {first[id]}; an id is unique across all kinds."
            problems.append(Problem(file=name, place=id, rule="id", message=message))
    return problems


class Library:
    """Records on a shelf, read kind by kind when first asked for and published only when finished.

    Raises:
        DataError: From any question whose kind cannot be read; nothing of that kind is kept.
    """

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._names = shelf.names()
        self._collections: dict[Kind, Collection[Any]] = {}
        self._tables: Tables | None = None
        self._naming: tuple[dict[str, tuple[Bearer, ...]], dict[str, str]] | None = None

    @functools.cached_property
    def ids(self) -> Mapping[str, Kind]:
        """The ids of all records, with their kinds."""
        kinds = {kind.value: kind for kind in Kind}
        named = (name.rpartition("/") for name in self._names)
        return {file[: -len(".json")]: kinds[folder] for folder, _, file in named if folder in kinds}

    def _files(self, kind: Kind) -> dict[str, str]:
        """The names of the files of a kind, with the ids they give."""
        folder = f"{kind.value}/"
        stems = ((name, name[len(folder) : -len(".json")]) for name in self._names if name.startswith(folder))
        return {name: stem for name, stem in stems if "/" not in stem}

    @property
    def tables(self) -> "Tables":
        """The tables beside the records."""
        if self._tables is not None:
            return self._tables
        with _READING:
            if self._tables is None:
                tables, problems = read_tables(self._shelf, self._names)
                if problems:
                    raise DataError(tuple(problems))
                self._tables = tables
            return self._tables

    @property
    def beneath(self) -> None:
        """Nothing: what is read from one shelf is laid over nothing."""

    def kind_of(self, id: str) -> Kind | None:
        """The kind of the record with this id; None where there is no such record."""
        return self.ids.get(id)

    def collection(self, kind: Kind) -> Collection[Any]:
        """All records of a kind."""
        found = self._collections.get(kind)
        if found is not None:
            return found
        with _READING:
            if kind not in self._collections:
                records, problems = read_kind(self._shelf, kind, self._files(kind))
                bearers, retired = self._naming or (
                    read_bearers(self._shelf, self._names, problems),
                    read_retired(self._shelf, self._names, problems),
                )
                if problems:
                    raise DataError(tuple(problems))
                self._naming = bearers, retired
                self._collections[kind] = Collection(kind, records, bearers, retired)
            return self._collections[kind]

    def read_all(self) -> list[Problem]:
        """Read every kind and table, keep what can be made, and say what is wrong with the rest."""
        problems = [*strays(self._names), *twice(self._names)]
        with _READING:
            self._tables, wrong = read_tables(self._shelf, self._names)
            problems += [*wrong, *read_uncited(self._shelf, self._names)[1]]
            for kind in Kind:
                records, wrong = read_kind(self._shelf, kind, self._files(kind))
                problems += wrong
                self._collections[kind] = Collection(kind, records, self._tables.bearers, self._tables.retired)
        return problems

    def take_over(self, other: "Library") -> None:
        """Keep what another library of the same shelf has read and this one has not."""
        with _READING:
            self._tables = self._tables or other.tables
            for kind in Kind:
                self._collections.setdefault(kind, other.collection(kind))

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        return (bundled, ()) if self is bundled() else super().__reduce_ex__(protocol)


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Make it when it is first asked for, and only once, however many threads ask at the same time."""
    made: list[T] = []

    @functools.wraps(make)
    def the_only() -> T:
        if not made:
            with _READING:
                if not made:
                    made.append(make())
        return made[0]

    return the_only


@once
def bundled() -> Library:
    """The records that come with the library."""
    return Library(Bundle())
