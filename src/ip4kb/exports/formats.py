"""The formats of an export, by name."""

from collections.abc import Callable, Iterator
from typing import Final

from ip4kb.exports import json_files
from ip4kb.exports.csv_package import csv_package
from ip4kb.exports.graphml import graph
from ip4kb.exports.json_ld import linked_data
from ip4kb.exports.parquet import parquet_files
from ip4kb.exports.sqlite import sqlite_file
from ip4kb.exports.writing import write_file, write_folder
from ip4kb.names import require_text
from ip4kb.queries.subjects import member
from ip4kb.records import Records
from ip4kb.shelves import location

FILES: Final[dict[str, Callable[[Records], bytes]]] = {
    "json": json_files.json_document,
    "sqlite": sqlite_file,
    "graphml": graph,
    "json-ld": linked_data,
}
"""Formats that are one file."""

FOLDERS: Final[dict[str, Callable[[Records], Iterator[tuple[str, bytes]]]]] = {
    "jsonl": json_files.json_lines,
    "csv": csv_package,
    "parquet": parquet_files,
}
"""Formats that are a folder of files."""


def export(records: Records, format: str, path: object) -> None:
    """Write the records in a format; see `KnowledgeBase.export`."""
    chosen = member((*FILES, *FOLDERS), require_text(format, "format"), "format")
    place = location(path)
    if chosen in FILES:
        write_file(place, FILES[chosen](records))
    else:
        write_folder(place, list(FOLDERS[chosen](records)))
