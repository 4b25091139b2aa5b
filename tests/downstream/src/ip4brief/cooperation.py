"""What happened last between NATO and the partner, and how its initiatives stand."""

from itertools import groupby
from xml.etree.ElementTree import Element

from ip4kb import UNKNOWN, Development, Evidence, Initiative, KnowledgeBase, PartialDate, Partner, Status, Unknown

from ip4brief.markup import Content, day, element, joined, section, table, unknown, words
from ip4brief.notes import SHOWN, Notes, own

STEPS = 12
"""How many of the last developments are told."""
INITIATIVES = 12
"""How many initiatives are told in full; the others are named."""


def developments(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """What happened last, newest first; of an initiative its last step, so that none fills the page."""
    every = kb.timeline(partner.id)
    dated = [row for row in reversed(every) if row.date is not None]
    last = {row.place if row.record == partner.id else row.record: row for row in reversed(dated)}
    newest = [row for row in dated if row in last.values()][:STEPS]
    rows: list[list[Content]] = [
        [
            day(row.date),
            [element("b", row.name), ". ", row.summary, notes.behind(row)],
            notes.standing(row.standing, row.place),
        ]
        for row in newest
    ]
    undated = len(every) - len(dated)
    caption = "Newest first; of each initiative its last step"
    return section(
        "developments",
        "Last developments",
        table(caption, ["When", "What", "Standing"], rows) if rows else element("p", unknown("None is known.")),
        element("p", "Left out here, as the date is ", unknown(), f": {undated}.") if undated else None,
        element("p", every.caveat) if every.caveat else None,
    )


def initiatives(kb: KnowledgeBase, partner: Partner, notes: Notes) -> Element:
    """The initiatives whose status changed last, and the names of the others by status."""
    theirs = kb.initiatives.where(lambda initiative: partner.id in initiative.parties)
    steps = {initiative.id: _deciding(initiative) for initiative in theirs}
    newest = sorted(theirs, key=lambda initiative: _date(steps[initiative.id]), reverse=True)
    told = [_told(kb, initiative, step, notes) for initiative in newest[:INITIATIVES] if (step := steps[initiative.id])]
    others: list[list[Content]] = [
        [words(status), joined([_named(kb, initiative, steps[initiative.id], notes) for initiative in found], "; ")]
        for status, found in groupby(sorted(newest[len(told) :], key=_order), key=_status)
    ]
    return section(
        "initiatives",
        "Initiatives",
        table("Whose status changed last", ["Initiative", "Status", "By this step", "Standing"], told)
        if told
        else None,
        table("The others", ["Status", "Initiatives"], others) if others else None,
        element("p", unknown("None is known.")) if not theirs else None,
    )


def _status(initiative: Initiative) -> Status | Unknown:
    return initiative.status or UNKNOWN


def _order(initiative: Initiative) -> int:
    """The order of the vocabulary, with what is unknown last."""
    return [*Status, UNKNOWN].index(_status(initiative))


def _named(kb: KnowledgeBase, initiative: Initiative, step: Development | None, notes: Notes) -> list[Content]:
    place = f"{initiative.id}#parties" if step is None else _place(initiative, step)
    return [initiative.name, _marks(kb.evidence(place), notes, most=1)]


def _told(kb: KnowledgeBase, initiative: Initiative, step: Development, notes: Notes) -> list[Content]:
    evidence = kb.evidence(_place(initiative, step))
    status = words(_status(initiative))
    return [
        initiative.name,
        [status, ", ", day(step.date), _marks(evidence, notes)],
        step.summary,
        notes.standing(evidence.standing, evidence.place),
    ]


def _date(step: Development | None) -> tuple[bool, PartialDate]:
    return step is not None, (step and step.date) or PartialDate(1)


def _place(initiative: Initiative, step: Development) -> str:
    return f"{initiative.id}#developments.{step.key}.status"


def _deciding(initiative: Initiative) -> Development | None:
    """The step that sets the status."""
    return next((step for step in reversed(initiative.developments) if step.status is not None), None)


def _marks(evidence: Evidence, notes: Notes, most: int = SHOWN) -> list[Content]:
    return [notes.marks(evidence.citations, most), own(*(citation.layer for citation in evidence.citations))]
