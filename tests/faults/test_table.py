"""The list of faults in docs/faults.md and the tests that bear their numbers are one thing."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parents[2]
FAULTS = 25
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAME = re.compile(r"test_fault_(\d\d)_\w+")


def listed() -> dict[int, list[str]]:
    """Read the table: of each fault, the files named in its last column."""
    table = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
    return {int(number): re.findall(r"`([\w/]+\.py)`", where) for number, _, _, where in ROW.findall(table)}


def written() -> dict[int, list[str]]:
    """Read the tests: of each fault, the files of this folder in which a test bears its number."""
    found = defaultdict[int, set[str]](set)
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and (number := NAME.fullmatch(node.name)):
                found[int(number[1])].add(f"tests/faults/{path.name}")
    return {number: sorted(files) for number, files in found.items()}


def test_every_fault_has_its_line_and_its_test() -> None:
    """Of the 25 none is missing, in the list or among the tests."""
    numbers = list(range(1, FAULTS + 1))
    assert sorted(listed()) == numbers
    assert sorted(written()) == numbers


def test_the_list_names_the_files_in_which_the_tests_are() -> None:
    """What else it names exists, too."""
    own = {number: sorted(file for file in files if file.startswith("tests/faults/")) for number, files in listed().items()}
    assert own == written()
    assert [file for files in listed().values() for file in files if not (ROOT / file).exists()] == []
