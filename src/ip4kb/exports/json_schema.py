"""JSON Schema (draft 2020-12, https://json-schema.org/draft/2020-12) made from the model's classes."""

from collections.abc import Mapping
from enum import EnumMeta
from typing import Any, Final

from ip4kb.citing.address import SITE
from ip4kb.dates import PartialDate
from ip4kb.exports.document import Country, Document, Fact
from ip4kb.exports.metadata import Metadata
from ip4kb.exports.shapes import Shape, headline, shapes
from ip4kb.model import field as rules
from ip4kb.model.field import Target
from ip4kb.model.kind import Kind
from ip4kb.model.person import Person
from ip4kb.tables import schema_version

SCHEMAS: Final[Mapping[str, type[Any]]] = {
    **{kind.value: kind.record_class for kind in Kind},
    "country": Country,
    "person": Person,
    "fact": Fact,
    "metadata": Metadata,
    "document": Document,
}
"""What has a schema of its own, by name."""

_NAMES: Final = {cls: name for name, cls in SCHEMAS.items()}
DATE: Final = "^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_TEXT: Final = "^\\S(.*\\S)?$"
_IDENTIFIER: Final = f"^{rules.IDENTIFIER}$"
_PLACE: Final = f"^{rules.IDENTIFIER}(#\\S+)?$"
_PLAIN: Final[Mapping[type[Any], Mapping[str, Any]]] = {
    str: {"type": "string", "pattern": _TEXT},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
}
_RULES: Final[Mapping[Any, Mapping[str, Any]]] = {
    rules.identifier: {"pattern": _IDENTIFIER},
    rules.digest: {"pattern": f"^{rules.DIGEST}$"},
    rules.language: {"pattern": f"^{rules.LANGUAGE}$"},
    rules.web_address: {"pattern": f"^{rules.URL}$"},
    rules.positive: {"minimum": 1},
    rules.phrase: {"maxLength": rules.MAX_PHRASE_CHARACTERS},
}


def lists() -> dict[str, str]:
    """The lists of the document: the name of what each holds, and its field."""
    return {_NAMES[shape.part]: shape.name for shape in shapes(Document) if shape.many and shape.part is not None}


def address(name: str) -> str:
    """The address, and so the `$id`, of a schema."""
    return f"{SITE}schema/{name}.json"


def schema(name: str) -> dict[str, Any]:
    """The schema of a kind of record, or of what stands beside the records."""
    defined: dict[str, Any] = {}
    described = _object(SCHEMAS[name], defined)
    if name == "document":
        described["properties"] = {"$schema": {"const": address(name)}, **described["properties"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(name),
        "$comment": f"schema version {schema_version}",
        "title": SCHEMAS[name].__name__,
        **described,
        **({"$defs": dict(sorted(defined.items()))} if defined else {}),
    }


def _object(cls: type[Any], defined: dict[str, Any]) -> dict[str, Any]:
    fields = shapes(cls)
    return {
        "description": headline(cls),
        "type": "object",
        "properties": {field.name: _field(field, defined) for field in fields},
        "required": [field.name for field in fields if field.required],
        "additionalProperties": False,
    }


def _field(shape: Shape, defined: dict[str, Any]) -> dict[str, Any]:
    arms = [_value(arm, shape.rule, defined) for arm in shape.arms]
    value = arms[0] if len(arms) == 1 else _union(arms)
    if shape.target is not None:
        value["pattern"] = _PLACE if shape.target is Target.SUBJECT else _IDENTIFIER
    held = {"type": "array", "items": value} if shape.many else value
    comment = ["fact"] if shape.fact else []
    comment += [f"names a {shape.target.value}"] if shape.target else []
    return {
        "description": shape.meaning,
        **held,
        **({"$comment": "; ".join(comment)} if comment else {}),
    }


def _union(arms: list[dict[str, Any]]) -> dict[str, Any]:
    """Any of several; numbers, whole or not, are of one type in JSON."""
    distinct = [arm for arm in arms if arm.get("type") != "integer" or {"type": "number"} not in arms]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def _value(cls: type[Any], rule: Any, defined: dict[str, Any]) -> dict[str, Any]:
    if cls in _PLAIN:
        return {**_PLAIN[cls], **_RULES.get(rule, {})}
    if cls in _NAMES:
        return {"$ref": f"{_NAMES[cls]}.json"}
    if cls.__name__ not in defined:
        defined[cls.__name__] = {}
        defined[cls.__name__] = _part(cls, defined)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _part(cls: type[Any], defined: dict[str, Any]) -> dict[str, Any]:
    if cls is PartialDate:
        return {"description": headline(cls), "type": "string", "pattern": DATE}
    if isinstance(cls, EnumMeta):
        return {"description": headline(cls), "type": "string", "enum": [word.value for word in cls]}
    return _object(cls, defined)
