"""The mutants made by hand can still be made; `nox -s mutants` asks which of them the tests notice."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
MUTANTS = tomllib.loads((ROOT / "tests/mutants/by_hand.toml").read_text(encoding="utf-8"))["mutant"]


def test_what_a_mutant_changes_stands_once_in_its_file() -> None:
    gone = [mutant for mutant in MUTANTS if (ROOT / mutant["file"]).read_text("utf-8").count(mutant["old"]) != 1]
    assert gone == []


def test_a_mutant_is_another_program_that_can_be_read() -> None:
    for mutant in MUTANTS:
        source = (ROOT / mutant["file"]).read_text("utf-8")
        mutated = source.replace(mutant["old"], mutant["new"])
        assert ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(source))


def test_no_mutant_is_made_twice() -> None:
    changes = Counter((mutant["file"], mutant["old"], mutant["new"]) for mutant in MUTANTS)
    assert set(changes.values()) == {1}
