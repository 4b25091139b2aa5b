"""The failures of ip4kb, each a class of its own and each a sentence for people."""

from collections.abc import Iterable, Iterator
from typing import Final

import attrs

_PROPOSED: Final = 3
_LIKENESS: Final = 0.6


class Ip4kbError(Exception):
    """The base of every error that ip4kb raises on purpose."""


class DateError(Ip4kbError, ValueError):
    """A date that is not ISO 8601 in year, year-month or year-month-day form, or does not exist."""


class InvalidValueError(Ip4kbError, ValueError):
    """A value that breaks a rule of the field it was given to."""


class ArgumentError(Ip4kbError, ValueError):
    """An argument of a question that has the wrong type, form or order."""


class UnknownRecordError(Ip4kbError, LookupError):
    """An id or a name that belongs to no record of the kind that was asked for."""


class AmbiguousNameError(Ip4kbError, LookupError):
    """A name that several bearers share; the message names them."""


class MissingLibraryError(Ip4kbError, ImportError):
    """A library that is not needed for anything else and is not installed; the message gives the command."""


class ExportError(Ip4kbError, OSError):
    """An export that could not be written; what stood in its place before is as it was."""


class OverlayWarning(UserWarning):
    """What an overlay leaves behind that is no fault of its own, such as a source beneath that nothing cites now."""


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong with one place in the data.

    Attributes:
        file: The file, relative to the folder or zip it was read from.
        place: The place in the record (`the-hague-2025#participations.japan`), or empty for the whole file.
        rule: The name of the rule that is broken, such as `references`.
        message: A sentence that says what is wrong, with the value and the way out.
    """

    file: str
    place: str
    rule: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.place}" if self.place else self.file
        sentence = f"{where}: {self.message} [{self.rule}]"
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in sentence)


class DataError(Ip4kbError, ValueError):
    """Data that breaks the rules; lists every problem found, and nothing of it was loaded.

    Attributes:
        problems: What is wrong, one `Problem` a place.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(problems)
        self.problems: tuple[Problem, ...] = problems

    def __str__(self) -> str:
        count = len(self.problems)
        head = "1 problem in the data" if count == 1 else f"{count} problems in the data"
        return "\n".join([f"{head}; nothing was loaded:", *(f"- {problem}" for problem in self.problems)])


def did_you_mean(word: str, words: Iterable[str], others: Iterable[str] = ()) -> str:
    """The end of a sentence about a wrong word: those of `words` most like it, or nothing.

    Args:
        word: The wrong word.
        words: The right ones.
        others: Words that are not meant here; where one of them is most like the wrong word, nothing is proposed.
    """
    right = dict.fromkeys(words)
    near = _most_like(word, right | dict.fromkeys(others))
    if not near or near[0] not in right:
        return ""
    return f" Did you mean {' or '.join(repr(match) for match in near if match in right)}?"


def _most_like(word: str, words: Iterable[str]) -> list[str]:
    """What `difflib.get_close_matches` finds, with few of its comparisons, which are slow.

    It compares by matching blocks, whose letters are a common subsequence of both words. So the longest one tells how
    much alike two words are at most.
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 (only a failure needs it)

    near = [other for other in words if 2 * min(len(word), len(other)) >= _LIKENESS * (len(word) + len(other) or 1)]
    common = _common_letters(word, near)
    bounds = ((2 * most / (len(word) + len(other) or 1), other) for most, other in zip(common, near, strict=True))
    matcher = SequenceMatcher(b=word)
    closest: list[tuple[float, str]] = []
    for at_most, other in sorted((bound for bound in bounds if bound[0] >= _LIKENESS), reverse=True):
        if len(closest) == _PROPOSED and at_most < closest[-1][0]:
            break
        matcher.set_seq1(other)
        if (likeness := matcher.ratio()) >= _LIKENESS:
            closest = sorted([*closest, (likeness, other)], reverse=True)[:_PROPOSED]
    return [match for _, match in closest]


def _common_letters(word: str, others: list[str]) -> Iterator[int]:
    """How many letters the longest common subsequence of a word and each other has; letters beyond Latin-1 are one.

    Counted for all others at once, in whole numbers that have a bit for each of their letters (Hyyrö 2004).
    """
    text = "\0".join(others).encode("latin-1", "replace")
    letters = word.encode("latin-1", "replace")

    def bits(chosen: bytes) -> int:
        return int(text.translate(bytes(b"01"[letter in chosen] for letter in range(256))) or b"0", 2)

    places = {letter: bits(bytes([letter])) for letter in letters}
    within = bits(bytes(range(1, 256)))
    apart = within
    for letter in reversed(letters):
        common = apart & places[letter]
        apart = (apart + common | apart - common) & within
    kept = f"{apart:0{len(text)}b}"
    start = 0
    for other in others:
        end = start + len(other)
        yield kept.count("0", start, end)
        start = end + 1
