"""The knowledge base: nine collections, and the questions as methods."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from ip4kb.exceptions import DataError, Problem
from ip4kb.model.kind import Kind
from ip4kb.records import Held
from ip4kb.shelves import Bundle, Folder, Shelf
from ip4kb.store import Library, bundled, once

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ip4kb.dates import PartialDate
    from ip4kb.model.alliance import Alliance
    from ip4kb.model.claim import Claim
    from ip4kb.model.declaration import Declaration
    from ip4kb.model.disagreement import Disagreement
    from ip4kb.model.gathering import Gathering, Participation
    from ip4kb.model.initiative import Initiative
    from ip4kb.model.meeting import Meeting
    from ip4kb.model.partner import Partner
    from ip4kb.model.person import Person
    from ip4kb.model.source import Source
    from ip4kb.model.summit import Summit
    from ip4kb.queries.evidence import Standing, Unknown
    from ip4kb.queries.relations import Reference
    from ip4kb.records import Collection, Records
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

    AnyRecord = Source | Alliance | Partner | Summit | Meeting | Declaration | Initiative | Claim | Disagreement


T = TypeVar("T")
R = TypeVar("R")


def _require_sound(library: Library, *others: Problem) -> None:
    """Read everything and run every rule.

    Raises:
        DataError: With every problem found, the others included.
    """
    from ip4kb.rules import check_all

    problems = [*check_all(library), *others]
    if problems:
        raise DataError(tuple(problems))


class KnowledgeBase:
    """Records on NATO and its four Indo-Pacific partners, and the questions that can be asked of them.

    A knowledge base never changes. The bundled one, from `load()`, reads each kind of record when it is first
    asked for; the others are read and checked whole. It can be shared between threads, and pickled.

    Examples:
        >>> import ip4kb
        >>> kb = ip4kb.load()
        >>> kb.partners["new-zealand"].official_name
        'New Zealand'
        >>> kb.summits.where(hosts="netherlands")
        <1 summit: the-hague-2025>
    """

    __slots__ = ("_library",)

    def __init__(self, library: Library | Held) -> None:
        object.__setattr__(self, "_library", library)

    if TYPE_CHECKING:
        _library: Library | Held

    def __setattr__(self, name: str, value: object) -> None:
        msg = f"A knowledge base never changes, so {name!r} cannot be set."
        raise AttributeError(msg)

    @classmethod
    def from_directory(cls, path: "str | Path") -> "KnowledgeBase":
        """The records in a folder, one file a record, as `summit/madrid-2022.json`; all rules are run.

        Args:
            path: The folder; beside the kinds' folders it may hold `people.json`, `ambiguous.json`, `retired.json`,
                `verified.json` and `manifest.json`.

        Raises:
            DataError: With every problem found; nothing is loaded then.
        """
        return cls._from_shelf(Folder(path))

    @classmethod
    def from_zip(cls, path: "str | Path") -> "KnowledgeBase":
        """The records in a zip archive, laid out as for `from_directory`, or in a wheel of ip4kb; all rules are run.

        Raises:
            DataError: With every problem found; nothing is loaded then.
        """
        from ip4kb.archive import Zip

        return cls._from_shelf(Zip(path))

    @classmethod
    def _from_shelf(cls, shelf: Shelf) -> "KnowledgeBase":
        library = Library(shelf)
        if not library.ids:
            message = "no record stands here; name a folder or zip with files such as summit/madrid-2022.json."
            raise DataError((Problem(file=".", place="", rule="file", message=message),))
        _require_sound(library)
        return cls(Held({kind: library.collection(kind) for kind in Kind}, library.tables))

    # --- the nine collections ----------------------------------------------------------------------------------------

    @property
    def sources(self) -> "Collection[Source]":
        """The texts in which facts are found."""
        return self._library.collection(Kind.SOURCE)

    @property
    def alliances(self) -> "Collection[Alliance]":
        """Alliances, groupings and partnership frameworks."""
        return self._library.collection(Kind.ALLIANCE)

    @property
    def partners(self) -> "Collection[Partner]":
        """The four partner countries."""
        return self._library.collection(Kind.PARTNER)

    @property
    def summits(self) -> "Collection[Summit]":
        """Summits of NATO."""
        return self._library.collection(Kind.SUMMIT)

    @property
    def meetings(self) -> "Collection[Meeting]":
        """Meetings below or beside summits."""
        return self._library.collection(Kind.MEETING)

    @property
    def declarations(self) -> "Collection[Declaration]":
        """Documents, with what they say and what they leave out."""
        return self._library.collection(Kind.DECLARATION)

    @property
    def initiatives(self) -> "Collection[Initiative]":
        """Cooperation, and what became of it."""
        return self._library.collection(Kind.INITIATIVE)

    @property
    def claims(self) -> "Collection[Claim]":
        """What sources argue, foresee or count."""
        return self._library.collection(Kind.CLAIM)

    @property
    def disagreements(self) -> "Collection[Disagreement]":
        """Where sources differ, with every position."""
        return self._library.collection(Kind.DISAGREEMENT)

    @property
    def people(self) -> "Mapping[str, Person]":
        """People by id."""
        return MappingProxyType(dict(self._library.tables.people))

    @property
    def data_version(self) -> str | None:
        """Version of the data, `YYYY.MM.N`; None where the data has none."""
        return self._library.tables.data_version

    @property
    def version(self) -> str | None:
        """Version of the data as answers name it: with what is laid over it and the day as of which it is filtered.

        None where the data has no version, and nothing is laid over it or filtered.

        Examples:
            >>> import ip4kb
            >>> kb = ip4kb.as_known_on("2024-07-11")
            >>> kb.version == kb.attendance().data_version == f"{ip4kb.data_version} as known on 2024-07-11"
            True
        """
        return self._library.tables.version

    @property
    def layers(self) -> tuple[str, ...]:
        """The names of the data and of the overlays laid over it, in order; a later one wins."""
        return " ".join(filter(None, ["ip4kb", self.data_version])), *self._library.tables.layers

    # --- questions ---------------------------------------------------------------------------------------------------

    def find(self, id: str) -> "AnyRecord":
        """The record with this id, whatever its kind.

        Raises:
            UnknownRecordError: If there is none; close matches are named.
            ArgumentError: If the id is no text, or empty.

        Examples:
            >>> import ip4kb
            >>> ip4kb.find("the-hague-2025").secretary_general
            'mark-rutte'
        """
        from ip4kb.queries.subjects import find

        record: AnyRecord = find(self._library, id)
        return record

    def show(self, id: str) -> "Shown":
        """One record, fact by fact, with the citations behind each, and everything that refers to it.

        Args:
            id: Id, name, alias or code.

        Returns:
            A table of `FieldRow`, in the order of the record; its `references` are the other ends.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the name is no text, or empty.

        Examples:
            >>> import ip4kb
            >>> [(row.value, row.standing.value) for row in ip4kb.show("the-hague-2025") if row.field == "end"]
            [('2025-06-25', 'official')]
        """
        from ip4kb.names import require_text
        from ip4kb.queries.relations import referring_to
        from ip4kb.queries.shown import fields_of
        from ip4kb.queries.subjects import find, named
        from ip4kb.results.shown import Shown

        known = require_text(id, "a name or an id") in self._library.ids
        record = find(self._library, id) if known else named(self._library, id)
        rows = self._ask(lambda records: fields_of(records, find(records, record.id)))
        referring = self._ask(lambda records: referring_to(records, record.id))
        references = tuple(found for found in referring if found.record != record.id)
        return self._answer(Shown, repr(record)[1:-1], rows, references=references)

    def attendance(
        self,
        subject: str | None = None,
        *,
        partner: str | None = None,
        kind: str | None = None,
        level: str | None = None,
        theme: str | None = None,
        since: "str | PartialDate | None" = None,
        until: "str | PartialDate | None" = None,
    ) -> "Attendance":
        """Who of the four came to which gathering, at what level, in whose place and why.

        A summit or meeting gives exactly four rows, one a partner; what no source says is `UNKNOWN` there, which is
        not absence. A partner gives its summits, or with `kind` its meetings of that kind. Nothing gives all summits.
        A reduced date is kept where it may overlap `since` and `until`; `row.certain` says whether it surely does. What
        is asked beyond the coverage is unknown, as is whether someone of unknown level had the level asked for; the
        table's `caveat` says so.

        Args:
            subject: Id, name, alias or code of a summit, a meeting or a partner.
            partner: A partner, to keep its rows only.
            kind: `summit` (the default), `meeting`, or a `MeetingKind` such as `visit`; of meetings, those at which
                something is known of the partner.
            level: A `Level`, to keep those who came at exactly this rank.
            theme: A `Theme`, to keep the gatherings that were about it.
            since: First day, month or year to keep (ISO 8601).
            until: Last day, month or year to keep (ISO 8601).

        Returns:
            A table of `AttendanceRow`, by date of the gathering, then by partner.

        Raises:
            UnknownRecordError: If a name is borne by no summit, meeting or partner.
            AmbiguousNameError: If several bear it.
            ArgumentError: If an argument has the wrong form or is not in its vocabulary, `until` lies before `since`,
                or the arguments do not go together.
            DateError: If a date has the wrong form or does not exist.

        Examples:
            >>> import ip4kb
            >>> [(row.gathering, str(row.level)) for row in ip4kb.attendance(partner="ROK", since="2024", until="2025")]
            [('washington-2024', 'head-of-state'), ('the-hague-2025', 'national-security-adviser')]
        """
        from ip4kb.queries.attendance import at_level, attendance
        from ip4kb.queries.coverage import beyond
        from ip4kb.queries.spans import span_argument
        from ip4kb.results.attendance import Attendance

        every = self._ask(attendance, subject, partner=partner, kind=kind, theme=theme, since=since, until=until)
        rows, unknown = at_level(every, level)
        asked = [subject, partner, kind, level, theme, since and f"since {since}", until and f"until {until}"]
        outside = beyond(self._library, (Kind.SUMMIT, Kind.MEETING), span_argument(since, until))
        caveat = " ".join(filter(None, [outside, unknown])) or None
        return self._answer(Attendance, _title("Attendance", asked), rows, caveat=caveat)

    def timeline(
        self,
        subject: str | None = None,
        *,
        theme: str | None = None,
        kind: str | None = None,
        since: "str | PartialDate | None" = None,
        until: "str | PartialDate | None" = None,
    ) -> "Timeline":
        """What happened around a record, a country or a person: gatherings, documents, and steps of initiatives.

        A grouping such as `ip4` is concerned where all its members are; a step that another partner took alone is left
        out. What has no date stays where the steps before and after it leave room for it.
        A reduced date is kept where it may overlap `since` and `until`; `row.certain` says whether it surely does.
        What is asked beyond the coverage is unknown, and the table's `caveat` says so.

        Args:
            subject: Id, name, alias or code; nothing gives the whole record.
            theme: A `Theme`, to keep what is about it.
            kind: `summit`, `meeting`, `declaration` or `development`, to keep what is of this kind.
            since: First day, month or year to keep (ISO 8601).
            until: Last day, month or year to keep (ISO 8601).

        Returns:
            A table of `TimelineRow`, by date; undated ones come last.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the theme or the kind is not in its vocabulary, `until` lies before `since`, or the
                subject is a place within a record.
            DateError: If a date has the wrong form or does not exist.

        Examples:
            >>> import ip4kb
            >>> [row.record for row in ip4kb.timeline("nato", since="2023", until="2024") if row.kind == "summit"]
            ['vilnius-2023', 'washington-2024']
        """
        from ip4kb.queries.coverage import beyond
        from ip4kb.queries.spans import span_argument
        from ip4kb.queries.timeline import HAPPENINGS, timeline
        from ip4kb.results.timeline import Timeline

        rows = self._ask(timeline, subject, theme=theme, kind=kind, since=since, until=until)
        title = _title("Timeline", [subject, theme, kind, since and f"since {since}", until and f"until {until}"])
        outside = beyond(self._library, HAPPENINGS, span_argument(since, until))
        return self._answer(Timeline, title, rows, caveat=outside)

    def compare(self, a: str, b: str, *more: str, theme: str | None = None) -> "Comparison":
        """Documents side by side: what each says on each theme, and on what it is silent.

        NATO's summit texts are coded on `CODED_THEMES` as far as they could be read, other documents as far as sources
        tell. What is not coded is unknown, and no silence.

        Args:
            a: A document, by id, name or alias.
            b: Another.
            *more: Further ones, for a series.
            theme: A `Theme`, to compare on it alone; else on every theme on which one of them is coded.

        Returns:
            A table of `CompareRow`, by theme, then by date of the document; one that speaks of a theme and is known to
            leave out something on it has two rows.

        Raises:
            UnknownRecordError: If a name is borne by no document.
            AmbiguousNameError: If several bear it.
            ArgumentError: If the theme is not in the vocabulary, or a document is named twice.

        Examples:
            >>> import ip4kb
            >>> both = "washington-summit-declaration-2024", "the-hague-summit-declaration-2025"
            >>> [row.speech.value for row in ip4kb.compare(*both, theme="china")]
            ['says', 'silent']
        """
        from ip4kb.queries.comparison import compare
        from ip4kb.results.comparison import Comparison

        rows = self._ask(compare, (a, b, *more), theme)
        return self._answer(Comparison, _title("Comparison", [a, b, *more, theme]), rows)

    def claims_about(
        self,
        subject: str,
        *,
        stance: str | None = None,
        kind: str | None = None,
        author: str | None = None,
    ) -> "Claims":
        """What sources argue, foresee or count about a record, a place in one, a country or a person.

        Args:
            subject: Id, place, name, alias or code; a source gives what it claims itself.
            stance: A `Stance`, to keep the claims that take it.
            kind: A `ClaimKind`, to keep the claims of that kind.
            author: Someone who wrote the source or is named in it as the one who argues, by name or family name, or
                the source's publisher where it names no author.

        Returns:
            A table of `ClaimRow`, by claim id; a claim against which another position was adopted says so.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the stance or kind is not in its vocabulary, nobody of the author's name argues anything
                here, or the record has no such place.

        Examples:
            >>> import ip4kb
            >>> {row.stance.value for row in ip4kb.claims_about("ip4", stance="supports")}
            {'supports'}
        """
        from ip4kb.queries.claims import claims_about
        from ip4kb.results.claims import Claims

        rows = self._ask(claims_about, subject, stance=stance, kind=kind, author=author)
        return self._answer(Claims, _title("Claims", [subject, stance, kind, author]), rows)

    def literature(self) -> "Literature":
        """Which source argues what about whom: its claims on each partner and grouping, by stance.

        Returns:
            A table of `LiteratureRow`, by source, then by subject and stance.

        Examples:
            >>> import ip4kb
            >>> {row.subject for row in ip4kb.literature() if row.source == "kim-2025"} >= {"ip4", "south-korea"}
            True
        """
        from ip4kb.queries.literature import literature
        from ip4kb.results.literature import Literature

        return self._answer(Literature, "Literature", self._ask(literature))

    def disagreements_about(self, subject: str | None = None) -> "Disagreements":
        """Where sources differ about a record, a place in one, a country or a person; nothing gives all.

        Args:
            subject: Id, place, name, alias or code.

        Returns:
            A table of `PositionRow`, a row a position, by disagreement.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the record has no such place.

        Examples:
            >>> import ip4kb
            >>> len(ip4kb.disagreements_about("the-hague-2025")) > 1
            True
        """
        from ip4kb.queries.disagreements import disagreements_about
        from ip4kb.results.disagreements import Disagreements

        rows = self._ask(disagreements_about, subject)
        return self._answer(Disagreements, _title("Disagreements", [subject]), rows)

    def search(self, text: str) -> "Search":
        """Texts of the record in which all the words are found, best first; no matter the case and the accents.

        A word is found at the beginning of words too, a phrase in quotes as it stands. Names weigh more than what is
        told. A word may stand in the record's name alone, where another stands in the text.

        Args:
            text: Words, or phrases in quotes.

        Returns:
            A table of `SearchRow`; its `caveat` says where was looked. The texts of the sources are not searched.

        Raises:
            ArgumentError: If there is no word to look for.

        Examples:
            >>> import ip4kb
            >>> ip4kb.search("liaison office")[0].marked
            'NATO **liaison office** in Tokyo'
        """
        from ip4kb.queries.search import SCOPE, search
        from ip4kb.results.search import Search

        caveat = f"Looked in {SCOPE}; not in the texts of the sources."
        return self._answer(Search, _title("Search", [text]), self._ask(search, text), caveat=caveat)

    def evidence(self, place: str) -> "Evidence":
        """The citations behind a place in the data, verified or not, and how well it stands.

        Args:
            place: A record, a part or a field: `japan`, `japan#capital`, `the-hague-2025#participations.japan.reasons`.

        Returns:
            A table of `ResolvedCitation` with a `standing`; for a record or a part, of all that lies within it. What
            overlays have put something else in the place of comes last, marked as `replaced`.

        Raises:
            UnknownRecordError: If there is no such record.
            AmbiguousNameError: If several bear the name given for the record.
            ArgumentError: If the record has no such place, or what stands there is labelling and no fact.

        Examples:
            >>> import ip4kb
            >>> ip4kb.evidence("the-hague-2025#start").standing
            <Standing.OFFICIAL: 'official'>
        """
        from ip4kb.queries.evidence import evidence
        from ip4kb.queries.replaced import replaced
        from ip4kb.results.evidence import Evidence

        whole, stands, standing = evidence(self._library, place)
        rows = (*stands, *replaced(self._library, whole))
        title = f"Evidence: {whole}, {standing.value}"
        return self._answer(Evidence, title, rows, place=whole, standing=standing)

    def standing(self, place: str) -> "Standing | Unknown":
        """How well what stands at a place stands: disputed, official, corroborated, single-source, or unknown.

        Disputed is a fact that a `Disagreement` names by its place; official what an official source says whose
        issuer is the subject, the party, the host or the document's issuer; corroborated what two publishers say
        without drawing on one another or on a shared source, works of reference not counted; single-source the rest.
        A record or a part stands as the weakest of its own facts.

        Raises:
            UnknownRecordError: If there is no such record.
            AmbiguousNameError: If several bear the name given for the record.
            ArgumentError: If the record has no such place, or what stands there is labelling and no fact.
        """
        return self.evidence(place).standing

    def coverage(self) -> "Coverage":
        """For what time each kind of record was gathered, and when its sources were last searched.

        What happened before and after is unknown here, which does not mean that nothing happened.

        Returns:
            A table of `CoverageRow`, by kind; empty where the data states no coverage.

        Examples:
            >>> import ip4kb
            >>> ip4kb.coverage()[1].kind
            <Kind.ALLIANCE: 'alliance'>
            >>> ip4kb.timeline("japan", since="2099").caveat
            'Unknown: what happened after ...'
        """
        from ip4kb.results.coverage import Coverage

        return self._answer(Coverage, "Coverage", self._library.tables.coverage)

    def cite(self, target: "str | AnyRecord | Table[Any] | None" = None, *, style: str = "text") -> str:
        """What to cite, in a form that reference managers read.

        A source gives that source. All else gives ip4kb, with its version, date and address, and then each source
        behind the target.

        Args:
            target: A record or its id, a place in one, a table that answers a question, or nothing for the whole.
            style: `text`, `bibtex`, `ris` or `csl-json`.

        Raises:
            UnknownRecordError: If there is no such record.
            AmbiguousNameError: If several bear the name given for the record.
            ArgumentError: If the style is none of these, the record has no such place, or the target is none of these.

        Examples:
            >>> import ip4kb
            >>> print(ip4kb.cite("kim-2025").partition(". ")[0])
            Kim, Saeme (2025-06-30)
            >>> ip4kb.cite("japan#capital", style="bibtex").startswith("@misc{ip4kb-")
            True
        """
        from ip4kb.citing.cite import cite_source, cite_sources
        from ip4kb.exceptions import ArgumentError
        from ip4kb.model.record import Record
        from ip4kb.results.table import Table

        if target is None:
            return cite_sources(self._library, self.sources.ids, None, style)
        if isinstance(target, Table):
            return cite_sources(self._library, (row.source for row in target.citations), target.title, style)
        if not isinstance(target, str | Record):
            msg = f"What is cited must be a record, an id, a place, a table or nothing, but is {target!r}."
            raise ArgumentError(msg)
        place = target if isinstance(target, str) else str(getattr(target, "id", ""))
        if self._library.kind_of(place) is Kind.SOURCE:
            return cite_source(self._library, place, style)
        evidence = self.evidence(place)
        return cite_sources(self._library, (row.source for row in evidence.citations), evidence.place, style)

    def export(self, format: str, path: "str | Path") -> None:
        """Write the whole knowledge base in a format that others read.

        Each carries all records with their parts and citations, how well facts stand, the version of the data, its
        coverage, its licence and how to cite it; `graphml` carries who took part in what alone. The same records give
        the same bytes. An export is written whole or not at all: beside its place first, then put there by one rename.
        A file that is there is replaced; a folder goes to a new path or an empty folder only.

        Args:
            format: `json`, `sqlite`, `graphml` or `json-ld`, which are one file; `jsonl`, `csv` or `parquet`, which are
                a folder.
            path: The file or folder to write.

        Raises:
            ArgumentError: If there is no such format, or the path is empty or none.
            ExportError: If it cannot be written: a full disk, a missing permission, a folder that is not empty.
            MissingLibraryError: If `parquet` is asked for and pyarrow is not installed.

        Examples:
            >>> import ip4kb, json, pathlib, tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     path = pathlib.Path(folder, "ip4kb.json")
            ...     ip4kb.export("json", path)
            ...     document = json.loads(path.read_text("utf-8"))
            >>> document["metadata"]["license"]
            'CC-BY-4.0'
        """
        from ip4kb.exports.formats import export

        export(self._library, format, path)

    def as_known_on(self, date: "str | PartialDate") -> "KnowledgeBase":
        """The knowledge base as a reader of that day could have it: only what sources published by then say.

        It is a filter on today's records by the dates of their sources, not a memory of what was believed: summaries
        are in today's words, and what was published by then but is cited from a later source is missing. A source is
        seen from the earliest of its publication (the last day that its date may mean), `published_not_after` and
        `accessed`. A fact stays where a citation of a visible source supports it, a part where all its required facts
        stay, a record where a citation or part of it remains, a disagreement where two positions do; references to
        what is gone are cleared. Partners and alliances always stay. How well facts stand is derived anew.

        Args:
            date: A day, or a month or year, which stand for their last day (ISO 8601).

        Returns:
            A knowledge base, with the day in its repr, its coverage and its citations. An earlier one is contained in
            a later one.

        Raises:
            DateError: If the date has the wrong form or does not exist.

        Examples:
            >>> import ip4kb
            >>> before = ip4kb.as_known_on("2024-07-11")
            >>> "the-hague-2025" in before.summits
            False
            >>> before
            <KnowledgeBase ... as known on 2024-07-11: ...>
        """
        from ip4kb.dates import PartialDate
        from ip4kb.queries.known import known_on

        return KnowledgeBase(
            known_on(self._library, date if isinstance(date, PartialDate) else PartialDate.parse(date))
        )

    def with_overlay(self, overlay: "str | Path | Iterable[AnyRecord]") -> "KnowledgeBase":
        """The knowledge base with your own records and corrections laid over it; this one stays as it is.

        An overlay is laid out as the data is, one file a record. A file whose id is new here is a new record. One
        whose id is here is a correction, and gives only what it changes: what it names takes the place of what
        stands here. Parts that carry citations (a participation, a development, a provision ...) are corrected or
        added one by one, by their key; other lists are replaced whole. `null` takes a value out, and a part where
        the parts are given as an object by key, as in `{"participations": {"japan": null}}`. The citations of a
        correction stand behind the facts that it names, in place of those here. `people.json`, `ambiguous.json` and
        `retired.json` add entries or replace them. The overlay's name is that of its folder or archive, unless its
        `manifest.json` gives a `name`.

        Records in memory are whole: what one lacks of the record with its id is gone. Their overlay is named
        `own-records`.

        The rules are run over the whole. What an overlay cannot prove is not asked of it: passages of digested texts
        that the ledger lacks are shown as not checked, and its records may lie beyond the coverage. Every answer marks
        what comes from an overlay, in `row.layer`; `evidence` also lists what it replaces.

        Args:
            overlay: A folder or zip archive, or records.

        Returns:
            A knowledge base, with the overlay's name in its repr, its answers, pictures and citations. A further
            overlay may be laid over it; a later one wins.

        Raises:
            DataError: With every problem found, each by the file of the overlay; nothing is laid over then.
            ArgumentError: If it is neither a folder or a zip archive nor records.

        Warns:
            OverlayWarning: If nothing cites a source any more that was cited here.

        Examples:
            >>> import attrs, ip4kb
            >>> office = attrs.evolve(ip4kb.find("tokyo-liaison-office"), note="Compare with our interviews.")
            >>> kb = ip4kb.load().with_overlay([office])
            >>> kb.layers
            ('ip4kb ...', 'own-records')
            >>> [row.field for row in kb.show("tokyo-liaison-office") if row.layer]
            ['note']
        """
        from ip4kb.overlay import lay_over

        return KnowledgeBase(lay_over(self._library, overlay))

    # --- from a record to others -------------------------------------------------------------------------------------

    def declarations_of(self, subject: str) -> "tuple[Declaration, ...]":
        """The documents that a party issued, or that came out of a gathering, by date.

        Args:
            subject: Id, name, alias or code.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the subject is no text, or empty, or a place within a record.

        Examples:
            >>> import ip4kb
            >>> "vilnius-summit-communique-2023" in {text.id for text in ip4kb.declarations_of("vilnius-2023")}
            True
        """
        from ip4kb.queries.relations import declarations_of

        return declarations_of(self._library, subject)

    def participations_of(self, party: str) -> "tuple[tuple[Gathering, Participation], ...]":
        """The summits, then the meetings, at which something is known of a party, each with its participation.

        Args:
            party: Id, name, alias or code.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the party is no text, or empty, or a place within a record.
        """
        from ip4kb.queries.relations import participations_of

        return participations_of(self._library, party)

    def referring_to(self, subject: str) -> "tuple[Reference, ...]":
        """Every field that names a record, a place in it, a country or a person: the other end of each reference.

        Args:
            subject: Id, place, name, alias or code.

        Raises:
            UnknownRecordError: If nothing has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the subject is no text, or empty, or the record has no such place.
        """
        from ip4kb.queries.relations import referring_to

        return self._ask(referring_to, subject)

    def cited_by(self, source: str) -> "tuple[Reference, ...]":
        """Every citation of a source.

        Args:
            source: Id or title.

        Raises:
            UnknownRecordError: If no source has the name.
            AmbiguousNameError: If several have it.
            ArgumentError: If the name is no text, or empty.
        """
        from ip4kb.queries.relations import cited_by

        return self._ask(cited_by, source)

    def _ask(self, question: "Callable[..., tuple[R, ...]]", *asked: object, **more: object) -> "tuple[R, ...]":
        """The rows that answer a question, each marked with the overlay that it comes from, where there are any."""
        if self._library.beneath is None:
            return question(self._library, *asked, **more)
        from ip4kb.queries.layers import marked

        return marked(self._library, lambda records: question(records, *asked, **more))

    def _answer(self, table: "Callable[..., T]", title: str, rows: "tuple[Any, ...]", **more: object) -> "T":
        """A table of rows that says what version of the data it was asked of."""
        return table(title, rows, data_version=self._library.tables.version, **more)

    # --- the value ---------------------------------------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, KnowledgeBase):
            return NotImplemented
        if self._library is other._library:
            return True
        return _same(self._library, other._library)

    def __hash__(self) -> int:
        return hash(frozenset(self._library.ids))

    def __reduce__(self) -> "tuple[Any, ...]":
        if self._library is bundled():
            return load, ()
        return KnowledgeBase, (self._library,)

    def __repr__(self) -> str:
        counts: dict[Kind, int] = dict.fromkeys(Kind, 0)
        for kind in self._library.ids.values():
            counts[kind] += 1
        told = ", ".join(
            f"{count} {kind.value if count == 1 else kind.collection}" for kind, count in counts.items() if count
        )
        return f"<KnowledgeBase {self._library.tables.version or 'without version'}: {told or 'no records'}>"


def _same(one: "Records | None", other: "Records | None") -> bool:
    """Whether the records are the same, and what they are laid over."""
    if one is None or other is None or one is other:
        return one is other
    alike = all(one.collection(kind) == other.collection(kind) for kind in Kind) and one.tables == other.tables
    return alike and _same(one.beneath, other.beneath)


def _title(question: str, asked: "list[Any]") -> str:
    return ": ".join([question, *filter(None, [", ".join(str(part) for part in asked if part is not None)])])


@once
def load() -> KnowledgeBase:
    """The knowledge base that comes with the library, always the same; each kind is read when first asked for.

    Examples:
        >>> import ip4kb
        >>> ip4kb.load() is ip4kb.load()
        True
    """
    return KnowledgeBase(bundled())


def diff(old: "KnowledgeBase | str | Path", new: "KnowledgeBase | str | Path") -> "Diff":
    """What was added, removed and changed between two knowledge bases, record by record and place by place.

    Args:
        old: A knowledge base, a folder or zip archive of records as for `KnowledgeBase.from_directory`, or a wheel
            of ip4kb; of these the form is checked, but not the rules between records, which may have changed since
            they were written.
        new: Likewise.

    Returns:
        A table of `Change`, by kind, id and place; its `to_text` is the data section of a change log.

    Raises:
        DataError: If a folder or archive cannot be read; with every problem found.
        ArgumentError: If an argument is neither a knowledge base nor a path.

    Examples:
        >>> import ip4kb
        >>> len(ip4kb.diff(ip4kb.load(), ip4kb.load()))
        0
    """
    from ip4kb.queries.changes import changes
    from ip4kb.results.diff import Diff

    before, after = _library_of(old, "old"), _library_of(new, "new")
    versions = [library.tables.version or "without version" for library in (before, after)]
    return Diff(_title("Changes", [" to ".join(versions)]), changes(before, after))


def _library_of(value: object, argument: str) -> "Records":
    """The records of a knowledge base, or those in a folder or archive, all read.

    Raises:
        DataError: If they cannot be read.
        ArgumentError: If it is neither a knowledge base nor a path.
    """
    from ip4kb.archive import Zip
    from ip4kb.exceptions import ArgumentError

    if isinstance(value, KnowledgeBase):
        return value._library  # noqa: SLF001 (its own module)
    if not isinstance(value, str | Path):
        msg = f"{argument} must be a knowledge base, or a folder, zip archive or wheel of records, but is {value!r}."
        raise ArgumentError(msg)
    library = Library(Folder(value) if Path(value).is_dir() else Zip(value))
    problems = library.read_all()
    if problems:
        raise DataError(tuple(problems))
    return library


def preload() -> KnowledgeBase:
    """The knowledge base that comes with the library, every record read, every rule run and every checksum compared.

    Raises:
        DataError: With every problem found.

    Examples:
        >>> import ip4kb
        >>> ip4kb.preload() is ip4kb.load()
        True
    """
    from ip4kb.checksums import changed

    shelf = Bundle()
    library = Library(shelf)
    _require_sound(library, *changed(shelf))
    bundled().take_over(library)
    return load()
