from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ip4kb
from ip4kb import KnowledgeBase, PartialDate, Standing, Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]

PAGE = {"source": "nato-page"}


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def step(key: str, **facts: object) -> Files:
    return {"key": key, "summary": key, **facts, "citations": [PAGE]}


def places(kb: KnowledgeBase, *arguments: Any, **more: Any) -> list[str]:
    return [row.place for row in kb.timeline(*arguments, **more)]


def test_no_subject_gives_gatherings_declarations_and_developments_by_date(kb: KnowledgeBase) -> None:
    assert [(str(row.date), row.kind, row.record, row.place) for row in kb.timeline()] == [
        ("2025", "meeting", "talks-2025", "talks-2025"),
        ("2025-06", "summit", "summit-2025", "summit-2025"),
        ("2025-06", "development", "office", "office#developments.agreed"),
        ("2025-06-25", "declaration", "declaration-2025", "declaration-2025"),
    ]


def test_a_gathering_brings_what_lay_within_it_what_it_issued_and_what_it_agreed(
    files: Files, unchecked: Maker
) -> None:
    files["initiative/office.json"]["agreed_at"] = "summit-2025"
    assert places(unchecked(files), "summit-2025") == [
        "talks-2025",
        "summit-2025",
        "office#developments.agreed",
        "declaration-2025",
    ]


def test_an_initiative_brings_its_developments(kb: KnowledgeBase) -> None:
    assert places(kb, "office") == ["office#developments.agreed"]


def test_a_declaration_brings_itself(kb: KnowledgeBase) -> None:
    assert places(kb, "declaration-2025") == ["declaration-2025"]
    assert kb.timeline("declaration-2025")[0].summary == "Declaration of 2025 issued."


def test_a_party_brings_its_participations_and_its_initiatives(kb: KnowledgeBase) -> None:
    assert places(kb, "japan") == [
        "talks-2025#participations.japan",
        "summit-2025#participations.japan",
        "office#developments.agreed",
    ]


def test_the_alliance_brings_its_summits_what_it_organised_and_what_it_issued(kb: KnowledgeBase) -> None:
    assert places(kb, "nato") == ["talks-2025", "summit-2025", "office#developments.agreed", "declaration-2025"]


def test_a_grouping_brings_what_all_its_members_took_part_in(files: Files, unchecked: Maker) -> None:
    files["alliance/nato.json"]["members"] = [
        {"country": country, "citations": [PAGE]} for country in ("japan", "australia", "new-zealand")
    ]
    files["alliance/pact.json"] = files["alliance/nato.json"] | {"id": "pact", "name": "Pact"}
    assert places(unchecked(files), "pact") == ["summit-2025"]
    assert unchecked(files).declarations_of("pact") == ()
    files["declaration/declaration-2025.json"]["issuers"] = ["new-zealand", "japan", "australia"]
    assert [declaration.id for declaration in unchecked(files).declarations_of("pact")] == ["declaration-2025"]


def test_a_step_of_a_fellow_partner_is_not_told_of_the_others(files: Files, unchecked: Maker) -> None:
    office = files["initiative/office.json"]
    office["parties"] = ["nato", "japan", "south-korea"]
    office["developments"] += [step("asked", by=["japan"]), step("answered", by=["nato"])]
    kb = unchecked(files)
    both = ["office#developments.agreed", "office#developments.asked", "office#developments.answered"]
    assert [place for place in places(kb, "japan") if "office" in place] == both
    assert places(kb, "south-korea") == [both[0], both[2]]
    assert places(kb, "office") == both
    assert set(both) <= set(places(kb, "nato"))
    office["parties"] = ["netherlands", "japan"]
    assert both[1] in places(unchecked(files), "netherlands")


def test_a_host_brings_the_gathering(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["hosts"] = ["netherlands"]
    assert places(unchecked(files), "Netherlands") == ["summit-2025"]


def test_a_partner_brings_its_own_developments(files: Files, unchecked: Maker) -> None:
    files["partner/japan.json"]["developments"] = [step("spoke", date="2019")]
    assert places(unchecked(files), "japan", until="2020") == ["japan#developments.spoke"]


def test_who_acts_brings_the_development_even_in_the_record_of_another(files: Files, unchecked: Maker) -> None:
    files["partner/japan.json"]["developments"] = [step("spoke", date="2019", by=["ada-moss", "australia"])]
    kb = unchecked(files)
    assert places(kb, "Ada Moss") == ["japan#developments.spoke"]
    assert places(kb, "australia", until="2019") == ["japan#developments.spoke"]


@pytest.mark.parametrize(
    "facts",
    [{"delegates": [{"person": "ada-moss", "level": "official"}]}, {"in_place_of": "ada-moss"}],
)
def test_a_person_brings_the_gatherings_at_which_they_were_or_were_stood_in_for(
    files: Files, unchecked: Maker, facts: Files
) -> None:
    files["summit/summit-2025.json"]["participations"][0].update(facts)
    assert places(unchecked(files), "ada-moss") == ["summit-2025#participations.japan"]


def test_a_secretary_general_brings_the_summit(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["secretary_general"] = "ada-moss"
    assert places(unchecked(files), "ada-moss") == ["summit-2025"]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {
                "presence": "represented",
                "delegates": [{"person": "ada-moss", "level": "ambassador"}, {"level": "official"}],
            },
            "Japan: represented at the level of ambassador (Ada Moss).",
        ),
        ({"presence": "not-represented"}, "Japan: not-represented."),
        ({"invitation": "not-invited"}, "Japan: not-invited."),
        ({"presence": "represented", "in_place_of": "ada-moss"}, "Japan: represented in place of Ada Moss."),
        ({"basis": "reported"}, "Japan: unknown."),
    ],
)
def test_a_party_is_told_how_it_took_part(files: Files, unchecked: Maker, facts: Files, told: str) -> None:
    talks = files["meeting/talks-2025.json"]
    talks["summary"] = "They talked."
    talks["participations"] = [{"party": "japan", **facts, "citations": [PAGE]}]
    assert unchecked(files).timeline("japan")[0].summary == f"They talked. {told}"


def test_a_row_carries_the_citations_and_standing_of_its_place(kb: KnowledgeBase) -> None:
    row = kb.timeline("office")[0]
    assert row.citations == tuple(kb.evidence(row.place))
    assert row.standing is Standing.SINGLE_SOURCE
    assert kb.timeline("declaration-2025")[0].standing is Standing.OFFICIAL


def test_the_row_of_a_participation_also_cites_what_it_tells_of_the_gathering(kb: KnowledgeBase) -> None:
    row = next(row for row in kb.timeline("japan") if row.record == "summit-2025")
    assert {citation.place for citation in row.citations} == {row.place, "summit-2025"}


def test_undated_rows_come_last_and_stay_where_the_steps_around_them_allow(files: Files, unchecked: Maker) -> None:
    files["initiative/office.json"]["developments"].append(step("later"))
    kb = unchecked(files)
    assert places(kb)[-1] == "office#developments.later"
    assert places(kb, since="2030") == ["office#developments.later"]
    assert [row.certain for row in kb.timeline(since="2030")] == [False]
    assert places(kb, until="2000") == []
    assert {row.certain for row in kb.timeline()} == {True}


def test_what_may_overlap_is_kept_and_the_row_says_whether_it_surely_lies_within(kb: KnowledgeBase) -> None:
    assert [(row.place, row.certain) for row in kb.timeline(since="2025-06-02", until="2025-06-29")] == [
        ("talks-2025", False),
        ("summit-2025", False),
        ("office#developments.agreed", False),
        ("declaration-2025", True),
    ]
    assert [(row.place, row.certain) for row in kb.timeline(since="2025-06", until="2025-06")] == [
        ("talks-2025", False),
        ("summit-2025", True),
        ("office#developments.agreed", True),
        ("declaration-2025", True),
    ]
    assert [(row.place, row.certain) for row in kb.timeline(since=PartialDate(2025, 7))] == [("talks-2025", False)]
    assert places(kb, since="2026") == []
    assert places(kb, until="2024") == []


def test_what_lasts_is_kept_where_any_of_its_days_may_lie_within(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"].update(start="2025-06-24", end="2025-06-26")
    kb = unchecked(files)
    assert [row.certain for row in kb.timeline("summit-2025", since="2025-06-26") if row.kind == "summit"] == [False]
    assert [row.certain for row in kb.timeline("summit-2025", until="2025-06-26") if row.kind == "summit"] == [True]
    assert "summit-2025" not in places(kb, since="2025-06-27")
    assert "summit-2025" not in places(kb, until="2025-06-23")


DATES = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2003, 12, 31))
PARTIAL = st.one_of(
    DATES.map(lambda day: PartialDate(day.year)),
    DATES.map(lambda day: PartialDate(day.year, day.month)),
    DATES.map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@given(st.lists(st.none() | PARTIAL, max_size=6), st.none() | PARTIAL, st.none() | PARTIAL)
def test_rows_are_sorted_and_filtered_by_every_day_they_may_mean(
    sound: Callable[[], Files],
    unchecked: Maker,
    dates: list[PartialDate | None],
    since: PartialDate | None,
    until: PartialDate | None,
) -> None:
    files = sound()
    files["initiative/office.json"]["developments"] = [
        step(f"s{index}", **({"date": str(date)} if date else {})) for index, date in enumerate(dates)
    ]
    kb = unchecked(files)
    if since and until and until.last < since.first:
        with pytest.raises(ip4kb.ArgumentError, match="lies before 'since'"):
            kb.timeline("office", since=since, until=until)
        return
    found = kb.timeline("office", since=since, until=until)
    kept = [row.date for row in found]
    dated = [date for date in kept if date is not None]
    assert kept == [*sorted(dated), *[None] * (len(kept) - len(dated))]
    earliest, latest = (since.first if since else dt.date.min), (until.last if until else dt.date.max)
    expected = []
    for index, date in enumerate(dates):
        before = [other for other in dates[: index + 1] if other][-1:]
        after = [other for other in dates[index:] if other][:1]
        if all(other.first <= latest for other in before) and all(other.last >= earliest for other in after):
            expected.append(date)
    assert sorted(map(str, kept)) == sorted(map(str, expected))
    for row in found:
        inside = row.date is not None and earliest <= row.date.first and row.date.last <= latest
        assert row.certain is (inside or (row.date is None and since is until is None))


def test_a_theme_keeps_what_is_about_it(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["themes"] = ["space"]
    files["initiative/office.json"]["developments"].append(step("later", date="2026", theme="climate"))
    kb = unchecked(files)
    assert places(kb, theme=Theme.SPACE) == ["summit-2025"]
    assert places(kb, theme="russia") == ["declaration-2025"]
    assert places(kb, theme="climate") == ["office#developments.later"]
    assert places(kb, theme="representation") == ["office#developments.agreed", "office#developments.later"]
    assert kb.timeline("office", theme="climate")[0].themes == (Theme.CLIMATE, Theme.REPRESENTATION)


def test_a_theme_of_step_and_initiative_is_named_once(files: Files, unchecked: Maker) -> None:
    files["initiative/office.json"]["developments"][0]["theme"] = "representation"
    assert unchecked(files).timeline("office")[0].themes == (Theme.REPRESENTATION,)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"subject": "ofice"}, ip4kb.UnknownRecordError, "Did you mean 'office'"),
        ({"subject": "Korea"}, ip4kb.AmbiguousNameError, "Northern Korea"),
        ({"subject": " "}, ip4kb.ArgumentError, "not empty"),
        ({"subject": "summit-2025#start"}, ip4kb.ArgumentError, "give the whole record: 'summit-2025'"),
        ({"subject": "summit-2025#begin"}, ip4kb.ArgumentError, "there is no 'begin' here"),
        ({"theme": "rusia"}, ip4kb.ArgumentError, "theme cannot be 'rusia'. Did you mean 'russia'"),
        ({"since": "June 2025"}, ip4kb.DateError, "'June 2025' is not a date"),
        ({"until": "2025-02-30"}, ip4kb.DateError, "2025-02-30"),
        (
            {"since": "2025", "until": "2024-12"},
            ip4kb.ArgumentError,
            r"'until' \(2024-12\) lies before 'since' \(2025\)",
        ),
    ],
)
def test_a_wrong_argument_is_an_error_and_never_an_empty_answer(
    kb: KnowledgeBase, arguments: Any, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        kb.timeline(**arguments)


def test_the_title_tells_what_was_asked(kb: KnowledgeBase) -> None:
    found = kb.timeline("japan", theme="representation", since="2025", until="2026")
    assert found.title == "Timeline: japan, representation, since 2025, until 2026"
    assert kb.timeline().title == "Timeline"


@pytest.mark.parametrize("kind", ["summit", "meeting", "declaration", "development"])
def test_a_kind_keeps_what_is_of_it(kb: KnowledgeBase, kind: str) -> None:
    found = kb.timeline(kind=kind)
    assert {row.kind for row in found} == {kind}
    assert [row.place for row in found] == [row.place for row in kb.timeline() if row.kind == kind]
    assert found.title == f"Timeline: {kind}"
