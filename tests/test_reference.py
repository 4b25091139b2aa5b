"""The reference of the site: definitions of the vocabularies, and the codebook that is made of the classes."""

from __future__ import annotations

import ast
import html
import inspect
import re
import zlib
from enum import StrEnum
from pathlib import Path
from typing import Any

import attrs
import codebook
import inventories
import pytest
from sphinx.application import Sphinx

import ip4kb
from ip4kb.commands.parser import COMMANDS
from ip4kb.curation.__main__ import main

PAGES = Path(__file__).parents[1] / "docs" / "reference"

CLASSES = {name: value for name in ip4kb.__all__ if inspect.isclass(value := getattr(ip4kb, name))}
VOCABULARIES = [value for value in CLASSES.values() if issubclass(value, StrEnum)]
MODEL = [value for value in CLASSES.values() if attrs.has(value) and value.__module__.startswith("ip4kb.model.")]


# --- vocabularies ----------------------------------------------------------------------------------------------------


def definitions(vocabulary: type[StrEnum]) -> dict[str, str]:
    """The texts that stand below the members of a vocabulary, by the name of the member."""
    (tree,) = ast.parse(inspect.getsource(vocabulary)).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for member, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(member, ast.Assign) and isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
            (target,) = member.targets
            assert isinstance(target, ast.Name)
            found[target.id] = str(below.value.value)
    return found


@pytest.mark.parametrize("vocabulary", VOCABULARIES, ids=lambda cls: cls.__name__)
def test_every_word_of_a_vocabulary_is_defined_by_a_sentence_of_its_own(vocabulary: type[StrEnum]) -> None:
    defined = definitions(vocabulary)
    assert list(defined) == list(vocabulary.__members__)
    assert len({*defined.values()}) == len(defined)
    for definition in defined.values():
        assert definition.endswith(".")
        # What stands before a colon is taken for a type when the site is built.
        assert ":" not in definition


# --- the pages -------------------------------------------------------------------------------------------------------


def test_the_overview_names_every_public_name_once() -> None:
    listed = re.findall(r"^   (\w+)$", (PAGES / "index.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(ip4kb.__all__)


def test_the_codebook_has_a_table_of_every_kind_and_part() -> None:
    tables = re.findall(r"^```\{codebook\} ip4kb\.(\w+)$", (PAGES / "codebook.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(tables) == sorted(cls.__name__ for cls in MODEL)


def commands_told() -> tuple[list[str], list[str]]:
    """The commands that have a heading on the page of the command line: those of all, and those of the curators."""
    everybody, curators = (PAGES / "command-line.md").read_text("utf-8").split("\n## `python -m ip4kb.curation`\n")
    heading = re.compile(r"^### `(\w+)", re.MULTILINE)
    return heading.findall(everybody), heading.findall(curators)


def test_every_command_is_on_the_page_of_the_command_line() -> None:
    assert commands_told()[0] == list(COMMANDS)


def test_every_command_of_the_curators_is_on_the_page_of_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    (commands,) = re.findall(r"\{([a-z,]+)\}\s+\.\.\.", capsys.readouterr().out)
    assert sorted(commands_told()[1]) == sorted(commands.split(","))


# --- the codebook ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", MODEL, ids=lambda cls: cls.__name__)
def test_the_codebook_tells_of_each_field_what_the_class_says(cls: type[Any]) -> None:
    told = list(codebook.rows(cls))
    assert [row.name for row in told] == [field.name for field in attrs.fields(cls)]
    for row, field in zip(told, attrs.fields(cls), strict=True):
        assert row.meaning.endswith(".")
        assert (row.required == "yes") == (field.default is attrs.NOTHING)
        assert (row.sort == "fact") == bool(field.metadata.get("fact"))


def test_the_codebook_tells_sorts_targets_and_what_a_missing_value_means() -> None:
    told = {row.name: row for cls in (ip4kb.Citation, ip4kb.Meeting) for row in codebook.rows(cls)}
    assert told["within"][2:5] == ("summit", "no", "fact")
    assert told["kind"][2:5] == ("", "yes", "frame")
    assert told["inferred"][2:4] == ("", "no (false)")
    assert told["citations"].sort == ""
    # What a kind has in common with another is told by the class that both build on.
    assert told["hosts"].meaning == "Slugs of the host countries."


PAGE = """\
A codebook
==========

.. py:class:: ip4kb.Level
.. py:class:: ip4kb.Participation

.. codebook:: ip4kb.Delegate
.. codebook:: ip4kb.model.meeting.Meeting
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site that Sphinx has built with the codebook."""
    sources, built = tmp_path / "sources", tmp_path / "built"
    sources.mkdir()
    (sources / "index.rst").write_text(PAGE, "utf-8")
    settings: dict[str, Any] = {"extensions": ["codebook"], "project": "Small", "version": "1.2", "html_theme": "basic"}
    Sphinx(sources, None, built, tmp_path / "trees", "html", settings, status=None).build()
    return built


def test_the_tables_of_the_codebook_link_the_types(site: Path) -> None:
    page = (site / "index.html").read_text("utf-8")
    delegate, meeting = re.findall(r"<table.*?</table>", page, re.DOTALL)
    assert cells(delegate)[:4] == ["Field", "Type", "Required", "Meaning"]
    assert cells(delegate)[4:8] == ["person", "str, id of a person", "no", "Id of the person, where named."]
    assert 'href="#ip4kb.Level"' in delegate
    assert cells(meeting)[:5] == ["Field", "Type", "Required", "Sort", "Meaning"]
    assert "list of Participation" in cells(meeting)
    assert 'href="#ip4kb.Participation"' in meeting


def cells(table: str) -> list[str]:
    """The texts of the cells of a table, row by row."""
    found = re.findall(r"<t[hd].*?</t[hd]>", table.replace("\n", " "))
    return [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in found]


# --- inventories -----------------------------------------------------------------------------------------------------


def test_a_kept_inventory_is_renewed_from_what_sphinx_writes_and_names_what_is_gone(site: Path) -> None:
    written = (site / "objects.inv").read_bytes()
    assert written.startswith(b"# Sphinx inventory version 2")
    head = "# Sphinx inventory version 1\n# Project: {}\n# Version: {}\n"
    kept = head.format("Old", "0") + "ip4kb.Level data old.html\nip4kb.Rank class old.html\n"
    renewed = head.format("Small", "1.2") + "ip4kb.Level class index.html\n"
    assert inventories.renewed(kept, written) == (renewed, ["ip4kb.Rank"])


def test_an_inventory_tells_modules_and_other_domains_apart() -> None:
    lines = b"json py:module 0 library/json.html#module-$ -\njson std:label -1 other.html#json JSON\n"
    written = b"# Sphinx inventory version 2\n# Project: P\n# Version: 1\n# zlib\n" + zlib.compress(lines)
    assert inventories.renewed("json mod page.html\n", written)[0].splitlines()[3:] == ["json mod library/json.html"]


def test_every_inventory_has_an_address() -> None:
    assert {path.stem for path in inventories.FOLDER.glob("*.txt")} == set(inventories.ADDRESSES)
