"""What a question costs, counted and not timed: of three times the records, no more than its answer needs."""

from __future__ import annotations

import difflib
import gc
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ip4kb import Kind, KnowledgeBase, ResolvedCitation, UnknownRecordError
from ip4kb.knowledge_base import _require_sound
from ip4kb.likeness import did_you_mean
from ip4kb.store import Library

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType

    Ask = Callable[[KnowledgeBase], Any]


pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Library]:
    """The bundled records once and three times."""
    made = {}
    for times in (1, 3):
        folder = tmp_path_factory.mktemp("grown")
        growth.grow(times, folder)
        made[times] = Library(growth.Packs(folder))
    return made


@pytest.fixture(scope="module")
def grown(libraries: dict[int, Library]) -> dict[int, KnowledgeBase]:
    return {times: KnowledgeBase(library) for times, library in libraries.items()}


def calls(ask: Callable[[], object], of: CodeType | None = None) -> int:
    """How many functions are called, or how often one is, when it is not the first time that one asks."""
    count = 0

    def seen(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call" and of in {None, frame.f_code}

    ask()
    gc.disable()  # others, such as Hypothesis, have functions called when it collects
    sys.setprofile(seen)
    try:
        ask()
    finally:
        sys.setprofile(None)
        gc.enable()
    return count


def missed(ask: Callable[[], object]) -> None:
    with pytest.raises(UnknownRecordError):
        ask()


def test_a_grown_knowledge_base_is_sound(libraries: dict[int, Library]) -> None:
    _require_sound(libraries[3])
    assert len(libraries[3].ids) > 2.9 * len(libraries[1].ids)


OF_ONE_RECORD: dict[str, Ask] = {
    "brackets": lambda kb: kb.summits["the-hague-2025"],
    "lookup": lambda kb: kb.partners.lookup("ROK"),
    "find": lambda kb: kb.find("the-hague-2025"),
    "attendance": lambda kb: kb.attendance("the-hague-2025"),
    "timeline": lambda kb: kb.timeline("tokyo-liaison-office"),
    "claims_about": lambda kb: kb.claims_about("tokyo-liaison-office"),
    "disagreements_about": lambda kb: kb.disagreements_about("the-hague-2025"),
    "compare": lambda kb: kb.compare("washington-summit-declaration-2024", "the-hague-summit-declaration-2025"),
    "evidence": lambda kb: kb.evidence("the-hague-2025"),
    "show": lambda kb: kb.show("the-hague-2025"),
    "cite": lambda kb: kb.cite("the-hague-2025"),
}


@pytest.mark.parametrize("question", OF_ONE_RECORD)
def test_what_is_asked_of_one_record_does_not_depend_on_the_others(
    question: str, grown: dict[int, KnowledgeBase]
) -> None:
    ask = OF_ONE_RECORD[question]
    few, many = (calls(lambda kb=kb: ask(kb)) for kb in grown.values())  # type: ignore[misc]
    assert few == many


def every_record(kb: KnowledgeBase) -> list[Any]:
    return [record for kind in Kind for record in getattr(kb, kind.collection)]


def exported(kb: KnowledgeBase) -> list[str]:
    """The lines of an export."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph")
        kb.export("graphml", path)
        return path.read_text("utf-8").splitlines()


OF_MANY: dict[str, Ask] = {
    "timeline": lambda kb: kb.timeline("japan"),
    "attendance": lambda kb: kb.attendance(),
    "search": lambda kb: kb.search("liaison office"),
    "literature": lambda kb: kb.literature(),
    "compare": lambda kb: kb.compare(*kb.declarations.ids, theme="china"),
    "as_known_on": lambda kb: every_record(kb.as_known_on("2020")),
    "export": exported,
}


@pytest.mark.parametrize("question", OF_MANY)
def test_what_is_asked_of_many_grows_with_the_rows(question: str, grown: dict[int, KnowledgeBase]) -> None:
    found: list[Any] = []
    few, many = (
        calls(lambda kb=kb: found.append(OF_MANY[question](kb))) / len(found[-1])  # type: ignore[misc]
        for kb in grown.values()
    )
    assert many < 1.1 * few


@pytest.mark.parametrize("question", ["attendance", "timeline", "claims_about", "disagreements_about", "compare"])
def test_each_citation_of_an_answer_is_made_once(question: str, grown: dict[int, KnowledgeBase]) -> None:
    ask, kb = OF_ONE_RECORD[question], grown[1]
    rows = [*ask(kb)]
    carried = sum(len(row.citations) for row in [*rows, *(why for row in rows for why in getattr(row, "reasons", ()))])
    assert calls(lambda: ask(kb), ResolvedCitation.__init__.__code__) == carried > 0


@pytest.mark.parametrize("times", [1, 3])
def test_a_miss_is_compared_with_few_names(times: int, grown: dict[int, KnowledgeBase]) -> None:
    compare = difflib.SequenceMatcher.ratio.__code__
    kb = grown[times]
    assert calls(lambda: missed(lambda: kb.find("the-hage-2025")), compare) < 10
    assert calls(lambda: missed(lambda: kb.timeline("Stratgic Concept of 2022")), compare) < 10


WORDS = st.text("abcé -?日本\0", min_size=1, max_size=12)


@given(WORDS, st.lists(WORDS, unique=True))
def test_the_close_matches_are_those_of_the_standard_library(word: str, words: list[str]) -> None:
    near = " or ".join(map(repr, difflib.get_close_matches(word, words, n=3, cutoff=0.6)))
    assert did_you_mean(word, words) == (f" Did you mean {near}?" if near else "")
