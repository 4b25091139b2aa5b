"""Meetings below or beside summits."""

from enum import StrEnum

import attrs

from ip4kb.model.field import FACT, Target, refers
from ip4kb.model.gathering import Gathering


class MeetingKind(StrEnum):
    """Who meets."""

    LEADERS = "leaders"
    FOREIGN_MINISTERS = "foreign-ministers"
    DEFENCE_MINISTERS = "defence-ministers"
    CHIEFS_OF_DEFENCE = "chiefs-of-defence"
    AMBASSADORS = "ambassadors"
    OFFICIALS = "officials"
    VISIT = "visit"
    CONFERENCE = "conference"


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
