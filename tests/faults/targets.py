"""What the fuzzers throw bytes at; each target fails on any error that is not one of this library's own.

A target is a function of bytes. The bytes are cut into texts where they are to be several. `SEEDS` holds what each
starts from, and `FOUND` what a fuzzer found, by what it is; each plain run tries all of them again.
"""

from __future__ import annotations

import base64
import contextlib
import io
import itertools
import json
import os
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import rispy
from pybtex.database import parse_string

import ip4kb
from ip4kb import Ip4kbError, Kind, KnowledgeBase, OverlayWarning, PartialDate
from ip4kb.__main__ import main
from ip4kb.citing.cite import STYLES, cite_source
from ip4kb.codec import make_record, read_record, write_record
from ip4kb.passages import deep_link, normalise
from ip4kb.places import walk
from ip4kb.records import Collection, Held
from ip4kb.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable

CUT = "\x1f"
"""Stands between the texts of one input."""


def prepare(records: Path, put: Callable[[object, str, object], None] = setattr) -> None:
    """Put a folder of few records in the place of those that come with the library."""
    small = KnowledgeBase.from_directory(records)
    put(ip4kb, "load", lambda: small)
    put(ip4kb, "preload", lambda: KnowledgeBase.from_directory(records))


def _texts(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").split(CUT)


def codec(data: bytes) -> None:
    """A kind, and the bytes of a record's file: what is read can be written, and is then read as the same."""
    kind, raw = [*Kind][data[0] % len(Kind)] if data else Kind.SOURCE, data[1:]
    record, problems = read_record(kind, raw, f"{kind}/a.json", "a")
    assert (record is None) is bool(problems)
    assert all(str(problem) for problem in problems)
    if record is not None:
        text = write_record(record)
        assert read_record(kind, text.encode(), f"{kind}/a.json", "a") == (record, [])


def dates(data: bytes) -> None:
    """A date: what is read is written as it was, and has a first and a last day."""
    text = data.decode("utf-8", "replace")
    with contextlib.suppress(Ip4kbError):
        date = PartialDate.parse(text)
        assert str(date) == text
        assert date.first <= date.last
        assert date == PartialDate.parse(str(date))


def passages(data: bytes) -> None:
    """An address, a phrase and a page, as a record may hold them: the link opens there, and the phrase reads back."""
    url, phrase, page = [*_texts(data), "", ""][:3]
    record, _ = make_record(Kind.SOURCE, {"id": "a", **_SOURCE, "url": url}, "source/a.json", "a")
    if record is None:
        return
    link = deep_link(url, phrase or None, page or None)
    assert link.startswith(url)
    added = link[len(url) :]
    assert added.isascii()
    assert not set(added) & set(" \"'<>\n")
    if ":~:text=" in added:
        assert unquote(added.partition(":~:text=")[2]) == phrase
    assert normalise(normalise(phrase)) == normalise(phrase)


_SOURCE: dict[str, Any] = {
    "id": "a",
    "kind": "news",
    "title": "A",
    "publisher": "B",
    "accessed": "2025",
    "language": "en",
}
_FIELDS = ("title", "publisher", "url", "series", "number", "pages", "published", "archived_url", "language", "kind")


def citations(data: bytes) -> None:
    """The fields of a source: each style writes one entry, which reference managers read back."""
    texts = _texts(data)
    value = {"id": "a", **_SOURCE, **{name: text for name, text in zip(_FIELDS, texts, strict=False) if text}}
    names = texts[len(_FIELDS) :]
    value["authors"] = [
        {"family": name, "given": given} if given else {"literal": name}
        for name, given in zip(names[::2], [*names[1::2], ""], strict=False)
        if name
    ]
    source, _ = make_record(Kind.SOURCE, value, "source/a.json", "a")
    if source is None:
        return
    records = Held({kind: Collection(kind, [source] if kind is Kind.SOURCE else [], {}, {}) for kind in Kind}, Tables())
    cited = {style: cite_source(records, "a", style) for style in STYLES}
    (entry,) = json.loads(cited["csl-json"])
    assert entry["title"] == source.title
    (back,) = rispy.loads(cited["ris"])
    assert back["id"] == "a"
    assert len(back.get("authors", [])) == len(entry.get("author", []))
    (read,) = parse_string(cited["bibtex"], "bibtex").entries.values()
    assert len(read.persons.get("author", [])) == len(entry.get("author", []))
    assert read.fields.get("url") == entry.get("URL")
    assert len(cited["text"].splitlines()) == 1


def search(data: bytes) -> None:
    """Words to look for: each row marks places within its text."""
    with contextlib.suppress(Ip4kbError):
        for row in ip4kb.load().search(data.decode("utf-8", "replace")):
            ends = [end for mark in row.marks for end in mark]
            assert ends == sorted(ends)
            assert 0 <= ends[0] < ends[-1] <= len(row.text)
            assert len(row.marked) == len(row.text) + 4 * len(row.marks)


def overlay(data: bytes) -> None:
    """An archive as it is, or names and contents of its members: it is refused, or can be asked."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "own.zip")
        path.write_bytes(data if data.startswith(b"PK") else _archive(_texts(data)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", OverlayWarning)
            try:
                kb = ip4kb.load().with_overlay(path)
            except Ip4kbError as error:
                str(error).encode()
                return
        for kind in Kind:
            for record in getattr(kb, kind.collection):
                assert [place for place, _ in walk(record, record.id)]
        for row in kb.search("japan OR office 2025"):
            assert kb.show(row.record).to_records()


def _archive(texts: list[str]) -> bytes:
    raw = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(raw, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # that a name stands twice
        for name, content in zip(texts[::2], texts[1::2], strict=False):
            archive.writestr(name.partition("\0")[0] or "empty", content)  # zipfile ends a name there
    return raw.getvalue()


def command_line(data: bytes) -> None:
    """Arguments, none of which leads out of a folder that is thrown away: an exit code, and no traceback."""
    arguments = data.decode("utf-8", "surrogateescape").split(CUT)
    if any(mark in argument for argument in arguments for mark in ("/", "..", "\0")):
        return
    here, streams = Path.cwd(), [io.BytesIO(), io.BytesIO()]
    out, err = (io.TextIOWrapper(stream, "utf-8", "backslashreplace", write_through=True) for stream in streams)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = main(arguments)
        finally:
            os.chdir(here)
    printed, told = (stream.getvalue() for stream in streams)
    assert printed or told
    assert code in {0, 1, 2}
    assert b"Traceback" not in told


TARGETS: dict[str, Callable[[bytes], None]] = {
    "codec": codec,
    "dates": dates,
    "passages": passages,
    "citations": citations,
    "search": search,
    "overlay": overlay,
    "command-line": command_line,
}


def _joined(*texts: str) -> bytes:
    return CUT.join(texts).encode()


def _record(of: Kind, **fields: Any) -> bytes:
    return bytes([[*Kind].index(of)]) + json.dumps({"id": "a", **fields}, ensure_ascii=False).encode()


_CITED = {"source": "b", "paragraph": 3, "phrase": "c d"}
_OFFICE = (
    '{"id": "office", "name": "Office", "kind": "liaison-office", "themes": ["representation"], "developments": '
    '[{"key": "agreed", "date": "2025-06", "summary": "Agreed.", "citations": [{"source": "nato-page"}]}]}'
)

SEEDS: dict[str, tuple[bytes, ...]] = {
    "codec": (
        _record(Kind.SOURCE, **_SOURCE, authors=[{"family": "C", "given": "D"}], url="https://example.org/"),
        _record(
            Kind.PARTNER, name="A", aliases=[{"text": "B", "kind": "endonym", "language": "ja"}], citations=[_CITED]
        ),
        _record(Kind.SUMMIT, name="A", start="2025-06-24", number_of_allies=32, participations=[{"party": "b"}]),
        _record(Kind.CLAIM, kind="forecast", summary="A", about=["c#d.e"], quantity={"value": 2.5, "unit": "percent"}),
    ),
    "dates": (b"2025", b"2025-06", b"2024-02-29", b"9999-12-31"),
    "passages": (
        _joined("https://example.org/a?b=c#d", "a-b, c & 5%", "12"),
        _joined("https://example.org/a.pdf", "\u65e5\u672c \u201cso\u201d", "iv"),
    ),
    "citations": (
        _joined(
            "A {B} & C", "D", "https://example.org/", "E", "1", "2-3", "2025-06", "", "en", "academic", "F", "G. H."
        ),
        _joined(
            "\u65e5\u672c", "D and E", "https://example.org/_~%7B", "", "", "", "", "", "ja", "think-tank", "F, G", ""
        ),
    ),
    "search": (b"office", b'"four partners" agreed', "\u65e5\u672c SUMMIT".encode()),
    "overlay": (
        _joined("initiative/office.json", _OFFICE),
        _joined("manifest.json", '{"name": "own"}', "people.json", '{"ada-moss": {"given": "A."}}'),
        _joined("partner/japan.json", '{"capital": "Kyoto", "aliases": null, "citations": [{"source": "nato-page"}]}'),
        _joined("summit/summit-2025.json", '{"participations": {"japan": {"presence": "not-represented"}}}'),
        _archive(["initiative/office.json", _OFFICE]),
    ),
    "command-line": (
        _joined("show", "japan", "--json"),
        _joined("attendance", "--partner", "japan", "--since", "2024", "--level", "official"),
        _joined("timeline", "nato", "--theme", "russia", "--kind", "summit", "--until", "2026"),
        _joined("search", "office", "2025"),
        _joined("cite", "japan#capital", "--style", "ris"),
        _joined("check", "--overlay", "own.zip"),
        _joined("export", "csv", "out"),
    ),
}
"""What each target starts from."""

FOUND: dict[str, tuple[str, bytes]] = {
    "an address whose host opens a bracket": ("passages", _joined("https://c=[%", "=%", "c")),
    "a title with a brace that nothing opens": ("citations", _joined("AB2-M3.} &")),
}
"""What ended in an error that was not one of this library's own, with its target."""

WORDS = (
    *(
        '"id"',
        '"kind"',
        '"citations"',
        '"source"',
        '"supports"',
        '"participations"',
        "null",
        "true",
        "1e400",
        "{}",
        "[]",
    ),
    *("--json", "--overlay", "--since", "--style", "bibtex", "https://", "%", "#", "japan", "summit-2025#start", CUT),
)
"""What a fuzzer would be long in finding."""

CORPUS = Path(__file__).with_name("corpus")
"""What a fuzzer came to, a file for each target: inputs of which each reaches code that no shorter one does."""

ROOM = 12_000
"""The characters that such a file may have."""


def corpus(target: str) -> list[bytes]:
    """What is kept of the inputs that a fuzzer came to."""
    path = CORPUS / f"{target}.txt"
    return [base64.b64decode(line) for line in path.read_text("ascii").split()] if path.exists() else []


def keep(target: str, inputs: list[bytes]) -> None:
    """Keep inputs, the shortest first and as many as there is room for: a line in Base64 for each."""
    lines = sorted((base64.b64encode(data).decode("ascii") for data in inputs), key=lambda line: (len(line), line))
    room = itertools.accumulate(len(line) + 1 for line in lines)
    text = "".join(f"{line}\n" for line, end in zip(lines, room, strict=True) if end <= ROOM)
    (CORPUS / f"{target}.txt").write_text(text, "ascii")
