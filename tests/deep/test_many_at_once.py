"""Eight processes of 64 threads each, that load, look up and ask at once; and loads interrupted at many moments."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ip4kb

PACKAGE = Path(ip4kb.__file__).parent
BEGIN = "import faulthandler\nfaulthandler.dump_traceback_later(500, exit=True)\n"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}

ASKED = """
import hashlib, threading
barrier, found, failed = threading.Barrier(64), [], []
def ask(number):
    barrier.wait(60)
    try:
        import ip4kb
        kb = ip4kb.load()
        questions = [
            lambda: repr(kb.attendance("the-hague-2025")),
            lambda: repr(kb.evidence("japan#capital")),
            lambda: kb.cite("the-hague-2025#start"),
            lambda: repr(kb.disagreements_about("the-hague-2025")),
            lambda: kb.partners.lookup("ROK").id,
            lambda: kb.summits.lookup("The Hague Summit").id,
        ]
        order = sorted(range(6), key=lambda place: (place - number) % 6)
        told = {place: questions[place]() for place in order}
        found.append("".join(told[place] for place in range(6)))
    except BaseException as error:
        failed.append(repr(error))
threads = [threading.Thread(target=ask, args=[number]) for number in range(64)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert not failed, failed
assert len(found) == 64 and len(set(found)) == 1, len(set(found))
print(hashlib.sha256(found[0].encode()).hexdigest())
"""


def test_512_threads_in_eight_processes_get_the_same_answers() -> None:
    command = [sys.executable, "-W", "error", "-c", BEGIN + ASKED]
    started = [
        subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(8)
    ]
    ended = [process.communicate() for process in started]
    assert [process.returncode for process in started] == 8 * [0], [errors.decode() for _, errors in ended]
    assert len({told for told, _ in ended}) == 1


INTERRUPTED = """
import random, signal, sys, threading
from ip4kb import codec, knowledge_base, store
from ip4kb.shelves import Bundle
def raises(*_): raise KeyboardInterrupt
signal.signal(signal.SIGALRM, raises)
def ask(kb): return [kb.summits.ids, kb.declarations.ids, len(kb.people), repr(kb.attendance("the-hague-2025"))]
def fresh():
    codec._converter.cache_clear()
    return knowledge_base.KnowledgeBase(store.Library(Bundle()))
expected, broken, draw = ask(fresh()), 0, random.Random(int(sys.argv[1]))
for _ in range(100):
    kb = fresh()
    try:
        signal.setitimer(signal.ITIMER_REAL, draw.uniform(1e-4, 0.2))
        ask(kb)
    except KeyboardInterrupt:
        broken += 1
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    found = []
    other = threading.Thread(target=lambda: found.append(ask(kb)), daemon=True)
    other.start()
    other.join(60)
    assert found == [expected]
assert broken > 20, broken
"""


@pytest.mark.parametrize("seed", [1, 2])
def test_a_hundred_interrupts_at_moments_drawn_leave_nothing_behind(seed: int) -> None:
    command = [sys.executable, "-W", "error", "-c", BEGIN + INTERRUPTED, str(seed)]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
