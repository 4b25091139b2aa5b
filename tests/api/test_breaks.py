"""What breaks is found, and is refused unless the version and the changelog allow it; nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from griffe import Module

import face
import released
from breaks import breaks, refused
from changelog import Section, newest

SOURCE = """
from enum import StrEnum
from typing import overload
import attrs

__all__ = ["LIMIT", "Answer", "Base", "KnowledgeBase", "Level", "Part", "ask", "load"]

class Level(StrEnum):
    MINISTER = "minister"
    OFFICIAL = "official"

@attrs.frozen(kw_only=True)
class Base:
    key: str = attrs.field(validator=check)
    note: str | None = None

@attrs.frozen(kw_only=True)
class Part(Base):
    size: int | None = attrs.field(default=None, metadata=FACT)

class Answer(Base, Sequence[str]):
    @property
    def title(self) -> str: ...
    @overload
    def get(self, id: str) -> str | None: ...
    @overload
    def get(self, id: str, default: str) -> str: ...
    def get(self, id: str, default: str | None = None) -> str | None: ...

class KnowledgeBase:
    def ask(self, subject: str, *, level: str | None = None) -> Answer | None: ...

def load(path: str) -> KnowledgeBase: ...

LIMIT: int = 5
_kb = load()
ask = _kb.ask
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], Module]:
    """The face of a package whose source is given."""

    def reader(source: str) -> Module:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        (folder / "ip4kb" / "model").mkdir(parents=True)
        (folder / "ip4kb" / "model" / "__init__.py").write_text(source, "utf-8")
        exported = source.partition("__all__ = ")[2].partition("\n")[0]
        code = f"from ip4kb.model import *\n__all__ = {exported}\n"
        (folder / "ip4kb" / "__init__.py").write_text(code, "utf-8")
        return face.read(folder)

    return reader


def test_the_face_kept_as_json_is_the_same(read: Callable[[str], Module]) -> None:
    made = read(SOURCE)
    kept = Module.from_json(made.as_json())
    assert face.lines(kept) == face.lines(made)
    assert not breaks(kept, made)
    assert not breaks(made, kept)


BREAKING = [
    ('"LIMIT", ', "", {"LIMIT": "public object was removed"}),
    ("def load(", "load = 5\ndef lead(", {"load": "public object points to a different kind of object"}),
    ("path: str)", "file: str)", {"load": "parameter was removed: path; parameter was added as required: file"}),
    ("path: str)", "path: str, day: str)", {"load": "parameter was added as required: day"}),
    ("path: str)", "*, path: str)", {"load": "parameter kind was changed: path"}),
    ("path: str)", "path: Path)", {"load": "type was changed: path: str -> Path"}),
    (") -> KnowledgeBase", ") -> Answer", {"load": "return type was changed: KnowledgeBase -> Answer"}),
    (", *, level: str | None = None", "", {"KnowledgeBase.ask": "parameter was removed: level"}),
    ("level: str | None = None", "level: str | None", {"KnowledgeBase.ask": "parameter is now required: level"}),
    ("level: str | None = None", "level: str | None = ''", {"ask": "parameter default was changed: level"}),
    ("level: str | None", "level: str", {"ask": "type was changed: level: str | None -> str"}),
    (
        "-> Answer | None",
        "-> Answer | str | None",
        {"ask": "return type was changed: Answer | None -> Answer | str | None"},
    ),
    (
        'MINISTER = "minister"',
        'MINISTER = "a-minister"',
        {"Level.MINISTER": "value was changed: 'minister' -> 'a-minister'"},
    ),
    ('    OFFICIAL = "official"\n', "", {"Level.OFFICIAL": "public object was removed"}),
    ("LIMIT: int", "LIMIT: float", {"LIMIT": "type was changed: int -> float"}),
    ("LIMIT: int", "LIMIT", {"LIMIT": "type was changed: int -> None"}),
    (
        "def title(self) -> str",
        "def title(self) -> str | None",
        {"Answer.title": "type was changed: str -> str | None"},
    ),
    ("Base, Sequence[str]", "Base", {"Answer": "base class was removed: Sequence[str]"}),
    ("Base, Sequence[str]", "Base, Mapping[str, str]", {"Answer": "base class was removed: Sequence[str]"}),
    ("default: str) -> str", "other: str) -> str", {"Answer.get": "parameter was removed: default"}),
    (
        "id: str) -> str | None",
        "id: str) -> str | int",
        {"Answer.get": "return type was changed: str | None -> str | int"},
    ),
    (
        "    size: int | None = attrs.field(default=None, metadata=FACT)",
        "    pass",
        {"Part": "parameter was removed: size"},
    ),
    ("(default=None, metadata=FACT)", "(metadata=FACT)", {"Part": "parameter is now required: size"}),
    ("    note: str | None = None", "    note: str", {"Part": "type was changed: note: str | None -> str"}),
    ("    size:", "    unit: str\n    size:", {"Part": "parameter was added as required: unit"}),
]


@pytest.mark.parametrize(("before", "after", "expected"), BREAKING, ids=[f"{old} to {new}" for old, new, _ in BREAKING])
def test_what_breaks_is_found(read: Callable[[str], Module], before: str, after: str, expected: dict[str, str]) -> None:
    assert before in SOURCE
    found = breaks(read(SOURCE), read(SOURCE.replace(before, after, 1)))
    for path, what in expected.items():
        assert what in "; ".join(found[path])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("LIMIT: int = 5", "LIMIT: int = 6"),
        ("path: str)", "path: str, day: str | None = None)"),
        ("path: str)", "path: str | Path)"),
        ("level: str | None = None", "level: str | Level | None = None, theme: str | None = None"),
        ("-> Answer | None", "-> Answer"),
        ('MINISTER = "minister"', 'MINISTER = "minister"\n    LEADER = "leader"'),
        ("    note: str | None = None\n", "    note: str | None = None\n    remark: str | None = None\n"),
        ("    size:", "    note: str | None = None\n    size:"),
        ("    def ask(", "    def further(self) -> str: ...\n    def ask("),
        ("def load(", "def _hidden(): ...\ndef load("),
    ],
)
def test_what_is_new_or_takes_more_or_gives_less_breaks_nothing(
    read: Callable[[str], Module], before: str, after: str
) -> None:
    assert before in SOURCE
    assert not breaks(read(SOURCE), read(SOURCE.replace(before, after, 1)))


def section(version: str, changed: str = "", removed: str = "", added: str = "") -> Section:
    text = f"### Added\n\n- {added}\n\n### Changed\n\n- {changed}\n\n### Removed\n\n- {removed}\n"
    return Section(version, "Unreleased", text)


def test_a_break_asks_for_a_new_version(read: Callable[[str], Module]) -> None:
    old, broken = read(SOURCE), {"LIMIT": ["public object was removed"]}
    for released_as, version in [("0.2.1", "0.2.1"), ("0.2.1", "0.2.2"), ("1.2.0", "1.3.0")]:
        (problem,) = refused(broken, old, released_as, section(version, removed="`LIMIT`"))
        kind = "minor" if released_as == "0.2.1" else "major"
        assert problem == f"LIMIT: public object was removed, which asks for a new {kind} version after {released_as}."
    for released_as, version in [("1.2.0", "2.0.0"), ("0.2.1", "1.0.0")]:
        assert refused(broken, old, released_as, section(version)) == []


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("LIMIT", "`LIMIT` is gone"),
        ("LIMIT", "`ip4kb.LIMIT` is gone"),
        ("KnowledgeBase.ask", "`ask` has no `level`"),
        ("ask", "`KnowledgeBase.ask` has no `level`"),
        ("ask", "`ask(level=...)` is no more"),
        ("Part.note", "`Base.note` is gone"),
        ("Part", "`Base` asks for more"),
        ("Answer.title", "`Answer.title` may be missing"),
    ],
)
def test_before_1_0_a_break_is_told_in_the_changelog(read: Callable[[str], Module], path: str, named: str) -> None:
    old = read(SOURCE)
    assert refused({path: ["broken"]}, old, "0.2.1", section("0.3.0", changed=named)) == []
    assert refused({path: ["broken"]}, old, "0.2.1", section("0.3.0", removed=named)) == []
    for silent in (section("0.3.0"), section("0.3.0", added=named), section("0.3.0", changed=named.replace("`", ""))):
        (problem,) = refused({path: ["broken"]}, old, "0.2.1", silent)
        assert problem == f"{path}: broken, but the changelog names it neither under Changed nor under Removed."


def test_naming_another_does_not_do(read: Callable[[str], Module]) -> None:
    told = section("0.3.0", changed="`Part.note`, `note`, `Answer`")
    assert len(refused({"Base.note": ["broken"], "Answer.get": ["broken"]}, read(SOURCE), "0.2.1", told)) == 2


def test_nothing_breaks_that_the_version_and_the_changelog_do_not_allow(installed: Module) -> None:
    version, old = released.face()
    problems = refused(breaks(old, installed), old, version, newest())
    assert not problems, "\n".join(problems)
