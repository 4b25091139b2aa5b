from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import ArgumentError, ClaimKind, KnowledgeBase, Quantity, Stance, Theme, Unit, Verification

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]

DATE, SPENDING = "report-2025-date", "report-2025-spending"


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def ids(kb: KnowledgeBase, *arguments: Any, **more: Any) -> list[str]:
    return [row.claim for row in kb.claims_about(*arguments, **more)]


def test_a_row_tells_who_claims_what_about_what_and_where(files: Files, unchecked: Maker) -> None:
    files["claim/report-2025-spending.json"]["themes"] = ["defence-spending"]
    row = unchecked(files).claims_about("nato")[0]
    assert (row.claim, row.source, row.author, row.by) == (SPENDING, "report-2025", "Writer 2025", ())
    assert (row.kind, row.stance) == (ClaimKind.STATEMENT, Stance.NEUTRAL)
    assert row.about == ("nato", "summit-2025#participations.japan")
    assert row.themes == (Theme.DEFENCE_SPENDING,)
    assert row.quantity == Quantity(value=2.5, unit=Unit.PERCENT_OF_GDP)
    assert row.summary == "The allies spend 2.5 per cent of GDP."
    assert [(citation.phrase, citation.verification) for citation in row.citations] == [
        ("The allies spend 2.5 per cent of GDP", Verification.VERIFIED)
    ]


def test_who_argues_for_the_author_is_named(kb: KnowledgeBase) -> None:
    found = kb.claims_about("office")
    assert [row.by for row in found] == [("Ada Moss",)]
    assert "Ada Moss: An office opens." in " ".join(repr(found).split())


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("nato", [SPENDING]),
        ("NATO", [SPENDING]),
        ("office", [DATE]),
        ("summit-2025", [SPENDING]),
        ("summit-2025#participations", [SPENDING]),
        ("summit-2025#participations.japan", [SPENDING]),
        ("summit-2025#participations.japan.presence", [SPENDING]),
        ("summit-2025#participations.australia", []),
        ("summit-2025#start", []),
        ("nato#founded", []),
        ("japan", []),
    ],
)
def test_a_place_finds_what_is_about_it_about_what_it_holds_and_about_what_holds_it(
    kb: KnowledgeBase, subject: str, expected: list[str]
) -> None:
    assert ids(kb, subject) == expected


def test_an_id_that_begins_like_another_is_another(files: Files, unchecked: Maker) -> None:
    files["alliance/nato-b.json"] = files["alliance/nato.json"] | {"id": "nato-b", "name": "Other"}
    assert ids(unchecked(files), "nato-b") == []


def test_countries_and_people_without_records_can_be_asked_about(files: Files, unchecked: Maker) -> None:
    files["claim/report-2025-date.json"]["about"] = ["turkiye", "ada-moss"]
    kb = unchecked(files)
    assert ids(kb, "Turkiye") == ids(kb, "Türkiye") == ids(kb, "turkiye") == [DATE]
    assert ids(kb, "Ada Moss") == ids(kb, "ada-moss") == [DATE]
    assert ids(kb, "Mongolia") == []


def test_people_are_found_by_other_spellings_of_their_names(files: Files, unchecked: Maker) -> None:
    files["people.json"]["ada-moss"]["spellings"] = ["Moss Ada"]
    files["claim/report-2025-date.json"]["about"] = ["ada-moss"]
    assert ids(unchecked(files), "moss ada") == [DATE]


def test_stance_and_kind_keep_the_claims_that_have_them(kb: KnowledgeBase) -> None:
    assert ids(kb, "nato", stance="neutral") == ids(kb, "nato", stance=Stance.NEUTRAL) == [SPENDING]
    assert ids(kb, "nato", stance="supports") == []
    assert ids(kb, "office", kind="forecast") == ids(kb, "office", kind=ClaimKind.FORECAST) == [DATE]
    assert ids(kb, "office", kind="statement") == []
    assert ids(kb, "nato", stance="neutral", kind="statement") == [SPENDING]
    assert kb.claims_about("nato", stance="neutral", kind="statement").title == "Claims: nato, neutral, statement"


def test_a_claim_against_which_another_position_was_adopted_says_so(kb: KnowledgeBase) -> None:
    found = kb.claims_about("office")
    assert [row.contradicted_by for row in found] == [("summit-date",)]
    assert "(contradicted: summit-date)" in " ".join(repr(found).split())
    assert [row.contradicted_by for row in kb.claims_about("nato")] == [()]


def test_a_claim_whose_position_was_adopted_is_not_contradicted(files: Files, unchecked: Maker) -> None:
    positions = files["disagreement/summit-date.json"]["positions"]
    positions[0]["claims"] = [SPENDING]
    assert [row.contradicted_by for row in unchecked(files).claims_about("nato")] == [()]


def test_where_no_position_was_adopted_no_claim_is_contradicted(files: Files, unchecked: Maker) -> None:
    del files["disagreement/summit-date.json"]["positions"][0]["adopted"]
    assert [row.contradicted_by for row in unchecked(files).claims_about("office")] == [()]


def test_a_claim_can_be_contradicted_more_than_once(files: Files, unchecked: Maker) -> None:
    other = files["disagreement/summit-date.json"] | {"id": "z-other"}
    files["disagreement/z-other.json"] = other
    assert [row.contradicted_by for row in unchecked(files).claims_about("office")] == [("summit-date", "z-other")]


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("Nippon",), ip4kb.UnknownRecordError, "Nothing here has the name, alias, code or id 'Nippon'"),
        (("Jappan",), ip4kb.UnknownRecordError, "Did you mean 'Japan'"),
        (("Korea",), ip4kb.AmbiguousNameError, r"Republic of Korea \(south-korea\)"),
        (("nato#found",), ip4kb.ArgumentError, "there is no 'found' here"),
        (("nato", "pro"), TypeError, "positional"),
        ((None,), ip4kb.ArgumentError, "must be a text"),
    ],
)
def test_a_subject_that_names_nothing_is_an_error(
    files: Files, unchecked: Maker, arguments: Any, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        unchecked(files).claims_about(*arguments)


def test_north_korea_is_never_south_korea(files: Files, unchecked: Maker) -> None:
    files["claim/report-2025-date.json"]["about"] = ["south-korea"]
    kb = unchecked(files)
    assert ids(kb, "South Korea") == ids(kb, "ROK") == [DATE]
    assert ids(kb, "North Korea") == ids(kb, "north-korea") == []


def test_a_source_brings_what_it_claims(kb: KnowledgeBase) -> None:
    assert ids(kb, "report-2025") == [DATE, SPENDING]


def test_another_name_of_a_country_is_its_name(files: Files, unchecked: Maker) -> None:
    files["ambiguous.json"]["DPRK"] = [{"name": "Northern Korea", "record": "north-korea"}]
    files["claim/report-2025-date.json"]["about"] = ["north-korea"]
    kb = unchecked(files)
    assert ids(kb, "DPRK") == ids(kb, "north-korea") == [DATE]


def test_a_stance_or_kind_outside_its_vocabulary_is_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(ip4kb.ArgumentError, match=r"stance cannot be 'support'\. Did you mean 'supports'"):
        kb.claims_about("nato", stance="support")
    with pytest.raises(ip4kb.ArgumentError, match=r"kind cannot be 'guess'\. Valid: assessment, "):
        kb.claims_about("nato", kind="guess")
    with pytest.raises(ip4kb.ArgumentError, match=r"stance cannot be \['supports'\]"):
        kb.claims_about("nato", stance=["supports"])  # type: ignore[arg-type]


# --- author ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("author", ["Writer", "W. Writer", "w. writer"])
def test_an_author_keeps_what_they_argue_themselves(kb: KnowledgeBase, author: str) -> None:
    assert ids(kb, "nato", author=author) == [SPENDING]
    assert kb.claims_about("nato", author=author).title == f"Claims: nato, {author}"


@pytest.mark.parametrize("author", ["Ada Moss", "ada-moss", "Ada MOSS", "Writer"])
def test_who_is_named_as_the_one_who_argues_is_an_author_beside_the_writer(kb: KnowledgeBase, author: str) -> None:
    assert ids(kb, "office", author=author) == [DATE]


def test_the_publisher_stands_for_a_source_without_authors(files: Files, unchecked: Maker) -> None:
    del files["source/report-2025.json"]["authors"]
    assert ids(unchecked(files), "nato", author="Institute") == [SPENDING]


@pytest.mark.parametrize(("author", "near"), [("Wrter", " Did you mean 'writer'"), ("Institute", ""), ("", "")])
def test_an_author_whom_nobody_here_is_is_refused(kb: KnowledgeBase, author: str, near: str) -> None:
    told = f"Nobody named {author!r} argues anything here.{near}" if author else "an author must be a text"
    with pytest.raises(ArgumentError, match=told):
        kb.claims_about("nato", author=author)
