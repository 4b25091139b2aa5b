"""Directives that show the answer to a question as a table."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb.queries.attendance import AttendanceRow
from ip4kb.queries.evidence import UNKNOWN
from ip4kb.queries.timeline import TimelineRow
from ip4kb.results.table import Table
from ip4kb.sphinxext.parts import Inline, Notes, dated, linked, paragraph, standing_mark, table, unknown, words
from ip4kb.sphinxext.warned import warn

STANDING = "How well it stands"


class AnswerDirective(SphinxDirective, ABC):
    """A question as a directive: its argument is the subject, its options are the filters."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """The table, what limits it, its citations, and the version of the data."""
        try:
            answer = self.ask(*self.arguments, **self.options)
        except ip4kb.Ip4kbError as error:
            warn(str(error), self.get_location())
            return []
        notes = Notes(f"ip4kb-{self.env.new_serialno('ip4kb')}-")
        shown = self.show(answer, notes)
        limits = [paragraph(answer.caveat)] if answer.caveat else []
        version = paragraph(f"ip4kb, data {answer.data_version}, CC BY 4.0", classes=["ip4kb-version"])
        return [shown, *limits, *notes.listed(), version]

    @abstractmethod
    def ask(self, *subject: str, **filters: str) -> Table[Any]:
        """Ask the question."""

    @abstractmethod
    def show(self, answer: Any, notes: Notes) -> nodes.table:
        """Show the answer."""


def attendance_table(rows: ip4kb.Attendance, notes: Notes) -> nodes.table:
    """Who came to which gathering; where all rows share the gathering, or all the partner, it has no column."""
    columns: dict[str, Callable[[AttendanceRow], Inline]] = {}
    gatherings, partners = ({getattr(row, name) for row in rows} for name in ("gathering", "partner"))
    if len(gatherings) > 1 or len(partners) == 1:
        columns["Gathering"] = lambda row: [linked(row.gathering)]
        columns["Date"] = lambda row: dated(row.date)
    if len(partners) > 1 or len(gatherings) == 1:
        columns["Partner"] = lambda row: [linked(row.partner)]
    columns["Who came"] = lambda row: who_came(row, notes)
    columns["Level"] = lambda row: word(row.level)
    columns[STANDING] = lambda row: standing_mark(row.standing)
    return table([*columns], (("", [tell(row) for tell in columns.values()]) for row in rows))


def word(value: object) -> Inline:
    """A word of a row; unknown in italics, and a dash where there can be none."""
    return unknown() if value is UNKNOWN else [nodes.Text("–" if value is None else words(value))]


def who_came(row: AttendanceRow, notes: Notes) -> Inline:
    """Who came and in whose place, else whether anyone came or was invited; below it the reasons that were given."""
    known = (told for told in (row.representative, row.presence, row.invitation) if told not in {None, UNKNOWN})
    instead = [nodes.Text(f", in place of {row.in_place_of}")] if row.in_place_of else []
    of_reasons = {citation for reason in row.reasons for citation in reason.citations}
    marks = notes.marks(citation for citation in row.citations if citation not in of_reasons)
    reasons = [
        nodes.list_item("", paragraph(f"Reason: {reason}", *notes.marks(reason.citations))) for reason in row.reasons
    ]
    came = paragraph(*word(next(known, UNKNOWN)), *instead, *marks)
    return [came, nodes.bullet_list("", *reasons)] if reasons else [came]


def timeline_table(rows: ip4kb.Timeline, notes: Notes) -> nodes.table:
    """What happened, by date."""
    return table(("Date", "What happened", STANDING), (("", [*_happened(row, notes)]) for row in rows))


def _happened(row: TimelineRow, notes: Notes) -> Iterator[Inline]:
    yield [*dated(row.date, row.until), nodes.Text("" if row.certain or row.date is None else "?")]
    yield [linked(row.place, row.name), nodes.Text(f": {row.summary}"), *notes.marks(row.citations)]
    yield standing_mark(row.standing)


class AttendanceDirective(AnswerDirective):
    """Who of the four came to a summit or meeting, or to which ones a partner came; see `ip4kb.attendance`."""

    option_spec: ClassVar[dict[str, Callable[[str], str]]] = dict.fromkeys(
        ("partner", "kind", "level", "theme", "since", "until"), directives.unchanged_required
    )

    def ask(self, *subject: str, **filters: str) -> ip4kb.Attendance:
        """Ask who came."""
        return ip4kb.attendance(*subject, **filters)

    def show(self, answer: ip4kb.Attendance, notes: Notes) -> nodes.table:
        """Show who came."""
        return attendance_table(answer, notes)


class TimelineDirective(AnswerDirective):
    """What happened around a record; see `ip4kb.timeline`."""

    option_spec: ClassVar[dict[str, Callable[[str], str]]] = dict.fromkeys(
        ("kind", "theme", "since", "until"), directives.unchanged_required
    )

    def ask(self, *subject: str, **filters: str) -> ip4kb.Timeline:
        """Ask what happened."""
        return ip4kb.timeline(*subject, **filters)

    def show(self, answer: ip4kb.Timeline, notes: Notes) -> nodes.table:
        """Show what happened."""
        return timeline_table(answer, notes)
