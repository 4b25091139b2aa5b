"""Summits of NATO."""

import attrs

from ip4kb.model.field import FACT, Target, positive, refers
from ip4kb.model.gathering import Gathering


@attrs.frozen(kw_only=True, repr=False)
class Summit(Gathering):
    """A meeting of the North Atlantic Council at the level of heads of state and government.

    Attributes:
        secretary_general: Id of the person who was Secretary General.
        number_of_allies: How many members NATO had.
    """

    secretary_general: str | None = attrs.field(default=None, metadata={**FACT, **refers(Target.PERSON)})
    number_of_allies: int | None = attrs.field(default=None, metadata=FACT, validator=positive)
