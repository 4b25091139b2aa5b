"""The figures, years and names that a passage must have to support a value."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.person import Person
from ip4kb.model.quantity import Quantity, Unit
from ip4kb.passages import normalise

_WORDS: Final = {
    word: float(number)
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=2,
    )
}
_SCALES: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_NUMBER: Final = re.compile(r"(?<![A-Za-z\d.,])\d+(?:,\d{3})+(?:\.\d+)?|(?<![A-Za-z\d])\d+(?:\.\d+)?")
_WORD: Final = re.compile(r"[A-Za-z]+")
_PERCENT: Final = re.compile(r"%|\bper ?cent\b", re.IGNORECASE)
_SCALE_AFTER: Final = re.compile(r"[\s-]*(thousand|million|billion|trillion)\b", re.IGNORECASE)


def _numbers(text: str) -> Iterator[float]:
    """The numbers in a text, in digits and in words from two to twenty, each in full."""
    spoken = [
        (match, _WORDS[match.group().lower()]) for match in _WORD.finditer(text) if match.group().lower() in _WORDS
    ]
    written = [(match, float(match.group().replace(",", ""))) for match in _NUMBER.finditer(text)]
    for match, number in sorted(written + spoken, key=lambda found: found[0].start()):
        scale = _SCALE_AFTER.match(text, match.end())
        yield number * (_SCALES[scale.group(1).lower()] if scale else 1)


def _loose_numbers(text: str) -> set[float]:
    """The numbers a passage may be read to hold, those with a footnote's number glued to them included."""
    found = set(_numbers(text))
    for match in re.finditer(r"(\d+(?:\.\d+)?)\.\d+", text):
        found.add(float(match.group(1)))
    return found | {float(digits) for digits in re.findall(r"(?<!\d)(?<!\d[.,])\d+", text)}


def missing(values: tuple[Any, ...], passage: str, people: Mapping[str, Person]) -> tuple[str, ...]:
    """What the values state in figures and names that the passage does not have.

    Args:
        values: Values of fields: texts, dates, numbers, quantities, ids of people, and tuples and parts of these.
        passage: The text of the paragraph.
        people: People by id.

    Returns:
        The numbers, parts of dates and family names that are lacking, in the order met.
    """
    text = normalise(passage)
    have = _loose_numbers(text)
    lacking = []
    for wanted, holds in _wanted(values, people):
        if not holds(text, have):
            lacking.append(wanted)
    return tuple(dict.fromkeys(lacking))


def _number_in(number: float) -> Any:
    return lambda _text, have: number in have


def _holds_name(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(normalise(name))}\b", text) is not None


def _name_in(person: Person) -> Any:
    return lambda text, _have: any(_holds_name(text, name) for name in (person.family, person.name, *person.spellings))


def _month_in(month: int) -> Any:
    name = _MONTHS[month - 1]
    forms = [form for short in (name, name[:3], name[:4]) for form in (short.capitalize(), short.upper())]
    pattern = re.compile(rf"\b({'|'.join(forms)})\b|\b\d{{4}}-{month:02}\b")
    return lambda text, _have: pattern.search(text)


def _percent_in(text: str, _have: set[float]) -> bool:
    return bool(_PERCENT.search(text))


def _wanted_by_date(date: PartialDate) -> Iterator[tuple[str, Any]]:
    yield str(date.year), _number_in(date.year)
    if date.month is not None:
        yield _MONTHS[date.month - 1].capitalize(), _month_in(date.month)
    if date.day is not None:
        yield str(date.day), _number_in(date.day)


def _wanted(value: Any, people: Mapping[str, Person]) -> Iterator[tuple[str, Any]]:
    if isinstance(value, PartialDate):
        yield from _wanted_by_date(value)
    elif isinstance(value, Quantity):
        if value.unit in {Unit.PERCENT, Unit.PERCENT_OF_GDP}:
            yield "per cent", _percent_in
        yield from _wanted((value.value, value.to, value.since, value.until, value.scope), people)
    elif isinstance(value, str):
        yield from _wanted_by_text(value, people)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield f"{value:g}", _number_in(float(value))
    elif isinstance(value, tuple):
        for member in value:
            yield from _wanted(member, people)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from _wanted(getattr(value, field.name), people)


def _wanted_by_text(value: str, people: Mapping[str, Person]) -> Iterator[tuple[str, Any]]:
    if value in people:
        yield people[value].family, _name_in(people[value])
        return
    if "-" in value and " " not in value:
        return
    text = normalise(value)
    for number in _numbers(text):
        yield f"{number:g}", _number_in(number)
    if _PERCENT.search(text):
        yield "per cent", _percent_in
    for person in people.values():
        if _holds_name(text, person.family):
            yield person.family, _name_in(person)
