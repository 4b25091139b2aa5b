"""The rules between records, and between the parts of one, each broken in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args, get_origin

import attrs
import pytest

from ip4kb import Kind, KnowledgeBase, PartialDate
from ip4kb.model.field import Target
from ip4kb.rules import WAYS_OUT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ip4kb import Problem

    Refused = Callable[[dict[str, Any]], tuple[Problem, ...]]
    Write = Callable[..., Any]

NATO, PAGE, REPORT = "alliance/nato.json", "source/nato-page.json", "source/report-2025.json"
SUMMIT, TALKS, DECLARATION = (
    "summit/summit-2025.json",
    "meeting/talks-2025.json",
    "declaration/declaration-2025.json",
)
JAPAN, OFFICE, DATE = "partner/japan.json", "initiative/office.json", "claim/report-2025-date.json"
SPENDING, DISPUTE = "claim/report-2025-spending.json", "disagreement/summit-date.json"
CITED = [{"source": "nato-page"}]


def told(problems: tuple[Problem, ...]) -> list[str]:
    return [str(problem) for problem in problems]


def model_classes() -> set[type[Any]]:
    """Every class of the model that stands in a record."""
    found: set[type[Any]] = set()

    def add(type_: Any) -> None:
        if get_origin(type_) is not None or get_args(type_):
            for arm in get_args(type_):
                add(arm)
        elif attrs.has(type_) and type_ is not PartialDate and type_ not in found:
            found.add(type_)
            for field in attrs.fields(type_):
                add(field.type)

    for kind in Kind:
        add(kind.record_class)
    return found


def filled(template: Any, value: str) -> Any:
    """A template with the value wherever it has a question mark."""
    if isinstance(template, dict):
        return {name: filled(member, value) for name, member in template.items()}
    if isinstance(template, list):
        return [filled(member, value) for member in template]
    return value if template == "?" else template


# --- references -------------------------------------------------------------------------------------------------------

REFERENCES: dict[str, tuple[Target, str, dict[str, Any], str]] = {
    "Source.issuer": (Target.PARTY, PAGE, {"issuer": "?"}, "nato-page#issuer"),
    "Source.draws_on": (Target.SOURCE, PAGE, {"draws_on": ["report-2025", "?"]}, "nato-page#draws_on"),
    "Citation.source": (Target.SOURCE, NATO, {"citations": [{"source": "?"}]}, "nato#citations.1.source"),
    "Citation.via": (
        Target.SOURCE,
        NATO,
        {"citations": [*CITED, *CITED, CITED[0] | {"via": "?"}]},
        "nato#citations.3.via",
    ),
    "Membership.country": (
        Target.COUNTRY,
        NATO,
        {"members": [{"country": "?", "citations": CITED}]},
        "nato#members.?.country",
    ),
    "Location.country": (Target.COUNTRY, NATO, {"headquarters": {"country": "?"}}, "nato#headquarters.country"),
    "Tenure.person": (
        Target.PERSON,
        JAPAN,
        {"offices": [{"key": "one", "person": "?", "office": "Minister", "citations": CITED}]},
        "japan#offices.one.person",
    ),
    "Development.by": (
        Target.ACTOR,
        JAPAN,
        {"developments": [{"key": "one", "summary": "It came.", "by": ["nato", "?"], "citations": CITED}]},
        "japan#developments.one.by",
    ),
    "Summit.hosts": (Target.COUNTRY, SUMMIT, {"hosts": ["?"]}, "summit-2025#hosts"),
    "Summit.secretary_general": (Target.PERSON, SUMMIT, {"secretary_general": "?"}, "summit-2025#secretary_general"),
    "Meeting.hosts": (Target.COUNTRY, TALKS, {"hosts": ["?"]}, "talks-2025#hosts"),
    "Meeting.organiser": (Target.PARTY, TALKS, {"organiser": "?"}, "talks-2025#organiser"),
    "Meeting.within": (Target.SUMMIT, TALKS, {"within": "?"}, "talks-2025#within"),
    "Participation.party": (
        Target.PARTY,
        TALKS,
        {"participations": [{"party": "?", "presence": "represented", "citations": CITED}]},
        "talks-2025#participations.?.party",
    ),
    "Participation.in_place_of": (
        Target.PERSON,
        TALKS,
        {"participations": [{"party": "japan", "in_place_of": "?", "citations": CITED}]},
        "talks-2025#participations.japan.in_place_of",
    ),
    "Delegate.person": (
        Target.PERSON,
        TALKS,
        {
            "participations": [
                {"party": "japan", "delegates": [{"person": "?", "level": "official"}], "citations": CITED}
            ]
        },
        "talks-2025#participations.japan.delegates.1.person",
    ),
    "Reason.given_by": (
        Target.ACTOR,
        TALKS,
        {
            "participations": [
                {"party": "japan", "reasons": [{"key": "one", "text": "Busy.", "given_by": ["?"], "citations": CITED}]}
            ]
        },
        "talks-2025#participations.japan.reasons.one.given_by",
    ),
    "Declaration.issuers": (Target.PARTY, DECLARATION, {"issuers": ["?"]}, "declaration-2025#issuers"),
    "Declaration.meeting": (Target.GATHERING, DECLARATION, {"meeting": "?"}, "declaration-2025#meeting"),
    "Declaration.text": (Target.SOURCE, DECLARATION, {"text": "?"}, "declaration-2025#text"),
    "Silence.compared_with": (
        Target.DECLARATION,
        DECLARATION,
        {"silences": [{"theme": "china", "summary": "None.", "compared_with": ["?"], "citations": CITED}]},
        "declaration-2025#silences.china.compared_with",
    ),
    "Initiative.parties": (Target.PARTY, OFFICE, {"parties": ["japan", "?"]}, "office#parties"),
    "Initiative.agreed_at": (Target.GATHERING, OFFICE, {"agreed_at": "?"}, "office#agreed_at"),
    "Claim.about": (Target.SUBJECT, SPENDING, {"about": ["australia", "?"]}, "report-2025-spending#about"),
    "Claim.by": (Target.ACTOR, DATE, {"by": ["?"]}, "report-2025-date#by"),
    "Disagreement.about": (Target.SUBJECT, DISPUTE, {"about": ["?"]}, "summit-date#about"),
    "Position.claims": (
        Target.CLAIM,
        DISPUTE,
        {"positions": [{"key": "one", "statement": "One.", "claims": ["?"], "citations": CITED}]},
        "summit-date#positions.one.claims",
    ),
}
# For each target a misspelt id with what it is most like, and an id of something else.
MISSPELT: dict[Target, tuple[str, str, str]] = {
    Target.SOURCE: ("report-2026", "report-2025", "nato"),
    Target.DECLARATION: ("declaration-2026", "declaration-2025", "summit-2025"),
    Target.GATHERING: ("summit-2026", "summit-2025", "office"),
    Target.SUMMIT: ("summit-2026", "summit-2025", "talks-2025"),
    Target.CLAIM: ("report-2025-dates", "report-2025-date", "office"),
    Target.PERSON: ("ada-mos", "ada-moss", "japan"),
    Target.COUNTRY: ("japn", "japan", "nato"),
    Target.PARTY: ("japn", "japan", "ada-moss"),
    Target.ACTOR: ("ada-mos", "ada-moss", "office"),
    Target.SUBJECT: ("offise", "office", "xyzzy"),
}


def test_every_field_that_refers_is_tried() -> None:
    referring = {
        f"{cls.__name__}.{field.name}": field.metadata["refers"]
        for cls in model_classes()
        for field in attrs.fields(cls)
        if "refers" in field.metadata
    }
    assert {name: target for name, (target, *_) in REFERENCES.items()} == referring
    assert set(referring.values()) == set(Target) == set(MISSPELT)


@pytest.mark.parametrize("name", REFERENCES)
def test_a_reference_that_resolves_to_nothing_is_told_with_the_close_match(
    name: str, files: dict[str, Any], refused: Refused
) -> None:
    target, file, template, place = REFERENCES[name]
    misspelt, like, other = MISSPELT[target]
    found = told(refused(files | {file: files[file] | filled(template, misspelt)}))
    (sentence,) = [line for line in found if f"'{misspelt}' is no {target} here." in line]
    assert sentence.startswith(
        f"{file}: {place.replace('?', misspelt)}: '{misspelt}' is no {target} here. Did you mean "
    )
    assert f"'{like}'" in sentence
    assert sentence.endswith("[references]")
    found = told(refused(files | {file: files[file] | filled(template, other)}))
    assert any(f"{place.replace('?', other)}: '{other}' is no {target} here." in line for line in found)


def test_close_matches_are_looked_for_only_so_often(files: dict[str, Any], refused: Refused) -> None:
    wrong = [{"source": f"report-{year}"} for year in range(3000, 3000 + 2 * WAYS_OUT)]
    found = [
        line for line in told(refused(files | {NATO: files[NATO] | {"citations": wrong}})) if "is no source" in line
    ]
    assert len(found) == len(wrong)
    assert sum("Did you mean 'report-2025'?" in line for line in found) == WAYS_OUT


COUNTRY, ALLIANCE, PERSON = "netherlands", "nato", "ada-moss"
TAKEN = {
    "Meeting.hosts": [COUNTRY, "north-korea"],
    "Initiative.parties": [COUNTRY, ALLIANCE],
    "Initiative.agreed_at": ["summit-2025", "talks-2025"],
    "Claim.by": [COUNTRY, ALLIANCE, PERSON],
    "Claim.about": [COUNTRY, ALLIANCE, PERSON, "office", "report-2025", "report-2025-date", "summit-date"],
}


@pytest.mark.parametrize(("name", "other"), [(name, other) for name, others in TAKEN.items() for other in others])
def test_a_reference_may_name_each_of_its_targets(name: str, other: str, files: dict[str, Any], write: Write) -> None:
    _, file, template, place = REFERENCES[name]
    record = files[file] | filled(template, other)
    if file in {OFFICE, TALKS}:
        facts = {"start", "organiser", "within", "hosts", "parties", "agreed_at"} & record.keys()
        record["citations"] = [{"source": "nato-page", "supports": sorted(facts)}]
    kb = KnowledgeBase.from_directory(write(files | {file: record}))
    assert place in {reference.place for reference in kb.referring_to(other)}


@pytest.mark.parametrize(
    ("about", "sentence"),
    [
        ("summit-2025#strat", "there is no 'strat' here. Did you mean 'start'? Here are: id, name, "),
        ("summit-2025#", "there is no '' here. Here are: id, name, "),
        ("summit-2025#start.day", "there is no 'day' here. Nothing lies below."),
        ("summit-2025#name.x", "there is no 'x' here. Nothing lies below."),
        (
            "summit-2025#participations.japn",
            "there is no 'japn' here. Did you mean 'japan'? Here are: japan, australia, new-zealand.",
        ),
        ("summit-2025#participations.australia.reasons.lazy", "there is no 'lazy' here. Here are: busy."),
        ("summit-2025#participations.japan.delegates.2", "there is no '2' here. Here are: 1."),
        ("netherlands#capital", "'netherlands' is no record, so no places lie in it."),
        ("ada-moss#name", "'ada-moss' is no record, so no places lie in it."),
    ],
)
@pytest.mark.parametrize("file", [SPENDING, DISPUTE])
def test_a_place_that_is_not_there_is_told(
    file: str, about: str, sentence: str, files: dict[str, Any], refused: Refused
) -> None:
    files[file]["about"] = [about]
    (problem,) = refused(files)
    assert (problem.file, problem.place, problem.rule) == (file, f"{files[file]['id']}#about", "references")
    assert problem.message.startswith(f"'{about}' is no place in the data: {sentence}")


@pytest.mark.parametrize(
    "about",
    [
        "summit-2025#start",
        "summit-2025#participations",
        "summit-2025#participations.japan",
        "summit-2025#participations.australia.reasons.busy.text",
        "summit-2025#participations.japan.delegates.1.level",
        "summit-2025#places.1",
        "summit-2025#citations.2",
        "japan#codes.1.value",
        "report-2025-spending#quantity.value",
    ],
)
def test_a_place_that_is_there_is_taken(about: str, files: dict[str, Any], write: Write) -> None:
    files[DISPUTE]["about"] = [about]
    assert KnowledgeBase.from_directory(write(files)).disagreements["summit-date"].about == (about,)


def test_a_place_in_a_record_that_cannot_be_read_is_not_told_as_dangling(
    files: dict[str, Any], refused: Refused
) -> None:
    files[SUMMIT]["places"] = "here"
    assert {problem.file for problem in refused(files)} == {SUMMIT}


def test_a_partner_that_is_no_country_is_told(files: dict[str, Any], refused: Refused) -> None:
    files["partner/atlantis.json"] = {"id": "atlantis", "name": "Atlantis"}
    assert told(refused(files)) == [
        (
            "partner/atlantis.json: atlantis: "
            "a partner's id must be the slug of a country in the table of countries. [references]"
        )
    ]


# --- within one record ------------------------------------------------------------------------------------------------


def test_an_alias_that_stands_twice_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[JAPAN]["aliases"] += [{"text": "日本", "kind": "official"}, {"text": "Nippon", "kind": "endonym"}]
    assert told(refused(files)) == [f"{JAPAN}: japan#aliases: the alias '日本' stands 2 times; keep one. [unique]"]


@pytest.mark.parametrize(
    ("file", "parts", "place"),
    [
        (SUMMIT, "participations", "summit-2025#participations.japan"),
        (DECLARATION, "provisions", "declaration-2025#provisions.russia"),
        (DECLARATION, "silences", "declaration-2025#silences.china"),
        (OFFICE, "developments", "office#developments.agreed"),
        (DISPUTE, "positions", "summit-date#positions.june"),
    ],
)
def test_a_part_whose_key_another_has_is_told(
    file: str, parts: str, place: str, files: dict[str, Any], refused: Refused
) -> None:
    files[file][parts].append(files[file][parts][0])
    found = told(refused(files))
    assert f"{file}: {place}: 2 parts have this key; give each part of a list a key of its own. [unique]" in found


def test_keys_are_told_at_every_depth(files: dict[str, Any], refused: Refused) -> None:
    files[SUMMIT]["participations"][1]["reasons"] *= 3
    files[NATO]["members"] = [{"country": "norway", "citations": CITED}] * 2
    files[JAPAN]["offices"] = [{"key": "one", "person": "ada-moss", "office": "Envoy", "citations": CITED}] * 2
    way_out = "parts have this key; give each part of a list a key of its own. [unique]"
    assert sorted(told(refused(files))) == [
        f"{NATO}: nato#members.norway: 2 {way_out}",
        f"{JAPAN}: japan#offices.one: 2 {way_out}",
        f"{SUMMIT}: summit-2025#participations.australia.reasons.busy: 3 {way_out}",
    ]


SPANS: dict[str, tuple[str, dict[str, Any], str]] = {
    "Membership.until": (NATO, {"members": [{"country": "norway", "citations": CITED}]}, "members.norway"),
    "Tenure.until": (
        JAPAN,
        {"offices": [{"key": "one", "person": "ada-moss", "office": "Envoy", "citations": CITED}]},
        "offices.one",
    ),
    "Development.until": (
        OFFICE,
        {"developments": [{"key": "one", "summary": "It is.", "citations": CITED}]},
        "developments.one",
    ),
    "Quantity.until": (SPENDING, {"quantity": {"value": 1, "unit": "usd"}}, "quantity"),
    "Declaration.until": (DECLARATION, {}, ""),
    "Initiative.until": (OFFICE, {}, ""),
    "Summit.end": (SUMMIT, {}, ""),
    "Meeting.end": (TALKS, {}, ""),
    "Source.published_not_after": (PAGE, {}, ""),
}
PAIRS = [("since", "until"), ("start", "end"), ("date", "until"), ("published", "published_not_after")]


def test_every_span_of_time_is_tried() -> None:
    spans = {
        f"{cls.__name__}.{last}"
        for cls in model_classes()
        for first, last in PAIRS
        if {first, last} <= set(attrs.fields_dict(cls))
    }
    assert set(SPANS) == spans


def with_span(files: dict[str, Any], name: str, start: str, end: str) -> tuple[dict[str, Any], str, str]:
    """The files with a span of time, and the place of its end and the name of its beginning."""
    file, template, path = SPANS[name]
    owner, _, last = name.partition(".")
    (cls,) = [cls for cls in model_classes() if cls.__name__ == owner]
    (first,) = [first for first, end_name in PAIRS if end_name == last and first in attrs.fields_dict(cls)]
    record = files[file] | template
    if path:
        part = record[path.partition(".")[0]]
        holder = part[0] if isinstance(part, list) else part
        holder |= {first: start, last: end}
    else:
        record |= {first: start, last: end}
        if file != PAGE:
            record["citations"] = [*record["citations"], {"source": "nato-page", "supports": [first, last]}]
    return files | {file: record}, f"{file}: {record['id']}#{f'{path}.' if path else ''}{last}", first


@pytest.mark.parametrize("name", SPANS)
def test_an_end_before_its_beginning_is_told(name: str, files: dict[str, Any], refused: Refused) -> None:
    wrong = [("2025-06-25", "2025-06-24"), ("2025-06", "2025-05-31"), ("2025", "2024"), ("2025-02-01", "2025-01")]
    for start, end in wrong:
        broken, place, first = with_span(files, name, start, end)
        sentence = f"'{name.partition('.')[2]}' is {end}, before '{first}', which is {start}."
        assert told(refused(broken)) == [f"{place}: {sentence} [chronology]"]


@pytest.mark.parametrize("name", SPANS)
def test_an_end_that_may_not_lie_before_its_beginning_is_taken(
    name: str, files: dict[str, Any], write: Write, before: KnowledgeBase
) -> None:
    for start, end in (("2025-06-25", "2025-06-25"), ("2025-06-25", "2025"), ("2025", "2025-01-01")):
        assert KnowledgeBase.from_directory(write(with_span(files, name, start, end)[0])) != before


def test_a_span_of_numbers_that_ends_below_its_beginning_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[SPENDING]["quantity"] = {"value": 2.5, "to": 2, "unit": "percent-of-gdp"}
    assert told(refused(files)) == [
        f"{SPENDING}: report-2025-spending#quantity.to: the upper end 2 is below the lower end 2.5. [chronology]"
    ]


def steps(*dates: str | None) -> list[dict[str, Any]]:
    return [
        {"key": f"step-{index}", "summary": "It went on.", "citations": CITED} | ({"date": date} if date else {})
        for index, date in enumerate(dates)
    ]


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        (["2025-06", "2025-05"], ["2025-05 stands after 2025-06"]),
        (["2025-06-25", None, "2024"], ["2024 stands after 2025-06-25"]),
        (["2025-06", "2025", "2025-03"], ["2025-03 stands after 2025-06"]),
        (["2025", "2023", "2024"], ["2023 stands after 2025", "2024 stands after 2025"]),
    ],
)
@pytest.mark.parametrize("file", [OFFICE, JAPAN])
def test_steps_out_of_the_order_of_time_are_told(
    file: str, dates: list[str | None], wrong: list[str], files: dict[str, Any], refused: Refused
) -> None:
    files[file]["developments"] = steps(*dates)
    problems = refused(files)
    assert [problem.message for problem in problems] == [f"{one}; put the steps in the order of time." for one in wrong]
    assert problems[-1].place == f"{files[file]['id']}#developments.step-{len(dates) - 1}"


@pytest.mark.parametrize("dates", [["2025-06", "2025", "2025-06-30", None, "2025-06-30"], [None, "2025"], [None, None]])
def test_steps_that_may_be_in_the_order_of_time_are_taken(
    dates: list[str | None], files: dict[str, Any], write: Write
) -> None:
    files["initiative/office.json"]["developments"] = steps(*dates)
    found = KnowledgeBase.from_directory(write(files)).initiatives["office"].developments
    assert [str(step.date) for step in found] == [str(date) for date in dates]


# --- citations --------------------------------------------------------------------------------------------------------


def test_a_fact_without_a_citation_is_told_whatever_holds_it(files: dict[str, Any], refused: Refused) -> None:
    files[JAPAN]["official_name"] = "State of Japan"
    del files[NATO]["citations"]
    del files[SUMMIT]["participations"][2]["citations"]
    files[OFFICE]["developments"][0]["citations"] = []
    del files[SPENDING]["citations"]
    del files[DISPUTE]["positions"][0]["citations"]
    problems = [problem for problem in refused(files) if problem.rule == "citations"]
    assert {problem.message for problem in problems} == {
        "no citation supports this fact; cite the passage, or take the fact out."
    }
    assert [problem.place for problem in problems] == [
        "nato#founded",
        "japan#official_name",
        "summit-2025#participations.new-zealand.invitation",
        "office#developments.agreed.date",
        "office#developments.agreed.summary",
        "office#developments.agreed.status",
        "report-2025-spending#summary",
        "report-2025-spending#quantity",
        "summit-date#positions.june.statement",
        "summit-date#positions.june.value",
    ]


def test_a_part_that_states_nothing_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[TALKS]["participations"].append({"party": "norway"})
    assert told(refused(files)) == [
        (
            f"{TALKS}: talks-2025#participations.norway: "
            "this part states nothing; state a fact, or take the part out. [citations]"
        )
    ]


def test_a_citation_of_a_record_that_does_not_say_what_it_supports_is_told(
    files: dict[str, Any], refused: Refused
) -> None:
    files[NATO]["citations"].append({"source": "nato-page"})
    assert told(refused(files)) == [
        (
            f"{NATO}: nato#citations.2: "
            "a citation of a record must say what it supports; name the fields in 'supports'. [citations]"
        )
    ]


@pytest.mark.parametrize(
    ("file", "supports", "sentence"),
    [
        (NATO, "fuonded", "'fuonded' is no fact of a Alliance. Did you mean 'founded'?"),
        (NATO, "kind", "'kind' is no fact of a Alliance."),
        (NATO, "treaty", "it supports 'treaty', which says nothing here; fill the field or take it out of 'supports'."),
        (
            NATO,
            "members",
            "it supports 'members', which says nothing here; fill the field or take it out of 'supports'.",
        ),
    ],
)
def test_a_citation_of_what_is_not_there_is_told(
    file: str, supports: str, sentence: str, files: dict[str, Any], refused: Refused
) -> None:
    files[file]["citations"][0]["supports"].append(supports)
    assert told(refused(files)) == [f"{file}: nato#citations.1: {sentence} [citations]"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"paragraph": None}, "the text of 'report-2025' is known, so 'paragraph' and 'phrase' are required."),
        ({"phrase": None}, "the text of 'report-2025' is known, so 'paragraph' and 'phrase' are required."),
        (
            {"paragraph": None, "phrase": None},
            "the text of 'report-2025' is known, so 'paragraph' and 'phrase' are required.",
        ),
        (
            {"phrase": "Japan was absent"},
            "the phrase 'Japan was absent' in paragraph 2 is not verified; run the verification.",
        ),
        (
            {"paragraph": 3},
            (
                "the phrase 'Japan was represented by its foreign minister in 2025' in paragraph 3 is not verified; "
                "run the verification."
            ),
        ),
        (
            {"paragraph": 99},
            (
                "the phrase 'Japan was represented by its foreign minister in 2025' in paragraph 99 is not verified; "
                "run the verification."
            ),
        ),
        (
            {"source": "nato-page"},
            "'nato-page' has no text to count paragraphs in; give 'number' or 'page' instead.",
        ),
    ],
)
def test_a_passage_that_no_one_has_verified_is_told(
    change: dict[str, Any], sentence: str, files: dict[str, Any], refused: Refused
) -> None:
    (citation,) = files[SUMMIT]["participations"][0]["citations"]
    changed = {name: value for name, value in (citation | change).items() if value is not None}
    files[SUMMIT]["participations"][0]["citations"] = [changed]
    assert told(refused(files)) == [f"{SUMMIT}: summit-2025#participations.japan.citations.1: {sentence} [citations]"]


def test_terms_whose_absence_no_one_has_verified_are_told(files: dict[str, Any], refused: Refused) -> None:
    files[DECLARATION]["silences"][0]["absent_terms"] = ["China"]
    assert told(refused(files)) == [
        (
            f"{DECLARATION}: declaration-2025#silences.china.citations.1: "
            "that the terms stand nowhere in 'report-2025' is not verified; run the verification. [citations]"
        )
    ]


def test_a_text_that_has_changed_since_it_was_verified_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[REPORT]["text_digest"] = "sha256:" + 64 * "0"
    problems = refused(files)
    sentences = [problem.message for problem in problems if problem.rule == "citations"]
    assert sentences
    assert all(sentence.endswith("is not verified; run the verification.") for sentence in sentences)
    assert told(problems)[-1] == (
        "verified.json: the entry for 'report-2025' fits no source as it stands; run the verification. [ledger]"
    )


def test_an_entry_of_the_ledger_that_fits_no_source_is_told(files: dict[str, Any], refused: Refused) -> None:
    files["verified.json"]["other-2025"] = files["verified.json"]["report-2025"]
    assert told(refused(files)) == [
        "verified.json: the entry for 'other-2025' fits no source as it stands; run the verification. [ledger]"
    ]


def test_without_a_ledger_nothing_counts_as_verified(files: dict[str, Any], refused: Refused) -> None:
    del files["verified.json"]
    assert {problem.rule for problem in refused(files)} == {"citations"}


# --- kinds ------------------------------------------------------------------------------------------------------------


def test_a_source_that_nothing_cites_is_told(files: dict[str, Any], refused: Refused) -> None:
    files["source/other.json"] = files[PAGE] | {"id": "other"}
    assert told(refused(files)) == [
        "source/other.json: nothing cites this source or draws on it; cite it or take it out. [used]"
    ]


def test_a_source_is_used_where_another_draws_on_it(files: dict[str, Any], write: Write) -> None:
    files["source/other.json"] = files[PAGE] | {"id": "other"}
    files[PAGE]["draws_on"] = ["other"]
    assert "other" in KnowledgeBase.from_directory(write(files)).sources


def test_an_entry_that_stands_twice_in_a_list_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[OFFICE]["themes"] = ["space", "space"]
    assert told(refused(files)) == [f"{OFFICE}: office#themes: the entry 'space' stands 2 times; keep one. [unique]"]


def test_a_source_is_used_where_a_document_is_its_text(files: dict[str, Any], write: Write) -> None:
    files["source/other.json"] = files[PAGE] | {"id": "other"}
    files[DECLARATION]["text"] = "other"
    assert KnowledgeBase.from_directory(write(files)).declarations["declaration-2025"].text == "other"


def test_a_source_that_says_neither_when_it_was_published_nor_when_it_was_read_is_told(
    files: dict[str, Any], refused: Refused
) -> None:
    del files[PAGE]["accessed"]
    assert told(refused(files)) == [
        f"{PAGE}: nato-page#accessed: a source without 'published' must say when it was read. [kind]"
    ]


@pytest.mark.parametrize(
    "author",
    [{}, {"given": "W."}, {"family": "Writer", "literal": "Institute"}, {"given": "W.", "literal": "Institute"}],
    ids=str,
)
def test_an_author_who_is_neither_a_person_nor_a_body_is_told(
    author: dict[str, str], files: dict[str, Any], refused: Refused
) -> None:
    files[REPORT]["authors"].append(author)
    assert told(refused(files)) == [
        f"{REPORT}: report-2025#authors.2: an author has either 'family' (and 'given') or 'literal'. [kind]"
    ]


def test_authors_may_be_people_or_bodies_or_none(files: dict[str, Any], write: Write) -> None:
    files[REPORT]["authors"] = [{"family": "Writer"}, {"literal": "Institute"}, {"family": "Moss", "given": "Ada"}]
    kb = KnowledgeBase.from_directory(write(files))
    assert len(kb.sources["report-2025"].authors) == 3
    assert kb.sources["nato-page"].authors == ()


def test_a_claim_of_no_source_or_of_two_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[SPENDING]["citations"].append({"source": "nato-page"})
    files[DATE] |= {"citations": []}
    del files[DATE]["by"]
    problems = {problem.place: problem.message for problem in refused(files) if problem.rule == "kind"}
    assert problems == {
        "report-2025-spending#citations": (
            "a claim belongs to one source, but this one cites ['nato-page', 'report-2025']."
        ),
        "report-2025-date#citations": "a claim belongs to one source, but this one cites none.",
    }


def test_a_claim_whose_id_is_not_that_of_its_source_is_told(files: dict[str, Any], refused: Refused) -> None:
    files["claim/spending.json"] = files.pop(SPENDING) | {"id": "spending"}
    assert told(refused(files)) == [
        "claim/spending.json: spending: the id of a claim is its source's id and a slug: 'report-2025-...'. [kind]"
    ]


def test_what_is_about_nothing_is_told(files: dict[str, Any], refused: Refused) -> None:
    files[SPENDING]["about"] = files[DISPUTE]["about"] = []
    assert told(refused(files)) == [
        f"{SPENDING}: report-2025-spending#about: a claim is about something; name at least one id. [kind]",
        f"{DISPUTE}: summit-date#about: a disagreement is about something; name at least one place or id. [kind]",
    ]


def test_a_disagreement_with_one_position_or_with_two_adopted_is_told(files: dict[str, Any], refused: Refused) -> None:
    one = files[DISPUTE] | {"id": "one", "positions": files[DISPUTE]["positions"][:1]}
    for position in files[DISPUTE]["positions"]:
        position["adopted"] = True
    assert told(refused(files | {"disagreement/one.json": one})) == [
        "disagreement/one.json: one#positions: a disagreement has two positions or more. [kind]",
        f"{DISPUTE}: summit-date#positions: at most one position can be adopted. [kind]",
    ]


# --- one record a text -----------------------------------------------------------------------------------------------


def test_a_text_that_two_sources_stand_for_is_told(files: dict[str, Any], refused: Refused) -> None:
    copy = files["source/report-2025.json"] | {"id": "the-report"}
    del copy["text_digest"]
    files["source/the-report.json"] = copy
    files[JAPAN]["citations"].append({"source": "the-report", "supports": ["capital"]})
    (problem,) = told(refused(files))
    message = "is the same text as 'report-2025': address, date and title are the same; keep one."
    assert problem == f"source/the-report.json: {message} [one text]"


def test_editions_of_a_page_and_texts_without_address_stand_side_by_side(
    files: dict[str, Any], write: Callable[[dict[str, Any]], Path]
) -> None:
    page = files["source/report-2025.json"]
    for id, changed in {"later": {"published": "2026"}, "other": {"title": "Another"}, "bare": {"url": None}}.items():
        copy = {name: value for name, value in (page | changed | {"id": id}).items() if value is not None}
        files[f"source/{id}.json"] = {name: value for name, value in copy.items() if name != "text_digest"}
        files[JAPAN]["citations"].append({"source": id, "supports": ["capital"]})
    assert len(KnowledgeBase.from_directory(write(files)).sources) == 5
