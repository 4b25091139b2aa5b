"""What the same questions cost of a grown knowledge base; run as a process of its own for each measurement.

Seconds are those of the processor, so that what else runs on the machine bends no curve.
"""

from __future__ import annotations

import functools
import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from growth import Packs

from ip4kb import Collection, Ip4kbError, Kind, KnowledgeBase, Table
from ip4kb.rules import check
from ip4kb.shelves import Bundle, Shelf
from ip4kb.store import Library

ONCE: Final = 0.5
"""What takes longer than this many seconds is asked once more and no oftener."""


def missed(ask: Callable[[], object]) -> None:
    """Ask for what nothing has."""
    try:
        ask()
    except Ip4kbError:
        return
    msg = "something has this name"
    raise AssertionError(msg)


QUESTIONS: Final[dict[str, Callable[[KnowledgeBase], Any]]] = {
    "a record by its id": lambda kb: kb.summits["the-hague-2025"],
    "a record by a name": lambda kb: kb.partners.lookup("ROK"),
    "a miss among all ids": lambda kb: missed(lambda: kb.find("the-hage-2025")),
    "attendance of a summit": lambda kb: kb.attendance("the-hague-2025"),
    "evidence behind a summit": lambda kb: kb.evidence("the-hague-2025"),
    "timeline of an initiative": lambda kb: kb.timeline("tokyo-liaison-office"),
    "timeline of a partner": lambda kb: kb.timeline("japan"),
    "search for a name": lambda kb: kb.search('"Tokyo liaison office"'),
    "cite a summit": lambda kb: kb.cite("the-hague-2025"),
    "as known on a day": lambda kb: kb.as_known_on("2024-07-11"),
}


def seconds_of(ask: Callable[[], object]) -> tuple[float, float, object]:
    """How long the first time takes, how long the next ones at the median, and the answer."""
    first, answer = _timed(ask)
    if first > ONCE:
        return first, _timed(ask)[0], answer
    count = max(1, min(1000, int(0.02 / first)))
    runs = sorted(_timed(lambda: [ask() for _ in range(count)])[0] / count for _ in range(5))
    return first, runs[2], answer


def _timed(ask: Callable[[], object]) -> tuple[float, object]:
    start = time.process_time()
    answer = ask()
    return time.process_time() - start, answer


def speed(folder: Path) -> dict[str, Any]:
    """Seconds to read all records, for all rules, and for each question: the first time, then the next ones."""
    library = Library(Packs(folder))
    reading, problems = _timed(library.read_all)
    checking, found = _timed(lambda: check(library))
    if problems or found:
        msg = "the grown knowledge base is not sound"
        raise AssertionError(msg)
    kb = KnowledgeBase(library)
    told = {"all records read": {"seconds": reading}, "all rules run": {"seconds": checking}}
    for question, ask in QUESTIONS.items():
        first, then, answer = seconds_of(functools.partial(ask, kb))
        told[question] = {"first": first, "seconds": then}
        if isinstance(answer, Table):
            told[question]["rows"] = len(answer)
    return {"records": len(library.ids), "questions": told}


def kept(folder: Path) -> int:
    """Bytes that a knowledge base keeps beside those of the library itself."""
    _read(Bundle())
    gc.collect()
    tracemalloc.start()
    held = _read(Packs(folder))
    gc.collect()
    counted = tracemalloc.get_traced_memory()[0]
    del held
    return counted


def peak(folder: Path) -> int:
    """The most bytes that this process has had once it has read a knowledge base, which is all that it does."""
    _read(Packs(folder))
    status = Path("/proc/self/status")
    if not status.is_file():
        import resource  # Windows has none

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # What getrusage tells on Linux, in other units, begins with what the process had that started this one.
    (line,) = (line for line in status.read_text("utf-8").splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def _read(shelf: Shelf) -> list[Collection[Any]]:
    library = Library(shelf)
    library.read_all()
    return [library.collection(kind) for kind in Kind]


MEASURED: Final = {function.__name__: function for function in (speed, kept, peak)}

if __name__ == "__main__":
    json.dump(MEASURED[sys.argv[1]](Path(sys.argv[2])), sys.stdout)
