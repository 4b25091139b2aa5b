"""What changed between two sets of records, as a table and as text."""

from collections import Counter
from typing import ClassVar

from ip4kb.model.kind import Kind
from ip4kb.queries.changes import Change, ChangeKind
from ip4kb.results.table import Column, Table

_COUNTED = frozenset({Kind.SOURCE, Kind.CLAIM})


class Diff(Table[Change]):
    """What was added, removed and changed: a `Change` for each record or place."""

    columns: ClassVar[tuple[Column, ...]] = (
        Column("change", 7, lambda row: row.change.value),
        Column("place", 34, lambda row: row.place),
        Column("old", 30, lambda row: row.old),
        Column("new", 30, lambda row: row.new),
    )

    def to_text(self) -> str:
        """The change log in Markdown: for each kind how many records were added, removed and changed, and which.

        Sources and claims are counted only, as there are hundreds; `claims_about` asked for a source names its claims.
        """
        return "\n".join(line for kind in Kind for line in self._lines_on(kind))

    def _lines_on(self, kind: Kind) -> list[str]:
        places = Counter(row.record for row in self if row.kind is kind)
        whole = {row.record: row.change for row in self if row.kind is kind and row.place == row.record}
        changed = [f"`{id}` ({count})" for id, count in places.items() if id not in whole]
        lines = []
        for change in ChangeKind:
            named = [f"`{id}`" for id, what in whole.items() if what is change] or (
                changed if change is ChangeKind.CHANGED else []
            )
            if named:
                noun = kind.value if len(named) == 1 else kind.collection
                which = "." if kind in _COUNTED else f": {', '.join(named)}."
                lines.append(f"- {len(named)} {noun} {change.value}{which}")
        return lines
