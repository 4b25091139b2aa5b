"""What summits and meetings share: when, where, and who came."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.development import Basis
from ip4kb.model.field import FACT, Target, identifier, positive, refers
from ip4kb.model.location import Location
from ip4kb.model.name import Alias
from ip4kb.model.record import Record
from ip4kb.model.theme import Theme


class Level(StrEnum):
    """The rank at which a party is represented, highest first."""

    HEAD_OF_STATE = "head-of-state"
    """A president or monarch; where the president governs too, as in South Korea, this alone."""
    HEAD_OF_GOVERNMENT = "head-of-government"
    """A prime minister, or who leads the government under another title."""
    DEPUTY_HEAD_OF_GOVERNMENT = "deputy-head-of-government"
    """A deputy prime minister, even one who is minister of foreign affairs or defence as well."""
    FOREIGN_MINISTER = "foreign-minister"
    """The minister of foreign affairs."""
    DEFENCE_MINISTER = "defence-minister"
    """The minister of defence."""
    OTHER_MINISTER = "other-minister"
    """A minister with another portfolio, also one for a part of defence, such as its industry."""
    DEPUTY_MINISTER = "deputy-minister"
    """A deputy, vice, assistant or state minister, a state secretary, or who else ranks next below a minister."""
    NATIONAL_SECURITY_ADVISER = "national-security-adviser"
    """The adviser on national security to the head of state or government."""
    CHIEF_OF_DEFENCE = "chief-of-defence"
    """The highest officer of a country's armed forces; a deputy is an `official`."""
    AMBASSADOR = "ambassador"
    """An ambassador or permanent representative; a chargé d'affaires is an `official`."""
    OFFICIAL = "official"
    """Anyone else, such as an officer, and whoever speaks for an organisation, NATO's Secretary General too."""


class Invitation(StrEnum):
    """Whether a party was invited."""

    INVITED = "invited"
    """A source says that it was invited; whether it came is another question."""
    NOT_INVITED = "not-invited"
    """A source says that it was not invited; that none speaks of an invitation is not this."""


class Presence(StrEnum):
    """Whether anyone spoke for a party."""

    REPRESENTED = "represented"
    """Someone took part for it, at whatever rank; where the `basis` is `announced`, was to take part."""
    NOT_REPRESENTED = "not-represented"
    """A source says that nobody took part for it; a leader who sends somebody else is not this."""


class Mode(StrEnum):
    """How a party took part."""

    IN_PERSON = "in-person"
    """Its delegates were there."""
    BY_VIDEO = "by-video"
    """Its delegates joined from afar."""
    MIXED = "mixed"
    """Some of its delegates were there, others joined from afar."""


class Outcome(StrEnum):
    """What became of a gathering."""

    HELD = "held"
    """It took place."""
    PLANNED = "planned"
    """It was planned; no source here says that it took place."""
    CANCELLED = "cancelled"
    """It was planned and did not take place."""
    POSTPONED = "postponed"
    """It was put off, and has not taken place as far as is known."""


@attrs.frozen(kw_only=True)
class Delegate:
    """Someone who represented a party.

    Attributes:
        person: Id of the person, where named.
        office: The office held at the time.
        level: The rank of that office.
    """

    person: str | None = attrs.field(default=None, metadata=refers(Target.PERSON))
    office: str | None = None
    level: Level


@attrs.frozen(kw_only=True)
class Reason:
    """Why a party took part as it did, as the party said or was reported to have said.

    Attributes:
        key: Slug of the reason, unique in its participation.
        text: The reason, in the curator's words.
        given_by: Who gave it: ids of people, countries or alliances; empty where the source names no one.
        citations: Where it is said.
    """

    key: str = attrs.field(validator=identifier)
    text: str = attrs.field(metadata=FACT)
    given_by: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.ACTOR)})
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True)
class Participation:
    """A party at a gathering; its key is the party. What no source says is left out: unknown is never stored.

    Attributes:
        party: Slug of the country, or id of the alliance.
        invitation: Whether it was invited.
        presence: Whether anyone represented it.
        mode: How it took part.
        basis: How the sources know.
        delegates: Who represented it.
        delegation_size: Number of people in the delegation.
        in_place_of: Id of the person who would have come.
        reasons: Why, as given by the party.
        citations: Where the facts above are said.
    """

    party: str = attrs.field(metadata=refers(Target.PARTY))
    invitation: Invitation | None = attrs.field(default=None, metadata=FACT)
    presence: Presence | None = attrs.field(default=None, metadata=FACT)
    mode: Mode | None = attrs.field(default=None, metadata=FACT)
    basis: Basis | None = attrs.field(default=None, metadata=FACT)
    delegates: tuple[Delegate, ...] = attrs.field(default=(), metadata=FACT)
    delegation_size: int | None = attrs.field(default=None, metadata=FACT, validator=positive)
    in_place_of: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.PERSON)})
    reasons: tuple[Reason, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()

    @property
    def level(self) -> Level | None:
        """The highest rank among the delegates; None where no delegate is known."""
        ranks = tuple(Level)
        return min((delegate.level for delegate in self.delegates), key=ranks.index, default=None)


@attrs.frozen(kw_only=True, repr=False)
class Gathering(Record):
    """What summits and meetings have in common.

    Attributes:
        id: Unique id, such as `madrid-2022`.
        name: The name used in English.
        aliases: Other names.
        themes: What it was about.
        summary: What it was or did, in the curator's words.
        start: First day, as exact as known.
        end: Last day.
        places: Where it took place.
        hosts: Slugs of the host countries.
        outcome: Whether it was held.
        participations: Who took part, and how.
        citations: Where the facts above are said.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    aliases: tuple[Alias, ...] = ()
    themes: tuple[Theme, ...] = ()
    summary: str | None = attrs.field(default=None, metadata=FACT)
    start: PartialDate | None = attrs.field(default=None, metadata=FACT)
    end: PartialDate | None = attrs.field(default=None, metadata=FACT)
    places: tuple[Location, ...] = attrs.field(default=(), metadata=FACT)
    hosts: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.COUNTRY)})
    outcome: Outcome | None = attrs.field(default=None, metadata=FACT)
    participations: tuple[Participation, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None
