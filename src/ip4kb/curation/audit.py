"""A sample of citations, each with what it supports, for a reader who did not write the records."""

import json
import random
from collections.abc import Iterator
from typing import Any

from ip4kb.codec import to_json
from ip4kb.curation.verification import citations_in
from ip4kb.model.kind import Kind
from ip4kb.places import own_facts
from ip4kb.queries.evidence import label_of
from ip4kb.records import Records


def sample(records: Records, size: int, seed: int) -> Iterator[str]:
    """So many citations drawn at random, the same for the same seed and records, each as a paragraph of text."""
    every = list(citations_in(records))
    drawn = random.Random(seed).sample(every, min(size, len(every)))  # noqa: S311 (a draw to be repeated, no secret)
    for number, (place, node, citation) in enumerate(drawn, start=1):
        yield from [f"{number}. {place}", *_told(node, citation), *_passage(records, citation), ""]


def _told(node: Any, citation: Any) -> Iterator[str]:
    value = to_json(node)
    for name in citation.supports or own_facts(node):
        yield f"   {name}: {json.dumps(value.get(name), ensure_ascii=False)}"


def _passage(records: Records, citation: Any) -> Iterator[str]:
    source = records.collection(Kind.SOURCE)[citation.source]
    where = {"paragraph": citation.paragraph, "number": citation.number, "page": citation.page, "via": citation.via}
    told = [f"{name} {value}" for name, value in where.items() if value is not None]
    told += ["inferred"] if citation.inferred else []
    yield f"   source: {source.id} ({label_of(source)}), {source.title!r}, {source.url or source.archived_url}"
    passage = ", ".join(told) or ("found by its phrase" if citation.phrase else "the whole text")
    yield f"   passage: {passage}; phrase: {citation.phrase or 'none'}"
