"""Pictures of answers: what they show, what they say to those who do not see them, and how they are saved."""

from __future__ import annotations

import struct
import sys
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import ip4kb
from ip4kb import ArgumentError, KnowledgeBase, Level, MissingLibraryError, plot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

BOTH = ("washington-summit-declaration-2024", "the-hague-summit-declaration-2025")
PICTURES: dict[str, Callable[[], Any]] = {
    "attendance": lambda: plot.attendance(ip4kb.attendance(since="2022")),
    "timeline": lambda: plot.timeline(ip4kb.timeline("new-zealand")),
    "wording": lambda: plot.wording(ip4kb.compare(*BOTH)),
    "spending": lambda: plot.spending(ip4kb.timeline(theme="defence-spending")),
    "literature": lambda: plot.literature(ip4kb.literature()),
}


def values(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.to_dict()["data"]["values"]
    return found


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_has_a_title_a_source_line_and_a_description(name: str) -> None:
    spec = PICTURES[name]().to_dict()
    source = f"Source: ip4kb, data {ip4kb.data_version}, CC BY 4.0"
    assert spec["title"]["text"]
    assert spec["title"]["subtitle"][-1] == source
    assert spec["description"].startswith(spec["title"]["text"])
    assert spec["description"].endswith(f"{source}.")


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_is_saved_without_a_browser(name: str, tmp_path: Path) -> None:
    chart = PICTURES[name]()
    chart.save(tmp_path / "picture.png")
    head = (tmp_path / "picture.png").read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert min(struct.unpack(">II", head[16:24])) > 100
    root = ET.fromstring(plot.svg(chart))  # noqa: S314 (made here)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == chart.description
    assert not [element for element in root.iter() if element.tag.endswith(("script", "image"))]


def test_attendance_tells_rank_absence_and_what_is_unknown_apart(files: Files, unchecked: Maker) -> None:
    chart = plot.attendance(unchecked(files).attendance("summit-2025"))
    assert {value["partner"]: value["came"] for value in values(chart)} == {
        "australia": "not represented",
        "japan": "minister",
        "new-zealand": "not invited",
        "south-korea": "unknown",
    }
    del files["summit/summit-2025.json"]["participations"][0]["delegates"]
    chart = plot.attendance(unchecked(files).attendance("summit-2025"))
    assert values(chart)[1]["came"] == "represented, level unknown"
    looks = chart.to_dict()["encoding"]
    for look in ("shape", "color"):
        assert len(set(looks[look]["scale"]["range"])) == len(looks[look]["scale"]["domain"])


@pytest.mark.parametrize("level", Level)
def test_every_rank_has_its_place_in_the_picture(files: Files, unchecked: Maker, level: Level) -> None:
    files["summit/summit-2025.json"]["participations"][0]["delegates"] = [{"level": level.value}]
    chart = plot.attendance(unchecked(files).attendance("summit-2025", partner="japan"))
    assert values(chart)[0]["came"] in chart.to_dict()["encoding"]["shape"]["scale"]["domain"]


def test_a_reduced_date_is_a_bar_over_its_days_and_never_a_day(files: Files, unchecked: Maker) -> None:
    chart = plot.timeline(unchecked(files).timeline())
    found = {value["name"]: (value["first"], value["last"], value["day"]) for value in values(chart)}
    assert found["Talks of 2025"] == ("2025-01-01", "2025-12-31", False)
    assert found["Summit of 2025"] == ("2025-06-01", "2025-06-30", False)
    assert found["Declaration of 2025"] == ("2025-06-25", "2025-06-25", True)


def test_what_has_no_date_is_left_out_and_counted(files: Files, unchecked: Maker) -> None:
    del files["initiative/office.json"]["developments"][0]["date"]
    chart = plot.timeline(unchecked(files).timeline("office"))
    assert values(chart) == []
    assert "1 without a date left out" in chart.description


def test_wording_has_a_mark_for_what_is_not_coded() -> None:
    chart = plot.wording(ip4kb.compare(*BOTH, theme="china"))
    assert [value["speech"] for value in values(chart)] == ["says", "silent"]
    assert chart.to_dict()["encoding"]["shape"]["scale"]["domain"] == ["says", "silent", "not coded"]


def test_spending_shows_shares_of_gdp_alone(files: Files, unchecked: Maker) -> None:
    step = files["initiative/office.json"]["developments"][0]
    with pytest.raises(ArgumentError, match="No row gives a share of GDP with a date"):
        plot.spending(unchecked(files).timeline())
    step["quantity"] = {"value": 2.5, "unit": "percent-of-gdp"}
    assert [value["share"] for value in values(plot.spending(unchecked(files).timeline()))] == [2.5]
    step["quantity"] = {"value": 5, "unit": "usd"}
    with pytest.raises(ArgumentError):
        plot.spending(unchecked(files).timeline())


def test_literature_counts_claims_that_take_a_stance(files: Files, unchecked: Maker) -> None:
    assert [
        (value["subject"], value["stance"], value["claims"])
        for value in values(plot.literature(unchecked(files).literature()))
    ] == [("nato", "neutral", 1)]
    del files["claim/report-2025-spending.json"]["stance"]
    with pytest.raises(ArgumentError, match="No claim in this answer takes a stance"):
        plot.literature(unchecked(files).literature())


def test_what_limits_the_answer_stands_under_the_title(files: Files, unchecked: Maker) -> None:
    answer = unchecked(files).attendance(level="foreign-minister")
    assert plot.attendance(answer).to_dict()["title"]["subtitle"][0] == answer.caveat
    del files["manifest.json"]
    chart = plot.attendance(unchecked(files).attendance())
    assert chart.to_dict()["title"]["subtitle"] == ["Source: ip4kb, data, CC BY 4.0"]


@pytest.mark.parametrize("name", PICTURES)
def test_another_answer_and_an_empty_one_are_refused(name: str, files: Files, unchecked: Maker) -> None:
    draw = getattr(plot, name)
    wrong: Any = ip4kb.coverage()
    with pytest.raises(ArgumentError, match=r"What is drawn must be what \w+\(\) answers, but is"):
        draw(wrong)
    for id in ("declaration-2025", "declaration-bare"):
        files[f"declaration/{id}.json"] = {"id": id, "name": id, "kind": "joint-statement"}
    kb = unchecked(files)
    empty = {
        "attendance": kb.attendance(since="2030"),
        "timeline": kb.timeline("office", kind="summit"),
        "spending": kb.timeline("office", kind="summit"),
        "literature": unchecked({"manifest.json": {}}).literature(),
        "wording": kb.compare("declaration-2025", "declaration-bare"),
    }[name]
    with pytest.raises(ArgumentError, match="has no rows, so there is nothing to draw"):
        draw(empty)


@pytest.mark.parametrize("name", [*PICTURES, "svg"])
def test_a_missing_library_is_told_with_the_command_that_installs_it(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chart = PICTURES["attendance"]()
    library = "vl_convert" if name == "svg" else "altair"
    monkeypatch.setitem(sys.modules, library, None)
    told = f"plot.{name} needs {library}, which is not installed; run: python -m pip install 'ip4kb"
    with pytest.raises(MissingLibraryError, match=told):
        plot.svg(chart) if name == "svg" else PICTURES[name]()
