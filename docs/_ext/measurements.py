"""What was measured of speed and growth: a directive that shows it from the results, as tables and a picture."""

from __future__ import annotations

import json
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import altair as alt
from docutils import nodes
from sphinx.util.docutils import SphinxDirective

import ip4kb

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sphinx.application import Sphinx

RESULTS: Final = Path(__file__).parents[2] / "tests" / "bench" / "results.json"
BARE: Final = "a bare interpreter"
CATTRS: Final = "import cattrs"
JSON: Final = "json.loads of all records"
FIRST: Final = "the first record"
COMPARED: Final = {BARE: f"× {BARE}", CATTRS: f"× {CATTRS}, net", JSON: f"× {JSON}, net"}
_UNITS: Final = {"s": 1.0, "ms": 1e-3, "µs": 1e-6, "ns": 1e-9}
_FEW: Final = 10

Results = dict[str, Any]


class Table(NamedTuple):
    """Heads of columns, and rows of cells; the first of each row says what was measured."""

    heads: list[str]
    rows: list[list[str]]


def digits(value: float) -> str:
    """A number with two digits, or as many as its whole part has."""
    if value >= _FEW:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 1 else f"{value:.2g}"


def duration(seconds: float) -> str:
    """Seconds in the unit that suits them."""
    unit = next((unit for unit, size in _UNITS.items() if seconds >= size), "ns")
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


def _times(value: float) -> str:
    return "0" if value <= 0 else digits(value)


def _told(results: Results, name: str, seconds: list[float], *, net: bool) -> list[str]:
    """A row: what it is, how long it took, and how that compares."""
    compared = [spread(_ratios(results, seconds, base, net=net), _times) for base in COMPARED]
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
    """What each library needs for the same kind of work."""
    shared = [name for name in results["questions"]["ip4kb"] if any(name in asked for asked in _others(results))]
    rows = []
    for library, asked in results["questions"].items():
        program = results["starts"][FIRST if library == "ip4kb" else library]
        cells = [spread(asked[name], duration) if name in asked else "not asked" for name in shared]
        rows.append([f"{library} {results['versions'][library]}", spread(program, duration), *cells])
    return Table(["library", f"{FIRST}, in a new process", *shared], rows)


def _others(results: Results) -> list[dict[str, Any]]:
    return [asked for library, asked in results["questions"].items() if library != "ip4kb"]


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
        [_label(sizes, name), *(spread(_seconds(size, name), duration) for size in sizes)]
        for name in sizes[0]["speed"][0]
    ]
    return Table(["measured", *(f"{size['times']} ×" for size in sizes)], rows)


def _seconds(size: dict[str, Any], name: str) -> list[float]:
    return [told[name]["seconds"] for told in size["speed"]]


def _label(sizes: list[dict[str, Any]], name: str) -> str:
    rows = [size["speed"][0][name].get("rows") for size in sizes]
    return name if rows[0] is None else f"{name} (rows: {', '.join(f'{count:,}' for count in rows)})"


def machine(results: Results) -> Table:
    """When and on what it was measured."""
    told = {"date": results["date"], "form": results["form"], **results["machine"], **results["versions"]}
    return Table(["", ""], [[name, str(value)] for name, value in told.items()])


SHOWN: Final[dict[str, Callable[[Results], Table]]] = {
    "starts": starts,
    "questions": questions,
    "peers": peers,
    "asked": asked,
    "growth": growth,
    "machine": machine,
}


def curve(results: Results) -> str:
    """How long each question takes at each size, as SVG with its words."""
    sizes = results["growth"]
    points = [
        {
            "records": size["records"],
            "seconds": statistics.median(_seconds(size, name)),
            "question": name,
        }
        for size in sizes
        for name in size["speed"][0]
    ]
    ends = [
        f"{name} from {duration(statistics.median(_seconds(sizes[0], name)))}"
        f" to {duration(statistics.median(_seconds(sizes[-1], name)))}"
        for name in sizes[0]["speed"][0]
    ]
    described = f"From {sizes[0]['records']:,} to {sizes[-1]['records']:,} records: {'; '.join(ends)}."
    chart = (
        alt.Chart(alt.InlineData(points), title="Time for each question, by the number of records")
        .mark_line(point=True)
        .encode(
            x=alt.X("records:Q", title="records", scale=alt.Scale(type="log")),
            y=alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log")),
            color=alt.Color("question:N", title=None, sort=list(sizes[0]["speed"][0])),
            shape=alt.Shape("question:N", title=None, sort=list(sizes[0]["speed"][0])),
        )
        .properties(width=420, height=360, description=described, background="white")
    )
    return ip4kb.plot.svg(chart)


class Measurements(SphinxDirective):
    """A table or the curve of what was measured, named by what it shows."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make it."""
        self.env.note_dependency(str(RESULTS))
        results = json.loads(RESULTS.read_text("utf-8"))
        if self.arguments[0] == "curve":
            picture = nodes.raw("", curve(results), format="html")
            return [nodes.compound("", picture, classes=["pst-scrollable-table-container"])]
        if self.arguments[0] not in SHOWN:
            msg = f"there are no measurements of {self.arguments[0]!r}"
            raise self.error(msg)
        return [_table(SHOWN[self.arguments[0]](results))]


def _table(told: Table) -> nodes.table:
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in told.heads))
    rows = [
        nodes.row(
            "",
            *(
                nodes.entry("", nodes.paragraph("", "", _cell(head, text)))
                for head, text in zip(told.heads, row, strict=True)
            ),
        )
        for row in told.rows
    ]
    group = nodes.tgroup(
        "",
        *(nodes.colspec(colwidth=1) for _ in told.heads),
        *([nodes.thead("", head)] if any(told.heads) else []),
        nodes.tbody("", *rows),
        cols=len(told.heads),
    )
    return nodes.table("", group)


def _cell(head: str, text: str) -> nodes.Node:
    return nodes.literal("", text) if head == "code" else nodes.Text(text)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive to Sphinx."""
    app.add_directive("measurements", Measurements)
    return {"parallel_read_safe": True}
