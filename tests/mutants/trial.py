"""Which mutants of the library do the tests notice? Run by `nox -s mutants`, for it takes its time.

Each mutant is made in a copy of the repository and given to tests of the modules that know its file best: to those that
run its line, then to all, since what is kept for later runs but once. It is killed when a test fails or never ends.
What is alive when either has computed for the budget is said to survive, though more tests might kill it.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import cattrs  # noqa: F401 (here, so that no fork has to import it)
import pandas as pd  # noqa: F401 (likewise)
import pytest
from coverage import CoverageData
from hypothesis import HealthCheck, Phase, settings
from operators import Mutant, mutants
from report import ENOUGH, TABLES, killed, rooms, tables

ROOT: Final = Path(__file__).parents[2]
BY_HAND: Final = Path(__file__).with_name("by_hand.toml")
PACKAGE: Final = Path("src/ip4kb")
ROOMS: Final = {
    "dates": ("dates.py",),
    "codec": ("codec.py", "json_text.py"),
    "store": ("store.py", "shelves.py"),
    "rules": ("rules.py",),
    "queries": ("queries/*.py",),
    "citing": ("citing/*.py",),
}
QUIET: Final = ("-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--hypothesis-seed=0")
DECLARATIONS: Final = "src/ip4kb/model/"
OF_DECLARATIONS: Final = [
    [f"tests/test_{name}.py" for name in names]
    for names in (("reference", "values", "attendance", "export_json", "data"), ("bad_input", "rules", "roundtrip"))
]
WHOLE: Final = 7200
_LEFT: Final = (
    *(".git", ".nox", ".venv*", ".*_cache", ".hypothesis", ".coverage*"),
    *("__pycache__", "_build", "jupyter_execute", "record"),
)


@attrs.frozen
class Budget:
    """A plugin of pytest that ends the run when so many seconds of computing are spent."""

    seconds: int

    def pytest_runtest_logfinish(self) -> None:
        """Look at the clock after each test."""
        if sum(os.times()[:4]) > self.seconds:
            pytest.exit("the budget is spent", returncode=pytest.ExitCode.OK)


@attrs.frozen
class Tests:
    """Which tests run which lines of the library: by file, line and module of tests."""

    runs: dict[str, dict[int, dict[str, list[str]]]]

    @classmethod
    def read(cls, data: CoverageData, root: Path) -> "Tests":
        """What was learnt by a run with the tests as contexts."""
        runs: dict[str, dict[int, dict[str, list[str]]]] = {}
        for file in data.measured_files():
            lines = runs[Path(root, file).relative_to(root).as_posix()] = {}
            for line, contexts in data.contexts_by_lineno(file).items():
                modules = lines[line] = defaultdict(list)
                for test in sorted({context.rpartition("|")[0] for context in contexts} - {""}):
                    modules[test.partition("::")[0]].append(test)
        return cls(runs)

    def batches(self, file: str, line: int) -> list[list[str]]:
        """The tests to give a mutant to, of the modules that know it best: those that run its line, then all."""
        best = self._modules(file)
        run = self.runs.get(file, {}).get(line, {})
        near = [module for module in best if module in run]
        whole = OF_DECLARATIONS if file.startswith(DECLARATIONS) else [best[:4]]
        return [[test for module in near[:6] for test in run[module]], *whole]

    def _modules(self, file: str) -> list[str]:
        """The modules of tests, first those that run much of a file and little else."""
        all_lines: dict[str, int] = defaultdict(int)
        own_lines: dict[str, int] = defaultdict(int)
        for name, lines in self.runs.items():
            for module in (module for modules in lines.values() for module in modules):
                all_lines[module] += 1
                own_lines[module] += name == file
        return sorted(all_lines, key=lambda module: own_lines[module] ** 3 / all_lines[module], reverse=True)


@attrs.frozen
class Copy:
    """A copy of the repository, in which mutants are made."""

    root: Path
    budget: int

    @classmethod
    def make(cls, root: Path, budget: int) -> "Copy":
        """Copy the repository, without what tools have left in it, and pack the records as in a wheel."""
        shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns(*_LEFT), dirs_exist_ok=True)
        for folder in filter(Path.is_dir, (root / PACKAGE / "data").iterdir()):
            records = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.json"))]
            packed = [json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records]
            folder.with_suffix(".jsonl").write_text("".join(packed), encoding="utf-8")
        return cls(root, budget)

    def learn(self) -> Tests:
        """Run all tests once, but for the heavy ones.

        Raises:
            SystemExit: If one of them fails without any mutant.
        """
        command = [sys.executable, "-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", "not heavy"]
        command += ["--cov", "--cov-report=", "--cov-context=test", "--cov-fail-under=0"]
        environment = os.environ | {"PYTHONPATH": str(self.root / "src")}
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"the tests fail without a mutant:\n{done.stdout[-5000:]}")
        data = CoverageData(str(self.root / ".coverage"))
        data.read()
        return Tests.read(data, self.root)

    def kills(self, file: str, line: int, mutated: bytes, known: Tests) -> str | None:
        """The test that notices a mutated file, or that never ends; None where none does within the budget."""
        path = self.root / file
        kept = path.read_bytes()
        path.write_bytes(mutated)
        try:
            return next(
                (
                    failed
                    for batch in known.batches(file, line)
                    if batch and (failed := self.fails(batch, budget=self.budget))
                ),
                None,
            )
        finally:
            path.write_bytes(kept)

    def fails(self, tests: list[str], *options: str, budget: int) -> str | None:
        """Run tests (all, where none are named) in a fork of this process, which has imported much, until one fails."""
        chosen, told = self.root / "chosen.txt", self.root / "told.txt"
        chosen.write_text("\n".join(tests), encoding="utf-8")
        child = os.fork()
        if child == 0:
            self._run([*options, f"@{chosen}"], told, budget)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            return "the clock"
        if os.WEXITSTATUS(status) == pytest.ExitCode.OK:
            return None
        failed = re.search(
            r"^(?:FAILED|ERROR) (.+?)(?: - |$)", told.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
        )
        return failed[1] if failed else "the start of the tests"

    def _run(self, arguments: list[str], told: Path, budget: int) -> None:
        """Run tests and end this process."""
        os.setsid()  # what stops or ends a group of processes does not reach the one that waits
        signal.setitimer(signal.ITIMER_PROF, 2 * budget)
        signal.alarm(30 * budget)
        output = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.chdir(self.root)
        sys.path.insert(0, str(self.root / "src"))
        # Bytecode of a mutant might be taken for that of the next.
        os.environ |= {"PYTHONPATH": sys.path[0], "PYTHONDONTWRITEBYTECODE": "1"}
        sys.dont_write_bytecode = True
        # A machine that is busy is no failure, and the smallest example is not asked for.
        settings.register_profile(
            "mutants",
            deadline=None,
            max_examples=30,
            phases=(Phase.explicit, Phase.generate),
            suppress_health_check=[*HealthCheck],
        )
        settings.load_profile("mutants")
        status: int = pytest.ExitCode.INTERNAL_ERROR
        try:
            always = [*QUIET, "-x", "-m", "not heavy", "-W", "ignore:Module already imported"]
            status = pytest.main([*always, *arguments], plugins=[Budget(budget)])
        finally:
            sys.stdout.flush()
            os._exit(status)


def sampled(room: str, seed: int, size: int) -> list[tuple[str, Mutant]]:
    """A sample of the mutants of a room, the same for the same seed and source."""
    files = sorted(path for pattern in ROOMS[room] for path in (ROOT / PACKAGE).glob(pattern))
    every = [(file.relative_to(ROOT).as_posix(), mutant) for file in files for mutant in mutants(file.read_bytes())]
    return sorted(random.Random(f"{seed} {room}").sample(every, min(size, len(every))), key=every.index)  # noqa: S311 (no secret)


def chosen(rooms: list[str], seed: int, size: int) -> Iterator[tuple[str, str, int, bytes, str]]:
    """Room, file, line, mutated source and change of each mutant to make."""
    for room in rooms:
        if room == "hand":
            for told in tomllib.loads(BY_HAND.read_text(encoding="utf-8"))["mutant"]:
                source = (ROOT / told["file"]).read_text(encoding="utf-8")
                line = source[: source.index(told["old"])].count("\n") + 1
                change = f"{told['old']} → {told['new'] or 'nothing'}"
                yield room, told["file"], line, source.replace(told["old"], told["new"]).encode(), change
        else:
            for file, mutant in sampled(room, seed, size):
                mutated = mutant.apply((ROOT / file).read_bytes())
                yield room, file, mutant.line, mutated, f"{mutant.was} → {mutant.now}"


def main() -> None:
    """Make mutants of the rooms, and write what became of each, line by line, as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rooms", nargs="+", choices=[*ROOMS, "hand"], default=[*ROOMS, "hand"], help="default: all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample; default: %(default)s")
    parser.add_argument("--sample", type=int, default=50, help="mutants a room; default: %(default)s")
    parser.add_argument("--budget", type=int, default=15, help="seconds, twice a mutant; default: %(default)s")
    parser.add_argument("--output", type=Path, default=Path("mutants.jsonl"), help="default: %(default)s")
    parser.add_argument("--again", type=Path, help="an earlier output: what was killed there is not made again")
    options = parser.parse_args()
    before = {} if options.again is None else _killed(options.again)
    with tempfile.TemporaryDirectory() as folder, options.output.open("w", encoding="utf-8") as output:
        copy = Copy.make(Path(folder), options.budget)
        known = copy.learn()
        results: list[dict[str, Any]] = []
        for room, file, line, mutated, change in chosen(options.rooms, options.seed, options.sample):
            killer = before.get((file, change)) or copy.kills(file, line, mutated, known)
            results.append({"room": room, "file": file, "line": line, "change": change, "killed_by": killer})
            print(json.dumps(results[-1], ensure_ascii=False), file=output, flush=True)
        killers = {told["killed_by"] for told in results if (told["killed_by"] or "").startswith("tests/")}
        if failed := copy.fails(sorted(killers), budget=WHOLE):
            sys.exit(f"{failed} fails without a mutant, too: what it killed may be alive")
    if {*options.rooms} == {*ROOMS, "hand"}:
        TABLES.write_text(tables(results, options.seed), encoding="utf-8")
    if few := [room for room, told in rooms(results).items() if killed(told) < ENOUGH]:
        sys.exit(f"fewer than {ENOUGH:.0%} of the mutants were killed in {', '.join(few)}")


def _killed(output: Path) -> dict[tuple[str, str], str | None]:
    """By file and change, the test that killed a mutant in an earlier trial."""
    results = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    return {(told["file"], told["change"]): told["killed_by"] for told in results}


if __name__ == "__main__":
    main()
