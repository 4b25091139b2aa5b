"""JSON-LD 1.1 in the terms of schema.org and PROV; what neither has a term for has one of ip4kb's own.

Records, countries and people have addresses below `<site>/id/`, parts and citations those of their places. A record or
part `prov:wasDerivedFrom` the sources that it cites, and each citation is a `schema:citation` with its passage.
"""

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from ip4kb.citing.address import SITE, address_of
from ip4kb.dates import PartialDate
from ip4kb.exports.document import Country
from ip4kb.exports.metadata import LICENSE_ADDRESS, metadata_of
from ip4kb.exports.shapes import Shape, shapes
from ip4kb.model.citation import Citation
from ip4kb.model.country import COUNTRIES
from ip4kb.model.disagreement import Disagreement
from ip4kb.model.gathering import Gathering, Presence
from ip4kb.model.kind import Kind
from ip4kb.model.name import Alias
from ip4kb.model.partner import CodeScheme, Partner
from ip4kb.model.source import Source, SourceKind
from ip4kb.places import below, member_name
from ip4kb.queries.evidence import resolved, standing_of
from ip4kb.queries.layers import layer_at
from ip4kb.records import Records

_CONTEXT: Final = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ip4kb": f"{SITE}terms#",
}
_TYPES: Final[Mapping[str, tuple[str, ...]]] = {
    "Alliance": ("schema:Organization", "prov:Organization"),
    "Citation": ("prov:Entity",),
    "Claim": ("schema:Claim", "prov:Entity"),
    "Code": ("schema:PropertyValue",),
    "Country": ("schema:Country",),
    "Declaration": ("schema:CreativeWork", "prov:Entity"),
    "Development": ("schema:Event", "prov:Activity"),
    "Disagreement": ("schema:Question",),
    "Initiative": ("prov:Activity",),
    "Location": ("schema:Place",),
    "Meeting": ("schema:Event", "prov:Activity"),
    "Membership": ("schema:OrganizationRole",),
    "Partner": ("schema:Country",),
    "Person": ("schema:Person", "prov:Person"),
    "Position": ("schema:Answer",),
    "Quantity": ("schema:QuantitativeValue",),
    "Source": ("prov:Entity",),
    "Summit": ("schema:Event", "prov:Activity"),
    "Tenure": ("schema:OrganizationRole",),
}
"""What each class is, beside the type of its own that it has as well."""

_SOURCES: Final[Mapping[SourceKind, str]] = {
    SourceKind.OFFICIAL_TEXT: "schema:CreativeWork",
    SourceKind.OFFICIAL_PAGE: "schema:WebPage",
    SourceKind.THINK_TANK: "schema:Report",
    SourceKind.ACADEMIC: "schema:ScholarlyArticle",
    SourceKind.NEWS: "schema:NewsArticle",
    SourceKind.REFERENCE: "schema:WebPage",
}
_TERMS: Final[Mapping[str, str]] = {
    "about": "schema:about",
    "aliases": "schema:alternateName",
    "archived_url": "schema:archivedAt",
    "authors": "schema:author",
    "citations": "schema:citation",
    "codes": "schema:identifier",
    "date": "schema:startDate",
    "draws_on": "prov:wasDerivedFrom",
    "end": "schema:endDate",
    "family": "schema:familyName",
    "founded": "schema:foundingDate",
    "given": "schema:givenName",
    "headquarters": "schema:location",
    "hosts": "schema:organizer",
    "issued": "schema:datePublished",
    "issuer": "schema:author",
    "issuers": "schema:author",
    "language": "schema:inLanguage",
    "license": "schema:license",
    "literal": "schema:name",
    "members": "schema:member",
    "name": "schema:name",
    "office": "schema:roleName",
    "official_name": "schema:legalName",
    "organiser": "schema:organizer",
    "page": "schema:pagination",
    "pages": "schema:pagination",
    "parties": "prov:wasAssociatedWith",
    "phrase": "schema:text",
    "place": "schema:locationCreated",
    "places": "schema:location",
    "positions": "schema:suggestedAnswer",
    "published": "schema:datePublished",
    "publisher": "schema:publisher",
    "since": "schema:startDate",
    "spellings": "schema:alternateName",
    "start": "schema:startDate",
    "statement": "schema:text",
    "summary": "schema:description",
    "themes": "schema:keywords",
    "theme": "schema:keywords",
    "title": "schema:name",
    "to": "schema:maxValue",
    "unit": "schema:unitText",
    "until": "schema:endDate",
    "url": "schema:url",
    "value": "schema:value",
    "within": "schema:superEvent",
    "words": "schema:wordCount",
}
"""Terms by field; those of a class that means another thing by a name stand below."""

_TERMS_OF_CLASS: Final[Mapping[tuple[str, str], str]] = {
    ("Citation", "source"): "schema:isPartOf",
    ("Claim", "by"): "schema:author",
    ("Code", "scheme"): "schema:propertyID",
    ("Declaration", "meeting"): "prov:wasGeneratedBy",
    ("Declaration", "text"): "prov:alternateOf",
    ("Development", "by"): "prov:wasAssociatedWith",
    ("Membership", "country"): "schema:member",
    ("Position", "claims"): "schema:isBasedOn",
    ("Reason", "text"): "schema:text",
}
_WIKIDATA: Final = "http://www.wikidata.org/entity/"
_DATES: Final = ("xsd:gYear", "xsd:gYearMonth", "xsd:date")
_ADDRESSES: Final = {"url", "archived_url"}

Node = dict[str, Any]


def linked_data(records: Records) -> bytes:
    """The document: a graph with one record a line, and the context in it."""
    nodes = ",\n".join(json.dumps(node, ensure_ascii=False) for node in _graph(records))
    context = json.dumps(_CONTEXT, ensure_ascii=False)
    return f'{{\n"@context": {context},\n"@graph": [\n{nodes}\n]\n}}\n'.encode()


def _graph(records: Records) -> Iterator[Node]:
    yield _dataset(records)
    partners = records.collection(Kind.PARTNER)
    for id, name in COUNTRIES.items():
        if id not in partners:
            yield _node(records, Country(id=id, name=name), None, id)
    for id, person in sorted(records.tables.people.items()):
        yield _node(records, person, None, id)
    for kind in Kind:
        for record in records.collection(kind):
            yield node_of(records, record)


def node_of(records: Records, record: Any) -> Node:
    """A record with its parts and citations, and the page that shows it."""
    page = {"@id": address_of(records, record.id)}
    return _node(records, record, record, record.id) | {"schema:mainEntityOfPage": page}


def _dataset(records: Records) -> Node:
    metadata = metadata_of(records)
    told = {
        "schema:version": metadata.data_version,
        "ip4kb:schema_version": metadata.schema_version,
        "ip4kb:layers": [layer.name for layer in metadata.layers],
        "ip4kb:known_on": metadata.known_on and _date(metadata.known_on),
        "ip4kb:coverage": [_node(records, row, None, f"#coverage.{row.kind}") for row in metadata.coverage],
    }
    return {
        "@id": _address(""),
        "@type": ["schema:Dataset", "prov:Entity"],
        "schema:name": metadata.title,
        "schema:license": {"@id": LICENSE_ADDRESS},
        "ip4kb:license": metadata.license,
        "schema:creditText": metadata.citation,
        "schema:usageInfo": metadata.rights,
        "schema:url": {"@id": metadata.homepage},
        **{term: value for term, value in told.items() if value},
    }


def _address(place: str) -> str:
    return f"{SITE}id/{place}"


def _date(date: PartialDate) -> Node:
    return {"@value": str(date), "@type": _DATES[(date.month is not None) + (date.day is not None)]}


def _node(records: Records, value: Any, record: Any, place: str) -> Node:
    """An object of the model; with its record, where it lies in one."""
    name = type(value).__name__
    node: Node = {"@id": _address(place), "@type": [*_types(value), f"ip4kb:{name}"]}
    for shape in shapes(type(value)):
        content = getattr(value, shape.name)
        if content is None or shape.name in {"id", "citations"}:
            continue
        term = _TERMS_OF_CLASS.get((name, shape.name)) or _TERMS.get(shape.name) or f"ip4kb:{shape.name}"
        where = below(place, shape.name)
        if not shape.many:
            node.setdefault(term, []).append(_value(records, content, record, where, shape))
        for index, member in enumerate(content if shape.many else ()):
            found = _value(records, member, record, below(where, member_name(member, index)), shape)
            node.setdefault(term, []).append(found | {"schema:position": index + 1} if "@type" in found else found)
    layer = layer_at(records, place) if value is record or hasattr(value, "citations") else None
    return node | _layer(layer) | _derived(records, value, record, place) | _answers(value, place)


def _layer(name: str | None) -> Node:
    """The overlay without which something would not be so."""
    return {} if name is None else {"ip4kb:layer": name}


def _types(value: Any) -> tuple[str, ...]:
    """The types of an object in the vocabularies of others."""
    types = _TYPES.get(type(value).__name__, ())
    if isinstance(value, Source):
        return (_SOURCES[value.kind], *types)
    if isinstance(value, Citation):
        return ("schema:Quotation" if value.phrase else "schema:CreativeWork", *types)
    return types


def _value(records: Records, content: Any, record: Any, place: str, shape: Shape) -> Any:
    if isinstance(content, Alias):
        return {"@value": content.text, "@language": content.language or "en"}
    if shape.part is not None:
        return _node(records, content, record, place)
    if isinstance(content, PartialDate):
        return _date(content)
    if shape.target is not None:
        return {"@id": _address(content)}
    if shape.name in _ADDRESSES:
        return {"@id": content}
    return content.value if isinstance(content, StrEnum) else content


def _derived(records: Records, value: Any, record: Any, place: str) -> Node:
    """The citations of a record or part, the sources that it is derived from, and how well it stands."""
    if not hasattr(value, "citations"):
        return {}
    passages = []
    rows = resolved(records, place, value)
    for index, (citation, row) in enumerate(zip(value.citations, rows, strict=True), start=1):
        passage = _node(records, citation, record, below(below(place, "citations"), str(index)))
        passage |= {"ip4kb:verification": row.verification.value, **_layer(row.layer)}
        passages.append(passage | ({"schema:url": {"@id": row.url}} if row.url else {}))
    told = {
        "schema:citation": passages,
        "prov:wasDerivedFrom": [{"@id": _address(id)} for id in dict.fromkeys(row.source for row in rows)],
    }
    return told | {"ip4kb:standing": standing_of(records, record, place, value).value}


def _answers(value: Any, place: str) -> Node:
    """What schema.org asks for and the model tells otherwise: who came, what is the same, which answer was accepted."""
    if isinstance(value, Gathering):
        present = [part for part in value.participations if part.presence is Presence.REPRESENTED]
        came = [id for part in present for id in (part.party, *(delegate.person for delegate in part.delegates)) if id]
        return {"schema:attendee": [{"@id": _address(id)} for id in came]}
    if isinstance(value, Partner):
        items = [code.value for code in value.codes if code.scheme is CodeScheme.WIKIDATA]
        return {"schema:sameAs": [{"@id": f"{_WIKIDATA}{item}"} for item in items]}
    if isinstance(value, Disagreement):
        adopted = [below(below(place, "positions"), position.key) for position in value.positions if position.adopted]
        return {"schema:acceptedAnswer": [{"@id": _address(id)} for id in adopted]}
    return {}
