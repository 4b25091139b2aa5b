"""The words most like a wrong one, for the sentence that tells of it."""

from collections.abc import Iterable, Iterator
from typing import Final

_PROPOSED: Final = 3
_LIKENESS: Final = 0.6
_NONE: Final = b"0" * 256


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

    length = len(word)
    lengths = {other for other in range(1, 3 * length + 1) if 2 * min(length, other) >= _LIKENESS * (length + other)}
    near = [other for other in words if len(other) in lengths]
    common = _common_letters(word, near)
    bounds = ((2 * most / (length + len(other)), other) for most, other in zip(common, near, strict=True))
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

    def bits(marks: bytes) -> int:
        return int(text.translate(marks) or b"0", 2)

    places = {letter: bits(_NONE[:letter] + b"1" + _NONE[letter + 1 :]) for letter in set(letters)}
    within = apart = bits(b"0" + b"1" * 255)
    for letter in reversed(letters):
        common = apart & places[letter]
        apart = (apart + common | apart - common) & within
    kept = f"{apart:0{len(text)}b}"
    start = 0
    for other in others:
        end = start + len(other)
        yield kept.count("0", start, end)
        start = end + 1
