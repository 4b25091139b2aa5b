"""Cooperation: programmes, projects, missions, agreements, deals."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.development import Development, Status
from ip4kb.model.field import FACT, Target, identifier, refers
from ip4kb.model.name import Alias
from ip4kb.model.quantity import Quantity
from ip4kb.model.record import Record
from ip4kb.model.theme import Theme


class InitiativeKind(StrEnum):
    """What form a cooperation takes."""

    PARTNERSHIP_PROGRAMME = "partnership-programme"
    """A programme that frames cooperation with NATO as a whole; its text is a `Declaration`."""
    FLAGSHIP_PROJECT = "flagship-project"
    """One of the projects that NATO and the four call flagships."""
    AGREEMENT = "agreement"
    """A binding arrangement, or the joining of a body by one, such as on the security of information."""
    CONSULTATION_MECHANISM = "consultation-mechanism"
    """Talks that are held again and again; one round is a `Meeting`."""
    DIPLOMATIC_MISSION = "diplomatic-mission"
    """A partner's mission to NATO."""
    OPERATION = "operation"
    """An operation or mission led by NATO, or one party's whole part in it."""
    LIAISON_OFFICE = "liaison-office"
    """An office of NATO in a partner country."""
    TRUST_FUND = "trust-fund"
    """A fund into which Allies and partners pay for a purpose, or one party's payments to it."""
    PROCUREMENT = "procurement"
    """The joint or assisted buying or making of arms and equipment; one state's sale to another is `arms-sale`."""
    EXERCISE = "exercise"
    """A military or cyber exercise, most often a series, or one party's part in it."""
    DEPLOYMENT = "deployment"
    """Forces or staff that a party sends, such as ships, contingents or officers at a headquarters."""
    COMMITMENT = "commitment"
    """What parties pledge or undertake by themselves or together, such as spending goals, aid or sanctions."""
    ARMS_SALE = "arms-sale"
    """The sale of arms by a party or its firms to a country."""
    STANDARDISATION = "standardisation"
    """Common standards, certificates and their recognition."""
    RESEARCH = "research"
    """Joint research, or a centre or body for it."""


@attrs.frozen(kw_only=True, repr=False)
class Initiative(Record):
    """A cooperation between parties, and what became of it.

    Attributes:
        id: Unique id, such as `tokyo-liaison-office`.
        name: The name used in English.
        aliases: Other names.
        kind: What form it takes.
        themes: What it is about.
        summary: What it is, in the curator's words.
        parties: Countries or alliances that take part.
        agreed_at: Id of the summit or meeting at which it was agreed.
        since: When it began, as exact as known.
        until: When it ended; empty means that no end is known.
        quantities: Figures that describe it.
        developments: What happened, in the order of time.
        citations: Where the facts above are said.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    aliases: tuple[Alias, ...] = ()
    kind: InitiativeKind
    themes: tuple[Theme, ...] = ()
    summary: str | None = attrs.field(default=None, metadata=FACT)
    parties: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.PARTY)})
    agreed_at: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.GATHERING)})
    since: PartialDate | None = attrs.field(default=None, metadata=FACT)
    until: PartialDate | None = attrs.field(default=None, metadata=FACT)
    quantities: tuple[Quantity, ...] = attrs.field(default=(), metadata=FACT)
    developments: tuple[Development, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None

    @property
    def status(self) -> Status | None:
        """The status that the last development with one sets; None where none does."""
        return next((step.status for step in reversed(self.developments) if step.status is not None), None)
