"""CHANGELOG.md, version by version."""

from __future__ import annotations

import re
from dataclasses import dataclass

from face import ROOT


def numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version, by which it is compared: major, minor, patch."""
    return tuple(map(int, version.split(".")))


@dataclass(frozen=True)
class Section:
    """What the changelog says of one version; `date` is a day, or `Unreleased`."""

    version: str
    date: str
    text: str

    def part(self, heading: str) -> str:
        """What stands under a heading such as `Data`; empty where there is none."""
        found = re.search(rf"^### {heading}\n(.*?)(?=^### |\Z)", self.text, re.MULTILINE | re.DOTALL)
        return found[1].strip() if found else ""

    def named(self, *headings: str) -> set[str]:
        """What stands in backticks under the headings, without the package's name and without arguments."""
        quoted = re.findall(r"`([^`]+)`", "\n".join(map(self.part, headings)))
        return {text.removeprefix("ip4kb.").partition("(")[0] for text in quoted}


def sections(text: str) -> list[Section]:
    """The versions that the changelog tells of, the newest first."""
    found = re.split(r"^## \[(.+)\] - (.+)\n", text, flags=re.MULTILINE)[1:]
    return [Section(*told) for told in zip(found[::3], found[1::3], map(str.strip, found[2::3]), strict=True)]


def newest() -> Section:
    """The version that the tree is to become."""
    return sections((ROOT / "CHANGELOG.md").read_text("utf-8"))[0]
