"""The page: its head, its sections, its notes, and what it was made of."""

from importlib.resources import files
from xml.etree.ElementTree import Element

from ip4kb import KnowledgeBase, Partner

from ip4brief.cooperation import developments, initiatives
from ip4brief.debate import arguments, disagreements, watched
from ip4brief.markup import Content, day, document, element, section, table
from ip4brief.notes import SHOWN, Notes
from ip4brief.profile import profile
from ip4brief.summits import attendance, declarations

SECTIONS = (profile, watched, attendance, developments, initiatives, declarations, arguments, disagreements)

HOW_TO_READ = (
    "A number opens the note, the note opens the source at the passage. “Verified” says that a machine found the words "
    "there, “not checked” that the text was not at hand. What no source here says is unknown, which is not no."
)


def briefing(kb: KnowledgeBase, partner: Partner) -> str:
    """The briefing on a partner, one page of HTML without script or anything from elsewhere."""
    notes = Notes(kb)
    sections = [make(kb, partner, notes) for make in SECTIONS]
    title = f"Briefing: {partner.name}"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("title", title),
        element("style", files("ip4brief").joinpath("page.css").read_text("utf-8")),
    )
    body = element(
        "body",
        element("header", element("h1", title), element("p", _version(kb)), element("p", HOW_TO_READ)),
        element("nav", element("ul", [_entry(told) for told in sections]), aria_label="Sections"),
        element("main", sections, _notes(notes)),
        _foot(kb, partner),
    )
    return document(element("html", head, body, lang="en-GB"))


def _entry(told: Element) -> Element:
    heading = told[0]
    return element("li", element("a", heading.text, href=f"#{heading.get('id')}"))


def _version(kb: KnowledgeBase) -> str:
    return f"Made of ip4kb, data {kb.version}"


def _notes(notes: Notes) -> Element:
    least = (
        f"At most {SHOWN} passages are noted for one fact, checked ones first; (+4) means that the record has 4 more."
    )
    return section("notes", "Notes", element("p", least), notes.listed())


def _foot(kb: KnowledgeBase, partner: Partner) -> Element:
    entry, *_ = kb.cite(partner.id).split("\n\n")
    rows: list[list[Content]] = [
        [row.kind.collection, day(row.since), day(row.until), day(row.checked_on)] for row in kb.coverage()
    ]
    return element(
        "footer",
        section(
            "made-of",
            "What this is made of",
            element("p", _version(kb), ", CC BY 4.0. Cite it as: ", element("cite", entry)),
            table("Coverage: what lies outside is unknown", ["Records", "From", "Until", "Searched on"], rows),
        ),
    )
