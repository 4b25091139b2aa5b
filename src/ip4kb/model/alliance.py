"""Alliances and groupings."""

from enum import StrEnum

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, refers
from ip4kb.model.location import Location
from ip4kb.model.name import Alias
from ip4kb.model.record import Record
from ip4kb.model.tenure import Tenure


class AllianceKind(StrEnum):
    """What holds an alliance or grouping together."""

    COLLECTIVE_DEFENCE = "collective-defence"
    """A treaty binds the members to defend one another."""
    INTELLIGENCE_SHARING = "intelligence-sharing"
    """The members share intelligence."""
    SECURITY_PARTNERSHIP = "security-partnership"
    """The members develop or buy together what serves their security, without a promise of defence."""
    PARTNER_GROUPING = "partner-grouping"
    """Partners of NATO that it deals with as a group and by a name."""
    PARTNERSHIP_FRAMEWORK = "partnership-framework"
    """A framework that NATO set up and to which it admits partners."""
    POLITICAL_UNION = "political-union"
    """The members hand over powers to common bodies, which act for all."""
    FORUM = "forum"
    """The members meet and agree on what they do; there is no treaty between them."""


class MembershipStatus(StrEnum):
    """In what capacity a country belongs."""

    MEMBER = "member"
    """It belongs in full, and a source calls it a member."""
    PARTICIPANT = "participant"
    """It takes part in a framework or grouping that has no members in the full sense."""
    OBSERVER = "observer"
    """It may attend and has no vote."""
    FORMER = "former"
    """It belonged and does so no longer; `until` says since when."""


@attrs.frozen(kw_only=True)
class Membership:
    """A country in an alliance or grouping; its key is the country.

    Attributes:
        country: Slug of the country.
        status: In what capacity, where a source says more than that it belongs.
        since: When it joined, as exact as known.
        until: When it left.
        citations: Where it is said.
    """

    country: str = attrs.field(metadata={**FACT, **refers(Target.COUNTRY)})
    status: MembershipStatus | None = attrs.field(default=None, metadata=FACT)
    since: PartialDate | None = attrs.field(default=None, metadata=FACT)
    until: PartialDate | None = attrs.field(default=None, metadata=FACT)
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Alliance(Record):
    """An alliance, a grouping of partners or a partnership framework.

    Attributes:
        id: Unique id, such as `nato`.
        name: The name used in English.
        aliases: Other names.
        kind: What holds it together.
        summary: What it is, in the curator's words.
        founded: When it began, as exact as known.
        treaty: The treaty or document it rests on.
        headquarters: Its seat.
        members: The countries that belong to it.
        offices: Who held its offices when.
        citations: Where the facts above are said.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    aliases: tuple[Alias, ...] = ()
    kind: AllianceKind
    summary: str | None = attrs.field(default=None, metadata=FACT)
    founded: PartialDate | None = attrs.field(default=None, metadata=FACT)
    treaty: str | None = attrs.field(default=None, metadata=FACT)
    headquarters: Location | None = attrs.field(default=None, metadata=FACT)
    members: tuple[Membership, ...] = attrs.field(default=(), metadata=FACT)
    offices: tuple[Tenure, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None
