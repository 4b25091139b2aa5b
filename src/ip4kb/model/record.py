"""What every record has in common: how it looks in one line, and in a notebook."""

from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.field import PART_KEYS, are_parts


class Record:
    """The base of the nine kinds of record; each is shown by its kind, its id, and its name, title or summary.

    A notebook shows its fields, with the keys of the citations; `show` of the knowledge base resolves them.

    Attributes:
        id: Unique id among all records.
    """

    __slots__ = ()

    id: str

    def __repr__(self) -> str:
        known_as = next(getattr(self, field) for field in ("name", "title", "summary") if hasattr(self, field))
        return f"<{type(self).__name__} {self.id}: {known_as}>"

    def _repr_html_(self) -> str:
        from ip4kb.markup import block, table, text  # noqa: PLC0415 (asked for by notebooks alone)

        rows = [[text(name), text(value)] for name, value in _fields(self, "")]
        return block(table(repr(self)[1:-1], ["field", "value"], rows))


def _fields(node: Any, prefix: str) -> "list[tuple[str, str]]":
    """Each filled field with its value as text; parts that carry citations have rows of their own."""
    rows = []
    for field in attrs.fields(type(node)):
        content = getattr(node, field.name)
        if content == field.default or field.name == "citations":
            continue
        if are_parts(content):
            for part in content:
                key = next(getattr(part, name) for name in PART_KEYS if hasattr(part, name))
                rows += _fields(part, f"{prefix}{field.name}.{key}.")
        else:
            rows.append((f"{prefix}{field.name}", _text(content)))
    keys = dict.fromkeys(_key(citation) for citation in getattr(node, "citations", ()))
    return [*rows, *([(f"{prefix}citations", "; ".join(keys))] if keys else [])]


def _text(content: Any) -> str:
    if isinstance(content, tuple):
        return "; ".join(map(_text, content))
    if attrs.has(type(content)) and not isinstance(content, PartialDate):
        told = (getattr(content, field.name) for field in attrs.fields(type(content)))
        return ", ".join(_text(value) for value in told if value is not None and value != ())
    return str(content)


def _key(citation: Any) -> str:
    place = f" \u00b6{citation.paragraph}" if citation.paragraph else ""
    return f"{citation.source}{place}"
