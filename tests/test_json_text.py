"""JSON as text: what is read of it, and the one form in which it is written."""

from __future__ import annotations

from typing import Any

import pytest

from ip4kb.json_text import MAX_DIGITS, WIDTH, canonical, parse


def nested(levels: int) -> bytes:
    return b'{"a": ' + b"[" * (levels - 1) + b"]" * (levels - 1) + b"}"


def rules(raw: bytes) -> list[str]:
    return [problem.rule for problem in parse(raw, "a.json")[1]]


@pytest.mark.parametrize("sign", ["", "-"])
def test_a_number_has_no_more_digits_than_allowed_whatever_its_sign(sign: str) -> None:
    longest = f"{sign}{'9' * MAX_DIGITS}"
    assert parse(f'{{"a": {longest}}}'.encode(), "a.json") == ({"a": int(longest)}, [])
    assert rules(f'{{"a": {longest}9}}'.encode()) == ["json"]


def test_a_file_has_at_most_a_million_bytes() -> None:
    assert rules(b"{}".ljust(1_000_000)) == []
    assert rules(b"{}".ljust(1_000_001)) == ["json"]


def test_levels_are_counted_and_not_brackets() -> None:
    wide: dict[str, Any] = {"a": [[], {}] * 100}
    assert parse(canonical(wide).encode(), "a.json") == (wide, [])
    assert rules(nested(100)) == []
    assert rules(nested(101)) == ["json"]


def test_a_value_stands_on_one_line_as_long_as_it_fits() -> None:
    fitting = "a" * (WIDTH - len('  "text": ["", "é"]'))
    assert canonical({"id": "a", "none": [], "text": [fitting, "é"]}) == (
        f'{{\n  "id": "a",\n  "none": [],\n  "text": ["{fitting}", "é"]\n}}\n'
    )
    assert canonical({"text": [f"{fitting}a", "é"]}) == f'{{\n  "text": [\n    "{fitting}a",\n    "é"\n  ]\n}}\n'


def test_members_of_members_are_set_in_further() -> None:
    fitting = "a" * (WIDTH - len('      "text": [""]'))
    assert canonical({"parts": [{"key": "b", "text": [fitting]}]}) == (
        f'{{\n  "parts": [\n    {{\n      "key": "b",\n      "text": ["{fitting}"]\n    }}\n  ]\n}}\n'
    )


def test_a_text_is_never_broken() -> None:
    assert canonical({"text": "a" * WIDTH}) == f'{{\n  "text": "{"a" * WIDTH}"\n}}\n'
