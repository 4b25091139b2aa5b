"""A small, sound knowledge base on disk, with the text it cites, that a test can break in one place."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import pickle
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ip4kb import KnowledgeBase, Problem

TEXT = """Report on the summit

Japan was represented by its foreign minister in 2025.
Australia did not come to the summit, its prime minister Ada Moss said she was busy.
New Zealand was not invited.

The allies spend 2.5 per cent of GDP, or 600 billion dollars, and four partners agreed to an office in June 2025.
The declaration speaks of Russia but is silent on other states.
"""
DIGEST = f"sha256:{hashlib.sha256(TEXT.encode()).hexdigest()}"


def cite(paragraph: int, phrase: str, *supports: str, **more: object) -> dict[str, Any]:
    """A citation of the report."""
    return {"source": "report-2025", "supports": list(supports), "paragraph": paragraph, "phrase": phrase, **more}


def partner(id: str, name: str, *aliases: dict[str, str]) -> dict[str, Any]:
    return {"id": id, "name": name, **({"aliases": list(aliases)} if aliases else {})}


def small() -> dict[str, Any]:
    """The files of the small knowledge base, by name."""
    came = "Japan was represented by its foreign minister in 2025"
    office = "four partners agreed to an office in June 2025"
    spend = "The allies spend 2.5 per cent of GDP"
    speaks = "The declaration speaks of Russia"
    files: dict[str, Any] = {
        "manifest.json": {"data_version": "2026.11.0"},
        "people.json": {"ada-moss": {"name": "Ada Moss", "family": "Moss", "given": "Ada"}},
        "ambiguous.json": {
            "Korea": [{"name": "Republic of Korea", "record": "south-korea"}, {"name": "Northern Korea"}],
            "North Korea": [{"name": "Northern Korea"}],
        },
        "retired.json": {"old-summit": "summit-2025"},
        "source/report-2025.json": {
            "id": "report-2025",
            "kind": "think-tank",
            "title": "Report on the summit",
            "authors": [{"family": "Writer", "given": "W."}],
            "publisher": "Institute",
            "published": "2025-07",
            "url": "https://example.org/report",
            "language": "en",
            "text_digest": DIGEST,
        },
        "source/nato-page.json": {
            "id": "nato-page",
            "kind": "official-page",
            "title": "Page of the alliance",
            "issuer": "nato",
            "publisher": "NATO",
            "accessed": "2026-11-21",
            "language": "en",
        },
        "alliance/nato.json": {
            "id": "nato",
            "name": "NATO",
            "kind": "collective-defence",
            "founded": "1949-04-04",
            "citations": [{"source": "nato-page", "supports": ["founded"], "number": "1"}],
        },
        "partner/australia.json": partner("australia", "Australia"),
        "partner/japan.json": partner("japan", "Japan", {"text": "日本", "kind": "endonym", "language": "ja"})
        | {
            "codes": [{"scheme": "iso-3166-1-alpha-2", "value": "JP"}],
            "capital": "Tokyo",
            "citations": [{"source": "nato-page", "supports": ["codes", "capital"]}],
        },
        "partner/new-zealand.json": partner("new-zealand", "New Zealand"),
        "partner/south-korea.json": partner("south-korea", "South Korea", {"text": "ROK", "kind": "abbreviation"}),
        "summit/summit-2025.json": {
            "id": "summit-2025",
            "name": "Summit of 2025",
            "start": "2025-06",
            "places": [{"country": "netherlands"}],
            "participations": [
                {
                    "party": "japan",
                    "presence": "represented",
                    "delegates": [{"office": "Foreign Minister", "level": "foreign-minister"}],
                    "citations": [cite(2, came)],
                },
                {
                    "party": "australia",
                    "presence": "not-represented",
                    "reasons": [
                        {
                            "key": "busy",
                            "text": "She was busy.",
                            "given_by": ["ada-moss"],
                            "citations": [cite(3, "its prime minister Ada Moss said she was busy")],
                        }
                    ],
                    "citations": [cite(3, "Australia did not come to the summit")],
                },
                {
                    "party": "new-zealand",
                    "invitation": "not-invited",
                    "citations": [cite(4, "New Zealand was not invited")],
                },
            ],
            "citations": [
                cite(5, office, "start"),
                {"source": "nato-page", "supports": ["start", "places"]},
            ],
        },
        "meeting/talks-2025.json": {
            "id": "talks-2025",
            "name": "Talks of 2025",
            "kind": "visit",
            "start": "2025",
            "organiser": "nato",
            "within": "summit-2025",
            "participations": [{"party": "japan", "presence": "represented", "citations": [cite(2, came)]}],
            "citations": [{"source": "nato-page", "supports": ["start", "organiser", "within"]}],
        },
        "declaration/declaration-2025.json": {
            "id": "declaration-2025",
            "name": "Declaration of 2025",
            "kind": "summit-declaration",
            "issued": "2025-06-25",
            "issuers": ["nato"],
            "meeting": "summit-2025",
            "text": "nato-page",
            "provisions": [{"theme": "russia", "summary": "It speaks of Russia.", "citations": [cite(6, speaks)]}],
            "silences": [
                {
                    "theme": "china",
                    "summary": "It does not name China.",
                    "absent_terms": ["China", "Beijing"],
                    "citations": [{"source": "report-2025"}],
                }
            ],
            "citations": [{"source": "nato-page", "supports": ["issued", "issuers", "meeting"]}],
        },
        "initiative/office.json": {
            "id": "office",
            "name": "Office",
            "kind": "liaison-office",
            "themes": ["representation"],
            "parties": ["nato", "japan"],
            "developments": [
                {
                    "key": "agreed",
                    "date": "2025-06",
                    "summary": "An office was agreed.",
                    "status": "agreed",
                    "citations": [cite(5, office)],
                }
            ],
            "citations": [{"source": "nato-page", "supports": ["parties"]}],
        },
        "claim/report-2025-spending.json": {
            "id": "report-2025-spending",
            "kind": "statement",
            "summary": "The allies spend 2.5 per cent of GDP.",
            "about": ["nato", "summit-2025#participations.japan"],
            "stance": "neutral",
            "quantity": {"value": 2.5, "unit": "percent-of-gdp"},
            "citations": [cite(5, spend)],
        },
        "claim/report-2025-date.json": {
            "id": "report-2025-date",
            "kind": "forecast",
            "summary": "An office opens.",
            "about": ["office"],
            "by": ["ada-moss"],
            "citations": [cite(3, "Ada Moss said", "by"), cite(5, office, "summary")],
        },
        "disagreement/summit-date.json": {
            "id": "summit-date",
            "name": "Date of the summit",
            "about": ["summit-2025#start"],
            "positions": [
                {
                    "key": "june",
                    "statement": "In June.",
                    "value": "2025-06",
                    "adopted": True,
                    "citations": [{"source": "nato-page"}],
                },
                {
                    "key": "other",
                    "statement": "At another time.",
                    "claims": ["report-2025-date"],
                    "citations": [cite(5, office)],
                },
            ],
            "reasoning": "The page is the alliance's own.",
        },
    }
    for value in files.values():
        _drop_empty_supports(value)
    return files


def _drop_empty_supports(value: object) -> None:
    if isinstance(value, dict):
        if value.get("supports") == []:
            del value["supports"]
        for member in value.values():
            _drop_empty_supports(member)
    elif isinstance(value, list):
        for member in value:
            _drop_empty_supports(member)


def ledger() -> dict[str, Any]:
    """What a verification of the small knowledge base writes."""
    from ip4kb.passages import fingerprint

    phrases: dict[str, list[str]] = {}
    for value in small().values():
        for citation in _citations(value):
            if "paragraph" in citation:
                found = phrases.setdefault(str(citation["paragraph"]), [])
                found.append(fingerprint(citation["phrase"]))
    return {
        "report-2025": {
            "digest": DIGEST,
            "phrases": {number: sorted(set(phrases[number])) for number in sorted(phrases)},
            "absent": [fingerprint("China", "Beijing")],
        }
    }


def _citations(value: object) -> list[dict[str, Any]]:
    if isinstance(value, dict):
        own = [citation for citation in value.get("citations", []) if citation["source"] == "report-2025"]
        return own + [found for member in value.values() for found in _citations(member)]
    if isinstance(value, list):
        return [found for member in value for found in _citations(member)]
    return []


@pytest.fixture(scope="session")
def packs() -> Callable[[dict[str, Any]], dict[str, str]]:
    """Pack files as a wheel has them: the records of a kind in one, a line each."""

    def packer(files: dict[str, Any]) -> dict[str, str]:
        packed: dict[str, str] = {}
        for name, value in files.items():
            pack = f"{name.partition('/')[0]}.jsonl" if "/" in name else name
            line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            packed[pack] = packed.get(pack, "") + line + ("\n" if pack != name else "")
        return packed

    return packer


@pytest.fixture
def files() -> dict[str, Any]:
    """The files of the small knowledge base, to be changed by the test."""
    return small() | {"verified.json": ledger()}


class _Memory:
    """Record files held in memory."""

    def __init__(self, files: dict[str, Any]) -> None:
        self._files = files

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def read(self, name: str) -> bytes:
        return json.dumps(self._files[name], ensure_ascii=False).encode()


@pytest.fixture(scope="session")
def sound() -> Callable[[], dict[str, Any]]:
    """Make the files of the small knowledge base anew, for tests that change them example by example."""
    return lambda: small() | {"verified.json": ledger()}


@pytest.fixture(scope="session")
def unchecked() -> Callable[[dict[str, Any]], KnowledgeBase]:
    """Make a knowledge base of files, each kind read when first asked for, with no rule run."""

    def maker(files: dict[str, Any]) -> KnowledgeBase:
        from ip4kb.knowledge_base import KnowledgeBase
        from ip4kb.store import Library

        return KnowledgeBase(Library(_Memory(files)))

    return maker


@pytest.fixture
def write(tmp_path: Path) -> Callable[[dict[str, Any]], Path]:
    """Write files (JSON values, or bytes as they are) into a folder, and return it."""

    def writer(files: dict[str, Any], folder: str = "records") -> Path:
        root = tmp_path / folder
        for name, value in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode())
        return root

    return writer


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge base, loaded before anything goes wrong."""
    from ip4kb.knowledge_base import KnowledgeBase

    root = tmp_path_factory.mktemp("before")
    for name, value in (small() | {"verified.json": ledger()}).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json.dumps(value).encode())
    return KnowledgeBase.from_directory(root)


@pytest.fixture
def refused(before: KnowledgeBase, write: Callable[..., Path]) -> Callable[[dict[str, Any]], tuple[Problem, ...]]:
    """Load broken files from a folder and from a zip, and return the problems of the one error that each raises.

    What was loaded before must be as it was, and every problem a sentence.
    """
    from ip4kb import DataError, KnowledgeBase

    copy, answer = pickle.dumps(before), before.attendance("summit-2025")
    count = itertools.count(1)

    def refuser(broken: dict[str, Any]) -> tuple[Problem, ...]:
        folder = write(broken, f"broken-{next(count)}")
        with pytest.raises(DataError) as of_folder:
            KnowledgeBase.from_directory(folder)
        archive = folder.with_suffix(".zip")
        with zipfile.ZipFile(archive, "w") as members:
            for path in folder.glob("**/*.json"):
                members.write(path, path.relative_to(folder).as_posix())
        with pytest.raises(DataError) as of_zip:
            KnowledgeBase.from_zip(archive)
        problems = of_folder.value.problems
        assert of_zip.value.problems == problems
        assert before == pickle.loads(copy)  # noqa: S301 (made a few lines above)
        assert before.attendance("summit-2025") == answer
        shown = str(of_folder.value).encode("utf-8").decode()
        for problem in problems:
            assert problem.file in broken
            assert problem.message.endswith((".", "?"))
            assert f"- {problem}" in shown
        return problems

    return refuser


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The bundled knowledge base in a format, exported once for all tests, which only read it."""
    import ip4kb

    @functools.cache
    def exporter(format: str) -> Path:
        path = tmp_path_factory.mktemp("exported") / format
        ip4kb.export(format, path)
        return path

    return exporter


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder that holds the report's text."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "report.txt").write_bytes(TEXT.encode())
    return folder


HARM = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "'\"><svg onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "</style><style>@import 'https://harm.example'</style>",
    "<!-- <a href=javascript:alert(1)>x</a> --!>",
    '=HYPERLINK("https://harm.example","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "'); drop table summit; --",
    "}, note = {harm}, author = {Harm",
    r"\input{/etc/passwd} \write18{id} ^^5c %",
    "ER  - TY  - JOUR",
    ']]></data><node id="harm"/>',
    '"}], "harm": [{"',
    "datum.constructor.constructor('alert(1)')()",
    "{{ alert(1) }} ${alert(1)} {% raw %}",
    ":raw:`<script>` [x](javascript:alert(1)) `x <javascript:alert(1)>`_",
    "javascript:alert(1)",
)
"""What has made mischief in pages, spreadsheets, databases, bibliographies, graphs and pictures."""

_FREE = {"name", "title", "official_name", "summary", "text", "statement", "reasoning", "note", "office", "publisher"}
_FREE |= {"series", "number", "pages", "page", "license", "literal", "family", "given", "capital", "city", "venue"}
_FREE |= {"phrase", "value", "absent_terms", "reference"}


@pytest.fixture(scope="session")
def harms() -> tuple[str, ...]:
    """What the texts of the harmful knowledge base begin with."""
    return HARM


@pytest.fixture(scope="session")
def harmful(before: KnowledgeBase, tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small knowledge base with harm in each text that is free, no two of them alike: an overlay that is sound."""
    harm = (f"{text} {count}" for count, text in enumerate(itertools.cycle(HARM)))
    files = {name: value for name, value in small().items() if "/" in name or name == "people.json"}
    files["declaration/other-2025.json"] = files["declaration/declaration-2025.json"] | {"id": "other-2025"}
    made: dict[str, Any] = _with_harm(files, harm)
    made["manifest.json"] = {"name": f"{HARM[6]} {HARM[0]}"}
    for name in ("declaration/declaration-2025.json", "declaration/other-2025.json"):
        made[name]["text"] = "nato-page"
    made["source/report-2025.json"] |= {
        "authors": [{"family": next(harm), "given": next(harm)}, {"literal": next(harm)}]
    }
    made["source/report-2025.json"] |= {field: next(harm) for field in ("series", "number", "pages", "license", "note")}
    made["source/report-2025.json"]["url"] = "https://example.org/?q='%3Cscript%3E&x=(1)#$%7Bx%7D;[y]"
    for name in made:
        if name.startswith(("partner/", "summit/", "initiative/", "alliance/")):
            made[name] |= {"note": next(harm), "aliases": [{"text": text, "kind": "short"} for text in HARM]}
    made["summit/summit-2025.json"]["places"] = [{"country": "netherlands", "city": next(harm), "venue": next(harm)}]
    made["initiative/office.json"]["parties"] = ["nato", "australia", "japan", "new-zealand", "south-korea"]
    folder = tmp_path_factory.mktemp("harmful")
    for name, value in made.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(json.dumps(value).encode())
    return before.with_overlay(folder)


@pytest.fixture(scope="session")
def strings() -> Callable[[Any], Iterator[str]]:
    """Tell each text within a JSON value."""

    def told(value: Any) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from told(member)

    return told


@pytest.fixture(scope="session")
def harm(harmful: KnowledgeBase, harms: tuple[str, ...], strings: Callable[[Any], Iterator[str]]) -> set[str]:
    """Each text with harm that stands in a record."""
    from ip4kb import Kind
    from ip4kb.codec import to_json

    every = (to_json(record) for kind in Kind for record in getattr(harmful, kind.collection))
    return {text for value in every for text in strings(value) if text.startswith(harms)}


def _with_harm(value: Any, harm: Iterator[str], field: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _with_harm(member, harm, name) for name, member in value.items()}
    if isinstance(value, list):
        return [_with_harm(member, harm, field) for member in value]
    return next(harm) if field in _FREE and isinstance(value, str) else value
