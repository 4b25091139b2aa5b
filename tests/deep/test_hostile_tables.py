"""Harm in every free text, read by those who read tables: the texts are texts, and no cell is a formula.

Spreadsheets are tried where LibreOffice is on the machine. Excel, and what BibTeX or biber make of the bibliographies,
cannot be tried here.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from ip4kb import Kind, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Grid = list[list[str]]
    Strings = Callable[[Any], Iterator[str]]


@pytest.fixture(scope="module")
def package(harmful: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The harmful records as a package of CSV files."""
    folder = tmp_path_factory.mktemp("harmful") / "package"
    harmful.export("csv", folder)
    return folder


def tables(package: Path) -> dict[Path, Grid]:
    """Each file of the package that has a row, with its cells."""
    read = {}
    for path in sorted(package.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            read[path] = list(csv.reader(file))
    return {path: rows for path, rows in read.items() if len(rows) > 1}


def by_pandas(path: Path) -> Grid:
    frame = pd.read_csv(path, dtype="string", keep_default_na=False)
    return [list(frame.columns), *frame.to_numpy().tolist()]


def by_polars(path: Path) -> Grid:
    frame = pl.read_csv(path, infer_schema=False)
    return [frame.columns, *([cell or "" for cell in row] for row in frame.rows())]


def by_duckdb(path: Path) -> Grid:
    read = duckdb.connect().execute("select * from read_csv(?, all_varchar = true, header = true)", [str(path)])
    return [[column[0] for column in read.description], *([cell or "" for cell in row] for row in read.fetchall())]


@pytest.mark.parametrize("reader", [by_pandas, by_polars, by_duckdb])
def test_readers_of_csv_give_each_text_as_it_was(reader: Callable[[Path], Grid], package: Path, harm: set[str]) -> None:
    told = tables(package)
    for path, rows in told.items():
        assert reader(path) == rows, path.name
    assert harm <= {cell.removeprefix("'") for rows in told.values() for row in rows for cell in row}


@pytest.mark.filterwarnings("default")  # those of Frictionless's own dependencies
def test_frictionless_finds_nothing_wrong_and_gives_each_text(package: Path, harm: set[str]) -> None:
    import frictionless

    described: Any = frictionless.Package(str(package / "datapackage.json"))
    report = described.validate()
    assert report.valid, report.flatten(["title", "message"])
    cells = {cell for resource in described.resources for row in resource.read_rows() for cell in row.values()}
    assert harm <= {cell.removeprefix("'") for cell in cells if isinstance(cell, str)}


def test_parquet_holds_each_text_as_it_is(
    harmful: KnowledgeBase, harm: set[str], harms: tuple[str, ...], strings: Strings, tmp_path: Path
) -> None:
    harmful.export("parquet", tmp_path / "parquet")
    read = {text for kind in Kind for text in strings(pq.read_table(tmp_path / f"parquet/{kind}.parquet").to_pylist())}
    assert {text for text in read if text.startswith(harms)} == harm


def test_a_spreadsheet_finds_no_formula(package: Path, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = [str(path) for path in tables(package)]
    # Comma, quote, UTF-8, from the first line.
    how = ["--headless", "--infilter=CSV:44,34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path / "sheets")]
    subprocess.run([office, profile, *how, *files], check=True, capture_output=True)
    made = [path.read_text("utf-8") for path in (tmp_path / "sheets").glob("*.fods")]
    assert len(made) == len(files)
    assert not [formula for sheet in made for formula in re.findall(r'table:formula="[^"]*"', sheet)]
    assert any("alert(1)" in sheet for sheet in made)
