"""A data package of CSV files (https://datapackage.org/standard/data-package/, version 2), inert in spreadsheets.

A text that begins with one of = + - @ (also full width), a tab or a line break would be taken for a formula by a
spreadsheet; one apostrophe is put before it, and before a text that begins with an apostrophe itself. Whoever reads
takes one apostrophe off each text that begins with one, and has the text as it was.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

from ip4kb.codec import to_json
from ip4kb.dates import PartialDate
from ip4kb.exports.json_schema import DATE
from ip4kb.exports.layout import Column, Table
from ip4kb.exports.metadata import LICENSE_ADDRESS, LICENSE_TITLE, metadata_of
from ip4kb.exports.rows import Cell, rows_of
from ip4kb.records import Records

_FULL_WIDTH: Final = ("\uff1d", "\uff0b", "\uff0d", "\uff20")
_ACTIVE: Final = ("=", "+", "-", "@", *_FULL_WIDTH, "\t", "\r", "\n", "'")
_RULE: Final = (
    "A text that begins with one of = + - @ (also full width), tab, line break or ' has one ' put before it, so that"
    " no spreadsheet takes it for a formula: take one ' off each text that begins with one."
)
_TYPES: Final = {str: "string", PartialDate: "string", int: "integer", float: "number", bool: "boolean"}


def csv_package(records: Records) -> Iterator[tuple[str, bytes]]:
    """A file for each table, and `datapackage.json`, which describes them."""
    resources = []
    for table, rows in rows_of(records):
        name = f"{table.name}.csv"
        yield name, _csv(table, rows).encode()
        resources.append(_resource(table, name))
    yield "datapackage.json", (json.dumps(_package(records, resources), ensure_ascii=False, indent=2) + "\n").encode()


def _inert(text: str) -> str:
    """A text as it stands in a cell: with one apostrophe before it where a spreadsheet would act on it."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def _csv(table: Table, rows: list[tuple[Cell, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(column.name for column in table.columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: Cell) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _inert(value) if isinstance(value, str) else value


def _package(records: Records, resources: list[dict[str, Any]]) -> dict[str, Any]:
    metadata = metadata_of(records)
    told = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ip4kb",
        "title": metadata.title,
        "description": f"{metadata.citation}\n\n{metadata.rights}\n\n{_RULE}",
        "homepage": metadata.homepage,
        "version": metadata.data_version,
        "ip4kb": to_json(metadata),
        "licenses": [{"name": metadata.license, "title": LICENSE_TITLE, "path": LICENSE_ADDRESS}],
        "contributors": [{"title": "ip4kb contributors"}],
        "resources": resources,
    }
    return {name: value for name, value in told.items() if value is not None}


def _resource(table: Table, path: str) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": path,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [column.name],
                    "reference": {"resource": column.references[0], "fields": [column.references[1]]},
                }
                for column in table.columns
                if column.references is not None
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    constraints |= {"enum": list(column.words)} if column.words else {}
    constraints |= {"pattern": DATE} if column.form is PartialDate else {}
    return {
        "name": column.name,
        "type": _TYPES[column.form],
        "description": column.meaning,
        **({"constraints": constraints} if constraints else {}),
    }
