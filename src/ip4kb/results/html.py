"""How a table of rows looks in a notebook or on a page."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from ip4kb.markup import block, link, table, text
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation
from ip4kb.queries.layers import mark_of

if TYPE_CHECKING:
    from ip4kb.results.table import Table


def html_of(answer: "Table[Any]") -> str:
    """A table, its caveat, the citations as a numbered list with a link to each passage, and the data version."""
    notes = Notes(answer)
    rows = [_cells(answer, row, notes) for row in answer]
    return framed(answer, [column.heading for column in answer.columns], rows, notes)


class Notes:
    """The footnotes of an answer: the same passage cited at several places is one."""

    def __init__(self, answer: "Table[Any]") -> None:
        self._numbers: dict[tuple[str, str], tuple[int, ResolvedCitation]] = {}
        for citation in answer.citations if answer.footnotes else ():
            self._numbers.setdefault((citation.source, str(citation)), (len(self._numbers) + 1, citation))

    def marks(self, citations: tuple[ResolvedCitation, ...]) -> str:
        """The numbers of some citations, each a link to its passage."""
        found = dict.fromkeys(self._numbers[citation.source, str(citation)] for citation in citations)
        return "".join(f" <sup>{link(citation.url, f'[{number}]', str(citation))}</sup>" for number, citation in found)

    def __iter__(self) -> Iterator[ResolvedCitation]:
        return (citation for _, citation in self._numbers.values())


def framed(answer: "Table[Any]", headings: Sequence[str], rows: Sequence[Sequence[str]], notes: Notes) -> str:
    """A table of cells that are HTML already, and below it all that belongs to the answer."""
    return block(
        table(caption(answer), headings, rows),
        f"<p>{text(answer.caveat)}</p>" if answer.caveat else "",
        f"<p>{text(told)}</p>" if (told := answer._below()) else "",  # noqa: SLF001 (of the same room)
        footnotes(notes),
        version_line(answer.data_version),
    )


def caption(answer: "Table[Any]") -> str:
    """What was asked, and how many rows answer it."""
    return f"{answer.title} ({len(answer)} {'row' if len(answer) == 1 else 'rows'})"


def _cells(answer: "Table[Any]", row: Any, notes: Notes) -> list[str]:
    cells = [column.mark(row) if column.mark else cell(column.show(row)) for column in answer.columns]
    if answer.footnotes:
        cells[-1] += notes.marks(answer.citations_of(row))
    cells[-1] += own_mark(row)
    return cells


def own_mark(row: Any) -> str:
    """What marks a row as one's own or as replaced."""
    return f" <em>({text(mark)})</em>" if (mark := mark_of(row)) else ""


def cell(value: object) -> str:
    """A value of a row; unknown stands in italics, and what is empty as a dash."""
    if value is None or value == ():
        return '<span aria-label="none">&ndash;</span>'
    if value is UNKNOWN:
        return f"<em>{text(UNKNOWN.value)}</em>"
    if isinstance(value, tuple):
        return "; ".join(map(cell, value))
    return text(str(value))


def footnotes(citations: Iterable[ResolvedCitation]) -> str:
    """The citations as a numbered list: source and passage, linked, and whether a machine has found it there."""
    items = "".join(f"<li>{link(citation.url, str(citation))} {text(citation.title)}</li>" for citation in citations)
    return f"<ol>{items}</ol>" if items else ""


def version_line(data_version: str | None) -> str:
    """Which data it is that answers."""
    return f"<p><small>ip4kb, data {text(data_version)}, CC BY 4.0</small></p>" if data_version else ""
