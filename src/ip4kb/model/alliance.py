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
    INTELLIGENCE_SHARING = "intelligence-sharing"
    SECURITY_PARTNERSHIP = "security-partnership"
    PARTNER_GROUPING = "partner-grouping"
    PARTNERSHIP_FRAMEWORK = "partnership-framework"
    POLITICAL_UNION = "political-union"
    FORUM = "forum"


class MembershipStatus(StrEnum):
    """In what capacity a country belongs."""

    MEMBER = "member"
    PARTICIPANT = "participant"
    OBSERVER = "observer"
    FORMER = "former"


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
