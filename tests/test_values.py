"""Records, collections and knowledge bases are values: equal, hashable, immutable, and safe to hand around."""

from __future__ import annotations

import copy
import pickle
import shutil
import threading
import time
import zipfile
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import ip4kb
from ip4kb import (
    AmbiguousNameError,
    ArgumentError,
    Collection,
    DateError,
    Kind,
    KnowledgeBase,
    PartialDate,
    UnknownRecordError,
)
from ip4kb.shelves import Folder
from ip4kb.store import Library, once

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Files = dict[str, Any]
    Write = Callable[..., Path]

WAYS_TO_COPY = [
    pytest.param(copy.deepcopy, id="deepcopy"),
    pytest.param(lambda value: pickle.loads(pickle.dumps(value)), id="pickle"),  # noqa: S301 (its own bytes)
]
THREADS = 8
CLASSES = [value for value in (getattr(ip4kb, name) for name in ip4kb.__all__) if attrs.has(value)]


@pytest.fixture
def kb(files: Files, write: Write) -> KnowledgeBase:
    return KnowledgeBase.from_directory(write(files))


def collections_of(kb: KnowledgeBase) -> list[Collection[Any]]:
    return [getattr(kb, kind.collection) for kind in Kind]


def all_at_once(ask: Callable[[], Any]) -> list[Any]:
    """What the same question answers to many threads that ask at the same moment."""
    barrier = threading.Barrier(THREADS)
    answers = []

    def wait_and_ask() -> None:
        barrier.wait(timeout=10)
        answers.append(ask())

    threads = [threading.Thread(target=wait_and_ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert len(answers) == THREADS
    return answers


# --- records ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_what_is_made_is_not_changed_and_made_by_the_names_of_its_fields(cls: type[Any]) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(object.__new__(cls), attrs.fields(cls)[0].name, None)
    by_place = {field.name for field in attrs.fields(cls) if field.init and not field.kw_only}
    assert by_place == ({"year", "month", "day"} if cls is PartialDate else set())


@pytest.mark.parametrize("kind", Kind)
def test_a_record_has_no_room_for_more_and_is_shown_in_a_line(kind: Kind, kb: KnowledgeBase) -> None:
    record = next(iter(getattr(kb, kind.collection)))
    assert not hasattr(record, "__dict__")
    assert repr(record).startswith(f"<{type(record).__name__} {record.id}: ")
    assert "\n" not in repr(record)


@pytest.mark.parametrize("currency", ["usd", "aud", "nzd", "jpy", "krw", "eur", "gbp"])
def test_money_is_written_after_its_code(currency: str) -> None:
    assert str(ip4kb.Quantity(value=5, unit=ip4kb.Unit(currency))) == f"{currency.upper()} 5"


def test_the_themes_on_which_summit_texts_are_coded_are_these() -> None:
    assert " ".join(ip4kb.CODED_THEMES) == (
        "china russia dprk ukraine-membership indo-pacific partners-named cyber-defence disinformation "
        "emerging-technology climate defence-spending"
    )


@pytest.mark.parametrize("duplicate", WAYS_TO_COPY)
@pytest.mark.parametrize("kind", Kind)
def test_a_copied_record_is_equal_and_has_the_same_hash(
    kb: KnowledgeBase, kind: Kind, duplicate: Callable[[Any], Any]
) -> None:
    for record in getattr(kb, kind.collection):
        copied = duplicate(record)
        assert copied == record
        assert hash(copied) == hash(record)
        assert type(copied) is type(record) is kind.record_class
        assert repr(copied) == repr(record)


@pytest.mark.parametrize("kind", Kind)
def test_no_field_of_a_record_can_be_set_or_deleted(kb: KnowledgeBase, kind: Kind) -> None:
    record = next(iter(getattr(kb, kind.collection)))
    for field in attrs.fields(kind.record_class):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(record, field.name, None)
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(record, field.name)
    with pytest.raises(AttributeError):
        record.remark = "new"


def test_records_that_differ_in_one_field_are_unequal(kb: KnowledgeBase) -> None:
    for collection in collections_of(kb):
        for record in collection:
            assert attrs.evolve(record, note="another remark") != record
            assert attrs.evolve(record) == record
    assert kb.partners["japan"] != kb.partners["australia"]
    other: object = "japan"
    assert kb.partners["japan"] != other


@pytest.mark.parametrize(
    ("build", "field", "rule"),
    [
        (
            lambda: ip4kb.Person(id="Ada Moss", name="Ada Moss", family="Moss"),
            "id",
            "letters and digits joined by hyph",
        ),
        (lambda: ip4kb.Citation(source="-report"), "source", "letters and digits joined by hyphens"),
        (lambda: ip4kb.Citation(source="report", paragraph=0), "paragraph", "be 1 or more"),
        (lambda: ip4kb.Citation(source="report", phrase="a " * 13), "phrase", "at most 12 words and 120 characters"),
        (lambda: ip4kb.Citation(source="report", phrase="a" * 121), "phrase", "at most 12 words and 120 characters"),
        (lambda: ip4kb.Citation(source="report", phrase="日" * 41), "phrase", "at most 12 words and 40 characters"),
        (lambda: quantity(value=float("nan")), "value", "be a finite number"),
        (lambda: quantity(value=1, to=float("inf")), "to", "be a finite number"),
        (lambda: source(language="English"), "language", "be a language tag such as 'en' or 'ja'"),
        (lambda: source(url="ftp://example.org"), "url", "be an address that starts with http:// or https://"),
        (lambda: source(text_digest="sha256:abc"), "text_digest", "be 'sha256:' and 64 lower-case hexadecimal digits"),
    ],
    ids=[
        "id",
        "reference",
        "paragraph",
        "words",
        "characters",
        "script",
        "nan",
        "infinity",
        "language",
        "url",
        "digest",
    ],
)
def test_a_value_that_breaks_the_rule_of_its_field_is_refused(
    build: Callable[[], object], field: str, rule: str
) -> None:
    with pytest.raises(ip4kb.InvalidValueError, match=rf"^'{field}' must .*({rule}).*, but is .+\.$"):
        build()


def test_a_phrase_may_have_as_many_words_and_characters_as_the_rule_says() -> None:
    for phrase in ("a " * 11 + "a", "a" * 120, "日" * 40, "a" * 39 + "ん"):
        assert ip4kb.Citation(source="report", phrase=phrase).phrase == phrase


def quantity(**fields: Any) -> ip4kb.Quantity:
    return ip4kb.Quantity(unit=ip4kb.Unit.PERCENT, **fields)


def source(**fields: Any) -> ip4kb.Source:
    told = {
        "id": "report",
        "kind": ip4kb.SourceKind.NEWS,
        "title": "Report",
        "publisher": "Institute",
        "language": "en",
    }
    return ip4kb.Source(**(told | fields))


def test_a_status_is_that_of_the_last_step_which_sets_one(kb: KnowledgeBase) -> None:
    office = kb.initiatives["office"]
    assert office.status is ip4kb.Status.AGREED
    (agreed,) = office.developments
    later = attrs.evolve(agreed, key="later", status=None)
    shelved = attrs.evolve(agreed, key="shelved", status=ip4kb.Status.SHELVED)
    assert attrs.evolve(office, developments=(agreed, shelved, later)).status is ip4kb.Status.SHELVED
    assert attrs.evolve(office, developments=(later,)).status is None


def test_a_level_is_the_highest_among_the_delegates(kb: KnowledgeBase) -> None:
    japan, australia, _ = kb.summits["summit-2025"].participations
    assert japan.level is ip4kb.Level.FOREIGN_MINISTER
    assert australia.level is None
    lower, higher = (ip4kb.Delegate(level=level) for level in (ip4kb.Level.AMBASSADOR, ip4kb.Level.HEAD_OF_GOVERNMENT))
    assert attrs.evolve(japan, delegates=(lower, higher)).level is ip4kb.Level.HEAD_OF_GOVERNMENT


# --- collections -----------------------------------------------------------------------------------------------------


def test_a_record_is_found_by_its_id(kb: KnowledgeBase) -> None:
    assert kb.partners["japan"].name == "Japan"
    assert kb.partners.get("japan") is kb.partners["japan"]
    assert kb.partners.get("atlantis") is None
    assert kb.partners.get("atlantis", "none") == "none"


def test_a_wrong_id_names_the_close_one(kb: KnowledgeBase) -> None:
    with pytest.raises(
        UnknownRecordError, match=r"^There is no partner with the id 'jappan'\. Did you mean 'japan'\?$"
    ):
        kb.partners["jappan"]
    with pytest.raises(UnknownRecordError, match=r"^There is no partner with the id 'atlantis'\.$"):
        kb.partners["atlantis"]


@pytest.mark.parametrize("name", ["North Korea", "north-korea", "korea"])
def test_a_name_with_other_bearers_is_never_answered_with_a_close_match(kb: KnowledgeBase, name: str) -> None:
    for ask in (kb.partners.__getitem__, kb.find, kb.partners.lookup):
        with pytest.raises((UnknownRecordError, AmbiguousNameError)) as caught:
            ask(name)
        assert "Did you mean" not in str(caught.value)


@pytest.mark.parametrize("id", ["", " ", None, 1, ["japan"]], ids=repr)
def test_what_can_be_no_id_is_refused(kb: KnowledgeBase, id: Any) -> None:
    with pytest.raises(ArgumentError, match="must be a text that is not empty"):
        kb.partners[id]
    with pytest.raises(ArgumentError, match="must be a text that is not empty"):
        kb.partners.lookup(id)


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("japan", "japan"),
        ("Japan", "japan"),
        ("JAPAN", "japan"),
        ("  Jāpán ", "japan"),
        ("ＪＡＰＡＮ", "japan"),
        ("日本", "japan"),
        ("jp", "japan"),
        ("New  Zealand", "new-zealand"),
        ("NEW-ZEALAND", "new-zealand"),
        ("rok", "south-korea"),
    ],
)
def test_a_name_is_looked_up_whatever_its_case_accents_width_and_blanks(kb: KnowledgeBase, name: str, id: str) -> None:
    assert kb.partners.lookup(name).id == id


def test_a_name_that_several_bear_is_refused_with_all_of_them(kb: KnowledgeBase) -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        kb.partners.lookup("Korea")
    assert str(caught.value) == (
        "'Korea' is the name of more than one: Republic of Korea (south-korea), Northern Korea (no record). "
        "Use an unambiguous name or an id."
    )


def test_an_alias_that_two_records_share_is_refused_with_both(files: Files, write: Write) -> None:
    for id in ("australia", "new-zealand"):
        files[f"partner/{id}.json"]["aliases"] = [{"text": "Down Under", "kind": "short"}]
    kb = KnowledgeBase.from_directory(write(files))
    with pytest.raises(AmbiguousNameError, match="'down under' is the name of more than one: australia, new-zealand"):
        kb.partners.lookup("down under")


def test_the_name_of_a_third_party_says_whose_it_is(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError, match=r"^'North Korea' is Northern Korea, of which there is no partner"):
        kb.partners.lookup("North Korea")


def test_a_wrong_name_names_the_close_ones(kb: KnowledgeBase) -> None:
    with pytest.raises(UnknownRecordError, match=r"or id 'Austalia'\. Did you mean 'Australia' or 'australia'\?$"):
        kb.partners.lookup("Austalia")


def test_membership_is_by_id_or_by_the_record_itself(kb: KnowledgeBase) -> None:
    japan = kb.partners["japan"]
    assert "japan" in kb.partners
    assert japan in kb.partners
    assert "Japan" not in kb.partners
    assert attrs.evolve(japan, note="another") not in kb.partners
    assert attrs.evolve(japan, id="nippon") not in kb.partners
    assert kb.sources["nato-page"] not in kb.partners
    for other in (None, 1, ["japan"], "atlantis"):
        assert other not in kb.partners


def test_a_collection_knows_its_kind_its_ids_and_its_length(kb: KnowledgeBase) -> None:
    for kind, collection in zip(Kind, collections_of(kb), strict=True):
        assert collection.kind is kind
        assert collection.ids == tuple(record.id for record in collection)
        assert len(collection) == len(collection.ids) > 0
        assert collection._ipython_key_completions_() == list(collection.ids)


def test_records_are_iterated_by_date_then_by_id_and_undated_ones_last(files: Files, write: Write) -> None:
    issued = {"b-same": "2024-06", "a-same": "2024-06", "finer": "2024-06-01", "coarser": "2024", "undated": None}
    for id, date in issued.items():
        declaration = copy.deepcopy(files["declaration/declaration-2025.json"]) | {"id": id}
        if date is None:
            del declaration["issued"]
            declaration["citations"][0]["supports"].remove("issued")
        else:
            declaration["issued"] = date
        files[f"declaration/{id}.json"] = declaration
    kb = KnowledgeBase.from_directory(write(files))
    assert kb.declarations.ids == ("coarser", "a-same", "b-same", "finer", "declaration-2025", "undated")


def test_an_initiative_without_a_start_is_sorted_by_its_first_dated_step(files: Files, write: Write) -> None:
    office = files["initiative/office.json"]
    undated = copy.deepcopy(office) | {"id": "a-undated"}
    del undated["developments"][0]["date"]
    earlier = copy.deepcopy(office) | {"id": "z-earlier"}
    earlier["developments"].insert(0, undated["developments"][0] | {"key": "before"})
    earlier["developments"][1]["date"] = "2024"
    files |= {"initiative/a-undated.json": undated, "initiative/z-earlier.json": earlier}
    kb = KnowledgeBase.from_directory(write(files))
    assert kb.initiatives.ids == ("z-earlier", "office", "a-undated")


def test_where_takes_a_predicate(kb: KnowledgeBase) -> None:
    assert kb.partners.where(lambda partner: partner.capital is not None).ids == ("japan",)
    assert kb.partners.where(lambda partner: len(partner.id) > 5, capital=None).ids == (
        "australia",
        "new-zealand",
        "south-korea",
    )


def test_where_takes_the_values_of_fields(kb: KnowledgeBase) -> None:
    assert kb.sources.where(kind="think-tank").ids == ("report-2025",)
    assert kb.sources.where(kind=ip4kb.SourceKind.OFFICIAL_PAGE, publisher="NATO").ids == ("nato-page",)
    assert kb.sources.where(kind="think-tank", publisher="NATO").ids == ()


def test_where_finds_one_of_several_values(kb: KnowledgeBase) -> None:
    assert kb.initiatives.where(parties="japan").ids == ("office",)
    assert kb.initiatives.where(parties=("nato", "japan")).ids == ("office",)
    assert kb.initiatives.where(parties=("japan", "nato")).ids == ()
    assert kb.initiatives.where(themes="representation").ids == ("office",)
    assert kb.initiatives.where(themes=ip4kb.Theme.SPACE).ids == ()


def test_where_takes_a_date_as_text(kb: KnowledgeBase) -> None:
    assert kb.summits.where(start="2025-06") == kb.summits.where(start=PartialDate(2025, 6)) == kb.summits
    assert kb.summits.where(start="2025").ids == ()
    with pytest.raises(DateError, match="'June' is not a date"):
        kb.summits.where(start="June")


def test_where_finds_what_is_left_out(kb: KnowledgeBase) -> None:
    assert kb.claims.where(stance=None).ids == ("report-2025-date",)
    assert kb.sources.where(published=None).ids == ("nato-page",)


def test_where_refuses_an_id_that_stands_nowhere(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^No meeting here has 'naot' in 'organiser'\. Did you mean 'nato'\?$"):
        kb.meetings.where(organiser="naot")
    with pytest.raises(ArgumentError, match="in 'parties'"):
        kb.initiatives.where(parties=("nato", "jpan"))


def test_where_refuses_a_text_that_stands_nowhere(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^No partner here has 'Japn' in 'name'\. Did you mean 'Japan'\?$"):
        kb.partners.where(name="Japn")


def test_where_refuses_what_is_no_function(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match="must be a function of a record, or fields by name, but is 'japan'"):
        kb.partners.where("japan")  # type: ignore[arg-type]


def test_where_after_where_finds_nothing_without_complaint(kb: KnowledgeBase) -> None:
    planned = kb.meetings.where(outcome="planned")
    for meetings in (planned, pickle.loads(pickle.dumps(planned))):  # noqa: S301 (pickled a line above)
        assert meetings.where(organiser="nato").ids == ()


def test_where_refuses_a_field_that_is_not_there(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^There is no field 'capitol' in partners\. Did you mean 'capital'\?$"):
        kb.partners.where(capitol="Tokyo")


def test_where_refuses_a_value_outside_the_vocabulary(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^'stance' is never 'support'\. Did you mean 'supports'\? Valid: suppo"):
        kb.claims.where(stance="support")
    with pytest.raises(ArgumentError, match=r"^'themes' is never 'sapce'\. Did you mean 'space'"):
        kb.initiatives.where(themes="sapce")
    with pytest.raises(ArgumentError, match=r"^'kind' is never None"):
        kb.claims.where(kind=None)


def test_where_refuses_a_value_of_a_type_that_the_field_never_has(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^'number_of_allies' is asked for '32', but what it holds is int or None"):
        kb.summits.where(number_of_allies="32")
    with pytest.raises(ArgumentError, match=r"^'number_of_allies' is asked for True"):
        kb.summits.where(number_of_allies=True)
    with pytest.raises(ArgumentError, match=r"^'?capital'? must be a text that is not empty"):
        kb.partners.where(capital="")


def test_where_refuses_a_country_that_is_in_no_table(kb: KnowledgeBase) -> None:
    with pytest.raises(ArgumentError, match=r"^'hosts' is never 'nederland'\. Did you mean 'netherlands'"):
        kb.summits.where(hosts="nederland")


def test_what_where_finds_is_a_collection_again(kb: KnowledgeBase) -> None:
    found = kb.partners.where(capital="Tokyo")
    assert found.lookup("日本") is kb.partners["japan"]
    assert found != kb.partners
    with pytest.raises(AmbiguousNameError):
        found.lookup("Korea")


def test_a_collection_is_told_in_one_line(kb: KnowledgeBase) -> None:
    assert repr(kb.claims) == "<2 claims: report-2025-date, report-2025-spending>"
    assert repr(kb.summits) == "<1 summit: summit-2025>"
    assert repr(kb.summits.where(hosts="japan")) == "<no summits>"


def test_a_long_collection_is_told_in_part(files: Files, write: Write) -> None:
    for slug in ("albania", "belgium"):
        files[f"partner/{slug}.json"] = {"id": slug, "name": slug.capitalize()}
    kb = KnowledgeBase.from_directory(write(files))
    assert repr(kb.partners) == "<6 partners: albania, australia, belgium, japan, new-zealand, ...>"


@pytest.mark.parametrize("duplicate", WAYS_TO_COPY)
def test_a_copied_collection_is_equal_and_answers_the_same(kb: KnowledgeBase, duplicate: Callable[[Any], Any]) -> None:
    for collection in collections_of(kb):
        copied = duplicate(collection)
        assert copied == collection
        assert hash(copied) == hash(collection)
        assert copied.ids == collection.ids
    with pytest.raises(AmbiguousNameError):
        duplicate(kb.partners).lookup("Korea")


def test_collections_are_equal_where_kind_and_records_are(kb: KnowledgeBase) -> None:
    assert kb.partners == kb.partners.where()
    assert kb.partners.where(capital="Tokyo") != kb.partners
    assert kb.summits.where(hosts="japan") != kb.meetings.where(hosts="japan")
    assert kb.partners != tuple(kb.partners)


# --- knowledge bases -------------------------------------------------------------------------------------------------


def test_knowledge_bases_of_the_same_files_are_equal(files: Files, write: Write) -> None:
    one, other = (KnowledgeBase.from_directory(write(files, folder)) for folder in ("one", "other"))
    assert one == other
    assert hash(one) == hash(other)
    assert one == KnowledgeBase(one._library)


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("partner/japan.json", {"name": "Nippon"}),
        ("manifest.json", {"data_version": "2026.12.0"}),
        ("people.json", {"ada-moss": {"name": "Ada Q. Moss", "family": "Moss", "given": "Ada Q."}}),
    ],
)
def test_knowledge_bases_that_differ_in_one_place_are_unequal(
    files: Files, write: Write, file: str, change: Files
) -> None:
    one = KnowledgeBase.from_directory(write(files, "one"))
    files[file] |= change
    other = KnowledgeBase.from_directory(write(files, "other"))
    assert one != other
    assert one != "one"


def test_a_zip_holds_the_same_as_the_folder(files: Files, write: Write, tmp_path: Path) -> None:
    folder = write(files)
    with zipfile.ZipFile(tmp_path / "records.zip", "w") as archive:
        for path in folder.rglob("*"):
            archive.write(path, path.relative_to(folder))
    from_zip, from_directory = KnowledgeBase.from_zip(tmp_path / "records.zip"), KnowledgeBase.from_directory(folder)
    assert from_zip == from_directory
    assert repr(from_zip) == repr(from_directory)
    assert repr(from_zip.attendance()) == repr(from_directory.attendance())


def test_a_path_may_be_given_as_text(files: Files, write: Write) -> None:
    folder = write(files)
    assert KnowledgeBase.from_directory(str(folder)) == KnowledgeBase.from_directory(folder)


@pytest.mark.parametrize("duplicate", WAYS_TO_COPY)
def test_a_copied_knowledge_base_answers_after_its_folder_is_gone(
    files: Files, write: Write, duplicate: Callable[[Any], Any]
) -> None:
    folder = write(files)
    kb = KnowledgeBase.from_directory(folder)
    copied = duplicate(kb)
    shutil.rmtree(folder)
    assert copied == kb
    assert copied is not kb
    assert hash(copied) == hash(kb)
    assert repr(copied) == repr(kb)
    assert repr(copied.attendance("summit-2025")) == repr(kb.attendance("summit-2025"))
    assert duplicate(copied) == kb


def test_nothing_of_a_knowledge_base_can_be_set(kb: KnowledgeBase) -> None:
    for name in ("partners", "data_version", "remark", "_library"):
        with pytest.raises(AttributeError, match=f"^A knowledge base never changes, so '{name}' cannot be set"):
            setattr(kb, name, None)
    with pytest.raises(TypeError):
        kb.people["someone"] = None  # type: ignore[index]
    with pytest.raises(TypeError):
        kb.partners["japan"] = None  # type: ignore[index]
    assert kb.people.keys() == {"ada-moss"}


def test_a_knowledge_base_tells_its_version_and_what_it_holds(files: Files, write: Write) -> None:
    assert KnowledgeBase.from_directory(write(files)).data_version == "2026.11.0"
    one = {"partner/japan.json": {"id": "japan", "name": "Japan"}}
    kb = KnowledgeBase.from_directory(write(one, "one"))
    assert kb.data_version is None
    assert repr(kb) == "<KnowledgeBase without version: 1 partner>"
    assert sum(len(collection) for collection in collections_of(kb)) == 1
    assert hash(kb) == hash(KnowledgeBase.from_directory(write(one, "again")))


def test_a_collection_is_the_same_object_each_time(kb: KnowledgeBase) -> None:
    for kind in Kind:
        assert getattr(kb, kind.collection) is getattr(kb, kind.collection)


class Slow(Folder):
    """A folder so slow that threads meet while it is read."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.reads: Counter[str] = Counter()

    def read(self, name: str) -> bytes:
        self.reads[name] += 1
        time.sleep(0.005)
        return super().read(name)


@pytest.mark.parametrize("kind", Kind)
def test_threads_that_ask_first_all_get_the_same_finished_collection(files: Files, write: Write, kind: Kind) -> None:
    folder = write(files)
    shelf = Slow(folder)
    kb = KnowledgeBase(Library(shelf))
    answers = all_at_once(lambda: getattr(kb, kind.collection))
    assert len({id(answer) for answer in answers}) == 1
    assert answers[0] == getattr(KnowledgeBase.from_directory(folder), kind.collection)
    assert {name: count for name, count in shelf.reads.items() if name.startswith(f"{kind}/")} == {
        name: 1 for name in files if name.startswith(f"{kind}/")
    }


def test_threads_that_ask_for_different_kinds_get_what_one_thread_gets(files: Files, write: Write) -> None:
    folder = write(files)
    kb = KnowledgeBase(Library(Slow(folder)))
    expected = KnowledgeBase.from_directory(folder)
    assert all(all_at_once(lambda: kb == expected))


def test_threads_that_ask_for_the_only_one_all_get_it() -> None:
    made = []

    @once
    def slow() -> object:
        time.sleep(0.05)
        made.append(object())
        return made[-1]

    answers = all_at_once(slow)
    assert len(made) == 1
    assert all(answer is made[0] for answer in [*answers, slow()])


def test_what_could_not_be_made_is_tried_again() -> None:
    attempts = []

    @once
    def fails_first() -> str:
        attempts.append(1)
        if len(attempts) == 1:
            raise OSError
        return "made"

    with pytest.raises(OSError, match=r"^$"):
        fails_first()
    assert fails_first() == fails_first() == "made"
    assert len(attempts) == 2


# --- the bundled one -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("duplicate", WAYS_TO_COPY)
def test_the_bundled_knowledge_base_is_always_the_same(duplicate: Callable[[Any], Any]) -> None:
    assert ip4kb.load() is ip4kb.load()
    assert duplicate(ip4kb.load()) is ip4kb.load()


def test_the_bundled_knowledge_base_differs_from_another(kb: KnowledgeBase) -> None:
    assert ip4kb.load() != kb


def test_preload_reads_every_record_into_the_bundled_knowledge_base(
    files: Files, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(files)
    expected = KnowledgeBase.from_directory(folder)
    library = Library(Folder(folder))
    monkeypatch.setattr("ip4kb.knowledge_base.Bundle", lambda: Folder(folder))
    monkeypatch.setattr("ip4kb.knowledge_base.bundled", lambda: library)
    assert ip4kb.preload() is ip4kb.load()
    shutil.rmtree(folder)
    assert KnowledgeBase(library) == expected
