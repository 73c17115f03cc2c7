"""What could not be handled is shown by a command, without a word of it, and handled again while the bot runs."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conversation import rows
from tests.support.postgres import Server, connected
from tests.support.program import SECONDS, Program, program

RESIDENT = 11
SEQ = 2
"""The place in the inbox of what cannot be handled."""

TORN = {"chat": {"id": RESIDENT, "type": "private"}, "photo": 7, "caption": "my secret trouble"}
"""A message without a number and a date: nobody can make anything of it."""


ASIDE = f"SELECT COALESCE(MAX(aside_at), 0) FROM inbox WHERE seq = {SEQ}"


async def set_aside(running: Program, *, after: int = 0) -> int:
    """Wait until the update is set aside, later than that; return when, as it stands in the table."""
    url = running.settings.get("BOT_DATABASE")
    async with asyncio.timeout(SECONDS), AsyncExitStack() as stack:
        connection = None if url is None else await stack.enter_async_context(connected(url))
        while True:
            ((at,),) = rows(running.folder, ASIDE) if connection is None else await connection.fetch(ASIDE)
            if int(at or 0) > after:
                return int(at or 0)
            await asyncio.sleep(0.01)


async def listed(running: Program) -> dict[str, Any]:
    """Ask for the one update that is set aside."""
    (found,) = (await running.ask("inbox", "--json")).json()
    assert found["seq"] == SEQ
    return dict(found)


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
async def test_what_was_set_aside_is_seen_and_tried_again(
    tmp_path: Path, backend: str, request: pytest.FixtureRequest
) -> None:
    """The bot notices by itself; what fails again is set aside again; what is dropped is gone for good."""
    server: Server | None = request.getfixturevalue("server") if backend == "postgresql" else None
    settings = {} if server is None else {"BOT_DATABASE": server.empty()}
    async with program(tmp_path, [RESIDENT], settings) as running:
        assert (await running.ask("inbox")).err.startswith("there is no database yet")
        await running.start()
        running.sandbox.world.text(RESIDENT, "/start")
        await running.hears(RESIDENT, "请选择语言")
        assert (await running.ask("inbox", "--json")).json() == []
        assert (await running.ask("inbox")).out == "nothing was set aside\n"
        running.sandbox.world.push("message", dict(TORN), RESIDENT)
        running.sandbox.world.text(RESIDENT, "/start")  # the next one is not held up
        await running.hears(RESIDENT, "请选择语言", after=running.last_id(RESIDENT))

        first = await set_aside(running)
        aside = await listed(running)
        assert (aside["kind"], aside["age_seconds"] >= 0) == ("message/photo", True)
        assert "KeyError" in aside["reason"] or "Error at" in aside["reason"]
        told = await running.ask("inbox")
        assert "message/photo" in told.out
        assert "secret" not in told.out + str(aside)

        assert (await running.ask("inbox", "--retry", "2", "--json")).json() == {"retried": [2]}
        second = await set_aside(running, after=first)
        assert (await listed(running))["reason"] == aside["reason"]
        assert (await running.ask("inbox", "--all", "--json")).json() == {"retried": [2]}
        await set_aside(running, after=second)
        assert (await running.ask("inbox", "--drop", "2")).out.startswith("2 is dropped")
        exported = (await running.ask("ledger", "export")).out
        acts = [json.loads(line) for line in exported.splitlines()]
        entered = [(each["entry"], each["actor"]) for each in acts if each["entry"].startswith("update_")]
        assert entered == [("update_retried", "system"), ("update_retried", "system"), ("update_dropped", "system")]
        assert "secret" not in exported
        assert (await running.ask("ledger", "verify")).code == 0
        for word in ("--drop", "--retry"):
            refused = await running.ask("inbox", word, "2")
            assert (refused.code, refused.err) == (2, "no update 2 is set aside: `inbox` lists those that are\n")
        assert (await running.ask("inbox", "--json")).json() == []
        assert await running.stop() == 0
        assert "secret" not in (tmp_path / "log").read_text()
