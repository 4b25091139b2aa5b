"""The public names: what they are, their docstrings, and the errors that these tell of; tests/api pins each of them."""

from __future__ import annotations

import enum
import inspect
import operator
import re
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import ip4kb
from ip4kb import Collection, KnowledgeBase, PartialDate
from ip4kb.shelves import Folder

ROOT = Path(__file__).parents[1]

FUNCTIONS = {"diff", "load", "preload"}


def public(cls: type[Any]) -> set[str]:
    """The public names that a class defines itself."""
    return {name for name in vars(cls) if not name.startswith("_")}


CLASSES = [value for name in ip4kb.__all__ if name[0].isupper() and inspect.isclass(value := getattr(ip4kb, name))]


def test_the_version_is_told_the_same_everywhere() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert ip4kb.__version__ == told
    assert f"\nversion: {told}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert (ROOT / "CHANGELOG.md").read_text("utf-8").partition("\n## [")[2].startswith(f"{told}] - ")


def test_every_question_of_a_knowledge_base_is_a_public_name() -> None:
    on_the_class = {"from_directory", "from_zip", "layers", "version", "with_overlay"}
    assert public(KnowledgeBase) - on_the_class <= set(ip4kb.__all__)
    for name in public(KnowledgeBase) - on_the_class:
        assert getattr(ip4kb, name) == getattr(ip4kb.load(), name)


def test_nothing_public_is_beside_classes_questions_collections_and_constants() -> None:
    functions = {name for name in ip4kb.__all__ if inspect.isfunction(getattr(ip4kb, name))}
    methods = {name for name in ip4kb.__all__ if inspect.ismethod(getattr(ip4kb, name))}
    collections = {name for name in ip4kb.__all__ if isinstance(getattr(ip4kb, name), Collection)}
    constants = {"CODED_THEMES", "UNKNOWN", "__version__", "data_version", "people", "plot", "schema_version"}
    found = functions | methods | collections | constants | {cls.__name__ for cls in CLASSES}
    assert functions == FUNCTIONS
    assert collections == {kind.collection for kind in ip4kb.Kind}
    assert found == set(ip4kb.__all__)


# --- docstrings ------------------------------------------------------------------------------------------------------


def documented(doc: str, section: str) -> set[str]:
    """The names that a section of a docstring tells of."""
    found = re.search(rf"^{section}:\n((?: .*\n|\n)*)", f"{inspect.cleandoc(doc)}\n", re.MULTILINE)
    return set(re.findall(r"^ {4}\*{0,2}(\w+): ", found[1], re.MULTILINE)) if found else set()


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_public_class_and_its_members_have_a_docstring(cls: type[Any]) -> None:
    assert vars(cls)["__doc__"]
    for name in public(cls):
        member = inspect.getattr_static(cls, name)
        if isinstance(member, classmethod | staticmethod | property) or inspect.isfunction(member):
            assert inspect.getdoc(getattr(cls, name)), name


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if attrs.has(cls)], ids=lambda cls: cls.__name__)
def test_the_docstring_of_a_class_tells_of_each_field(cls: type[Any]) -> None:
    own = {field.name for field in attrs.fields(cls) if not field.inherited}
    assert documented(vars(cls)["__doc__"], "Attributes") == own


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if issubclass(cls, enum.Enum)], ids=lambda cls: cls.__name__)
def test_a_vocabulary_is_made_of_distinct_lower_case_words(cls: type[enum.Enum]) -> None:
    assert issubclass(cls, enum.StrEnum)
    assert len(cls.__members__) == len(cls)
    for name, member in cls.__members__.items():
        assert re.fullmatch(r"[a-z0-9]+([- ][a-z0-9]+)*", member.value)
        assert name == re.sub(r"[- ]", "_", member.value).upper()


@pytest.mark.parametrize("name", sorted(public(KnowledgeBase) | FUNCTIONS))
def test_a_docstring_that_tells_of_arguments_tells_of_all(name: str) -> None:
    function = getattr(KnowledgeBase, name, None) or getattr(ip4kb, name)
    doc = inspect.getdoc(function)
    assert doc
    if told := documented(doc, "Args"):
        assert told == set(inspect.signature(function).parameters) - {"self"}


# --- errors: what can be raised is told, and what is told can be raised ----------------------------------------------

Ask = Callable[[KnowledgeBase], object]
WRONG_TYPE: Any = 1


def of_a_subject(name: str, **more: Ask) -> dict[str, Ask]:
    """How a question about a subject fails."""
    return {
        "UnknownRecordError": lambda kb: getattr(kb, name)("atlantis"),
        "AmbiguousNameError": lambda kb: getattr(kb, name)("Korea"),
        "ArgumentError": lambda kb: getattr(kb, name)(""),
        **more,
    }


def without(library: str, ask: Ask) -> Ask:
    """A question asked where a library is not installed."""

    def asked(kb: KnowledgeBase) -> object:
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, library, None)
            return ask(kb)

    return asked


FAILURES: dict[str, dict[str, Ask]] = {
    "KnowledgeBase.attendance": of_a_subject("attendance", DateError=lambda kb: kb.attendance(since="soon")),
    "KnowledgeBase.timeline": of_a_subject("timeline", DateError=lambda kb: kb.timeline(since="soon")),
    "KnowledgeBase.compare": {
        "UnknownRecordError": lambda kb: kb.compare("declaration-2025", "atlantis"),
        "AmbiguousNameError": lambda kb: kb.compare("declaration-2025", "Korea"),
        "ArgumentError": lambda kb: kb.compare("declaration-2025", "declaration-2025"),
    },
    "KnowledgeBase.claims_about": of_a_subject("claims_about"),
    "KnowledgeBase.disagreements_about": of_a_subject("disagreements_about"),
    "KnowledgeBase.evidence": of_a_subject("evidence"),
    "KnowledgeBase.standing": of_a_subject("standing"),
    "KnowledgeBase.declarations_of": of_a_subject("declarations_of"),
    "KnowledgeBase.participations_of": of_a_subject("participations_of"),
    "KnowledgeBase.referring_to": of_a_subject("referring_to"),
    "KnowledgeBase.cited_by": of_a_subject("cited_by"),
    "KnowledgeBase.as_known_on": {"DateError": lambda kb: kb.as_known_on("soon")},
    "KnowledgeBase.cite": {
        "UnknownRecordError": lambda kb: kb.cite("atlantis"),
        "AmbiguousNameError": lambda kb: kb.cite("Korea"),
        "ArgumentError": lambda kb: kb.cite("japan", style="harvard"),
    },
    "KnowledgeBase.export": {
        "ArgumentError": lambda kb: kb.export("xml", "ip4kb.xml"),
        "ExportError": lambda kb: kb.export("json", "no-such-folder/ip4kb.json"),
        "MissingLibraryError": without("pyarrow", lambda kb: kb.export("parquet", "no-such-folder/ip4kb")),
    },
    "KnowledgeBase.show": of_a_subject("show"),
    "KnowledgeBase.search": {"ArgumentError": lambda kb: kb.search("...")},
    "KnowledgeBase.find": {
        "UnknownRecordError": lambda kb: kb.find("atlantis"),
        "ArgumentError": lambda kb: kb.find(""),
    },
    "KnowledgeBase.with_overlay": {
        "DataError": lambda kb: kb.with_overlay("no-such-folder"),
        "ArgumentError": lambda kb: kb.with_overlay(WRONG_TYPE),
    },
    "KnowledgeBase.from_directory": {"DataError": lambda _: KnowledgeBase.from_directory("no-such-folder")},
    "KnowledgeBase.from_zip": {"DataError": lambda _: KnowledgeBase.from_zip("no-such.zip")},
    "Collection.__getitem__": {
        "UnknownRecordError": lambda kb: kb.partners["atlantis"],
        "ArgumentError": lambda kb: kb.partners[""],
    },
    "Collection.get": {"ArgumentError": lambda kb: kb.partners.get(WRONG_TYPE)},
    "Collection.lookup": {
        "UnknownRecordError": lambda kb: kb.partners.lookup("atlantis"),
        "AmbiguousNameError": lambda kb: kb.partners.lookup("Korea"),
        "ArgumentError": lambda kb: kb.partners.lookup(""),
    },
    "Collection.where": {
        "ArgumentError": lambda kb: kb.partners.where(height=1),
        "DateError": lambda kb: kb.summits.where(start="soon"),
    },
    "Table.to_pandas": {"MissingLibraryError": without("pandas", lambda kb: kb.attendance().to_pandas())},
    "Table.to_arrow": {"MissingLibraryError": without("pyarrow", lambda kb: kb.attendance().to_arrow())},
    "PartialDate": {"DateError": lambda _: PartialDate(2025, 13)},
    "PartialDate.parse": {"DateError": lambda _: PartialDate.parse("soon")},
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_docstring_tells_of_exactly_the_errors_that_are_raised(
    files: dict[str, Any], write: Callable[..., Path], name: str
) -> None:
    kb = KnowledgeBase.from_directory(write(files))
    for error, ask in FAILURES[name].items():
        with pytest.raises(getattr(ip4kb, error)):
            ask(kb)
    assert documented(inspect.getdoc(operator.attrgetter(name)(ip4kb)) or "", "Raises") == set(FAILURES[name])


def test_what_tells_of_errors_is_tried_above() -> None:
    told = {cls.__name__ for cls in CLASSES if documented(vars(cls)["__doc__"], "Raises")} | {
        f"{cls.__name__}.{name}"
        for cls in CLASSES
        for name, member in vars(cls).items()
        if isinstance(member, classmethod | property) or inspect.isfunction(member)
        if documented(member.__doc__ or "", "Raises")
    }
    assert told == set(FAILURES)


def test_preload_runs_every_rule_and_tells_of_its_error(
    files: dict[str, Any], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    files["partner/japan.json"]["citations"] = []
    broken = Folder(write(files))
    monkeypatch.setattr("ip4kb.knowledge_base.Bundle", lambda: broken)
    with pytest.raises(ip4kb.DataError) as caught:
        ip4kb.preload()
    assert {problem.file for problem in caught.value.problems} == {"partner/japan.json"}
    assert documented(inspect.getdoc(ip4kb.preload) or "", "Raises") == {"DataError"}
