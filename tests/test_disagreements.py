from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import KnowledgeBase, Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def keys(kb: KnowledgeBase, *arguments: Any) -> list[str]:
    return [f"{row.disagreement}.{row.position}" for row in kb.disagreements_about(*arguments)]


BOTH = ["summit-date.june", "summit-date.other"]


def test_a_row_is_a_position_with_what_it_says_and_whether_it_was_adopted(kb: KnowledgeBase) -> None:
    june, other = kb.disagreements_about("summit-2025")
    assert (june.disagreement, june.name, june.about) == ("summit-date", "Date of the summit", ("summit-2025#start",))
    assert (june.position, june.statement, june.value, june.adopted) == ("june", "In June.", "2025-06", True)
    assert (other.position, other.statement, other.value, other.adopted) == ("other", "At another time.", None, False)
    assert june.reasoning == other.reasoning == "The page is the alliance's own."
    assert (june.theme, june.claims, other.claims) == (None, (), ("report-2025-date",))


def test_a_position_carries_its_passages_and_those_of_its_claims(kb: KnowledgeBase) -> None:
    june, other = kb.disagreements_about()
    assert [citation.place for citation in june.citations] == ["summit-date#positions.june"]
    assert [(citation.place, citation.supports) for citation in other.citations] == [
        ("summit-date#positions.other", ("statement",)),
        ("report-2025-date", ("by",)),
        ("report-2025-date", ("summary",)),
    ]


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (None, BOTH),
        ("summit-date", BOTH),
        ("summit-2025", BOTH),
        ("Summit of 2025", BOTH),
        ("summit-2025#start", BOTH),
        ("summit-2025#end", []),
        ("japan", []),
        ("Mongolia", []),
    ],
)
def test_what_is_about_the_subject_or_a_place_in_it_is_found(
    kb: KnowledgeBase, subject: str | None, expected: list[str]
) -> None:
    assert keys(kb, subject) == expected


def test_a_place_within_the_place_in_dispute_is_in_dispute_too(files: Files, unchecked: Maker) -> None:
    files["disagreement/summit-date.json"]["about"] = ["summit-2025#participations.japan", "nato"]
    kb = unchecked(files)
    assert keys(kb, "summit-2025#participations.japan.presence") == BOTH
    assert keys(kb, "summit-2025#participations") == BOTH
    assert keys(kb, "summit-2025#participations.australia") == []
    assert keys(kb, "nato") == BOTH
    assert keys(kb, "nato#founded") == []


def test_people_and_themes_can_be_in_dispute(files: Files, unchecked: Maker) -> None:
    files["disagreement/summit-date.json"].update(about=["ada-moss"], theme="space")
    found = unchecked(files).disagreements_about("Ada Moss")
    assert [row.theme for row in found] == [Theme.SPACE] * 2


def test_the_table_says_which_position_was_adopted(kb: KnowledgeBase) -> None:
    lines = repr(kb.disagreements_about("summit-2025")).splitlines()
    assert lines[0] == "Disagreements: summit-2025 (2 rows)"
    assert [" ".join(line.split()) for line in lines[4:6]] == [
        "Date of the summit yes In June. [1]",
        "Date of the summit no At another time. [2] [3]",
    ]


@pytest.mark.parametrize(
    ("subject", "error"),
    [
        ("summit-2024", ip4kb.UnknownRecordError),
        ("Korea", ip4kb.AmbiguousNameError),
        ("summit-2025#begin", ip4kb.ArgumentError),
        ("", ip4kb.ArgumentError),
    ],
)
def test_a_subject_that_names_nothing_is_an_error(kb: KnowledgeBase, subject: str, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"summit-2025|Northern Korea|no 'begin' here|not empty"):
        kb.disagreements_about(subject)
