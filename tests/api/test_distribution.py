"""What is wrong with an sdist or a wheel is found before it is released."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distribution import Contents, contents, differing, wrong_in_sdist, wrong_in_wheel, wrong_metadata, wrong_records
from ip4kb import Kind

PROJECT: dict[str, Any] = {
    "name": "ip4kb",
    "version": "0.3.0",
    "description": "What is known",
    "requires-python": ">=3.11",
    "license": "MIT",
    "dependencies": ["attrs>=23.1", "cattrs>=24.1"],
}
METADATA = """Metadata-Version: 2.4
Name: ip4kb
Version: 0.3.0
Summary: What is known
License-Expression: MIT
License-File: LICENSE
Requires-Python: >=3.11
Requires-Dist: attrs>=23.1
Requires-Dist: cattrs>=24.1
Provides-Extra: pandas
Requires-Dist: pandas>=2.2; extra == 'pandas'
Description-Content-Type: text/markdown

# ip4kb
"""
TRACKED = {
    "LICENSE",
    "LICENSES/MIT.txt",
    "README.md",
    ".ci/run",
    ".readthedocs.yaml",
    "src/ip4kb/__init__.py",
    "src/ip4kb/py.typed",
    "src/ip4kb/data/manifest.json",
    "src/ip4kb/data/summit/one.json",
    "tests/test_dates.py",
}
INFO = "ip4kb-0.3.0.dist-info"


@pytest.fixture
def wheel() -> Contents:
    """The files of a wheel in which nothing is wrong."""
    return {
        "ip4kb/__init__.py": b"",
        "ip4kb/py.typed": b"",
        "ip4kb/data/manifest.json": b"{}",
        **{f"ip4kb/data/{kind}.jsonl": b"" for kind in Kind},
        f"{INFO}/METADATA": METADATA.encode(),
        f"{INFO}/RECORD": b"",
        f"{INFO}/WHEEL": b"",
        f"{INFO}/licenses/LICENSE": b"",
        f"{INFO}/licenses/LICENSES/MIT.txt": b"",
    }


def test_a_whole_wheel_and_a_whole_sdist_are_found_so(wheel: Contents) -> None:
    assert wrong_in_wheel(wheel, TRACKED, PROJECT) == []
    assert wrong_in_sdist(dict.fromkeys((TRACKED - {".readthedocs.yaml"}) | {"PKG-INFO"}, b""), TRACKED) == []


@pytest.mark.parametrize(
    "name", ["ip4kb/py.typed", "ip4kb/data/summit.jsonl", f"{INFO}/METADATA", f"{INFO}/licenses/LICENSES/MIT.txt"]
)
def test_what_a_wheel_lacks_is_named(wheel: Contents, name: str) -> None:
    del wheel[name]
    assert f"the wheel lacks {name}." in wrong_in_wheel(wheel, TRACKED, PROJECT)


@pytest.mark.parametrize("name", ["tests/test_dates.py", "ip4kb/__pycache__/dates.cpython-311.pyc", "ip4kb/notes.txt"])
def test_what_does_not_belong_in_a_wheel_is_named(wheel: Contents, name: str) -> None:
    assert wrong_in_wheel(wheel | {name: b""}, TRACKED, PROJECT) == [
        f"the wheel holds {name}, which does not belong there."
    ]


def test_the_records_of_the_wheel_are_those_of_the_tree(
    write: Callable[[Any], Path], sound: Callable[[], dict[str, Any]], packs: Callable[[Any], dict[str, str]]
) -> None:
    files = sound()
    folder = write(files)
    files["partner/japan.json"]["capital"] = "Kyoto"
    del files["claim/report-2025-date.json"]
    wheel = folder / "ip4kb.whl"
    with zipfile.ZipFile(wheel, "w") as zipped:
        for name, text in packs(files).items():
            zipped.writestr(f"ip4kb/data/{name}", text)
    assert wrong_records(folder, wheel) == [
        "the wheel has japan#capital otherwise: it is changed.",
        "the wheel has report-2025-date otherwise: it is removed.",
    ]


def test_the_entry_points_are_those_of_the_project(wheel: Contents) -> None:
    project = PROJECT | {"scripts": {"ip4kb": "ip4kb.__main__:main"}}
    name = f"{INFO}/entry_points.txt"
    whole = wheel | {name: b"[console_scripts]\nip4kb = ip4kb.__main__:main\n"}
    assert wrong_in_wheel(whole, TRACKED, project) == []
    assert f"the wheel lacks {name}." in wrong_in_wheel(wheel, TRACKED, project)
    assert f"the wheel holds {name}, which does not belong there." in wrong_in_wheel(whole, TRACKED, PROJECT)
    other = wheel | {name: b"[console_scripts]\nip4kb = other:main\n"}
    (problem,) = wrong_in_wheel(other, TRACKED, project)
    assert problem.startswith("the wheel has other entry points than pyproject.toml: {")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("Version: 0.3.0", "Version: 0.2.0", "the metadata say '0.2.0' for version, not '0.3.0'."),
        (">=3.11", ">=3.9", "the metadata say '>=3.9' for requires-python, not '>=3.11'."),
        ("Expression: MIT", "Expression: CC-BY-4.0", "the metadata say 'CC-BY-4.0' for license, not 'MIT'."),
        ("attrs>=23.1", "attrs>=22", "the metadata ask for attrs>=22, cattrs>=24.1, where "),
        ("; extra == 'pandas'", "", "the metadata ask for attrs>=23.1, cattrs>=24.1, pandas>=2.2, where "),
        (
            "Summary: What is known",
            "Summary: Another",
            "the metadata say 'Another' for description, not 'What is known'.",
        ),
        (
            "text/markdown",
            "text/plain",
            "the metadata say 'text/plain' for the type of the README, not 'text/markdown'.",
        ),
        ("Name: ip4kb\n", "", "the metadata: 'name' is a required field."),
    ],
)
def test_metadata_that_are_not_those_of_the_project_are_named(before: str, after: str, problem: str) -> None:
    assert wrong_metadata(METADATA.encode(), PROJECT) == []
    (found,) = wrong_metadata(METADATA.replace(before, after, 1).encode(), PROJECT)
    assert found.startswith(problem)


def test_a_further_hard_dependency_is_refused_even_where_the_project_names_it() -> None:
    project = PROJECT | {"dependencies": ["attrs>=23.1", "cattrs>=24.1", "pandas>=2.2"]}
    assert len(wrong_metadata(METADATA.replace("; extra == 'pandas'", "").encode(), project)) == 1


def test_what_an_sdist_lacks_or_holds_besides_is_named() -> None:
    files = dict.fromkeys((TRACKED - {"README.md"}) | {"PKG-INFO"}, b"")
    assert wrong_in_sdist(files, TRACKED) == [
        "the sdist lacks README.md.",
        "the sdist holds .readthedocs.yaml, which does not belong there.",
    ]


def test_both_kinds_of_archive_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "ip4kb.whl", "w") as archive:
        archive.writestr("ip4kb/py.typed", b"typed")
    with tarfile.open(tmp_path / "ip4kb.tar.gz", "w:gz") as archive_of_source:
        member = tarfile.TarInfo("ip4kb-0.3.0/src/ip4kb/py.typed")
        member.size = 5
        archive_of_source.addfile(member, io.BytesIO(b"typed"))
    assert contents(tmp_path / "ip4kb.whl") == {"ip4kb/py.typed": b"typed"}
    assert contents(tmp_path / "ip4kb.tar.gz") == {"src/ip4kb/py.typed": b"typed"}


def test_what_is_not_the_same_when_it_is_built_again_is_named(tmp_path: Path) -> None:
    for folder, last in (("one", b"1"), ("same", b"1"), ("other", b"2")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ip4kb.whl").write_bytes(b"wheel" + last)
    assert differing(tmp_path / "one", tmp_path / "same") == []
    (tmp_path / "other" / "ip4kb.tar.gz").write_bytes(b"sdist")
    assert differing(tmp_path / "one", tmp_path / "other") == [
        "ip4kb.tar.gz is not the same when it is built again.",
        "ip4kb.whl is not the same when it is built again.",
    ]
