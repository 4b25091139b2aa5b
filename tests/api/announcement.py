"""What a release says of itself, held against what it is; and its notes, which are its section of the changelog.

    python tests/api/announcement.py OLD NOTES

OLD is the folder, archive or wheel of the last release, NOTES the file to write.
"""

from __future__ import annotations

import datetime as dt
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import ip4kb
import released
from changelog import Section, newest, numbers
from digests import counted
from face import ROOT

if TYPE_CHECKING:
    from ip4kb import Diff


def misstated(section: Section, versions: dict[str, str], last: str) -> list[str]:
    """What keeps the newest section of the changelog from being released, a sentence each.

    Args:
        section: The newest section of the changelog.
        versions: The version by the place that tells it.
        last: The version of the last release.
    """
    problems = [
        f"{place} says version {told}, and the changelog {section.version}."
        for place, told in versions.items()
        if told != section.version
    ]
    try:
        dt.date.fromisoformat(section.date)
    except ValueError:
        problems.append(f"The changelog's heading says {section.date!r}; give the day of the release, YYYY-MM-DD.")
    if numbers(section.version) <= numbers(last):
        problems.append(f"Version {section.version} does not come after {last}, the last release.")
    return problems


def untold(diff: Diff, section: Section, last: str) -> list[str]:
    """Where the changelog's Data section is not what changed since the last release, a sentence each.

    Args:
        diff: What changed.
        section: The section of the changelog.
        last: The version of the last release's data.
    """
    problems = []
    if not diff.title.startswith(f"Changes: {last} to "):
        problems.append(f"What is compared ({diff.title}) is not the last release, whose data has version {last}.")
    told, found = counted(section.part("Data")), counted(diff.to_text())
    problems += [f"The changelog's Data section lacks this: - {line}" for line in sorted(found - told)]
    problems += [f"The changelog's Data section says this, which is not so: - {line}" for line in sorted(told - found)]
    return problems


def versions() -> dict[str, str]:
    """The version by the place in the tree that tells it."""
    citation = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    return {
        "ip4kb.__version__": ip4kb.__version__,
        "pyproject.toml": tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"],
        "CITATION.cff": citation[1] if citation else "none",
    }


if __name__ == "__main__":
    _, old, notes = sys.argv
    announced = newest()
    problems = misstated(announced, versions(), released.face()[0])
    try:
        problems += untold(ip4kb.diff(old, ip4kb.load()), announced, released.records()["data_version"])
    except ip4kb.DataError as error:
        problems.append(f"{old} cannot be compared: {error}")
    if problems:
        sys.exit("\n".join(problems))
    heading = f"# ip4kb {announced.version}, {announced.date}, data {ip4kb.data_version}"
    Path(notes).write_text(f"{heading}\n\n{announced.text}\n", "utf-8")
