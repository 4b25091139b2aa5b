"""Names as they are compared and looked up."""

import functools
import re
import sys
import unicodedata
import warnings
from collections.abc import Container, Iterable, Mapping
from typing import Any, Final

import attrs

from ip4kb.exceptions import ArgumentError
from ip4kb.likeness import did_you_mean

_ACCENTS: Final = "[\u0300-\u036f]+"
_NAMES: Final = ("id", "name", "title", "official_name")


@attrs.frozen(kw_only=True)
class Bearer:
    """Someone or something that bears a name which could be taken for another's.

    Attributes:
        name: Its unambiguous name.
        record: The id of its record, or the slug of the country, where it has one.
    """

    name: str
    record: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.record})" if self.record else f"{self.name} (no record)"


def fold(name: str) -> str:
    """A name as it is compared: no matter the case, the accents, the width, the hyphens or the number of blanks."""
    plain = name
    if not name.isascii():
        plain = re.sub(_ACCENTS, "", unicodedata.normalize("NFKD", name))
    return " ".join(plain.casefold().replace("\u2019", "'").replace("-", " ").split())


@functools.cache
def fields_of(cls: type[object], wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the wanted fields that a class has, in their order."""
    return tuple(field for field in wanted if hasattr(cls, field))


def names_of(record: Any) -> tuple[str, ...]:
    """Everything a record can be looked up by: id, name or title, official name, aliases and codes."""
    fields = fields_of(record.__class__, _NAMES)
    names = [name for field in fields if (name := getattr(record, field)) is not None]
    names += [alias.text for alias in getattr(record, "aliases", ())]
    names += [code.value for code in getattr(record, "codes", ())]
    return tuple(names)


def names_like(word: str, words: Iterable[str], here: Container[str], bearers: Mapping[str, tuple[Bearer, ...]]) -> str:
    """The end of a sentence about a name that nothing here has: names like it, or nothing where it is another's.

    Another's are the names of countries, those with bearers of their own, and what is more like one of these than like
    any of `words`: who asks for Austria or North Korea is never sent to Australia or South Korea.

    Args:
        word: The name.
        words: The right ones.
        here: The names that something here has, folded; countries among them are nobody else.
        bearers: Names whose bearers are not all records, folded.
    """
    others = [name for name, folded in _countries().items() if folded not in here]
    return "" if fold(word) in bearers else did_you_mean(word, words, others)


@functools.cache
def _countries() -> Mapping[str, str]:
    """The slugs and names of all countries, with how they are folded."""
    from ip4kb.model.country import COUNTRIES  # noqa: PLC0415 (only a failure needs it)

    return {name: fold(name) for name in (*COUNTRIES, *COUNTRIES.values())}


def successor(id: object, retired: Mapping[str, str]) -> str | None:
    """The id that took the place of one that is retired, with a warning at the line that asked; None for any other."""
    new = retired.get(id) if isinstance(id, str) else None
    if new is not None:
        warnings.warn(f"The id {id!r} is retired; use {new!r}.", DeprecationWarning, stacklevel=_calls_within())
    return new


def _calls_within() -> int:
    """How many calls lie between the caller and the line outside the library that asked, as warnings count them."""
    count, frame = 1, sys._getframe(1)  # noqa: SLF001 (the documented way; warnings has none before Python 3.12)
    while frame.f_back is not None and frame.f_globals["__name__"].startswith("ip4kb."):
        count, frame = count + 1, frame.f_back
    return count


def require_text(value: object, name: str) -> str:
    """The text given for an argument.

    Raises:
        ArgumentError: If it is no text, or empty.
    """
    if not isinstance(value, str) or not value.strip():
        msg = f"{name} must be a text that is not empty, but is {value!r}."
        raise ArgumentError(msg)
    return value
