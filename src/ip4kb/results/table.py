"""The table that every question returns, and how it looks in a terminal."""

import textwrap
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar, Final, Generic, TypeVar, overload

from ip4kb.queries.evidence import ResolvedCitation

R = TypeVar("R")

WIDTH: Final = 110

Column = tuple[str, int, Callable[[Any], object]]
"""A heading, a width in characters, and what a row shows there."""


def _cells(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return "; ".join(str(member) for member in value) or "-"
    return str(value)


def _columns_wide(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - _columns_wide(text), 0)


class Table(Sequence[R], Generic[R]):
    """Rows in a stated order; equal, hashable and immutable like the tuple it wraps.

    Shown as text, each row has the numbers of its citations, and the citations stand below the table.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    footnotes: ClassVar[bool] = True

    def __init__(self, title: str, rows: tuple[R, ...]) -> None:
        self._title = title
        self._rows = rows

    @property
    def title(self) -> str:
        """What was asked."""
        return self._title

    @property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """The citations of all rows, each once, in the order met."""
        return tuple(dict.fromkeys(citation for row in self._rows for citation in self._citations_of(row)))

    @staticmethod
    def _citations_of(row: Any) -> tuple[ResolvedCitation, ...]:
        found: tuple[ResolvedCitation, ...] = row.citations
        return found

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[R]:
        return iter(self._rows)

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> "R | tuple[R, ...]":
        return self._rows[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Table):
            return type(self) is type(other) and vars(self) == vars(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._title, self._rows))

    def __repr__(self) -> str:
        numbers = (
            {citation: number for number, citation in enumerate(self.citations, start=1)} if self.footnotes else {}
        )
        lines = [f"{self._title} ({len(self)} {'row' if len(self) == 1 else 'rows'})"]
        if self._rows:
            lines += ["", self._line([heading for heading, _, _ in self.columns])]
            lines += [self._line(["-" * width for _, width, _ in self.columns])]
        for row in self._rows:
            cited = " ".join(f"[{numbers[citation]}]" for citation in self._citations_of(row) if self.footnotes)
            lines += self._row([*(show(row) for _, _, show in self.columns)], cited)
        if numbers:
            lines += ["", *(f"[{number}] {citation}" for citation, number in numbers.items())]
        return "\n".join(lines)

    def _line(self, cells: list[str]) -> str:
        padded = [_pad(cell, width) for cell, (_, width, _) in zip(cells, self.columns, strict=True)]
        return "  ".join(padded).rstrip()

    def _row(self, values: list[object], cited: str) -> list[str]:
        texts = [_cells(value) for value in values]
        texts[-1] = f"{texts[-1]} {cited}".strip()
        wrapped = [textwrap.wrap(text, width) or [""] for text, (_, width, _) in zip(texts, self.columns, strict=True)]
        height = max(len(lines) for lines in wrapped)
        return [
            self._line([lines[index] if index < len(lines) else "" for lines in wrapped]) for index in range(height)
        ]
