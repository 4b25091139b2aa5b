"""One file of SQLite: tables with foreign keys, views for the common questions, and a search over the texts."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from ip4kb.dates import PartialDate
from ip4kb.exports.layout import Column, Table, layout
from ip4kb.exports.rows import rows_of
from ip4kb.exports.views import VIEWS
from ip4kb.model.kind import Kind
from ip4kb.names import names_of
from ip4kb.queries.search import texts_of
from ip4kb.records import Records

_TYPES: Final = {str: "text", PartialDate: "text", int: "integer", float: "real", bool: "integer"}
_SEARCH: Final = """
create table told (id integer primary key, record text not null references subject(id), place text not null,
    text text not null);
create virtual table search using fts5(text, content="told", content_rowid='id',
    tokenize="unicode61 remove_diacritics 2");
"""
_TOLD: Final = "Names, aliases, titles, and what summaries, provisions, silences, reasons, claims and positions say."
_FOUND: Final = "Full-text search in told; its rowid is told.id: where search match 'liaison office'."


def sqlite_file(records: Records) -> bytes:
    """The bytes of the file; foreign keys are enforced while it is made."""
    database = sqlite3.connect(":memory:", isolation_level=None)
    try:
        database.executescript("pragma page_size = 4096; pragma foreign_keys = on; begin;" + _definitions())
        for table, rows in rows_of(records):
            marks = ", ".join("?" * len(table.columns))
            database.executemany(f"insert into {_quoted(table.name)} values ({marks})", rows)  # noqa: S608 (a name of ours)
        database.executemany("insert into told values (null, ?, ?, ?)", _told(records))
        database.execute("insert into search(search) values ('rebuild')")
        database.executemany("insert into dictionary values (?, ?, ?)", _meanings())
        database.execute("commit")
        return database.serialize()
    finally:
        database.close()


def _definitions() -> str:
    tables = [_definition(table) for table in layout()]
    indexes = [
        f"create index {_quoted(f'{table.name}_by_{column.name}')} on {_quoted(table.name)} ({_quoted(column.name)});"
        for table in layout()
        for column in table.columns
        if column.references is not None and column.name != table.key[0]
    ]
    views = [f"create view {view.name} as {view.query};" for view in VIEWS]
    dictionary = "create table dictionary (name text not null, column_name text, meaning text not null);"
    return "\n".join([*tables, *indexes, _SEARCH, dictionary, *views])


def _definition(table: Table) -> str:
    columns = [*map(_column, table.columns), f"primary key ({', '.join(map(_quoted, table.key))})"]
    return f"create table {_quoted(table.name)} (" + ", ".join(columns) + ");"


def _column(column: Column) -> str:
    told = [_quoted(column.name), _TYPES[column.form]]
    told += ["not null"] if column.required else []
    if column.vocabularies:
        words = ", ".join(f"'{word}'" for word in column.words)
        told.append(f"check ({_quoted(column.name)} in ({words}))")
    if column.form is bool:
        told.append(f"check ({_quoted(column.name)} in (0, 1))")
    if column.references is not None:
        table, key = column.references
        told.append(f"references {_quoted(table)}({_quoted(key)})")
    return " ".join(told)


def _quoted(name: str) -> str:
    return f'"{name}"'


def _told(records: Records) -> Iterator[tuple[str, str, str]]:
    """Everything that is searched, with its record and place."""
    for kind in Kind:
        for record in records.collection(kind):
            for name in dict.fromkeys(names_of(record)):
                yield record.id, record.id, name
            for place, _, text in texts_of(record):
                yield record.id, place, text


def _meanings() -> Iterator[tuple[str, str | None, str]]:
    """What each table, column and view holds."""
    for table in layout():
        yield table.name, None, table.meaning
        for column in table.columns:
            yield table.name, column.name, column.meaning
    for view in VIEWS:
        yield view.name, None, view.meaning
    yield "told", None, _TOLD
    yield "search", None, _FOUND
