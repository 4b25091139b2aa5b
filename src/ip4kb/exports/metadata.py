"""What every export says of itself: version of the data, coverage, licence, and how to cite it."""

from typing import Final

import attrs

from ip4kb.citing.address import SITE
from ip4kb.citing.csl import entry_of_ip4kb
from ip4kb.citing.text import text
from ip4kb.dates import PartialDate
from ip4kb.records import Records
from ip4kb.tables import CoverageRow

LICENSE: Final = "CC-BY-4.0"
LICENSE_TITLE: Final = "Creative Commons Attribution 4.0 International"
LICENSE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS: Final = "Phrases quoted from sources stay their authors'. What no source says is left out: unknown is not no."


@attrs.frozen(kw_only=True)
class Metadata:
    """What an export says of itself.

    Attributes:
        title: What is exported.
        data_version: Version of the data, `YYYY.MM.N`.
        known_on: The day as of which the records are filtered.
        license: The licence as an SPDX identifier.
        rights: What the licence does not cover, and what is left out.
        citation: How to cite it.
        homepage: Where it is told of.
        coverage: For what time each kind of record was gathered; what lies before and after it is unknown.
    """

    title: str
    data_version: str | None = None
    known_on: PartialDate | None = None
    license: str
    rights: str
    citation: str
    homepage: str
    coverage: tuple[CoverageRow, ...] = ()


def metadata_of(records: Records) -> Metadata:
    """What an export of these records says of itself."""
    entry = entry_of_ip4kb(records, None)
    return Metadata(
        title=entry["title"],
        data_version=records.tables.data_version,
        known_on=records.tables.known_on,
        license=LICENSE,
        rights=RIGHTS,
        citation=text([entry]).strip(),
        homepage=SITE,
        coverage=records.tables.coverage,
    )
