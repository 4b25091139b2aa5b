"""What the fuzzers of `nox -s deep` start from and have found, and a few changes to it, in each plain run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from targets import CORPUS, FOUND, SEEDS, TARGETS, WORDS, corpus, prepare

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[1] / "docs/explanation/robustness.md"


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


@pytest.mark.parametrize("target", TARGETS)
def test_what_a_fuzzer_came_to_ends_in_an_answer_or_a_sentence(target: str) -> None:
    inputs = corpus(target)
    assert inputs
    for data in inputs:
        TARGETS[target](data)


def test_the_corpus_is_small_and_of_targets_that_there_are() -> None:
    assert {path.name for path in CORPUS.iterdir()} == {f"{target}.txt" for target in TARGETS}
    assert sum(path.stat().st_size for path in CORPUS.iterdir()) < 100_000


def test_the_docs_tell_each_target_and_each_find() -> None:
    told = DOCS.read_text("utf-8").partition("\n## Tried on bytes\n")[2].partition("\n## ")[0]
    first = [line.split("|")[1].strip() for line in told.splitlines() if line.startswith("|")]
    assert first[2:] == [*TARGETS]
    finds = [line.removeprefix("- ").rstrip(";.") for line in told.splitlines() if line.startswith("- ")]
    assert [name for name in FOUND if not any(find.startswith(name) for find in finds)] == []
    assert len(finds) == len(FOUND)


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
