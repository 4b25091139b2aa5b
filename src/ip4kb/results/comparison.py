"""Documents side by side, as a table."""

from typing import ClassVar

from ip4kb.markup import text
from ip4kb.model.theme import Theme
from ip4kb.queries.comparison import CompareRow, Speech
from ip4kb.results.html import Notes, cell, framed, own_mark
from ip4kb.results.table import Column, Table

_SIDE_BY_SIDE = 4
"""How many documents stand side by side on a page; more stand below one another."""


class Comparison(Table[CompareRow]):
    """Documents side by side: a `CompareRow` for each theme and document, by theme, then by date."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("theme", 14, lambda row: row.theme),
        Column("document", 26, lambda row: row.name),
        Column("issued", 10, lambda row: row.issued),
        Column("speech", 9, lambda row: row.speech),
        Column("what it says", 43, lambda row: f"{row.summary} “{row.phrase}”" if row.phrase else row.summary),
    )

    def _repr_html_(self) -> str:
        """A column for each document, where there are few; else a row for each theme and document."""
        documents = {row.declaration: row for row in self}
        if len(documents) > _SIDE_BY_SIDE:
            return super()._repr_html_()
        notes = Notes(self)
        said: dict[tuple[Theme, str], str] = {}
        for row in self:
            before = said.get((row.theme, row.declaration))
            told = _said(row) + notes.marks(row.citations) + own_mark(row)
            said[row.theme, row.declaration] = f"{before}<br>{told}" if before else told
        rows = [
            [cell(theme.value), *(said[theme, document] for document in documents)]
            for theme in dict.fromkeys(row.theme for row in self)
        ]
        return framed(self, ["theme", *map(_heading, documents.values())], rows, notes)


def _heading(row: CompareRow) -> str:
    length = [f"{row.paragraphs} paragraphs" if row.paragraphs else "", f"{row.words} words" if row.words else ""]
    return ", ".join(filter(None, [row.name, str(row.issued or ""), *length]))


def _said(row: CompareRow) -> str:
    if row.summary is None:
        return f"<em>{row.speech.value}</em>"
    phrase = f" “{text(row.phrase)}”" if row.phrase else ""
    silent = "<em>silent</em>: " if row.speech is Speech.SILENT else ""
    return f"{silent}{text(row.summary)}{phrase}"
