"""What becomes of damaged data, and how the machine finds out without reading three thousand files each time."""

from __future__ import annotations

import atexit
import contextlib
import faulthandler
import io
import multiprocessing
import os
import resource
import shutil
import signal
import tempfile
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar

from mutations import Damage, draw

from ip4kb import DataError, Kind, KnowledgeBase
from ip4kb.checksums import CHECKSUMS, checksum
from ip4kb.codec import write_record
from ip4kb.curation.__main__ import main
from ip4kb.curation.verification import texts_in, verify
from ip4kb.json_text import canonical, parse
from ip4kb.places import record_of, references
from ip4kb.records import Collection, Held, date_of
from ip4kb.rules import check, of_record, of_tables, problems_of
from ip4kb.shelves import Folder
from ip4kb.store import Library, read_kind, read_tables, read_uncited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ip4kb import Problem

T = TypeVar("T")

DATA = Path(__file__).parents[2] / "src/ip4kb/data"
SECONDS = 10
"""The time of a processor that one damaged file may take before its process is killed."""
PATIENCE = 120
"""The time that may pass meanwhile; others work on the same processors."""
MEMORY = 1_000_000_000
"""The bytes that a process may take beyond what the sound data takes."""

AT_LOAD = "refused at load"
BY_CHECK = "refused by `check`"
BY_VERIFY = "reported by `verify`"
BY_CHECKSUM = "valid, found by its checksum"
BY_FORM = "same values, found by their form"
UNSEEN = "passed unseen"
CRASHED = "crashed"
ENDINGS = (AT_LOAD, BY_CHECK, BY_VERIFY, BY_CHECKSUM, BY_FORM, UNSEEN, CRASHED)


class Case(NamedTuple):
    """A damaged file, how it ended, and what was said of it."""

    damage: Damage
    ending: str
    told: tuple[str, ...]


class Memory:
    """Files in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, name: str) -> bytes:
        return self.files[name]


@cache
def bundled_files() -> dict[str, bytes]:
    """The bytes of each bundled file, as it stands in the repository."""
    folder = Folder(DATA)
    return {name: folder.read(name) for name in folder.names()}


@cache
def sound() -> Library:
    """The bundled records, read whole and once."""
    library = Library(Memory(bundled_files()))
    problems = library.read_all()
    assert not problems
    return library


@cache
def _stated() -> dict[str, str]:
    """The checksums of the bundled files."""
    stated: dict[str, str] = parse(bundled_files()[CHECKSUMS], CHECKSUMS)[0]
    return stated


@cache
def _referring() -> dict[str, list[tuple[Kind, Any]]]:
    """For each id the records that name it, or a place in its record."""
    found: dict[str, list[tuple[Kind, Any]]] = {}
    for kind in Kind:
        for record in sound().collection(kind):
            for id in {record_of(name) for _, _, name in references(record, record.id)} - {record.id}:
                found.setdefault(id, []).append((kind, record))
    return found


@cache
def _texts(folders: tuple[Path, ...]) -> dict[str, bytes]:
    return texts_in([*folders])


def ending_of(damage: Damage, folders: tuple[Path, ...] = ()) -> Case:
    """How damage ends, by the same functions that `from_directory`, `check` and `verify` call.

    They are called for what the damaged file can change: its own reading; the rules of its record and of each record
    that names it; the rules of all records together, where something changed that those look at; the citations of its
    record. The rules of the other records see nothing of it. That this ends as the whole way does is tried on a sample.
    """
    try:
        ending, told = _of_table(damage) if "/" not in damage.file else _of_record(damage, folders)
    except Exception as error:  # noqa: BLE001 (any error is the finding)
        return Case(damage, CRASHED, (f"{type(error).__name__}: {error}"[:500],))
    return Case(damage, ending, told)


def _ended(damage: Damage, form: str, problems: Sequence[Problem], reported: Sequence[str] = ()) -> tuple[str, Any]:
    """The ending of what could be read, and what was said."""
    value, _ = parse(damage.raw, damage.file)
    differs = value != _stated() if damage.file == CHECKSUMS else checksum(value) != _stated()[damage.file]
    for ending, told in ((BY_CHECK, problems), (BY_VERIFY, reported)):
        if told:
            return ending, tuple(map(str, told))
    if differs:
        return BY_CHECKSUM, ()
    return (UNSEEN if damage.raw.decode() == form else BY_FORM), ()


def _of_record(damage: Damage, folders: tuple[Path, ...]) -> tuple[str, Any]:
    kind = Kind(damage.file.partition("/")[0])
    id = damage.file.rpartition("/")[2].removesuffix(".json")
    made, wrong = read_kind(Memory({damage.file: damage.raw}), kind, {damage.file: id})
    if wrong:
        return AT_LOAD, tuple(map(str, wrong))
    (record,) = made
    before = sound().collection(kind)[record.id]
    records = _replaced(kind, record)
    problems = problems_of(of_record(records, kind, record))
    for other_kind, other in () if problems else _referring().get(record.id, ()):
        problems += problems_of(of_record(records, other_kind, other))
    if not problems and _seen_together(kind, before) != _seen_together(kind, record):
        problems += of_tables(records)
    reported = () if problems or not folders else verify(_alone(kind, record), _texts(folders), {}).failures
    return _ended(damage, write_record(record), problems, reported)


def _seen_together(kind: Kind, record: Any) -> object:
    """What the rules of all records together look at in one: its date, whom it names, and of a source everything."""
    return date_of(record), [name for *_, name in references(record, "")], kind is Kind.SOURCE and record


def _replaced(kind: Kind, record: Any) -> Held:
    """The sound records with one of them replaced."""
    collections = {other: sound().collection(other) for other in Kind}
    others = [other for other in collections[kind] if other.id != record.id]
    tables = sound().tables
    collections[kind] = Collection(kind, [*others, record], tables.bearers, tables.retired)
    return Held(collections, tables)


def _alone(kind: Kind, record: Any) -> Held:
    """The record alone with the sources it may cite."""
    empty = {other: Collection[Any](other, (), {}, {}) for other in Kind}
    sources = _replaced(kind, record).collection(Kind.SOURCE)
    return Held({**empty, Kind.SOURCE: sources, kind: Collection(kind, [record], {}, {})}, sound().tables)


def _of_table(damage: Damage) -> tuple[str, Any]:
    shelf = Memory({name: raw for name, raw in bundled_files().items() if "/" not in name} | {damage.file: damage.raw})
    tables, wrong = read_tables(shelf, shelf.names())
    wrong += read_uncited(shelf, shelf.names())[1]
    value, wrong_form = parse(damage.raw, damage.file)
    if wrong or wrong_form:
        return AT_LOAD, tuple(map(str, [*wrong, *wrong_form]))
    collections = {
        kind: Collection(kind, tuple(sound().collection(kind)), tables.bearers, tables.retired) for kind in Kind
    }
    form = bundled_files()[CHECKSUMS].decode() if damage.file == CHECKSUMS else canonical(value)
    return _ended(damage, form, check(Held(collections, tables)))


# --- the whole way ---------------------------------------------------------------------------------------------------


@cache
def _copy() -> Path:
    """A copy of the data, for this process."""
    folder = Path(tempfile.mkdtemp()) / "data"
    shutil.copytree(DATA, folder)
    atexit.register(shutil.rmtree, folder.parent)
    return folder


def whole_way(damage: Damage, folder: Path) -> tuple[str, tuple[str, ...]]:
    """How damage ends in a folder of sound files that `from_directory` and `check` then read, and what is said of it.

    Both must agree; `check` does not part what cannot be read from what breaks a rule.
    """
    file, printed = folder / damage.file, io.StringIO()
    was = file.read_bytes()
    file.write_bytes(damage.raw)
    try:
        with contextlib.redirect_stdout(printed):
            code = main(["--data", str(folder), "check"])
        try:
            KnowledgeBase.from_directory(folder)
            loaded = True
        except DataError:
            loaded = False
    finally:
        file.write_bytes(was)
    *told, _count = printed.getvalue().splitlines()
    rules = {sentence.rpartition("[")[2].rstrip("]") for sentence in told}
    assert code == bool(told)
    assert loaded is (rules <= {"checksum", "format"}) or damage.file == CHECKSUMS
    if rules - {"checksum", "format"}:
        return BY_CHECK, tuple(told)
    return BY_CHECKSUM if "checksum" in rules else BY_FORM if rules else UNSEEN, tuple(told)


# --- many at once, each within limits --------------------------------------------------------------------------------


class KilledError(Exception):
    """A process was killed; the message tells on which case, and where it was."""


def _limit() -> None:
    """Read the sound data, and let this process take no more than so much memory besides."""
    _referring(), _stated()
    used = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


@cache
def _notes(folder: Path) -> IO[str]:
    """Where this process notes on what it works, and where it is when it is killed."""
    notes = Path(folder, str(os.getpid())).open("w", encoding="utf-8")  # noqa: SIM115 (until the process ends)
    for number in (signal.SIGPROF, signal.SIGALRM):
        faulthandler.register(number, notes, chain=True)
    faulthandler.enable(notes)
    return notes


def _note(folder: Path, text: str) -> None:
    notes = _notes(folder)
    notes.seek(0)
    notes.truncate()
    notes.write(text)
    notes.flush()


def _watched(number: int, ask: Callable[[Damage], T], seed: int, within: tuple[float, float], folder: Path) -> T:
    """What is asked of one case; a process that works or waits too long on it notes where it is, and is gone."""
    timers = (signal.ITIMER_PROF, signal.ITIMER_REAL)
    _note(folder, f"case {number} of seed {seed}\n")
    for timer, seconds in zip(timers, within, strict=True):
        signal.setitimer(timer, seconds)
    damage = draw(number, seed, bundled_files())
    _note(folder, f"case {number} of seed {seed}: {damage.kind}, {damage.file}\n")
    answer = ask(damage)
    for timer in timers:
        signal.setitimer(timer, 0)
    _note(folder, "")
    return answer


def each(
    ask: Callable[[Damage], T], numbers: Sequence[int], seed: int, *, workers: int, within: tuple[float, float]
) -> Iterator[T]:
    """What is asked of each case, in processes of their own, within seconds of the processor and of the clock.

    Raises:
        KilledError: If a process took longer, or was killed by another.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = partial(_watched, ask=ask, seed=seed, within=within, folder=Path(folder))
        spawn = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, mp_context=spawn, initializer=_limit) as pool:
            try:
                yield from pool.map(work, numbers, chunksize=1 + len(numbers) // (50 * workers))
            except BrokenProcessPool:
                notes = [path.read_text("utf-8") for path in sorted(Path(folder).iterdir())]
                traced = [note for note in notes if "most recent call first" in note]
                raise KilledError("".join(traced or notes)) from None


def cases(numbers: Sequence[int], seed: int, *, workers: int, folders: tuple[Path, ...] = ()) -> Iterator[Case]:
    """How each case ends."""
    return each(partial(ending_of, folders=folders), numbers, seed, workers=workers, within=(SECONDS, PATIENCE))


def _both(damage: Damage) -> tuple[Case, str, tuple[str, ...]]:
    return ending_of(damage), *whole_way(damage, _copy())


def both_ways(numbers: Sequence[int], seed: int, *, workers: int) -> Iterator[tuple[Case, str, tuple[str, ...]]]:
    """Each case, with the ending and the sentences of the whole way, which reads every file and takes its time."""
    return each(_both, numbers, seed, workers=workers, within=(10 * SECONDS, 10 * PATIENCE))
