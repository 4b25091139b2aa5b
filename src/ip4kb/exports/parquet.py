"""Parquet, one file a kind with parts and citations nested, for those who ask by columns."""

import json
from collections.abc import Iterator
from typing import Any

from ip4kb.codec import to_json
from ip4kb.exports.document import document_of, plain
from ip4kb.exports.json_schema import SCHEMAS, lists
from ip4kb.exports.shapes import Shape, shapes
from ip4kb.extras import require
from ip4kb.records import Records


def parquet_files(records: Records) -> Iterator[tuple[str, bytes]]:
    """A file for each kind of record, for people, countries and facts.

    Dates and words are text, a missing value is null, and what the export says of itself stands as JSON under `ip4kb`
    in the metadata of each file.

    Raises:
        MissingLibraryError: If pyarrow is not installed.
    """
    arrow, parquet = (require(name, "arrow", "export to parquet") for name in ("pyarrow", "pyarrow.parquet"))
    document = document_of(records)
    metadata = {"ip4kb": json.dumps(to_json(document.metadata), ensure_ascii=False)}
    for name, field in lists().items():
        schema = arrow.schema(_fields(arrow, SCHEMAS[name]), metadata=metadata)
        table = arrow.Table.from_pylist([_row(member) for member in getattr(document, field)], schema=schema)
        sink = arrow.BufferOutputStream()
        parquet.write_table(table, sink)
        yield f"{name}.parquet", sink.getvalue().to_pybytes()


def _fields(arrow: Any, cls: type[Any]) -> list[tuple[str, Any]]:
    return [(shape.name, _type(arrow, shape)) for shape in shapes(cls)]


def _type(arrow: Any, shape: Shape) -> Any:
    if shape.part is not None:
        held = arrow.struct(_fields(arrow, shape.part))
    else:
        numbers = {int: arrow.int64(), float: arrow.float64(), bool: arrow.bool_()}
        held = numbers.get(shape.form, arrow.string())
    return arrow.list_(held) if shape.many else held


def _row(node: Any) -> dict[str, Any]:
    row = {}
    for shape in shapes(type(node)):
        content = getattr(node, shape.name)
        row[shape.name] = [_value(shape, member) for member in content] if shape.many else _value(shape, content)
    return row


def _value(shape: Shape, content: Any) -> Any:
    if content is None or shape.form in {int, float, bool}:
        return content
    return plain(content) if shape.part is None else _row(content)
