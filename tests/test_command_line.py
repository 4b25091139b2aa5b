"""The command line: what it prints, where, in what form, and with which exit code."""

from __future__ import annotations

import errno
import importlib
import inspect
import io
import json
import os
import pty
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, Theme
from ip4kb.__main__ import main
from ip4kb.citing.cite import STYLES
from ip4kb.commands import summary, terminal
from ip4kb.commands.parser import COMMANDS
from ip4kb.exports.formats import FILES, FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Writer = Callable[..., Path]
    Maker = Callable[[Files], KnowledgeBase]
    Run = Callable[..., "Done"]

ROOT = Path(__file__).parents[1]
OWN = ROOT / "docs" / "how-to" / "own-records"
PAGE = {"source": "nato-page"}


class Done(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command within this process."""

    def runner(*arguments: str | Path) -> Done:
        code = main([*map(str, arguments)])
        return Done(code, *capsys.readouterr())

    return runner


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, unchecked: Maker) -> Callable[[Files], None]:
    """Let the commands ask a small knowledge base in place of the bundled one."""

    def asked(files: Files) -> None:
        kb = unchecked(files)
        monkeypatch.setattr(ip4kb, "load", lambda: kb)
        monkeypatch.setattr(ip4kb, "preload", lambda: kb)

    return asked


@pytest.fixture
def told(run: Run, small: Callable[[Files], None]) -> Callable[[Files], list[str]]:
    """The lines that the summary has of a small knowledge base."""

    def teller(files: Files) -> list[str]:
        small(files)
        return run().out.splitlines()

    return teller


def zipped(folder: Path) -> Path:
    """A zip archive of a folder."""
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as members:
        for path in folder.glob("**/*.json"):
            members.write(path, path.relative_to(folder).as_posix())
    return archive


def start(*arguments: str | Path, **more: Any) -> subprocess.Popen[bytes]:
    """A command in a process of its own."""
    program = more.pop("program", ["-m", "ip4kb"])
    command = [sys.executable, *program, *map(str, arguments)]
    return subprocess.Popen(command, env=os.environ | more.pop("env", {}), **more)


def on_a_terminal(*arguments: str | Path, stream: str, **more: Any) -> str:
    """What a command writes to a terminal that one of its streams is."""
    ours, theirs = pty.openpty()
    env = {"TERM": "xterm", "NO_COLOR": ""} | more.pop("env", {})
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: theirs}
    process = start(*arguments, env=env, **streams, **more)
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # on Linux this is how a terminal ends
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    assert process.wait(60) == 0
    return seen.decode().replace("\r\n", "\n")


# --- the summary -----------------------------------------------------------------------------------------------------


def test_the_summary_tells_who_came_to_which_summit_with_a_passage_for_each(
    files: Files, told: Callable[[Files], list[str]]
) -> None:
    files["summit/summit-2025.json"]["participations"][0]["in_place_of"] = "ada-moss"
    lines = told(files)
    assert lines[0].startswith("<KnowledgeBase 2026.11.0: 2 sources, ")
    assert lines[4 : lines.index("What to try next, in Python:")] == [
        "Summit of 2025 (summit-2025), 2025-06",
        "  australia    -                          not-represented [1]",
        "  japan        foreign-minister           Foreign Minister, in place of Ada Moss [2]",
        "  new-zealand  unknown                    unknown [3]",
        "  south-korea  unknown                    unknown",
        "",
        "One passage for each; ask for a summit to see all of them:",
        "",
        "[1] Writer 2025, ¶3: “Australia did not come to the summit” (verified) report-2025",
        "[2] Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified) report-2025",
        "[3] Writer 2025, ¶4: “New Zealand was not invited” (verified) report-2025",
        "",
    ]


def test_the_passage_shown_is_the_one_that_says_who_came_and_was_checked(
    files: Files, told: Callable[[Files], list[str]]
) -> None:
    participation = files["summit/summit-2025.json"]["participations"][0]
    verified = participation["citations"][0]
    participation["citations"] = [
        PAGE | {"supports": ["presence"], "phrase": "Japan came"},
        PAGE | {"phrase": "not checked"},
        verified | {"inferred": True},
        verified,
    ]
    (shown,) = [line for line in told(files) if line.startswith("[2]")]
    assert (
        shown == "[2] Writer 2025, ¶2: “Japan was represented by its foreign minister in 2025” (verified) report-2025"
    )


def test_each_summit_is_told_of_in_turn(files: Files, told: Callable[[Files], list[str]]) -> None:
    came = files["summit/summit-2025.json"]["participations"][:1]
    files["summit/summit-2022.json"] = {"id": "summit-2022", "name": "Summit of 2022", "participations": came}
    heads = [line for line in told(files) if line.startswith("Summit of")]
    assert heads == ["Summit of 2025 (summit-2025), 2025-06", "Summit of 2022 (summit-2022), None"]


def test_summits_of_which_nothing_is_known_are_named_together(files: Files, told: Callable[[Files], list[str]]) -> None:
    for year in (2021, 2022):
        files[f"summit/summit-{year}.json"] = {"id": f"summit-{year}", "name": f"Summit of {year}", "start": str(year)}
    lines = told(files)
    assert "Unknown, as no source here tells of the four: summit-2021, summit-2022." in lines
    assert [line for line in lines if line.startswith("Summit of")] == ["Summit of 2025 (summit-2025), 2025-06"]


def test_the_bundled_summary_has_every_summit_and_every_partner(run: Run) -> None:
    lines = run().out.splitlines()
    (unknown,) = [line for line in lines if line.startswith("Unknown, ")]
    named = unknown.rstrip(".").partition(": ")[2].split(", ")
    assert all(not row.citations for id in named for row in ip4kb.attendance(id))
    for summit in [summit for summit in ip4kb.summits if summit.id not in named]:
        start = next(index for index, line in enumerate(lines) if line.startswith(f"{summit.name} ({summit.id}), "))
        assert [line.split()[0] for line in lines[start + 1 : start + 5]] == sorted(ip4kb.partners.ids)
    assert lines[0] == repr(ip4kb.load())


IN_PYTHON = [line.split("  ")[1] for line in summary.NEXT.splitlines() if line.startswith("  ip4kb.")]
IN_THE_SHELL = [line.split("  ")[1] for line in summary.NEXT.splitlines() if line.startswith("  ip4kb ")]


@pytest.mark.parametrize("example", IN_PYTHON)
def test_what_to_try_next_in_python_answers_with_something(example: str) -> None:
    assert len(eval(example, {"ip4kb": ip4kb})) > 0  # noqa: S307


@pytest.mark.parametrize("example", IN_THE_SHELL)
def test_what_to_try_next_in_the_shell_answers_with_something(example: str, run: Run) -> None:
    done = run(*shlex.split(example)[1:])
    assert (done.code, done.err) == (0, "")
    assert done.out


def test_there_is_something_to_try_next_which_the_summary_shows(run: Run) -> None:
    assert IN_PYTHON
    assert IN_THE_SHELL
    assert run("summary").out.endswith(f"\n\n{summary.NEXT}")


def test_the_summary_for_machines_has_the_size_and_who_came(run: Run) -> None:
    document = json.loads(run("--json").out)
    assert list(document) == ["title", "data_version", "caveat", "records", "rows"]
    assert document["records"] == {kind.collection: len(getattr(ip4kb, kind.collection)) for kind in Kind}
    assert document["rows"] == ip4kb.attendance().to_records()


def test_the_library_runs_as_a_module(run: Run) -> None:
    process = start(stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONUTF8": "1"})
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, b"")
    assert out.decode() == run().out


# --- every command ---------------------------------------------------------------------------------------------------


IN_THE_HELP = {example: name for name, command in COMMANDS.items() for example in command.examples}
IN_THE_DOCS = [
    re.split(" [|>]", line.strip("`$ "))[0]
    for page in [ROOT / "README.md", *sorted(ROOT.glob("docs/*/*.md"))]
    for line in re.findall(
        r"^(?:\$ )?ip4kb (?!contributors)[a-z].*|`ip4kb [a-z][^`]*`", page.read_text("utf-8"), re.MULTILINE
    )
]


@pytest.fixture
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: Files, write: Writer) -> None:
    """A folder with what the examples name."""
    shutil.copytree(OWN, tmp_path / "my-records")
    zipped(write(files, "records"))
    del files["summit/summit-2025.json"]["citations"]
    zipped(write(files, "old"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("at_hand")
@pytest.mark.parametrize("example", dict.fromkeys([*IN_THE_HELP, *IN_THE_DOCS]))
def test_the_examples_of_the_help_and_of_the_docs_run(example: str, run: Run) -> None:
    program, *arguments = shlex.split(example)
    done = run(*arguments)
    assert (program, done.code, done.err) == ("ip4kb", 0, "")
    if "--json" in arguments:
        json.loads(done.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_on_a_command_gives_examples_of_it(name: str, run: Run) -> None:
    given = [line.strip() for line in run(name, "--help").out.partition("examples:\n")[2].splitlines()]
    assert given
    assert {IN_THE_HELP[example] for example in given} == {name}
    assert all(example.split()[1:2] in ([name], []) for example in given)


def test_the_docs_give_examples() -> None:
    assert IN_THE_DOCS


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_on_all_commands_says_what_each_is_for(name: str, run: Run) -> None:
    done = run("--help")
    assert f"\n  {name:<12}{COMMANDS[name].meaning}\n" in done.out
    assert done.code == 0
    assert max(map(len, done.out.splitlines())) <= 100


QUESTIONS: dict[str, Callable[..., object]] = {
    "summary": lambda: None,
    "show": KnowledgeBase.show,
    "attendance": KnowledgeBase.attendance,
    "timeline": KnowledgeBase.timeline,
    "compare": KnowledgeBase.compare,
    "search": KnowledgeBase.search,
    "cite": KnowledgeBase.cite,
    "check": lambda: None,
    "export": KnowledgeBase.export,
    "diff": ip4kb.diff,
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_takes_the_filters_of_its_method_and_no_more(name: str, run: Run) -> None:
    options = set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", run(name, "--help").out, re.MULTILINE))
    parameters = inspect.signature(QUESTIONS[name]).parameters.values()
    filters = {parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY}
    assert options == filters | {"help", "json"} | ({"overlay"} if name != "diff" else set())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("attendance", {*Theme, *ip4kb.Level, *ip4kb.MeetingKind, "summit", "meeting"}),
        ("timeline", {*Theme, "summit", "meeting", "declaration", "development"}),
        ("compare", {*Theme}),
        ("cite", {*STYLES}),
        ("export", {*FILES, *FOLDERS}),
    ],
)
def test_the_help_lists_the_vocabularies(name: str, words: set[str], run: Run) -> None:
    assert words <= set(re.findall(r"[\w-]+", run(name, "--help").out))


def test_the_versions_are_those_of_code_data_and_schema(run: Run) -> None:
    versions = f"ip4kb {ip4kb.__version__}, data {ip4kb.data_version}, schema {ip4kb.schema_version}\n"
    assert run("--version") == (0, versions, "")


def test_the_script_and_the_module_are_the_same_program() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    module, _, name = scripts["ip4kb"].partition(":")
    assert getattr(importlib.import_module(module), name) is main


def test_the_module_ends_with_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["ip4kb", "show", "nothing-of-this-name"])
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(sys.modules["ip4kb.__main__"].__file__), run_name="__main__")
    assert left.value.code == 1
    assert capsys.readouterr().out == ""


def test_help_reads_no_record_and_imports_no_question() -> None:
    code = """
import sys
def hook(event, given):
    assert event != "open" or not str(given[0]).endswith(".json"), given[0]
sys.addaudithook(hook)
from ip4kb.__main__ import main
for asked in (["--help"], ["attendance", "--help"], ["export", "--help"]):
    assert main(asked) == 0
    assert "ip4kb.queries.attendance" not in sys.modules
    assert asked != ["--help"] or not {"attrs", "cattrs", "ip4kb.knowledge_base", "ip4kb.model"} & set(sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")


# --- answers ---------------------------------------------------------------------------------------------------------


def test_an_answer_is_the_table_that_the_library_shows(run: Run) -> None:
    both = "washington-summit-declaration-2024", "the-hague-summit-declaration-2025"
    span = ("--since", "2022", "--until", "2024-12")
    kb = ip4kb.load()
    expected: dict[tuple[str, ...], ip4kb.Table[Any]] = {
        ("show", "ROK"): kb.show("ROK"),
        ("attendance", "the-hague-2025", "--partner", "Japan"): kb.attendance("the-hague-2025", partner="Japan"),
        ("attendance", "--level", "ambassador", "--kind", "meeting", *span): kb.attendance(
            kind="meeting", level="ambassador", since="2022", until="2024-12"
        ),
        ("attendance", "--theme", "china"): kb.attendance(theme="china"),
        ("timeline", "japan", "--kind", "development", "--theme", "space", *span): kb.timeline(
            "japan", kind="development", theme="space", since="2022", until="2024-12"
        ),
        ("timeline", "--since", "2026-06"): kb.timeline(since="2026-06"),
        ("compare", *both, "--theme", "china"): kb.compare(*both, theme="china"),
        ("search", "liaison", "office"): kb.search("liaison office"),
        ("search", '"liaison office" tokyo'): kb.search('"liaison office" tokyo'),
    }
    for arguments, table in expected.items():
        assert run(*arguments) == (0, f"{table!r}\n", "")
        code, out, err = run(*arguments, "--json")
        assert (code, err) == (0, "")
        document = json.loads(out)
        more = ["references"] if arguments[0] == "show" else []
        assert list(document) == ["title", "data_version", "caveat", *more, "rows"]
        assert document["rows"] == table.to_records()
        assert (document["title"], document["data_version"], document["caveat"]) == (
            table.title,
            table.data_version,
            table.caveat,
        )


def test_the_document_of_a_record_names_what_refers_to_it(run: Run) -> None:
    references = json.loads(run("show", "frassineti-2025", "--json").out)["references"]
    asked = ip4kb.show("frassineti-2025").references
    assert [(one["place"], one["record"], one["target"], one["layer"]) for one in references] == [
        (one.place, one.record, one.target, one.layer) for one in asked
    ]
    assert references


@pytest.mark.parametrize("style", STYLES)
def test_what_to_cite_is_written_in_the_style(style: str, run: Run) -> None:
    assert run("cite", "japan#capital", "--style", style) == (0, ip4kb.cite("japan#capital", style=style), "")


def test_what_to_cite_is_text_or_for_machines_csl_json(run: Run) -> None:
    assert run("cite", "kim-2025").out == ip4kb.cite("kim-2025")
    entries = json.loads(ip4kb.cite("kim-2025", style="csl-json"))
    for style in ([], ["--style", "csl-json"]):
        assert json.loads(run("cite", "kim-2025", "--json", *style).out) == entries
    sentence = "ip4kb: --json gives csl-json, but --style asks for 'ris'; leave out one of them.\n"
    assert run("cite", "kim-2025", "--json", "--style", "ris") == (2, "", sentence)


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["attendance", "The Hage"], 1, "There is no summit or meeting or partner with the name, .* Did you mean .*"),
        (["show", "Korea"], 1, "'Korea' is the name of more than one: .*"),
        (["timeline", "japan", "--theme", "chna"], 2, "theme cannot be 'chna'. Did you mean 'china'\\? Valid: .*"),
        (["attendance", "--level", ""], 2, "level cannot be ''. Valid: .*"),
        (["attendance", "--since", "soon"], 2, "'soon' is .*"),
        (["attendance", "--since", "2025", "--until", "2024"], 2, "'until' .2024. lies before 'since' .*"),
        (["cite", "japan#nothing"], 2, "'japan#nothing' is no place in the data: .*"),
        (["cite", "kim-2025", "--style", "apa"], 2, "style cannot be 'apa'. Valid: .*"),
        (["export", "xml", "ip4kb.xml"], 2, "format cannot be 'xml'. .*"),
        (["summary", "--overlay", "nowhere"], 1, "nowhere: the folder does not exist; .*"),
        (["attendence"], 2, "There is no command 'attendence'. Did you mean 'attendance'\\? See 'ip4kb --help'."),
        ([""], 2, "There is no command ''. See 'ip4kb --help'."),
        (["show"], 2, "the following arguments are required: REF. See 'ip4kb show --help'."),
        (["compare", "one"], 2, "the following arguments are required: DECLARATION. See 'ip4kb compare --help'."),
        (["show", "japan", "--jso"], 2, "unrecognized arguments: --jso. See 'ip4kb show --help'."),
        (["--verbose"], 2, "unrecognized arguments: --verbose. See 'ip4kb summary --help'."),
        (["--version", "--json"], 2, "unrecognized arguments: --json. See 'ip4kb --help'."),
        (["diff", "a", "b", "--overlay", "c"], 2, "unrecognized arguments: --overlay c. See 'ip4kb diff --help'."),
    ],
)
def test_a_mistake_is_one_line_and_an_exit_code(arguments: list[str], code: int, sentence: str, run: Run) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (code, "")
    assert re.fullmatch(f"ip4kb: {sentence}\n", done.err)


def test_an_empty_table_is_an_answer(run: Run) -> None:
    done = run("attendance", "--since", "1850", "--until", "1851")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Attendance: since 1850, until 1851 (0 rows)\nUnknown: ")


@pytest.mark.filterwarnings("default")
def test_a_retired_id_is_told_in_a_line(files: Files, small: Callable[[Files], None], run: Run) -> None:
    small(files)
    expected = run("show", "summit-2025").out
    sentence = "ip4kb: The id 'old-summit' is retired; use 'summit-2025'.\n"
    assert run("show", "old-summit") == (0, expected, sentence)


# --- own records -----------------------------------------------------------------------------------------------------


def test_own_records_are_marked_in_every_answer(
    files: Files, small: Callable[[Files], None], write: Writer, run: Run
) -> None:
    small(files)
    own = write({"partner/japan.json": {"capital": "Kyoto", "citations": [PAGE | {"number": "2"}]}}, "ours")
    kb = ip4kb.load().with_overlay(own)
    assert run("show", "japan", "--overlay", own).out == f"{kb.show('japan')!r}\n"
    document = json.loads(run("show", "japan", "--json", "--overlay", own).out)
    assert document["data_version"] == "2026.11.0 with ours"
    assert {row["field"] for row in document["rows"] if row["layer"] == "ours"} == {"capital"}
    assert "with own records of ours" in run("cite", "japan#capital", "--overlay", own).out
    for command in (["summary"], ["attendance"], ["timeline", "japan"], ["search", "report"]):
        document = json.loads(run(*command, "--json", "--overlay", own).out)
        assert document["data_version"] == "2026.11.0 with ours"


def test_overlays_are_laid_over_one_another_in_the_order_given(
    files: Files, small: Callable[[Files], None], write: Writer, run: Run
) -> None:
    small(files)
    for name in ("first", "second"):
        write({"partner/japan.json": {"note": f"That of {name}."}}, name)
    first, second = (write({}, name) for name in ("first", "second"))
    for order in ([first, second], [second, first]):
        given = [part for path in order for part in ("--overlay", path)]
        rows = json.loads(run("show", "japan", "--json", *given).out)["rows"]
        (note,) = [row for row in rows if row["field"] == "note"]
        assert (note["value"], note["layer"]) == (f"That of {order[-1].name}.", order[-1].name)


def test_the_summary_marks_who_came_by_own_records(
    files: Files, told: Callable[[Files], list[str]], write: Writer, run: Run
) -> None:
    told(files)
    own = {
        "summit/summit-2025.json": {
            "participations": {"japan": {"presence": "not-represented", "citations": [PAGE | {"number": "2"}]}}
        }
    }
    lines = run("--overlay", write(own, "ours")).out.splitlines()
    (japan,) = [line for line in lines if line.startswith("  japan ")]
    assert japan.endswith(" (own record: ours)")
    assert [line for line in lines if line.startswith("  ") and "(own record" in line] == [japan]


def test_what_an_overlay_leaves_uncited_is_told_in_a_line(
    files: Files, small: Callable[[Files], None], write: Writer, run: Run
) -> None:
    files["source/lone.json"] = files["source/nato-page.json"] | {"id": "lone", "title": "Lone"}
    files["alliance/nato.json"]["citations"] = [{"source": "lone", "supports": ["founded"]}]
    small(files)
    own = write({"alliance/nato.json": {"founded": "1949", "citations": [PAGE | {"supports": ["founded"]}]}}, "ours")
    sentence = "ip4kb: The overlay 'ours' leaves sources beneath it that nothing cites any more: lone.\n"
    done = run("show", "nato", "--overlay", own)
    assert (done.code, done.err) == (0, sentence)
    assert done.out.startswith("Alliance ")


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_finds_the_bundled_records_sound_with_own_records_or_without(run: Run) -> None:
    done = run("check", "--overlay", OWN)
    assert (done.code, done.err) == (0, "")
    assert re.fullmatch(r"<KnowledgeBase \S+ with our-notes: .*>: 0 problems\.\n", done.out)
    document: dict[str, Any] = {"title": "Check", "data_version": ip4kb.data_version, "caveat": None, "rows": []}
    assert json.loads(run("check", "--json").out) == document


def test_check_reads_a_folder_or_a_zip_and_own_records_over_it(files: Files, write: Writer, run: Run) -> None:
    folder = write(files)
    for path in (folder, zipped(folder)):
        assert run("check", path) == (0, f"{KnowledgeBase.from_directory(folder)!r}: 0 problems.\n", "")
    own = write({"partner/japan.json": {"note": "Ours."}}, "ours")
    assert " with ours: " in run("check", folder, "--overlay", own).out


def test_check_tells_every_problem_and_their_count(files: Files, write: Writer, run: Run) -> None:
    files["initiative/office.json"]["themes"] = ["lunch"]
    folder = write(files, "one")
    with pytest.raises(ip4kb.DataError) as one:
        KnowledgeBase.from_directory(folder)
    assert run("check", folder) == (1, f"{one.value.problems[0]}\n1 problem.\n", "")
    files["partner/japan.json"]["capitol"] = "Kyoto"
    folder = write(files, "several")
    with pytest.raises(ip4kb.DataError) as several:
        KnowledgeBase.from_directory(folder)
    problems = several.value.problems
    assert len(problems) > 1
    expected = [*map(str, problems), f"{len(problems)} problems."]
    assert run("check", folder) == (1, "\n".join(expected) + "\n", "")
    code, out, err = run("check", folder, "--json")
    assert (code, err) == (1, "")
    rows = [{"file": one.file, "place": one.place, "rule": one.rule, "message": one.message} for one in problems]
    assert json.loads(out) == {"title": "Check", "data_version": None, "caveat": None, "rows": rows}


def test_problems_of_own_records_are_told_a_line_each(
    files: Files, small: Callable[[Files], None], write: Writer, run: Run
) -> None:
    small(files)
    own = write({"partner/japan.json": {"capitol": "Kyoto"}, "summit/summit-2025.json": {"start": "soon"}}, "ours")
    for arguments in (["check"], ["attendance", "summit-2025"]):
        done = run(*arguments, "--overlay", own)
        lines = (done.out if arguments == ["check"] else done.err).splitlines()
        assert done.code == 1
        assert [line for line in lines if "capitol" in line]
        assert [line for line in lines if "'soon'" in line]
        assert arguments == ["check"] or all(line.startswith("ip4kb: ") for line in lines)


# --- export and diff -------------------------------------------------------------------------------------------------


def test_an_export_is_written_and_told(
    files: Files, small: Callable[[Files], None], write: Writer, tmp_path: Path, run: Run
) -> None:
    small(files)
    file, folder = tmp_path / "small.json", tmp_path / "small"
    own = write({"partner/japan.json": {"note": "Ours."}}, "ours")
    done = run("export", "json", file, "--overlay", own)
    assert "with own records of ours" in json.loads(file.read_text("utf-8"))["metadata"]["citation"]
    assert done == (0, f"{file} written, {file.stat().st_size} bytes.\n", "")
    document = json.loads(run("export", "csv", folder, "--json").out)
    assert (document["title"], document["data_version"], document["caveat"]) == ("Export: csv", "2026.11.0", None)
    written = {str(path): path.stat().st_size for path in folder.rglob("*") if path.is_file()}
    assert {row["path"]: row["bytes"] for row in document["rows"]} == written
    assert len(written) > 1


def test_what_cannot_be_exported_is_told_and_nothing_written(
    files: Files, small: Callable[[Files], None], tmp_path: Path, run: Run
) -> None:
    small(files)
    for format, path in (("json", tmp_path), ("json", tmp_path / "no" / "folder"), ("csv", tmp_path.parent)):
        done = run("export", format, path)
        assert (done.code, done.out) == (1, "")
        assert re.fullmatch(r"ip4kb: .*\n", done.err)
    assert not list(tmp_path.iterdir())


def test_a_missing_library_is_told_with_the_way_out(
    monkeypatch: pytest.MonkeyPatch, files: Files, small: Callable[[Files], None], tmp_path: Path, run: Run
) -> None:
    small(files)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = run("export", "parquet", tmp_path / "parquet")
    assert (done.code, done.out) == (1, "")
    assert done.err.endswith("run: python -m pip install 'ip4kb[arrow]'\n")


def test_differences_are_told_and_are_no_failure(files: Files, write: Writer, run: Run) -> None:
    old = write(files, "old")
    files["partner/japan.json"]["capital"] = "Kyoto"
    new = zipped(write(files, "new"))
    table = ip4kb.diff(old, new)
    assert run("diff", old, new) == (0, f"{table!r}\n", "")
    document = json.loads(run("diff", old, new, "--json").out)
    assert list(document) == ["title", "data_version", "caveat", "rows"]
    assert document["rows"] == table.to_records()
    assert [row["place"] for row in document["rows"]] == ["japan#capital"]
    assert json.loads(run("diff", old, old, "--json").out)["rows"] == []
    assert run("diff", old, old).code == 0
    assert run("diff", old, old.with_name("none")).code == 1


# --- terminals, pipes and signals ------------------------------------------------------------------------------------

BOLD, CYAN, PLAIN = "\x1b[1m", "\x1b[36m", "\x1b[0m"


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False), ({"TERM": ""}, False)],
)
def test_a_terminal_shows_headings_and_marks_in_colour_unless_it_should_not(
    environment: dict[str, str], *, coloured: bool
) -> None:
    seen = on_a_terminal("search", "liaison office", stream="stdout", env=environment)
    lines = f"{ip4kb.search('liaison office')!r}\n".splitlines()
    assert re.sub(r"\x1b\[\d+m", "", seen).splitlines() == lines
    assert ("\x1b" in seen) is coloured
    if coloured:
        headings = [line.removeprefix(BOLD).removesuffix(PLAIN) for line in seen.splitlines() if line.startswith(BOLD)]
        below = next(index for index, line in enumerate(lines) if line.startswith("----"))
        assert headings == [lines[0], lines[below - 1]]
        assert f"{CYAN}**liaison office**{PLAIN}" in seen
        assert f"{CYAN}[1]{PLAIN}" in seen


def test_what_is_no_table_has_no_colour_on_a_terminal() -> None:
    assert on_a_terminal("cite", "kim-2025", stream="stdout") == ip4kb.cite("kim-2025")
    document = json.loads(on_a_terminal("show", "kim-2025", "--json", stream="stdout"))
    assert document["rows"] == ip4kb.show("kim-2025").to_records()


def test_whoever_waits_at_a_terminal_sees_what_is_done_and_for_how_long() -> None:
    impatient = "import sys; from ip4kb.commands import terminal; terminal._PATIENCE = 0.05"
    program = ["-c", f"{impatient}; from ip4kb.__main__ import main; sys.exit(main(sys.argv[1:]))"]
    start, *shown, cleared, end = on_a_terminal("check", stream="stderr", program=program).split("\r")
    assert shown
    assert all(re.fullmatch(r"Checking the records \.\.\. \d+ s", line) for line in shown)
    assert (start, cleared.strip(), end) == ("", "", "")
    assert len(cleared) == len(shown[-1])


class Screen(io.StringIO):
    """A terminal within this process."""

    def isatty(self) -> bool:
        return True


def test_the_seconds_are_counted_until_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terminal, "_PATIENCE", 0.01)
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    deadline = time.monotonic() + 30
    with terminal.progress("Waiting"):
        while "Waiting" not in screen.getvalue() and time.monotonic() < deadline:
            time.sleep(0.01)
    first, *_, cleared, end = screen.getvalue().split("\r")[1:]
    assert (first, cleared.strip(), end) == ("Waiting ... 0 s", "", "")


def test_within_a_second_nothing_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    with terminal.progress("Waiting"):
        pass
    assert screen.getvalue() == ""


def test_colours_within_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys, "stdout", screen := Screen())
    assert main(["show", "japan"]) == 0
    assert screen.getvalue().startswith(f"{BOLD}{ip4kb.show('japan').title} (")


def test_a_console_that_cannot_encode_a_character_gets_it_escaped() -> None:
    for style, arguments in ((["cite", "kim-2025"], "text"), (["cite", "kim-2025", "--json"], "csl-json")):
        process = start(*style, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONIOENCODING": "ascii"})
        out, err = process.communicate(timeout=60)
        cited = ip4kb.cite("kim-2025", style=arguments)
        assert not cited.isascii()
        assert (process.returncode, err) == (0, b"")
        told = out.decode("ascii")
        if arguments == "text":
            assert told == cited.encode("ascii", "backslashreplace").decode()
        else:
            assert json.loads(told) == json.loads(cited)


def test_letters_of_all_scripts_come_through_in_the_c_locale() -> None:
    process = start("cite", "jiji-2025-ishiba-nato-summit", stdout=subprocess.PIPE, env={"LC_ALL": "C"})
    assert process.communicate(timeout=60)[0].decode() == ip4kb.cite("jiji-2025-ishiba-nato-summit")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", [["timeline", "japan"], ["--help"], ["cite", "kim-2025"]])
def test_a_pipe_that_closes_early_ends_it_quietly(arguments: list[str], unbuffered: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = start(*arguments, stdout=writing, stderr=subprocess.PIPE, env={"PYTHONUNBUFFERED": unbuffered})
    os.close(writing)
    assert process.communicate(timeout=60)[1] == b""
    assert process.returncode == 141


def test_a_closed_pipe_within_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", encoding="utf-8") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["cite", "kim-2025"]) == 141


class Full(io.StringIO):
    """A disk without room, as the output."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.file = path.open("w", encoding="utf-8")

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def fileno(self) -> int:
        return self.file.fileno()


def test_an_answer_that_cannot_be_printed_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    full = Full(tmp_path / "full")
    with full.file:
        monkeypatch.setattr(sys, "stdout", full)
        assert main(["cite", "kim-2025"]) == 1
    assert capsys.readouterr().err == "ip4kb: The answer cannot be printed: No space left on device.\n"


def test_an_interruption_ends_it_quietly() -> None:
    code = "import os, signal, ip4kb; from ip4kb.__main__ import main"
    code += "; ip4kb.load = lambda: os.kill(os.getpid(), signal.SIGINT)"
    code += "; raise SystemExit(main(['show', 'japan']))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_an_interruption_while_an_export_is_written_leaves_nothing_behind(tmp_path: Path) -> None:
    code = "import os, signal, sys; os.fsync = lambda file: os.kill(os.getpid(), signal.SIGINT)"
    code += "; from ip4kb.__main__ import main; sys.exit(main(['export', 'graphml', sys.argv[1]]))"
    command = [sys.executable, "-c", code, str(tmp_path / "ip4kb.graphml")]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")
    assert not list(tmp_path.iterdir())


def test_an_interruption_within_this_process(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    def interrupted() -> KnowledgeBase:
        raise KeyboardInterrupt

    monkeypatch.setattr(ip4kb, "load", interrupted)
    assert run("show", "japan") == (130, "", "")


def test_streams_that_are_closed_beforehand_are_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    for arguments, code in ((["cite", "kim-2025"], 0), (["cite"], 2)):
        monkeypatch.setattr(sys, "stdout", None)
        monkeypatch.setattr(sys, "stderr", None)
        assert main(arguments) == code
        sys.stdout.close()
        sys.stderr.close()
