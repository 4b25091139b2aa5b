"""Spark reads the export to Parquet as it lies; run by `nox -s deep`, as it needs Java and takes its time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from pyspark.sql import SparkSession

import ip4kb
from ip4kb import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    """A session of Spark on this machine alone."""
    session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def folder(exported: Callable[[str], Path]) -> Path:
    return exported("parquet")


@pytest.mark.parametrize("kind", Kind)
def test_spark_reads_every_record(kind: Kind, spark: Any, folder: Path) -> None:
    rows = spark.read.parquet(str(folder / f"{kind.value}.parquet")).select("id").collect()
    assert [row.id for row in rows] == list(getattr(ip4kb, kind.collection).ids)


def test_spark_reaches_into_nested_parts_and_citations(spark: Any, folder: Path) -> None:
    spark.read.parquet(str(folder / "summit.parquet")).createOrReplaceTempView("summit")
    query = """
        select part.party, delegate.level, part.citations from summit
        lateral view explode(participations) as part lateral view explode(part.delegates) as delegate
        where id = 'the-hague-2025'
    """
    rows = {row.party: row for row in spark.sql(query).collect()}
    for row in ip4kb.attendance("the-hague-2025"):
        assert rows[row.partner].level == row.level
    stored = {part.party: part for part in ip4kb.summits["the-hague-2025"].participations}
    sources = [citation.source for citation in rows["japan"].citations]
    assert sources == [citation.source for citation in stored["japan"].citations]


def test_spark_reads_how_well_facts_stand(spark: Any, folder: Path) -> None:
    facts = spark.read.parquet(str(folder / "fact.parquet"))
    (row,) = facts.where("place = 'the-hague-2025#end'").collect()
    assert (row.value, row.standing) == ("2025-06-25", ip4kb.standing("the-hague-2025#end"))
