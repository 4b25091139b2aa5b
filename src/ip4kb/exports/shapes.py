"""What the fields of the model's classes hold, read from the classes: the one source of every schema."""

import functools
import inspect
import re
import types
from collections.abc import Mapping
from typing import Any, Final, Union, get_args, get_origin

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.field import Target

_ATTRIBUTES: Final = re.compile(r"^Attributes:\n((?: .*\n|\n)*)", re.MULTILINE)
_TOLD: Final = re.compile(r"^ {4}(\w+): (.*(?:\n {8,}.*)*)", re.MULTILINE)


@attrs.frozen(kw_only=True)
class Shape:
    """What a field holds.

    Attributes:
        name: Name of the field.
        meaning: What the docstring of its class says of it.
        arms: The types that a value, or each of several values, may have.
        many: Whether it holds several.
        required: Whether it must be there.
        fact: Whether it states something about the world.
        target: What the ids in it name.
        rule: The rule that its values keep.
    """

    name: str
    meaning: str
    arms: tuple[type[Any], ...]
    many: bool
    required: bool
    fact: bool
    target: Target | None
    rule: Any

    @property
    def form(self) -> type[Any]:
        """The type of plain values: text where they may be text, a float where they may be one."""
        if any(issubclass(arm, str) for arm in self.arms):
            return str
        return float if float in self.arms else self.arms[0]

    @property
    def part(self) -> type[Any] | None:
        """The class of the objects that it holds; None where it holds plain values."""
        return self.arms[0] if attrs.has(self.arms[0]) and self.arms[0] is not PartialDate else None


def shapes(cls: type[Any]) -> tuple[Shape, ...]:
    """The fields of a class of the model, in order."""
    hashable: Any = cls  # mypy holds that type[Any] is not
    return _shapes(hashable)


@functools.cache
def _shapes(cls: Any) -> tuple[Shape, ...]:
    meanings = _meanings(cls)
    return tuple(_shape(field, meanings) for field in attrs.fields(cls))


def _shape(field: "attrs.Attribute[Any]", meanings: Mapping[str, str]) -> Shape:
    many = get_origin(field.type) is tuple
    held = get_args(field.type)[0] if many else field.type
    arms = get_args(held) if get_origin(held) in {Union, types.UnionType} else (held,)
    return Shape(
        name=field.name,
        meaning=meanings.get(field.name, ""),
        arms=tuple(arm for arm in arms if arm is not type(None)),
        many=many,
        required=field.default is attrs.NOTHING,
        fact=bool(field.metadata.get("fact")),
        target=field.metadata.get("refers"),
        rule=field.validator,
    )


def _meanings(cls: type[Any]) -> dict[str, str]:
    """What the docstrings of a class and of those it comes from say of its fields."""
    told: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        if section := _ATTRIBUTES.search(f"{inspect.cleandoc(vars(base).get('__doc__') or '')}\n"):
            told |= {name: " ".join(text.split()) for name, text in _TOLD.findall(section[1])}
    return told


def headline(cls: type[Any]) -> str:
    """The first sentence or two of a class's docstring: what it is."""
    return " ".join(inspect.cleandoc(cls.__doc__ or "").partition("\n\n")[0].split())
