"""Passages of digested texts: how they are numbered, compared and remembered as verified."""

import hashlib
import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit

_QUOTES: Final = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "‚": "'",
        "‛": "'",
        "′": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‟": '"',
        "″": '"',
        "«": '"',
        "»": '"',
    }
)
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, no format characters, one kind of quote, dash and blank."""
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    folded = unicodedata.normalize("NFKC", visible.translate(_QUOTES)).translate(_QUOTES)
    return " ".join(_DASHES.sub("-", folded).split())


def paragraphs(raw: bytes) -> tuple[str, ...]:
    """The non-empty lines of a text, in order; the first is paragraph 1."""
    return tuple(line for line in raw.decode("utf-8").split("\n") if line.strip())


def digest_of(raw: bytes) -> str:
    """The digest of a text, taken over its raw bytes."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def deep_link(url: str, phrase: str | None, page: str | None) -> str:
    """The address that opens a source at a passage: the page of a PDF, or the phrase of a web page.

    The phrase stands in a text fragment (https://wicg.github.io/scroll-to-text-fragment/), in which a hyphen has a
    meaning of its own and so is encoded too.
    """
    if urlsplit(url).path.casefold().endswith(".pdf"):
        return f"{url}#page={page}" if page and page.isdecimal() and "#" not in url else url
    if phrase is None:
        return url
    fragment = quote(phrase, safe="").replace("-", "%2D")
    return f"{url}{'' if '#' in url else '#'}:~:text={fragment}"


def fingerprint(*words: str) -> str:
    """A short hash by which a checked phrase, or a list of absent terms, is remembered."""
    return hashlib.sha256("\0".join(normalise(word) for word in words).encode()).hexdigest()[:16]
