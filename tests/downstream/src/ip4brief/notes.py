"""The numbered notes of a briefing: each opens a source at the passage, and says whether a machine has found it."""

from collections.abc import Iterable
from typing import Protocol
from xml.etree.ElementTree import Element

from ip4kb import KnowledgeBase, ResolvedCitation, Source, Standing, Unknown, Verification

from ip4brief.markup import Content, element, words

SHOWN = 2
"""How many passages are noted for one fact."""


class Told(Protocol):
    """What every row of an answer has."""

    @property
    def citations(self) -> tuple[ResolvedCitation, ...]:
        """Where it is said."""
        ...

    @property
    def layer(self) -> str | None:
        """The overlay that it comes from."""
        ...


class Notes:
    """The notes in the order in which they are first called for; the same passage is one note.

    Attributes:
        disputed: What has been told so far on which sources differ: places of facts, ids of disagreements.
    """

    def __init__(self, kb: KnowledgeBase) -> None:
        self._sources = kb.sources
        self._cited: dict[tuple[str, str], ResolvedCitation] = {}
        self.disputed: list[str] = []

    def behind(self, *rows: Told) -> list[Content]:
        """The notes behind some rows, and the mark of what is our own."""
        cited = [citation for row in rows for citation in row.citations]
        return [self.marks(cited), own(*(row.layer for row in rows))]

    def marks(self, citations: Iterable[ResolvedCitation], most: int = SHOWN) -> list[Content]:
        """The numbers of the passages that tell most, checked ones first, and how many more there are."""
        passages = {(citation.source, str(citation)): citation for citation in citations}
        telling = sorted(passages, key=lambda key: _weight(passages[key]))
        marks = [self._mark(key, passages[key]) for key in telling[:most]]
        more = len(telling) - most
        return [*marks, element("sup", f"(+{more})", class_="more") if more > 0 else None]

    def _mark(self, key: tuple[str, str], citation: ResolvedCitation) -> Element:
        first = key not in self._cited
        self._cited.setdefault(key, citation)
        number = str(list(self._cited).index(key) + 1)
        link = element("a", number, href=f"#note-{number}", role="doc-noteref", aria_label=f"Note {number}")
        if first:
            link.set("id", f"mark-{number}")
        return element("sup", link)

    def standing(self, found: Standing | Unknown, place: str) -> Content:
        """How well a fact stands; where it is disputed, its place is remembered for where sources differ."""
        if found is not Standing.DISPUTED:
            return words(found)
        self.disputed.append(place)
        return element("a", words(found), href="#disagreements")

    def listed(self) -> Element:
        """All notes, numbered."""
        return element("ol", [self._note(number, told) for number, told in enumerate(self._cited.values(), start=1)])

    def _note(self, number: int, citation: ResolvedCitation) -> Element:
        source = self._sources[citation.source]
        read_at = self._sources[citation.via] if citation.via else None
        address = _address(source) or (read_at and _address(read_at))
        return element(
            "li",
            _link(f"{citation.label}, {citation.title}", citation.url),
            f", {citation.passage}" if citation.passage else None,
            [": ", element("q", citation.phrase, lang=source.language)] if citation.phrase else None,
            [", read at ", _link(read_at.publisher, _address(read_at))] if read_at else None,
            element("span", _checked(citation), class_=citation.verification.name.lower()),
            own(citation.layer),
            element("span", address, class_="address") if address else None,
            element(
                "a", "↩", href=f"#mark-{number}", role="doc-backlink", aria_label=f"Back to where note {number} is"
            ),
            id=f"note-{number}",
        )


def _address(source: Source) -> str | None:
    return source.url or source.archived_url


def supporting(citations: Iterable[ResolvedCitation], *facts: str) -> list[ResolvedCitation]:
    """The citations that support one of these facts."""
    return [citation for citation in citations if not set(facts).isdisjoint(citation.supports)]


def _link(told: str, address: str | None) -> Content:
    return element("a", told, href=address, rel="noreferrer") if address else told


def own(*layers: str | None) -> Element | None:
    """The mark of what is not in the bundled record."""
    named = dict.fromkeys(filter(None, layers))
    return element("span", f"own record: {', '.join(named)}", class_="own") if named else None


def _weight(citation: ResolvedCitation) -> tuple[bool, bool, bool]:
    return citation.verification is not Verification.VERIFIED, citation.inferred, citation.phrase is None


def _checked(citation: ResolvedCitation) -> str:
    return citation.verification.value + (", inferred" if citation.inferred else "")
