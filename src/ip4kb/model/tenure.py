"""Offices and who held them when."""

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.citation import Citation
from ip4kb.model.field import FACT, Target, identifier, refers


@attrs.frozen(kw_only=True)
class Tenure:
    """A person in an office, for a time.

    Attributes:
        key: Slug of the tenure, unique in its record, such as `mark-rutte`.
        person: Id of the person in `people`.
        office: The office, such as `Secretary General`.
        since: When it began, as exact as known.
        until: When it ended; empty means that no end is known.
        citations: Where it is said.
    """

    key: str = attrs.field(validator=identifier)
    person: str = attrs.field(metadata={**FACT, **refers(Target.PERSON)})
    office: str = attrs.field(metadata=FACT)
    since: PartialDate | None = attrs.field(default=None, metadata=FACT)
    until: PartialDate | None = attrs.field(default=None, metadata=FACT)
    citations: tuple[Citation, ...] = ()
