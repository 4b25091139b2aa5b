"""Harm in every text that is free: whatever is made of the records shows it as text, and nothing acts on it."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import altair as alt
import attrs
import networkx as nx
import pytest
import rispy
from pybtex.database import parse_string
from rdflib import Graph, URIRef

from ip4kb import Kind, KnowledgeBase, plot
from ip4kb.model.country import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Strings = Callable[[Any], Iterator[str]]

ELEMENTS = {"div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td", "sup", "a", "span", "ol", "li", "p"}
ELEMENTS |= {"em", "mark", "strong", "section", "h3", "h4", "dl", "dt", "dd", "ul", "br", "small"}
ATTRIBUTES = {"class", "scope", "href", "title", "rel", "id", "lang", "aria-label"}


def pages(kb: KnowledgeBase) -> Iterator[str]:
    """Everything that shows itself in a notebook: each answer, and each record."""
    answers: list[Any] = [kb.attendance(), kb.attendance(kind="visit"), kb.timeline(), kb.claims_about("nato")]
    answers += [kb.disagreements_about(), kb.literature(), kb.coverage(), kb.compare(*kb.declarations.ids)]
    answers += [kb.search("alert"), kb.search("cmd"), kb.evidence("summit-2025#participations.japan")]
    for kind in Kind:
        for record in getattr(kb, kind.collection):
            answers += [record, kb.show(record.id)]
    return (answer._repr_html_() for answer in answers)


class Elements(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def test_harm_stands_in_every_text_that_is_free(harmful: KnowledgeBase, harm: set[str], harms: tuple[str, ...]) -> None:
    assert {text for text in harms if any(found.startswith(text) for found in harm)} == set(harms)
    free = {
        "id",
        "source",
        "via",
        "url",
        "archived_url",
        "language",
        "text_digest",
        "key",
        "issuer",
        "organiser",
        "within",
    }
    free |= {"party", "country", "meeting", "person", "in_place_of"}
    for kind in Kind:
        for record in getattr(harmful, kind.collection):
            for field in attrs.fields(type(record)):
                if field.type in (str, str | None) and not field.metadata.get("refers") and field.name not in free:
                    held = getattr(record, field.name)
                    assert held is None or held.startswith(harms), (record.id, field.name)


def test_html_is_made_of_the_elements_that_are_ours(harmful: KnowledgeBase, harms: tuple[str, ...]) -> None:
    shown = ""
    for page in pages(harmful):
        read = Elements(page)
        shown += read.text
        for element, attributes in read.found:
            assert element in ELEMENTS
            assert set(attributes) <= ATTRIBUTES
            assert (attributes.get("href") or "https://").startswith("https://")
        assert page.count("<style>") == page.count("</style>") == 1
    assert all(text in shown for text in harms)


def test_no_cell_of_csv_begins_as_a_formula(harmful: KnowledgeBase, harm: set[str], tmp_path: Path) -> None:
    harmful.export("csv", tmp_path / "package")
    read = set()
    for path in (tmp_path / "package").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert len({len(row) for row in rows}) == 1
        for cell in (cell for row in rows for cell in row):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
            read.add(cell.removeprefix("'"))
    assert harm <= read


def test_sqlite_holds_the_texts_and_all_its_tables(harmful: KnowledgeBase, harm: set[str], tmp_path: Path) -> None:
    harmful.export("sqlite", tmp_path / "records.sqlite")
    database = sqlite3.connect(tmp_path / "records.sqlite")
    try:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert database.execute("pragma foreign_key_check").fetchall() == []
        tables = [name for (name,) in database.execute("select name from sqlite_schema where type = 'table'")]
        cells = {cell for name in tables for row in database.execute(f'select * from "{name}"') for cell in row}  # noqa: S608 (names of ours)
        found = database.execute("select count(*) from search where search match 'drop'").fetchone()
    finally:
        database.close()
    assert harm <= cells
    assert found[0] > 0


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_json_lines_and_linked_data_hold_the_texts_and_no_address_of_theirs(
    harmful: KnowledgeBase, harm: set[str], harms: tuple[str, ...], strings: Strings, tmp_path: Path
) -> None:
    harmful.export("json", tmp_path / "records.json")
    harmful.export("jsonl", tmp_path / "lines")
    harmful.export("json-ld", tmp_path / "records.jsonld")
    assert harm <= set(strings(json.loads((tmp_path / "records.json").read_text("utf-8"))))
    lines = [line for path in (tmp_path / "lines").glob("*.jsonl") for line in path.read_bytes().split(b"\n") if line]
    assert harm <= {text for line in lines for text in strings(json.loads(line))}
    nodes = {node for triple in Graph().parse(tmp_path / "records.jsonld", format="json-ld") for node in triple}
    assert {str(node).partition("/")[0] for node in nodes if isinstance(node, URIRef)} <= {"http:", "https:"}
    assert any(str(node).startswith(harms[0]) for node in nodes)


def test_the_graph_has_the_nodes_that_are_records(harmful: KnowledgeBase, tmp_path: Path) -> None:
    harmful.export("graphml", tmp_path / "records.graphml")
    read = nx.read_graphml(tmp_path / "records.graphml")
    assert set(read) <= {*harmful._library.ids, *harmful.people, *COUNTRIES}
    assert read.nodes["summit-2025"]["name"] == harmful.summits["summit-2025"].name


def test_bibliographies_hold_as_many_entries_fields_and_people_as_there_are(harmful: KnowledgeBase) -> None:
    written = harmful.cite(style="bibtex")
    read = parse_string(written, "bibtex").entries
    assert list(read) == [f"ip4kb-{harmful.data_version}", *harmful.sources.ids]
    assert "harm" not in {field for entry in read.values() for field in entry.fields}
    assert [len(entry.persons["author"]) for entry in read.values()] == [1, 2, 1]
    commands = {*re.findall(r"\\([a-zA-Z]+|.)", written)}
    ours = {"textbackslash", "textbraceleft", "textbraceright", "textasciitilde", "textasciicircum", *"&%$#_"}
    assert commands <= ours
    depth = 0
    for sign in written:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
        assert depth > 0 or sign != "\\"
    assert depth == 0
    told = rispy.loads(harmful.cite(style="ris"))
    assert [entry["id"] for entry in told] == list(read)
    assert [len(entry["authors"]) for entry in told] == [1, 2, 1]
    entries = json.loads(harmful.cite(style="csl-json"))
    assert [entry["title"] for entry in entries[1:]] == [source.title for source in harmful.sources]


def pictures(kb: KnowledgeBase) -> dict[str, Any]:
    """A picture of each sort that the small knowledge base has something for."""
    return {
        "attendance": plot.attendance(kb.attendance()),
        "timeline": plot.timeline(kb.timeline()),
        "wording": plot.wording(kb.compare(*kb.declarations.ids)),
        "literature": plot.literature(kb.literature()),
    }


def test_the_page_of_a_picture_has_the_scripts_of_any_page_of_altair(harmful: KnowledgeBase) -> None:
    expected = alt.Chart("data.json").mark_point().to_html().count("<script")
    for chart in pictures(harmful).values():
        assert "\uff1cscript>alert(1)\uff1c/script>" in json.dumps(chart.to_dict(), ensure_ascii=False)
        assert chart.to_html().count("<script") == expected


def test_pictures_hold_no_script_no_link_and_no_expression_of_theirs(harmful: KnowledgeBase) -> None:
    for chart in pictures(harmful).values():
        root = ET.fromstring(plot.svg(chart))  # noqa: S314 (made here)
        for element in root.iter():
            assert element.tag.rpartition("}")[2] in {"svg", "g", "rect", "path", "line", "text", "defs", "clipPath"}
            assert not [name for name in element.attrib if name.startswith("on") or "href" in name]
        spec = chart.to_dict()
        assert "<" not in chart.to_json()
        made = json.dumps({name: value for name, value in spec.items() if name not in {"data", "datasets"}})
        expressions = re.findall(r'"(?:expr|filter|calculate|test|href|url|signal)": "([^"]*)', made)
        assert not [told for told in expressions if "alert" in told or "constructor" in told]
