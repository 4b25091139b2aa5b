"""The lock file of the development environment, and what the docs say of licences."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCK = (ROOT / "requirements-dev.txt").read_text("utf-8")
ENTRY = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==(\S+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
PINNED = {canonicalize_name(name): (Version(version), rest) for name, version, rest in ENTRY.findall(LOCK)}
UNLOCKED = {"bench"}


def of_group(group: str) -> Iterator[Requirement]:
    """The requirements of a group, with those of the groups that it includes."""
    for entry in PROJECT["dependency-groups"][group]:
        if isinstance(entry, dict):
            yield from of_group(entry["include-group"])
        else:
            yield Requirement(entry)


def test_each_pinned_release_has_its_hashes() -> None:
    assert PINNED
    assert [name for name, (_, rest) in PINNED.items() if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", rest)] == []


def test_the_lock_names_no_index_and_no_address() -> None:
    assert re.findall(r"https?://\S+|^\s*(?:-i|--\S*(?:index|find-links)\S*)", LOCK, re.MULTILINE) == []


def test_every_requirement_of_a_group_is_pinned_as_it_asks() -> None:
    groups = PROJECT["dependency-groups"].keys() - UNLOCKED
    asked = [
        *map(Requirement, PROJECT["project"]["dependencies"]),
        *(each for group in groups for each in of_group(group)),
    ]
    for requirement in asked:
        version, _ = PINNED[canonicalize_name(requirement.name)]
        assert version in requirement.specifier, requirement


def needed(requirement: Requirement, seen: set[str]) -> Iterator[str]:
    """The names of what an installed requirement needs, itself first."""
    name = canonicalize_name(requirement.name)
    if name in seen:
        return
    seen.add(name)
    yield name
    try:
        below = map(Requirement, requires(name) or ())
    except PackageNotFoundError:
        return
    for each in below:
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
            yield from needed(each, seen)


def test_the_docs_tell_the_licence_of_all_that_comes_along() -> None:
    page = (ROOT / "docs/explanation/libraries.md").read_text("utf-8")
    rows = re.findall(r"^\| (?:ip4kb|`ip4kb\[|\|).*$", page.partition("## Licences")[2], re.MULTILINE)
    told = {canonicalize_name(name) for row in rows for name in re.findall(r"[A-Za-z][A-Za-z0-9-]+", row.split("|")[2])}
    extras = PROJECT["project"]["optional-dependencies"].values()
    asked = map(Requirement, [*PROJECT["project"]["dependencies"], *(name for extra in extras for name in extra)])
    seen: set[str] = set()
    found = {name for requirement in asked for name in needed(requirement, seen)}
    assert {"attrs", "pandas", "requests"} <= found
    assert {name for name in found if not name.startswith("sphinxcontrib-")} - told == set()
