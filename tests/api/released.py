"""The last release as it is kept here: its face, the form of its records, and their ids with a digest of each.

    python tests/api/released.py

writes all anew from the tree; the release session does it, and no one else has to.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any, Final

import griffe
from griffe import Module

import schemas
from digests import digests
from face import ROOT, read

FACE: Final = Path(__file__).with_name("released.json")
FORM: Final = Path(__file__).with_name("released-form.json")
RECORDS: Final = Path(__file__).with_name("released-records.json")


def face() -> tuple[str, Module]:
    """The version of the last release, and its face."""
    kept: dict[str, Any] = json.loads(FACE.read_text("utf-8"), object_hook=griffe.json_decoder)
    return kept["version"], kept["face"]


def records() -> dict[str, Any]:
    """The version of its data, the digest of each record by `kind/id`, and the ids that were retired."""
    kept: dict[str, Any] = json.loads(RECORDS.read_text("utf-8"))
    return kept


def form() -> tuple[str, list[str]]:
    """The version of its schema, and what its schemas say."""
    kept: dict[str, Any] = json.loads(FORM.read_text("utf-8"))
    return kept["schema_version"], kept["form"]


def write(tree: Path) -> None:
    """Keep the tree as the last release."""
    version = tomllib.loads((tree / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    FACE.write_text(_text({"version": version, "face": json.loads(read(tree / "src").as_json())}), "utf-8")
    data = tree / "src" / "ip4kb" / "data"
    manifest, retired = (json.loads((data / f"{table}.json").read_bytes()) for table in ("manifest", "retired"))
    asked = {"schema_version": manifest["schema_version"], "form": schemas.form(tree / schemas.FOLDER)}
    FORM.write_text(_text(asked), "utf-8")
    kept = {"data_version": manifest["data_version"], "records": digests(data), "retired": sorted(retired)}
    RECORDS.write_text(_text(kept), "utf-8")


def _text(kept: dict[str, Any]) -> str:
    return json.dumps(kept, indent=0) + "\n"


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
