from collections.abc import Callable
from xml.etree.ElementTree import Element

import ip4kb
import pytest
from ip4kb import UNKNOWN, KnowledgeBase, Standing

from ip4brief import briefing, opened

every_partner = pytest.mark.parametrize("partner", ip4kb.partners.ids)


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def part(page: Element, id: str) -> Element:
    (found,) = (section for section in page.iter("section") if section.get("aria-labelledby") == id)
    return found


@every_partner
def test_a_briefing_has_all_its_sections(page: Callable[[str], Element], partner: str) -> None:
    assert text(next(page(partner).iter("h1"))) == f"Briefing: {ip4kb.partners[partner].name}"
    assert [heading.get("id") for heading in page(partner).iter("h2")] == [
        "profile",
        "watched",
        "attendance",
        "developments",
        "initiatives",
        "declarations",
        "arguments",
        "disagreements",
        "notes",
        "made-of",
    ]


@every_partner
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(page: Callable[[str], Element], partner: str) -> None:
    elements = list(page(partner).iter())
    assert not {"script", "link", "img", "iframe", "object"} & {element.tag for element in elements}
    assert not [name for element in elements for name in element.attrib if name in {"src", "style"} or name[:2] == "on"]
    assert "url(" not in text(next(page(partner).iter("style")))
    assert "@import" not in text(next(page(partner).iter("style")))


@every_partner
def test_each_link_within_the_page_finds_its_end(page: Callable[[str], Element], partner: str) -> None:
    ids = [id for element in page(partner).iter() if (id := element.get("id"))]
    assert len(set(ids)) == len(ids)
    links = [link.get("href", "") for link in page(partner).iter("a")]
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert all(link.startswith(("#", "https://", "http://")) for link in links)


@every_partner
def test_each_note_is_called_for_and_says_whether_it_was_checked(page: Callable[[str], Element], partner: str) -> None:
    called = [link.get("href") for link in page(partner).iter("a") if link.get("role") == "doc-noteref"]
    notes = list(part(page(partner), "notes").iter("li"))
    assert [f"#note-{number}" for number in range(1, len(notes) + 1)] == list(dict.fromkeys(called))
    for note in notes:
        checked = [span for span in note.iter("span") if span.get("class") in {"verified", "not_checked"}]
        assert len(checked) == 1


@every_partner
def test_a_note_opens_the_source_at_the_passage(
    page: Callable[[str], Element], kb: KnowledgeBase, partner: str
) -> None:
    newest = max((row for row in kb.attendance(partner) if row.representatives), key=lambda row: str(row.date))
    opened_at = {link.get("href") for note in part(page(partner), "notes").iter("li") for link in note.iter("a")}
    assert opened_at & {citation.url for citation in newest.citations if citation.url}


@every_partner
def test_every_row_of_a_table_of_facts_has_a_note_or_says_unknown(page: Callable[[str], Element], partner: str) -> None:
    for id in ("attendance", "developments", "initiatives", "declarations"):
        rows = [row for body in part(page(partner), id).iter("tbody") for row in body]
        assert rows
        for row in rows:
            assert list(row.iter("a")) or list(row.iter("em")), text(row)


@every_partner
def test_who_came_is_told_and_what_is_unknown_is_said_to_be(
    page: Callable[[str], Element], kb: KnowledgeBase, partner: str
) -> None:
    section = part(page(partner), "attendance")
    (unknown,) = (p for p in section.iter("p") if text(p).startswith("Whether it came is unknown"))
    rows = {text(row[0]): row for body in section.iter("tbody") for row in body}
    for row in kb.attendance(partner):
        shown = next((found for name, found in rows.items() if name.startswith(f"{row.name}, ")), None)
        if shown is None:
            assert row.presence is UNKNOWN
            assert f"{row.name}, " in text(unknown)
        else:
            assert all(representative in text(shown) for representative in row.representatives)
            assert (row.level is UNKNOWN) == (text(shown[1]) == "unknown")


@every_partner
def test_each_disagreement_shows_its_positions_and_the_adopted_one(
    page: Callable[[str], Element], kb: KnowledgeBase, partner: str
) -> None:
    points = part(page(partner), "disagreements")
    told = [text(item) for item in points.iter("li")]
    for row in kb.disagreements_about(partner):
        statement = " ".join(row.statement.split())
        assert any(item.startswith(f"Adopted: {statement}" if row.adopted else statement) for item in told)


@every_partner
def test_each_office_has_a_holder_of_whom_no_end_is_known(page: Callable[[str], Element], partner: str) -> None:
    rows = [row for body in part(page(partner), "profile").iter("tbody") for row in body]
    shown = {(text(row[0]), person.name) for row in rows for person in ip4kb.people.values() if _holds(row, person)}
    lasting = [tenure for tenure in ip4kb.partners[partner].offices if tenure.until is None]
    assert {office for office, _ in shown} == {tenure.office for tenure in lasting}
    assert shown <= {(tenure.office, ip4kb.people[tenure.person].name) for tenure in lasting}


def _holds(row: Element, person: ip4kb.Person) -> bool:
    return (row[1].text or "").strip() == person.name


@every_partner
def test_of_an_initiative_only_the_last_step_is_told(
    page: Callable[[str], Element], kb: KnowledgeBase, partner: str
) -> None:
    told = [text(name) for name in part(page(partner), "developments").iter("b")]
    names = [name for name in told if name in {initiative.name for initiative in kb.initiatives}]
    assert names
    assert len(names) == len(set(names))


def test_a_fact_that_is_disputed_leads_to_the_disagreement(page: Callable[[str], Element], kb: KnowledgeBase) -> None:
    found = 0
    for partner in kb.partners.ids:
        told = text(part(page(partner), "developments"))
        points = [text(heading) for heading in part(page(partner), "disagreements").iter("h3")]
        for row in kb.timeline(partner):
            if row.standing is Standing.DISPUTED and f"{row.name}. {row.summary}" in told:
                found += 1
                names = {position.name for position in kb.disagreements_about(row.place)}
                assert all(any(point.startswith(name) for point in points) for name in names)
    assert found


def test_a_declaration_is_silent_or_not_coded_and_never_both(page: Callable[[str], Element]) -> None:
    section = part(page("japan"), "declarations")
    cells = [text(cell) for cell in section.iter("td")]
    assert any(cell.startswith("Silent. ") for cell in cells)
    assert any("what it says and leaves out is unknown" in text(told) for told in section.iter("p"))


def test_what_the_desk_adds_is_marked_as_its_own(page: Callable[[str], Element]) -> None:
    items = list(part(page("new-zealand"), "watched").iter("li"))
    assert items
    assert all("own record: briefing-desk" in text(item) for item in items)
    assert "own record: briefing-desk" in text(part(page("new-zealand"), "declarations"))
    assert "own record" not in text(part(page("new-zealand"), "attendance"))


def test_the_foot_says_what_the_page_was_made_of(page: Callable[[str], Element]) -> None:
    foot = text(next(page("japan").iter("footer")))
    assert f"data {ip4kb.data_version} with briefing-desk" in foot
    assert f"Version {ip4kb.data_version}. japan, with own records of briefing-desk" in foot
    assert str(ip4kb.coverage()[0].checked_on.year) in foot


def test_a_briefing_as_known_on_a_day_knows_nothing_later(read: Callable[[str], Element]) -> None:
    kb = opened(known_on="2024-12-31")
    page = read(briefing(kb, kb.partners["japan"]))
    assert "as known on 2024-12-31" in text(next(page.iter("header")))
    assert "Washington summit" in text(part(page, "attendance"))
    assert "The Hague" not in text(part(page, "attendance"))
    assert "None of our own records" in text(part(page, "watched"))


def test_before_all_sources_all_is_unknown(read: Callable[[str], Element]) -> None:
    kb = opened(known_on="1980")
    page = read(briefing(kb, kb.partners["australia"]))
    for id in ("attendance", "developments", "initiatives", "declarations", "arguments"):
        assert [told for told in part(page, id).iter("em") if told.get("class") == "unknown"], id
    assert not list(part(page, "notes").iter("li"))
