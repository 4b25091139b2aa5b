"""No record of the last release is lost, and the changelog tells of each that came, went or changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import ip4kb
import released
from changelog import newest, numbers
from digests import Changes, changes, digests, untold
from face import ROOT
from ip4kb import Kind

DATA = ROOT / "src/ip4kb/data"
RETIRED = json.loads((DATA / "retired.json").read_bytes())
RELEASED = released.records()


def lost(kept: dict[str, Any], records: dict[str, str], retired: dict[str, str]) -> list[str]:
    """The released ids that neither a record of their kind nor the table of the retired has now."""
    gone = {id.partition("/")[2] for id in kept["records"].keys() - records.keys()}
    return sorted((gone | set(kept["retired"])) - retired.keys())


def test_each_released_id_has_its_record_or_is_retired() -> None:
    gone = lost(RELEASED, digests(DATA), RETIRED)
    told = "released, and neither here nor in data/retired.json, which gives the id that took its place"
    assert not gone, f"{told}: {', '.join(gone)}"


def test_an_id_that_vanishes_is_noticed() -> None:
    records = {"summit/one": "a", "summit/two": "b", "meeting/three": "c"}
    kept = {"records": records, "retired": ["four"]}
    assert lost(kept, {"summit/one": "z", "summit/two": "b", "meeting/three": "c"}, {"four": "one"}) == []
    assert lost(kept, {"summit/one": "a", "claim/three": "c"}, {"four": "one"}) == ["three", "two"]
    assert lost(kept, records, {}) == ["four"]
    assert lost(kept, {"summit/one": "a"}, {"four": "one", "two": "one", "three": "one"}) == []


def test_the_changelog_tells_of_each_record_that_differs_from_the_last_release() -> None:
    found = changes(RELEASED["records"], digests(DATA))
    if ip4kb.data_version == RELEASED["data_version"]:
        assert not found, "records differ from those of the last release; raise data_version in data/manifest.json"
    else:
        section = newest().part("Data")
        problems = untold(found, section)
        told = "the changelog's Data section is what `ip4kb.diff(OLD, ip4kb.load()).to_text()` says:"
        assert not problems, "\n".join([told, *problems])
        assert f"From {RELEASED['data_version']} to {ip4kb.data_version}" in section


def test_new_records_raise_at_least_the_minor_version() -> None:
    is_new = any(change == "added" for _, change in changes(RELEASED["records"], digests(DATA)))
    last, now = numbers(released.face()[0]), numbers(ip4kb.__version__)
    assert now[:2] > last[:2] or not is_new, "there are new records; raise the minor version"


def write(data: Path, name: str, text: str) -> Path:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return data


def test_a_digest_is_of_the_content_and_not_of_its_layout(tmp_path: Path) -> None:
    one = digests(write(tmp_path, "summit/one.json", '{"id": "one", "themes": ["china", "space"]}'))
    assert list(one) == ["summit/one"]
    assert digests(write(tmp_path, "summit/one.json", '{"themes":["china","space"],\n"id":"one"}\n')) == one
    assert digests(write(tmp_path, "summit/one.json", '{"id": "one", "themes": ["space", "china"]}')) != one


FOUND: Changes = {
    (Kind.SOURCE, "added"): {"a", "b"},
    (Kind.SUMMIT, "changed"): {"one", "two"},
    (Kind.MEETING, "removed"): {"three"},
}
SECTION = """
Some words, and what is no count: 5 summits.

- 2 sources added.
- 2 summits changed: `one` (3),
  `two` (1).
- 1 meeting removed: `three`.
- Everything else is as it was.
"""


def test_what_differs_is_found() -> None:
    old = {"source/c": "1", "summit/one": "1", "summit/two": "1", "meeting/three": "1"}
    new = {"source/c": "1", "summit/one": "2", "summit/two": "2", "source/a": "1", "source/b": "1"}
    assert changes(old, new) == FOUND
    assert changes(new, new) == {}
    assert untold(FOUND, SECTION) == []


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("- 2 sources added.\n", "", "sources added: the changelog says 0, and there are 2."),
        ("2 sources", "3 sources", "sources added: the changelog says 3, and there are 2."),
        ("sources added", "sources removed", "sources removed: the changelog says 2, and there are 0."),
        (": `one` (3),\n  `two` (1)", "", "summits changed: these are either named or so, and not both: one, two."),
        ("`two`", "`four`", "summits changed: these are either named or so, and not both: four, two."),
        ("1 meeting removed: `three`.", "", "meetings removed: the changelog says 0, and there are 1."),
        ("1 meeting", "1 alliance", "alliances removed: the changelog says 1, and there are 0."),
    ],
)
def test_what_the_changelog_says_otherwise_is_told(before: str, after: str, problem: str) -> None:
    assert before in SECTION
    assert problem in untold(FOUND, SECTION.replace(before, after))
