"""What a page says of its record in JSON-LD, in the terms of schema.org, for those who search the web."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ip4kb
from ip4kb.citing.address import SITE, address_of
from ip4kb.exports.json_ld import node_of
from ip4kb.sphinxext.parts import records

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils import nodes
    from sphinx.application import Sphinx

_PREFIX = "schema:"


def describe(
    _app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Put the description into the head of a record's page."""
    folder, _, id = pagename.rpartition("/")
    if records().kind_of(id) and folder == f"record/{records().kind_of(id)}":
        # Within a script no sign may look like the start of a tag.
        told = json.dumps(description(id), ensure_ascii=False).replace("<", "\\u003c")
        context["metatags"] += f'<script type="application/ld+json">{told}</script>'


def description(id: str) -> dict[str, Any]:
    """A record with its plain fields; its parts and citations stand on the page, and in the export as JSON-LD."""
    node = node_of(records(), ip4kb.find(id))
    types = [name.removeprefix(_PREFIX) for name in node["@type"] if name.startswith(_PREFIX)]
    plain = {name.removeprefix(_PREFIX): [*_plain(values)] for name, values in node.items() if name.startswith(_PREFIX)}
    return {
        "@context": "https://schema.org",
        "@id": address_of(records(), id),
        "@type": types or ["Thing"],
        **{name: values for name, values in plain.items() if values},
        "isPartOf": {"@type": "Dataset", "name": "ip4kb", "url": SITE, "version": ip4kb.data_version},
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def _plain(values: Any) -> Iterator[Any]:
    for value in values if isinstance(values, list) else []:
        if not isinstance(value, dict):
            yield value
        elif "@value" in value:
            yield value["@value"]
        elif value.keys() == {"@id"}:
            yield from _linked(value["@id"])


def _linked(address: str) -> Iterator[dict[str, str]]:
    """What has an address of its own here, by that of its page; countries and people have none."""
    id = address.removeprefix(f"{SITE}id/")
    if id == address:
        yield {"@id": address}
    elif records().kind_of(id):
        yield {"@id": address_of(records(), id)}
