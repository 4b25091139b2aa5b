"""Names and codes under which a record is known and can be looked up."""

from enum import StrEnum

import attrs

from ip4kb.model.field import language


class AliasKind(StrEnum):
    """What kind of name an alias is."""

    OFFICIAL = "official"
    SHORT = "short"
    ABBREVIATION = "abbreviation"
    FORMER = "former"
    ENDONYM = "endonym"
    TRANSLITERATION = "transliteration"
    CODE = "code"


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
