"""A small, sound knowledge base on disk, with the text it cites, that a test can break in one place."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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
        "partner/japan.json": partner(
            "japan", "Japan", {"text": "日本", "kind": "endonym", "language": "ja"}
        )
        | {
            "codes": [{"scheme": "iso-3166-1-alpha-2", "value": "JP"}],
            "capital": "Tokyo",
            "citations": [{"source": "nato-page", "supports": ["codes", "capital"]}],
        },
        "partner/new-zealand.json": partner("new-zealand", "New Zealand"),
        "partner/south-korea.json": partner(
            "south-korea", "South Korea", {"text": "ROK", "kind": "abbreviation"}
        ),
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


@pytest.fixture
def files() -> dict[str, Any]:
    """The files of the small knowledge base, to be changed by the test."""
    return small() | {"verified.json": ledger()}


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


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder that holds the report's text."""
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "report.txt").write_bytes(TEXT.encode())
    return folder
