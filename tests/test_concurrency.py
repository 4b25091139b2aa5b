"""Threads, processes and interrupts: all get the same answers, none waits for ever, nothing is left half done."""

from __future__ import annotations

import copy
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import Kind, KnowledgeBase
from ip4kb.store import Library

if TYPE_CHECKING:
    from collections.abc import Callable

    Files = dict[str, Any]

PACKAGE = Path(ip4kb.__file__).parent


def in_a_new_process(code: str, *arguments: str) -> Any:
    """What the code prints as JSON, run in a new process that ends itself, with all its stacks, after a minute."""
    begin = "import faulthandler\nfaulthandler.dump_traceback_later(60, exit=True)\n"
    command = [sys.executable, "-W", "error", "-W", "ignore:This process:DeprecationWarning", "-c", begin + code]
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([*command, *arguments], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


# --- threads ----------------------------------------------------------------------------------------------------------

ASKED = """
import json, sys, threading
sys.setswitchinterval(1e-6)
barrier, found, failed = threading.Barrier(64), [], []
def ask(number):
    barrier.wait(30)
    try:
        import ip4kb
        names = [kind.collection for kind in ip4kb.Kind]
        kinds = {name: getattr(ip4kb, name) for name in names[number % 9:] + names[:number % 9]}
        one = ip4kb.partners.lookup("Republic of Korea")
        text = repr(ip4kb.attendance("the-hague-2025")) + ip4kb.cite("the-hague-2025#start")
        found.append((ip4kb.load(), one, text, *(kinds[name] for name in sorted(kinds))))
    except BaseException as error:
        failed.append(repr(error))
threads = [threading.Thread(target=ask, args=[number]) for number in range(64)]
for thread in threads: thread.start()
for thread in threads: thread.join()
same = [len(set(map(id, ones))) for ones in zip(*((kb, one, *kinds) for kb, one, _, *kinds in found))]
print(json.dumps([failed, len(found), same, len({text for _, _, text, *_ in found})]))
"""


def test_64_threads_that_load_look_up_and_ask_first_get_the_same_objects_and_answers() -> None:
    assert in_a_new_process(ASKED) == [[], 64, 11 * [1], 1]


def test_threads_that_ask_for_the_tables_first_get_the_same(files: Files) -> None:
    class Slow:
        def names(self) -> tuple[str, ...]:
            return tuple(sorted(files))

        def read(self, name: str) -> bytes:
            time.sleep(0.01)
            return json.dumps(files[name]).encode()

    library, barrier, found = Library(Slow()), threading.Barrier(8), list[Any]()

    def ask() -> None:
        barrier.wait(10)
        found.append(library.tables)

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 8
    assert all(tables is library.tables for tables in found)


# --- processes --------------------------------------------------------------------------------------------------------

FORKED = """
import json, os, signal, sys, threading, time, ip4kb
from ip4kb import records, store
slow, begun = sys.argv[1], threading.Event()
module, name = {"reading": (store, "read_record"), "looking up": (records, "fold")}[slow]
quick = getattr(module, name)
def slowly(*asked):
    if threading.current_thread() is not threading.main_thread():
        begun.set()
        time.sleep(0.002)
    return quick(*asked)
setattr(module, name, slowly)
def ask():
    return len(ip4kb.load().summits), ip4kb.load().summits.lookup("the-hague-2025").id
if slow == "looking up": ip4kb.load().summits
other = threading.Thread(target=ask)
other.start()
begun.wait()
read, write = os.pipe()
if not os.fork():
    signal.alarm(30)
    os.write(write, json.dumps(ask()).encode())
    os._exit(0)
os.close(write)
with open(read) as answer: print(answer.read())
other.join()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on this system")
@pytest.mark.parametrize("slow", ["reading", "looking up"])
def test_a_process_that_forks_while_another_thread_is_at_work_answers_on_both_sides(slow: str) -> None:
    assert in_a_new_process(FORKED, slow) == [len(ip4kb.summits), "the-hague-2025"]


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_everything_goes_to_another_process_and_back(method: str, before: KnowledgeBase) -> None:
    if method not in multiprocessing.get_all_start_methods():
        pytest.skip(f"there is no {method} on this system")
    errors = []
    for fails in (
        lambda: before.find("jappan"),
        lambda: before.partners.lookup("Korea"),
        lambda: before.timeline(since="2025-13"),
        lambda: before.timeline(kind="nonsense"),
        lambda: before.with_overlay("/nowhere"),
        lambda: before.export("json", "/nowhere/x"),
        lambda: before.sources["report-2025"].__class__(id="A"),  # type: ignore[call-arg]
        lambda: ip4kb.PartialDate(2025, 13),
    ):
        with pytest.raises(Exception, match=r".") as caught:
            fails()
        errors.append(caught.value)
    answers = [before.attendance(), before.evidence("japan#capital"), before.show("nato"), before.attendance()[0]]
    values = [ip4kb.load(), before, before.as_known_on("2025"), before.summits, *before.summits, *answers]
    with multiprocessing.get_context(method).Pool(1) as pool:
        assert pool.map(copy.copy, values) == values
        assert pool.map(copy.copy, [ip4kb.load()])[0] is ip4kb.load()
        back = pool.map(copy.copy, errors)
    assert [(type(error), str(error)) for error in back] == [(type(error), str(error)) for error in errors]


# --- interrupts -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, SystemExit, RecursionError])
def test_a_load_that_is_broken_off_anywhere_leaves_nothing_behind(
    error: type[BaseException],
    files: Files,
    unchecked: Callable[[Files], KnowledgeBase],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = unchecked(files)
    reads = sum("/" in name or name in {"ambiguous.json", "retired.json"} for name in files)
    for last in range(0, reads, 2):
        kb, count = unchecked(files), iter(range(reads * 9))
        shelf: Any = kb._library
        read = shelf._shelf.read

        def breaks_off(name: str, read: Any = read, count: Any = count, last: int = last) -> bytes:
            if next(count) == last:
                raise error
            content: bytes = read(name)
            return content

        monkeypatch.setattr(shelf._shelf, "read", breaks_off)
        with pytest.raises(error):
            [getattr(kb, kind.collection) for kind in Kind]
        assert kb == expected
        assert kb.attendance("summit-2025") == expected.attendance("summit-2025")


INTERRUPTED = """
import json, signal, sys, threading
from ip4kb import codec, knowledge_base, store
from ip4kb.shelves import Bundle
def raises(*_): raise KeyboardInterrupt
signal.signal(signal.SIGALRM, raises)
def ask(kb): return [kb.summits.ids, len(kb.people), kb.summits.lookup("The Hague Summit").id]
def fresh():
    codec._quickly.cache_clear()
    return knowledge_base.KnowledgeBase(store.Library(Bundle()))
expected, broken = ask(fresh()), 0
for number in range(int(sys.argv[1])):
    kb = fresh()
    try:
        signal.setitimer(signal.ITIMER_REAL, (number + 1) * float(sys.argv[2]))
        ask(kb)
    except KeyboardInterrupt:
        broken += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    found = []
    other = threading.Thread(target=lambda: found.append(ask(kb)), daemon=True)
    other.start()
    other.join(20)
    assert found == [expected], (number, found)
print(json.dumps(broken))
"""


def test_a_signal_at_any_moment_of_a_load_leaves_no_half_state_and_no_lock() -> None:
    assert in_a_new_process(INTERRUPTED, "25", "0.001") > 5
