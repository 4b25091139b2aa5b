"""What a reader meets in a browser: ways through the site, search, tables, narrow screens, scripts turned off."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page


HEADER = {
    "Tutorial": "tutorial.html",
    "How-to": "how-to/index.html",
    "Questions": "notebooks/index.html",
    "The record": "record/index.html",
    "Reference": "reference/index.html",
    "Explanation": "explanation/index.html",
    "Contributing": "contributing/index.html",
    "Changelog": "changelog.html",
}


def test_the_header_leads_where_it_says(wide: BrowserContext, address: str) -> None:
    page = wide.new_page()
    page.goto("record/summit/the-hague-2025.html")
    navigation = page.get_by_role("banner").get_by_role("navigation")
    assert navigation.get_by_role("link").all_inner_texts() == list(HEADER)
    for title, path in HEADER.items():
        navigation.get_by_role("link", name=title, exact=True).click()
        assert page.url == address + path
    page.close()


def test_on_a_narrow_screen_the_menu_leads_there_too(narrow: BrowserContext, address: str) -> None:
    page = narrow.new_page()
    page.goto("record/summit/the-hague-2025.html")
    for title, path in HEADER.items():
        page.get_by_role("button", name="Site navigation").click()
        page.get_by_role("dialog").get_by_role("link", name=title, exact=True).click()
        assert page.url == address + path
    page.close()


def test_the_site_stays_dark_for_who_chose_it(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, color_scheme="light")
    page = context.new_page()
    page.goto("index.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    page.get_by_role("button", name="Color mode").click()
    page.get_by_role("button", name="Dark").click()
    page.goto("record/summit/the-hague-2025.html")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    context.close()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("The Hague 2025", "record/summit/the-hague-2025.html"),
        ("Republic of Korea", "record/partner/south-korea.html"),
        ("as_known_on", "reference/questions.html"),
    ],
)
def test_search_finds(words: str, found: str, wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto("index.html")
    page.get_by_role("button", name="Search").first.click()
    page.keyboard.type(words)
    page.keyboard.press("Enter")
    # Results come one by one, best first.
    results = page.locator("#search-results ul.search > li > a:first-child")
    expect(results.nth(2)).to_be_visible(timeout=30_000)
    first = results.evaluate_all("links => links.slice(0, 3).map(link => link.getAttribute('href'))")
    page.close()
    assert found in [link.partition("#")[0].partition("?")[0] for link in first]


def test_a_search_says_that_it_found_nothing(wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto("search.html")
    field = page.get_by_role("main").get_by_role("searchbox")
    field.fill("zyzzyva")
    field.press("Enter")
    expect(page.locator(".search-summary")).to_contain_text("did not match any documents")
    page.close()


def test_a_search_fetches_none_of_the_pages_that_it_finds(wide: BrowserContext, address: str) -> None:
    page = wide.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto("search.html?q=Japan")
    expect(page.locator(".search-summary")).to_contain_text("Search finished", timeout=30_000)
    page.close()
    assert [path for path in asked if path.startswith("record/")] == []


def test_a_page_asks_nothing_of_other_hosts_and_runs_without_errors(
    page_of_a_kind: str, wide: BrowserContext, address: str
) -> None:
    page = wide.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
    page.goto(page_of_a_kind, wait_until="networkidle")
    page.close()
    assert asked
    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert wrong == []


def test_a_page_is_no_wider_than_a_telephone(page_of_a_kind: str, narrow: BrowserContext) -> None:
    """Nothing that holds the main heading scrolls sideways: not the window, and not the article within it."""
    page = narrow.new_page()
    page.goto(page_of_a_kind)
    wider = page.locator("h1").evaluate("""heading => {
        const wider = [];
        for (let box = heading; box; box = box.parentElement)
            if (box.scrollWidth > box.clientWidth) wider.push([box.localName, box.className, box.scrollWidth]);
        return wider;
    }""")
    page.close()
    assert wider == []


def test_text_and_links_are_shown_without_scripts(
    page_of_a_kind: str, wide: BrowserContext, without_scripts: BrowserContext
) -> None:
    (words, links), (words_without, links_without) = (_told(page_of_a_kind, it) for it in (wide, without_scripts))
    assert links_without == links
    if page_of_a_kind == "search.html":
        assert "Please activate JavaScript" in " ".join(words_without)
    else:
        assert words_without == words


def _told(path: str, context: BrowserContext) -> tuple[list[str], list[str]]:
    """The words that a page's main part shows, wherever its lines break, and where the links lead that it shows."""
    page = context.new_page()
    page.goto(path)
    words = page.locator("main").inner_text().split()
    links = page.locator("a[href]:visible").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    page.close()
    return words, links


def test_a_table_sorts_by_a_column_and_back(wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto("record/summit/index.html")
    heading = page.get_by_role("columnheader", name="Start")
    given = _column(page, 2)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert _column(page, 2) == sorted(given)
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert _column(page, 2) == sorted(given, reverse=True) != sorted(given)
    page.close()


def test_a_table_sorts_by_the_keyboard(wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto("record/summit/index.html")
    page.get_by_role("columnheader", name="Summit").get_by_role("button").focus()
    page.keyboard.press("Enter")
    names = _column(page, 1)
    assert names == sorted(names)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.get_by_role("columnheader", name="Start")).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("columnheader", name="Summit")).not_to_have_attribute("aria-sort", re.compile(""))
    assert _column(page, 2) == sorted(_column(page, 2))
    page.close()


def test_numbers_are_sorted_as_numbers_and_what_is_empty_stays_below(wide: BrowserContext) -> None:
    page = wide.new_page()
    page.goto("record/summit/index.html")
    cells = page.locator("table.sortable tbody tr > :nth-child(3)")
    cells.evaluate_all("cells => cells.forEach((cell, n) => cell.textContent = ['9', '1,000', '', '10.5'][n] ?? '-1')")
    button = page.get_by_role("columnheader", name="Place").get_by_role("button")
    button.click()
    assert list(dict.fromkeys(_column(page, 3))) == ["-1", "9", "10.5", "1,000", ""]
    button.click()
    assert list(dict.fromkeys(_column(page, 3))) == ["1,000", "10.5", "9", "-1", ""]
    page.close()


def _column(page: Page, number: int) -> list[str]:
    return page.locator(f"table.sortable tbody tr > :nth-child({number})").all_inner_texts()


def test_an_address_where_nothing_stands_leads_back_from_any_depth(wide: BrowserContext, address: str) -> None:
    page = wide.new_page()
    for path in ("nothing.html", "record/summit/nothing.html"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404
        expect(page.get_by_role("banner")).to_have_css("position", "sticky")
        page.get_by_role("main").get_by_role("link", name="The record").click()
        assert page.url == f"{address}record/index.html"
    page.close()
