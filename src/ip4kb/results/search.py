"""What was found, as a table."""

from typing import ClassVar

from ip4kb.queries.search import SearchRow
from ip4kb.results.table import Column, Table


class Search(Table[SearchRow]):
    """What was found: a `SearchRow` for each text, best first."""

    columns: ClassVar[tuple[Column, ...]] = (
        ("kind", 12, lambda row: row.kind),
        ("record", 30, lambda row: row.name),
        ("found", 64, lambda row: row.marked),
    )
