"""The citations behind a place, as a table."""

from typing import Any, ClassVar

from ip4kb.markup import link
from ip4kb.queries.evidence import ResolvedCitation, Standing, Unknown
from ip4kb.results.table import Column, Table


class Evidence(Table[ResolvedCitation]):
    """What stands behind a place in the data: a `ResolvedCitation` for each citation, in the order of the record.

    What overlays have put something else in the place of comes last, its citations marked as replaced.
    """

    columns: ClassVar[tuple[Column, ...]] = (
        Column("source", 24, lambda row: row.label, lambda row: link(row.url, row.label, row.title)),
        Column("passage", 10, lambda row: row.passage or None),
        Column("supports", 18, lambda row: row.supports),
        Column("verification", 12, lambda row: row.verification),
        Column("phrase", 38, lambda row: row.phrase),
    )

    footnotes: ClassVar[bool] = False

    _place: str
    _standing: "Standing | Unknown"

    def __init__(
        self, title: str, rows: tuple[ResolvedCitation, ...], *, place: str, standing: "Standing | Unknown", **more: Any
    ) -> None:
        super().__init__(title, rows, **more)
        vars(self).update(_place=place, _standing=standing)

    @property
    def place(self) -> str:
        """The place that was asked about, with the record's id."""
        return self._place

    @property
    def standing(self) -> "Standing | Unknown":
        """How well it stands; unknown where nothing is cited."""
        return self._standing

    @staticmethod
    def citations_of(row: Any) -> tuple[ResolvedCitation, ...]:
        """The row itself; nothing where it is replaced."""
        return (row,) if row.replaced is None else ()
