"""What one source argues, foresees or counts."""

from enum import StrEnum

import attrs

from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, refers
from ip4kb.model.quantity import Quantity
from ip4kb.model.record import Record
from ip4kb.model.theme import Theme


class ClaimKind(StrEnum):
    """What a claim does."""

    ASSESSMENT = "assessment"
    """It judges or explains what is or was; others may see it differently."""
    RECOMMENDATION = "recommendation"
    """It says what someone should do or leave undone."""
    FORECAST = "forecast"
    """It says what will or may come, on a condition too."""
    STATEMENT = "statement"
    """It says what is or was so, in a matter of fact for which no record has a field."""


class Stance(StrEnum):
    """Where a claim about closer ties stands."""

    SUPPORTS = "supports"
    """It is for closer ties, or names what speaks for them."""
    CAUTIONS = "cautions"
    """It warns of costs, risks or limits, without being against closer ties."""
    OPPOSES = "opposes"
    """It is against closer ties, or against a part for NATO in the region."""
    NEUTRAL = "neutral"
    """It is about closer ties and takes no side, as where it describes how they grew."""


@attrs.frozen(kw_only=True, repr=False)
class Claim(Record):
    """An argument, a forecast or a count that belongs to one source.

    Attributes:
        id: Unique id, the source's id and a slug.
        kind: What the claim does.
        summary: What is claimed, in the curator's words.
        about: Ids or places the claim is about: records, countries, people.
        by: Who argues, where that is not the source's author: ids of people, countries or alliances.
        stance: Where it stands, only where it is about closer ties between NATO and the four.
        themes: What it is about.
        quantity: The figure it gives.
        citations: Where the source says it; all name the same source.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    kind: ClaimKind
    summary: str = attrs.field(metadata=FACT)
    about: tuple[str, ...] = attrs.field(metadata=refers(Target.SUBJECT))
    by: tuple[str, ...] = attrs.field(default=(), metadata={**FACT, **refers(Target.ACTOR)})
    stance: Stance | None = None
    themes: tuple[Theme, ...] = ()
    quantity: Quantity | None = attrs.field(default=None, metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None

    @property
    def source(self) -> str:
        """Id of the source that makes the claim."""
        return self.citations[0].source
