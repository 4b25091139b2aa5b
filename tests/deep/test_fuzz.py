"""Coverage-guided fuzzing, each target in a process of its own; the counts stand in the docs, written by each run."""

from __future__ import annotations

import datetime as dt
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import targets

pytest.importorskip("atheris", reason="atheris is not made for this Python or system")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RUN = Path(__file__).with_name("fuzz") / "run.py"
TABLE = Path(__file__).parents[2] / "docs/explanation/robustness/fuzzing.txt"
LIMITS = ("-timeout=10", "-rss_limit_mb=2048", "-max_len=4096")


@pytest.fixture(scope="module")
def counts(request: pytest.FixtureRequest) -> Iterator[dict[str, int]]:
    """How often each target was run; once all were, the table of the docs is written."""
    found: dict[str, int] = {}
    yield found
    if set(found) == set(targets.TARGETS):
        seconds, today = request.config.getoption("--fuzz-seconds"), dt.datetime.now(dt.UTC).date()
        head = f"{seconds} seconds each on {today}, Python {platform.python_version()}:"
        rows = ["| target | inputs |", "| --- | ---: |", *(f"| {name} | {count:,} |" for name, count in found.items())]
        TABLE.write_text("\n".join([head, "", *rows]) + "\n", "utf-8")


@pytest.mark.parametrize("target", targets.TARGETS)
def test_no_input_ends_in_an_error_of_another_library_or_takes_long(
    target: str,
    sound: Callable[[], dict[str, Any]],
    write: Callable[[dict[str, Any]], Path],
    tmp_path: Path,
    counts: dict[str, int],
    request: pytest.FixtureRequest,
) -> None:
    seeds = [*targets.SEEDS[target], *(data for name, data in targets.FOUND.values() if name == target)]
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds):
        (corpus / str(number)).write_bytes(seed)
    words = tmp_path / "words"
    escaped = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in targets.WORDS]
    words.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    options = [*LIMITS, f"-dict={words}", f"-max_total_time={request.config.getoption('--fuzz-seconds')}"]
    done = subprocess.run(
        [sys.executable, str(RUN), target, str(write(sound())), *options, str(corpus)],
        cwd=tmp_path,
        env={"PYTHONPATH": ":".join(filter(None, sys.path))},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3_000:]
    (counts[target],) = map(int, re.findall(r"^Done (\d+) runs", done.stderr, re.MULTILINE))
    assert counts[target] > len(seeds)
