"""What was measured of speed and growth: a directive that shows it from the results, as tables and a picture."""

from __future__ import annotations

import functools
import json
import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import altair as alt
import measured
from docutils import nodes
from goals import targets
from sphinx.util.docutils import SphinxDirective

import ip4kb

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

BENCH: Final = Path(__file__).parents[2] / "tests" / "bench"
RESULTS: Final = BENCH / "results.json"
BEFORE: Final = BENCH / "before.json"

OF_RESULTS: Final[dict[str, Callable[[measured.Results], measured.Table]]] = {
    "machine": measured.machine,
    "targets": targets,
    "starts": measured.starts,
    "questions": measured.questions,
    "peers": measured.peers,
    "growth": measured.growth,
    "firsts": measured.firsts,
    "asked": measured.asked,
}
OF_BEFORE: Final[dict[str, Callable[[measured.Results], measured.Table]]] = {
    "before": measured.before,
    "then": measured.then,
}


def shown(name: str) -> measured.Table:
    """The table of this name.

    Raises:
        KeyError: If there is none.
    """
    path, tables = (BEFORE, OF_BEFORE) if name in OF_BEFORE else (RESULTS, OF_RESULTS)
    return tables[name](json.loads(path.read_text("utf-8")))


# Colours that differ for those who see few (Okabe and Ito 2008), each with two signs.
_COLOURS: Final = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#000000"] * 2
_SHAPES: Final = ["circle"] * 6 + ["triangle-up"] * 6


def curve(results: measured.Results) -> str:
    """How long each question takes at each size, as SVG with its words."""
    sizes = results["growth"]
    names = [*sizes[0]["speed"][0]]
    points = [
        {
            "records": size["records"],
            "seconds": statistics.median(measured.seconds_of(size, name)),
            "question": name,
        }
        for size in sizes
        for name in names
    ]
    ends = [
        f"{name} from {measured.duration(statistics.median(measured.seconds_of(sizes[0], name)))}"
        f" to {measured.duration(statistics.median(measured.seconds_of(sizes[-1], name)))}"
        for name in names
    ]
    described = f"From {sizes[0]['records']:,} to {sizes[-1]['records']:,} records: {'; '.join(ends)}."
    chart = (
        alt.Chart(alt.InlineData(points), title="Time for each question, by the number of records")
        .mark_line(point=True)
        .encode(
            x=alt.X("records:Q", title="records", scale=alt.Scale(type="log")),
            y=alt.Y("seconds:Q", title="seconds", scale=alt.Scale(type="log")),
            color=alt.Color("question:N", title=None, scale=alt.Scale(domain=names, range=_COLOURS)),
            shape=alt.Shape("question:N", title=None, scale=alt.Scale(domain=names, range=_SHAPES)),
        )
        .properties(width=420, height=360, description=described, background="white")
    )
    return ip4kb.plot.svg(chart)


@functools.cache
def picture() -> str:
    """The curve of the results that are kept, drawn once."""
    return curve(json.loads(RESULTS.read_text("utf-8")))


def _draw(_app: Sphinx) -> None:
    """Draw before pages are read in processes of their own, for what draws does not outlive a fork."""
    picture()


class Measurements(SphinxDirective):
    """A table or the curve of what was measured, named by what it shows."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make it."""
        self.env.note_dependency(str(RESULTS))
        self.env.note_dependency(str(BEFORE))
        if self.arguments[0] == "curve":
            drawn = nodes.raw("", picture(), format="html")
            return [nodes.compound("", drawn, classes=["pst-scrollable-table-container"])]
        if self.arguments[0] not in OF_RESULTS | OF_BEFORE:
            msg = f"there are no measurements of {self.arguments[0]!r}"
            raise self.error(msg)
        return [_table(shown(self.arguments[0]))]


def _table(told: measured.Table) -> nodes.table:
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
    app.connect("builder-inited", _draw)
    return {"parallel_read_safe": True}
