"""Entries as plain text, for a footnote or a list."""

from ip4kb.citing.csl import Entry, date_parts, written


def text(entries: list[Entry]) -> str:
    """The entries, a paragraph each: who, when, what, where."""
    return "\n\n".join(map(_entry, entries)) + "\n"


def _entry(entry: Entry) -> str:
    who = "; ".join(map(written, entry.get("author", [])))
    where = [entry.get("container-title") or entry.get("publisher"), entry.get("collection-title")]
    where += [entry.get("number"), f"Version {entry['version']}" if "version" in entry else None]
    where += [f"pp. {entry['page']}" if "page" in entry else None]
    told = [
        f"{who} ({_date(entry, 'issued') or 'n.d.'})" if who else f"({_date(entry, 'issued') or 'n.d.'})",
        entry["title"],
        ", ".join(filter(None, where)),
        entry.get("note"),
        entry.get("URL"),
    ]
    accessed = f" (accessed {_date(entry, 'accessed')})" if "accessed" in entry else ""
    return ". ".join(filter(None, told)) + accessed


def _date(entry: Entry, name: str) -> str:
    return "-".join(f"{part:02}" for part in date_parts(entry, name))
