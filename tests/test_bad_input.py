"""One record file and the values in it: what is refused, where, and with which way out."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

import attrs
import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, PartialDate
from ip4kb.model import field as rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ip4kb import Problem

    Refused = Callable[[dict[str, Any]], tuple[Problem, ...]]

TEXTS: dict[object, str] = {
    rules.identifier: "an-id",
    rules.digest: "sha256:" + 64 * "0",
    rules.language: "en",
    rules.web_address: "https://example.org/",
    rules.phrase: "a few words",
}
IDENTIFIER = "be lower-case letters and digits joined by hyphens, such as 'the-hague-2025'"
ADDRESS = 'be an address that starts with http:// or https:// and holds no user, no blank and none of "<>\\^`{|}'
JSON_VALUES: dict[str, Any] = {
    "null": None,
    "boolean": True,
    "whole number": 5,
    "number": 1.5,
    "text": "text",
    "list": [],
    "object": {},
}


WANTED = {
    frozenset({"text"}): "text",
    frozenset({"text", "whole number", "number"}): "text or a number",
    frozenset({"whole number", "number"}): "a number",
    frozenset({"whole number"}): "a whole number",
    frozenset({"boolean"}): "true or false",
    frozenset({"list"}): "a list",
    frozenset({"object"}): "an object",
}


class Spot(NamedTuple):
    """A field of a class of the model, and where a file holds it."""

    kind: Kind
    owner: type[Any]
    path: tuple[str | int, ...]
    type: Any
    field: attrs.Attribute[Any]

    @property
    def arms(self) -> frozenset[Any]:
        return arms(self.type)

    def __str__(self) -> str:
        return f"{self.owner.__name__}.{self.field.name}{'.1' if self.path[-1] == 0 else ''}"


def arms(type_: Any) -> frozenset[Any]:
    """The types that a field can hold, but for None."""
    return frozenset({type_} if get_origin(type_) is tuple else set(get_args(type_)) or {type_}) - {type(None)}


def is_part(type_: Any) -> bool:
    return attrs.has(type_) and type_ is not PartialDate


def sample(type_: Any, field: attrs.Attribute[Any]) -> Any:
    """A JSON value that a field takes."""
    wanted = arms(type_)
    one: Any
    (one,) = wanted - {int, float} or {int}
    if get_origin(one) is tuple:
        return [sample(get_args(one)[0], field)]
    if is_part(one):
        return whole(one)
    if issubclass(one, StrEnum):
        return next(iter(one)).value
    known = {PartialDate: "2025-06", bool: True, int: 7}
    return known[one] if one in known else TEXTS.get(field.validator, "text")


def whole(cls: type[Any]) -> dict[str, Any]:
    """A JSON object with every field of a class."""
    return {field.name: sample(field.type, field) for field in attrs.fields(cls)}


def spots() -> Iterator[Spot]:
    """Every field of every class of the model, once, and the members of each list of values."""
    seen: set[type[Any]] = set()

    def below(kind: Kind, cls: type[Any], path: tuple[str | int, ...]) -> Iterator[Spot]:
        seen.add(cls)
        for field in attrs.fields(cls):
            at: tuple[str | int, ...] = (*path, field.name)
            yield Spot(kind, cls, at, field.type, field)
            for one in arms(field.type):
                held, place = (get_args(one)[0], (*at, 0)) if get_origin(one) is tuple else (one, at)
                if is_part(held):
                    if held not in seen:
                        yield from below(kind, held, place)
                elif place != at:
                    yield Spot(kind, cls, place, held, field)

    for kind in Kind:
        yield from below(kind, kind.record_class, ())


SPOTS = list(spots())


def those(condition: Callable[[Spot], bool]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("spot", [spot for spot in SPOTS if condition(spot)], ids=str)


def accepted(spot: Spot) -> set[str]:
    """The kinds of JSON value that a spot takes."""
    words = {int: "whole number", float: "number", bool: "boolean"}
    return {
        words[arm] if arm in words else "list" if get_origin(arm) is tuple else "object" if is_part(arm) else "text"
        for arm in spot.arms
    }


def holder_in(record: dict[str, Any], spot: Spot) -> Any:
    found: Any = record
    for step in spot.path[:-1]:
        found = found[step]
    return found


def with_value(spot: Spot, id: str, value: object) -> dict[str, Any]:
    """A record with every field, and this value at the spot."""
    record = whole(spot.kind.record_class) | {"id": id}
    holder_in(record, spot)[spot.path[-1]] = value
    return record


def place_of(spot: Spot, id: str, record: dict[str, Any]) -> str:
    """The place of a spot, with the members of lists by their key, or counted from 1."""
    names = []
    found: Any = record
    for step in spot.path:
        found = found[step]
        keys = [found.get(key) for key in ("key", "party", "country", "theme")] if isinstance(found, dict) else []
        named = next((key for key in keys if key and isinstance(key, str)), None)
        names.append(step if isinstance(step, str) else named or str(step + 1))
    return f"{id}#{'.'.join(names)}"


def problems_with(refused: Refused, spot: Spot, values: dict[str, Any]) -> dict[str, list[str]]:
    """For each name of a value, the sentences about it at the spot; each value stands in a record of its own."""
    records = {name: with_value(spot, f"bad-{index}", value) for index, (name, value) in enumerate(values.items())}
    files = {f"{spot.kind}/bad-{index}.json": record for index, record in enumerate(records.values())}
    found = refused(files)
    return {
        name: [
            problem.message
            for problem in found
            if problem.file == file and problem.place == place_of(spot, f"bad-{index}", record)
            if problem.rule == "form"
        ]
        for index, (name, (file, record)) in enumerate(zip(values, files.items(), strict=True))
    }


def test_every_class_of_the_model_is_tried() -> None:
    public = [getattr(ip4kb, name) for name in ip4kb.__all__ if name[0].isupper()]
    of_model = {cls for cls in public if attrs.has(cls) and cls.__module__.startswith("ip4kb.model.")}
    assert {spot.owner for spot in SPOTS} == of_model - {ip4kb.Gathering, ip4kb.Person}
    assert len({str(spot) for spot in SPOTS}) == len(SPOTS)


def test_records_with_every_field_have_no_fault_of_form(refused: Refused) -> None:
    files = {f"{kind}/whole-{kind}.json": whole(kind.record_class) | {"id": f"whole-{kind}"} for kind in Kind}
    assert {problem.rule for problem in refused(files)} == {"references", "citations", "kind", "used"}


# --- what each field is, told a second time ---------------------------------------------------------------------------

REFERENCES = {
    "source": "Source.draws_on Citation.source Citation.via Declaration.text",
    "declaration": "Silence.compared_with",
    "summit or meeting": "Declaration.meeting Initiative.agreed_at",
    "summit": "Meeting.within",
    "claim": "Position.claims",
    "person": "Tenure.person Summit.secretary_general Participation.in_place_of Delegate.person",
    "country": "Location.country Membership.country Summit.hosts Meeting.hosts",
    "country or alliance": (
        "Source.issuer Participation.party Meeting.organiser Declaration.issuers Initiative.parties"
    ),
    "person, country or alliance": "Development.by Reason.given_by Claim.by",
    "record, place in a record, country or person": "Claim.about Disagreement.about",
}
FORMS = {
    IDENTIFIER: (
        "Source.id Alliance.id Partner.id Summit.id Meeting.id Declaration.id Initiative.id Claim.id Disagreement.id "
        "Citation.source Citation.via Tenure.key Development.key Reason.key Position.key"
    ),
    ADDRESS: "Source.url Source.archived_url",
    "be a language tag such as 'en' or 'ja'": "Source.language Alias.language",
    "be 'sha256:' and 64 lower-case hexadecimal digits": "Source.text_digest",
    "have at most 12 words and 120 characters; shorten it": "Citation.phrase",
}
FACTS = {
    "Alliance": "summary founded treaty headquarters",
    "Membership": "country status since until",
    "Tenure": "person office since until",
    "Partner": "official_name codes capital",
    "Development": "date until summary by basis status quantity",
    "Summit": "summary start end places hosts outcome secretary_general number_of_allies",
    "Participation": "invitation presence mode basis delegates delegation_size in_place_of",
    "Reason": "text given_by",
    "Meeting": "summary start end places hosts outcome organiser within",
    "Declaration": "summary issued place issuers meeting reference since until paragraphs words",
    "Provision": "summary",
    "Silence": "summary absent_terms compared_with",
    "Initiative": "summary parties agreed_at since until quantities",
    "Claim": "summary by quantity",
    "Position": "statement value",
}
"""What an object's own citations must support; parts that carry citations are facts for which these answer."""


def in_records_of_their_own(spots: list[Spot], value: str) -> dict[str, tuple[Spot, dict[str, Any]]]:
    """The file for each spot: a record with every field, and this value at the spot."""
    return {
        f"{spot.kind}/bad-{index}.json": (spot, with_value(spot, f"bad-{index}", value))
        for index, spot in enumerate(spots)
    }


def told_at(problems: tuple[Problem, ...], made: dict[str, tuple[Spot, dict[str, Any]]]) -> dict[str, str]:
    """The sentence told at each spot, by the name of its field; nothing where none is."""
    found = {}
    for problem in problems:
        spot, record = made[problem.file]
        place = place_of(spot, problem.file.partition("/")[2].removesuffix(".json"), record)
        if problem.place in {place, place.removesuffix(".1")}:
            found[str(spot).removesuffix(".1")] = problem.message
    return found


def test_every_id_in_a_record_names_something_that_is_there_and_of_its_kind(refused: Refused) -> None:
    made = in_records_of_their_own([spot for spot in SPOTS if str in spot.arms and spot.path != ("id",)], "nobody")
    problems = refused({file: record for file, (_, record) in made.items()})
    told = told_at(tuple(problem for problem in problems if problem.rule == "references"), made)
    expected = {
        name: f"'nobody' is no {target} here." for target, names in REFERENCES.items() for name in names.split()
    }
    assert told == expected


def test_every_text_of_a_form_is_refused_in_another(refused: Refused) -> None:
    text = "No form of these has blanks and a full stop, or so very many words."
    made = in_records_of_their_own([spot for spot in SPOTS if str in spot.arms], text)
    problems = refused({file: record for file, (_, record) in made.items()})
    told = told_at(tuple(problem for problem in problems if "must" in problem.message), made)
    expected = {name: form for form, names in FORMS.items() for name in names.split()}
    assert told == {
        name: f"{name.rpartition('.')[2]!r} must {form}, but is {text!r}." for name, form in expected.items()
    }


def without_citations(value: Any) -> Any:
    """The same JSON with no citation anywhere."""
    if isinstance(value, dict):
        return {name: [] if name == "citations" else without_citations(member) for name, member in value.items()}
    return [without_citations(member) for member in value] if isinstance(value, list) else value


def test_every_fact_needs_a_citation_and_the_frame_needs_none(refused: Refused) -> None:
    records = {f"whole-{kind}": without_citations(whole(kind.record_class)) | {"id": f"whole-{kind}"} for kind in Kind}
    problems = refused({f"{id.removeprefix('whole-')}/{id}.json": record for id, record in records.items()})
    uncited = {problem.place for problem in problems if problem.message.startswith("no citation supports this fact")}
    named = {
        str(spot)
        for spot in SPOTS
        if "citations" not in spot.path
        if place_of(spot, f"whole-{spot.kind}", records[f"whole-{spot.kind}"]) in uncited
    }
    assert named == {f"{owner}.{name}" for owner, names in FACTS.items() for name in names.split()}


# --- values -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_every_value_of_a_record_has_exactly_the_type_of_its_field(
    kind: Kind, unchecked: Callable[..., KnowledgeBase]
) -> None:
    def compare(value: Any, type_: Any) -> None:
        (one,) = {arm for arm in arms(type_) if get_origin(arm) is tuple or type(value) is arm}
        if get_origin(one) is tuple:
            assert type(value) is tuple
            assert len(value) == 1
            compare(value[0], get_args(one)[0])
        elif is_part(one):
            for field in attrs.fields(one):
                compare(getattr(value, field.name), field.type)

    record = unchecked({f"{kind}/whole.json": whole(kind.record_class) | {"id": "whole"}}).find("whole")
    compare(record, kind.record_class)


@those(lambda _: True)
def test_a_value_of_another_type_is_refused_in_every_field(spot: Spot, refused: Refused) -> None:
    wrong = {name: value for name, value in JSON_VALUES.items() if name not in accepted(spot)}
    shown = {
        "null": "null: null; leave the field out where nothing is known.",
        "boolean": "true or false: true.",
        "whole number": "a number: 5.",
        "number": "a number: 1.5.",
        "text": 'text: "text".',
        "list": "a list: [].",
        "object": "an object: {}.",
    }
    found = problems_with(refused, spot, wrong)
    for name, messages in found.items():
        assert messages == [f"must be {WANTED[frozenset(accepted(spot))]}, but is {shown[name]}"]


@those(lambda spot: spot.path[-1] != 0)
def test_a_misspelt_key_is_refused_with_the_close_match(spot: Spot, refused: Refused) -> None:
    name = spot.field.name
    record = with_value(spot, "bad", None)
    holder = holder_in(record, spot)
    holder[f"{name}x"] = holder.pop(name)
    messages = [problem.message for problem in refused({f"{spot.kind}/bad.json": record})]
    (unknown,) = [message for message in messages if message.startswith(f"the field '{name}x' is not known in ")]
    assert unknown.startswith(f"the field '{name}x' is not known in {spot.owner.__name__}. Did you mean ")
    assert repr(name) in unknown
    missing = f"the field {name!r} is missing and required."
    assert (missing in messages) is (spot.field.default is attrs.NOTHING)


def test_an_unknown_key_that_is_like_none_is_refused_with_those_known(files: dict[str, Any], refused: Refused) -> None:
    files["summit/summit-2025.json"]["places"][0]["zzz"] = 1
    (problem,) = refused(files)
    assert str(problem) == (
        "summit/summit-2025.json: summit-2025#places.1: "
        "the field 'zzz' is not known in Location. Known: city, country, venue. [form]"
    )


def test_unknown_keys_are_told_in_the_order_of_their_names(files: dict[str, Any], refused: Refused) -> None:
    names = [f"zz-{letter}" for letter in "hdbgcafe"]
    files["summit/summit-2025.json"]["places"][0] |= dict.fromkeys(names, 1)
    told = [problem.message.split("'")[1] for problem in refused(files)]
    assert told == sorted(names)


@those(lambda spot: any(issubclass(arm, StrEnum) for arm in spot.arms if isinstance(arm, type)))
def test_a_word_outside_the_vocabulary_is_refused_with_the_words_that_are_in_it(spot: Spot, refused: Refused) -> None:
    (vocabulary,) = spot.arms
    words = [word.value for word in vocabulary]
    found = problems_with(refused, spot, {"none": "zzzzz", "misspelt": f"{words[-1]}x", "case": words[0].upper()})
    valid = f"Valid: {', '.join(words)}."
    assert found["none"] == [f"must be a word of {vocabulary.__name__}, but is 'zzzzz'. {valid}"]
    (misspelt,) = found["misspelt"]
    assert misspelt.startswith(f"must be a word of {vocabulary.__name__}, but is '{words[-1]}x'. Did you mean ")
    assert repr(words[-1]) in misspelt
    (case,) = found["case"]
    assert case.endswith(valid)


@those(lambda spot: "text" in accepted(spot))
def test_blanks_around_and_invisible_characters_are_refused_in_every_text(spot: Spot, refused: Refused) -> None:
    found = problems_with(
        refused,
        spot,
        {"empty": "", "blank": " ", "before": " a", "after": "a\n", "zero-width": "a\u200bb", "control": "a\x07b"},
    )
    assert found == {
        "empty": ['must not be empty or begin or end with blanks, but is "".'],
        "blank": ['must not be empty or begin or end with blanks, but is " ".'],
        "before": ['must not be empty or begin or end with blanks, but is " a".'],
        "after": ['must not be empty or begin or end with blanks, but is "a\\n".'],
        "zero-width": ['holds the invisible character U+200B in "a\u200bb"; take it out.'],
        "control": ['holds the invisible character U+0007 in "a\\u0007b"; take it out.'],
    }


@pytest.mark.parametrize(
    "character",
    [
        "\0",
        "\t",
        "\n",
        "\x1b",
        "\x7f",
        "\x85",
        "\N{SOFT HYPHEN}",
        "\N{ZERO WIDTH SPACE}",
        "\N{ZERO WIDTH NON-JOINER}",
        "\N{ZERO WIDTH JOINER}",
        "\N{RIGHT-TO-LEFT OVERRIDE}",
        "\N{FIRST STRONG ISOLATE}",
        "\N{WORD JOINER}",
        "\N{ZERO WIDTH NO-BREAK SPACE}",
        "\ue000",
        "\uffff",
        "\ud800",
        "\U000e0041",
    ],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_a_character_that_no_one_sees_is_refused(character: str, files: dict[str, Any], refused: Refused) -> None:
    name = "partner/japan.json"
    files[name] = json.dumps(files[name] | {"capital": f"To{character}kyo"}).encode("ascii")
    (problem,) = refused(files)
    assert (problem.file, problem.place, problem.rule) == (name, "japan#capital", "form")
    assert problem.message.startswith(f"holds the invisible character U+{ord(character):04X} in ")


def test_text_in_any_script_is_taken(files: dict[str, Any], write: Callable[..., Any]) -> None:
    names = ["Türkiye", "日本", "대한민국", "Aotearoa", "a\u00a0b", "न\u093f", "🤝"]
    files["partner/japan.json"]["aliases"] = [{"text": name, "kind": "endonym"} for name in names]
    kb = KnowledgeBase.from_directory(write(files))
    assert [alias.text for alias in kb.partners["japan"].aliases] == names


@those(lambda spot: PartialDate in spot.arms)
def test_a_date_that_does_not_exist_is_refused(spot: Spot, refused: Refused) -> None:
    for_form = ["2025-6", "25", "20250625", "2025/06/25", "2025-06-25T10:00", "June 2025", "2025-", "２０２５"]
    impossible = ["2025-00", "2025-13", "2025-02-30", "2023-02-29", "2025-06-00", "2025-06-31", "0000"]
    found = problems_with(refused, spot, {text: text for text in [*for_form, *impossible]})
    for text in for_form:
        assert found[text] == [
            f"{text!r} is not a date; write a year, a month or a day: '2025', '2025-06' or '2025-06-25'."
        ]
    for text in impossible:
        (message,) = found[text]
        assert message.startswith(f"{text} is not a date of the calendar: ")


@pytest.mark.parametrize(
    ("rule", "way_out", "wrong", "right"),
    [
        (
            rules.identifier,
            IDENTIFIER,
            ["Abc", "1abc", "a--b", "a_b", "a b", "-a", "a-", "é", "a.b", "a/b", "a#b"],
            ["a", "a1-b2-2025"],
        ),
        (
            rules.web_address,
            ADDRESS,
            [
                "example.org",
                "//example.org",
                "ftp://example.org",
                "javascript:alert(1)",
                "http://",
                "https:///x",
                "h b",
            ],
            ["http://example.org", "https://example.org/a?b=c#d"],
        ),
        (
            rules.digest,
            "be 'sha256:' and 64 lower-case hexadecimal digits",
            ["sha256:", 64 * "0", "sha256:" + 63 * "0", "sha256:" + 65 * "0", "sha256:" + 64 * "G", "md5:" + 32 * "0"],
            ["sha256:" + 32 * "0f"],
        ),
        (
            rules.language,
            "be a language tag such as 'en' or 'ja'",
            ["English", "e", "EN", "en_GB", "en-"],
            ["en", "ja", "zh-Hant", "mi"],
        ),
        (
            rules.phrase,
            "have at most 12 words and 120 characters; shorten it",
            [" ".join(13 * "a"), 121 * "a"],
            [" ".join(12 * "a"), 120 * "a"],
        ),
        (
            rules.phrase,
            "have at most 12 words and 40 characters; shorten it",
            [41 * "日", 40 * "a" + "日", 41 * "ひ", 41 * "カ"],
            [40 * "日"],
        ),
    ],
    ids=["id", "address", "digest", "language", "phrase", "phrase in Chinese or Japanese script"],
)
def test_a_text_of_the_wrong_form_is_refused_wherever_the_rule_holds(
    rule: object, way_out: str, wrong: list[str], right: list[str], refused: Refused
) -> None:
    held = [spot for spot in SPOTS if spot.field.validator is rule]
    assert held
    for spot in held:
        found = problems_with(refused, spot, {text: text for text in [*wrong, *right]})
        for text in wrong:
            assert found[text] == [f"{spot.field.name!r} must {way_out}, but is {text!r}."]
        for text in right:
            assert found[text] == []


@those(lambda spot: spot.field.validator is rules.positive)
def test_a_count_below_one_is_refused(spot: Spot, refused: Refused) -> None:
    found = problems_with(refused, spot, {"0": 0, "-1": -1, "1": 1})
    wrong = {text: [f"{spot.field.name!r} must be 1 or more, but is {text}."] for text in ("0", "-1")}
    assert found == wrong | {"1": []}


def test_every_count_is_at_least_one() -> None:
    assert all(spot.field.validator is rules.positive for spot in SPOTS if spot.arms == {int})


@pytest.mark.parametrize(
    ("literal", "sentence"),
    [
        ("NaN", "NaN is not a number that JSON knows; give a finite number."),
        ("Infinity", "Infinity is not a number that JSON knows; give a finite number."),
        ("-Infinity", "-Infinity is not a number that JSON knows; give a finite number."),
        ("1e400", "1e400 is too large for a number; give a finite number."),
        ("-1e400", "-1e400 is too large for a number; give a finite number."),
        (
            "9" * 301,
            "99999999999999999999... is too large for a number: it has 301 digits; give a finite number.",
        ),
        (
            "-" + "9" * 5000,
            "-9999999999999999999... is too large for a number: it has 5,000 digits; give a finite number.",
        ),
    ],
    ids=["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "301 digits", "5000 digits"],
)
@those(lambda spot: int in spot.arms)
def test_what_is_no_finite_number_is_refused(spot: Spot, literal: str, sentence: str, refused: Refused) -> None:
    record = with_value(spot, "bad", "HERE")
    name = f"{spot.kind}/bad.json"
    problems = refused({name: json.dumps(record).replace('"HERE"', literal).encode()})
    assert [problem.message for problem in problems if problem.rule == "json"] == [sentence]
    place = place_of(spot, "bad", record)
    told = [problem.message for problem in problems if problem.place == place and problem.rule == "form"]
    if str not in spot.arms:
        assert len(told) == 1
        assert "must be a " in told[0]
        assert "null" not in told[0]


def test_a_number_as_large_as_any_figure_is_taken(files: dict[str, Any], write: Callable[..., Any]) -> None:
    files["claim/report-2025-spending.json"]["quantity"] |= {"value": 10**299, "to": 1.5e300}
    quantity = KnowledgeBase.from_directory(write(files)).claims["report-2025-spending"].quantity
    assert quantity is not None
    assert (quantity.value, quantity.to) == (10**299, 1.5e300)


def test_a_quantity_made_by_hand_takes_any_finite_number() -> None:
    assert ip4kb.Quantity(value=10**400, unit=ip4kb.Unit.USD).value == 10**400
    for value in (float("nan"), float("inf"), float("-inf")):
        with pytest.raises(ip4kb.InvalidValueError, match="'value' must be a finite number, but is "):
            ip4kb.Quantity(value=value, unit=ip4kb.Unit.USD)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("value", [None, True, 5, 1.5, "text", []], ids=repr)
def test_a_file_that_holds_no_object_is_refused(kind: Kind, value: object, refused: Refused) -> None:
    (problem,) = refused({f"{kind}/bad.json": value})
    assert (problem.place, problem.rule) == ("bad", "form")
    assert problem.message.startswith("must be an object, but is ")


def test_a_long_value_is_shown_by_its_beginning(files: dict[str, Any], refused: Refused) -> None:
    files["partner/japan.json"]["capital"] = ["Tokyo" * 50]
    (problem,) = refused(files)
    assert problem.message == f'must be text, but is a list: ["{"Tokyo" * 15}....'


def test_an_id_that_differs_from_the_name_of_its_file_is_refused(files: dict[str, Any], refused: Refused) -> None:
    files["partner/japan.json"]["id"] = "nippon"
    problems = refused(files)
    assert str(problems[0]) == (
        "partner/japan.json: japan: the id is 'nippon', but the file is named 'japan'; make them the same. [id]"
    )


def test_an_id_of_the_wrong_form_is_told_beside_every_other_fault_of_its_record(refused: Refused) -> None:
    problems = refused({"summit/Summit 1.json": {"id": "Summit 1", "nam": "x", "start": "2025-13", "places": {}}})
    assert [(problem.place, problem.message) for problem in problems] == [
        (
            "Summit 1#id",
            f"'id' must {IDENTIFIER}, but is 'Summit 1'.",
        ),
        ("Summit 1", "the field 'name' is missing and required."),
        ("Summit 1#start", "2025-13 is not a date of the calendar: month must be in 1..12."),
        ("Summit 1#places", "must be a list, but is an object: {}."),
        ("Summit 1", "the field 'nam' is not known in Summit. Did you mean 'name'?"),
    ]


def test_every_broken_place_of_every_file_is_told_at_once(files: dict[str, Any], refused: Refused) -> None:
    summit = files["summit/summit-2025.json"]
    summit["participations"][0]["delegates"][0]["level"] = "minister"
    summit["participations"][1]["reasons"][0]["text"] = 5
    summit["citations"][0]["paragraph"] = 0
    files["office.json"] = {}
    files["partner/japan.json"] = b'{"id": "japan"'
    files["initiative/office.json"]["parties"] = "nato"
    files["claim/report-2025-date.json"]["about"] = ["offise"]
    problems = refused(files)
    assert {(problem.file, problem.place, problem.rule) for problem in problems} >= {
        ("summit/summit-2025.json", "summit-2025#participations.japan.delegates.1.level", "form"),
        ("summit/summit-2025.json", "summit-2025#participations.australia.reasons.busy.text", "form"),
        ("summit/summit-2025.json", "summit-2025#citations.1.paragraph", "form"),
        ("office.json", "", "file"),
        ("partner/japan.json", "", "json"),
        ("initiative/office.json", "office#parties", "form"),
        ("claim/report-2025-date.json", "report-2025-date#about", "references"),
    }
    with pytest.raises(ip4kb.DataError, match=r"^1 problem in the data; nothing was loaded:\n- a: b: c \[d\]$"):
        raise ip4kb.DataError((ip4kb.Problem(file="a", place="b", rule="d", message="c"),))


def test_a_place_of_which_another_file_is_broken_is_not_told_as_dangling(
    files: dict[str, Any], refused: Refused
) -> None:
    files["summit/summit-2025.json"]["places"] = "here"
    assert [problem.file for problem in refused(files)] == ["summit/summit-2025.json"]
