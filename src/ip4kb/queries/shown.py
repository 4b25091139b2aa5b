"""One record, fact by fact, and what refers to it."""

from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.model.field import are_parts
from ip4kb.places import below, walk
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, resolved, standing
from ip4kb.queries.subjects import told
from ip4kb.records import Records

_HIDDEN = frozenset({"id", "name", "title", "key", "citations"})

_KEYS = frozenset({"party", "country", "theme"})
"""Fields that name a part, and so stand in the name of each of its fields."""


@attrs.frozen(kw_only=True)
class FieldRow:
    """One field of a record or of a part of it.

    Attributes:
        place: Where it stands in the data.
        field: The name of the field, behind those of the parts it lies in.
        value: What it says: references by name, dates as exact as known.
        fact: Whether it states something about the world; else it is the curator's labelling.
        standing: How well a fact stands; None for labelling.
        citations: Where it is said.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    place: str
    field: str
    value: str
    fact: bool
    standing: Standing | Unknown | None
    citations: tuple[ResolvedCitation, ...]
    layer: str | None = None


def fields_of(records: Records, record: Any) -> tuple[FieldRow, ...]:
    """The fields that are filled, in the order of the record, parts below the field that holds them."""
    return tuple(
        row
        for where, node in walk(record, record.id)
        if node is record or hasattr(node, "citations")
        for row in _rows(records, record, where, node)
    )


def _rows(records: Records, record: Any, where: str, node: Any) -> Iterator[FieldRow]:
    for field in attrs.fields(type(node)):
        content = getattr(node, field.name)
        names_part = node is not record and field.name in _KEYS
        if field.name in _HIDDEN or names_part or content == field.default or are_parts(content):
            continue
        place, fact = below(where, field.name), bool(field.metadata.get("fact"))
        cited = resolved(records, where, node, field.name) if fact and hasattr(node, "citations") else ()
        yield FieldRow(
            place=place,
            field=place.partition("#")[2],
            value=told(records, content, field.metadata.get("refers")),
            fact=fact,
            standing=standing(records, place, record, cited) if fact and cited else UNKNOWN if fact else None,
            citations=cited,
        )
