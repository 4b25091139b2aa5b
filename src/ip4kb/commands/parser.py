"""The arguments of the command line, and the help on them."""

import textwrap
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from typing import Any, Final, NamedTuple, NoReturn

import ip4kb
from ip4kb.commands import questions, records, summary
from ip4kb.commands.answer import Answer
from ip4kb.commands.terminal import put

_ABOUT: Final = "What is known of NATO and its four Indo-Pacific partners, every fact with a citation."

_EXIT_CODES: Final = """\
exit codes:
  0    answered, be it with an empty table; of diff, with differences or without
  1    what was asked for is not there, the data has problems, or the answer
       could not be written
  2    the arguments cannot be understood
  130  interrupted
  141  whoever read the output has closed it
"""


class Command(NamedTuple):
    """A command.

    Attributes:
        meaning: What it is for.
        arguments: Adds to a parser what it takes, and as `answer` what makes its answer.
        examples: Command lines that run.
        doing: What is being done, for those who wait.
    """

    meaning: str
    arguments: Callable[[ArgumentParser], None]
    examples: tuple[str, ...]
    doing: str = "Reading the records"


COMMANDS: Final = {
    "summary": Command(
        "what is known, and who came to which summit (without a command, too)",
        summary.arguments,
        ("ip4kb", "ip4kb summary --overlay my-records"),
    ),
    "show": Command(
        "a record, fact by fact, with citations and what refers to it",
        questions.show,
        ("ip4kb show tokyo-liaison-office", "ip4kb show ROK --json"),
    ),
    "attendance": Command(
        "who of the four came to which gathering, at what level and why",
        questions.attendance,
        ("ip4kb attendance the-hague-2025", "ip4kb attendance --partner japan --level foreign-minister --since 2022"),
    ),
    "timeline": Command(
        "what happened around a record, a country or a person",
        questions.timeline,
        ("ip4kb timeline japan --since 2023", "ip4kb timeline ip4 --theme cyber-defence --json"),
    ),
    "compare": Command(
        "what documents say on each theme, and on what they are silent",
        questions.compare,
        ("ip4kb compare washington-summit-declaration-2024 the-hague-summit-declaration-2025 --theme china",),
    ),
    "search": Command(
        "where words are found in the records",
        questions.search,
        ("ip4kb search liaison office", "ip4kb search '\"liaison office\" tokyo'"),
        "Searching the records",
    ),
    "cite": Command(
        "what to cite for a source, another record or a place in one",
        questions.cite,
        ("ip4kb cite kim-2025", "ip4kb cite the-hague-2025 --style bibtex", "ip4kb cite 'japan#capital' --json"),
    ),
    "check": Command(
        "run every rule over records, and tell every problem",
        records.check,
        ("ip4kb check --overlay my-records", "ip4kb check records.zip --json"),
        "Checking the records",
    ),
    "export": Command(
        "write the whole knowledge base in a format that others read",
        records.export,
        ("ip4kb export json ip4kb.json", "ip4kb export sqlite ip4kb.sqlite --overlay my-records"),
        "Writing the export",
    ),
    "diff": Command(
        "what was added, removed and changed between two sets of records",
        records.diff,
        ("ip4kb diff old.zip records.zip", "ip4kb diff old.zip records.zip --json"),
        "Comparing the records",
    ),
}


class _Formatter(RawDescriptionHelpFormatter):
    """Help whose words are whole, as they are to be typed."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(text, width, break_on_hyphens=False)


class Parser(ArgumentParser):
    """A parser that tells a mistake in one line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(formatter_class=_Formatter, allow_abbrev=False, **more)

    def print_help(self, file: object = None) -> None:  # noqa: ARG002 (as argparse has it)
        """Print the help as answers are printed, and end."""
        self.exit(put(self.format_help(), 0))

    def error(self, message: str) -> NoReturn:
        """End with the exit code 2."""
        end = "" if message.endswith((".", "?")) else "."
        self.exit(2, f"ip4kb: {message}{end} See '{self.prog} --help'.\n")


def parse(arguments: list[str]) -> Namespace:
    """What is asked for: `answer` makes the answer, `json` says in which form, and `doing` what is being done.

    Only the command that is asked for says what it takes, as that imports the vocabularies of its question.

    Raises:
        SystemExit: With 2 if the arguments cannot be understood, with 0 after help.
    """
    listed = "".join(f"  {name:<12}{command.meaning}\n" for name, command in COMMANDS.items())
    told = f"commands:\n{listed}\n{_EXIT_CODES}\n'ip4kb COMMAND --help' tells what a command takes."
    whole = Parser(prog="ip4kb", usage="ip4kb [-h] [--version] COMMAND ...", description=_ABOUT, epilog=told)
    whole.add_argument(
        "--version",
        action="store_const",
        const=_version,
        dest="answer",
        help="show the versions of code, data and schema",
    )
    whole.set_defaults(json=False, doing="Reading the version")
    commands = whole.add_subparsers(prog="ip4kb", help=SUPPRESS)
    parsers = {name: commands.add_parser(name) for name in COMMANDS}
    asked = arguments if arguments and _names_a_command(arguments[0]) else ["summary", *arguments]
    if asked[0] in COMMANDS:
        _describe(parsers[asked[0]], asked[0])
    elif not asked[0].startswith("-"):
        whole.error(f"There is no command {asked[0]!r}.{_did_you_mean(asked[0])}")
    given, unknown = whole.parse_known_args(asked)
    if unknown:
        parsers.get(asked[0], whole).error(f"unrecognized arguments: {' '.join(unknown)}")
    return given


def _names_a_command(argument: str) -> bool:
    """Whether it does, or asks for what belongs to no command; any other option is one of the summary."""
    return not argument.startswith("-") or argument in {"-h", "--help", "--version"}


def _describe(parser: Parser, name: str) -> None:
    """Add what a command takes, and the help on it."""
    command = COMMANDS[name]
    parser.description = f"{command.meaning[0].upper()}{command.meaning[1:]}."
    parser.epilog = "\n  ".join(["examples:", *command.examples])
    parser.set_defaults(doing=command.doing)
    command.arguments(parser)
    parser.add_argument("--json", action="store_true", help="one JSON document, for other programs")
    if name != "diff":
        what = "a folder or zip archive of own records to lay over the others first; may be given again"
        parser.add_argument("--overlay", action="append", default=[], metavar="PATH", help=what)


def _did_you_mean(name: str) -> str:
    from ip4kb.likeness import did_you_mean  # noqa: PLC0415 (only a failure needs it)

    return did_you_mean(name, COMMANDS)


def _version(_given: Namespace) -> Answer:
    versions = f"ip4kb {ip4kb.__version__}, data {ip4kb.data_version}, schema {ip4kb.schema_version}"
    return Answer(lambda: versions, dict)
