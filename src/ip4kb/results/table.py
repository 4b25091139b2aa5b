"""The table that every question returns, and how it looks in a terminal."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Any, ClassVar, Final, Generic, NamedTuple, TypeVar, get_args, overload

from ip4kb.queries.evidence import ResolvedCitation
from ip4kb.queries.layers import mark_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

R = TypeVar("R")

WIDTH: Final = 110


class Column(NamedTuple):
    """A heading, a width in characters in a terminal, and what a row shows there.

    Attributes:
        heading: The heading.
        width: How wide it is in a terminal.
        show: What a row shows there.
        mark: The same in HTML, where that is more than its text.
    """

    heading: str
    width: int
    show: Callable[[Any], object]
    mark: Callable[[Any], str] | None = None


def _cells(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, tuple):
        return "; ".join(str(member) for member in value) or "-"
    return str(value)


_AFTER_HYPHEN: Final = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])")


def _widths(text: str) -> list[int]:
    """The columns that each character takes up: two for wide ones, none for combining ones."""
    return [
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
        for character in text
    ]


def _columns_wide(text: str) -> int:
    return sum(_widths(text))


def _wrap(text: str, width: int) -> list[str]:
    """Lines at most so many columns wide, broken at blanks and hyphens, and inside what is wider than a line."""
    lines, line = [], ""
    for word in text.split():
        for index, piece in enumerate(_AFTER_HYPHEN.split(word)):
            gap = " " if line and index == 0 else ""
            if _columns_wide(line + gap + piece) <= width:
                line += gap + piece
                continue
            lines += [line] if line else []
            line = piece
            while _columns_wide(line) > width:
                fitting = sum(total <= width for total in accumulate(_widths(line)))
                lines.append(line[:fitting])
                line = line[fitting:]
    return [*lines, line]


def _note(citation: ResolvedCitation) -> tuple[str, str]:
    """What makes one footnote: the same passage cited at several places is one."""
    return citation.source, str(citation)


def _pad(text: str, width: int) -> str:
    return text + " " * max(width - _columns_wide(text), 0)


class Table(Sequence[R], Generic[R]):
    """Rows in a stated order; equal, hashable and immutable like the tuple it wraps.

    Shown as text, each row has the numbers of its citations, and the citations stand below the table. `caveat` says
    what limits the answer, such as a question that goes beyond the coverage.
    """

    columns: ClassVar[tuple[Column, ...]] = ()
    footnotes: ClassVar[bool] = True

    _title: str
    _rows: tuple[R, ...]
    _caveat: str | None
    _data_version: str | None

    def __init__(
        self, title: str, rows: tuple[R, ...], *, caveat: str | None = None, data_version: str | None = None
    ) -> None:
        vars(self).update(_title=title, _rows=rows, _caveat=caveat, _data_version=data_version)

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"A table never changes, so {name!r} cannot be set."
        raise AttributeError(msg)

    @property
    def title(self) -> str:
        """What was asked."""
        return self._title

    @property
    def caveat(self) -> str | None:
        """What limits the answer, in a sentence; None where nothing does."""
        return self._caveat

    @property
    def data_version(self) -> str | None:
        """Version of the data that was asked, with the day as of which it is filtered; None where it has no version."""
        return self._data_version

    @property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """The citations of all rows, each once, in the order met."""
        return tuple(dict.fromkeys(citation for row in self._rows for citation in self.citations_of(row)))

    @property
    def row_class(self) -> type[R]:
        """The class of the rows."""
        row_class: type[R] = get_args(type(self).__orig_bases__[0])[0]  # type: ignore[attr-defined]
        return row_class

    def to_records(self) -> list[dict[str, Any]]:
        """A dict for each row, by field, of what JSON can hold.

        Dates are text, as they may be inexact; what is missing is None, and what is unknown says `unknown`.
        """
        from ip4kb.results.frames import records_of  # noqa: PLC0415 (for those who leave the table)

        return records_of(self)

    def to_pandas(self) -> "pd.DataFrame":
        """A data frame, each column of an explicit type that knows missing values.

        Version of the data, title and caveat stand in its `attrs`.

        Raises:
            MissingLibraryError: If pandas is not installed.
        """
        from ip4kb.results.frames import pandas_of  # noqa: PLC0415 (for those who leave the table)

        return pandas_of(self)

    def to_arrow(self) -> "pa.Table":
        """A table of Arrow, citations nested, from which polars and DuckDB read as it is.

        Version of the data, title and caveat stand as JSON under `ip4kb` in the metadata of its schema.

        Raises:
            MissingLibraryError: If pyarrow is not installed.
        """
        from ip4kb.results.frames import arrow_of  # noqa: PLC0415 (for those who leave the table)

        return arrow_of(self)

    @staticmethod
    def citations_of(row: Any) -> tuple[ResolvedCitation, ...]:
        """The citations behind one row."""
        found: tuple[ResolvedCitation, ...] = getattr(row, "citations", ())
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
        notes = dict.fromkeys(map(_note, self.citations)) if self.footnotes else {}
        numbers = {note: number for number, note in enumerate(notes, start=1)}
        lines = [f"{self._title} ({len(self)} {'row' if len(self) == 1 else 'rows'})"]
        lines += [self._caveat] if self._caveat else []
        if self._rows:
            lines += ["", self._line([column.heading for column in self.columns])]
            lines += [self._line(["-" * column.width for column in self.columns])]
        for row in self._rows:
            marks = [f"[{numbers[_note(citation)]}]" for citation in self.citations_of(row) if self.footnotes]
            own = [f"({mark})"] if (mark := mark_of(row)) else []
            cited = " ".join([*dict.fromkeys(marks), *own])
            lines += self._row([column.show(row) for column in self.columns], cited)
        if below := self._below():
            lines += ["", *_wrap(below, WIDTH)]
        if numbers:
            lines += ["", *(f"[{number}] {text} {source}" for (source, text), number in numbers.items())]
        return "\n".join(lines)

    def _below(self) -> str | None:
        """What else is to be told below the table."""
        return None

    def _repr_html_(self) -> str:
        from ip4kb.results.html import html_of  # noqa: PLC0415 (asked for by notebooks alone)

        return html_of(self)

    def _line(self, cells: list[str]) -> str:
        padded = [_pad(cell, column.width) for cell, column in zip(cells, self.columns, strict=True)]
        return "  ".join(padded).rstrip()

    def _row(self, values: list[object], cited: str) -> list[str]:
        texts = [_cells(value) for value in values]
        texts[-1] = f"{texts[-1]} {cited}".strip()
        wrapped = [_wrap(text, column.width) for text, column in zip(texts, self.columns, strict=True)]
        height = max(len(lines) for lines in wrapped)
        return [
            self._line([lines[index] if index < len(lines) else "" for lines in wrapped]) for index in range(height)
        ]
