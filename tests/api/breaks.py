"""What breaks for those who use a release, when another takes its place, and when that is allowed."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

import griffe
from griffe import Attribute, BreakageKind, Class, Function, Module, Parameter

from changelog import Section, numbers
from face import objects

Breaks = dict[str, list[str]]


def breaks(old: Module, new: Module) -> Breaks:
    """What breaks, in words, by the path of the object.

    Griffe finds what was removed or is another kind of thing, and parameters that were removed, moved, made required or
    given another default. It says nothing of types and values, so these are compared here: a type that an argument
    takes no longer, a type that was never returned or held before, a base that went, a word of a vocabulary that is
    spelt otherwise. What takes more or gives less breaks nothing, and neither does what is new.
    """
    found: Breaks = defaultdict(list)
    for breakage in griffe.find_breaking_changes(old, new):
        if breakage.kind is not BreakageKind.CLASS_REMOVED_BASE:
            values = (breakage.old_value, breakage.new_value)
            parameter = next((f": {value.name}" for value in values if isinstance(value, Parameter)), "")
            found[_plain(breakage.obj.path)].append(f"{breakage.kind.value.lower()}{parameter}")
    after = objects(new)
    for path, before in objects(old).items():
        if path in after:
            found[_plain(path)] += _narrowed(before, after[path])
    return {path: told for path, told in sorted(found.items()) if told}


def refused(broken: Breaks, old: Module, released: str, section: Section) -> list[str]:
    """The breaks, a sentence each, that the version of this section of the changelog may not bring.

    A new major version may break anything. Before 1.0 a new minor version may break what the section names in backticks
    under Changed or Removed: by its own path, by that of a base which it is inherited from, or as the question of the
    knowledge base that it is.
    """
    before, now = numbers(released), numbers(section.version)
    if now[0] > before[0]:
        return []
    if before[0] == 0 and now[:2] > before[:2]:
        named = section.named("Changed", "Removed")
        broken = {path: what for path, what in broken.items() if not named & _names(path, old)}
        why = "but the changelog names it neither under Changed nor under Removed"
    else:
        why = f"which asks for a new {'major' if before[0] else 'minor'} version after {released}"
    return [f"{path}: {'; '.join(what)}, {why}." for path, what in broken.items()]


def _plain(path: str) -> str:
    """The path without the package, the mark of an overload, and `__init__`, since a class is what one calls."""
    return path.removeprefix("ip4kb.").partition("#")[0].removesuffix(".__init__")


def _narrowed(old: object, new: object) -> Iterator[str]:
    """What griffe does not tell of two objects of one path."""
    if isinstance(old, Class) and isinstance(new, Class):
        if gone := sorted({str(base) for base in old.bases} - {str(base) for base in new.bases}):
            yield f"base class was removed: {', '.join(gone)}"
    elif isinstance(old, Attribute) and isinstance(new, Attribute):
        if not _fits(new.annotation, old.annotation):
            yield f"type was changed: {old.annotation} -> {new.annotation}"
        is_word = old.annotation is None
        if is_word and old.value != new.value:
            yield f"value was changed: {old.value} -> {new.value}"
    elif isinstance(old, Function) and isinstance(new, Function):
        now = {parameter.name: parameter.annotation for parameter in new.parameters}
        for parameter in old.parameters:
            if parameter.name in now and not _fits(parameter.annotation, now[parameter.name]):
                yield f"type was changed: {parameter.name}: {parameter.annotation} -> {now[parameter.name]}"
        if not _fits(new.returns, old.returns):
            yield f"return type was changed: {old.returns} -> {new.returns}"


def _fits(given: object, wanted: object) -> bool:
    """Whether every type of an annotation is one of another's; what has no annotation takes all."""
    return wanted is None or (given is not None and _types(str(given)) <= _types(str(wanted)))


def _types(annotation: str) -> set[str]:
    """The types of a union, such as `str | None`."""

    def within(node: ast.expr) -> set[str]:
        if isinstance(node, ast.BinOp):
            return within(node.left) | within(node.right)
        return {ast.unparse(node)}

    return within(ast.parse(annotation, mode="eval").body)


def _names(path: str, face: Module) -> set[str]:
    """What the changelog may call it: its own path, or that of what it is inherited from or stands for."""
    owner, _, name = path.rpartition(".")
    if owner in {"", "KnowledgeBase"} and name not in _classes(face):
        return {name, f"KnowledgeBase.{name}"}
    bases = _bases(face, owner or name)
    return {path} | {f"{base}.{name}" if owner else base for base in bases}


def _classes(face: Module) -> set[str]:
    return {name for name, member in face.members.items() if isinstance(member, Class)}


def _bases(face: Module, name: str) -> set[str]:
    """The public bases of a class, and theirs."""
    cls = face.members.get(name)
    own = {str(base).partition("[")[0] for base in cls.bases} if isinstance(cls, Class) else set()
    public = own & _classes(face)
    return public.union(*(_bases(face, base) for base in public))
