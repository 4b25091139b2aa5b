"""What happened around a record, in the order of time."""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.development import Development
from ip4kb.model.gathering import Gathering, Participation
from ip4kb.model.kind import Kind
from ip4kb.model.quantity import Quantity
from ip4kb.model.summit import Summit
from ip4kb.model.theme import Theme
from ip4kb.places import below
from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, resolved, standing_of
from ip4kb.queries.spans import Span, lies_within, may_lie_within, span_argument
from ip4kb.queries.subjects import display_name, is_concerned, member, stands_for, whole_subject_named
from ip4kb.records import Records

HAPPENINGS: Final = (Kind.PARTNER, Kind.SUMMIT, Kind.MEETING, Kind.DECLARATION, Kind.INITIATIVE)
"""The kinds of record that hold what happened."""

KINDS: Final = (Kind.SUMMIT, Kind.MEETING, Kind.DECLARATION, "development")
"""What a row of a timeline can tell of."""


@attrs.frozen(kw_only=True)
class TimelineRow:
    """One thing that happened.

    Attributes:
        date: When, as exact as known; None where no source says.
        until: When it ended, where it lasted.
        kind: `summit`, `meeting`, `declaration` or `development`, a step of a partner or an initiative.
        record: Id of the record.
        name: Its name.
        place: Where this stands in the data.
        summary: What happened.
        themes: What it is about.
        quantity: The figure that goes with a step; None where none does.
        certain: Whether it surely lies within `since` and `until`; a reduced date may only overlap them.
        citations: Where it is said.
        standing: How well it stands.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    date: PartialDate | None
    until: PartialDate | None
    kind: str
    record: str
    name: str
    place: str
    summary: str
    themes: tuple[Theme, ...]
    quantity: Quantity | None
    certain: bool
    citations: tuple[ResolvedCitation, ...]
    standing: Standing | Unknown
    layer: str | None = None


def timeline(
    records: Records,
    subject: str | None = None,
    *,
    theme: str | None = None,
    kind: str | None = None,
    since: str | PartialDate | None = None,
    until: str | PartialDate | None = None,
) -> tuple[TimelineRow, ...]:
    """The rows, by date, undated ones last; see `KnowledgeBase.timeline`."""
    about = None if subject is None else whole_subject_named(records, subject)
    wanted, wanted_kind = member(Theme, theme, "theme"), member(KINDS, kind, "kind")
    asked = span_argument(since, until)
    rows = [
        attrs.evolve(row, certain=row.date is not None and lies_within(span, asked)) if any(asked) else row
        for row, span in _rows(records, about)
        if wanted_kind in {None, row.kind} and (wanted is None or wanted in row.themes) and may_lie_within(span, asked)
    ]
    return tuple(sorted(rows, key=lambda row: (row.date is None, row.date or PartialDate(1))))


def _rows(records: Records, about: str | None) -> Iterator[tuple[TimelineRow, Span]]:
    members = frozenset() if about is None else stands_for(records, about)

    def concerned(parties: set[str | None]) -> bool:
        return about is None or is_concerned(about, members, parties)

    for kind, record in _concerned_records(records).get(None if members else about, ()):
        if kind in {Kind.SUMMIT, Kind.MEETING}:
            if concerned(_concerned_by_gathering(record)):
                row = _gathering(records, kind, record, about)
                yield row, (row.date, row.until or row.date)
        elif kind is Kind.DECLARATION:
            if concerned(_concerned_by_declaration(record)):
                row = _declaration(records, record)
                yield row, (row.date, row.date)
        else:
            yield from _steps(records, record, about, members)


@functools.lru_cache(maxsize=8)
def _concerned_records(records: Records) -> Mapping[str | None, tuple[tuple[Kind, Any], ...]]:
    """What may be told around each record, country or person; under None all, as may be around groupings."""
    found: dict[str | None, list[tuple[Kind, Any]]] = defaultdict(list)
    for kind, concerned in _CONCERNED.items():
        for record in records.collection(kind):
            for name in {None, *concerned(record)}:
                found[name].append((kind, record))
    return {name: tuple(concerning) for name, concerning in found.items()}


def _steps(
    records: Records, record: Any, about: str | None, members: frozenset[str]
) -> Iterator[tuple[TimelineRow, Span]]:
    for step, span in zip(record.developments, _spans(record.developments), strict=True):
        closest = _closest(record, step)
        shared = is_concerned(about or "", members, {*closest, *getattr(record, "parties", ())})
        if about in {None, *closest} or (shared and not _of_fellows(records, about, step)):
            yield _development(records, record, step), span


def _closest(record: Any, step: Development) -> set[str | None]:
    return {record.id, getattr(record, "agreed_at", None), *step.by}


def _of_fellows(records: Records, about: str | None, step: Development) -> bool:
    """Whether a step is that of other partners than the one asked about, and so none of its own."""
    partners = records.collection(Kind.PARTNER)
    return about in partners and any(actor in partners for actor in step.by)


def _spans(steps: tuple[Development, ...]) -> Iterator[Span]:
    """When each step happened: its own dates, or where it has none, between those before and after it."""
    for index, step in enumerate(steps):
        if step.date is not None:
            yield step.date, step.until or step.date
        else:
            before = [other.date for other in steps[:index] if other.date is not None]
            after = [other.date for other in steps[index + 1 :] if other.date is not None]
            yield (before[-1] if before else None), (after[0] if after else None)


def _concerned_by_steps(record: Any) -> set[str | None]:
    return {*getattr(record, "parties", ()), *(name for step in record.developments for name in _closest(record, step))}


def _concerned_by_declaration(declaration: Any) -> set[str | None]:
    return {declaration.id, declaration.meeting, *declaration.issuers}


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
        beside=_citations_of_gathering(records, gathering) if node is not gathering else (),
        kind=kind.value,
        date=gathering.start,
        until=gathering.end,
        summary=" ".join(told),
        themes=gathering.themes,
    )


def _citations_of_gathering(records: Records, gathering: Gathering) -> tuple[ResolvedCitation, ...]:
    """The citations of what a row tells of the gathering itself, beside who took part."""
    told = {"summary", "start", "end"}
    return tuple(citation for citation in resolved(records, gathering.id, gathering) if told & {*citation.supports})


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
        quantity=step.quantity,
    )


def _row(
    records: Records,
    record: Any,
    node: Any,
    place: str,
    *,
    beside: tuple[ResolvedCitation, ...] = (),
    quantity: Quantity | None = None,
    **told: Any,
) -> TimelineRow:
    return TimelineRow(
        quantity=quantity,
        record=record.id,
        name=record.name,
        place=place,
        certain=True,
        citations=(*resolved(records, place, node), *beside),
        standing=standing_of(records, record, place, node),
        **told,
    )


_CONCERNED: Final[Mapping[Kind, Callable[[Any], set[str | None]]]] = {
    Kind.SUMMIT: _concerned_by_gathering,
    Kind.MEETING: _concerned_by_gathering,
    Kind.DECLARATION: _concerned_by_declaration,
    Kind.PARTNER: _concerned_by_steps,
    Kind.INITIATIVE: _concerned_by_steps,
}
