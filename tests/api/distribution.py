"""The sdist and the wheel of a release: whole, with nothing else in them, and the same when they are built again.

    python tests/api/distribution.py DIST AGAIN

DIST holds both as built from the tree, AGAIN as built once more, the wheel from the unpacked sdist.
"""

from __future__ import annotations

import configparser
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any, Final

from packaging.metadata import Metadata

import ip4kb
from face import ROOT
from ip4kb import Kind

HARD: Final = {"attrs", "cattrs"}
"""The only dependencies that are no extra."""

_FOR_HOSTS: Final = (".gitattributes", ".readthedocs.yaml")
_RECORD: Final = re.compile(r"src/ip4kb/data/[a-z]+/.+\.json")

Contents = dict[str, bytes]


def contents(archive: Path) -> Contents:
    """The files of a wheel, or of an sdist by their names below its one folder."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as wheel:
            return {name: wheel.read(name) for name in wheel.namelist()}
    with tarfile.open(archive) as sdist:
        members = [(member.name, sdist.extractfile(member)) for member in sdist.getmembers() if member.isfile()]
        return {str(PurePosixPath(*PurePosixPath(name).parts[1:])): file.read() for name, file in members if file}


def differing(first: Path, second: Path) -> list[str]:
    """The files of two folders that are not the same, byte for byte, a sentence each."""
    one, other = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in (first, second))
    names = sorted(one.keys() | other.keys())
    return [f"{name} is not the same when it is built again." for name in names if one.get(name) != other.get(name)]


def wrong_in_wheel(wheel: Contents, tracked: set[str], project: dict[str, Any]) -> list[str]:
    """What the wheel lacks, and what it holds beside the tracked files of the package and its own metadata."""
    info = f"{project['name']}-{project['version']}.dist-info/"
    licences = {name for name in tracked if name == "LICENSE" or name.startswith("LICENSES/")}
    wanted = {name.removeprefix("src/") for name in tracked if name.startswith("src/") and not _RECORD.fullmatch(name)}
    wanted |= {f"ip4kb/data/{kind}.jsonl" for kind in Kind}
    wanted |= {info + name for name in ("METADATA", "RECORD", "WHEEL", *(f"licenses/{name}" for name in licences))}
    wanted |= {f"{info}entry_points.txt"} if project.get("scripts") else set()
    problems = _other(set(wheel), wanted | {"ip4kb/py.typed"}, "the wheel")
    scripts = configparser.ConfigParser()
    scripts.read_string(wheel.get(f"{info}entry_points.txt", b"").decode())
    told = {group: dict(scripts[group]) for group in scripts.sections()}
    if told != ({"console_scripts": project["scripts"]} if project.get("scripts") else {}):
        problems.append(f"the wheel has other entry points than pyproject.toml: {told}.")
    return problems + wrong_metadata(wheel.get(f"{info}METADATA", b""), project)


def wrong_in_sdist(sdist: Contents, tracked: set[str]) -> list[str]:
    """What the sdist lacks, and what it holds beside the tracked files; what is for hosts alone is left out."""
    wanted = {name for name in tracked if not name.startswith(_FOR_HOSTS)}
    return _other(set(sdist), wanted | {"PKG-INFO"}, "the sdist")


def wrong_metadata(text: bytes, project: dict[str, Any]) -> list[str]:
    """Where the metadata are not valid, or not those of the project."""
    try:
        metadata = Metadata.from_email(text, validate=True)
    except ExceptionGroup as errors:
        return [f"the metadata: {error}." for error in errors.exceptions]
    told = {
        "version": (str(metadata.version), project["version"]),
        "requires-python": (str(metadata.requires_python), project["requires-python"]),
        "license": (metadata.license_expression, project["license"]),
        "description": (metadata.summary, project["description"]),
        "the type of the README": (metadata.description_content_type, "text/markdown"),
    }
    problems = [
        f"the metadata say {one!r} for {name}, not {other!r}." for name, (one, other) in told.items() if one != other
    ]
    always = [each for each in metadata.requires_dist or () if "extra" not in str(each.marker)]
    if {each.name for each in always} != HARD or {*map(str, always)} != {*project["dependencies"]}:
        asked = ", ".join(sorted(map(str, always)))
        problems.append(
            f"the metadata ask for {asked}, where {' and '.join(sorted(HARD))} as in pyproject.toml are all."
        )
    return problems


def wrong_records(folder: Path, wheel: Path) -> list[str]:
    """Where the records that the wheel has in packs are not those of a folder."""
    return [f"the wheel has {change.place} otherwise: it is {change.change}." for change in ip4kb.diff(folder, wheel)]


def _other(found: set[str], wanted: set[str], where: str) -> list[str]:
    lacks = [f"{where} lacks {name}." for name in sorted(wanted - found)]
    return lacks + [f"{where} holds {name}, which does not belong there." for name in sorted(found - wanted)]


if __name__ == "__main__":
    dist, again = map(Path, sys.argv[1:])
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    files = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout  # noqa: S607 (whoever releases has git on the path)
    tracked = set(filter(None, files.split("\0")))
    stem = f"{project['name']}-{project['version']}"
    wheel, sdist = (contents(dist / name) for name in (f"{stem}-py3-none-any.whl", f"{stem}.tar.gz"))
    problems = differing(dist, again) + wrong_in_wheel(wheel, tracked, project) + wrong_in_sdist(sdist, tracked)
    problems += wrong_records(ROOT / "src/ip4kb/data", dist / f"{stem}-py3-none-any.whl")
    if problems:
        sys.exit("\n".join(problems))
