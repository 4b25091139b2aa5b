"""The page on speed: it shows all that was measured, as it was measured."""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

import contestants
import curve
import goals
import measured
import measurements
import pytest

PAGE = (Path(__file__).parents[1] / "docs/explanation/speed.md").read_text("utf-8")
RESULTS: dict[str, Any] = json.loads(measurements.RESULTS.read_text("utf-8"))
BEFORE: dict[str, Any] = json.loads(measurements.BEFORE.read_text("utf-8"))


def cells(shown: str) -> list[str]:
    return [cell for row in measurements.shown(shown).rows for cell in row]


def test_the_page_shows_all_measurements_and_types_none_by_hand() -> None:
    shown = re.findall(r"^```\{measurements\} (\w+)$", PAGE, re.MULTILINE)
    assert sorted(shown) == sorted([*measurements.OF_RESULTS, *measurements.OF_BEFORE, "curve"])
    assert not re.search(r"(?<![a-z])\d", PAGE)


def test_the_results_are_of_a_full_run_of_all_that_is_asked_now() -> None:
    libraries = {"ip4kb": contestants.IP4KB} | contestants.PEERS
    programs = contestants.STARTS | {name: peer.start for name, peer in contestants.PEERS.items()}
    asked = {name: library.asked for name, library in libraries.items()}
    grown = {"all records read", "all rules run", *curve.QUESTIONS}
    assert RESULTS["form"] == "full", "run `nox -s bench`, on a quiet machine"
    assert (RESULTS["programs"], RESULTS["asked"]) == (programs, asked)
    assert RESULTS["starts"].keys() == programs.keys()
    assert {name: [*seconds] for name, seconds in RESULTS["questions"].items()} == {
        name: [*questions] for name, questions in asked.items()
    }
    assert [size["times"] for size in RESULTS["growth"]] == [1, 10, 100]
    assert all(size["speed"] and told.keys() == grown for size in RESULTS["growth"] for told in size["speed"])


def test_each_start_and_each_question_is_shown_with_its_median() -> None:
    for shown, asked in (("starts", RESULTS["starts"]), ("questions", RESULTS["questions"]["ip4kb"])):
        rows = measurements.shown(shown).rows
        assert len(rows) == len(asked)
        for row, (name, seconds) in zip(rows, asked.items(), strict=True):
            assert row[0].startswith(name)
            assert row[1].startswith(measured.duration(statistics.median(seconds)))


def test_each_library_stands_beside_ip4kb_with_its_version_and_how_many_times_as_long_it_takes() -> None:
    rows = measured.peers(RESULTS).rows
    libraries = [f"{name} {RESULTS['versions'][name]}" for name in RESULTS["questions"]]
    assert [row[1] for row in rows if row[0] == measured.STARTED] == libraries
    for work, library, median, beside in rows:
        name = library.partition(" ")[0]
        if work == measured.STARTED:
            taken = RESULTS["starts"][measured.FIRST if name == "ip4kb" else name]
            own = RESULTS["starts"][measured.FIRST]
        else:
            taken, own = RESULTS["questions"][name][work], RESULTS["questions"]["ip4kb"][work]
        assert median.startswith(measured.duration(statistics.median(taken)))
        ratios = [one / other for one, other in zip(taken, own, strict=True)]
        assert beside.startswith(measured.ratio(statistics.median(ratios)))
    shared = [question for name in RESULTS["asked"] if name != "ip4kb" for question in RESULTS["asked"][name]]
    assert len(rows) == len(libraries) + len(shared) + len(set(shared))


def test_each_target_is_told_with_what_was_measured_and_whether_it_is_met() -> None:
    rows = {row[0]: row[1:] for row in goals.targets(RESULTS).rows}
    assert rows["the wheel"] == ["1.00 MB", f"{RESULTS['wheel'] / 1e6:.2f} MB", "yes"]
    assert {row[2] for row in rows.values()} <= {"yes", "no"}
    for size in RESULTS["growth"]:
        most, _, met = rows[f"memory kept at {size['times']} × the records, × bytes of the files"]
        assert (most, met) == ("3.00 ×", "yes" if size["memory"]["kept"] <= 3 * size["bytes"] else "no")


def test_a_target_that_most_rounds_miss_is_told_as_missed() -> None:
    slow = json.loads(json.dumps(RESULTS))
    missed = {"the wheel": "no", "a record by its id": "no", "import ip4kb, net of a bare interpreter": "no"}
    slow["wheel"] = 1_000_001
    slow["questions"]["ip4kb"]["a record by its id"] = [1e-6, 2.1e-6, 2.1e-6]
    slow["starts"]["import ip4kb"] = [seconds + 0.0011 for seconds in slow["starts"]["a bare interpreter"]]
    assert missed.items() <= {row[0]: row[3] for row in goals.targets(slow).rows}.items()


def test_what_was_before_is_told_with_its_medians() -> None:
    rows = {row[0]: row[1:] for row in measured.before(BEFORE).rows}
    assert rows["records"] == [f"{state['counted']['records']:,}" for state in BEFORE["states"]]
    for place, state in enumerate(BEFORE["states"]):
        for name, seconds in state["measured"].items():
            for clock, told in measured.CLOCKS.items():
                median = statistics.median(seconds[clock])
                assert rows[f"{name}, {told}"][place].startswith(measured.duration(median))
    assert any("not there yet" in row for row in rows.values())


def test_the_first_time_is_told_of_each_question() -> None:
    asked = [name for name, told in RESULTS["growth"][0]["speed"][0].items() if "first" in told]
    assert [row[0] for row in measured.firsts(RESULTS).rows] == asked


def test_each_library_is_described_and_what_was_asked_of_it_is_shown() -> None:
    neighbours = PAGE.partition("## Beside the neighbours")[2].partition("\n## ")[0]
    described = re.findall(r"^(\w+)\n: ", neighbours, re.MULTILINE)
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
        (12345.0, "12,345 s"),
        (5e-10, "0.5 ns"),
        (-0.0123, "-12 ms"),
    ],
)
def test_durations_are_told_in_the_unit_that_suits_them(seconds: float, shown: str) -> None:
    assert measured.duration(seconds) == shown


def test_a_spread_is_the_median_and_the_quartiles() -> None:
    assert measured.spread([50.0, 1.0, 4.0, 2.0, 3.0], "{:.0f}".format) == "3 (2 to 4)"
    assert measured.spread([1.5], str) == "1.5"


def test_the_results_tell_of_the_machine_and_of_nothing_private() -> None:
    assert set(RESULTS["machine"]) == {"processor", "cores", "system", "python", "load"}
    assert {"ip4kb", "attrs", "cattrs"} <= set(RESULTS["versions"])
    assert set(BEFORE["machine"]) == set(RESULTS["machine"])
    text = measurements.RESULTS.read_text("utf-8") + measurements.BEFORE.read_text("utf-8")
    assert not re.search(r"/(home|root|tmp|usr|opt|work)/", text)
