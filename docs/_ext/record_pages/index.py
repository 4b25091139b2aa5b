"""The ways into the record: an overview, an index of each kind, and the whole timeline of a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb import Kind
from ip4kb.queries.evidence import label_of
from ip4kb.records import date_of
from ip4kb.sphinxext.parts import dated, linked, paragraph, records, table, words
from record_pages import fields
from record_pages.frame import NAMES, crumbs, page_section, section, to_cite, to_page
from record_pages.pictures import picture
from record_pages.theme import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ip4kb.sphinxext.parts import Inline, Row

UNDATED: Final = "undated"


def _year(source: ip4kb.Source) -> str:
    return str(source.published.year) if source.published else UNDATED


YEARS: Final = tuple(dict.fromkeys(_year(source) for source in ip4kb.sources))
"""When the sources were published, undated ones last."""

_WHAT: Final = {
    Kind.PARTNER: "Australia, Japan, New Zealand and the Republic of Korea: offices, steps, attendance, initiatives.",
    Kind.ALLIANCE: "NATO, the groupings and the frameworks that the four meet it in.",
    Kind.SUMMIT: "Meetings of the North Atlantic Council at the level of heads of state and government, and who came.",
    Kind.MEETING: "Ministerials, visits, talks and other gatherings.",
    Kind.DECLARATION: "What summits and partners put in writing, and what they left out.",
    Kind.INITIATIVE: "Programmes, projects, missions and deals, and what became of each.",
    Kind.CLAIM: "What analysts and officials argue, foresee or count, by publication.",
    Kind.DISAGREEMENT: "Points on which sources differ, with every position.",
    Kind.SOURCE: "The texts that everything here is cited from.",
}


class Overview(SphinxDirective):
    """The record at a glance."""

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        page = page_section("The record")
        page += paragraph(
            f"What ip4kb knows, one page a record, made from data {ip4kb.data_version}. Below each fact stand its "
            "sources; each opens at the passage. What no source says is unknown, which is neither yes nor no.",
            classes=["lead"],
        )
        page += picture("attendance")
        rows: list[Row] = [
            (kind, [[to_page(f"record/{kind}/index", NAMES[kind])], [nodes.Text(_count(kind))], [nodes.Text(what)]])
            for kind, what in _WHAT.items()
        ]
        rows.append(
            (
                "theme",
                [
                    [to_page("record/theme/index", NAMES["theme"])],
                    [nodes.Text(str(len(THEMES)))],
                    [nodes.Text("What the declarations say on each theme, side by side.")],
                ],
            )
        )
        page += table(("Kind", "Records", "What it holds"), rows)
        page += section("For what time it was gathered", "coverage", _coverage())
        page += to_cite("record/index", None)
        return [page]


def _count(kind: Kind) -> str:
    return str(len(records().collection(kind)))


def _coverage() -> nodes.table:
    rows: list[Row] = [
        ("", [[nodes.Text(NAMES[row.kind])], *([nodes.Text(str(date))] for date in (row.since, row.until))])
        for row in ip4kb.coverage()
    ]
    return table(("Kind", "From", "Until"), rows)


class KindIndex(SphinxDirective):
    """All records of a kind, or all themes; the sources of one year, as all of them are too many for one page."""

    required_arguments = 1
    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        kind, *year = self.arguments
        if year:
            page = page_section(f"Sources published in {year[0]}" if year[0] != UNDATED else "Sources without a date")
            page += crumbs(Kind.SOURCE)
            page += _listed(_SOURCES, [source for source in ip4kb.sources if _year(source) == year[0]])
            return [page]
        page = page_section(NAMES["theme" if kind == "theme" else Kind(kind)])
        page += paragraph(to_page("record/index", "The record"), classes=["ip4kb-crumbs"])
        page += [*_INDEXES[kind]()]
        return [page]


def _listed(columns: dict[str, Callable[[Any], Inline]], found: Sequence[Any]) -> nodes.table:
    rows = ((row.id, [show(row) for show in columns.values()]) for row in found)
    return table(tuple(columns), rows, classes=["sortable"])


def _text(show: Callable[[Any], object]) -> Callable[[Any], Inline]:
    def cell(record: Any) -> Inline:
        value = show(record)
        return [] if value is None else [nodes.Text(words(value))]

    return cell


def _date(record: Any) -> Inline:
    return dated(date_of(record))


def _link(record: Any) -> Inline:
    return [linked(record.id)]


_SOURCES: Final[dict[str, Callable[[Any], Inline]]] = {
    "Published": _date,
    "Title": _link,
    "By": _text(label_of),
    "Publisher": _text(lambda source: source.publisher),
}

_COLUMNS: Final[dict[Kind, dict[str, Callable[[Any], Inline]]]] = {
    Kind.PARTNER: {
        "Partner": _link,
        "Official name": _text(lambda partner: partner.official_name),
        "Capital": _text(lambda partner: partner.capital),
    },
    Kind.ALLIANCE: {"Name": _link, "Kind": _text(lambda alliance: alliance.kind), "Founded": _date},
    Kind.SUMMIT: {
        "Summit": _link,
        "Start": _date,
        "Place": lambda summit: fields.told(summit.places),
        "Hosts": lambda summit: fields.named(summit.hosts),
    },
    Kind.MEETING: {"Date": _date, "Meeting": _link, "Kind": _text(lambda meeting: meeting.kind)},
    Kind.DECLARATION: {
        "Issued": _date,
        "Declaration": _link,
        "Kind": _text(lambda declaration: declaration.kind),
        "Issued by": lambda declaration: fields.named(declaration.issuers),
    },
    Kind.INITIATIVE: {
        "Initiative": _link,
        "Kind": _text(lambda initiative: initiative.kind),
        "Parties": lambda initiative: fields.named(initiative.parties),
        "First step": _date,
        "Status": _text(lambda initiative: initiative.status),
    },
    Kind.DISAGREEMENT: {
        "On": _link,
        "About": lambda disagreement: fields.named(disagreement.about),
        "A position adopted": _text(
            lambda disagreement: "yes" if any(position.adopted for position in disagreement.positions) else "no"
        ),
    },
}


def _of_kind(kind: Kind) -> Callable[[], Iterator[nodes.Node]]:
    def indexed() -> Iterator[nodes.Node]:
        if kind is Kind.SUMMIT:
            yield picture("attendance")
        yield _listed(_COLUMNS[kind], list(records().collection(kind)))

    return indexed


def _of_sources() -> Iterator[nodes.Node]:
    rows: list[Row] = [
        (
            "",
            [
                [to_page(f"record/source/published/{year}", year)],
                [nodes.Text(str(sum(_year(source) == year for source in ip4kb.sources)))],
            ],
        )
        for year in YEARS
    ]
    yield table(("Published", "Sources"), rows)


def _of_claims() -> Iterator[nodes.Node]:
    yield picture("literature")
    claims: dict[str, int] = {}
    for claim in ip4kb.claims:
        claims[claim.source] = claims.get(claim.source, 0) + 1
    found = [source for source in ip4kb.sources if source.id in claims]
    yield _listed(_SOURCES | {"Claims": _text(lambda source: claims[source.id])}, found)


def _of_themes() -> Iterator[nodes.Node]:
    rows: list[Row] = []
    for theme in THEMES:
        says = [part for found in ip4kb.declarations for part in found.provisions if part.theme == theme]
        silent = [part for found in ip4kb.declarations for part in found.silences if part.theme == theme]
        name = words(ip4kb.Theme(theme)).capitalize()
        cells: list[Inline] = [
            [to_page(f"record/theme/{theme}", name)],
            *([nodes.Text(str(len(some)))] for some in (says, silent)),
        ]
        rows.append((theme, cells))
    yield table(("Theme", "Declarations that speak of it", "That are silent on it"), rows, classes=["sortable"])


_INDEXES: Final[dict[str, Callable[[], Iterator[nodes.Node]]]] = {
    **{kind.value: _of_kind(kind) for kind in _COLUMNS},
    Kind.SOURCE.value: _of_sources,
    Kind.CLAIM.value: _of_claims,
    "theme": _of_themes,
}
