"""The public face is as face.txt tells it, and as it is at run time."""

from __future__ import annotations

import difflib
import inspect
import operator
from typing import Any

import attrs
from griffe import Attribute, Class, Function, Module

import face
import ip4kb


def test_the_face_is_the_one_in_the_snapshot(installed: Module) -> None:
    kept = face.SNAPSHOT.read_text("utf-8").splitlines()
    changed = list(difflib.unified_diff(kept, face.lines(installed), "face.txt", "face", n=0, lineterm=""))
    told = f"the public face is not as face.txt has it; if that is meant, run `{face.COMMAND}`:"
    assert not changed, "\n".join([told, *changed])


def test_the_face_is_made_of_the_public_names(installed: Module) -> None:
    assert list(installed.members) == sorted(ip4kb.__all__)


def holder_of(path: str) -> Any:
    """What holds an object of the face at run time."""
    owner = path.rpartition(".")[0]
    if owner == "DataError":
        return ip4kb.DataError(())
    return operator.attrgetter(owner)(ip4kb) if owner else ip4kb


def test_each_name_is_there_at_run_time(installed: Module) -> None:
    for path in face.objects(installed):
        holder, name = holder_of(path), path.rpartition(".")[2].partition("#")[0]
        declared = {field for cls in getattr(holder, "__mro__", ()) for field in vars(cls).get("__annotations__", ())}
        assert name in declared or hasattr(holder, name), path


def test_each_signature_is_that_of_run_time(installed: Module) -> None:
    found = face.objects(installed)
    for path, function in found.items():
        is_overloaded = "#" in path or f"{path}#2" in found
        if isinstance(function, Function) and not is_overloaded:
            holder, name = holder_of(path), path.rpartition(".")[2]
            called = inspect.signature(holder if name == "__init__" else getattr(holder, name))
            assert [
                (parameter.name, parameter.kind and parameter.kind.value, parameter.required)
                for parameter in function.parameters
            ] == [
                (parameter.name, kind := parameter.kind.description, is_required(parameter) and "variadic" not in kind)
                for parameter in called.parameters.values()
                if parameter.name != "self"
            ], path


def is_required(parameter: inspect.Parameter) -> bool:
    return parameter.default is parameter.empty


def test_each_word_of_a_vocabulary_has_its_value(installed: Module) -> None:
    for name, vocabulary in installed.members.items():
        if isinstance(vocabulary, Class) and vocabulary.bases == ["StrEnum"]:
            words = {
                known: getattr(each, "value", None) for known, each in vocabulary.members.items() if known.isupper()
            }
            assert words == {word.name: repr(word.value) for word in getattr(ip4kb, name)}


def test_each_field_has_its_default(installed: Module) -> None:
    for cls in (getattr(ip4kb, name) for name, found in installed.members.items() if isinstance(found, Class)):
        for field in attrs.fields(cls) if attrs.has(cls) else ():
            read = installed[f"{cls.__name__}.{field.name}"]
            assert isinstance(read, Attribute)
            assert (read.value is None) == (field.default is attrs.NOTHING), read.path
