"""The rules between records, and between the parts of one: what no single value can know."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import Any, Final

import attrs

from ip4kb.dates import PartialDate
from ip4kb.exceptions import ArgumentError, Problem
from ip4kb.likeness import did_you_mean
from ip4kb.model.country import COUNTRIES
from ip4kb.model.field import Target
from ip4kb.model.kind import Kind
from ip4kb.passages import fingerprint
from ip4kb.places import below, facts, own_facts, record_of, references, resolve, walk
from ip4kb.records import Records, date_of
from ip4kb.store import Library

WAYS_OUT: Final = 100
"""In how many problems names like a wrong one are looked for, which takes a while each."""

Finding = tuple[str, str] | tuple[str, str, Callable[[], str]]
"""A place, a sentence, and what makes the end that names a way out, where one has to be looked for."""

_SPANS: Final = (
    ("since", "until"),
    ("start", "end"),
    ("date", "until"),
    ("published", "published_not_after"),
)
_KINDS_NAMED: Final = {
    Target.SOURCE: (Kind.SOURCE,),
    Target.DECLARATION: (Kind.DECLARATION,),
    Target.GATHERING: (Kind.SUMMIT, Kind.MEETING),
    Target.SUMMIT: (Kind.SUMMIT,),
    Target.CLAIM: (Kind.CLAIM,),
    Target.PARTY: (Kind.ALLIANCE,),
    Target.ACTOR: (Kind.ALLIANCE,),
    Target.SUBJECT: tuple(Kind),
    Target.PERSON: (),
    Target.COUNTRY: (),
}
_MAY_BE_COUNTRY: Final = {Target.COUNTRY, Target.PARTY, Target.ACTOR, Target.SUBJECT}
_MAY_BE_PERSON: Final = {Target.PERSON, Target.ACTOR, Target.SUBJECT}


def check_all(library: Library) -> list[Problem]:
    """Every problem of a shelf of records: what cannot be read, then what the rules find."""
    return [*library.read_all(), *check(library)]


def check(records: Records) -> list[Problem]:
    """Every problem that the rules find, by file.

    Of records laid over others it is not asked that the ledger knows their phrases, which are then shown as not
    checked, that they lie within the coverage, which tells of the data beneath, or that they use all sources beneath.
    """
    found = (of_record(records, kind, record) for kind in Kind for record in records.collection(kind))
    return [*problems_of(chain.from_iterable(found)), *of_tables(records)]


def of_record(records: Records, kind: Kind, record: Any) -> Iterator[tuple[str, str, Finding]]:
    """What the rules find in one of the records, which is of this kind: the file, the rule and the finding."""
    file = f"{kind.value}/{record.id}.json"
    return ((file, name, finding) for name, rule in _RULES.items() for finding in rule(records, record))


def problems_of(found: Iterable[tuple[str, str, Finding]]) -> list[Problem]:
    """Findings as problems; for the first ones a way out is looked for."""
    problems = []
    left = WAYS_OUT
    for file, rule, (place, message, *way_out) in found:
        ends = [end() for end in way_out[:left]]
        left -= len(ends)
        problems.append(Problem(file=file, place=place, rule=rule, message=message + "".join(ends)))
    return problems


def of_tables(records: Records) -> list[Problem]:
    """What the rules find in the tables, and in all records taken together."""
    return [
        Problem(file=file, place="", rule=name, message=message)
        for name, rule in _TABLE_RULES.items()
        for file, message in rule(records)
    ]


# --- references ------------------------------------------------------------------------------------------------------


def _named(records: Records, target: Target) -> dict[str, None]:
    names = {id: None for id in records.ids if records.kind_of(id) in _KINDS_NAMED[target]}
    if target in _MAY_BE_COUNTRY:
        names |= dict.fromkeys(COUNTRIES)
    if target in _MAY_BE_PERSON:
        names |= dict.fromkeys(records.tables.people)
    return names


def _resolves(records: Records, target: Target, name: str) -> bool:
    return (
        records.kind_of(name) in _KINDS_NAMED[target]
        or (target in _MAY_BE_COUNTRY and name in COUNTRIES)
        or (target in _MAY_BE_PERSON and name in records.tables.people)
    )


def _way_out(records: Records, target: Target, name: str) -> str:
    """What to name in place of what is no such thing: the successor of a retired id, or names like it."""
    new = records.tables.retired.get(name)
    return f" The id is retired; use {new!r}." if new else did_you_mean(name, _named(records, target))


def _references(records: Records, record: Any) -> Iterator[Finding]:
    for place, target, name in references(record, record.id):
        whole = record_of(name) if target is Target.SUBJECT else name
        if not _resolves(records, target, whole):
            yield place, f"{name!r} is no {target.value} here.", partial(_way_out, records, target, whole)
        elif whole != name:
            kind = records.kind_of(whole)
            if kind is None:
                yield place, f"{name!r} is no place in the data: {whole!r} is no record, so no places lie in it."
            elif (other := records.collection(kind).get(whole)) is not None:
                try:
                    resolve(other, name)
                except ArgumentError as error:
                    yield place, str(error)
    if records.kind_of(record.id) is Kind.PARTNER and record.id not in COUNTRIES:
        yield record.id, "a partner's id must be the slug of a country in the table of countries."


# --- within one record -----------------------------------------------------------------------------------------------


def _unique(_records: Records, record: Any) -> Iterator[Finding]:
    names = [alias.text for alias in getattr(record, "aliases", ())]
    yield from _repeated(names, f"{record.id}#aliases", "the alias", "keep one")
    for place, node in walk(record, record.id):
        for field in attrs.fields(type(node)):
            content = getattr(node, field.name)
            if isinstance(content, tuple):
                words = [str(word) for word in content if isinstance(word, str)]
                yield from _repeated(words, below(place, field.name), "the entry", "keep one")
    places = [place for place, node in walk(record, record.id) if hasattr(node, "citations")]
    yield from _twice(places)


def _repeated(names: list[str], place: str, what: str, way_out: str) -> Iterator[Finding]:
    for name, count in Counter(names).items():
        if count > 1:
            yield place, f"{what} {name!r} stands {count} times; {way_out}."


def _twice(places: list[str]) -> Iterator[Finding]:
    for place, count in Counter(places).items():
        if count > 1:
            yield place, f"{count} parts have this key; give each part of a list a key of its own."


def _chronology(_records: Records, record: Any) -> Iterator[Finding]:
    for place, node in walk(record, record.id):
        for start, end in _SPANS:
            first, last = getattr(node, start, None), getattr(node, end, None)
            if first is not None and last is not None and last.last < first.first:
                yield below(place, end), f"{end!r} is {last}, before {start!r}, which is {first}."
        if getattr(node, "to", None) is not None and node.to < node.value:
            yield below(place, "to"), f"the upper end {node.to} is below the lower end {node.value}."
        yield from _order_of_steps(getattr(node, "developments", ()), below(place, "developments"))


def _order_of_steps(steps: tuple[Any, ...], place: str) -> Iterator[Finding]:
    latest: PartialDate | None = None
    for step in steps:
        if step.date is not None:
            if latest is not None and step.date.last < latest.first:
                yield (
                    below(place, step.key),
                    f"{step.date} stands after {latest}; put the steps in the order of time.",
                )
            latest = step.date if latest is None else max(latest, step.date)


# --- citations -------------------------------------------------------------------------------------------------------


def _citations(records: Records, record: Any) -> Iterator[Finding]:
    whole_record = records.kind_of(record.id) not in {Kind.DISAGREEMENT, Kind.CLAIM}
    for place, node in walk(record, record.id):
        if not hasattr(node, "citations"):
            continue
        supported: set[str] = set()
        for index, citation in enumerate(node.citations):
            at = below(below(place, "citations"), str(index + 1))
            if not citation.supports and node is record and whole_record:
                yield at, "a citation of a record must say what it supports; name the fields in 'supports'."
            supported |= set(citation.supports or facts(node))
            yield from _supports(node, citation, at)
            yield from _passage(records, node, citation, at)
        for name in own_facts(node):
            if name not in supported:
                yield (
                    below(place, name),
                    "no citation supports this fact; cite the passage, or take the fact out.",
                )
        if node is not record and not facts(node):
            yield place, "this part states nothing; state a fact, or take the part out."


def _supports(node: Any, citation: Any, at: str) -> Iterator[Finding]:
    fields = [field.name for field in attrs.fields(type(node)) if field.metadata.get("fact")]
    for name in citation.supports:
        if name not in fields:
            yield at, f"{name!r} is no fact of a {type(node).__name__}.{did_you_mean(name, fields)}"
        elif name not in facts(node):
            yield (
                at,
                f"it supports {name!r}, which says nothing here; fill the field or take it out of 'supports'.",
            )


def _passage(records: Records, node: Any, citation: Any, at: str) -> Iterator[Finding]:
    source = records.collection(Kind.SOURCE).get(citation.source)
    if source is None:
        return
    if source.text_digest is None:
        if citation.paragraph is not None:
            yield at, f"{source.id!r} has no text to count paragraphs in; give 'number' or 'page' instead."
        return
    checked = records.tables.verified.get(source.id)
    fresh = checked is not None and checked.digest == source.text_digest
    provable = records.beneath is None
    terms = getattr(node, "absent_terms", ())
    if citation.paragraph is None and citation.phrase is None and terms:
        if provable and (not fresh or fingerprint(*terms) not in checked.absent):  # type: ignore[union-attr]
            yield at, f"that the terms stand nowhere in {source.id!r} is not verified; run the verification."
    elif citation.paragraph is None or citation.phrase is None:
        yield at, f"the text of {source.id!r} is known, so 'paragraph' and 'phrase' are required."
    elif provable and (
        not fresh or fingerprint(citation.phrase) not in checked.phrases.get(str(citation.paragraph), ())  # type: ignore[union-attr]
    ):
        yield (
            at,
            f"the phrase {citation.phrase!r} in paragraph {citation.paragraph} is not verified; run the verification.",
        )


# --- kinds -----------------------------------------------------------------------------------------------------------


def _kind_of_record(records: Records, record: Any) -> Iterator[Finding]:
    kind = records.kind_of(record.id)
    if kind in _SPECIAL:
        yield from _SPECIAL[kind](record)


def _source(record: Any) -> Iterator[Finding]:
    if record.published is None and record.accessed is None:
        yield f"{record.id}#accessed", "a source without 'published' must say when it was read."
    for index, author in enumerate(record.authors):
        if (author.family is None) == (author.literal is None) or (author.given and author.literal):
            yield (
                f"{record.id}#authors.{index + 1}",
                "an author has either 'family' (and 'given') or 'literal'.",
            )


def _claim(record: Any) -> Iterator[Finding]:
    sources = sorted({citation.source for citation in record.citations})
    if len(sources) != 1:
        yield (
            f"{record.id}#citations",
            f"a claim belongs to one source, but this one cites {sources or 'none'}.",
        )
    elif not record.id.startswith(f"{sources[0]}-"):
        yield record.id, f"the id of a claim is its source's id and a slug: '{sources[0]}-...'."
    if not record.about:
        yield f"{record.id}#about", "a claim is about something; name at least one id."


def _disagreement(record: Any) -> Iterator[Finding]:
    if len(record.positions) < 2:  # noqa: PLR2004
        yield f"{record.id}#positions", "a disagreement has two positions or more."
    if sum(position.adopted for position in record.positions) > 1:
        yield f"{record.id}#positions", "at most one position can be adopted."
    if not record.about:
        yield f"{record.id}#about", "a disagreement is about something; name at least one place or id."


_SPECIAL: Final = {Kind.SOURCE: _source, Kind.CLAIM: _claim, Kind.DISAGREEMENT: _disagreement}


# --- tables and the whole --------------------------------------------------------------------------------------------


def _used(records: Records) -> Iterator[tuple[str, str]]:
    beneath = () if records.beneath is None else records.beneath.collection(Kind.SOURCE).ids
    for id in unused(records):
        if id not in beneath:
            yield f"source/{id}.json", "nothing cites this source or draws on it; cite it or take it out."


def unused(records: Records) -> list[str]:
    """The sources that nothing cites or draws on."""
    if sum(len(records.collection(kind)) for kind in Kind) < len([*records.ids]):
        return []  # a record that could not be read may cite any of them
    used = {
        name
        for kind in Kind
        for record in records.collection(kind)
        for _, target, name in references(record, record.id)
        if target is Target.SOURCE and name != record.id
    }
    return [id for id in records.collection(Kind.SOURCE).ids if id not in used]


def _one_record_a_text(records: Records) -> Iterator[tuple[str, str]]:
    first: dict[tuple[str, PartialDate | None, str], str] = {}
    for source in records.collection(Kind.SOURCE):
        if source.url is not None:
            text = source.url, source.published, source.title
            if first.setdefault(text, source.id) != source.id:
                message = f"is the same text as {first[text]!r}: address, date and title are the same; keep one."
                yield f"source/{source.id}.json", message


def _names(records: Records) -> Iterator[tuple[str, str]]:
    for id, person in records.tables.people.items():
        if person.id != id:
            yield "people.json", f"{id!r} has the id {person.id!r}; take it out, for the key is the id."
    for bearers in records.tables.bearers.values():
        for bearer in bearers:
            if bearer.record is not None and not _resolves(records, Target.SUBJECT, bearer.record):
                yield (
                    "ambiguous.json",
                    f"{bearer.name!r} names {bearer.record!r}, which is no record and no country here.",
                )
    for old, new in records.tables.retired.items():
        if records.kind_of(old) is not None or records.kind_of(new) is None:
            yield "retired.json", f"{old!r} must be no id in use and {new!r} must be one."


def _coverage(records: Records) -> Iterator[tuple[str, str]]:
    for row in records.tables.coverage if records.beneath is None else ():
        if not row.since.first <= row.until.last <= row.checked_on.last:
            message = "must run in the order of time, since, until, checked_on, but is"
            dates = f"{row.since}, {row.until}, {row.checked_on}"
            yield "manifest.json", f"the coverage of {row.kind.collection} {message} {dates}."
            continue
        for record in records.collection(row.kind):
            date = date_of(record)
            if date is not None and (date.last < row.since.first or date.first > row.until.last):
                message = f"outside the coverage of {row.kind.collection}, which runs from {row.since} to {row.until}"
                yield "manifest.json", f"{record.id!r} is of {date}, {message}; correct the one or widen the other."


def _ledger(records: Records) -> Iterator[tuple[str, str]]:
    for id in records.tables.verified if records.beneath is None else ():
        source = records.collection(Kind.SOURCE).get(id)
        digest = None if source is None else source.text_digest
        unread = source is None and records.kind_of(id) is Kind.SOURCE
        if digest != records.tables.verified[id].digest and not unread:
            yield "verified.json", f"the entry for {id!r} fits no source as it stands; run the verification."


_RULES: Final[dict[str, Callable[[Records, Any], Iterator[Finding]]]] = {
    "references": _references,
    "unique": _unique,
    "chronology": _chronology,
    "citations": _citations,
    "kind": _kind_of_record,
}
_TABLE_RULES: Final[dict[str, Callable[[Records], Iterator[tuple[str, str]]]]] = {
    "used": _used,
    "one text": _one_record_a_text,
    "names": _names,
    "coverage": _coverage,
    "ledger": _ledger,
}
