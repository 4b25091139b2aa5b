"""Reading citations against the texts they name."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from ip4kb.curation.figures import missing
from ip4kb.exceptions import ArgumentError
from ip4kb.likeness import did_you_mean
from ip4kb.model.citation import Citation
from ip4kb.model.kind import Kind
from ip4kb.model.source import Source
from ip4kb.passages import digest_of, fingerprint, normalise, paragraphs
from ip4kb.places import own_facts, walk
from ip4kb.records import Records
from ip4kb.tables import Checked


@attrs.frozen(kw_only=True)
class Report:
    """What reading the citations against the texts showed.

    Attributes:
        phrases: How many phrases were looked for.
        found: How many stand in the paragraph their citation names.
        failures: Citations whose passage does not say so, each a sentence.
        uncited: Paragraphs that no citation names and no list excuses, each a sentence.
        not_checked: Ids of sources with a digest whose text was not at hand.
        without_text: How many citations name sources of which no text is known.
        ledger: What was checked, by source; entries of texts not at hand are kept.
    """

    phrases: int
    found: int
    failures: tuple[str, ...]
    uncited: tuple[str, ...]
    not_checked: tuple[str, ...]
    without_text: int
    ledger: Mapping[str, Checked]


def texts_in(folders: list[Path]) -> dict[str, bytes]:
    """Every file below the folders, by its digest.

    Raises:
        ArgumentError: If a folder does not exist.
    """
    found = {}
    for folder in folders:
        if not folder.is_dir():
            msg = f"There is no folder {str(folder)!r}; name folders that hold the texts of sources."
            raise ArgumentError(msg)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                raw = path.read_bytes()
                found[digest_of(raw)] = raw
    return found


def citations_in(records: Records) -> Iterator[tuple[str, Any, Citation]]:
    """Every citation, with the place and the record or part that cites."""
    for kind in Kind:
        for record in records.collection(kind):
            for place, node in walk(record, record.id):
                for citation in getattr(node, "citations", ()):
                    yield place, node, citation


def verify(records: Records, texts: Mapping[str, bytes], excused: Mapping[str, set[int]]) -> Report:
    """Look up every phrase, every supported figure and name, and every paragraph that nothing cites."""
    sources = {source.id: source for source in records.collection(Kind.SOURCE)}
    lines, failures = _lines(sources, texts)
    missing_texts = sorted(id for id, source in sources.items() if source.text_digest and id not in lines)
    failures += [
        f"uncited.json: {id!r} is no source with a text.{did_you_mean(id, lines)}"
        for id in sorted(excused)
        if id not in {*lines, *missing_texts}
    ]
    phrases: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    absent: dict[str, set[str]] = defaultdict(set)
    cited: dict[str, set[int]] = defaultdict(set)
    count = found = without_text = 0
    for place, node, citation in citations_in(records):
        source = sources.get(citation.source)
        if source is None or source.text_digest is None:
            without_text += 1
            continue
        if source.id not in lines:
            continue
        count += 1
        reading = _read(records, node, citation, lines[source.id])
        failures += [f"{place}: {citation.source} {sentence}" for sentence in reading.wrong]
        if reading.found:
            found += 1
            if citation.paragraph is None:
                absent[source.id].add(fingerprint(*node.absent_terms))
            else:
                cited[source.id].add(citation.paragraph)
                phrases[source.id][citation.paragraph].add(fingerprint(citation.phrase or ""))
    return Report(
        phrases=count,
        found=found,
        failures=tuple(failures),
        uncited=tuple(_uncited(lines, cited, excused)),
        not_checked=tuple(missing_texts),
        without_text=without_text,
        ledger=_ledger(records, sources, missing_texts, phrases, absent),
    )


def _lines(sources: Mapping[str, Source], texts: Mapping[str, bytes]) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """The paragraphs of each source whose text is at hand, and a sentence for each text that has none."""
    lines, failures = {}, []
    for id, source in sources.items():
        if source.text_digest is not None and source.text_digest in texts:
            try:
                lines[id] = paragraphs(texts[source.text_digest])
            except UnicodeDecodeError:
                failures.append(f"{id}: its text is not UTF-8, so it has no paragraphs to cite.")
    return lines, failures


@attrs.frozen(kw_only=True)
class _Reading:
    """What one citation's passage showed: whether it stands there, and what is wrong, each a sentence."""

    found: bool = False
    wrong: tuple[str, ...] = ()


def _read(records: Records, node: Any, citation: Citation, lines: tuple[str, ...]) -> _Reading:
    if citation.paragraph is None:
        return _read_whole(node, citation, lines)
    if citation.paragraph > len(lines):
        return _Reading(wrong=(f"has {len(lines)} paragraphs, so there is no ¶{citation.paragraph}.",))
    passage = lines[citation.paragraph - 1]
    if citation.phrase is None or normalise(citation.phrase) not in normalise(passage):
        return _Reading(wrong=(f"¶{citation.paragraph} does not hold the phrase {citation.phrase!r}.",))
    values = tuple(getattr(node, name, None) for name in citation.supports or own_facts(node))
    lacking = () if citation.inferred else missing(values, passage, records.tables.people)
    if lacking:
        sentence = f"¶{citation.paragraph} lacks {', '.join(lacking)}; cite what it says, or mark it as inferred."
        return _Reading(found=True, wrong=(sentence,))
    return _Reading(found=True)


def _read_whole(node: Any, citation: Citation, lines: tuple[str, ...]) -> _Reading:
    terms = getattr(node, "absent_terms", ())
    if citation.phrase is not None or not terms:
        return _Reading(wrong=("has a text, so its citation needs a paragraph and a phrase.",))
    text = normalise(" ".join(lines)).casefold()
    present = [term for term in terms if normalise(term).casefold() in text]
    return _Reading(found=not present, wrong=tuple(f"does hold {term!r}, said to be absent." for term in present))


def _uncited(
    lines: Mapping[str, tuple[str, ...]], cited: Mapping[str, set[int]], excused: Mapping[str, set[int]]
) -> Iterator[str]:
    for id in sorted(excused):
        for number in sorted(excused[id]):
            if id in lines and not 0 < number <= len(lines[id]):
                yield f"{id} has {len(lines[id])} paragraphs, so ¶{number} cannot be excused."
            elif number in cited.get(id, set()):
                yield f"{id} ¶{number} is cited; take it off the list of paragraphs that nothing cites."
    for id in sorted(set(lines) & set(excused)):
        for number, passage in enumerate(lines[id], start=1):
            if number not in cited.get(id, set()) and number not in excused[id]:
                yield f"{id} ¶{number} is cited by nothing: {normalise(passage)[:60]} ..."


def _ledger(
    records: Records,
    sources: Mapping[str, Source],
    missing_texts: list[str],
    phrases: Mapping[str, Mapping[int, set[str]]],
    absent: Mapping[str, set[str]],
) -> dict[str, Checked]:
    kept = {
        id: checked
        for id, checked in records.tables.verified.items()
        if id in missing_texts and checked.digest == sources[id].text_digest
    }
    fresh = {
        id: Checked(
            digest=sources[id].text_digest or "",
            phrases={str(number): tuple(sorted(phrases[id][number])) for number in sorted(phrases.get(id, ()))},
            absent=tuple(sorted(absent.get(id, ()))),
        )
        for id in {*phrases, *absent}
    }
    return dict(sorted((kept | fresh).items()))
