"""The rows of the tables of the relational exports."""

import itertools
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

import attrs

from ip4kb.codec import to_json
from ip4kb.exports.document import Passage, plain
from ip4kb.exports.layout import Table, held_parts, is_link, layout, table_name, value_name
from ip4kb.exports.metadata import metadata_of
from ip4kb.exports.shapes import shapes
from ip4kb.model.country import COUNTRIES
from ip4kb.model.field import Target
from ip4kb.model.kind import Kind
from ip4kb.places import below, member_name, record_of
from ip4kb.queries.evidence import standing_of
from ip4kb.queries.facts import facts_in, parts_of
from ip4kb.queries.layers import layer_at
from ip4kb.queries.subjects import display_name
from ip4kb.records import Records

Cell = str | int | float | bool | None
Cells = dict[str, Cell]
"""A row: the values of the columns, by name; what is missing has none."""


def rows_of(records: Records) -> Iterator[tuple[Table, list[tuple[Cell, ...]]]]:
    """Each table with its rows, in the order of the records and their lists."""
    found: dict[str, list[Cells]] = {table.name: [] for table in layout()}
    for name, cells in _rows(records):
        found[name].append(cells)
    for table in layout():
        yield table, [tuple(cells.get(column.name) for column in table.columns) for cells in found[table.name]]


def _rows(records: Records) -> Iterator[tuple[str, Cells]]:
    metadata = metadata_of(records)
    for name, value in to_json(attrs.evolve(metadata, coverage=(), layers=())).items():
        yield "metadata", {"name": name, "value": value}
    if metadata.layers:
        yield "metadata", {"name": "layers", "value": "; ".join(layer.name for layer in metadata.layers)}
    for row in records.tables.coverage:
        yield "coverage", _cells(row)
    yield from _words()
    yield from _subjects(records)
    for kind in Kind:
        for record in records.collection(kind):
            yield from _node(record, kind.value, record.id, {})
    yield from _evidence(records)


def _words() -> Iterator[tuple[str, Cells]]:
    every = {words.__name__: words for table in layout() for column in table.columns for words in column.vocabularies}
    for name, words in sorted(every.items()):
        for rank, word in enumerate(words, start=1):
            yield "word", {"vocabulary": name, "word": word.value, "rank": rank}


def _subjects(records: Records) -> Iterator[tuple[str, Cells]]:
    """Whatever may be referred to, and the countries and people."""
    people = dict(sorted(records.tables.people.items()))
    kinds = dict.fromkeys(COUNTRIES, "country") | dict.fromkeys(people, "person")
    kinds |= {id: kind.value for kind in Kind for id in records.collection(kind).ids}
    for id, kind in kinds.items():
        yield "subject", {"id": id, "kind": kind, "name": display_name(records, id), "layer": layer_at(records, id)}
    for id, name in COUNTRIES.items():
        yield "country", {"id": id, "name": name}
    for id, person in people.items():
        yield from _node(person, "person", id, {})


def _node(node: Any, table: str, place: str, holder: Cells) -> Iterator[tuple[str, Cells]]:
    """The row of a record or part, and those of all that it holds."""
    yield table, {"place": place, **holder, **_cells(node)}
    for shape in shapes(type(node)):
        members = getattr(node, shape.name)
        for nth, member in enumerate(members if is_link(shape) else (), start=1):
            value = {value_name(table, shape): record_of(member) if shape.target is Target.SUBJECT else _cell(member)}
            yield f"{table}_{shape.name}", {table: place, "nth": nth, "about": member, **value}
    for name, part in held_parts(type(node)):
        for index, member in enumerate(getattr(node, name)):
            where = below(below(place, name), member_name(member, index))
            holder = {"record": place, table: place, "nth": index + 1}
            yield from _node(member, table_name(part), where, holder)


def _cells(node: Any) -> Cells:
    cells: Cells = {}
    for shape in shapes(type(node)):
        content = getattr(node, shape.name)
        if shape.part is not None and not shape.many and content is not None:
            cells |= {f"{shape.name}_{name}": value for name, value in _cells(content).items()}
        elif not shape.many:
            cells[shape.name] = _cell(content)
    return cells


def _cell(content: Any) -> Cell:
    if content is None or isinstance(content, bool | int | float):
        return content
    return content.value if isinstance(content, StrEnum) else str(content)


def _evidence(records: Records) -> Iterator[tuple[str, Cells]]:
    """The places, with their facts and citations."""
    number = itertools.count(1)
    for part in parts_of(records):
        stands = standing_of(records, part.record, part.place, part.node)
        layer = layer_at(records, part.place)
        yield "place", {"place": part.place, "record": part.record.id, "standing": stands.value, "layer": layer}
        facts = list(facts_in(records, part))
        for fact in facts:
            told = {"place": fact.place, "part": fact.part, "record": fact.record, "field": fact.field}
            yield "fact", {**told, "value": plain(fact.content), "standing": fact.standing.value, "layer": fact.layer}
        for citation in part.citations:
            id = next(number)
            cells = {field.name: _cell(getattr(citation, field.name)) for field in attrs.fields(Passage)}
            yield "citation", {"id": id, "part": part.place, **cells}
            for fact in (fact for fact in facts if fact.field in citation.supports):
                yield "fact_citation", {"fact": fact.place, "citation": id}
