"""The face of the library that is tested, read once."""

from __future__ import annotations

from pathlib import Path

import pytest
from griffe import Module

import face
import ip4kb


@pytest.fixture(scope="session")
def installed() -> Module:
    """The public face as it is installed."""
    return face.read(Path(ip4kb.__file__).parents[1])
