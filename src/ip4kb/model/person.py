"""People, so that one person has one name in every record."""

import attrs

from ip4kb.model.field import identifier


@attrs.frozen(kw_only=True)
class Person:
    """Someone who holds an office or argues something.

    Attributes:
        id: Slug, such as `richard-marles`.
        name: The whole name as written in English running text, such as `Lee Jae Myung`.
        family: The family name.
        given: The given names, where known.
        spellings: Other ways in which sources write the whole name.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    family: str
    given: str | None = None
    spellings: tuple[str, ...] = ()
