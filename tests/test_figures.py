from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ip4kb import Level, PartialDate, Person, Quantity, Reason, Unit
from ip4kb.curation.figures import missing
from ip4kb.passages import digest_of, fingerprint, normalise, paragraphs

PEOPLE = {
    "ada-moss": Person(id="ada-moss", name="Ada Moss", family="Moss", given="Ada", spellings=("Moss Ada-Lee",)),
    "o-neill": Person(id="o-neill", name="Pat O’Neill", family="O’Neill"),
    "yoon-suk-yeol": Person(id="yoon-suk-yeol", name="Yoon Suk Yeol", family="Yoon", spellings=("President Yun",)),
}


def lacking(value: object, passage: str) -> tuple[str, ...]:
    return missing((value,), passage, PEOPLE)


# --- figures ---------------------------------------------------------------------------------------------------------

FIGURES = st.lists(
    st.one_of(
        st.integers(0, 10**13).map(str),
        st.integers(0, 10**13).map(lambda number: f"{number:,}"),
        st.floats(0, 1e6, allow_nan=False).map(lambda number: f"{number:.2f}"),
        st.sampled_from(["two", "Twenty", "billion", "million", "per cent", "percent", "%", "％", "Moss", "O'Neill"]),
        st.sampled_from([*" .,-–—\N{SOFT HYPHEN}\N{NO-BREAK SPACE}'’$€()[]\u0301½²"]),
        st.text(max_size=3),
    ),
    max_size=12,
)


@given(FIGURES.map("".join))
def test_a_text_always_supports_what_it_holds(text: str) -> None:
    assert lacking(text, text) == ()


@given(FIGURES.map(" ".join), st.text(), st.text(st.characters(exclude_categories=["L", "Cs"])))
def test_a_text_still_supports_what_it_holds_where_more_stands_around_it(text: str, before: str, after: str) -> None:
    assert lacking(text, f"{before} {text} {after}") == ()


@given(st.integers(21, 10**9))
def test_a_number_that_the_passage_has_not_is_lacking(number: int) -> None:
    assert lacking(f"It has {number} ships.", f"It has {number + 1} ships.") == (f"{float(number):g}",)


@pytest.mark.parametrize(
    ("value", "passage"),
    [
        ("It bought 12 ships.", "It bought twelve ships."),
        ("It bought twelve ships.", "It bought 12 ships."),
        ("Two came, then three.", "2 came, then 3"),
        ("TWENTY ships", "20 ships"),
        ("It costs 1,250,000 dollars.", "It costs 1.25 million dollars."),
        ("It costs 600 billion.", "It costs 600-billion"),
        ("It costs 600 billion.", "It costs 600,000,000,000"),
        ("It costs 2 trillion.", "It costs two trillion"),
        ("It costs 5 thousand.", "It costs 5,000"),
        (600_000_000_000, "600 billion dollars"),
        (2.5, "2.5 per cent"),
        (0, "0 ships"),
        ("It spends 2.5 per cent.", "It spends 2.5%"),
        ("It spends 2.5%.", "It spends 2.5 percent"),
        ("It spends 2.5 percent.", "It spends 2.5 per\N{NO-BREAK SPACE}cent"),
        ("It came in 2025.", "It came in 2025.12"),
        ("It spends 2.5 per cent.", "It spends per cent 2.5.13"),
        ("It came in 2025.", "It came in 2025[12]"),
        ("It flies 16 jets.", "It flies F16 jets"),
        ("It flew F16 and B52 jets.", "It flew jets"),
        (PartialDate(2025, 6, 24), "24.06.2025 in June"),
        (2, "2.5 footnotes"),
        (True, "It is so"),
        (None, "It is so"),
        (Level.FOREIGN_MINISTER, "It is so"),
        ("summit-2025", "It is so"),
        ("It is one.", "It is so"),
    ],
)
def test_a_figure_is_found_however_it_is_written(value: object, passage: str) -> None:
    assert lacking(value, passage) == ()


@pytest.mark.parametrize(
    ("value", "passage", "expected"),
    [
        ("It bought 12 ships and 13 jets.", "It bought 11 ships.", ("12", "13")),
        ("It bought 12 ships, yes 12.", "It bought ships.", ("12",)),
        ("It costs 600 billion.", "It costs 600 million.", ("6e+11",)),
        ("It costs 600 dollars.", "It costs 6,000 dollars.", ("600",)),
        ("It spends 2.5 per cent.", "It spends 2.5 of it.", ("per cent",)),
        ("It spends 5 %.", "It spends 5 a percentage point.", ("per cent",)),
        ("Twenty came.", "Ten came.", ("20",)),
        (3, "2 or 4", ("3",)),
        (5, "2.5 per cent", ("5",)),
        (250, "1,250 ships", ("250",)),
    ],
)
def test_a_figure_that_is_not_there_is_lacking(value: object, passage: str, expected: tuple[str, ...]) -> None:
    assert lacking(value, passage) == expected


def test_a_quantity_needs_its_value_its_upper_end_its_dates_and_what_its_scope_says() -> None:
    quantity = Quantity(
        value=2,
        to=3.5,
        unit=Unit.PERCENT_OF_GDP,
        since=PartialDate(2024),
        until=PartialDate(2035, 6),
        scope="32 allies",
    )
    assert lacking(quantity, "Nothing.") == ("per cent", "2", "3.5", "2024", "2035", "June", "32")
    assert lacking(quantity, "From 2024 the 32 allies spend two to 3.5 % until June 2035") == ()
    assert lacking(Quantity(value=7, unit=Unit.PERCENT), "7") == ("per cent",)
    assert lacking(Quantity(value=7, unit=Unit.UNITS), "7") == ()


def test_parts_and_lists_need_what_all_their_fields_say() -> None:
    reasons = tuple(Reason(key=f"r-{n}", text=f"It had {n} ships.", given_by=("ada-moss",)) for n in (30, 31))
    assert lacking(reasons, "30 ships") == ("Moss", "31")
    assert missing((reasons, 32, ("33 jets",)), "Moss: 30, 31", PEOPLE) == ("32", "33")


# --- dates -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "passage", "expected"),
    [
        (PartialDate(2025), "in 2025", ()),
        (PartialDate(2025), "in 2024", ("2025",)),
        (PartialDate(2025, 6), "in June 2025", ()),
        (PartialDate(2025, 6), "IN JUNE 2025", ()),
        (PartialDate(2025, 6), "in Jun. 2025", ()),
        (PartialDate(2025, 9), "in Sept. 2025", ()),
        (PartialDate(2025, 6), "in 2025-06", ()),
        (PartialDate(2025, 6), "in July 2025", ("June",)),
        (PartialDate(2025, 6), "in 2025", ("June",)),
        (PartialDate(2025, 5), "it may come in 2025", ("May",)),
        (PartialDate(2025, 3), "they march in 2025", ("March",)),
        (PartialDate(2025, 5), "in May 2025", ()),
        (PartialDate(2025, 6, 25), "on 25 June 2025", ()),
        (PartialDate(2025, 6, 25), "on June 25, 2025", ()),
        (PartialDate(2025, 6, 25), "on 24 June 2025", ("25",)),
        (PartialDate(2025, 6, 25), "some day", ("2025", "June", "25")),
    ],
)
def test_a_date_needs_its_year_month_and_day(date: PartialDate, passage: str, expected: tuple[str, ...]) -> None:
    assert lacking(date, passage) == expected


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "passage", "expected"),
    [
        ("ada-moss", "Prime Minister Moss came", ()),
        ("ada-moss", "Moss’s office", ()),
        ("ada-moss", "Ms Ada-Lee came", ("Moss",)),
        ("ada-moss", "Mossad came", ("Moss",)),
        ("ada-moss", "moss grew", ("Moss",)),
        ("o-neill", "Pat O'Neill came", ()),
        ("yoon-suk-yeol", "President Yun came", ()),
        ("yoon-suk-yeol", "the President came", ("Yoon",)),
        ("Moss and O'Neill came.", "Moss came", ("O’Neill",)),
        ("Yoon came.", "President Yun came", ()),
        (("ada-moss", "o-neill"), "both came", ("Moss", "O’Neill")),
        ("japan", "it came", ()),
    ],
)
def test_a_person_needs_the_family_name_in_one_of_its_spellings(
    value: Any, passage: str, expected: tuple[str, ...]
) -> None:
    assert lacking(value, passage) == expected


# --- how passages are compared ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("‘a’ ‚b‛ c′", "'a' 'b' c'"),
        ("“a” „b‟ «c» 5″", '"a" "b" "c" 5"'),
        ("a‐b‑c‒d–e—f―g−h", "a-b-c-d-e-f-g-h"),
        ("a\N{NO-BREAK SPACE}b\tc  d\n", "a b c d"),
        ("co\N{SOFT HYPHEN}operation", "cooperation"),
        ("a\N{ZERO WIDTH SPACE}b\ufeff", "ab"),
        ("ﬁve ＡＢ", "five AB"),
        ("cafe\u0301", "café"),
        ("cafe\N{SOFT HYPHEN}\u0301", "café"),
    ],
)
def test_texts_that_differ_in_quotes_dashes_blanks_and_invisible_characters_are_alike(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) == other
    assert fingerprint(one) == fingerprint(other)


@given(st.text())
def test_a_normalised_text_stays_as_it_is(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert not [character for character in once if unicodedata.category(character) == "Cf"]


@given(st.lists(st.text(), max_size=3), st.lists(st.text(), max_size=3))
def test_fingerprints_are_alike_only_where_the_words_are(words: list[str], others: list[str]) -> None:
    alike = "\0".join(map(normalise, words)) == "\0".join(map(normalise, others))
    assert (fingerprint(*words) == fingerprint(*others)) is alike


def test_words_are_told_apart_from_their_join() -> None:
    assert fingerprint("China", "Beijing") != fingerprint("China Beijing")
    assert fingerprint("China") != fingerprint("china")


def test_paragraphs_are_the_lines_that_hold_something() -> None:
    assert paragraphs(b"one\r\n \n\ttwo\n\n\x0c\nthree") == ("one\r", "\ttwo", "three")
    assert paragraphs(b"") == ()
    assert paragraphs("a\u2028b".encode()) == ("a\u2028b",)


def test_a_digest_is_taken_over_the_raw_bytes() -> None:
    assert digest_of(b"").startswith("sha256:e3b0c44298fc1c14")
    assert digest_of(b"a\n") != digest_of(b"a\r\n")
