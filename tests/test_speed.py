"""The page on speed: it shows all that was measured, as it was measured."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

import measurements
import pytest

PAGE = (Path(__file__).parents[1] / "docs/explanation/speed.md").read_text("utf-8")
RESULTS: dict[str, Any] = json.loads(measurements.RESULTS.read_text("utf-8"))


def cells(shown: str) -> list[str]:
    return [cell for row in measurements.SHOWN[shown](RESULTS).rows for cell in row]


def test_the_page_shows_all_measurements_and_types_none_by_hand() -> None:
    shown = re.findall(r"^```\{measurements\} (\w+)$", PAGE, re.MULTILINE)
    assert sorted(shown) == sorted([*measurements.SHOWN, "curve"])
    assert not re.search(r"(?<![a-z])\d", PAGE)


def test_each_start_and_each_question_is_shown_with_its_median() -> None:
    for shown, measured in (("starts", RESULTS["starts"]), ("questions", RESULTS["questions"]["ip4kb"])):
        rows = measurements.SHOWN[shown](RESULTS).rows
        assert len(rows) == len(measured)
        for row, (name, seconds) in zip(rows, measured.items(), strict=True):
            assert row[0].startswith(name)
            assert row[1].startswith(measurements.duration(statistics.median(seconds)))


def test_each_library_stands_beside_ip4kb_with_its_version() -> None:
    table = measurements.peers(RESULTS)
    assert [row[0] for row in table.rows] == [f"{name} {RESULTS['versions'][name]}" for name in RESULTS["questions"]]
    for row in table.rows:
        for question, cell in zip(table.heads[2:], row[2:], strict=True):
            taken = RESULTS["questions"][row[0].partition(" ")[0]].get(question)
            assert cell.startswith(measurements.duration(statistics.median(taken)) if taken else "not asked")


def test_each_library_is_described_and_what_was_asked_of_it_is_shown() -> None:
    described = re.findall(r"^(\w+)\n: ", PAGE, re.MULTILINE)
    assert set(described) == set(RESULTS["questions"])
    shown = cells("asked")
    for codes in (RESULTS["programs"], *RESULTS["asked"].values()):
        assert set(codes.values()) <= set(shown)


def test_the_curve_tells_in_words_what_it_shows() -> None:
    drawn = measurements.curve(RESULTS)
    assert drawn.startswith('<svg role="img" aria-label="From ')
    for name in RESULTS["growth"][0]["speed"][0]:
        assert f"{name} from " in drawn
        assert any(cell.startswith(name) for cell in cells("growth"))


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (2.34, "2.3 s"),
        (0.0123, "12 ms"),
        (0.00123, "1.2 ms"),
        (4.56e-6, "4.6 µs"),
        (1.2e-7, "120 ns"),
        (5e-10, "0.5 ns"),
    ],
)
def test_durations_are_told_in_the_unit_that_suits_them(seconds: float, shown: str) -> None:
    assert measurements.duration(seconds) == shown


def test_a_spread_is_the_median_and_the_quartiles() -> None:
    assert measurements.spread([50.0, 1.0, 4.0, 2.0, 3.0], "{:.0f}".format) == "3 (2 to 4)"
    assert measurements.spread([1.5], str) == "1.5"


def test_the_results_tell_of_the_machine_and_of_nothing_private() -> None:
    assert set(RESULTS["machine"]) == {"processor", "cores", "system", "python", "load"}
    assert {"ip4kb", "attrs", "cattrs"} <= set(RESULTS["versions"])
    text = measurements.RESULTS.read_text("utf-8")
    assert not re.search(r"/(home|root|tmp|usr|opt|work)/", text)
