"""What a field says about itself (fact or frame, what it refers to) and the rules its values keep."""

import functools
import math
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

import attrs

from ip4kb.exceptions import InvalidValueError

PART_KEYS: Final = ("key", "party", "country", "theme")
"""Fields by which a part is named in its list, the first that it has."""

MAX_PHRASE_WORDS: Final = 12
MAX_PHRASE_CHARACTERS: Final = 120
MAX_PHRASE_CHARACTERS_CJK: Final = 40

FACT: Final[Mapping[str, Any]] = {"fact": True}
"""Metadata of a field that states something about the world and so needs a citation."""


class Target(StrEnum):
    """What the ids in a field may name."""

    SOURCE = "source"
    DECLARATION = "declaration"
    GATHERING = "summit or meeting"
    SUMMIT = "summit"
    CLAIM = "claim"
    PERSON = "person"
    COUNTRY = "country"
    PARTY = "country or alliance"
    ACTOR = "person, country or alliance"
    SUBJECT = "record, place in a record, country or person"


def are_parts(content: object) -> bool:
    """Whether a field holds parts that carry citations of their own."""
    return isinstance(content, tuple) and bool(content) and all(hasattr(member, "citations") for member in content)


def refers(target: Target) -> Mapping[str, Any]:
    """Metadata of a field that holds ids of something else."""
    return {"refers": target}


# Texts, which `re` compiles and keeps once they are asked for: the first record needs few of them.
IDENTIFIER: Final = r"[a-z][a-z0-9]*(-[a-z0-9]+)*"
DIGEST: Final = r"sha256:[0-9a-f]{64}"
LANGUAGE: Final = r"[a-z]{2,3}(-[A-Za-z0-9]+)*"
URL: Final = r'https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][^\s\x00-\x1f\x7f"<>\\^`{|}]*)?'


def _refuse(attribute: "attrs.Attribute[Any]", rule: str, value: object) -> None:
    msg = f"{attribute.name!r} must {rule}, but is {value!r}."
    raise InvalidValueError(msg)


def identifier(_instance: object, attribute: "attrs.Attribute[Any]", value: str | None) -> None:
    """Accept lower-case words and digits joined by single hyphens, or nothing where the field is optional."""
    if value is not None and not _has_form(IDENTIFIER, value):
        _refuse(attribute, "be lower-case letters and digits joined by hyphens, such as 'the-hague-2025'", value)


@functools.lru_cache(maxsize=10_000)  # the same sources are cited again and again
def _has_form(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value) is not None


def digest(_instance: object, attribute: "attrs.Attribute[Any]", value: str | None) -> None:
    """Accept `sha256:` and 64 hexadecimal digits, or nothing."""
    if value is not None and not re.fullmatch(DIGEST, value):
        _refuse(attribute, "be 'sha256:' and 64 lower-case hexadecimal digits", value)


def language(_instance: object, attribute: "attrs.Attribute[Any]", value: str | None) -> None:
    """Accept a language tag such as `en` or `zh-Hant` (BCP 47), or nothing."""
    if value is not None and not _has_form(LANGUAGE, value):
        _refuse(attribute, "be a language tag such as 'en' or 'ja'", value)


def web_address(_instance: object, attribute: "attrs.Attribute[Any]", value: str | None) -> None:
    """Accept an http or https address, or nothing.

    It names no user, the host is in ASCII, and characters that no address holds (RFC 3986) are percent-encoded.
    """
    if value is not None and not re.fullmatch(URL, value):
        rule = 'be an address that starts with http:// or https:// and holds no user, no blank and none of "<>\\^`{|}'
        _refuse(attribute, rule, value)


def positive(_instance: object, attribute: "attrs.Attribute[Any]", value: int | None) -> None:
    """Accept whole numbers from 1, or nothing."""
    if value is not None and value < 1:
        _refuse(attribute, "be 1 or more", value)


def finite(_instance: object, attribute: "attrs.Attribute[Any]", value: float | None) -> None:
    """Accept finite numbers, or nothing."""
    if value is not None and not -math.inf < value < math.inf:
        _refuse(attribute, "be a finite number", value)


def _is_cjk(text: str) -> bool:
    return max(text) >= "\u3040" and any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" for c in text)


def phrase(_instance: object, attribute: "attrs.Attribute[Any]", value: str | None) -> None:
    """Accept at most 12 words and 120 characters (40 in Chinese or Japanese script), or nothing."""
    if value is None:
        return
    longest = MAX_PHRASE_CHARACTERS if value.isascii() or not _is_cjk(value) else MAX_PHRASE_CHARACTERS_CJK
    if len(value.split()) > MAX_PHRASE_WORDS or len(value) > longest:
        _refuse(attribute, f"have at most {MAX_PHRASE_WORDS} words and {longest} characters; shorten it", value)
