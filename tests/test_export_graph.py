"""The graph of who meets whom and who signs what, opened by networkx."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

import ip4kb
from ip4kb import KnowledgeBase, Presence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Exported = Callable[[str], Path]

pytestmark = pytest.mark.heavy


@pytest.fixture(scope="module")
def graph(exported: Exported) -> Any:
    return nx.read_graphml(exported("graphml"))


def edges(graph: Any, relation: str) -> list[tuple[str, str]]:
    return sorted((source, target) for source, target, told in graph.edges(data="relation") if told == relation)


def test_the_graph_is_directed_and_may_have_several_edges_between_two_nodes(graph: Any) -> None:
    assert graph.is_directed()
    assert graph.is_multigraph()
    both = [pair for pair in edges(graph, "took part") if pair in edges(graph, "hosted")]
    assert both
    for source, target in both:
        assert {told["relation"] for told in graph[source][target].values()} >= {"hosted", "took part"}


def test_who_took_part_and_who_spoke_is_as_recorded(graph: Any) -> None:
    present = [
        (part, gathering)
        for gathering in (*ip4kb.summits, *ip4kb.meetings)
        for part in gathering.participations
        if part.presence is Presence.REPRESENTED
    ]
    assert edges(graph, "took part") == sorted((part.party, gathering.id) for part, gathering in present)
    spoke = [(delegate.person, gathering.id) for part, gathering in present for delegate in part.delegates]
    assert edges(graph, "spoke for") == sorted((person, id) for person, id in spoke if person is not None)


def test_who_hosted_organised_issued_and_is_party_is_as_recorded(graph: Any) -> None:
    gatherings = (*ip4kb.summits, *ip4kb.meetings)
    assert edges(graph, "hosted") == sorted((host, item.id) for item in gatherings for host in item.hosts)
    assert edges(graph, "organised") == sorted((item.organiser, item.id) for item in ip4kb.meetings if item.organiser)
    assert edges(graph, "issued") == sorted((party, text.id) for text in ip4kb.declarations for party in text.issuers)
    assert edges(graph, "party to") == sorted((party, item.id) for item in ip4kb.initiatives for party in item.parties)


def test_nodes_and_edges_tell_what_they_are_and_who_says_so(graph: Any) -> None:
    assert graph.nodes["japan"] == {"kind": "partner", "name": "Japan"}
    assert graph.nodes["netherlands"] == {"kind": "country", "name": "Netherlands"}
    assert graph.nodes["christopher-luxon"] == {"kind": "person", "name": "Christopher Luxon"}
    assert graph.nodes["the-hague-2025"]["date"] == str(ip4kb.summits["the-hague-2025"].start)
    (told,) = graph["new-zealand"]["the-hague-2025"].values()
    evidence = ip4kb.evidence("the-hague-2025#participations.new-zealand.presence")
    assert told["level"] == "head-of-government"
    assert told["standing"] == evidence.standing
    assert told["sources"].split("; ") == list(dict.fromkeys(row.source for row in evidence))
    (told,) = graph["christopher-luxon"]["the-hague-2025"].values()
    assert (told["party"], told["office"]) == ("new-zealand", "Prime Minister")
    assert ip4kb.evidence(told["place"]).standing == told["standing"]


def test_who_meets_whom_is_a_projection(graph: Any) -> None:
    came = nx.Graph((party, gathering) for party, gathering in edges(graph, "took part"))
    met = nx.bipartite.weighted_projected_graph(came, [node for node in came if graph.nodes[node]["kind"] == "partner"])
    together = [
        gathering
        for gathering in (*ip4kb.summits, *ip4kb.meetings)
        if {"japan", "australia"}
        <= {part.party for part in gathering.participations if part.presence is Presence.REPRESENTED}
    ]
    assert met["japan"]["australia"]["weight"] == len(together)


def test_the_graph_says_of_itself_what_it_is(graph: Any) -> None:
    assert graph.graph["data_version"] == ip4kb.data_version
    assert graph.graph["license"] == "CC-BY-4.0"
    assert graph.graph["citation"].startswith("ip4kb contributors")
    assert "unknown" in graph.graph["reading"]


def test_an_absence_and_a_delegate_without_a_name_have_no_edge(before: KnowledgeBase, tmp_path: Path) -> None:
    before.export("graphml", tmp_path / "small.graphml")
    small = nx.read_graphml(tmp_path / "small.graphml")
    assert edges(small, "took part") == [("japan", "summit-2025"), ("japan", "talks-2025")]
    assert edges(small, "spoke for") == []
    assert edges(small, "organised") == [("nato", "talks-2025")]
