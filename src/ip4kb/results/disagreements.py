"""Where sources differ, as a table."""

from typing import ClassVar

from ip4kb.queries.disagreements import PositionRow
from ip4kb.results.table import Column, Table


class Disagreements(Table[PositionRow]):
    """Where sources differ: a `PositionRow` for each position, by disagreement."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("point in dispute", 34, lambda row: row.name),
        Column("adopted", 7, lambda row: "yes" if row.adopted else "no"),
        Column("position", 64, lambda row: row.statement),
    )
