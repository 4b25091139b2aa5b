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
    """Those who took part, or their own documents, say that it happened."""
    ANNOUNCED = "announced"
    """It was announced beforehand; no source here says that it came about."""
    REPORTED = "reported"
    """Others, such as the press, say so; those who took part are not known to have confirmed it."""


class Status(StrEnum):
    """The state in which a development leaves an initiative."""

    PROPOSED = "proposed"
    """Someone put it forward or prepares it; it is not agreed."""
    AGREED = "agreed"
    """The parties agreed on it, signed it or pledged it; it has not begun, as far as is known."""
    IN_FORCE = "in-force"
    """It has begun or entered into force, and runs."""
    POSTPONED = "postponed"
    """It was put off to a later time."""
    SHELVED = "shelved"
    """It is not pursued, without having been given up for good."""
    SUSPENDED = "suspended"
    """It had begun and was halted for a time."""
    ENDED = "ended"
    """It is over, be it completed, closed or given up."""
    SUPERSEDED = "superseded"
    """Something else took its place."""


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
