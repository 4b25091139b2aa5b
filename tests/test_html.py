"""What a notebook shows: tables that are accessible, inert, and lead to the passages."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ip4kb
from ip4kb import Comparison, KnowledgeBase, Literature, Table
from ip4kb.markup import link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

HOSTILE = "<script>alert(1)</script> & \"q\" 'a' <img src=x onerror=y>"
VOID = {"br", "img", "meta", "link", "hr", "input"}


class Reader(HTMLParser):
    """The elements of a piece of HTML with their attributes, and its text; what is not closed in order is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in VOID
        self._open.append(tag)
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self._open:
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def shown(table: Table[Any]) -> Reader:
    return Reader(table._repr_html_())


def answers(kb: KnowledgeBase) -> list[Table[Any]]:
    """An answer of every kind."""
    both = kb.declarations.ids[:2] if len(kb.declarations) > 1 else ()
    return [
        kb.attendance(),
        kb.timeline("nato"),
        kb.claims_about("nato"),
        kb.disagreements_about(),
        kb.evidence("japan#capital"),
        kb.search("summit"),
        kb.literature(),
        kb.coverage(),
        kb.show("nato"),
        ip4kb.diff(kb, kb.as_known_on("2020")),
        *([kb.compare(*both)] if both else []),
    ]


@pytest.fixture
def kb(files: Files, write: Callable[[Files], Path]) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


@pytest.mark.parametrize("bundled", [True, False])
def test_every_answer_is_an_accessible_table_without_script_or_foreign_asset(
    *, kb: KnowledgeBase, bundled: bool
) -> None:
    for answer in answers(ip4kb.load() if bundled else kb):
        read = shown(answer)
        assert len(read.all("table")) == len(read.all("caption")) == 1
        scopes = [str(cell["scope"]) for cell in read.all("th")]
        assert scopes == sorted(scopes)
        assert set(scopes) <= {"col", "row"}
        if not isinstance(answer, Comparison | Literature):
            assert (scopes.count("col"), scopes.count("row")) == (len(answer.columns), len(answer))
        assert {tag for tag, _ in read.elements} <= {
            *["div", "style", "table", "caption", "thead", "tbody", "tr", "th", "td"],
            *["sup", "a", "ol", "li", "p", "small", "em", "mark", "span"],
        }
        for _, attributes in read.elements:
            assert set(attributes) <= {"class", "scope", "href", "title", "rel", "aria-label"}
            assert (attributes.get("href") or "https://").startswith(("http://", "https://"))
        assert answer.title in read.text


def test_citations_are_numbered_links_to_the_passage_and_stand_below(kb: KnowledgeBase) -> None:
    read = shown(kb.attendance("summit-2025", partner="japan"))
    address = "https://example.org/report#:~:text=Japan%20was%20represented%20by%20its%20foreign%20minister%20in%202025"
    assert [anchor["href"] for anchor in read.all("a")] == [address, address]
    assert read.all("a")[0]["title"] == (
        "Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified)"
    )
    assert "[1]" in read.text
    assert "(verified) Report on the summit" in read.text


def test_a_citation_without_address_is_told_and_no_link(files: Files, unchecked: Maker) -> None:
    del files["source/report-2025.json"]["url"]
    read = shown(unchecked(files).attendance("summit-2025", partner="japan"))
    assert read.all("a") == []
    assert [span["title"] for span in read.all("span") if "title" in span]
    assert "[1]" in read.text


def test_unknown_empty_and_the_version_of_the_data_are_visible(kb: KnowledgeBase) -> None:
    html = kb.attendance("summit-2025", partner="south-korea")._repr_html_()
    assert "<em>unknown</em>" in html
    assert '<span aria-label="none">&ndash;</span>' in kb.claims_about("office")._repr_html_()
    assert "ip4kb, data 2026.11.0, CC BY 4.0" in Reader(html).text
    assert "data 2026.11.0 as known on 2026" in shown(kb.as_known_on("2026").attendance()).text


def test_what_limits_the_answer_stands_below_it_and_what_was_found_is_marked(kb: KnowledgeBase) -> None:
    found = kb.search("office agreed")
    html = found._repr_html_()
    assert "An <mark>office</mark> was <mark>agreed</mark>." in html
    assert found.caveat
    assert found.caveat in Reader(html).text


def test_hostile_text_stays_text(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["name"] = HOSTILE
    files["source/report-2025.json"]["title"] = HOSTILE
    files["claim/report-2025-date.json"]["summary"] = HOSTILE
    files["initiative/office.json"]["developments"][0]["summary"] = HOSTILE
    kb = unchecked(files)
    for answer in [*answers(kb), kb.claims_about("office"), kb.search("script"), kb.timeline()]:
        read = shown(answer)
        assert not read.all("script")
        assert not read.all("img")
    assert HOSTILE in shown(kb.search("alert")).text


@pytest.mark.parametrize("address", [None, "", "javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://x.y"])
def test_only_web_addresses_are_linked(address: str | None) -> None:
    assert "<a" not in link(address, "label", "title")
    assert "label" in link(address, "label")


@settings(deadline=None)
@given(st.text(), st.text())
def test_whatever_a_label_and_an_address_hold_the_link_is_one_element(label: str, path: str) -> None:
    read = Reader(link(f"https://example.org/{path}", label, path))
    assert [tag for tag, _ in read.elements] == ["a"]
    assert re.sub(r"\s", "", read.text) == re.sub(r"\s", "", label.replace("\r", "\n")) or "\x00" in label


# --- answers that are more than a list -------------------------------------------------------------------------------


def test_few_documents_stand_side_by_side_and_many_below_one_another() -> None:
    both = "washington-summit-declaration-2024", "the-hague-summit-declaration-2025"
    html = ip4kb.compare(*both, theme="china")._repr_html_()
    read = Reader(html)
    assert [cell["scope"] for cell in read.all("th")] == ["col", "col", "col", "row"]
    assert "The Hague Summit Declaration, 2025-06-25, 5 paragraphs" in read.text
    assert "<em>silent</em>: " in html
    assert "<em>not coded</em>" in ip4kb.compare(*both, theme="arms-control")._repr_html_()
    texts = ip4kb.declarations.where(kind="summit-declaration").ids
    series = ip4kb.compare(*texts, theme="china")
    assert [cell["scope"] for cell in shown(series).all("th")].count("row") == len(texts)


def test_the_literature_is_a_matrix_of_sources_and_subjects(kb: KnowledgeBase) -> None:
    html = kb.literature()._repr_html_()
    assert [cell["scope"] for cell in Reader(html).all("th")] == ["col", "col", "col", "col", "row"]
    assert '<th scope="col">nato</th><th scope="col">other</th>' in html
    assert "<td>2025-07</td><td>neutral: 1</td><td>no stance: 1</td>" in html


# --- a record by itself ----------------------------------------------------------------------------------------------


def test_a_record_shows_its_fields_and_the_keys_of_its_citations(kb: KnowledgeBase) -> None:
    html = kb.summits["summit-2025"]._repr_html_()
    read = Reader(html)
    assert read.all("caption")
    assert "Summit summit-2025: Summit of 2025" in read.text
    for field, value in {
        "start": "2025-06",
        "places": "netherlands",
        "participations.japan.delegates": "Foreign Minister, foreign-minister",
        "participations.australia.reasons.busy.citations": "report-2025 ¶3",
        "citations": "report-2025 ¶5; nato-page",
    }.items():
        assert f'<th scope="row">{field}</th><td>{value}</td>' in html
    assert "mode" not in read.text


@pytest.mark.parametrize("kind", ip4kb.Kind)
def test_records_of_every_kind_show_themselves_inert(kind: ip4kb.Kind, files: Files, unchecked: Maker) -> None:
    for name, value in files.items():
        if name.startswith(f"{kind.value}/"):
            value["title" if kind is ip4kb.Kind.SOURCE else "note"] = HOSTILE
    for record in getattr(unchecked(files), kind.collection):
        read = Reader(record._repr_html_())
        assert not read.all("script")
        assert HOSTILE in read.text
