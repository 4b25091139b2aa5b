"""Parquet: read back with DuckDB, polars and pyarrow."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, MissingLibraryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Exported = Callable[[str], Path]

pytestmark = pytest.mark.heavy


def ask(query: str, *paths: Path) -> list[Any]:
    return duckdb.connect().execute(query, [str(path) for path in paths]).fetchall()


@pytest.mark.parametrize("kind", Kind)
def test_every_record_reads_back_as_it_is_stored(kind: Kind, exported: Exported) -> None:
    lines = (exported("jsonl") / f"{kind.value}.jsonl").read_text("utf-8").splitlines()
    rows: list[dict[str, Any]] = pq.read_table(exported("parquet") / f"{kind.value}.parquet").to_pylist()
    assert [filled(row) for row in rows] == [filled(as_text(json.loads(line))) for line in lines]


def filled(value: Any) -> Any:
    """What says something: no nulls, no empty lists, and nothing that goes without saying."""
    if isinstance(value, list):
        return [filled(member) for member in value]
    if isinstance(value, dict):
        silent: list[Any] = [None, [], False, "exact"]
        return {name: filled(member) for name, member in value.items() if member not in silent}
    return value


def as_text(record: dict[str, Any]) -> dict[str, Any]:
    """A record in which the values of positions, which may be words or figures, are text."""
    for position in record.get("positions", []):
        if "value" in position:
            position["value"] = str(position["value"])
    return record


def test_duckdb_joins_kinds_and_reaches_into_citations(exported: Exported) -> None:
    query = """
        select party, citation.source, source.publisher
        from (
            select part.party, unnest(part.citations) as citation
            from (select unnest(participations) as part from read_parquet(?) where id = 'the-hague-2025')
        )
        join read_parquet(?) as source on source.id = citation.source
        where party = 'japan' order by all
    """
    stored = {part.party: part for part in ip4kb.summits["the-hague-2025"].participations}["japan"]
    expected = [("japan", cited.source, ip4kb.sources[cited.source].publisher) for cited in stored.citations]
    folder = exported("parquet")
    assert ask(query, folder / "summit.parquet", folder / "source.parquet") == sorted(expected)


def test_duckdb_reads_facts_people_and_countries(exported: Exported) -> None:
    folder = exported("parquet")
    standings = dict(ask("select place, standing from read_parquet(?)", folder / "fact.parquet"))
    for place in ("japan#capital", "the-hague-2025#start"):
        assert standings[place] == ip4kb.standing(place)
    people = ask("select id, name from read_parquet(?)", folder / "person.parquet")
    assert people == [(id, person.name) for id, person in sorted(ip4kb.people.items())]
    assert ("japan", "Japan") in ask("select id, name from read_parquet(?)", folder / "country.parquet")


def test_columns_have_types_that_do_not_depend_on_the_rows(
    exported: Exported, before: KnowledgeBase, tmp_path: Path
) -> None:
    before.export("parquet", tmp_path / "small")
    for path in exported("parquet").iterdir():
        assert pq.read_schema(path).equals(pq.read_schema(tmp_path / "small" / path.name))
    claims = pl.read_parquet_schema(exported("parquet") / "claim.parquet")
    quantity: Any = claims["quantity"]
    assert {field.name: field.dtype for field in quantity.fields}["value"] == pl.Float64


def test_each_file_carries_version_coverage_licence_and_citation(exported: Exported) -> None:
    for path in exported("parquet").iterdir():
        metadata = json.loads((pq.read_schema(path).metadata or {})[b"ip4kb"])
        assert metadata["data_version"] == ip4kb.data_version
        assert metadata["license"] == "CC-BY-4.0"
        assert metadata["citation"]
        assert [row["kind"] for row in metadata["coverage"]] == [row.kind for row in ip4kb.coverage()]


def test_without_pyarrow_the_command_that_installs_it_is_told(
    before: KnowledgeBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingLibraryError, match=r"^export to parquet needs pyarrow, .*'ip4kb\[arrow\]'$"):
        before.export("parquet", tmp_path / "export")
    assert not list(tmp_path.iterdir())
