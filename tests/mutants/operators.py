"""Small changes to a module's source, each of which a test should notice.

Text that people read is left alone (messages, docstrings, f-strings), and so are types and decorators.
"""

import ast
import copy
import re
from collections.abc import Iterator
from typing import Final

import attrs

_COMPARISONS: Final[dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: Final[dict[type[ast.operator], type[ast.operator]]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.BitAnd: ast.BitOr,
}
_SENTENCE: Final = re.compile(r"\w \w")
_OF_TYPES: Final = {"TypeVar", "cast"}


@attrs.frozen
class Mutant:
    """One change to the source of a module.

    Attributes:
        line: The line on which what is changed begins.
        start: The first byte of what is changed.
        end: The byte after its last.
        was: What stands there, in one line.
        now: What the mutant has in its place.
    """

    line: int
    start: int
    end: int
    was: str
    now: str

    def apply(self, source: bytes) -> bytes:
        """The source with the change made."""
        return source[: self.start] + self.now.encode() + source[self.end :]


def mutants(source: bytes) -> list[Mutant]:
    """Every mutant of a module, in the order of its source."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    made = []
    for node, now in _changes(ast.parse(source)):
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        made.append(Mutant(node.lineno, start, end, " ".join(source[start:end].decode().split()), now))
    return sorted(made, key=lambda mutant: (mutant.start, mutant.end))


def _changes(node: ast.AST, above: ast.AST | None = None) -> "Iterator[tuple[ast.expr | ast.stmt, str]]":
    """Each node that can be changed, from `node` down, with the text to put in its place."""
    if isinstance(node, ast.expr):
        for changed in (*_operators(node), *_values(node, above)):
            yield node, f"({ast.unparse(changed)})"
    if isinstance(node, ast.stmt):
        yield from ((node, text) for text in _statements(node))
    for below in _children(node):
        yield from _changes(below, node)
    for test in _tests(node):
        if not isinstance(test, ast.Compare | ast.UnaryOp) or (isinstance(test, ast.Compare) and len(test.ops) > 1):
            yield (
                test,
                f"(not {ast.unparse(test)})"
                if isinstance(test, ast.Name | ast.Call)
                else f"(not ({ast.unparse(test)}))",
            )


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What lies below a node and is neither a type, a decorator, a docstring nor part of a text for people."""
    match node:
        case ast.JoinedStr() | ast.pattern():
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.Call(func=ast.Name(id=name)) if name in _OF_TYPES:
            return
        case ast.FunctionDef():
            if not any(isinstance(mark, ast.Name) and mark.id == "overload" for mark in node.decorator_list):
                yield from (default for default in (*node.args.defaults, *node.args.kw_defaults) if default)
                yield from node.body
        case ast.ClassDef():
            yield from node.body
        case ast.AnnAssign():
            yield from filter(None, [node.value])
        case ast.Expr(value=ast.Constant()):
            return
        case _:
            yield from ast.iter_child_nodes(node)


def _tests(node: ast.AST) -> list[ast.expr]:
    """The conditions on which a node branches."""
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            return [] if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING" else [node.test]
        case ast.comprehension():
            return node.ifs
        case _:
            return []


def _operators(node: ast.expr) -> Iterator[ast.expr]:
    """What may stand in the place of an expression with operators."""
    match node:
        case ast.Compare():
            for index, operator in enumerate(node.ops):
                for other in _COMPARISONS[type(operator)]:
                    changed = copy.deepcopy(node)
                    changed.ops[index] = other()
                    yield changed
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
        case _:
            return


def _values(node: ast.expr, above: ast.AST | None) -> Iterator[ast.expr]:
    """What may stand in the place of a constant or a call."""
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() as number):
            yield ast.Constant(number + 1)
        case ast.Constant(value=str() as text) if not _SENTENCE.search(text):
            yield ast.Constant("" if text else "x")
        case ast.Call(func=ast.Name(id=name)) if name in _OF_TYPES:
            return
        case ast.Call(args=[ast.expr() as only], keywords=[]) if not isinstance(only, ast.Starred):
            if not isinstance(above, ast.Expr | ast.Raise):
                yield only
        case ast.Call(func=ast.Attribute(value=ast.expr() as bearer), args=[], keywords=[]):
            if not isinstance(above, ast.Expr):
                yield bearer
        case _:
            return


def _statements(node: ast.stmt) -> Iterator[str]:
    """What may stand in the place of a statement."""
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Raise() | ast.Break() | ast.Continue():
            yield "pass"
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield "yield from ()"
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield "return None"
        case _:
            return
