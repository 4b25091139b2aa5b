"""What the heavy tests can be told, and the page that tells what a whole run of them did."""

from __future__ import annotations

import datetime as dt
import os
import platform
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs/explanation/robustness/deep.txt"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--fuzz-seconds", type=int, default=60, help="how long each target is fuzzed")
    parser.addoption("--allow-missing", action="store_true", help="skip what needs a program that is not here")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Told(config), "told")


@pytest.fixture(scope="session")
def missing(request: pytest.FixtureRequest) -> Callable[[str], NoReturn]:
    """Fail as something is not on this machine, for the reason given; or skip, where whoever runs the tests said so."""

    def failed(reason: str) -> NoReturn:
        if request.config.getoption("--allow-missing"):
            pytest.skip(reason)
        pytest.fail(f"{reason}; `--allow-missing` leaves out what needs it")

    return failed


class Told:
    """What became of each test, module by module; written for the docs when all of them were run."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.whole = True
        self.began = time.monotonic()
        self.seconds: dict[str, float] = {}
        self.outcomes: dict[str, dict[str, str]] = {}
        self.skipped: Counter[tuple[str, str]] = Counter()

    def pytest_deselected(self) -> None:
        self.whole = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        module = Path(report.location[0]).name
        self.seconds[module] = self.seconds.get(module, 0) + report.duration
        outcomes = self.outcomes.setdefault(module, {})
        if (report.when == "call" or not report.passed) and outcomes.get(report.nodeid) != "failed":
            outcomes[report.nodeid] = report.outcome
        if report.skipped and isinstance(report.longrepr, tuple):
            self.skipped[module, report.longrepr[2].removeprefix("Skipped: ")] += 1

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        ended = exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}
        asked = [Path(argument).resolve() for argument in self.config.args]
        modules = {path.name for path in HERE.glob("test_*.py")}
        if (
            ended
            and self.whole
            and asked == [HERE]
            and modules == set(self.outcomes)
            and not self.config.option.maxfail
        ):
            PAGE.write_text(self.page(), "utf-8")

    def page(self) -> str:
        """The counts, and the reasons of what was skipped."""
        counts = {module: Counter(outcomes.values()) for module, outcomes in sorted(self.outcomes.items())}
        machine = f"{platform.system()} on {platform.machine()} with {os.cpu_count()} processors"
        seconds = (
            f"{self.config.getoption('--fuzz-seconds')} seconds a fuzzer, {time.monotonic() - self.began:,.0f} in all"
        )
        head = f"{dt.datetime.now(dt.UTC).date()}, Python {platform.python_version()}, {machine}, {seconds}:"
        rows = ["| tests/deep | passed | failed | skipped | seconds |", "| --- | ---: | ---: | ---: | ---: |"]
        rows += [
            f"| {module} | {count['passed']} | {count['failed']} | {count['skipped']} | {self.seconds[module]:,.0f} |"
            for module, count in counts.items()
        ]
        reasons = [
            f"- {module}: {reason} ({count} skipped)" for (module, reason), count in sorted(self.skipped.items())
        ]
        return "\n".join([head, "", *rows, *([""] if reasons else []), *reasons]) + "\n"
