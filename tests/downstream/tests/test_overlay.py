import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from ip4kb import DataError

from ip4brief import briefing, opened

HOSTILE = "<script>alert('x')</script> \" onmouseover=\"alert(1) &amp; </style></title>"


def write(folder: Path, records: dict[str, Any]) -> Path:
    for name, record in records.items():
        path = folder / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(record), "utf-8")
    return folder


def notes(address: str) -> dict[str, Any]:
    return {
        "source/our-note": {
            "id": "our-note",
            "kind": "reference",
            "title": HOSTILE,
            "publisher": HOSTILE,
            "published": "2026",
            "url": address,
            "language": "en",
        },
        "claim/our-note-one": {
            "id": "our-note-one",
            "kind": "recommendation",
            "summary": HOSTILE,
            "about": ["japan"],
            "stance": "supports",
            "citations": [{"source": "our-note", "phrase": HOSTILE}],
        },
    }


def test_further_own_records_are_laid_over_and_marked(read: Callable[[str], Element], tmp_path: Path) -> None:
    kb = opened([write(tmp_path / "mission", {"partner/japan": {"note": "Bring the map."}})])
    page = read(briefing(kb, kb.partners["japan"]))
    (remark,) = (told for told in page.iter("dd") if "Bring the map." in "".join(told.itertext()))
    assert "own record: mission" in "".join(remark.itertext())


def test_no_text_of_an_overlay_becomes_markup(read: Callable[[str], Element], tmp_path: Path) -> None:
    kb = opened([write(tmp_path / "mission", notes("https://example.org/?a='&b"))])
    page = read(briefing(kb, kb.partners["japan"]))
    assert not list(page.iter("script"))
    assert not [element for element in page.iter() if "onmouseover" in element.attrib]
    shown = [item for item in page.iter("li") if HOSTILE in "".join(item.itertext())]
    assert len(shown) == 3, "as what the desk would watch, as an argument, and as a note"


def test_an_address_that_runs_something_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="url"):
        opened([write(tmp_path / "mission", notes("javascript:alert(1)"))])
