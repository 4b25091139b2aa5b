"""Entries in RIS, the exchange format of reference managers."""

from collections.abc import Iterator
from typing import Final

from ip4kb.citing.csl import Entry, date_parts, written

_TYPES: Final = {
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "dataset": "DATA",
    "document": "GOVDOC",
    "report": "RPRT",
    "webpage": "ELEC",
}


def ris(entries: list[Entry]) -> str:
    """The entries, one after another, each ended by ER."""
    return "\n".join(f"{tag}  - {value}".rstrip() for entry in entries for tag, value in _lines(entry)) + "\n"


def _lines(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[entry["type"]]
    yield "ID", entry["id"]
    for author in entry.get("author", []):
        yield "AU", written(author)
    yield "TI", entry["title"]
    for tag, name in (("T2", "container-title"), ("T3", "collection-title"), ("PB", "publisher"), ("M1", "number")):
        if name in entry:
            yield tag, entry[name]
    for tag, name in (("SP", "page"), ("ET", "version"), ("LA", "language"), ("UR", "URL"), ("N1", "note")):
        if name in entry:
            yield tag, entry[name]
    if "issued" in entry:
        year, *rest = date_parts(entry, "issued")
        yield "PY", f"{year:04}"
        yield "DA", "/".join([f"{year:04}", *(f"{part:02}" for part in rest)]) + "/" * (3 - len(rest))
    if "accessed" in entry:
        yield "Y2", "/".join(f"{part:02}" for part in date_parts(entry, "accessed"))
    yield "ER", ""
