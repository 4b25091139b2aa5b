"""Entries in BibTeX."""

import re
from typing import Final

from ip4kb.citing.csl import Entry, date_parts

_TYPES: Final = {"article-journal": "article", "article-newspaper": "article", "report": "techreport"}
_ESCAPES: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # BibTeX counts an escaped brace as a brace, so it would end the field
        "}": r"\textbraceright{}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
_PARTING: Final = re.compile(r",|\b(and|others)\b", re.IGNORECASE)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(entries: list[Entry]) -> str:
    """The entries, one after another; titles and names of bodies keep their capitals."""
    return "\n\n".join(map(_entry, entries)) + "\n"


def _entry(entry: Entry) -> str:
    kind = _TYPES.get(entry["type"], "misc")
    year, month, day = _parts(entry)
    issuer = "journal" if kind == "article" else "institution" if kind == "techreport" else "howpublished"
    fields = {
        "author": " and ".join(_name(author) for author in entry.get("author", [])),
        "title": _kept(entry["title"]),
        issuer: _text(entry.get("container-title") or entry.get("publisher", "")),
        "series": _text(entry.get("collection-title", "")),
        "number": _text(entry.get("number", "")),
        "pages": _text(entry.get("page", "")),
        "year": year,
        "month": month,
        "day": day,
        "version": _text(entry.get("version", "")),
        "url": entry.get("URL", ""),
        "urldate": "-".join(f"{part:02}" for part in date_parts(entry, "accessed")),
        "language": entry.get("language", ""),
        "note": _text(entry.get("note", "")),
    }
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields.items() if value]
    return f"@{kind}{{{entry['id']},\n" + ",\n".join(lines) + "\n}"


def _parts(entry: Entry) -> tuple[str, str, str]:
    year, month, day, *_ = [*date_parts(entry, "issued"), 0, 0, 0]
    return str(year or ""), _MONTHS[month - 1] if month else "", str(day or "")


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _kept(text: str) -> str:
    return f"{{{_text(text)}}}"


def _name(author: Entry) -> str:
    """An author, with what would part the name in two kept together: a comma, or the word that joins authors."""
    if "literal" in author:
        return _kept(author["literal"])
    parts = [author[part] for part in ("family", "given") if part in author]
    return ", ".join(_kept(part) if _PARTING.search(part) else _text(part) for part in parts)
