"""What to cite for a record, a place in it, an answer, or the whole knowledge base."""

import json
from collections.abc import Callable, Iterable
from typing import Final

from ip4kb.citing.bibtex import bibtex
from ip4kb.citing.csl import Entry, entry_of_ip4kb, entry_of_source
from ip4kb.citing.ris import ris
from ip4kb.citing.text import text
from ip4kb.model.kind import Kind
from ip4kb.queries.subjects import member
from ip4kb.records import Records


def _csl_json(entries: list[Entry]) -> str:
    return json.dumps(entries, ensure_ascii=False, indent=2) + "\n"


STYLES: Final[dict[str, Callable[[list[Entry]], str]]] = {
    "bibtex": bibtex,
    "csl-json": _csl_json,
    "ris": ris,
    "text": text,
}


def cite_source(records: Records, id: str, style: str) -> str:
    """One source."""
    return STYLES[member(STYLES, style, "style")]([entry_of_source(records.collection(Kind.SOURCE)[id])])


def cite_sources(records: Records, ids: Iterable[str], asked: str | None, style: str) -> str:
    """The knowledge base, and then each source once, in the order given."""
    sources = records.collection(Kind.SOURCE)
    entries = [entry_of_ip4kb(records, asked), *(entry_of_source(sources[id]) for id in dict.fromkeys(ids))]
    return STYLES[member(STYLES, style, "style")](entries)
