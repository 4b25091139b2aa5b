"""The record as a reader of a given day could have it: nothing of later sources, and all of earlier ones."""

from __future__ import annotations

import itertools
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ip4kb
from ip4kb import UNKNOWN, DateError, Kind, KnowledgeBase, PartialDate, Standing
from ip4kb.places import below, member_name, walk
from ip4kb.queries.known import visible_from
from ip4kb.rules import check

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

EARLY = "early-page"
SUMMIT, OFFICE, DISPUTE = "summit/summit-2025.json", "initiative/office.json", "disagreement/summit-date.json"


@pytest.fixture
def with_early(files: Files) -> Files:
    """The sound files with one more source, of 2020; the report is of July 2025, the page of November 2026."""
    page = files["source/nato-page.json"] | {"id": EARLY, "published": "2020"}
    del page["accessed"]
    return files | {f"source/{EARLY}.json": page}


def early(*supports: str) -> Files:
    return {"source": EARLY, **({"supports": list(supports)} if supports else {})}


# --- sources ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dates", "day"),
    [
        ({"published": "2025-07"}, "2025-07-31"),
        ({"published": "2025"}, "2025-12-31"),
        ({"published": "2025", "published_not_after": "2025-06-30"}, "2025-06-30"),
        ({"published": "2025", "accessed": "2025-03-01"}, "2025-03-01"),
        ({"accessed": "2026-11-21"}, "2026-11-21"),
        ({"published_not_after": "2024-02"}, "2024-02-29"),
        ({}, "9999-12-31"),
    ],
)
def test_a_source_is_seen_from_the_day_on_which_it_was_surely_there(
    files: Files, unchecked: Maker, dates: dict[str, str], day: str
) -> None:
    source = files["source/report-2025.json"]
    del source["published"]
    files["source/report-2025.json"] = source | dates
    assert visible_from(unchecked(files).sources["report-2025"]).isoformat() == day


def test_a_month_stands_for_its_last_day(files: Files, unchecked: Maker) -> None:
    kb = unchecked(files)
    assert "report-2025" not in kb.as_known_on("2025-07-30").sources
    assert "report-2025" in kb.as_known_on("2025-07").sources
    assert "report-2025" in kb.as_known_on(PartialDate(2025, 7, 31)).sources


# --- records, facts and parts ----------------------------------------------------------------------------------------


def test_before_all_sources_only_partners_and_alliances_stay_and_they_say_nothing(
    files: Files, unchecked: Maker
) -> None:
    kb = unchecked(files).as_known_on("1999")
    assert {kind: len(getattr(kb, kind.collection)) for kind in Kind if len(getattr(kb, kind.collection))} == {
        Kind.ALLIANCE: 1,
        Kind.PARTNER: 4,
    }
    assert (kb.partners["japan"].name, kb.partners["japan"].capital, kb.partners["japan"].codes) == ("Japan", None, ())
    assert kb.alliances["nato"].founded is None


def test_an_optional_fact_stays_only_where_a_visible_citation_supports_it(with_early: Files, unchecked: Maker) -> None:
    with_early[SUMMIT]["citations"].append(early("places"))
    summit = unchecked(with_early).as_known_on("2021").summits["summit-2025"]
    assert (summit.start, [place.country for place in summit.places], summit.participations) == (
        None,
        ["netherlands"],
        (),
    )
    assert [citation.source for citation in summit.citations] == [EARLY]


def test_a_part_goes_whole_where_a_required_fact_of_it_loses_its_support(with_early: Files, unchecked: Maker) -> None:
    step = with_early[OFFICE]["developments"][0]
    step["citations"].append(early("date", "status"))
    assert "office" not in unchecked(with_early).as_known_on("2021").initiatives
    step["citations"].append(early("summary"))
    (seen,) = unchecked(with_early).as_known_on("2021").initiatives["office"].developments
    assert (seen.summary, str(seen.date), seen.status) == ("An office was agreed.", "2025-06", "agreed")
    step["citations"] = [*step["citations"][:1], early("summary")]
    (seen,) = unchecked(with_early).as_known_on("2021").initiatives["office"].developments
    assert (seen.summary, seen.date, seen.status) == ("An office was agreed.", None, None)


def test_a_part_of_which_nothing_is_left_goes_and_one_with_a_part_left_stays(
    with_early: Files, unchecked: Maker
) -> None:
    with_early[SUMMIT]["participations"][1]["reasons"][0]["citations"].append(early())
    summit = unchecked(with_early).as_known_on("2021").summits["summit-2025"]
    (australia,) = summit.participations
    assert (australia.party, australia.presence, len(australia.reasons)) == ("australia", None, 1)


def test_a_disagreement_needs_two_positions(with_early: Files, unchecked: Maker) -> None:
    june, other = with_early[DISPUTE]["positions"]
    june["citations"].append(early())
    with_early["claim/report-2025-date.json"]["citations"] = [early("summary"), early("by")]
    other["citations"] = [early()]
    with_early[OFFICE]["developments"][0]["citations"].append(early())
    kept = unchecked(with_early).as_known_on("2021")
    assert "summit-date" not in kept.disagreements, "what it is about is gone"
    with_early[SUMMIT]["citations"].append(early("start"))
    (one, two) = unchecked(with_early).as_known_on("2021").disagreements["summit-date"].positions
    assert (one.key, two.claims) == ("june", ("report-2025-date",))
    june["citations"].pop()
    assert "summit-date" not in unchecked(with_early).as_known_on("2021").disagreements


def test_references_to_what_is_gone_are_cleared_and_those_who_need_them_go_too(
    with_early: Files, unchecked: Maker
) -> None:
    with_early["meeting/talks-2025.json"]["citations"].append(early("within", "start"))
    with_early["claim/report-2025-spending.json"]["citations"].append(early())
    with_early["claim/report-2025-date.json"]["citations"] = [early("summary"), early("by")]
    with_early["declaration/declaration-2025.json"] |= {"text": "report-2025"}
    with_early["declaration/declaration-2025.json"]["citations"].append(early("issued", "meeting"))
    kb = unchecked(with_early).as_known_on("2021")
    assert kb.meetings["talks-2025"].within is None
    assert kb.claims["report-2025-spending"].about == ("nato",), "the place in the summit is gone with it"
    assert "report-2025-date" not in kb.claims, "the office, all it is about, is gone"
    assert (kb.declarations["declaration-2025"].meeting, kb.declarations["declaration-2025"].text) == (None, None)


def test_the_copy_in_which_a_passage_was_read_does_not_count(with_early: Files, unchecked: Maker) -> None:
    with_early["partner/japan.json"]["citations"] = [{**early("capital"), "via": "report-2025"}]
    (citation,) = unchecked(with_early).as_known_on("2021").partners["japan"].citations
    assert (citation.source, citation.via) == (EARLY, None)


def test_a_note_stays_only_where_nothing_else_is_missing(with_early: Files, unchecked: Maker) -> None:
    with_early["partner/japan.json"] |= {"note": "Told in 2026."}
    with_early["alliance/nato.json"] |= {"note": "Founded long ago.", "citations": [early("founded")]}
    kb = unchecked(with_early).as_known_on("2021")
    assert kb.partners["japan"].note is None
    assert kb.alliances["nato"].note == "Founded long ago."


# --- what is derived -------------------------------------------------------------------------------------------------


def test_standings_are_derived_anew(files: Files, unchecked: Maker) -> None:
    kb = unchecked(files)
    assert kb.standing("summit-2025#start") is Standing.DISPUTED
    assert kb.as_known_on("2026-01").standing("summit-2025#start") is Standing.SINGLE_SOURCE


def test_a_summit_still_has_four_rows(files: Files, unchecked: Maker) -> None:
    kb = unchecked(files)
    rows = kb.as_known_on("2026").attendance("summit-2025")
    assert [row.partner for row in rows] == ["australia", "japan", "new-zealand", "south-korea"]
    assert {row.presence for row in rows} == {UNKNOWN, "represented", "not-represented"}


def test_the_day_is_told_in_repr_coverage_and_citations(files: Files, unchecked: Maker) -> None:
    files["manifest.json"]["coverage"] = {
        "summit": {"since": "2025", "until": "2025-12", "checked_on": "2026-11-21"},
        "claim": {"since": "2026", "until": "2026", "checked_on": "2026-11-21"},
    }
    kb = unchecked(files).as_known_on("2025-08")
    assert repr(kb).startswith("<KnowledgeBase 2026.11.0 as known on 2025-08: 1 source, ")
    assert [(row.kind.value, str(row.until)) for row in kb.coverage()] == [("summit", "2025-08")]
    assert kb.timeline(since="2025-09").caveat == (
        "Unknown: what happened after 2025-08 lies beyond the coverage (2025 to 2025-08)."
    )
    assert "as known on 2025-08" in kb.cite("summit-2025")
    assert "summit-2025, as known on 2025-08" in kb.cite("summit-2025", style="ris")


def test_what_is_wrong_as_a_date_is_refused(files: Files, unchecked: Maker) -> None:
    for wrong in ("yesterday", "2025-13", "", None, 2025):
        with pytest.raises(DateError):
            unchecked(files).as_known_on(wrong)  # type: ignore[arg-type]


def test_a_filtered_knowledge_base_can_be_pickled_compared_and_filtered_again(files: Files, unchecked: Maker) -> None:
    kb = unchecked(files).as_known_on("2025-08")
    assert pickle.loads(pickle.dumps(kb)) == kb  # noqa: S301 (made here)
    assert kb.as_known_on("2027") == kb
    assert "as known on 2025-08:" in repr(kb.as_known_on("2027"))
    assert "as known on 2025-07:" in repr(kb.as_known_on("2025-07"))
    assert len(ip4kb.diff(kb, unchecked(files).as_known_on("2025-09"))) == 0


# --- no look-ahead ---------------------------------------------------------------------------------------------------


def parts(kb: KnowledgeBase) -> Iterator[tuple[str, Any]]:
    for kind in Kind:
        for record in getattr(kb, kind.collection):
            yield from walk(record, record.id)


def values(kb: KnowledgeBase) -> dict[tuple[str, str], Any]:
    """Every stored value by its place: scalars, references one by one, and citations without the copy read."""
    found: dict[tuple[str, str], Any] = {}
    for place, node in parts(kb):
        for field in attrs.fields(type(node)):
            content = getattr(node, field.name)
            members = content if isinstance(content, tuple) else (content,)
            for index, member in enumerate(members):
                if field.name == "citations":
                    found[place, f"citation {attrs.evolve(member, via=None)}"] = True
                elif attrs.has(type(member)) and not isinstance(member, PartialDate):
                    found[below(below(place, field.name), member_name(member, index)), "there"] = True
                elif member is not None and member != field.default:
                    found[place, f"{field.name} {member}"] = True
    return found


@pytest.fixture(scope="module")
def views() -> Callable[[str], KnowledgeBase]:
    made: dict[str, KnowledgeBase] = {}
    return lambda date: made.setdefault(date, ip4kb.as_known_on(date))


DATES = ["1995", "2012-06", "2019-12", "2022-06-28", "2023-07-12", "2025-06-24", "2025-12", "2026-07-08"]


@pytest.mark.parametrize(("earlier", "later"), list(itertools.pairwise(DATES)))
def test_an_earlier_view_is_contained_in_a_later_one(
    views: Callable[[str], KnowledgeBase], earlier: str, later: str
) -> None:
    assert values(views(earlier)).keys() <= values(views(later)).keys()


def test_the_view_at_the_end_is_the_whole() -> None:
    last = max(row.checked_on for row in ip4kb.coverage())
    assert ip4kb.as_known_on(last) == ip4kb.load()


@pytest.mark.parametrize("date", DATES)
def test_every_view_keeps_the_rules_and_cites_nothing_later(views: Callable[[str], KnowledgeBase], date: str) -> None:
    kb = views(date)
    broken = {problem.rule for problem in check(kb._library)}
    assert broken <= {"used", "coverage"}, "a source may be cited for later facts alone, and tell of what is planned"
    day = PartialDate.parse(date).last
    assert all(visible_from(source) <= day for source in kb.sources)
    cited = {citation.source for _, part in parts(kb) for citation in getattr(part, "citations", ())}
    assert cited <= set(kb.sources.ids)
    assert all(len(kb.attendance(summit.id)) == 4 for summit in kb.summits)


@settings(deadline=None, max_examples=25)
@given(st.dates(), st.dates())
def test_any_two_days_of_the_small_knowledge_base_are_in_order(before: KnowledgeBase, one: Any, two: Any) -> None:
    earlier, later = sorted((one, two))
    views = [before.as_known_on(PartialDate(day.year, day.month, day.day)) for day in (earlier, later)]
    assert values(views[0]).keys() <= values(views[1]).keys()
