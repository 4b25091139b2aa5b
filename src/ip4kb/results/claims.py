"""What sources argue, as a table."""

from typing import ClassVar

from ip4kb.queries.claims import ClaimRow
from ip4kb.results.table import Column, Table


def _summary(row: ClaimRow) -> str:
    said_by = f"{', '.join(row.by)}: " if row.by else ""
    contradicted = f" (contradicted: {', '.join(row.contradicted_by)})" if row.contradicted_by else ""
    return f"{said_by}{row.summary}{contradicted}"


class Claims(Table[ClaimRow]):
    """What sources argue about a subject: a `ClaimRow` for each claim, by its id, which begins with its source's."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("source", 20, lambda row: row.author),
        Column("kind", 14, lambda row: row.kind),
        Column("stance", 8, lambda row: row.stance),
        Column("claim", 62, _summary),
    )
