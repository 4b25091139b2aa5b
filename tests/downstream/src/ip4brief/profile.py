"""Who the partner is, and who holds its offices as far as sources tell."""

from operator import itemgetter
from xml.etree.ElementTree import Element

from ip4kb import KnowledgeBase, PartialDate, Partner, ResolvedCitation, Tenure

from ip4brief.markup import Content, day, element, section, table, unknown
from ip4brief.notes import Notes, own

FIELDS = {"official_name": "Official name", "capital": "Capital", "note": "Remark"}


def profile(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """The name, the capital, and the offices."""
    told = {row.field: row for row in kb.show(partner.id)}
    facts: list[Content] = []
    for field, heading in FIELDS.items():
        row = told.get(field)
        if row is not None or field != "note":
            value = unknown() if row is None else [row.value, notes.behind(row)]
            facts += [element("dt", heading), element("dd", value)]
    return section("profile", "The partner", element("dl", facts), _offices(kb, partner, notes))


def _offices(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """For each office whose end is not known, whom the newest source names in it."""
    latest: dict[str, tuple[PartialDate, Tenure]] = {}
    for tenure in partner.offices:
        named = _last_named(kb, kb.evidence(f"{partner.id}#offices.{tenure.key}").citations)
        if tenure.office not in latest or latest[tenure.office][0] <= named:
            latest[tenure.office] = named, tenure
    held = sorted((found for found in latest.values() if found[1].until is None), key=itemgetter(0), reverse=True)
    rows: list[list[Content]] = []
    for named, tenure in held:
        evidence = kb.evidence(f"{partner.id}#offices.{tenure.key}")
        layers = {citation.layer for citation in evidence.citations}
        since = day(tenure.since) if tenure.since else unknown()
        told = [kb.people[tenure.person].name, notes.marks(evidence.citations), own(*layers)]
        rows.append([tenure.office, told, since, day(named), notes.standing(evidence.standing, evidence.place)])
    if not rows:
        return element("p", unknown("No source here tells who holds its offices."))
    return element(
        "div",
        table("Offices", ["Office", "Last known holder", "Since", "Newest source", "Standing"], rows),
        element("p", "No end of these is known here, which does not prove that they last.", class_="caveat"),
    )


def _last_named(kb: KnowledgeBase, citations: tuple[ResolvedCitation, ...]) -> PartialDate:
    """When the newest source was published, or where it has no date, was read."""
    sources = [kb.sources[citation.source] for citation in citations]
    return max(
        date for source in sources if (date := source.published or source.published_not_after or source.accessed)
    )
