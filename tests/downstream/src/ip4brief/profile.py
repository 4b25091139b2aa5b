"""Who the partner is, and who holds its offices as far as sources tell."""

from operator import itemgetter
from xml.etree.ElementTree import Element

from ip4kb import KnowledgeBase, PartialDate, Partner, Tenure

from ip4brief.markup import Content, day, element, section, table, unknown
from ip4brief.notes import Notes, own, supporting

FIELDS = {"official_name": "Official name", "capital": "Capital", "note": "Remark"}

NO_DATE = PartialDate(1)

CAVEAT = (
    "No end of these is known here, which does not prove that they last. "
    "Where an office has two holders, no date tells who came later."
)


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
    """For each office whom the newest source names in it, and those of whom no source has a date."""
    held = [(_last_named(kb, partner, tenure), tenure) for tenure in partner.offices if tenure.until is None]
    newest = {tenure.office: named for named, tenure in sorted(held, key=itemgetter(0))}
    shown = [found for found in held if found[0] in {newest[found[1].office], NO_DATE}]
    rows: list[list[Content]] = []
    for named, tenure in sorted(shown, key=itemgetter(0), reverse=True):
        evidence = kb.evidence(f"{partner.id}#offices.{tenure.key}")
        holder = notes.marks(supporting(evidence.citations, "person", "office"))
        since = notes.marks(supporting(evidence.citations, "since"))
        rows.append(
            [
                tenure.office,
                [kb.people[tenure.person].name, holder, own(*(citation.layer for citation in evidence.citations))],
                [day(tenure.since), since] if tenure.since else unknown(),
                unknown() if named is NO_DATE else day(named),
                notes.standing(evidence.standing, evidence.place),
            ]
        )
    if not rows:
        return element("p", unknown("No source here tells who holds its offices."))
    headings = ["Office", "Last known holder", "Since", "Last told of", "Standing"]
    return element("div", table("Offices", headings, rows), element("p", CAVEAT, class_="caveat"))


def _last_named(kb: KnowledgeBase, partner: Partner, tenure: Tenure) -> PartialDate:
    """The latest day on which the tenure began or a source on it was published, as far as known."""
    cited = [kb.sources[citation.source] for citation in kb.evidence(f"{partner.id}#offices.{tenure.key}").citations]
    dates = [tenure.since, *(source.published or source.published_not_after for source in cited)]
    return max(filter(None, dates), default=NO_DATE)
