"""From a record to those that belong to it or refer to it."""

import functools
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from ip4kb.model.declaration import Declaration
from ip4kb.model.gathering import Participation
from ip4kb.model.kind import Kind
from ip4kb.places import record_of, references
from ip4kb.queries.subjects import is_concerned, named, stands_for, subject_named, whole_subject_named
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class Reference:
    """One end of a reference, seen from the other.

    Attributes:
        place: The field that refers, such as `strategic-concept-2022#meeting`.
        record: Id of the record it stands in.
        target: What it names: an id or a place.
        layer: Name of the last overlay without which it would not be so; None where there is none.
    """

    place: str
    record: str
    target: str
    layer: str | None = None


def referring_to(records: Records, subject: str) -> tuple[Reference, ...]:
    """Every field that names the subject, or a place in it, by kind and then in the order of the records."""
    return _references(records).get(subject_named(records, subject), ())


@functools.lru_cache(maxsize=8)
def _references(records: Records) -> Mapping[str, tuple[Reference, ...]]:
    """All references, by the id and by the place that they name."""
    found: dict[str, list[Reference]] = defaultdict(list)
    for kind in Kind:
        for record in records.collection(kind):
            for place, _, name in references(record, record.id):
                reference = Reference(place=place, record=record.id, target=name)
                for target in {name, record_of(name)}:
                    found[target].append(reference)
    return {target: tuple(named) for target, named in found.items()}


def cited_by(records: Records, source: str) -> tuple[Reference, ...]:
    """Every citation of a source."""
    id = named(records, source, (Kind.SOURCE,)).id
    return tuple(found for found in referring_to(records, id) if found.place.endswith(".source"))


def declarations_of(records: Records, subject: str) -> tuple[Declaration, ...]:
    """The documents that a party issued, or that came out of a gathering."""
    id = whole_subject_named(records, subject)
    members = stands_for(records, id)
    return tuple(
        declaration
        for declaration in records.collection(Kind.DECLARATION)
        if is_concerned(id, members, {declaration.meeting, *declaration.issuers})
    )


def participations_of(records: Records, party: str) -> tuple[tuple[Any, Participation], ...]:
    """The gatherings at which something is known of a party, each with its participation."""
    id = whole_subject_named(records, party)
    return tuple(
        (gathering, participation)
        for kind in (Kind.SUMMIT, Kind.MEETING)
        for gathering in records.collection(kind)
        for participation in gathering.participations
        if participation.party == id
    )
