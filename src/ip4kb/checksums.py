"""Checksums of the files, by which a file that follows every rule is told from the one that was meant."""

import hashlib
import json
from typing import Any, Final

from ip4kb.exceptions import Problem
from ip4kb.json_text import parse
from ip4kb.shelves import Shelf, contents
from ip4kb.store import read_object

CHECKSUMS: Final = "checksums.json"

_WAY_OUT: Final = "if that is meant, run 'python -m ip4kb.curation format', else restore the file."


def checksum(value: Any) -> str:
    """The checksum of a JSON value: of its text without blanks, so that it is the same however a file is laid out.

    It tells of accidents and is no seal, as anyone can write it anew; so 8 digits are enough.
    """
    return hashlib.sha256(json.dumps(value, separators=(",", ":")).encode()).hexdigest()[:8]


def changed(shelf: Shelf) -> list[Problem]:
    """Each file whose content is not that of its checksum, and each checksum without a file.

    Nothing is asked where there are no checksums, nor of a file that is no JSON, which reading it tells.
    """
    names = shelf.names()
    problems: list[Problem] = []
    if CHECKSUMS not in names:
        return problems
    stated = read_object(shelf, CHECKSUMS, problems)
    if problems:
        return problems
    found = {}
    for name in names:
        raw = contents(shelf, name, [])
        value, wrong = (None, []) if raw is None else parse(raw, name)
        if raw is not None and not wrong and name != CHECKSUMS and stated.get(name) != checksum(value):
            found[name] = f"the content is not that of its checksum; {_WAY_OUT}"
    found |= dict.fromkeys(stated.keys() - set(names), f"the file has a checksum and is not here; {_WAY_OUT}")
    return [Problem(file=name, place="", rule="checksum", message=found[name]) for name in sorted(found)]
