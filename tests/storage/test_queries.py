"""The named SQL: every block has a name and a line that describes it, is used, and finds what it looks for by an index."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage.queries import load, parse, put_together
from storage.sqlite.migrate import migrate

ROOT = Path(__file__).parents[2]
STORAGE = ROOT / "storage"


def test_a_block_is_a_name_a_description_and_a_body() -> None:
    """Without the semicolon at its end."""
    text = "-- name: one\n-- The first.\nSELECT 1;\n\n-- name: two\n-- The second.\nSELECT ';',\n  2;\n"
    assert parse(text) == {"one": "SELECT 1", "two": "SELECT ';',\n  2"}


@pytest.mark.parametrize(
    "text",
    [
        "-- name: one\nSELECT 1;\n",
        "-- name: one\n-- A.\nSELECT 1;\n-- name: one\n-- B.\nSELECT 2;\n",
        "-- name: not a name\n-- A.\nSELECT 1;\n",
    ],
)
def test_a_block_without_a_description_or_with_a_name_taken_is_refused(text: str) -> None:
    """A mistake in a file is found when it is read, not when the query is needed."""
    with pytest.raises(ValueError, match="name of its own"):
        parse(text)


def test_a_part_is_written_once_and_put_where_blocks_name_it() -> None:
    """With what it is told, where it is told anything."""
    late, ours = "-- part: late\n-- After a moment:\n-- a later one.\n(at > {})\n", "-- part: ours\n-- Of us.\nunit = 'a'\n"
    text = f"{late}\n{ours}\n-- name: one\n-- All.\nSELECT 1;\n"
    parts = parse(text, "part")
    assert parts == {"late": "(at > {})", "ours": "unit = 'a'"}
    assert parse(text) == {"one": "SELECT 1"}
    assert put_together("WHERE {late(:end)} AND {ours}", parts) == "WHERE (at > :end) AND unit = 'a'"


@pytest.mark.parametrize("block", ["{nothing}", "{late}", "{ours(:end)}"])
def test_a_part_that_is_not_there_or_not_used_as_it_is_written_is_refused(block: str) -> None:
    """When the file is read, not when the query is needed."""
    with pytest.raises(ValueError, match="no part is used like"):
        put_together(block, {"late": "(at > {})", "ours": "unit = 'a'"})


def test_what_several_queries_share_is_written_once() -> None:
    """No two blocks tell in their own words which periods are counted, or which cases are gone."""
    text = "".join(file.read_text(encoding="utf-8") for file in STORAGE.rglob("*.sql"))
    assert text.count("substr(rest, 81)") == 1
    assert text.count("ending.kind = cases.state") == 1
    assert "ledger.kind = cases.state" not in text


def test_no_two_files_of_one_folder_define_the_same_name() -> None:
    """Only a dialect's own file may replace a block."""
    for folder in (STORAGE / "sql", *STORAGE.glob("*/sql")):
        names = [name for file in folder.glob("*.sql") for name in parse(file.read_text(encoding="utf-8"))]
        assert len(names) == len(set(names)), folder


def test_every_dialect_defines_the_same_names() -> None:
    """A query that one database lacks would fail there at night."""
    dialects = sorted(folder.parent.name for folder in STORAGE.glob("*/sql"))
    assert "sqlite" in dialects
    assert len({frozenset(load(dialect)) for dialect in dialects}) == 1


def test_every_query_is_asked_for_and_every_name_asked_for_is_there() -> None:
    """No dead SQL; and no name in the code that no file defines."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in [*STORAGE.rglob("*.py")])
    asked = set(re.findall(r'\.(?:rows|run|add)\(\s*"(\w+)"', code))
    defined = set(load("sqlite"))
    assert asked - defined == set()
    assert {name for name in defined if f'"{name}"' not in code} <= WAITING


WAITING = {"inbox_counts", "outbox_counts"}
"""Asked for by commands that are still to come, and by tests."""


def test_every_statement_can_be_prepared(tmp_path: Path) -> None:
    """SQLite understands each of them against the newest schema."""
    migrate(tmp_path / "bot.db")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        for name, query in load("sqlite").items():
            assert _plan(connection, query), name


FULL = {"cases", "ledger"}
"""Tables that grow for ever: nothing on a person's way may read them whole."""

MAY_READ_ALL = {
    "ledger_page",
    "ledger_size",
    "case_numbers_page",
    "key_versions",
    "move_rows",
    "move_count",
    "county_mentions",
}
"""What goes through everything on purpose: commands, and an admin who changes the county file."""


def test_no_query_on_a_persons_way_reads_a_growing_table_whole(tmp_path: Path) -> None:
    """With a million cases, each of them is found by an index; the digest has a test of its own."""
    migrate(tmp_path / "bot.db")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        for name, query in load("sqlite").items():
            if name in MAY_READ_ALL or name.startswith("digest_"):
                continue
            scanned = {
                step.split()[1] for step in _plan(connection, query) if step.startswith("SCAN") and "USING" not in step
            }
            assert not scanned & (FULL | {"rounds", "ratings", "reminders", "voices", "words", "persons", "keys"}), name


def test_waiting_updates_and_letters_are_found_without_looking_at_the_others(tmp_path: Path) -> None:
    """Handled updates are kept for 30 days and given-up letters for ever: neither may slow down the next one."""
    migrate(tmp_path / "bot.db")
    queries = load("sqlite")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
        for name in ("inbox_take", "outbox_ready", "outbox_next", "outbox_of_person", "due_take", "path_pending"):
            bare = [
                step
                for step in _plan(connection, queries[name])
                if re.match(r"SCAN (inbox|outbox|due|earlier)\b(?!.*USING)", step)
            ]
            assert bare == [], name


def _plan(connection: sqlite3.Connection, query: str) -> list[str]:
    parameters = dict.fromkeys(re.findall(r"(?<!:):(\w+)", query))
    return [str(row[3]) for row in connection.execute(f"EXPLAIN QUERY PLAN {query}", parameters)] or ["nothing to look up"]
