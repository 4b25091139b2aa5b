from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, Presence, Reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def places(found: tuple[Reference, ...]) -> list[str]:
    return [reference.place for reference in found]


def test_documents_are_found_from_their_issuer_and_from_their_gathering(kb: KnowledgeBase) -> None:
    document = kb.declarations["declaration-2025"]
    assert kb.declarations_of("nato") == kb.declarations_of("summit-2025") == (document,)
    assert kb.declarations_of("japan") == ()


def test_documents_come_by_date(files: Files, unchecked: Maker) -> None:
    document = files["declaration/declaration-2025.json"]
    files["declaration/a-later.json"] = document | {"id": "a-later", "issued": "2026"}
    files["declaration/z-early.json"] = document | {"id": "z-early", "issued": "2022-06"}
    found = unchecked(files).declarations_of("NATO")
    assert [one.id for one in found] == ["z-early", "declaration-2025", "a-later"]


def test_participations_are_found_from_the_party_summits_first(kb: KnowledgeBase) -> None:
    found = kb.participations_of("日本")
    assert [gathering.id for gathering, _ in found] == ["summit-2025", "talks-2025"]
    for gathering, participation in found:
        assert participation in gathering.participations
        assert (participation.party, participation.presence) == ("japan", Presence.REPRESENTED)
    assert kb.participations_of("south-korea") == ()


def test_every_field_that_names_a_record_is_found_from_that_record(kb: KnowledgeBase) -> None:
    assert places(kb.referring_to("japan")) == [
        "summit-2025#participations.japan.party",
        "talks-2025#participations.japan.party",
        "office#parties",
    ]
    assert places(kb.referring_to("nato")) == [
        "nato-page#issuer",
        "talks-2025#organiser",
        "declaration-2025#issuers",
        "office#parties",
        "report-2025-spending#about",
    ]
    assert places(kb.referring_to("report-2025-date")) == ["summit-date#positions.other.claims"]


def test_what_names_a_place_names_the_record_it_lies_in(kb: KnowledgeBase) -> None:
    whole, place = kb.referring_to("summit-2025"), kb.referring_to("summit-2025#start")
    assert place == (Reference(place="summit-date#about", record="summit-date", target="summit-2025#start"),)
    assert places(whole) == [
        "talks-2025#within",
        "declaration-2025#meeting",
        "report-2025-spending#about",
        "summit-date#about",
    ]


def test_people_and_countries_have_the_other_end_too(kb: KnowledgeBase) -> None:
    assert places(kb.referring_to("Ada Moss")) == [
        "summit-2025#participations.australia.reasons.busy.given_by",
        "report-2025-date#by",
    ]
    assert places(kb.referring_to("Netherlands")) == ["summit-2025#places.1.country"]


def test_every_citation_of_a_source_is_found_and_nothing_else_that_names_it(kb: KnowledgeBase) -> None:
    found = kb.cited_by("nato-page")
    assert {reference.place.rpartition("#")[2] for reference in found} >= {"citations.1.source", "citations.2.source"}
    assert all(reference.place.endswith(".source") for reference in found)
    assert {reference.record for reference in found} == {
        "nato",
        "japan",
        "summit-2025",
        "talks-2025",
        "declaration-2025",
        "office",
        "summit-date",
    }
    assert "declaration-2025#text" in places(kb.referring_to("nato-page"))
    assert kb.cited_by("Report on the summit") == kb.cited_by("report-2025")


def texts(value: object) -> Iterator[str]:
    """Every text in an object of the model and in what it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for member in value:
            yield from texts(member)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):  # type: ignore[arg-type]
            yield from texts(getattr(value, field.name))


def test_both_ends_of_every_reference_are_found_from_each_other(kb: KnowledgeBase) -> None:
    records = [record for kind in Kind for record in getattr(kb, kind.collection)]
    for record in records:
        for reference in kb.referring_to(record.id):
            assert reference.target.partition("#")[0] == record.id
            assert reference.place.partition("#")[0] == reference.record
            assert reference.target in texts(kb.find(reference.record))
        naming = {reference.record for reference in kb.referring_to(record.id)} - {record.id}
        expected = {
            other.id
            for other in records
            if other.id != record.id and any(text.partition("#")[0] == record.id for text in texts(other))
        }
        assert naming == expected


@pytest.mark.parametrize(
    ("question", "subject", "error", "sentence"),
    [
        ("declarations_of", "natto", ip4kb.UnknownRecordError, "Did you mean 'nato'"),
        ("declarations_of", "summit-2025#start", ip4kb.ArgumentError, "give the whole record: 'summit-2025'"),
        ("participations_of", "Korea", ip4kb.AmbiguousNameError, "Northern Korea"),
        ("participations_of", "japan#capital", ip4kb.ArgumentError, "give the whole record: 'japan'"),
        ("referring_to", "", ip4kb.ArgumentError, "not empty"),
        ("referring_to", "summit-2025#begin", ip4kb.ArgumentError, "no 'begin' here"),
        ("cited_by", "japan", ip4kb.UnknownRecordError, "'japan' is of the kind partner; wanted here: source"),
        ("cited_by", "report-2024", ip4kb.UnknownRecordError, "Did you mean 'report-2025'"),
        ("find", "declaration", ip4kb.UnknownRecordError, "Did you mean 'declaration-2025'"),
    ],
)
def test_a_subject_that_names_nothing_is_an_error(
    kb: KnowledgeBase, question: str, subject: str, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        getattr(kb, question)(subject)


def test_a_name_of_several_kinds_is_ambiguous_and_its_bearers_are_named(files: Files, unchecked: Maker) -> None:
    files["meeting/talks-2025.json"]["name"] = "Summit of 2025"
    with pytest.raises(ip4kb.AmbiguousNameError, match=r"summit-2025, talks-2025\. Use an id"):
        unchecked(files).timeline("summit of 2025")


QUESTIONS: dict[str, Callable[[KnowledgeBase, str], object]] = {
    "find": lambda kb, name: kb.find(name),
    "timeline": lambda kb, name: kb.timeline(name)[:],
    "attendance": lambda kb, name: kb.attendance(name)[:],
    "claims_about": lambda kb, name: kb.claims_about(name)[:],
    "referring_to": lambda kb, name: kb.referring_to(name),
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_retired_id_answers_as_the_one_that_took_its_place_with_a_warning(
    kb: KnowledgeBase, question: Callable[[KnowledgeBase, str], object]
) -> None:
    with pytest.warns(DeprecationWarning, match="The id 'old-summit' is retired; use 'summit-2025'") as warned:
        answer = question(kb, "old-summit")
    assert answer == question(kb, "summit-2025")
    assert {warning.filename for warning in warned} == {__file__}


def test_a_name_that_only_others_bear_is_answered_with_them_and_no_close_match(files: Files, unchecked: Maker) -> None:
    files["ambiguous.json"]["Jappan"] = [{"name": "A ship"}]
    with pytest.raises(ip4kb.UnknownRecordError, match="'Jappan' is A ship, of which there is no"):
        unchecked(files).timeline("Jappan")


def test_a_country_without_a_record_is_told_by_its_name(files: Files, unchecked: Maker) -> None:
    files["claim/report-2025-date.json"]["by"] = ["turkiye"]
    assert unchecked(files).claims_about("office")[0].by == ("Türkiye",)
