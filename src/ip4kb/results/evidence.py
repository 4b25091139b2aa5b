"""The citations behind a place, as a table."""

from typing import Any, ClassVar

from ip4kb.queries.evidence import ResolvedCitation, Standing, Unknown
from ip4kb.results.table import Column, Table


class Evidence(Table[ResolvedCitation]):
    """What stands behind a place in the data: a `ResolvedCitation` for each citation, in the order of the record."""

    columns: ClassVar[tuple[Column, ...]] = (
        ("source", 24, lambda row: row.label),
        ("passage", 10, lambda row: row.passage or None),
        ("supports", 18, lambda row: row.supports),
        ("verification", 12, lambda row: row.verification),
        ("phrase", 38, lambda row: row.phrase),
    )

    footnotes: ClassVar[bool] = False

    _place: str
    _standing: "Standing | Unknown"

    def __init__(
        self, title: str, rows: tuple[ResolvedCitation, ...], place: str, standing: "Standing | Unknown"
    ) -> None:
        super().__init__(title, rows)
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
    def _citations_of(row: Any) -> tuple[ResolvedCitation, ...]:
        return (row,)
