"""What happened around a record, in the order of time."""

from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.model.gathering import Participation
from ip4kb.model.kind import Kind
from ip4kb.model.summit import Summit
from ip4kb.model.theme import Theme
from ip4kb.places import below
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, resolved, standing
from ip4kb.queries.subjects import display_name, member, whole_subject_named
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class TimelineRow:
    """One thing that happened.

    Attributes:
        date: When, as exact as known; None where no source says.
        until: When it ended, where it lasted.
        kind: summit, meeting, declaration or development.
        record: Id of the record.
        name: Its name.
        place: Where this stands in the data.
        summary: What happened.
        themes: What it is about.
        certain: Whether it surely lies within `since` and `until`; a reduced date may only overlap them.
        citations: Where it is said.
        standing: How well it stands.
    """

    date: PartialDate | None
    until: PartialDate | None
    kind: str
    record: str
    name: str
    place: str
    summary: str
    themes: tuple[Theme, ...]
    certain: bool
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown


def timeline(
    records: Records,
    subject: str | None = None,
    *,
    theme: str | None = None,
    since: str | PartialDate | None = None,
    until: str | PartialDate | None = None,
) -> tuple[TimelineRow, ...]:
    """The rows, by date, undated ones last; see `KnowledgeBase.timeline`."""
    about = None if subject is None else whole_subject_named(records, subject)
    wanted = member(Theme, theme, "theme")
    first, last = date_argument(since), date_argument(until)
    if first is not None and last is not None and last.last < first.first:
        msg = f"'until' ({last}) lies before 'since' ({first}); give them in the order of time."
        raise ArgumentError(msg)
    rows = [
        attrs.evolve(row, certain=_within(row, first, last))
        for row in _rows(records, about)
        if (wanted is None or wanted in row.themes) and _overlaps(row, first, last)
    ]
    return tuple(sorted(rows, key=lambda row: (row.date is None, row.date or PartialDate(1), row.place)))


def date_argument(value: str | PartialDate | None) -> PartialDate | None:
    """A date given as text or as a date."""
    return value if value is None or isinstance(value, PartialDate) else PartialDate.parse(value)


def _overlaps(row: TimelineRow, since: PartialDate | None, until: PartialDate | None) -> bool:
    if row.date is None:
        return True
    end = row.until or row.date
    return (since is None or end.last >= since.first) and (until is None or row.date.first <= until.last)


def _within(row: TimelineRow, since: PartialDate | None, until: PartialDate | None) -> bool:
    if row.date is None:
        return since is None and until is None
    end = row.until or row.date
    return (since is None or row.date.first >= since.first) and (until is None or end.last <= until.last)


def _rows(records: Records, about: str | None) -> Iterator[TimelineRow]:
    for kind in (Kind.SUMMIT, Kind.MEETING):
        for gathering in records.collection(kind):
            if about is None or about in _concerned_by_gathering(gathering):
                yield _gathering(records, kind, gathering, about)
    for declaration in records.collection(Kind.DECLARATION):
        if about is None or about in {declaration.id, declaration.meeting, *declaration.issuers}:
            yield _declaration(records, declaration)
    for kind in (Kind.PARTNER, Kind.INITIATIVE):
        for record in records.collection(kind):
            concerned = {record.id, getattr(record, "agreed_at", None), *getattr(record, "parties", ())}
            for step in record.developments:
                if about is None or about in concerned or about in step.by:
                    yield _development(records, record, step)


def _concerned_by_gathering(gathering: Any) -> set[str | None]:
    beside = {getattr(gathering, name, None) for name in ("organiser", "within", "secretary_general")}
    if isinstance(gathering, Summit):
        beside.add("nato")
    taking_part = {name for participation in gathering.participations for name in _concerned_by(participation)}
    return {gathering.id, *gathering.hosts, *taking_part, *beside}


def _concerned_by(participation: Participation) -> set[str | None]:
    people = {delegate.person for delegate in participation.delegates}
    return {participation.party, participation.in_place_of, *people}


def _gathering(records: Records, kind: Kind, gathering: Any, about: str | None) -> TimelineRow:
    found = next((part for part in gathering.participations if about in _concerned_by(part)), None)
    place, node, told = gathering.id, gathering, [gathering.summary or gathering.name]
    if about is not None and found is not None:
        place, node = below(below(gathering.id, "participations"), found.party), found
        told.append(_taking_part(records, found))
    return _row(
        records,
        gathering,
        node,
        place,
        kind=kind.value,
        date=gathering.start,
        until=gathering.end,
        summary=" ".join(told),
        themes=gathering.themes,
    )


def _taking_part(records: Records, found: Participation) -> str:
    state = found.presence or found.invitation
    who = [display_name(records, delegate.person) for delegate in found.delegates if delegate.person]
    words = [
        state.value if state else "",
        f"at the level of {found.level.value}" if found.level else "",
        f"({', '.join(who)})" if who else "",
        f"in place of {display_name(records, found.in_place_of)}" if found.in_place_of else "",
    ]
    return f"{display_name(records, found.party)}: {' '.join(filter(None, words)) or UNKNOWN.value}."


def _declaration(records: Records, declaration: Any) -> TimelineRow:
    themes = [provision.theme for provision in declaration.provisions]
    return _row(
        records,
        declaration,
        declaration,
        declaration.id,
        kind=Kind.DECLARATION.value,
        date=declaration.issued,
        until=None,
        summary=declaration.summary or f"{declaration.name} issued.",
        themes=tuple(themes),
    )


def _development(records: Records, record: Any, step: Any) -> TimelineRow:
    themes = tuple(dict.fromkeys([*([step.theme] if step.theme else []), *getattr(record, "themes", ())]))
    return _row(
        records,
        record,
        step,
        below(below(record.id, "developments"), step.key),
        kind="development",
        date=step.date,
        until=step.until,
        summary=step.summary,
        themes=themes,
    )


def _row(records: Records, record: Any, node: Any, place: str, **told: Any) -> TimelineRow:
    citations = resolved(records, place, node)
    return TimelineRow(
        record=record.id,
        name=record.name,
        place=place,
        certain=True,
        citations=citations,
        standing=standing(records, place, record, citations),
        **told,
    )
