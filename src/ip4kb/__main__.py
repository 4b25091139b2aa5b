"""The command line."""

import sys

import ip4kb
from ip4kb.commands import terminal
from ip4kb.commands.parser import parse

INTERRUPTED = 130
"""What a shell says of a program that was interrupted: 128 and the number of the signal."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command, and return the exit code.

    Args:
        arguments: The name of the command and what it takes; None for those that the program was called with.

    Examples:
        >>> from ip4kb.__main__ import main
        >>> code = main(["cite", "kim-2025"])
        Kim, Saeme (2025-06-30). Managing Decline? ...
        >>> code
        0
    """
    terminal.open_streams()
    try:
        return _run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(arguments: list[str]) -> int:
    try:
        given = parse(arguments)
    except SystemExit as left:
        return int(left.code or 0)
    try:
        with terminal.warnings_told(), terminal.progress(given.doing):
            answer = given.answer(given)
            text = terminal.json_text(answer.document()) if given.json else answer.text()
    except ip4kb.DataError as error:
        terminal.tell(*error.problems)
        return 1
    except (ip4kb.ArgumentError, ip4kb.DateError) as error:
        terminal.tell(error)
        return 2
    except ip4kb.Ip4kbError as error:
        terminal.tell(error)
        return 1
    return terminal.put(text.rstrip("\n") + "\n", answer.code)


if __name__ == "__main__":
    sys.exit(main())
