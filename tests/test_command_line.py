from __future__ import annotations

import runpy
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import __main__ as command_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ip4kb import KnowledgeBase

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]

PAGE = {"source": "nato-page"}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, unchecked: Maker) -> Callable[[Files], list[str]]:
    """The lines that the command prints of a knowledge base."""

    def teller(files: Files) -> list[str]:
        with monkeypatch.context() as patched:
            patched.setattr(command_line, "load", lambda: unchecked(files))
            return command_line.summary().splitlines()

    return teller


def test_the_summary_tells_who_came_to_which_summit_with_a_passage_for_each(
    files: Files, told: Callable[[Files], list[str]]
) -> None:
    files["summit/summit-2025.json"]["participations"][0]["in_place_of"] = "ada-moss"
    lines = told(files)
    assert lines[0].startswith("<KnowledgeBase 2026.11.0: 2 sources, ")
    assert lines[4 : lines.index("What to try next, in Python:")] == [
        "Summit of 2025 (summit-2025), 2025-06",
        "  australia    -                          not-represented [1]",
        "  japan        foreign-minister           Foreign Minister, in place of Ada Moss [2]",
        "  new-zealand  unknown                    unknown [3]",
        "  south-korea  unknown                    unknown",
        "",
        "One passage for each; ask for a summit to see all of them:",
        "",
        "[1] Writer 2025, ¶3: “Australia did not come to the summit” (verified) report-2025",
        "[2] Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified) report-2025",
        "[3] Writer 2025, ¶4: “New Zealand was not invited” (verified) report-2025",
        "",
    ]


def test_the_passage_shown_is_the_one_that_says_who_came_and_was_checked(
    files: Files, told: Callable[[Files], list[str]]
) -> None:
    participation = files["summit/summit-2025.json"]["participations"][0]
    verified = participation["citations"][0]
    participation["citations"] = [
        PAGE | {"supports": ["presence"], "phrase": "Japan came"},
        PAGE | {"phrase": "not checked"},
        verified | {"inferred": True},
        verified,
    ]
    (shown,) = [line for line in told(files) if line.startswith("[2]")]
    assert (
        shown == "[2] Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified) report-2025"
    )


def test_each_summit_is_told_of_in_turn(files: Files, told: Callable[[Files], list[str]]) -> None:
    came = files["summit/summit-2025.json"]["participations"][:1]
    files["summit/summit-2022.json"] = {"id": "summit-2022", "name": "Summit of 2022", "participations": came}
    heads = [line for line in told(files) if line.startswith("Summit of")]
    assert heads == ["Summit of 2025 (summit-2025), 2025-06", "Summit of 2022 (summit-2022), None"]


def test_summits_of_which_nothing_is_known_are_named_together(files: Files, told: Callable[[Files], list[str]]) -> None:
    for year in (2021, 2022):
        files[f"summit/summit-{year}.json"] = {"id": f"summit-{year}", "name": f"Summit of {year}", "start": str(year)}
    lines = told(files)
    assert "Unknown, as no source here tells of the four: summit-2021, summit-2022." in lines
    assert [line for line in lines if line.startswith("Summit of")] == ["Summit of 2025 (summit-2025), 2025-06"]


def test_the_bundled_summary_has_every_summit_and_every_partner() -> None:
    lines = command_line.summary().splitlines()
    (unknown,) = [line for line in lines if line.startswith("Unknown, ")]
    named = unknown.rstrip(".").partition(": ")[2].split(", ")
    assert all(not row.citations for id in named for row in ip4kb.attendance(id))
    for summit in [summit for summit in ip4kb.summits if summit.id not in named]:
        start = next(index for index, line in enumerate(lines) if line.startswith(f"{summit.name} ({summit.id}), "))
        assert [line.split()[0] for line in lines[start + 1 : start + 5]] == sorted(ip4kb.partners.ids)
    assert lines[0] == repr(ip4kb.load())


EXAMPLES = [line.split("  ")[1] for line in command_line.NEXT.splitlines() if line.startswith("  ip4kb.")]


@pytest.mark.parametrize("example", EXAMPLES)
def test_what_to_try_next_answers_with_something(example: str) -> None:
    assert len(eval(example, {"ip4kb": ip4kb})) > 0  # noqa: S307


def test_there_is_something_to_try_next() -> None:
    assert EXAMPLES


def test_the_command_prints_the_summary(capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(command_line.__file__), run_name="__main__")
    assert capsys.readouterr().out == command_line.summary()


def test_the_library_runs_as_a_module() -> None:
    command = [sys.executable, "-X", "utf8", "-m", "ip4kb"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == command_line.summary()
