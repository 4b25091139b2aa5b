"""The oldest and the newest attrs and cattrs that the bounds of pyproject allow, each in an environment of its own.

Run by `nox -s deep`, as it fetches packages; skipped where none can be fetched, unless `CI` is set.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import ip4kb

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
PACKAGE = Path(ip4kb.__file__).parent
BOUNDS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
CHOICES = {
    "oldest": [re.sub(">=", "==", bound) for bound in BOUNDS],
    "newest": BOUNDS,
    "oldest attrs, newest cattrs": [re.sub("(attrs)>=", r"\1==", BOUNDS[0]), BOUNDS[1]],
}

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


@pytest.mark.parametrize("choice", CHOICES)
def test_all_records_are_read_checked_and_exported(
    choice: str, sound: Callable[[], dict[str, object]], write: Callable[..., Path], tmp_path: Path
) -> None:
    folder, broken = write(sound()), write(sound() | {"summit/summit-2025.json": {"id": 5, "nam": None}}, "broken")
    venv.create(tmp_path / "venv", with_pip=True)
    python = str(tmp_path / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python")
    fetched = subprocess.run(
        [python, "-m", "pip", "install", "-q", *CHOICES[choice]], capture_output=True, text=True, check=False
    )
    if fetched.returncode and not os.environ.get("CI"):
        pytest.skip(f"nothing can be fetched here: {fetched.stderr.strip().splitlines()[-1]}")
    assert fetched.returncode == 0, fetched.stderr
    (tmp_path / "exports").mkdir()
    places = [str(path) for path in (PACKAGE.parent, folder, tmp_path / "exports", broken)]
    command = [python, "-I", "-W", "error", "-c", ALL, *places]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for sentence in (
        "summit-2025#id: must be text, but is a number: 5. [form]",
        "the field 'name' is missing and required. [form]",
        "the field 'nam' is not known in Summit. Did you mean 'name'",
    ):
        assert sentence in done.stdout
    small = ip4kb.KnowledgeBase.from_directory(folder)
    small.with_overlay([*small.initiatives]).export("json", tmp_path / "here.json")
    assert (tmp_path / "exports" / "json").read_bytes() == (tmp_path / "here.json").read_bytes()
