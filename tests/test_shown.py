"""One record, fact by fact, and what refers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import UNKNOWN, Kind, KnowledgeBase, Standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]


@pytest.fixture
def kb(files: Files, write: Callable[[Files], Path]) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def test_each_filled_field_is_a_row_in_the_order_of_the_record(kb: KnowledgeBase) -> None:
    assert [(row.field, row.value, row.fact) for row in kb.show("summit-2025")] == [
        ("start", "2025-06", True),
        ("places", "Netherlands", True),
        ("participations.japan.presence", "represented", True),
        ("participations.japan.delegates", "Foreign Minister, foreign-minister", True),
        ("participations.australia.presence", "not-represented", True),
        ("participations.australia.reasons.busy.text", "She was busy.", True),
        ("participations.australia.reasons.busy.given_by", "Ada Moss", True),
        ("participations.new-zealand.invitation", "not-invited", True),
    ]


def test_facts_have_citations_and_a_standing_and_labelling_has_neither(kb: KnowledgeBase) -> None:
    rows = {row.field: row for row in kb.show("japan")}
    assert (rows["aliases"].standing, rows["aliases"].citations) == (None, ())
    assert rows["capital"].standing is Standing.SINGLE_SOURCE
    assert [citation.source for citation in rows["capital"].citations] == ["nato-page"]
    start = next(row for row in kb.show("summit-2025") if row.field == "start")
    assert (start.place, start.standing) == ("summit-2025#start", Standing.DISPUTED)


def test_what_refers_to_the_record_stands_below(kb: KnowledgeBase) -> None:
    shown = kb.show("office")
    assert [reference.place for reference in shown.references] == ["report-2025-date#about"]
    assert "Referred to by: report-2025-date#about." in repr(shown).splitlines()
    assert "<p>Referred to by: report-2025-date#about.</p>" in shown._repr_html_()
    assert all(reference.record != "office" for reference in shown.references)
    assert "Referred to by" not in repr(kb.show("report-2025-spending"))


def test_a_record_is_named_by_id_name_or_alias_and_the_title_says_which(kb: KnowledgeBase) -> None:
    assert kb.show("ROK").title == kb.show("south-korea").title == "Partner south-korea: South Korea"
    assert kb.show("report-2025-date").title == "Claim report-2025-date: An office opens."
    assert kb.show("summit-date").title == "Disagreement summit-date: Date of the summit"


def test_a_fact_without_citation_is_unknown_in_standing(files: Files, unchecked: Maker) -> None:
    files["partner/japan.json"]["citations"] = []
    rows = {row.field: row.standing for row in unchecked(files).show("japan")}
    assert rows["capital"] is UNKNOWN


@pytest.mark.parametrize("kind", Kind)
def test_every_bundled_record_can_be_shown(kind: Kind) -> None:
    for id in getattr(ip4kb, kind.collection).ids[::400]:
        shown = ip4kb.show(id)
        assert len(shown) > 0
        assert shown.title in repr(shown)
