"""What was found, as a table."""

from typing import ClassVar

from ip4kb.markup import text
from ip4kb.queries.search import SearchRow
from ip4kb.results.table import Column, Table


def _marked(row: SearchRow) -> str:
    marked, end = "", 0
    for start, stop in row.marks:
        marked += f"{text(row.text[end:start])}<mark>{text(row.text[start:stop])}</mark>"
        end = stop
    return marked + text(row.text[end:])


class Search(Table[SearchRow]):
    """What was found: a `SearchRow` for each text, best first."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("kind", 12, lambda row: row.kind),
        Column("record", 30, lambda row: row.name),
        Column("found", 64, lambda row: row.marked, _marked),
    )
