"""The database server dies in mid-transaction, and a process hangs with its duty in its hands."""

from __future__ import annotations

import asyncio
import signal
from collections import Counter
from pathlib import Path

from tests.endtoend.test_postgres_life import beside, present
from tests.faults.conversation import NEIGHBOUR, RESIDENT, draft, file, heard
from tests.faults.reconcile import Books, read_books
from tests.support.postgres import Server, connected
from tests.support.program import SECONDS, Program, program

BLOCKED = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
DURATION = "UPDATE leases SET until = until - 120 * 1000000"
"""As if two minutes had gone by, which is how long a duty may be left alone."""


async def settled(url: str) -> Books:
    """Return what the database holds once nothing waits in it."""
    async with asyncio.timeout(SECONDS):
        while not (books := await read_books(url)).is_settled:  # noqa: ASYNC110 (another process's doing)
            await asyncio.sleep(0.01)
    return books


async def assert_filed(running: Program, url: str, filed: int) -> None:
    """Check that so many complaints are in a ledger that holds, each once."""
    books = await settled(url)
    assert await running.stop() == 0
    assert Counter(entry.case for entry in books.of("filed")).most_common(1)[0][1] == 1
    assert len(books.of("filed")) == filed
    assert (await running.ask("ledger", "verify")).code == 0


async def test_fault_25_the_server_crashes_in_mid_transaction(tmp_path: Path, server: Server) -> None:
    """The commit that was under way is undone and done again once the server is back; the program needs no restart."""
    url = server.fresh()
    async with program(tmp_path, [RESIDENT], {"BOT_DATABASE": url}) as running:
        await running.start()
        card = await draft(running)
        await settled(url)
        async with connected(url) as foreign:
            await foreign.execute("BEGIN; SELECT * FROM ledger_head FOR UPDATE")
            running.sandbox.world.press(RESIDENT, card.message_id, label="提交")
            async with asyncio.timeout(SECONDS), connected(url) as watching:
                while not await watching.fetch(BLOCKED):  # noqa: ASYNC110 (the server's doing)
                    await asyncio.sleep(0.01)
            await asyncio.to_thread(server.crash)
        await running.hears(RESIDENT, "已登记")
        await file(running, words="县医院门口的路坏了很久")
        await assert_filed(running, url, 2)
        assert len(heard(running, RESIDENT, "已登记")) == 2


async def test_fault_25_a_process_that_hangs_loses_its_duties(tmp_path: Path, server: Server) -> None:
    """Frozen with the duty to poll, it is passed over after two minutes; thawed, it stands back and repeats nothing."""
    url = server.fresh()
    async with program(tmp_path, [RESIDENT, NEIGHBOUR], {"BOT_DATABASE": url}) as first:
        async with beside(first, tmp_path / "second") as second:
            await first.start()
            await file(first)
            await second.start()
            await present(url, 2)
            await settled(url)
            assert first.process is not None
            first.process.send_signal(signal.SIGSTOP)
            first.sandbox.world.text(NEIGHBOUR, "县医院门口的路坏了很久")
            async with connected(url) as foreign:
                await foreign.execute(DURATION)
            card = await first.offered(NEIGHBOUR, "提交")
            first.process.send_signal(signal.SIGCONT)
            first.sandbox.world.press(NEIGHBOUR, card.message_id, label="提交")
            await first.hears(NEIGHBOUR, "已登记")
            await file(first, words="县城里的公交车不来了")
            await settled(url)
            assert await second.stop() == 0
        await assert_filed(first, url, 3)
        assert [len(heard(first, account, "已登记")) for account in (RESIDENT, NEIGHBOUR)] == [2, 1]
