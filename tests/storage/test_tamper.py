"""Whoever changes the ledger behind the program's back is found by `ledger verify`, which names the first entry that is bad.

The database file is changed with the triggers gone, as by someone who holds the machine but not the checkpoints outside.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, opened_town
from tests.support.unguarded import unguarded

ROOT = Path(__file__).parents[2]
COLUMNS = ("seq", "at", "kind", "version", "case_number", "actor", "facts", "salts", "entry_hash", "chain_hash")
Edit = Callable[[sqlite3.Connection], object]


@dataclass(frozen=True)
class Verdict:
    """What the command said."""

    code: int
    said: dict[str, object]

    @property
    def bad(self) -> int | None:
        """Return the first entry that is bad."""
        found = self.said["first_bad"]
        return int(found["seq"]) if isinstance(found, dict) else None


@pytest.fixture(scope="module")
def honest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger of 16 entries about three cases, closed so that it is one file."""
    path = tmp_path_factory.mktemp("honest") / "bot.db"

    async def live() -> None:
        async with opened_town(path) as town:
            await town.staffed()
            number = await town.file()
            other = await town.file(NEIGHBOUR)
            await town.act(OFFICER, "accept", case=number)
            await town.act(LEAD, "resolve", case=other, answer="修好了")
            await town.act(NEIGHBOUR, "rate", case=other, solved="yes")
            await town.file(NEIGHBOUR)

    asyncio.run(live())
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM ledger").fetchone() == (LAST,)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


LAST = 16
ANSWERED = 15
"""The last entry of the case that was answered."""

MIDDLE = 9
"""The entry `filed` of the first case."""


@pytest.fixture
def copy(honest: Path, file: Path) -> Path:
    """Copy the honest ledger."""
    shutil.copy(honest, file)
    return file


@pytest.fixture
def verify(copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], Verdict]:
    """Run the command on the copy."""
    monkeypatch.chdir(copy.parent)
    monkeypatch.setenv("BOT_DATABASE", f"sqlite:///{copy}")

    def run() -> Verdict:
        code = main(["ledger", "verify", "--json"])
        return Verdict(code, json.loads(capsys.readouterr().out))

    return run


def sql(statement: str, *values: object) -> Edit:
    """Run one statement."""
    return lambda connection: connection.execute(statement, values)


def flip(column: str, seq: int) -> Edit:
    """Flip the lowest bit of the last byte of a column."""

    def edit(connection: sqlite3.Connection) -> None:
        kind, content = connection.execute(
            f"SELECT typeof({column}), CAST({column} AS BLOB) FROM ledger WHERE seq = ?", (seq,)
        ).fetchone()
        changed = content[:-1] + bytes([content[-1] ^ 1])
        value: object = changed if kind == b"blob" else changed.decode()
        connection.execute(
            f"UPDATE ledger SET {column} = ? WHERE seq = ?", (int(changed) if kind == b"integer" else value, seq)
        )

    return edit


def swap(one: int, other: int) -> Edit:
    """Let two entries change places, whole."""

    def edit(connection: sqlite3.Connection) -> None:
        for before, after in ((one, -1), (other, one), (-1, other)):
            connection.execute("UPDATE ledger SET seq = ? WHERE seq = ?", (after, before))

    return edit


def swap_facts(connection: sqlite3.Connection) -> None:
    """Let two entries of one kind change their facts and salts."""
    one, other = (connection.execute("SELECT facts, salts FROM ledger WHERE seq = ?", (seq,)).fetchone() for seq in (9, 10))
    for (facts, salts), seq in ((one, 10), (other, 9)):
        connection.execute("UPDATE ledger SET facts = ?, salts = ? WHERE seq = ?", (facts.decode(), salts, seq))


def repeat(seq: int, at: int) -> Edit:
    """Insert an entry a second time, at another place."""
    names = ", ".join(COLUMNS[1:])
    return sql(f"INSERT INTO ledger (seq, {names}) SELECT {at}, {names} FROM ledger WHERE seq = {seq}")


def shift(first: int) -> Edit:
    """Make room: entries from one on move up by one."""

    def edit(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE ledger SET seq = -(seq + 1) WHERE seq >= ?", (first,))
        connection.execute("UPDATE ledger SET seq = -seq WHERE seq < 0")

    return edit


def loosened(then: Edit) -> Edit:
    """Rebuild the table without types and keys, then edit it."""

    def edit(connection: sqlite3.Connection) -> None:
        connection.execute(f"CREATE TABLE loose ({', '.join(COLUMNS)})")
        connection.execute(f"INSERT INTO loose SELECT {', '.join(COLUMNS)} FROM ledger ORDER BY seq")
        connection.execute("DROP TABLE ledger")
        connection.execute("ALTER TABLE loose RENAME TO ledger")
        then(connection)

    return edit


def both(*edits: Edit) -> Edit:
    """Do one after the other."""

    def edit(connection: sqlite3.Connection) -> None:
        for each in edits:
            each(connection)

    return edit


def headless(then: Edit) -> Edit:
    """Rebuild the table of the head without types, then edit it."""

    def edit(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE loose AS SELECT * FROM ledger_head")
        connection.execute("DROP TABLE ledger_head")
        connection.execute("ALTER TABLE loose RENAME TO ledger_head")
        then(connection)

    return edit


def changed(column: str, value: object) -> tuple[str, Edit, int]:
    """Write another value into a column of the entry in the middle."""
    return (f"{column} changed", sql(f"UPDATE ledger SET {column} = ? WHERE seq = {MIDDLE}", value), MIDDLE)


EDITS: list[tuple[str, Edit, int]] = [
    changed("at", "2026-11-24T03:00:00Z"),
    changed("at", "2026-11-24T04:00:00+00:00"),
    changed("kind", "withdrawn"),
    changed("version", 2),
    changed("version", 0),
    changed("version", -1),
    changed("case_number", "CB-2026-000009"),
    changed("case_number", None),
    changed("case_number", ""),
    changed("actor", "system"),
    changed("actor", ""),
    changed("facts", "{}"),
    changed("facts", ""),
    changed("facts", "null"),
    changed("facts", '{"a":{"b":1}}'),
    changed("salts", b""),
    changed("salts", bytes(16 * 18)),
    changed("entry_hash", bytes(32)),
    changed("entry_hash", b""),
    changed("chain_hash", bytes(32)),
    changed("chain_hash", b""),
    *((f"a bit of {column} flipped in entry {seq}", flip(column, seq), seq) for column in COLUMNS[1:4] for seq in (1, LAST)),
    *((f"a bit of {column} flipped in entry {seq}", flip(column, seq), seq) for column in COLUMNS[5:] for seq in (1, LAST)),
    ("a bit of case_number flipped", flip("case_number", MIDDLE), MIDDLE),
    ("a letter that is no letter", sql("UPDATE ledger SET actor = CAST(x'ff' AS TEXT) WHERE seq = 7"), 7),
    ("a fact that is no text", sql("UPDATE ledger SET facts = CAST(x'7b22ff227d' AS TEXT) WHERE seq = 1"), 1),
    ("a NUL behind the actor", sql("UPDATE ledger SET actor = actor || char(0) WHERE seq = 3"), 3),
    (
        "the limit moved by a day",
        sql('UPDATE ledger SET facts = replace(facts, \'"due_at":"2026-12\', \'"due_at":"2027-12\') WHERE seq = 9'),
        9,
    ),
    ("a space within the facts", sql("UPDATE ledger SET facts = replace(facts, ',', ', ') WHERE seq = 9"), 9),
    ("a space behind the facts", sql("UPDATE ledger SET facts = facts || ' ' WHERE seq = 9"), 9),
    (
        "facts in another order",
        sql("UPDATE ledger SET facts = '{\"unit\":' || json_extract(facts, '$.unit') || '}' WHERE seq = 9"),
        9,
    ),
    ("a fact twice", sql("UPDATE ledger SET facts = replace(facts, '{', '{\"kind\":\"praise\",') WHERE seq = 9"), 9),
    (
        "a letter written as an escape",
        sql("UPDATE ledger SET facts = replace(facts, 'kind', '\\u006bind') WHERE seq = 9"),
        9,
    ),
    (
        "a fact named like a column",
        sql("UPDATE ledger SET facts = replace(facts, '{', '{\"actor\":\"clock\",') WHERE seq = 9"),
        9,
    ),
    ("a number as a float", sql("UPDATE ledger SET facts = replace(facts, ':1', ':1.0') WHERE seq = 15"), 15),
    ("salts cut", sql("UPDATE ledger SET salts = substr(salts, 1, length(salts) - 1) WHERE seq = 5"), 5),
    ("salts cut by a whole one", sql("UPDATE ledger SET salts = substr(salts, 1, length(salts) - 16) WHERE seq = 5"), 5),
    (
        "salts in another order",
        sql("UPDATE ledger SET salts = CAST(substr(salts, 17) || substr(salts, 1, 16) AS BLOB) WHERE seq = 5"),
        5,
    ),
    ("the first entry gone", sql("DELETE FROM ledger WHERE seq = 1"), 1),
    ("an entry in the middle gone", sql("DELETE FROM ledger WHERE seq = 7"), 7),
    ("the last entry gone", sql("DELETE FROM ledger WHERE seq = 16"), LAST),
    ("the last five gone", sql("DELETE FROM ledger WHERE seq > 9"), 10),
    ("everything gone", sql("DELETE FROM ledger"), 1),
    (
        "one gone, the others moved up",
        both(
            sql("DELETE FROM ledger WHERE seq = 7"),
            sql("UPDATE ledger SET seq = -seq WHERE seq > 7"),
            sql("UPDATE ledger SET seq = -seq - 1 WHERE seq < 0"),
        ),
        7,
    ),
    ("all moved up by one", shift(1), 1),
    ("entries moved up from the middle", shift(6), 6),
    ("the last entry twice", repeat(LAST, LAST + 1), LAST + 1),
    ("an entry twice, at the end", repeat(9, LAST + 1), LAST + 1),
    ("an entry twice, in the middle", both(shift(6), repeat(5, 6)), 6),
    ("two entries swapped", swap(9, 10), 9),
    ("the first and the last swapped", swap(1, LAST), 1),
    ("a copy before the first", repeat(9, 0), 1),
    ("a copy far before the first", repeat(9, -5), 1),
    ("a copy at the very least place", repeat(9, -(2**63)), 1),
    ("a copy far behind the last", repeat(9, 2**63 - 1), LAST + 1),
    (
        "a forged entry, rightly linked, in front of the head",
        both(repeat(9, LAST + 1), sql("UPDATE ledger SET chain_hash = zeroblob(32) WHERE seq = 17")),
        LAST + 1,
    ),
    ("the contents of two entries swapped", swap_facts, 9),
    ("the version as text", loosened(sql("UPDATE ledger SET version = '1' WHERE seq = 4")), 4),
    ("the version as a float", loosened(sql("UPDATE ledger SET version = 1.0 WHERE seq = 4")), 4),
    ("the version as nothing", loosened(sql("UPDATE ledger SET version = NULL WHERE seq = 4")), 4),
    ("the facts as bytes", loosened(sql("UPDATE ledger SET facts = CAST(facts AS BLOB) WHERE seq = 4")), 4),
    ("the actor as a number", loosened(sql("UPDATE ledger SET actor = 7 WHERE seq = 4")), 4),
    ("the hash as text", loosened(sql("UPDATE ledger SET entry_hash = hex(entry_hash) WHERE seq = 4")), 4),
    ("the salts as nothing", loosened(sql("UPDATE ledger SET salts = NULL WHERE seq = 4")), 4),
    ("the place as text", loosened(sql("UPDATE ledger SET seq = '4' WHERE seq = 4")), 4),
    ("the place as a float", loosened(sql("UPDATE ledger SET seq = 4.5 WHERE seq = 4")), 4),
    ("a place taken twice", loosened(repeat(4, 4)), 5),
    ("the head further back", sql("UPDATE ledger_head SET seq = 15"), LAST),
    ("the head further on", sql("UPDATE ledger_head SET seq = 17"), LAST + 1),
    ("the head with another hash", sql("UPDATE ledger_head SET chain_hash = zeroblob(32)"), LAST),
    ("the head with half a hash", sql("UPDATE ledger_head SET chain_hash = substr(chain_hash, 1, 16)"), LAST),
    ("the head gone", sql("DELETE FROM ledger_head"), LAST),
    ("the head as text", headless(sql("UPDATE ledger_head SET chain_hash = 'none', seq = 'none'")), LAST),
    ("the words of a case gone", sql("DELETE FROM words WHERE number = (SELECT MAX(number) FROM cases)"), LAST),
    ("an answer gone", sql("DELETE FROM words WHERE slot = 'answer/1'"), ANSWERED),
    ("the key of a case gone", sql("DELETE FROM keys WHERE owner = (SELECT 'case:' || MAX(number) FROM cases)"), LAST),
    ("two heads", headless(sql("INSERT INTO ledger_head SELECT * FROM ledger_head")), LAST),
]
"""What is done to the file, and the first entry that is bad then."""


@pytest.mark.parametrize(("edit", "bad"), [pytest.param(edit, bad, id=name) for name, edit, bad in EDITS])
def test_a_changed_ledger_is_found(copy: Path, verify: Callable[[], Verdict], edit: Edit, bad: int) -> None:
    """Exit code 1, and the first entry that does not hold."""
    before = _rows(copy)
    with unguarded(copy) as connection:
        connection.text_factory = bytes
        edit(connection)
    assert _rows(copy) != before
    verdict = verify()
    assert (verdict.code, verdict.said["ok"], verdict.bad) == (1, False, bad)


def test_an_untouched_ledger_holds(verify: Callable[[], Verdict]) -> None:
    """Exit code 0, with its length and end."""
    verdict = verify()
    assert (verdict.code, verdict.said["ok"], verdict.said["entries"], verdict.bad) == (0, True, LAST, None)


def test_a_file_whose_entries_can_be_changed_by_hand_is_found(copy: Path, verify: Callable[[], Verdict]) -> None:
    """All that is in it holds, and a trigger that guards it is gone; or a table is, and no entry can be compared with it."""
    for harm, said in (
        ("DROP TRIGGER ledger_loses_nothing", "the trigger ledger_loses_nothing of ledger is missing"),
        ("DROP TABLE checkpoints", "the table checkpoints is missing, and 1 more"),
    ):
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(harm)
        verdict = verify()
        assert isinstance(verdict.said["first_bad"], dict)
        assert (verdict.code, verdict.said["first_bad"]["why"].endswith(said)) == (1, True), verdict


def test_a_table_without_types_is_named_whatever_was_put_into_it(copy: Path, verify: Callable[[], Verdict]) -> None:
    """What no table of ours can hold ends no verification with a trace."""
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE loose AS SELECT * FROM checkpoints")
        connection.execute("DROP TABLE checkpoints")
        connection.execute("ALTER TABLE loose RENAME TO checkpoints")
        connection.execute("INSERT INTO checkpoints VALUES (NULL, 'none', 0)")
    verdict = verify()
    assert isinstance(verdict.said["first_bad"], dict)
    assert (verdict.code, "the table checkpoints is not what" in verdict.said["first_bad"]["why"]) == (1, True)


def test_the_command_itself_says_so(copy: Path) -> None:
    """As a process: 0 for what holds, 1 for what does not, 2 where there is nothing to look at."""
    assert _process(copy) == (0, True)
    with unguarded(copy) as connection:
        connection.execute("UPDATE ledger SET actor = 'clock' WHERE seq = 9")
    assert _process(copy) == (1, False)
    copy.unlink()
    assert _process(copy) == (2, None)


def _process(path: Path) -> tuple[int, bool | None]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    environment = {**own, "BOT_DATABASE": f"sqlite:///{path}", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "bot", "ledger", "verify", "--json"]
    done = subprocess.run(command, env=environment, cwd=path.parent, capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout)["ok"] if done.stdout else None


def _rows(path: Path) -> object:
    with closing(sqlite3.connect(path)) as connection:
        connection.text_factory = bytes
        entries = connection.execute(
            f"SELECT rowid, typeof(seq), {', '.join(COLUMNS)} FROM ledger ORDER BY rowid"
        ).fetchall()
        types = connection.execute(
            "SELECT typeof(version), typeof(facts), typeof(actor) FROM ledger ORDER BY rowid"
        ).fetchall()
        others = [connection.execute(f"SELECT * FROM {name}").fetchall() for name in ("ledger_head", "words", "keys")]
        return entries, types, others
