"""Reads from Python which replies are said, with which values, and which texts stand in it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_HOLE = "[a-z0-9_.]+"  # what a value may put into a key made of parts


@dataclass(frozen=True)
class Saying:
    """A call of `say`: a pattern of the keys it may say, and the values it gives."""

    path: Path
    line: int
    key: re.Pattern[str]
    literal: str  # the key where it is written out, else empty
    values: frozenset[str]
    more: bool  # further values come from a table, **values


@dataclass(frozen=True)
class Text:
    """A text in the code: `pattern` matches what it may become, `literal` if it is written out."""

    path: Path
    line: int
    pattern: re.Pattern[str]
    literal: str


def sayings(path: Path) -> Iterator[Saying]:
    """Every call of a function or method named say in a Python file."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and _called(node) == "say" and node.args:
            values = frozenset(word.arg for word in node.keywords if word.arg)
            more = any(word.arg is None for word in node.keywords)
            for key in _choices(node.args[0]):
                pattern = _pattern(key)
                if pattern is not None:
                    literal = key.value if isinstance(key, ast.Constant) else ""
                    yield Saying(path, node.lineno, pattern, str(literal), values, more)


def texts(path: Path) -> Iterator[Text]:
    """Every text in a Python file, docstrings aside."""
    tree = _tree(path)
    skipped = _docstrings(tree) | _parts(tree)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)) and id(node) not in skipped:
            pattern = _pattern(node)
            if pattern is not None:
                literal = node.value if isinstance(node, ast.Constant) else ""
                yield Text(path, node.lineno, pattern, str(literal))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def _called(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _choices(node: ast.expr) -> list[ast.expr]:
    """The keys of `a if x else b` and `a or b`; else the expression itself."""
    if isinstance(node, ast.IfExp):
        return [*_choices(node.body), *_choices(node.orelse)]
    if isinstance(node, ast.BoolOp):
        return [choice for value in node.values for choice in _choices(value)]
    return [node]


def _pattern(node: ast.AST) -> re.Pattern[str] | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.compile(re.escape(node.value))
    if isinstance(node, ast.JoinedStr):
        parts = [
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else _HOLE
            for part in node.values
        ]
        return re.compile("".join(parts))
    return None


def _docstrings(tree: ast.Module) -> set[int]:
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, holders) and node.body and isinstance(node.body[0], ast.Expr):
            found.add(id(node.body[0].value))
    return found


def _parts(tree: ast.Module) -> set[int]:
    """The fixed pieces of f-strings, which are no texts of their own."""
    joined = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    return {id(part) for whole in joined for part in whole.values}
