"""What is argued about the partner, where sources differ, and what our own desk would watch."""

from itertools import groupby
from xml.etree.ElementTree import Element

from ip4kb import ClaimKind, ClaimRow, KnowledgeBase, PartialDate, Partner, PositionRow, Stance

from ip4brief.markup import Content, element, section, unknown
from ip4brief.notes import Notes

ARGUMENTS = 6
"""How many arguments are told on either side, the newest."""


def watched(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """What our own records recommend on the partner and the four."""
    asked = [kb.claims_about(subject, kind=ClaimKind.RECOMMENDATION) for subject in ("ip4", partner.id)]
    claims = {row.claim: row for rows in asked for row in rows if row.layer}
    items = [element("li", row.summary, notes.behind(row)) for row in claims.values()]
    nothing = element("p", "None of our own records speaks of it.")
    return section("watched", "What our desk would watch", element("ul", items) if items else nothing)


def arguments(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """The newest arguments for closer ties with NATO, and those that caution or oppose."""
    claims = kb.claims_about(partner.id)
    return section(
        "arguments",
        "What is argued on closer ties",
        _side(kb, "For", [row for row in claims if row.stance is Stance.SUPPORTS], notes),
        _side(kb, "Against, or with caution", [row for row in claims if row.stance in _AGAINST], notes),
    )


_AGAINST = {Stance.CAUTIONS, Stance.OPPOSES}


def _side(kb: KnowledgeBase, heading: str, rows: list[ClaimRow], notes: Notes) -> list[Element]:
    def published(row: ClaimRow) -> PartialDate:
        return kb.sources[row.source].published or PartialDate(1)

    newest = sorted(rows, key=published, reverse=True)[:ARGUMENTS]
    count = f" (the newest {len(newest)} of {len(rows)})" if len(rows) > len(newest) else ""
    items = [element("li", _argument(row, notes), notes.behind(row)) for row in newest]
    none = element("p", unknown("No source here argues so; whether anybody does is unknown."))
    return [element("h3", heading + count), element("ul", items) if items else none]


def _argument(row: ClaimRow, notes: Notes) -> list[Content]:
    notes.disputed += row.contradicted_by
    who = f"{', '.join(row.by)}, in {row.author}" if row.by else row.author
    contradicted = " Another position was adopted; see where sources differ." if row.contradicted_by else None
    return [element("b", who), ": ", row.summary, contradicted]


def disagreements(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """Where sources differ about the partner or a fact told above, with all positions, the adopted one marked."""
    asked = [kb.disagreements_about(subject) for subject in (partner.id, *notes.disputed)]
    positions = {(row.disagreement, row.position): row for rows in asked for row in rows}
    points = [_point(list(rows), notes) for _, rows in groupby(positions.values(), key=lambda row: row.disagreement)]
    return section(
        "disagreements",
        "Where sources differ",
        points or element("p", "No disagreement on it is recorded."),
    )


def _point(rows: list[PositionRow], notes: Notes) -> Element:
    first, adopted = rows[0], any(row.adopted for row in rows)
    return element(
        "div",
        element("h3", first.name, "" if adopted else " (no position adopted)"),
        element("ul", [element("li", _position(row), notes.behind(row)) for row in rows]),
        element("p", first.reasoning, class_="reasoning"),
        class_="point",
    )


def _position(row: PositionRow) -> list[Content]:
    return [element("strong", "Adopted: ") if row.adopted else None, row.statement]
