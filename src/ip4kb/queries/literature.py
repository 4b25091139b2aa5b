"""Which source argues what about whom."""

from collections import defaultdict

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.claim import Stance
from ip4kb.model.kind import Kind
from ip4kb.places import record_of
from ip4kb.queries.evidence import ResolvedCitation, label_of, resolved
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class LiteratureRow:
    """The claims of one source about one subject with one stance.

    Attributes:
        source: Id of the source.
        author: The source in a word or two, and its year.
        published: When it was published, as exact as known.
        subject: Id of the partner or grouping that the claims are about; None where they are about others.
        stance: Where they stand on closer ties; None where they are not about them.
        claims: Ids of the claims.
        citations: Where the source says it.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    source: str
    author: str
    published: PartialDate | None
    subject: str | None
    stance: Stance | None
    claims: tuple[str, ...]
    citations: tuple[ResolvedCitation, ...]
    layer: str | None = None


def literature(records: Records) -> tuple[LiteratureRow, ...]:
    """The rows, by source, then by subject and stance; see `KnowledgeBase.literature`."""
    found: dict[tuple[str, str | None, Stance | None], list[str]] = defaultdict(list)
    for claim in records.collection(Kind.CLAIM):
        for subject in _subjects(records, claim.about):
            found[claim.source, subject, claim.stance].append(claim.id)
    sources = {id: place for place, id in enumerate(records.collection(Kind.SOURCE).ids)}
    subjects = [*sorted(records.collection(Kind.PARTNER).ids), *records.collection(Kind.ALLIANCE).ids, None]
    stances = [*Stance, None]

    def order(key: tuple[str, str | None, Stance | None]) -> tuple[int, int, int]:
        return sources[key[0]], subjects.index(key[1]), stances.index(key[2])

    return tuple(_row(records, *key, tuple(found[key])) for key in sorted(found, key=order))


def _subjects(records: Records, about: tuple[str, ...]) -> set[str | None]:
    """The partners and groupings that a claim is about; None stands for all others, where it is about none of these."""
    named = {record_of(place) for place in about}
    whom: set[str | None] = {id for id in named if records.kind_of(id) in {Kind.PARTNER, Kind.ALLIANCE}}
    return whom or {None}


def _row(
    records: Records, source: str, subject: str | None, stance: Stance | None, claims: tuple[str, ...]
) -> LiteratureRow:
    record = records.collection(Kind.SOURCE)[source]
    return LiteratureRow(
        source=source,
        author=label_of(record),
        published=record.published,
        subject=subject,
        stance=stance,
        claims=claims,
        citations=tuple(
            citation for id in claims for citation in resolved(records, id, records.collection(Kind.CLAIM)[id])
        ),
    )
