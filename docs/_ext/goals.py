"""The numbers that the library is to reach, each beside what was measured of it."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Final, NamedTuple

from measured import BARE, CATTRS, FIRST, JSON, Results, Table, duration, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


_MOST: Final = {
    "a record by its id, of a collection in hand": 0.5e-6,
    "a record by an alias, of a collection in hand": 2e-6,
    "a record by its id": 2e-6,
    "a miss among 800 ids": 3e-3,
    "a miss among 800 names, half of them titles": 3e-3,
    "a miss among all ids": 10e-3,
    "a miss among 3,000 names, half of them titles": 10e-3,
}
"""Seconds that a question may take at most."""


class Target(NamedTuple):
    """A number to reach.

    Attributes:
        what: What is measured.
        limit: What it may be at most, in words.
        values: What it was, round by round.
        most: What it may be at most, in the same rounds.
        shown: How a value is written.
    """

    what: str
    limit: str
    values: list[float]
    most: list[float]
    shown: Callable[[float], str]

    @property
    def is_met(self) -> bool:
        """Whether half of the rounds, or more, keep within it."""
        return statistics.median(one - most for one, most in zip(self.values, self.most, strict=True)) <= 0


def _within(what: str, values: list[float], most: float, shown: Callable[[float], str]) -> Target:
    return Target(what, shown(most), values, [most] * len(values), shown)


def _megabytes(value: float) -> str:
    return f"{value / 1e6:.2f} MB"


def _times(value: float) -> str:
    return f"{value:.2f} ×"


def _of_starts(results: Results) -> Iterator[Target]:
    """Programs, each net of one that does less, round by round."""

    def net(program: str, of: str) -> list[float]:
        return [one - other for one, other in zip(results["starts"][program], results["starts"][of], strict=True)]

    yield _within("import ip4kb, net of a bare interpreter", net("import ip4kb", BARE), 1e-3, duration)
    first = [one / other for one, other in zip(net(FIRST, BARE), net(CATTRS, BARE), strict=True)]
    yield _within("the first record, × import cattrs, both net of a bare interpreter", first, 1.5, _times)
    most = [25e-3 + 5 * seconds for seconds in net(JSON, "import json")]
    limit = f"25 ms + 5 × {JSON}, net of import json: {duration(statistics.median(most))}"
    yield Target("everything loaded, net of import cattrs", limit, net("everything loaded", CATTRS), most, duration)


def _of_questions(results: Results) -> Iterator[Target]:
    asked = results["questions"]["ip4kb"]
    again = "all records read again, and their names indexed"
    loads = "json.loads of all records, in hand"
    beside = [one / other for one, other in zip(asked[again], asked[loads], strict=True)]
    yield _within(f"{again}, × {loads}", beside, 4, _times)
    for question, seconds in _MOST.items():
        yield _within(question, asked[question], seconds, duration)


def targets(results: Results) -> Table:
    """Each number to reach, what was measured, and whether it is met."""
    found = [*_of_starts(results), *_of_questions(results)]
    for size in results["growth"]:
        kept = size["memory"]["kept"] / size["bytes"]
        found.append(_within(f"memory kept at {size['times']} × the records, × bytes of the files", [kept], 3, _times))
    found.append(_within("the wheel", [results["wheel"]], 1e6, _megabytes))
    rows = [
        [target.what, target.limit, spread(target.values, target.shown), "yes" if target.is_met else "no"]
        for target in found
    ]
    return Table(["what", "at most", "measured, median (quartiles)", "met"], rows)
