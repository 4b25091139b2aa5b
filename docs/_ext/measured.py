"""Tables of what was measured of speed and growth, worked out from every single measurement."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BARE: Final = "a bare interpreter"
CATTRS: Final = "import cattrs"
JSON: Final = "json.loads of all records"
FIRST: Final = "the first record"
STARTED: Final = f"{FIRST}, in a new process"
COMPARED: Final = {BARE: f"× {BARE}", CATTRS: f"× {CATTRS}, net", JSON: f"× {JSON}, net"}
CLOCKS: Final = {"cpu": "of the processor", "wall": "by the clock"}
_UNITS: Final = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
_FEW: Final = 10

Results = dict[str, Any]


class Table(NamedTuple):
    """Heads of columns, and rows of cells; the first of each row says what was measured."""

    heads: list[str]
    rows: list[list[str]]


def digits(value: float) -> str:
    """A number with two digits, or as many as its whole part has."""
    if abs(value) >= _FEW:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 1 else f"{value:.2g}"


def duration(seconds: float) -> str:
    """Seconds in the unit that suits them."""
    unit = next((unit for unit, size in _UNITS.items() if abs(seconds) >= size), "ns")
    return f"{digits(seconds / _UNITS[unit])} {unit}"


def spread(values: Sequence[float], shown: Callable[[float], str]) -> str:
    """The median, and the first and third quartile in brackets."""
    if len(values) == 1:
        return shown(values[0])
    first, median, third = statistics.quantiles(values, n=4, method="inclusive")
    return f"{shown(median)} ({shown(first)} to {shown(third)})"


def _ratios(results: Results, seconds: list[float], base: str, *, net: bool) -> list[float]:
    """How much longer it took than the base: round by round, where it is a program, net of a bare interpreter."""
    starts = results["starts"]
    if not net:
        other = statistics.median(starts[base]) - (0 if base == BARE else statistics.median(starts[BARE]))
        return [one / other for one in seconds]
    if base == BARE:
        return [one / other for one, other in zip(seconds, starts[BARE], strict=True)]
    rounds = zip(seconds, starts[base], starts[BARE], strict=True)
    return [(one - bare) / (other - bare) for one, other, bare in rounds]


def ratio(value: float) -> str:
    """How many times as much; nothing and less is told as 0."""
    return "0" if value <= 0 else digits(value)


def _told(results: Results, name: str, seconds: list[float], *, net: bool) -> list[str]:
    """A row: what it is, how long it took, and how that compares."""
    compared = [spread(_ratios(results, seconds, base, net=net), ratio) for base in COMPARED]
    return [name, spread(seconds, duration), *compared]


def starts(results: Results) -> Table:
    """Programs, from the start of a process to its end."""
    peers = results["asked"].keys() - {"ip4kb"}
    labels = {name: f"{name}: {FIRST}" if name in peers else name for name in results["starts"]}
    rows = [_told(results, labels[name], seconds, net=True) for name, seconds in results["starts"].items()]
    return Table(["program", "median (quartiles)", *COMPARED.values()], rows)


def questions(results: Results) -> Table:
    """Questions to ip4kb within a process that has asked them before."""
    rows = [_told(results, name, seconds, net=False) for name, seconds in results["questions"]["ip4kb"].items()]
    return Table(["question", "median (quartiles)", *COMPARED.values()], rows)


def peers(results: Results) -> Table:
    """What each library needs for the same kind of work, and how many times as long as ip4kb that is."""
    libraries = results["questions"]
    programs = {library: FIRST if library == "ip4kb" else library for library in libraries}
    measured = {STARTED: {library: results["starts"][program] for library, program in programs.items()}}
    for question in libraries["ip4kb"]:
        asked = {library: seconds[question] for library, seconds in libraries.items() if question in seconds}
        if len(asked) > 1:
            measured[question] = asked
    rows = [
        [
            work,
            f"{library} {results['versions'][library]}",
            spread(seconds, duration),
            spread([one / own for one, own in zip(seconds, asked["ip4kb"], strict=True)], ratio),
        ]
        for work, asked in measured.items()
        for library, seconds in asked.items()
    ]
    return Table(["work", "library", "median (quartiles)", "× ip4kb"], rows)


def asked(results: Results) -> Table:
    """What was asked, in code."""
    rows = [["", name, code] for name, code in results["programs"].items() if name not in results["asked"]]
    for library, codes in results["asked"].items():
        programs = [] if library == "ip4kb" else [[library, FIRST, results["programs"][library]]]
        rows += [*programs, *([library, question, code] for question, code in codes.items())]
    return Table(["library", "question", "code"], rows)


def growth(results: Results) -> Table:
    """How what is needed grows with the record."""
    sizes = results["growth"]
    rows = [
        ["records", *(f"{size['records']:,}" for size in sizes)],
        ["bytes of the files", *(f"{size['bytes']:,}" for size in sizes)],
        ["bytes kept in memory, × those", *(digits(size["memory"]["kept"] / size["bytes"]) for size in sizes)],
        ["bytes of a process at most, × those", *(digits(size["memory"]["peak"] / size["bytes"]) for size in sizes)],
    ]
    rows += [
        [_label(sizes, name), *(spread(seconds_of(size, name), duration) for size in sizes)]
        for name in sizes[0]["speed"][0]
    ]
    return Table(["measured", *(f"{size['times']} ×" for size in sizes)], rows)


def firsts(results: Results) -> Table:
    """How long each question takes when it is the first of its kind."""
    sizes = results["growth"]
    asked = [name for name, told in sizes[0]["speed"][0].items() if "first" in told]
    rows = [
        [name, *(spread([told[name]["first"] for told in size["speed"]], duration) for size in sizes)] for name in asked
    ]
    return Table(["asked for the first time", *(f"{size['times']} ×" for size in sizes)], rows)


def seconds_of(size: dict[str, Any], name: str) -> list[float]:
    """What a question takes at one size once it has been asked before, in each round."""
    return [told[name]["seconds"] for told in size["speed"]]


def _label(sizes: list[dict[str, Any]], name: str) -> str:
    rows = [size["speed"][0][name].get("rows") for size in sizes]
    return name if rows[0] is None else f"{name} (rows: {', '.join(f'{count:,}' for count in rows)})"


def machine(results: Results) -> Table:
    """When and on what it was measured."""
    told = {"date": results["date"], "form": results["form"], **results["machine"], **results["versions"]}
    return Table(["", ""], [[name, str(value)] for name, value in told.items()])


def then(earlier: Results) -> Table:
    """When and on what the states of the library were measured."""
    told = {"date": earlier["date"], "turns": earlier["turns"], **earlier["machine"], **earlier["versions"]}
    return Table(["", ""], [[name, str(value)] for name, value in told.items()])


def before(earlier: Results) -> Table:
    """What earlier states of the library needed, beside a later one: counts, then seconds."""
    states = earlier["states"]
    rows = [[name, *(f"{state['counted'][name]:,}" for state in states)] for name in states[0]["counted"]]
    rows += [
        [f"{name}, {told}", *(_earlier(state["measured"].get(name), clock) for state in states)]
        for name in states[-1]["measured"]
        for clock, told in CLOCKS.items()
    ]
    return Table(["", *(f"{state['state']} ({state['commit']})" for state in states)], rows)


def _earlier(measured: dict[str, list[float]] | None, clock: str) -> str:
    return "not there yet" if measured is None else spread(measured[clock], duration)
