"""The generated pages against the data: what is counted, named, told and cited there."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from lxml import html

import ip4kb
from ip4kb import Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Article = Callable[..., Any]

PAGED = [kind for kind in Kind if kind is not Kind.CLAIM]
"""The kinds whose records have a page each; claims stand on the pages of their sources."""

ELSEWHERE = {"about", "aliases", "codes", "place", "places", "headquarters", "presence"}
"""Fields told in other words or another order than `show` tells them."""


@pytest.fixture
def tree_of(site: Path) -> Article:
    """Read the article of a page of the record."""

    def article(*path: str) -> Any:
        content = site.joinpath("record", *path[:-1], f"{path[-1]}.html").read_bytes()
        return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8")).find(".//article")

    return article


def read(node: Any) -> str:
    """The text of a node as it is compared: no case, hyphens, marks of citations or runs of blanks."""
    for mark in node.xpath(".//sup"):
        mark.text, mark[:] = "", []
    return flat(node.text_content())


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[-;,.()]", " ", text.casefold())).strip()


LEVELS = {level.value for level in ip4kb.Level}
"""Of several delegates the page tells the highest level, and of each the office."""


def records(kind: Kind) -> Any:
    return getattr(ip4kb, f"{kind}s")


# --- counts and lists ------------------------------------------------------------------------------------------------


def test_the_overview_counts_each_kind_as_the_data_do(tree_of: Article) -> None:
    rows = tree_of("index").xpath("(.//table)[1]/tbody/tr")
    counted = {row.xpath(".//a/@href")[0].split("/")[0]: int(row.xpath("string(td[1])")) for row in rows}
    assert {kind: counted[kind] for kind in map(str, Kind)} == {str(kind): len(records(kind)) for kind in Kind}


@pytest.mark.parametrize("kind", [kind for kind in PAGED if kind is not Kind.SOURCE], ids=str)
def test_the_index_of_a_kind_leads_to_each_record_once(tree_of: Article, kind: Kind) -> None:
    links = [link for link in tree_of(kind, "index").xpath(".//table/tbody//a/@href") if "/" not in link]
    assert sorted(link.removesuffix(".html") for link in links) == sorted(records(kind).ids)


def test_the_sources_are_listed_by_year_each_once(tree_of: Article) -> None:
    pages = tree_of("source", "index").xpath(".//table//a/@href")
    found = [
        link.rpartition("/")[2].removesuffix(".html")
        for page in pages
        for link in tree_of("source", *page.removesuffix(".html").split("/")).xpath(".//table//a/@href")
    ]
    assert sorted(found) == sorted(ip4kb.sources.ids)
    counted = sum(int(count) for count in tree_of("source", "index").xpath(".//table/tbody/tr/td/p/text()"))
    assert counted == len(ip4kb.sources)


def test_claims_are_counted_by_publication(tree_of: Article) -> None:
    rows = tree_of("claim", "index").xpath(".//table/tbody/tr")
    assert sum(int(row.xpath("string(td[last()])")) for row in rows) == len(ip4kb.claims)


def test_the_pages_of_a_timeline_hold_all_of_it(tree_of: Article) -> None:
    for partner in ip4kb.partners.ids:
        pages = tree_of("partner", partner).xpath(".//section[@id='timeline']//p//a/@href")
        rows = [row for page in pages for row in tree_of("timeline", page.split("/")[-1][:-5]).xpath(".//tbody/tr")]
        assert len(rows) == len(ip4kb.timeline(partner))


# --- what a record says ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in PAGED if kind is not Kind.SOURCE], ids=str)
def test_a_record_is_told_whole_with_every_citation(tree_of: Article, kind: Kind) -> None:
    for record in records(kind):
        page = tree_of(kind, record.id)
        notes = {flat(note.text_content()) for note in page.xpath(".//ol[contains(@class,'ip4kb-notes')]/li")}
        text = read(page)
        assert flat(record.name) == flat(page.findtext(".//h1") or "")
        shown = [row for row in ip4kb.show(record.id) if row.field.split(".")[-1] not in ELSEWHERE]
        for row in shown:
            pieces = [piece for piece in re.split(r"; |, ", row.value) if piece not in LEVELS]
            missing = [piece for piece in pieces if flat(piece) not in text]
            assert not missing, (row.place, missing)
            for citation in row.citations:
                assert any(note.startswith(flat(f"{citation}. {citation.title}")) for note in notes), row.place


@pytest.mark.parametrize("kind", [kind for kind in PAGED if kind is not Kind.SOURCE], ids=str)
def test_what_no_source_tells_of_a_record_is_called_unknown(tree_of: Article, kind: Kind) -> None:
    for record in records(kind):
        told = {row.field for row in ip4kb.show(record.id)}
        untold = [
            field.name
            for field in attrs.fields(type(record))
            if field.metadata.get("fact") and "tuple" not in str(field.type) and field.name not in told
        ]
        shown = tree_of(kind, record.id).xpath("string(.//p[contains(@class,'ip4kb-unknown')])")
        named = shown.partition(": ")[2].removesuffix(".").split(", ") if shown else []
        assert len(named) == len(untold), (record.id, untold)


def test_a_source_is_told_with_all_that_it_claims_and_is_cited_for(tree_of: Article) -> None:
    for source in ip4kb.sources:
        page = tree_of("source", source.id)
        claims, cited = ip4kb.claims_about(source.id), page.xpath(".//section[@id='cited-for']//tbody/tr")
        text = read(page)
        assert flat(source.title) == flat(page.findtext(".//h1") or "")
        assert flat(source.publisher) in text
        assert all(flat(claim.summary) in text for claim in claims)
        of_claims = {claim.id for claim in ip4kb.claims}
        elsewhere = [found for found in ip4kb.cited_by(source.id) if found.record not in of_claims]
        assert len(cited) == len(elsewhere)


def test_a_summit_shows_all_four_and_says_where_nothing_is_known(tree_of: Article) -> None:
    for summit in ip4kb.summits:
        for row in ip4kb.attendance(summit.id):
            (shown,) = tree_of("summit", summit.id).xpath(f".//tr[@id='participations.{row.partner}']")
            told = read(shown)
            assert flat(row.representative or row.presence) in told
            assert flat(row.standing) in told
            assert flat(ip4kb.partners[row.partner].name) in told


def test_a_theme_tells_what_each_declaration_says_on_it(tree_of: Article) -> None:
    for theme in ip4kb.Theme:
        told = {
            f"{text.id}.{speech}": part.summary
            for text in ip4kb.declarations
            for speech, parts in (("says", text.provisions), ("silent", text.silences))
            for part in parts
            if part.theme is theme
        }
        if told:
            shown = {row.get("id"): read(row) for row in tree_of("theme", theme.value).xpath(".//tbody/tr")}
            assert shown.keys() == told.keys()
            assert [anchor for anchor, summary in told.items() if flat(summary) not in shown[anchor]] == []


def test_each_note_opens_its_source_at_the_passage(tree_of: Article) -> None:
    page = tree_of("summit", "the-hague-2025")
    notes = page.xpath(".//ol[contains(@class,'ip4kb-notes')]/li")
    opened = {note.xpath("string(.//a[1])"): note.xpath("string(.//a[1]/@href)") for note in notes}
    for citation in ip4kb.evidence("the-hague-2025"):
        if citation.url:
            assert opened[str(citation)] == citation.url


def test_a_page_can_be_cited_and_describes_itself(tree_of: Article, site: Path) -> None:
    page = tree_of("summit", "the-hague-2025")
    cited = page.xpath("string(.//details)")
    head = html.document_fromstring(site.joinpath("record", "summit", "the-hague-2025.html").read_bytes())
    (told,) = (json.loads(script.text) for script in head.xpath("//script[@type='application/ld+json']"))
    summit = ip4kb.summits["the-hague-2025"]
    assert told["@id"] == "https://ip4kb.readthedocs.io/record/summit/the-hague-2025.html"
    assert told["@type"] == ["Event"]
    assert (told["name"], told["startDate"], told["endDate"]) == ([summit.name], [str(summit.start)], [str(summit.end)])
    assert told["isPartOf"]["version"] == ip4kb.data_version
    assert "url = {https://ip4kb.readthedocs.io/record/summit/the-hague-2025.html}" in cited
    assert str(ip4kb.data_version) in cited
