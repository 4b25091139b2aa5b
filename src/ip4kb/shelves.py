"""Where record files stand: in a folder or in the library itself. Only these and archives are read."""

import errno
import os
from pathlib import Path
from typing import Any, Final, Protocol

from ip4kb.exceptions import ArgumentError, DataError, Problem
from ip4kb.json_text import MAX_BYTES, parse

TABLES: Final = ("manifest", "people", "ambiguous", "retired", "verified", "uncited", "checksums")
PACK: Final = ".jsonl"
"""The end of the name of a pack."""
_ID: Final = b'{"id":"'


class Shelf(Protocol):
    """A place with record files, named like `summit/madrid-2022.json`."""

    def names(self) -> tuple[str, ...]:
        """The names of all files."""

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            OSError: If it cannot be read.
        """


def contents(shelf: Shelf, name: str, problems: list[Problem]) -> bytes | None:
    """The bytes of one file; nothing, and the problem, where it cannot be read."""
    try:
        return shelf.read(name)
    except (OSError, ValueError) as error:  # a value, where no file can have the name
        message = f"the file cannot be read: {getattr(error, 'strerror', None) or error}."
        problems.append(Problem(file=name, place="", rule="file", message=message))
        return None


def location(path: object) -> Path:
    """The path given for a folder or a zip.

    Raises:
        ArgumentError: If it is none, or empty.
    """
    if not isinstance(path, str | os.PathLike) or not str(path).strip():
        msg = f"a path must be a text that is not empty or a Path, but is {path!r}."
        raise ArgumentError(msg)
    return Path(path)


class Folder:
    """Record files in a folder."""

    def __init__(self, path: str | Path) -> None:
        self._path = location(path)
        if not self._path.is_dir():
            reason = "is not a folder" if self._path.exists() else "does not exist"
            message = f"the folder {reason}; name a folder that holds record files such as summit/madrid-2022.json."
            raise DataError((Problem(file=str(path), place="", rule="file", message=message),))

    def names(self) -> tuple[str, ...]:
        """The names of all files that are JSON."""
        problems: list[Problem] = []

        def unreadable(error: OSError) -> None:
            folder = Path(error.filename).relative_to(self._path).as_posix()
            message = f"the folder cannot be read: {error.strerror}."
            problems.append(Problem(file=folder, place="", rule="file", message=message))

        found = []
        for folder, folders, files in os.walk(self._path, onerror=unreadable):
            within = Path(folder).relative_to(self._path)
            found += [(within / name).as_posix() for name in (*folders, *files) if name.lower().endswith(".json")]
            for name in folders:
                if (Path(folder) / name).is_symlink():
                    message = "the folder is a link, which is not followed; put the folder itself here."
                    problems.append(Problem(file=(within / name).as_posix(), place="", rule="file", message=message))
        if problems:
            raise DataError(tuple(problems))
        return tuple(sorted(found))

    def read(self, name: str) -> bytes:
        """The bytes of one file."""
        path = self._path / name
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self._path)):
            raise OSError(errno.EXDEV, "it is a link that leads out of the folder; put the file itself here")
        if path.exists() and not path.is_file() and not path.is_dir():
            raise OSError(errno.EINVAL, "it is a device or a pipe; put a file here")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)


def unpacked(kind: str, pack: bytes) -> dict[str, bytes]:
    """The record files in a pack, which has each in a line that begins with its id."""
    files = {}
    for line in filter(None, pack.split(b"\n")):
        id = line.removeprefix(_ID).partition(b'"')[0].decode("utf-8", "replace")
        files[f"{kind}/{id}.json"] = line
    return files


def _are_ids(listed: Any) -> bool:
    """Whether it is an object from kinds to lists of ids."""
    return isinstance(listed, dict) and all(
        isinstance(ids, list) and {*map(type, ids)} <= {str} for ids in listed.values()
    )


class Bundle:
    """The record files that come with the library, read through its loader, so also from a zipped library.

    An installed library has them in packs, one a kind, a copy of the repository one by one.
    """

    def __init__(self) -> None:
        self._loader: Any = __loader__  # type: ignore[name-defined]
        self._root = str(Path(__file__).with_name("data"))
        self._packed = True
        self._unread: dict[str, bytes] = {}

    def names(self) -> tuple[str, ...]:
        """The names of all files, from the manifest."""
        problems: list[Problem] = []
        raw = contents(self, "manifest.json", problems)
        manifest, wrong = parse(raw or b"{}", "manifest.json")
        problems += wrong
        listed: Any = manifest.get("ids") if isinstance(manifest, dict) else None
        if not problems and not _are_ids(listed):
            message = "the ids must be an object, from kinds to lists of ids; install ip4kb anew, or restore the file."
            problems.append(Problem(file="manifest.json", place="ids", rule="form", message=message))
        if problems:
            raise DataError(tuple(problems))
        records = [f"{kind}/{id}.json" for kind, ids in listed.items() for id in ids]
        return tuple(records + [f"{table}.json" for table in TABLES])

    def read(self, name: str) -> bytes:
        """The bytes of one file; a pack is read with its first record, and kept no longer than until its last."""
        kind = name.rpartition("/")[0]
        if kind and self._packed and name not in self._unread:
            try:
                self._unread = unpacked(kind, self._data(kind + PACK))
            except OSError:  # as a loader of a zip says that a file is not there
                self._packed = False
        return self._unread.pop(name) if name in self._unread else self._data(name)

    def _data(self, name: str) -> bytes:
        content: bytes = self._loader.get_data(self._root + os.sep + name.replace("/", os.sep))
        return content
