"""The tables of the relational exports: their columns, keys and references, read from the model's classes.

A record has a row in the table of its kind, named by its `id`. A part of it has a row in the table of its class, named
by its `place`, with the row that holds it and its rank there, `nth`. Where a field holds several plain values, each has
a row in a table `<table>_<field>`. Facts and citations have tables of their own.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from ip4kb.exports.document import Country, Passage
from ip4kb.exports.shapes import Shape, headline, shapes
from ip4kb.model.field import Target, refers
from ip4kb.model.kind import Kind
from ip4kb.model.person import Person
from ip4kb.queries.evidence import Standing, Unknown
from ip4kb.tables import CoverageRow

# --- tables that no class of the model has ---------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Statement:
    """What the export says of itself: version of the data, licence, citation.

    Attributes:
        name: What is said.
        value: What it is.
    """

    name: str
    value: str


@attrs.frozen(kw_only=True)
class Word:
    """A word of a closed vocabulary.

    Attributes:
        vocabulary: Name of the vocabulary, such as `Level`.
        word: The word.
        rank: Its position in the vocabulary, from 1; levels stand highest first.
    """

    vocabulary: str
    word: str
    rank: int


@attrs.frozen(kw_only=True)
class Subject:
    """Whatever a record may refer to: a record, a country or a person.

    Attributes:
        id: Its id or slug, unique among all.
        kind: A kind of record, `country` or `person`; a partner is a record.
        name: How it is written in running text; the id where it has no name.
        layer: Name of the last overlay without which the record would not be so; none where no overlay changed it.
    """

    id: str
    kind: str
    name: str
    layer: str | None = None


@attrs.frozen(kw_only=True)
class Place:
    """A record, or a part of one that carries citations of its own.

    Attributes:
        place: Where it stands in the data; that of a record is its id.
        record: Id of the record.
        standing: How well it stands: as the weakest of its own facts.
        layer: Name of the last overlay without which it would not be so; none where no overlay changed it.
    """

    place: str
    record: str = attrs.field(metadata=refers(Target.SUBJECT))
    standing: Standing | Unknown
    layer: str | None = None


@attrs.frozen(kw_only=True)
class Fact:
    """A fact: a field of a record, or of a part of one, as citations support it.

    Attributes:
        place: Where it stands in the data.
        part: The record or part that states it.
        record: Id of the record.
        field: The name of the field.
        value: What it says: a text or date as it is, all else as JSON.
        standing: How well it stands, derived from its citations.
        layer: Name of the last overlay without which it would not be so; none where no overlay changed it.
    """

    place: str
    part: str
    record: str = attrs.field(metadata=refers(Target.SUBJECT))
    field: str
    value: str
    standing: Standing | Unknown
    layer: str | None = None


@attrs.frozen(kw_only=True)
class Cited(Passage):
    """A citation by a record or part, resolved.

    Attributes:
        id: Its number in this export; the next version may have another.
        part: The record or part that cites.
    """

    id: int
    part: str


@attrs.frozen(kw_only=True)
class Support:
    """That a citation supports a fact.

    Attributes:
        fact: The fact.
        citation: The citation.
    """

    fact: str
    citation: int


# --- columns and tables ----------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its name.
        meaning: What it holds.
        form: `str`, `int`, `float`, `bool` or `PartialDate`.
        vocabularies: Those whose words may stand in it; empty where it is of none.
        required: Whether each row has a value.
        references: The table and column whose values it takes.
    """

    name: str
    meaning: str
    form: type[Any] = str
    vocabularies: tuple[type[StrEnum], ...] = ()
    required: bool = True
    references: tuple[str, str] | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The words that may stand in it."""
        return tuple(word.value for vocabulary in self.vocabularies for word in vocabulary)


@attrs.frozen(kw_only=True)
class Table:
    """A table.

    Attributes:
        name: Its name.
        meaning: What a row is.
        columns: Its columns.
        key: Names of the columns by which a row is found.
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


_KEYS: Final = {
    Statement: ("name",),
    Word: ("vocabulary", "word"),
    CoverageRow: ("kind",),
    Place: ("place",),
    Fact: ("place",),
    Support: ("fact", "citation"),
}
_TARGETS: Final[Mapping[Target, str]] = {
    target: target.value if target.value in {*Kind, "person", "country"} else "subject" for target in Target
}
_NTH: Final = Column(name="nth", meaning="Where it stands in its list, from 1.", form=int)


@functools.cache
def layout() -> tuple[Table, ...]:
    """Every table, each behind those that it refers to."""
    records = {kind.value: kind.record_class for kind in Kind}
    before = {"metadata": Statement, "coverage": CoverageRow, "word": Word, "subject": Subject}
    before |= {"country": Country, "person": Person, "place": Place}
    after = {"fact": Fact, "citation": Cited, "fact_citation": Support}
    holders = _holders(records)
    tables = [_whole(name, cls) for name, cls in (before | records).items()]
    tables += [_part(cls, held) for cls, held in holders.items()]
    owners: dict[str, type[Any]] = {"person": Person, **records, **{table_name(cls): cls for cls in holders}}
    tables += [_links(name, shape) for name, cls in owners.items() for shape in shapes(cls) if is_link(shape)]
    return (*tables, *(_whole(name, cls) for name, cls in after.items()))


def table_name(cls: type[Any]) -> str:
    """The name of the table of a class of parts."""
    return re.sub(r"(?<=.)(?=[A-Z])", "_", cls.__name__).lower()


def is_link(shape: Shape) -> bool:
    """Whether a field holds several plain values, which have a table of their own."""
    return shape.many and shape.part is None


def held_parts(cls: type[Any]) -> Iterator[tuple[str, type[Any]]]:
    """The fields of a class that hold parts, but for citations, each with the class of the parts."""
    for shape in shapes(cls):
        if shape.many and shape.part is not None and shape.name != "citations":
            yield shape.name, shape.part


def _holders(records: Mapping[str, type[Any]]) -> dict[type[Any], list[str]]:
    """The classes of parts, each with the tables whose rows hold them."""
    found: dict[type[Any], list[str]] = {}
    ahead = list(records.items())
    while ahead:
        name, cls = ahead.pop(0)
        for _, part in held_parts(cls):
            if part not in found:
                ahead.append((table_name(part), part))
            found.setdefault(part, []).append(name)
    return found


def _whole(name: str, cls: type[Any]) -> Table:
    key = _KEYS.get(cls, ("id",))
    columns = sorted(_columns(name, cls), key=lambda column: column.name not in key)
    return Table(name=name, meaning=headline(cls), columns=tuple(columns), key=key)


def _part(cls: type[Any], holders: list[str]) -> Table:
    cites = any(shape.name == "citations" for shape in shapes(cls))
    reference = ("place", "place") if cites else None
    place = Column(name="place", meaning="Where it stands in the data.", references=reference)
    name = table_name(cls)
    columns = (place, _holder(holders), _NTH, *_columns(name, cls))
    return Table(name=name, meaning=headline(cls), columns=columns, key=("place",))


def _holder(names: list[str]) -> Column:
    """The column that names the row which holds a part or a value."""
    if len(names) > 1:
        return Column(name="record", meaning="Id of the record that holds it.", references=("subject", "id"))
    (name,) = names
    return Column(name=name, meaning=f"The {name} that holds it.", references=(name, key_of(name)))


def key_of(name: str) -> str:
    """The column that names the rows of a table of records or parts."""
    return "id" if name in {*Kind, "person"} else "place"


def _links(name: str, shape: Shape) -> Table:
    value = attrs.evolve(_column(shape), name=value_name(name, shape), required=True)
    about = Column(name="about", meaning="The subject, or the place in it, in full.")
    columns = (_holder([name]), _NTH, value, *([about] if shape.target is Target.SUBJECT else []))
    meaning = f"{shape.meaning.removesuffix('.')}: one row each."
    return Table(name=f"{name}_{shape.name}", meaning=meaning, columns=columns, key=(name, "nth"))


def value_name(table: str, shape: Shape) -> str:
    """The column for the values of a field that holds several: named by what they are."""
    if shape.target is None:
        return table_name(shape.arms[0]) if issubclass(shape.arms[0], StrEnum) else "text"
    return shape.name if shape.target == table else shape.target.name.lower()


def _columns(name: str, cls: type[Any]) -> Iterator[Column]:
    for shape in shapes(cls):
        if shape.many:
            continue
        if shape.part is None:
            yield _referring(name, _column(shape))
        else:
            for inner in shapes(shape.part):
                column = _column(attrs.evolve(inner, required=False, name=f"{shape.name}_{inner.name}"))
                yield attrs.evolve(column, meaning=f"{shape.meaning} {inner.meaning}")


def _referring(name: str, column: Column) -> Column:
    """A column of a table with what it references beyond what the model's classes say."""
    more = {("part", "fact"): "place", ("part", "citation"): "place", ("fact", "fact_citation"): "fact"}
    more |= {("citation", "fact_citation"): "citation"}
    if table := more.get((column.name, name)):
        return attrs.evolve(column, references=(table, "id" if table == "citation" else "place"))
    if column.name == "id" and name in {*Kind, "country", "person"}:
        return attrs.evolve(column, references=("subject", "id"))
    return column


def _column(shape: Shape) -> Column:
    return Column(
        name=shape.name,
        meaning=shape.meaning,
        form=shape.form,
        vocabularies=tuple(arm for arm in shape.arms if issubclass(arm, StrEnum)),
        required=shape.required,
        references=(_TARGETS[shape.target], "id") if shape.target is not None else None,
    )
