"""The page of a theme: what each declaration says on it, or leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb
from ip4kb.queries.comparison import compare
from ip4kb.sphinxext.parts import Notes, dated, linked, paragraph, records, standing_mark, table, words
from record_pages.frame import crumbs, note_shown, page_section, section, to_cite

if TYPE_CHECKING:
    from ip4kb.sphinxext.parts import Row


def coded(declaration: ip4kb.Declaration) -> set[ip4kb.Theme]:
    """The themes on which a declaration is known to speak or to be silent."""
    return {part.theme for part in declaration.provisions} | {part.theme for part in declaration.silences}


_CODED: Final = {theme for declaration in ip4kb.declarations for theme in coded(declaration)}

THEMES: Final = tuple(theme.value for theme in ip4kb.Theme if theme in _CODED)
"""The themes on which any declaration is coded."""


class ThemePage(SphinxDirective):
    """What the declarations say on one theme."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The page as a section."""
        theme = ip4kb.Theme(self.arguments[0])
        title = words(theme).capitalize()
        note_shown(self.env, "theme", theme.value, title)
        notes = Notes("note-")
        page = page_section(f"What the declarations say: {words(theme)}")
        page += crumbs("theme")
        declarations = [found.id for found in ip4kb.declarations if theme in coded(found)]
        rows = [_row(row, notes) for row in compare(records(), declarations, theme)]
        page += table(("Declaration", "Issued", "It", "What it says or leaves out", "How well it stands"), rows)
        page += paragraph(*_told_of_others(theme))
        page += section("Sources", "sources", *notes.listed())
        page += to_cite(f"record/theme/{theme}", f"theme {theme}")
        return [page]


def _row(row: Any, notes: Notes) -> Row:
    declaration = ip4kb.declarations[row.declaration]
    cells = [
        [linked(declaration.id)],
        dated(declaration.issued),
        [nodes.Text(words(row.speech))],
        [nodes.Text(row.summary or ""), *notes.marks(row.citations)],
        standing_mark(row.standing),
    ]
    return f"{declaration.id}.{row.speech}", cells


def _told_of_others(theme: ip4kb.Theme) -> list[str]:
    if theme in ip4kb.CODED_THEMES:
        return ["A summit text that is missing here could not be read for this theme: what it says is unknown."]
    return ["Declarations were not searched for this theme throughout: one that is missing here may speak of it too."]
