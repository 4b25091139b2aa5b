"""The rules of WCAG 2.2, levels A and AA, as far as axe-core can tell, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_CHECK = """rules => axe.run({runOnly: rules, resultTypes: ["violations"]}).then(found => [
    document.documentElement.dataset.theme,
    found.passes.map(rule => rule.id),
    found.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}: ${node.failureSummary}`)),
])"""


@pytest.fixture(scope="module", params=["light", "dark"])
def coloured(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[tuple[str, BrowserContext]]:
    """A window of a reader who likes it light or dark, and still: a colour that fades has no contrast to measure."""
    context = browser.new_context(base_url=address, color_scheme=request.param, reduced_motion="reduce")
    yield request.param, context
    context.close()


def test_axe_knows_the_rules_and_finds_what_breaks_them(coloured: tuple[str, BrowserContext]) -> None:
    theme, context = coloured
    page = context.new_page()
    page.goto("index.html")
    page.evaluate("document.querySelector('main h1').insertAdjacentHTML('afterend', '<img src=\"_static/file.png\">')")
    page.evaluate(AXE_SCRIPT)
    known = page.evaluate("rules => rules.filter(rule => axe.getRules([rule]).length)", RULES)
    shown, _, broken = page.evaluate(_CHECK, RULES)
    page.close()
    assert known == RULES
    assert shown == theme
    assert [rule.split(":")[0] for rule in broken] == ["image-alt"]


def test_a_page_breaks_no_rule(modest_page_of_a_kind: str, coloured: tuple[str, BrowserContext]) -> None:
    theme, context = coloured
    page = context.new_page()
    page.goto(modest_page_of_a_kind)
    page.evaluate(AXE_SCRIPT)
    shown, passed, broken = page.evaluate(_CHECK, RULES)
    page.close()
    assert shown == theme
    assert "color-contrast" in passed
    assert broken == []
