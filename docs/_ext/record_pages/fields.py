"""How the fields of records and parts are told on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs
from docutils import nodes

from ip4kb.dates import PartialDate
from ip4kb.model.development import Development
from ip4kb.model.field import PART_KEYS, are_parts
from ip4kb.model.gathering import Delegate
from ip4kb.model.location import Location
from ip4kb.model.name import Alias
from ip4kb.model.partner import Code, CodeScheme
from ip4kb.model.source import Author
from ip4kb.model.theme import Theme
from ip4kb.places import below, facts
from ip4kb.queries.evidence import resolved, standing, standing_of
from ip4kb.queries.subjects import display_name
from ip4kb.sphinxext.parts import dated, joined, link, linked, records, standing_mark, table, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ip4kb import ResolvedCitation
    from ip4kb.sphinxext.parts import Inline, Notes, Row

HIDDEN: Final = frozenset({"id", "name", "title", "summary", "key", "citations", "note", "reasoning"})
"""Fields that a page tells elsewhere: in its title, its first paragraph, its notes or its anchors."""

_LABELS: Final = {
    "aliases": "Also called",
    "number_of_allies": "Number of Allies",
    "secretary_general": "Secretary General",
    "text": "The document itself",
    "url": "Address",
    "archived_url": "Archived copy",
    "text_digest": "Digest of the text",
}
_SCHEMES: Final = {
    CodeScheme.ISO_3166_1_ALPHA_2: "ISO 3166-1 alpha-2",
    CodeScheme.ISO_3166_1_ALPHA_3: "ISO 3166-1 alpha-3",
    CodeScheme.ISO_3166_1_NUMERIC: "ISO 3166-1 numeric",
    CodeScheme.UN_M49: "UN M49",
    CodeScheme.COW: "Correlates of War",
    CodeScheme.GLEDITSCH_WARD: "Gleditsch and Ward",
    CodeScheme.WIKIDATA: "Wikidata",
}


def label(name: str) -> str:
    """The name of a field as it is read."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def told(content: Any) -> Inline:
    """A value: ids as links to what they name, words of a vocabulary as they are read, what is empty as nothing."""
    match content:
        case None | ():
            return []
        case tuple():
            return joined(map(told, content), "; ")
        case Theme():
            return [link("theme", content.value, words(content))]
        case Alias():
            return [nodes.Text(f"{content.text} ({content.language})" if content.language else content.text)]
        case Code():
            return [nodes.Text(f"{content.value} ({_SCHEMES[content.scheme]})")]
        case Location():
            country = display_name(records(), content.country) if content.country else None
            return [nodes.Text(", ".join(filter(None, [content.venue, content.city, country])))]
        case Delegate():
            return [nodes.Text(_delegate(content))]
        case Author():
            return [nodes.Text(content.literal or " ".join(filter(None, [content.given, content.family])))]
        case PartialDate():
            return dated(content)
        case str() if content.startswith(("http://", "https://")):
            return [nodes.reference("", content, refuri=content, internal=False)]
        case _:
            return [nodes.Text(words(content))]


def _delegate(delegate: Delegate) -> str:
    who = display_name(records(), delegate.person) if delegate.person else None
    return ", ".join(filter(None, [who, delegate.office])) + f" ({words(delegate.level)})"


def named(content: Any) -> Inline:
    """What an id, or each of several, names: a link where it is a record or a place in one, else the name."""
    if isinstance(content, tuple):
        return joined(map(named, content), "; ")
    if content is None:
        return []
    id, _, path = content.partition("#")
    if records().kind_of(id) is None:
        return [nodes.Text(display_name(records(), id))]
    where = " › ".join(words_of_path(path)) if path else ""
    title = display_name(records(), id) + (f" › {where}" if where else "")
    return [linked(content, title)]


def words_of_path(path: str) -> list[str]:
    """The steps from a record down to a place in it, as they are read."""
    return [step.replace("_", " ").replace("-", " ") for step in path.split(".")]


def value_of(node: Any, field: attrs.Attribute[Any]) -> Inline:
    """What a field says."""
    content = getattr(node, field.name)
    return named(content) if field.metadata.get("refers") is not None else told(content)


def filled(node: Any) -> Iterator[attrs.Attribute[Any]]:
    """The fields that a table tells of: those that are filled and are neither told elsewhere nor hold parts."""
    for field in attrs.fields(type(node)):
        content = getattr(node, field.name)
        if field.name not in HIDDEN and content != field.default and not are_parts(content):
            yield field


def citations_of(where: str, node: Any, name: str) -> tuple[ResolvedCitation, ...]:
    """What is cited for a fact."""
    return resolved(records(), where, node, name) if name in facts(node) else ()


def facts_table(record: Any, notes: Notes) -> nodes.table:
    """The fields of a record itself, each with its citations and how well it stands."""
    rows: list[Row] = []
    for field in filled(record):
        place = below(record.id, field.name)
        cited = citations_of(record.id, record, field.name) if hasattr(record, "citations") else ()
        stands = standing(records(), place, record, cited) if cited else None
        cells: list[Inline] = [
            [nodes.Text(label(field.name))],
            [*value_of(record, field), *notes.marks(cited)],
            standing_mark(stands),
        ]
        rows.append((field.name, cells))
    return table(("Field", "What is known", "How well it stands"), rows)


def unknown_facts(record: Any) -> list[str]:
    """The facts about a record itself that no source tells; what lists of parts lack cannot be counted."""
    return [
        label(field.name)
        for field in attrs.fields(type(record))
        if field.metadata.get("fact") and getattr(record, field.name) is None
    ]


def parts_table(record: Any, name: str, notes: Notes) -> nodes.table:
    """The parts in a field, one a row, with a column for each field that any of them fills."""
    parts = getattr(record, name)
    columns = list(dict.fromkeys(column for part in parts for column in _columns(part)))
    rows = [_part_row(record, below(record.id, name), part, columns, notes) for part in parts]
    return table([*map(label, columns), "How well it stands"], rows)


def _columns(part: Any) -> list[str]:
    first = "date" if isinstance(part, Development) else ""
    names = [field.name for field in attrs.fields(type(part)) if _is_told(part, field)]
    return sorted(names, key=lambda name: name != first)


def _is_told(part: Any, field: attrs.Attribute[Any]) -> bool:
    return field.name not in {"key", "citations"} and getattr(part, field.name) != field.default


def _part_row(record: Any, holder: str, part: Any, columns: Sequence[str], notes: Notes) -> Row:
    key = next(getattr(part, name) for name in PART_KEYS if getattr(part, name, None))
    place = below(holder, key)
    stated = facts(part)
    cited = {name: citations_of(place, part, name) for name in columns if name in stated}
    apart = len(set(cited.values())) > 1
    everything = dict.fromkeys(citation for found in cited.values() for citation in found)
    fields = attrs.fields_dict(type(part))
    cells: list[Inline] = [
        [*value_of(part, fields[name]), *(notes.marks(cited.get(name, ())) if apart else [])] for name in columns
    ]
    stands = standing_of(records(), record, place, part)
    cells.append([*standing_mark(stands), *([] if apart else notes.marks(everything))])
    return place.partition("#")[2], cells


def frame_table(record: Any) -> nodes.table:
    """The fields of a source, which states nothing about the world."""
    rows: list[Row] = [
        (field.name, [[nodes.Text(label(field.name))], value_of(record, field)]) for field in filled(record)
    ]
    return table(("Field", "What it is"), rows)
