"""Meetings below or beside summits."""

from enum import StrEnum

import attrs

from ip4kb.model.field import FACT, Target, refers
from ip4kb.model.gathering import Gathering


class MeetingKind(StrEnum):
    """Who meets."""

    LEADERS = "leaders"
    """Heads of state or government meet, also where one sends somebody else; NATO's own summits are `Summit`."""
    FOREIGN_MINISTERS = "foreign-ministers"
    """Foreign ministers meet, most often those of NATO with partners."""
    DEFENCE_MINISTERS = "defence-ministers"
    """Defence ministers meet, most often those of NATO with partners."""
    CHIEFS_OF_DEFENCE = "chiefs-of-defence"
    """Chiefs of defence meet, as in NATO's Military Committee."""
    AMBASSADORS = "ambassadors"
    """Ambassadors meet or travel together, as in a session of the North Atlantic Council below ministers."""
    OFFICIALS = "officials"
    """Officials or officers consult; a series of such talks is an `Initiative`."""
    VISIT = "visit"
    """Someone of rank calls on the other side, as a Secretary General on a partner or a minister on NATO."""
    CONFERENCE = "conference"
    """A conference or dialogue with speakers and a public, whoever holds it."""


@attrs.frozen(kw_only=True, repr=False)
class Meeting(Gathering):
    """A ministerial, a visit, a conference, or a meeting of the four among themselves.

    Attributes:
        kind: Who meets.
        organiser: Country or alliance that organised it.
        within: Id of the summit it belongs to.
    """

    kind: MeetingKind
    organiser: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.PARTY)})
    within: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.SUMMIT)})
