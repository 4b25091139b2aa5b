"""Where the library is run: each way gives the same answers, and what cannot be done is told in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Run = Callable[..., Any]

pytestmark = pytest.mark.heavy

PACKAGE = Path(ip4kb.__file__).parent
FORMATS = ("json", "jsonl", "sqlite", "csv", "graphml", "json-ld")
DESCRIBED = {"jsonl", "sqlite", "csv"}
"""The formats that say of each field what it means, which they take from the docstrings."""

ANSWERS = """
import sys
sys.path.insert(0, sys.argv[1])
import hashlib, json, pathlib, tempfile
import ip4kb
def bytes_of(path):
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
kb = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
answers = [ip4kb.attendance("the-hague-2025"), ip4kb.search("Ishiba"), kb.timeline(), kb.literature(), kb.show("japan")]
told = [repr(answer) + answer._repr_html_() for answer in answers]
told += [repr(kb), kb.partners.lookup("\\u65e5\\u672c").id, ip4kb.cite("the-hague-2025#start", style="bibtex")]
for ask in (lambda: kb.find("jappan"), lambda: kb.summits.lookup("Korea"), lambda: kb.with_overlay(sys.argv[2] + "/x")):
    try: ask()
    except ip4kb.Ip4kbError as error: told.append(str(error))
exports = {}
if len(sys.argv) > 3:
    for format in FORMATS:
        kb.export(format, pathlib.Path(sys.argv[3], format))
        exports[format] = bytes_of(pathlib.Path(sys.argv[3], format))
print(ascii(json.dumps([told, exports])))
""".replace("FORMATS", repr(FORMATS))


@pytest.fixture(scope="module")
def records(sound: Callable[[], Files], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of few records."""
    folder = tmp_path_factory.mktemp("records")
    for name, value in sound().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(value), "utf-8")
    return folder


@pytest.fixture(scope="module")
def run(records: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """What the library answers in a new interpreter, started with these options and surroundings."""
    empty = tmp_path_factory.mktemp("empty")

    def runner(
        *options: str, library: Path = PACKAGE.parent, exports: bool = False, code: str = ANSWERS, **more: str
    ) -> Any:
        arguments = [str(library), str(records), *([str(tmp_path_factory.mktemp("exports"))] if exports else [])]
        command = [sys.executable, *options, "-c", code, *arguments]
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "PYTHON"))}
        environment |= {"PYTHONDONTWRITEBYTECODE": "1"} | more
        done = subprocess.run(command, env=environment, cwd=empty, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert done.stderr == b""
        return json.loads(eval(done.stdout))  # noqa: S307 (a text that the code above wrote with ascii())

    return runner


@pytest.fixture(scope="module")
def plain(run: Run) -> Any:
    """What it answers and exports in an interpreter started without any option."""
    return run(exports=True)


ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
WAYS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "warnings are errors, safe path": (("-W", "error", "-bb", "-P"), {}),
    "developers' mode": (("-X", "dev", "-W", "error"), {}),
    "C locale, no UTF-8": (("-O",), ASCII),
    "no home": ((), {"HOME": "", "USERPROFILE": "", "XDG_CACHE_HOME": "/nowhere", "TMPDIR": "/nowhere"}),
}
"""Options and variables; that Python is isolated (-I) is tried from a zip, and -OO by itself."""


@pytest.mark.parametrize("way", WAYS)
def test_each_way_to_start_python_gives_the_same_answers(way: str, run: Run, plain: Any) -> None:
    options, more = WAYS[way]
    assert run(*options, **more)[0] == plain[0]


def test_without_docstrings_all_is_as_before_but_the_meanings_that_exports_take_from_them(run: Run, plain: Any) -> None:
    told, exports = run("-OO", exports=True)
    assert told == plain[0]
    assert {name for name in FORMATS if exports[name] != plain[1][name]} == DESCRIBED


def test_without_docstrings_schemas_and_tables_hold_and_say_nothing_of_meanings(
    files: Files, write: Callable[..., Path], tmp_path: Path
) -> None:
    code = "import sys, ip4kb\nip4kb.KnowledgeBase.from_directory(sys.argv[1]).export(sys.argv[3], sys.argv[2])"
    command = [sys.executable, "-OO", "-W", "error", "-c", code, str(write(files)), str(tmp_path / "lines"), "jsonl"]
    subprocess.run(command, env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)}, check=True)
    bare = json.loads((tmp_path / "lines" / "schema" / "summit.json").read_text("utf-8"))
    KnowledgeBase.from_directory(tmp_path / "records").export("jsonl", tmp_path / "plain")
    full = json.loads((tmp_path / "plain" / "schema" / "summit.json").read_text("utf-8"))
    assert bare["description"] == ""
    assert without_meanings(bare) == without_meanings(full)


def without_meanings(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_meanings(member) for name, member in value.items() if name != "description"}
    return [without_meanings(member) for member in value] if isinstance(value, list) else value


def test_the_library_answers_and_exports_from_a_zip(run: Run, plain: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ip4kb-0-py3-none-any.whl", "w") as archive:
        for path in sorted(PACKAGE.rglob("*")):
            if "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(PACKAGE.parent))
    assert run("-I", "-W", "error", library=tmp_path / "ip4kb-0-py3-none-any.whl", exports=True) == plain


READ_ONLY = ANSWERS.replace(
    "import sys\n", "import resource, sys\nresource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n", 1
)
REFUSED = """
try: kb.export("json", pathlib.Path(sys.argv[2], "out.json"))
except ip4kb.ExportError as error: told = [str(error), [path.name for path in pathlib.Path(sys.argv[2]).glob("*.*")]]
print(ascii(json.dumps(told)))
"""


def test_where_nothing_can_be_written_every_question_answers_and_an_export_says_so(run: Run, plain: Any) -> None:
    pytest.importorskip("resource", reason="there are no such limits on this system")
    assert run(code=READ_ONLY, PYTHONDONTWRITEBYTECODE="")[0] == plain[0]
    code = READ_ONLY[: READ_ONLY.rindex("print")] + REFUSED
    sentence, left = run(code=code)
    assert "out.json cannot be written: File too large. What was there is as it was" in sentence
    assert not [name for name in left if name.startswith((".ip4kb", "out"))]


UNPRIVILEGED = """
import contextlib, io, json, os, pathlib, sys
answers, place = {answers!r}, pathlib.Path({place!r})
with contextlib.redirect_stdout(io.StringIO()):  # the modules of Python may lie where another user cannot read them
    exec(answers, {{}})
for name in [name for name in sys.modules if name.partition(".")[0] == "ip4kb"]:
    del sys.modules[name]
while sys.argv[1] in sys.path:
    sys.path.remove(sys.argv[1])
os.chdir(place)
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
assert not any(os.access(path, os.W_OK) for path in [place, *place.rglob("*")])
sys.argv[1:] = [str(place / "library"), str(place / "records")]
own, told = {{}}, io.StringIO()
with contextlib.redirect_stdout(told):
    exec(answers, own)
refused = []
for format in {formats!r}:
    try: own["kb"].export(format, format)
    except own["ip4kb"].ExportError as error: refused.append(str(error))
print(ascii(json.dumps([own["ip4kb"].__file__, json.loads(eval(told.getvalue()))[0], refused])))
"""


@pytest.mark.skipif(not hasattr(os, "setuid"), reason="this system has no users that a program could become")
def test_who_may_write_nowhere_gets_every_answer_and_an_export_says_so(records: Path, run: Run, plain: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:  # those of pytest are closed to other users
        place = Path(folder)
        shutil.copytree(PACKAGE, place / "library" / "ip4kb", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(records, place / "records")
        for path in [*place.rglob("*"), place]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        code = UNPRIVILEGED.format(answers=ANSWERS, place=folder, formats=FORMATS)
        more = {"HOME": folder, "TMPDIR": folder, "PYTHONDONTWRITEBYTECODE": ""}
        file, answers, refused = run(code=code, exports=True, **more)
        assert Path(file) == place / "library" / "ip4kb" / "__init__.py"
        assert answers == [told.replace(str(records), str(place / "records")) for told in plain[0]]
        assert refused == [
            f"{format} cannot be written: Permission denied. What was there is as it was; mend the cause or name "
            "another path."
            for format in FORMATS
        ]
        assert {path.name for path in place.iterdir()} == {"library", "records"}
        assert not [*place.rglob("__pycache__")]


def test_a_folder_whose_name_this_locale_cannot_read_is_told(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "ノート" / "initiative"
    folder.mkdir(parents=True)
    (folder / "office.json").write_text('{"note": "日本"}', "utf-8")
    code = f"""
import sys
sys.path.insert(0, sys.argv[1])
import json, os, ip4kb
kb = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
path = os.fsdecode({os.fsencode(folder.parent)!r})
try: told = kb.with_overlay(path).layers[-1]
except ip4kb.DataError as error: told = str(error)
print(ascii(json.dumps(told)))
"""
    assert run(code=code, LC_ALL="C.UTF-8", PYTHONUTF8="1") == "ノート"
    assert "can be no overlay's; give it a `name` here" in run(code=code, **ASCII)


ON_A_CONSOLE = """
import sys, ip4kb
kb = ip4kb.KnowledgeBase.from_directory(sys.argv[1])
print(kb.show(sys.argv[2]))
"""


def on_a_console(encoding: str, records: Path, name: str) -> subprocess.CompletedProcess[bytes]:
    """What Python prints of a record on a console of this encoding."""
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-c", ON_A_CONSOLE, str(records), name]
    return subprocess.run(command, env=environment, capture_output=True, check=False)


def test_what_a_console_cannot_show_stops_the_print_of_python_and_nothing_before_it(records: Path) -> None:
    done = on_a_console("ascii", records, "japan")
    told = done.stderr.decode("ascii").splitlines()
    assert (done.returncode, done.stdout) == (1, b"")
    assert [line for line in told if line.startswith("  File ")] == ['  File "<string>", line 4, in <module>']
    assert told[-1].startswith("UnicodeEncodeError: 'ascii' codec can't encode characters")


def test_a_console_that_is_to_escape_gets_the_answer_escaped_and_the_error_in_any_case(records: Path) -> None:
    done = on_a_console("ascii:backslashreplace", records, "japan")
    shown = repr(KnowledgeBase.from_directory(records).show("japan"))
    assert "日本" in shown
    assert done.stdout.decode("ascii").splitlines() == shown.encode("ascii", "backslashreplace").decode().splitlines()
    told = on_a_console("ascii", records, "日本人").stderr.decode("ascii").splitlines()[-1]
    assert told.startswith("ip4kb.exceptions.UnknownRecordError: ")
    assert "\\u65e5\\u672c" in told


@pytest.mark.parametrize("mode", ["prepend", "append", "importlib"])
def test_tests_that_use_the_library_run_under_each_import_mode_of_pytest(mode: str, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("records", "data", "names", "plot"):
        (tmp_path / "tests" / f"{name}.py").write_text("raise AssertionError('not this one')\n", "utf-8")
    code = (
        "import ip4kb\n\ndef test_it():\n    assert ip4kb.partners['japan'].capital == 'Tokyo'\n    assert ip4kb.plot\n"
    )
    (tmp_path / "tests" / "test_app.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--import-mode={mode}", "tests"]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()
    assert b"1 passed" in done.stdout


WITHOUT = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[3:]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
sys.path.insert(0, sys.argv[1])
import importlib, json, pathlib, tempfile
import ip4kb
from ip4kb import plot
kb = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
scratch = tempfile.TemporaryDirectory()
asked = {
    "to_pandas": lambda: kb.attendance().to_pandas(),
    "to_arrow": lambda: kb.attendance().to_arrow(),
    "parquet": lambda: kb.export("parquet", pathlib.Path(scratch.name, "parquet")),
    "plot": lambda: plot.attendance(kb.attendance()),
    "svg": lambda: plot.svg(plot.attendance(kb.attendance())),
    "sphinx": lambda: importlib.import_module("ip4kb.sphinxext"),
    "attendance": lambda: repr(kb.attendance()), "cite": lambda: kb.cite(style="ris"),
    "sqlite": lambda: kb.export("sqlite", pathlib.Path(scratch.name, "sqlite")),
}
told = {}
for name, ask in asked.items():
    try: ask()
    except ip4kb.MissingLibraryError as error: told[name] = str(error)
scratch.cleanup()
print(ascii(json.dumps(told)))
"""
NEEDS = {
    "pandas": {"to_pandas": "pandas"},
    "pyarrow": {"to_arrow": "arrow", "parquet": "arrow"},
    "altair": {"plot": "plot", "svg": "plot"},
    "vl_convert": {"svg": "plot"},
    "sphinx": {"sphinx": "sphinx"},
}
"""For each optional library what needs it, and the extra that brings it."""


def test_without_any_optional_library_each_thing_that_needs_one_says_the_command_that_installs_it(run: Run) -> None:
    told = without(run, *NEEDS)
    assert set(told) == {name for needed in NEEDS.values() for name in needed}


@pytest.mark.heavy
@pytest.mark.parametrize("library", NEEDS)
def test_without_one_optional_library_all_else_goes_on(library: str, run: Run) -> None:
    told = without(run, library)
    assert set(told) == set(NEEDS[library])
    for name, extra in NEEDS[library].items():
        assert told[name].endswith(
            f"needs {library}, which is not installed; run: python -m pip install 'ip4kb[{extra}]'"
        )


def without(run: Run, *libraries: str) -> dict[str, str]:
    """What the library says of each thing that cannot be done without these libraries."""
    found: dict[str, str] = run(code=WITHOUT.replace("sys.argv[3:]", repr(libraries)))
    assert all("which is not installed; run: python -m pip install 'ip4kb[" in told for told in found.values())
    return found
