"""What holds for each page of the site as it was written, without a browser."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.site.conftest import Page

ADDRESS = "https://ip4kb.readthedocs.io/"
"""Where the site is hosted."""

MOST_BYTES = 300_000
"""What a page may weigh without its pictures."""

_ADDRESS_IN_CSS = re.compile(r"""(?:url\(|@import)\s*["']?([^"')\s]+)""")


def _target(page: str, link: str) -> tuple[str, str] | None:
    """The path and the anchor that a link leads to; nothing for a link that leaves the site."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = (
        posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path)))[1:]
        if parts.path
        else page
    )
    return path, unquote(parts.fragment)


def _is_elsewhere(asset: str) -> bool:
    parts = urlsplit(asset)
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def test_every_link_and_anchor_within_the_site_leads_somewhere(pages: dict[str, Page], site: Path) -> None:
    anchors = {path: set(page.ids) for path, page in pages.items()}
    followed = 0
    lost = []
    for path, page in pages.items():
        for link in page.links | page.assets:
            if (target := _target(path, link)) is None:
                continue
            followed += 1
            file, anchor = target
            if not (anchor in {"", *anchors[file]} if file in anchors else not anchor and (site / file).is_file()):
                lost.append(f"{path}: {link}")
    assert followed > len(pages)
    assert lost == [], "\n".join(lost)


def test_every_page_can_be_reached_from_the_first(pages: dict[str, Page]) -> None:
    reached, ahead = {"index.html"}, ["index.html"]
    while ahead:
        path = ahead.pop()
        targets = {target[0] for link in pages[path].links if (target := _target(path, link))}
        new = (targets & pages.keys()) - reached
        reached |= new
        ahead += new
    assert pages.keys() - reached == {"404.html"}


def test_every_picture_is_told_in_words(pages: dict[str, Page]) -> None:
    # Where nobody gave words, Sphinx puts the file's path.
    assert [path for path, page in pages.items() if any(not text or "_images/" in text for text in page.pictures)] == []


def test_no_page_is_heavy(pages: dict[str, Page]) -> None:
    assert {path: page.size for path, page in pages.items() if page.size > MOST_BYTES} == {}


def test_every_page_has_a_title_and_one_heading_of_the_first_rank(pages: dict[str, Page]) -> None:
    assert [path for path, page in pages.items() if not page.title or page.headings != 1] == []


def test_every_id_is_the_only_one_of_its_page(pages: dict[str, Page]) -> None:
    twice = {
        path: [id for id, count in Counter(page.ids).items() if count > 1]
        for path, page in pages.items()
        if len(page.ids) > len(set(page.ids))
    }
    assert twice == {}


def test_no_script_style_picture_or_font_comes_from_elsewhere(pages: dict[str, Page], site: Path) -> None:
    sheets = {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.css")}
    assert sheets
    asked = {path: {*page.assets, *_in_css(*page.styles)} for path, page in pages.items()}
    asked |= {path: _in_css(sheet) for path, sheet in sheets.items()}
    assert [(path, asset) for path, assets in asked.items() for asset in assets if _is_elsewhere(asset)] == []


def _in_css(*sheets: str) -> set[str]:
    return {address for sheet in sheets for address in _ADDRESS_IN_CSS.findall(sheet)}


def test_the_page_for_what_is_not_there_links_from_the_root(pages: dict[str, Page]) -> None:
    page = pages["404.html"]
    assert page.links | page.assets
    assert [link for link in page.links | page.assets if not link.startswith(("/", "#", "https://"))] == []


def test_the_sitemap_lists_each_page_once(pages: dict[str, Page], site: Path) -> None:
    listed = etree.parse(site / "sitemap.xml").findall("{*}url/{*}loc")
    answers = sorted(pages.keys() - {"404.html", "search.html"})
    assert sorted(place.text for place in listed) == [f"{ADDRESS}{path}" for path in answers]
