"""What changed in the records since the last release, by digest, and whether the changelog's Data section tells it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Final

from ip4kb import Kind

# Of these there are hundreds, so that they are counted and not named.
_COUNTED: Final = {Kind.SOURCE, Kind.CLAIM}
_KINDS: Final = {noun: kind for kind in Kind for noun in (kind.value, kind.collection)}
_ITEM: Final = re.compile(rf"(\d+) ({'|'.join(_KINDS)}) (added|removed|changed)(?:: (.*))?\.")

Changes = dict[tuple[Kind, str], set[str]]


def digests(data: Path) -> dict[str, str]:
    """A short digest of each record by `kind/id`; how its JSON is laid out in the file makes no difference."""
    found = {}
    for kind in Kind:
        for path in sorted((data / kind.value).glob("*.json")):
            content = json.dumps(json.loads(path.read_bytes()), sort_keys=True)
            found[f"{kind.value}/{path.stem}"] = hashlib.sha256(content.encode()).hexdigest()[:12]
    return found


def changes(old: dict[str, str], new: dict[str, str]) -> Changes:
    """The ids that were added, removed and changed, by kind."""
    found: Changes = {}
    for record in sorted(old.keys() | new.keys()):
        if old.get(record) != new.get(record):
            kind, _, id = record.partition("/")
            change = "added" if record not in old else "removed" if record not in new else "changed"
            found.setdefault((Kind(kind), change), set()).add(id)
    return found


def untold(found: Changes, section: str) -> list[str]:
    """Where a Data section says otherwise, a sentence each.

    The section is that of `Diff.to_text`: `- 2 summits changed: `ankara-2026` (3), `madrid-2022` (1).`
    """
    told = {(_KINDS[item[2]], item[3]): (int(item[1]), item[4] or "") for item in _items(section)}
    problems = []
    for kind, change in sorted(found.keys() | told.keys()):
        ids = found.get((kind, change), set())
        count, names = told.get((kind, change), (0, ""))
        if count != len(ids):
            problems.append(f"{kind.collection} {change}: the changelog says {count}, and there are {len(ids)}.")
        if kind not in _COUNTED and (wrong := ids ^ set(re.findall(r"`([^`]+)`", names))):
            listed = ", ".join(sorted(wrong))
            problems.append(f"{kind.collection} {change}: these are either named or so, and not both: {listed}.")
    return problems


def counted(section: str) -> set[str]:
    """What tells how many records were added, removed or changed, each on one line."""
    return {item[0] for item in _items(section)}


def _items(section: str) -> list[re.Match[str]]:
    items = (" ".join(item.split()) for item in re.split(r"^- ", section, flags=re.MULTILINE)[1:])
    return [found for item in items if (found := _ITEM.fullmatch(item))]
