"""The role that cites what stands behind a fact, and the bibliography of a page."""

from collections import defaultdict

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective, SphinxRole

import ip4kb
from ip4kb.model.kind import Kind
from ip4kb.queries.evidence import label_of
from ip4kb.sphinxext.parts import Inline, joined, linked, paragraph, records
from ip4kb.sphinxext.warned import warn, warned

_CITED = "ip4kb_cited"


class CiteRole(SphinxRole):
    """Cites a source, or each source that stands behind a record or a place in it, with the passages."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The sources in brackets, or the bare text and a warning where nothing bears the name."""
        try:
            cited = _cited(self.text)
        except ip4kb.Ip4kbError as error:
            return [warned(self, error, self.text)], []
        links = [[_citing(source, label)] for source, label in cited.items()]
        return [nodes.inline("", "", nodes.Text("("), *joined(links, "; "), nodes.Text(")"))], []


def _cited(place: str) -> dict[str, str]:
    """The sources to cite for a place, each with its label and passages.

    Raises:
        ArgumentError: If there is no such place, or it is no fact, or nothing is cited for it.
        UnknownRecordError: If there is no such record.
    """
    if records().kind_of(place) is Kind.SOURCE:
        return {place: label_of(records().collection(Kind.SOURCE)[place])}
    passages: dict[str, list[str]] = defaultdict(list)
    for row in (evidence := ip4kb.evidence(place)):
        passages[row.source] += [row.label, row.passage]
    if not evidence:
        msg = f"{place!r} has no citation, so there is nothing to cite."
        raise ip4kb.ArgumentError(msg)
    return {source: ", ".join(filter(None, dict.fromkeys(told))) for source, told in passages.items()}


def _citing(source: str, label: str) -> pending_xref:
    node = linked(source, label)
    node[_CITED] = True
    return node


class bibliography(nodes.General, nodes.Element):  # noqa: N801 (nodes of docutils are written so)
    """Where the bibliography of a page will stand."""


class BibliographyDirective(SphinxDirective):
    """The sources that a page cites, by author."""

    def run(self) -> list[nodes.Node]:
        """A place for the list, which is made when the page has been read whole."""
        node = bibliography()
        self.set_source_info(node)
        return [node]


def link_to_bibliographies(_app: Sphinx, doctree: nodes.document) -> None:
    """Make the bibliography of a page, and lead its citations there."""
    places = list(doctree.findall(bibliography))
    if not places:
        return
    citing = [node for node in doctree.findall(pending_xref) if node.get(_CITED)]
    if not citing:
        warn("Nothing is cited on this page, so its bibliography is empty.", places[0])
    entries = _entries({node["reftarget"] for node in citing})
    for node in citing:
        node.replace_self(nodes.reference("", "", *node.children, refid=_anchor(node["reftarget"]), internal=True))
    places[0].replace_self(entries)
    for place in places[1:]:
        warn("A page has one bibliography, which stands where the first is; leave out this one.", place)
        place.replace_self([])


def _anchor(source: str) -> str:
    return f"ip4kb-source-{source}"


def _entries(sources: set[str]) -> Inline:
    entries = {ip4kb.cite(source, style="text").strip(): source for source in sources}
    items = [
        nodes.list_item("", paragraph(*_entry(text, source)), ids=[_anchor(source)])
        for text, source in sorted(entries.items(), key=lambda entry: entry[0].casefold())
    ]
    return [nodes.bullet_list("", *items, classes=["ip4kb-bibliography"])] if items else []


def _entry(text: str, source: str) -> Inline:
    record = records().collection(Kind.SOURCE)[source]
    address = record.url or record.archived_url
    told = text.removesuffix(address).rstrip() if address else text
    opened = [nodes.Text(" "), nodes.reference("", address, refuri=address, internal=False)] if address else []
    return [nodes.Text(told), *opened, nodes.Text(" ("), linked(source, "in ip4kb"), nodes.Text(")")]
