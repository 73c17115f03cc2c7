"""A county moves to PostgreSQL: under a running bot, whole or not at all, and goes on there."""

from __future__ import annotations

import shutil
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StorageUnavailable
from storage.audit import Audit
from storage.postgres.engine import open_postgres
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.sqlite.moving import source_held
from tests.endtoend.test_backup import county_with_backup, entries_of
from tests.support.postgres import Server, connected, dump
from tests.support.program import Program, program
from tests.support.store import RESIDENT


@pytest.fixture
def empty(server: Server) -> str:
    """Name a database without a schema."""
    return server.empty()


async def entries_in(url: str) -> int:
    """Count a server's entries, after checking chain, tree and tables."""
    engine = await open_postgres(url, load("postgres"), read_only=True)
    try:
        audit = Audit(engine)
        await audit.follow_ledger(lambda _: None)
        await audit.compare_cases(lambda _: None)
        return audit.head.seq
    finally:
        await engine.close()


async def begun(running: Program) -> None:
    """File a case in a running bot."""
    running.sandbox.world.text(RESIDENT, "坎乡三村的路灯坏了")
    await running.press(RESIDENT, "提交")
    await running.hears(RESIDENT, "已登记")


async def test_a_county_moves_under_a_running_bot(tmp_path: Path, empty: str) -> None:
    """Nothing is lost: what is written after the copy waits, and is handled in the new place, under the same keys."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        await begun(running)
        old = await running.ask("ledger", "head", "--json")
        moved = await running.ask("copy", "--to", empty, "--json")
        assert moved.code == 0, moved.err
        assert moved.json()["head"] == old.json()["head"]
        assert moved.json()["sealed"]

        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "水管也漏水了")  # the bot that still runs cannot take it
        invited = await running.ask("invite", "--role", "admin")
        assert (invited.code, "the county has moved to postgresql://" in invited.err) == (2, True), invited.err
        assert await running.stop() == 0
        again = await running.ask("run")
        assert (again.code, "the county has moved to" in again.err) == (2, True)

        running.settings = {"BOT_DATABASE": empty}
        assert (await running.ask("ledger", "head", "--json")).json() == old.json()
        await running.start()
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "CB-", after=seen)
        seen = running.last_id(RESIDENT)
        running.sandbox.world.text(RESIDENT, "/my")
        await running.hears(RESIDENT, "CB-", after=seen)
        assert await running.stop() == 0
        assert (await running.ask("ledger", "verify")).code == 0
        assert len((await running.ask("cases", "--json")).json()) == 2
    assert len(entries_of(tmp_path / "bot.db")) == old.json()["entries"]


async def test_every_row_arrives_as_it_is(tmp_path: Path, empty: str) -> None:
    """Table by table; a trial leaves the county where it is; a second copy into the same place is refused."""
    await county_with_backup(tmp_path)
    async with program(tmp_path, []) as running:
        trial = await running.ask("copy", "--to", empty, "--trial", "--json")
        assert trial.code == 0, trial.err
        assert not trial.json()["sealed"]
        rows = trial.json()["rows"]
        with closing(sqlite3.connect(tmp_path / "bot.db")) as connection:
            for table, count in rows.items():
                assert connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (count,)
        async with connected(empty) as connection:
            for table, count in rows.items():
                ((found,),) = await connection.fetch(f"SELECT COUNT(*) FROM {table}")
                assert found == count, table
        assert rows["words"] == 2
        before = dump(empty)
        for _ in range(2):
            refused = await running.ask("copy", "--to", empty)
            assert (refused.code, "something in this database" in refused.err) == (2, True), refused.err
        assert dump(empty) == before
        assert (await running.ask("invite", "--role", "admin")).code == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite:///other.db", "--to must be postgresql://"),
        ("mysql://host/name", "--to"),
        ("postgresql://nobody:secret@127.0.0.1:1/none", "out of reach"),
    ],
)
async def test_what_cannot_be_meant_is_refused(tmp_path: Path, url: str, said: str) -> None:
    """One line, exit 2, no password in it, and the file as it was."""
    await county_with_backup(tmp_path)
    before = entries_of(tmp_path / "bot.db")
    async with program(tmp_path, []) as running:
        answer = await running.ask("copy", "--to", url)
    (line,) = answer.err.strip().splitlines()
    assert (answer.code, answer.out, said in line, "secret" in line) == (2, "", True, False), line
    assert entries_of(tmp_path / "bot.db") == before


DIES = """
import os, signal
from storage.postgres import moving
from storage.sqlite import moving as source
left = {steps}
def dying(act):
    def wrapped(*given, **named):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*given, **named)
    return wrapped
for owner, names in (
    (moving.MovingTarget, ("check_empty", "put", "clear_head", "go_on_counting", "commit")),
    (source.MovingSource, ("head", "seal")),
):
    for name in names:
        setattr(owner, name, dying(getattr(owner, name)))
"""
"""Has the program killed at the n-th of its steps on either side."""


async def test_a_copy_killed_at_any_step_is_whole_or_not_there(tmp_path: Path, server: Server) -> None:
    """The file is as it was, or sealed with everything on the other side; never sealed with less there."""
    begin = tmp_path / "begin"
    begin.mkdir()
    await county_with_backup(begin)
    old = entries_of(begin / "bot.db")
    found, steps, left = set(), 0, (begin, "")
    while True:
        steps += 1
        folder, url = tmp_path / str(steps), server.empty()
        shutil.copytree(begin, folder)
        async with program(folder, []) as running:
            done = await running.ask("copy", "--to", url, script=DIES.format(steps=steps))
        there = await entries_in(url)
        is_sealed = await sealed(folder / "bot.db")
        assert entries_of(folder / "bot.db") == old
        assert there in {0, len(old)}
        assert not is_sealed or there == len(old)
        found.add((there == len(old), is_sealed))
        if done.code != -signal.SIGKILL:
            break
        left = (folder, url) if not there else left
    assert done.code == 0, done.err
    assert found == {(False, False), (True, False), (True, True)}
    assert steps > 20
    async with program(left[0], []) as running:  # where the last one died that left nothing, it can be said again
        answer = await running.ask("copy", "--to", left[1])
        assert answer.code == 0, answer.err


async def sealed(path: Path) -> bool:
    """Say whether a file takes nothing any more."""
    migrate(path)
    engine = await open_sqlite(path, load("sqlite"), read_only=False)
    try:
        async with engine.writing() as session:
            await session.run("inbox_put", [{"update_id": 1, "chat_key": b"", "body": b"", "received_at": 0}])
    except StorageUnavailable as error:
        return "has moved" in str(error)
    else:
        return False
    finally:
        await engine.close()


async def test_a_table_that_is_new_is_moved_too(tmp_path: Path) -> None:
    """Whatever the schema has: both databases name the same tables."""
    migrate(tmp_path / "bot.db")
    with source_held(tmp_path / "bot.db") as source:
        tables = source.tables()
    assert len(tables) == len(set(tables))
    assert {"ledger", "words", "keys", "erasures"} < set(tables)
    assert tables.index("cases") < tables.index("rounds")
