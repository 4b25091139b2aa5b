"""The codebook: a directive that tells of each field of a class what the class itself says about it."""

from __future__ import annotations

import importlib
import inspect
import re
import types
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Union, get_args, get_origin

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.util.docutils import SphinxDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COLUMNS = {"Field": 16, "Type": 22, "Required": 12, "Sort": 8, "Meaning": 42}
"""The heads of the columns, each with its share of the width."""


class Row(NamedTuple):
    """What a class says of one of its fields.

    Attributes:
        name: The name of the field.
        type: Its type.
        target: What its ids name; empty where it holds none.
        required: `yes`, or `no` with what a missing value means.
        sort: `fact` or `frame`; empty for citations.
        meaning: What its class's docstring says of it.
    """

    name: str
    type: Any
    target: str
    required: str
    sort: str
    meaning: str


def meanings(cls: type[Any]) -> dict[str, str]:
    """What the docstring of a class, or of the class it builds on, says of each field under `Attributes:`."""
    told: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        section = inspect.cleandoc(vars(base).get("__doc__") or "").partition("Attributes:\n")[2]
        for name, meaning in re.findall(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", section, re.MULTILINE):
            told[name] = " ".join(meaning.split())
    return told


def rows(cls: type[Any]) -> Iterator[Row]:
    """The fields of a class, in its order."""
    told = meanings(cls)
    for field in attrs.fields(cls):
        absent = field.default is None or field.default == () or isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]
        yield Row(
            name=field.name,
            type=field.type,
            target=field.metadata["refers"].value if "refers" in field.metadata else "",
            required="yes" if field.default is attrs.NOTHING else "no" if absent else f"no ({field.default})".lower(),
            sort="" if field.name == "citations" else "fact" if field.metadata.get("fact") else "frame",
            meaning=told[field.name],
        )


class Codebook(SphinxDirective):
    """A table of the fields of a class, which is named by its public name or by the module it is defined in."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the table."""
        module, _, name = self.arguments[0].rpartition(".")
        told = list(rows(getattr(importlib.import_module(module), name)))
        columns = [column for column in COLUMNS if column != "Sort" or any(row.sort == "fact" for row in told)]
        group = nodes.tgroup(
            "",
            *(nodes.colspec(colwidth=COLUMNS[column]) for column in columns),
            nodes.thead("", nodes.row("", *(nodes.entry("", nodes.paragraph("", column)) for column in columns))),
            nodes.tbody("", *(nodes.row("", *self._cells(row, columns)) for row in told)),
            cols=len(columns),
        )
        return [nodes.table("", group, classes=["codebook"])]

    def _cells(self, row: Row, columns: list[str]) -> Iterator[nodes.entry]:
        meaning, _messages = self.parse_inline(row.meaning)
        contents: dict[str, list[nodes.Node]] = {
            "Field": [nodes.literal("", row.name)],
            "Type": [*self._type(row.type), nodes.Text(f", id of a {row.target}" if row.target else "")],
            "Required": [nodes.Text(row.required)],
            "Sort": [nodes.Text(row.sort)],
            "Meaning": meaning,
        }
        for column in columns:
            yield nodes.entry("", nodes.paragraph("", "", *contents[column]), classes=[column.lower()])

    def _type(self, annotation: Any) -> list[nodes.Node]:
        """A type in words, each class a link to where it is documented."""
        if get_origin(annotation) is tuple:
            return [nodes.Text("list of "), *self._type(get_args(annotation)[0])]
        if get_origin(annotation) is Mapping:
            key, value = get_args(annotation)
            return [nodes.Text("object, "), *self._type(key), nodes.Text(" to "), *self._type(value)]
        found: list[nodes.Node] = []
        arms = get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else (annotation,)
        for arm in arms:
            if arm is type(None):
                continue
            target = arm.__name__ if arm.__module__ == "builtins" else f"ip4kb.{arm.__name__}"
            link = pending_xref(
                "",
                nodes.literal("", arm.__name__, classes=["xref", "py", "py-class"]),
                refdomain="py",
                reftype="class",
                reftarget=target,
                refdoc=self.env.docname,
                refwarn=True,
            )
            found += [nodes.Text(" or "), link] if found else [link]
        return found


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive to Sphinx."""
    app.add_directive("codebook", Codebook)
    return {"parallel_read_safe": True}
