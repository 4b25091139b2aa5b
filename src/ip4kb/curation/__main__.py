"""The command line of those who write records: format, check, verify, new."""

import argparse
import json
import sys
from pathlib import Path

from ip4kb import store
from ip4kb.codec import read_record, to_json, write_record
from ip4kb.curation.templates import template
from ip4kb.curation.verification import texts_in, verify
from ip4kb.exceptions import Ip4kbError, Problem
from ip4kb.json_text import canonical, parse
from ip4kb.model.kind import Kind
from ip4kb.rules import check

BUNDLED = Path(store.__file__).with_name("data")


def _say(lines: list[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _manifest(data: Path) -> str:
    path = data / "manifest.json"
    manifest = json.loads(path.read_text("utf-8")) if path.exists() else {}
    ids = {kind.value: sorted(path.stem for path in (data / kind.value).glob("*.json")) for kind in Kind}
    return canonical({**manifest, "ids": ids})


def _canonical_texts(data: Path) -> dict[Path, str]:
    """What each file of the folder would be in canonical form; files that cannot be read stay out."""
    texts = {}
    for path in sorted(data.glob("**/*.json")):
        raw = path.read_bytes()
        if path.parent == data:
            value, problems = parse(raw, path.name)
            if isinstance(value, dict) and not problems:
                texts[path] = canonical(value)
        elif path.parent.name in set(Kind):
            record, problems = read_record(Kind(path.parent.name), raw, path.name, path.stem)
            if record is not None:
                texts[path] = write_record(record)
    texts[data / "manifest.json"] = _manifest(data)
    return texts


def _changed(data: Path) -> dict[Path, str]:
    return {
        path: text
        for path, text in _canonical_texts(data).items()
        if not path.exists() or path.read_bytes() != text.encode()
    }


def format_files(data: Path) -> int:
    """Write every file in canonical form, and the manifest anew."""
    changed = _changed(data)
    for path, text in changed.items():
        path.write_text(text, "utf-8", newline="\n")
    _say([f"{len(changed)} files rewritten."])
    return 0


def check_files(data: Path) -> int:
    """Read every record, run every rule, and print every problem."""
    library = store.Library(store.Folder(data))
    problems = library.read_all()
    problems += check(library)
    problems += [
        Problem(
            file=path.relative_to(data).as_posix(),
            place="",
            rule="format",
            message="not in canonical form; run 'python -m ip4kb.curation format'.",
        )
        for path in _changed(data)
    ]
    counts = ", ".join(f"{len(library.collection(kind))} {kind.collection}" for kind in Kind)
    _say([*map(str, problems), f"{counts}: {len(problems)} problems."])
    return 1 if problems else 0


def verify_files(data: Path, folders: list[Path]) -> int:
    """Read every citation against the texts in the folders, and write what was verified."""
    library = store.Library(store.Folder(data))
    problems = library.read_all()
    texts = texts_in(folders)
    excused = _excused(data)
    report = verify(library, texts, excused)
    failures = [*map(str, problems), *report.failures, *report.uncited]
    ledger = data / "verified.json"
    ledger.write_text(canonical({id: to_json(checked) for id, checked in report.ledger.items()}), "utf-8", newline="\n")
    _say(
        [
            *failures,
            *(f"{id}: its text is not at hand, so its citations are not checked." for id in report.not_checked),
            (
                f"{report.found} of {report.phrases} phrases found in the texts at hand; {report.without_text} "
                f"citations of sources without a text not checked; {len(failures)} problems."
            ),
        ]
    )
    return 1 if failures else 0


def _excused(data: Path) -> dict[str, set[int]]:
    path = data / "uncited.json"
    listed = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {id: {number for entry in entries for number in entry["paragraphs"]} for id, entries in listed.items()}


def new_file(data: Path, kind: Kind, id: str) -> int:
    """Write a template of a record, to be filled in."""
    path = data / kind.value / f"{id}.json"
    if path.exists():
        _say([f"{path} exists already."])
        return 1
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical(template(kind, id)), "utf-8", newline="\n")
    _say([f"{path} written; fill it in, then run 'python -m ip4kb.curation check'."])
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ip4kb.curation", description="Tools of those who write records.")
    parser.add_argument("--data", type=Path, default=BUNDLED, help="the folder of records (default: the bundled ones)")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("format", help="write every file in canonical form, and the manifest")
    commands.add_parser("check", help="run every rule over every record; all problems at once")
    verifying = commands.add_parser("verify", help="read citations against the texts of their sources")
    verifying.add_argument("--texts", type=Path, nargs="+", required=True, help="folders that hold the texts")
    making = commands.add_parser("new", help="write a template of a record")
    making.add_argument("kind", type=Kind, choices=list(Kind), metavar="KIND", help=", ".join(Kind))
    making.add_argument("id", metavar="ID")
    given = parser.parse_args(arguments)
    try:
        if given.command == "format":
            return format_files(given.data)
        if given.command == "check":
            return check_files(given.data)
        if given.command == "verify":
            return verify_files(given.data, given.texts)
        return new_file(given.data, given.kind, given.id)
    except Ip4kbError as error:
        _say([str(error)])
        return 1


if __name__ == "__main__":
    sys.exit(main())
