"""Documents side by side: what each says on each theme, and on what it is silent."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.model.kind import Kind
from ip4kb.model.theme import Theme
from ip4kb.places import below
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, resolved, standing_of
from ip4kb.queries.subjects import member, named
from ip4kb.records import Records, order_of


class Speech(StrEnum):
    """Whether a document speaks of a theme, as far as it has been coded."""

    SAYS = "says"
    """The document has a `Provision` on the theme."""
    SILENT = "silent"
    """The document has a `Silence` on the theme."""
    NOT_CODED = "not coded"
    """It has neither, as nobody has looked or no text could be read; this is unknown, and no silence."""


@attrs.frozen(kw_only=True)
class CompareRow:
    """What one document says on one theme.

    Attributes:
        theme: The theme.
        declaration: Id of the document.
        name: Its title.
        issued: When it was issued, as exact as known.
        paragraphs: How many paragraphs it has, where known.
        words: How many words it has, where known.
        speech: Whether it speaks of the theme; not coded is unknown, and no silence.
        summary: What it says, or what is missing; None where it is not coded.
        phrase: Words of the document to find the passage by, where one is quoted.
        place: Where this stands in the data; the document where it is not coded.
        citations: Where it is said.
        standing: How well it stands.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    theme: Theme
    declaration: str
    name: str
    issued: PartialDate | None
    paragraphs: int | None
    words: int | None
    speech: Speech
    summary: str | None
    phrase: str | None
    place: str
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown
    layer: str | None = None


def compare(records: Records, names: Iterable[str], theme: str | None = None) -> tuple[CompareRow, ...]:
    """The rows, by theme, then by date of the document; see `KnowledgeBase.compare`."""
    wanted = member(Theme, theme, "theme")
    found = [named(records, name, (Kind.DECLARATION,)) for name in names]
    documents = sorted({document.id: document for document in found}.values(), key=order_of)
    if len(documents) < len(found):
        repeated = next(document.id for document in found if found.count(document) > 1)
        msg = f"{repeated!r} is named twice; name each document once."
        raise ArgumentError(msg)
    themes = [wanted] if wanted else [theme for theme in Theme if any(_on(document, theme) for document in documents)]
    return tuple(
        _row(records, document, theme, part)
        for theme in themes
        for document in documents
        for part in _on(document, theme) or [None]
    )


def _on(document: Any, theme: Theme) -> list[Any]:
    """The provision of a document on a theme, and the silence that says what it leaves out; none where not coded."""
    return [part for part in (*document.provisions, *document.silences) if part.theme is theme]


def _row(records: Records, document: Any, theme: Theme, part: Any) -> CompareRow:
    says = part in document.provisions
    place = document.id if part is None else below(below(document.id, "provisions" if says else "silences"), theme)
    citations = () if part is None else resolved(records, place, part)
    own_words = (row.phrase for row in citations if row.phrase and row.source == document.text)
    return CompareRow(
        theme=theme,
        declaration=document.id,
        name=document.name,
        issued=document.issued,
        paragraphs=document.paragraphs,
        words=document.words,
        speech=Speech.NOT_CODED if part is None else Speech.SAYS if says else Speech.SILENT,
        summary=None if part is None else part.summary,
        phrase=next(own_words, None),
        place=place,
        citations=citations,
        standing=UNKNOWN if part is None else standing_of(records, document, place, part),
    )
