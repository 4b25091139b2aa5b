"""What a command answers: text for people, and a document for machines."""

from argparse import Namespace
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import ip4kb
from ip4kb.commands.terminal import coloured


class Answer(NamedTuple):
    """What a command answers; only the one of both that is asked for is made.

    Attributes:
        text: Makes the text for people.
        document: Makes the document for machines, of what JSON can hold.
        code: The exit code.
    """

    text: Callable[[], str]
    document: Callable[[], Any]
    code: int = 0


def of_table(table: "ip4kb.Table[Any]", **more: Any) -> Answer:
    """A table as it shows itself, and as records, with what else a document has to tell."""
    return Answer(lambda: coloured(repr(table)), lambda: document(table, **more))


def document(table: "ip4kb.Table[Any]", **more: Any) -> dict[str, Any]:
    """The document of a table, with what else there is to tell before its rows."""
    told = {"title": table.title, "data_version": table.data_version, "caveat": table.caveat}
    return {**told, **more, "rows": table.to_records()}


def plain(things: Iterable[object], *names: str) -> list[dict[str, Any]]:
    """What things have under these names, for a document."""
    return [{name: getattr(thing, name) for name in names} for thing in things]


def knowledge_base(given: Namespace) -> "ip4kb.KnowledgeBase":
    """The bundled knowledge base with the overlays laid over it, in the order given."""
    return laid_over(ip4kb.load(), given)


def laid_over(kb: "ip4kb.KnowledgeBase", given: Namespace) -> "ip4kb.KnowledgeBase":
    """A knowledge base with the overlays laid over it, in the order given."""
    for path in given.overlay:
        kb = kb.with_overlay(path)
    return kb
