"""JSON as text: read more strictly than the standard reader does, and written in one canonical form."""

import json
import math
from collections import Counter
from itertools import chain
from typing import Any, Final, NoReturn

from ip4kb.exceptions import Problem

WIDTH: Final = 110
MAX_BYTES: Final = 1_000_000
MAX_DIGITS: Final = 300
MAX_DEPTH: Final = 100


class _Reader:
    """A JSON reader that reports what the standard one lets through."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self.members,
            parse_constant=self.constant,
            parse_int=self.whole,
            parse_float=self.number,
        )

    def report(self, message: str) -> None:
        self.problems.append(Problem(file=self.file, place="", rule="json", message=message))

    def members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            counts = Counter(name for name, _ in pairs)
            for name in sorted(name for name, count in counts.items() if count > 1):
                self.report(f"the key {name!r} stands more than once in one object; keep one.")
        return found

    def constant(self, text: str) -> float:
        self.report(f"{text} is not a number that JSON knows; give a finite number.")
        return float(text)

    def whole(self, text: str) -> float:
        digits = len(text.lstrip("-"))
        if digits > MAX_DIGITS:
            self.report(f"{text[:20]}... is too large for a number: it has {digits:,} digits; give a finite number.")
            return math.inf
        return int(text)

    def number(self, text: str) -> float:
        value = float(text)
        if math.isinf(value):
            self.report(f"{text} is too large for a number; give a finite number.")
        return value

    def read(self, raw: bytes) -> Any:
        too_deep = "the JSON is nested too deeply to be a record."
        try:
            value = self.decoder.decode(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            self.report(f"the file is not UTF-8 at byte {error.start}; save it as UTF-8.")
        except json.JSONDecodeError as error:
            self.report(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}.")
        except RecursionError:
            self.report(too_deep)
        else:
            if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH or not _is_deep(value):
                return value
            self.report(too_deep)
        return None


class _Refusing(_Reader):
    """A reader for sound JSON, which keeps nothing and ends at the first problem."""

    def report(self, message: str) -> NoReturn:
        raise ValueError(message)


_REFUSING: Final = _Refusing("")
_NESTED: Final = {dict, list}


def _is_deep(value: Any) -> bool:
    """Whether a value holds more levels than a record may have; what is read and is deeper could not be written."""
    level = [value]
    for _ in range(MAX_DEPTH):
        members = chain.from_iterable(held.values() if type(held) is dict else held for held in level)
        level = [member for member in members if type(member) in _NESTED]
    return bool(level)


def sound(raw: bytes) -> Any:
    """The value of JSON in which the JSON reader finds nothing wrong; how deep it is was not looked at.

    Raises:
        ValueError: If anything is wrong; `parse` says what.
        RecursionError: If it is nested too deeply to be read.
    """
    if len(raw) > MAX_BYTES:
        raise ValueError(len(raw))
    return _REFUSING.decoder.decode(raw.decode())


def parse(raw: bytes, file: str) -> tuple[Any, list[Problem]]:
    """Read JSON and report what the JSON reader itself would let through."""
    if len(raw) > MAX_BYTES:
        message = f"the file is over {MAX_BYTES:,} bytes; that is the most a record may have. Split it."
        return None, [Problem(file=file, place="", rule="json", message=message)]
    try:
        return _REFUSING.read(raw), []
    except ValueError:
        reader = _Reader(file)  # finds every problem
        return reader.read(raw), reader.problems


def _lines(value: Any, indent: int, lead: int) -> str:
    line = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list | tuple) or not value or indent + lead + len(line) <= WIDTH:
        return line
    return _open(value, indent)


def _open(value: Any, indent: int) -> str:
    inner = indent + 2
    if isinstance(value, dict):
        names = [json.dumps(name, ensure_ascii=False) + ": " for name in value]
        members = [name + _lines(item, inner, len(name)) for name, item in zip(names, value.values(), strict=True)]
        first, last = "{", "}"
    else:
        members = [_lines(item, inner, 0) for item in value]
        first, last = "[", "]"
    pad = " " * inner
    return f"{first}\n{pad}" + f",\n{pad}".join(members) + f"\n{' ' * indent}{last}"


def canonical(value: dict[str, Any]) -> str:
    """JSON as it stands on disk: a value that fits in 110 columns on one line, else one member a line."""
    return _open(value, 0) + "\n"
