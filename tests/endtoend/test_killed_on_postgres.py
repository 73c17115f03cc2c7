"""On PostgreSQL, too, a command that is killed leaves the old state or the new, whatever it writes.

Copying there has its test in test_copy.py; pg_dump and pg_restore are the server's own.
"""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from bot.rules.erasure import CaseContent
from bot.rules.identity import CaseNumber
from storage.erasure_list import list_beside, read_list, write_list
from storage.masters import masters_of, read_masters
from storage.postgres.connection import Connection
from storage.postgres.engine import open_postgres
from storage.postgres.migrate import PREPARE, migrate, migrations
from storage.queries import load
from storage.restored import SKIPPED
from storage.rotation import versions_in_use
from storage.store import open_store
from storage.vault import SystemRandomness, Vault
from tests.support import postgres
from tests.support.clock import MovableClock
from tests.support.postgres import Server, connected
from tests.support.store import MASTER, NEIGHBOUR, POTHOLE
from tests.support.wronged import RIGHT, WRONG, WRONGS, whole

ROOT = Path(__file__).parents[2]
NUMBER = CaseNumber("CB-2026-000001")
COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
CHANGED = """
SELECT (SELECT COUNT(*) FROM ledger WHERE kind = 'restored'), NOT EXISTS (SELECT FROM outbox WHERE failed_at IS NULL),
    (SELECT MAX(value) FROM counters) > $1, (SELECT COUNT(*) FROM words)
"""
"""What adopting changes."""

ERASED = "SELECT COUNT(*) > 0 FROM ledger WHERE kind = 'content_erased'"
GONE = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{}'"

Seen = TypeVar("Seen")


async def deaths(
    server: Server, folder: Path, url: str, words: Sequence[str], look: Callable[[], Awaitable[Seen]]
) -> tuple[list[Seen], int]:
    """Kill a command at its first step, then, begun on what that left, at its second, until it ends before it is killed.

    Returns:
        what was to be seen before, and each thing that was new after a life; and the exit code of the last. What a server
        still does for a client that is gone has ended by then.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("BOT_")}
    command = [sys.executable, "-m", "tests.endtoend.killed_on_postgres", str(folder), url, *words]
    name = url.partition("?")[0].rpartition("/")[2]
    seen, step, code = [await look()], 0, -signal.SIGKILL
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=own, stdin=PIPE, stdout=PIPE)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        while code == -signal.SIGKILL:
            step += 1
            process.stdin.write(f"{step}\n".encode())
            code = int(await process.stdout.readline())
            await server.run(GONE.format(name))
            now = await look()
            if now != seen[-1]:
                seen.append(now)
    finally:
        process.stdin.close()
        await process.wait()
    assert step > 4
    return seen, code


async def county(server: Server, folder: Path) -> str:
    """Make a county with two cases and letters that wait, its key file in a folder; return where it is."""
    url = server.empty()
    await migrate(url)
    async with postgres.opened_town(url, MovableClock()) as town:
        await town.staffed()
        await town.file()
        await town.file(NEIGHBOUR)
    write_master(folder)
    return url


def write_master(folder: Path) -> None:
    """Put the key file of a county there."""
    folder.mkdir()
    (folder / "master.key").touch(0o600)
    (folder / "master.key").write_bytes(base64.b64encode(MASTER) + b"\n")


async def words_read(folder: Path, url: str) -> list[str]:
    """Open a county with the key file beside it, as the bot does, and read what was said in each case."""
    engine = await open_postgres(url, load("postgres"), read_only=False)
    try:
        store = await open_store(engine, Vault(masters_of(folder / "master.key"), SystemRandomness()), SystemRandomness())
        numbers = [case.number async for case, _ in store.read.cases()]
        return [await store.read.words_of(number, "filed") or "" for number in numbers]
    finally:
        await engine.close()


async def versions_of(url: str) -> tuple[int, ...]:
    """List the versions of the master key that a database needs."""
    engine = await open_postgres(url, load("postgres"), read_only=True)
    try:
        return tuple(await versions_in_use(engine))
    finally:
        await engine.close()


async def test_a_migration_killed_at_any_step_leaves_a_whole_version(server: Server, tmp_path: Path) -> None:
    """The tables are those of the version that the database names, in every case; the newest is killed at each step."""
    whole, url = server.empty(), server.empty()
    scripts = migrations()
    earlier = scripts[:-1]
    columns = {}
    async with connected(whole) as one, connected(url) as other:
        for connection in (one, other):
            await connection.execute(PREPARE)
            for _, script in earlier:
                await connection.execute(script)
        await other.execute(f"INSERT INTO schema_version SELECT generate_series(1, {earlier[-1][0]})")
        columns[earlier[-1][0]] = await columns_of(one)
        for version, script in scripts[-1:]:
            await one.execute(script)
            columns[version] = await columns_of(one)

    async def look() -> object:
        async with connected(url) as connection:
            ((version,),) = await connection.fetch("SELECT MAX(version) FROM schema_version")
            assert await columns_of(connection) == columns[int(str(version))]
        return version

    assert await deaths(server, tmp_path, url, ["migrate"], look) == (sorted(columns), 0)


async def columns_of(connection: Connection) -> list[tuple[object, ...]]:
    """List every column of every table."""
    return [tuple(row) for row in await connection.fetch(COLUMNS)]


async def test_a_dump_is_adopted_whole_or_not_at_all(server: Server, tmp_path: Path) -> None:
    """Letters held back, numbers skipped, erased again and entered: all of it, or the database as pg_restore left it."""
    folder = tmp_path / "county"
    url = await county(server, folder)
    write_list(list_beside(folder / "database"), {CaseContent(NUMBER).subject: MovableClock().now()})

    async def look() -> object:
        async with connected(url) as connection:
            (row,) = await connection.fetch(CHANGED, SKIPPED)
        return tuple(row)

    seen, code = await deaths(server, folder, url, ["restore", "--adopt"], look)
    assert (seen, code) == ([(0, False, False, 2), (1, True, True, 1)], 2)  # 2: it was adopted already
    assert await words_read(folder, url) == ["", POTHOLE]


async def test_a_rotation_killed_at_any_step_leaves_what_opens(server: Server, tmp_path: Path) -> None:
    """Every word can be read with the key file as it was left; said again until it is done, one version is left."""
    folder = tmp_path / "county"
    url = await county(server, folder)

    async def look() -> tuple[set[int], set[int]]:
        assert await words_read(folder, url) == [POTHOLE, POTHOLE]
        keys, in_use = set(read_masters(folder / "master.key") or ()), set(await versions_of(url))
        assert in_use <= keys
        return keys, in_use

    seen, code = await deaths(server, folder, url, ["key", "rotate"], look)
    assert seen[:3] == [({1}, {1}), ({1, 2}, {1}), ({1, 2}, {1, 2})]
    keys, in_use = seen[-1]
    assert (code, len(keys), keys) == (0, 1, in_use)


async def test_an_erasure_killed_at_any_step_is_whole_or_not_begun(server: Server, tmp_path: Path) -> None:
    """Words, key and entry together; said again it is done, and the list of erasures has it."""
    folder = tmp_path / "county"
    url = await county(server, folder)

    async def look() -> object:
        async with connected(url) as connection:
            ((is_entered,),) = await connection.fetch(ERASED)
        return await words_read(folder, url), is_entered

    seen, code = await deaths(server, folder, url, ["erase", "--case", NUMBER], look)
    assert (seen, code) == ([([POTHOLE, POTHOLE], False), (["", POTHOLE], True)], 0)
    assert list(read_list(list_beside(folder / "database"))) == [CaseContent(NUMBER).subject]
    engine = await open_postgres(url, load("postgres"), read_only=True)
    try:
        await whole(engine)
    finally:
        await engine.close()


async def test_making_anew_killed_at_any_step_puts_right_a_part_or_nothing_of_it(server: Server, tmp_path: Path) -> None:
    """Tree, tables of the house, cases, numbers: a transaction each; said again, the rest follows."""
    folder = tmp_path / "county"
    url = await county(server, folder)
    async with connected(url) as connection:
        for harm in WRONGS.values():
            await connection.execute(harm)

    async def look() -> object:
        async with connected(url) as connection:
            (row,) = await connection.fetch(WRONG)
        return tuple(row)

    seen, code = await deaths(server, folder, url, ["ledger", "rebuild"], look)
    assert (seen, code) == (RIGHT, 0)
    engine = await open_postgres(url, load("postgres"), read_only=True)
    try:
        await whole(engine)
    finally:
        await engine.close()
