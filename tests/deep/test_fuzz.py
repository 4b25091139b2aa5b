"""Coverage-guided fuzzing, each target in a process of its own; the counts stand in the docs, written by each run.

What each came to is kept in tests/faults/corpus, as far as there is room.
"""

from __future__ import annotations

import datetime as dt
import importlib.util
import platform
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import targets

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
    missing: Callable[[str], NoReturn],
) -> None:
    if importlib.util.find_spec("atheris") is None:
        missing("atheris is not installed, and perhaps not made for this Python or system")
    start = [*targets.SEEDS[target], *targets.corpus(target)]
    start += [data for name, data in targets.FOUND.values() if name == target]
    tried, kept = tmp_path / "tried", tmp_path / "kept"
    tried.mkdir()
    kept.mkdir()
    for number, data in enumerate(start):
        (tried / str(number)).write_bytes(data)
    words = tmp_path / "words"
    escaped = ["".join(f"\\x{byte:02x}" for byte in word.encode()) for word in targets.WORDS]
    words.write_text("".join(f'"{word}"\n' for word in escaped), "ascii")
    fuzz = [sys.executable, str(RUN), target, str(write(sound())), *LIMITS]

    def ran(*options: str) -> str:
        environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
        done = subprocess.run(
            [*fuzz, *options],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        assert done.returncode == 0, done.stderr[-3_000:]
        return done.stderr

    seconds = request.config.getoption("--fuzz-seconds")
    told = ran(f"-dict={words}", f"-max_total_time={seconds}", str(tried))
    (counts[target],) = map(int, re.findall(r"^Done (\d+) runs", told, re.MULTILINE))
    assert counts[target] > len(start)

    ran("-merge=1", str(kept), str(tried))
    targets.keep(target, [path.read_bytes() for path in kept.iterdir()])
    assert targets.corpus(target)
