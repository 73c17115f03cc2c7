"""Small modules, short functions, names that say something, a sentence about each thing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from tests.structure.sources import EVERYTHING, ROOMS, ROOT, functions, sources

LONGEST_MODULE: Final = 400
LONGEST_FUNCTION: Final = 50
NAMELESS: Final = frozenset(
    {"utils", "util", "helpers", "helper", "common", "const", "constants", "manager", "misc", "stuff"}
)
FEWEST_WORDS: Final = 5
UNFINISHED: Final = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK")) + r")\b")
UNREASONED: Final = re.compile(r"# (noqa(: [A-Z0-9, ]+)?|type: ignore(\[[a-z, -]+\])?)$")
WRITTEN: Final = frozenset({".py", ".sql", ".js", ".css", ".html", ".toml", ".md", ".mmd", ".tsv", ""})

OTHER_WORDS: Final = {
    "ticket": "case",
    "tickets": "cases",
    "issue": "case",
    "issues": "cases",
    "department": "unit",
    "departments": "units",
    "citizen": "resident",
    "citizens": "residents",
}
"""Words that are not used for a thing, and the one that is (CONTRIBUTING.md lists them)."""


def test_there_is_something_to_look_at() -> None:
    """A test over all files must not pass because it found none."""
    found = {source.path for source in sources(*EVERYTHING)}
    assert {"bot/rules/case.py", "handlers/routes.py", "storage/store.py", "locales/wording.py"} <= found
    assert len(found) > 100


def test_modules_are_short() -> None:
    """No module is longer than one can read in one go."""
    long = {
        source.path: count
        for source in sources(*EVERYTHING[:4])
        if (count := len(source.text.splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_functions_are_short() -> None:
    """A function that does not fit on a screen is two functions."""
    long = {
        f"{source.path}:{function.lineno} {function.name}": length
        for source in sources(*ROOMS)
        for function in functions(source.tree)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_file_is_named_for_nothing() -> None:
    """A module is named by its noun; a drawer for everything has none."""
    paths = [PurePosixPath(source.path) for source in sources(*EVERYTHING)]
    named = [str(path) for path in paths if NAMELESS & {*path.parent.parts, *path.stem.split("_")}]
    assert named == []


def test_every_module_says_what_it_is_for() -> None:
    """Each opens with a sentence that says more than its name."""
    silent = []
    for source in sources(*EVERYTHING):
        document = ast.get_docstring(source.tree) or ""
        is_empty_package = source.path.endswith("__init__.py") and not source.text.strip()
        own = set(PurePosixPath(source.path).stem.split("_"))
        words = [word for word in re.findall(r"\w+", document.partition("\n")[0].lower()) if word not in own]
        if not is_empty_package and (len(words) < FEWEST_WORDS or document.partition("\n\n")[0][-1] not in ".:!?"):
            silent.append(source.path)
    assert silent == []


def test_every_room_of_the_house_is_introduced() -> None:
    """No package of the program is without a word at its door."""
    silent = [
        source.path
        for source in sources(*ROOMS)
        if source.path.endswith("__init__.py") and not ast.get_docstring(source.tree)
    ]
    assert silent == []


def test_every_kind_of_value_is_described() -> None:
    """Whoever meets a class, a protocol or an enumeration by name finds a sentence about it, private ones apart."""
    silent = [
        f"{source.path}:{node.lineno} {node.name}"
        for source in sources(*ROOMS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        if len((ast.get_docstring(node) or "").split()) < 2
    ]
    assert silent == []


def words_of(name: str) -> list[str]:
    """Split `caseNumber`, `CaseNumber`, `case_number` and `CASE_NUMBER` into words."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower().split("_")


def identifiers(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Return every name that is given or used, with its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield node.lineno, name
            case ast.alias(name=name, asname=other):
                yield node.lineno, other or name.rpartition(".")[2]
            case _:
                pass


def test_identifiers_are_split_into_words() -> None:
    """However a name is written, its words are seen."""
    assert [words_of(name) for name in ("openTicket", "OpenTicket", "open_ticket", "OPEN_TICKET", "_t1")] == [
        *[["open", "ticket"]] * 4,
        ["", "t1"],
    ]


def test_things_have_one_name() -> None:
    """A case is a case everywhere, and a unit a unit."""
    wrong = [
        f"{source.path}:{line} {name}: say {OTHER_WORDS[word]}"
        for source in sources(*EVERYTHING)
        for line, name in identifiers(source.tree)
        for word in words_of(name)
        if word in OTHER_WORDS
    ]
    assert wrong == []


def test_nothing_is_left_for_later_in_the_text() -> None:
    """Unfinished work is written down where work is, not where the program is."""
    files = [
        path for folder in EVERYTHING for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix in WRITTEN
    ]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix == ".md"]
    left = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        if "__pycache__" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert left == []


def test_every_exception_from_a_rule_says_why() -> None:
    """Whatever a check is told to pass over has its reason beside it: `# noqa: S101 (…)`."""
    bare = [
        f"{source.path}:{number}"
        for source in sources(*ROOMS)
        for number, line in enumerate(source.text.splitlines(), 1)
        if UNREASONED.search(line)
    ]
    assert UNREASONED.search("x = 1  # noqa: S101")
    assert not UNREASONED.search("x = 1  # noqa: S101 (a reason)")
    assert bare == []
