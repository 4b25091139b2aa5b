"""What an import costs: nothing is read, and no module imported, before it is needed."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ip4kb
from ip4kb import Kind

PACKAGE = Path(ip4kb.__file__).parent


def in_a_new_process(code: str, path: Path = PACKAGE.parent) -> Any:
    """What the code prints as JSON, run in a new process that finds the library at a path."""
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(path)}, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_importing_the_library_imports_one_module() -> None:
    code = """
import json, sys
before = set(sys.modules)
import ip4kb
print(json.dumps(sorted(set(sys.modules) - before)))
"""
    assert in_a_new_process(code) == ["ip4kb"]


def test_importing_the_library_opens_its_own_module_and_nothing_else() -> None:
    code = """
import json, sys
read = []
sys.dont_write_bytecode = True
sys.addaudithook(lambda event, found: read.append(str(found[0])) if event == "open" else None)
import ip4kb
dir(ip4kb)
print(json.dumps(read))
"""
    opened = {Path(name) for name in in_a_new_process(code)}
    assert opened
    assert opened <= {PACKAGE / "__init__.py", Path(importlib.util.cache_from_source(str(PACKAGE / "__init__.py")))}


def test_listing_the_names_imports_nothing_more() -> None:
    code = """
import json, sys, ip4kb
before = set(sys.modules)
names = dir(ip4kb)
print(json.dumps([names, sorted(set(sys.modules) - before)]))
"""
    assert in_a_new_process(code) == [sorted(ip4kb.__all__), []]


@pytest.mark.parametrize("kind", Kind)
def test_the_first_record_imports_the_class_of_its_kind_alone(kind: Kind) -> None:
    code = f"""
import json, sys, ip4kb
asked = ip4kb.{kind.collection}
print(json.dumps([len(asked), sorted(name for name in sys.modules if name.startswith("ip4kb."))]))
"""
    count, modules = in_a_new_process(code)
    imported = {other.value for other in Kind if f"ip4kb.model.{other.value}" in modules}
    assert imported == ({kind.value} if count else set())
    assert not [name for name in modules if name.startswith(("ip4kb.queries", "ip4kb.results", "ip4kb.rules"))]


def test_a_class_is_reached_without_reading_a_record() -> None:
    code = """
import json, sys, ip4kb
ip4kb.Partner, ip4kb.Theme, ip4kb.PartialDate
print(json.dumps(sorted({"ip4kb.store", "ip4kb.codec", "cattrs", "zipfile"} & set(sys.modules))))
"""
    assert in_a_new_process(code) == []


def test_threads_that_import_and_ask_first_get_the_same_objects() -> None:
    code = """
import json, sys, threading
sys.setswitchinterval(1e-6)
barrier = threading.Barrier(8)
found = []
def ask():
    barrier.wait(10)
    import ip4kb
    found.append((ip4kb.load(), ip4kb.partners, ip4kb.load().partners, ip4kb.Partner))
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join(60)
print(json.dumps([len(found), [len({id(one) for one in ones}) for ones in zip(*found)], found[0][1] is found[0][2]]))
"""
    assert in_a_new_process(code) == [8, [1, 1, 1, 1], True]


def test_the_library_answers_from_a_zip(tmp_path: Path) -> None:
    zipped = tmp_path / "library.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        for path in sorted(PACKAGE.rglob("*")):
            if "__pycache__" not in path.parts:
                archive.write(path, path.relative_to(PACKAGE.parent))
    code = """
import json, ip4kb
print(json.dumps([ip4kb.__file__, ip4kb.__version__, ip4kb.sources.ids]))
"""
    file, version, ids = in_a_new_process(code, zipped)
    with zipfile.ZipFile(zipped) as archive:
        manifest = json.loads(archive.read("ip4kb/data/manifest.json"))
    assert Path(file) == zipped / "ip4kb" / "__init__.py"
    assert version == ip4kb.__version__
    assert sorted(ids) == manifest["ids"]["source"]


DATA = Path(__file__).parents[1] / "src/ip4kb/data"
Packs = Callable[[dict[str, Any]], dict[str, str]]


@pytest.fixture
def packed(tmp_path: Path, packs: Packs) -> Path:
    """A copy of the library with its records in packs, as a wheel has them."""
    copy = tmp_path / "packed" / "ip4kb"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "data"))
    (copy / "data").mkdir()
    files = {
        path.relative_to(DATA).as_posix(): json.loads(path.read_text("utf-8")) for path in sorted(DATA.rglob("*.json"))
    }
    for name, text in packs(files).items():
        (copy / "data" / name).write_text(text, "utf-8")
    return copy


def test_records_are_the_same_one_by_one_and_packed(packed: Path) -> None:
    code = f"""
import json, ip4kb
print(json.dumps([ip4kb.__file__, ip4kb.load() == ip4kb.KnowledgeBase.from_directory({str(DATA)!r})]))
"""
    assert in_a_new_process(code, packed.parent) == [str(packed / "__init__.py"), True]


def test_a_record_that_a_pack_lacks_is_told(packed: Path) -> None:
    pack = packed / "data" / "partner.jsonl"
    pack.write_text("".join(pack.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    code = """
import json, ip4kb
try:
    ip4kb.partners
except ip4kb.DataError as error:
    print(json.dumps([str(problem) for problem in error.problems]))
"""
    (problem,) = in_a_new_process(code, packed.parent)
    assert problem == "partner/australia.json: the file cannot be read: No such file or directory. [file]"


READS = """
import json, sys
read = []
def told(event, found):
    if event == "open" and "/data/" in str(found[0]):
        read.append(str(found[0]))
sys.addaudithook(told)
import ip4kb
ip4kb.partners["japan"]
print(json.dumps(read))
"""


def test_the_first_record_reads_its_pack_and_what_names_it_alone(packed: Path) -> None:
    data = packed / "data"
    read = [Path(name).relative_to(data).as_posix() for name in in_a_new_process(READS, packed.parent)]
    assert sorted(read) == ["ambiguous.json", "manifest.json", "partner.jsonl", "retired.json"]
    size, whole = (sum(path.stat().st_size for path in paths) for paths in (map(data.joinpath, read), data.iterdir()))
    assert 10 * size < whole


def test_the_first_lookup_in_each_kind_reads_no_more_bytes_than_its_pack_and_the_names(packed: Path) -> None:
    sizes = {path.name: path.stat().st_size for path in (packed / "data").iterdir()}
    names = sizes["ambiguous.json"] + sizes["manifest.json"] + sizes["retired.json"]
    for kind in Kind:
        code = READS.replace('partners["japan"]', f"{kind.collection}.ids")
        read = [Path(name).name for name in in_a_new_process(code, packed.parent)]
        assert sum(sizes[name] for name in read) <= names + sizes[f"{kind}.jsonl"]


def test_one_by_one_the_first_record_reads_the_files_of_its_kind_alone(tmp_path: Path) -> None:
    copy = tmp_path / "ip4kb"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__", "data"))
    (copy / "data").mkdir()
    for entry in DATA.iterdir():
        if entry.suffix != ".jsonl":
            (copy / "data" / entry.name).symlink_to(entry)
    read = {Path(name).relative_to(copy / "data").as_posix() for name in in_a_new_process(READS, tmp_path)}
    partners = {f"partner/{id}.json" for id in ip4kb.partners.ids}
    assert read == {"ambiguous.json", "manifest.json", "retired.json", "partner.jsonl", *partners}


def test_every_listed_name_is_there() -> None:
    assert dir(ip4kb) == sorted(set(ip4kb.__all__))
    for name in ip4kb.__all__:
        assert getattr(ip4kb, name) is not None


def test_a_star_import_brings_every_listed_name() -> None:
    names: dict[str, object] = {}
    exec("from ip4kb import *", names)  # noqa: S102 (a star import cannot stand in a function)
    assert set(ip4kb.__all__) <= set(names)


def test_a_class_is_the_same_object_each_time() -> None:
    assert ip4kb.Partner is ip4kb.Partner is Kind.PARTNER.record_class


@pytest.mark.parametrize(("name", "near"), [("partnrs", "partners"), ("attendence", "attendance")])
def test_a_misspelt_name_names_the_close_one(name: str, near: str) -> None:
    with pytest.raises(AttributeError, match=f"^module 'ip4kb' has no attribute '{name}'. Did you mean '{near}'"):
        getattr(ip4kb, name)


def test_an_unknown_name_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match=r"^module 'ip4kb' has no attribute 'zzzzz'\.$"):
        ip4kb.zzzzz  # type: ignore[attr-defined]  # noqa: B018
    assert not hasattr(ip4kb, "__wrapped__")
