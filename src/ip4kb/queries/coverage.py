"""For what time the record was gathered, and what a question asks beyond it."""

from ip4kb.model.kind import Kind
from ip4kb.queries.spans import Span
from ip4kb.records import Records


def beyond(records: Records, kinds: tuple[Kind, ...], asked: Span) -> str | None:
    """A sentence on the part of a span that the coverage of these kinds leaves out; None where it leaves out nothing.

    What lies there is unknown: the record holds nothing of it, or not all.
    """
    rows = [row for row in records.tables.coverage if row.kind in kinds]
    if not rows:
        return None
    first, last = min(row.since for row in rows), max(row.until for row in rows)
    since, until = asked
    outside = []
    if since is not None and since.first < first.first:
        outside.append(f"before {first}")
    if (until is not None and until.last > last.last) or (since is not None and since.first > last.last):
        outside.append(f"after {last}")
    if not outside:
        return None
    return f"Unknown: what happened {' and '.join(outside)} lies beyond the coverage ({first} to {last})."
