"""A foreign Sphinx project that links and cites the record."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from sphinx.testing.util import SphinxTestApp

import ip4kb
from ip4kb.citing.address import SITE, address_of, page_of
from ip4kb.store import bundled

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[..., "Built"]

PLACE = "the-hague-2025#participations.japan"


class Links(HTMLParser):
    """Each link of a page with its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._address: str | None = None
        self._text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._address, self._text = dict(attrs).get("href"), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._address is not None:
            self.links.append((self._text, self._address))
            self._address = None


class Built:
    """What a build of a small project gave."""

    def __init__(self, folder: Path, warnings: str) -> None:
        self.folder = folder
        # Another project built in this process has set up Sphinx's own nodes before.
        lines = re.sub(r"\x1b\[[0-9;]*m", "", warnings).splitlines()
        self.warnings = "\n".join(line for line in lines if "already registered" not in line)

    def page(self, name: str = "index") -> str:
        """The body of a page."""
        text = (self.folder / f"{name}.html").read_text("utf-8")
        return text[text.index('class="body"') : text.index('class="sphinxsidebar"')]

    def links(self, name: str = "index") -> dict[str, str]:
        """The links of a page, by their texts."""
        return dict(Links(self.page(name)).links)


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a project of pages, or build it again, with `ip4kb.sphinxext` and what its configuration adds."""

    def builder(pages: dict[str, str], configuration: str = "", name: str = "foreign", parallel: int = 0) -> Built:
        source, warnings = tmp_path / name, io.StringIO()
        source.mkdir(exist_ok=True)
        settings = "extensions = ['ip4kb.sphinxext']\nhtml_theme = 'basic'\nhtml_permalinks = False\n"
        (source / "conf.py").write_text(f"{settings}{configuration}\n", "utf-8")
        for page, text in pages.items():
            (source / page).write_text(text, "utf-8")
        built = tmp_path / f"{name}-built"
        app = SphinxTestApp(
            "html", srcdir=source, builddir=built, status=io.StringIO(), warning=warnings, parallel=parallel
        )
        try:
            app.build()
        finally:
            app.cleanup()
        return Built(app.outdir, warnings.getvalue())

    return builder


def rst(text: str) -> dict[str, str]:
    return {"index.rst": f"Page\n====\n\n{text}\n"}


# --- roles -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [kind for kind in ip4kb.Kind if kind is not ip4kb.Kind.CLAIM])
def test_a_role_links_a_record_of_each_kind_to_its_page_on_the_site(build: Build, kind: ip4kb.Kind) -> None:
    record = next(iter(bundled().collection(kind)))
    built = build(rst(f":ip4kb:{kind}:`{record.id}`"))
    assert built.warnings == ""
    assert built.links() == {getattr(record, "name", "") or record.title: f"{SITE}record/{kind}/{record.id}.html"}


def test_a_claim_is_linked_where_its_source_is_shown(build: Build) -> None:
    claim = next(iter(ip4kb.claims))
    links = build(rst(f":ip4kb:claim:`a claim <{claim.id}>`")).links()
    assert links == {"a claim": f"{SITE}record/source/{claim.source}.html#{claim.id}"}


def test_a_role_takes_names_places_themes_and_titles(build: Build) -> None:
    text = f":ip4kb:partner:`ROK`, :ip4kb:summit:`who came for Japan <{PLACE}>`, :ip4kb:theme:`china`"
    text += ", :ip4kb:theme:`on Russia <russia>`"
    built = build(rst(text))
    assert built.warnings == ""
    assert built.links() == {
        "South Korea": f"{SITE}record/partner/south-korea.html",
        "who came for Japan": f"{SITE}record/summit/the-hague-2025.html#participations.japan",
        "China": f"{SITE}record/theme/china.html",
        "on Russia": f"{SITE}record/theme/russia.html",
    }


@pytest.mark.parametrize(
    ("role", "target", "sentence"),
    [
        ("summit", "the-hague-2026", "Did you mean 'the-hague-2025'"),
        ("partner", "North Korea", "Democratic People's Republic of Korea"),
        ("partner", "Korea", "'Korea' is the name of more than one"),
        ("summit", "japan", "'japan' is of the kind partner; wanted here: summit"),
        ("summit", "the-hague-2025#participation", "Did you mean 'participations'"),
        ("theme", "chinna", "Did you mean 'china'?"),
        ("cite", "frasineti-2025", "Did you mean 'frassineti-2025'"),
        ("cite", "the-hague-2025#themes", "is the curator's labelling and no fact"),
        ("cite", "ankara-2026#participations", "has no citation, so there is nothing to cite"),
    ],
)
def test_what_nothing_bears_is_a_warning_with_the_close_match_and_the_line(
    build: Build, role: str, target: str, sentence: str
) -> None:
    built = build(rst(f"See :ip4kb:{role}:`{target}`."))
    assert sentence in built.warnings
    assert "index.rst:4: WARNING" in built.warnings
    assert "[ip4kb]" in built.warnings
    assert target in re.sub(r"<[^>]+>", "", built.page())
    assert built.links() == {}


def test_links_of_other_domains_are_left_to_them(build: Build) -> None:
    built = build(rst(":py:func:`nowhere` and :ip4kb:partner:`japan`"))
    assert built.warnings == ""
    assert built.links() == {"Japan": f"{SITE}record/partner/japan.html"}


def test_the_roles_are_those_of_markdown_too(build: Build) -> None:
    page = "# Page\n\n{ip4kb:summit}`the-hague-2025` {ip4kb:cite}`frassineti-2025`\n\n```{ip4kb:bibliography}\n```\n"
    built = build({"index.md": page}, "extensions.append('myst_parser')")
    assert built.warnings == ""
    assert built.links()["The Hague summit"] == f"{SITE}record/summit/the-hague-2025.html"
    assert built.links()["Frassineti 2025"] == "#ip4kb-source-frassineti-2025"


# --- citations -------------------------------------------------------------------------------------------------------


def test_a_citation_leads_to_the_bibliography_of_its_page(build: Build) -> None:
    place = "the-hague-2025#participations.new-zealand.delegates"
    text = f"He came :ip4kb:cite:`{place}`, says :ip4kb:cite:`frassineti-2025`.\n\n.. ip4kb:bibliography::"
    built = build(rst(text))
    assert built.warnings == ""
    page = built.page()
    sources = {row.source for row in ip4kb.evidence(place)} | {"frassineti-2025"}
    assert set(re.findall(r'<li id="ip4kb-source-([^"]+)"', page)) == sources
    assert "(Frassineti 2025)" in re.sub(r"<[^>]+>", "", page)
    assert "Frassineti 2025, ¶13" in page
    entry = ip4kb.cite("frassineti-2025", style="text").partition("http")[0].strip()
    assert entry in re.sub(r"<[^>]+>", "", page)
    assert built.links()[str(ip4kb.sources["frassineti-2025"].url)] == ip4kb.sources["frassineti-2025"].url


def test_a_citation_without_bibliography_leads_to_the_page_of_the_source(build: Build) -> None:
    links = build(rst(":ip4kb:cite:`frassineti-2025`")).links()
    assert links == {"Frassineti 2025": f"{SITE}record/source/frassineti-2025.html"}


def test_a_source_without_an_address_is_listed_without_a_link_to_it(build: Build) -> None:
    source = next(source for source in ip4kb.sources if source.url is None and source.archived_url is None)
    built = build(rst(f":ip4kb:cite:`{source.id}`\n\n.. ip4kb:bibliography::"))
    assert [text for text in built.links() if text.startswith("http")] == []


def test_a_bibliography_of_nothing_is_a_warning(build: Build) -> None:
    built = build(rst(".. ip4kb:bibliography::"))
    assert "Nothing is cited on this page, so its bibliography is empty." in built.warnings


def test_a_second_bibliography_on_a_page_is_a_warning(build: Build) -> None:
    built = build(rst(":ip4kb:cite:`frassineti-2025`\n\n.. ip4kb:bibliography::\n\n.. ip4kb:bibliography::"))
    assert "A page has one bibliography" in built.warnings
    assert built.page().count("ip4kb-source-frassineti-2025") == 2  # the link and its one entry


# --- answers ---------------------------------------------------------------------------------------------------------


def test_attendance_is_a_table_with_its_citations_and_version(build: Build) -> None:
    built = build(rst(".. ip4kb:attendance:: the-hague-2025"))
    assert built.warnings == ""
    page = re.sub(r"<[^>]+>", "", built.page())
    for row in ip4kb.attendance("the-hague-2025"):
        assert row.representative is not None
        assert row.representative in page
        assert all(reason.text.removesuffix(".") in page for reason in row.reasons)
    assert f"data {ip4kb.data_version}" in page
    notes = re.findall(r'<li id="(ip4kb-[^"]+)"', built.page())
    assert notes
    assert {f"#{note}" for note in notes} == {link for link in built.links().values() if link.startswith("#ip4kb-")}


def test_unknown_stands_in_a_table_as_unknown(build: Build) -> None:
    built = build(rst(".. ip4kb:attendance::\n   :partner: Japan\n   :since: 2025"))
    assert "<em>unknown</em>" in built.page()
    assert "Ankara summit" in built.links()


def test_what_is_left_out_is_told(build: Build) -> None:
    answer = ip4kb.attendance(partner="japan", level="ambassador")
    built = build(rst(".. ip4kb:attendance::\n   :partner: japan\n   :level: ambassador"))
    assert answer.caveat is not None
    assert answer.caveat in built.page()


def test_who_came_of_one_partner_to_one_summit_names_both(build: Build) -> None:
    links = build(rst(".. ip4kb:attendance:: the-hague-2025\n   :partner: japan")).links()
    assert {"The Hague summit", "Japan"} <= links.keys()


def test_a_timeline_has_a_row_for_each_event(build: Build) -> None:
    rows = ip4kb.timeline("japan", kind="summit", since="2022")
    built = build(rst(".. ip4kb:timeline:: japan\n   :kind: summit\n   :since: 2022"))
    assert built.warnings == ""
    assert built.page().count("<tr") == len(rows) + 1
    assert all(row.name in built.links() for row in rows)


def test_two_tables_on_a_page_do_not_share_their_notes(build: Build) -> None:
    built = build(rst(".. ip4kb:timeline:: japan\n   :kind: summit\n\n.. ip4kb:attendance:: the-hague-2025"))
    assert built.warnings == ""
    anchors = re.findall(r' id="([^"]+)"', built.page())
    assert len(anchors) == len(set(anchors))


def test_a_reduced_date_that_only_overlaps_what_was_asked_is_marked(build: Build) -> None:
    built = build(
        rst(".. ip4kb:timeline:: the-hague-2025\n   :kind: summit\n   :since: 2025-06-25\n   :until: 2025-06")
    )
    assert "2025-06-24 to 2025-06-25</span>?" in built.page()


@pytest.mark.parametrize(
    ("directive", "sentence"),
    [
        ("attendance:: the-hague-2026", "Did you mean 'the-hague-2025'"),
        ("timeline:: japan\n   :since: soon", "soon"),
        ("timeline:: japan\n   :theme: chinna", "Did you mean 'china'"),
    ],
)
def test_a_question_that_cannot_be_asked_is_a_warning(build: Build, directive: str, sentence: str) -> None:
    built = build(rst(f".. ip4kb:{directive}"))
    assert sentence in built.warnings
    assert "[ip4kb]" in built.warnings
    assert "<table" not in built.page()


# --- pages of one's own, and other projects --------------------------------------------------------------------------

SHOWING = """
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

class Show(SphinxDirective):
    required_arguments = 1
    def run(self):
        self.env.domains["ip4kb"].note_shown("summit", self.arguments[0], "The Hague summit", "")
        return [nodes.paragraph("", "shown here")]

def setup(app):
    app.add_directive("show", Show)
    return {"parallel_read_safe": True}
"""


def test_a_project_that_shows_a_record_is_linked_within_and_from_others(build: Build) -> None:
    links = ":ip4kb:summit:`the-hague-2025` and :any:`the-hague-2025`"
    pages = {
        "index.rst": f"Page\n====\n\n{links}\n\n.. toctree::\n\n   shown\n",
        "shown.rst": "Shown\n=====\n\n.. show:: the-hague-2025\n",
    }
    own = build(pages, SHOWING, "own")
    assert own.warnings == ""
    assert own.page().count('href="shown.html"') >= 2
    assert SITE not in own.page()

    mapping = f"intersphinx_mapping = {{'own': ('https://example.org/own/', {str(own.folder / 'objects.inv')!r})}}"
    other = build(
        rst(":ip4kb:summit:`the-hague-2025`, :ip4kb:summit:`madrid-2022`, :external+own:ip4kb:summit:`the-hague-2025`"),
        f"extensions.append('sphinx.ext.intersphinx')\n{mapping}",
        "other",
    )
    assert other.warnings == ""
    assert other.page().count('href="https://example.org/own/shown.html"') == 2
    assert other.links()["Madrid summit"] == f"{SITE}record/summit/madrid-2022.html"


def test_a_page_that_is_read_again_forgets_what_it_showed(build: Build) -> None:
    index = {"index.rst": "Page\n====\n\n.. toctree::\n\n   shown\n"}
    build(index | {"shown.rst": "Shown\n=====\n\n.. show:: the-hague-2025\n"}, SHOWING)
    again = build({"shown.rst": "Shown\n=====\n\nNot here: :ip4kb:summit:`the-hague-2025`.\n"}, SHOWING)
    assert again.links("shown")["The Hague summit"] == f"{SITE}record/summit/the-hague-2025.html"


def test_reading_in_parallel_finds_what_each_process_showed(build: Build) -> None:
    shown = dict(zip([f"page{number}" for number in range(8)], ip4kb.summits.ids, strict=False))
    pages = {f"{name}.rst": f"Page\n====\n\n.. show:: {summit}\n" for name, summit in shown.items()}
    links = " ".join(f":ip4kb:summit:`{summit}`" for summit in shown.values())
    pages["index.rst"] = "\n".join(
        ["Page", "====", "", links, "", ".. toctree::", "", *(f"   {name}" for name in shown)]
    )
    built = build(pages, SHOWING, parallel=2)
    assert SITE not in built.page()
    assert {f"{name}.html" for name in shown} <= set(built.links().values())


# --- addresses -------------------------------------------------------------------------------------------------------


def test_an_address_is_that_of_the_page_with_the_place_as_anchor() -> None:
    assert page_of(bundled(), PLACE) == ("record/summit/the-hague-2025", "participations.japan")
    assert page_of(bundled(), f"{PLACE}.presence") == page_of(bundled(), PLACE)
    assert address_of(bundled(), PLACE) == f"{SITE}record/summit/the-hague-2025.html#participations.japan"
    assert address_of(bundled(), "japan") == f"{SITE}record/partner/japan.html"
    with pytest.raises(ip4kb.UnknownRecordError):
        address_of(bundled(), "atlantis")
