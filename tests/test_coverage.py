"""For what time the record was gathered, and what is asked beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import DataError, Kind, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Load = Callable[[Files], KnowledgeBase]

ALL_OF_2025 = {"since": "2025", "until": "2025-12", "checked_on": "2026-01-31"}


@pytest.fixture
def covering(files: Files, write: Callable[[Files], Path]) -> Load:
    """The sound files with a coverage in the manifest, loaded."""

    def load(coverage: Any) -> KnowledgeBase:
        files["manifest.json"]["coverage"] = coverage
        return KnowledgeBase.from_directory(write(files))

    return load


def problem_of(load: Callable[[], object]) -> str:
    """The one problem that loading finds."""
    with pytest.raises(DataError) as caught:
        load()
    (problem,) = caught.value.problems
    return str(problem)


def test_every_kind_with_a_date_is_covered_and_checked_after_it() -> None:
    rows = {row.kind: row for row in ip4kb.coverage()}
    assert list(rows) == [kind for kind in Kind if kind is not Kind.DISAGREEMENT]
    assert all(row.since < row.until for row in rows.values())
    assert len({row.checked_on for row in rows.values()}) == 1


def test_coverage_is_by_kind_in_the_order_of_the_kinds(covering: Load) -> None:
    kb = covering({"meeting": ALL_OF_2025, "summit": ALL_OF_2025 | {"until": "2025-06"}})
    assert [(row.kind, str(row.since), str(row.until), str(row.checked_on)) for row in kb.coverage()] == [
        (Kind.SUMMIT, "2025", "2025-06", "2026-01-31"),
        (Kind.MEETING, "2025", "2025-12", "2026-01-31"),
    ]
    shown = repr(kb.coverage()).splitlines()
    assert shown[0] == "Coverage (2 rows)"
    assert shown[-1].split() == ["meeting", "2025", "2025-12", "2026-01-31"]
    assert kb.coverage().citations == ()


def test_data_that_states_no_coverage_has_none(files: Files, write: Callable[[Files], Path]) -> None:
    kb = KnowledgeBase.from_directory(write(files))
    assert len(kb.coverage()) == 0
    assert kb.timeline(since="2030").caveat is None


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, None),
        ({"since": "2025", "until": "2025"}, None),
        ({"since": "2025-12-31"}, None),
        ({"since": "2024-12"}, "before 2025"),
        ({"until": "2026"}, "after 2025-12"),
        ({"since": "2026-01-01"}, "after 2025-12"),
        ({"since": "2024", "until": "2026"}, "before 2025 and after 2025-12"),
    ],
)
def test_what_is_asked_beyond_the_coverage_is_said_to_be_unknown(
    covering: Load, asked: dict[str, str], told: str | None
) -> None:
    answer = covering({"summit": ALL_OF_2025, "source": {**ALL_OF_2025, "since": "1990"}}).timeline(**asked)
    wanted = told and f"Unknown: what happened {told} lies beyond the coverage (2025 to 2025-12)."
    assert answer.caveat == wanted
    assert repr(answer).splitlines()[1] == (wanted or "")


def test_the_coverage_of_a_timeline_spans_the_kinds_it_shows(covering: Load) -> None:
    kb = covering({"summit": ALL_OF_2025, "initiative": {**ALL_OF_2025, "since": "2005", "until": "2026-01"}})
    assert kb.timeline(since="2005", until="2026-01").caveat is None
    assert kb.timeline(since="2004").caveat == (
        "Unknown: what happened before 2005 lies beyond the coverage (2005 to 2026-01)."
    )


@pytest.mark.parametrize(
    ("coverage", "told"),
    [
        ([], "the coverage must be an object, from kinds of record to dates"),
        ({"summits": ALL_OF_2025}, "must be a word of Kind, but is 'summits'. Did you mean 'summit'?"),
        ({"summit": "2025"}, "must be an object"),
        ({"summit": {"since": "2025", "until": "2025"}}, "checked_on"),
        ({"summit": ALL_OF_2025 | {"from": "2025"}}, "from"),
        ({"summit": ALL_OF_2025 | {"until": "June"}}, "June"),
        (
            {"summit": ALL_OF_2025 | {"until": "2024"}},
            "the coverage of summits must run in the order of time, since, until, checked_on, but is 2025, 2024",
        ),
        ({"summit": ALL_OF_2025 | {"checked_on": "2025-06"}}, "must run in the order of time"),
        (
            {"summit": ALL_OF_2025 | {"until": "2025-05"}},
            "'summit-2025' is of 2025-06, outside the coverage of summits, which runs from 2025 to 2025-05; correct",
        ),
        ({"summit": ALL_OF_2025 | {"since": "2025-07"}}, "'summit-2025' is of 2025-06, outside the coverage"),
    ],
)
def test_a_wrong_coverage_is_refused_in_a_sentence(covering: Load, coverage: Any, told: str) -> None:
    problem = problem_of(lambda: covering(coverage))
    assert problem.startswith("manifest.json")
    assert told in problem
    assert problem.endswith("[coverage]" if "order of time" in told or "outside" in told else "[form]")


def test_a_record_whose_month_may_lie_within_the_coverage_is_let_be(covering: Load) -> None:
    assert "summit-2025" in covering({"summit": ALL_OF_2025 | {"until": "2025-06-10"}}).summits
