"""What all pages of the record have: a title, the way back, how to cite it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.addnodes import pending_xref

from ip4kb import Kind
from ip4kb.citing.address import SITE
from ip4kb.citing.bibtex import bibtex
from ip4kb.citing.csl import entry_of_ip4kb
from ip4kb.sphinxext.domain import Ip4kbDomain
from ip4kb.sphinxext.parts import paragraph, records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

NAMES: Final = {
    Kind.PARTNER: "Partners",
    Kind.ALLIANCE: "Alliances and groupings",
    Kind.SUMMIT: "Summits",
    Kind.MEETING: "Meetings",
    Kind.DECLARATION: "Declarations",
    Kind.INITIATIVE: "Initiatives",
    Kind.CLAIM: "Claims",
    Kind.DISAGREEMENT: "Disagreements",
    Kind.SOURCE: "Sources",
    "theme": "Themes",
}


def to_page(page: str, title: str) -> pending_xref:
    """A link to another page of this site."""
    asked = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}", "refexplicit": True, "refwarn": True}
    return pending_xref("", nodes.inline("", title), **asked)


def page_section(title: str) -> nodes.section:
    """The page itself."""
    return section(title, "top")


def note_shown(env: BuildEnvironment, kind: str, id: str, name: str, anchor: str = "") -> None:
    """Tell the domain that the page being read shows a record, so that links and other projects find it."""
    domain = env.domains[Ip4kbDomain.name]
    assert isinstance(domain, Ip4kbDomain)  # noqa: S101 (the type of what Sphinx keeps by name)
    domain.note_shown(kind, id, name, anchor)


def section(title: str, anchor: str, *content: nodes.Node) -> nodes.section:
    """A part of a page, with a heading."""
    return nodes.section("", nodes.title("", title, support_smartquotes=False), *content, ids=[anchor])


def crumbs(kind: Kind | str) -> nodes.paragraph:
    """The way back to the index of the kind."""
    return paragraph(
        to_page("record/index", "The record"),
        " › ",
        to_page(f"record/{kind}/index", NAMES[kind]),
        classes=["ip4kb-crumbs"],
    )


def to_cite(page: str, asked: str | None) -> Iterator[nodes.Node]:
    """The BibTeX entry of a page, folded away."""
    entry = entry_of_ip4kb(records(), asked) | {"URL": f"{SITE}{page}.html"}
    yield nodes.raw("", "<details class='ip4kb-cite'><summary>Cite this page</summary>", format="html")
    yield nodes.literal_block("", bibtex([entry]), language="bibtex")
    yield nodes.raw("", "</details>", format="html")
