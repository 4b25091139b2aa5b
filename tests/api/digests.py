"""What changed in the records since the last release, by digest, and whether the changelog's Data section tells it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from ip4kb import Kind

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
    """Where a Data section says otherwise, a sentence each; it may tell of a kind by its number alone.

    The section is that of `Diff.to_text`: `- 2 summits changed: `ankara-2026` (3), `madrid-2022` (1).`
    """
    told = _told(section)
    problems = []
    for kind, change in sorted(found.keys() | told.keys()):
        ids = found.get((kind, change), set())
        count, named = told.get((kind, change), (0, None))
        if count != len(ids):
            problems.append(f"{kind.collection} {change}: the changelog says {count}, and there are {len(ids)}.")
        if named is not None and named != ids:
            wrong = ", ".join(sorted(named ^ ids))
            problems.append(f"{kind.collection} {change}: these are either named or so, and not both: {wrong}.")
    return problems


def _told(section: str) -> dict[tuple[Kind, str], tuple[int, set[str] | None]]:
    """How many records of which kinds were added, removed and changed, and which, where the section names them."""
    kinds = {noun: kind for kind in Kind for noun in (kind.value, kind.collection)}
    found: dict[tuple[Kind, str], tuple[int, set[str] | None]] = {}
    for item in re.split(r"^- ", section, flags=re.MULTILINE)[1:]:
        line = re.fullmatch(r"(\d+) (\w+) (added|removed|changed)(?:: (.*))?\.", " ".join(item.split()))
        if line and line[2] in kinds:
            named = set(re.findall(r"`([^`]+)`", line[4])) if line[4] else None
            found[kinds[line[2]], line[3]] = int(line[1]), named
    return found
