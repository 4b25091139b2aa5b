"""The nine collections of records and how they are asked."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from enum import EnumMeta
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, get_args, get_origin, overload

import attrs

from ip4kb.dates import PartialDate, rank
from ip4kb.exceptions import AmbiguousNameError, ArgumentError, UnknownRecordError
from ip4kb.likeness import did_you_mean
from ip4kb.model.field import Target
from ip4kb.model.kind import Kind
from ip4kb.names import Bearer, fields_of, fold, names_like, names_of, require_text, successor

if TYPE_CHECKING:
    from ip4kb.tables import Tables

T = TypeVar("T")
D = TypeVar("D")

_SHOWN = 5
_UNDATED = (10_000, 0, 0)
_DATE_FIELDS = ("start", "issued", "published", "founded", "since")


def date_of(record: Any) -> PartialDate | None:
    """The date by which a record is sorted; None where it has none."""
    for field in fields_of(record.__class__, _DATE_FIELDS):
        if (date := getattr(record, field)) is not None:
            found: PartialDate = date
            return found
    return next((step.date for step in getattr(record, "developments", ()) if step.date), None)


def order_of(record: Any) -> tuple[tuple[int, int, int], str]:
    """The key that sorts records by date, undated ones last, then by id."""
    date = date_of(record)
    return (_UNDATED if date is None else rank(date)), record.id


def _content(field: "attrs.Attribute[Any]", value: object) -> object:
    """What a field, or a member of it, must hold to match the value that was asked for.

    Raises:
        ArgumentError: If it can never hold this value.
    """
    arms = [arm for arm in get_args(field.type) or (field.type,) if isinstance(arm, type)]
    if value is None and type(None) in arms:
        return None
    if PartialDate in arms and isinstance(value, str):
        return PartialDate.parse(value)
    for vocabulary in arms:
        if isinstance(vocabulary, EnumMeta):
            _require_word(field.name, value, [str(word.value) for word in vocabulary])  # type: ignore[var-annotated]
            return value
    if not isinstance(value, tuple(arms)) or (isinstance(value, bool) and bool not in arms):
        wanted = " or ".join("None" if arm is type(None) else arm.__name__ for arm in arms)
        msg = f"{field.name!r} is asked for {value!r}, but what it holds is {wanted}."
        raise ArgumentError(msg)
    if field.metadata.get("refers") is Target.COUNTRY:
        from ip4kb.model.country import COUNTRIES  # noqa: PLC0415 (the first record needs its own kind alone)

        _require_word(field.name, value, COUNTRIES)
    return require_text(value, field.name) if isinstance(value, str) else value


def _require_word(name: str, value: object, words: Iterable[str]) -> None:
    known = list(words)
    if value not in known:
        msg = f"{name!r} is never {value!r}.{did_you_mean(str(value), known)} Valid: {', '.join(known)}."
        raise ArgumentError(msg)


class Collection(Generic[T]):
    """All records of one kind, iterated by date, then by id; undated ones come last.

    Examples:
        >>> import ip4kb
        >>> len(ip4kb.partners)
        4
        >>> ip4kb.partners["japan"].capital
        'Tokyo'
        >>> ip4kb.partners.lookup("대한민국").id
        'south-korea'
        >>> "atlantis" in ip4kb.partners
        False
    """

    def __init__(
        self,
        kind: Kind,
        records: Iterable[T],
        bearers: Mapping[str, tuple[Bearer, ...]],
        retired: Mapping[str, str],
        whole: "Collection[T] | None" = None,
    ) -> None:
        self._kind = kind
        self._records: dict[str, T] = {record.id: record for record in sorted(records, key=order_of)}  # type: ignore[attr-defined]
        self._bearers = bearers
        self._retired = retired
        self._whole = self if whole is None else whole
        self._by_name: dict[str, tuple[str, ...]] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        whole = None if self._whole is self else self._whole
        return Collection, (self._kind, tuple(self), self._bearers, self._retired, whole)

    @property
    def kind(self) -> Kind:
        """The kind of the records."""
        return self._kind

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the records, in order."""
        return tuple(self._records)

    def __len__(self) -> int:
        return len(self._records)

    def __iter__(self) -> Iterator[T]:
        return iter(self._records.values())

    def __contains__(self, item: object) -> bool:
        if isinstance(item, str):
            return item in self._records or self._retired.get(item) in self._records
        return isinstance(item, self._kind.record_class) and self._records.get(item.id) == item

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Collection):
            return self._kind is other._kind and tuple(self) == tuple(other)
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self._kind, tuple(self._records)))

    def __getitem__(self, id: str) -> T:
        """The record with this id; a retired id gives the record that took its place, with a `DeprecationWarning`.

        Raises:
            UnknownRecordError: If there is none; close matches are named.
            ArgumentError: If the id is no text, or empty.
        """
        try:
            return self._records[id]
        except (KeyError, TypeError):
            pass
        require_text(id, "an id")
        if self._retired.get(id) in self._records and (new := successor(id, self._retired)):
            return self._records[new]
        near = names_like(id, self._records, self._names, self._bearers)
        msg = f"There is no {self._kind.value} with the id {id!r}.{near}"
        raise UnknownRecordError(msg) from None

    @overload
    def get(self, id: str) -> T | None: ...
    @overload
    def get(self, id: str, default: D) -> T | D: ...
    def get(self, id: str, default: Any = None) -> Any:
        """The record with this id, retired ids as in brackets; `default` where there is none.

        Raises:
            ArgumentError: If the id is no text.
        """
        if not isinstance(id, str):
            require_text(id, "an id")
        return self[id] if id in self else default  # noqa: SIM401 (this is the get)

    def lookup(self, name: str) -> T:
        """The record with this id, name, alias or code, whatever the case and the accents; retired ids as in brackets.

        Raises:
            AmbiguousNameError: If several bear the name; they are named.
            UnknownRecordError: If none does; close matches are named.
            ArgumentError: If the name is no text, or empty.
        """
        found = self._known_as(name)
        if found is not None:
            return found
        if bearers := self._bearers.get(fold(name)):
            msg = f"{name!r} is {bearers[0].name}, of which there is no {self._kind.value} here."
            raise UnknownRecordError(msg)
        msg = f"There is no {self._kind.value} with the name, alias, code or id {name!r}."
        known = (known for record in self for known in names_of(record))
        raise UnknownRecordError(msg + names_like(name, known, self._names, self._bearers))

    def _known_as(self, name: str) -> T | None:
        """The record with this id, name, alias or code, or an error as of `lookup`; None where none has the name."""
        folded = fold(require_text(name, "a name"))
        bearers = self._bearers.get(folded, ())
        ids = self._names.get(folded, ())
        if not ids and name in self:
            return self[name]
        if len(ids) == 1 and not bearers:
            return self._records[ids[0]]
        if len(ids) + len(bearers) > 1:
            named = [str(bearer) for bearer in bearers]
            named += [id for id in ids if id not in {bearer.record for bearer in bearers}]
            msg = f"{name!r} is the name of more than one: {', '.join(named)}. Use an unambiguous name or an id."
            raise AmbiguousNameError(msg)
        return None

    @property
    def _names(self) -> Mapping[str, tuple[str, ...]]:
        """The ids by folded name, made at the first look-up, without a lock that a fork could leave behind."""
        if self._by_name is None:
            self._by_name = self._named()
        return self._by_name

    def _named(self) -> dict[str, tuple[str, ...]]:
        names: dict[str, tuple[str, ...]] = {}
        for id, record in self._records.items():
            for name in {fold(name) for name in names_of(record)}:
                names[name] = (*names.get(name, ()), id)
        return names

    def where(self, predicate: Callable[[T], bool] | None = None, **fields: object) -> "Collection[T]":
        """The records for which `predicate` is true, or whose fields have the given values.

        A field that holds several values matches when it holds the given one. A date may be given as text, and matches
        only what is as exact.

        Raises:
            ArgumentError: If there is no such field, the value is not one the field can have, or a text stands
                in no record.
            DateError: If a date has the wrong form or does not exist.

        Examples:
            >>> import ip4kb
            >>> [summit.id for summit in ip4kb.summits.where(hosts="netherlands")]
            ['the-hague-2025']
        """
        if predicate is not None and not callable(predicate):
            msg = f"What is asked for must be a function of a record, or fields by name, but is {predicate!r}."
            raise ArgumentError(msg)
        wanted = [(name, self._value_for(name, value)) for name, value in fields.items()]

        def matches(record: T) -> bool:
            for name, value in wanted:
                content = getattr(record, name)
                if content != value and not (isinstance(content, tuple) and value in content):
                    return False
            return predicate is None or bool(predicate(record))

        return Collection(self._kind, filter(matches, self), self._bearers, self._retired, self._whole)

    def _value_for(self, name: str, value: object) -> object:
        fields = {field.name: field for field in attrs.fields(self._kind.record_class)}
        if name not in fields:
            msg = f"There is no field {name!r} in {self._kind.collection}.{did_you_mean(name, fields)}"
            raise ArgumentError(msg)
        members = value if isinstance(value, tuple) and get_origin(fields[name].type) is tuple else None
        wanted = tuple(_content(fields[name], member) for member in ((value,) if members is None else members))
        for member in wanted:
            holds_text = str in {fields[name].type, *get_args(fields[name].type)}
            if isinstance(member, str) and holds_text and fields[name].metadata.get("refers") is not Target.COUNTRY:
                self._require_met(name, member)
        return wanted[0] if members is None else wanted

    def _require_met(self, name: str, value: str) -> None:
        """Refuse a text that no record of the whole collection has in this field, as it may be misspelt."""
        contents = [getattr(record, name) for record in self._whole]
        known = {str(text) for content in contents for text in (content if isinstance(content, tuple) else (content,))}
        if value not in known:
            msg = f"No {self._kind.value} here has {value!r} in {name!r}.{did_you_mean(value, sorted(known))}"
            raise ArgumentError(msg)

    def _ipython_key_completions_(self) -> list[str]:
        return list(self._records)

    def __repr__(self) -> str:
        count, name = len(self), self._kind.value if len(self) == 1 else self._kind.collection
        shown = ", ".join([*self.ids[:_SHOWN], *(["..."] if count > _SHOWN else [])])
        return f"<{count} {name}: {shown}>" if count else f"<no {name}>"


class Held:
    """Records held in memory, each kind made beforehand; what is laid over others holds the kinds that differ."""

    def __init__(
        self,
        collections: Mapping[Kind, Collection[Any]],
        tables: "Tables",
        *,
        beneath: "Records | None" = None,
        unmade: Mapping[str, Kind] | None = None,
    ) -> None:
        self._collections = dict(collections)
        self._tables = tables
        self._beneath = beneath
        self._kinds = dict(unmade or {})
        for kind in Kind:
            self._kinds.update(dict.fromkeys(self.collection(kind).ids, kind))

    @property
    def ids(self) -> Mapping[str, Kind]:
        """The ids of all records, with their kinds."""
        return self._kinds

    @property
    def tables(self) -> "Tables":
        """The tables beside the records."""
        return self._tables

    @property
    def beneath(self) -> "Records | None":
        """The records without the last overlay; None where nothing is laid over any."""
        return self._beneath

    def kind_of(self, id: str) -> Kind | None:
        """The kind of the record with this id; None where there is no such record."""
        return self._kinds.get(id)

    def collection(self, kind: Kind) -> Collection[Any]:
        """All records of a kind."""
        if kind in self._collections or self._beneath is None:
            return self._collections[kind]
        return self._beneath.collection(kind)


class Records(Hashable, Protocol):
    """What questions and rules are asked of: nine collections, the tables beside them, and resolution of ids."""

    def __hash__(self) -> int: ...

    def collection(self, kind: Kind) -> Collection[Any]:
        """All records of a kind."""

    def kind_of(self, id: str) -> Kind | None:
        """The kind of the record with this id; None where there is no such record."""

    @property
    def ids(self) -> Mapping[str, Kind]:
        """The ids of all records, with their kinds."""

    @property
    def tables(self) -> "Tables":
        """The tables beside the records."""

    @property
    def beneath(self) -> "Records | None":
        """The records without the last overlay; None where nothing is laid over any."""
