"""Measure speed and growth, and write results.json beside this file: `nox -s bench`, or `nox -s bench -- quick`.

Contestants take turns, one round after another, so that a machine that slows down hurts all of them alike; each
measurement is a process of its own. Every single one is kept, and written as soon as its round is over, so that what
fails late loses nothing that was measured before. What is told of them (medians, quartiles, ratios within a round) is
worked out where it is shown, in docs/_ext.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import importlib.metadata
import importlib.util
import json
import os
import platform
import random
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from contestants import IP4KB, PEERS, STARTS, Contestant

RESULTS: Final = Path(__file__).with_name("results.json")
GROWTH: Final = Path(__file__).with_name("growth.py")
CURVE: Final = Path(__file__).with_name("curve.py")
MINUTES: Final = 30
ROUNDS_BY_TIMES: Final = {"full": {1: 3, 10: 3, 100: 1}, "quick": {1: 1, 10: 1}}
"""How often each multiple of the bundled size is asked: the largest takes minutes each time."""

_ASK: Final = """
import json, sys, timeit
setup, questions, once = json.load(sys.stdin)
names = {}
exec(setup, names)
told = {}
enable = "import gc; gc.enable()"
for question, expression in questions.items():
    timer = timeit.Timer(expression, enable, globals=names)
    timer.timeit(1)
    count, seconds = timer.autorange()
    told[question] = seconds / count
for question, expression in once.items():
    told[question] = timeit.timeit(expression, enable, globals=names, number=1)
print(json.dumps(told))
"""


def python(*arguments: str, given: object = None) -> Any:
    """What a new interpreter prints as JSON; nothing where it prints nothing."""
    command = [sys.executable, "-E", "-s", "-W", "ignore", *arguments]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=False, timeout=60 * MINUTES
    )
    if done.returncode:
        msg = f"{arguments} failed:\n{done.stderr}"
        raise RuntimeError(msg)
    return json.loads(done.stdout) if done.stdout else None


def packs() -> list[str]:
    """The paths of the packs of the library that is installed, which is not imported for it."""
    found = importlib.util.find_spec("ip4kb")
    paths = sorted(Path(found.origin).parent.glob("data/*.jsonl")) if found and found.origin else []
    if not paths:
        msg = "no wheel of ip4kb is installed: run `nox -s bench`"
        raise RuntimeError(msg)
    return [str(path) for path in paths]


def starts(programs: dict[str, str], rounds: int) -> Iterator[dict[str, list[float]]]:
    """Seconds from outside for each program, after each round."""
    paths = packs()
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for program in programs.values():
        python("-I", "-c", program, *paths)
    for turn in range(rounds):
        # In an order of its own, so that no program always comes after the same one.
        for name, program in random.Random(turn).sample([*programs.items()], len(programs)):  # noqa: S311 (no secret)
            start = time.perf_counter()
            python("-I", "-c", program, *paths)
            seconds[name].append(time.perf_counter() - start)
        yield seconds


def questions(contestants: dict[str, Contestant], rounds: int) -> Iterator[dict[str, dict[str, list[float]]]]:
    """Seconds for each question, asked within a process, for each contestant, after each round."""
    seconds: dict[str, dict[str, list[float]]] = {name: {} for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            given = [contestant.setup, contestant.questions, contestant.once]
            for question, taken in python("-I", "-c", _ASK, given=given).items():
                seconds[name].setdefault(question, []).append(taken)
        yield seconds


def growth(rounds: dict[int, int]) -> Iterator[list[dict[str, Any]]]:
    """What each size takes, after each measurement; the sizes take turns while they have rounds left."""
    with tempfile.TemporaryDirectory() as place:
        folders = {times: Path(place, str(times)) for times in rounds}
        grown: dict[int, dict[str, Any]] = {}
        for times, folder in folders.items():
            folder.mkdir()
            size = python(str(GROWTH), str(times), str(folder))
            memory = {name: python(str(CURVE), name, str(folder)) for name in ("kept", "peak")}
            grown[times] = {"times": times, "bytes": size, "memory": memory, "speed": []}
            yield [*grown.values()]
        for turn in range(max(rounds.values())):
            for times, size in grown.items():
                if turn < rounds[times]:
                    told = python(str(CURVE), "speed", str(folders[times]))
                    size["records"] = told["records"]
                    size["speed"].append(told["questions"])
                    yield [*grown.values()]


def machine() -> dict[str, str | float | None]:
    """What it ran on, and how busy that was; neither its name nor any path."""
    model = Path("/proc/cpuinfo")
    lines = model.read_text("utf-8").splitlines() if model.is_file() else []
    return {
        "processor": next((line.partition(": ")[2] for line in lines if line.startswith("model name")), None),
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "load": round(os.getloadavg()[0], 1),
    }


def versions(libraries: list[str]) -> dict[str, str]:
    """The version of each library that is installed."""
    installed = {
        distribution.name.lower().replace("-", "_"): distribution for distribution in importlib.metadata.distributions()
    }
    return {name: installed[name].version for name in libraries if name in installed}


def rounded(value: Any) -> Any:
    """Floats to four digits, so that the file is one that people can look at."""
    if isinstance(value, dict):
        return {name: rounded(member) for name, member in value.items()}
    if isinstance(value, list):
        return [rounded(member) for member in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


def main() -> None:
    """Run it all."""
    parser = argparse.ArgumentParser(description="Measure speed and growth.")
    parser.add_argument("wheel", type=Path, help="the wheel of ip4kb that is installed")
    parser.add_argument("form", nargs="?", choices=[*ROUNDS_BY_TIMES], default="full")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write")
    given = parser.parse_args()
    quick = given.form == "quick"
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
    found = versions(["ip4kb", "attrs", "cattrs", "pandas", "pyarrow", *PEERS])
    contestants = {"ip4kb": IP4KB} | {name: contestant for name, contestant in PEERS.items() if name in found}
    programs = STARTS | {name: contestants[name].start for name in PEERS if name in found}
    results: dict[str, Any] = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "form": given.form,
        "machine": machine(),
        "versions": found,
        "wheel": given.wheel.stat().st_size,
        "programs": programs,
        "asked": {name: contestant.asked for name, contestant in contestants.items()},
    }
    measured: dict[str, Iterator[Any]] = {
        "starts": starts(programs, 7 if quick else 31),
        "questions": questions(contestants, 3 if quick else 7),
        "growth": growth(ROUNDS_BY_TIMES[given.form]),
    }
    for name, rounds in measured.items():
        for told in rounds:
            results[name] = told
            given.results.write_text(json.dumps(rounded(results), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
