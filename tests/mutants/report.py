"""What became of the mutants, as tables of the docs: by room, and each that survived with what a reader says of it."""

import datetime as dt
import platform
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

READ: Final = Path(__file__).with_name("read.toml")
TABLES: Final = Path(__file__).parents[2] / "docs/explanation/robustness/mutants.txt"
ENOUGH: Final = 0.9


def rooms(results: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The results by room, in the order in which they came."""
    return {room: [told for told in results if told["room"] == room] for room in dict.fromkeys(_each(results, "room"))}


def killed(results: list[dict[str, Any]]) -> float:
    """The share of the mutants that were killed."""
    return sum(killer is not None for killer in _each(results, "killed_by")) / len(results)


def tables(results: list[dict[str, Any]], seed: int) -> str:
    """Both tables, in Markdown."""
    head = f"Seed {seed}, on {dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}:"
    counts = [_counts(room, told) for room, told in rooms(results).items()]
    read = {(told["file"], told["change"]): told["why"] for told in tomllib.loads(READ.read_text("utf-8"))["mutant"]}
    survivors = [
        [f"`{told['file'].removeprefix('src/ip4kb/')}`", _code(told["change"]), read.get(key, "nobody has read it yet")]
        for told in results
        if told["killed_by"] is None and (key := (told["file"], told["change"]))
    ]
    return "\n".join(
        [
            head,
            "",
            *_table(["room", "mutants", "a test failed", "no test began or ended", "survived", "killed"], counts),
            "",
            "These survived:",
            "",
            *_table(["file", "change", "why"], survivors),
            "",
        ]
    )


def _counts(room: str, results: list[dict[str, Any]]) -> list[str]:
    killers = _each(results, "killed_by")
    failed = sum(killer is not None and killer.startswith("tests/") for killer in killers)
    survived = killers.count(None)
    numbers = (len(results), failed, len(results) - failed - survived, survived)
    return [room, *(str(number) for number in numbers), f"{killed(results):.0%}"]


def _each(results: list[dict[str, Any]], name: str) -> list[Any]:
    return [told[name] for told in results]


def _code(change: str) -> str:
    fence = "``" if "`" in change else "`"
    return f"{fence} {' '.join(change.split())} {fence}".replace("|", "\\|")


def _table(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    for row in (head, ["---"] * len(head), *rows):
        yield f"| {' | '.join(row)} |"
