"""The questions: each takes what the method of its name takes."""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

import ip4kb
from ip4kb.commands.answer import Answer, knowledge_base, of_table, plain

_ANY_NAME = "id, name, alias or code"


def show(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.show` takes."""
    parser.add_argument("record", metavar="REF", help=f"a record, by {_ANY_NAME}")
    parser.set_defaults(answer=_show)


def _show(given: Namespace) -> Answer:
    table = knowledge_base(given).show(given.record)
    return of_table(table, references=plain(table.references, "place", "record", "target", "layer"))


def attendance(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.attendance` takes."""
    every = "summit or meeting, or a partner for its summits"
    parser.add_argument("subject", nargs="?", metavar="GATHERING", help=f"{every}, by {_ANY_NAME} (default: all)")
    parser.add_argument("--partner", help="keep the rows of this partner")
    kinds = ["summit", "meeting", *ip4kb.MeetingKind]
    parser.add_argument("--kind", help=_one_of("keep the gatherings of this kind (default: summit)", kinds))
    parser.add_argument("--level", help=_one_of("keep those who came at exactly this level", ip4kb.Level))
    _theme(parser, "keep the gatherings about this theme")
    _span(parser)
    parser.set_defaults(
        answer=lambda given: of_table(
            knowledge_base(given).attendance(
                given.subject,
                partner=given.partner,
                kind=given.kind,
                level=given.level,
                theme=given.theme,
                since=given.since,
                until=given.until,
            )
        )
    )


def timeline(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.timeline` takes."""
    from ip4kb.queries.timeline import KINDS  # noqa: PLC0415 (a question's module, imported when it is asked)

    what = f"a record, a country or a person, by {_ANY_NAME} (default: the whole record)"
    parser.add_argument("subject", nargs="?", metavar="SUBJECT", help=what)
    parser.add_argument("--kind", help=_one_of("keep what is of this kind", KINDS))
    _theme(parser, "keep what is about this theme")
    _span(parser)
    parser.set_defaults(
        answer=lambda given: of_table(
            knowledge_base(given).timeline(
                given.subject, theme=given.theme, kind=given.kind, since=given.since, until=given.until
            )
        )
    )


def compare(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.compare` takes."""
    parser.add_argument("first", metavar="DECLARATION", help="a document, by id, name or alias")
    parser.add_argument("more", nargs="+", metavar="DECLARATION", help="another, or further ones for a series")
    _theme(parser, "compare on this theme alone")
    parser.set_defaults(
        answer=lambda given: of_table(knowledge_base(given).compare(given.first, *given.more, theme=given.theme))
    )


def search(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.search` takes."""
    parser.add_argument("words", nargs="+", metavar="WORDS", help="words, or phrases in quotes that the shell leaves")
    parser.set_defaults(answer=lambda given: of_table(knowledge_base(given).search(" ".join(given.words))))


def cite(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.cite` takes."""
    from ip4kb.citing.cite import STYLES  # noqa: PLC0415 (imported when it is asked)

    parser.add_argument("target", metavar="REF", help="a record or a place in one, such as japan#capital")
    parser.add_argument("--style", help=_one_of("how to write it (default: text)", STYLES))
    parser.set_defaults(answer=_cite)


def _cite(given: Namespace) -> Answer:
    csl = "csl-json"
    if given.json and given.style not in {None, csl}:
        msg = f"--json gives {csl}, but --style asks for {given.style!r}; leave out one of them."
        raise ip4kb.ArgumentError(msg)
    style = "text" if given.style is None else given.style
    cited = knowledge_base(given).cite(given.target, style=csl if given.json else style)
    return Answer(lambda: cited, lambda: json.loads(cited))


def _theme(parser: ArgumentParser, what_for: str) -> None:
    parser.add_argument("--theme", help=_one_of(what_for, ip4kb.Theme))


def _span(parser: ArgumentParser) -> None:
    form = "day, month or year to keep, as 2025-06-25, 2025-06 or 2025"
    parser.add_argument("--since", metavar="DATE", help=f"first {form}")
    parser.add_argument("--until", metavar="DATE", help=f"last {form}")


def _one_of(what_for: str, words: Iterable[str]) -> str:
    return f"{what_for}: {', '.join(words)}"
