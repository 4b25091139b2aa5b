"""Own records laid over others: what they change, how every answer marks it, and what is refused."""

from __future__ import annotations

import copy
import itertools
import json
import pickle
import threading
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ip4kb
from ip4kb import (
    UNKNOWN,
    ArgumentError,
    Citation,
    DataError,
    Kind,
    KnowledgeBase,
    OverlayWarning,
    PartialDate,
    Source,
    Standing,
    UnknownRecordError,
)
from ip4kb.codec import to_json, write_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ip4kb import Problem, Table

    Files = dict[str, Any]
    Over = Callable[..., KnowledgeBase]

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs/how-to/own-records"

PAPER = "source/our-paper.json"
JAPAN, NATO, OFFICE = "partner/japan.json", "alliance/nato.json", "initiative/office.json"
SUMMIT, DISPUTE, DECLARATION = (
    "summit/summit-2025.json",
    "disagreement/summit-date.json",
    "declaration/declaration-2025.json",
)
SPENDING = "claim/report-2025-spending.json"


def ours(*supports: str, **more: object) -> dict[str, Any]:
    """A citation of our paper."""
    return {"source": "our-paper", **({"supports": list(supports)} if supports else {}), **more}


def paper(**more: object) -> Files:
    """An overlay that brings our paper alone, and so must cite it."""
    source = {
        "id": "our-paper",
        "kind": "academic",
        "title": "Our paper",
        "authors": [{"literal": "our working group"}],
        "publisher": "Working papers",
        "published": "2026-10",
        "language": "en",
    }
    return {PAPER: source | more}


def of_capital(capital: str) -> Files:
    return {JAPAN: {"capital": capital, "citations": [ours("capital", page="3")]}}


@pytest.fixture
def over(before: KnowledgeBase, write: Callable[..., Path]) -> Over:
    """Lay files over the small knowledge base, or over another."""
    count = itertools.count(1)

    def layer(files: Files, kb: KnowledgeBase = before, name: str = "my-records") -> KnowledgeBase:
        return kb.with_overlay(write(files, f"{next(count)}/{name}"))

    return layer


@pytest.fixture
def refused(over: Over) -> Callable[[Files], list[str]]:
    """The problems of the one error that an overlay raises."""

    def refuser(files: Files) -> list[str]:
        with pytest.raises(DataError) as caught:
            over(files)
        return [str(problem) for problem in caught.value.problems]

    return refuser


def answers(kb: KnowledgeBase) -> Iterator[Table[Any]]:
    """An answer to each question, of each record where it is of one."""
    yield from (kb.attendance(), kb.attendance(kind="meeting"), kb.timeline(), kb.disagreements_about())
    yield from (kb.literature(), kb.coverage(), kb.search("the"), kb.compare("declaration-2025", "declaration-2025-b"))
    for kind in Kind:
        for id in getattr(kb, kind.collection).ids:
            yield from (kb.show(id), kb.claims_about(id), kb.evidence(id))
            if kind is not Kind.CLAIM:
                yield kb.timeline(id)


def rows(kb: KnowledgeBase) -> list[Any]:
    return [row for answer in answers(kb) for row in answer]


@pytest.fixture(scope="session")
def wide(before: KnowledgeBase) -> KnowledgeBase:
    """The small knowledge base with a second declaration, so that there is something to compare."""
    second = attrs.evolve(before.declarations["declaration-2025"], id="declaration-2025-b", silences=())
    return before.with_overlay([second])


# --- new records ------------------------------------------------------------------------------------------------------


def test_a_new_record_stands_beside_the_others_and_these_are_as_they_were(before: KnowledgeBase, over: Over) -> None:
    copied = pickle.loads(pickle.dumps(before))  # noqa: S301 (made here)
    meeting: Files = {"id": "workshop-2025", "name": "Our workshop", "kind": "conference", "start": "2025-09"}
    meeting |= {"participations": [{"party": "japan", "presence": "represented", "citations": [ours(page="2")]}]}
    kb = over(paper() | {"meeting/workshop-2025.json": meeting | {"citations": [ours("start")]}})
    assert kb.meetings.ids == ("talks-2025", "workshop-2025")
    assert kb.meetings.lookup("our WORKSHOP") is kb.find("workshop-2025")
    assert kb.sources["our-paper"].authors[0].literal == "our working group"
    assert [row.record for row in kb.timeline("japan", since="2025-09", until="2025-09") if row.certain] == [
        "workshop-2025"
    ]
    assert [row.level for row in kb.attendance("workshop-2025")] == [UNKNOWN] * 4
    assert [place for place, _ in kb.participations_of("japan")][-1].id == "workshop-2025"
    assert kb.cited_by("our-paper")[0].place == "workshop-2025#citations.1.source"
    assert kb.search("our workshop")[0].record == "workshop-2025"
    assert [other for other in kb.meetings if other.id != "workshop-2025"] == list(before.meetings)
    assert before == copied
    with pytest.raises(UnknownRecordError):
        before.find("workshop-2025")


def test_a_folder_and_a_zip_give_the_same(before: KnowledgeBase, write: Callable[..., Path], tmp_path: Path) -> None:
    folder = write(paper() | of_capital("Kyoto"), "my-records")
    archive = tmp_path / "my-records.zip"
    with zipfile.ZipFile(archive, "w") as members:
        for path in folder.glob("**/*.json"):
            members.write(path, path.relative_to(folder).as_posix())
    layered = [before.with_overlay(path) for path in (folder, str(folder), f"{folder}/", archive, str(archive))]
    assert all(kb == layered[0] for kb in layered)
    assert {kb.layers for kb in layered} == {("ip4kb 2026.11.0", "my-records")}


def test_the_name_is_that_of_the_folder_or_what_the_manifest_says(
    over: Over, write: Callable[..., Path], before: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert over({"manifest.json": {}}, name="v1.2").layers == ("ip4kb 2026.11.0", "v1.2")
    assert over({"manifest.json": {"name": "our notes"}}).layers == ("ip4kb 2026.11.0", "our notes")
    monkeypatch.chdir(write({"manifest.json": {}}, "here"))
    assert before.with_overlay(".").layers[-1] == "here"


def test_data_without_a_version_is_a_layer_too(files: Files, unchecked: Callable[[Files], KnowledgeBase]) -> None:
    del files["manifest.json"]
    kb = unchecked(files)
    assert kb.layers == ("ip4kb",)
    assert repr(kb.with_overlay([])).startswith("<KnowledgeBase with own-records: 2 sources")


def test_what_lies_beyond_the_coverage_may_be_told(files: Files, write: Callable[[Files], Path], over: Over) -> None:
    span = {"since": "2025", "until": "2025", "checked_on": "2026"}
    files["manifest.json"]["coverage"] = {"meeting": span}
    late = {"id": "late-2027", "name": "Late", "kind": "visit", "start": "2027", "citations": [ours("start")]}
    kb = over(paper() | {"meeting/late-2027.json": late}, KnowledgeBase.from_directory(write(files)))
    assert kb.timeline(since="2027").caveat == (
        "Unknown: what happened after 2025 lies beyond the coverage (2025 to 2025)."
    )
    assert [row.layer for row in kb.timeline(since="2027")] == ["my-records"]


# --- corrections ------------------------------------------------------------------------------------------------------


def test_a_correction_replaces_what_it_names_and_nothing_else(before: KnowledgeBase, over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"))
    now, was = kb.partners["japan"], before.partners["japan"]
    assert now.capital == "Kyoto"
    assert attrs.evolve(now, capital="Tokyo", citations=was.citations) == was
    assert [(citation.source, citation.supports) for citation in now.citations] == [
        ("nato-page", ("codes",)),
        ("our-paper", ("capital",)),
    ]


def test_how_well_a_fact_stands_is_derived_from_what_wins(before: KnowledgeBase, over: Over) -> None:
    correction = {NATO: {"founded": "1949", "citations": [ours("founded")]}}
    assert before.standing("nato#founded") is Standing.OFFICIAL
    assert over(paper() | correction).standing("nato#founded") is Standing.SINGLE_SOURCE


def test_a_citation_alone_stands_beside_those_beneath(before: KnowledgeBase, over: Over) -> None:
    kb = over(paper() | {JAPAN: {"citations": [ours("capital")]}})
    assert [row.source for row in kb.evidence("japan#capital")] == ["nato-page", "our-paper"]
    assert [row.layer for row in kb.evidence("japan#capital")] == [None, "my-records"]
    assert (before.standing("japan#capital"), kb.standing("japan#capital")) == ("single-source", "corroborated")


def test_parts_are_corrected_and_added_one_by_one(before: KnowledgeBase, over: Over) -> None:
    parts = [
        {"party": "south-korea", "presence": "represented", "citations": [ours()]},
        {"party": "japan", "mode": "by-video", "citations": [ours()]},
    ]
    kb = over(paper() | {SUMMIT: {"participations": parts}})
    was = {part.party: part for part in before.summits["summit-2025"].participations}
    now = {part.party: part for part in kb.summits["summit-2025"].participations}
    assert list(now) == ["japan", "australia", "new-zealand", "south-korea"]
    assert (now["australia"], now["new-zealand"]) == (was["australia"], was["new-zealand"])
    assert (now["japan"].mode, now["japan"].delegates) == ("by-video", was["japan"].delegates)
    assert [(citation.source, citation.supports) for citation in now["japan"].citations] == [
        ("report-2025", ("presence", "delegates")),
        ("our-paper", ("mode",)),
    ]
    assert now["south-korea"].citations[0].supports == ()


def test_parts_within_parts_are_corrected_too(over: Over) -> None:
    reason = {"key": "busy", "text": "She had an election.", "citations": [ours(page="9")]}
    kb = over(paper() | {SUMMIT: {"participations": {"australia": {"reasons": [reason]}}}})
    (found,) = kb.attendance("summit-2025", partner="australia")[0].reasons
    assert (found.text, found.given_by) == ("She had an election.", ("Ada Moss",))
    assert [citation.source for citation in found.citations] == ["report-2025", "our-paper"]


def test_a_part_whose_key_is_a_fact_keeps_what_is_cited_for_it(files: Files, write: Any, over: Over) -> None:
    member = {"country": "norway", "since": "1949", "citations": [{"source": "nato-page"}]}
    files[NATO]["members"] = [member]
    kb = KnowledgeBase.from_directory(write(files))
    corrected = {"country": "norway", "since": "1949-04", "citations": [ours()]}
    (found,) = over(paper() | {NATO: {"members": [corrected]}}, kb).alliances["nato"].members
    assert [(citation.source, citation.supports) for citation in found.citations] == [
        ("nato-page", ("country",)),
        ("our-paper", ("since",)),
    ]


def test_a_step_comes_in_the_order_of_time(over: Over) -> None:
    def step(key: str, **more: str) -> dict[str, Any]:
        return {"key": key, "summary": f"It was {key}.", "citations": [ours()], **more}

    steps = [step("opened", date="2026-01-05"), step("mooted", date="2024"), step("forgotten")]
    kb = over(paper() | {OFFICE: {"developments": steps}})
    order = [part.key for part in kb.initiatives["office"].developments]
    assert order == ["mooted", "agreed", "opened", "forgotten"]
    moved = {"key": "agreed", "date": "2026-02", "citations": [ours("date")]}
    kb = over(paper() | {OFFICE: {"developments": [*steps, moved]}})
    assert [part.key for part in kb.initiatives["office"].developments] == ["mooted", "opened", "forgotten", "agreed"]


def test_lists_without_keys_and_single_objects_are_replaced_whole(over: Over) -> None:
    corrections: Files = {
        SUMMIT: {"places": [{"city": "The Hague"}, {"city": "Delft"}], "citations": [ours("places")]},
        SPENDING: {"quantity": {"value": 2, "unit": "percent-of-gdp"}, "about": ["nato"]},
        JAPAN: {"aliases": []},
    }
    corrections[SPENDING]["citations"] = [{"source": "report-2025", "paragraph": 5, "phrase": "The allies spend"}]
    kb = over(paper() | corrections)
    assert [(place.city, place.country) for place in kb.summits["summit-2025"].places] == [
        ("The Hague", None),
        ("Delft", None),
    ]
    claim = kb.claims["report-2025-spending"]
    assert (claim.quantity and claim.quantity.value, claim.about) == (2, ("nato",))
    assert kb.partners["japan"].aliases == ()


def test_null_takes_out_a_value_with_what_is_cited_for_it_and_a_part(over: Over) -> None:
    kb = over({JAPAN: {"capital": None}, SUMMIT: {"participations": {"new-zealand": None}}})
    assert kb.partners["japan"].capital is None
    assert [citation.supports for citation in kb.partners["japan"].citations] == [("codes",)]
    assert [part.party for part in kb.summits["summit-2025"].participations] == ["japan", "australia"]
    assert kb.standing("japan#capital") is UNKNOWN


def test_people_and_names_are_added_and_replaced(over: Over) -> None:
    tables = {
        "people.json": {
            "ada-moss": {"given": "Ada M.", "spellings": ["A. Moss"]},
            "bo-lee": {"name": "Bo Lee", "family": "Lee"},
        },
        "ambiguous.json": {"Moss": [{"name": "Ada Moss", "record": "ada-moss"}, {"name": "the plant"}]},
        "retired.json": {"tokyo-office": "office"},
    }
    kb = over(tables)
    assert (kb.people["ada-moss"].name, kb.people["ada-moss"].given) == ("Ada Moss", "Ada M.")
    assert kb.people["bo-lee"].family == "Lee"
    with pytest.raises(ip4kb.AmbiguousNameError, match="the plant"):
        kb.partners.lookup("moss")
    with pytest.raises(ip4kb.AmbiguousNameError, match="Northern Korea"):
        kb.partners.lookup("Korea")
    with pytest.warns(DeprecationWarning, match="'tokyo-office' is retired"):
        assert kb.find("tokyo-office").id == "office"
    marked = {
        row.claim: row.layer
        for row in over({"people.json": {"ada-moss": {"name": "Ada Mae Moss"}}}).claims_about("office")
    }
    assert marked == {"report-2025-date": "my-records"}


def test_a_phrase_that_the_ledger_lacks_is_not_checked_and_one_that_it_has_is_verified(over: Over) -> None:
    cited = {"source": "report-2025", "paragraph": 4, "phrase": "New Zealand was not invited"}
    new = {"source": "report-2025", "paragraph": 1, "phrase": "Report on the summit"}
    silent = {
        "theme": "dprk",
        "summary": "It is silent.",
        "absent_terms": ["dprk"],
        "citations": [{"source": "report-2025"}],
    }
    kb = over(
        {
            JAPAN: {
                "capital": "Kyoto",
                "citations": [cited | {"supports": ["capital"]}, new | {"supports": ["capital"]}],
            },
            DECLARATION: {"silences": [silent]},
        }
    )
    assert [row.verification.value for row in kb.evidence("japan#capital")][:2] == ["verified", "not checked"]
    assert kb.evidence("declaration-2025#silences.dprk")[0].verification == "not checked"
    assert kb.evidence("declaration-2025#silences.china")[0].verification == "verified"


# --- records in memory ------------------------------------------------------------------------------------------------


def test_records_in_memory_are_whole(before: KnowledgeBase) -> None:
    source = Source(
        id="our-paper",
        kind=ip4kb.SourceKind.ACADEMIC,
        title="Ours",
        publisher="We",
        published=PartialDate(2026),
        language="en",
    )
    japan = attrs.evolve(
        before.partners["japan"],
        codes=(),
        capital="Kyoto",
        citations=(Citation(source="our-paper", supports=("capital",)),),
    )
    kb = before.with_overlay(record for record in (source, japan))
    assert kb.partners["japan"] == japan
    assert kb.layers == ("ip4kb 2026.11.0", "own-records")
    assert [row.source for row in kb.evidence("japan#codes")] == ["nato-page"]
    assert kb.evidence("japan#codes")[0].replaced == "codes: iso-3166-1-alpha-2, JP"


def test_words_and_dates_may_be_given_to_records_in_memory_as_text(before: KnowledgeBase) -> None:
    kind: Any = "visit"
    day: Any = "2025-03"
    talks = attrs.evolve(before.meetings["talks-2025"], kind=kind, start=day)
    kb = before.with_overlay([talks])
    assert type(kb.meetings["talks-2025"].kind) is ip4kb.MeetingKind
    assert kb.meetings["talks-2025"].start == PartialDate(2025, 3)


@pytest.mark.parametrize("overlay", [5, None, True, object()], ids=lambda value: type(value).__name__)
def test_what_is_no_overlay_is_refused(overlay: Any, before: KnowledgeBase) -> None:
    with pytest.raises(
        ArgumentError, match=r"^An overlay cannot be .*; give a folder, a zip archive, or records such as"
    ):
        before.with_overlay(overlay)


def test_what_is_no_record_is_refused(before: KnowledgeBase) -> None:
    for member in ("japan", 5, {"id": "japan"}, before.summits["summit-2025"].participations[0], before.summits):
        overlay: Any = [before.partners["japan"], member]
        with pytest.raises(
            ArgumentError, match=r"^An overlay cannot hold .*; give a folder, a zip archive, or records"
        ):
            before.with_overlay(overlay)
    for path in ("", " "):
        with pytest.raises(ArgumentError, match="a path must be a text that is not empty"):
            before.with_overlay(path)


def test_a_record_in_memory_that_holds_what_it_cannot_is_told(before: KnowledgeBase) -> None:
    wrong: Any = {"codes": None, "citations": [{"source": "report-2025"}], "capital": 5}
    records = [attrs.evolve(before.partners["japan"], **{name: value}) for name, value in wrong.items()]
    told = []
    for record in records:
        with pytest.raises(DataError) as caught:
            before.with_overlay([record])
        (problem,) = caught.value.problems
        assert (problem.file, problem.rule) == (JAPAN, "form")
        told.append(problem.message)
    assert told[0] == (
        "a field holds what it cannot: 'NoneType' object is not iterable; give it the types that the reference names."
    )
    assert told[2] == "must be text, but is a number: 5."
    with pytest.raises(DataError, match="japan: the id 'japan' is that of another partner already"):
        before.with_overlay([before.partners["japan"]] * 2)


# --- evidence ---------------------------------------------------------------------------------------------------------


def told(table: Table[Any]) -> list[tuple[str, str | None, str | None]]:
    return [(row.source, row.layer, row.replaced) for row in table]


def test_evidence_lists_what_wins_and_what_it_replaces(over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"))
    evidence = kb.evidence("japan#capital")
    assert told(evidence) == [("our-paper", "my-records", None), ("nato-page", None, "capital: Tokyo")]
    assert evidence.standing is Standing.SINGLE_SOURCE
    assert told(kb.evidence("japan")) == [("nato-page", None, None), *told(evidence)]
    assert [row.supports for row in kb.evidence("japan")] == [("codes",), ("capital",), ("capital",)]
    assert told(kb.evidence("japan#codes")) == [("nato-page", None, None)]
    assert "(own record: my-records)" in repr(evidence)
    assert "(replaced: capital: Tokyo)" in repr(evidence)
    assert "<em>(replaced: capital: Tokyo)</em>" in evidence._repr_html_()
    assert str(evidence[1]) == "NATO, n.d. (not checked, replaced: capital: Tokyo)"


def test_another_reading_of_the_same_passage_is_ours(over: Over) -> None:
    cited = {"source": "nato-page", "supports": ["capital"]}
    kb = over({JAPAN: {"capital": "Kyoto", "citations": [cited]}})
    assert told(kb.evidence("japan#capital")) == [
        ("nato-page", "my-records", None),
        ("nato-page", None, "capital: Tokyo"),
    ]


def test_what_is_replaced_tells_of_each_fact(over: Over) -> None:
    kb = over(
        paper()
        | {SUMMIT: {"start": "2025-06-24", "places": [{"city": "Delft"}], "citations": [ours("start", "places")]}}
    )
    assert told(kb.evidence("summit-2025"))[-2:] == [
        ("report-2025", None, "start: 2025-06"),
        ("nato-page", None, "start: 2025-06; places: Netherlands"),
    ]
    assert told(kb.evidence("summit-2025#places"))[-1] == ("nato-page", None, "places: Netherlands")


def test_the_citations_of_a_part_that_is_taken_out_are_replaced(over: Over) -> None:
    kb = over({SUMMIT: {"participations": {"new-zealand": None}}})
    (gone,) = [row for row in kb.evidence("summit-2025#participations") if row.replaced]
    assert (gone.place, gone.replaced) == ("summit-2025#participations.new-zealand", "invitation: not-invited")


def test_evidence_for_what_the_overlay_brings_replaces_nothing(over: Over) -> None:
    joined = {"party": "south-korea", "presence": "represented", "citations": [ours()]}
    kb = over(paper() | {SUMMIT: {"participations": [joined]}})
    assert told(kb.evidence("summit-2025#participations.south-korea")) == [("our-paper", "my-records", None)]
    assert told(kb.evidence("our-paper")) == []


def test_what_is_replaced_is_not_cited(over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"))
    assert {row.source for row in kb.evidence("japan#capital").citations} == {"our-paper"}
    for target in ("japan#capital", kb.evidence("japan#capital")):
        text = kb.cite(target)
        assert "Our paper" in text
        assert "Page of the alliance" not in text


# --- marks ------------------------------------------------------------------------------------------------------------


def test_every_answer_names_the_overlay(before: KnowledgeBase, over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"))
    assert repr(kb).startswith("<KnowledgeBase 2026.11.0 with my-records: 3 sources")
    assert (kb.data_version, kb.version) == ("2026.11.0", "2026.11.0 with my-records")
    assert {answer.data_version for answer in answers(wide_of(kb))} == {"2026.11.0 with my-records, own-records"}
    assert "ip4kb, data 2026.11.0 with my-records, CC BY 4.0" in kb.attendance()._repr_html_()
    assert kb.timeline().to_pandas().attrs["data_version"] == "2026.11.0 with my-records"
    assert ip4kb.diff(before, kb).title == "Changes: 2026.11.0 to 2026.11.0 with my-records"
    chart = ip4kb.plot.attendance(kb.attendance()).to_dict()
    assert chart["title"]["subtitle"] == ["Source: ip4kb, data 2026.11.0 with my-records, CC BY 4.0"]


def wide_of(kb: KnowledgeBase) -> KnowledgeBase:
    second = attrs.evolve(kb.declarations["declaration-2025"], id="declaration-2025-b", silences=())
    return kb.with_overlay([second])


def test_the_knowledge_base_is_cited_with_the_overlay_and_a_source_of_it_as_itself(over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"), name="my_records")
    assert kb.cite("japan#capital").startswith(
        "ip4kb contributors (n.d.). ip4kb: NATO and its four Indo-Pacific partners. Version 2026.11.0. "
        "japan#capital, with own records of my_records. "
    )
    assert r"note = {with own records of my\_records}" in kb.cite(style="bibtex")
    assert json.loads(kb.cite(style="csl-json"))[0]["note"] == "with own records of my_records"
    assert kb.cite("our-paper") == "our working group (2026-10). Our paper. Working papers\n"
    assert (
        kb.as_known_on("2027")
        .cite()
        .partition(". https")[0]
        .endswith("with own records of my_records, as known on 2027")
    )


def test_a_row_is_marked_where_it_would_not_be_so_without_the_overlay(before: KnowledgeBase, over: Over) -> None:
    corrections = {
        SUMMIT: {"participations": [{"party": "japan", "mode": "by-video", "citations": [ours()]}]},
        "claim/our-paper-one.json": {
            "id": "our-paper-one",
            "kind": "assessment",
            "summary": "It is so.",
            "about": ["nato"],
            "stance": "neutral",
            "citations": [ours()],
        },
        DECLARATION: {"provisions": {"russia": {"summary": "It names Russia.", "citations": [ours()]}}},
        DISPUTE: {"positions": [{"key": "june", "statement": "In the month of June.", "citations": [ours()]}]},
    }
    kb = over(paper() | corrections)

    def own(rows: Any, name: str) -> dict[Any, str | None]:
        return {getattr(row, name): row.layer for row in rows}

    assert own(kb.attendance(), "partner") == dict.fromkeys(before.partners.ids) | {"japan": "my-records"}
    assert own(kb.claims_about("nato"), "claim") == {"our-paper-one": "my-records", "report-2025-spending": None}
    assert own(kb.literature(), "source") == {"our-paper": "my-records", "report-2025": None}
    assert own(kb.disagreements_about(), "position") == {"june": "my-records", "other": None}
    assert own(kb.search("june"), "place") == {"summit-date#positions.june": "my-records"}
    both = wide_of(kb).compare("declaration-2025", "declaration-2025-b", theme="russia")
    assert own(both, "declaration") == {"declaration-2025": "my-records", "declaration-2025-b": "own-records"}
    assert own(kb.timeline("japan"), "record")["summit-2025"] == "my-records"
    assert own(kb.timeline("nato"), "record")["declaration-2025"] is None
    assert own(kb.show("declaration-2025"), "field") == {
        "kind": None, "issued": None, "issuers": None, "meeting": None, "text": None,
        "provisions.russia.summary": "my-records", "silences.china.summary": None, "silences.china.absent_terms": None,
    }  # fmt: skip
    assert own(kb.referring_to("nato"), "record")["our-paper-one"] == "my-records"
    assert {row.layer for row in kb.cited_by("our-paper")} == {"my-records"}
    assert [row.layer for row in kb.cited_by("nato-page")] == [None] * len(kb.cited_by("nato-page"))


def test_what_stands_beneath_is_not_marked_where_the_question_names_what_is_ours(
    before: KnowledgeBase, over: Over
) -> None:
    ours_too = attrs.evolve(before.meetings["talks-2025"], id="our-talks-2025", name="Our talks")
    both = {"members": [{"country": name, "citations": [ours()]} for name in ("japan", "australia")]}
    group = {"id": "our-group", "name": "Our group", "kind": "forum", **both}
    aliases = [{"text": "Nihon", "kind": "short"}, {"text": "Nippon", "kind": "short"}]
    corrections = {JAPAN: {"aliases": aliases}, "alliance/our-group.json": group}
    corrections[NATO] = {"aliases": [{"text": "the alliance", "kind": "short"}]}
    corrections[OFFICE] = {"aliases": [{"text": "the bureau", "kind": "short"}]}
    kb = over(paper() | corrections | {"meeting/our-talks-2025.json": to_json(ours_too)})
    for answer in (kb.timeline("Nippon"), kb.attendance("Nippon", kind="meeting"), kb.timeline("our-group")):
        marked = {row.layer for row in answer if "our-talks-2025" not in row.place}
        assert marked == {None}
        assert {row.layer for row in answer if "our-talks-2025" in row.place} <= {"my-records"}
    assert {row.claim: row.layer for row in kb.claims_about("the alliance")} == {"report-2025-spending": None}
    assert {row.claim: row.layer for row in kb.claims_about("the bureau")} == {"report-2025-date": None}
    named = over({SUMMIT: {"aliases": [{"text": "the gathering", "kind": "short"}]}})
    assert {row.position: row.layer for row in named.disagreements_about("the gathering")} == {
        "june": None,
        "other": None,
    }
    assert {row.layer for row in kb.attendance("our-talks-2025")} == {"my-records"}
    third = over({"manifest.json": {}}, kb, name="third")
    assert third.timeline("Nippon")[:] == kb.timeline("Nippon")[:]


def test_a_citation_is_marked_where_its_source_is_corrected_in_what_it_shows(over: Over) -> None:
    kb = over({"source/nato-page.json": {"title": "The page of the alliance"}})
    assert {row.layer for row in kb.evidence("nato")} == {"my-records"}
    assert {row.layer for row in kb.show("japan") if row.citations} == {"my-records"}
    noted = over({"source/nato-page.json": {"note": "We read it twice."}})
    assert {row.layer for row in noted.evidence("nato")} == {None}
    assert {row.field: row.layer for row in noted.show("nato-page")}["note"] == "my-records"


def test_a_mark_stands_in_text_html_and_frames(over: Over) -> None:
    joined = {"party": "south-korea", "presence": "represented", "citations": [ours(page="4")]}
    kb = over(paper() | {SUMMIT: {"participations": [joined]}}, name="<ours>")
    answer = kb.attendance("summit-2025", partner="south-korea")
    text = " ".join(repr(answer).split())
    assert "represented [1] (own record: <ours>)" in text
    assert "[1] our working group 2026, p. 4 (not checked, own record: <ours>) our-paper" in text
    html = answer._repr_html_()
    assert "<em>(own record: &lt;ours&gt;)</em>" in html
    assert "<ours>" not in html
    (record,) = answer.to_records()
    assert (record["layer"], record["citations"][0]["layer"]) == ("<ours>", "<ours>")
    assert answer.to_pandas()["layer"].to_list() == ["<ours>"]
    assert answer.to_arrow()["layer"].to_pylist() == ["<ours>"]
    assert "our-paper" not in repr(kb.attendance("summit-2025", partner="japan"))


def test_the_tables_of_html_that_are_built_otherwise_are_marked_too(over: Over) -> None:
    claim = {"id": "our-paper-one", "kind": "assessment", "summary": "So.", "about": ["nato"], "citations": [ours()]}
    provision = {"russia": {"summary": "It names Russia.", "citations": [ours()]}}
    kb = wide_of(over(paper() | {"claim/our-paper-one.json": claim, DECLARATION: {"provisions": provision}}))
    matrix = kb.literature()._repr_html_()
    assert "no stance: 1 <em>(own record: my-records)</em></td>" in matrix
    assert "<td>neutral: 1</td>" in matrix
    beside = kb.compare("declaration-2025", "declaration-2025-b")._repr_html_()
    assert "<em>(own record: my-records)</em></td>" in beside
    assert "<em>(own record: own-records)</em></td>" in beside


def test_a_reference_of_an_own_record_is_marked_below_the_record(over: Over) -> None:
    claim = {"id": "our-paper-one", "kind": "assessment", "summary": "So.", "about": ["nato"], "citations": [ours()]}
    text = repr(over(paper() | {"claim/our-paper-one.json": claim}).show("nato"))
    assert "our-paper-one#about (own record: my-records)" in " ".join(text.split()).replace("- ", "-")


# --- layers -----------------------------------------------------------------------------------------------------------


def test_a_later_overlay_wins_and_evidence_lists_them_all(over: Over) -> None:
    one, other = paper() | of_capital("Kyoto"), of_capital("Nara")
    kb = over(other, over(one, name="first"), name="second")
    assert kb.layers == ("ip4kb 2026.11.0", "first", "second")
    assert told(kb.evidence("japan#capital")) == [
        ("our-paper", "second", None),
        ("our-paper", "first", "capital: Kyoto"),
        ("nato-page", None, "capital: Tokyo"),
    ]
    assert "(own record: first; replaced: capital: Kyoto)" in " ".join(repr(kb.evidence("japan#capital")).split())
    assert {row.layer for row in kb.show("japan") if row.field == "capital"} == {"second"}
    back = over(paper() | of_capital("Kyoto"), over(paper() | other, name="second"), name="first")
    assert (kb.partners["japan"].capital, back.partners["japan"].capital) == ("Nara", "Kyoto")
    assert kb != back


def test_what_an_earlier_overlay_brings_keeps_its_mark(over: Over) -> None:
    kb = over({"manifest.json": {}}, over(paper() | of_capital("Kyoto"), name="first"), name="second")
    assert told(kb.evidence("japan#capital"))[0] == ("our-paper", "first", None)
    assert {row.layer for row in kb.show("japan")} == {None, "first"}


def test_a_part_taken_out_and_brought_back_has_all_its_evidence(over: Over) -> None:
    back = {"party": "new-zealand", "invitation": "invited", "citations": [ours()]}
    without = over({SUMMIT: {"participations": {"new-zealand": None}}}, name="first")
    kb = over(paper() | {SUMMIT: {"participations": [back]}}, without, name="second")
    assert told(kb.evidence("summit-2025#participations.new-zealand")) == [
        ("our-paper", "second", None),
        ("report-2025", None, "invitation: not-invited"),
    ]


def test_the_result_never_changes_and_can_be_copied_hashed_and_shared(over: Over) -> None:
    kb = over(paper() | of_capital("Kyoto"))
    with pytest.raises(AttributeError, match="never changes"):
        kb.name = "x"
    for again in (pickle.loads(pickle.dumps(kb)), copy.deepcopy(kb), copy.copy(kb)):  # noqa: S301 (made here)
        assert again == kb
        assert hash(again) == hash(kb)
        assert repr(again.evidence("japan")) == repr(kb.evidence("japan"))
    found: list[Any] = []
    threads = [threading.Thread(target=lambda: found.append((kb.timeline(), kb.evidence("japan")))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert found == [(kb.timeline(), kb.evidence("japan"))] * 8


def test_the_same_records_over_others_are_not_the_same(before: KnowledgeBase, over: Over) -> None:
    first = over(paper() | of_capital("Kyoto"), name="first")
    whole = before.with_overlay([first.sources["our-paper"], first.partners["japan"]])
    empty = over({"manifest.json": {"name": "own-records"}}, whole)
    over_nothing = over({"manifest.json": {"name": "own-records"}}, before)
    assert whole != first
    assert whole == before.with_overlay([first.sources["our-paper"], first.partners["japan"]])
    assert empty != whole
    assert over_nothing not in {before, whole, empty}


def test_an_overlay_on_the_bundled_records_is_pickled_without_them() -> None:
    kb = ip4kb.load().with_overlay([attrs.evolve(ip4kb.partners["japan"], note="Ours.")])
    pickled = pickle.dumps(kb)
    again = pickle.loads(pickled)  # noqa: S301 (made here)
    assert again == kb
    assert again._library.beneath is ip4kb.load()._library
    assert len(pickled) < len(pickle.dumps(tuple(ip4kb.claims)))
    assert again.claims is ip4kb.claims


def test_a_view_of_an_overlay_is_filtered_layer_by_layer(over: Over) -> None:
    kb = over(paper(published="2027") | of_capital("Kyoto"))
    early, late = kb.as_known_on("2026-12"), kb.as_known_on("2027")
    assert repr(early).startswith("<KnowledgeBase 2026.11.0 with my-records as known on 2026-12: ")
    assert early.partners["japan"].capital is None
    assert told(early.evidence("japan#capital")) == [("nato-page", None, "capital: Tokyo")]
    assert told(late.evidence("japan#capital"))[0] == ("our-paper", "my-records", None)
    assert late.layers == kb.layers


def test_an_overlay_may_be_laid_over_a_view(before: KnowledgeBase, over: Over) -> None:
    view = before.as_known_on("2025-08")
    assert "nato-page" not in view.sources
    kb = over(paper() | of_capital("Kyoto"), view)
    assert told(kb.evidence("japan#capital")) == [("our-paper", "my-records", None)]


# --- properties -------------------------------------------------------------------------------------------------------


def test_an_empty_overlay_gives_every_answer_as_it_was(wide: KnowledgeBase) -> None:
    assert rows(wide.with_overlay([])) == rows(wide)


def parts_of(value: Any) -> Any:
    """Some of the members of a JSON object, and of the objects in it."""
    return st.lists(st.sampled_from(sorted(value)), unique=True).map(
        lambda names: {name: value[name] for name in names}
    )


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_what_only_restates_changes_nothing(wide: KnowledgeBase, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([*Kind]), "kind")
    record = data.draw(st.sampled_from([*getattr(wide, kind.collection)]), "record")
    correction = data.draw(parts_of(to_json(record)), "correction")
    kb = lay(wide, {f"{kind.value}/{record.id}.json": correction})
    assert kb.find(record.id) == record
    assert rows(kb) == rows(wide)


def lay(kb: KnowledgeBase, files: Files) -> KnowledgeBase:
    """Lay files over a knowledge base without a disk."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, value in files.items():
            path = Path(folder) / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(json.dumps(value), "utf-8")
        (Path(folder) / "manifest.json").write_text('{"name": "drawn"}', "utf-8")
        return kb.with_overlay(folder)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 3000)
    | st.sampled_from(["", "japan", "2025", "agreed", "nato-page", "x y"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["key", "party", "japan", "agreed", "source", "supports", "date", "x"]), inner
        )
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_whatever_a_correction_holds_the_error_is_one_of_the_data(before: KnowledgeBase, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from([*Kind]), "kind")
    record = data.draw(st.sampled_from([*getattr(before, kind.collection)]), "record")
    names = st.sampled_from([field.name for field in attrs.fields(kind.record_class)])
    correction = data.draw(JSON | st.dictionaries(names, JSON, min_size=1), "correction")
    problems: tuple[Problem, ...] = ()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", OverlayWarning)
        try:
            kb = lay(before, {f"{kind.value}/{record.id}.json": correction})
        except DataError as error:
            problems = error.problems
        else:
            assert write_record(kb.find(record.id))
    assert all(problem.message.endswith((".", "?")) for problem in problems)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from(["Kyoto", "Nara", "Tokyo"]), min_size=1, max_size=3))
def test_the_last_overlay_that_names_a_value_wins(before: KnowledgeBase, capitals: list[str]) -> None:
    kb = lay(before, paper() | {NATO: {"citations": [ours("founded")]}})
    for capital in capitals:
        kb = lay(kb, of_capital(capital))
    assert kb.partners["japan"].capital == capitals[-1]
    assert len(kb.layers) == len(capitals) + 2
    evidence = kb.evidence("japan#capital")
    assert evidence[0].replaced is None
    stated = [row.replaced for row in evidence if row.replaced]
    changes = [one for one, _ in itertools.groupby(["Tokyo", *capitals])]
    assert stated[-1] == "capital: Tokyo"
    assert len(stated) <= len(changes)


def test_a_record_of_ours_is_marked_in_whatever_answer_it_stands(wide: KnowledgeBase) -> None:
    talks = attrs.evolve(wide.meetings["talks-2025"], id="our-talks-2025", name="Talks of ours")
    kb = lay(wide, {"meeting/our-talks-2025.json": to_json(talks)})
    plain = set(rows(wide))
    for row in rows(kb):
        assert (getattr(row, "layer", None) == "drawn") == (row not in plain)


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({JAPAN: {"captial": "Kyoto"}}, "japan: the field 'captial' is not known in Partner. Did you mean 'capital'?"),
        ({JAPAN: {"captial": None}}, "japan: the field 'captial' is not known in Partner. Did you mean 'capital'?"),
        ({JAPAN: {"official_name": None}}, "japan#official_name: must be text, but is null: null; leave the field"),
        ({JAPAN: {"name": None}}, "japan: the field 'name' is missing and required."),
        ({JAPAN: {"id": "nippon"}}, "japan: the id is 'nippon', but the file is named 'japan'"),
        ({JAPAN: {"capital": "Kyoto"}}, "japan#capital: no citation supports this fact; cite the passage"),
        ({JAPAN: []}, "japan: must be an object, but is a list: []."),
        ({JAPAN: b"null"}, "japan: must be an object, but is null: null"),
        ({JAPAN: b"{"}, "not JSON at line 1, column 2"),
        ({JAPAN: {"capital": "Kyoto", "citations": 5}}, "japan#citations: must be a list, but is a number: 5."),
        ({JAPAN: {"capital": "Kyoto", "citations": [5]}}, "japan#citations.2: must be an object, but is a number"),
        ({JAPAN: {"capital": None, "citations": None}}, "japan#citations: must be a list, but is null: null"),
        ({JAPAN: {"capital": "Kyoto", "citations": [ours()]}}, "japan#citations.2.source: 'our-paper' is no source"),
        ({SUMMIT: {"participations": 5}}, "summit-2025#participations: must be a list, but is a number: 5."),
        ({SUMMIT: {"participations": [5]}}, "summit-2025#participations.4: must be an object, but is a number"),
        ({SUMMIT: {"participations": {"nato": None}}}, "summit-2025#participations.4: must be an object, but is null"),
        (
            {SUMMIT: {"participations": {"japan": 5}}},
            "summit-2025#participations.1: must be an object, but is a number",
        ),
        ({OFFICE: {"developments": [{"key": "agreed", "date": 5}]}}, "office#developments.agreed.date: must be text"),
        ({SUMMIT: {"participations": [{"party": "japan", "citations": []}] * 2}}, "summit-2025#participations.japan: "),
        ({"partner/nato.json": {"id": "nato"}}, "nato: the id 'nato' is that of another alliance already"),
        (
            {"claim/x.json": {"id": "x"}, "meeting/x.json": {"id": "x"}},
            "x: the id 'x' is that of another claim already",
        ),
        (paper(), "nothing cites this source or draws on it; cite it or take it out."),
        ({"verified.json": {}}, "no place for this file; records stand in source, alliance"),
        ({"summits/x.json": {}}, "no place for this file; records stand in source, alliance"),
        ({"manifest.json": {"data_version": "2026.11.0"}}, "the field 'data_version' is not known in an overlay's"),
        (
            {"manifest.json": {"nmae": "x"}},
            "the field 'nmae' is not known in an overlay's manifest. Did you mean 'name'?",
        ),
        ({"manifest.json": {"name": 5}}, "name: must be text, but is a number: 5."),
        ({"manifest.json": {"name": ""}}, "name: must not be empty"),
        ({"people.json": {"ada-moss": 5}}, "ada-moss: must be an object, but is a number: 5."),
        ({"people.json": {"bo-lee": {"name": "Bo Lee"}}}, "bo-lee: the field 'family' is missing and required."),
        (
            {"summit/old-summit.json": {"name": "The summit"}},
            "old-summit: the id 'old-summit' is retired; correct 'summit-2025', which took its place, or choose",
        ),
        (
            {"claim/report-2025-date.json": {"about": ["old-summit"]}},
            "report-2025-date#about: 'old-summit' is no record, place in a record, country or person here. The id is",
        ),
        ({"retired.json": {"summit-2025": "nato"}}, "'summit-2025' must be no id in use and 'nato' must be one."),
    ],
    ids=itertools.count(),
)
def test_what_is_wrong_is_told_by_the_file_of_the_overlay(
    files: Files, sentence: str, refused: Callable[[Files], list[str]]
) -> None:
    problems = refused(files)
    by_file = [problem.partition(": ") for problem in problems]
    assert any(told.startswith(sentence) for _, _, told in by_file), problems
    assert {file for file, _, _ in by_file} <= set(files)


def test_all_problems_come_in_one_error(refused: Callable[[Files], list[str]]) -> None:
    claim = {"id": "our-paper-one", "kind": "statement", "summary": "It is.", "citations": [ours()]}
    claim["about"] = ["broken-2025", "atlantis"]
    problems = refused(
        {
            "manifest.json": {"name": "", "ids": {}},
            JAPAN: b"{",
            "meeting/broken-2025.json": {"id": "broken-2025"},
            "claim/our-paper-one.json": claim,
            "people.json": b"[",
        }
    )
    assert {problem.partition(": ")[0] for problem in problems} == {
        "manifest.json", JAPAN, "meeting/broken-2025.json", "claim/our-paper-one.json", "people.json"
    }  # fmt: skip
    assert not any("'broken-2025' is no" in problem for problem in problems), "it is there, though it cannot be made"
    assert any("'atlantis' is no record" in problem for problem in problems)


def test_what_no_longer_fits_beneath_is_told_by_the_name_of_the_overlay(refused: Callable[[Files], list[str]]) -> None:
    (problem,) = refused({SUMMIT: {"participations": {"japan": None}}})
    assert problem.startswith("my-records: report-2025-spending#about: 'summit-2025#participations.japan' is no place")
    assert problem.endswith(f" It stands beneath, in {SPENDING}, and does not fit the overlay. [references]")


def test_a_text_that_is_there_already_is_told(refused: Callable[[Files], list[str]]) -> None:
    same = {"url": "https://example.org/report", "published": "2025-07", "title": "Report on the summit"}
    (problem,) = refused(paper(**same) | of_capital("Kyoto"))
    assert "is the same text as" in problem


def test_a_place_with_nothing_in_it_is_told(before: KnowledgeBase, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing, wrong = tmp_path / "missing", tmp_path / "wrong.zip"
    wrong.write_text("no zip", "utf-8")
    for path, sentence in [
        (tmp_path / "empty", "nothing stands here; name a folder or zip with files such as"),
        (missing, "the folder does not exist; name a folder that holds record files such as"),
        (wrong, "the zip cannot be read: File is not a zip file"),
    ]:
        with pytest.raises(DataError) as caught:
            before.with_overlay(path)
        (problem,) = caught.value.problems
        assert problem.file == str(path)
        assert problem.message.startswith(sentence)


def test_a_file_that_cannot_be_read_is_told(before: KnowledgeBase, write: Callable[..., Path]) -> None:
    folder = write(paper(), "my-records")
    (folder / "claim/held.json").mkdir(parents=True)
    with pytest.raises(DataError) as caught:
        before.with_overlay(folder)
    (problem,) = caught.value.problems
    assert str(problem) == "claim/held.json: the file cannot be read: Is a directory. [file]"


def test_a_source_that_nothing_cites_any_more_is_a_warning(
    files: Files, write: Callable[..., Path], over: Over
) -> None:
    files["source/other.json"] = files["source/nato-page.json"] | {"id": "other", "title": "Another page"}
    files[NATO]["citations"] = [{"source": "other", "supports": ["founded"]}]
    kb = KnowledgeBase.from_directory(write(files))
    with pytest.warns(OverlayWarning) as caught:
        after = over(paper() | {NATO: {"founded": "1949", "citations": [ours("founded")]}}, kb)
    (warning,) = caught
    assert (
        str(warning.message) == "The overlay 'my-records' leaves sources beneath it that nothing cites any more: other."
    )
    assert warning.filename == __file__
    assert "other" in after.sources
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        over({"manifest.json": {}}, after)


# --- the example of the docs ------------------------------------------------------------------------------------------


def test_the_example_of_the_docs_is_laid_over_the_bundled_records() -> None:
    kb = ip4kb.load().with_overlay(EXAMPLE)
    files = sorted(path.relative_to(EXAMPLE).as_posix() for path in EXAMPLE.glob("*/*.json"))
    ids = {Path(name).stem for name in files}
    new = {id for id in ids if ip4kb.load()._library.kind_of(id) is None}
    assert new
    assert ids - new
    for name in files:
        if Path(name).stem in new:
            assert (EXAMPLE / name).read_text("utf-8") == write_record(kb.find(Path(name).stem))
    assert {row.layer for id in new for row in kb.show(id)} == {kb.layers[-1]}
    assert all({None, kb.layers[-1]} == {row.layer for row in kb.show(id)} for id in ids - new)
