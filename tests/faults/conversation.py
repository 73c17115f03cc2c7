"""Short ways to say what a resident does before the real program, and to read what its database holds afterwards."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.sandbox.message import Message
from tests.support.program import SECONDS, Program

RESIDENT, NEIGHBOUR, OFFICER, LEAD = 11, 12, 21, 22
AWAKE = 30 * 60 * 1_000_000
"""Microseconds for which somebody who wrote is written to at any hour."""

IMPATIENT = ("-m", "tests.faults.impatient")
"""What is started instead of the program where something hangs for ever: it waits for a second instead of a minute."""

WORDS = "坎乡三村口的路灯坏了"


async def draft(running: Program, account: int = RESIDENT, words: str = WORDS) -> Message:
    """Write what is wrong; return the card."""
    seen = running.last_id(account)
    running.sandbox.world.text(account, words)

    def card() -> Message | None:
        newer = (each for each in running.sandbox.world.transcript(account) if each.message_id > seen)
        return next((each for each in newer if "提交" in each.labels), None)

    found = await running.sandbox.world.wait_for(card, SECONDS)
    assert found is not None
    return found


async def file(running: Program, account: int = RESIDENT, words: str = WORDS) -> Message:
    """Write what is wrong and send it; return the receipt."""
    card = await draft(running, account, words)
    running.sandbox.world.press(account, card.message_id, label="提交")
    return await running.hears(account, "已登记", after=card.message_id)


def heard(running: Program, account: int, part: str) -> list[Message]:
    """Return the bot's messages in which someone can read these words, oldest first."""
    return [each for each in running.sandbox.world.transcript(account) if each.sender.is_bot and part in each.text]


def rows(folder: Path, statement: str) -> list[Any]:
    """Ask the database file itself."""
    with closing(sqlite3.connect(f"{(folder / 'bot.db').as_uri()}?mode=ro", uri=True)) as file:
        return file.execute(statement).fetchall()


def entries(folder: Path, kind: str) -> list[str]:
    """Return the cases of all entries of a kind, in the order of the ledger."""
    return [case for (case,) in rows(folder, f"SELECT case_number FROM ledger WHERE kind = '{kind}' ORDER BY seq")]


async def settled(running: Program) -> None:
    """Wait until everything that came is handled, and sent what was decided and is not held back for the hours' sake."""
    now = int(datetime.now(UTC).timestamp() * 1_000_000)
    held_back = f"not_before > {now} AND person NOT IN (SELECT id FROM persons WHERE seen_at > {now - AWAKE})"
    unsettled = f"""SELECT (SELECT COUNT(*) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL)
                        + (SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL AND NOT ({held_back}))"""
    async with asyncio.timeout(SECONDS):
        while rows(running.folder, unsettled) != [(0,)]:  # noqa: ASYNC110 (another process's doing, on a disk)
            await asyncio.sleep(0.01)


async def until_row(running: Program, statement: str) -> None:
    """Wait until a count in the database is no longer zero."""
    async with asyncio.timeout(SECONDS):
        while rows(running.folder, statement) == [(0,)]:  # noqa: ASYNC110 (another process's doing, on a disk)
            await asyncio.sleep(0.01)


async def assert_whole(running: Program) -> None:
    """Check that nothing goes on waiting, that the program ends well when told to, and that the ledger holds."""
    await running.sandbox.world.updates_taken(SECONDS)  # what is still with Telegram does not stand in the database
    await settled(running)
    assert await running.stop() == 0
    verified = await running.ask("ledger", "verify", "--json")
    assert (verified.code, verified.json()["ok"]) == (0, True)
    assert rows(running.folder, "SELECT COUNT(*) FROM inbox WHERE done_at IS NULL") == [(0,)]


def lines(running: Program, *levels: str) -> Sequence[str]:
    """Return what the program logged at these levels, in order; all of it when none is named."""
    logged = [json.loads(line) for line in (running.folder / "log").read_text(encoding="utf-8").splitlines()]
    return [str(line["message"]) for line in logged if not levels or str(line["level"]).lower() in levels]


async def until_said(running: Program, *parts: str) -> str:
    """Return the first line of warning or error in which all of this is said."""

    def find() -> str | None:
        said = lines(running, "warning", "error", "critical")
        return next((line for line in said if all(part in line for part in parts)), None)

    async with asyncio.timeout(3 * SECONDS):  # a lock is waited for 10 s before anything is said
        while (line := find()) is None:  # noqa: ASYNC110 (another process's doing, in a file)
            await asyncio.sleep(0.01)
        return line
