"""NATO and its four Indo-Pacific partners: a typed knowledge base with a citation behind every fact.

Examples:
    >>> import ip4kb
    >>> for row in ip4kb.attendance("the-hague-2025"):
    ...     print(row.partner, row.level)
    australia deputy-head-of-government
    japan foreign-minister
    new-zealand head-of-government
    south-korea national-security-adviser
"""

#: Version of the library, as in its package metadata.
__version__: str = "0.2.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Final

    from ip4kb import plot as plot
    from ip4kb.dates import PartialDate
    from ip4kb.exceptions import (
        AmbiguousNameError,
        ArgumentError,
        DataError,
        DateError,
        ExportError,
        InvalidValueError,
        Ip4kbError,
        MissingLibraryError,
        OverlayWarning,
        Problem,
        UnknownRecordError,
    )
    from ip4kb.knowledge_base import KnowledgeBase, diff, load, preload
    from ip4kb.model.alliance import Alliance, AllianceKind, Membership, MembershipStatus
    from ip4kb.model.citation import Citation
    from ip4kb.model.claim import Claim, ClaimKind, Stance
    from ip4kb.model.declaration import Declaration, DeclarationKind, Provision, Silence
    from ip4kb.model.development import Basis, Development, Status
    from ip4kb.model.disagreement import Disagreement, Position
    from ip4kb.model.gathering import (
        Delegate,
        Gathering,
        Invitation,
        Level,
        Mode,
        Outcome,
        Participation,
        Presence,
        Reason,
    )
    from ip4kb.model.initiative import Initiative, InitiativeKind
    from ip4kb.model.kind import Kind
    from ip4kb.model.location import Location
    from ip4kb.model.meeting import Meeting, MeetingKind
    from ip4kb.model.name import Alias, AliasKind
    from ip4kb.model.partner import Code, CodeScheme, Partner
    from ip4kb.model.person import Person
    from ip4kb.model.quantity import Qualifier, Quantity, Unit
    from ip4kb.model.record import Record
    from ip4kb.model.source import Author, Source, SourceKind
    from ip4kb.model.summit import Summit
    from ip4kb.model.tenure import Tenure
    from ip4kb.model.theme import CODED_THEMES, Theme
    from ip4kb.queries.attendance import AttendanceRow, ReasonRow
    from ip4kb.queries.changes import Change, ChangeKind
    from ip4kb.queries.claims import ClaimRow
    from ip4kb.queries.comparison import CompareRow, Speech
    from ip4kb.queries.disagreements import PositionRow
    from ip4kb.queries.evidence import UNKNOWN, ResolvedCitation, Standing, Unknown, Verification
    from ip4kb.queries.literature import LiteratureRow
    from ip4kb.queries.relations import Reference
    from ip4kb.queries.search import SearchRow
    from ip4kb.queries.shown import FieldRow
    from ip4kb.queries.timeline import TimelineRow
    from ip4kb.records import Collection
    from ip4kb.results.attendance import Attendance
    from ip4kb.results.claims import Claims
    from ip4kb.results.comparison import Comparison
    from ip4kb.results.coverage import Coverage
    from ip4kb.results.diff import Diff
    from ip4kb.results.disagreements import Disagreements
    from ip4kb.results.evidence import Evidence
    from ip4kb.results.literature import Literature
    from ip4kb.results.search import Search
    from ip4kb.results.shown import Shown
    from ip4kb.results.table import Table
    from ip4kb.results.timeline import Timeline
    from ip4kb.tables import CoverageRow, schema_version

    #: Alliances, groupings and partnership frameworks.
    alliances: Collection[Alliance]
    #: What sources argue, foresee or count.
    claims: Collection[Claim]
    #: Documents, with what they say and what they leave out.
    declarations: Collection[Declaration]
    #: Where sources differ, with every position.
    disagreements: Collection[Disagreement]
    #: Cooperation, and what became of it.
    initiatives: Collection[Initiative]
    #: Meetings below or beside summits.
    meetings: Collection[Meeting]
    #: The four partner countries.
    partners: Collection[Partner]
    #: The texts in which facts are found.
    sources: Collection[Source]
    #: Summits of NATO.
    summits: Collection[Summit]
    #: People by id.
    people: Mapping[str, Person]
    #: Version of the data, `YYYY.MM.N`.
    data_version: str
    _kb: Final = load()
    as_known_on: Final = _kb.as_known_on
    attendance: Final = _kb.attendance
    cite: Final = _kb.cite
    cited_by: Final = _kb.cited_by
    claims_about: Final = _kb.claims_about
    compare: Final = _kb.compare
    coverage: Final = _kb.coverage
    declarations_of: Final = _kb.declarations_of
    disagreements_about: Final = _kb.disagreements_about
    evidence: Final = _kb.evidence
    export: Final = _kb.export
    find: Final = _kb.find
    literature: Final = _kb.literature
    participations_of: Final = _kb.participations_of
    referring_to: Final = _kb.referring_to
    search: Final = _kb.search
    show: Final = _kb.show
    standing: Final = _kb.standing
    timeline: Final = _kb.timeline

__all__ = [
    "CODED_THEMES",
    "UNKNOWN",
    "Alias",
    "AliasKind",
    "Alliance",
    "AllianceKind",
    "AmbiguousNameError",
    "ArgumentError",
    "Attendance",
    "AttendanceRow",
    "Author",
    "Basis",
    "Change",
    "ChangeKind",
    "Citation",
    "Claim",
    "ClaimKind",
    "ClaimRow",
    "Claims",
    "Code",
    "CodeScheme",
    "Collection",
    "CompareRow",
    "Comparison",
    "Coverage",
    "CoverageRow",
    "DataError",
    "DateError",
    "Declaration",
    "DeclarationKind",
    "Delegate",
    "Development",
    "Diff",
    "Disagreement",
    "Disagreements",
    "Evidence",
    "ExportError",
    "FieldRow",
    "Gathering",
    "Initiative",
    "InitiativeKind",
    "InvalidValueError",
    "Invitation",
    "Ip4kbError",
    "Kind",
    "KnowledgeBase",
    "Level",
    "Literature",
    "LiteratureRow",
    "Location",
    "Meeting",
    "MeetingKind",
    "Membership",
    "MembershipStatus",
    "MissingLibraryError",
    "Mode",
    "Outcome",
    "OverlayWarning",
    "PartialDate",
    "Participation",
    "Partner",
    "Person",
    "Position",
    "PositionRow",
    "Presence",
    "Problem",
    "Provision",
    "Qualifier",
    "Quantity",
    "Reason",
    "ReasonRow",
    "Record",
    "Reference",
    "ResolvedCitation",
    "Search",
    "SearchRow",
    "Shown",
    "Silence",
    "Source",
    "SourceKind",
    "Speech",
    "Stance",
    "Standing",
    "Status",
    "Summit",
    "Table",
    "Tenure",
    "Theme",
    "Timeline",
    "TimelineRow",
    "Unit",
    "Unknown",
    "UnknownRecordError",
    "Verification",
    "__version__",
    "alliances",
    "as_known_on",
    "attendance",
    "cite",
    "cited_by",
    "claims",
    "claims_about",
    "compare",
    "coverage",
    "data_version",
    "declarations",
    "declarations_of",
    "diff",
    "disagreements",
    "disagreements_about",
    "evidence",
    "export",
    "find",
    "initiatives",
    "literature",
    "load",
    "meetings",
    "participations_of",
    "partners",
    "people",
    "plot",
    "preload",
    "referring_to",
    "schema_version",
    "search",
    "show",
    "sources",
    "standing",
    "summits",
    "timeline",
]

if not TYPE_CHECKING:
    _NAMES_BY_MODULE = {
        "dates": "PartialDate",
        "exceptions": "AmbiguousNameError ArgumentError DataError DateError ExportError InvalidValueError "
        "Ip4kbError MissingLibraryError OverlayWarning Problem UnknownRecordError",
        "knowledge_base": "KnowledgeBase diff load preload",
        "model.alliance": "Alliance AllianceKind Membership MembershipStatus",
        "model.citation": "Citation",
        "model.claim": "Claim ClaimKind Stance",
        "model.declaration": "Declaration DeclarationKind Provision Silence",
        "model.development": "Basis Development Status",
        "model.disagreement": "Disagreement Position",
        "model.gathering": "Delegate Gathering Invitation Level Mode Outcome Participation Presence Reason",
        "model.initiative": "Initiative InitiativeKind",
        "model.kind": "Kind",
        "model.location": "Location",
        "model.meeting": "Meeting MeetingKind",
        "model.name": "Alias AliasKind",
        "model.partner": "Code CodeScheme Partner",
        "model.person": "Person",
        "model.quantity": "Qualifier Quantity Unit",
        "model.record": "Record",
        "model.source": "Author Source SourceKind",
        "model.summit": "Summit",
        "model.tenure": "Tenure",
        "model.theme": "CODED_THEMES Theme",
        "queries.attendance": "AttendanceRow ReasonRow",
        "queries.changes": "Change ChangeKind",
        "queries.claims": "ClaimRow",
        "queries.comparison": "CompareRow Speech",
        "queries.disagreements": "PositionRow",
        "queries.evidence": "ResolvedCitation Standing UNKNOWN Unknown Verification",
        "queries.literature": "LiteratureRow",
        "queries.relations": "Reference",
        "queries.search": "SearchRow",
        "queries.shown": "FieldRow",
        "queries.timeline": "TimelineRow",
        "records": "Collection",
        "results.attendance": "Attendance",
        "results.claims": "Claims",
        "results.comparison": "Comparison",
        "results.coverage": "Coverage",
        "results.diff": "Diff",
        "results.disagreements": "Disagreements",
        "results.evidence": "Evidence",
        "results.literature": "Literature",
        "results.search": "Search",
        "results.shown": "Shown",
        "results.table": "Table",
        "results.timeline": "Timeline",
        "tables": "CoverageRow schema_version",
    }
    _HOMES = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}

    def __getattr__(name):
        if name in _HOMES:
            import importlib

            return globals().setdefault(name, getattr(importlib.import_module(f"ip4kb.{_HOMES[name]}"), name))
        if name == "plot":
            import importlib

            return importlib.import_module("ip4kb.plot")
        if name in __all__:
            from ip4kb.knowledge_base import load

            return globals().setdefault(name, getattr(load(), name))
        from ip4kb.likeness import did_you_mean

        msg = f"module 'ip4kb' has no attribute {name!r}.{did_you_mean(name, __all__)}"
        raise AttributeError(msg)

    def __dir__():
        return __all__
