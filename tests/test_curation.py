from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase
from ip4kb.curation import __main__ as curation
from ip4kb.curation.__main__ import main
from ip4kb.json_text import canonical
from ip4kb.passages import digest_of, fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Run = Callable[..., tuple[int, list[str]]]

SUMMIT = "summit/summit-2025.json"
OFFICE = "initiative/office.json"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a folder; its exit code and the lines it prints."""

    def runner(data: Path, *arguments: str | Path) -> tuple[int, list[str]]:
        code = main(["--data", str(data), *map(str, arguments)])
        return code, capsys.readouterr().out.splitlines()

    return runner


@pytest.fixture
def verifying(run: Run, write: Writer, texts: Path) -> Callable[[Files], tuple[int, list[str]]]:
    """Write files, verify them against the report's text, and give what that prints."""
    return lambda files: run(write(files), "verify", "--texts", texts)


def ledger_of(data: Path) -> Files:
    found: Files = json.loads((data / "verified.json").read_text("utf-8"))
    return found


def contents(data: Path) -> dict[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.glob("**/*.json")}


def citation_of(files: Files) -> Files:
    """The one citation of the step of the office, which says that four partners agreed in June 2025."""
    found: Files = files[OFFICE]["developments"][0]["citations"][0]
    return found


# --- format ----------------------------------------------------------------------------------------------------------


def test_format_writes_every_file_in_canonical_form_and_the_manifest(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    before = KnowledgeBase.from_directory(data)
    assert run(data, "format") == (0, [f"{len(files) + 1} files rewritten."])
    assert (data / "partner" / "japan.json").read_text("utf-8") == (
        "{\n"
        '  "id": "japan",\n'
        '  "name": "Japan",\n'
        '  "aliases": [{"text": "日本", "kind": "endonym", "language": "ja"}],\n'
        '  "codes": [{"scheme": "iso-3166-1-alpha-2", "value": "JP"}],\n'
        '  "capital": "Tokyo",\n'
        '  "citations": [{"source": "nato-page", "supports": ["codes", "capital"]}]\n'
        "}\n"
    )
    manifest = json.loads((data / "manifest.json").read_text("utf-8"))
    assert manifest["data_version"] == "2026.11.0"
    assert manifest["ids"]["partner"] == ["australia", "japan", "new-zealand", "south-korea"]
    assert list(manifest["ids"]) == [kind.value for kind in Kind]
    assert KnowledgeBase.from_directory(data) == before
    assert run(data, "format") == (0, ["0 files rewritten."])


def test_format_puts_keys_in_order_and_leaves_out_what_is_the_default(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    expected = contents(data)
    files[OFFICE] = dict(reversed(files[OFFICE].items())) | {"aliases": []}
    write({OFFICE: files[OFFICE]})
    assert run(data, "format") == (0, ["1 file rewritten."])
    assert contents(data) == expected


def test_format_makes_a_manifest_where_there_is_none(files: Files, write: Writer, run: Run) -> None:
    del files["manifest.json"]
    data = write(files)
    run(data, "format")
    assert set(json.loads((data / "manifest.json").read_text("utf-8"))) == {"ids"}


@pytest.mark.parametrize("name", ["manifest.json", "people.json", SUMMIT, "odd/one.json", "summit/deep/one.json"])
def test_format_leaves_alone_what_it_cannot_read_or_does_not_know(
    files: Files, write: Writer, run: Run, name: str
) -> None:
    data = write(files | {name: b'{"ids": '})
    assert run(data, "format")[0] == 0
    assert (data / name).read_bytes() == b'{"ids": '


@pytest.mark.parametrize("name", ["manifest.json", "checksums.json", SUMMIT])
def test_a_folder_with_the_name_of_a_file_is_reported_and_stops_nothing(
    files: Files, write: Writer, run: Run, name: str
) -> None:
    files.pop(name, None)
    data = write(files)
    (data / name).mkdir(parents=True)
    assert run(data, "format")[0] == 0
    code, lines = run(data, "check")
    assert code == 1
    assert any(line.startswith(f"{name}: the file cannot be read") for line in lines)


# --- check -----------------------------------------------------------------------------------------------------------


def test_check_passes_a_sound_folder_and_counts_what_is_in_it(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    assert run(data, "check") == (
        0,
        [
            (
                "2 sources, 1 alliance, 4 partners, 1 summit, 1 meeting, 1 declaration, 1 initiative, 2 claims, "
                "1 disagreement: 0 problems."
            )
        ],
    )


def test_check_prints_every_problem_at_once(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    files[SUMMIT]["hosts"] = ["atlantis"]
    files[OFFICE]["kind"] = "offices"
    broken = {SUMMIT: files[SUMMIT], OFFICE: files[OFFICE], "partner/fiji.json": b"{", "people.json": [1]}
    write(broken)
    code, lines = run(data, "check")
    assert code == 1
    for start, rule in [
        ("summit/summit-2025.json: summit-2025#hosts: 'atlantis' is no country", "[references]"),
        ("summit/summit-2025.json: summit-2025#hosts: no citation supports this fact", "[citations]"),
        ("initiative/office.json: office#kind: must be a word of InitiativeKind", "[form]"),
        ("partner/fiji.json: not JSON at line 1", "[json]"),
        ("people.json: the file must hold an object", "[form]"),
        ("manifest.json: not in canonical form; run 'python -m ip4kb.curation format'.", "[format]"),
        ("summit/summit-2025.json: not in canonical form", "[format]"),
    ]:
        assert [line for line in lines if line.startswith(start) and line.endswith(rule)], start
    assert lines[-1].endswith(f": {len(lines) - 1} problems.")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (SUMMIT, None),
        ("people.json", None),
        ("verified.json", None),
    ],
)
def test_check_reports_what_is_not_canonical_or_fresh(
    files: Files, write: Writer, run: Run, name: str, content: Files | None
) -> None:
    data = write(files)
    run(data, "format")
    write({name: files[name] if content is None else content})
    assert run(data, "check")[1][:-1] == [
        f"{name}: not in canonical form; run 'python -m ip4kb.curation format'. [format]"
    ]


def test_check_finds_a_manifest_whose_ids_are_not_those_of_the_files(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    write({"manifest.json": files["manifest.json"] | {"ids": {}}})
    code, lines = run(data, "check")
    assert code == 1
    assert "manifest.json: not in canonical form; run 'python -m ip4kb.curation format'. [format]" in lines


def test_check_finds_a_record_that_the_manifest_does_not_name(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    (data / "partner" / "south-korea.json").rename(data / "partner" / "fiji.json")
    assert run(data, "check")[0] == 1
    assert any(line.startswith("manifest.json: not in canonical form") for line in run(data, "check")[1])


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [(b"{", "not JSON at line 1"), (b"[]", "the file must hold an object"), (b'{"a": 1, "a": 2}', "more than once")],
)
def test_check_reports_a_broken_manifest(files: Files, write: Writer, run: Run, manifest: bytes, sentence: str) -> None:
    code, lines = run(write(files | {"manifest.json": manifest}), "check")
    assert code == 1
    assert any(line.startswith("manifest.json: ") and sentence in line for line in lines)


@pytest.mark.parametrize(
    "case",
    [
        ({"report-2025": [{"paragraphs": ["1"], "reason": "heading"}]}, "must be a whole number"),
        ({"report-2025": [{"paragraphs": [1]}]}, "the field 'reason' is missing and required"),
        ({"report-2025": {"paragraphs": [1], "reason": "heading"}}, "must be a list"),
        ({"report-2025": [{"paragraph": [1], "reason": "heading"}]}, "'paragraph' is not known"),
        ([], "the file must hold an object"),
    ],
)
def test_check_and_verify_report_a_list_of_excuses_in_the_wrong_form(
    files: Files, write: Writer, run: Run, texts: Path, case: tuple[object, str]
) -> None:
    listed, sentence = case
    data = write(files | {"uncited.json": listed})
    for command in (["check"], ["verify", "--texts", texts]):
        code, lines = run(data, *command)
        assert code == 1
        assert any(line.startswith("uncited.json: ") and sentence in line for line in lines)


# --- checksums -------------------------------------------------------------------------------------------------------

FORMAT = "if that is meant, run 'python -m ip4kb.curation format', else restore the file. [checksum]"


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("partner/japan.json", {"name": "Japon"}),
        ("source/nato-page.json", {"title": "Pages of the alliance"}),
        ("people.json", {"ada-moss": {"name": "Eda Moss", "family": "Moss", "given": "Eda"}}),
        ("manifest.json", {"data_version": "2026.11.7"}),
    ],
)
def test_check_finds_a_file_that_keeps_every_rule_and_is_not_what_it_was(
    files: Files, write: Writer, run: Run, name: str, change: Files
) -> None:
    data = write(files)
    run(data, "format")
    was = (data / name).read_bytes()
    write({name: canonical(json.loads(was) | change).encode()})
    code, lines = run(data, "check")
    assert (code, lines[:-1]) == (1, [f"{name}: the content is not that of its checksum; {FORMAT}"])
    assert KnowledgeBase.from_directory(data).find("japan").id == "japan"
    (data / name).write_bytes(was)
    assert run(data, "check")[0] == 0


def test_check_asks_for_checksums_as_it_does_for_the_manifest(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    (data / "checksums.json").unlink()
    assert run(data, "check")[1][:-1] == [
        "checksums.json: not in canonical form; run 'python -m ip4kb.curation format'. [format]"
    ]


def test_a_change_that_is_meant_gets_a_new_checksum(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    before = json.loads((data / "checksums.json").read_text("utf-8"))
    write({"partner/japan.json": files["partner/japan.json"] | {"name": "Nippon"}})
    assert run(data, "format") == (0, ["2 files rewritten."])
    after = json.loads((data / "checksums.json").read_text("utf-8"))
    assert list(after) == list(before) == sorted(set(contents(data)) - {"checksums.json"})
    assert [name for name in after if after[name] != before[name]] == ["partner/japan.json"]
    assert run(data, "check")[0] == 0


def test_check_finds_a_file_that_is_gone_and_one_that_is_new(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    (data / "partner" / "south-korea.json").unlink()
    write({"partner/fiji.json": b'{\n  "id": "fiji",\n  "name": "Fiji"\n}\n'})
    lines = run(data, "check")[1]
    assert f"partner/south-korea.json: the file has a checksum and is not here; {FORMAT}" in lines
    assert f"partner/fiji.json: the content is not that of its checksum; {FORMAT}" in lines
    assert not [line for line in lines if line.startswith("checksums.json")]


@pytest.mark.parametrize("content", [b"<<<<<<< HEAD\n", b"[]", b'{"partner/japan.json": 1e999}'])
def test_checksums_that_cannot_be_read_are_told_once_and_written_anew(
    files: Files, write: Writer, run: Run, content: bytes
) -> None:
    data = write(files)
    run(data, "format")
    write({"checksums.json": content})
    code, lines = run(data, "check")
    assert (code, len(lines)) == (1, 2)
    assert lines[0].startswith("checksums.json: ")
    assert run(data, "format") == (0, ["1 file rewritten."])
    assert run(data, "check")[0] == 0


@pytest.mark.parametrize("name", ["people.json", "manifest.json", SUMMIT])
def test_a_file_nested_too_deeply_to_be_written_is_told_and_left_alone(
    files: Files, write: Writer, run: Run, name: str
) -> None:
    raw = b'{"id": ' + 300 * b"[" + 300 * b"]" + b"}"
    data = write(files | {name: raw})
    assert run(data, "format")[0] == 0
    assert (data / name).read_bytes() == raw
    code, lines = run(data, "check")
    assert code == 1
    assert f"{name}: the JSON is nested too deeply to be a record. [json]" in lines


def test_of_a_file_that_cannot_be_read_nothing_is_said_but_that(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    run(data, "format")
    write({SUMMIT: files[SUMMIT] | {"kind": 5}, "people.json": b"{", "odd/one.json": {}})
    (data / OFFICE).unlink()
    (data / OFFICE).mkdir()
    assert not [line for line in run(data, "check")[1] if line.endswith("[checksum]")]


# --- verify: phrases and the ledger ----------------------------------------------------------------------------------


def test_verify_finds_texts_by_digest_and_writes_what_it_found(
    files: Files, write: Writer, run: Run, texts: Path
) -> None:
    (texts / "below").mkdir()
    (texts / "report.txt").rename(texts / "below" / "another name.md")
    (texts / "noise.bin").write_bytes(b"\xff\xfe")
    expected = files.pop("verified.json")
    data = write(files)
    code, lines = run(data, "verify", "--texts", texts)
    count = sum(json.dumps(files).count(f'"source": "{id}"') for id in ["report-2025"])
    assert (code, len(lines)) == (0, 1)
    assert lines[0].startswith(f"{count} of {count} phrases found in the texts at hand; ")
    assert lines[0].endswith("citations of sources without a text not checked; 0 problems.")
    assert ledger_of(data) == expected
    run(data, "format")
    assert run(data, "check")[0] == 0


def test_verify_takes_several_folders(files: Files, write: Writer, run: Run, texts: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    assert run(write(files), "verify", "--texts", empty, texts)[0] == 0


def test_verify_of_a_folder_that_is_not_there_is_a_sentence_and_changes_nothing(
    files: Files, write: Writer, run: Run, tmp_path: Path
) -> None:
    data = write(files)
    before = contents(data)
    code, lines = run(data, "verify", "--texts", tmp_path / "nowhere")
    assert (code, len(lines)) == (1, 1)
    assert lines[0].startswith("There is no folder '")
    assert lines[0].endswith("nowhere'; name folders that hold the texts of sources.")
    assert contents(data) == before


@pytest.mark.parametrize(
    "case",
    [
        ("He said “the summit’s end” — in 2025, in June", 'He said "the summit\'s end" - in 2025'),
        ("He said 'no' in June 2025", "He said ‘no’ in June 2025"),
        ("the\N{NO-BREAK SPACE}Euro–Atlantic   area, June 2025", "the Euro-Atlantic area"),
        ("a co\N{SOFT HYPHEN}oper\N{SOFT HYPHEN}ation of June 2025", "a cooperation of"),
        ("of ﬁve in June 2025", "of five in"),
    ],
)
def test_a_phrase_is_found_whatever_the_quotes_dashes_blanks_and_soft_hyphens(
    files: Files, write: Writer, run: Run, texts: Path, case: tuple[str, str]
) -> None:
    text, phrase = case
    raw = f"{text}\n".encode()
    (texts / "other.txt").write_bytes(raw)
    files["source/other.json"] = files["source/report-2025.json"] | {"id": "other", "text_digest": digest_of(raw)}
    citation_of(files).update(source="other", paragraph=1, phrase=phrase)
    data = write(files)
    assert run(data, "verify", "--texts", texts)[0] == 0
    assert ledger_of(data)["other"] == {"digest": digest_of(raw), "phrases": {"1": [fingerprint(phrase)]}}


def test_a_phrase_that_is_not_in_its_paragraph_is_named(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    citation_of(files)["paragraph"] = 6
    code, lines = verifying(files)
    assert code == 1
    assert lines[0] == (
        "office#developments.agreed: report-2025 ¶6 does not hold the phrase "
        "'four partners agreed to an office in June 2025'."
    )
    found, _, phrases = lines[-1].split()[:3]
    assert int(found) == int(phrases) - 1
    assert lines[-1].endswith("; 1 problem.")


def test_a_paragraph_beyond_the_end_is_named(files: Files, verifying: Callable[[Files], tuple[int, list[str]]]) -> None:
    citation_of(files)["paragraph"] = 7
    code, lines = verifying(files)
    assert code == 1
    assert lines[0] == "office#developments.agreed: report-2025 has 6 paragraphs, so there is no ¶7."


@pytest.mark.parametrize(
    ("drop", "sentence"),
    [
        (["phrase"], "¶5 does not hold the phrase None."),
        (["paragraph"], "has a text, so its citation needs a paragraph and a phrase."),
        (["paragraph", "phrase"], "has a text, so its citation needs a paragraph and a phrase."),
    ],
)
def test_a_citation_of_a_known_text_needs_a_paragraph_and_a_phrase(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]], drop: list[str], sentence: str
) -> None:
    for name in drop:
        del citation_of(files)[name]
    code, lines = verifying(files)
    assert code == 1
    assert lines[0] == f"office#developments.agreed: report-2025 {sentence}"


def test_what_was_not_found_does_not_get_into_the_ledger(files: Files, write: Writer, run: Run, texts: Path) -> None:
    citation_of(files)["phrase"] = "five partners"
    data = write(files)
    run(data, "verify", "--texts", texts)
    assert fingerprint("five partners") not in json.dumps(ledger_of(data))
    code, lines = run(data, "check")
    assert code == 1
    assert any("the phrase 'five partners' in paragraph 5 is not verified" in line for line in lines)


def test_a_text_that_is_not_at_hand_is_not_checked_and_its_entries_are_kept(
    files: Files, write: Writer, run: Run, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    data = write(files)
    code, lines = run(data, "verify", "--texts", empty)
    assert code == 0
    assert lines[0] == "report-2025: its text is not at hand, so its citations are not checked."
    assert lines[1].startswith("0 of 0 phrases found")
    assert ledger_of(data) == files["verified.json"]


def test_stale_entries_of_the_ledger_are_dropped(files: Files, write: Writer, run: Run, texts: Path) -> None:
    expected = json.loads(json.dumps(files["verified.json"]))
    files["verified.json"]["gone"] = expected["report-2025"]
    files["verified.json"]["report-2025"]["phrases"]["1"] = [fingerprint("gone")]
    data = write(files)
    assert run(data, "verify", "--texts", texts)[0] == 0
    assert ledger_of(data) == expected


def test_entries_of_a_text_that_is_not_at_hand_are_dropped_once_its_digest_has_changed(
    files: Files, write: Writer, run: Run, texts: Path
) -> None:
    files["source/report-2025.json"]["text_digest"] = f"sha256:{'0' * 64}"
    data = write(files)
    assert run(data, "verify", "--texts", texts)[0] == 0
    assert ledger_of(data) == {}


def test_a_citation_of_a_source_that_is_not_there_is_not_counted_as_checked(
    files: Files, write: Writer, run: Run, texts: Path
) -> None:
    before = run(write(files), "verify", "--texts", texts)[1][-1]
    citation_of(files).update(source="nowhere")
    after = run(write(files), "verify", "--texts", texts)[1][-1]
    assert int(after.split()[0]) == int(before.split()[0]) - 1


def test_a_record_that_cannot_be_read_is_a_problem_of_verify_too(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    code, lines = verifying(files | {"partner/fiji.json": b"{"})
    assert code == 1
    assert lines[0].startswith("partner/fiji.json: not JSON")


def test_a_text_in_another_encoding_is_a_sentence(files: Files, write: Writer, run: Run, texts: Path) -> None:
    raw = "Überblick\n".encode("latin-1")
    (texts / "latin.txt").write_bytes(raw)
    files["source/nato-page.json"]["text_digest"] = digest_of(raw)
    code, lines = run(write(files), "verify", "--texts", texts)
    assert code == 1
    assert "nato-page: its text is not UTF-8, so it has no paragraphs to cite." in lines


# --- verify: what the paragraph lacks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        ({"summary": "Five partners agreed to 12 offices."}, "5, 12"),
        ({"summary": "An office for 601 billion dollars."}, "6.01e+11"),
        ({"date": "2024-05"}, "2024, May"),
        ({"date": "2025-06-30"}, "30"),
        ({"quantity": {"value": 3, "unit": "percent"}}, "3"),
        ({"by": ["ada-moss"]}, "Moss"),
        ({"summary": "Moss agreed."}, "Moss"),
    ],
)
def test_figures_dates_and_names_that_the_paragraph_lacks_are_named_unless_inferred(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]], facts: Files, lacking: str
) -> None:
    files[OFFICE]["developments"][0].update(facts)
    code, lines = verifying(files)
    assert code == 1
    assert lines[0] == (
        f"office#developments.agreed: report-2025 ¶5 lacks {lacking}; cite what it says, or mark it as inferred."
    )
    citation_of(files)["inferred"] = True
    assert verifying(files)[0] == 0


def test_what_a_citation_does_not_support_is_not_asked_of_its_passage(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    step = files[OFFICE]["developments"][0]
    step["by"] = ["ada-moss"]
    citation_of(files)["supports"] = ["date", "summary", "status"]
    step["citations"].append({"source": "nato-page", "supports": ["by"]})
    assert verifying(files)[0] == 0


def test_parts_that_cite_for_themselves_are_not_asked_of_the_passage_of_the_whole(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    reason = files[SUMMIT]["participations"][1]["reasons"][0]
    reason.update(text="It cost 77 dollars.", citations=[{"source": "nato-page"}])
    assert verifying(files)[0] == 0


# --- verify: terms that are absent -----------------------------------------------------------------------------------


def silence(files: Files) -> Files:
    found: Files = files["declaration/declaration-2025.json"]["silences"][0]
    return found


@pytest.mark.parametrize("term", ["Russia", "RUSSIA", "other\N{NO-BREAK SPACE}states", "2.5 per cent"])
def test_a_term_that_is_there_refutes_its_absence(
    files: Files, write: Writer, run: Run, texts: Path, term: str
) -> None:
    silence(files)["absent_terms"] = ["China", term]
    data = write(files)
    code, lines = run(data, "verify", "--texts", texts)
    assert code == 1
    assert lines[0] == (f"declaration-2025#silences.china: report-2025 does hold {term!r}, said to be absent.")
    assert "absent" not in ledger_of(data)["report-2025"]


def test_terms_that_stand_nowhere_are_proven_absent(files: Files, write: Writer, run: Run, texts: Path) -> None:
    silence(files)["absent_terms"] = ["Taiwan", "Beijing"]
    data = write(files)
    assert run(data, "verify", "--texts", texts)[0] == 0
    assert ledger_of(data)["report-2025"]["absent"] == [fingerprint("Taiwan", "Beijing")]


def test_absence_is_not_proven_in_the_passage_of_one_paragraph(
    files: Files, write: Writer, run: Run, texts: Path
) -> None:
    silence(files)["citations"] = [{"source": "report-2025", "paragraph": 6, "phrase": "silent on other states"}]
    data = write(files)
    assert run(data, "verify", "--texts", texts)[0] == 0
    assert "absent" not in ledger_of(data)["report-2025"]


# --- verify: what nothing cites --------------------------------------------------------------------------------------


def excuse(*paragraphs: int, reason: str = "heading") -> Files:
    return {"paragraphs": [*paragraphs], "reason": reason}


def test_paragraphs_that_nothing_cites_are_excused_by_the_list(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    assert verifying(files | {"uncited.json": {"report-2025": [excuse(1)]}})[0] == 0


@pytest.mark.parametrize(
    ("listed", "sentence"),
    [
        ({"report-2025": []}, "report-2025 ¶1 is cited by nothing: Report on the summit ..."),
        (
            {"report-2025": [excuse(1), excuse(3)]},
            "report-2025 ¶3 is cited; take it off the list of paragraphs that nothing cites.",
        ),
        ({"report-2025": [excuse(1, 9)]}, "report-2025 has 6 paragraphs, so ¶9 cannot be excused."),
        ({"report-2025": [excuse(0, 1)]}, "report-2025 has 6 paragraphs, so ¶0 cannot be excused."),
        (
            {"report-2025": [excuse(1)], "report-2024": []},
            "uncited.json: 'report-2024' is no source with a text. Did you mean 'report-2025'?",
        ),
        (
            {"report-2025": [excuse(1)], "nato-page": [excuse(1)]},
            "uncited.json: 'nato-page' is no source with a text.",
        ),
    ],
)
def test_paragraphs_that_are_neither_cited_nor_excused_and_wrong_excuses_are_named(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]], listed: Files, sentence: str
) -> None:
    code, lines = verifying(files | {"uncited.json": listed})
    assert code == 1
    assert lines[:-1] == [sentence]


def test_a_paragraph_counts_as_cited_only_where_its_phrase_was_found(
    files: Files, verifying: Callable[[Files], tuple[int, list[str]]]
) -> None:
    files["uncited.json"] = {"report-2025": [excuse(1)]}
    for part in files["declaration/declaration-2025.json"]["provisions"]:
        part["citations"][0]["phrase"] = "nothing of the kind"
    assert any("¶6 is cited by nothing" in line for line in verifying(files)[1])


def test_paragraphs_of_a_text_that_is_not_at_hand_are_not_asked_for(
    files: Files, write: Writer, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    data = write(files | {"uncited.json": {"report-2025": [excuse(1, 9)]}})
    assert run(data, "verify", "--texts", tmp_path / "empty")[0] == 0


# --- new -------------------------------------------------------------------------------------------------------------

FILLED: dict[Kind, Files] = {
    Kind.SOURCE: {
        "kind": "news",
        "title": "A new one",
        "publisher": "Daily",
        "accessed": "2026-11-21",
        "language": "en",
    },
    Kind.ALLIANCE: {"name": "Quad", "kind": "security-partnership", "summary": "A group."},
    Kind.PARTNER: {"name": "Fiji", "capital": "June"},
    Kind.SUMMIT: {"name": "A new one", "summary": "They met."},
    Kind.MEETING: {"name": "A new one", "kind": "visit", "summary": "They met."},
    Kind.DECLARATION: {"name": "A new one", "kind": "agenda", "summary": "An agenda."},
    Kind.INITIATIVE: {"name": "A new one", "kind": "research", "summary": "They study."},
    Kind.CLAIM: {"kind": "forecast", "summary": "An office opens.", "about": ["office"]},
    Kind.DISAGREEMENT: {"name": "A new one", "about": ["office"], "reasoning": "None."},
}
IDS = {Kind.PARTNER: "netherlands", Kind.CLAIM: "report-2025-new"}
PASSAGE = {
    "source": "report-2025",
    "paragraph": 5,
    "phrase": "four partners agreed to an office in June 2025",
}


def fill_in(kind: Kind, template: Files) -> Files:
    """The template with each of its placeholders replaced, and nothing put in besides but the fact it cites."""
    filled = template | FILLED[kind]
    assert [name for name in template if name not in filled] == []
    holders = filled.get("positions", [filled])
    for number, holder in enumerate(holders):
        if "key" in holder:
            holder.update(key=f"k-{number}", statement="So.")
        for citation in holder.get("citations", []):
            assert set(citation) - {"supports"} == set(PASSAGE)
            citation.update(PASSAGE)
    return filled


@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_once_filled_in_passes_verify_and_check(
    files: Files, write: Writer, run: Run, texts: Path, kind: Kind
) -> None:
    id = IDS.get(kind, "a-new-one")
    data = write(files)
    code, lines = run(data, "new", kind.value, id)
    path = data / kind.value / f"{id}.json"
    assert (code, lines) == (
        0,
        [f"{path} written; fill it in, then run 'python -m ip4kb.curation' with verify, format, check."],
    )
    template = json.loads(path.read_text("utf-8"))
    assert template["id"] == id
    assert run(data, "check")[0] == 1
    added = {path.relative_to(data).as_posix(): fill_in(kind, template)}
    if kind is Kind.SOURCE:
        files["partner/australia.json"].update(capital="C", citations=[{"source": id, "supports": ["capital"]}])
        added["partner/australia.json"] = files["partner/australia.json"]
    write(added)
    assert run(data, "verify", "--texts", texts) == (0, run(data, "verify", "--texts", texts)[1])
    assert run(data, "format")[0] == 0
    assert run(data, "check")[1][:-1] == []
    assert KnowledgeBase.from_directory(data).find(id).id == id


@pytest.mark.parametrize("kind", list(Kind))
def test_a_template_names_every_required_field_and_every_choice(run: Run, tmp_path: Path, kind: Kind) -> None:
    run(tmp_path / "fresh", "new", kind.value, "a-new-one")
    template = json.loads((tmp_path / "fresh" / kind.value / "a-new-one.json").read_text("utf-8"))
    incomplete = {name for name in FILLED[kind] if name not in template}
    assert incomplete <= {[*FILLED[kind]][-1]}
    if "kind" in template:
        choices = template["kind"].split(" | ")
        assert FILLED[kind]["kind"] in choices
        assert len(choices) == len(set(choices)) > 1


@pytest.mark.parametrize("kind", ["summit", "meeting"])
def test_an_id_in_use_by_any_kind_is_refused_and_its_file_left_alone(
    files: Files, write: Writer, run: Run, kind: str
) -> None:
    data = write(files)
    before = contents(data)
    code, lines = run(data, "new", kind, "summit-2025")
    assert (code, lines) == (
        1,
        [f"{data / SUMMIT} exists already, and an id is unique across all kinds; choose another."],
    )
    assert contents(data) == before


@pytest.mark.parametrize("id", ["Madrid 2022", "madrid_2022", "2022-madrid", "../madrid", "madrid-", "", "日本"])
def test_an_id_of_the_wrong_form_is_refused_in_a_sentence(run: Run, tmp_path: Path, id: str) -> None:
    code, lines = run(tmp_path, "new", "summit", id)
    assert (code, lines) == (
        1,
        [f"'id' must be lower-case letters and digits joined by hyphens, such as 'the-hague-2025', but is {id!r}."],
    )
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_kind_is_refused_with_the_kinds_there_are(run: Run, tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(SystemExit, match="2"):
        run(tmp_path, "new", "sumit", "madrid-2022")
    told = capsys.readouterr().err
    assert "invalid choice: 'sumit'" in told
    assert all(kind.value in told for kind in Kind)


# --- the command line ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["format"], ["check"], ["verify", "--texts", "."]])
def test_a_folder_of_records_that_is_not_there_is_a_sentence(run: Run, tmp_path: Path, command: list[str]) -> None:
    code, lines = run(tmp_path / "nowhere", *command)
    assert code == 1
    assert "the folder does not exist; name a folder that holds record files" in "\n".join(lines)
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_the_bundled_records_are_meant(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Path(ip4kb.__file__).with_name("data") == curation.BUNDLED
    monkeypatch.setattr(curation, "BUNDLED", Path(__file__).parents[1] / "src/ip4kb/data")
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith(": 0 problems.\n")


def test_the_records_of_an_installed_library_are_packed_and_not_for_curators(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(curation, "BUNDLED", tmp_path)
    with pytest.raises(SystemExit, match="2"):
        main(["check"])
    assert "has its records in packs; name a folder of records with --data" in capsys.readouterr().err
    assert main(["schema", str(tmp_path)]) == 0


def test_a_command_is_required(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main([])
    assert "required: command" in capsys.readouterr().err


def test_the_exit_code_is_that_of_the_command(
    files: Files, write: Writer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = write(files)
    for command, code in [("check", 1), ("format", 0), ("check", 0)]:
        monkeypatch.setattr(sys, "argv", ["curation", "--data", str(data), command])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(curation.__file__), run_name="__main__")
        assert ended.value.code == code
    assert capsys.readouterr().out.endswith(" 0 problems.\n")


def test_the_tools_run_as_a_module(files: Files, write: Writer) -> None:
    command = [sys.executable, "-m", "ip4kb.curation", "--data", str(write(files)), "format"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(" files rewritten.\n")


# --- standing --------------------------------------------------------------------------------------------------------


def test_standing_counts_facts_by_kind_and_lists_what_stands_on_one_source(
    files: Files, write: Writer, run: Run
) -> None:
    code, lines = run(write(files), "standing")
    assert code == 0
    assert lines[0].split() == ["kind", "facts", "disputed", "official", "corroborated", "single-source", "well"]
    counts = {line.split()[0]: line.split()[1:] for line in lines[1 : lines.index("")]}
    assert list(counts) == ["alliance", "partner", "summit", "meeting", "declaration", "initiative", "all"]
    assert counts["summit"] == ["8", "1", "1", "0", "6", "12%"]
    assert counts["alliance"] == ["1", "0", "1", "0", "0", "100%"]
    numbers = [[int(number) for number in row[:-1]] for row in counts.values()]
    assert [sum(column) for column in zip(*numbers[:-1], strict=True)] == numbers[-1]
    listed = lines[lines.index("") + 1 :]
    assert listed[0] == "partner/japan: 2 of 2 on a single source: codes, capital"
    assert listed[1].startswith("summit/summit-2025: 6 of 8 on a single source: participations.japan.presence, ")
    assert listed[2] == (
        "initiative/office: 3 of 4 on a single source: "
        "developments.agreed.date, developments.agreed.summary, developments.agreed.status"
    )


def test_standing_counts_a_kind_without_facts_without_a_share(files: Files, write: Writer, run: Run) -> None:
    del files["declaration/declaration-2025.json"]
    del files["claim/report-2025-spending.json"]
    _, lines = run(write(files), "standing")
    assert next(line.split() for line in lines if line.startswith("declaration")) == [
        *["declaration", "0", "0", "0", "0", "0", "-"]
    ]


def test_standing_leaves_out_what_nothing_is_cited_for(files: Files, write: Writer, run: Run) -> None:
    files["partner/japan.json"]["citations"] = []
    code, lines = run(write(files), "standing")
    assert code == 0
    assert next(line.split()[:2] for line in lines if line.startswith("partner ")) == ["partner", "0"]


# --- audit -----------------------------------------------------------------------------------------------------------


def test_audit_draws_the_same_citations_for_the_same_seed(files: Files, write: Writer, run: Run) -> None:
    data = write(files)
    drawn = [run(data, "audit", "--sample", "5", "--seed", str(seed)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert [line.split()[0] for line in drawn[0][1] if line[:1].isdigit()] == ["1.", "2.", "3.", "4.", "5."]


def test_audit_shows_what_a_citation_supports_and_where_it_is_found(files: Files, write: Writer, run: Run) -> None:
    code, lines = run(write(files), "audit", "--sample", "1000", "--seed", "1")
    assert code == 0
    start = next(index for index, line in enumerate(lines) if line.endswith("summit-2025#participations.japan"))
    assert lines[start + 1 : start + 6] == [
        '   presence: "represented"',
        '   delegates: [{"office": "Foreign Minister", "level": "foreign-minister"}]',
        "   source: report-2025 (Writer 2025), 'Report on the summit', https://example.org/report",
        "   passage: paragraph 2; phrase: Japan was represented by its foreign minister in 2025",
        "",
    ]
    assert "   passage: the whole text; phrase: none" in lines


def test_audit_says_that_a_passage_without_a_number_is_found_by_its_phrase(
    files: Files, write: Writer, run: Run
) -> None:
    files["partner/japan.json"]["citations"][0] |= {"phrase": "some words", "inferred": True}
    _, lines = run(write(files), "audit", "--sample", "1000", "--seed", "1")
    assert "   passage: inferred; phrase: some words" in lines
    del files["partner/japan.json"]["citations"][0]["inferred"]
    _, lines = run(write(files), "audit", "--sample", "1000", "--seed", "1")
    assert "   passage: found by its phrase; phrase: some words" in lines


@pytest.mark.parametrize("size", ["0", "-3"])
def test_audit_refuses_a_sample_of_nothing(files: Files, write: Writer, run: Run, size: str) -> None:
    assert run(write(files), "audit", "--sample", size, "--seed", "1") == (
        1,
        [f"The sample must have at least one citation, but is asked for {size}."],
    )
