"""Everything that the record tells of a partner by date, on as many pages as its length asks for."""

from __future__ import annotations

import functools
import itertools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb import Kind
from ip4kb.sphinxext.parts import dated, joined, linked, numbered, paragraph, standing_mark, table
from record_pages.frame import crumbs, page_section, to_cite, to_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ip4kb.sphinxext.parts import Inline

LONGEST: Final = 200
"""How many events fit on a page, which is to stay under 300 kB."""


class Period(NamedTuple):
    """A page of a timeline: its name, the years it tells of, and its events."""

    name: str
    period: str
    rows: tuple[Any, ...]


@functools.cache
def timeline_pages(partner: str) -> tuple[Period, ...]:
    """The pages of a partner, each of whole years; the last one ends with what has no date."""
    years = [tuple(rows) for _, rows in itertools.groupby(ip4kb.timeline(partner), key=_year)]
    pages: list[tuple[Any, ...]] = []
    for rows in years:
        if pages and len(pages[-1]) + len(rows) <= LONGEST:
            pages[-1] += rows
        else:
            pages.append(rows)
    return tuple(
        Period(f"record/timeline/{partner}-{number}", _period(rows), rows) for number, rows in enumerate(pages, start=1)
    )


def _year(row: Any) -> str:
    return str(row.date.year) if row.date else "without a date"


def _period(rows: tuple[Any, ...]) -> str:
    first, last = _year(rows[0]), _year(rows[-1])
    return first if first == last else f"{first} to {last}" if rows[-1].date else f"{first} and later"


class TimelinePage(SphinxDirective):
    """A page of the timeline of a partner."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        partner, number = ip4kb.partners[self.arguments[0]], int(self.arguments[1])
        pages = timeline_pages(partner.id)
        shown = pages[number - 1]
        page = page_section(f"Timeline of {partner.name}, {shown.period}")
        page += crumbs(Kind.PARTNER)
        others = joined(([to_page(other.name, other.period)] for other in pages if other is not shown), ", ")
        page += paragraph(
            "All that the record tells of ",
            linked(partner.id),
            " by date. Each event leads to where it is told; the numbers open the sources at the passage.",
            *([nodes.Text(" Other years: "), *others, nodes.Text(".")] if others else []),
        )
        rows = (("", [*_happened(row)]) for row in shown.rows)
        page += table(("Date", "What happened", "How well it stands"), rows)
        page += to_cite(shown.name, f"timeline of {partner.id}")
        return [page]


def _happened(row: Any) -> Iterator[Inline]:
    yield dated(row.date, row.until)
    addresses = dict.fromkeys(citation.url for citation in row.citations if citation.url)
    marks = numbered({number: {"refuri": address} for number, address in enumerate(addresses, start=1)})
    yield [linked(row.place, row.name), nodes.Text(f": {row.summary}"), *marks]
    yield standing_mark(row.standing)
