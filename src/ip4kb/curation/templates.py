"""What a new record looks like before it is filled in."""

from enum import EnumMeta
from typing import Any, Final, get_args

import attrs

from ip4kb.model.kind import Kind

_SAMPLE_FACTS: Final = {
    Kind.ALLIANCE: "summary",
    Kind.PARTNER: "capital",
    Kind.SUMMIT: "summary",
    Kind.MEETING: "summary",
    Kind.DECLARATION: "summary",
    Kind.INITIATIVE: "summary",
}


def template(kind: Kind, id: str) -> dict[str, Any]:
    """The required fields of a record with the values to be replaced, and one citation where the kind has them."""
    made: dict[str, Any] = _required(kind.record_class)
    made["id"] = id
    fact = _SAMPLE_FACTS.get(kind)
    if fact is not None:
        made[fact] = fact.upper()
    if kind is not Kind.SOURCE:
        holders = made.get("positions", [made])
        for holder in holders:
            holder["citations"] = [_required_citation(kind)]
    else:
        made["accessed"] = "YYYY-MM-DD"
    return made


def _required(cls: type[Any]) -> dict[str, Any]:
    return {
        field.name: _sample(field.name, field.type) for field in attrs.fields(cls) if field.default is attrs.NOTHING
    }


def _sample(name: str, type_: Any) -> Any:
    if isinstance(type_, EnumMeta):
        return " | ".join(str(member.value) for member in type_)  # type: ignore[var-annotated]
    arms = get_args(type_)
    if arms and attrs.has(arms[0]):
        return [_required(arms[0]), _required(arms[0])]
    return [name.upper()] if arms else name.upper()


def _required_citation(kind: Kind) -> dict[str, Any]:
    supports = {"supports": [_SAMPLE_FACTS[kind]]} if kind in _SAMPLE_FACTS else {}
    return {
        "source": "SOURCE-ID",
        **supports,
        "paragraph": 1,
        "phrase": "UP TO TWELVE WORDS FROM THE PASSAGE",
    }
