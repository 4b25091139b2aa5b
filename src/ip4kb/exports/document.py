"""The whole knowledge base as one document: records, the people and countries they name, and every fact resolved."""

import json
from collections.abc import Iterator
from typing import Any

import attrs

from ip4kb.codec import to_json
from ip4kb.exports.metadata import Metadata, metadata_of
from ip4kb.model.alliance import Alliance
from ip4kb.model.claim import Claim
from ip4kb.model.country import COUNTRIES
from ip4kb.model.declaration import Declaration
from ip4kb.model.disagreement import Disagreement
from ip4kb.model.field import Target, refers
from ip4kb.model.initiative import Initiative
from ip4kb.model.kind import Kind
from ip4kb.model.meeting import Meeting
from ip4kb.model.partner import Partner
from ip4kb.model.person import Person
from ip4kb.model.source import Source
from ip4kb.model.summit import Summit
from ip4kb.queries.evidence import ResolvedCitation, Standing, Unknown, Verification
from ip4kb.queries.facts import facts_of
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class Country:
    """A country that records may name.

    Attributes:
        id: Its slug; that of a partner is the id of its record, too.
        name: The common English name.
    """

    id: str
    name: str


@attrs.frozen(kw_only=True)
class Passage:
    """A citation of a fact, resolved.

    Attributes:
        source: Id of the source.
        url: The address that opens it at the passage; where none is known, the one at which the passage was read.
        paragraph: Number of the passage among the non-empty lines of the text.
        number: The document's own label of the passage.
        page: The page, as printed.
        phrase: Words to find the passage by.
        inferred: Whether the fact follows from the passage without standing in it word for word.
        via: Id of the source in which the passage was read, where the original was not at hand.
        verification: Whether a machine found the phrase in the paragraph.
        layer: Name of the overlay that cites it so; left out where no overlay does.
    """

    source: str = attrs.field(metadata=refers(Target.SOURCE))
    url: str | None = None
    paragraph: int | None = None
    number: str | None = None
    page: str | None = None
    phrase: str | None = None
    inferred: bool = False
    via: str | None = attrs.field(default=None, metadata=refers(Target.SOURCE))
    verification: Verification
    layer: str | None = None


@attrs.frozen(kw_only=True)
class Fact:
    """A fact with its standing: a field of a record, or of a part of one, as citations support it.

    Attributes:
        place: Where it stands in the data, such as `the-hague-2025#participations.japan.presence`.
        kind: Kind of the record.
        record: Id of the record.
        part: The place of the record or part that states it.
        field: The name of the field.
        value: What it says: a text or date as it is, all else as JSON.
        standing: How well it stands, derived from its citations.
        layer: Name of the last overlay without which it would not be so; left out where no overlay changed it.
        citations: Where it is said.
    """

    place: str
    kind: Kind
    record: str = attrs.field(metadata=refers(Target.SUBJECT))
    part: str
    field: str
    value: str
    standing: Standing | Unknown
    layer: str | None = None
    citations: tuple[Passage, ...] = ()


@attrs.frozen(kw_only=True)
class Document:
    """The whole knowledge base in one document.

    Attributes:
        metadata: What the document says of itself.
        countries: The countries that records may name.
        people: The people whom records name.
        sources: The texts in which facts are found.
        alliances: Alliances, groupings and partnership frameworks.
        partners: The four partner countries.
        summits: Summits of NATO.
        meetings: Meetings below or beside summits.
        declarations: Documents, with what they say and what they leave out.
        initiatives: Cooperation, and what became of it.
        claims: What sources argue, foresee or count.
        disagreements: Where sources differ, with every position.
        facts: Every fact of the records with how well it stands, and its citations resolved.
    """

    metadata: Metadata
    countries: tuple[Country, ...]
    people: tuple[Person, ...]
    sources: tuple[Source, ...]
    alliances: tuple[Alliance, ...]
    partners: tuple[Partner, ...]
    summits: tuple[Summit, ...]
    meetings: tuple[Meeting, ...]
    declarations: tuple[Declaration, ...]
    initiatives: tuple[Initiative, ...]
    claims: tuple[Claim, ...]
    disagreements: tuple[Disagreement, ...]
    facts: tuple[Fact, ...]


def document_of(records: Records) -> Document:
    """The document of these records: each list in a stated order."""
    return Document(
        metadata=metadata_of(records),
        countries=tuple(Country(id=id, name=name) for id, name in COUNTRIES.items()),
        people=tuple(person for _, person in sorted(records.tables.people.items())),
        facts=tuple(_facts(records)),
        **{kind.collection: tuple(records.collection(kind)) for kind in Kind},
    )


def _facts(records: Records) -> Iterator[Fact]:
    for fact in facts_of(records):
        yield Fact(
            place=fact.place,
            kind=fact.kind,
            record=fact.record,
            part=fact.part,
            field=fact.field,
            value=plain(fact.content),
            standing=fact.standing,
            layer=fact.layer,
            citations=tuple(map(_passage, fact.citations)),
        )


def _passage(citation: ResolvedCitation) -> Passage:
    return Passage(**{field.name: getattr(citation, field.name) for field in attrs.fields(Passage)})


def plain(content: Any) -> str:
    """A value as text: a text, word or date as it is, all else as JSON."""
    value: Any = to_json(content)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
