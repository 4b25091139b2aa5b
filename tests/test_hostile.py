"""Records made to harm: refused in a sentence, within little time and memory, or shown as the text they are."""

from __future__ import annotations

import json
import os
import socket
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ip4kb
from ip4kb import DataError, InvalidValueError, KnowledgeBase, UnknownRecordError, archive

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Files = dict[str, Any]
    Write = Callable[..., Path]

PACKAGE = Path(ip4kb.__file__).parent
MEGABYTE = 1_000_000
LIMITED = """
import resource, signal, sys, ip4kb
from ip4kb import DataError, KnowledgeBase
path, memory = sys.argv[1], int(sys.argv[2])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
signal.alarm(30)
whole = KnowledgeBase.from_zip if path.endswith(".zip") else KnowledgeBase.from_directory
for load in (whole, ip4kb.load().with_overlay):
    try:
        load(path)
        print("taken")
    except DataError as error:
        print(error)
"""


def told_within_limits(path: Path, memory: int = 1_000 * MEGABYTE) -> list[str]:
    """What is said of a folder or zip, and of it as an overlay; a process of its own has limits, one of 30 seconds."""
    command = [sys.executable, "-W", "error", "-c", LIMITED, str(path), str(memory)]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


# --- archives ---------------------------------------------------------------------------------------------------------


def crafted(path: Path, members: Iterable[tuple[str, int, bytes, int, int]]) -> Path:
    """A zip of members given by name, method, packed bytes, checksum and length, whether or not these are true."""
    content, table, count = b"", b"", 0
    for name, method, packed, checksum, length in members:
        told = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, checksum, len(packed), length, len(name), 0)
        table += b"PK\1\2\x14\0" + told + struct.pack("<HHHII", 0, 0, 0, 0, len(content)) + name.encode()
        content += b"PK\3\4" + told + name.encode() + packed
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(table), len(content), 0)
    path.write_bytes(content + table + b"PK\5\6" + end)
    return path


def deflated(megabytes: int) -> bytes:
    """So many megabytes of blanks, packed without ever being there."""
    packer = zlib.compressobj(wbits=-15)
    block = packer.compress(MEGABYTE * b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush()


@pytest.mark.heavy
def test_a_member_that_unpacks_to_gigabytes_is_told_by_its_size(tmp_path: Path) -> None:
    packed = deflated(4_000)
    bomb = crafted(tmp_path / "bomb.zip", [("summit/bomb.json", zipfile.ZIP_DEFLATED, packed, 0, 4_000 * MEGABYTE)])
    told = told_within_limits(bomb)
    message = "the file is over 1,000,000 bytes; that is the most a record may have. Split it. [json]"
    assert told.count(f"- summit/bomb.json: {message}") == 2


@pytest.mark.heavy
@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_whose_packing_cannot_be_unpacked_in_part_is_not_unpacked_at_all(method: int, tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", method) as archive, archive.open("summit/bomb.json", "w") as member:
        member.write(50 * MEGABYTE * b" ")
    message = (
        "- summit/bomb.json: the member is packed in a way that is not read here; pack it by deflate, as zip does "
        "unless told. [file]"
    )
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(bomb)
    assert str(caught.value).splitlines() == ["1 problem in the data; nothing was loaded:", message]


def test_members_that_together_fill_the_memory_are_told_before_they_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed, checksum = deflated(1), zlib.crc32(MEGABYTE * b" ")
    members = [(f"summit/s{n}.json", zipfile.ZIP_DEFLATED, packed, checksum, MEGABYTE) for n in range(11)]
    monkeypatch.setattr(archive, "_MAX_UNPACKED", 10 * MEGABYTE)
    with pytest.raises(DataError, match="it holds over 10,000,000 bytes when unpacked; split it"):
        KnowledgeBase.from_zip(crafted(tmp_path / "bomb.zip", members))
    with pytest.raises(DataError, match=r"summit/s9\.json: not JSON"):
        KnowledgeBase.from_zip(crafted(tmp_path / "full.zip", members[:10]))


@pytest.mark.heavy
def test_an_archive_may_have_200_megabytes_and_no_more_when_unpacked(tmp_path: Path) -> None:
    packed, checksum = deflated(1), zlib.crc32(MEGABYTE * b" ")
    members = [(f"summit/s{n}.json", zipfile.ZIP_DEFLATED, packed, checksum, MEGABYTE) for n in range(201)]
    bomb = crafted(tmp_path / "bomb.zip", members)
    assert bomb.stat().st_size < MEGABYTE / 2
    told = told_within_limits(bomb, 450 * MEGABYTE)
    assert [line for line in told if "the zip cannot be read" in line] == [line for line in told if "- " in line]
    assert len([line for line in told if "it holds over 200,000,000 bytes when unpacked; split it" in line]) == 2
    assert len(archive.Zip(crafted(tmp_path / "full.zip", members[:200])).names()) == 200


@pytest.mark.heavy
def test_members_that_share_their_bytes_are_read_no_further(tmp_path: Path) -> None:
    packed, length = deflated(1), len("summit/s.json")
    bomb = crafted(tmp_path / "bomb.zip", [("summit/s.json", zipfile.ZIP_DEFLATED, packed, 0, MEGABYTE)])
    raw = bomb.read_bytes()
    at = 30 + length + len(packed)
    entry = raw[at : at + 46 + length]
    table = b"".join(entry.replace(b"s.json", f"{n:06x}"[-6:].encode()) for n in range(10_000))
    bomb.write_bytes(raw[:at] + table + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, 10_000, 10_000, len(table), at, 0))
    assert [line for line in told_within_limits(bomb) if "the zip cannot be read" in line]


def test_an_archive_within_an_archive_and_a_link_are_no_records(tmp_path: Path) -> None:
    inner = crafted(tmp_path / "inner.zip", [("summit/a.json", zipfile.ZIP_STORED, b"{}", 0, 2)]).read_bytes()
    link = zipfile.ZipInfo("summit/link.json")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "outer.zip", "w") as archive:
        archive.writestr("summit/inner.json", inner)
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(tmp_path / "outer.zip")
    assert {(problem.file, problem.rule) for problem in caught.value.problems} == {
        ("summit/inner.json", "json"),
        ("summit/link.json", "json"),
    }


def test_names_that_differ_for_some_disks_alone_are_told_apart_or_refused(files: Files, tmp_path: Path) -> None:
    japan = json.dumps(files["partner/japan.json"])
    names = ["partner/Japan.json", "PARTNER/japan.json", "partner/jap\u0430n.json", "partner//japan.json"]
    names += ["./partner/japan.json", "partner/japan.json.json", "partner/\uff4apan.json", "partner/japan\u200b.json"]
    for name in names:
        with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
            for member, value in files.items():
                archive.writestr(member, json.dumps(value))
            archive.writestr(name, japan)
        with pytest.raises(DataError) as caught:
            KnowledgeBase.from_zip(tmp_path / "records.zip")
        assert name in {problem.file for problem in caught.value.problems}


# --- folders ----------------------------------------------------------------------------------------------------------


def test_pipes_devices_and_links_out_of_a_folder_are_not_read(files: Files, write: Write, tmp_path: Path) -> None:
    folder = write(files)
    os.mkfifo(folder / "summit/pipe.json")
    (folder / "summit/pipe-by-link.json").symlink_to("pipe.json")
    (folder / "summit/zero.json").symlink_to("/dev/zero")
    (folder / "summit/loop.json").symlink_to("loop.json")
    (folder / "uncited.json").symlink_to(tmp_path / "secret.json")
    (tmp_path / "secret.json").write_text('{"password": "hunter2"}', "utf-8")
    told = told_within_limits(folder)
    assert "hunter2" not in "".join(told)
    out = "the file cannot be read: it is a link that leads out of the folder; put the file itself here. [file]"
    pipe = "the file cannot be read: it is a device or a pipe; put a file here. [file]"
    assert {
        f"- summit/pipe.json: {pipe}",
        f"- summit/pipe-by-link.json: {pipe}",
        f"- summit/zero.json: {out}",
        "- summit/loop.json: the file cannot be read: Too many levels of symbolic links. [file]",
        f"- uncited.json: {out}",
    } <= set(told)


def test_a_socket_and_a_link_out_of_an_overlay_are_told(
    before: KnowledgeBase, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlay = write({"initiative/office.json": {"note": "Our own."}}, "overlay")
    monkeypatch.chdir(overlay)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("initiative/socket.json")
        (overlay / "people.json").symlink_to("/etc/hostname")
        with pytest.raises(DataError) as caught:
            before.with_overlay(overlay)
    told = {problem.file: problem.message for problem in caught.value.problems}
    assert told == {
        "initiative/socket.json": "the file cannot be read: it is a device or a pipe; put a file here.",
        "people.json": "the file cannot be read: it is a link that leads out of the folder; put the file itself here.",
    }


def test_a_folder_behind_a_link_is_told_and_not_left_out_in_silence(files: Files, write: Write, tmp_path: Path) -> None:
    folder = write(files)
    (tmp_path / "elsewhere").mkdir()
    (folder / "meeting" / "round").symlink_to(folder)
    (folder / "draft").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_directory(folder)
    message = "the folder is a link, which is not followed; put the folder itself here."
    assert {(problem.file, problem.rule, problem.message) for problem in caught.value.problems} == {
        ("meeting/round", "file", message),
        ("draft", "file", message),
    }


def test_a_link_within_the_folder_and_one_to_the_folder_are_followed(
    files: Files, write: Write, tmp_path: Path, before: KnowledgeBase
) -> None:
    folder = write(files)
    (folder / "partner/japan.json").rename(folder / "japan.txt")
    (folder / "partner/japan.json").symlink_to("../japan.txt")
    (tmp_path / "link").symlink_to(folder)
    assert KnowledgeBase.from_directory(tmp_path / "link") == before


# --- records that take long -------------------------------------------------------------------------------------------


@pytest.mark.heavy
def test_a_key_repeated_as_often_as_fits_is_told_at_once(write: Write) -> None:
    raw = b"{" + b",".join(150_000 * [b'"a":1']) + b"}"
    told = told_within_limits(write({"people.json": raw, "partner/japan.json": {"id": "japan", "name": "Japan"}}))
    assert "- people.json: the key 'a' stands more than once in one object; keep one. [json]" in told


@pytest.mark.heavy
def test_as_many_steps_as_fit_are_put_in_their_order_at_once(before: KnowledgeBase, write: Write) -> None:
    steps = [{"key": f"a{n}", "date": "2024"} for n in range(24_000)]
    overlay = write({"initiative/office.json": {"developments": steps}}, "overlay")
    began = time.process_time()
    with pytest.raises(DataError):
        before.with_overlay(overlay)
    assert time.process_time() - began < 15


# --- names and texts --------------------------------------------------------------------------------------------------

UNSEEN = {
    "zero width space": "Jap\u200ban",
    "right-to-left override": "\u202enapaJ",
    "left-to-right isolate": "\u2066Japan\u2069",
    "Arabic letter mark": "Japan\u061c",
    "line separator": "Japan\u2028AU  - Someone Else",
    "paragraph separator": "Japan\u2029x",
    "next line": "Japan\x85x",
    "combining grapheme joiner": "Jap\u034fan",
    "Hangul filler": "Japan\u3164",
    "half-width Hangul filler": "Japan\uffa0",
    "blank Braille": "Japan\u2800",
    "first variation selector": "Japan\ufe00",
    "variation selector": "Japan\ufe0f",
    "further variation selector": "Japan\U000e0100",
    "last variation selector": "Japan\U000e01ef",
    "Mongolian variation selector": "Japan\u180b",
    "tag": "Japan\U000e0061",
    "null": "Ja\0pan",
    "escape": "Japan\x1b[2J",
}


@pytest.mark.parametrize("name", UNSEEN.values(), ids=UNSEEN)
def test_a_name_that_hides_a_character_is_refused_wherever_names_stand(
    name: str, files: Files, before: KnowledgeBase, write: Write
) -> None:
    other = {"id": "other", "name": name, "kind": "exercise", "themes": ["cyber-defence"], "parties": ["japan"]}
    japan = files["partner/japan.json"] | {"aliases": [{"text": name, "kind": "short"}]}
    report = files["source/report-2025.json"] | {"authors": [{"literal": name}]}
    hidden: Files = {
        "initiative/other.json": other,
        "partner/japan.json": japan,
        "source/report-2025.json": report,
        "people.json": {"ada-moss": {"name": name}},
        "ambiguous.json": {name: [{"name": "Somewhere"}]},
        "retired.json": {name: "japan"},
        "manifest.json": {"name": name},
    }
    with pytest.raises(DataError) as caught:
        before.with_overlay(write(hidden, "overlay"))
    told = {problem.file for problem in caught.value.problems if "the invisible character U+" in problem.message}
    assert told == set(hidden)
    assert all(line.isprintable() for line in str(caught.value).split("\n"))


def test_a_name_in_the_letters_of_another_script_is_never_taken_for_the_one_it_looks_like(
    before: KnowledgeBase,
) -> None:
    cyrillic = "\u0408apan"
    twin = attrs.evolve(before.initiatives["office"], id="twin", name=cyrillic)
    kb = before.with_overlay([twin])
    assert kb.initiatives.lookup(cyrillic).id == "twin"
    assert kb.partners.lookup("Japan").id == kb.show("Japan").title.split()[1].rstrip(":") == "japan"
    with pytest.raises(UnknownRecordError):
        kb.initiatives.lookup("Japan")


@pytest.mark.parametrize("name", ["a\nb", "a\u202eb", "a\x1b[31m", " a", "a\u2028TY  - JOUR", "a\udcff"], ids=ascii)
def test_an_overlay_is_not_named_after_a_folder_with_a_name_that_does_harm(
    name: str, before: KnowledgeBase, tmp_path: Path
) -> None:
    office = {"note": "Our own."}
    for path in (tmp_path / name, tmp_path / f"{name}.zip"):
        if path.suffix:
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("initiative/office.json", json.dumps(office))
        else:
            (path / "initiative").mkdir(parents=True)
            (path / "initiative/office.json").write_text(json.dumps(office), "utf-8")
        with pytest.raises(DataError) as caught:
            before.with_overlay(path)
        (problem,) = caught.value.problems
        assert str(problem) == (
            f"manifest.json: name: the name of the folder or archive, {name!r}, can be no overlay's; "
            "give it a `name` here. [form]"
        )
    (tmp_path / name / "manifest.json").write_text('{"name": "ours"}', "utf-8")
    assert before.with_overlay(tmp_path / name).layers[-1] == "ours"


def test_no_file_name_and_no_key_can_write_a_line_of_its_own_into_an_error(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
        archive.writestr("partner/japan.json", '{"id": "japan", "name": "Japan", "\\n- all is well\\u202e": 1}')
        archive.writestr("summit/x\n- nothing is wrong\x1b[2K.json", "{}")
        archive.writestr("people.json", '{"a\\n- nothing\\u0085else": {}}')
    with pytest.raises(DataError) as caught:
        KnowledgeBase.from_zip(tmp_path / "records.zip")
    lines = str(caught.value).split("\n")
    assert len(lines) == 1 + len(caught.value.problems)
    assert all(line.isprintable() for line in lines)
    assert [line for line in lines if line.startswith(r"- summit/x\n- nothing is wrong\x1b[2K.json: ")]


# --- addresses --------------------------------------------------------------------------------------------------------

ADDRESSES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org",
    "https:example.org",
    "https:\\\\example.org",
    "https://nato.int@example.org/",
    "https://user:word@example.org/",  # pragma: allowlist secret
    "https://n\u0430to.int/",
    "https://nato\u3002int/",
    "https://example.org\\@nato.int/",
    "https://example.org:port/",
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<script>",
    "https://example.org/},note={injected}",
    "https://example.org/\\input{/etc/passwd}",
    "https://example.org/^^5cinput",
    "https://example.org/a b",
    "https://example.org/`id`",
    "https://example.org/a|b",
    "https://example.org/\x00",
    "https://example.org/\nTY  - JOUR",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_more_than_an_address_is_refused(
    address: str, files: Files, before: KnowledgeBase, write: Write
) -> None:
    report: Any = before.sources["report-2025"]
    for field in ("url", "archived_url"):
        with pytest.raises(InvalidValueError, match=f"'{field}' must be an address that starts with http"):
            attrs.evolve(report, **{field: address})
        with pytest.raises(DataError, match=r"source/report-2025\.json: report-2025#"):
            KnowledgeBase.from_directory(
                write({"source/report-2025.json": files["source/report-2025.json"] | {field: address}}, field)
            )
