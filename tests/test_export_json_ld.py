"""JSON-LD, parsed by rdflib into the triples expected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import PROV, RDF, XSD

import ip4kb
from ip4kb import Kind, KnowledgeBase, Presence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Exported = Callable[[str], Path]

# rdflib's own reader uses what rdflib deprecates.
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
]

SCHEMA = Namespace("https://schema.org/")
SITE = "https://ip4kb.readthedocs.io/"
ID = Namespace(f"{SITE}id/")
OWN = Namespace("https://ip4kb.readthedocs.io/terms#")
HAGUE = ID["the-hague-2025"]


@pytest.fixture(scope="module")
def graph(exported: Exported) -> Graph:
    return Graph().parse(exported("json-ld"), format="json-ld")


def objects(graph: Graph, subject: URIRef, predicate: URIRef) -> set[Any]:
    return set(graph.objects(subject, predicate))


@pytest.mark.parametrize("kind", Kind)
def test_every_record_is_a_node_of_its_own_type(kind: Kind, graph: Graph) -> None:
    found = set(graph.subjects(RDF.type, OWN[kind.record_class.__name__]))
    assert found == {ID[id] for id in getattr(ip4kb, kind.collection).ids}
    assert all(str(graph.value(node, SCHEMA.mainEntityOfPage)).startswith(f"{SITE}record/") for node in found)


def test_a_summit_is_an_event_with_dates_places_and_those_who_came(graph: Graph) -> None:
    summit = ip4kb.summits["the-hague-2025"]
    assert objects(graph, HAGUE, RDF.type) == {SCHEMA.Event, PROV.Activity, OWN.Summit}
    assert objects(graph, HAGUE, SCHEMA.name) == {Literal(summit.name)}
    assert objects(graph, HAGUE, SCHEMA.startDate) == {Literal(str(summit.start), datatype=XSD.date)}
    assert objects(graph, HAGUE, SCHEMA.organizer) == {ID.netherlands}
    (place,) = objects(graph, HAGUE, SCHEMA.location)
    assert objects(graph, place, OWN.city) == {Literal("The Hague")}
    present = [part for part in summit.participations if part.presence is Presence.REPRESENTED]
    people = {ID[delegate.person] for part in present for delegate in part.delegates if delegate.person}
    assert objects(graph, HAGUE, SCHEMA.attendee) == people | {ID[part.party] for part in present}


def test_a_date_is_as_exact_as_its_source(graph: Graph) -> None:
    dates = {value.datatype for value in graph.objects(None, SCHEMA.startDate) if isinstance(value, Literal)}
    assert dates == {XSD.date, XSD.gYearMonth, XSD.gYear}
    founded = ip4kb.alliances["five-eyes"].founded
    assert objects(graph, ID["five-eyes"], SCHEMA.foundingDate) == {Literal(str(founded), datatype=XSD.gYearMonth)}


def test_citations_are_references_with_passage_address_and_verification(graph: Graph) -> None:
    evidence = ip4kb.evidence("the-hague-2025#participations.japan")
    own = [row for row in evidence if row.place == "the-hague-2025#participations.japan"]
    japan = ID["the-hague-2025#participations.japan"]
    assert objects(graph, japan, PROV.wasDerivedFrom) == {ID[row.source] for row in own}
    cited = {
        (
            graph.value(citation, SCHEMA.isPartOf),
            graph.value(citation, SCHEMA.text),
            graph.value(citation, SCHEMA.url),
            graph.value(citation, OWN.verification),
        )
        for citation in objects(graph, japan, SCHEMA.citation)
    }
    assert cited == {
        (
            ID[row.source],
            Literal(row.phrase) if row.phrase else None,
            URIRef(row.url) if row.url else None,
            Literal(row.verification.value),
        )
        for row in own
    }
    assert objects(graph, japan, OWN.standing) == {Literal(ip4kb.standing("the-hague-2025#participations.japan"))}


def test_every_citation_leads_to_a_source(graph: Graph) -> None:
    sources = set(graph.subjects(RDF.type, OWN.Source))
    citations = set(graph.subjects(RDF.type, OWN.Citation))
    assert {graph.value(citation, SCHEMA.isPartOf) for citation in citations} <= sources
    assert set(graph.objects(None, PROV.wasDerivedFrom)) <= sources


def test_a_document_was_generated_by_its_gathering_and_has_its_issuers(graph: Graph) -> None:
    text = ip4kb.declarations["the-hague-summit-declaration-2025"]
    node = ID[text.id]
    assert {SCHEMA.CreativeWork, PROV.Entity} <= objects(graph, node, RDF.type)
    assert objects(graph, node, PROV.wasGeneratedBy) == {HAGUE}
    assert objects(graph, node, SCHEMA.author) == {ID[party] for party in text.issuers}
    assert text.text is not None
    assert objects(graph, node, PROV.alternateOf) == {ID[text.text]}


def test_a_name_has_its_language(graph: Graph) -> None:
    assert Literal("대한민국", lang="ko") in objects(graph, ID["south-korea"], SCHEMA.alternateName)
    assert objects(graph, ID["richard-marles"], SCHEMA.familyName) == {Literal("Marles")}
    assert objects(graph, ID.netherlands, SCHEMA.name) == {Literal("Netherlands")}


def test_members_and_steps_keep_their_order_and_roles(graph: Graph) -> None:
    roles = objects(graph, ID["five-eyes"], SCHEMA.member)
    assert {graph.value(role, SCHEMA.member) for role in roles} == {
        ID[member.country] for member in ip4kb.alliances["five-eyes"].members
    }
    office = ip4kb.initiatives["tokyo-liaison-office"]
    steps = objects(graph, ID[office.id], OWN.developments)
    ordered = sorted(steps, key=lambda step: int(str(graph.value(step, SCHEMA.position))))
    assert ordered == [ID[f"{office.id}#developments.{step.key}"] for step in office.developments]


def test_a_question_in_dispute_has_all_its_answers_and_the_one_adopted(graph: Graph) -> None:
    for disagreement in ip4kb.disagreements:
        node = ID[disagreement.id]
        places = {
            position.key: ID[f"{disagreement.id}#positions.{position.key}"] for position in disagreement.positions
        }
        adopted = {places[position.key] for position in disagreement.positions if position.adopted}
        assert objects(graph, node, SCHEMA.suggestedAnswer) == set(places.values())
        assert objects(graph, node, SCHEMA.acceptedAnswer) == adopted


def test_a_partner_is_the_same_as_its_item_in_wikidata(graph: Graph) -> None:
    for partner in ip4kb.partners:
        (item,) = [code.value for code in partner.codes if code.scheme is ip4kb.CodeScheme.WIKIDATA]
        assert objects(graph, ID[partner.id], SCHEMA.sameAs) == {URIRef(f"http://www.wikidata.org/entity/{item}")}


def test_the_data_set_tells_version_licence_citation_and_coverage(graph: Graph) -> None:
    (whole,) = graph.subjects(RDF.type, SCHEMA.Dataset)
    assert graph.value(whole, SCHEMA.version) == Literal(ip4kb.data_version)
    assert graph.value(whole, SCHEMA.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(graph.value(whole, SCHEMA.creditText)).startswith("ip4kb contributors")
    rows = {str(graph.value(row, OWN.kind)) for row in graph.objects(whole, OWN.coverage)}
    assert rows == {row.kind.value for row in ip4kb.coverage()}


def test_what_no_source_says_is_no_triple(before: KnowledgeBase, tmp_path: Path) -> None:
    before.export("json-ld", tmp_path / "small.jsonld")
    small = Graph().parse(tmp_path / "small.jsonld", format="json-ld")
    korea = ID["summit-2025#participations.south-korea"]
    assert (korea, None, None) not in small
    assert objects(small, ID["summit-2025"], SCHEMA.attendee) == {ID.japan}
    assert objects(small, ID["summit-2025#participations.australia"], OWN.presence) == {Literal("not-represented")}
