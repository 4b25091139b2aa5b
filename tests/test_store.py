"""Folders, zips, files and tables: what cannot be read is told, and nothing of it is loaded."""

from __future__ import annotations

import errno
import json
import os
import shutil
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ip4kb
from ip4kb import ArgumentError, DataError, Kind, KnowledgeBase, shelves, store
from ip4kb.checksums import checksum
from ip4kb.codec import read_record, structure
from ip4kb.json_text import MAX_DEPTH
from ip4kb.model.person import Person
from ip4kb.names import Bearer
from ip4kb.tables import Checked, Excuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from ip4kb import Problem

    Refused = Callable[[dict[str, Any]], tuple[Problem, ...]]
    Write = Callable[..., Path]

JAPAN = "partner/japan.json"
MEGABYTE = 1_000_000
IDENTIFIER = "'id' must be lower-case letters and digits joined by hyphens, such as 'the-hague-2025'"
MAJOR, MINOR = ip4kb.schema_version.split(".")
UNREAD = ["2.0", f"{MAJOR}.{int(MINOR) + 1}", "0.9", "1", "new", 1, None]
SCHEMA = (
    "schema_version: the records are of the schema version {}, and this ip4kb reads "
    f"{MAJOR}.0 to {ip4kb.schema_version}; use one that does."
)
VERSION = "data_version: the data version must be a text such as '2026.11.0', but is {}."


def told(problems: tuple[Problem, ...]) -> list[str]:
    assert type(problems) is tuple
    return [str(problem) for problem in problems]


def zipped(path: Path, members: dict[str, bytes], **how: Any) -> Path:
    with zipfile.ZipFile(path, "w", **how) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


# --- the folder and the zip -------------------------------------------------------------------------------------------


def test_a_folder_and_a_zip_of_the_same_files_give_the_same_knowledge_base(
    files: dict[str, Any], write: Write, tmp_path: Path, before: KnowledgeBase
) -> None:
    members = {name: json.dumps(value).encode() for name, value in files.items()}
    archive = zipped(tmp_path / "records.zip", {"summit/": b"", "README.md": b"x", **members})
    folder = write(files)
    (folder / "README.md").write_text("x", "utf-8")
    loaded = [KnowledgeBase.from_directory(folder), KnowledgeBase.from_directory(str(folder))]
    loaded += [KnowledgeBase.from_zip(archive), KnowledgeBase.from_zip(str(archive))]
    for kb in loaded:
        assert kb == before
        assert kb.summits["summit-2025"].name == "Summit of 2025"


def test_a_folder_or_zip_without_a_record_is_told(tmp_path: Path, write: Write) -> None:
    (tmp_path / "empty").mkdir()
    for place in (tmp_path / "empty", write({"people.json": {}}, "tables")):
        with pytest.raises(DataError, match=r"no record stands here; name a folder or zip with files such as"):
            KnowledgeBase.from_directory(place)
    with pytest.raises(DataError, match="no record stands here"):
        KnowledgeBase.from_zip(zipped(tmp_path / "only.zip", {"README.md": b"x"}))


def test_a_file_with_a_suffix_in_capitals_is_told(files: dict[str, Any], write: Write) -> None:
    folder = write(files | {"summit/summit-2026.JSON": b"{"})
    with pytest.raises(DataError, match=r"summit/summit-2026\.JSON: no place for this file"):
        KnowledgeBase.from_directory(folder)


def test_no_source_is_blamed_for_what_a_broken_record_may_have_cited(files: dict[str, Any], write: Write) -> None:
    files["source/other.json"] = files["source/nato-page.json"] | {"id": "other"}
    files["meeting/talks-2025.json"] = b"{"
    files["retired.json"] = {"old": "nowhere"}
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_directory(write(files))
    assert [problem.file for problem in caught.value.problems] == ["meeting/talks-2025.json", "retired.json"]


def test_a_ledger_is_not_blamed_for_a_source_that_is_broken(files: dict[str, Any], write: Write) -> None:
    files["source/report-2025.json"] = b"{"
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_directory(write(files))
    assert [problem.file for problem in caught.value.problems] == ["source/report-2025.json"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    missing, file = tmp_path / "missing", tmp_path / "file"
    file.touch()
    for path, reason in (
        (missing, "does not exist"),
        (file, "is not a folder"),
        (Path(f"{missing}\0"), "does not exist"),
    ):
        with pytest.raises(DataError) as caught:
            KnowledgeBase.from_directory(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.place, problem.rule) == (str(path), "", "file")
        way_out = "name a folder that holds record files such as summit/madrid-2022.json."
        assert problem.message == f"the folder {reason}; {way_out}"


def test_a_zip_that_is_not_there_or_none_is_told(tmp_path: Path) -> None:
    text = tmp_path / "text.zip"
    text.write_text("no zip", "utf-8")
    wrong = [
        (tmp_path / "missing.zip", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (text, "File is not a zip file"),
        (Path(f"{text}\0"), "embedded null byte"),
    ]
    for path, reason in wrong:
        with pytest.raises(DataError) as caught:
            KnowledgeBase.from_zip(path)
        (problem,) = caught.value.problems
        assert (problem.file, problem.place, problem.rule) == (str(path), "", "file")
        assert problem.message.startswith("the zip cannot be read: ")
        assert reason in problem.message


@pytest.mark.parametrize("path", ["", " ", None, 5, b"records", ["records"], True], ids=repr)
def test_what_is_no_path_is_refused(path: Any) -> None:
    for load in (KnowledgeBase.from_directory, KnowledgeBase.from_zip):
        with pytest.raises(ArgumentError, match=r"^a path must be a text that is not empty or a Path, but is "):
            load(path)


def test_a_folder_within_that_cannot_be_read_is_told(
    files: dict[str, Any], write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(files)
    scandir = os.scandir

    def forbid(path: Any) -> Any:
        if Path(path).name in {"summit", "claim"}:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbid)
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_directory(folder)
    assert sorted(told(caught.value.problems)) == [
        "claim: the folder cannot be read: Permission denied. [file]",
        "summit: the folder cannot be read: Permission denied. [file]",
    ]


def test_files_that_cannot_be_read_are_told_beside_the_rest(files: dict[str, Any], write: Write) -> None:
    folder = write(files)
    (folder / "summit/held.json").mkdir()
    (folder / "meeting/gone.json").symlink_to(folder / "nowhere")
    (folder / "people.json").unlink()
    (folder / "people.json").mkdir()
    (folder / JAPAN).write_bytes(b"{")
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_directory(folder)
    assert set(told(caught.value.problems)) >= {
        "summit/held.json: the file cannot be read: Is a directory. [file]",
        "meeting/gone.json: the file cannot be read: No such file or directory. [file]",
        "people.json: the file cannot be read: Is a directory. [file]",
        "partner/japan.json: not JSON at line 1, column 2: Expecting property name enclosed in double quotes. [json]",
    }


@pytest.mark.parametrize(
    "name",
    ["../evil.json", "summit/../../evil.json", "/etc/evil.json", "C:/evil.json", "..\\evil.json", "\\evil.json", ".."],
)
def test_a_member_that_leaves_the_folder_of_the_zip_is_refused(
    name: str, files: dict[str, Any], tmp_path: Path, before: KnowledgeBase
) -> None:
    members = {member: json.dumps(value).encode() for member, value in files.items()}
    archive = zipped(tmp_path / "records.zip", {**members, name: b"{}", "../other.json": b"{}"})
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(archive)
    message = "the member leaves the folder of the archive; name members like summit/madrid-2022.json. [file]"
    assert told(caught.value.problems) == [
        f"{outside}: {message}" for outside in dict.fromkeys([name, "../other.json"])
    ]
    assert list(tmp_path.iterdir()) == [archive]
    assert before.alliances["nato"].name == "NATO"


@pytest.mark.parametrize("name", ["", "."])
def test_a_member_without_a_name_is_refused(name: str, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "records.zip", {"xx.json": b"{}"} | ({name: b"{}"} if name else {}))
    if not name:
        raw = archive.read_bytes()
        # The name is written twice, before the content and in the table at the end, each time with its length.
        nameless = raw.replace(b"\x07\x00\x00\x00xx.json", b"\x00\x00\x00\x00")
        at = nameless.index(b"PK\x01\x02")
        head, tail = nameless[:at], nameless[at:]
        tail = tail.replace(b"xx.json", b"").replace(b"\x07\x00", b"\x00\x00", 1)
        end = tail.index(b"PK\x05\x06")
        tail = tail[: end + 12] + end.to_bytes(4, "little") + len(head).to_bytes(4, "little") + tail[end + 20 :]
        archive.write_bytes(head + tail)
    with pytest.raises(DataError, match="the member leaves the folder of the archive"):
        KnowledgeBase.from_zip(archive)


def test_a_member_that_stands_twice_in_the_zip_is_refused(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
            archive.writestr("people.json", b"{}")
            archive.writestr("people.json", b'{"a": 1}')
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(tmp_path / "records.zip")
    assert told(caught.value.problems) == ["people.json: the archive holds 2 members of this name; keep one. [file]"]


@pytest.mark.parametrize(
    ("at", "change", "reason"),
    [
        (8, b"\x63", "the member is packed in a way that is not read here; pack it by deflate"),
        (6, b"\x01", "the zip cannot be read: .*is encrypted, password required"),
        (30 + len("people.json"), b"\xff\xff\xff\xff", "the zip cannot be read: .*Error -3 while decompressing data"),
    ],
    ids=["unknown method", "encrypted", "damaged"],
)
def test_a_zip_whose_members_cannot_be_read_is_told(at: int, change: bytes, reason: str, tmp_path: Path) -> None:
    name = "people.json"
    archive = zipped(tmp_path / "records.zip", {name: b"{}" + 500 * b" a"}, compression=zipfile.ZIP_DEFLATED)
    raw = bytearray(archive.read_bytes())
    raw[at : at + len(change)] = change
    if at < 30:  # the head of the member, repeated in the table at the end
        table = raw.index(b"PK\x01\x02") + 2
        raw[table + at : table + at + len(change)] = change
    archive.write_bytes(raw)
    with pytest.raises(DataError, match=reason):
        KnowledgeBase.from_zip(archive)


def test_a_record_of_a_pack_whose_id_is_no_text_is_told(
    tmp_path: Path, files: dict[str, Any], packs: Callable[[dict[str, Any]], dict[str, str]]
) -> None:
    members = {f"ip4kb/data/{name}": text.encode() for name, text in packs(files).items()}
    members["ip4kb/data/partner.jsonl"] += b'{"id":"\xff"}\n'
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(zipped(tmp_path / "ip4kb.whl", members))
    assert "partner/\ufffd.json: the file is not UTF-8 at byte 7; save it as UTF-8. [json]" in told(
        caught.value.problems
    )


def test_a_damaged_zip_never_raises_anything_else(tmp_path: Path, files: dict[str, Any]) -> None:
    members = {name: json.dumps(value).encode() for name, value in files.items() if "/" not in name}
    archive = zipped(tmp_path / "records.zip", members, compression=zipfile.ZIP_DEFLATED)
    raw = archive.read_bytes()
    refused = 0
    for at in range(0, len(raw), 3):
        archive.write_bytes(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
        try:
            KnowledgeBase.from_zip(archive)
        except DataError:
            refused += 1
    assert refused > len(raw) // 6


# --- the names of files -----------------------------------------------------------------------------------------------


def test_a_file_that_belongs_nowhere_is_told(files: dict[str, Any], refused: Refused) -> None:
    strays = ["summits/x.json", "summit/2025/x.json", "Summit/x.json", "persons.json", "other.json"]
    problems = refused(files | {name: {} for name in strays})
    assert sorted(problem.file for problem in problems if problem.rule == "file") == sorted(strays)
    (message,) = {problem.message for problem in problems if problem.rule == "file"}
    assert message == (
        "no place for this file; records stand in source, alliance, partner, summit, meeting, declaration, initiative, "
        "claim, disagreement, tables are manifest, people, ambiguous, retired, verified, uncited, checksums."
    )


def test_an_id_that_two_kinds_have_is_told(files: dict[str, Any], refused: Refused) -> None:
    files["summit/office.json"] = files["summit/summit-2025.json"] | {"id": "office"}
    problems = refused(files)
    assert told(problems)[0] == (
        "summit/office.json: office: the id 'office' stands twice, here and in initiative/office.json; "
        "an id is unique across all kinds. [id]"
    )


def test_a_record_may_have_the_name_of_a_table(files: dict[str, Any], write: Write) -> None:
    files["initiative/people.json"] = files["initiative/office.json"] | {"id": "people"}
    assert KnowledgeBase.from_directory(write(files)).initiatives["people"].id == "people"


# --- JSON -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"", "not JSON at line 1, column 1: Expecting value."),
        (b"{", "not JSON at line 1, column 2: Expecting property name enclosed in double quotes."),
        (b'{\n  "id": "japan",\n  "name" "Japan"\n}', "not JSON at line 3, column 10: Expecting ':' delimiter."),
        (b"{'id': 'japan'}", "not JSON at line 1, column 2: Expecting property name enclosed in double quotes."),
        (b'{"id": "ja\npan"}', "not JSON at line 1, column 11: Invalid control character at."),
        (b"{} {}", "not JSON at line 1, column 4: Extra data."),
        (b"\xef\xbb\xbf{}", "not JSON at line 1, column 1: Unexpected UTF-8 BOM (decode using utf-8-sig)."),
        (b'{"id": "\xff"}', "the file is not UTF-8 at byte 8; save it as UTF-8."),
        (b"[" * 100_000, "the JSON is nested too deeply to be a record."),
        (b"x" * (MEGABYTE + 1), "the file is over 1,000,000 bytes; that is the most a record may have. Split it."),
    ],
    ids=[
        "empty",
        "cut off",
        "in line 3",
        "single quotes",
        "line break in text",
        "two values",
        "byte order mark",
        "not UTF-8",
        "deep",
        "large",
    ],
)
@pytest.mark.parametrize("name", [JAPAN, "people.json"])
def test_a_file_that_is_no_json_is_told_with_line_and_column(
    name: str, raw: bytes, message: str, files: dict[str, Any], refused: Refused
) -> None:
    if len(raw) > 100 and not message.startswith("the "):
        message = message.replace("line 1, column 1", "line 1")
    problems = [problem for problem in refused(files | {name: raw}) if problem.file == name]
    assert [(problem.place, problem.rule) for problem in problems] == [("", "json")]
    # The wording after the column is Python's own, and changes with its versions.
    assert problems[0].message.partition(": ")[0] == message.partition(": ")[0]


def test_a_file_may_have_one_megabyte(files: dict[str, Any], write: Write, before: KnowledgeBase) -> None:
    raw = json.dumps(files[JAPAN]).encode()
    assert KnowledgeBase.from_directory(write(files | {JAPAN: raw.ljust(MEGABYTE)})) == before


def test_a_sound_record_in_a_larger_file_is_refused(files: dict[str, Any], refused: Refused) -> None:
    (problem,) = refused(files | {JAPAN: json.dumps(files[JAPAN]).encode().ljust(MEGABYTE + 1)})
    sentence = "the file is over 1,000,000 bytes; that is the most a record may have. Split it."
    assert (problem.file, problem.rule, problem.message) == (JAPAN, "json", sentence)


def test_a_key_that_stands_twice_in_one_object_is_told(files: dict[str, Any], refused: Refused) -> None:
    raw = (
        b'{"id": "japan", "name": "A", "name": "B", "codes": [{"scheme": "cow", "value": "1", "value": "2"}], "id": ""}'
    )
    problems = refused(files | {JAPAN: raw, "retired.json": b'{"old": "japan", "old": "japan"}'})
    again = "stands more than once in one object; keep one. [json]"
    assert sorted(str(problem) for problem in problems if problem.rule == "json") == [
        f"{JAPAN}: the key 'id' {again}",
        f"{JAPAN}: the key 'name' {again}",
        f"{JAPAN}: the key 'value' {again}",
        f"retired.json: the key 'old' {again}",
    ]


def test_a_record_with_such_a_key_is_not_made() -> None:
    raw = b'{"id": "japan", "name": "A", "name": "A"}'
    record, problems = read_record(Kind.PARTNER, raw, "partner/japan.json", "japan")
    assert (record, [problem.rule for problem in problems]) == (None, ["json"])
    assert read_record(Kind.PARTNER, raw.replace(b', "name": "A"', b"", 1), "partner/japan.json", "japan")[1] == []


@pytest.mark.parametrize("depth", [MAX_DEPTH, 300, 900, 10_000])
@pytest.mark.parametrize("brackets", [("[", "]"), ('{"key": ', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("name", ["summit/deep.json", "people.json", "manifest.json"])
def test_more_levels_than_a_record_may_have_are_refused(
    name: str, brackets: tuple[str, str], depth: int, files: dict[str, Any], refused: Refused
) -> None:
    first, last = brackets
    problems = refused(files | {name: f'{{"id": {first * depth}1{last * depth}}}'.encode()})
    assert f"{name}: the JSON is nested too deeply to be a record. [json]" in told(problems)


def test_as_many_levels_as_a_record_may_have_are_read(files: dict[str, Any], refused: Refused) -> None:
    depth = MAX_DEPTH - 1
    problems = refused(files | {"summit/deep.json": b'{"id": ' + depth * b"[" + depth * b"]" + b"}"})
    assert {problem.rule for problem in problems} == {"form"}
    brackets = {"name": "[" * MAX_DEPTH + "{" * MAX_DEPTH, "family": "Moss"}
    (problem,) = refused(files | {"people.json": {"ada-moss": brackets}, "retired.json": {"old": "nowhere"}})
    assert problem.file == "retired.json"


# --- the tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["manifest", "people", "ambiguous", "retired", "verified", "uncited"])
@pytest.mark.parametrize("value", [None, True, 5, "text", []], ids=repr)
def test_a_table_that_is_no_object_is_told(table: str, value: object, files: dict[str, Any], refused: Refused) -> None:
    problems = refused(files | {f"{table}.json": value})
    (form,) = [problem for problem in problems if problem.rule == "form"]
    assert str(form) == f"{table}.json: the file must hold an object, from keys to values. [form]"


def test_a_knowledge_base_needs_no_table(files: dict[str, Any], write: Write) -> None:
    name = "partner/japan.json"
    kb = KnowledgeBase.from_directory(write({name: {"id": "japan", "name": "Japan"}}))
    assert (kb.data_version, dict(kb.people), kb.partners.ids) == (None, {}, ("japan",))
    assert KnowledgeBase.from_directory(write(files | {"manifest.json": {}}, "other")).data_version is None


@pytest.mark.parametrize(
    ("table", "value", "sentences"),
    [
        ("manifest", {"data_version": None}, [VERSION.format(None)]),
        ("manifest", {"data_version": 2026}, [VERSION.format(2026)]),
        ("manifest", {"data_version": "new"}, [VERSION.format("'new'")]),
        (
            "manifest",
            {"data_versoin": "2026.11.0"},
            ["the field 'data_versoin' is not known in the manifest. Did you mean 'data_version' or 'schema_version'?"],
        ),
        *(("manifest", {"schema_version": version}, [SCHEMA.format(repr(version))]) for version in UNREAD),
        (
            "people",
            {"a": None},
            ["a: must be an object, but is null: null; leave the field out where nothing is known."],
        ),
        ("people", {"a": "Ada"}, ['a: must be an object, but is text: "Ada".']),
        (
            "people",
            {"A B": {"name": "A", "family": "B"}},
            [f"A B#id: {IDENTIFIER}, but is 'A B'."],
        ),
        (
            "people",
            {"a": {"id": "b", "name": "A", "family": "B"}},
            ["'a' has the id 'b'; take it out, for the key is the id."],
        ),
        (
            "people",
            {"a": {"nam": "A", "family": "B"}},
            [
                "a: the field 'name' is missing and required.",
                "a: the field 'nam' is not known in Person. Did you mean 'name'?",
            ],
        ),
        ("ambiguous", {"A": "B"}, ['A: must be a list, but is text: "B".']),
        ("ambiguous", {"A": ["B"]}, ['A#1: must be an object, but is text: "B".']),
        ("ambiguous", {"A": []}, ["A: the name has no bearers; name one."]),
        (
            "ambiguous",
            {"a": [{"name": "B"}], "A": [{"name": "C"}]},
            ["A: the name stands twice, in another spelling; keep one."],
        ),
        (
            "ambiguous",
            {"A": [{"name": "B", "record": "nowhere"}]},
            ["'B' names 'nowhere', which is no record and no country here."],
        ),
        ("retired", {"a": 5}, ["a: must be text, but is a number: 5."]),
        ("retired", {"a": ["nato"]}, ['a: must be text, but is a list: ["nato"].']),
        ("retired", {"a": "nowhere"}, ["'a' must be no id in use and 'nowhere' must be one."]),
        ("retired", {"nato": "japan"}, ["'nato' must be no id in use and 'japan' must be one."]),
        ("uncited", {"a": {}}, ["a: must be a list, but is an object: {}."]),
    ],
)
def test_an_entry_of_a_table_that_is_wrong_is_told(
    table: str, value: object, sentences: list[str], files: dict[str, Any], refused: Refused
) -> None:
    name = f"{table}.json"
    found = [str(problem) for problem in refused(files | {name: value}) if problem.file == name]
    assert [sentence.rpartition(" [")[0] for sentence in found] == [f"{name}: {sentence}" for sentence in sentences]
    by_the_rules = ("no country here", "id in use", "has the id")
    rule = "names" if any(part in sentence for part in by_the_rules for sentence in found) else "form"
    assert {sentence.rpartition(" ")[2] for sentence in found} == {f"[{rule}]"}


@pytest.mark.parametrize(
    ("entry", "place", "message"),
    [
        ("text", "report-2025", 'must be an object, but is text: "text".'),
        ({}, "report-2025", "the field 'digest' is missing and required."),
        ({"digest": 5}, "report-2025#digest", "must be text, but is a number: 5."),
        ({"digest": "a", "phrases": []}, "report-2025#phrases", "must be an object, but is a list: []."),
        (
            {"digest": "a", "phrases": None},
            "report-2025#phrases",
            "must be an object, but is null: null; leave the field out where nothing is known.",
        ),
        ({"digest": "a", "phrases": {"2": "b"}}, "report-2025#phrases.2", 'must be a list, but is text: "b".'),
        ({"digest": "a", "phrases": {"two": [5]}}, "report-2025#phrases.two.1", "must be text, but is a number: 5."),
        ({"digest": "a", "absent": "b"}, "report-2025#absent", 'must be a list, but is text: "b".'),
        (
            {"digest": "a", "absnt": []},
            "report-2025",
            "the field 'absnt' is not known in Checked. Did you mean 'absent'?",
        ),
    ],
)
def test_an_entry_of_the_ledger_that_is_wrong_is_told(
    entry: object, place: str, message: str, files: dict[str, Any], refused: Refused
) -> None:
    found = refused(files | {"verified.json": {"report-2025": entry}})
    assert (place, message) in [(problem.place, problem.message) for problem in found if problem.rule == "form"]


@pytest.mark.parametrize(
    ("cls", "right"),
    [
        (Person, {"name": "A", "family": "A"}),
        (Bearer, {"name": "A"}),
        (Checked, {"digest": "a"}),
        (Excuse, {"paragraphs": [1], "reason": "a"}),
    ],
)
def test_every_field_of_a_table_is_strict(
    cls: type[Any], right: dict[str, Any], files: dict[str, Any], refused: Refused
) -> None:
    table = {Person: "people", Bearer: "ambiguous", Checked: "verified", Excuse: "uncited"}[cls]
    listed = cls in {Bearer, Excuse}
    entries = {
        f"{field.name}-{index}": right | {field.name: value}
        for field in attrs.fields(cls)
        for index, value in enumerate((None, True, 1.5))
    }
    value = {key: [entry] if listed else entry for key, entry in entries.items()}
    found = refused(files | {f"{table}.json": value})
    for key in entries:
        place = f"{key}#{'1.' if listed else ''}{key.rpartition('-')[0]}"
        assert [problem.message for problem in found if problem.place == place and problem.file == f"{table}.json"]


# --- reading kind by kind, and all that is bundled --------------------------------------------------------------------


def test_a_kind_that_cannot_be_read_raises_and_the_others_answer(
    files: dict[str, Any], unchecked: Callable[..., KnowledgeBase]
) -> None:
    kb = unchecked(files | {"summit/summit-2025.json": {"id": "summit-2025"}, "people.json": []})
    for _ in range(2):
        with pytest.raises(DataError, match="the field 'name' is missing and required"):
            kb.summits  # noqa: B018 (a property that reads)
        with pytest.raises(DataError, match=r"people\.json: the file must hold an object"):
            kb.people  # noqa: B018 (likewise)
    assert kb.partners["japan"].capital == "Tokyo"
    with pytest.raises(DataError, match=r"ambiguous\.json: the file must hold an object"):
        unchecked(files | {"ambiguous.json": 5}).find("japan")


@pytest.fixture
def bundle(
    files: dict[str, Any], write: Write, monkeypatch: pytest.MonkeyPatch
) -> Callable[[dict[str, Any]], tuple[Path, store.Library]]:
    """Put files in the place of those that come with the library."""
    ip4kb.load()  # so that what is bundled is remembered from before the change

    def put(changed: dict[str, Any]) -> tuple[Path, store.Library]:
        ids: dict[str, list[str]] = {}
        for name in files:
            kind, _, file = name.rpartition("/")
            if kind:
                ids.setdefault(kind, []).append(file.removesuffix(".json"))
        whole = files | {"manifest.json": {"data_version": "2026.11.0", "ids": ids}, "uncited.json": {}}
        whole |= {"checksums.json": {name: checksum(value) for name, value in whole.items()}} | changed
        folder = write(whole, "data")
        monkeypatch.setattr(shelves, "__file__", str(folder.with_name("shelves.py")))
        library = store.Library(shelves.Bundle())
        monkeypatch.setattr("ip4kb.knowledge_base.bundled", lambda: library)
        return folder, library

    return put


def test_preload_reads_and_checks_all_that_is_bundled(bundle: Any, before: KnowledgeBase) -> None:
    folder, library = bundle({})
    kb = KnowledgeBase(library)
    summits = kb.summits
    ip4kb.preload()
    shutil.rmtree(folder)
    assert kb == before
    assert kb.summits is summits


def test_preload_tells_every_problem_and_keeps_nothing_of_it(bundle: Any) -> None:
    _, library = bundle({JAPAN: {"id": "japan"}, "people.json": [], "summit/summit-2025.json": b"{"})
    kb = KnowledgeBase(library)
    assert len(kb.claims) == 2
    with pytest.raises(DataError) as caught:
        ip4kb.preload()
    assert {problem.file for problem in caught.value.problems} >= {JAPAN, "people.json", "summit/summit-2025.json"}
    with pytest.raises(DataError, match=r"partner/japan\.json"):
        kb.partners  # noqa: B018 (a property that reads)
    assert len(kb.claims) == 2


def test_preload_tells_of_a_bundled_file_that_keeps_every_rule_and_is_not_what_it_was(bundle: Any) -> None:
    bundle({JAPAN: {"id": "japan", "name": "Japon"}, "uncited.json": {"report-2025": []}})
    with pytest.raises(DataError) as caught:
        ip4kb.preload()
    assert [(problem.file, problem.rule) for problem in caught.value.problems] == [
        (JAPAN, "checksum"),
        ("uncited.json", "checksum"),
    ]
    assert str(caught.value.problems[0]) == (
        "partner/japan.json: the content is not that of its checksum; "
        "if that is meant, run 'python -m ip4kb.curation format', else restore the file. [checksum]"
    )


def test_a_bundle_without_its_manifest_is_told(bundle: Any) -> None:
    folder, _ = bundle({})
    (folder / "manifest.json").write_bytes(b"{")
    with pytest.raises(DataError, match=r"manifest\.json: not JSON at line 1"):
        store.Library(shelves.Bundle())
    (folder / "manifest.json").unlink()
    with pytest.raises(DataError, match=r"manifest\.json: the file cannot be read: No such file"):
        store.Library(shelves.Bundle())


@pytest.mark.parametrize("listed", [None, 5, "ids", [], {"summit": None}, {"summit": "madrid-2022"}, {"summit": [5]}])
def test_a_bundle_whose_manifest_has_no_lists_of_ids_is_told(bundle: Any, listed: object) -> None:
    folder, _ = bundle({})
    for manifest in ({"ids": listed}, {}, listed):
        (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        with pytest.raises(
            DataError, match=r"manifest\.json: ids: the ids must be an object, from kinds to lists of ids;"
        ):
            store.Library(shelves.Bundle())


@pytest.mark.parametrize("id", ["nowhere", "", "..", "a\0b", "\ud800"])
def test_a_bundle_whose_manifest_names_what_is_not_there_is_told(bundle: Any, id: str) -> None:
    folder, _ = bundle({})
    (folder / "manifest.json").write_text(json.dumps({"ids": {"partner": ["japan", id]}}), "utf-8")
    with pytest.raises(DataError) as caught:
        KnowledgeBase(store.Library(shelves.Bundle())).partners  # noqa: B018 (a property that reads)
    (problem,) = caught.value.problems
    assert problem.file == f"partner/{id}.json"
    assert problem.message.startswith("the file cannot be read: ")


def test_a_value_that_is_too_deep_to_be_written_is_shown_in_short() -> None:
    value: list[Any] = []
    for _ in range(100_000):
        value = [value]
    person, problems = structure(Person, {"id": "ada-moss", "name": value, "family": "Moss"}, "people.json", "ada-moss")
    assert person is None
    assert "[[[...]]]" in str(problems[0])
