"""Damage to the files of the data, drawn by a number, kind by kind; the same number always draws the same damage."""

from __future__ import annotations

import copy
import json
import re
import unicodedata
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

from ip4kb import Kind
from ip4kb.json_text import canonical, parse
from ip4kb.model.country import COUNTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Spot = tuple[Any, Any]

TABLES_EVERY = 50
"""One file in so many is a table; the others are records, as many of each kind."""

_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
_MARK = "@@mark@@"
_OTHER_TYPES: tuple[Any, ...] = (None, True, 0, 1.5, "text", "", " ", [], {}, ["text"], {"key": "text"}, [[]])
_DEPTHS = (50, 300, 900, 10_000, 10_000, 10_000, 100_000)
_NUMBERS = (
    *(
        "1e308",
        "-1e308",
        "1e309",
        "-1e400",
        "1e1000000000",
        "1e-400",
        "-0",
        "-0.0",
        "0",
        "-1",
        "1.0",
        "NaN",
        "-Infinity",
    ),
    *("9" * 19, "9" * 299, "9" * 301, "9" * 5_000, "9" * 100_000, "-" + "9" * 5_000, "0." + "1" * 5_000),
)
_ODD = (
    *(
        "\0",
        "\x07",
        "\x7f",
        "\x85",
        "\xa0",
        "\xad",
        "\u0301",
        "\u200b",
        "\u200e",
        "\u202e",
        "\u2028",
        "\u2066",
        "\u3000",
    ),
    *("\ud800", "\udfff", "\ue000", "\ufdd0", "\ufeff", "\ufffd", "\uffff", "\U000e0041", "\U0010ffff", "\u1eaf\u0323"),
    *(
        "\uff21",
        "\u0410",
        "\u0430",
        "\u0456",
        "\u2160",
        "\ufb01",
        "\u0130",
        "\u0131",
        "\ud83d\ude00",
        "\U0001f1ef\U0001f1f5",
    ),
)


class Damage(NamedTuple):
    """A file, and what its bytes have become."""

    number: int
    kind: str
    file: str
    raw: bytes


def draw(number: int, seed: int, files: Mapping[str, bytes]) -> Damage:
    """The damage with this number: the kinds take turns, the file and the place in it are drawn."""
    rng = Random(f"{seed}:{number}")  # noqa: S311 (it is to be drawn again)
    kind = list(KINDS)[number % len(KINDS)]
    folders = _by_folder(tuple(files))
    while True:
        file = rng.choice(folders[rng.choice([*Kind]) if rng.randrange(TABLES_EVERY) else ""])
        value, _ = parse(files[file], file)
        raw = KINDS[kind](rng, value, files)
        if raw is not None and raw != files[file]:
            return Damage(number, kind, file, raw)


@cache
def _by_folder(files: tuple[str, ...]) -> dict[str, list[str]]:
    """The names of the files of each kind, and under no name those of the tables, in order."""
    folders: dict[str, list[str]] = {}
    for name in sorted(files):
        folders.setdefault(name.rpartition("/")[0], []).append(name)
    return folders


# --- the places of a value -------------------------------------------------------------------------------------------


def _spots(value: Any) -> Iterator[Spot]:
    """Every member of an object or a list below a value: what holds it, and its key or index."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield value, key
        yield from _spots(member)


def _written(value: Any, text: str = "") -> bytes:
    """A value as `format` would write it, with a text in the place of the mark."""
    return canonical(value).replace(json.dumps(_MARK), text).encode("utf-8", "surrogatepass")


def _at_a_spot(
    change: Callable[[Random, Any, Mapping[str, bytes]], Any], fits: Callable[[Any, Any], bool]
) -> Callable[[Random, Any, Mapping[str, bytes]], bytes | None]:
    """Damage that puts another value in the place of one that fits, by its key and itself."""

    def damage(rng: Random, value: Any, files: Mapping[str, bytes]) -> bytes | None:
        value = copy.deepcopy(value)
        spots = [(holder, key) for holder, key in _spots(value) if fits(key, holder[key])]
        if not spots:
            return None
        holder, key = rng.choice(spots)
        holder[key] = change(rng, holder[key], files)
        return _written(value)

    return damage


def _anything(_key: Any, _value: Any) -> bool:
    return True


# --- the kinds of damage ---------------------------------------------------------------------------------------------


def _drop(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    value = copy.deepcopy(value)
    spots = list(_spots(value))
    if not spots:
        return None
    holder, key = rng.choice(spots)
    del holder[key]
    return _written(value)


def _swap(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    value = copy.deepcopy(value)
    pairs = [spot for spot in _spots(value) if len(spot[0]) > 1]
    if not pairs:
        return None
    holder, key = rng.choice(pairs)
    other = rng.choice(
        [other for other in (holder if isinstance(holder, dict) else range(len(holder))) if other != key]
    )
    holder[key], holder[other] = holder[other], holder[key]
    return _written(value)


def _truncate(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes:
    raw = _written(value)
    return raw[: rng.randrange(len(raw))]


def _retyped(rng: Random, value: Any, _files: Mapping[str, bytes]) -> Any:
    others = [other for other in _OTHER_TYPES if type(other) is not type(value)]
    return rng.choice([*others, [value], {"value": value}, str(value), json.dumps(value)])


def _duplicate(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    """A member of a list once more, or a key of an object, with the same value or another."""
    value = copy.deepcopy(value)
    spots = list(_spots(value))
    if not spots:
        return None
    holder, key = rng.choice(spots)
    if isinstance(holder, list):
        holder.insert(rng.randrange(len(holder) + 1), copy.deepcopy(holder[key]))
        return _written(value)
    holder[_MARK] = rng.choice([holder[key], "another", rng.choice([*holder.values()])])
    return _written(value, json.dumps(key))


@cache
def _ids(files: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.rpartition("/")[2].removesuffix(".json") for name in sorted(files) if "/" in name)


def _dangle(rng: Random, value: Any, files: Mapping[str, bytes]) -> bytes | None:
    known = {*_ids(tuple(files)), *COUNTRIES, *parse(files["people.json"], "people.json")[0]}
    return _at_a_spot(_dangled, lambda _key, held: isinstance(held, str) and held.partition("#")[0] in known)(
        rng, value, files
    )


def _dangled(rng: Random, id: str, files: Mapping[str, bytes]) -> str:
    cut = rng.randrange(len(id))
    return rng.choice(
        [
            f"{id}-x",
            id[:cut] + id[cut + 1 :],
            f"{id}#nowhere",
            f"{id}.nowhere.1",
            id.upper(),
            f"../{id}",
            rng.choice(_ids(tuple(files))),
        ]
    )


def _shifted(rng: Random, text: str, _files: Mapping[str, bytes]) -> str:
    parts = [int(part) for part in text.split("-")]
    at = rng.randrange(len(parts))
    parts[at] += rng.choice([-400, -31, -10, -1, 1, 1, 2, 12, 31, 9000])
    shifted = f"{parts[0]:04}" + "".join(f"-{part:02}" for part in parts[1:])
    return rng.choice([shifted, shifted, shifted, text[:-3] or "0000", f"{text}-01", f"{text}-32", f"{text}T00:00"])


def _moved(rng: Random, number: Any, _files: Mapping[str, bytes]) -> Any:
    if not isinstance(number, int):
        return f"{number}{rng.randrange(10)}"
    return rng.choice(
        [number - 1, number + 1, number + rng.randrange(2, 9), 0, -number, 10**6, float(number), number * 1.5]
    )


def _altered(rng: Random, phrase: str, _files: Mapping[str, bytes]) -> str:
    words = phrase.split(" ")
    at, cut = rng.randrange(len(words)), rng.randrange(len(phrase))
    return rng.choice(
        [
            " ".join(words[:at] + words[at + 1 :]),
            " ".join([*words[:at], *reversed(words[at:])]),
            " ".join([*words[:at], "not", *words[at:]]),
            phrase[:cut] + chr(ord("a") + rng.randrange(26)) + phrase[cut + 1 :],
            phrase[:cut] + phrase[cut + 1 :],
            phrase.swapcase(),
            f"{phrase} {phrase}",
        ]
    )


def _flip(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes:
    raw = bytearray(_written(value))
    raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
    return bytes(raw)


def _nest(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    depth, kept = rng.choice(_DEPTHS), rng.choice(["", "1", _MARK])
    first, last = rng.choice([("[", "]"), ('{"key": ', "}"), ('[{"citations": ', "}]")])
    value = copy.deepcopy(value)
    spots = list(_spots(value))
    if not spots:
        return None
    holder, key = rng.choice(spots)
    kept = json.dumps(holder[key], ensure_ascii=False) if kept == _MARK else kept or "null"
    holder[key] = _MARK
    return _written(value, first * depth + kept + last * depth)


def _huge(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    value = copy.deepcopy(value)
    spots = list(_spots(value))
    numbers = [(holder, key) for holder, key in spots if isinstance(holder[key], int | float)]
    if not spots:
        return None
    holder, key = rng.choice(numbers if numbers and rng.random() < 0.8 else spots)
    holder[key] = _MARK
    return _written(value, rng.choice(_NUMBERS))


def _odd(rng: Random, value: Any, _files: Mapping[str, bytes]) -> bytes | None:
    value = copy.deepcopy(value)
    spots = [(holder, key) for holder, key in _spots(value) if isinstance(holder[key], str) and holder[key]]
    if not spots:
        return None
    holder, key = rng.choice(spots)
    text: str = holder[key]
    at = rng.randrange(len(text) + 1)
    odd = rng.choice(_ODD)
    holder[key] = _MARK
    changed = rng.choice(
        [
            text[:at] + odd + text[at:],
            text[:at] + odd + text[at:],
            text[:at] + odd * 1_000 + text[at:],
            text[:at] + odd + text[at + 1 :],
            odd,
            unicodedata.normalize("NFD", text),
            text.translate(str.maketrans("aceopx-' ", "асеорх‐’\u2009")),
        ]
    )
    raw = _written(value, json.dumps(changed, ensure_ascii=rng.random() < 0.5))
    return rng.choice([raw, raw, raw, b"\xef\xbb\xbf" + raw, raw.decode("utf-8", "replace").encode("utf-16")])


def _is_date(_key: Any, value: Any) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


KINDS: dict[str, Callable[[Random, Any, Mapping[str, bytes]], bytes | None]] = {
    "drop a value": _drop,
    "swap two values": _swap,
    "truncate the file": _truncate,
    "another type": _at_a_spot(_retyped, _anything),
    "duplicate a key or a member": _duplicate,
    "a reference that leads elsewhere": _dangle,
    "shift a date": _at_a_spot(_shifted, _is_date),
    "move a paragraph or its number": _at_a_spot(_moved, lambda key, _value: key in {"paragraph", "number", "page"}),
    "alter a phrase": _at_a_spot(_altered, lambda key, _value: key == "phrase"),
    "flip a bit": _flip,
    "nest deeply": _nest,
    "a huge or odd number": _huge,
    "odd Unicode": _odd,
}
"""Each kind of damage: what it makes of the value of a file; nothing where the file has no place for it."""
