"""The types that users of the public names see. Type checkers read this file; it is never run."""

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_type

import ip4kb
from ip4kb import (
    UNKNOWN,
    Alliance,
    Attendance,
    AttendanceRow,
    Change,
    ChangeKind,
    Claim,
    ClaimRow,
    Claims,
    Collection,
    CompareRow,
    Comparison,
    Coverage,
    CoverageRow,
    Declaration,
    Diff,
    Disagreement,
    Disagreements,
    Evidence,
    FieldRow,
    Gathering,
    Initiative,
    Invitation,
    Kind,
    KnowledgeBase,
    Level,
    LiteratureRow,
    Meeting,
    PartialDate,
    Participation,
    Partner,
    Person,
    PositionRow,
    Presence,
    Problem,
    Reference,
    ResolvedCitation,
    SearchRow,
    Source,
    Speech,
    Stance,
    Standing,
    Status,
    Summit,
    Table,
    Theme,
    Timeline,
    TimelineRow,
    Unknown,
)

# --- the knowledge base ----------------------------------------------------------------------------------------------

assert_type(ip4kb.load(), KnowledgeBase)
assert_type(ip4kb.preload(), KnowledgeBase)
assert_type(KnowledgeBase.from_directory("records"), KnowledgeBase)
assert_type(KnowledgeBase.from_zip(Path("records.zip")), KnowledgeBase)
assert_type(ip4kb.load().with_overlay("my-records"), KnowledgeBase)
assert_type(ip4kb.load().with_overlay(Path("my-records.zip")), KnowledgeBase)
assert_type(ip4kb.load().with_overlay([ip4kb.partners["japan"], ip4kb.summits["madrid-2022"]]), KnowledgeBase)
assert_type(ip4kb.load().with_overlay(summit for summit in ip4kb.summits), KnowledgeBase)
assert_type(ip4kb.load().layers, tuple[str, ...])
assert_type(ip4kb.__version__, str)
assert_type(ip4kb.data_version, str)
assert_type(ip4kb.schema_version, str)
assert_type(ip4kb.load().data_version, str | None)
assert_type(ip4kb.people, Mapping[str, Person])
assert_type(ip4kb.load().people["mark-rutte"].family, str)

# --- collections -----------------------------------------------------------------------------------------------------

assert_type(ip4kb.sources, Collection[Source])
assert_type(ip4kb.alliances, Collection[Alliance])
assert_type(ip4kb.partners, Collection[Partner])
assert_type(ip4kb.summits, Collection[Summit])
assert_type(ip4kb.meetings, Collection[Meeting])
assert_type(ip4kb.declarations, Collection[Declaration])
assert_type(ip4kb.initiatives, Collection[Initiative])
assert_type(ip4kb.claims, Collection[Claim])
assert_type(ip4kb.disagreements, Collection[Disagreement])

kb = ip4kb.load()
assert_type(kb.sources, Collection[Source])
assert_type(kb.alliances, Collection[Alliance])
assert_type(kb.partners, Collection[Partner])
assert_type(kb.summits, Collection[Summit])
assert_type(kb.meetings, Collection[Meeting])
assert_type(kb.declarations, Collection[Declaration])
assert_type(kb.initiatives, Collection[Initiative])
assert_type(kb.claims, Collection[Claim])
assert_type(kb.disagreements, Collection[Disagreement])

assert_type(ip4kb.partners["japan"], Partner)
assert_type(ip4kb.partners.lookup("ROK"), Partner)
assert_type(ip4kb.partners.get("japan"), Partner | None)
assert_type(ip4kb.partners.get("japan", "none"), Partner | str)
assert_type(ip4kb.partners.where(capital="Tokyo"), Collection[Partner])
assert_type(ip4kb.partners.where(lambda partner: partner.capital is None), Collection[Partner])
assert_type(ip4kb.partners.ids, tuple[str, ...])
assert_type(ip4kb.partners.kind, Kind)
assert_type(iter(ip4kb.summits), Iterator[Summit])
assert_type(len(ip4kb.summits), int)
assert_type("japan" in ip4kb.partners, bool)
assert_type([summit.start for summit in ip4kb.summits], list[PartialDate | None])

# --- records and their parts -----------------------------------------------------------------------------------------

assert_type(
    ip4kb.find("the-hague-2025"),
    Source | Alliance | Partner | Summit | Meeting | Declaration | Initiative | Claim | Disagreement,
)
found = kb.find("the-hague-2025")
if isinstance(found, Summit):
    assert_type(found.participations, tuple[Participation, ...])
    assert_type(found.participations[0].level, Level | None)
    gathering: Gathering = found
assert_type(ip4kb.initiatives["tokyo-liaison-office"].status, Status | None)
assert_type(ip4kb.claims["a-claim"].stance, Stance | None)
assert_type(ip4kb.partners["japan"].capital, str | None)

# --- questions -------------------------------------------------------------------------------------------------------

assert_type(ip4kb.attendance("the-hague-2025"), Attendance)
assert_type(ip4kb.attendance(partner="japan", kind="visit"), Attendance)
assert_type(kb.attendance(), Attendance)
row = ip4kb.attendance("the-hague-2025")[0]
assert_type(row, AttendanceRow)
assert_type(row.level, Level | Unknown | None)
assert_type(row.presence, Presence | Unknown)
assert_type(row.invitation, Invitation | Unknown)
assert_type(row.representative, str | None)
assert_type(row.citations, tuple[ResolvedCitation, ...])
assert_type(row.standing, Standing | Unknown)
assert_type(row.layer, str | None)
if row.presence is not UNKNOWN:
    assert_type(row.presence, Presence)

assert_type(ip4kb.timeline("japan", theme=Theme.SPACE, since="2022", until=PartialDate(2025)), Timeline)
assert_type(ip4kb.timeline()[0], TimelineRow)
assert_type(ip4kb.timeline()[0].date, PartialDate | None)
assert_type(ip4kb.claims_about("ip4", stance="supports", kind="forecast"), Claims)
assert_type(ip4kb.claims_about("ip4")[0], ClaimRow)
assert_type(ip4kb.disagreements_about(), Disagreements)
assert_type(ip4kb.disagreements_about("the-hague-2025")[0], PositionRow)
assert_type(ip4kb.evidence("japan#capital"), Evidence)
assert_type(ip4kb.evidence("japan#capital")[0], ResolvedCitation)
assert_type(ip4kb.evidence("japan#capital")[0].layer, str | None)
assert_type(ip4kb.evidence("japan#capital")[0].replaced, str | None)
assert_type(ip4kb.evidence("japan#capital").standing, Standing | Unknown)
assert_type(ip4kb.evidence("japan#capital").place, str)
assert_type(ip4kb.standing("japan#capital"), Standing | Unknown)
assert_type(ip4kb.declarations_of("nato"), tuple[Declaration, ...])
assert_type(ip4kb.participations_of("japan"), tuple[tuple[Gathering, Participation], ...])
assert_type(ip4kb.referring_to("japan"), tuple[Reference, ...])
assert_type(ip4kb.cited_by("frassineti-2025"), tuple[Reference, ...])

assert_type(ip4kb.attendance(level="ambassador", theme=Theme.SPACE, since="2022", until=PartialDate(2025)), Attendance)
assert_type(ip4kb.compare("a-text", "another-text", "a-third", theme="china"), Comparison)
assert_type(ip4kb.compare("a-text", "another-text")[0], CompareRow)
assert_type(ip4kb.compare("a-text", "another-text")[0].speech, Speech)
assert_type(ip4kb.claims_about("ip4", author="Kim"), Claims)
assert_type(ip4kb.literature()[0], LiteratureRow)
assert_type(ip4kb.search("liaison office")[0], SearchRow)
assert_type(ip4kb.search("liaison office")[0].marks, tuple[tuple[int, int], ...])
assert_type(ip4kb.show("japan")[0], FieldRow)
assert_type(ip4kb.show("japan").references, tuple[Reference, ...])
assert_type(ip4kb.cite(), str)
assert_type(ip4kb.cite(ip4kb.attendance(), style="ris"), str)
assert_type(ip4kb.cite(ip4kb.partners["japan"]), str)
assert_type(ip4kb.as_known_on("2024-07"), KnowledgeBase)
assert_type(ip4kb.as_known_on(PartialDate(2024)).attendance(), Attendance)
assert_type(ip4kb.coverage(), Coverage)
assert_type(ip4kb.coverage()[0], CoverageRow)
ip4kb.export("json", "ip4kb.json")
kb.export("csv", Path("ip4kb"))
assert_type(ip4kb.diff("old", Path("new.zip")), Diff)
assert_type(ip4kb.diff(kb, kb)[0], Change)
assert_type(ip4kb.diff(kb, kb)[0].change, ChangeKind)

# --- tables ----------------------------------------------------------------------------------------------------------

table: Table[AttendanceRow] = ip4kb.attendance()
assert_type(table[0], AttendanceRow)
assert_type(table[:2], tuple[AttendanceRow, ...])
assert_type(iter(table), Iterator[AttendanceRow])
assert_type([each.partner for each in table], list[str])
assert_type(len(table), int)
assert_type(table.title, str)
assert_type(table.caveat, str | None)
assert_type(table.data_version, str | None)
assert_type(table.to_records(), list[dict[str, Any]])
assert_type(ip4kb.plot.svg(ip4kb.plot.attendance(ip4kb.attendance())), str)
assert_type(table.citations, tuple[ResolvedCitation, ...])
assert_type(ip4kb.attendance()[0], AttendanceRow)
assert_type(ip4kb.attendance()[::2], tuple[AttendanceRow, ...])

# --- dates, vocabularies, errors -------------------------------------------------------------------------------------

assert_type(PartialDate.parse("2025-06"), PartialDate)
assert_type(PartialDate(2025, 6, 25).first, dt.date)
assert_type(PartialDate(2025).month, int | None)
assert_type(PartialDate(2025) < "2026", bool)
assert_type(PartialDate(2025) >= PartialDate(2024, 12), bool)
assert_type(sorted([PartialDate(2025), PartialDate(2024)]), list[PartialDate])
assert_type(Theme("space"), Theme)
assert_type(list(Theme), list[Theme])
assert_type(ip4kb.CODED_THEMES[0], Theme)

try:
    ip4kb.preload()
except ip4kb.DataError as error:
    assert_type(error.problems, tuple[Problem, ...])
except (ip4kb.UnknownRecordError, ip4kb.AmbiguousNameError, ip4kb.ArgumentError, ip4kb.DateError) as failure:
    failures: ip4kb.Ip4kbError = failure
