"""The promise that nothing leaves: no connection, no other program, no calendar, no file but what a user names."""

from __future__ import annotations

import ast
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]

PACKAGE = Path(ip4kb.__file__).parent

WATCH = """
import os, sys
named = os.path.realpath(sys.argv[1])
given = {sys.prefix, sys.base_prefix, *filter(None, sys.path), *sys.argv[2:4]}
own = [os.path.realpath(path) for path in given]
outside, clock, strict = [], [], "strict" in sys.argv
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
CHANGES = {"os." + name for name in "chflags chmod chown link mkdir remove rename rmdir symlink truncate utime".split()}
CHANGES |= {"shutil." + name for name in "chown copyfile copymode copystat copytree move rmtree make_archive".split()}
CHANGES |= {"tempfile.mkstemp", "tempfile.mkdtemp", "os.setxattr", "os.removexattr", "sqlite3.connect"}
OTHERS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.startfile", "os.system")
OTHERS += ("os.kill", "pty.", "ftplib.", "http.", "imaplib.", "poplib.", "smtplib.", "telnetlib.", "urllib.")
OTHERS += ("webbrowser.", "syslog.", *(("ctypes.", "os.putenv", "os.unsetenv") if strict else ()))

def within(path, roots):
    path = os.path.realpath(os.fsdecode(path))
    return any(os.path.commonpath([path, root]) == root for root in roots)

def watch(event, told):
    if event.startswith(OTHERS):
        outside.append((event, repr(told)[:200]))
    elif event == "open" and isinstance(told[0], str | bytes | os.PathLike):
        writes = bool(told[2] & WRITING) or bool(set(told[1] or "r") & set("wxa+"))
        if writes or strict:
            if not within(told[0], [named] if writes else [named, *own]):
                outside.append((event, repr(told)[:200]))
    elif event in CHANGES:
        given = told[1:2] if event.startswith("shutil.copy") else told[:2]
        paths = [path for path in given if isinstance(path, str | bytes | os.PathLike) and path != ":memory:"]
        if not all(within(path, [named]) for path in paths):
            outside.append((event, repr(told)[:200]))

def asks_the_clock(name, was):
    def ask(*told, **more):
        frame = sys._getframe(1)
        while frame is not None:
            module = frame.f_globals.get("__name__", "")
            if module.startswith(("importlib", "logging")):  # Sphinx logs, and when
                break
            if module.split(".")[0] == "ip4kb":
                clock.append((name, module))
            frame = frame.f_back
        return was(*told, **more)
    return ask

import datetime, time
for name in ("time", "time_ns", "localtime", "gmtime", "ctime", "asctime"):
    setattr(time, name, asks_the_clock(name, getattr(time, name)))
class Day(datetime.date):
    today = classmethod(asks_the_clock("today", lambda cls: datetime.date.max))
class Moment(datetime.datetime):
    now = classmethod(asks_the_clock("now", lambda cls, zone=None: datetime.datetime.max))
    today = classmethod(asks_the_clock("today", lambda cls: datetime.datetime.max))
    utcnow = classmethod(asks_the_clock("utcnow", lambda cls: datetime.datetime.max))
if strict:  # pandas and others take these for the classes that they are not
    datetime.date, datetime.datetime = Day, Moment
sys.dont_write_bytecode = True
sys.addaudithook(watch)
"""
ASK = """
import ip4kb
kb = ip4kb.load()
first, second = list(kb.declarations.ids)[:2]
answers = [
    kb.attendance("the-hague-2025"), kb.timeline("japan", since="2025"), kb.claims_about("ip4", stance="supports"),
    kb.disagreements_about("the-hague-2025"), kb.evidence("japan#capital"), kb.search("liaison office"),
    kb.literature(), kb.coverage(), kb.show("japan"), kb.compare(first, second), kb.as_known_on("2005").attendance(),
]
for answer in answers:
    repr(answer), str(answer), answer._repr_html_(), answer.to_records()
for record in (kb.find("japan"), *kb.partners):
    repr(record), record._repr_html_()
for style in ("bibtex", "csl-json", "ris", "text"):
    kb.cite("the-hague-2025", style=style)
kb.standing("japan#capital"), kb.declarations_of("nato"), kb.participations_of("japan")
kb.referring_to("nato"), kb.cited_by("frassineti-2025"), kb.partners.lookup("ROK"), kb.layers, repr(kb), hash(kb)
for ask in (lambda: kb.find("jappan"), lambda: kb.partners.lookup("Korea"), lambda: kb.timeline(since="x")):
    try: ask()
    except ip4kb.Ip4kbError: pass
small = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
over = small.with_overlay(sys.argv[3])
ip4kb.diff(small, over), over.attendance("summit-2025")
for format in ("json", "jsonl", "sqlite", "csv", "graphml", "json-ld"):
    small.export(format, os.path.join(named, format))
"""
WITH_OTHERS = """
import ip4kb
from ip4kb import plot
kb = ip4kb.KnowledgeBase.from_directory(sys.argv[2])
for answer in (kb.attendance(), kb.timeline(), kb.literature(), kb.show("japan")):
    answer.to_pandas(), answer.to_arrow()
kb.export("parquet", os.path.join(named, "parquet"))
pictures = [plot.attendance(kb.attendance()), plot.timeline(kb.timeline()), plot.literature(kb.literature())]
for picture in pictures:
    plot.svg(picture)
pictures[0].save(os.path.join(named, "picture.png"))
"""
COMMANDS = """
import contextlib, io, shutil
import ip4kb
from ip4kb.__main__ import main
from ip4kb.commands.parser import COMMANDS
from ip4kb.curation.__main__ import main as curate
small, overlay, copy = sys.argv[2], sys.argv[3], os.path.join(named, "records")
shutil.copytree(small, copy)
few = ip4kb.KnowledgeBase.from_directory(small)
ip4kb.load = lambda: few
asked = (
    ["summary", "--overlay", overlay], ["show", "japan", "--json"], ["attendance", "summit-2025"],
    ["timeline", "japan", "--since", "2025"], ["search", "liaison office"], ["cite", "japan#capital"],
    ["compare", "declaration-2025", "other-2025", "--theme", "russia"],
    ["check", small, "--overlay", overlay], ["diff", small, copy], ["export", "json", os.path.join(named, "all.json")],
)
wrong = (["show", "jappan"], ["shwo"], ["timeline", "--since", "x"], ["export", "xml", "x"], ["check", overlay])
curated = (["check"], ["format"], ["check"], ["standing"], ["audit", "--sample", "2", "--seed", "1"])
curated += (["new", "claim", "another"], ["schema", named], ["verify", "--texts", small])
assert {command for command, *_ in asked} == set(COMMANDS)
with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
    codes = [main(arguments) for arguments in (*asked, ["--version"], ["--help"])]
    assert codes == [0] * len(codes), codes
    assert all(main(arguments) for arguments in wrong)
    codes = [curate(["--data", copy, *arguments]) for arguments in curated]
    assert codes == [1, *[0] * (len(codes) - 2), 1], codes
"""
SITE = """
import io
import urllib3  # which tries, as Sphinx imports it, whether this machine has IPv6
outside.clear()
from sphinx.application import Sphinx
source = os.path.join(named, "source")
os.mkdir(source)
with open(os.path.join(source, "conf.py"), "w") as file:
    file.write("extensions = ['ip4kb.sphinxext']")
with open(os.path.join(source, "index.rst"), "w") as file:
    file.write(":ip4kb:summit:`the-hague-2025` :ip4kb:cite:`the-hague-2025#start`\\n\\n")
    file.write(".. ip4kb:attendance:: the-hague-2025\\n\\n.. ip4kb:bibliography::")
built, told = os.path.join(named, "built"), io.StringIO()
named = os.path.realpath(built)
app = Sphinx(source, source, built, os.path.join(built, "trees"), "html", status=None, warning=told)
app.build()
assert app.statuscode == 0, told.getvalue()
with open(os.path.join(built, "index.html")) as file:
    assert "Ishiba" in file.read()
"""
TELL = """
import json
print(json.dumps([outside, clock]))
"""


@pytest.fixture
def watched(files: Files, write: Callable[..., Path], tmp_path: Path) -> Callable[..., list[list[list[str]]]]:
    """What code in a new process does outside the one folder that is named to it, and where it asks what day it is."""
    small = write(
        files | {"declaration/other-2025.json": files["declaration/declaration-2025.json"] | {"id": "other-2025"}}
    )
    overlay = write({"initiative/office.json": {"note": "Our own."}}, "overlay")
    named, nowhere = tmp_path / "named", tmp_path / "nowhere"
    named.mkdir()
    nowhere.mkdir()

    def run(code: str, *how: str) -> list[list[list[str]]]:
        command = [sys.executable, "-c", WATCH + code + TELL, str(named), str(small), str(overlay), *how]
        environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "HOME": str(nowhere)}
        done = subprocess.run(command, env=environment, capture_output=True, cwd=nowhere, check=False)
        assert done.returncode == 0, done.stderr.decode()
        assert list(nowhere.iterdir()) == []
        found: list[list[list[str]]] = json.loads(done.stdout)
        return found

    return run


def test_every_question_reads_the_library_and_what_is_named_and_writes_what_is_named(watched: Any) -> None:
    assert watched(ASK, "strict") == [[], []]


@pytest.mark.heavy
def test_tables_and_pictures_of_other_libraries_write_what_is_named(watched: Any) -> None:
    assert watched(WITH_OTHERS) == [[], []]


@pytest.mark.heavy
def test_every_command_reads_the_library_and_what_is_named_and_writes_what_is_named(watched: Any) -> None:
    assert watched(COMMANDS, "strict") == [[], []]


@pytest.mark.heavy
def test_a_site_in_sphinx_is_written_where_it_is_to_stand_and_nothing_else_is(watched: Any) -> None:
    assert watched(SITE) == [[], []]


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.socket()",
        "import urllib.request; urllib.request.Request('http://example.org'); socket = __import__('socket').socket()",
        "import subprocess; subprocess.run(['true'])",
        "os.system('true')",
        "open('mine', 'w').close(); os.remove('mine')",
        "os.mkdir('mine'); os.rmdir('mine')",
    ],
)
def test_what_leaves_is_seen(code: str, watched: Any) -> None:
    outside, clock = watched(f"\n{code}\n", "strict")
    assert outside
    assert clock == []


@pytest.mark.parametrize("code", ["time.time()", "datetime.date.today()", "datetime.datetime.now()"])
def test_who_asks_the_clock_is_seen(code: str, watched: Any) -> None:
    assert watched(f"\n__name__ = 'ip4kb.x'\n{code}\n", "strict")[1]


def test_no_module_names_what_connects_starts_programs_or_knows_the_day() -> None:
    modules = {"asyncio", "ctypes", "ftplib", "http", "multiprocessing", "platform", "requests", "smtplib", "socket"}
    modules |= {"ssl", "subprocess", "time", "urllib3", "webbrowser", "httpx", "getpass", "locale"}
    words = {"today", "now", "utcnow", "fromtimestamp", "localtime", "gmtime", "system", "popen", "urlopen", "environ"}
    words |= {"getenv", "expanduser", "home", "eval", "exec"}
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [name.name for name in node.names if name.name.partition(".")[0] in modules]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""] if (node.module or "").partition(".")[0] in modules else []
            elif isinstance(node, ast.Attribute) and node.attr in words:
                names = [node.attr]
            elif isinstance(node, ast.Name) and node.id in {"eval", "exec", "input", "open"}:
                names = [node.id]
            found += [f"{path.relative_to(PACKAGE)}: {name}" for name in names]
    # The command line counts the seconds of whoever waits, and asks whether a terminal shows colours.
    assert set(found) == {"commands/terminal.py: time", "commands/terminal.py: environ"}
    assert set(re.findall(r"\btime\.(\w+)", (PACKAGE / "commands/terminal.py").read_text("utf-8"))) == {"monotonic"}


def test_no_view_of_sqlite_knows_the_day_or_draws_lots(before: KnowledgeBase, tmp_path: Path) -> None:
    before.export("sqlite", tmp_path / "records.sqlite")
    database = sqlite3.connect(tmp_path / "records.sqlite")
    try:
        made = " ".join(sql for (sql,) in database.execute("select sql from sqlite_schema where sql is not null"))
    finally:
        database.close()
    words = set(made.casefold().replace("(", " ( ").split())
    assert words.isdisjoint({"'now'", "current_date", "current_time", "current_timestamp", "random", "randomblob"})
