"""Harm in every free text, opened in Chromium: answers, records, pictures, a Sphinx site and Datasette stay inert.

Run by `nox -s deep`, which fails without Chromium. What BibTeX or biber make of the bibliographies is not tried.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
import vl_convert
from playwright.sync_api import Browser, Dialog, Request, sync_playwright

import ip4kb
from ip4kb import Kind, KnowledgeBase, plot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = Path(ip4kb.__file__).parent
COMMANDS = ("chromium", "chromium-browser", "google-chrome")

MADE = """() => ({
    scripts: [...document.querySelectorAll("script")].filter(each => /alert|harm/.test(each.textContent) &&
        !/json/.test(each.type)).length,
    handlers: [...document.querySelectorAll("*")].flatMap(each => [...each.attributes])
        .filter(each => /^on/i.test(each.name)).map(each => each.name),
    addresses: [...document.querySelectorAll("[href], [src], [action], [data]")]
        .flatMap(each => ["href", "src", "action", "data"].map(name => each.getAttribute(name)))
        .filter(each => each && /^\\s*(javascript|data:text|vbscript)/i.test(each)),
    text: document.body.innerText + document.documentElement.textContent,
})"""


@pytest.fixture(scope="module")
def browser(missing: Callable[[str], NoReturn]) -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    command = next(filter(None, map(shutil.which, COMMANDS)), None)
    if command is None:
        missing(f"none of {', '.join(COMMANDS)} is on this machine")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=command, args=flags)
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[[Path], str]]:
    """The text of a page; that it said nothing by itself, asked for nothing elsewhere and ran nothing is seen to."""
    context = browser.new_context()
    page, acted = context.new_page(), list[str]()

    def answer(dialog: Dialog) -> None:
        acted.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", answer)
    # Datasette's own editor does not stand beside its saved pages.
    page.on("pageerror", lambda error: acted.append(f"error {error}") if "CodeMirror" not in str(error) else None)
    page.on("popup", lambda other: acted.append(f"window {other.url}"))

    def see(request: Request) -> None:
        if not request.url.startswith("file:") or request.url.endswith("/x"):
            acted.append(f"request {request.url}")

    page.on("request", see)

    def opener(path: Path) -> str:
        page.goto(path.as_uri())
        for element in page.query_selector_all("td, li, svg text, svg path, summary")[:200]:
            element.dispatch_event("mouseover")
            element.dispatch_event("mousemove")
        page.wait_for_timeout(100)
        made: Any = page.evaluate(MADE)
        assert acted == []
        assert (made["scripts"], made["handlers"], made["addresses"]) == (0, [], [])
        text: str = made["text"]
        return text

    yield opener
    context.close()


def pictures(kb: KnowledgeBase) -> list[Any]:
    """A picture of each sort that the harmful records have something for."""
    charts: list[Any] = [plot.attendance(kb.attendance()), plot.timeline(kb.timeline())]
    return [*charts, plot.wording(kb.compare(*kb.declarations.ids)), plot.literature(kb.literature())]


def test_answers_records_and_pictures(
    harmful: KnowledgeBase, harms: tuple[str, ...], opened: Callable[[Path], str], tmp_path: Path
) -> None:
    kb = harmful
    answers: list[Any] = [kb.attendance(), kb.timeline(), kb.claims_about("nato"), kb.disagreements_about()]
    answers += [kb.literature(), kb.coverage(), kb.compare(*kb.declarations.ids), kb.search("alert")]
    answers += [record for kind in Kind for record in getattr(kb, kind.collection)]
    answers += [kb.show(record.id) for kind in Kind for record in getattr(kb, kind.collection)]
    charts = pictures(kb)
    shown = [answer._repr_html_() for answer in answers] + [plot.svg(chart) for chart in charts]
    page = tmp_path / "page.html"
    page.write_text(f"<!doctype html><meta charset='utf-8'><body>{''.join(shown)}</body>", "utf-8")
    text = opened(page)
    assert [harm for harm in harms if harm not in text] == []
    for number, chart in enumerate(charts):
        picture = tmp_path / f"{number}.svg"
        picture.write_text(plot.svg(chart), "utf-8")
        frame = tmp_path / f"{number}.html"
        frame.write_text(f"<!doctype html><body>{number}<object data='{number}.svg'></object></body>", "utf-8")
        opened(frame)


DRAWN = """<!doctype html><meta charset="utf-8"><script src="vega.js"></script><body><div id="drawn"></div>
<script id="chart" type="application/json">{}</script>
<script>
vegaEmbed("#drawn", JSON.parse(document.getElementById("chart").textContent), {{renderer: "svg", actions: false}})
.then(drawn => drawn.view.runAsync()).then(() => document.body.append("all is " + "drawn"))
</script>
"""


def test_pictures_drawn_by_vega_itself(harmful: KnowledgeBase, opened: Callable[[Path], str], tmp_path: Path) -> None:
    vega: Any = vl_convert  # whose types ask for a snippet that may be left out
    (tmp_path / "vega.js").write_text(vega.javascript_bundle(), "utf-8")
    for number, chart in enumerate(pictures(harmful)):
        page = tmp_path / f"{number}.html"
        page.write_text(DRAWN.format(chart.to_json()), "utf-8")
        assert "all is drawn" in opened(page)


CONF = """
import pickle, sys
import ip4kb, ip4kb.store
library = pickle.loads(open({library!r}, "rb").read())
ip4kb.store.bundled = lambda: library
ip4kb.preload = lambda: None
sys.path.insert(0, {pages!r})
from record_pages import pictures
pictures.draw = lambda folder: None
extensions = ["ip4kb.sphinxext", "record_pages"]
html_theme = "basic"
html_baseurl = "https://ip4kb.readthedocs.io/"
"""
INDEX = """
Harm
====

:ip4kb:summit:`summit-2025` :ip4kb:initiative:`office` :ip4kb:cite:`summit-2025#participations.japan`
:ip4kb:cite:`report-2025`

.. ip4kb:attendance:: summit-2025

.. ip4kb:timeline:: nato

.. ip4kb:bibliography::
"""


def test_a_sphinx_site_with_a_page_for_each_record(
    harmful: KnowledgeBase, opened: Callable[[Path], str], tmp_path: Path
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    library = tmp_path / "library.pickle"
    library.write_bytes(pickle.dumps(harmful._library))
    (source / "conf.py").write_text(CONF.format(library=str(library), pages=str(ROOT / "docs" / "_ext")), "utf-8")
    (source / "index.rst").write_text(INDEX, "utf-8")
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", str(source), str(tmp_path / "site")]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONPATH": str(PACKAGE.parent)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    pages = [tmp_path / "site" / "index.html", *(tmp_path / "site" / "record").rglob("*.html")]
    named = {page.stem for page in pages}
    for kind in (Kind.SUMMIT, Kind.MEETING, Kind.DECLARATION, Kind.INITIATIVE, Kind.PARTNER, Kind.SOURCE):
        assert set(getattr(harmful, kind.collection).ids) <= named
    told = {page.stem: opened(page) for page in pages}
    assert harmful.summits["summit-2025"].name in told["summit-2025"]
    assert harmful.sources["report-2025"].title in told["report-2025"]


def test_datasette(harmful: KnowledgeBase, opened: Callable[[Path], str], tmp_path: Path) -> None:
    from datasette.app import Datasette

    harmful.export("sqlite", tmp_path / "records.sqlite")

    async def pages() -> dict[str, str]:
        site = Datasette([str(tmp_path / "records.sqlite")], settings={"num_sql_threads": 1})
        paths = ["", "/summit", "/source", "/told?_search=alert", "/attendance", "/evidence", "/summit/summit-2025"]
        return {path: (await site.client.get(f"/records{path}")).text for path in paths}

    with ThreadPoolExecutor(1) as beside:  # the browser's own loop runs in this thread
        read = beside.submit(lambda: asyncio.run(pages())).result()
    for number, (path, html) in enumerate(read.items()):
        page = tmp_path / f"{number}.html"
        page.write_text(html, "utf-8")
        text = opened(page)
        if path == "/summit/summit-2025":
            assert harmful.summits["summit-2025"].name in text
