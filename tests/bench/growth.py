"""Knowledge bases of many times the bundled size: copies of the bundled records that refer to one another."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any, Final

import attrs

import ip4kb
from ip4kb import Kind, PartialDate, Record
from ip4kb.codec import to_json
from ip4kb.places import references

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_ID: Final = "copy0-"
_TEXT: Final = "\ue001"
_NUMBERED: Final = {_ID: "copy{}-", _TEXT: " {}"}
"""What stands before the ids and behind the texts of a copy; nothing does in the first."""

_TOLD: Final = ("name", "title", "summary", "text", "statement", "reasoning")
_OF_A_DIGEST: Final = ("text_digest", "paragraph")


def grow(times: int, path: Path) -> int:
    """Write a knowledge base of about `times` the bundled size as a zip, in packs as a wheel has them.

    Each copy has ids, names and texts of its own and refers to records of the same copy. The four partners are told
    once, as are the sources that tell of nothing else. Texts have no digests, so that no ledger of passages is needed.

    Returns:
        The bytes of the packs.
    """
    told_of = _sources_beside_partners()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        people = {person.id: to_json(person) for person in ip4kb.people.values()}
        for person in people.values():
            del person["id"]
        archive.writestr("ip4kb/data/manifest.json", "{}")
        archive.writestr("ip4kb/data/people.json", json.dumps(people))
        for kind in Kind:
            with archive.open(f"ip4kb/data/{kind.value}.jsonl", "w") as pack:
                for record in getattr(ip4kb, kind.collection):
                    line = json.dumps(to_json(_marked(record)), ensure_ascii=False, separators=(",", ":")) + "\n"
                    many = kind is not Kind.PARTNER and (kind is not Kind.SOURCE or record.id in told_of)
                    for copy in range(1, times + 1 if many else 2):
                        pack.write(_numbered(line, copy).encode())
        return sum(info.file_size for info in archive.infolist() if info.filename.endswith(".jsonl"))


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
