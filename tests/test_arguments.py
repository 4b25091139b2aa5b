"""What a question is asked with: a wrong argument is an error that says so, and never an empty answer."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pytest

from ip4kb import (
    AmbiguousNameError,
    ArgumentError,
    ClaimKind,
    Collection,
    DateError,
    Ip4kbError,
    Kind,
    KnowledgeBase,
    Stance,
    Theme,
    UnknownRecordError,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Question = Callable[[Any], object]

NO_TEXT: list[Any] = [5, 1.5, True, b"japan", ["japan"], ("japan",), {"id": "japan"}, {"japan"}, object]


def by_name(kb: KnowledgeBase) -> dict[str, Question]:
    """Every question that takes the name of something."""
    return {
        "find": kb.find,
        "attendance": kb.attendance,
        "attendance partner": lambda name: kb.attendance(partner=name),
        "timeline": kb.timeline,
        "claims_about": kb.claims_about,
        "disagreements_about": kb.disagreements_about,
        "evidence": kb.evidence,
        "standing": kb.standing,
        "declarations_of": kb.declarations_of,
        "participations_of": kb.participations_of,
        "referring_to": kb.referring_to,
        "cited_by": kb.cited_by,
        "show": kb.show,
        "compare": lambda name: kb.compare("declaration-2025", name),
        **{f"{kind.collection}[]": getattr(kb, kind.collection).__getitem__ for kind in Kind},
        **{f"{kind.collection}.lookup": getattr(kb, kind.collection).lookup for kind in Kind},
    }


def by_word(kb: KnowledgeBase) -> dict[str, Question]:
    """Every question that takes a word of a vocabulary."""
    return {
        "attendance kind": lambda word: kb.attendance(kind=word),
        "attendance level": lambda word: kb.attendance(level=word),
        "attendance theme": lambda word: kb.attendance(theme=word),
        "compare theme": lambda word: kb.compare("declaration-2025", "declaration-2025", theme=word),
        "timeline kind": lambda word: kb.timeline(kind=word),
        "timeline theme": lambda word: kb.timeline(theme=word),
        "claims_about stance": lambda word: kb.claims_about("nato", stance=word),
        "claims_about kind": lambda word: kb.claims_about("nato", kind=word),
    }


def by_date(kb: KnowledgeBase) -> dict[str, Question]:
    """Every question that takes a date."""
    return {
        "attendance since": lambda date: kb.attendance(since=date),
        "attendance until": lambda date: kb.attendance(until=date),
        "timeline since": lambda date: kb.timeline(since=date),
        "timeline until": lambda date: kb.timeline(until=date),
    }


NAMED = ["find", "attendance", "attendance partner", "timeline", "claims_about", "disagreements_about", "evidence"]
NAMED += ["standing", "declarations_of", "participations_of", "referring_to", "cited_by", "compare", "show"]
NAMED += [f"{kind.collection}{how}" for kind in Kind for how in ("[]", ".lookup")]
WITHOUT = {"attendance", "attendance partner", "timeline", "disagreements_about"}
WORDS = ["attendance kind", "attendance level", "attendance theme", "timeline kind", "timeline theme", "compare theme"]
WORDS += ["claims_about stance", "claims_about kind"]
DATES = [f"{question} {bound}" for question in ("attendance", "timeline") for bound in ("since", "until")]


def test_every_public_question_is_tried(before: KnowledgeBase) -> None:
    methods = {
        name
        for name, value in inspect.getmembers(KnowledgeBase)
        if not name.startswith("_") and inspect.isfunction(value)
    }
    of_no_name = {"as_known_on", "cite", "coverage", "export", "literature", "search", "with_overlay"}
    assert methods - of_no_name == {name.split()[0] for name in NAMED if "[" not in name and "." not in name}
    assert set(by_name(before)) == set(NAMED)
    assert set(by_word(before)) == set(WORDS)
    assert set(by_date(before)) == set(DATES)
    arguments = {
        f"{name} {parameter}"
        for name in methods
        for parameter, given in inspect.signature(getattr(KnowledgeBase, name)).parameters.items()
        if given.kind is given.KEYWORD_ONLY
    }
    assert arguments <= {*WORDS, *DATES, *NAMED, "claims_about author", "cite style"}


@pytest.mark.parametrize("question", NAMED)
def test_what_is_no_text_is_refused(question: str, before: KnowledgeBase) -> None:
    ask = by_name(before)[question]
    for value in NO_TEXT if question in WITHOUT else [None, *NO_TEXT]:
        with pytest.raises(ArgumentError) as caught:
            ask(value)
        assert str(caught.value).endswith(f" must be a text that is not empty, but is {value!r}.")


@pytest.mark.parametrize("question", NAMED)
def test_an_empty_text_is_refused(question: str, before: KnowledgeBase) -> None:
    for value in ("", " ", "\n"):
        with pytest.raises(ArgumentError, match=r"must be a text that is not empty, but is '"):
            by_name(before)[question](value)


@pytest.mark.parametrize("question", NAMED)
def test_a_name_that_nothing_has_is_refused(question: str, before: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError, match="xyzzy"):
        by_name(before)[question]("xyzzy")


@pytest.mark.parametrize(
    ("question", "misspelt", "meant"),
    [
        ("find", "summit-2205", "summit-2025"),
        ("attendance", "Summit of 2052", "Summit of 2025"),
        ("attendance", "japam", "japan"),
        ("attendance partner", "New Zeeland", "New Zealand"),
        ("timeline", "offise", "office"),
        ("claims_about", "NATOO", "NATO"),
        ("claims_about", "Ada Mos", "Ada Moss"),
        ("disagreements_about", "Nethrlands", "Netherlands"),
        ("evidence", "japam#capital", "japan"),
        ("standing", "summit-205#start", "summit-2025"),
        ("declarations_of", "nat", "nato"),
        ("participations_of", "Jpan", "Japan"),
        ("referring_to", "report-205", "report-2025"),
        ("cited_by", "Report on the sumit", "Report on the summit"),
        ("partners[]", "japam", "japan"),
        ("partners.lookup", "Japam", "Japan"),
        ("sources[]", "nato-pag", "nato-page"),
        ("sources.lookup", "Page of the aliance", "Page of the alliance"),
        ("meetings[]", "talk-2025", "talks-2025"),
        ("claims[]", "report-2025-dates", "report-2025-date"),
    ],
)
def test_a_misspelt_name_is_refused_with_the_close_match(
    question: str, misspelt: str, meant: str, before: KnowledgeBase
) -> None:
    with pytest.raises(UnknownRecordError) as caught:
        by_name(before)[question](misspelt)
    _, asked, near = str(caught.value).partition(" Did you mean ")
    assert asked
    assert repr(meant) in near


def test_close_matches_are_named_with_the_closest_first(before: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError, match=r"or id 'Japam'\. Did you mean 'Japan' or 'japan'\?$"):
        before.partners.lookup("Japam")


@pytest.mark.parametrize(
    "question", ["attendance", "attendance partner", "partners.lookup", "claims_about", "evidence"]
)
def test_an_ambiguous_name_is_refused_with_its_bearers(question: str, before: KnowledgeBase) -> None:
    for name in ("Korea", "korea", "KOREA"):
        with pytest.raises(AmbiguousNameError) as caught:
            by_name(before)[question](name)
        assert str(caught.value) == (
            f"{name!r} is the name of more than one: Republic of Korea (south-korea), Northern Korea (no record). "
            "Use an unambiguous name or an id."
        )


def test_a_name_that_two_kinds_have_is_ambiguous(
    files: dict[str, Any], unchecked: Callable[..., KnowledgeBase]
) -> None:
    for name in ("summit/summit-2025.json", "meeting/talks-2025.json"):
        files[name]["aliases"] = [{"text": "Summer", "kind": "short"}]
    kb = unchecked(files)
    with pytest.raises(AmbiguousNameError, match=r"^'Summer' is the name of more than one: summit-2025, talks-2025\."):
        kb.attendance("Summer")
    assert kb.summits.lookup("Summer").id == "summit-2025"


OTHERS = ["North Korea", "north korea", "NORTH KOREA", "north-korea", "Nort Korea", "North Corea", "Austria", "austria"]
OTHERS += ["Austra", "Netherlands", "New Caledonia"]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("question", ["find", "attendance", "attendance partner", "partners[]", "partners.lookup"])
def test_a_third_state_is_never_answered_with_a_partner(question: str, name: str, before: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError) as caught:
        by_name(before)[question](name)
    told = str(caught.value).casefold()
    assert "did you mean" not in told
    assert not {"south", "australia", "zealand"} & set(told.replace("-", " ").replace("'", " ").split())


@pytest.mark.parametrize("with_table", [True, False])
def test_the_name_of_a_third_state_is_safe_without_a_table_of_names(
    *, with_table: bool, files: dict[str, Any], unchecked: Callable[..., KnowledgeBase]
) -> None:
    if not with_table:
        del files["ambiguous.json"]
    kb = unchecked(files)
    for ask in (kb.find, kb.attendance, kb.partners.lookup, kb.partners.__getitem__):
        for name in ("North Korea", "north-korea"):
            with pytest.raises(UnknownRecordError) as caught:
                ask(name)
            assert "outh" not in str(caught.value)
    assert kb.claims_about("North Korea").title == "Claims: North Korea"
    assert not kb.claims_about("North Korea")


@pytest.mark.parametrize("question", WORDS)
def test_a_word_outside_the_vocabulary_is_refused(question: str, before: KnowledgeBase) -> None:
    ask = by_word(before)[question]
    for value in ("", "xyzzy", *NO_TEXT):
        with pytest.raises(ArgumentError) as caught:
            ask(value)
        assert f"{question.split()[1]} cannot be {value!r}." in str(caught.value)
        assert ". Valid: " in str(caught.value)


@pytest.mark.parametrize(
    ("question", "misspelt", "meant"),
    [
        ("attendance kind", "meting", "meeting"),
        ("attendance kind", "vist", "visit"),
        ("attendance level", "head-of-goverment", "head-of-government"),
        ("timeline kind", "developments", "development"),
        ("timeline theme", "cyber-defense", "cyber-defence"),
        ("claims_about stance", "support", "supports"),
        ("claims_about kind", "forcast", "forecast"),
    ],
)
def test_a_misspelt_word_is_refused_with_the_close_match(
    question: str, misspelt: str, meant: str, before: KnowledgeBase
) -> None:
    with pytest.raises(ArgumentError, match=f"cannot be '{misspelt}'. Did you mean .*'{meant}'.* Valid: "):
        by_word(before)[question](misspelt)


def test_a_word_of_another_vocabulary_is_refused(before: KnowledgeBase) -> None:
    wrong: list[tuple[str, Any]] = [
        ("claims_about kind", Stance.SUPPORTS),
        ("claims_about stance", ClaimKind.FORECAST),
        ("timeline theme", Kind.SUMMIT),
        ("attendance kind", Theme.CHINA),
    ]
    for question, word in wrong:
        with pytest.raises(ArgumentError, match="Valid: "):
            by_word(before)[question](word)


@pytest.mark.parametrize("question", DATES)
def test_what_is_no_date_is_refused(question: str, before: KnowledgeBase) -> None:
    for value in ("", "June", "2025-13", "2025-02-30", "25", dt.date(2025, 6, 1), *NO_TEXT):
        with pytest.raises(DateError):
            by_date(before)[question](value)


def test_dates_in_the_wrong_order_are_refused(before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"'until' \(2024\) lies before 'since' \(2025-06\)"):
        before.timeline(since="2025-06", until="2024")
    assert before.timeline(since="2025-06", until="2025")
    with pytest.raises(ArgumentError, match=r"'until' \(2024\) lies before 'since' \(2025-06\)"):
        before.attendance(since="2025-06", until="2024")


def test_arguments_that_do_not_go_together_are_refused(before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match="Two partners are given, 'japan' and 'australia'"):
        before.attendance("japan", partner="australia")
    with pytest.raises(ArgumentError, match="'summit-2025' is one gathering, so there is no kind to choose"):
        before.attendance("summit-2025", kind="visit")


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("attendance", "office"),
        ("attendance partner", "summit-2025"),
        ("cited_by", "nato"),
        ("attendance partner", "NATO"),
        ("summits[]", "japan"),
    ],
)
def test_a_record_of_another_kind_is_refused(question: str, name: str, before: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError):
        by_name(before)[question](name)


@pytest.mark.parametrize(
    "question", ["evidence", "standing", "claims_about", "disagreements_about", "referring_to", "timeline"]
)
def test_a_place_that_is_not_there_is_refused(question: str, before: KnowledgeBase) -> None:
    for place in ("japan#capitol", "japan#", "japan#capital.x", "Japan#codes.2", "summit-2025#participations.norway"):
        with pytest.raises(ArgumentError, match="is no place in the data: there is no "):
            by_name(before)[question](place)
    for place in ("#", "#capital", " #capital"):
        with pytest.raises(ArgumentError, match="must be a text that is not empty"):
            by_name(before)[question](place)


@pytest.mark.parametrize("question", ["timeline", "declarations_of", "participations_of"])
def test_a_place_is_refused_where_a_whole_record_is_asked_for(question: str, before: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match="'summit-2025#start' is a place within a record"):
        by_name(before)[question]("summit-2025#start")


# --- collections ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_get_gives_the_default_for_another_id_and_refuses_what_is_no_text(kind: Kind, before: KnowledgeBase) -> None:
    collection: Collection[Any] = getattr(before, kind.collection)
    for record in collection:
        assert collection.get(record.id) is record
    assert collection.get("xyzzy") is collection.get("") is None
    assert collection.get("xyzzy", 5) == 5
    for value in (None, *NO_TEXT):
        with pytest.raises(ArgumentError, match="an id must be a text"):
            collection.get(value)
        assert value not in collection


@pytest.mark.parametrize(
    ("kind", "asked", "sentence"),
    [
        ("summits", {"strat": "2025"}, "There is no field 'strat' in summits. Did you mean 'start'?"),
        ("summits", {"level": "official"}, "There is no field 'level' in summits."),
        ("summits", {"start": 2025}, "'start' is asked for 2025, but what it holds is PartialDate or None."),
        ("summits", {"name": None}, "'name' is asked for None, but what it holds is str."),
        ("summits", {"name": 5}, "'name' is asked for 5, but what it holds is str."),
        ("summits", {"name": ""}, "name must be a text that is not empty, but is ''."),
        ("summits", {"name": ["Summit of 2025"]}, "'name' is asked for ['Summit of 2025'], but what it holds is str."),
        (
            "summits",
            {"number_of_allies": "32"},
            "'number_of_allies' is asked for '32', but what it holds is int or None.",
        ),
        (
            "summits",
            {"number_of_allies": True},
            "'number_of_allies' is asked for True, but what it holds is int or None.",
        ),
        ("summits", {"places": "netherlands"}, "'places' is asked for 'netherlands', but what it holds is Location."),
        ("summits", {"hosts": 5}, "'hosts' is asked for 5, but what it holds is str."),
        ("summits", {"hosts": "nethrlands"}, "'hosts' is never 'nethrlands'. Did you mean 'netherlands'"),
        ("summits", {"hosts": ("netherlands", "japn")}, "'hosts' is never 'japn'. Did you mean 'japan'"),
        ("initiatives", {"themes": "sapce"}, "'themes' is never 'sapce'. Did you mean 'space'"),
        ("initiatives", {"themes": (Theme.SPACE, 5)}, "'themes' is never 5."),
        ("claims", {"stance": "support"}, "'stance' is never 'support'. Did you mean 'supports'"),
        ("claims", {"kind": ["forecast"]}, "'kind' is never ['forecast']."),
    ],
    ids=str,
)
def test_where_refuses_what_a_field_can_never_hold(
    kind: str, asked: dict[str, Any], sentence: str, before: KnowledgeBase
) -> None:
    with pytest.raises(ArgumentError) as caught:
        getattr(before, kind).where(**asked)
    assert str(caught.value).startswith(sentence)


def test_where_refuses_a_date_that_does_not_exist(before: KnowledgeBase) -> None:
    with pytest.raises(DateError, match="2025-13 is not a date of the calendar"):
        before.summits.where(start="2025-13")


def test_where_finds_what_a_field_holds(files: dict[str, Any], unchecked: Callable[..., KnowledgeBase]) -> None:
    files["summit/summit-2025.json"] |= {"hosts": ["netherlands", "belgium"], "number_of_allies": 32}
    summits = unchecked(files).summits
    (summit,) = summits
    for asked in (
        {"hosts": "belgium"},
        {"hosts": ("netherlands", "belgium")},
        {"number_of_allies": 32},
        {"secretary_general": None},
        {"places": summit.places[0]},
        {"start": summit.start},
    ):
        assert summits.where(**asked).ids == ("summit-2025",)
    assert summits.where(hosts="norway").ids == summits.where(hosts=("belgium",)).ids == ()


# --- retired ids ------------------------------------------------------------------------------------------------------


def test_a_retired_id_answers_with_a_warning_at_the_line_that_asked(before: KnowledgeBase) -> None:
    questions: list[Question] = [
        before.find,
        before.attendance,
        before.timeline,
        before.claims_about,
        before.disagreements_about,
        before.evidence,
        before.standing,
        before.declarations_of,
        before.referring_to,
        before.participations_of,
        before.show,
        before.summits.__getitem__,
        before.summits.get,
        before.summits.lookup,
        before.summits.where(outcome=None).__getitem__,
    ]
    for ask in questions:
        with pytest.warns(DeprecationWarning, match=r"^The id 'old-summit' is retired; use 'summit-2025'\.$") as seen:
            answer = ask("old-summit")
        assert [warning.filename for warning in seen] == [__file__]
        assert [warning.lineno for warning in seen] == [ask_line()]
        assert rows(answer) == rows(ask("summit-2025"))
    with pytest.warns(DeprecationWarning, match="old-summit"):
        assert before.evidence("old-summit#start") == before.evidence("summit-2025#start")


RETIRED = {
    "old-report": "report-2025",
    "old-declaration": "declaration-2025",
    "old-claim": "report-2025-date",
    "old-dispute": "summit-date",
}
OF_OTHER_KINDS: dict[str, Callable[[KnowledgeBase], Callable[[str], object]]] = {
    "old-report": lambda kb: kb.cited_by,
    "old-declaration": lambda kb: kb.show,
    "old-claim": lambda kb: lambda old: kb.evidence(f"{old}#by"),
    "old-dispute": lambda kb: lambda old: kb.evidence(f"{old}#positions.june"),
}


@pytest.mark.parametrize("old", OF_OTHER_KINDS)
def test_a_retired_id_of_any_kind_answers_by_itself_and_in_a_place(
    files: dict[str, Any], unchecked: Callable[[dict[str, Any]], KnowledgeBase], old: str
) -> None:
    kb = unchecked(files | {"retired.json": RETIRED})
    ask = OF_OTHER_KINDS[old](kb)
    with pytest.warns(DeprecationWarning, match=f"^The id '{old}' is retired; use '{RETIRED[old]}'"):
        answer = ask(old)
    assert rows(answer) == rows(ask(RETIRED[old]))


def test_a_retired_id_is_in_the_collection_of_its_successor_alone(before: KnowledgeBase) -> None:
    assert "old-summit" in before.summits
    assert "old-summit" not in before.summits.ids
    assert "old-summit" not in before.meetings
    assert before.meetings.get("old-summit") is None
    with pytest.raises(UnknownRecordError, match="There is no meeting with the id 'old-summit'"):
        before.meetings["old-summit"]


def rows(answer: object) -> object:
    """An answer without its title, which repeats what was asked."""
    return tuple(answer) if isinstance(answer, Iterable) else answer


def ask_line() -> int:
    source, first = inspect.getsourcelines(test_a_retired_id_answers_with_a_warning_at_the_line_that_asked)
    return first + next(index for index, line in enumerate(source) if 'ask("old-summit")' in line)


def test_a_retired_id_warns_at_the_line_of_a_script(
    files: dict[str, Any], write: Callable[..., Path], tmp_path: Path
) -> None:
    import subprocess

    script = tmp_path / "script.py"
    lines = ["import sys, ip4kb", "kb = ip4kb.KnowledgeBase.from_directory(sys.argv[1])", "kb.find('old-summit')"]
    script.write_text("\n".join(lines), "utf-8")
    ran = subprocess.run([sys.executable, script, write(files)], check=True, capture_output=True, text=True)
    assert f"{script}:3: DeprecationWarning: The id 'old-summit' is retired; use 'summit-2025'." in ran.stderr


def test_every_error_on_purpose_can_be_caught_as_one(before: KnowledgeBase) -> None:
    for question in NAMED:
        with pytest.raises(Ip4kbError):
            by_name(before)[question]("xyzzy")
