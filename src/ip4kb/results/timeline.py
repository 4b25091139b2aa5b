"""What happened, as a table."""

from typing import ClassVar

from ip4kb.queries.timeline import TimelineRow
from ip4kb.results.table import Column, Table


class Timeline(Table[TimelineRow]):
    """What happened: a `TimelineRow` for each event, by date; undated ones come last."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("date", 10, lambda row: row.date if row.certain or row.date is None else f"{row.date}?"),
        Column("kind", 11, lambda row: row.kind),
        Column("name", 26, lambda row: row.name),
        Column("standing", 13, lambda row: row.standing),
        Column("summary", 42, lambda row: row.summary),
    )
