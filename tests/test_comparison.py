"""Documents side by side: what each says on each theme, what it is silent on, and what is not coded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import UNKNOWN, AmbiguousNameError, ArgumentError, KnowledgeBase, Speech, Standing, Theme, UnknownRecordError

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Maker = Callable[[Files], KnowledgeBase]

PAGE = {"source": "nato-page"}
FIRST, SECOND, OLD = "declaration-2025", "declaration-2026", "declaration-2004"


def says(theme: str, **more: object) -> Files:
    return {"theme": theme, "summary": f"On {theme}.", "citations": [{**PAGE, **more}]}


@pytest.fixture
def kb(files: Files, unchecked: Maker) -> KnowledgeBase:
    """Three documents, of 2004, 2025 and 2026."""
    newer = files["declaration/declaration-2025.json"] | {
        "id": SECOND,
        "name": "Declaration of 2026",
        "issued": "2026-07",
        "paragraphs": 5,
        "words": 400,
        "provisions": [says("russia", phrase="words of the document"), says("china"), says("space")],
        "silences": [],
    }
    older = newer | {"id": OLD, "name": "Old", "issued": "2004", "provisions": [], "silences": [says("china")]}
    files |= {f"declaration/{SECOND}.json": newer, f"declaration/{OLD}.json": older}
    return unchecked(files)


def test_a_row_for_each_theme_on_which_one_is_coded_and_each_document_by_date(kb: KnowledgeBase) -> None:
    rows = kb.compare(SECOND, FIRST)
    assert [(row.theme.value, row.declaration, row.speech.value) for row in rows] == [
        ("china", FIRST, "silent"),
        ("china", SECOND, "says"),
        ("russia", FIRST, "says"),
        ("russia", SECOND, "says"),
        ("space", FIRST, "not coded"),
        ("space", SECOND, "says"),
    ]
    assert [row.declaration for row in kb.compare(SECOND, OLD, FIRST, theme="russia")] == [OLD, FIRST, SECOND]


def test_a_row_tells_what_the_document_says_and_how_long_it_is(kb: KnowledgeBase) -> None:
    first, second = kb.compare(FIRST, SECOND, theme="russia")
    assert (second.name, str(second.issued), second.paragraphs, second.words) == (
        "Declaration of 2026",
        "2026-07",
        5,
        400,
    )
    assert (second.summary, second.place) == ("On russia.", f"{SECOND}#provisions.russia")
    assert (first.paragraphs, first.words, first.standing) == (None, None, Standing.SINGLE_SOURCE)
    assert [citation.paragraph for citation in first.citations] == [6]


def test_the_phrase_is_the_documents_own_and_not_that_of_who_writes_about_it(kb: KnowledgeBase) -> None:
    first, second = kb.compare(FIRST, SECOND, theme="russia")
    assert first.citations[0].phrase
    assert (first.phrase, second.phrase) == (None, "words of the document")
    assert "On russia. “words of the document”" in " ".join(repr(kb.compare(FIRST, SECOND)).split())


def test_what_is_not_coded_is_unknown_and_no_silence(kb: KnowledgeBase) -> None:
    row = kb.compare(FIRST, SECOND, theme="space")[0]
    assert (row.speech, row.summary, row.phrase, row.citations, row.standing) == (
        Speech.NOT_CODED,
        None,
        None,
        (),
        UNKNOWN,
    )
    assert row.place == FIRST


def test_a_theme_on_which_none_is_coded_is_answered_as_not_coded(kb: KnowledgeBase) -> None:
    assert [row.speech for row in kb.compare(FIRST, SECOND, theme="climate")] == [Speech.NOT_CODED] * 2


def test_documents_are_named_by_id_name_or_alias(kb: KnowledgeBase) -> None:
    assert kb.compare("Declaration of 2025", "declaration of 2026") == kb.compare(
        "Declaration of 2025", "declaration of 2026"
    )
    assert {row.declaration for row in kb.compare("Declaration of 2025", "old")} == {FIRST, OLD}


@pytest.mark.parametrize(
    ("asked", "theme", "error", "told"),
    [
        ((FIRST, FIRST), None, ArgumentError, "'declaration-2025' is named twice; name each document once."),
        ((FIRST, "Declaration of 2025", SECOND), None, ArgumentError, "is named twice"),
        ((FIRST, "declaration-2027"), None, UnknownRecordError, "Did you mean 'declaration-20"),
        ((FIRST, "nato"), None, UnknownRecordError, "of the kind alliance; wanted here: declaration"),
        ((FIRST, SECOND), "chin", ArgumentError, "theme cannot be 'chin'. Did you mean 'china'?"),
        ((FIRST, ""), None, ArgumentError, "a name or an id must be a text"),
        ((FIRST, 5), None, ArgumentError, "must be a text"),
    ],
)
def test_a_wrong_argument_is_an_error_that_says_so(
    kb: KnowledgeBase, asked: tuple[Any, ...], theme: str | None, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told.replace("?", r"\?")):
        kb.compare(*asked, theme=theme)


def test_a_name_that_several_documents_bear_is_ambiguous(files: Files, unchecked: Maker) -> None:
    files["declaration/other.json"] = files["declaration/declaration-2025.json"] | {"id": "other"}
    with pytest.raises(AmbiguousNameError):
        unchecked(files).compare("Declaration of 2025", "other")


def test_every_summit_text_of_the_record_can_be_compared_in_one_series() -> None:
    texts = ip4kb.declarations.where(kind="summit-declaration").ids
    rows = ip4kb.compare(*texts, theme="china")
    assert [row.declaration for row in rows] == list(texts)
    assert {row.theme for row in rows} == {Theme.CHINA}


def test_a_document_that_speaks_of_a_theme_and_leaves_out_something_on_it_is_told_for_both(
    files: Files, unchecked: Maker
) -> None:
    document = files["declaration/declaration-2025.json"]
    document["silences"].append(
        says("russia") | {"summary": "It promises nothing on Russia.", "absent_terms": ["Moscow"]}
    )
    files[f"declaration/{SECOND}.json"] = document | {"id": SECOND, "name": "Second", "silences": []}
    answer = unchecked(files).compare(FIRST, SECOND, theme="russia")
    assert [(row.declaration, row.speech) for row in answer] == [
        (FIRST, Speech.SAYS),
        (FIRST, Speech.SILENT),
        (SECOND, Speech.SAYS),
    ]
    page = answer._repr_html_()
    assert "It speaks of Russia." in page
    assert "<br><em>silent</em>: It promises nothing on Russia." in page
