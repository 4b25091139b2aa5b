"""The public face: the names of `ip4kb.__all__` and what they hold, as griffe reads them from the source.

    python tests/api/face.py

writes it to face.txt, a line for each name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import griffe
from griffe import Attribute, Class, Function, Module, Object, Parameter, ParameterKind, Parameters

ROOT: Final = Path(__file__).parents[2]
SNAPSHOT: Final = Path(__file__).with_name("face.txt")
COMMAND: Final = "python tests/api/face.py"

# What readers make themselves: records, their parts and dates. All else is handed to them, and has no constructor here.
_MADE_BY_READERS: Final = ("ip4kb.model.", "ip4kb.dates.")
_MECHANICS: Final = frozenset({"__init__", "__reduce__", "__setattr__"})
# A further overload of a function, since names are unique: `get`, `get#2`.
_OVERLOAD: Final = "#"
# Griffe does not read back what has no line at all.
_NO_LINE: Final = 0


def read(source: Path) -> Module:
    """The face of the package in a folder: a module of the public names alone, inherited members among them.

    Annotations, defaults and bases are text, as they are written. A question of the bundled knowledge base is the
    method that it stands for; overloads stand side by side, as `get` and `get#2`.
    """
    package = griffe.load("ip4kb", search_paths=[source], try_relative_path=False)
    face = Module("ip4kb")
    for name in sorted(str(export) for export in package.exports or ()):
        value = getattr(package[name], "value", None)
        question = str(value).removeprefix("_kb.")
        is_question = question != str(value)
        _add(face, name, package["KnowledgeBase"][question] if is_question else package[name])
    return face


def objects(face: Module) -> dict[str, Object]:
    """What the face holds, by path, as `Level.AMBASSADOR`; sorted, a class before its members."""

    def within(parent: Module | Class, prefix: str) -> Iterator[tuple[str, Object]]:
        for name, member in parent.members.items():
            assert isinstance(member, Object)
            yield prefix + name, member
            if isinstance(member, Module | Class):
                yield from within(member, f"{prefix}{name}.")

    return dict(sorted(within(face, ""), key=lambda found: found[0].split(".")))


def lines(face: Module) -> list[str]:
    """The face in lines, one an object."""
    return [_line(path.partition(_OVERLOAD)[0], found) for path, found in objects(face).items()]


def _add(parent: Module | Class, name: str, found: Object | griffe.Alias) -> None:
    """Put a copy of an object under a name, with no more of it than the face shows."""
    origin = found.final_target if isinstance(found, griffe.Alias) else found
    if isinstance(origin, Function):
        for count, overload in enumerate(origin.overloads or [origin], start=1):
            parent.set_member(known := name if count == 1 else f"{name}{_OVERLOAD}{count}", _function(known, overload))
    elif isinstance(origin, Class):
        parent.set_member(name, _class(name, origin))
    elif isinstance(origin, Module):
        parent.set_member(name, module := Module(name))
        for member in sorted(origin.members.values(), key=lambda member: member.name):
            if not member.is_alias and not member.is_private and member.runtime:
                _add(module, member.name, member)
    else:
        assert isinstance(origin, Attribute), f"{name} is {origin.kind.value}"
        value = _text(origin.value) if _is_enum(origin.parent) else _default(origin) if _is_field(origin) else None
        copy = Attribute(name, annotation=_text(origin.annotation), value=value, lineno=_NO_LINE)
        copy.labels.update(origin.labels & {"property"})
        parent.set_member(name, copy)


def _class(name: str, origin: Class) -> Class:
    copy = Class(name, bases=[str(base) for base in origin.bases], lineno=_NO_LINE)
    if _is_record(origin) and origin.canonical_path.startswith(_MADE_BY_READERS):
        copy.set_member("__init__", _constructor(origin))
    for known, member in sorted(origin.all_members.items()):
        is_special = member.is_special and member.is_function and known not in _MECHANICS
        if is_special or not known.startswith("_"):
            _add(copy, known, member)
    for member in copy.members.values():
        member.public = True
    return copy


def _function(name: str, origin: Function) -> Function:
    parameters = [
        Parameter(
            parameter.name,
            annotation=_text(parameter.annotation),
            kind=parameter.kind,
            default=_text(parameter.default),
        )
        for parameter in origin.parameters
        if parameter.name not in {"self", "cls"}
    ]
    return Function(name, parameters=Parameters(*parameters), returns=_text(origin.returns), lineno=_NO_LINE)


def _constructor(origin: Class) -> Function:
    """What attrs makes of the fields of a class and its bases."""
    fields: dict[str, Parameter] = {}
    for cls in reversed([origin, *origin.mro()]):
        by_keyword = any("kw_only=True" in str(decorator.value) for decorator in cls.decorators)
        kind = ParameterKind.keyword_only if by_keyword else ParameterKind.positional_or_keyword
        for name, field in cls.members.items():
            if isinstance(field, Attribute) and _is_field(field):
                fields.pop(name, None)
                fields[name] = Parameter(name, annotation=_text(field.annotation), kind=kind, default=_default(field))
    return Function("__init__", parameters=Parameters(*fields.values()), returns="None", lineno=_NO_LINE)


def _is_record(cls: Object | None) -> bool:
    """Whether a class is one of attrs."""
    return isinstance(cls, Class) and any("attrs." in str(decorator.value) for decorator in cls.decorators)


def _is_field(attribute: Attribute) -> bool:
    return _is_record(attribute.parent) and "instance-attribute" in attribute.labels


def _is_enum(cls: Object | None) -> bool:
    return isinstance(cls, Class) and any(str(base).endswith("Enum") for base in cls.bases)


def _default(field: Attribute) -> str | None:
    """The default of a field; None where it is required."""
    if isinstance(field.value, griffe.ExprCall) and str(field.value.function) == "attrs.field":
        given = {str(each.name): each.value for each in field.value.arguments if isinstance(each, griffe.ExprKeyword)}
        return _text(given.get("default"))
    return _text(field.value)


def _text(expression: str | griffe.Expr | None) -> str | None:
    return None if expression is None else str(expression)


def _line(path: str, found: Object) -> str:
    if isinstance(found, Function):
        return found.signature(return_type=True, name=path)
    if isinstance(found, Attribute):
        annotation = "" if found.annotation is None else f": {found.annotation}"
        value = "" if found.value is None else f" = {found.value}"
        return f"{path}{annotation}{value}{' (property)' if 'property' in found.labels else ''}"
    bases = f"({', '.join(map(str, found.bases))})" if isinstance(found, Class) and found.bases else ""
    return f"{found.kind.value} {path}{bases}"


if __name__ == "__main__":
    SNAPSHOT.write_text("".join(f"{line}\n" for line in lines(read(ROOT / "src"))), "utf-8")
