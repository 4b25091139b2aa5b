import subprocess
import sys
from pathlib import Path

import pytest

from ip4brief.__main__ import main


def test_the_page_is_written_where_it_is_asked_for(tmp_path: Path) -> None:
    main(["South Korea", "--output", str(tmp_path / "briefing.html")])
    assert "<h1>Briefing: South Korea</h1>" in (tmp_path / "briefing.html").read_text("utf-8")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ip4brief", *arguments]
    return subprocess.run(command, check=False, capture_output=True, encoding="utf-8")


def test_without_a_file_the_page_goes_to_standard_output() -> None:
    made = run("nz", "--as-known-on", "2022")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.endswith("</html>\n")


def test_a_wrong_partner_is_told_in_one_line() -> None:
    made = run("japn")
    assert (made.returncode, made.stdout) == (1, "")
    assert made.stderr.startswith("ip4brief: There is no partner")
    assert "Did you mean 'japan'" in made.stderr
    assert len(made.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Korea"], "'Korea' is the name of more than one"),
        (["japan", "--as-known-on", "tomorrow"], "'tomorrow' is not a date"),
        (["japan", "--overlay", "nowhere"], "nowhere"),
        (["japan", "--output", "nowhere/briefing.html"], "nowhere"),
    ],
)
def test_what_cannot_be_answered_is_told_in_a_sentence(arguments: list[str], told: str) -> None:
    with pytest.raises(SystemExit, match=r"^ip4brief: ") as refused:
        main(arguments)
    assert told in str(refused.value)
