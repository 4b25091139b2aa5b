"""The built site: its pages, each read once, and the same site served as a host would."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from lxml import html

SITE = Path(os.environ.get("IP4KB_SITE", Path(__file__).parents[2] / "docs" / "_build" / "html")).resolve()


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
        links={str(link) for link in tree.xpath("//a/@href | //area/@href")},
        assets={str(link) for link in tree.xpath(f"{_ASSETS} | {_LINKED_ASSETS}")},
        styles=[*tree.xpath("//@style"), *(style.text or "" for style in tree.iter("style"))],
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


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Where the site is served on this machine, on a free port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *args: _Handler(*args, directory=str(SITE)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
