"""Answers as plain records, and as tables of pandas and Arrow."""

import json
import types
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

import attrs

from ip4kb.extras import require
from ip4kb.model.quantity import Quantity
from ip4kb.queries.evidence import ResolvedCitation

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

    from ip4kb.results.table import Table


class Form(StrEnum):
    """How the values of a field stand in a frame."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXTS = "texts"
    SPANS = "spans"
    QUANTITY = "quantity"
    CITATIONS = "citations"


_PANDAS: Final = {Form.TEXT: "string", Form.INTEGER: "Int64", Form.NUMBER: "Float64", Form.BOOLEAN: "boolean"}


def form_of(annotation: Any) -> Form:
    """The form of a field: text for dates and words, too, as they may be inexact or unknown."""
    arms = [arm for arm in (get_args(annotation) if _is_union(annotation) else (annotation,)) if arm is not type(None)]
    if get_origin(arms[0]) is tuple:
        member = get_args(arms[0])[0]
        return (
            Form.CITATIONS if member is ResolvedCitation else Form.SPANS if get_origin(member) is tuple else Form.TEXTS
        )
    plain_types = {int: Form.INTEGER, float: Form.NUMBER, bool: Form.BOOLEAN, Quantity: Form.QUANTITY}
    return plain_types.get(arms[0], Form.TEXT) if len(arms) == 1 else Form.TEXT


def _is_union(annotation: Any) -> bool:
    return get_origin(annotation) in {Union, types.UnionType}


def forms(row_class: type[Any]) -> dict[str, Form]:
    """The fields of a row with the form of each, in order."""
    return {field.name: form_of(field.type) for field in attrs.fields(row_class)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(member) for member in value]
    if isinstance(value, ResolvedCitation | Quantity):
        return {field.name: _plain(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if value is None or isinstance(value, bool | int | float):
        return value
    return value.value if isinstance(value, StrEnum) else str(value)


def records_of(answer: "Table[Any]") -> list[dict[str, Any]]:
    """A dict for each row, by field; what is missing is None, what is unknown says so."""
    return [{name: _plain(getattr(row, name)) for name in forms(answer.row_class)} for row in answer]


def _columns(answer: "Table[Any]") -> dict[str, list[Any]]:
    """The values of each field; where some are numbers and some are text, all are text."""
    rows = records_of(answer)
    return {
        name: [str(row[name]) if form is Form.TEXT and row[name] is not None else row[name] for row in rows]
        for name, form in forms(answer.row_class).items()
    }


def metadata_of(answer: "Table[Any]") -> dict[str, str]:
    """What was asked, of what version of the data, and what limits the answer."""
    told = {"title": answer.title, "data_version": answer.data_version, "caveat": answer.caveat, "license": "CC-BY-4.0"}
    return {name: value for name, value in told.items() if value is not None}


def pandas_of(answer: "Table[Any]") -> "pd.DataFrame":
    """A data frame of pandas."""
    pandas = require("pandas", "pandas", "to_pandas")
    kinds = forms(answer.row_class)
    columns = {
        name: pandas.array(values, dtype=_PANDAS.get(kinds[name], "object"))
        for name, values in _columns(answer).items()
    }
    frame: pd.DataFrame = pandas.DataFrame(columns)
    frame.attrs.update(metadata_of(answer))
    return frame


def arrow_of(answer: "Table[Any]") -> "pa.Table":
    """A table of Arrow."""
    arrow = require("pyarrow", "arrow", "to_arrow")
    kinds = _arrow_types(arrow)
    fields = [(name, kinds[form]) for name, form in forms(answer.row_class).items()]
    schema = arrow.schema(fields, metadata={"ip4kb": json.dumps(metadata_of(answer))})
    table: pa.Table = arrow.Table.from_pydict(_columns(answer), schema=schema)
    return table


def _arrow_types(arrow: Any) -> dict[Form, Any]:
    text, texts = arrow.string(), arrow.list_(arrow.string())
    cited = {Form.TEXT: text, Form.INTEGER: arrow.int64(), Form.BOOLEAN: arrow.bool_(), Form.TEXTS: texts}
    return {
        **cited,
        Form.NUMBER: arrow.float64(),
        Form.SPANS: arrow.list_(arrow.list_(arrow.int64())),
        Form.QUANTITY: arrow.struct(
            [(name, arrow.float64() if name in {"value", "to"} else text) for name in forms(Quantity)]
        ),
        Form.CITATIONS: arrow.list_(
            arrow.struct([(name, cited[form]) for name, form in forms(ResolvedCitation).items()])
        ),
    }
