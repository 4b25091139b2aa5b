"""What is written can be read again: the same record, and then the same bytes."""

from __future__ import annotations

import json
import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ip4kb import Kind, PartialDate
from ip4kb.codec import _UNSEEN_LETTERS, read_record, write_record
from ip4kb.json_text import MAX_DIGITS
from ip4kb.model import field as rules

COLUMNS = 110
LAST_KEYS = ["citations", "note"]

TEXTS = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60).filter(
    lambda text: text == text.strip() and not _UNSEEN_LETTERS.search(text)
)
LATIN = st.characters(categories=["L", "N", "P"], max_codepoint=0x24F)
PHRASES = st.one_of(
    st.lists(st.text(LATIN, min_size=1, max_size=9), min_size=1, max_size=12).map(" ".join),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=40),
)
WORDS = st.text("abcxyz", min_size=1, max_size=5)
MOST = 10**MAX_DIGITS - 1
WHOLE = st.integers(-MOST, MOST)
NUMBERS = st.one_of(WHOLE, st.integers(10**11, 10**14), st.floats(allow_nan=False, allow_infinity=False))
DATES = st.dates().flatmap(
    lambda day: st.sampled_from(
        [PartialDate(day.year), PartialDate(day.year, day.month), PartialDate(day.year, day.month, day.day)]
    )
)
OF_RULE: dict[Any, st.SearchStrategy[Any]] = {
    rules.identifier: st.lists(st.text("abcxyz0189", min_size=1, max_size=6), min_size=0, max_size=4).flatmap(
        lambda rest: WORDS.map(lambda first: "-".join([first, *rest]))
    ),
    rules.digest: st.text("0123456789abcdef", min_size=64, max_size=64).map("sha256:{}".format),
    rules.language: st.sampled_from(["en", "ja", "ko", "zh-Hant", "mi", "sr-Latn-RS"]),
    rules.web_address: st.tuples(st.sampled_from(["http", "https"]), WORDS, WORDS).map(
        lambda parts: "{}://{}.example/{}?q=é#x".format(*parts)
    ),
    rules.positive: st.integers(1, MOST),
    rules.finite: NUMBERS,
    rules.phrase: PHRASES,
}
OF_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    int: WHOLE,
    bool: st.booleans(),
    PartialDate: DATES,
    frozenset({int, float}): NUMBERS,
    frozenset({str, int, float}): st.one_of(TEXTS, NUMBERS),
}


def arms(type_: Any) -> frozenset[Any]:
    """The types that a value may have, None left out."""
    union = get_origin(type_) in {Union, types.UnionType}
    return frozenset(get_args(type_) if union else [type_]) - {type(None)}


def values(type_: Any, *, filled: bool) -> st.SearchStrategy[Any]:
    """Values of a type of the model."""
    if get_origin(type_) is tuple:
        members = st.lists(values(get_args(type_)[0], filled=filled), min_size=int(filled), max_size=2)
        return members.map(tuple)
    if attrs.has(type_) and type_ is not PartialDate:
        return objects(type_, filled=filled)
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return st.sampled_from(type_)
    return OF_TYPE[type_]


def objects(cls: type[Any], *, filled: bool) -> st.SearchStrategy[Any]:
    """Objects of a class of the model: with every field filled, or with some of them left out."""
    members = {}
    for field in attrs.fields(cls):
        allowed = arms(field.type)
        (kept,) = allowed if len(allowed) == 1 else (allowed,)
        ruled = OF_RULE.get(field.validator) if field.validator is not None else None
        members[field.name] = values(kept, filled=filled) if ruled is None else ruled
        if field.default is not attrs.NOTHING and not filled:
            members[field.name] = st.one_of(st.just(field.default), members[field.name])
    return st.builds(cls, **members)


def every_class(cls: Any) -> set[type[Any]]:
    """A class of the model and all classes of its parts."""
    if get_args(cls):
        return {found for arm in get_args(cls) for found in every_class(arm)}
    if not attrs.has(cls) or cls is PartialDate:
        return set()
    return {cls}.union(*(every_class(field.type) for field in attrs.fields(cls)))


def is_filled(value: Any) -> bool:
    """Whether no field of the object, and of all its parts, is empty."""
    if isinstance(value, tuple):
        return bool(value) and all(is_filled(member) for member in value)
    if attrs.has(type(value)) and not isinstance(value, PartialDate):
        return all(is_filled(getattr(value, field.name)) for field in attrs.fields(type(value)))
    return value is not None


def assert_makes_the_round_trip(kind: Kind, record: Any) -> None:
    text = write_record(record)
    again, problems = read_record(kind, text.encode(), f"{kind}/{record.id}.json", record.id)
    assert problems == []
    assert again == record
    # A member of a vocabulary equals its text, and 1 equals 1.0: only the repr of the values tells them apart.
    values = (attrs.astuple(one) for one in (again, record))
    assert len({repr(value) for value in values}) == 1
    assert write_record(again) == text


HEAVY = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)


@pytest.mark.parametrize("kind", Kind)
def test_a_record_with_every_field_filled_makes_the_round_trip(kind: Kind) -> None:
    @HEAVY
    @given(objects(kind.record_class, filled=True))
    def makes_it(record: Any) -> None:
        assert is_filled(record)
        assert_makes_the_round_trip(kind, record)

    makes_it()


@pytest.mark.parametrize("kind", Kind)
def test_a_record_with_some_fields_filled_makes_the_round_trip(kind: Kind) -> None:
    @HEAVY
    @given(objects(kind.record_class, filled=False))
    def makes_it(record: Any) -> None:
        assert_makes_the_round_trip(kind, record)

    makes_it()


CLASSES = sorted({cls for kind in Kind for cls in every_class(kind.record_class)}, key=lambda cls: cls.__name__)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_what_is_not_filled_does_not_stand_in_the_file(cls: type[Any]) -> None:
    from ip4kb.codec import to_json

    required = [field.name for field in attrs.fields(cls) if field.default is attrs.NOTHING]

    @settings(HEAVY, max_examples=5)
    @given(objects(cls, filled=True))
    def stands(value: Any) -> None:
        bare = cls(**{name: getattr(value, name) for name in required})
        assert sorted(to_json(bare)) == sorted(required)

    stands()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_keys_stand_in_the_order_of_the_class_with_citations_and_note_last(cls: type[Any]) -> None:
    from ip4kb.codec import to_json

    names = [field.name for field in attrs.fields(cls)]
    expected = [name for name in names if name not in LAST_KEYS] + [name for name in LAST_KEYS if name in names]

    @settings(HEAVY, max_examples=10)
    @given(objects(cls, filled=False))
    def stand_in_order(value: Any) -> None:
        written = to_json(value)
        assert list(written) == [name for name in expected if name in written]

    stand_in_order()


@pytest.mark.parametrize("kind", Kind)
def test_a_record_begins_with_its_id(kind: Kind) -> None:
    assert attrs.fields(kind.record_class)[0].name == "id"


@pytest.mark.parametrize("kind", Kind)
def test_a_value_stands_on_one_line_exactly_where_it_fits(kind: Kind) -> None:
    @HEAVY
    @given(objects(kind.record_class, filled=True))
    def holds(record: Any) -> None:
        text = write_record(record)
        assert text.endswith("}\n")
        lines = text.removesuffix("\n").split("\n")
        assert lines[0] == "{"
        for number, line in enumerate(lines[1:], start=1):
            indent = len(line) - len(line.lstrip(" "))
            if line.endswith(("{", "[")):
                assert len(on_one_line(lines, number, indent)) > COLUMNS
            elif len(line.removesuffix(",")) > COLUMNS:
                assert not isinstance(value_on(line), dict | list)

    holds()


def on_one_line(lines: list[str], number: int, indent: int) -> str:
    """The line that opens a value, with the rest of the value drawn up to it."""
    last = next(at for at in range(number + 1, len(lines)) if lines[at][: indent + 1].strip() in {"}", "]"})
    opening = lines[number][-1]
    value = json.loads("\n".join([opening, *lines[number + 1 : last], lines[last].removesuffix(",")]))
    return lines[number][:-1] + json.dumps(value, ensure_ascii=False)


def value_on(line: str) -> Any:
    """The value on a line, with or without a key before it."""
    text = line.strip().removesuffix(",")
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        (value,) = json.loads(f"{{{text}}}").values()
        return value


@pytest.mark.parametrize("room", [0, 1])
def test_the_line_may_have_exactly_as_many_columns_as_there_are(room: int) -> None:
    from ip4kb.json_text import canonical

    lead = '  "about": ["a'
    value = {"about": ["a" + "b" * (COLUMNS - len(lead) - len('"]') + room)]}
    lines = canonical(value).split("\n")
    assert (max(map(len, lines)) == COLUMNS and len(lines) == 4) is (room == 0)
    assert json.loads(canonical(value)) == value
