"""Answers as plain records, and as tables of pandas and Arrow with explicit types."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import attrs
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import ip4kb
from ip4kb import AttendanceRow, KnowledgeBase, MissingLibraryError, Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

TABLES = sorted(
    (value for name in ip4kb.__all__ if isinstance(value := getattr(ip4kb, name), type) and issubclass(value, Table)),
    key=lambda cls: cls.__name__,
)


@pytest.fixture
def kb(files: Files, write: Callable[[Files], Path]) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def answers(kb: KnowledgeBase) -> list[Table[Any]]:
    """An answer of every kind."""
    first, second = (kb.declarations.ids * 2)[:2]
    return [
        kb.attendance(),
        kb.timeline(),
        kb.claims_about("nato"),
        kb.disagreements_about(),
        kb.evidence("japan#capital"),
        kb.search("summit"),
        kb.literature(),
        kb.coverage(),
        kb.show("nato"),
        ip4kb.diff(kb, kb.as_known_on("2020")),
        *([kb.compare(first, second)] if first != second else []),
    ]


def test_there_is_an_answer_of_every_kind() -> None:
    assert {type(answer) for answer in answers(ip4kb.load())} == set(TABLES) - {Table}


@pytest.mark.parametrize("bundled", [True, False])
def test_every_answer_reads_back_from_json_pandas_and_arrow_alike(*, kb: KnowledgeBase, bundled: bool) -> None:
    for answer in answers(ip4kb.load() if bundled else kb):
        names = [field.name for field in attrs.fields(answer.row_class)]
        records = answer.to_records()
        assert json.loads(json.dumps(records)) == records
        assert all(list(record) == names for record in records)
        frame, arrow = answer.to_pandas(), answer.to_arrow()
        assert list(frame.columns) == arrow.schema.names == names
        assert len(frame) == arrow.num_rows == len(answer)
        for name in names:
            missing = [record[name] is None for record in records]
            assert list(frame[name].isna()) == missing
            assert [value is None for value in arrow[name].to_pylist()] == missing


@pytest.mark.parametrize("bundled", [True, False])
def test_types_do_not_depend_on_the_rows(*, kb: KnowledgeBase, bundled: bool) -> None:
    for answer in answers(ip4kb.load() if bundled else kb):
        empty = type(answer).__new__(type(answer))
        vars(empty).update(vars(answer), _rows=())
        assert empty.to_arrow().schema.equals(answer.to_arrow().schema)
        assert list(empty.to_pandas().dtypes) == list(answer.to_pandas().dtypes)


def test_a_record_holds_what_json_can(kb: KnowledgeBase) -> None:
    (row,) = kb.attendance("summit-2025", partner="japan").to_records()
    assert list(row) == [field.name for field in attrs.fields(AttendanceRow)]
    assert (row["date"], row["level"], row["mode"], row["certain"]) == ("2025-06", "foreign-minister", "unknown", True)
    assert (row["in_place_of"], row["representatives"], row["reasons"]) == (None, ["Foreign Minister"], [])
    assert row["citations"][0]["source"] == "report-2025"
    assert row["citations"][0]["supports"] == ["presence", "delegates"]


def test_a_data_frame_has_types_that_know_missing_values(kb: KnowledgeBase) -> None:
    assert kb.literature().to_pandas()["subject"].dtype == pd.StringDtype()
    attended = kb.attendance("summit-2025").to_pandas()
    assert attended["certain"].dtype == pd.BooleanDtype()
    assert attended["level"].isna().to_list() == [True, False, False, False]
    assert attended["level"].to_list()[2] == "unknown"


def test_an_arrow_table_nests_citations_figures_and_marks(kb: KnowledgeBase) -> None:
    claims = kb.claims_about("nato").to_arrow()
    assert claims.schema.field("quantity").type.field("value").type == pa.float64()
    quantities: list[Any] = claims["quantity"].to_pylist()
    assert quantities[0]["value"] == 2.5
    assert claims.schema.field("citations").type.value_type.field("paragraph").type == pa.int64()
    assert kb.search("office").to_arrow()["marks"].to_pylist()[0] == [[0, 6]]


def test_the_version_of_the_data_the_title_and_the_caveat_go_along(kb: KnowledgeBase) -> None:
    wanted = {"title": "Search: office", "data_version": "2026.11.0", "license": "CC-BY-4.0"}
    wanted["caveat"] = kb.search("office").caveat or ""
    assert kb.search("office").to_pandas().attrs == wanted
    assert json.loads((kb.search("office").to_arrow().schema.metadata or {})[b"ip4kb"]) == wanted
    assert "caveat" not in kb.attendance().to_pandas().attrs
    assert kb.as_known_on("2026").attendance().to_pandas().attrs["data_version"] == "2026.11.0 as known on 2026"


@pytest.mark.parametrize(
    ("library", "method", "extra"), [("pandas", "to_pandas", "pandas"), ("pyarrow", "to_arrow", "arrow")]
)
def test_a_missing_library_is_told_with_the_command_that_installs_it(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, library: str, method: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingLibraryError) as caught:
        getattr(kb.attendance(), method)()
    told = f"{method} needs {library}, which is not installed; run: python -m pip install 'ip4kb[{extra}]'"
    assert str(caught.value) == told
    assert isinstance(caught.value, ImportError)


def test_a_position_whose_values_are_figures_and_words_has_a_column_of_text(files: Files, unchecked: Maker) -> None:
    files["disagreement/summit-date.json"]["positions"][1]["value"] = 2025
    assert unchecked(files).disagreements_about().to_arrow()["value"].to_pylist() == ["2025-06", "2025"]
    assert [row["value"] for row in unchecked(files).disagreements_about().to_records()] == ["2025-06", 2025]


def test_polars_and_duckdb_read_an_arrow_table_as_it_is(kb: KnowledgeBase) -> None:
    answer = kb.attendance("summit-2025").to_arrow()
    assert pl.from_arrow(answer).shape == (4, len(answer.schema.names))
    with duckdb.connect() as connection:
        found: Any = connection.sql("select partner from answer where level = 'unknown' order by partner")
        assert found.fetchall() == [("new-zealand",), ("south-korea",)]
