"""Where the hosted documentation shows a record, a claim or a place in a record."""

from typing import Final

from ip4kb.model.claim import Claim
from ip4kb.places import record_of
from ip4kb.queries.subjects import find
from ip4kb.records import Records

SITE: Final = "https://ip4kb.readthedocs.io/"
"""The address of the hosted documentation, at which the record is cited."""


def anchor_of(place: str) -> str:
    """Where on a record's page a place is shown, empty for the whole: a fact, or a part with all that it holds."""
    return ".".join(place.partition("#")[2].split(".")[:2])


def page_of(records: Records, place: str) -> tuple[str, str]:
    """The page that shows a record or a place in it, without its ending, and the anchor there, empty for the whole.

    A claim stands on the page of its source.

    Raises:
        UnknownRecordError: If there is no such record.
    """
    record = find(records, record_of(place))
    if isinstance(record, Claim):
        return page_of(records, record.source)[0], record.id
    return f"record/{type(record).__name__.lower()}/{record.id}", anchor_of(place)


def address_of(records: Records, place: str) -> str:
    """The address at which the hosted documentation shows a record or a place in it.

    Raises:
        UnknownRecordError: If there is no such record.
    """
    page, anchor = page_of(records, place)
    return f"{SITE}{page}.html{'#' if anchor else ''}{anchor}"
