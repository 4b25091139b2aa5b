"""The built site: its pages, each read once; the same site served as a host would; and a browser."""

from __future__ import annotations

import math
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from threading import Thread
from typing import Any

import pytest
from lxml import html
from playwright.sync_api import Browser, BrowserContext, sync_playwright

SITE = Path(os.environ.get("IP4KB_SITE", Path(__file__).parents[2] / "docs" / "_build" / "html")).resolve()

MODEST_BYTES = 80_000
"""What a page weighs on which slow checks take seconds and not minutes."""


@dataclass
class Page:
    """What the tests ask of a page."""

    size: int
    title: str
    headings: int
    ids: list[str]
    links: set[str] = field(default_factory=set)
    assets: set[str] = field(default_factory=set)
    styles: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


_ASSETS = "//script/@src | //img/@src | //source/@src | //iframe/@src | //object/@data | //embed/@src"
_LINKED_ASSETS = "//link[not(@rel='canonical' or @rel='index' or @rel='search' or @rel='next' or @rel='prev')]/@href"


def _read(path: Path) -> Page:
    content = path.read_bytes()
    tree: Any = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8"))
    return Page(
        size=len(content),
        title=(tree.findtext(".//title") or "").strip(),
        headings=len(tree.findall(".//h1")),
        ids=tree.xpath("//@id"),
        links={str(link) for link in tree.xpath("//a/@href | //area/@href | //form/@action")},
        assets={str(link) for link in tree.xpath(f"{_ASSETS} | {_LINKED_ASSETS}")},
        styles=[*tree.xpath("//@style"), *(style.text or "" for style in tree.iter("style"))],
        pictures=[picture.get("alt", "") for picture in tree.iter("img")],
    )


@cache
def all_pages() -> dict[str, Page]:
    """Every page of the site by its path."""
    if not (SITE / "index.html").is_file():
        message = f"There is no site in {SITE}: build it with `nox -s docs`, or name its folder in IP4KB_SITE."
        raise pytest.UsageError(message)
    paths = (path for path in SITE.rglob("*.html") if path.relative_to(SITE).parts[0] != "_static")
    return {path.relative_to(SITE).as_posix(): _read(path) for path in sorted(paths)}


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder that holds the site."""
    return SITE


@pytest.fixture(scope="session")
def pages() -> dict[str, Page]:
    """Every page of the site by its path."""
    return all_pages()


def kind_of(path: str) -> str:
    """The kind of a page: its folder; apart from it the lists of a folder's pages, and each page at the top."""
    page = PurePosixPath(path)
    if page.parent == PurePosixPath():
        return page.stem
    return f"{page.parts[0]} list" if page.stem == "index" else str(page.parent)


def _of_every_kind(most: float = math.inf) -> list[str]:
    """The heaviest page of each kind up to so many bytes; where all weigh more, the lightest."""
    sizes = {path: page.size for path, page in all_pages().items()}
    last_is_best = sorted(
        sizes, key=lambda path: (sizes[path] <= most, sizes[path] * (1 if sizes[path] <= most else -1))
    )
    return sorted({kind_of(path): path for path in last_is_best}.values())


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give each test that asks for a page of every kind one of each: the heaviest, or one of modest weight."""
    if "page_of_a_kind" in metafunc.fixturenames:
        metafunc.parametrize("page_of_a_kind", _of_every_kind())
    if "modest_page_of_a_kind" in metafunc.fixturenames:
        metafunc.parametrize("modest_page_of_a_kind", _of_every_kind(MODEST_BYTES))


class _Handler(SimpleHTTPRequestHandler):
    """Answers as a host does: what is not there with the page 404.html; and writes no log."""

    protocol_version = "HTTP/1.1"

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = SITE / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Takes it calmly when a page is left while it loads."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the site is served on this machine, on a free port."""
    server = _Server(("127.0.0.1", 0), lambda *args: _Handler(*args, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


_COMMANDS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine, without a window."""
    command = next(filter(None, map(shutil.which, _COMMANDS)), None)
    if command is None:
        pytest.fail(f"There is no browser on this machine: install one of {', '.join(_COMMANDS)}.")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=command, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def wide(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window as wide as a desk's."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture(scope="session")
def narrow(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window as narrow as a small telephone's."""
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    yield context
    context.close()


@pytest.fixture(scope="session")
def without_scripts(browser: Browser, address: str) -> Iterator[BrowserContext]:
    """A window whose reader has turned scripts off."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield context
    context.close()
