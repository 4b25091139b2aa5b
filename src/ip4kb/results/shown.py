"""One record, fact by fact, as a table."""

from typing import Any, ClassVar

from ip4kb.queries.layers import mark_of
from ip4kb.queries.relations import Reference
from ip4kb.queries.shown import FieldRow
from ip4kb.results.table import Column, Table


def _named(reference: Reference) -> str:
    return f"{reference.place} ({mark})" if (mark := mark_of(reference)) else reference.place


class Shown(Table[FieldRow]):
    """One record: a `FieldRow` for each field that is filled, and below it everything that refers to the record."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("field", 30, lambda row: row.field),
        Column("standing", 13, lambda row: row.standing),
        Column("value", 63, lambda row: row.value),
    )

    _references: tuple[Reference, ...]

    def __init__(
        self, title: str, rows: tuple[FieldRow, ...], *, references: tuple[Reference, ...], **more: Any
    ) -> None:
        super().__init__(title, rows, **more)
        vars(self).update(_references=references)

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every field of other records that names this one or a place in it, citations included."""
        return self._references

    def _below(self) -> str | None:
        return f"Referred to by: {', '.join(map(_named, self._references))}." if self._references else None
