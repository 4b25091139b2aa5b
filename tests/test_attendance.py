from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ip4kb
from ip4kb import UNKNOWN, Invitation, KnowledgeBase, Level, Mode, PartialDate, Presence, Standing, Verification

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]

PARTNERS = ["australia", "japan", "new-zealand", "south-korea"]
PAGE = {"source": "nato-page"}


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def summit(id: str, start: str | None, **more: object) -> Files:
    dated = {"start": start, "citations": [{**PAGE, "supports": ["start"]}]} if start else {}
    return {f"summit/{id}.json": {"id": id, "name": id, **dated, **more}}


def party(name: str, **facts: object) -> Files:
    return {"party": name, **facts, "citations": [PAGE]}


def test_a_summit_has_exactly_one_row_for_each_partner_in_order_of_id(kb: KnowledgeBase) -> None:
    found = kb.attendance("summit-2025")
    assert [row.partner for row in found] == PARTNERS
    assert {(row.gathering, row.name, row.date) for row in found} == {
        ("summit-2025", "Summit of 2025", PartialDate(2025, 6))
    }


def test_a_meeting_asked_for_by_id_has_a_row_for_each_partner_too(kb: KnowledgeBase) -> None:
    assert [(row.partner, row.presence) for row in kb.attendance("talks-2025")] == [
        ("australia", UNKNOWN),
        ("japan", Presence.REPRESENTED),
        ("new-zealand", UNKNOWN),
        ("south-korea", UNKNOWN),
    ]


def test_a_gathering_of_which_nothing_is_known_still_has_a_row_for_each_partner(files: Files, unchecked: Maker) -> None:
    found = unchecked(files | summit("summit-2026", None)).attendance("summit-2026")
    assert [row.partner for row in found] == PARTNERS
    assert {row.presence for row in found} == {UNKNOWN}


def test_what_no_source_says_is_unknown_and_not_absence(kb: KnowledgeBase) -> None:
    row = kb.attendance("summit-2025", partner="south-korea")[0]
    assert (row.invitation, row.presence, row.level, row.mode, row.basis, row.standing) == (UNKNOWN,) * 6
    assert (row.representatives, row.representative, row.in_place_of, row.reasons, row.citations) == (
        (),
        None,
        None,
        (),
        (),
    )
    assert row.presence is not Presence.NOT_REPRESENTED
    assert row.level is not None


def test_a_partner_that_was_not_invited_is_not_thereby_absent(kb: KnowledgeBase) -> None:
    row = kb.attendance("summit-2025", partner="new-zealand")[0]
    assert row.invitation is Invitation.NOT_INVITED
    assert (row.presence, row.level) == (UNKNOWN, UNKNOWN)


def test_there_is_no_level_where_nobody_came(kb: KnowledgeBase) -> None:
    row = kb.attendance("summit-2025", partner="australia")[0]
    assert row.presence is Presence.NOT_REPRESENTED
    assert row.level is None


def test_level_is_unknown_where_someone_came_and_no_source_says_who(kb: KnowledgeBase) -> None:
    row = kb.attendance("talks-2025", partner="japan")[0]
    assert row.presence is Presence.REPRESENTED
    assert row.level is UNKNOWN


def test_delegates_are_told_by_name_and_office_or_office_or_level(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["participations"][0] = party(
        "japan",
        mode="by-video",
        basis="announced",
        delegates=[
            {"level": "official"},
            {"office": "Ambassador", "level": "ambassador"},
            {"person": "ada-moss", "office": "Minister", "level": "other-minister"},
            {"person": "ada-moss", "level": "official"},
        ],
    )
    row = unchecked(files).attendance("summit-2025", partner="japan")[0]
    assert row.representatives == ("official", "Ambassador", "Ada Moss, Minister", "Ada Moss")
    assert row.representative == "official; Ambassador; Ada Moss, Minister; Ada Moss"
    assert (row.level, row.mode, row.basis) == (Level.OTHER_MINISTER, Mode.BY_VIDEO, ip4kb.Basis.ANNOUNCED)


@given(st.lists(st.sampled_from(list(Level)), min_size=1))
def test_level_is_that_of_the_highest_delegate_in_whatever_order_they_stand(
    sound: Callable[[], Files], unchecked: Maker, levels: list[Level]
) -> None:
    files = sound()
    files["summit/summit-2025.json"]["participations"][0]["delegates"] = [{"level": level.value} for level in levels]
    row = unchecked(files).attendance("summit-2025", partner="japan")[0]
    assert row.level in levels
    assert all(list(Level).index(level) >= list(Level).index(Level(row.level)) for level in levels)


def test_levels_are_ranked_from_heads_of_state_down_to_officials() -> None:
    assert [level.value for level in Level] == [
        "head-of-state",
        "head-of-government",
        "deputy-head-of-government",
        "foreign-minister",
        "defence-minister",
        "other-minister",
        "deputy-minister",
        "national-security-adviser",
        "chief-of-defence",
        "ambassador",
        "official",
    ]


def test_the_row_says_in_whose_place_someone_came(files: Files, write: Writer) -> None:
    files["summit/summit-2025.json"]["participations"][0]["in_place_of"] = "ada-moss"
    found = KnowledgeBase.from_directory(write(files)).attendance("summit-2025", partner="japan")
    assert found[0].in_place_of == "Ada Moss"
    assert "in place of Ada Moss" in " ".join(repr(found).split())


def test_reasons_come_with_who_gave_them_and_where(files: Files, unchecked: Maker) -> None:
    reasons = files["summit/summit-2025.json"]["participations"][1]["reasons"]
    reasons.append({"key": "far", "text": "It is far", "given_by": ["australia", "nato"], "citations": [PAGE]})
    reasons.append({"key": "cost", "text": "It is costly.", "citations": [PAGE]})
    row = unchecked(files).attendance("summit-2025", partner="australia")[0]
    assert [(reason.text, reason.given_by) for reason in row.reasons] == [
        ("She was busy.", ("Ada Moss",)),
        ("It is far", ("Australia", "NATO")),
        ("It is costly.", ()),
    ]
    assert [str(reason) for reason in row.reasons] == [
        "She was busy (Ada Moss)",
        "It is far (Australia, NATO)",
        "It is costly",
    ]
    assert [citation.phrase for citation in row.reasons[0].citations] == [
        "its prime minister Ada Moss said she was busy"
    ]
    assert row.reasons[0].citations[0].place == "summit-2025#participations.australia.reasons.busy"


def test_a_row_carries_the_citations_of_the_participation_and_of_its_reasons(kb: KnowledgeBase) -> None:
    row = kb.attendance("summit-2025", partner="australia")[0]
    assert [citation.place for citation in row.citations] == [
        "summit-2025#participations.australia",
        "summit-2025#participations.australia.reasons.busy",
    ]
    assert {citation.verification for citation in row.citations} == {Verification.VERIFIED}
    assert row.citations == tuple(kb.evidence(row.place))


def test_a_row_says_how_well_it_stands(files: Files, unchecked: Maker) -> None:
    assert unchecked(files).attendance("summit-2025", partner="japan")[0].standing is Standing.SINGLE_SOURCE
    files["summit/summit-2025.json"]["participations"][0]["citations"].append(PAGE)
    assert unchecked(files).attendance("summit-2025", partner="japan")[0].standing is Standing.OFFICIAL
    files["disagreement/summit-date.json"]["about"] = ["summit-2025#participations.japan"]
    assert unchecked(files).attendance("summit-2025", partner="japan")[0].standing is Standing.DISPUTED


@pytest.mark.parametrize("subject", ["summit-2025", "Summit of 2025", "summit OF  2025"])
@pytest.mark.parametrize("partner", ["japan", "Japan", "日本", "JP", "jp"])
def test_gatherings_and_partners_are_named_by_id_name_alias_or_code(
    kb: KnowledgeBase, subject: str, partner: str
) -> None:
    assert [row.partner for row in kb.attendance(subject, partner=partner)] == ["japan"]


def test_a_partner_gives_its_summits_by_date(files: Files, unchecked: Maker) -> None:
    base = unchecked(files | summit("summit-2022", "2022-06-29") | summit("another", None) | summit("an-old", "1999"))
    expected = ["an-old", "summit-2022", "summit-2025", "another"]
    assert [row.gathering for row in base.attendance("japan")] == expected
    assert [row.gathering for row in base.attendance(partner="JP")] == expected


def test_no_subject_gives_every_summit_with_every_partner(files: Files, unchecked: Maker) -> None:
    base = unchecked(files | summit("summit-2022", "2022-06-29"))
    pairs = [(row.gathering, row.partner) for row in base.attendance()]
    assert pairs == list(itertools.product(["summit-2022", "summit-2025"], PARTNERS))
    assert base.attendance(kind="summit")[:] == base.attendance()[:]


def test_kind_gives_the_meetings_at_which_something_is_known_of_the_partner(kb: KnowledgeBase) -> None:
    assert [row.gathering for row in kb.attendance("japan", kind="visit")] == ["talks-2025"]
    assert [row.gathering for row in kb.attendance("japan", kind="meeting")] == ["talks-2025"]
    assert [row.gathering for row in kb.attendance("japan", kind=ip4kb.MeetingKind.VISIT)] == ["talks-2025"]
    assert len(kb.attendance("japan", kind="leaders")) == 0
    assert len(kb.attendance("australia", kind="visit")) == 0
    assert [row.partner for row in kb.attendance(kind="visit")] == ["japan"]


def test_meetings_of_a_kind_come_by_date(files: Files, unchecked: Maker) -> None:
    talks = files["meeting/talks-2025.json"]
    files["meeting/early.json"] = talks | {"id": "early", "start": "2024"}
    files["meeting/leaders.json"] = talks | {"id": "leaders", "kind": "leaders", "start": "2023"}
    base = unchecked(files)
    assert [row.gathering for row in base.attendance("japan", kind="visit")] == ["early", "talks-2025"]
    assert [row.gathering for row in base.attendance("japan", kind="meeting")] == ["leaders", "early", "talks-2025"]


def test_a_kind_outside_the_vocabulary_is_an_error_that_names_the_valid_ones(kb: KnowledgeBase) -> None:
    with pytest.raises(ip4kb.ArgumentError, match=r"kind cannot be 'visits'\. Did you mean 'visit'.*summit, meeting"):
        kb.attendance("japan", kind="visits")


def test_a_kind_beside_one_gathering_is_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(ip4kb.ArgumentError, match=r"'summit-2025' is one gathering, .* leave out 'kind'"):
        kb.attendance("summit-2025", kind="summit")


def test_two_partners_are_an_error(kb: KnowledgeBase) -> None:
    with pytest.raises(ip4kb.ArgumentError, match="Two partners are given, 'japan' and 'ROK'"):
        kb.attendance("japan", partner="ROK")


@pytest.mark.parametrize(
    ("subject", "error", "sentence"),
    [
        ("sumit-2025", ip4kb.UnknownRecordError, "Did you mean 'summit-2025'"),
        (
            "office",
            ip4kb.UnknownRecordError,
            "'office' is of the kind initiative; wanted here: summit or meeting or partner",
        ),
        ("Korea", ip4kb.AmbiguousNameError, "south-korea"),
        ("North Korea", ip4kb.UnknownRecordError, "Northern Korea, of which there is no"),
        ("", ip4kb.ArgumentError, "not empty"),
        (7, ip4kb.ArgumentError, "must be a text"),
    ],
)
def test_a_subject_that_names_no_gathering_or_partner_is_an_error(
    kb: KnowledgeBase, subject: Any, error: type[Exception], sentence: str
) -> None:
    with pytest.raises(error, match=sentence):
        kb.attendance(subject)


def test_a_summit_is_no_partner(kb: KnowledgeBase) -> None:
    with pytest.raises(ip4kb.UnknownRecordError, match="'summit-2025' is of the kind summit; wanted here: partner"):
        kb.attendance("talks-2025", partner="summit-2025")


def test_the_table_tells_who_came_who_was_invited_and_why(files: Files, unchecked: Maker) -> None:
    files["summit/summit-2025.json"]["participations"].append(party("south-korea", basis="reported"))
    told = " ".join(repr(unchecked(files).attendance("summit-2025")).split())
    assert "not-represented. Reason: She was busy (Ada Moss)" in told
    assert "foreign-minister single-source Foreign Minister [" in told
    assert "not-invited [" in told
    assert "unknown official unknown [" in told


def test_rows_are_immutable(kb: KnowledgeBase) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        kb.attendance("summit-2025")[0].level = None  # type: ignore[misc]


# --- filters ---------------------------------------------------------------------------------------------------------


def test_a_level_keeps_those_of_exactly_this_rank_and_says_whose_is_unknown(kb: KnowledgeBase) -> None:
    found = kb.attendance(level="foreign-minister")
    assert [(row.partner, row.level) for row in found] == [("japan", Level.FOREIGN_MINISTER)]
    assert found.caveat == "Unknown: the level of 2 more, which are left out."
    assert found.title == "Attendance: foreign-minister"
    assert kb.attendance(partner="japan", level="foreign-minister").caveat is None
    none = kb.attendance(level="ambassador")
    assert (len(none), none.caveat) == (0, "Unknown: the level of 2 more, which are left out.")


def test_a_theme_keeps_the_gatherings_that_were_about_it(files: Files, unchecked: Maker) -> None:
    files |= summit("summit-2026", "2026-07", themes=["china", "space"])
    found = unchecked(files).attendance(theme="space")
    assert {row.gathering for row in found} == {"summit-2026"}
    assert len(unchecked(files).attendance(theme="climate")) == 0


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"since": "2025"}, {"whole": True, "month": True, "last": True}),
        ({"since": "2025-06-25"}, {"whole": False, "month": False, "last": True}),
        ({"until": "2025-06-25"}, {"whole": False, "month": False, "first": True}),
        ({"since": "2025-06", "until": "2025-06"}, {"whole": False, "month": True, "last": True}),
        ({"since": "2026"}, {}),
        ({}, {"whole": True, "month": True, "first": True, "last": True}),
    ],
)
def test_a_reduced_date_is_kept_where_it_may_overlap_and_the_row_says_whether_it_surely_does(
    files: Files, unchecked: Maker, asked: dict[str, str], kept: dict[str, bool]
) -> None:
    files = {name: value for name, value in files.items() if not name.startswith(("summit/", "disagreement/"))}
    files |= summit("whole", "2025") | summit("month", "2025-06")
    files |= summit("first", "2024-12-31", end="2025-01-02") | summit("last", "2025-06-29")
    found = unchecked(files).attendance(partner="japan", **asked)
    wanted = kept if asked != {"since": "2025"} else kept | {"first": False}
    assert {row.gathering: row.certain for row in found} == wanted


def test_the_gatherings_of_one_subject_are_filtered_too(kb: KnowledgeBase) -> None:
    assert len(kb.attendance("summit-2025", since="2026")) == 0
    assert kb.attendance("japan", since="2025-06").title == "Attendance: japan, since 2025-06"
    assert [row.certain for row in kb.attendance("japan", since="2025-06-10")] == [False]
