"""The partner at NATO's summits, and what the summits' declarations say of its region."""

from xml.etree.ElementTree import Element

from ip4kb import (
    UNKNOWN,
    AttendanceRow,
    Basis,
    CompareRow,
    Declaration,
    DeclarationKind,
    KnowledgeBase,
    Mode,
    PartialDate,
    Partner,
    Presence,
    Speech,
    Theme,
)

from ip4brief.markup import Content, day, element, joined, section, table, unknown, words
from ip4brief.notes import Notes, own, supporting

THEMES = {
    Theme.PARTNERS_NAMED: "The partners",
    Theme.INDO_PACIFIC: "Indo-Pacific",
    Theme.CHINA: "China",
    Theme.DPRK: "North Korea",
}
"""The themes on which declarations are compared."""


def attendance(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """Who came to which summit, newest first; the summits of which nothing is known are named together."""
    heading, every = "At NATO summits", sorted(kb.attendance(partner.id), key=_date, reverse=True)
    if not every:
        return section("attendance", heading, element("p", unknown("No summit is known.")))
    newest, *earlier = every
    rows: list[list[Content]] = [
        [_named(row), words(row.level) if row.level else "–", _who(row, notes), notes.standing(row.standing, row.place)]
        for row in [newest, *(row for row in earlier if row.citations)]
    ]
    silent = [_named(row) for row in earlier if not row.citations]
    remark = next((row for row in kb.show(newest.gathering) if row.field == "note"), None)
    return section(
        "attendance",
        heading,
        table("Who came, newest first", ["Summit", "Level", "Who", "Standing"], rows),
        element("p", f"Remark on the {newest.name}: {remark.value}", notes.behind(remark)) if remark else None,
        element("p", "Whether it came is ", unknown(), " for: ", joined(silent, "; "), ".") if silent else None,
    )


def _date(row: AttendanceRow) -> PartialDate:
    return row.date or PartialDate(1)


def _named(row: AttendanceRow) -> list[Content]:
    return [row.name, ", ", day(row.date)]


def _who(row: AttendanceRow, notes: Notes) -> list[Content]:
    """Who came and how, in whose place, and why, each with its notes."""
    facts = ["delegates"] if row.representatives else ["presence", "invitation"]
    told: list[Content] = [joined(row.representatives, "; ") or _presence(row)]
    if how := [value.value.replace("-", " ") for value in (row.basis, row.mode) if value not in _PLAIN]:
        told.append(f" ({', '.join(how)})")
    told.append(notes.marks(supporting(row.citations, *facts)))
    if row.in_place_of:
        told += [f", in place of {row.in_place_of}", notes.marks(supporting(row.citations, "in_place_of"))]
    reasons = [
        element("div", f"Reason given: {reason}", notes.marks(reason.citations), class_="reason")
        for reason in row.reasons
    ]
    return [*told, own(row.layer), reasons]


_PLAIN = {UNKNOWN, Basis.RECORDED, Mode.IN_PERSON}
"""What need not be said of how somebody came."""


def _presence(row: AttendanceRow) -> Content:
    if row.presence is Presence.REPRESENTED:
        return ["represented; by whom is ", unknown()]
    if row.presence is UNKNOWN and row.invitation is not UNKNOWN:
        return [words(row.invitation), "; whether it came is ", unknown()]
    return words(row.presence)


def declarations(kb: KnowledgeBase, _partner: Partner, notes: Notes) -> Element:
    """The two newest declarations that are coded, side by side; newer ones that are not are told to be unknown."""
    texts = sorted(
        (text for text in kb.declarations if text.kind is DeclarationKind.SUMMIT_DECLARATION),
        key=lambda text: text.issued or PartialDate(1),
    )
    coded = [text for text in texts if text.provisions or text.silences][-2:]
    newer = texts[texts.index(coded[-1]) + 1 :] if coded else texts
    return section(
        "declarations",
        "What the last declarations say and leave out",
        _side_by_side(kb, coded, notes) if len(coded) == 2 else element("p", unknown("No two declarations are coded.")),
        [_uncoded(kb, text, notes) for text in newer],
    )


def _side_by_side(kb: KnowledgeBase, texts: list[Declaration], notes: Notes) -> Element:
    rows: list[list[Content]] = []
    for theme, heading in THEMES.items():
        compared = kb.compare(*(text.id for text in texts), theme=theme)
        said = [[_speech(row, notes) for row in compared if row.declaration == text.id] for text in texts]
        rows.append([heading, *(joined(told, " ") for told in said)])
    return table(
        "Side by side", ["Theme", *([text.name, ", ", day(text.issued)] for text in texts)], rows, class_="pair"
    )


def _uncoded(kb: KnowledgeBase, text: Declaration, notes: Notes) -> Element:
    remark = next((row for row in kb.show(text.id) if row.field == "note"), None)
    told: list[Content] = [f"{text.name}, ", day(text.issued), ": what it says and leaves out is ", unknown(), ". "]
    return element("p", told, [remark.value, notes.behind(remark)] if remark else None)


def _speech(row: CompareRow, notes: Notes) -> Content:
    if row.summary is None:
        return unknown("not coded, so unknown")
    silent = element("strong", "Silent. ") if row.speech is Speech.SILENT else None
    return [silent, row.summary, notes.behind(row)]
