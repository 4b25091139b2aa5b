"""The types that users see are checked name by name in tests/typing."""

from __future__ import annotations

import ast
from pathlib import Path

from griffe import Attribute, Function, Module

import face
import ip4kb

USES = Path(__file__).parents[1] / "typing" / "api.py"


def test_each_public_name_function_and_property_is_used_there(installed: Module) -> None:
    nodes = list(ast.walk(ast.parse(USES.read_text("utf-8"))))
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    wanted = set(ip4kb.__all__)
    for path, found in face.objects(installed).items():
        name = path.rpartition(".")[2].partition("#")[0]
        is_property = isinstance(found, Attribute) and "property" in found.labels
        if (isinstance(found, Function) and not name.startswith("_")) or is_property:
            wanted.add(name)
    assert wanted - used == set(), "tests/typing/api.py uses none of these"
