"""What every export says of itself: version of the data, coverage, licence, and how to cite it."""

from typing import Final

import attrs

from ip4kb.citing.address import SITE
from ip4kb.citing.csl import entry_of_ip4kb
from ip4kb.citing.text import text
from ip4kb.dates import PartialDate
from ip4kb.queries.layers import changed
from ip4kb.records import Records
from ip4kb.tables import CoverageRow, schema_version

LICENSE: Final = "CC-BY-4.0"
LICENSE_TITLE: Final = "Creative Commons Attribution 4.0 International"
LICENSE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
RIGHTS: Final = "Phrases quoted from sources stay their authors'. What no source says is left out: unknown is not no."


@attrs.frozen(kw_only=True)
class Layer:
    """An overlay: records and corrections laid over those beneath.

    Attributes:
        name: Its name.
        records: Ids of the records that are new in it or stand in it otherwise than beneath.
    """

    name: str
    records: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Metadata:
    """What an export says of itself.

    Attributes:
        title: What is exported.
        data_version: Version of the data, `YYYY.MM.N`.
        schema_version: Version of the form in which the records are written.
        known_on: The day as of which the records are filtered.
        layers: What is laid over the data, in order; the last one wins. Without any, it is the data as published.
        license: The licence as an SPDX identifier.
        rights: What the licence does not cover, and what is left out.
        citation: How to cite it.
        homepage: Where it is told of.
        coverage: For what time each kind of record was gathered; what lies before and after it is unknown.
    """

    title: str
    data_version: str | None = None
    schema_version: str
    known_on: PartialDate | None = None
    layers: tuple[Layer, ...] = ()
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
        schema_version=schema_version,
        known_on=records.tables.known_on,
        layers=_layers(records),
        license=LICENSE,
        rights=RIGHTS,
        citation=text([entry]).strip(),
        homepage=SITE,
        coverage=records.tables.coverage,
    )


def _layers(records: Records) -> tuple[Layer, ...]:
    if records.beneath is None:
        return ()
    own = Layer(name=records.tables.layers[-1], records=tuple(sorted(changed(records))))
    return (*_layers(records.beneath), own)
