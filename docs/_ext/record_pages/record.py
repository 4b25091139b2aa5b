"""The page of a record: what is known of it, what is argued about it, and where sources differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb import Kind
from ip4kb.model.field import are_parts
from ip4kb.queries.attendance import row_of
from ip4kb.queries.evidence import UNKNOWN
from ip4kb.records import date_of
from ip4kb.sphinxext.answers import attendance_table, who_came, word
from ip4kb.sphinxext.parts import Notes, joined, linked, paragraph, records, standing_mark, table, unknown, words
from record_pages import fields
from record_pages.frame import crumbs, note_shown, page_section, section, to_cite, to_page
from record_pages.pictures import picture
from record_pages.timeline import timeline_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ip4kb import AttendanceRow
    from ip4kb.sphinxext.parts import Inline, Row

KINDS: Final = (
    Kind.PARTNER,
    Kind.ALLIANCE,
    Kind.SUMMIT,
    Kind.MEETING,
    Kind.DECLARATION,
    Kind.INITIATIVE,
    Kind.DISAGREEMENT,
)
"""The kinds of record that this page is made for; sources have one of their own, on which claims stand too."""

PARTS: Final = {
    "members": "Members",
    "offices": "Offices",
    "developments": "Step by step",
    "provisions": "What it says",
    "silences": "What it leaves out",
    "positions": "Positions",
}


class RecordPage(SphinxDirective):
    """Everything about one record."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        record: Any = ip4kb.find(self.arguments[0])
        kind = type(record).__name__.lower()
        note_shown(self.env, kind, record.id, record.name)
        notes = Notes("note-")
        page = page_section(record.name)
        page += crumbs(Kind(kind))
        page += _lead(record, notes)
        page += fields.facts_table(record, notes)
        if untold := fields.unknown_facts(record):
            page += paragraph("Unknown, as no source here tells: ", ", ".join(untold), ".", classes=["ip4kb-unknown"])
        if (sections := _SECTIONS.get(Kind(kind))) is not None:
            page += [*sections(record, notes)]
        page += [*_parts(record, notes)]
        page += [*argued(record.id), *differing(record), *_referring(record)]
        if listed := notes.listed():
            page += section("Sources", "sources", *listed)
        page += to_cite(f"record/{kind}/{record.id}", record.id)
        return [page]


def _lead(record: Any, notes: Notes) -> Iterator[nodes.Node]:
    if summary := getattr(record, "summary", None):
        cited = fields.citations_of(record.id, record, "summary")
        yield paragraph(summary, *notes.marks(cited), classes=["lead"], anchor="summary")
    if reasoning := getattr(record, "reasoning", None):
        yield paragraph(reasoning, classes=["lead"], anchor="reasoning")
    if record.note:
        yield paragraph(f"Note: {record.note}")


def _parts(record: Any, notes: Notes) -> Iterator[nodes.Node]:
    for name, title in PARTS.items():
        if are_parts(getattr(record, name, ())):
            yield section(title, name, fields.parts_table(record, name, notes))


def _of_partner(partner: Any, notes: Notes) -> Iterator[nodes.Node]:
    rows = ip4kb.attendance(partner=partner.id)
    yield section("At the summits", "summits", attendance_table(rows, notes))
    links = joined(([to_page(page.name, page.period)] for page in timeline_pages(partner.id)), ", ")
    whole = paragraph("Event by event, with sources: ", *links, ".")
    yield section("Timeline", "timeline", picture(f"timeline-{partner.id}"), whole)
    yield section("Initiatives", "initiatives", initiatives_table(partner.id))


def initiatives_table(party: str) -> nodes.table:
    """The initiatives of a party, with what became of them."""
    rows: list[Row] = [
        (
            "",
            [
                [linked(found.id)],
                [nodes.Text(words(found.kind))],
                [nodes.Text(words(found.status))] if found.status else unknown(),
                [nodes.Text(str(found.developments[-1].date or ""))] if found.developments else [],
            ],
        )
        for found in ip4kb.initiatives
        if party in found.parties
    ]
    return table(("Initiative", "Kind", "Status", "Last step known"), rows, classes=["sortable"])


def _of_gathering(gathering: Any, notes: Notes) -> Iterator[nodes.Node]:
    if rows := _participations(gathering):
        columns: dict[str, Callable[[Any], Inline]] = {
            "Party": lambda row: fields.named(row.partner),
            "Who came": lambda row: who_came(row, notes),
            "Level": lambda row: word(row.level),
        }
        for heading, name in {"Invited": "invitation", "How": "mode", "Known as": "basis"}.items():
            if any(getattr(row, name) is not UNKNOWN for row in rows):
                columns[heading] = lambda row, name=name: word(getattr(row, name))  # type: ignore[misc] # bound now
        columns["How well it stands"] = lambda row: standing_mark(row.standing)
        cells = ((row.place.partition("#")[2], [tell(row) for tell in columns.values()]) for row in rows)
        yield section("Who came", "participations", table([*columns], cells))
    declared = [found for found in ip4kb.declarations if found.meeting == gathering.id]
    if declared:
        yield section("Documents", "documents", _links(declared))
    within = [found for found in ip4kb.meetings if found.within == gathering.id]
    if within:
        yield section("Meetings at it", "meetings", _links(within))


def _participations(gathering: Any) -> list[AttendanceRow]:
    """Who took part: of a summit all four partners first, known or unknown, then whoever else is known."""
    found = {part.party: part for part in gathering.participations}
    if isinstance(gathering, ip4kb.Summit):
        found = {partner: found.get(partner) for partner in sorted(ip4kb.partners.ids)} | found
    return [row_of(records(), gathering, party, part, certain=True) for party, part in found.items()]


def _of_alliance(alliance: Any, _notes: Notes) -> Iterator[nodes.Node]:
    if any(alliance.id in found.parties for found in ip4kb.initiatives):
        yield section("Initiatives", "initiatives", initiatives_table(alliance.id))


def _links(found: Any) -> nodes.bullet_list:
    items = (nodes.list_item("", paragraph(linked(record.id), _dated(record))) for record in found)
    return nodes.bullet_list("", *items)


def _dated(record: Any) -> str:
    date = date_of(record)
    return f", {date}" if date else ""


_SECTIONS: Final = {
    Kind.PARTNER: _of_partner,
    Kind.SUMMIT: _of_gathering,
    Kind.MEETING: _of_gathering,
    Kind.ALLIANCE: _of_alliance,
}


def argued(subject: str) -> Iterator[nodes.Node]:
    """What sources argue about a record: each claim with its author and where it stands on closer ties."""
    rows = ip4kb.claims_about(subject)
    if not rows:
        return
    cells: list[Row] = [
        (
            "",
            [
                [linked(row.claim, row.author)],
                [nodes.Text(row.summary), *_contradicted(row)],
                [nodes.Text(words(row.stance))] if row.stance else [],
                [nodes.Text(words(row.kind))],
            ],
        )
        for row in rows
    ]
    headings = ("Who", "What is argued", "On closer ties", "Kind")
    yield section("What is argued about it", "claims", table(headings, cells, classes=["sortable"]))


def _contradicted(row: Any) -> list[nodes.Node]:
    if not row.contradicted_by:
        return []
    return [nodes.Text(" Contradicted: see "), *fields.named(tuple(row.contradicted_by)), nodes.Text(".")]


def differing(record: Any) -> Iterator[nodes.Node]:
    """The disagreements about a record or a place in it."""
    found = dict.fromkeys(row.disagreement for row in ip4kb.disagreements_about(record.id))
    if found and not isinstance(record, ip4kb.Disagreement):
        yield section("Where sources differ", "disagreements", _links([ip4kb.find(id) for id in found]))


def _belongs(other: Any, record: Any) -> bool:
    return record.id in {getattr(other, "meeting", None), getattr(other, "within", None)}


def _referring(record: Any) -> Iterator[nodes.Node]:
    if isinstance(record, ip4kb.Partner | ip4kb.Alliance):
        return
    told_above = {Kind.CLAIM, Kind.DISAGREEMENT, Kind.SOURCE}
    found = dict.fromkeys(row.record for row in ip4kb.referring_to(record.id) if row.record != record.id)
    others = [
        other
        for id in found
        if records().kind_of(id) not in told_above and not _belongs(other := ip4kb.find(id), record)
    ]
    if others:
        yield section("Named by", "named-by", _links(others))
