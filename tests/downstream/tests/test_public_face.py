import ast
from pathlib import Path

import ip4kb
import pytest

import ip4brief

MODULES = sorted(Path(ip4brief.__file__).parent.glob("**/*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_ip4kb_is_used_by_its_public_names_alone(module: Path) -> None:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not [name.name for name in node.names if name.name.startswith("ip4kb.")]
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "ip4kb":
            assert node.module == "ip4kb"
            assert {name.name for name in node.names} <= set(ip4kb.__all__)
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__"):
            assert isinstance(node.value, ast.Name)
            assert node.value.id == "self"
