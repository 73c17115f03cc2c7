"""The source tree as tests see it: every file of the rooms, parsed, and the strings in it that are not documentation.

Whatever is found here is found in the checkout, not in an installed package, so that nothing can hide by not being shipped.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

ROOT: Final = Path(__file__).parents[2]
ROOMS: Final = ("bot", "handlers", "storage", "locales")
EVERYTHING: Final = (*ROOMS, "tests", "bench")

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file; `path` is relative to the checkout, with slashes."""

    path: str
    text: str
    tree: ast.Module


@cache
def _source(path: Path) -> Source:
    text = path.read_text(encoding="utf-8")
    return Source(path.relative_to(ROOT).as_posix(), text, ast.parse(text))


def sources(*folders: str) -> tuple[Source, ...]:
    """Return every Python file below these folders, by path."""
    return tuple(_source(path) for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))


def functions(tree: ast.AST) -> Iterator[Function]:
    """Return every function, methods and inner ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def documentation(tree: ast.AST) -> set[ast.Constant]:
    """Return the strings that stand alone: docstrings, and sentences under a constant."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    }


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return each string that the program works with, pieces of f-strings too, and its line."""
    documents = documentation(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in documents:
            yield node.lineno, node.value


def dotted(node: ast.expr) -> str:
    """Write `a.b.c` for such an expression; empty for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""
