"""The oldest and the newest attrs and cattrs that the bounds of pyproject allow, each in an environment of its own.

Run by `nox -s deep`, as it fetches packages. The library alone is copied beside them: in the site-packages that it
comes from stand the attrs and cattrs that the tests run with, and would be imported first.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

import ip4kb

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PACKAGE = Path(ip4kb.__file__).parent
ATTRS, CATTRS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
CHOICES = {
    "oldest": (ATTRS.replace(">=", "=="), CATTRS.replace(">=", "==")),
    "newest": (ATTRS, CATTRS),
    "oldest attrs": (ATTRS.replace(">=", "=="), CATTRS),
    "oldest cattrs": (ATTRS, CATTRS.replace(">=", "==")),
}

FROM_WHERE = """
import importlib.metadata, json, sys
sys.path.insert(0, sys.argv[1])
import attr, attrs, cattrs, ip4kb
print(json.dumps({
    "files": {module.__name__: module.__file__ for module in (attr, attrs, cattrs, ip4kb)},
    "versions": {name: importlib.metadata.version(name) for name in ("attrs", "cattrs")},
}))
"""
ALL = """
import sys
sys.path.insert(0, sys.argv[1])
import copy, pathlib, pickle, ip4kb
kb = ip4kb.preload()
small = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
assert pickle.loads(pickle.dumps(small)) == small == copy.deepcopy(small)
over = small.with_overlay([*small.initiatives])
for format in ("json", "jsonl", "sqlite", "csv", "graphml", "json-ld"):
    over.export(format, pathlib.Path(sys.argv[3], format))
for answer in (small.attendance(), small.timeline(), small.show("nato"), small.evidence("japan#capital")):
    repr(answer), answer._repr_html_(), answer.to_records()
try: ip4kb.KnowledgeBase.from_directory(sys.argv[4])
except ip4kb.DataError as error: print(error)
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder that holds a copy of the library and nothing else, least of all the attrs that the tests run with."""
    shutil.copytree(PACKAGE, tmp_path / "copy" / "ip4kb", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


@pytest.fixture
def python(tmp_path: Path) -> str:
    """A Python of an environment of its own, which holds pip alone."""
    venv.create(tmp_path / "venv", with_pip=True)
    return str(tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python")


@pytest.mark.parametrize("choice", CHOICES)
def test_all_records_are_read_checked_and_exported(
    choice: str,
    sound: Callable[[], dict[str, object]],
    write: Callable[..., Path],
    tmp_path: Path,
    python: str,
    copy: Path,
    missing: Callable[[str], NoReturn],
) -> None:
    folder, broken = write(sound()), write(sound() | {"summit/summit-2025.json": {"id": 5, "nam": None}}, "broken")
    fetched = subprocess.run(
        [python, "-m", "pip", "install", "-q", *CHOICES[choice]], capture_output=True, text=True, check=False
    )
    if fetched.returncode:
        sys.stderr.write(fetched.stderr)
        missing(f"{' and '.join(CHOICES[choice])} cannot be fetched here")

    def told(code: str, *arguments: Path) -> str:
        command = [python, "-I", "-W", "error", "-c", code, str(copy), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    found = json.loads(told(FROM_WHERE))
    assert Path(found["files"].pop("ip4kb")).is_relative_to(copy)
    assert [path for path in found["files"].values() if not Path(path).is_relative_to(tmp_path / "venv")] == []
    for requirement in map(Requirement, CHOICES[choice]):
        assert requirement.specifier.contains(found["versions"][requirement.name])
        (bound,) = requirement.specifier
        # A bound of two numbers is the first release of that line, such as 24.1.0.
        assert (Version(found["versions"][requirement.name]) == Version(bound.version)) is (bound.operator == "==")

    (tmp_path / "exports").mkdir()
    printed = told(ALL, folder, tmp_path / "exports", broken)
    for sentence in (
        "summit-2025#id: must be text, but is a number: 5. [form]",
        "the field 'name' is missing and required. [form]",
        "the field 'nam' is not known in Summit. Did you mean 'name'",
    ):
        assert sentence in printed
    small = ip4kb.KnowledgeBase.from_directory(folder)
    small.with_overlay([*small.initiatives]).export("json", tmp_path / "here.json")
    assert (tmp_path / "exports" / "json").read_bytes() == (tmp_path / "here.json").read_bytes()
