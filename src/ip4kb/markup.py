"""HTML for notebooks and pages: all text escaped, no script, no asset from elsewhere, readable in light and dark."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

STYLE: Final = (
    "<style>"
    ".ip4kb{color:inherit;font-size:.9em;line-height:1.4;max-width:100%;overflow-x:auto}"
    ".ip4kb table{border-collapse:collapse;width:100%;background:transparent}"
    ".ip4kb caption{caption-side:top;text-align:left;font-weight:bold;padding:.3em 0;color:inherit}"
    ".ip4kb th,.ip4kb td{text-align:left;vertical-align:top;padding:.3em .6em;"
    "border-bottom:1px solid rgba(128,128,128,.4);white-space:normal;overflow-wrap:break-word}"
    ".ip4kb thead th{border-bottom:2px solid rgba(128,128,128,.8)}"
    ".ip4kb tbody th{font-weight:600}"
    ".ip4kb sup{white-space:nowrap}"
    ".ip4kb a{color:inherit;text-decoration:underline}"
    ".ip4kb mark{background:none;color:inherit;font-weight:bold;text-decoration:underline}"
    ".ip4kb em{font-style:italic}"
    ".ip4kb ol{margin:.4em 0;padding-left:2em;font-size:.9em}"
    ".ip4kb p{margin:.3em 0}"
    "</style>"
)


def text(value: str) -> str:
    """Text, escaped."""
    return escape(value)


def link(address: str | None, label: str, title: str | None = None) -> str:
    """A link where the address is one of the web, else the label alone; label and title are plain text."""
    told = f' title="{escape(title)}"' if title else ""
    if address is None or not address.startswith(("http://", "https://")):
        return f"<span{told}>{escape(label)}</span>" if told else escape(label)
    return f'<a href="{escape(address)}"{told} rel="noreferrer">{escape(label)}</a>'


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already; the first of each row is its heading."""
    head = "".join(f'<th scope="col">{escape(heading)}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def block(*parts: str) -> str:
    """Parts that are HTML already, with the style that belongs to them."""
    return f'<div class="ip4kb">{STYLE}{"".join(parts)}</div>'
