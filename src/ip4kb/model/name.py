"""Names and codes under which a record is known and can be looked up."""

from enum import StrEnum

import attrs

from ip4kb.model.field import language


class AliasKind(StrEnum):
    """What kind of name an alias is."""

    OFFICIAL = "official"
    """The name that the bearer or its organiser uses formally."""
    SHORT = "short"
    """A shorter or looser name in use."""
    ABBREVIATION = "abbreviation"
    """Initials or another abbreviation."""
    FORMER = "former"
    """A name that it bore earlier."""
    ENDONYM = "endonym"
    """The name in a language of its own country."""
    TRANSLITERATION = "transliteration"
    """A name from another script, written in Latin letters."""
    CODE = "code"
    """A designation made of letters and digits; a country's codes of published schemes stand in `Code`."""


@attrs.frozen(kw_only=True)
class Alias:
    """Another name of a record.

    Attributes:
        text: The name as written.
        kind: What kind of name it is.
        language: The language of the name as a BCP 47 tag, where it is not English.
    """

    text: str
    kind: AliasKind
    language: str | None = attrs.field(default=None, validator=language)
