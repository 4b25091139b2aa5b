"""Sources: the texts in which facts are found."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.field import Target, digest, identifier, language, refers, web_address
from ip4kb.model.record import Record


class SourceKind(StrEnum):
    """What sort of text a source is."""

    OFFICIAL_TEXT = "official-text"
    """The wording of a document or speech as its issuer publishes it."""
    OFFICIAL_PAGE = "official-page"
    """What a government or organisation tells on its own pages, such as news, releases and background."""
    THINK_TANK = "think-tank"
    """Analysis and comment that a research institute publishes outside academic journals."""
    ACADEMIC = "academic"
    """A book, an article of an academic journal, or what a university publishes."""
    NEWS = "news"
    """What the press, an agency or a broadcaster publishes, comment included."""
    REFERENCE = "reference"
    """An archive, register or press-release service that passes on the texts of others; it corroborates nothing."""


@attrs.frozen(kw_only=True)
class Author:
    """Who wrote a source: a person by family and given name, or a body by its literal name (as in CSL).

    Attributes:
        family: The family name of a person.
        given: The given names of a person.
        literal: The name of a body, or of a person whose name cannot be split.
    """

    family: str | None = None
    given: str | None = None
    literal: str | None = None


@attrs.frozen(kw_only=True, repr=False)
class Source(Record):
    """A text that records cite. It holds no facts about the world, so it carries no citations itself.

    Attributes:
        id: Unique id, such as `frassineti-2025`.
        kind: What sort of text it is.
        title: The title as the publisher gives it; in square brackets where it only describes the page.
        issuer: Country or alliance that issued it, where official.
        authors: Who wrote it; empty where no author is named.
        publisher: Who published it.
        published: When, as exact as known.
        published_not_after: A day by which it was published, where `published` is less exact or missing.
        url: The publisher's address.
        archived_url: An archived copy of the publisher's page.
        accessed: When it was read; required where `published` is missing.
        language: Language of the text as a BCP 47 tag.
        series: Series or periodical.
        number: Number in the series.
        pages: Pages, as printed.
        license: SPDX identifier or the licence's name, where known.
        text_digest: SHA-256 of the raw bytes of the text that citations are checked against.
        draws_on: Sources that it repeats.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    kind: SourceKind
    title: str
    issuer: str | None = attrs.field(default=None, metadata=refers(Target.PARTY))
    authors: tuple[Author, ...] = ()
    publisher: str
    published: PartialDate | None = None
    published_not_after: PartialDate | None = None
    url: str | None = attrs.field(default=None, validator=web_address)
    archived_url: str | None = attrs.field(default=None, validator=web_address)
    accessed: PartialDate | None = None
    language: str = attrs.field(validator=language)
    series: str | None = None
    number: str | None = None
    pages: str | None = None
    license: str | None = None
    text_digest: str | None = attrs.field(default=None, validator=digest)
    draws_on: tuple[str, ...] = attrs.field(default=(), metadata=refers(Target.SOURCE))
    note: str | None = None
