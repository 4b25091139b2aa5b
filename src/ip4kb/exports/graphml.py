"""Who meets whom and who signs what, as a graph in GraphML (http://graphml.graphdrawing.org/).

Nodes are countries, alliances, people, gatherings, documents and initiatives; each edge leads from who acts to that in
which they act. Only who took part has an edge to a gathering: no edge may mean absent or unknown.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

import attrs

from ip4kb.codec import to_json
from ip4kb.exports.metadata import Metadata, metadata_of
from ip4kb.model.gathering import Presence
from ip4kb.model.kind import Kind
from ip4kb.places import below
from ip4kb.queries.facts import Fact, facts_of
from ip4kb.queries.layers import layer_at
from ip4kb.queries.subjects import display_name
from ip4kb.records import Records, date_of

_NAMESPACE: Final = "http://graphml.graphdrawing.org/xmlns"
_RELATIONS: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.SUMMIT: {"hosts": "hosted"},
    Kind.MEETING: {"hosts": "hosted", "organiser": "organised"},
    Kind.DECLARATION: {"issuers": "issued"},
    Kind.INITIATIVE: {"parties": "party to"},
}
"""What the parties in a field of a record have to do with it."""

_KEYS: Final = {
    "graph": (*(field.name for field in attrs.fields(Metadata)), "reading"),
    "node": ("kind", "name", "date", "layer"),
    "edge": ("relation", "date", "party", "office", "level", "mode", "place", "standing", "layer", "sources"),
}
_READING: Final = "An edge is a fact; no edge to a gathering may mean that a party was absent, or that it is unknown."

Edge = tuple[str, str, dict[str, str]]
"""From where, to where, and what is said of it."""


def graph(records: Records) -> bytes:
    """The graph, directed; two nodes may have several edges."""
    root = Element("graphml", xmlns=_NAMESPACE)
    for domain, names in _KEYS.items():
        for name in names:
            told = {"id": f"{domain}.{name}", "for": domain, "attr.name": name, "attr.type": "string"}
            SubElement(root, "key", told)
    whole = SubElement(root, "graph", id="ip4kb", edgedefault="directed")
    metadata: dict[str, Any] = to_json(metadata_of(records)) | {"reading": _READING}
    _tell(whole, "graph", {name: _text(value) for name, value in metadata.items()})
    edges = list(_edges(records))
    for id in dict.fromkeys(end for source, target, _ in edges for end in (source, target)):
        _tell(SubElement(whole, "node", id=id), "node", _node(records, id))
    for source, target, told in edges:
        _tell(SubElement(whole, "edge", source=source, target=target), "edge", told)
    indent(root)
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tell(element: Element, domain: str, told: Mapping[str, str]) -> None:
    for name, value in told.items():
        SubElement(element, "data", key=f"{domain}.{name}").text = value


def _node(records: Records, id: str) -> dict[str, str]:
    kind = records.kind_of(id)
    if kind is None:
        return {"kind": "person" if id in records.tables.people else "country", "name": display_name(records, id)}
    date = date_of(records.collection(kind)[id]) if kind in _RELATIONS else None
    more = {"date": date, "layer": layer_at(records, id)}
    return {"kind": kind.value, "name": display_name(records, id), **_filled(more)}


def _edges(records: Records) -> Iterator[Edge]:
    facts = {fact.place: fact for fact in facts_of(records, _RELATIONS)}
    for kind, relations in _RELATIONS.items():
        for record in records.collection(kind):
            date = {} if (found := date_of(record)) is None else {"date": str(found)}
            for source, told in _of_record(record, relations, facts):
                yield source, record.id, told | date


def _of_record(
    record: Any, relations: Mapping[str, str], facts: Mapping[str, Fact]
) -> Iterator[tuple[str, dict[str, str]]]:
    """The edges to a record: who hosted, organised, issued or is party to it, took part in it, or spoke there."""
    for field, relation in relations.items():
        content = getattr(record, field) or ()
        for party in content if isinstance(content, tuple) else (content,):
            yield party, {"relation": relation, **_behind(facts, below(record.id, field))}
    for part in getattr(record, "participations", ()):
        if part.presence is not Presence.REPRESENTED:
            continue
        place = below(below(record.id, "participations"), part.party)
        levels = {name: word.value for name in ("level", "mode") if (word := getattr(part, name)) is not None}
        yield part.party, {"relation": "took part", **levels, **_behind(facts, below(place, "presence"))}
        for delegate in part.delegates:
            if delegate.person is not None:
                office = {} if delegate.office is None else {"office": delegate.office}
                told = {"party": part.party, **office, "level": delegate.level.value}
                yield delegate.person, {"relation": "spoke for", **told, **_behind(facts, below(place, "delegates"))}


def _behind(facts: Mapping[str, Fact], place: str) -> dict[str, str]:
    """How well an edge stands, and the sources that say so."""
    fact = facts[place]
    sources = "; ".join(dict.fromkeys(citation.source for citation in fact.citations))
    return {"place": place, "standing": fact.standing.value, "sources": sources, **_filled({"layer": fact.layer})}


def _filled(told: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items() if value is not None}
