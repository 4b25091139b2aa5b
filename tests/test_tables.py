from __future__ import annotations

import copy
import pickle
import unicodedata
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ip4kb
from ip4kb import KnowledgeBase, Table
from ip4kb.results.table import Column

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]

PAGE = {"source": "nato-page"}
QUESTIONS = ["attendance", "timeline", "claims", "disagreements", "evidence"]


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def ask(kb: KnowledgeBase, question: str) -> Table[Any]:
    asked: dict[str, Callable[[], Table[Any]]] = {
        "attendance": lambda: kb.attendance("summit-2025"),
        "timeline": lambda: kb.timeline("japan"),
        "claims": lambda: kb.claims_about("nato"),
        "disagreements": kb.disagreements_about,
        "evidence": lambda: kb.evidence("summit-2025"),
    }
    return asked[question]()


def columns(text: str) -> int:
    """How many columns of a terminal a text takes up."""
    return sum(
        0 if unicodedata.combining(character) else 1 + (unicodedata.east_asian_width(character) in "WF")
        for character in text
    )


def between(line: str, first: int, last: int) -> str:
    """What stands in a line from one column of the terminal to another."""
    at = [max(index for index in range(len(line) + 1) if columns(line[:index]) <= wanted) for wanted in (first, last)]
    return line[at[0] : at[1]]


# --- a table is a sequence that never changes ------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_table_is_a_sequence_of_its_rows(kb: KnowledgeBase, question: str) -> None:
    table = ask(kb, question)
    rows = tuple(table)
    assert len(table) == len(rows) > 0
    assert table[0] == rows[0] == table[-len(rows)]
    assert table[:1] == rows[:1]
    assert table[::-1] == rows[::-1] == tuple(reversed(table))
    assert rows[0] in table
    assert table.index(rows[-1]) == len(rows) - 1
    assert "japan" not in table
    with pytest.raises(IndexError):
        table[len(rows)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_tables_with_the_same_question_and_rows_are_equal_and_hash_alike(kb: KnowledgeBase, question: str) -> None:
    one, other = ask(kb, question), ask(kb, question)
    assert one is not other
    assert one == other
    assert hash(one) == hash(other)
    assert len({one, other}) == 1


def test_tables_of_other_questions_or_other_rows_differ(kb: KnowledgeBase) -> None:
    tables = [ask(kb, question) for question in QUESTIONS]
    assert len(set(tables)) == len(QUESTIONS)
    assert kb.attendance("summit-2025") != kb.attendance("talks-2025")
    assert kb.attendance("summit-2025") != kb.attendance("Summit of 2025")
    assert kb.claims_about("japan") != kb.disagreements_about("japan")
    table = kb.attendance("summit-2025")
    assert table != tuple(table)
    assert table != "table"


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_table_comes_back_from_pickle_and_copy_as_it_was(kb: KnowledgeBase, question: str) -> None:
    table = ask(kb, question)
    for again in [pickle.loads(pickle.dumps(table)), copy.copy(table), copy.deepcopy(table)]:  # noqa: S301
        assert again == table
        assert repr(again) == repr(table)
        assert type(again) is type(table)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_table_cannot_be_changed(kb: KnowledgeBase, question: str) -> None:
    table: Any = ask(kb, question)
    before = repr(table)
    for name in ["title", "_rows", "citations", "new"]:
        with pytest.raises(AttributeError, match=f"A table never changes, so '{name}' cannot be set"):
            setattr(table, name, ())
    with pytest.raises(TypeError):
        table[0] = None
    with pytest.raises(TypeError):
        del table[0]
    assert repr(table) == before


def test_evidence_also_knows_its_place_and_standing_and_keeps_them(kb: KnowledgeBase) -> None:
    evidence: Any = pickle.loads(pickle.dumps(kb.evidence("japan#capital")))  # noqa: S301
    assert (evidence.place, evidence.standing) == ("japan#capital", ip4kb.Standing.SINGLE_SOURCE)
    with pytest.raises(AttributeError):
        evidence.standing = ip4kb.Standing.OFFICIAL


# --- citations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_citations_are_those_of_the_rows_each_once_in_the_order_met(kb: KnowledgeBase, question: str) -> None:
    table = ask(kb, question)
    every = [citation for row in table for citation in getattr(row, "citations", (row,))]
    assert list(table.citations) == list(dict.fromkeys(every))


def test_a_passage_cited_at_several_places_is_one_note_below_the_table(files: Files, unchecked: Maker) -> None:
    positions = files["disagreement/summit-date.json"]["positions"]
    positions[0]["claims"] = positions[1]["claims"]
    table = unchecked(files).disagreements_about()
    assert [citation.place for citation in table.citations] == [
        "summit-date#positions.june",
        "report-2025-date",
        "report-2025-date",
        "summit-date#positions.other",
    ]
    lines = repr(table).splitlines()
    assert [" ".join(line.split()) for line in lines[4:6]] == [
        "Date of the summit yes In June. [1] [2] [3]",
        "Date of the summit no At another time. [3] [2]",
    ]
    assert lines[7:] == [
        "[1] NATO, n.d. (not checked) nato-page",
        "[2] Writer 2025, ¶3: “Ada Moss said” (verified) report-2025",
        "[3] Writer 2025, ¶5: “four partners agreed to an office in June 2025” (verified) report-2025",
    ]


def test_passages_that_look_alike_in_two_sources_are_two_notes(files: Files, unchecked: Maker) -> None:
    files["source/other-page.json"] = files["source/nato-page.json"] | {"id": "other-page"}
    files["disagreement/summit-date.json"]["positions"][1].update(claims=[], citations=[{"source": "other-page"}])
    lines = repr(unchecked(files).disagreements_about()).splitlines()
    assert lines[-2:] == ["[1] NATO, n.d. (not checked) nato-page", "[2] NATO, n.d. (not checked) other-page"]


# --- how a table looks -----------------------------------------------------------------------------------------------


def test_the_table_shows_rows_with_the_numbers_of_the_citations_below(kb: KnowledgeBase) -> None:
    assert repr(kb.attendance("summit-2025")).splitlines() == [
        "Attendance: summit-2025 (4 rows)",
        "",
        "gathering         partner      level                 standing       who",
        "  ".join("-" * width for width in [16, 11, 20, 13, 42]),
        f"summit-2025       australia    -{'':21}single-source  not-represented. Reason: She was busy (Ada",
        f"{'':68}Moss) [1] [2]",
        "summit-2025       japan        foreign-minister      single-source  Foreign Minister [3]",
        "summit-2025       new-zealand  unknown               single-source  not-invited [4]",
        "summit-2025       south-korea  unknown               unknown        unknown",
        "",
        "[1] Writer 2025, ¶3: “Australia did not come to the summit” (verified) report-2025",
        "[2] Writer 2025, ¶3: “its prime minister Ada Moss said she was busy” (verified) report-2025",
        "[3] Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified) report-2025",
        "[4] Writer 2025, ¶4: “New Zealand was not invited” (verified) report-2025",
    ]


def test_a_table_of_one_row_counts_it_as_one(kb: KnowledgeBase) -> None:
    assert repr(kb.attendance("summit-2025", partner="japan")).startswith("Attendance: summit-2025, japan (1 row)\n")


def test_a_table_without_rows_says_so_and_shows_no_headings(kb: KnowledgeBase) -> None:
    assert repr(kb.claims_about("japan")) == "Claims: japan (0 rows)"


def test_evidence_is_itself_the_citations_and_has_none_below(kb: KnowledgeBase) -> None:
    assert repr(kb.evidence("summit-2025#start")).splitlines() == [
        "Evidence: summit-2025#start, disputed (2 rows)",
        "",
        "source                    passage     supports            verification  phrase",
        "  ".join("-" * width for width in [24, 10, 18, 12, 38]),
        "Writer 2025               ¶5          start               verified      four partners agreed to an office in",
        f"{'':72}June 2025",
        "NATO, n.d.                -           start; places       not checked   -",
    ]


def test_what_is_empty_is_shown_as_a_dash_and_what_is_unknown_as_unknown(kb: KnowledgeBase) -> None:
    lines = [line.split() for line in repr(kb.attendance("summit-2025")).splitlines()]
    assert lines[4][2] == "-"
    assert lines[8] == ["summit-2025", "south-korea", "unknown", "unknown", "unknown"]


def test_wide_characters_take_up_two_columns_and_wrap_before_the_next_column(files: Files, unchecked: Maker) -> None:
    name = "日本とNATOの国別適合パートナーシップ計画に関する会合"
    files["meeting/talks-2025.json"].update(name=name, summary="ががが " + "日本国" * 20)
    lines = repr(unchecked(files).timeline("talks-2025")).splitlines()
    name_at, standing_at, summary_at = (lines[2].index(heading) for heading in ("name", "standing", "summary"))
    rows = lines[4 : lines.index("", 4)]
    assert "".join(between(line, name_at, standing_at).strip() for line in rows) == name
    assert "".join(between(line, standing_at, summary_at).strip() for line in rows) == "official"
    for line in rows:
        assert columns(between(line, name_at, standing_at).rstrip()) <= standing_at - name_at - 2
        assert columns(line) <= 110


def test_a_row_of_wide_characters_lies_under_its_headings(files: Files, unchecked: Maker) -> None:
    files["meeting/talks-2025.json"]["name"] = "日本会合"
    lines = repr(unchecked(files).timeline("talks-2025")).splitlines()
    (row,) = [line for line in lines if "日本会合" in line and line.startswith("2025")]
    assert columns(row[: row.index("official")]) == lines[2].index("standing")


class Cells(Table[str]):
    columns: ClassVar[Any] = (Column("left", 7, lambda row: row), Column("right", 10, lambda row: row))
    footnotes: ClassVar[bool] = False

    @staticmethod
    def _citations_of(_row: Any) -> tuple[Any, ...]:
        return ()


TEXT = st.lists(st.sampled_from([*"ab-1é 日本ガ\u3000—", "e\u0301"]), max_size=40).map("".join)


@given(TEXT)
def test_no_line_leaves_its_column_and_no_character_is_lost(text: str) -> None:
    lines = repr(Cells("T", (text,))).splitlines()[4:]
    left, right = ([between(line, *span) for line in lines] for span in ((0, 7), (9, 99)))
    assert {between(line, 7, 9).strip() for line in lines} <= {""}
    assert all(columns(line) <= 10 for line in right)
    assert "".join("".join(left).split()) == "".join("".join(right).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one two three", ["one two", "three"]),
        ("head-of-government", ["head-", "of-", "governm", "ent"]),
        ("2025-06-24", ["2025-06", "-24"]),
        ("to 2025-6", ["to", "2025-6"]),
        ("abcdefghijklmnop", ["abcdefg", "hijklmn", "op"]),
        ("日本国と", ["日本国", "と"]),
        ("", [""]),
    ],
)
def test_lines_break_at_blanks_after_hyphens_between_letters_and_inside_what_is_too_wide(
    text: str, lines: list[str]
) -> None:
    shown = repr(Cells("T", (text,))).splitlines()[4:]
    assert [part for line in shown if (part := line[:7].split("  ")[0].strip())] == [line for line in lines if line]
