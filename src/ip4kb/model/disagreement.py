"""Where sources differ, with every position."""

import attrs

from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, refers
from ip4kb.model.record import Record
from ip4kb.model.theme import Theme


@attrs.frozen(kw_only=True)
class Position:
    """What some sources say on a point in dispute.

    Attributes:
        key: Slug of the position, unique in its record.
        statement: What they say, in the curator's words.
        value: The value as it would stand in the field's JSON, where the point is a field.
        adopted: Whether the record follows this position.
        claims: Ids of claims that take it.
        citations: Where it is taken.
    """

    key: str = attrs.field(validator=identifier)
    statement: str = attrs.field(metadata=FACT)
    value: str | int | float | None = attrs.field(default=None, metadata=FACT)
    adopted: bool = False
    claims: tuple[str, ...] = attrs.field(default=(), metadata=refers(Target.CLAIM))
    citations: tuple[Citation, ...] = ()


@attrs.frozen(kw_only=True, repr=False)
class Disagreement(Record):
    """A point on which sources differ in substance or wording.

    Attributes:
        id: Unique id, such as `japan-joint-declaration-date`.
        name: The point in dispute, in a few words.
        about: Ids or places the sources differ about.
        theme: What it is about.
        positions: What the sources say, two positions or more.
        reasoning: Why the adopted position was adopted, or why none was.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    about: tuple[str, ...] = attrs.field(metadata=refers(Target.SUBJECT))
    theme: Theme | None = None
    positions: tuple[Position, ...] = attrs.field(metadata=FACT)
    reasoning: str
    note: str | None = None
