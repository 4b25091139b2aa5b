"""The record as the desk reads it: the bundled one, with the desk's own records laid over it."""

from collections.abc import Iterable
from pathlib import Path

from ip4kb import KnowledgeBase, load

OVERLAY = Path(__file__).with_name("overlay")
"""The desk's own records, which come with this package."""


def opened(overlays: Iterable[Path] = (), known_on: str | None = None) -> KnowledgeBase:
    """The record with the desk's own records and further ones laid over it, as known on a day where one is given."""
    kb = load().with_overlay(OVERLAY)
    for overlay in overlays:
        kb = kb.with_overlay(overlay)
    return kb if known_on is None else kb.as_known_on(known_on)
