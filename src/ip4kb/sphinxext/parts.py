"""What pages are made of: links to records, numbered citations, tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref

from ip4kb.dates import PartialDate
from ip4kb.places import record_of
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown
from ip4kb.queries.subjects import display_name, find
from ip4kb.store import Library, bundled

Inline = Sequence[nodes.Node]
"""Nodes within a paragraph, or what fills a cell of a table: these, or else blocks."""

Row = tuple[str, Sequence[Inline]]
"""A row of a table: its anchor, empty for none, and its cells."""

_WRITTEN = {
    word.casefold(): word
    for word in ("IP4", "US", "DPRK", "China", "Russia", "Taiwan", "Ukraine", "Indo-Pacific", "NATO", "ISO", "UN")
}


def records() -> Library:
    """The bundled records."""
    return bundled()


def link(reftype: str, target: str, title: str) -> pending_xref:
    """A link that is resolved when the whole project has been read."""
    asked = {"refdomain": "ip4kb", "reftype": reftype, "reftarget": target, "refexplicit": True, "refwarn": True}
    return pending_xref("", nodes.inline("", title), **asked)


def linked(place: str, title: str | None = None) -> pending_xref:
    """A link to a record or a place in it, by the record's name where no other title is given."""
    record = find(records(), record_of(place))
    return link(type(record).__name__.lower(), place, title or display_name(records(), record.id))


def words(value: object) -> str:
    """A word of a vocabulary as it is read, any other value as text."""
    if not isinstance(value, StrEnum):
        return str(value)
    return _WRITTEN.get(value.value) or " ".join(_WRITTEN.get(word, word) for word in value.split("-"))


def joined(parts: Iterable[Inline], separator: str) -> list[nodes.Node]:
    """Parts with a separator between them."""
    found: list[nodes.Node] = []
    for part in parts:
        found += [nodes.Text(separator), *part] if found else part
    return found


def paragraph(*parts: nodes.Node | str, classes: Sequence[str] = (), anchor: str = "") -> nodes.paragraph:
    """A paragraph of inline nodes and texts, whose quotes stay as they are, as they may be quoted themselves."""
    made = [nodes.Text(part) if isinstance(part, str) else part for part in parts]
    ids = [anchor] if anchor else []
    return nodes.paragraph("", "", *made, classes=[*classes], ids=ids, support_smartquotes=False)


def dated(*dates: PartialDate | None) -> Inline:
    """A date, or the first and last day of what lasted, as exact as known; unknown where there is none."""
    span = " to ".join(str(date) for date in dates if date is not None)
    return [nodes.inline("", span, classes=["ip4kb-date"])] if span else unknown()


def standing_mark(standing: Standing | Unknown | None) -> Inline:
    """How well a fact stands, as a word; nothing for what is no fact."""
    if standing is None or standing is UNKNOWN:
        return [] if standing is None else unknown()
    return [nodes.inline("", words(standing), classes=["ip4kb-standing", f"ip4kb-{standing.value}"])]


def unknown() -> Inline:
    """What no source says."""
    return [nodes.emphasis("", UNKNOWN.value)]


class Notes:
    """The citations of a table or page, numbered from 1: the same passage cited at several places is one."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix
        self._numbers: dict[tuple[str, str], tuple[int, ResolvedCitation]] = {}

    def marks(self, citations: Iterable[ResolvedCitation]) -> list[nodes.Node]:
        """The numbers of some citations, each a link to its note."""
        found = []
        for citation in citations:
            key = citation.source, str(citation)
            number, _ = self._numbers.setdefault(key, (len(self._numbers) + 1, citation))
            found.append(number)
        return numbered({number: {"refid": f"{self._prefix}{number}", "internal": True} for number in sorted(found)})

    def listed(self) -> list[nodes.Node]:
        """The notes as a numbered list: each opens its source at the passage, and tells whether that was checked."""
        items = [
            nodes.list_item("", paragraph(*_note(citation)), ids=[f"{self._prefix}{number}"])
            for number, citation in self._numbers.values()
        ]
        return [nodes.enumerated_list("", *items, classes=["ip4kb-notes"], enumtype="arabic")] if items else []


def numbered(links: Mapping[int, Mapping[str, Any]]) -> list[nodes.Node]:
    """Numbers in brackets, each a link; nothing where there are none."""
    marks = [[nodes.reference("", str(number), **where)] for number, where in links.items()]
    return [nodes.superscript("", "", nodes.Text("["), *joined(marks, ", "), nodes.Text("]"))] if marks else []


def _note(citation: ResolvedCitation) -> Iterator[nodes.Node]:
    told = str(citation)
    yield nodes.reference("", told, refuri=citation.url, internal=False) if citation.url else nodes.Text(told)
    yield nodes.Text(". ")
    yield linked(citation.source, citation.title)
    if citation.via:
        yield nodes.Text(", read in ")
        yield linked(citation.via)


def table(headings: Sequence[str], rows: Iterable[Row], *, classes: Sequence[str] = ()) -> nodes.table:
    """A table without the columns that are empty throughout; the first cell of each row is its heading."""
    held = list(rows)
    kept = [index for index, _ in enumerate(headings) if any(cells[index] for _, cells in held)]
    columns = [nodes.colspec(colwidth=1, stub=int(index == 0)) for index in kept]
    head = nodes.thead("", _row("", [[nodes.Text(headings[index])] for index in kept]))
    body = nodes.tbody("", *(_row(anchor, [cells[index] for index in kept]) for anchor, cells in held))
    return nodes.table("", nodes.tgroup("", *columns, head, body, cols=len(kept)), classes=["ip4kb", *classes])


def _row(anchor: str, cells: Sequence[Inline]) -> nodes.row:
    entries = (nodes.entry("", *(cell if _are_blocks(cell) else [paragraph(*cell)])) for cell in cells)
    return nodes.row("", *entries, ids=[anchor] if anchor else [])


def _are_blocks(cell: Inline) -> bool:
    return bool(cell) and isinstance(cell[0], nodes.paragraph)
