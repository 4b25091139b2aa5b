"""Words and phrases, looked for in what the records tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ip4kb
from ip4kb import ArgumentError, Kind, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]


@pytest.fixture
def kb(files: Files, write: Callable[[Files], Path]) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def found(kb: KnowledgeBase, text: str) -> list[tuple[str, str]]:
    return [(row.place, row.marked) for row in kb.search(text)]


def test_names_come_first_then_what_is_told(kb: KnowledgeBase) -> None:
    assert found(kb, "office") == [
        ("office", "**Office**"),
        ("office#developments.agreed", "An **office** was agreed."),
        ("report-2025-date", "An **office** opens."),
    ]


def test_a_row_names_its_record_and_brings_the_citations(kb: KnowledgeBase) -> None:
    row = kb.search("agreed")[0]
    assert (row.record, row.kind, row.name, row.place) == (
        "office",
        Kind.INITIATIVE,
        "Office",
        "office#developments.agreed",
    )
    assert (row.text, row.marks) == ("An office was agreed.", ((14, 20),))
    assert [citation.paragraph for citation in row.citations] == [5]
    assert kb.search("office")[0].citations == ()


@pytest.mark.parametrize("asked", ["SPEND", "spend", "allies spend", "spend al", "Alliés", "2.5 cent", '"per cent"'])
def test_case_accents_order_and_the_ends_of_words_do_not_matter(kb: KnowledgeBase, asked: str) -> None:
    assert "report-2025-spending" in {row.record for row in kb.search(asked)}


@pytest.mark.parametrize("asked", ["pend", "spend missing", '"cent per"', '"2.5 cent"', '"allies per"'])
def test_the_middle_of_words_a_missing_word_and_a_broken_phrase_are_not_found(kb: KnowledgeBase, asked: str) -> None:
    assert "report-2025-spending" not in {row.record for row in kb.search(asked)}


@pytest.mark.parametrize("asked", ['"name china"', "“name China”", "„name China“", '"NAME' + ' chi"'])
def test_a_phrase_in_quotes_is_found_as_it_stands(kb: KnowledgeBase, asked: str) -> None:
    assert found(kb, asked) == [("declaration-2025#silences.china", "It does not **name China**.")]


def test_words_that_follow_one_another_are_marked_as_one(kb: KnowledgeBase) -> None:
    assert found(kb, "declaration 2025 of")[0][1] == "**Declaration of 2025**"
    assert found(kb, "of 2025 summit")[0][1] == "**Summit of 2025**"
    assert found(kb, "speaks russia") == [("declaration-2025#provisions.russia", "It **speaks** of **Russia**.")]


def test_a_word_may_stand_in_the_name_of_the_record_as_long_as_another_stands_in_the_text(kb: KnowledgeBase) -> None:
    assert found(kb, "declaration russia") == [("declaration-2025#provisions.russia", "It speaks of **Russia**.")]
    assert ("office#developments.agreed", "An office was agreed.") not in found(kb, "declaration")


def test_names_in_other_scripts_and_aliases_are_found(kb: KnowledgeBase) -> None:
    assert found(kb, "日本") == [("japan", "**日本**")]
    assert found(kb, "ROK") == [("south-korea", "**ROK**")]


def test_a_name_that_is_all_that_was_asked_for_comes_before_longer_ones(files: Files, unchecked: Maker) -> None:
    files["partner/japan.json"]["aliases"] += [{"text": "Japan and its islands", "kind": "short"}]
    files["meeting/talks-2025.json"]["name"] = "Talks with Japan"
    assert [row.text for row in unchecked(files).search("japan")][:2] == ["Japan", "Talks with Japan"]


def test_a_whole_word_comes_before_the_beginning_of_one(files: Files, unchecked: Maker) -> None:
    files["claim/report-2025-spending.json"]["summary"] = "Officers met."
    told = [place for place, _ in found(unchecked(files), "office") if place.startswith("report-")]
    assert told == ["report-2025-date", "report-2025-spending"]


def test_reasons_positions_and_reasonings_are_told_too(kb: KnowledgeBase) -> None:
    assert found(kb, "busy") == [("summit-2025#participations.australia.reasons.busy", "She was **busy**.")]
    assert found(kb, "another time")[0] == ("summit-date#positions.other", "At **another time**.")
    assert found(kb, "alliance's own") == [("summit-date", "The page is the **alliance's own**.")]


def test_a_source_is_found_by_its_title_and_no_reference_is_taken_for_text(kb: KnowledgeBase) -> None:
    assert [place for place, _ in found(kb, "page alliance")] == ["nato-page", "summit-date"]
    assert found(kb, '"page of the"') == [("nato-page", "**Page of the** alliance")]


@pytest.mark.parametrize("asked", ["", "  ", "...", '""', "“ ”", "-", None, 5])
def test_a_search_for_no_word_is_refused(kb: KnowledgeBase, asked: Any) -> None:
    with pytest.raises(ArgumentError, match=r"what is looked for must be a text|has no word to look for; give words"):
        kb.search(asked)


def test_the_table_says_where_was_looked_even_where_nothing_is_found(kb: KnowledgeBase) -> None:
    none = kb.search("xyzzy")
    assert (len(none), none.title) == (0, "Search: xyzzy")
    assert none.caveat
    assert none.caveat.endswith("not in the texts of the sources.")
    assert none.caveat in repr(none)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_answered_or_refused_and_marks_lie_in_the_text(before: KnowledgeBase, text: str) -> None:
    try:
        rows = before.search(text)
    except ArgumentError:
        return
    for row in rows:
        flat = [end for mark in row.marks for end in mark]
        assert flat == sorted(set(flat))
        assert flat
        assert 0 <= flat[0] < flat[-1] <= len(row.text)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)


@pytest.mark.parametrize("name", ["japan", "the-hague-2025", "tokyo-liaison-office", "Wi Sung-lac"])
def test_bundled_records_are_found_by_what_people_call_them(name: str) -> None:
    assert len(ip4kb.search(name)) > 0
