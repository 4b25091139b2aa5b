from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import ip4kb
from ip4kb import UNKNOWN, KnowledgeBase, PartialDate, Standing, Verification

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Writer = Callable[[Files], Path]
    Maker = Callable[[Files], KnowledgeBase]


@pytest.fixture
def kb(files: Files, write: Writer) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def told(kb: KnowledgeBase, place: str) -> list[tuple[str, str]]:
    return [(row.place, row.source) for row in kb.evidence(place)]


# --- what stands behind a place --------------------------------------------------------------------------------------


def test_a_fact_has_the_citations_that_support_it(kb: KnowledgeBase) -> None:
    found = kb.evidence("japan#capital")
    assert (found.place, found.title, found.standing) == (
        "japan#capital",
        "Evidence: japan#capital, single-source",
        Standing.SINGLE_SOURCE,
    )
    assert told(kb, "japan#capital") == [("japan", "nato-page")]
    assert told(kb, "summit-2025#start") == [("summit-2025", "report-2025"), ("summit-2025", "nato-page")]
    assert told(kb, "summit-2025#places") == [("summit-2025", "nato-page")]
    assert told(kb, "report-2025-date#by") == [("report-2025-date", "report-2025")]


def test_the_record_may_be_named_by_any_of_its_names(kb: KnowledgeBase) -> None:
    assert kb.evidence("日本#capital") == kb.evidence("japan#capital")


def test_a_citation_that_names_no_fact_supports_every_fact_of_its_part(kb: KnowledgeBase) -> None:
    (row,) = kb.evidence("office#developments.agreed.status")
    assert row.supports == ("date", "summary", "status")
    assert row == kb.evidence("office#developments.agreed.date")[0]


def test_a_part_has_its_citations_and_those_of_the_parts_within(kb: KnowledgeBase) -> None:
    assert told(kb, "summit-2025#participations.australia") == [
        ("summit-2025#participations.australia", "report-2025"),
        ("summit-2025#participations.australia.reasons.busy", "report-2025"),
    ]
    assert told(kb, "summit-2025#participations.australia.presence") == [
        ("summit-2025#participations.australia", "report-2025")
    ]
    assert told(kb, "summit-2025#participations.australia.reasons") == [
        ("summit-2025#participations.australia.reasons.busy", "report-2025")
    ]


def test_a_list_of_parts_has_the_citations_of_each(kb: KnowledgeBase) -> None:
    assert [place for place, _ in told(kb, "summit-2025#participations")] == [
        "summit-2025#participations.japan",
        "summit-2025#participations.australia",
        "summit-2025#participations.australia.reasons.busy",
        "summit-2025#participations.new-zealand",
    ]


def test_a_list_of_parts_in_a_record_that_cites_nothing_itself_has_theirs(kb: KnowledgeBase) -> None:
    assert kb.evidence("summit-date#positions")[:] == kb.evidence("summit-date")[:]
    assert told(kb, "summit-date#positions.june.value") == [("summit-date#positions.june", "nato-page")]


def test_a_record_has_all_that_lies_within_it(kb: KnowledgeBase) -> None:
    assert [place for place, _ in told(kb, "summit-2025")] == [
        "summit-2025",
        "summit-2025",
        "summit-2025#participations.japan",
        "summit-2025#participations.australia",
        "summit-2025#participations.australia.reasons.busy",
        "summit-2025#participations.new-zealand",
    ]
    assert told(kb, "summit-date") == [
        ("summit-date#positions.june", "nato-page"),
        ("summit-date#positions.other", "report-2025"),
    ]


def test_a_value_inside_a_fact_stands_on_the_citations_of_the_fact(kb: KnowledgeBase) -> None:
    (row,) = kb.evidence("report-2025-spending#quantity")
    assert kb.evidence("report-2025-spending#quantity.value")[:] == (row,)
    assert told(kb, "japan#codes.1.value") == [("japan", "nato-page")]
    assert told(kb, "summit-2025#places.1.country") == [("summit-2025", "nato-page")]
    assert told(kb, "summit-2025#participations.japan.delegates.1.office") == [
        ("summit-2025#participations.japan", "report-2025")
    ]


def test_a_fact_that_is_not_filled_has_no_evidence_and_an_unknown_standing(kb: KnowledgeBase) -> None:
    for place in ["summit-2025#end", "australia#capital", "summit-2025#participations.japan.mode"]:
        found = kb.evidence(place)
        assert len(found) == 0
        assert found.standing is UNKNOWN
    assert repr(kb.evidence("summit-2025#end")) == "Evidence: summit-2025#end, unknown (0 rows)"


def test_a_record_without_citations_has_an_unknown_standing(kb: KnowledgeBase) -> None:
    assert kb.evidence("report-2025").standing is UNKNOWN
    assert kb.standing("australia") is UNKNOWN


@pytest.mark.parametrize(
    ("place", "facts"),
    [
        ("japan#name", "official_name, codes, capital"),
        ("japan#aliases.1.text", "official_name, codes, capital"),
        ("summit-2025#citations.1.source", "summary, start, end"),
        ("summit-2025#participations.japan.party", "invitation, presence"),
        ("report-2025-spending#stance", "summary, by, quantity"),
        ("report-2025#title", "none"),
    ],
)
def test_labelling_is_no_fact_and_has_no_evidence(kb: KnowledgeBase, place: str, facts: str) -> None:
    with pytest.raises(ip4kb.ArgumentError, match=f"'{place}' is the curator's labelling .* Facts here are: {facts}"):
        kb.evidence(place)


@pytest.mark.parametrize(
    ("place", "error", "sentence"),
    [
        ("japan#capitol", ip4kb.ArgumentError, "there is no 'capitol' here. Did you mean 'capital'"),
        ("japan#capital.name", ip4kb.ArgumentError, "there is no 'name' here. Nothing lies below"),
        ("summit-2025#participations.tonga", ip4kb.ArgumentError, "Here are: japan, australia, new-zealand"),
        ("japan#capital#name", ip4kb.ArgumentError, "no 'capital#name' here"),
        ("japan#.capital", ip4kb.ArgumentError, "no '' here"),
        ("jappan#capital", ip4kb.UnknownRecordError, "Did you mean 'japan'"),
        ("Korea#capital", ip4kb.AmbiguousNameError, "Northern Korea"),
        ("#capital", ip4kb.ArgumentError, "not empty"),
        ("  ", ip4kb.ArgumentError, "a place must be a text"),
        (None, ip4kb.ArgumentError, "a place must be a text"),
    ],
)
def test_what_is_no_place_is_an_error(kb: KnowledgeBase, place: Any, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        kb.evidence(place)


# --- a citation, resolved --------------------------------------------------------------------------------------------


def test_a_citation_comes_with_its_source_address_and_passage(kb: KnowledgeBase) -> None:
    row = kb.evidence("office#developments.agreed")[0]
    assert (row.source, row.label, row.title, row.publisher, row.published, row.url) == (
        "report-2025",
        "Writer 2025",
        "Report on the summit",
        "Institute",
        PartialDate(2025, 7),
        "https://example.org/report#:~:text=four%20partners%20agreed%20to%20an%20office%20in%20June%202025",
    )
    assert (row.paragraph, row.number, row.page, row.passage, row.inferred) == (5, None, None, "¶5", False)
    assert str(row) == "Writer 2025, ¶5: “four partners agreed to an office in June 2025” (verified)"


def test_a_passage_may_be_told_by_label_and_page_or_not_at_all(files: Files, unchecked: Maker) -> None:
    files["alliance/nato.json"]["citations"][0].update(page="7", inferred=True)
    kb = unchecked(files)
    assert str(kb.evidence("nato#founded")[0]) == "NATO, n.d., no. 1, p. 7 (not checked, inferred)"
    assert str(kb.evidence("japan#capital")[0]) == "NATO, n.d. (not checked)"
    assert kb.evidence("japan#capital")[0].passage == ""


def test_a_passage_without_an_address_of_its_source_is_reached_where_it_was_read(
    files: Files, unchecked: Maker
) -> None:
    files["alliance/nato.json"]["citations"][0].update(via="report-2025", phrase="was founded")
    assert unchecked(files).evidence("nato#founded")[0].url == "https://example.org/report#:~:text=was%20founded"
    files["source/nato-page.json"]["url"] = "https://nato.example"
    assert unchecked(files).evidence("nato#founded")[0].url == "https://nato.example#:~:text=was%20founded"


def test_a_page_that_is_gone_is_reached_by_its_archived_copy(files: Files, unchecked: Maker) -> None:
    files["source/nato-page.json"]["archived_url"] = "https://archive.example/nato"
    assert unchecked(files).evidence("nato#founded")[0].url == "https://archive.example/nato"
    files["source/nato-page.json"]["url"] = "https://nato.example"
    assert unchecked(files).evidence("nato#founded")[0].url == "https://nato.example"


@pytest.mark.parametrize(
    ("authors", "label"),
    [
        ([], "Institute 2025"),
        ([{"family": "A"}], "A 2025"),
        ([{"family": "A"}, {"literal": "Body of B"}], "A and Body of B 2025"),
        ([{"family": "A"}, {"family": "B"}, {"family": "C"}], "A et al. 2025"),
    ],
)
def test_a_source_is_called_by_its_authors_or_its_publisher_and_its_year(
    files: Files, unchecked: Maker, authors: list[Files], label: str
) -> None:
    files["source/report-2025.json"]["authors"] = authors
    assert unchecked(files).evidence("office#developments.agreed")[0].label == label


# --- verified or not -------------------------------------------------------------------------------------------------


def verification(kb: KnowledgeBase, place: str = "office#developments.agreed") -> list[Verification]:
    return [row.verification for row in kb.evidence(place)]


def test_a_phrase_in_the_ledger_is_verified_and_a_source_without_a_text_is_not_checked(kb: KnowledgeBase) -> None:
    assert verification(kb, "summit-2025#start") == [Verification.VERIFIED, Verification.NOT_CHECKED]


def test_a_changed_text_a_changed_phrase_or_another_paragraph_is_not_checked(files: Files, unchecked: Maker) -> None:
    citation = files["initiative/office.json"]["developments"][0]["citations"][0]
    assert verification(unchecked(files)) == [Verification.VERIFIED]
    citation["phrase"] = "five partners agreed"
    assert verification(unchecked(files)) == [Verification.NOT_CHECKED]
    citation["phrase"] = "four  partners agreed to an office in\N{NO-BREAK SPACE}June 2025"
    assert verification(unchecked(files)) == [Verification.VERIFIED]
    citation["paragraph"] = 4
    assert verification(unchecked(files)) == [Verification.NOT_CHECKED]
    citation["paragraph"] = 5
    del citation["phrase"]
    assert verification(unchecked(files)) == [Verification.NOT_CHECKED]


def test_another_digest_makes_every_citation_of_the_source_unchecked(files: Files, unchecked: Maker) -> None:
    files["source/report-2025.json"]["text_digest"] = f"sha256:{'0' * 64}"
    found = unchecked(files).evidence("summit-2025")
    assert {row.verification for row in found} == {Verification.NOT_CHECKED}


def test_terms_that_stand_nowhere_are_verified_until_they_change(files: Files, unchecked: Maker) -> None:
    silence = "declaration-2025#silences.china"
    assert verification(unchecked(files), silence) == [Verification.VERIFIED]
    files["declaration/declaration-2025.json"]["silences"][0]["absent_terms"].append("Taiwan")
    assert verification(unchecked(files), silence) == [Verification.NOT_CHECKED]


def test_a_citation_of_the_whole_text_where_no_term_is_absent_is_not_checked(files: Files, unchecked: Maker) -> None:
    files["alliance/nato.json"]["citations"] = [{"source": "report-2025", "supports": ["founded"]}]
    assert verification(unchecked(files), "nato#founded") == [Verification.NOT_CHECKED]


# --- how well it stands ----------------------------------------------------------------------------------------------


def source(id: str, publisher: str, kind: str = "news", **more: object) -> Files:
    return {
        f"source/{id}.json": {
            "id": id,
            "kind": kind,
            "title": id,
            "publisher": publisher,
            "published": "2025",
            "language": "en",
            **more,
        }
    }


def capital(files: Files, *cited: str) -> Files:
    """The files with the capital of Japan cited from these sources."""
    files["partner/japan.json"]["citations"] = [
        {"source": "nato-page", "supports": ["codes"]},
        *({"source": id, "supports": ["capital"]} for id in cited),
    ]
    return files


def test_standings_are_written_strongest_concern_first() -> None:
    assert [str(standing) for standing in Standing] == ["disputed", "official", "corroborated", "single-source"]


def test_what_one_publisher_says_has_a_single_source(files: Files, write: Writer) -> None:
    files |= source("one", "Daily") | source("two", "Daily")
    kb = KnowledgeBase.from_directory(write(capital(files, "one", "two")))
    assert kb.standing("japan#capital") is Standing.SINGLE_SOURCE


def test_what_two_publishers_say_is_corroborated(files: Files, write: Writer) -> None:
    files |= source("one", "Daily") | source("two", "Weekly")
    kb = KnowledgeBase.from_directory(write(capital(files, "one", "two")))
    assert kb.standing("japan#capital") is Standing.CORROBORATED


@pytest.mark.parametrize(
    "sources",
    [
        source("one", "Daily", draws_on=["two"]) | source("two", "Weekly"),
        source("one", "Daily") | source("two", "Weekly", draws_on=["one"]),
        source("one", "Daily", draws_on=["wire"]) | source("two", "Weekly", draws_on=["wire"]) | source("wire", "Wire"),
        source("one", "Daily", draws_on=["copy"])
        | source("copy", "Copy", draws_on=["wire"])
        | source("two", "Weekly", draws_on=["wire"])
        | source("wire", "Wire"),
        source("one", "Daily", draws_on=["copy"]) | source("copy", "Copy", draws_on=["two"]) | source("two", "Weekly"),
        source("one", "Daily", draws_on=["two"]) | source("two", "Weekly", draws_on=["one"]),
        source("one", "Daily") | source("two", "Encyclopaedia", "reference"),
    ],
    ids=["draws-on", "is-drawn-on", "shared-origin", "far-origin", "through-another", "each-other", "reference"],
)
def test_sources_that_draw_on_one_another_or_on_one_origin_or_are_reference_corroborate_nothing(
    files: Files, unchecked: Maker, sources: Files
) -> None:
    assert unchecked(capital(files | sources, "one", "two")).standing("japan#capital") is Standing.SINGLE_SOURCE


def test_one_independent_pair_among_linked_sources_corroborates(files: Files, unchecked: Maker) -> None:
    files |= source("one", "Daily", draws_on=["two"]) | source("two", "Weekly") | source("three", "Monthly")
    assert unchecked(capital(files, "one", "two", "three")).standing("japan#capital") is Standing.CORROBORATED


@pytest.mark.parametrize(("kind", "standing"), [("official-page", "official"), ("official-text", "official")])
def test_what_the_subject_itself_says_is_official(files: Files, unchecked: Maker, kind: str, standing: str) -> None:
    files |= source("own", "Ministry", kind, issuer="japan")
    assert unchecked(capital(files, "own")).standing("japan#capital") == standing


@pytest.mark.parametrize(
    "sources",
    [source("own", "Ministry", "official-page", issuer="australia"), source("own", "Ministry", issuer="japan")],
    ids=["another-issuer", "no-official-source"],
)
def test_what_another_says_or_says_unofficially_is_not_official(files: Files, unchecked: Maker, sources: Files) -> None:
    assert unchecked(capital(files | sources, "own")).standing("japan#capital") is Standing.SINGLE_SOURCE


def test_of_a_participation_the_party_speaks_with_authority_and_no_other_party(files: Files, unchecked: Maker) -> None:
    files |= source("of-japan", "Ministry", "official-page", issuer="japan")
    for part in files["meeting/talks-2025.json"]["participations"]:
        part["citations"] = [{"source": "of-japan"}]
    files["summit/summit-2025.json"]["participations"][1]["citations"] = [{"source": "of-japan"}]
    kb = unchecked(files)
    assert kb.standing("talks-2025#participations.japan") is Standing.OFFICIAL
    assert kb.standing("talks-2025#participations.japan.presence") is Standing.OFFICIAL
    assert kb.standing("summit-2025#participations.australia.presence") is Standing.SINGLE_SOURCE


@pytest.mark.parametrize(
    ("file", "fact", "issuer_and_standing"),
    [
        ("summit/summit-2025.json", ("hosts", ["netherlands"]), ("netherlands", Standing.OFFICIAL)),
        ("summit/summit-2025.json", ("hosts", ["netherlands"]), ("nato", Standing.OFFICIAL)),
        ("meeting/talks-2025.json", ("outcome", "held"), ("nato", Standing.OFFICIAL)),
        ("declaration/declaration-2025.json", ("paragraphs", 3), ("nato", Standing.OFFICIAL)),
        ("initiative/office.json", ("since", "2025"), ("japan", Standing.OFFICIAL)),
        ("summit/summit-2025.json", ("outcome", "held"), ("japan", Standing.SINGLE_SOURCE)),
        ("meeting/talks-2025.json", ("outcome", "held"), ("australia", Standing.SINGLE_SOURCE)),
    ],
    ids=["host", "nato-of-summits", "organiser", "issuer", "party", "no-host", "no-organiser"],
)
def test_hosts_organisers_issuers_parties_and_nato_of_its_summits_speak_with_authority(
    files: Files, unchecked: Maker, file: str, fact: tuple[str, Any], issuer_and_standing: tuple[str, Standing]
) -> None:
    issuer, standing = issuer_and_standing
    name, value = fact
    files |= source("own", "Ministry", "official-page", issuer=issuer)
    files[file][name] = value
    files[file]["citations"].append({"source": "own", "supports": [name]})
    assert unchecked(files).standing(f"{files[file]['id']}#{name}") is standing


def test_who_acted_speaks_with_authority_of_the_step_and_members_of_their_membership(
    files: Files, unchecked: Maker
) -> None:
    files |= source("own", "Ministry", "official-page", issuer="australia")
    cited = [{"source": "own"}]
    files["initiative/office.json"]["developments"] = [
        {"key": "a", "summary": "A.", "by": ["australia"], "citations": cited},
        {"key": "b", "summary": "B.", "citations": cited},
    ]
    files["alliance/nato.json"]["members"] = [
        {"country": "australia", "citations": cited},
        {"country": "spain", "citations": cited},
    ]
    kb = unchecked(files)
    assert kb.standing("office#developments.a") is Standing.OFFICIAL
    assert kb.standing("office#developments.b") is Standing.SINGLE_SOURCE
    assert kb.standing("nato#members.australia") is Standing.OFFICIAL
    assert kb.standing("nato#members.spain") is Standing.SINGLE_SOURCE


@pytest.mark.parametrize(
    ("kind", "issuer", "standing"),
    [
        ("security-partnership", "australia", Standing.OFFICIAL),
        ("security-partnership", "spain", Standing.SINGLE_SOURCE),
        ("security-partnership", "nato", Standing.SINGLE_SOURCE),
        ("partner-grouping", "nato", Standing.OFFICIAL),
        ("partnership-framework", "nato", Standing.OFFICIAL),
        ("partnership-framework", "australia", Standing.SINGLE_SOURCE),
        ("collective-defence", "australia", Standing.SINGLE_SOURCE),
    ],
)
def test_a_grouping_without_an_organ_speaks_through_its_members_and_nato_for_its_frameworks(
    files: Files, unchecked: Maker, kind: str, issuer: str, standing: Standing
) -> None:
    files |= source("own", "Ministry", "official-page", issuer=issuer)
    files["alliance/pact.json"] = {
        "id": "pact",
        "name": "Pact",
        "kind": kind,
        "founded": "2021",
        "members": [{"country": "australia", "citations": [{"source": "own"}]}],
        "citations": [{"source": "own", "supports": ["founded"]}],
    }
    assert unchecked(files).standing("pact#founded") is standing


def test_what_a_disagreement_is_about_is_disputed_above_all(files: Files, unchecked: Maker) -> None:
    assert unchecked(files).standing("summit-2025#start") is Standing.DISPUTED
    assert unchecked(files).standing("summit-2025#places") is Standing.OFFICIAL
    assert unchecked(files).standing("summit-2025") is Standing.DISPUTED
    files["disagreement/summit-date.json"]["about"] = ["summit-2025#participations.japan", "nato"]
    kb = unchecked(files)
    assert kb.standing("summit-2025#participations.japan.presence") is Standing.DISPUTED
    assert kb.standing("summit-2025#participations.japan") is Standing.DISPUTED
    assert kb.standing("nato") is Standing.OFFICIAL
    assert kb.standing("nato#founded") is Standing.OFFICIAL
    assert kb.standing("summit-2025#participations.australia") is Standing.SINGLE_SOURCE


def test_a_fact_left_empty_because_of_a_dispute_is_disputed(files: Files, unchecked: Maker) -> None:
    files["disagreement/summit-date.json"]["about"] = ["summit-2025#end"]
    assert unchecked(files).standing("summit-2025#end") is Standing.DISPUTED
