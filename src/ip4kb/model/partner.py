"""The partner countries."""

from enum import StrEnum

import attrs

from ip4kb.model.citation import Citation
from ip4kb.model.development import Development
from ip4kb.model.field import FACT, identifier
from ip4kb.model.name import Alias
from ip4kb.model.record import Record
from ip4kb.model.tenure import Tenure


class CodeScheme(StrEnum):
    """A published scheme of country codes."""

    ISO_3166_1_ALPHA_2 = "iso-3166-1-alpha-2"
    """Two letters, from ISO 3166-1."""
    ISO_3166_1_ALPHA_3 = "iso-3166-1-alpha-3"
    """Three letters, from ISO 3166-1."""
    ISO_3166_1_NUMERIC = "iso-3166-1-numeric"
    """Three digits, from ISO 3166-1."""
    UN_M49 = "un-m49"
    """Three digits, from the United Nations' standard country or area codes for statistical use (M49)."""
    COW = "cow"
    """A number, from the Correlates of War project's list of states."""
    GLEDITSCH_WARD = "gleditsch-ward"
    """A number, from Gleditsch and Ward's list of independent states (1999)."""
    WIKIDATA = "wikidata"
    """An item of Wikidata, such as `Q17`."""


@attrs.frozen(kw_only=True)
class Code:
    """A country's code in a scheme.

    Attributes:
        scheme: The scheme.
        value: The code as the scheme writes it, leading zeros included.
    """

    scheme: CodeScheme
    value: str


@attrs.frozen(kw_only=True, repr=False)
class Partner(Record):
    """A partner country of NATO in the Indo-Pacific.

    Attributes:
        id: Unique id, also the country's slug, such as `south-korea`.
        name: The common English name.
        aliases: Other names.
        official_name: The official English name.
        codes: Codes in published schemes.
        capital: The capital city.
        offices: Heads of government, ministers and ambassadors to NATO, and when.
        developments: Steps in the relation with NATO that belong to no initiative.
        citations: Where the facts above are said.
        note: A remark of the curator.
    """

    id: str = attrs.field(validator=identifier)
    name: str
    aliases: tuple[Alias, ...] = ()
    official_name: str | None = attrs.field(default=None, metadata=FACT)
    codes: tuple[Code, ...] = attrs.field(default=(), metadata=FACT)
    capital: str | None = attrs.field(default=None, metadata=FACT)
    offices: tuple[Tenure, ...] = attrs.field(default=(), metadata=FACT)
    developments: tuple[Development, ...] = attrs.field(default=(), metadata=FACT)
    citations: tuple[Citation, ...] = ()
    note: str | None = None
