"""A release is what its version, its heading and its Data section say."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import ip4kb
from announcement import misstated, untold, versions
from changelog import Section
from ip4kb import Diff, KnowledgeBase


def test_a_release_tells_one_version_everywhere_and_its_day() -> None:
    told = dict.fromkeys(versions(), "0.3.0")
    assert misstated(Section("0.3.0", "2027-01-31", ""), told, "0.2.0") == []
    assert misstated(Section("0.3.0", "2027-01-31", ""), told | {"CITATION.cff": "0.2.0"}, "0.2.0") == [
        "CITATION.cff says version 0.2.0, and the changelog 0.3.0."
    ]


def test_the_tree_tells_one_version() -> None:
    assert set(versions().values()) == {ip4kb.__version__}


@pytest.mark.parametrize("date", ["Unreleased", "2027-02-30", "January 2027"])
def test_a_release_has_a_day(date: str) -> None:
    assert misstated(Section("0.3.0", date, ""), {}, "0.2.0") == [
        f"The changelog's heading says {date!r}; give the day of the release, YYYY-MM-DD."
    ]


@pytest.mark.parametrize("last", ["0.3.0", "0.10.0", "1.0.0"])
def test_a_release_comes_after_the_last_one(last: str) -> None:
    assert misstated(Section("0.3.0", "2027-01-31", ""), {}, last) == [
        f"Version 0.3.0 does not come after {last}, the last release."
    ]


@pytest.fixture
def diff(files: dict[str, Any], write: Any) -> Diff:
    """What changed since the last release."""
    old = KnowledgeBase.from_directory(write(files))
    japan = attrs.evolve(old.partners["japan"], capital="Kyoto")
    return ip4kb.diff(old, old.with_overlay([japan]))


def test_the_data_section_is_what_changed(diff: Diff) -> None:
    section = Section("0.3.0", "2027-01-31", f"### Data\n\nSome words.\n\n{diff.to_text()}\n\n### Added\n\n- More.\n")
    assert untold(diff, section, "2026.11.0") == []
    wrapped = Section("0.3.0", "2027-01-31", f"### Data\n\n{diff.to_text()}\n".replace("changed: ", "changed:\n  "))
    assert untold(diff, wrapped, "2026.11.0") == []


def test_what_the_data_section_says_otherwise_is_named(diff: Diff) -> None:
    section = Section("0.3.0", "2027-01-31", "### Data\n\n- 1 partner changed: `japan` (5).\n- 2 sources added.\n")
    assert untold(diff, section, "2026.11.0") == [
        "The changelog's Data section lacks this: - 1 partner changed: `japan` (1).",
        "The changelog's Data section says this, which is not so: - 1 partner changed: `japan` (5).",
        "The changelog's Data section says this, which is not so: - 2 sources added.",
    ]


def test_only_the_last_release_is_compared(diff: Diff) -> None:
    section = Section("0.3.0", "2027-01-31", f"### Data\n\n{diff.to_text()}\n")
    (problem,) = untold(diff, section, "2026.10.0")
    assert problem.endswith("is not the last release, whose data has version 2026.10.0.")
