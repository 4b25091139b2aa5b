"""SQLite: read back with sqlite3's command line, Datasette and DuckDB, and its views compared with the library."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, PartialDate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Exported = Callable[[str], Path]
    Ask = Callable[..., list[tuple[Any, ...]]]

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def ask(exported: Exported) -> Iterator[Ask]:
    """Ask the exported file, which is opened to be read only."""
    with closing(sqlite3.connect(f"file:{exported('sqlite')}?mode=ro", uri=True)) as database:
        yield lambda query, *values: database.execute(query, values).fetchall()


@pytest.fixture
def small(before: KnowledgeBase, tmp_path: Path) -> Ask:
    """Ask an export of the small knowledge base."""
    before.export("sqlite", tmp_path / "small.sqlite")

    def asked(query: str, *values: object) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(tmp_path / "small.sqlite")) as database:
            return database.execute(query, values).fetchall()

    return asked


def test_the_file_is_sound_and_every_reference_is_kept(ask: Ask) -> None:
    assert ask("pragma integrity_check") == [("ok",)]
    assert ask("pragma foreign_key_check") == []
    tables = [name for (name,) in ask("select name from sqlite_schema where type = 'table'")]
    with_references = {name for name in tables if ask("select 1 from pragma_foreign_key_list(?)", name)}
    assert {"participation", "delegate", "claim_about", "fact", "citation", "fact_citation"} <= with_references


def test_a_reference_to_nothing_and_a_word_of_no_vocabulary_are_refused(exported: Exported, tmp_path: Path) -> None:
    copied = shutil.copy(exported("sqlite"), tmp_path / "copy.sqlite")
    with closing(sqlite3.connect(copied)) as database:
        database.execute("pragma foreign_keys = on")
        for statement in (
            "update participation set party = 'atlantis' where party = 'japan'",
            "delete from source",
            "update participation set presence = 'unknown'",
            "insert into summit(id, name) values ('summit-of-nowhere', 'Summit')",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                database.execute(statement)


@pytest.mark.parametrize("kind", Kind)
def test_every_record_has_a_row_with_its_values(kind: Kind, ask: Ask) -> None:
    columns = [name for _, name, *_ in ask(f"pragma table_info({kind.value})")]
    rows = {row[0]: dict(zip(columns, row, strict=True)) for row in ask(f"select * from {kind.value}")}  # noqa: S608
    assert list(rows) == list(getattr(ip4kb, kind.collection).ids)
    for record in getattr(ip4kb, kind.collection):
        for name in set(columns) & set(kind.record_class.__slots__):
            value = getattr(record, name)
            assert rows[record.id][name] == (str(value) if isinstance(value, PartialDate) else value)


def test_parts_know_what_holds_them_and_their_place(ask: Ask) -> None:
    place = "the-hague-2025#participations.new-zealand"
    assert ask("select record, party, presence from participation where place = ?", place) == [
        ("the-hague-2025", "new-zealand", "represented")
    ]
    assert ask("select nth, person, level from delegate where participation = ?", place) == [
        (1, "christopher-luxon", "head-of-government")
    ]
    expected = [(nth, host) for nth, host in enumerate(ip4kb.summits["the-hague-2025"].hosts, start=1)]
    assert ask("select nth, country from summit_hosts where summit = 'the-hague-2025'") == expected


def test_a_citation_that_supports_parts_with_citations_of_their_own_is_exported(
    files: dict[str, Any], write: Callable[[dict[str, Any]], Path], tmp_path: Path
) -> None:
    files["summit/summit-2025.json"]["citations"][1]["supports"] += ["participations", "start"]
    KnowledgeBase.from_directory(write(files)).export("sqlite", tmp_path / "export")
    with closing(sqlite3.connect(tmp_path / "export")) as database:
        query = "select place from evidence where source = 'nato-page' and place like 'summit-2025#%' order by 1"
        assert database.execute(query).fetchall() == [("summit-2025#places",), ("summit-2025#start",)]


def test_the_attendance_of_summits_is_that_of_the_library(ask: Ask) -> None:
    rows = ask(
        """select gathering, name, date, partner, invitation, presence, level, representatives, in_place_of, mode,
        basis, standing, place from attendance where kind = 'summit'"""
    )
    expected = [attendance_of(row) for row in ip4kb.attendance()]
    assert rows == expected
    assert len(rows) == len(ip4kb.summits) * len(ip4kb.partners)
    assert {row[5] for row in rows} >= {"unknown", "represented"}


def test_the_attendance_of_meetings_is_that_of_the_library(ask: Ask) -> None:
    rows = ask(
        """select gathering, name, date, partner, invitation, presence, level, representatives, in_place_of, mode,
        basis, standing, place from attendance where kind = 'meeting'"""
    )
    assert rows == [attendance_of(row) for row in ip4kb.attendance(kind="meeting")]


def attendance_of(row: ip4kb.AttendanceRow) -> tuple[Any, ...]:
    date = None if row.date is None else str(row.date)
    told: tuple[Any, ...] = (row.gathering, row.name, date, row.partner, row.invitation, row.presence, row.level)
    return (*told, row.representative, row.in_place_of, row.mode, row.basis, row.standing, row.place)


def test_an_absence_has_no_level_and_what_is_unknown_says_so(small: Ask) -> None:
    rows = small("select partner, invitation, presence, level from attendance where kind = 'summit'")
    assert rows == [
        ("australia", "unknown", "not-represented", None),
        ("japan", "unknown", "represented", "foreign-minister"),
        ("new-zealand", "not-invited", "unknown", "unknown"),
        ("south-korea", "unknown", "unknown", "unknown"),
    ]


def test_the_timeline_is_that_of_the_library(ask: Ask) -> None:
    columns = "date, until, kind, record, name, place, summary, themes, standing"
    rows = ask(f"select {columns} from timeline")  # noqa: S608 (the columns above)
    expected = [
        (
            row.date and str(row.date),
            row.until and str(row.until),
            row.kind,
            row.record,
            row.name,
            row.place,
            row.summary,
            "; ".join(row.themes) or None,
            row.standing.value,
        )
        for row in ip4kb.timeline()
    ]
    assert sorted(rows, key=str) == sorted(expected, key=str)
    assert [row[0] for row in rows] == [row[0] for row in expected]


def test_the_wording_is_that_of_the_library(ask: Ask) -> None:
    both = ["madrid-summit-declaration-2022", "the-hague-summit-declaration-2025"]
    query = "select theme, declaration, speech, summary, place from wording where declaration in (?, ?)"
    rows = [row for row in ask(query, *both) if row[0] in {told.theme for told in ip4kb.compare(*both)}]
    told = [(row.theme, row.declaration, row.speech, row.summary, row.place) for row in ip4kb.compare(*both)]
    assert sorted(rows, key=str) == sorted(told, key=str)
    pairs = ask("select count(*) from (select distinct declaration, theme from wording)")
    assert pairs == [(len(ip4kb.declarations) * len(ip4kb.Theme),)]


def test_the_other_views_are_as_the_library_has_it(ask: Ask) -> None:
    statuses = [(item.id, item.status) for item in sorted(ip4kb.initiatives, key=lambda item: item.id)]
    assert ask("select initiative, status from initiative_status") == statuses
    signed = {(text.id, party) for text in ip4kb.declarations for party in text.issuers}
    assert set(ask("select declaration, party from signatories")) == signed
    arguments = {(claim.id, claim.source, about) for claim in ip4kb.claims for about in claim.about}
    assert set(ask("select claim, source, about from arguments")) == arguments
    positions = [
        (row.disagreement, row.position, row.adopted, "; ".join(sorted({found.source for found in row.citations})))
        for row in ip4kb.disagreements_about()
    ]
    found = ask("select disagreement, position, adopted, coalesce(sources, '') from positions")
    assert found == sorted(positions, key=lambda row: row[0])


def test_the_evidence_is_that_of_the_library(ask: Ask) -> None:
    places = [place for (place,) in ask("select place from fact")]
    for place in places[::100]:
        evidence = ip4kb.evidence(place)
        found = ask("select standing, source, url, phrase, verification from evidence where place = ?", place)
        assert found == [(evidence.standing, row.source, row.url, row.phrase, row.verification) for row in evidence]


def test_texts_are_searched(ask: Ask) -> None:
    query = "select told.record from search join told on told.id = search.rowid where search match ? order by rank"
    assert ask(query, '"liaison office" tokyo')[0] == ("tokyo-liaison-office",)
    assert ask(query, "Türkiye") == ask(query, "turkiye") != []
    assert ask(query, "xyzzy") == []


def test_every_table_column_and_view_is_explained(ask: Ask) -> None:
    told = {(name, column): meaning for name, column, meaning in ask("select * from dictionary")}
    shown = "select name from sqlite_schema where type in ('table', 'view') and name not like 'search\\_%' escape '\\'"
    for (name,) in ask(shown):
        if name == "dictionary":
            continue
        assert told[name, None]
        is_view = ask("select 1 from sqlite_schema where type = 'view' and name = ?", name)
        for _, column, *_ in [] if is_view or name in {"told", "search"} else ask(f"pragma table_info({name})"):
            assert told[name, column]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the command line of SQLite is not installed")
def test_the_command_line_of_sqlite_reads_it(exported: Exported) -> None:
    query = "select partner, level from attendance where gathering = 'the-hague-2025'; pragma foreign_key_check;"
    command = ["sqlite3", "-readonly", "-json", str(exported("sqlite")), query]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    expected = [{"partner": row.partner, "level": row.level} for row in ip4kb.attendance("the-hague-2025")]
    assert json.loads(done.stdout) == expected


def test_datasette_serves_tables_views_and_search(exported: Exported) -> None:
    from datasette.app import Datasette

    async def answers() -> tuple[Any, Any, Any]:
        site = Datasette([str(exported("sqlite"))], settings={"num_sql_threads": 1})
        address = f"/{exported('sqlite').stem}"
        table = await site.client.get(f"{address}/participation.json?_shape=objects&record=the-hague-2025&_labels=on")
        view = await site.client.get(f"{address}/attendance.json?_shape=objects&gathering=ankara-2026")
        search = await site.client.get(f"{address}/told.json?_shape=objects&_search=tokyo+liaison+office")
        return table.json(), view.json(), search.json()

    table, view, search = asyncio.run(answers())
    stored = {part.party for part in ip4kb.summits["the-hague-2025"].participations}
    assert {row["party"]["value"] for row in table["rows"]} == stored
    assert [row["presence"] for row in view["rows"]] == ["unknown"] * len(ip4kb.partners)
    assert "tokyo-liaison-office" in {row["record"] for row in search["rows"]}
