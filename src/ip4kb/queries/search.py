"""Words and phrases, looked for in what the records tell."""

import bisect
import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from ip4kb.exceptions import ArgumentError
from ip4kb.model.kind import Kind
from ip4kb.names import fold, names_of, require_text
from ip4kb.places import walk
from ip4kb.queries.evidence import ResolvedCitation, resolved
from ip4kb.queries.subjects import display_name
from ip4kb.records import Records

SCOPE: Final = "names, aliases and titles; summaries, provisions, silences, reasons, claims and positions"
_TOLD: Final = ("summary", "text", "statement", "reasoning")
_WORD: Final = re.compile(r"[^\W_]+")
_TERM: Final = re.compile(r'["“„]([^"“”„]*)["”“]|(\S+)')
_NAME_WEIGHT: Final = 3
_LAST: Final = (Kind.DISAGREEMENT, Kind.CLAIM, Kind.SOURCE)
"""Kinds whose names weigh no more than what is told, and that come last among what fits as well."""

Term = tuple[str, ...]
"""Folded words that must follow one another."""

Words = tuple[tuple[tuple[int, int], str], ...]
"""The words of a text, folded, each with its first character and the one after its last."""

Marks = tuple[tuple[int, int], ...]
"""Stretches of a text: the first character and the one after the last, in order."""


@attrs.frozen(kw_only=True)
class SearchRow:
    """A text of the record in which all that was looked for is found.

    Attributes:
        record: Id of the record.
        kind: Kind of the record.
        name: Its name.
        place: The record or part whose text this is.
        text: The text: a name or alias, or what a summary, provision, reason, claim or position says.
        marks: Where in the text it was found: first character and the one after the last, from 0, in order.
        score: How well it fits, whole words and names more; only the order means something.
        citations: Where it is said; none for names.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    record: str
    kind: Kind
    name: str
    place: str
    text: str
    marks: Marks
    score: float
    citations: tuple[ResolvedCitation, ...]
    layer: str | None = None

    @property
    def marked(self) -> str:
        """The text with what was found between **asterisks**."""
        marked, end = "", 0
        for start, stop in self.marks:
            marked += f"{self.text[end:start]}**{self.text[start:stop]}**"
            end = stop
        return marked + self.text[end:]


def search(records: Records, text: str) -> tuple[SearchRow, ...]:
    """The rows, best first; see `KnowledgeBase.search`."""
    terms = tuple(_terms(require_text(text, "what is looked for")))
    if not terms:
        msg = f"{text!r} has no word to look for; give words, or a phrase in quotes."
        raise ArgumentError(msg)
    whole = fold(text)
    rows = [row for record in _hopeful(records, terms) for row in _rows(records, record, terms, whole)]
    return tuple(sorted(rows, key=lambda row: (-row.score, row.kind in _LAST, len(row.text))))


def _terms(text: str) -> Iterator[Term]:
    """The phrases in quotes, and the words outside them."""
    for phrase, word in _TERM.findall(text):
        words = tuple(found for _, found in _words(phrase or word))
        if words:
            yield words


def _words(text: str) -> Words:
    return tuple((found.span(), fold(found[0])) for found in _WORD.finditer(text))


@attrs.frozen
class _Index:
    """Which records have a word, by their numbers.

    Attributes:
        records: The records in the order of the kinds, then of their collections.
        words: All words, folded, in the order of the alphabet.
        numbers: The numbers of the records that have each word.
    """

    records: tuple[Any, ...]
    words: tuple[str, ...]
    numbers: Mapping[str, tuple[int, ...]]

    def having(self, term: Term) -> set[int]:
        """The numbers of the records that have all words of a term, or of its last word the beginning."""
        *first, last = term
        start, stop = bisect.bisect_left(self.words, last), bisect.bisect_left(self.words, last + "\U0010ffff")
        found = {number for word in self.words[start:stop] for number in self.numbers[word]}
        return found.intersection(*(self.numbers.get(word, ()) for word in first))


@functools.lru_cache(maxsize=8)
def _index(records: Records) -> _Index:
    every = tuple(record for kind in Kind for record in records.collection(kind))
    folded = functools.cache(fold)
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(every):
        texts = [*names_of(record), *(text for _, _, text in texts_of(record))]
        for word in {folded(word) for text in texts for word in _WORD.findall(text)}:
            numbers[word].append(number)
    return _Index(every, tuple(sorted(numbers)), {word: tuple(having) for word, having in numbers.items()})


def _hopeful(records: Records, terms: tuple[Term, ...]) -> Iterator[Any]:
    """The records that have all the words, if not as they are asked for."""
    index = _index(records)
    numbers = set.intersection(*(index.having(term) for term in terms))
    return (index.records[number] for number in sorted(numbers))


def _rows(records: Records, record: Any, terms: tuple[Term, ...], whole: str) -> Iterator[SearchRow]:
    """A row for the name that fits best, and one for each text of the record in which all is found."""
    told: dict[str, Any] = {
        "record": record.id,
        "kind": records.kind_of(record.id),
        "name": display_name(records, record.id),
    }
    names = []
    for text in names_of(record):
        if found := _found(_words(text), terms):
            marks, score = found
            weight = (1 if told["kind"] in _LAST else _NAME_WEIGHT) * (1 + (fold(text) == whole))
            names.append(SearchRow(place=record.id, text=text, marks=marks, score=score * weight, citations=(), **told))
    if names:
        yield max(names, key=lambda row: (row.score, row.text != record.id))
    context = _words(told["name"])
    for place, node, text in texts_of(record):
        if found := _found(_words(text), terms, context):
            marks, score = found
            citations = resolved(records, place, node) if hasattr(node, "citations") else ()
            yield SearchRow(place=place, text=text, marks=marks, score=score, citations=citations, **told)


def texts_of(record: Any) -> Iterator[tuple[str, Any, str]]:
    """What a record and its parts tell in the curator's words, each with its place and the part."""
    for place, node in walk(record, record.id):
        for field in attrs.fields(type(node)) if node is record or hasattr(node, "citations") else ():
            text = getattr(node, field.name)
            if field.name in _TOLD and isinstance(text, str) and "refers" not in field.metadata:
                yield place, node, text


def _found(words: Words, terms: tuple[Term, ...], context: Words | None = None) -> tuple[Marks, float] | None:
    """Where all the terms stand among the words, and how well they fit.

    A term may stand in the context alone, as long as another stands among the words. None where one is not found.
    """
    marks: set[tuple[int, int]] = set()
    score = 0.0
    for term in terms:
        hits = list(_hits(words, term))
        if hits:
            marks.update(mark for mark, _ in hits)
            score += max(fit for _, fit in hits)
        elif not (context and any(_hits(context, term))):
            return None
    return (_joined(marks, words), score) if marks else None


def _joined(marks: set[tuple[int, int]], words: Words) -> Marks:
    """The stretches in order, those of words that follow one another as one."""
    follows = {one[1]: other[0] for (one, _), (other, _) in itertools.pairwise(words)}
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(marks):
        if joined and follows.get(joined[-1][1], joined[-1][1]) >= start:
            joined[-1] = joined[-1][0], max(stop, joined[-1][1])
        else:
            joined.append((start, stop))
    return tuple(joined)


def _hits(words: Words, term: Term) -> Iterator[tuple[tuple[int, int], int]]:
    """Where a term stands, and how well it fits: 2 where whole words do, 1 where the last is the beginning of one."""
    *first, last = term
    for at in range(len(words) - len(first)):
        run = [word for _, word in words[at : at + len(term)]]
        if run[:-1] == first and run[-1].startswith(last):
            yield (words[at][0][0], words[at + len(first)][0][1]), 1 + (run[-1] == last)
