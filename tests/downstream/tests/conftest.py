from collections.abc import Callable
from functools import cache
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import pytest
from ip4kb import KnowledgeBase

from ip4brief import briefing, opened

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Reader(HTMLParser):
    """Reads a page strictly into a tree: every element is closed, in the order in which it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = Element("page")
        self._open = [self.root]
        self.feed(text)
        self.close()
        assert self._open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names)
        made = SubElement(self._open[-1], tag, {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + data
        else:
            parent.text = (parent.text or "") + data


@pytest.fixture(scope="session")
def read() -> Callable[[str], Element]:
    """Read a page into a tree."""
    return lambda text: Reader(text).root


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The record with the desk's own records."""
    return opened()


@pytest.fixture(scope="session")
def page(kb: KnowledgeBase) -> Callable[[str], Element]:
    """The briefing on a partner, made once."""

    @cache
    def maker(partner: str) -> Element:
        return Reader(briefing(kb, kb.partners[partner])).root

    return maker
