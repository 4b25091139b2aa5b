"""What changed between two knowledge bases, place by place, as rows and as text."""

from __future__ import annotations

import copy
import json
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import ArgumentError, ChangeKind, DataError, Diff, Kind, KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Differ = Callable[[Callable[[Files], object]], Diff]

SUMMIT = "summit/summit-2025.json"


def fill(folder: Path, files: Files) -> Path:
    """Write the files into a folder of their own."""
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value), "utf-8")
    return folder


@pytest.fixture
def differ(files: Files, tmp_path: Path) -> Differ:
    """The difference that an edit of the files makes."""

    def after(edit: Callable[[Files], object]) -> Diff:
        edited = copy.deepcopy(files)
        edit(edited)
        return ip4kb.diff(fill(tmp_path / "old", files), fill(tmp_path / "new", edited))

    return after


def told(diff: Diff) -> list[tuple[str, str, str | None, str | None]]:
    return [(row.change.value, row.place, row.old, row.new) for row in diff]


def test_nothing_differs_from_itself() -> None:
    diff = ip4kb.diff(ip4kb.load(), ip4kb.load())
    assert len(diff) == 0
    assert diff.to_text() == ""
    assert diff.title == f"Changes: {ip4kb.data_version} to {ip4kb.data_version}"


def test_records_added_and_removed_are_one_row_each(differ: Differ) -> None:
    def edit(files: Files) -> None:
        files["claim/report-2025-new.json"] = files.pop("claim/report-2025-date.json") | {"id": "report-2025-new"}

    (removed, added) = differ(edit)
    assert (added.change, added.kind, added.record, added.place) == (
        ChangeKind.ADDED,
        Kind.CLAIM,
        "report-2025-new",
        "report-2025-new",
    )
    assert (removed.change, removed.place) == (ChangeKind.REMOVED, "report-2025-date")
    assert {row.old for row in (added, removed)} | {row.new for row in (added, removed)} == {None}


def test_a_changed_field_is_shown_with_what_stood_and_what_stands_there(differ: Differ) -> None:
    diff = differ(lambda files: files["partner/japan.json"].update(capital="Kyoto"))
    assert told(diff) == [("changed", "japan#capital", '"Tokyo"', '"Kyoto"')]
    assert (diff[0].name, diff[0].record) == ("Japan", "japan")


def test_parts_are_compared_by_their_keys(differ: Differ) -> None:
    def edit(files: Files) -> None:
        parts = files[SUMMIT]["participations"]
        parts[0]["mode"] = "in-person"
        del parts[1]["reasons"]
        parts[2] = {"party": "south-korea", "citations": parts[2]["citations"], "invitation": "invited"}

    place = "summit-2025#participations"
    assert [row[:2] for row in told(differ(edit))] == [
        ("added", f"{place}.japan.mode"),
        ("removed", f"{place}.australia.reasons"),
        ("added", f"{place}.south-korea"),
        ("removed", f"{place}.new-zealand"),
    ]


def test_parts_in_another_order_are_a_change_of_their_list(differ: Differ) -> None:
    diff = differ(lambda files: files[SUMMIT]["participations"].reverse())
    names = ["japan", "australia", "new-zealand"]
    assert told(diff) == [("changed", "summit-2025#participations", json.dumps(names), json.dumps(names[::-1]))]


def test_what_is_no_part_is_compared_whole(differ: Differ) -> None:
    def edit(files: Files) -> None:
        files["partner/japan.json"]["aliases"].append({"text": "Nippon", "kind": "transliteration"})
        files["partner/japan.json"]["citations"][0]["number"] = "1"

    assert [row[:2] for row in told(differ(edit))] == [("changed", "japan#aliases"), ("changed", "japan#citations")]


def test_the_text_names_the_records_by_kind_and_counts_sources_and_claims(differ: Differ) -> None:
    def edit(files: Files) -> None:
        for name in ("other-2025", "third-2025"):
            files[f"source/{name}.json"] = files["source/report-2025.json"] | {"id": name}
        files["partner/japan.json"] |= {"capital": "Kyoto", "official_name": "Japan"}
        del files["claim/report-2025-date.json"]
        files["meeting/more-2025.json"] = files["meeting/talks-2025.json"] | {"id": "more-2025"}

    assert differ(edit).to_text().splitlines() == [
        "- 2 sources added.",
        "- 1 partner changed: `japan` (2).",
        "- 1 meeting added: `more-2025`.",
        "- 1 claim removed.",
    ]


def test_the_table_shows_each_place(differ: Differ) -> None:
    diff = differ(lambda files: files["partner/japan.json"].update(capital="Kyoto"))
    assert repr(diff).splitlines()[-1].split() == ["changed", "japan#capital", '"Tokyo"', '"Kyoto"']


def test_folders_archives_and_knowledge_bases_are_compared_alike(files: Files, tmp_path: Path) -> None:
    folder = fill(tmp_path / "records", files)
    archive = tmp_path / "records.zip"
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, value in files.items():
            zipped.writestr(name, json.dumps(value))
    kb = KnowledgeBase.from_directory(folder)
    assert all(len(ip4kb.diff(old, new)) == 0 for old in (folder, str(folder), archive, kb) for new in (archive, kb))


@pytest.mark.parametrize("packed", [False, True])
def test_a_wheel_is_compared_by_the_records_that_come_with_the_library(
    files: Files, tmp_path: Path, packs: Callable[[Files], dict[str, str]], *, packed: bool
) -> None:
    wheel = tmp_path / "ip4kb-0.1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as zipped:
        zipped.writestr("ip4kb/__init__.py", "")
        zipped.writestr("ip4kb/data/README.md", "")
        zipped.writestr("ip4kb-0.1.0.dist-info/sboms/ip4kb.json", "{}")
        for name, text in (packs(files) if packed else {name: json.dumps(files[name]) for name in files}).items():
            zipped.writestr(f"ip4kb/data/{name}", text)
    kb = KnowledgeBase.from_zip(wheel)
    assert kb == KnowledgeBase.from_directory(fill(tmp_path / "records", files))
    assert len(ip4kb.diff(wheel, kb)) == 0
    assert len(ip4kb.diff(wheel, ip4kb.load())) > 0


def test_records_that_break_a_later_rule_can_still_be_compared(files: Files, tmp_path: Path) -> None:
    files["meeting/talks-2025.json"]["within"] = "no-such-summit"
    folder = fill(tmp_path / "old", files)
    with pytest.raises(DataError):
        KnowledgeBase.from_directory(folder)
    assert len(ip4kb.diff(folder, folder)) == 0


def test_what_cannot_be_read_is_refused_with_every_problem(files: Files, tmp_path: Path) -> None:
    files["partner/japan.json"]["capital"] = 5
    files[SUMMIT]["start"] = "soon"
    folder = fill(tmp_path / "old", files)
    with pytest.raises(DataError) as caught:
        ip4kb.diff(folder, ip4kb.load())
    assert len(caught.value.problems) == 2
    with pytest.raises(DataError, match="no-such-folder"):
        ip4kb.diff(ip4kb.load(), "no-such-folder")


@pytest.mark.parametrize("wrong", [None, 5, b"records", ["records"]])
def test_what_is_neither_a_knowledge_base_nor_a_path_is_refused(wrong: Any) -> None:
    with pytest.raises(ArgumentError, match="old must be a knowledge base, or a folder, zip archive or wheel of"):
        ip4kb.diff(wrong, ip4kb.load())
    with pytest.raises(ArgumentError, match="new must be"):
        ip4kb.diff(ip4kb.load(), wrong)
