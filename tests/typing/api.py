"""The types that users of the public names see. Type checkers read this file; it is never run."""

import datetime as dt
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
import pyarrow as pa

import ip4kb
from ip4kb import (
    UNKNOWN,
    Alias,
    AliasKind,
    Alliance,
    AllianceKind,
    Attendance,
    AttendanceRow,
    Author,
    Basis,
    Change,
    ChangeKind,
    Citation,
    Claim,
    ClaimKind,
    ClaimRow,
    Claims,
    Code,
    CodeScheme,
    Collection,
    CompareRow,
    Comparison,
    Coverage,
    CoverageRow,
    Declaration,
    DeclarationKind,
    Delegate,
    Development,
    Diff,
    Disagreement,
    Disagreements,
    Evidence,
    FieldRow,
    Gathering,
    Initiative,
    InitiativeKind,
    Invitation,
    Kind,
    KnowledgeBase,
    Level,
    Literature,
    LiteratureRow,
    Location,
    Meeting,
    MeetingKind,
    Membership,
    MembershipStatus,
    Mode,
    Outcome,
    PartialDate,
    Participation,
    Partner,
    Person,
    Position,
    PositionRow,
    Presence,
    Problem,
    Provision,
    Qualifier,
    Quantity,
    Reason,
    ReasonRow,
    Record,
    Reference,
    ResolvedCitation,
    Search,
    SearchRow,
    Shown,
    Silence,
    Source,
    SourceKind,
    Speech,
    Stance,
    Standing,
    Status,
    Summit,
    Table,
    Tenure,
    Theme,
    Timeline,
    TimelineRow,
    Unit,
    Unknown,
    Verification,
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
assert_type(ip4kb.load().version, str | None)
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

# --- records of one's own ---------------------------------------------------------------------------------------------

day, month = PartialDate.parse("2025-06-25"), PartialDate(2025, 6)
cited = Citation(source="a-report", supports=("start",), paragraph=3, phrase="in June", inferred=True, via="a-paper")
paged = Citation(source="a-report", number="12", page="4")
alias = Alias(text="NZ", kind=AliasKind.ABBREVIATION, language="en")
place = Location(city="The Hague", country="netherlands", venue="World Forum")
amount = Quantity(
    value=2.5, to=3, unit=Unit.PERCENT_OF_GDP, qualifier=Qualifier.ABOUT, since=month, until=day, scope="all"
)
leader = Tenure(key="leader", person="someone", office="Prime Minister", since=month, until=day, citations=(cited,))
step = Development(
    key="agreed",
    date=day,
    until=day,
    summary="It was agreed.",
    theme=Theme.SPACE,
    by=("nato",),
    basis=Basis.RECORDED,
    status=Status.AGREED,
    quantity=amount,
    citations=(cited,),
)
reason = Reason(key="busy", text="She was busy.", given_by=("someone",), citations=(cited,))
came = Participation(
    party="japan",
    invitation=Invitation.INVITED,
    presence=Presence.REPRESENTED,
    mode=Mode.IN_PERSON,
    basis=Basis.REPORTED,
    delegates=(Delegate(person="someone", office="Foreign Minister", level=Level.FOREIGN_MINISTER),),
    delegation_size=5,
    in_place_of="someone-else",
    reasons=(reason,),
    citations=(cited,),
)
said = Provision(theme=Theme.CHINA, summary="It names China.", citations=(cited,))
unsaid = Silence(
    theme=Theme.SPACE, summary="No space.", absent_terms=("space",), compared_with=("a-text",), citations=(cited,)
)
position = Position(
    key="june", statement="In June.", value="2025-06", adopted=True, claims=("a-claim",), citations=(cited,)
)
own: list[Record] = [
    Source(
        id="a-report",
        kind=SourceKind.THINK_TANK,
        title="A report",
        issuer="nato",
        authors=(Author(family="Writer", given="W."), Author(literal="The institute")),
        publisher="Institute",
        published=month,
        published_not_after=day,
        url="https://example.org/report",
        archived_url="https://example.org/archived",
        accessed=day,
        language="en",
        series="Papers",
        number="3",
        pages="1-9",
        license="CC-BY-4.0",
        text_digest="sha256:0",
        draws_on=("another-report",),
        note="A remark.",
    ),
    Alliance(
        id="an-alliance",
        name="Alliance",
        aliases=(alias,),
        kind=AllianceKind.FORUM,
        summary="A forum.",
        founded=day,
        treaty="a-text",
        headquarters=place,
        members=(
            Membership(country="japan", status=MembershipStatus.MEMBER, since=month, until=day, citations=(cited,)),
        ),
        offices=(leader,),
        citations=(cited,),
        note="A remark.",
    ),
    Partner(
        id="a-partner",
        name="Partner",
        aliases=(alias,),
        official_name="The Partner",
        codes=(Code(scheme=CodeScheme.UN_M49, value="000"),),
        capital="City",
        offices=(leader,),
        developments=(step,),
        citations=(cited,),
        note="A remark.",
    ),
    Summit(
        id="a-summit",
        name="Summit",
        aliases=(alias,),
        themes=(Theme.CHINA,),
        summary="A summit.",
        start=month,
        end=day,
        places=(place,),
        hosts=("netherlands",),
        outcome=Outcome.HELD,
        participations=(came,),
        citations=(cited, paged),
        note="A remark.",
        secretary_general="someone",
        number_of_allies=32,
    ),
    Meeting(id="a-meeting", name="Talks", start=month, kind=MeetingKind.VISIT, organiser="nato", within="a-summit"),
    Declaration(
        id="a-text",
        name="Text",
        aliases=(alias,),
        kind=DeclarationKind.SUMMIT_DECLARATION,
        summary="A text.",
        issued=day,
        place=place,
        issuers=("nato",),
        meeting="a-summit",
        reference="(2025) 1",
        since=month,
        until=day,
        paragraphs=5,
        words=400,
        text="a-report",
        provisions=(said,),
        silences=(unsaid,),
        citations=(cited,),
        note="A remark.",
    ),
    Initiative(
        id="an-office",
        name="Office",
        aliases=(alias,),
        kind=InitiativeKind.LIAISON_OFFICE,
        themes=(Theme.REPRESENTATION,),
        summary="An office.",
        parties=("nato", "japan"),
        agreed_at="a-summit",
        since=month,
        until=day,
        quantities=(amount,),
        developments=(step,),
        citations=(cited,),
        note="A remark.",
    ),
    Claim(
        id="a-claim",
        kind=ClaimKind.FORECAST,
        summary="An office opens.",
        about=("an-office",),
        by=("someone",),
        stance=Stance.SUPPORTS,
        themes=(Theme.REPRESENTATION,),
        quantity=amount,
        citations=(cited,),
        note="A remark.",
    ),
    Disagreement(
        id="a-date",
        name="Date",
        about=("a-summit#start",),
        theme=Theme.SPACE,
        positions=(position,),
        reasoning="One is the alliance's own.",
        note="A remark.",
    ),
]
someone = Person(id="someone", name="Some One", family="One", given="Some", spellings=("S. One",))
assert_type(amount.value, int | float)
assert_type(someone.spellings, tuple[str, ...])
assert_type([record.id for record in own], list[str])
assert_type(ip4kb.claims["a-claim"].source, str)
assert_type(Kind.SUMMIT.collection, str)
assert_type(Kind.SUMMIT.record_class, type[Any])

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

assert_type(ip4kb.diff(kb, kb).to_text(), str)
assert_type(ip4kb.attendance()[0].reasons, tuple[ReasonRow, ...])
assert_type(ip4kb.literature(), Literature)
assert_type(ip4kb.search("liaison office"), Search)
assert_type(ip4kb.search("liaison office")[0].marked, str)
assert_type(ip4kb.show("japan"), Shown)
assert_type(ip4kb.evidence("japan#capital")[0].passage, str)
assert_type(ip4kb.evidence("japan#capital")[0].verification, Verification)

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
assert_type(table.to_pandas(), pd.DataFrame)
assert_type(table.to_arrow(), pa.Table)
assert_type(table.row_class, type[AttendanceRow])
assert_type(table.citations_of(table[0]), tuple[ResolvedCitation, ...])
charts = [
    ip4kb.plot.attendance(ip4kb.attendance()),
    ip4kb.plot.timeline(ip4kb.timeline()),
    ip4kb.plot.spending(ip4kb.timeline()),
    ip4kb.plot.wording(ip4kb.compare("a-text", "another-text")),
    ip4kb.plot.literature(ip4kb.literature()),
]
assert_type([ip4kb.plot.svg(chart) for chart in charts], list[str])
assert_type(ip4kb.plot.svg(ip4kb.plot.attendance(ip4kb.attendance())), str)
assert_type(table.citations, tuple[ResolvedCitation, ...])
assert_type(ip4kb.attendance()[0], AttendanceRow)
assert_type(ip4kb.attendance()[::2], tuple[AttendanceRow, ...])

# --- dates, vocabularies, errors -------------------------------------------------------------------------------------

assert_type(PartialDate.parse("2025-06"), PartialDate)
assert_type(PartialDate(2025, 6, 25).first, dt.date)
assert_type(PartialDate(2025, 6, 25).last, dt.date)
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
except (ip4kb.InvalidValueError, ip4kb.MissingLibraryError, ip4kb.ExportError) as failure:
    failures = failure
warnings.simplefilter("error", ip4kb.OverlayWarning)
