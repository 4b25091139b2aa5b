"""What stands beside the records: people, shared names, retired ids, and what was verified."""

from collections.abc import Mapping
from typing import Final

import attrs

from ip4kb.dates import PartialDate
from ip4kb.model.kind import Kind
from ip4kb.model.person import Person
from ip4kb.names import Bearer

schema_version: Final[str] = "1.0"
"""Version of the form of record files, `MAJOR.MINOR`: what is of one major version and no later minor one is read."""


@attrs.frozen(kw_only=True)
class Checked:
    """What a check of a source's text against its citations left behind.

    Attributes:
        digest: Digest of the text that was read.
        phrases: For each paragraph by its number, the fingerprints of the phrases found in it.
        absent: Fingerprints of the lists of terms found nowhere in the text.
    """

    digest: str
    phrases: Mapping[str, tuple[str, ...]] = attrs.field(factory=dict)
    absent: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Excuse:
    """Paragraphs of a source that nothing needs to cite, and why.

    Attributes:
        paragraphs: Their numbers.
        reason: What they are: a menu, a heading, a biography.
    """

    paragraphs: tuple[int, ...]
    reason: str


@attrs.frozen(kw_only=True)
class CoverageRow:
    """For what time the records of a kind were gathered; what lies before and after it is unknown.

    Attributes:
        kind: The kind of record.
        since: The first day, month or year for which records were looked for.
        until: The last one.
        checked_on: When the sources were last searched.
    """

    kind: Kind
    since: PartialDate
    until: PartialDate
    checked_on: PartialDate


@attrs.frozen(kw_only=True)
class Tables:
    """What stands beside the records.

    Attributes:
        data_version: Version of the data, `YYYY.MM.N`; None where the data has none.
        coverage: For what time each kind of record was gathered, in the order of the kinds.
        known_on: The day as of which the records are filtered; None where they are not.
        layers: Names of the overlays laid over the data, in order; the last one wins.
        people: People by id.
        bearers: Names whose bearers are not all records, folded, with their bearers.
        retired: Ids no longer in use, each with the id that took its place.
        verified: What was checked in the text of each source.
    """

    data_version: str | None = None
    coverage: tuple[CoverageRow, ...] = ()
    known_on: PartialDate | None = attrs.field(default=None, eq=False)
    layers: tuple[str, ...] = ()
    people: Mapping[str, Person] = attrs.field(factory=dict)
    bearers: Mapping[str, tuple[Bearer, ...]] = attrs.field(factory=dict)
    retired: Mapping[str, str] = attrs.field(factory=dict)
    verified: Mapping[str, Checked] = attrs.field(factory=dict)

    @property
    def version(self) -> str | None:
        """Version of the data, with what is laid over it and the day as of which it is filtered; None without any."""
        told = [
            self.data_version or "",
            f"with {', '.join(self.layers)}" if self.layers else "",
            f"as known on {self.known_on}" if self.known_on else "",
        ]
        return " ".join(filter(None, told)) or None
