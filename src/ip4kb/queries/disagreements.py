"""Where sources differ about a subject."""

import attrs

from ip4kb.model.kind import Kind
from ip4kb.model.theme import Theme
from ip4kb.places import below, concerns, record_of
from ip4kb.queries.evidence import ResolvedCitation, resolved
from ip4kb.queries.subjects import subject_named, told_about
from ip4kb.records import Records


@attrs.frozen(kw_only=True)
class PositionRow:
    """One position in a disagreement.

    Attributes:
        disagreement: Id of the disagreement.
        name: The point in dispute.
        about: What it is about.
        theme: What it is about, by theme.
        position: Key of the position.
        statement: What its sources say.
        value: The value as it would stand in the field, where the point is a field.
        adopted: Whether the record follows it.
        claims: Ids of the claims that take it.
        reasoning: Why the adopted position was adopted, or why none was.
        citations: Where it is taken, the passages of its claims included.
        layer: Name of the last overlay without which the row would not be as it is; None where there is none.
    """

    disagreement: str
    name: str
    about: tuple[str, ...]
    theme: Theme | None
    position: str
    statement: str
    value: str | int | float | None
    adopted: bool
    claims: tuple[str, ...]
    reasoning: str
    citations: tuple[ResolvedCitation, ...]
    layer: str | None = None


def disagreements_about(records: Records, subject: str | None = None) -> tuple[PositionRow, ...]:
    """The rows, by disagreement, in the order of its positions; see `KnowledgeBase.disagreements_about`."""
    wanted = None if subject is None else subject_named(records, subject)
    every = records.collection(Kind.DISAGREEMENT)
    return tuple(
        PositionRow(
            disagreement=disagreement.id,
            name=disagreement.name,
            about=disagreement.about,
            theme=disagreement.theme,
            position=position.key,
            statement=position.statement,
            value=position.value,
            adopted=position.adopted,
            claims=position.claims,
            reasoning=disagreement.reasoning,
            citations=(
                *resolved(records, below(below(disagreement.id, "positions"), position.key), position),
                *(
                    citation
                    for claim in position.claims
                    for citation in resolved(records, claim, records.collection(Kind.CLAIM)[claim])
                ),
            ),
        )
        for disagreement in (
            every if wanted is None else told_about(records, Kind.DISAGREEMENT).get(record_of(wanted), ())
        )
        if wanted is None or disagreement.id == wanted or any(concerns(about, wanted) for about in disagreement.about)
        for position in disagreement.positions
    )
