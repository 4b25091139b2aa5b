"""Runs the examples of README, docs and docstrings, and compares their output."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.example import SybilFailure
from sybil.parsers.markdown import PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

import ip4kb

ROOT = Path(__file__).parents[1]
MODULES = Path(ip4kb.__file__).parent
README = ROOT / "README.md"

PAGES = Sybil([PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS), SkipParser()])
DOCSTRINGS = Sybil([DocTestParser(doctest.ELLIPSIS)], document_types={".py": PythonDocStringDocument})


def run(examples: Sybil, path: Path) -> int:
    """Run the examples of a file, and say how many there are."""
    found = list(examples.parse(path).examples())
    for example in found:
        example.evaluate()
    return len(found)


PAGE_FILES = [README, *(page for page in sorted(ROOT.glob("docs/**/*.md")) if "_build" not in page.parts)]


@pytest.mark.parametrize("page", PAGE_FILES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_examples_of_a_page_give_what_they_show(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # pages name files as seen from the top of a copy of the repository
    run(PAGES, page)


@pytest.mark.parametrize("module", sorted(MODULES.rglob("*.py")), ids=lambda module: str(module.relative_to(MODULES)))
def test_the_examples_of_docstrings_give_what_they_show(module: Path) -> None:
    run(DOCSTRINGS, module)


def test_there_are_examples_to_run() -> None:
    assert list(PAGES.parse(README).examples())
    assert list(DOCSTRINGS.parse(MODULES / "__init__.py").examples())
    assert list(DOCSTRINGS.parse(MODULES / "knowledge_base.py").examples())


@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("wrong_output", ">>> 1 + 1\n3"),
        ("wrong_name", ">>> undefined"),
        (
            "wrong_sentence",
            (
                ">>> import ip4kb\n>>> ip4kb.PartialDate.parse('soon')\n"
                "Traceback (most recent call last):\nip4kb.exceptions.DateError: another sentence"
            ),
        ),
    ],
)
def test_an_example_that_shows_something_else_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, example: str
) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"A page.\n\n```python\n{example}\n```\n", "utf-8")
    with pytest.raises(SybilFailure):
        run(PAGES, page)
    monkeypatch.syspath_prepend(tmp_path)
    module = tmp_path / f"{name}.py"
    indented = example.replace("\n", "\n    ")
    module.write_text(f'def function():\n    """A docstring.\n\n    {indented}\n    """\n', "utf-8")
    with pytest.raises(SybilFailure):
        run(DOCSTRINGS, module)


def test_an_example_that_shows_what_it_gives_is_run(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\n>>> 1 + 1\n2\n>>> list(range(9))\n[0, ...]\n```\n", "utf-8")
    assert run(PAGES, page) > 0
