"""JSON: one document, or a folder of JSON Lines by kind with their schemas."""

import json
from collections.abc import Iterator
from typing import Any

from ip4kb.codec import to_json
from ip4kb.exports.document import document_of
from ip4kb.exports.json_schema import SCHEMAS, address, lists, schema
from ip4kb.json_text import canonical
from ip4kb.records import Records


def json_document(records: Records) -> bytes:
    """One document, as its schema has it, with one record a line."""
    document = {"$schema": address("document"), **to_json(document_of(records))}
    return ("{\n" + ",\n".join(f'"{name}": {_lines(value)}' for name, value in document.items()) + "\n}\n").encode()


def json_lines(records: Records) -> Iterator[tuple[str, bytes]]:
    """A file of lines for each kind of record, for people, countries and facts; beside them metadata and schemas."""
    document = to_json(document_of(records))
    yield "metadata.json", canonical(document["metadata"]).encode()
    for name, field in lists().items():
        yield f"{name}.jsonl", "".join(f"{_text(member)}\n" for member in document[field]).encode()
    for name in SCHEMAS:
        yield f"schema/{name}.json", canonical(schema(name)).encode()


def _lines(value: Any) -> str:
    if isinstance(value, tuple | list):
        return "[\n" + ",\n".join(map(_text, value)) + "\n]"
    return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
