"""The record as pages, made from the data when the site is built.

For each record and theme a page is written that holds one directive, which Sphinx reads as any other page; so links,
search, inventory and checks of references work as everywhere. The files are not kept.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import ip4kb
from ip4kb.store import bundled
from record_pages import index, linked_data, pictures, record, source, theme, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

FOLDER = "record"


def setup(app: Sphinx) -> ExtensionMetadata:
    """Write the pages, and add the directives they consist of."""
    app.add_directive("record-page", record.RecordPage)
    app.add_directive("source-page", source.SourcePage)
    app.add_directive("theme-page", theme.ThemePage)
    app.add_directive("record-index", index.KindIndex)
    app.add_directive("record-overview", index.Overview)
    app.add_directive("timeline-page", timeline.TimelinePage)
    app.connect("builder-inited", write_pages)
    app.connect("html-page-context", linked_data.describe)
    return {"version": ip4kb.__version__, "parallel_read_safe": True, "parallel_write_safe": True}


def write_pages(app: Sphinx) -> None:
    """Write a file for each page, with its pictures, into the folder of the sources."""
    ip4kb.preload()
    folder = Path(app.srcdir, FOLDER)
    shutil.rmtree(folder, ignore_errors=True)
    for name, directive in _pages():
        path = folder / f"{name}.rst"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f":orphan:\n\n.. {directive}\n", "utf-8")
    pictures.draw(folder / pictures.FOLDER)


def _pages() -> Iterator[tuple[str, str]]:
    yield "index", "record-overview::"
    for kind in ip4kb.Kind:
        yield f"{kind}/index", f"record-index:: {kind}"
    for kind in record.KINDS:
        for id in bundled().collection(kind).ids:
            yield f"{kind}/{id}", f"record-page:: {id}"
    for id in ip4kb.sources.ids:
        yield f"source/{id}", f"source-page:: {id}"
    for year in index.YEARS:
        yield f"source/published/{year}", f"record-index:: source {year}"
    for partner in ip4kb.partners.ids:
        for number, _ in enumerate(timeline.timeline_pages(partner), start=1):
            yield f"timeline/{partner}-{number}", f"timeline-page:: {partner} {number}"
    yield "theme/index", "record-index:: theme"
    for name in theme.THEMES:
        yield f"theme/{name}", f"theme-page:: {name}"
