"""Damaged files end as they should, one by one; the same at length is a part of `nox -s deep`."""

from __future__ import annotations

import contextlib
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

import endings
import pytest
import stuck
from endings import (
    AT_LOAD,
    BY_CHECK,
    BY_CHECKSUM,
    BY_FORM,
    CRASHED,
    UNSEEN,
    KilledError,
    bundled_files,
    cases,
    each,
    ending_of,
    sound,
    whole_way,
)
from mutations import KINDS, Damage, draw

from ip4kb import Kind
from ip4kb.curation.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.heavy

SEED = 4
COUNT = 500
JAPAN = "partner/japan.json"


def damaged(file: str, was: str, now: str) -> Damage:
    raw = bundled_files()[file]
    assert was.encode() in raw
    return Damage(0, "by hand", file, raw.replace(was.encode(), now.encode(), 1))


def test_no_damage_crashes_hangs_or_passes_unseen() -> None:
    found = [*cases(range(COUNT), SEED, workers=2)]
    assert [case for case in found if case.ending in {CRASHED, UNSEEN}] == []
    assert len(found) == COUNT
    assert {case.damage.kind for case in found} == set(KINDS)
    assert min(Counter(case.ending for case in found)[ending] for ending in (AT_LOAD, BY_CHECK, BY_CHECKSUM)) > 0
    assert all(case.told for case in found if case.ending in {AT_LOAD, BY_CHECK})


@pytest.mark.parametrize(
    ("ask", "within"), [(stuck.spins, (0.3, 600)), (stuck.waits, (600, 0.3)), (stuck.is_killed, (600, 600))]
)
def test_a_case_that_never_ends_is_told_by_its_name(ask: Callable[[Damage], None], within: tuple[float, float]) -> None:
    damage = draw(7, SEED, bundled_files())
    with pytest.raises(KilledError) as caught:
        [*each(ask, [7], SEED, workers=1, within=within)]
    told = str(caught.value)
    assert told.startswith(f"case 7 of seed {SEED}: {damage.kind}, {damage.file}\n")
    assert (f" in {ask.__name__}\n" in told) is (ask is not stuck.is_killed)


@pytest.fixture
def folder(files: dict[str, Any], write: Callable[..., Path]) -> Path:
    """A small folder of records as the bundled one is: in canonical form, with checksums, and nothing to be told."""
    made = write(files | {"checksums.json": {}})
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        codes = [main(["--data", str(made), command]) for command in ("format", "check")]
    assert codes == [0, 0], printed.getvalue()
    return made


def test_nothing_passes_unseen_on_the_whole_way(folder: Path) -> None:
    raw = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}
    drawn = [draw(number, SEED, raw) for number in range(2 * len(KINDS))]
    assert {damage.kind for damage in drawn} == set(KINDS)
    found = {number: whole_way(damage, folder)[0] for number, damage in enumerate(drawn)}
    assert [drawn[number] for number, ending in found.items() if ending == UNSEEN] == []
    assert set(found.values()) >= {BY_CHECK, BY_CHECKSUM}
    for file in (JAPAN, "people.json"):
        assert whole_way(Damage(0, "none", file, raw[file]), folder) == (UNSEEN, ())


def test_what_passes_unseen_on_the_whole_way_would_be_told(folder: Path) -> None:
    raw = (folder / JAPAN).read_bytes().replace(b'"Tokyo"', b'"Kyoto"')
    assert whole_way(Damage(0, "by hand", JAPAN, raw), folder)[0] == BY_CHECKSUM
    (folder / JAPAN).write_bytes(raw)
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["--data", str(folder), "format"]) == 0
    assert whole_way(Damage(0, "by hand", JAPAN, raw), folder)[0] == UNSEEN


def test_the_same_number_draws_the_same_damage() -> None:
    drawn = [[draw(number, seed, bundled_files()) for number in range(26)] for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert all(damage.raw != bundled_files()[damage.file] for damage in drawn[0])


@pytest.mark.parametrize(
    ("file", "was", "now", "ending"),
    [
        (JAPAN, '"name"', '"nmae"', AT_LOAD),
        (JAPAN, "{", "", AT_LOAD),
        (JAPAN, '{\n  "id"', '{ "id"', BY_FORM),
        ("summit/the-hague-2025.json", '"country": "netherlands"', '"country": "nederland"', BY_CHECK),
        (JAPAN, '"capital": "Tokyo"', '"capital": "Kyoto"', BY_CHECKSUM),
        ("people.json", "{", "[", AT_LOAD),
        ("verified.json", '"digest": "sha256:', '"digest": "sha256:0', BY_CHECK),
        ("uncited.json", '"reason": "', '"reason": "so: ', BY_CHECKSUM),
        ("checksums.json", '"partner/japan.json": "', '"partner/japan.json": "0', BY_CHECKSUM),
    ],
)
def test_damage_by_hand_ends_as_told(file: str, was: str, now: str, ending: str) -> None:
    assert ending_of(damaged(file, was, now)).ending == ending


def test_a_place_that_another_record_names_is_missed_by_it() -> None:
    about = {place: other.id for other in sound().collection(Kind.DISAGREEMENT) for place in other.about}
    place = next(place for place in about if "#developments." in place)
    record, key = place.split("#developments.")
    key = key.partition(".")[0]
    case = ending_of(damaged(f"{sound().kind_of(record)}/{record}.json", f'"key": "{key}"', f'"key": "{key}-x"'))
    assert case.ending == BY_CHECK
    assert any(sentence.startswith(f"disagreement/{about[place]}.json: ") for sentence in case.told)


def test_damage_that_nothing_finds_or_that_crashes_would_be_told(monkeypatch: pytest.MonkeyPatch) -> None:
    capital = damaged(JAPAN, '"capital": "Tokyo"', '"capital": "Kyoto"')

    stated = json.loads(bundled_files()["checksums.json"])[JAPAN]
    monkeypatch.setattr(endings, "checksum", lambda _value: stated)
    assert ending_of(capital).ending == UNSEEN

    def broken(_value: object) -> str:
        raise RecursionError

    monkeypatch.setattr(endings, "checksum", broken)
    assert ending_of(capital).ending == CRASHED
