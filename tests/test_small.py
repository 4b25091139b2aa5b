from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ip4kb import KnowledgeBase

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_small_knowledge_base_is_sound(files: dict[str, Any], write: Callable[..., Path]) -> None:
    kb = KnowledgeBase.from_directory(write(files))
    assert repr(kb) == (
        "<KnowledgeBase 2026.11.0: 2 sources, 1 alliance, 4 partners, 1 summit, 1 meeting, "
        "1 declaration, 1 initiative, 2 claims, 1 disagreement>"
    )
