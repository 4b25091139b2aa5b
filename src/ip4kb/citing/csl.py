"""Entries in CSL-JSON, the one form from which all others are made.

Names of types and variables are those of the Citation Style Language 1.0.2 (https://docs.citationstyles.org/).
"""

from typing import Any, Final

from ip4kb.citing.address import SITE
from ip4kb.dates import PartialDate
from ip4kb.model.source import Source, SourceKind
from ip4kb.records import Records

Entry = dict[str, Any]
"""One entry of CSL-JSON."""

_TYPES: Final = {
    SourceKind.OFFICIAL_TEXT: "document",
    SourceKind.OFFICIAL_PAGE: "webpage",
    SourceKind.THINK_TANK: "report",
    SourceKind.ACADEMIC: "article-journal",
    SourceKind.NEWS: "article-newspaper",
    SourceKind.REFERENCE: "webpage",
}
_IN_A_CONTAINER: Final = {SourceKind.NEWS, SourceKind.ACADEMIC}


def entry_of_source(source: Source) -> Entry:
    """A source; an official one without authors is by its publisher, who is not named twice."""
    authors = [
        {"family": author.family, **({"given": author.given} if author.given else {})}
        if author.family
        else {"literal": author.literal}
        for author in source.authors
    ]
    if not authors and source.issuer is not None:
        authors = [{"literal": source.publisher}]
    container = source.series or (source.publisher if source.kind in _IN_A_CONTAINER else None)
    return _filled(
        {
            "id": source.id,
            "type": _TYPES[source.kind],
            "title": source.title,
            "author": authors,
            "container-title": container if source.kind in _IN_A_CONTAINER else None,
            "collection-title": None if source.kind in _IN_A_CONTAINER else source.series,
            "publisher": None if authors == [{"literal": source.publisher}] else source.publisher,
            "issued": _date(source.published),
            "accessed": _date(source.accessed),
            "number": source.number,
            "page": source.pages,
            "language": source.language,
            "URL": source.url or source.archived_url,
        }
    )


def entry_of_ip4kb(records: Records, asked: str | None) -> Entry:
    """The knowledge base itself, as a data set of this version; with what was asked of it, where that is a part."""
    version, known_on = records.tables.data_version, records.tables.known_on
    own = ", ".join(records.tables.layers)
    checked = [row.checked_on for row in records.tables.coverage]
    return _filled(
        {
            "id": "-".join(["ip4kb", *([version] if version else [])]),
            "type": "dataset",
            "title": "ip4kb: NATO and its four Indo-Pacific partners",
            "author": [{"literal": "ip4kb contributors"}],
            "version": version,
            "issued": _date(max(checked, default=None)),
            "URL": SITE,
            "note": ", ".join(
                filter(
                    None, [asked, own and f"with own records of {own}", f"as known on {known_on}" if known_on else ""]
                )
            ),
        }
    )


def date_parts(entry: Entry, name: str) -> list[int]:
    """Year, month and day of a date in an entry, as far as known."""
    parts: list[int] = entry[name]["date-parts"][0] if name in entry else []
    return parts


def written(author: Entry) -> str:
    """An author with the family name first, or a body."""
    return author.get("literal") or ", ".join(author[part] for part in ("family", "given") if part in author)


def _date(date: PartialDate | None) -> Entry | None:
    if date is None:
        return None
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}


def _filled(entry: Entry) -> Entry:
    return {name: value for name, value in entry.items() if value}
