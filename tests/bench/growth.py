"""Knowledge bases of many times the bundled size: copies of the bundled records that refer to one another.

As a program, `growth.py TIMES FOLDER`, it writes one and prints the bytes of its packs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

import ip4kb
from ip4kb import Kind, PartialDate, Record
from ip4kb.codec import to_json
from ip4kb.places import references
from ip4kb.shelves import PACK, Bundle

if TYPE_CHECKING:
    from collections.abc import Callable

_ID: Final = "copy0-"
_TEXT: Final = "\ue001"
_NUMBERED: Final = {_ID: "copy{}-", _TEXT: " {}"}
"""What stands before the ids and behind the texts of a copy; nothing does in the first."""

_TOLD: Final = ("name", "title", "summary", "text", "statement", "reasoning")
_OF_A_DIGEST: Final = ("text_digest", "paragraph")
_EMPTY: Final = ("manifest", "verified", "uncited", "checksums")
_AS_BUNDLED: Final = ("ambiguous", "retired")


class Packs(Bundle):
    """Record files in packs in a folder, read as an installed library reads its own, which may be of any size."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._root = str(folder)

    def names(self) -> tuple[str, ...]:
        """The names of all files, from a list beside them: a manifest may not be as long."""
        return tuple(json.loads(self._data("names.json")))


def grow(times: int, folder: Path) -> int:
    """Write a knowledge base of about `times` the bundled size to a folder, in packs as an installed library has them.

    Each copy has ids, names and texts of its own and refers to records of the same copy. The four partners are told
    once, as are the sources that tell of nothing else. Texts have no digests, so that no ledger of passages is needed.

    Returns:
        The bytes of the packs.
    """
    told_of = _sources_beside_partners()
    people = {person.id: to_json(person) for person in ip4kb.people.values()}
    for person in people.values():
        del person["id"]
    tables = {"people": json.dumps(people).encode()} | dict.fromkeys(_EMPTY, b"{}")
    tables |= {table: Bundle().read(f"{table}.json") for table in _AS_BUNDLED}
    names = [f"{table}.json" for table in tables]
    for table, content in tables.items():
        (folder / f"{table}.json").write_bytes(content)
    size = 0
    for kind in Kind:
        with (folder / f"{kind.value}{PACK}").open("wb") as pack:
            for record in getattr(ip4kb, kind.collection):
                line = json.dumps(to_json(_marked(record)), ensure_ascii=False, separators=(",", ":")) + "\n"
                many = kind is not Kind.PARTNER and (kind is not Kind.SOURCE or record.id in told_of)
                for copy in range(1, times + 1 if many else 2):
                    size += pack.write(_numbered(line, copy).encode())
                    names.append(_numbered(f"{kind.value}/{_renamed(record.id)}.json", copy))
    (folder / "names.json").write_text(json.dumps(names), "utf-8")
    return size


def _sources_beside_partners() -> set[str]:
    """The sources of everything but the partners, and what these draw on."""
    kinds = [kind for kind in Kind if kind not in {Kind.PARTNER, Kind.SOURCE}]
    ahead = [record for kind in kinds for record in getattr(ip4kb, kind.collection)]
    found: set[str] = set()
    while ahead:
        record = ahead.pop()
        new = {name for _, _, name in references(record, record.id) if name in ip4kb.sources} - found
        found |= new
        ahead += [ip4kb.sources[id] for id in new]
    return found


def _numbered(line: str, copy: int) -> str:
    for mark, number in _NUMBERED.items():
        line = line.replace(mark, number.format(copy) if copy > 1 else "")
    return line


def _marked(node: Any) -> Any:
    """An object of the model with a mark wherever its copies differ."""
    return attrs.evolve(node, **{field.name: _content(node, field) for field in attrs.fields(type(node))})


def _content(node: Any, field: attrs.Attribute[Any]) -> Any:
    content = getattr(node, field.name)
    if field.name in _OF_A_DIGEST:
        return None
    if (field.name == "id" and isinstance(node, Record)) or "refers" in field.metadata:
        return _each(content, _renamed)
    if field.name in _TOLD and isinstance(content, str):
        return content + _TEXT
    return _each(
        content, lambda part: _marked(part) if attrs.has(type(part)) and not isinstance(part, PartialDate) else part
    )


def _each(content: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(content, tuple):
        return tuple(change(member) for member in content)
    return None if content is None else change(content)


def _renamed(name: str) -> str:
    """An id or a place, marked wherever it names a record of which there are copies."""
    record, mark, path = name.partition("#")
    steps = [_ID + step if step in ip4kb.alliances else step for step in path.split(".")]
    known = ip4kb.load()._library.kind_of(record)
    return (_ID if known not in {None, Kind.PARTNER} else "") + record + mark + ".".join(steps)


if __name__ == "__main__":
    json.dump(grow(int(sys.argv[1]), Path(sys.argv[2])), sys.stdout)
