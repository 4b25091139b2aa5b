"""The page of a source: what it is, what it claims, and where the record cites it."""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb import Kind
from ip4kb.places import walk
from ip4kb.queries.evidence import resolved
from ip4kb.sphinxext.parts import Notes, linked, paragraph, records, table, words
from record_pages import fields
from record_pages.frame import crumbs, note_shown, page_section, section, to_cite
from record_pages.record import differing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class SourcePage(SphinxDirective):
    """Everything about one source."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        source = ip4kb.sources[self.arguments[0]]
        note_shown(self.env, "source", source.id, source.title)
        notes = Notes("note-")
        page = page_section(source.title)
        page += crumbs(Kind.SOURCE)
        if source.note:
            page += paragraph(f"Note: {source.note}")
        page += fields.frame_table(source)
        for row in (claims := ip4kb.claims_about(source.id)):
            note_shown(self.env, "claim", row.claim, row.summary, row.claim)
        if claims:
            page += section("What it claims", "claims", _claims(claims, notes))
        page += [*_cited_for(source.id), *differing(source)]
        if listed := notes.listed():
            page += section("Passages", "passages", *listed)
        page += to_cite(f"record/source/{source.id}", source.id)
        return [page]


def _claims(claims: Sequence[Any], notes: Notes) -> nodes.table:
    rows = [
        (
            row.claim,
            [
                [nodes.Text(row.summary), *notes.marks(row.citations)],
                fields.named(row.about),
                [nodes.Text("; ".join(row.by))],
                [nodes.Text(words(row.stance) if row.stance else "")],
                [nodes.Text(words(row.kind))],
                fields.named(row.contradicted_by),
            ],
        )
        for row in claims
    ]
    return table(("Claim", "About", "By others", "On closer ties", "Kind", "Contradicted in"), rows)


@functools.cache
def _citations() -> Mapping[str, Sequence[Any]]:
    """For each source where it is cited: all citations but those of claims, which stand on its page anyway."""
    found: dict[str, list[Any]] = defaultdict(list)
    for kind in Kind:
        for record in records().collection(kind) if kind is not Kind.CLAIM else ():
            for place, node in walk(record, record.id):
                for citation in resolved(records(), place, node) if hasattr(node, "citations") else ():
                    found[citation.source].append(citation)
    return found


def _cited_for(source: str) -> Iterator[nodes.Node]:
    cited = _citations().get(source, ())
    if cited:
        rows = [("", [fields.named(citation.place), *_passage(citation)]) for citation in cited]
        yield section("What it is cited for", "cited-for", table(("Where", "Which facts", "Passage"), rows))


def _passage(citation: Any) -> list[list[nodes.Node]]:
    told = ", ".join(filter(None, [citation.passage, f"“{citation.phrase}”" if citation.phrase else ""])) or "the whole"
    opened = nodes.reference("", told, refuri=citation.url, internal=False) if citation.url else nodes.Text(told)
    stands = f" ({citation.verification.value}{', inferred' if citation.inferred else ''})"
    read_in = [nodes.Text(", read in "), linked(citation.via)] if citation.via else []
    facts = "; ".join(name.replace("_", " ") for name in citation.supports)
    return [[nodes.Text(facts)], [opened, nodes.Text(stands), *read_in]]
