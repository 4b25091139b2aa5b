"""Damage to the bundled files, 20,000 times over; with the texts at hand its table in the docs is written anew."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from endings import AT_LOAD, BY_CHECK, BY_CHECKSUM, BY_VERIFY, CRASHED, ENDINGS, UNSEEN, Case, both_ways, cases
from mutations import KINDS

SEED = 2026
COUNT = 20_000
SAMPLE = 200
TABLE = Path(__file__).parents[2] / "docs/explanation/robustness/mutations.txt"
TEXTS = tuple(Path(folder) for folder in os.environ.get("IP4KB_TEXTS", "").split(os.pathsep) if folder)
WORKERS = os.cpu_count() or 1


def table(counts: Counter[tuple[str, str]]) -> str:
    """The table of the docs: a row for each kind of damage, a column for each ending."""
    today = dt.datetime.now(dt.UTC).date()
    head = f"{COUNT:,} files on {today}, seed {SEED}, Python {platform.python_version()}, with the texts at hand:"
    rows = [["damage", *ENDINGS], ["---", *["---:"] * len(ENDINGS)]]
    rows += [[kind, *(f"{counts[kind, ending]:,}" for ending in ENDINGS)] for kind in KINDS]
    totals = [sum(counts[kind, ending] for kind in KINDS) for ending in ENDINGS]
    rows += [["all", *(f"{total:,}" for total in totals)]]
    return "\n".join([head, "", *(f"| {' | '.join(row)} |" for row in rows)]) + "\n"


@pytest.fixture(scope="module")
def found() -> list[Case]:
    """How each of them ended."""
    return [*cases(range(COUNT), SEED, workers=WORKERS, folders=TEXTS)]


def test_no_damage_crashes_hangs_or_passes_unseen(found: list[Case]) -> None:
    assert [case for case in found if case.ending in {CRASHED, UNSEEN}] == []
    assert len(found) == COUNT


def test_what_the_texts_alone_can_tell_is_told_and_the_table_of_the_docs_written(found: list[Case]) -> None:
    if not TEXTS:
        pytest.skip("IP4KB_TEXTS names no folder, so nothing was compared with the texts; the table stays as it was")
    counts = Counter((case.damage.kind, case.ending) for case in found)
    TABLE.write_text(table(counts), "utf-8")
    assert sum(counts[kind, BY_VERIFY] for kind in KINDS) > 0


def test_the_whole_way_ends_as_the_short_one() -> None:
    sample = Random(SEED).sample(range(COUNT), SAMPLE)  # noqa: S311 (it is to be drawn again)
    same = {AT_LOAD: BY_CHECK, BY_VERIFY: BY_CHECKSUM}
    for case, ending, told in both_ways(sample, SEED, workers=WORKERS):
        assert same.get(case.ending, case.ending) == ending, (case, told)
        assert set(case.told) <= set(told)
