"""One decision, one place: SQL in storage, words in catalogues, time and chance at the edge."""

from __future__ import annotations

import ast
import re
import unicodedata
from typing import Final

import pytest

from tests.structure.sources import documentation, dotted, literals, sources

STATEMENT: Final = re.compile(
    r"""\b(
        SELECT\s.+?\sFROM\s | SELECT\s+\d | INSERT\s+(OR\s+\w+\s+)?INTO\s | UPDATE\s+\w+\s+SET\s | DELETE\s+FROM\s
      | (CREATE|DROP|ALTER)\s+(UNIQUE\s+|TEMP\s+)?(TABLE|INDEX|VIEW|TRIGGER)\s | PRAGMA\s+\w | BEGIN\s+(IMMEDIATE|EXCLUSIVE)
      | (LEFT|INNER)\s+JOIN\s | ORDER\s+BY\s | GROUP\s+BY\s | ON\s+CONFLICT | VALUES\s*\( | WHERE\s+\w+\s*(=|<|>|IN\b|IS\b)
    )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

SCRIPTS: Final = ("CJK UNIFIED IDEOGRAPH", "ARABIC LETTER", "MONGOLIAN LETTER")
"""What people read here is written in these; punctuation is not language."""

SPOKEN_OUTSIDE_CATALOGUES: Final = {
    ("bot/commands/demo.py", "民声台账"): "the program's own name, which is the same in every language",
}
"""Words in these scripts that the rooms may hold, by file, each with its reason; the sandbox is a world of its own."""

ONLY_COMPARED: Final = {
    "bot/rules/spelling.py": "letters that words are compared by, which nobody reads",
    "bot/rules/likeness.py": "signs and words that reports are compared by, which nobody reads",
    "bot/rules/guest.py": "letters that a language is known by, which nobody reads",
    "bot/rules/temper.py": "words that anger and despair are known by, which nobody reads",
    "handlers/admin/wanted.py": "periods as people write them, to be understood, which nobody reads",
    "handlers/names.py": "what commands are called by, to be understood, which nobody reads",
    "handlers/resident/office.py": "questions to the office as people write them, which nobody reads",
    "handlers/resident/phrases.py": "what people write, to be understood, which nobody reads",
    "handlers/resident/spoken.py": "scores as people write them, which nobody reads",
}
"""Files whose letters of these scripts are not for people, each with its reason."""

PUT_TOGETHER: Final = {
    "f'PRAGMA user_version={version:d}'": "SQLite takes no parameter in a PRAGMA; the value is one of our own numbers",
    """f"{found['into']}SELECT * FROM unnest({lists}){found['unless']}\"""": (
        "the statement itself, said for lists: pieces of its own text, and types as the server names them"
    ),
}
"""Statements that may be built, as Python writes them, each with its reason."""

OUTSIDE: Final = {
    "datetime.now": "time is passed in",
    "datetime.utcnow": "time is passed in",
    "datetime.today": "time is passed in",
    "date.today": "time is passed in",
    "datetime.datetime.now": "time is passed in",
    "datetime.date.today": "time is passed in",
    "time.time": "time is passed in",
    "time.monotonic": "time is passed in",
    "time.sleep": "a rule waits for nothing",
    "os.environ": "settings are read in one place",
    "os.getenv": "settings are read in one place",
    "os.urandom": "chance is passed in",
}
STRANGERS: Final = frozenset({"os", "uuid", "random", "secrets", "time", "socket", "subprocess", "pathlib", "io"})
"""Modules of the standard library that rules and actions have no business with."""


@pytest.mark.parametrize(
    "text",
    [
        "SELECT number FROM cases",
        "select number\nfrom cases",
        "INSERT INTO ledger (seq)",
        "insert or ignore into ledger",
        "UPDATE cases SET state",
        "DELETE FROM outbox",
        "CREATE TABLE x (",
        "PRAGMA journal_mode",
        " ORDER BY seq",
        " WHERE seq = :seq",
        "VALUES (1)",
    ],
)
def test_sql_is_known_when_seen(text: str) -> None:
    """The pattern below finds statements and pieces of them."""
    assert STATEMENT.search(text)


@pytest.mark.parametrize(
    "text", ["select a case from the list", "update the card", "where is it", "values", "order by number"]
)
def test_english_is_hardly_ever_taken_for_sql(text: str) -> None:
    """Words that SQL borrowed are still words, except where they read just like it."""
    assert bool(STATEMENT.search(text)) is (text in {"select a case from the list", "order by number"})


def test_sql_lives_in_storage() -> None:
    """No other room knows that there are tables."""
    found = [
        f"{source.path}:{line} {text[:40]!r}"
        for source in sources("bot", "handlers", "locales")
        for line, text in literals(source.tree)
        if STATEMENT.search(text)
    ]
    assert found == []


def statements_put_together(tree: ast.AST) -> list[tuple[int, str]]:
    """Find SQL that is built from pieces: added, filled in, formatted or joined; the line, and the code."""
    documents = documentation(tree)

    def has_sql(node: ast.AST) -> bool:
        strings = (each for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str))
        return any(each not in documents and STATEMENT.search(str(each.value)) for each in strings)

    found = []
    for node in ast.walk(tree):
        match node:
            case ast.JoinedStr() if has_sql(node):
                found.append((node.lineno, ast.unparse(node)))
            case ast.BinOp(op=ast.Add() | ast.Mod()) | ast.AugAssign(op=ast.Add()) if has_sql(node):
                found.append((node.lineno, ast.unparse(node)))
            case ast.Call(func=ast.Attribute(attr="format" | "join" | "replace", value=value)) if has_sql(value):
                found.append((node.lineno, ast.unparse(node)))
            case _:
                pass
    return found


@pytest.mark.parametrize(
    "code",
    [
        'f"SELECT a FROM {table}"',
        '"SELECT a FROM b " + where',
        '"SELECT a FROM %s" % table',
        '"SELECT a FROM {}".format(table)',
        '" ORDER BY ".join(parts)',
    ],
)
def test_sql_put_together_is_known_when_seen(code: str) -> None:
    """Each way to build a statement is found; a whole one, and documentation, are not."""
    assert [line for line, _ in statements_put_together(ast.parse(code))] == [1]
    assert statements_put_together(ast.parse('x = "SELECT a FROM b"')) == []
    assert statements_put_together(ast.parse('"""SELECT a FROM b"""\nx = y + z')) == []


def test_no_statement_is_put_together() -> None:
    """A statement is whole in its file; values go in as parameters."""
    found = [
        (code, f"{source.path}:{line}")
        for source in sources("storage")
        for line, code in statements_put_together(source.tree)
    ]
    assert [where for code, where in found if code not in PUT_TOGETHER] == []
    assert {code for code, _ in found} == set(PUT_TOGETHER), "an exception has outlived its reason"


def spoken(text: str) -> bool:
    """Say whether a text has letters of Chinese, Uyghur or Xibe."""
    return any(unicodedata.name(letter, "").startswith(SCRIPTS) for letter in text if ord(letter) > 0x5FF)


def test_letters_are_told_from_punctuation() -> None:
    """Each of the three scripts is known, and a question mark is no word."""
    assert all(map(spoken, ("签收", "ئۇيغۇرچە", "ᠰᡞᠪᡝ")))
    assert not any(map(spoken, ("?", "\N{ARABIC QUESTION MARK}", "。", "accept", "é", "\u2066")))


def test_what_people_read_is_in_the_catalogues() -> None:
    """No sentence for residents or officials hides in the program, where no translator finds it."""
    found, excused = [], set()
    for source in sources("bot", "handlers", "storage"):
        is_outside = source.path.startswith("bot/sandbox/") or source.path in ONLY_COMPARED
        for line, text in () if is_outside else literals(source.tree):
            here = {(path, words) for path, words in SPOKEN_OUTSIDE_CATALOGUES if path == source.path and words in text}
            excused |= here
            for _, words in here:
                text = text.replace(words, "")  # noqa: PLW2901 (what is left after the exceptions)
            if spoken(text):
                found.append(f"{source.path}:{line} {text[:20]!r}")
    assert found == []
    assert excused == set(SPOKEN_OUTSIDE_CATALOGUES), "an exception has outlived its reason"


def reached_for(tree: ast.AST) -> list[tuple[int, str]]:
    """Find the clock, the machine and chance, where they are used or imported."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Attribute() if dotted(node) in OUTSIDE:
                found.append((node.lineno, dotted(node)))
            case ast.Import(names=names):
                found += [(node.lineno, each.name) for each in names if each.name.partition(".")[0] in STRANGERS]
            case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in STRANGERS:
                found.append((node.lineno, module))
            case _:
                pass
    return found


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now(UTC)",
        "x = datetime.now",
        "os.environ",
        "import uuid",
        "import random as r",
        "from secrets import token_hex",
    ],
)
def test_reaching_out_is_known_when_seen(code: str) -> None:
    """Each way to the clock, the machine or chance is found; the current round of a case is none of them."""
    assert len(reached_for(ast.parse(code))) == 1
    assert reached_for(ast.parse("case.now.due_at; from datetime import datetime")) == []


def test_rules_and_actions_reach_for_nothing_outside() -> None:
    """The same question gets the same answer, whenever and wherever it is asked."""
    found = [
        f"{source.path}:{line} {name}: {OUTSIDE.get(name, 'passed in or left out')}"
        for source in sources("bot/rules", "bot/actions")
        for line, name in reached_for(source.tree)
    ]
    assert found == []
