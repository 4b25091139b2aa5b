"""The pictures of the library, as files beside the pages."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from docutils import nodes

import ip4kb

if TYPE_CHECKING:
    from pathlib import Path

    from ip4kb.plot import Chart

FOLDER = "pictures"


@functools.cache
def _charts() -> dict[str, Chart]:
    of_all = {
        "attendance": ip4kb.plot.attendance(ip4kb.attendance()),
        "literature": ip4kb.plot.literature(ip4kb.literature()),
    }
    return of_all | {
        f"timeline-{partner}": ip4kb.plot.timeline(ip4kb.timeline(partner)) for partner in ip4kb.partners.ids
    }


def draw(folder: Path) -> None:
    """Write each picture as SVG into a folder."""
    folder.mkdir(parents=True)
    for name, chart in _charts().items():
        (folder / f"{name}.svg").write_text(ip4kb.plot.svg(chart), "utf-8")


def picture(name: str) -> nodes.compound:
    """A picture, with its description for those who do not see it, in a box that scrolls on narrow screens."""
    where = f"/record/{FOLDER}/{name}.svg"
    image = nodes.image(uri=where, alt=_charts()[name].description, classes=["ip4kb-picture"])
    return nodes.compound("", image, classes=["pst-scrollable-table-container"])
