"""What must not become of a damaged file, so that it is known to be noticed."""

from __future__ import annotations

import itertools
import os
import signal
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutations import Damage


def spins(_damage: Damage) -> None:
    """Work without end, where no line of Python is run meanwhile."""
    sum(itertools.repeat(0))


def waits(_damage: Damage) -> None:
    """Wait, and take no time of the processor."""
    time.sleep(3_600)


def is_killed(_damage: Damage) -> None:
    """End as the system ends a process for which it has no memory."""
    os.kill(os.getpid(), signal.SIGKILL)
