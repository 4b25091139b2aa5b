"""What became of a thing over time, step by step."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, refers
from ip4kb.model.quantity import Quantity
from ip4kb.model.theme import Theme


class Basis(StrEnum):
    """How a source knows: on record, announced before the event, or reported by others."""

    RECORDED = "recorded"
    ANNOUNCED = "announced"
    REPORTED = "reported"


class Status(StrEnum):
    """The state in which a development leaves an initiative."""

    PROPOSED = "proposed"
    AGREED = "agreed"
    IN_FORCE = "in-force"
    POSTPONED = "postponed"
    SHELVED = "shelved"
    SUSPENDED = "suspended"
    ENDED = "ended"
    SUPERSEDED = "superseded"


@attrs.frozen(kw_only=True)
class Development:
    """One step in the life of an initiative or a partnership; the order in the record is the order in time.

    Attributes:
        key: Slug of the step, unique in its record.
        date: When it happened, as exact as known.
        until: When it ended, where it lasted.
        summary: What happened, in the curator's words.
        theme: What it is about.
        by: Who acted: ids of people, countries or alliances.
        basis: How the source knows.
        status: The state it leaves the initiative in, where it sets one.
        quantity: The figure that goes with it.
        citations: Where it is said.
    """

    key: str = attrs.field(validator=identifier)
    date: PartialDate | None = attrs.field(default=None, metadata=FACT)
    until: PartialDate | None = attrs.field(default=None, metadata=FACT)
    summary: str = attrs.field(metadata=FACT)
    theme: Theme | None = None
    by: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.ACTOR)})
    basis: Basis | None = attrs.field(default=None, metadata=FACT)
    status: Status | None = attrs.field(default=None, metadata=FACT)
    quantity: Quantity | None = attrs.field(default=None, metadata=FACT)
    citations: tuple[Citation, ...] = ()
