"""JSON to model and back: strict in, canonical out. The only module that imports cattrs."""

import functools
import json
import types
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, NoReturn, Union, get_args, get_origin

import attrs
from cattrs import Converter
from cattrs.errors import (
    ClassValidationError,
    ForbiddenExtraKeysError,
    IterableValidationError,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from ip4kb.dates import PartialDate
from ip4kb.exceptions import InvalidValueError, Ip4kbError, Problem
from ip4kb.json_text import canonical, parse, sound
from ip4kb.likeness import did_you_mean
from ip4kb.model.kind import Kind
from ip4kb.places import member_name

_MAX_SHOWN: Final = 80
_UNSEEN: Final = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Categories of characters that are not seen where they stand: what turns, hides or breaks the text around them."""
_UNSEEN_LETTERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f\u2800\u3164\uffa0") | {
    chr(selector) for selector in (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
}
"""Letters, marks and signs that are not seen either: Default_Ignorable_Code_Point of Unicode, and the blank Braille."""

_JSON_NAMES: Final = {
    type(None): "null",
    bool: "true or false",
    int: "a number",
    float: "a number",
    str: "text",
    list: "a list",
    dict: "an object",
}
_LAST_KEYS: Final = ("citations", "note")


# --- JSON value to object --------------------------------------------------------------------------------------------


def _shown(value: Any) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except RecursionError:
        text = "[[[...]]]"
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 3]}..."


def _refuse_type(wanted: str, value: Any) -> NoReturn:
    got = _JSON_NAMES.get(type(value), type(value).__name__)
    hint = "; leave the field out where nothing is known" if value is None else ""
    msg = f"must be {wanted}, but is {got}: {_shown(value)}{hint}."
    raise InvalidValueError(msg)


def _text(value: Any, _type: Any = None) -> str:
    if (
        type(value) is str
        and value == value.strip() != ""
        and value.isprintable()
        and (value.isascii() or _UNSEEN_LETTERS.isdisjoint(value))
    ):
        return value
    if type(value) is not str:
        _refuse_type("text", value)
    if not value or value != value.strip():
        msg = f"must not be empty or begin or end with blanks, but is {_shown(value)}."
        raise InvalidValueError(msg)
    for character in value:
        if unicodedata.category(character) in _UNSEEN or character in _UNSEEN_LETTERS:
            msg = f"holds the invisible character U+{ord(character):04X} in {_shown(value)}; take it out."
            raise InvalidValueError(msg)
    return value


def _exact(wanted: type[Any], name: str) -> Callable[[Any, Any], Any]:
    def structure(value: Any, _type: Any) -> Any:
        if type(value) is not wanted:
            _refuse_type(name, value)
        return value

    return structure


def _number(value: Any, _type: Any = None) -> int | float:
    if type(value) not in {int, float}:
        _refuse_type("a number", value)
    number: int | float = value
    return number


def _scalar(value: Any, _type: Any) -> str | int | float:
    if type(value) not in {str, int, float}:
        _refuse_type("text or a number", value)
    return _text(value) if type(value) is str else _number(value)


_parsed: Final = functools.lru_cache(maxsize=10_000)(PartialDate.parse)  # the same days come again and again


def _date(value: Any, _type: Any) -> PartialDate:
    return _parsed(_text(value))


@functools.cache
def _member(vocabulary: type[StrEnum]) -> Callable[[Any, Any], Any]:
    words = {member.value: member for member in vocabulary}

    def structure(value: Any, _type: Any) -> StrEnum:
        if type(value) is str and value in words:
            return words[value]
        text = _text(value)
        msg = f"must be a word of {vocabulary.__name__}, but is {text!r}.{did_you_mean(text, words)}"
        msg += f" Valid: {', '.join(words)}."
        raise InvalidValueError(msg)

    return structure


def _word(value: Any, type_: Any) -> Any:
    """Text, or a member of a vocabulary: cattrs takes the hook of str for every StrEnum as well."""
    return _text(value) if type_ is str else _member(type_)(value, type_)


def _hook(converter: Converter, type_: Any) -> Callable[[Any, Any], Any]:
    """What makes a value of a type: of text and words without the way over cattrs."""
    if type_ is str:
        return _text
    if isinstance(type_, type) and issubclass(type_, StrEnum):
        return _member(type_)
    return converter.get_structure_hook(type_)


def _is_union(type_: Any) -> bool:
    return get_origin(type_) in {Union, types.UnionType}


def _is_tuple(type_: Any) -> bool:
    return get_origin(type_) is tuple


def _is_mapping(type_: Any) -> bool:
    return get_origin(type_) is Mapping


def _union_hook(converter: Converter) -> Callable[[Any], Any]:
    def factory(type_: Any) -> Callable[[Any, Any], Any]:
        arms = set(get_args(type_)) - {type(None)}
        if arms == {int, float}:
            return _number
        if arms == {str, int, float}:
            return _scalar
        (arm,) = arms
        return _hook(converter, arm)

    return factory


def _tuple_hook(converter: Converter) -> Callable[[Any], Any]:
    def factory(type_: Any) -> Callable[[Any, Any], Any]:
        item_type = get_args(type_)[0]
        as_list = list[item_type]  # type: ignore[valid-type]
        item = _hook(converter, item_type)
        whole = converter.get_structure_hook(as_list) if converter.detailed_validation else None

        def structure(value: Any, _type: Any) -> tuple[Any, ...]:
            if type(value) is not list:
                _refuse_type("a list", value)
            return tuple([item(member, item_type) for member in value] if whole is None else whole(value, as_list))

        return structure

    return factory


def _mapping_hook(converter: Converter) -> Callable[[Any], Any]:
    def factory(type_: Any) -> Callable[[Any, Any], Any]:
        as_dict = dict[get_args(type_)]  # type: ignore[valid-type,misc]
        structure_dict = converter.get_structure_hook(as_dict)

        def structure(value: Any, _type: Any) -> dict[Any, Any]:
            if type(value) is not dict:
                _refuse_type("an object", value)
            made: dict[Any, Any] = structure_dict(value, as_dict)
            return made

        return structure

    return factory


def _checked(attribute: "attrs.Attribute[Any]", structure: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def checked(value: Any, type_: Any) -> Any:
        result = structure(value, type_)
        attribute.validator(None, attribute, result)  # type: ignore[misc]
        return result

    return checked


def _quick_hook(cls: Any, hooks: Mapping[str, Callable[[Any, Any], Any]]) -> Callable[[Any, Any], Any]:
    """What makes an object and stops at the first problem, with whatever error; no code is compiled for a class."""

    def from_object(value: Any, _type: Any) -> Any:
        return cls(**{name: hooks[name](member, None) for name, member in value.items()})

    return from_object


def _class_hook(converter: Converter) -> Callable[[Any], Any]:
    def factory(cls: Any) -> Callable[[Any, Any], Any]:
        hooks = {field: _hook(converter, field.type) for field in attrs.fields(cls)}
        if not converter.detailed_validation:
            return _quick_hook(cls, {field.name: hook for field, hook in hooks.items()})
        hooks = {field: _checked(field, hook) if field.validator else hook for field, hook in hooks.items()}
        overrides = {field.name: override(struct_hook=hook) for field, hook in hooks.items()}
        structure = make_dict_structure_fn(cls, converter, **overrides)  # type: ignore[arg-type]

        def from_object(value: Any, type_: Any) -> Any:
            if type(value) is not dict:
                _refuse_type("an object", value)
            return structure(value, type_)

        return from_object

    return factory


def _ordered_fields(cls: type[Any]) -> list[str]:
    names = [field.name for field in attrs.fields(cls)]
    return [name for name in names if name not in _LAST_KEYS] + [name for name in _LAST_KEYS if name in names]


def _to_object(converter: Converter) -> Callable[[Any], Any]:
    def factory(cls: Any) -> Callable[[Any], Any]:
        unstructure = make_dict_unstructure_fn(cls, converter, _cattrs_omit_if_default=True)
        order = _ordered_fields(cls)

        def ordered(instance: Any) -> dict[str, Any]:
            members = unstructure(instance)
            return {name: members[name] for name in order if name in members}

        return ordered

    return factory


@functools.cache
def _converter(*, detailed: bool) -> Converter:
    """The converter that is quick, or the one that finds every problem."""
    converter = Converter(detailed_validation=detailed, forbid_extra_keys=True)
    converter.register_structure_hook(str, _word)
    converter.register_structure_hook(int, _exact(int, "a whole number"))
    converter.register_structure_hook(bool, _exact(bool, "true or false"))
    converter.register_structure_hook(PartialDate, _date)
    converter.register_structure_hook_factory(attrs.has, _class_hook(converter))
    converter.register_structure_hook_factory(_is_union, _union_hook(converter))
    converter.register_structure_hook_factory(_is_tuple, _tuple_hook(converter))
    converter.register_structure_hook_factory(_is_mapping, _mapping_hook(converter))
    converter.register_unstructure_hook_factory(attrs.has, _to_object(converter))
    converter.register_unstructure_hook(PartialDate, str)
    converter.register_unstructure_hook(StrEnum, str)
    return converter


@functools.cache
def _quickly(cls: type[object]) -> Callable[[Any, Any], Any]:
    """What makes objects of a class and stops at the first problem."""
    return _converter(detailed=False).get_structure_hook(cls)


# --- what went wrong, in sentences -----------------------------------------------------------------------------------


def _sentences(error: BaseException, value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Each failure below an error of cattrs, as the path to it and a sentence."""
    if isinstance(error, ClassValidationError):
        notes, others = error.group_exceptions()
        for inner, attribute in notes:
            if isinstance(inner, KeyError):
                yield ".".join(path), f"the field {attribute.name!r} is missing and required."
            else:
                yield from _sentences(inner, value[attribute.name], (*path, attribute.name))
        for inner in others:
            yield from _sentences(inner, value, path)
    elif isinstance(error, IterableValidationError):
        for inner, item in error.group_exceptions()[0]:
            at = value[item.index]
            name = member_name(at, item.index) if isinstance(item.index, int) else item.index
            yield from _sentences(inner, at, (*path, name))
    elif isinstance(error, ForbiddenExtraKeysError):
        known = [field.name for field in attrs.fields(error.cl)]
        for name in sorted(error.extra_fields):
            near = did_you_mean(name, known) or f" Known: {', '.join(known)}."
            yield ".".join(path), f"the field {name!r} is not known in {error.cl.__name__}.{near}"
    else:
        yield ".".join(path), str(error)


def _problems(error: BaseException, value: Any, file: str, prefix: str) -> Iterator[Problem]:
    for path, sentence in _sentences(error, value, ()):
        place = f"{prefix}#{path}" if path else prefix
        yield Problem(file=file, place=place, rule="form", message=sentence)


def structure(cls: Any, value: Any, file: str, place: str) -> tuple[Any | None, list[Problem]]:
    """Make an object of `cls` from parsed JSON; nothing and the problems where it cannot be."""
    try:
        return _quickly(cls)(value, cls), []
    except Exception:  # noqa: BLE001, S110 (whatever it is, what follows says it in sentences)
        pass
    try:
        return _converter(detailed=True).structure(value, cls), []
    except (ClassValidationError, IterableValidationError, Ip4kbError) as error:
        return None, list(_problems(error, value, file, place))


def _sound_record(cls: Any, raw: bytes) -> Any | None:
    """The record in a file in which nothing is wrong; types have few levels, so what is nested deeply is no record."""
    try:
        return _quickly(cls)(sound(raw), None)
    except Exception:  # noqa: BLE001 (whatever it is, the reader that finds every problem says it in sentences)
        return None


def read_record(kind: Kind, raw: bytes, file: str, stem: str) -> tuple[Any | None, list[Problem]]:
    """Read one record from the bytes of its file, which is named `stem`.

    Returns:
        The record, or None where it cannot be made, and every problem found.
    """
    record = _sound_record(kind.record_class, raw)
    if record is not None and record.id == stem:
        return record, []
    value, problems = parse(raw, file)
    if value is None and problems:
        return None, problems
    record, wrong = make_record(kind, value, file, stem)
    problems += wrong
    return (None if problems else record), problems


def make_record(kind: Kind, value: Any, file: str, stem: str) -> tuple[Any | None, list[Problem]]:
    """Make one record from the JSON value of its file, which is named `stem`.

    Returns:
        The record, or None where it cannot be made, and every problem found.
    """
    record, problems = structure(kind.record_class, value, file, stem)
    given = value.get("id") if isinstance(value, dict) else None
    if isinstance(given, str) and given != stem:
        message = f"the id is {given!r}, but the file is named {stem!r}; make them the same."
        problems.append(Problem(file=file, place=stem, rule="id", message=message))
    return (None if problems else record), problems


# --- object to JSON --------------------------------------------------------------------------------------------------


def to_json(record: Any) -> dict[str, Any]:
    """A record as JSON values, in the order of the file on disk."""
    value: dict[str, Any] = _converter(detailed=False).unstructure(record)
    return value


def write_record(record: Any) -> str:
    """The canonical text of a record's file."""
    return canonical(to_json(record))
