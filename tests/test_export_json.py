"""JSON: the document, the lines and the schemas, read back with validators and readers that are not ours."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import polars as pl
import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

import ip4kb
from ip4kb import Kind, KnowledgeBase
from ip4kb.curation.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Exported = Callable[[str], Path]

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "docs" / "_extra" / "schema"
DATA = Path(__file__).parents[1] / "src/ip4kb/data"


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def validator() -> Callable[[str], Draft202012Validator]:
    """A validator for a schema of the repository, which finds the others by their addresses."""
    schemas = [read(path) for path in SCHEMAS.glob("*.json")]
    registry: Any = Registry().with_resources((schema["$id"], Resource.from_contents(schema)) for schema in schemas)
    return lambda name: Draft202012Validator(read(SCHEMAS / f"{name}.json"), registry=registry)


@pytest.fixture(scope="module")
def document(exported: Exported) -> Any:
    return read(exported("json"))


# --- schemas ---------------------------------------------------------------------------------------------------------


def test_the_schemas_in_the_repository_are_fresh(tmp_path: Path) -> None:
    assert main(["schema", str(tmp_path)]) == 0
    fresh = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    kept = {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}
    assert kept == fresh, "run 'python -m ip4kb.curation schema docs/_extra/schema'"


def test_schemas_for_a_folder_that_is_not_there_are_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", str(tmp_path / "missing")]) == 1
    assert "cannot be written: No such file or directory" in capsys.readouterr().out


@pytest.mark.parametrize("path", sorted(SCHEMAS.glob("*.json")), ids=lambda path: path.stem)
def test_a_schema_keeps_to_its_draft_and_describes_every_field(path: Path) -> None:
    schema = read(path)
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == f"https://ip4kb.readthedocs.io/schema/{path.name}"
    for part in [schema, *schema.get("$defs", {}).values()]:
        assert part["description"]
        if part["type"] == "object":
            assert part["additionalProperties"] is False
            described = {name for name, field in part["properties"].items() if field.get("description")}
            assert described == set(part["properties"]) - {"$schema"}


def test_there_is_a_schema_for_every_kind_and_for_what_stands_beside() -> None:
    beside = {"country", "document", "fact", "metadata", "person"}
    assert {path.stem for path in SCHEMAS.iterdir()} == {kind.value for kind in Kind} | beside


@pytest.mark.parametrize("kind", Kind)
def test_every_bundled_file_keeps_to_the_schema_of_its_kind(
    kind: Kind, validator: Callable[[str], Draft202012Validator]
) -> None:
    of_kind, paths = validator(kind.value), sorted((DATA / kind.value).glob("*.json"))
    assert paths
    for path in paths:
        of_kind.validate(read(path))


BREAKS: list[tuple[str, str, Callable[[Any], object]]] = [
    ("summit", "an unknown field", lambda record: record.update(colour="red")),
    ("summit", "a missing name", lambda record: record.pop("name")),
    ("summit", "an id in capitals", lambda record: record.update(id="The-Hague-2025")),
    ("summit", "a text that is empty", lambda record: record.update(name="")),
    ("summit", "a text with a blank at its end", lambda record: record.update(name="The Hague ")),
    ("summit", "a date with a month that is not", lambda record: record.update(start="2025-13")),
    ("summit", "a date as a number", lambda record: record.update(start=2025)),
    ("summit", "a number that is not positive", lambda record: record.update(number_of_allies=0)),
    ("summit", "a word of no vocabulary", lambda record: record.update(themes=["sports"])),
    ("summit", "null", lambda record: record.update(end=None)),
    ("summit", "a party that is no id", lambda record: record["participations"][0].update(party="South Korea")),
    ("summit", "an unknown field in a part", lambda record: record["participations"][0].update(seat=1)),
    ("summit", "an unknown presence", lambda record: record["participations"][0].update(presence="unknown")),
    ("summit", "a citation without a source", lambda record: record["citations"][0].pop("source")),
    ("summit", "a phrase that is too long", lambda record: record["citations"][0].update(phrase="word " * 30 + "end")),
    ("source", "an address of another kind", lambda record: record.update(url="ftp://example.org")),
    ("source", "a digest of the wrong length", lambda record: record.update(text_digest="sha256:00")),
    ("source", "a language that is none", lambda record: record.update(language="English!")),
    ("claim", "a subject with blanks", lambda record: record["about"].append("the summit")),
    ("claim", "a figure as text", lambda record: record.update(quantity={"value": "2", "unit": "percent"})),
]


@pytest.mark.parametrize(("kind", "what", "spoil"), BREAKS, ids=[what for _, what, _ in BREAKS])
def test_what_breaks_the_form_is_refused(
    kind: str, what: str, spoil: Callable[[Any], object], validator: Callable[[str], Draft202012Validator]
) -> None:
    good = {"summit": "the-hague-2025", "source": "frassineti-2025", "claim": "frassineti-2025-australia-nspa-signed"}
    record = read(DATA / kind / f"{good[kind]}.json")
    assert validator(kind).is_valid(record)
    spoil(record)
    assert not validator(kind).is_valid(record), what


# --- the document ----------------------------------------------------------------------------------------------------


def test_the_document_keeps_to_its_schema(document: Any, validator: Callable[[str], Draft202012Validator]) -> None:
    assert document["$schema"] == read(SCHEMAS / "document.json")["$id"]
    validator("document").validate({**document, "facts": document["facts"][::20]})


@pytest.mark.parametrize("kind", Kind)
def test_the_document_holds_every_record_as_its_file_does(kind: Kind, document: Any) -> None:
    stored = {path.stem: read(path) for path in (DATA / kind.value).glob("*.json")}
    assert {record["id"]: record for record in document[kind.collection]} == stored
    assert [record["id"] for record in document[kind.collection]] == list(getattr(ip4kb, kind.collection).ids)


def test_the_document_names_people_and_countries(document: Any) -> None:
    stored = read(DATA / "people.json")
    assert {person.pop("id"): person for person in copy.deepcopy(document["people"])} == stored
    assert {"id": "japan", "name": "Japan"} in document["countries"]


def test_every_fact_stands_as_the_library_says(document: Any) -> None:
    assert len({fact["place"] for fact in document["facts"]}) == len(document["facts"])
    for fact in document["facts"][::50]:
        evidence = ip4kb.evidence(fact["place"])
        assert fact["standing"] == evidence.standing
        assert [citation["source"] for citation in fact["citations"]] == [row.source for row in evidence]
        assert [citation.get("url") for citation in fact["citations"]] == [row.url for row in evidence]
        assert [citation["verification"] for citation in fact["citations"]] == [row.verification for row in evidence]


def test_a_fact_tells_its_value_as_text(document: Any) -> None:
    values = {fact["place"]: fact["value"] for fact in document["facts"]}
    assert values["japan#capital"] == "Tokyo"
    assert values["the-hague-2025#end"] == "2025-06-25"
    assert values["the-hague-2025#number_of_allies"] == str(ip4kb.summits["the-hague-2025"].number_of_allies)
    assert json.loads(values["the-hague-2025#hosts"]) == ["netherlands"]
    level = json.loads(values["the-hague-2025#participations.japan.delegates"])[0]["level"]
    assert level == "foreign-minister"


def test_what_no_source_says_is_no_fact(before: KnowledgeBase, tmp_path: Path) -> None:
    before.export("json", tmp_path / "small.json")
    document = read(tmp_path / "small.json")
    (summit,) = document["summits"]
    assert "south-korea" not in {participation["party"] for participation in summit["participations"]}
    assert not [fact for fact in document["facts"] if "participations.south-korea" in fact["place"]]
    assert {fact["standing"] for fact in document["facts"] if fact["place"] == "summit-2025#start"} == {"disputed"}


# --- JSON Lines ------------------------------------------------------------------------------------------------------


def test_the_lines_hold_what_the_document_holds(exported: Exported, document: Any) -> None:
    folder = exported("jsonl")
    names = {"countries": "country", "people": "person", "facts": "fact"}
    names |= {kind.collection: kind.value for kind in Kind}
    for collection, name in names.items():
        lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        assert [json.loads(line) for line in lines] == document[collection]
    assert read(folder / "metadata.json") == document["metadata"]
    assert {path.name for path in folder.iterdir()} == {*(f"{name}.jsonl" for name in names.values())} | {
        "metadata.json",
        "schema",
    }


def test_the_lines_carry_their_schemas(exported: Exported) -> None:
    carried = {path.name: path.read_bytes() for path in (exported("jsonl") / "schema").iterdir()}
    assert carried == {path.name: path.read_bytes() for path in SCHEMAS.iterdir()}


def test_duckdb_and_polars_read_the_lines(exported: Exported) -> None:
    folder = exported("jsonl")
    asked = """
        select participation.party from (
            select unnest(participations) as participation from read_json(?) where id = 'the-hague-2025'
        ) order by 1
    """
    stored = [part.party for part in ip4kb.summits["the-hague-2025"].participations]
    assert [row[0] for row in duckdb.connect().execute(asked, [str(folder / "summit.jsonl")]).fetchall()] == sorted(
        stored
    )
    facts = pl.read_ndjson(folder / "fact.jsonl", infer_schema_length=None)
    assert facts.filter(pl.col("place") == "japan#capital")["value"].to_list() == ["Tokyo"]
