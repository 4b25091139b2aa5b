"""Documents: what they say, and what they leave out."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, positive, refers
from ip4kb.model.location import Location
from ip4kb.model.name import Alias
from ip4kb.model.record import Record
from ip4kb.model.theme import Theme


class DeclarationKind(StrEnum):
    """What sort of document it is."""

    SUMMIT_DECLARATION = "summit-declaration"
    """What the leaders of NATO issue at a summit, be its title declaration, communiqué or statement."""
    STRATEGIC_CONCEPT = "strategic-concept"
    """NATO's Strategic Concept, which sets out its tasks for years to come."""
    JOINT_STATEMENT = "joint-statement"
    """What several parties, or a body such as the North Atlantic Council, state on an occasion."""
    JOINT_POLITICAL_DECLARATION = "joint-political-declaration"
    """The founding text of a partnership between NATO and one partner, under this title."""
    PARTNERSHIP_PROGRAMME = "partnership-programme"
    """The text of a programme that NATO and one partner agreed; what is done under it is an `Initiative`."""
    AGENDA = "agenda"
    """A list of tasks or a policy that NATO adopted, alone or with partners, beside its declarations."""
    NATIONAL_STRATEGY = "national-strategy"
    """A strategy of one government, or of the European Union, on defence, security or the region."""


@attrs.frozen(kw_only=True)
class Provision:
    """What a document says on a theme; its key is the theme.

    Attributes:
        theme: What it is about.
        summary: What the document says, in the curator's words.
        citations: Where it is said.
    """

    theme: Theme
    summary: str = attrs.field(metadata=FACT)
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True)
class Silence:
    """What a document does not say; its key is the theme.

    Attributes:
        theme: What it is silent on.
        summary: What is missing, in the curator's words.
        absent_terms: Words that do not stand in the text.
        compared_with: Ids of the documents that do speak of it.
        citations: An author who notes the silence, or the whole document.
    """

    theme: Theme
    summary: str = attrs.field(metadata=FACT)
    absent_terms: tuple[str, ...] = attrs.field(default=(), metadata=FACT)
    compared_with: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.DECLARATION)})
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Declaration(Record):
    """A declaration, concept, statement, programme or strategy.

    Attributes:
        id: Unique id, such as `washington-summit-declaration-2024`.
        name: The title used in English.
        aliases: Other names.
        kind: What sort of document it is.
        summary: What it is about, in the curator's words.
        issued: When it was issued, as exact as known.
        place: Where it was issued.
        issuers: Countries or alliances that issued it.
        meeting: Id of the summit or meeting that issued it.
        reference: The issuer's reference number.
        since: Start of the period it covers.
        until: End of the period it covers.
        paragraphs: Number of paragraphs.
        words: Number of words.
        text: Id of the `Source` that is the document itself.
        provisions: What it says, theme by theme.
        silences: What it leaves out, theme by theme.
        citations: Where the facts above are said.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    aliases: tuple[Alias, ...] = ()
    kind: DeclarationKind
    summary: str | None = attrs.field(default=None, metadata=FACT)
    issued: PartialDate | None = attrs.field(default=None, metadata=FACT)
    place: Location | None = attrs.field(default=None, metadata=FACT)
    issuers: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.PARTY)})
    meeting: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.GATHERING)})
    reference: str | None = attrs.field(default=None, metadata=FACT)
    since: PartialDate | None = attrs.field(default=None, metadata=FACT)
    until: PartialDate | None = attrs.field(default=None, metadata=FACT)
    paragraphs: int | None = attrs.field(default=None, metadata=FACT, validator=positive)
    words: int | None = attrs.field(default=None, metadata=FACT, validator=positive)
    text: str | None = attrs.field(default=None, metadata=refers(Target.SOURCE))
    provisions: tuple[Provision, ...] = attrs.field(default=(), metadata=FACT)
    silences: tuple[Silence, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None
