"""The names of other projects that this site links to, kept in plain text so that a build needs no network.

`docs/_inventories/NAME.txt` holds version 1 of the format of Sphinx: on each line a name, its kind and its page. A name
that a build misses is a line to add, with any page; `nox -s inventories`, which needs the network, runs this file. It
reads the `objects.inv` of each project, writes the kind and the page of each name anew, and fails when a project has a
name no longer.
"""

from __future__ import annotations

import re
import sys
import urllib.request
import zlib
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "_inventories"
ADDRESSES = {
    "altair": "https://altair-viz.github.io/",
    "arrow": "https://arrow.apache.org/docs/",
    "attrs": "https://www.attrs.org/en/stable/",
    "pandas": "https://pandas.pydata.org/docs/",
    "python": "https://docs.python.org/3/",
}
_LINE = re.compile(r"(\S+) py:(\w+) -?\d+ (\S*) .*")


def renewed(text: str, inventory: bytes) -> tuple[str, list[str]]:
    """A kept inventory with kinds and pages as they are now, and the names that are gone.

    Args:
        text: The inventory as kept here.
        inventory: The project's `objects.inv`, version 2 of the format.
    """
    *head, body = inventory.split(b"\n", 4)
    project, version = (line.decode() for line in head[1:3])
    found = {}
    for line in zlib.decompress(body).decode().splitlines():
        if entry := _LINE.fullmatch(line):
            name, kind, place = entry.groups()
            found[name] = f"{name} {'mod' if kind == 'module' else kind} {place.partition('#')[0].replace('$', name)}"
    names = [line.split()[0] for line in text.splitlines() if not line.startswith("#")]
    lines = ["# Sphinx inventory version 1", project, version, *(found[name] for name in names if name in found)]
    return "".join(f"{line}\n" for line in lines), [name for name in names if name not in found]


def main() -> int:
    """Renew every inventory; the exit code is 1 when a name is gone."""
    gone = []
    for project, address in ADDRESSES.items():
        path = FOLDER / f"{project}.txt"
        # Some of the sites refuse the name that Python gives itself.
        asked = urllib.request.Request(f"{address}objects.inv", headers={"User-Agent": "ip4kb"})  # noqa: S310 (https, above)
        with urllib.request.urlopen(asked) as answer:  # noqa: S310 (likewise)
            text, missing = renewed(path.read_text("utf-8"), answer.read())
        path.write_text(text, "utf-8", newline="\n")
        gone += [f"{project} has no {name} any longer; link to something else.\n" for name in missing]
    sys.stdout.write("".join(gone))
    return 1 if gone else 0


if __name__ == "__main__":
    sys.exit(main())
