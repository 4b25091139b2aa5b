"""For what time the record was gathered, as a table."""

from typing import ClassVar

from ip4kb.results.table import Column, Table
from ip4kb.tables import CoverageRow


class Coverage(Table[CoverageRow]):
    """For what time the record was gathered: a `CoverageRow` for each kind of record."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", 12, lambda row: row.kind.value),
        Column("since", 10, lambda row: row.since),
        Column("until", 10, lambda row: row.until),
        Column("checked on", 10, lambda row: row.checked_on),
    )
