"""HTML as a tree of elements, so that no text of the record can become markup."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import TypeAlias
from xml.etree.ElementTree import Element, tostring

from ip4kb import PartialDate, Unknown

Content: TypeAlias = "str | Element | Iterable[Content] | None"
"""What stands in an element: text, elements, several of them, or nothing."""


def element(tag: str, *content: Content, **attributes: str) -> Element:
    """An element; `class_` is the attribute `class`, `aria_label` is `aria-label`."""
    made = Element(tag, {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()})
    for part in _flat(content):
        if isinstance(part, Element):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def _flat(content: Content) -> Iterator[str | Element]:
    if isinstance(content, str | Element):
        yield content
    elif content is not None:
        for part in content:
            yield from _flat(part)


def document(root: Element) -> str:
    """The whole page as text."""
    return f"<!doctype html>\n{tostring(root, encoding='unicode', method='html')}\n"


def section(id: str, heading: str, *content: Content) -> Element:
    """A section of the page, named by its heading."""
    return element("section", element("h2", heading, id=id), *content, aria_labelledby=id)


def table(caption: str, headings: Sequence[Content], rows: Iterable[Sequence[Content]], **attributes: str) -> Element:
    """A table; the first cell of each row is its heading."""
    head = element("tr", [element("th", heading, scope="col") for heading in headings])
    body = [
        element("tr", element("th", first, scope="row"), [element("td", cell) for cell in rest])
        for first, *rest in rows
    ]
    made = element("table", element("caption", caption), element("thead", head), element("tbody", body), **attributes)
    return element("div", made, class_="wide")


def joined(parts: Iterable[Content], separator: str) -> list[Content]:
    """Parts with a separator between them."""
    found: list[Content] = []
    for part in parts:
        found += [separator, part] if found else [part]
    return found


def unknown(told: str = Unknown.UNKNOWN.value) -> Element:
    """What no source here says; it is never left blank."""
    return element("em", told, class_="unknown")


def words(value: StrEnum) -> Content:
    """A word of a vocabulary as it is read."""
    return unknown() if isinstance(value, Unknown) else value.value.replace("-", " ")


def day(date: PartialDate | None) -> Element:
    """A date as exact as it is known: 25 June 2025, June 2025, 2025."""
    if date is None:
        return unknown("date unknown")
    parts = [str(date.day) if date.day else "", calendar.month_name[date.month] if date.month else "", str(date.year)]
    return element("time", " ".join(filter(None, parts)), datetime=str(date))
