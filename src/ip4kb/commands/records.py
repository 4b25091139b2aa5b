"""What is done with whole sets of records: check them, write them, tell what changed."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import ip4kb
from ip4kb.commands.answer import Answer, knowledge_base, laid_over, of_table, plain

_FORM = "a folder or zip archive of records, or a wheel of ip4kb"


def check(parser: ArgumentParser) -> None:
    """What to check."""
    parser.add_argument("path", nargs="?", metavar="PATH", help=f"{_FORM} (default: the bundled records)")
    parser.set_defaults(answer=_check)


def _check(given: Namespace) -> Answer:
    try:
        kb = laid_over(_whole(given.path), given)
    except ip4kb.DataError as error:
        found = error.problems
        count = "1 problem" if len(found) == 1 else f"{len(found)} problems"
        rows = plain(found, "file", "place", "rule", "message")
        return Answer(lambda: "\n".join([*map(str, found), f"{count}."]), lambda: _document("Check", None, rows), 1)
    return Answer(lambda: f"{kb!r}: 0 problems.", lambda: _document("Check", kb.version, []))


def _whole(path: str | None) -> "ip4kb.KnowledgeBase":
    """The records, all read, with all rules run over them."""
    if path is None:
        return ip4kb.preload()
    archive = Path(path).is_file()
    return ip4kb.KnowledgeBase.from_zip(path) if archive else ip4kb.KnowledgeBase.from_directory(path)


def export(parser: ArgumentParser) -> None:
    """What `KnowledgeBase.export` takes."""
    from ip4kb.exports.formats import FILES, FOLDERS  # noqa: PLC0415 (imported when it is asked)

    formats = f"{', '.join(FILES)}, which are a file; {', '.join(FOLDERS)}, which are a folder"
    parser.add_argument("format", metavar="FORMAT", help=formats)
    parser.add_argument("path", metavar="PATH", help="the file, which is replaced, or a new or empty folder")
    parser.set_defaults(answer=_export)


def _export(given: Namespace) -> Answer:
    kb = knowledge_base(given)
    kb.export(given.format, given.path)
    path = Path(given.path)
    written = [path] if path.is_file() else sorted(found for found in path.rglob("*") if found.is_file())
    rows = [{"path": str(file), "bytes": file.stat().st_size} for file in written]
    return Answer(
        lambda: "\n".join(f"{row['path']} written, {row['bytes']} bytes." for row in rows),
        lambda: _document(f"Export: {given.format}", kb.version, rows),
    )


def diff(parser: ArgumentParser) -> None:
    """What `diff` takes."""
    parser.add_argument("old", metavar="OLD", help=_FORM)
    parser.add_argument("new", metavar="NEW", help="likewise")
    parser.set_defaults(answer=lambda given: of_table(ip4kb.diff(given.old, given.new)))


def _document(title: str, data_version: str | None, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"title": title, "data_version": data_version, "caveat": None, "rows": rows}
