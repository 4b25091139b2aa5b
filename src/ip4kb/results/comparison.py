"""Documents side by side, as a table."""

from typing import ClassVar

from ip4kb.queries.comparison import CompareRow
from ip4kb.results.table import Column, Table


class Comparison(Table[CompareRow]):
    """Documents side by side: a `CompareRow` for each theme and document, by theme, then by date."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("theme", 14, lambda row: row.theme),
        Column("document", 26, lambda row: row.name),
        Column("issued", 10, lambda row: row.issued),
        Column("speech", 9, lambda row: row.speech),
        Column("what it says", 43, lambda row: f"{row.summary} “{row.phrase}”" if row.phrase else row.summary),
    )
