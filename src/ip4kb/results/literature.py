"""Which source argues what about whom, as a table."""

from typing import ClassVar

from ip4kb.queries.literature import LiteratureRow
from ip4kb.results.html import Notes, cell, framed, own_mark
from ip4kb.results.table import Column, Table


class Literature(Table[LiteratureRow]):
    """Which source argues what about whom: a `LiteratureRow` for each source, subject and stance."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("source", 28, lambda row: row.author),
        Column("published", 10, lambda row: row.published),
        Column("subject", 24, lambda row: row.subject or "other"),
        Column("stance", 10, lambda row: row.stance),
        Column("claims", 6, lambda row: len(row.claims)),
    )

    footnotes: ClassVar[bool] = False

    def _repr_html_(self) -> str:
        """A matrix: a row for each source, a column for each subject, in each cell the claims by stance."""
        subjects = list(dict.fromkeys(row.subject for row in sorted(self, key=lambda row: row.subject is None)))
        cells: dict[tuple[str, str | None], list[str]] = {}
        for row in self:
            stance = row.stance.value if row.stance else "no stance"
            count = cell(f"{stance}: {len(row.claims)}") + own_mark(row)
            cells.setdefault((row.source, row.subject), []).append(count)
        rows = [
            [
                cell(source.author),
                cell(source.published),
                *("; ".join(cells.get((id, name), ())) or cell(None) for name in subjects),
            ]
            for id, source in {row.source: row for row in self}.items()
        ]
        headings = ["source", "published", *(name or "other" for name in subjects)]
        return framed(self, headings, rows, Notes(self))
