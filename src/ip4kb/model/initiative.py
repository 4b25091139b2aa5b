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
    FLAGSHIP_PROJECT = "flagship-project"
    AGREEMENT = "agreement"
    CONSULTATION_MECHANISM = "consultation-mechanism"
    DIPLOMATIC_MISSION = "diplomatic-mission"
    OPERATION = "operation"
    LIAISON_OFFICE = "liaison-office"
    TRUST_FUND = "trust-fund"
    PROCUREMENT = "procurement"
    EXERCISE = "exercise"
    DEPLOYMENT = "deployment"
    COMMITMENT = "commitment"
    ARMS_SALE = "arms-sale"
    STANDARDISATION = "standardisation"
    RESEARCH = "research"


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
