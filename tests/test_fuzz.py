"""What the fuzzers of `nox -s deep` start from and have found, and a few changes to it, in each plain run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import FOUND, SEEDS, TARGETS, WORDS, prepare

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(autouse=True)
def small(files: dict[str, Any], write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    prepare(write(files), monkeypatch.setattr)


@pytest.mark.parametrize(("target", "seed"), [(name, seed) for name in TARGETS for seed in SEEDS[name]])
def test_a_seed_ends_in_an_answer_or_a_sentence(target: str, seed: bytes) -> None:
    TARGETS[target](seed)


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_is_mended(name: str) -> None:
    target, data = FOUND[name]
    TARGETS[target](data)


@st.composite
def changed(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """A seed with a few stretches taken out, and bytes or words put in their place."""
    data = draw(st.sampled_from(seeds))
    words = st.one_of(
        st.binary(max_size=4), st.text(max_size=4).map(str.encode), st.sampled_from(WORDS).map(str.encode)
    )
    for word in draw(st.lists(words, min_size=1, max_size=4)):
        start = draw(st.integers(0, len(data)))
        data = data[:start] + word + data[start + draw(st.integers(0, 6)) :]
    return data


@pytest.mark.parametrize("target", TARGETS)
def test_a_changed_seed_ends_in_an_answer_or_a_sentence(target: str) -> None:
    @settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
    @given(changed(SEEDS[target]))
    def ends(data: bytes) -> None:
        TARGETS[target](data)

    ends()
