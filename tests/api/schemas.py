"""The form of the record files as their JSON Schemas have it, and which version a change of it asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

FOLDER: Final = Path("docs/_extra/schema")

_SAYS_NOTHING: Final = {"$comment", "$id", "$schema", "description", "title"}
_REQUIRED: Final = "required: "
# What the library alone writes: who reads it is glad of a field that is always there.
_WRITTEN: Final = ("country#", "document#", "fact#", "metadata#")


def form(schemas: Path) -> list[str]:
    """What the schemas in a folder say, a line each, as `summit#required: "start"`."""
    return sorted(
        line
        for path in schemas.glob("*.json")
        for line in _lines(f"{path.stem}#", json.loads(path.read_bytes()), names=False)
    )


def step(old: list[str], new: list[str]) -> Literal["major", "minor"] | None:
    """Which number of the schema version must rise from one form to another.

    What was right must stay right, and what was there must stay: else a major version. What may be written besides
    takes a minor one.
    """
    gone, come = set(old) - set(new), set(new) - set(old)
    asked = {line.partition(_REQUIRED)[0] for line in come if _REQUIRED in line and not line.startswith(_WRITTEN)}
    if gone or any(line.startswith(tuple(asked)) for line in old):
        return "major"
    return "minor" if come else None


def _lines(place: str, value: Any, *, names: bool) -> Iterator[str]:
    """The lines of a part of a schema; the keys of an object are names of fields, or words of JSON Schema."""
    if isinstance(value, dict):
        for key, member in value.items():
            if names or key not in _SAYS_NOTHING:
                yield from _lines(f"{place}{key}.", member, names=key == "properties" and not names)
    elif isinstance(value, list):
        for member in value:
            yield from _lines(place, member, names=False)
    else:
        yield f"{place[:-1]}: {json.dumps(value, ensure_ascii=False)}"
