"""Which source argues what about whom, as a table."""

from typing import ClassVar

from ip4kb.queries.literature import LiteratureRow
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
