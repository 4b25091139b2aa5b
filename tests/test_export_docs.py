"""What the page on other languages shows in JavaScript and SQL, run as it stands."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ip4kb

if TYPE_CHECKING:
    from collections.abc import Callable

    Exported = Callable[[str], Path]

pytestmark = pytest.mark.heavy

PAGE = (Path(__file__).parents[1] / "docs" / "how-to" / "use-from-another-language.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The code that the page shows in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)


@pytest.mark.skipif(shutil.which("node") is None, reason="Node.js is not installed")
def test_the_script_of_node_says_what_the_library_says(exported: Exported, tmp_path: Path) -> None:
    (script,) = blocks("javascript")
    (tmp_path / "summit.mjs").write_text(script, "utf-8")
    (tmp_path / "ip4kb.json").symlink_to(exported("json"))
    done = subprocess.run(["node", "summit.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)  # noqa: S607
    *rows, citation = done.stdout.splitlines()
    expected = {f"{row.partner} {row.presence} {row.level}" for row in ip4kb.attendance("the-hague-2025")}
    assert set(rows) == expected
    assert citation.startswith("ip4kb contributors")


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="the command line of SQLite is not installed")
@pytest.mark.parametrize("query", blocks("sql"))
def test_the_queries_find_something(query: str, exported: Exported) -> None:
    command = ["sqlite3", "-readonly", "-bail", str(exported("sqlite")), query]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip()


def test_the_page_shows_what_is_run() -> None:
    assert blocks("javascript")
    assert blocks("sql")
