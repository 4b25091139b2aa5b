"""What holds of the bundled records, however many there are."""

from __future__ import annotations

import functools
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase, Level, Presence, Verification
from ip4kb.codec import read_record, write_record
from ip4kb.json_text import canonical
from ip4kb.places import below, facts, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ip4kb import Citation

DATA = Path(__file__).parents[1] / "src/ip4kb/data"
FILES = sorted(path.relative_to(DATA).as_posix() for path in DATA.glob("**/*.json"))
RECORDS = [name for name in FILES if "/" in name]
TABLES = [name for name in FILES if "/" not in name]
FORMAT = "python -m ip4kb.curation format"
VERIFY = "python -m ip4kb.curation verify --texts FOLDER"


@functools.cache
def every_record() -> tuple[tuple[Kind, Any], ...]:
    return tuple((kind, record) for kind in Kind for record in getattr(ip4kb.load(), kind.collection))


def citations(record: Any) -> Iterator[tuple[str, Citation]]:
    """Every citation in a record, with the place of what cites."""
    for place, part in walk(record, record.id):
        for citation in getattr(part, "citations", ()):
            yield place, citation


# --- the files -------------------------------------------------------------------------------------------------------


def test_every_rule_holds() -> None:
    ip4kb.preload()


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_stands_in_its_file_in_canonical_form(name: str) -> None:
    kind, stem = Path(name).parent.name, Path(name).stem
    raw = (DATA / name).read_bytes()
    record, problems = read_record(Kind(kind), raw, name, stem)
    assert problems == []
    assert raw.decode("utf-8") == write_record(record), f"{name} is not in canonical form; run '{FORMAT}'."


@pytest.mark.parametrize("name", TABLES)
def test_a_table_stands_in_its_file_in_canonical_form(name: str) -> None:
    text = (DATA / name).read_text("utf-8")
    assert text == canonical(json.loads(text)), f"{name} is not in canonical form; run '{FORMAT}'."


def test_the_manifest_names_every_record() -> None:
    ids = {
        kind.value: sorted(Path(name).stem for name in RECORDS if name.startswith(f"{kind.value}/")) for kind in Kind
    }
    manifest = json.loads((DATA / "manifest.json").read_text("utf-8"))
    assert manifest["ids"] == ids, f"manifest.json names other records than there are; run '{FORMAT}'."
    assert re.fullmatch(r"\d{4}\.\d{2}\.\d+", manifest["data_version"])


def test_the_folder_read_as_any_other_is_the_bundled_knowledge_base() -> None:
    assert KnowledgeBase.from_directory(DATA) == ip4kb.load()


# --- citations -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(Kind))
def test_every_phrase_is_short(kind: Kind) -> None:
    for other, record in every_record():
        for place, citation in citations(record) if other is kind else ():
            phrase = citation.phrase or ""
            longest = 40 if re.search("[\u3040-\u30ff\u3400-\u9fff]", phrase) else 120
            assert len(phrase.split()) <= 12, f"{place}: {phrase!r} has more than 12 words."
            assert len(phrase) <= longest, f"{place}: {phrase!r} has more than {longest} characters."


@pytest.mark.parametrize("kind", list(Kind))
def test_every_citation_of_a_text_that_was_at_hand_is_verified(kind: Kind) -> None:
    not_checked = [
        str(row)
        for other, record in every_record()
        if other is kind
        for row in ip4kb.evidence(record.id)
        if ip4kb.sources[row.source].text_digest is not None and row.verification is not Verification.VERIFIED
    ]
    assert not_checked == [], f"run '{VERIFY}'."


@pytest.mark.parametrize("kind", list(Kind))
def test_every_fact_of_every_record_and_part_has_its_citations(kind: Kind) -> None:
    bare = [
        place
        for other, record in every_record()
        if other is kind
        for at, part in walk(record, record.id)
        for place in (below(at, name) for name in facts(part))
        if not ip4kb.evidence(place)
    ]
    assert bare == []


# --- who came to The Hague -------------------------------------------------------------------------------------------


def test_the_hague_has_a_row_for_each_of_the_four() -> None:
    found = ip4kb.attendance("the-hague-2025")
    assert [row.partner for row in found] == ["australia", "japan", "new-zealand", "south-korea"]
    assert {row.presence for row in found} == {Presence.REPRESENTED}
    for row in found:
        assert row.representative is not None
        assert row.citations


def test_new_zealand_sent_its_head_of_government_to_the_hague() -> None:
    (row,) = ip4kb.attendance("the-hague-2025", partner="new-zealand")
    assert (row.level, row.in_place_of) == (Level.HEAD_OF_GOVERNMENT, None)


@pytest.mark.parametrize("partner", ["australia", "japan", "south-korea"])
def test_the_others_sent_someone_in_place_of_their_leader_and_said_why(partner: str) -> None:
    (row,) = ip4kb.attendance("the-hague-2025", partner=partner)
    assert isinstance(row.level, Level)
    assert row.level not in {Level.HEAD_OF_STATE, Level.HEAD_OF_GOVERNMENT}
    assert row.in_place_of is not None
    assert row.in_place_of not in (row.representative or "")
    assert row.reasons
    for reason in row.reasons:
        assert reason.citations
    assert any(reason.given_by for reason in row.reasons)
    for citation in row.citations:
        at_hand = ip4kb.sources[citation.source].text_digest is not None
        assert citation.verification is (Verification.VERIFIED if at_hand else Verification.NOT_CHECKED)


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("id", "names"),
    [
        ("australia", ["Australia", "Commonwealth of Australia", "AU", "AUS"]),
        ("japan", ["Japan", "JP", "JPN", "日本", "日本国", "Nippon"]),
        ("new-zealand", ["New Zealand", "NZ", "NZL", "Aotearoa"]),
        ("south-korea", ["South Korea", "Republic of Korea", "ROK", "KR", "KOR", "대한민국", "한국"]),
    ],
)
def test_each_of_the_four_is_found_by_english_official_iso_and_native_names(id: str, names: list[str]) -> None:
    for name in [id, *names, *(name.upper() for name in names), *(name.lower() for name in names)]:
        assert ip4kb.partners.lookup(name).id == id


@pytest.mark.parametrize("id", ["australia", "japan", "new-zealand", "south-korea"])
def test_every_alias_and_code_of_a_partner_finds_it(id: str) -> None:
    partner = ip4kb.partners[id]
    names = [partner.name, partner.official_name, *(alias.text for alias in partner.aliases)]
    for name in [*names, *(code.value for code in partner.codes)]:
        assert name is not None
        assert ip4kb.partners.lookup(name) is partner


def test_there_are_four_partners() -> None:
    assert set(ip4kb.partners.ids) == {"australia", "japan", "new-zealand", "south-korea"}


def test_korea_is_ambiguous_and_its_bearers_are_named() -> None:
    with pytest.raises(ip4kb.AmbiguousNameError, match=r"Republic of Korea \(south-korea\), Democratic People's Rep"):
        ip4kb.partners.lookup("Korea")


def test_the_name_of_another_is_never_answered_with_a_partner_or_a_close_match() -> None:
    for name, bearers in json.loads((DATA / "ambiguous.json").read_text("utf-8")).items():
        with pytest.raises(LookupError) as raised:
            ip4kb.partners.lookup(name)
        told = str(raised.value)
        assert bearers[0]["name"] in told
        assert ("south-korea" in told) is ("south-korea" in {bearer.get("record") for bearer in bearers})
        assert "Did you mean" not in told


@pytest.mark.parametrize("name", ["North Korea", "north korea", "NORTH  KOREA", "DPRK"])
def test_north_korea_is_never_south_korea(name: str) -> None:
    with pytest.raises(ip4kb.UnknownRecordError) as raised:
        ip4kb.partners.lookup(name)
    assert "south" not in str(raised.value).lower()
