"""The command line of those who write records: format, check, verify, standing, audit, new, schema."""

import argparse
import json
import sys
from collections.abc import Sized
from pathlib import Path
from typing import Any

import attrs

from ip4kb import store
from ip4kb.checksums import CHECKSUMS, changed, checksum
from ip4kb.codec import read_record, to_json, write_record
from ip4kb.curation import audit, standings
from ip4kb.curation.templates import template
from ip4kb.curation.verification import texts_in, verify
from ip4kb.exceptions import Ip4kbError, Problem
from ip4kb.exports.json_schema import SCHEMAS, schema
from ip4kb.exports.writing import write_file
from ip4kb.json_text import canonical, parse
from ip4kb.model.kind import Kind
from ip4kb.rules import check
from ip4kb.shelves import Folder

BUNDLED = Path(store.__file__).with_name("data")


def _say(lines: list[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _count(things: Sized | int, name: str) -> str:
    number = things if isinstance(things, int) else len(things)
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _canonical_texts(folder: Folder) -> dict[str, str]:
    """What each file of the folder would be in canonical form; files that cannot be read stay out."""
    names = folder.names()
    ids: dict[str, list[str]] = {kind.value: [] for kind in Kind}
    values: dict[str, Any] = {"manifest.json": {}, CHECKSUMS: {}}
    texts = {}
    for name in names:
        place, _, stem = name.removesuffix(".json").rpartition("/")
        try:
            raw = folder.read(name)
        except OSError:
            values.pop(name, None)
            continue
        if place in ids:
            ids[place].append(stem)
            record, _problems = read_record(Kind(place), raw, name, stem)
            if record is not None:
                texts[name] = write_record(record)
        elif not place:
            value, problems = parse(raw, name)
            values[name] = None if problems else value
    if isinstance(values.get("manifest.json"), dict):
        values["manifest.json"] = values["manifest.json"] | {"ids": {kind: sorted(ids[kind]) for kind in ids}}
    derived = CHECKSUMS in values
    values.pop(CHECKSUMS, None)
    texts |= {name: canonical(value) for name, value in values.items() if isinstance(value, dict)}
    sums = {name: checksum(json.loads(texts[name])) for name in sorted(texts)}
    return texts | ({CHECKSUMS: canonical(sums)} if derived else {})


def _not_canonical(data: Path) -> dict[Path, str]:
    return {
        path: text
        for name, text in _canonical_texts(Folder(data)).items()
        if not (path := data / name).exists() or path.read_bytes() != text.encode()
    }


def format_files(data: Path) -> int:
    """Write every file in canonical form, and the manifest and the checksums anew."""
    rewritten = _not_canonical(data)
    for path, text in rewritten.items():
        path.write_text(text, "utf-8", newline="\n")
    _say([f"{_count(rewritten, 'file')} rewritten."])
    return 0


def check_files(data: Path) -> int:
    """Read every record, run every rule, hold each file against its checksum, and print every problem."""
    folder = Folder(data)
    library = store.Library(folder)
    problems = library.read_all()
    unread = {problem.file for problem in problems}
    others = [problem for problem in changed(folder) if problem.file not in unread]
    problems += [*check(library), *others]
    problems += [
        Problem(
            file=path.relative_to(data).as_posix(),
            place="",
            rule="format",
            message="not in canonical form; run 'python -m ip4kb.curation format'.",
        )
        for path in _not_canonical(data)
        if path.name != CHECKSUMS or not others
    ]
    counts = ", ".join(_count(library.collection(kind), kind.value) for kind in Kind)
    _say([*map(str, problems), f"{counts}: {_count(problems, 'problem')}."])
    return 1 if problems else 0


def verify_files(data: Path, folders: list[Path]) -> int:
    """Read every citation against the texts in the folders, and write what was verified."""
    folder = Folder(data)
    library = store.Library(folder)
    problems = library.read_all()
    texts = texts_in(folders)
    listed, _problems = store.read_uncited(folder, folder.names())
    excused = {id: {number for entry in entries for number in entry.paragraphs} for id, entries in listed.items()}
    report = verify(library, texts, excused)
    failures = [*map(str, problems), *report.failures, *report.uncited]
    ledger = data / "verified.json"
    ledger.write_text(canonical({id: to_json(checked) for id, checked in report.ledger.items()}), "utf-8", newline="\n")
    _say(
        [
            *failures,
            *(f"{id}: its text is not at hand, so its citations are not checked." for id in report.not_checked),
            (
                f"{report.found} of {_count(report.phrases, 'phrase')} found in the texts at hand; "
                f"{_count(report.without_text, 'citation')} of sources without a text not checked; "
                f"{_count(failures, 'problem')}."
            ),
        ]
    )
    return 1 if failures else 0


def show_standings(data: Path) -> int:
    """Count how well the facts stand, and list the records that stand weakest."""
    _say(standings.report(store.Library(Folder(data))))
    return 0


def show_sample(data: Path, size: int, seed: int) -> int:
    """Print citations drawn at random, with what they support, for someone to read against the passages."""
    if size < 1:
        _say([f"The sample must have at least one citation, but is asked for {size}."])
        return 1
    _say(list(audit.sample(store.Library(Folder(data)), size, seed)))
    return 0


def new_file(data: Path, kind: Kind, id: str) -> int:
    """Write a template of a record, to be filled in."""
    field = attrs.fields(kind.record_class).id
    field.validator(None, field, id)
    for other in Kind:
        path = data / other.value / f"{id}.json"
        if path.exists():
            _say([f"{path} exists already, and an id is unique across all kinds; choose another."])
            return 1
    path = data / kind.value / f"{id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical(template(kind, id)), "utf-8", newline="\n")
    _say([f"{path} written; fill it in, then run 'python -m ip4kb.curation' with verify, format, check."])
    return 0


def write_schemas(folder: Path) -> int:
    """Write the schema of each kind of record, and of what stands beside the records, as the classes have it."""
    for name in SCHEMAS:
        write_file(folder / f"{name}.json", canonical(schema(name)).encode())
    _say([f"{_count(len(SCHEMAS), 'schema')} written."])
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 when nothing is wrong."""
    parser = argparse.ArgumentParser(prog="python -m ip4kb.curation", description="Tools of those who write records.")
    parser.add_argument("--data", type=Path, default=BUNDLED, help="the folder of records (default: the repository's)")
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("format", help="write every file in canonical form, the manifest and the checksums")
    command.set_defaults(run=lambda given: format_files(given.data))
    command = commands.add_parser("check", help="run every rule over every record; all problems at once")
    command.set_defaults(run=lambda given: check_files(given.data))
    command = commands.add_parser("verify", help="read citations against the texts of their sources")
    command.add_argument("--texts", type=Path, nargs="+", required=True, help="folders that hold the texts")
    command.set_defaults(run=lambda given: verify_files(given.data, given.texts))
    command = commands.add_parser("standing", help="count how well the facts stand, and list the weakest records")
    command.set_defaults(run=lambda given: show_standings(given.data))
    command = commands.add_parser("audit", help="draw citations at random, for a reader who did not write the records")
    command.add_argument("--sample", type=int, required=True, help="how many citations")
    command.add_argument("--seed", type=int, required=True, help="the same seed draws the same citations")
    command.set_defaults(run=lambda given: show_sample(given.data, given.sample, given.seed))
    command = commands.add_parser("new", help="write a template of a record")
    command.add_argument("kind", choices=[kind.value for kind in Kind], metavar="KIND", help=", ".join(Kind))
    command.add_argument("id", metavar="ID")
    command.set_defaults(run=lambda given: new_file(given.data, Kind(given.kind), given.id))
    command = commands.add_parser("schema", help="write the JSON Schema of each kind of record")
    command.add_argument("folder", type=Path, metavar="DIR", help="where to; in the repository: docs/_extra/schema")
    command.set_defaults(run=lambda given: write_schemas(given.folder))
    given = parser.parse_args(arguments)
    if given.data == BUNDLED and not any(BUNDLED.glob("*/")) and given.command != "schema":
        parser.error("an installed ip4kb has its records in packs; name a folder of records with --data")
    try:
        code: int = given.run(given)
    except Ip4kbError as error:
        _say([str(error)])
        return 1
    return code


if __name__ == "__main__":
    sys.exit(main())
