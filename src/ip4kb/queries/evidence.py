"""What stands behind a place in the data: its citations, and how well it stands."""

import functools
import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Literal

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError
from ip4kb.model.citation import Citation
from ip4kb.model.kind import Kind
from ip4kb.model.source import Source, SourceKind
from ip4kb.passages import deep_link, fingerprint
from ip4kb.places import below, contains, facts, on_the_way, own_facts, record_of, walk
from ip4kb.queries.layers import layer_of, mark_of
from ip4kb.queries.subjects import place_named
from ip4kb.records import Records


class Unknown(StrEnum):
    """What no source says; it is neither yes nor no."""

    UNKNOWN = "unknown"
    """No source here says."""


UNKNOWN: Literal[Unknown.UNKNOWN] = Unknown.UNKNOWN


class Standing(StrEnum):
    """How well a fact stands, derived from its citations, strongest concern first."""

    DISPUTED = "disputed"
    """A `Disagreement` names the fact by its place."""
    OFFICIAL = "official"
    """An official source says it, issued by the subject, the party, the host or the document's issuer."""
    CORROBORATED = "corroborated"
    """Two publishers say it that draw neither on one another nor on a shared source; `reference` does not count."""
    SINGLE_SOURCE = "single-source"
    """It has a source, and none of the others holds."""


class Verification(StrEnum):
    """Whether a machine found the phrase in the paragraph."""

    VERIFIED = "verified"
    """A machine found the phrase in the paragraph, or the terms of a silence nowhere in the text."""
    NOT_CHECKED = "not checked"
    """The text was not at hand, so that nothing could be compared; it does not mean that the phrase is wrong."""


@attrs.frozen(kw_only=True)
class ResolvedCitation:
    """A citation together with its source, its address and whether it was verified.

    Attributes:
        place: The record or part that cites.
        source: Id of the source.
        label: Author or publisher, and year.
        title: Title of the source.
        publisher: Its publisher.
        published: When it was published, as exact as known.
        url: The address that opens it at the passage; where none is known, the one at which the passage was read.
        paragraph: Number of the passage among the non-empty lines of the text.
        number: The document's own label of the passage.
        page: The page, as printed.
        phrase: Words to find the passage by.
        supports: The facts it supports.
        inferred: Whether the fact follows from the passage without standing in it word for word.
        via: Id of the source in which the passage was read, where the original was not at hand.
        verification: Whether a machine found the phrase in the paragraph.
        layer: Name of the overlay that cites it so; None where no overlay does.
        replaced: What it stood for, by field, where an overlay has put something else in its place; else None.
    """

    place: str
    source: str
    label: str
    title: str
    publisher: str
    published: PartialDate | None
    url: str | None
    paragraph: int | None
    number: str | None
    page: str | None
    phrase: str | None
    supports: tuple[str, ...]
    inferred: bool
    via: str | None
    verification: Verification
    layer: str | None = None
    replaced: str | None = None

    @property
    def passage(self) -> str:
        """The place in the source by paragraph, by the document's own label, or by page."""
        parts = [
            f"¶{self.paragraph}" if self.paragraph else "",
            f"no. {self.number}" if self.number else "",
            f"p. {self.page}" if self.page else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        where = f", {self.passage}" if self.passage else ""
        phrase = f": “{self.phrase}”" if self.phrase else ""
        inferred = ", inferred" if self.inferred else ""
        own = f", {mark}" if (mark := mark_of(self)) else ""
        return f"{self.label}{where}{phrase} ({self.verification.value}{inferred}{own})"


def label_of(source: Source) -> str:
    """A source in a word or two: the authors' family names or the publisher, and the year."""
    names = [author.family or author.literal or "" for author in source.authors]
    many = 3
    who = f"{names[0]} et al." if len(names) >= many else " and ".join(names) or source.publisher
    return f"{who} {source.published.year}" if source.published else f"{who}, n.d."


def is_verified(records: Records, citation: Citation, node: Any) -> bool:
    """Whether the ledger of checked passages has this citation, for the text the source now names."""
    source = records.collection(Kind.SOURCE)[citation.source]
    checked = records.tables.verified.get(citation.source)
    if checked is None or source.text_digest != checked.digest:
        return False
    if citation.paragraph is None:
        return fingerprint(*getattr(node, "absent_terms", ())) in checked.absent
    return fingerprint(citation.phrase or "") in checked.phrases.get(str(citation.paragraph), ())


def resolved(records: Records, place: str, node: Any, field: str | None = None) -> tuple[ResolvedCitation, ...]:
    """The citations of an object, resolved; with a field, those that support it."""
    rows = []
    for citation in node.citations:
        supports = citation.supports or own_facts(node)
        if field is not None and field not in supports:
            continue
        source = records.collection(Kind.SOURCE)[citation.source]
        address = _address(records, citation)
        rows.append(
            ResolvedCitation(
                place=place,
                source=source.id,
                label=label_of(source),
                title=source.title,
                publisher=source.publisher,
                published=source.published,
                url=address and deep_link(address, citation.phrase, citation.page),
                paragraph=citation.paragraph,
                number=citation.number,
                page=citation.page,
                phrase=citation.phrase,
                supports=supports,
                inferred=citation.inferred,
                via=citation.via,
                verification=(
                    Verification.VERIFIED if is_verified(records, citation, node) else Verification.NOT_CHECKED
                ),
                layer=layer_of(records, place, node, citation),
            )
        )
    return tuple(rows)


def _address(records: Records, citation: Citation) -> str | None:
    """Where a source can be opened, or else the one in which its passage was read."""
    ids = (citation.source, citation.via)
    read = [records.collection(Kind.SOURCE)[id] for id in ids if id is not None]
    return next((address for source in read if (address := source.url or source.archived_url)), None)


def evidence(records: Records, place: str) -> tuple[str, tuple[ResolvedCitation, ...], Standing | Unknown]:
    """The place with its record's id, the citations behind it, and how well it stands.

    Raises:
        ArgumentError: If there is no such place, or the field there is the curator's labelling and no fact.
    """
    whole, record, holder, field = place_named(records, place)
    rows = tuple(_behind(records, whole, record, holder, field))
    if field is None:
        return whole, rows, standing_of(records, record, whole, holder)
    return whole, rows, standing(records, whole, record, rows)


def _behind(records: Records, place: str, record: Any, holder: Any, field: str | None) -> Iterator[ResolvedCitation]:
    if field is not None and field not in facts(holder):
        fact_fields = [f.name for f in attrs.fields(type(holder)) if f.metadata.get("fact")]
        if field not in fact_fields:
            msg = f"{place!r} is the curator's labelling and no fact, so no evidence stands behind it."
            msg += f" Facts here are: {', '.join(fact_fields) or 'none'}."
            raise ArgumentError(msg)
        return
    for where, node, name in answerable(record, place, holder, field):
        yield from resolved(records, where, node, name)


def answerable(record: Any, place: str, holder: Any, field: str | None) -> Iterator[tuple[str, Any, str | None]]:
    """The record and parts that answer for a place with their citations; for a field, what holds it, with its name."""
    for where, node in walk(record, record.id):
        if hasattr(node, "citations"):
            if node is holder and field is not None:
                yield where, node, field
            elif contains(place, where):
                yield where, node, None


def standing_of(records: Records, record: Any, place: str, node: Any) -> "Standing | Unknown":
    """How well a record or part stands: as the weakest of the facts that its own citations support.

    Where it has none, as the weakest of its parts. A part is disputed where anything in it is.
    """
    if "#" in place and _is_disputed(records, place):
        return Standing.DISPUTED
    own = own_facts(node)
    if own:
        return weakest(records, record, place, node, own)
    parts = [
        standing_of(records, record, where, part)
        for where, part in walk(node, place)
        if part is not node and hasattr(part, "citations")
    ]
    return min(parts, key=_WEAKEST_FIRST.index, default=UNKNOWN)


def weakest(records: Records, record: Any, place: str, node: Any, names: tuple[str, ...]) -> "Standing | Unknown":
    """How well the weakest of some facts of a record or part stands."""
    every = [(citation, citation.supports or own_facts(node)) for citation in node.citations]
    found = [
        standing(records, below(place, name), record, tuple(citation for citation, told in every if name in told))
        for name in names
    ]
    return min(found, key=_WEAKEST_FIRST.index, default=UNKNOWN)


def standing(
    records: Records, place: str, record: Any, citations: "tuple[Citation | ResolvedCitation, ...]"
) -> "Standing | Unknown":
    """How well a fact stands by its citations: disputed, official, corroborated, single-source, or unknown."""
    if _is_disputed(records, place):
        return Standing.DISPUTED
    if not citations:
        return UNKNOWN
    cited = dict.fromkeys(citation.source for citation in citations)
    sources = [records.collection(Kind.SOURCE)[id] for id in cited]
    answerable = answerable_parties(records, record, place)
    if any(source.kind in _OFFICIAL and source.issuer in answerable for source in sources):
        return Standing.OFFICIAL
    telling = [
        (source.publisher, _origins(records, source)) for source in sources if source.kind is not SourceKind.REFERENCE
    ]
    if any(one[0] != other[0] and not one[1] & other[1] for one, other in itertools.combinations(telling, 2)):
        return Standing.CORROBORATED
    return Standing.SINGLE_SOURCE


_WITHOUT_ORGAN = {"forum", "intelligence-sharing", "partner-grouping", "security-partnership"}
_OF_NATO = {"partner-grouping", "partnership-framework"}
_OFFICIAL = {SourceKind.OFFICIAL_TEXT, SourceKind.OFFICIAL_PAGE}
_WEAKEST_FIRST = (Standing.DISPUTED, Standing.SINGLE_SOURCE, Standing.CORROBORATED, Standing.OFFICIAL, UNKNOWN)


def _is_disputed(records: Records, place: str) -> bool:
    """Whether a disagreement is about this place or what holds it; one about whole records disputes no fact of them."""
    abouts = _disputed_places(records).get(record_of(place), ())
    return any(contains(about, place) or contains(place, about) for about in abouts)


@functools.lru_cache(maxsize=8)
def _disputed_places(records: Records) -> Mapping[str, tuple[str, ...]]:
    """The places that disagreements are about, by record; what is about a whole record is left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for disagreement in records.collection(Kind.DISAGREEMENT):
        for about in disagreement.about:
            if "#" in about:
                found[record_of(about)].append(about)
    return {id: tuple(abouts) for id, abouts in found.items()}


def answerable_parties(records: Records, record: Any, place: str) -> set[str]:
    """The parties who can speak with authority of a place: its subject, the party, the host, the document's issuers.

    A grouping that has no organ of its own speaks through its members, and NATO of its summits and its frameworks.
    """
    parties = {record.id}
    for name in ("hosts", "issuers", "parties"):
        parties.update(getattr(record, name, ()))
    parties.add(getattr(record, "organiser", None) or record.id)
    kind = getattr(record, "kind", None)
    if kind in _WITHOUT_ORGAN:
        parties.update(member.country for member in record.members)
    if kind in _OF_NATO or records.kind_of(record.id) is Kind.SUMMIT:
        parties.add("nato")
    for node in on_the_way(record, place):
        parties.update(getattr(node, "by", ()))
        parties.update(name for name in (getattr(node, "party", None), getattr(node, "country", None)) if name)
    return parties


def _origins(records: Records, source: Source) -> set[str]:
    """The source and all that it draws on, at whatever remove."""
    found: set[str] = set()
    ahead = [source.id]
    while ahead:
        id = ahead.pop()
        if id not in found:
            found.add(id)
            ahead += records.collection(Kind.SOURCE)[id].draws_on
    return found
