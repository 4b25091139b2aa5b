"""What sources argue about a subject."""

import functools
from collections.abc import Mapping

import attrs

from ip4kb.exceptions import ArgumentError
from ip4kb.likeness import did_you_mean
from ip4kb.model.claim import Claim, ClaimKind, Stance
from ip4kb.model.kind import Kind
from ip4kb.model.quantity import Quantity
from ip4kb.model.theme import Theme
from ip4kb.names import fold, require_text
from ip4kb.places import concerns, record_of
from ip4kb.queries.evidence import ResolvedCitation, label_of, resolved
from ip4kb.queries.subjects import display_name, member, subject_named, told_about
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class ClaimRow:
    """One claim of one source.

    Attributes:
        claim: Id of the claim.
        source: Id of the source.
        author: The source in a word or two, and its year.
        by: Names of those who argue, where they are not the author.
        kind: What the claim does.
        stance: Where it stands on closer ties; None where it is not about them.
        summary: What is claimed.
        about: What it is about.
        themes: What it is about, by theme.
        quantity: The figure it gives.
        contradicted_by: Ids of the disagreements in which another position was adopted.
        citations: Where the source says it.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    claim: str
    source: str
    author: str
    by: tuple[str, ...]
    kind: ClaimKind
    stance: Stance | None
    summary: str
    about: tuple[str, ...]
    themes: tuple[Theme, ...]
    quantity: Quantity | None
    contradicted_by: tuple[str, ...]
    citations: tuple[ResolvedCitation, ...]
    layer: str | None = None


def claims_about(
    records: Records,
    subject: str,
    *,
    stance: str | None = None,
    kind: str | None = None,
    author: str | None = None,
) -> tuple[ClaimRow, ...]:
    """The rows, by source and claim; see `KnowledgeBase.claims_about`."""
    wanted = subject_named(records, subject)
    wanted_stance, wanted_kind = member(Stance, stance, "stance"), member(ClaimKind, kind, "kind")
    writer = None if author is None else _require_author(records, author)
    contradicted = _contradicted(records)
    rows = []
    for claim in told_about(records, Kind.CLAIM).get(record_of(wanted), ()):
        if (
            (claim.source == wanted or any(concerns(about, wanted) for about in claim.about))
            and wanted_stance in {None, claim.stance}
            and wanted_kind in {None, claim.kind}
            and (writer is None or writer in _authors(records, claim))
        ):
            source = records.collection(Kind.SOURCE)[claim.source]
            rows.append(
                ClaimRow(
                    claim=claim.id,
                    source=source.id,
                    author=label_of(source),
                    by=tuple(display_name(records, actor) for actor in claim.by),
                    kind=claim.kind,
                    stance=claim.stance,
                    summary=claim.summary,
                    about=claim.about,
                    themes=claim.themes,
                    quantity=claim.quantity,
                    contradicted_by=contradicted.get(claim.id, ()),
                    citations=resolved(records, claim.id, claim),
                )
            )
    return tuple(rows)


def _require_author(records: Records, author: str) -> str:
    """The name of an author, as it is compared.

    Raises:
        ArgumentError: If nobody of this name argues anything here.
    """
    name = fold(require_text(author, "an author"))
    known = {author for claim in records.collection(Kind.CLAIM) for author in _authors(records, claim)}
    if name not in known:
        msg = f"Nobody named {author!r} argues anything here.{did_you_mean(name, sorted(known))}"
        raise ArgumentError(msg)
    return name


def _authors(records: Records, claim: Claim) -> set[str]:
    """The names of those who argue, folded: people named by the claim, else the source's authors or its publisher."""
    source = records.collection(Kind.SOURCE)[claim.source]
    names = [name for actor in claim.by for name in (actor, display_name(records, actor))]
    for writer in source.authors:
        names += [writer.family, writer.literal, " ".join(filter(None, [writer.given, writer.family]))]
    return {fold(name) for name in (names if source.authors or claim.by else [source.publisher]) if name}


@functools.lru_cache(maxsize=8)
def _contradicted(records: Records) -> Mapping[str, tuple[str, ...]]:
    """For each claim in a position that was not adopted, where another was, the disagreements that say so."""
    found: dict[str, tuple[str, ...]] = {}
    for disagreement in records.collection(Kind.DISAGREEMENT):
        if any(position.adopted for position in disagreement.positions):
            for position in disagreement.positions:
                for claim in () if position.adopted else position.claims:
                    found[claim] = (*found.get(claim, ()), disagreement.id)
    return found
