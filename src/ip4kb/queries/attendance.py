"""Who of the four came to which gathering, and at what level."""

from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.model.development import Basis
from ip4kb.model.gathering import Gathering, Invitation, Level, Mode, Participation, Presence
from ip4kb.model.kind import Kind
from ip4kb.model.meeting import MeetingKind
from ip4kb.model.theme import Theme
from ip4kb.places import below, own_facts
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, resolved, weakest
from ip4kb.queries.spans import Span, lies_within, may_lie_within, span_argument
from ip4kb.queries.subjects import display_name, member, named
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class ReasonRow:
    """Why a party took part as it did.

    Attributes:
        text: The reason.
        given_by: Names of those who gave it.
        citations: Where it is said.
    """

    text: str
    given_by: tuple[str, ...]
    citations: tuple[ResolvedCitation, ...]

    def __str__(self) -> str:
        text = self.text.removesuffix(".")
        return f"{text} ({', '.join(self.given_by)})" if self.given_by else text


@attrs.frozen(kw_only=True)
class AttendanceRow:
    """One partner at one gathering; `UNKNOWN` is what no source says.

    Attributes:
        gathering: Id of the summit or meeting.
        name: Its name.
        date: Its first day, as exact as known.
        partner: Id of the partner.
        invitation: Whether the partner was invited.
        presence: Whether anyone represented it.
        level: The highest rank among those who came; None where nobody came.
        representatives: Names and offices of those who came.
        in_place_of: Name of the person who would have come.
        mode: In person or by video.
        basis: How the sources know.
        reasons: Why, as given by the party.
        place: Where this stands in the data.
        certain: Whether it surely lies within `since` and `until`; a reduced date may only overlap them.
        citations: Where it is said.
        standing: How well it stands who came.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    gathering: str
    name: str
    date: PartialDate | None
    partner: str
    invitation: Invitation | Unknown
    presence: Presence | Unknown
    level: Level | Unknown | None
    representatives: tuple[str, ...]
    in_place_of: str | None
    mode: Mode | Unknown
    basis: Basis | Unknown
    reasons: tuple[ReasonRow, ...]
    place: str
    certain: bool
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown
    layer: str | None = None

    @property
    def representative(self) -> str | None:
        """Those who came in one text; None where no one is known."""
        return "; ".join(self.representatives) or None


def attendance(
    records: Records,
    subject: str | None = None,
    *,
    partner: str | None = None,
    kind: str | None = None,
    theme: str | None = None,
    since: str | PartialDate | None = None,
    until: str | PartialDate | None = None,
) -> tuple[AttendanceRow, ...]:
    """The rows, by date of the gathering, then by partner; see `KnowledgeBase.attendance`."""
    gathering = None
    if subject is not None:
        record = named(records, subject, (Kind.SUMMIT, Kind.MEETING, Kind.PARTNER))
        if records.kind_of(record.id) is Kind.PARTNER:
            if partner is not None:
                msg = f"Two partners are given, {subject!r} and {partner!r}; name a summit or meeting and one partner."
                raise ArgumentError(msg)
            partner = record.id
        else:
            gathering = record
    if gathering is not None and kind is not None:
        msg = f"{subject!r} is one gathering, so there is no kind to choose; leave out 'kind'."
        raise ArgumentError(msg)
    partners = (
        sorted(records.collection(Kind.PARTNER).ids)
        if partner is None
        else [named(records, partner, (Kind.PARTNER,)).id]
    )
    gatherings = [gathering] if gathering is not None else _gatherings(records, kind)
    wanted, asked = member(Theme, theme, "theme"), span_argument(since, until)
    return tuple(
        row_of(records, meeting, party, found, certain=not any(asked) or lies_within(_span(meeting), asked))
        for meeting in gatherings
        if (wanted is None or wanted in meeting.themes) and may_lie_within(_span(meeting), asked)
        for party in partners
        if (found := _participation(meeting, party)) is not None
        or gathering is not None
        or records.kind_of(meeting.id) is Kind.SUMMIT
    )


def at_level(rows: tuple[AttendanceRow, ...], level: str | None) -> tuple[tuple[AttendanceRow, ...], str | None]:
    """The rows at a level, and a sentence on those whose level is unknown and so may belong to them."""
    wanted = member(Level, level, "level")
    if wanted is None:
        return rows, None
    unknown = sum(row.level is UNKNOWN for row in rows)
    caveat = f"Unknown: the level of {unknown} more, which are left out." if unknown else None
    return tuple(row for row in rows if row.level is wanted), caveat


def _span(gathering: Gathering) -> Span:
    return gathering.start, gathering.end or gathering.start


def _gatherings(records: Records, kind: str | None) -> list[Any]:
    if kind is None or kind == Kind.SUMMIT:
        return list(records.collection(Kind.SUMMIT))
    meetings = records.collection(Kind.MEETING)
    if kind == Kind.MEETING:
        return list(meetings)
    wanted = member((Kind.SUMMIT, Kind.MEETING, *MeetingKind), kind, "kind")
    return [meeting for meeting in meetings if meeting.kind == wanted]


def _participation(gathering: Gathering, party: str) -> Participation | None:
    return next((found for found in gathering.participations if found.party == party), None)


def row_of(
    records: Records, gathering: Gathering, party: str, found: Participation | None, *, certain: bool
) -> AttendanceRow:
    """What is known of one party at a gathering, a partner or not; unknown where nothing is."""
    place = below(below(gathering.id, "participations"), party)
    citations = () if found is None else tuple(_citations(records, place, found))
    participation = found or Participation(party=party)
    absent = participation.presence is Presence.NOT_REPRESENTED
    return AttendanceRow(
        gathering=gathering.id,
        name=gathering.name,
        date=gathering.start,
        partner=party,
        invitation=participation.invitation or UNKNOWN,
        presence=participation.presence or UNKNOWN,
        level=participation.level or (None if absent else UNKNOWN),
        representatives=tuple(_delegate(records, delegate) for delegate in participation.delegates),
        in_place_of=display_name(records, participation.in_place_of) if participation.in_place_of else None,
        mode=participation.mode or UNKNOWN,
        basis=participation.basis or UNKNOWN,
        reasons=tuple(
            ReasonRow(
                text=reason.text,
                given_by=tuple(display_name(records, giver) for giver in reason.given_by),
                citations=resolved(records, below(below(place, "reasons"), reason.key), reason),
            )
            for reason in participation.reasons
        ),
        place=place,
        certain=certain,
        citations=citations,
        standing=_standing(records, gathering, place, participation),
    )


def _standing(records: Records, gathering: Gathering, place: str, found: Participation) -> Standing | Unknown:
    """How well it stands who came, or where no source says so, whatever else is known."""
    own = own_facts(found)
    told = tuple(name for name in ("presence", "delegates") if name in own)
    return weakest(records, gathering, place, found, told or own)


def _citations(records: Records, place: str, found: Participation) -> Iterator[ResolvedCitation]:
    yield from resolved(records, place, found)
    for reason in found.reasons:
        yield from resolved(records, below(below(place, "reasons"), reason.key), reason)


def _delegate(records: Records, delegate: Any) -> str:
    who = display_name(records, delegate.person) if delegate.person else None
    return ", ".join(part for part in (who, delegate.office) if part) or str(delegate.level.value)
