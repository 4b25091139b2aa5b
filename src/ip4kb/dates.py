"""Dates known to the year, the month or the day (ISO 8601 reduced precision)."""

import datetime as dt
from typing import Any, Final

import attrs

from ip4kb.exceptions import DateError

_DIGITS: Final = ([4], [4, 2], [4, 2, 2])


def _check(instance: "PartialDate", _attribute: Any, _value: int | None) -> None:
    year, month, day = instance.year, instance.month, instance.day
    if type(year) is not int or {type(month), type(day)} - {int, type(None)}:
        msg = f"A date is made of whole numbers, but these are given: {year!r}, {month!r}, {day!r}."
        raise DateError(msg)
    if day is not None and month is None:
        msg = f"A date with a day needs a month: year {year}, day {day}."
        raise DateError(msg)
    try:
        dt.date(year, 1 if month is None else month, 1 if day is None else day)
    except (OverflowError, ValueError) as error:
        msg = f"{instance} is not a date of the calendar: {error}."
        raise DateError(msg) from None


@attrs.frozen(eq=True, order=False, repr=False)
class PartialDate:
    """A date as exact as its source gives it: a year, a month or a day; it never invents a day.

    Dates are ordered by their first day, and a coarser date comes before a finer one that starts on the
    same day. Ordering takes a string as well; equality never does.

    Source of the form: ISO 8601, calendar dates in reduced precision.

    Attributes:
        year: The year, 1 to 9999.
        month: The month, 1 to 12, where known.
        day: The day of the month, where known.

    Raises:
        DateError: If the parts make no date of the calendar.

    Examples:
        >>> from ip4kb import PartialDate
        >>> PartialDate.parse("2025-01")
        PartialDate('2025-01')
        >>> PartialDate.parse("2025") < PartialDate.parse("2025-01") < "2025-01-16"
        True
        >>> PartialDate(2024, 2).last
        datetime.date(2024, 2, 29)
    """

    year: int
    month: int | None = None
    day: int | None = attrs.field(default=None, validator=_check)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read a date written as `2025`, `2025-06` or `2025-06-25`.

        Raises:
            DateError: If the text has another form, or the calendar has no such date.
        """
        given: object = text
        parts = given.split("-") if isinstance(given, str) else []
        if [*map(len, parts)] not in _DIGITS or not all(part.isascii() and part.isdigit() for part in parts):
            msg = f"{text!r} is not a date; write a year, a month or a day: '2025', '2025-06' or '2025-06-25'."
            raise DateError(msg)
        return cls(*map(int, parts))

    @property
    def first(self) -> dt.date:
        """The first day that the date may mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> dt.date:
        """The last day that the date may mean."""
        if self.day is not None:
            return self.first
        if self.year == dt.MAXYEAR and self.month in {None, 12}:
            return dt.date.max
        month = self.month or 12
        return dt.date(self.year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)

    def __lt__(self, other: "PartialDate | str") -> bool:
        return NotImplemented if (date := _as_date(other)) is None else rank(self) < rank(date)

    def __le__(self, other: "PartialDate | str") -> bool:
        return NotImplemented if (date := _as_date(other)) is None else rank(self) <= rank(date)

    def __gt__(self, other: "PartialDate | str") -> bool:
        return NotImplemented if (date := _as_date(other)) is None else rank(self) > rank(date)

    def __ge__(self, other: "PartialDate | str") -> bool:
        return NotImplemented if (date := _as_date(other)) is None else rank(self) >= rank(date)

    def __str__(self) -> str:
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)

    def __repr__(self) -> str:
        return f"PartialDate('{self}')"


def _as_date(other: object) -> PartialDate | None:
    if isinstance(other, str):
        return PartialDate.parse(other)
    return other if isinstance(other, PartialDate) else None


def rank(date: PartialDate) -> tuple[int, int, int]:
    """The key that sorts dates by their first day, and a coarser one before a finer one that starts on it."""
    return date.year, date.month or 0, date.day or 0
