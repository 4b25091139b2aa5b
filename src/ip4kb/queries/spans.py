"""Spans of time: what is asked for, and whether what happened may or must lie within it."""

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError

Span = tuple[PartialDate | None, PartialDate | None]
"""The dates from and until which something lasted, or between which it happened, as far as known."""


def span_argument(since: str | PartialDate | None, until: str | PartialDate | None) -> Span:
    """The span that two arguments name, each a date, a text in ISO 8601, or nothing.

    Raises:
        ArgumentError: If `until` lies before `since`.
        DateError: If a text is no date.
    """
    first, last = _date(since), _date(until)
    if first is not None and last is not None and last.last < first.first:
        msg = f"'until' ({last}) lies before 'since' ({first}); give them in the order of time."
        raise ArgumentError(msg)
    return first, last


def _date(value: str | PartialDate | None) -> PartialDate | None:
    return value if value is None or isinstance(value, PartialDate) else PartialDate.parse(value)


def may_lie_within(span: Span, asked: Span) -> bool:
    """Whether something of this span may have happened in the span asked for."""
    (start, end), (since, until) = span, asked
    late = until is not None and start is not None and start.first > until.last
    early = since is not None and end is not None and end.last < since.first
    return not (late or early)


def lies_within(span: Span, asked: Span) -> bool:
    """Whether something of this span surely happened in the span asked for."""
    (start, end), (since, until) = span, asked
    after = since is None or (start is not None and start.first >= since.first)
    before = until is None or (end is not None and end.last <= until.last)
    return after and before
