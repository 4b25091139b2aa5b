"""Measure speed and growth, and write results.json beside this file: `nox -s bench`, or `nox -s bench -- quick`.

Contestants take turns, one round after another, so that a machine that slows down hurts all of them alike; each
measurement is a process of its own. Every single one is kept, and what is told of them (medians, quartiles, ratios
within a round) is worked out where it is shown, in docs/_ext/measurements.py.
"""

from __future__ import annotations

import argparse
import compileall
import datetime as dt
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from contestants import IP4KB, PEERS, STARTS, Contestant
from growth import grow

RESULTS: Final = Path(__file__).with_name("results.json")
CURVE: Final = Path(__file__).with_name("curve.py")
MINUTES: Final = 30

_ASK: Final = """
import json, sys, timeit
setup, questions = json.load(sys.stdin)
names = {}
exec(setup, names)
told = {}
for question, expression in questions.items():
    timer = timeit.Timer(expression, setup="import gc; gc.enable()", globals=names)
    timer.timeit(1)
    count, seconds = timer.autorange()
    told[question] = seconds / count
print(json.dumps(told))
"""


def python(*arguments: str, given: object = None) -> Any:
    """What a new interpreter prints as JSON; nothing where it prints nothing."""
    command = [sys.executable, "-I", "-W", "ignore", *arguments]
    done = subprocess.run(
        command, input=json.dumps(given), capture_output=True, text=True, check=False, timeout=60 * MINUTES
    )
    if done.returncode:
        msg = f"{arguments} failed:\n{done.stderr}"
        raise RuntimeError(msg)
    return json.loads(done.stdout) if done.stdout else None


def starts(contestants: dict[str, str], rounds: int) -> dict[str, list[float]]:
    """Seconds from outside, for each program and round."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for program in contestants.values():
        python("-c", program)
    for _ in range(rounds):
        for name, program in contestants.items():
            start = time.perf_counter()
            python("-c", program)
            seconds[name].append(time.perf_counter() - start)
    return seconds


def questions(contestants: dict[str, Contestant], rounds: int) -> dict[str, dict[str, list[float]]]:
    """Seconds for each question, asked again and again within a process, for each contestant and round."""
    seconds: dict[str, dict[str, list[float]]] = {name: {} for name in contestants}
    for _ in range(rounds):
        for name, contestant in contestants.items():
            for question, taken in python("-c", _ASK, given=[contestant.setup, contestant.questions]).items():
                seconds[name].setdefault(question, []).append(taken)
    return seconds


def growth(sizes: list[int], rounds: int) -> list[dict[str, Any]]:
    """What each size takes, round after round."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {times: Path(folder, f"{times}.zip") for times in sizes}
        grown: list[dict[str, Any]] = [
            {"times": times, "bytes": grow(times, path), "memory": python(str(CURVE), "memory", str(path)), "speed": []}
            for times, path in paths.items()
        ]
        for _ in range(rounds):
            for size, path in zip(grown, paths.values(), strict=True):
                told = python(str(CURVE), "speed", str(path))
                size["records"] = told["records"]
                size["speed"].append(told["questions"])
    return grown


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
    parser.add_argument("form", nargs="?", choices=["full", "quick"], default="full")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where to write")
    given = parser.parse_args()
    quick = given.form == "quick"
    compileall.compile_dir(sysconfig.get_path("purelib"), quiet=2, workers=0)
    found = versions(["ip4kb", "attrs", "cattrs", "pandas", *PEERS])
    peers = {name: contestant for name, contestant in PEERS.items() if name in found}
    before = machine()
    results = {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "form": given.form,
        "machine": before,
        "versions": found,
        "programs": STARTS | {name: contestant.start for name, contestant in peers.items()},
        "asked": {name: contestant.questions for name, contestant in ({"ip4kb": IP4KB} | peers).items()},
        "starts": starts(STARTS | {name: contestant.start for name, contestant in peers.items()}, 7 if quick else 31),
        "questions": questions({"ip4kb": IP4KB, **peers}, 3 if quick else 9),
        "growth": growth([1, 10] if quick else [1, 10, 100], 1 if quick else 3),
    }
    given.results.write_text(json.dumps(rounded(results), indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
