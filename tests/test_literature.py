"""Which source argues what about whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ip4kb
from ip4kb import KnowledgeBase, Stance

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]


def told(kb: KnowledgeBase) -> list[tuple[str | None, Stance | None, tuple[str, ...]]]:
    return [(row.subject, row.stance, row.claims) for row in kb.literature()]


def claim(id: str, *about: str, stance: str | None = None) -> Files:
    value: Files = {"id": id, "kind": "assessment", "summary": "So.", "about": list(about)}
    value["citations"] = [{"source": "report-2025", "paragraph": 5, "phrase": "four partners agreed"}]
    return {f"claim/{id}.json": value | ({"stance": stance} if stance else {})}


def test_claims_are_gathered_by_source_subject_and_stance(files: Files, unchecked: Maker) -> None:
    files = {name: value for name, value in files.items() if not name.startswith(("claim/", "disagreement/"))}
    files |= claim("a", "nato", "japan#capital", stance="supports") | claim("b", "japan", stance="supports")
    files |= claim("c", "japan", "office") | claim("d", "office") | claim("e", "australia", stance="opposes")
    assert told(unchecked(files)) == [
        ("australia", Stance.OPPOSES, ("e",)),
        ("japan", Stance.SUPPORTS, ("a", "b")),
        ("japan", None, ("c",)),
        ("nato", Stance.SUPPORTS, ("a",)),
        (None, None, ("d",)),
    ]


def test_a_row_names_its_source_and_brings_the_passages(files: Files, unchecked: Maker) -> None:
    row = unchecked(files).literature()[0]
    assert (row.source, row.author, str(row.published)) == ("report-2025", "Writer 2025", "2025-07")
    assert [citation.paragraph for citation in row.citations] == [5]


def test_the_table_counts_claims_and_calls_the_rest_other(files: Files, unchecked: Maker) -> None:
    shown = [line.split() for line in repr(unchecked(files).literature()).splitlines()[2:]]
    assert shown[0] == ["source", "published", "subject", "stance", "claims"]
    assert shown[2:] == [
        ["Writer", "2025", "2025-07", "nato", "neutral", "1"],
        ["Writer", "2025", "2025-07", "other", "-", "1"],
    ]


def test_every_claim_of_the_record_is_in_the_matrix_and_sources_come_by_date() -> None:
    rows = ip4kb.literature()
    assert {claim for row in rows for claim in row.claims} == set(ip4kb.claims.ids)
    order = [*ip4kb.sources.ids]
    assert [row.source for row in rows] == sorted((row.source for row in rows), key=order.index)
