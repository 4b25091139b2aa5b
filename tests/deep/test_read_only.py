"""A file system that is mounted read-only, where even root can write nothing; skipped where none can be mounted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

PACKAGE = Path(ip4kb.__file__).parent
MOUNT = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && cd "$0" && exec "$@"'
CODE = """
import json, sys, ip4kb
kb = ip4kb.KnowledgeBase.from_directory("records")
told = [ip4kb.__file__, repr(ip4kb.attendance("the-hague-2025")), repr(kb.timeline())]
for format in ("json", "jsonl", "sqlite", "csv", "graphml", "json-ld", "parquet"):
    try: kb.export(format, format)
    except ip4kb.ExportError as error: told.append(str(error))
print(json.dumps(told))
"""


@pytest.fixture
def read_only(tmp_path: Path) -> Callable[..., Any]:
    """Run a command with a folder mounted read-only, in which it then is."""
    asked = ["unshare", "--mount", "sh", "-c", MOUNT, str(tmp_path)]
    if shutil.which("unshare") is None or subprocess.run([*asked, "true"], check=False).returncode:
        pytest.skip("no file system can be mounted read-only here")
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(tmp_path), "HOME": str(tmp_path), "TMPDIR": str(tmp_path)}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*asked, *command], env=environment, capture_output=True, text=True, check=False)

    return run


def test_every_question_answers_and_an_export_says_what_it_cannot(
    read_only: Callable[..., Any], sound: Callable[[], dict[str, Any]], write: Callable[..., Path], tmp_path: Path
) -> None:
    records = write(sound())
    shutil.copytree(PACKAGE, tmp_path / "ip4kb", ignore=shutil.ignore_patterns("__pycache__"))
    assert "Read-only file system" in read_only("touch", "x").stderr
    done = read_only(sys.executable, "-W", "error", "-c", CODE)
    assert done.returncode == 0, done.stderr
    file, attendance, timeline, *refused = json.loads(done.stdout)
    assert Path(file) == tmp_path / "ip4kb" / "__init__.py"
    assert attendance == repr(ip4kb.attendance("the-hague-2025"))
    assert timeline == repr(KnowledgeBase.from_directory(records).timeline())
    assert [told.partition(": ")[2].partition(".")[0] for told in refused] == 7 * ["Read-only file system"]
    assert {path.name for path in tmp_path.iterdir()} == {"ip4kb", "records"}
