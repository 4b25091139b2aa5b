"""Exports, whatever the format: what they say of themselves, and that they are written whole or not at all."""

from __future__ import annotations

import contextlib
import csv
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import networkx as nx
import pyarrow.parquet as pq
import pytest
import rdflib

import ip4kb
from ip4kb import ArgumentError, ExportError, Ip4kbError, KnowledgeBase
from ip4kb.exports.views import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., subprocess.CompletedProcess[str]]

FILES = ["json", "sqlite", "graphml", "json-ld"]
FOLDERS = ["jsonl", "csv", "parquet"]
FORMATS = [*FILES, *FOLDERS]


def contents(path: Path) -> dict[str, bytes]:
    """The bytes of a file, or of each file of a folder."""
    if path.is_file():
        return {"": path.read_bytes()}
    return {found.relative_to(path).as_posix(): found.read_bytes() for found in path.rglob("*") if found.is_file()}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run code in a new process, where `kb` is the bundled knowledge base and the folder is the test's own."""

    def runner(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
        paths = {"PYTHONPATH": str(Path(ip4kb.__file__).parents[1])}
        begin = "import os, resource, signal, sys, ip4kb\nkb = ip4kb.load().as_known_on('2006')\n"
        command = [sys.executable, "-c", begin + code]
        whole = os.environ | paths | environment
        return subprocess.run(command, cwd=tmp_path, env=whole, capture_output=True, text=True, check=False)

    return runner


def test_the_same_records_give_the_same_bytes(tmp_path: Path, run: Run) -> None:
    done = run(f"for format in {FORMATS}: kb.export(format, f'there-{{format}}')", PYTHONHASHSEED="77")
    assert done.returncode == 0, done.stderr
    kb = ip4kb.as_known_on("2006")
    for format in FORMATS:
        kb.export(format, tmp_path / format)
        assert contents(tmp_path / format)
        assert contents(tmp_path / format) == contents(tmp_path / f"there-{format}"), format


@pytest.mark.parametrize("format", FORMATS)
def test_every_export_tells_version_coverage_licence_and_citation(format: str, exported: Callable[[str], Path]) -> None:
    text = b"".join(contents(exported(format)).values()).decode("utf-8", "replace")
    assert str(ip4kb.data_version) in text
    assert "schema_version" in text
    assert "CC-BY-4.0" in text
    assert "ip4kb contributors (20" in text
    assert str(ip4kb.coverage()[0].since) in text


def paper_and_capital() -> dict[str, Any]:
    """An overlay: a source of one's own, and a capital that it puts in the place of another."""
    paper = {"id": "our-paper", "kind": "academic", "title": "Our paper", "authors": [{"literal": "our group"}]}
    paper |= {"publisher": "Working papers", "published": "2026-10", "language": "en"}
    japan = {"capital": "Kyoto", "citations": [{"source": "our-paper", "supports": ["capital"], "page": "3"}]}
    return {"source/our-paper.json": paper, "partner/japan.json": japan}


@pytest.fixture
def laid(before: KnowledgeBase, write: Callable[..., Path]) -> KnowledgeBase:
    return before.with_overlay(write(paper_and_capital(), "our-notes"))


LAYERS = [{"name": "our-notes", "records": ["japan", "our-paper"]}]
OWN_FACTS = {"japan#capital": "our-notes", "japan#codes": None}
Marks = tuple[Any, dict[str, str | None], dict[str, str | None]]
"""What the metadata say of layers; the layers of two facts; those of the citations behind them, by source."""


def of_json(path: Path) -> Marks:
    document = json.loads(path.read_text("utf-8"))
    return of_facts(document["metadata"]["layers"], document["facts"])


def of_json_lines(path: Path) -> Marks:
    facts = [json.loads(line) for line in (path / "fact.jsonl").read_text("utf-8").splitlines()]
    return of_facts(json.loads((path / "metadata.json").read_text("utf-8"))["layers"], facts)


def of_parquet(path: Path) -> Marks:
    table = pq.read_table(path / "fact.parquet")
    return of_facts(json.loads((table.schema.metadata or {})[b"ip4kb"])["layers"], table.to_pylist())


def of_facts(layers: Any, facts: list[dict[str, Any]]) -> Marks:
    told = [fact for fact in facts if fact["place"] in OWN_FACTS]
    cited = {cite["source"]: cite.get("layer") for fact in told for cite in fact["citations"]}
    return layers, {fact["place"]: fact.get("layer") for fact in told}, cited


def of_sqlite(path: Path) -> Marks:
    with contextlib.closing(sqlite3.connect(path)) as database:
        facts = dict(database.execute("select place, layer from fact where record = 'japan'"))
        cited = dict(database.execute("select source, layer from citation where part = 'japan'"))
        own = database.execute("select layer, id from subject where layer is not null order by id")
        assert [*own] == [("our-notes", "japan"), ("our-notes", "our-paper")]
        query = "select source, layer, citation_layer from evidence where place = 'japan#capital'"
        assert [*database.execute(query)] == [("our-paper", "our-notes", "our-notes")]
        assert database.execute("select value from metadata where name = 'layers'").fetchone() == ("our-notes",)
    return LAYERS, facts, cited


def of_csv(path: Path) -> Marks:
    def rows(table: str) -> list[dict[str, str]]:
        with (path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    facts = {row["place"]: row["layer"] or None for row in rows("fact") if row["record"] == "japan"}
    cited = {row["source"]: row["layer"] or None for row in rows("citation") if row["part"] == "japan"}
    return json.loads((path / "datapackage.json").read_text("utf-8"))["ip4kb"]["layers"], facts, cited


def of_linked_data(path: Path) -> Marks:
    graph = rdflib.Graph().parse(path, format="json-ld")
    own, schema = "https://ip4kb.readthedocs.io/terms#", rdflib.Namespace("https://schema.org/")
    layer, japan = rdflib.URIRef(f"{own}layer"), rdflib.URIRef("https://ip4kb.readthedocs.io/id/japan")
    cited: dict[str, str | None] = {}
    for passage in graph.objects(japan, schema.citation):
        mark = graph.value(passage, layer)
        cited[str(graph.value(passage, schema.isPartOf)).rpartition("/")[2]] = None if mark is None else str(mark)
    assert str(graph.value(japan, layer)) == "our-notes"
    assert {str(name) for name in graph.objects(None, rdflib.URIRef(f"{own}layers"))} == {"our-notes"}
    return LAYERS, OWN_FACTS, cited


@pytest.mark.heavy
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize(
    ("format", "read"),
    {
        "json": of_json,
        "jsonl": of_json_lines,
        "sqlite": of_sqlite,
        "csv": of_csv,
        "parquet": of_parquet,
        "json-ld": of_linked_data,
    }.items(),
)
def test_what_an_overlay_brings_is_marked(
    format: str, read: Callable[[Path], Marks], laid: KnowledgeBase, tmp_path: Path
) -> None:
    laid.export(format, tmp_path / "laid")
    assert read(tmp_path / "laid") == (LAYERS, OWN_FACTS, {"our-paper": "our-notes", "nato-page": None})


@pytest.mark.heavy
def test_each_view_of_sqlite_marks_its_rows(before: KnowledgeBase, tmp_path: Path) -> None:
    changed = {"summit-2025": "participations", "declaration-2025": "provisions", "office": "developments"}
    own = [with_reworded(before.find(id), parts) for id, parts in changed.items()]
    own.append(attrs.evolve(own.pop(1), issuers=("nato", "japan")))
    own.append(attrs.evolve(before.claims["report-2025-date"], summary="Ours."))
    own.append(with_reworded(before.disagreements["summit-date"], "positions"))
    before.with_overlay(own).export("sqlite", tmp_path / "laid")
    before.export("sqlite", tmp_path / "plain")
    with contextlib.closing(sqlite3.connect(tmp_path / "laid")) as laid:
        for view in VIEWS:
            marks = {row[0] for row in laid.execute(f"select layer from {view.name}")}  # noqa: S608 (a name of ours)
            assert marks == ({"own-records", None} if view.name not in ONE_ROW else {"own-records"}), view.name
    with contextlib.closing(sqlite3.connect(tmp_path / "plain")) as plain:
        for view in VIEWS:
            assert {*plain.execute(f"select layer from {view.name}")} == {(None,)}  # noqa: S608 (a name of ours)


ONE_ROW = {"signatories", "initiative_status"}
REWORDED = {"participations": "mode", "provisions": "summary", "developments": "summary", "positions": "statement"}


def with_reworded(record: Any, parts: str) -> Any:
    """A record whose first part of a list says something else."""
    first, *others = getattr(record, parts)
    field = REWORDED[parts]
    value = ip4kb.Mode.IN_PERSON if field == "mode" else "Ours."
    return attrs.evolve(record, **{parts: (attrs.evolve(first, **{field: value}), *others)})


@pytest.mark.heavy
def test_what_an_overlay_brings_is_marked_in_the_graph(before: KnowledgeBase, tmp_path: Path) -> None:
    talks = attrs.evolve(before.meetings["talks-2025"], organiser="japan", note="Ours.")
    office = attrs.evolve(before.initiatives["office"], note="Ours.")
    before.with_overlay([talks, office]).export("graphml", tmp_path / "laid")
    graph = nx.read_graphml(tmp_path / "laid")
    assert json.loads(graph.graph["layers"]) == [{"name": "own-records", "records": ["office", "talks-2025"]}]
    own = {"talks-2025", "office"}
    assert {id: node.get("layer") for id, node in graph.nodes(data=True)} == {
        id: "own-records" if id in own else None for id in graph
    }
    edges = {edge["place"] for _, _, edge in graph.edges(data=True) if edge.get("layer")}
    assert edges == {"talks-2025#organiser"}


@pytest.mark.parametrize("format", FORMATS)
def test_an_earlier_view_says_as_of_which_day_it_is(format: str, tmp_path: Path) -> None:
    ip4kb.as_known_on("2006-03-04").export(format, tmp_path / "known")
    assert b"2006-03-04" in b"".join(contents(tmp_path / "known").values())


@pytest.mark.parametrize("format", FORMATS)
def test_records_without_a_version_or_coverage_are_exported(
    format: str, files: dict[str, Any], unchecked: Callable[..., KnowledgeBase], tmp_path: Path
) -> None:
    del files["manifest.json"]
    unchecked(files).export(format, tmp_path / "without")
    assert contents(tmp_path / "without")


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_but_the_export_is_left(format: str, before: KnowledgeBase, tmp_path: Path) -> None:
    before.export(format, tmp_path / "export")
    assert list(tmp_path.iterdir()) == [tmp_path / "export"]


def test_every_format_is_tried_here(before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError) as caught:
        before.export("xml", "export")
    assert str(caught.value).removesuffix(".").partition("Valid: ")[2].split(", ") == FORMATS


# --- arguments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "sentence"),
    [
        ("jsn", "format cannot be 'jsn'. Did you mean 'json'"),
        ("xml", "format cannot be 'xml'. Valid: "),
        ("", "format must be a text that is not empty, but is ''."),
        (None, "format must be a text that is not empty, but is None."),
    ],
)
def test_a_format_that_there_is_not_is_refused(format: Any, sentence: str, before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError) as caught:
        before.export(format, "export")
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("path", ["", " ", None, 5, b"export"])
def test_what_is_no_path_is_refused(path: Any, before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^a path must be a text that is not empty or a Path, but is "):
        before.export("json", path)


# --- written whole or not at all -------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FILES)
def test_a_file_that_is_there_is_replaced_also_behind_a_link(
    format: str, before: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "export").write_bytes(b"what was there")
    (tmp_path / "link").symlink_to("export")
    before.export(format, str(tmp_path / "link"))
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "export").stat().st_size > len(b"what was there")


@pytest.mark.parametrize("format", FOLDERS)
def test_a_folder_goes_to_a_new_path_or_an_empty_folder(format: str, before: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    before.export(format, tmp_path / "empty")
    before.export(format, tmp_path / "new")
    assert contents(tmp_path / "empty") == contents(tmp_path / "new") != {}


def refusal(kb: KnowledgeBase, format: str, path: Path) -> str:
    """The sentence with which an export is refused; all that stands in its folder must be as it was."""
    folder = path.parent if path.parent.is_dir() else path.parent.parent
    was = contents(folder)
    with pytest.raises(ExportError) as caught:
        kb.export(format, path)
    assert contents(folder) == was
    assert isinstance(caught.value, OSError)
    assert isinstance(caught.value, Ip4kbError)
    return str(caught.value)


@pytest.mark.parametrize("format", FOLDERS)
def test_a_folder_that_is_not_empty_and_a_file_are_left_alone(
    format: str, before: KnowledgeBase, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").write_bytes(b"mine")
    (tmp_path / "file").write_bytes(b"mine")
    for name in ("full", "file"):
        told = refusal(before, format, tmp_path / name)
        assert told == (
            f"{tmp_path / name} is there already; this format is a folder: name a new one, or one that is empty."
        )


@pytest.mark.parametrize("format", FILES)
def test_a_folder_in_the_place_of_a_file_is_left_alone(format: str, before: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    told = refusal(before, format, tmp_path / "folder")
    assert told == f"{tmp_path / 'folder'} is a folder, but this format is one file; name a file."


@pytest.mark.parametrize("format", FORMATS)
def test_a_path_that_cannot_be_is_a_sentence(format: str, before: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"mine")
    wrong = {"missing/export": "No such file or directory", "file/export": "Not a directory", "a\0b": "null"}
    for name, reason in wrong.items():
        told = refusal(before, format, tmp_path / name)
        assert told.startswith(f"{tmp_path / name} cannot be written: ")
        assert reason in told
        assert told.endswith("What was there is as it was; mend the cause or name another path.")


FULL = """
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    kb.export({format!r}, "export")
except ip4kb.ExportError as error:
    print(error)
"""
KILLED = """
os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)
kb.export({format!r}, "export")
"""


# All formats are written by the same two functions: one for files, one for folders.


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_full_disk_leaves_what_was_there(format: str, run: Run, tmp_path: Path) -> None:
    if format in FILES:
        (tmp_path / "export").write_bytes(b"what was there")
    was = contents(tmp_path)
    done = run(FULL.format(format=format))
    assert done.stdout.startswith("export cannot be written: File too large. What was there is as it was"), done.stderr
    assert contents(tmp_path) == was
    assert (tmp_path / "export").exists() == (format in FILES)


@pytest.mark.parametrize("format", ["json", "jsonl"])
def test_a_kill_leaves_what_was_there(format: str, run: Run, tmp_path: Path) -> None:
    if format in FILES:
        (tmp_path / "export").write_bytes(b"what was there")
    done = run(KILLED.format(format=format))
    assert done.returncode == -9, done.stderr
    assert (tmp_path / "export").exists() == (format in FILES)
    if format in FILES:
        assert (tmp_path / "export").read_bytes() == b"what was there"
