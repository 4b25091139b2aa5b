from __future__ import annotations

import copy
import datetime as dt
import operator
import pickle
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ip4kb import DateError, Ip4kbError, PartialDate

DAYS = st.dates()


def of_day(day: dt.date, parts: int) -> PartialDate:
    """The day, cut down to its year, its month or left whole."""
    return PartialDate(*(day.year, day.month, day.day)[:parts])


DATES = st.builds(of_day, DAYS, st.integers(1, 3))


@given(DATES)
def test_a_date_is_read_as_it_is_written(date: PartialDate) -> None:
    assert PartialDate.parse(str(date)) == date


@given(DAYS)
def test_the_written_form_is_iso_8601_cut_short(day: dt.date) -> None:
    whole = day.isoformat()
    assert [str(of_day(day, parts)) for parts in (1, 2, 3)] == [whole[:4], whole[:7], whole]


def test_the_repr_can_be_read() -> None:
    assert repr(PartialDate(2025, 6)) == "PartialDate('2025-06')"


@given(DATES, DATES)
def test_exactly_one_of_before_equal_and_after_holds(one: PartialDate, other: PartialDate) -> None:
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) is not (one > other)
    assert (one >= other) is not (one < other)
    assert (one < other) is (other > one)


@given(st.lists(DATES, max_size=8))
def test_sorting_puts_every_pair_in_order(dates: list[PartialDate]) -> None:
    ordered, backwards = sorted(dates), dates[::-1]
    assert all(one <= other for one, other in pairwise(ordered))
    assert sorted(backwards) == ordered


@given(DATES, DATES)
def test_an_earlier_first_day_comes_first(one: PartialDate, other: PartialDate) -> None:
    if one.first < other.first:
        assert one < other


@given(st.integers(1, 9999))
def test_coarser_comes_first_where_the_first_day_is_the_same(year: int) -> None:
    coarse, finer, finest = PartialDate(year), PartialDate(year, 1), PartialDate(year, 1, 1)
    assert coarse.first == finer.first == finest.first
    assert coarse < finer < finest
    assert finest > finer > coarse


@given(DATES, DATES)
def test_a_text_is_ordered_as_the_date_it_writes(one: PartialDate, other: PartialDate) -> None:
    text = str(other)
    assert [one < text, one <= text, one > text, one >= text] == [one < other, one <= other, one > other, one >= other]
    assert [text < one, text <= one, text > one, text >= one] == [other < one, other <= one, other > one, other >= one]


@given(DATES)
def test_a_date_never_equals_a_text(date: PartialDate) -> None:
    text: object = str(date)
    assert date != text
    assert len({date, text}) == 2


def test_ordering_refuses_a_text_that_is_no_date() -> None:
    with pytest.raises(DateError, match="'soon' is not a date"):
        assert PartialDate(2025) < "soon"


@pytest.mark.parametrize("other", [2025, None, dt.date(2025, 1, 1)])
def test_ordering_refuses_what_is_neither_date_nor_text(other: Any) -> None:
    date = PartialDate(2025)
    for order in (operator.lt, operator.le, operator.gt, operator.ge):
        with pytest.raises(TypeError):
            order(date, other)
    assert date != other


@pytest.mark.parametrize(("text", "last"), [("9999", (12, 31)), ("9999-12", (12, 31)), ("9999-11", (11, 30))])
def test_the_last_year_of_the_calendar_has_a_last_day(text: str, last: tuple[int, int]) -> None:
    assert PartialDate.parse(text).last == dt.date(9999, *last)


@given(DAYS)
def test_the_first_and_last_day_hold_every_day_meant(day: dt.date) -> None:
    for parts in (1, 2, 3):
        date = of_day(day, parts)
        assert date.first <= day <= date.last
        assert of_day(date.first, parts) == of_day(date.last, parts) == date


@given(DAYS.filter(lambda day: day < dt.date.max))
def test_the_day_after_the_last_is_no_longer_meant(day: dt.date) -> None:
    for parts in (1, 2, 3):
        date = of_day(day, parts)
        if date.last < dt.date.max:
            assert of_day(date.last + dt.timedelta(days=1), parts) != date
    assert of_day(day, 3).first == of_day(day, 3).last == day


@given(DATES, DATES)
def test_equal_dates_have_equal_hashes(one: PartialDate, other: PartialDate) -> None:
    assert hash(one) == hash(PartialDate.parse(str(one)))
    assert len({one, other}) == (1 if one == other else 2)


@given(DATES)
def test_a_date_survives_pickle_and_copies(date: PartialDate) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(date, protocol)) == date  # noqa: S301 (its own bytes)
    assert copy.deepcopy(date) == copy.copy(date) == date


def test_a_date_cannot_be_changed() -> None:
    date = PartialDate(2025, 6)
    with pytest.raises(AttributeError):
        date.day = 1  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del date.month
    assert date == PartialDate(2025, 6)


@pytest.mark.parametrize(
    "text",
    ["", "25", "2025-6", "2025-06-1", "2025/06", "06-2025", " 2025", "2025\n", "2025-06-25T00:00", "٢٠٢٥", "June 2025"],
)
def test_another_form_is_refused_with_the_way_out(text: str) -> None:
    with pytest.raises(DateError) as caught:
        PartialDate.parse(text)
    assert str(caught.value) == (
        f"{text!r} is not a date; write a year, a month or a day: '2025', '2025-06' or '2025-06-25'."
    )


@pytest.mark.parametrize("value", [2025, None, b"2025", ["2025"]], ids=repr)
def test_what_is_no_text_is_refused_like_a_wrong_form(value: Any) -> None:
    with pytest.raises(DateError, match="is not a date; write a year"):
        PartialDate.parse(value)


@pytest.mark.parametrize("text", ["0000", "2025-00", "2025-13", "2025-06-00", "2025-06-31", "2025-02-29", "2025-00-01"])
def test_a_date_that_does_not_exist_is_refused_by_name(text: str) -> None:
    with pytest.raises(DateError, match=f"^{text} is not a date of the calendar: "):
        PartialDate.parse(text)


@pytest.mark.parametrize("year", [0, -1, 10_000, 10**30])
def test_a_year_beyond_the_calendar_is_refused(year: int) -> None:
    with pytest.raises(DateError, match="is not a date of the calendar"):
        PartialDate(year)


def test_a_day_without_a_month_is_refused() -> None:
    with pytest.raises(DateError, match=r"^A date with a day needs a month: year 2025, day 3\.$"):
        PartialDate(2025, day=3)


@pytest.mark.parametrize(
    "parts", [("2025",), (None,), (2025.0,), (True,), (2025, "6"), (2025, 6.5), (2025, True), (2025, 6, "1")]
)
def test_parts_that_are_no_whole_numbers_are_refused(parts: tuple[Any, ...]) -> None:
    with pytest.raises(DateError, match=r"^A date is made of whole numbers, but these are given: "):
        PartialDate(*parts)


def test_a_date_error_is_a_value_error_of_this_library() -> None:
    assert issubclass(DateError, ValueError)
    assert issubclass(DateError, Ip4kbError)


@pytest.mark.parametrize("text", ["9999", "9999-12", "9999-12-31"])
def test_the_last_day_of_all_ends_the_last_year(text: str) -> None:
    assert PartialDate.parse(text).last == dt.date.max
