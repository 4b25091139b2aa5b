"""The nine kinds of record."""

import functools
import importlib
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """A kind of record; the value is the folder its files stand in."""

    SOURCE = "source"
    """A `Source`."""
    ALLIANCE = "alliance"
    """An `Alliance`."""
    PARTNER = "partner"
    """A `Partner`."""
    SUMMIT = "summit"
    """A `Summit`."""
    MEETING = "meeting"
    """A `Meeting`."""
    DECLARATION = "declaration"
    """A `Declaration`."""
    INITIATIVE = "initiative"
    """An `Initiative`."""
    CLAIM = "claim"
    """A `Claim`."""
    DISAGREEMENT = "disagreement"
    """A `Disagreement`."""

    @property
    def collection(self) -> str:
        """The name of the collection that holds the records of this kind."""
        return f"{self.value}s"

    @property
    def record_class(self) -> type[Any]:
        """The class of the records of this kind, its module imported when first asked for."""
        return _record_class(self.value)


@functools.cache  # asked for with every record that is read
def _record_class(name: str) -> type[Any]:
    found: type[Any] = getattr(importlib.import_module(f"ip4kb.model.{name}"), name.capitalize())
    return found
