"""The version of the schema rises with the form of the record files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ip4kb
import released
from changelog import numbers
from face import ROOT
from schemas import FOLDER, form, step


def test_the_schema_version_rises_with_the_form() -> None:
    version, kept = released.form()
    before, now = numbers(f"{version}.0"), numbers(f"{ip4kb.schema_version}.0")
    rises = {"major": now[0] > before[0], "minor": now > before, None: now == before}
    needed = step(kept, form(ROOT / FOLDER))
    assert rises[needed], f"since schema version {version} the form changed ({needed}); see `schema_version`"


SUMMIT: dict[str, Any] = {
    "$id": "summit.json",
    "title": "Summit",
    "type": "object",
    "properties": {
        "title": {"type": "string", "description": "Its title."},
        "mode": {"enum": ["mixed", "by-video"]},
        "required": {"type": "integer"},
    },
    "required": ["title"],
}


def changed(tmp_path: Path, summit: dict[str, Any], name: str = "summit") -> list[str]:
    (tmp_path / f"{name}.json").write_text(json.dumps(summit), "utf-8")
    return form(tmp_path)


def test_the_form_is_what_the_schemas_ask_for_and_not_how_they_are_told(tmp_path: Path) -> None:
    lines = changed(tmp_path, SUMMIT)
    assert lines == [
        'summit#properties.mode.enum: "by-video"',
        'summit#properties.mode.enum: "mixed"',
        'summit#properties.required.type: "integer"',
        'summit#properties.title.type: "string"',
        'summit#required: "title"',
        'summit#type: "object"',
    ]
    assert step(lines, changed(tmp_path, SUMMIT | {"title": "A summit", "$comment": "new"})) is None


@pytest.mark.parametrize(
    ("change", "needed"),
    [
        ({"properties": SUMMIT["properties"] | {"place": {"type": "string"}}}, "minor"),
        ({"properties": SUMMIT["properties"] | {"mode": {"enum": ["mixed", "by-video", "in-person"]}}}, "minor"),
        ({"$defs": {"Place": {"type": "object", "required": ["city"]}}}, "minor"),
        ({"properties": {"title": {"type": "string"}}}, "major"),
        ({"properties": SUMMIT["properties"] | {"mode": {"enum": ["mixed"]}}}, "major"),
        ({"properties": SUMMIT["properties"] | {"title": {"type": "number"}}}, "major"),
        ({"required": ["title", "mode"]}, "major"),
        ({"required": []}, "major"),
    ],
)
def test_a_change_asks_for_a_version(tmp_path: Path, change: dict[str, Any], needed: str) -> None:
    assert step(changed(tmp_path, SUMMIT), changed(tmp_path, SUMMIT | change)) == needed


def test_a_field_that_exports_always_have_asks_for_a_minor_version(tmp_path: Path) -> None:
    before = changed(tmp_path, SUMMIT, "metadata")
    assert step(before, changed(tmp_path, SUMMIT | {"required": ["title", "mode"]}, "metadata")) == "minor"
