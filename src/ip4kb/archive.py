"""Record files in a zip archive, or in a wheel of ip4kb, which is one."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from ip4kb.exceptions import DataError, Problem
from ip4kb.json_text import MAX_BYTES
from ip4kb.shelves import PACK, location, unpacked

_WHEEL: Final = "ip4kb/data/"
"""Where the records of a wheel lie, and with them their manifest."""

_MAX_UNPACKED: Final = 200_000_000
_PACKINGS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""How members may be packed: the others are unpacked by the million bytes, however few are asked for."""
_ZIP_ERRORS: Final = (OSError, EOFError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


class Zip:
    """Record files in a zip archive; of a wheel, those that come with the library."""

    def __init__(self, path: str | Path) -> None:
        where = location(path)
        try:
            with zipfile.ZipFile(where) as archive:
                infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
                problems = _wrong_members(infos)
                self._files = {} if problems else dict(_files(archive, infos))
        except _ZIP_ERRORS as error:
            message = f"the zip cannot be read: {error}."
            raise DataError((Problem(file=str(path), place="", rule="file", message=message),)) from None
        if problems:
            raise DataError(tuple(problems))

    def names(self) -> tuple[str, ...]:
        """The names of all members that are JSON."""
        return tuple(sorted(name for name in self._files if name.lower().endswith(".json")))

    def read(self, name: str) -> bytes:
        """The bytes of one member."""
        return self._files[name]


def _files(archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    """The record files by name, each as far as a record may be long; in a wheel they lie in a folder, and in packs.

    Raises:
        ValueError: If all of them are too much to hold.
    """
    folder = _WHEEL if any(info.filename == f"{_WHEEL}manifest.json" for info in infos) else ""
    left = _MAX_UNPACKED
    for info in infos:
        if not info.filename.startswith(folder):
            continue
        name = info.filename.removeprefix(folder)
        is_pack = bool(folder) and name.endswith(PACK)
        with archive.open(info) as member:
            content = member.read(left + 1 if is_pack else MAX_BYTES + 1)
        left -= len(content)
        if left < 0:
            msg = f"it holds over {_MAX_UNPACKED:,} bytes when unpacked; split it"
            raise ValueError(msg)
        yield from unpacked(name.removesuffix(PACK), content).items() if is_pack else [(name, content)]


def _wrong_members(infos: list[zipfile.ZipInfo]) -> list[Problem]:
    """Members of a zip that leave its folder, of which there are several, or whose packing knows no measure."""
    message = "the member is packed in a way that is not read here; pack it by deflate, as zip does unless told."
    problems = [
        Problem(file=info.filename, place="", rule="file", message=message)
        for info in infos
        if info.compress_type not in _PACKINGS
    ]
    for name, count in Counter(info.filename for info in infos).items():
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or not path.parts or ".." in path.parts or ":" in path.parts[0]:
            message = "the member leaves the folder of the archive; name members like summit/madrid-2022.json."
            problems.append(Problem(file=name, place="", rule="file", message=message))
        if count > 1:
            message = f"the archive holds {count} members of this name; keep one."
            problems.append(Problem(file=name, place="", rule="file", message=message))
    return problems
