"""The terminal: what is printed on it, in colour or not, and what it shows to those who wait."""

import contextlib
import json
import os
import re
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, TextIO

import ip4kb

CLOSED_PIPE: Final = 141
"""What a shell says of a program that ended as its reader had gone: 128 and the number of the signal."""

_PATIENCE: Final = 1.0
"""Seconds before something is said to those who wait, and between one word and the next."""

_HEADING: Final = re.compile(r"\A.+|^.+(?=\n-+(?: +-+)*$)", re.MULTILINE)
_MARK: Final = re.compile(r"\[\d+\]|\*\*[^*\n]+\*\*")


def open_streams() -> None:
    """Let what was closed before the program began lead nowhere, as nobody wants to read it."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _in_colour() -> bool:
    """Whether the output is a terminal that shows colours and whoever sits there wants them."""
    wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in {"", "dumb"}
    return wanted and os.name == "posix" and sys.stdout.isatty()


def coloured(text: str) -> str:
    """The text with its headings bold, and the marks of footnotes and of found words in cyan, where that is wanted."""
    if not _in_colour():
        return text
    return _MARK.sub("\x1b[36m\\g<0>\x1b[0m", _HEADING.sub("\x1b[1m\\g<0>\x1b[0m", text))


def json_text(document: Any) -> str:
    """The document as JSON that the output can encode."""
    return json.dumps(document, ensure_ascii=not _encoding().lower().startswith("utf"), indent=2)


def put(text: str, code: int) -> int:
    """Print a text to its end, and return the exit code, which is another where it could not be printed."""
    try:
        # Line by line: where Python does not buffer, what a pipe has no room for is lost from a longer write.
        sys.stdout.writelines(
            text.encode(_encoding(), "backslashreplace").decode(_encoding()).splitlines(keepends=True)
        )
        sys.stdout.flush()
    except OSError as error:
        # What is left is flushed once more when Python ends, and must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            return CLOSED_PIPE
        tell(f"The answer cannot be printed: {error.strerror}.")
        return 1
    return code


def _encoding() -> str:
    return sys.stdout.encoding or "utf-8"


def tell(*sentences: object) -> None:
    """Tell what went wrong, a line each."""
    sys.stderr.write("".join(f"ip4kb: {sentence}\n" for sentence in sentences))


@contextlib.contextmanager
def warnings_told() -> Iterator[None]:
    """Tell in a line each what the library warns of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ip4kb.OverlayWarning)
        try:
            yield
        finally:
            tell(*(warning.message for warning in caught))


@contextlib.contextmanager
def progress(doing: str) -> Iterator[None]:
    """Show on a terminal what is being done and for how long, if it takes more than a second."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    waiting = threading.Thread(target=_show_seconds, args=(doing, done), daemon=True)
    waiting.start()
    try:
        yield
    finally:
        done.set()
        waiting.join()


def _show_seconds(doing: str, done: threading.Event) -> None:
    start, shown = time.monotonic(), ""
    while not done.wait(_PATIENCE):
        shown = f"{doing} ... {time.monotonic() - start:.0f} s"
        sys.stderr.write(f"\r{shown}")
        sys.stderr.flush()
    if shown:
        sys.stderr.write(f"\r{' ' * len(shown)}\r")
        sys.stderr.flush()
