"""The data package of CSV files: read back with Frictionless, pandas and DuckDB, and inert in a spreadsheet."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    Exported = Callable[[str], Path]

pytestmark = pytest.mark.heavy

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠x", "'quoted'"]


def validate(folder: Path) -> Any:
    """What Frictionless finds in a package."""
    import frictionless

    return frictionless.validate(str(folder / "datapackage.json"))


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def small(before: KnowledgeBase, tmp_path: Path) -> Path:
    before.export("csv", tmp_path / "small")
    return tmp_path / "small"


@pytest.mark.filterwarnings("default")  # those of Frictionless's own dependencies
def test_frictionless_finds_nothing_wrong(exported: Exported) -> None:
    report = validate(exported("csv"))
    assert report.valid, report.flatten(["title", "message"])
    described = {
        resource["path"] for resource in json.loads((exported("csv") / "datapackage.json").read_text())["resources"]
    }
    assert described == {path.name for path in exported("csv").iterdir()} - {"datapackage.json"}


BREAKS = {
    "participation": ("japan,,represented", "atlantis,,represented", "foreign-key"),
    "meeting": (",visit,", ",picnic,", "constraint-error"),
    "summit": ("2025-06", "2025-6", "constraint-error"),
    "quantity": ("place", "plaice", "incorrect-label"),
    "citation": ("1,nato-page", "one,nato-page", "type-error"),
    "claim": ("report-2025-spending", "report-2025-date", "primary-key"),
}


@pytest.mark.filterwarnings("default")  # those of Frictionless's own dependencies
def test_frictionless_finds_what_is_wrong(small: Path) -> None:
    for table, (old, new, _) in BREAKS.items():
        path = small / f"{table}.csv"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
    found = {(task.name, error.type) for task in validate(small).tasks for error in task.errors}
    assert found >= {(table, error) for table, (_, _, error) in BREAKS.items()}


def test_the_package_describes_itself(exported: Exported) -> None:
    package = json.loads((exported("csv") / "datapackage.json").read_text("utf-8"))
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["version"] == ip4kb.data_version
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    for resource in package["resources"]:
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])
        assert resource["schema"]["primaryKey"]


@pytest.mark.parametrize("kind", Kind)
def test_every_record_has_a_row(kind: Kind, exported: Exported) -> None:
    ids = [row["id"] for row in read(exported("csv") / f"{kind.value}.csv")]
    assert ids == list(getattr(ip4kb, kind.collection).ids)


def test_pandas_and_duckdb_read_it(exported: Exported) -> None:
    folder = exported("csv")
    frame = pd.read_csv(folder / "fact.csv", dtype="string", index_col="place")
    for place in ("japan#capital", "the-hague-2025#end"):
        assert (frame.loc[place, "standing"], frame.loc[place, "value"]) == (
            ip4kb.standing(place),
            "Tokyo" if place == "japan#capital" else "2025-06-25",
        )
    query = """
        select participation.party from read_csv(?) as participation join read_csv(?) as summit
        on summit.id = participation.record where summit.id = 'the-hague-2025' order by nth
    """
    tables = [str(folder / "participation.csv"), str(folder / "summit.csv")]
    stored = [part.party for part in ip4kb.summits["the-hague-2025"].participations]
    assert [party for (party,) in duckdb.connect().execute(query, tables).fetchall()] == stored


def test_no_cell_of_text_is_a_formula_and_each_reads_back_as_it_was(
    files: dict[str, Any], unchecked: Callable[..., KnowledgeBase], tmp_path: Path
) -> None:
    for index, text in enumerate(FORMULAS):
        name = f"meeting/meeting-{index}.json"
        files[name] = {"id": f"meeting-{index}", "name": text, "kind": "visit", "start": str(2000 + index)}
    files["claim/report-2025-spending.json"]["quantity"]["value"] = -2.5
    unchecked(files).export("csv", tmp_path / "package")
    names = [row["name"] for row in read(tmp_path / "package" / "meeting.csv") if row["id"] != "talks-2025"]
    assert all(name.startswith("'") for name in names)
    assert [name.removeprefix("'") for name in names] == FORMULAS
    claims = {row["id"]: row for row in read(tmp_path / "package" / "claim.csv")}
    assert claims["report-2025-spending"]["quantity_value"] == "-2.5"


def test_no_cell_of_the_bundled_text_is_a_formula(exported: Exported) -> None:
    for path in exported("csv").glob("*.csv"):
        for cell in (
            cell for row in read(path) for cell in row.values() if cell.startswith(tuple("=+-@＝＋－＠\t\r\n"))
        ):
            assert float(cell) < 0, path.name
