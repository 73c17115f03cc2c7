"""What goes wrong between the program and Telegram's queue of updates: rivals, leftovers, gateways, silence, a token."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import aiohttp

from bot.sandbox.faults import CallFault, Fault
from tests.endtoend.test_webhook import free_port, webhook_settings
from tests.faults.conversation import (
    IMPATIENT,
    NEIGHBOUR,
    RESIDENT,
    assert_whole,
    draft,
    entries,
    file,
    heard,
    lines,
    rows,
    settled,
    until_said,
)
from tests.support.program import SECONDS, TOKEN, Program, program


async def rival(running: Program) -> None:
    """Fetch updates with the same token, confirming none, for as long as nobody stops it."""
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.post(f"{running.sandbox.api_base}/bot{TOKEN}/getUpdates", json={"timeout": 5}) as answer:
                await answer.read()


async def test_fault_01_another_program_polls_with_the_same_token(tmp_path: Path) -> None:
    """Said in one line however often it happens; when the other stops, all that was written meanwhile is answered."""
    async with program(tmp_path, [RESIDENT, NEIGHBOUR]) as running:
        await running.start()
        await file(running)
        other = asyncio.create_task(rival(running))
        said = await until_said(running, "another program fetches")
        polls = len(running.sandbox.world.calls("getUpdates"))
        await running.sandbox.world.wait_for(lambda: len(running.sandbox.world.calls("getUpdates")) > polls + 4, SECONDS)
        running.sandbox.world.text(RESIDENT, "县医院门口的路坏了很久")
        other.cancel()
        with suppress(asyncio.CancelledError):
            await other
        await running.press(RESIDENT, "提交")
        await file(running, NEIGHBOUR)
        await assert_whole(running)
        assert lines(running, "warning", "error").count(said) == 1
        assert len(entries(tmp_path, "filed")) == 3


async def test_fault_02_a_webhook_is_still_set(tmp_path: Path) -> None:
    """Said in one line with what to do; `run --take-over` removes it and drops nothing of what waits."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        async with aiohttp.ClientSession() as session:
            hook = {"url": f"http://127.0.0.1:{free_port()}/left-over"}
            await session.post(f"{running.sandbox.api_base}/bot{TOKEN}/setWebhook", json=hook)
        world.text(RESIDENT, "坎乡三村口的路灯坏了")
        await running.start()
        await until_said(running, "a webhook is still set", "--take-over")
        assert await running.stop() == 0
        assert not heard(running, RESIDENT, "路灯")
        await running.start("--take-over")
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        await assert_whole(running)
        (removal,) = world.calls("deleteWebhook")
        assert "drop_pending_updates" not in removal.params


async def test_fault_07_a_webhook_is_answered_late_and_the_update_comes_again(tmp_path: Path) -> None:
    """It is acknowledged once it is on disk, not before; what comes again is known by its number."""
    settings = webhook_settings(free_port())
    async with program(tmp_path, [RESIDENT], settings) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        await world.updates_taken(SECONDS)
        press = world.press(RESIDENT, card.message_id, label="提交")
        assert press
        (update,) = world.scene.updates.pending
        await running.kill()  # perhaps on disk by now, perhaps not; in no case acknowledged without being so
        world.scene.updates.hand_out_again([update])
        await running.start()
        await running.hears(RESIDENT, "已登记")
        await world.updates_taken(SECONDS)
        world.scene.updates.hand_out_again([update])
        await world.updates_taken(SECONDS)
        await file(running, words="县医院门口的路坏了很久")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 2


ANSWERS_OF_ITS_OWN = {CallFault.UNAUTHORIZED, CallFault.FORBIDDEN, CallFault.BAD_REQUEST, CallFault.MIGRATE}
"""What a poll is not answered with while the token holds."""

POLL_FAULTS = [kind for kind in CallFault if kind not in ANSWERS_OF_ITS_OWN]


async def test_fault_09_polls_that_fail_in_every_way(tmp_path: Path) -> None:
    """Gateways' pages, resets, halves of answers, waits: it goes on by itself, and says each kind of trouble once."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        for kind in POLL_FAULTS:
            running.sandbox.faults.add(Fault(kind, "getUpdates", seconds=0.2))
        world.press(RESIDENT, card.message_id, label="提交")
        await running.hears(RESIDENT, "已登记", after=card.message_id)
        await file(running, words="县医院门口的路坏了很久")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 2
        warned = lines(running, "warning", "error")
        assert len(warned) == len(set(warned))


async def test_fault_09_a_poll_that_hangs_for_ever(tmp_path: Path) -> None:
    """The connection stands and nothing comes: one line says so, a new poll is made, and another that it is over."""
    async with program(tmp_path, [RESIDENT], command=IMPATIENT) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        polls = len(world.calls("getUpdates"))
        running.sandbox.faults.add(Fault(CallFault.STALL, "getUpdates", times=2, seconds=3600))
        await world.wait_for(lambda: running.sandbox.faults.struck.get("stall", 0) > 0, SECONDS)
        world.press(RESIDENT, card.message_id, label="提交")
        await running.hears(RESIDENT, "已登记", after=card.message_id)
        await assert_whole(running)
        assert len(world.calls("getUpdates")) >= polls + 3
        (said,) = lines(running, "warning", "error")
        assert said.startswith("the Bot API server does not answer in time; next try in")
        assert len([line for line in lines(running, "info") if line.startswith("updates come again, after")]) == 1
        assert len(entries(tmp_path, "filed")) == 1


async def test_fault_19_the_token_is_revoked(tmp_path: Path) -> None:
    """The program says so and ends; what waits stays where it is, and is done with a token that works."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        receipt = await file(running)
        await settled(running)
        running.sandbox.faults.add(
            Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", RESIDENT, retry_after=3),
            Fault(CallFault.UNAUTHORIZED, "getUpdates", times=None),
        )
        world.text(RESIDENT, "县医院门口的路坏了很久")
        assert running.process is not None
        async with asyncio.timeout(SECONDS):
            assert await running.process.wait() == 2
        assert "Telegram does not accept BOT_TOKEN" in (tmp_path / "log").read_text().splitlines()[-1]
        world.text(RESIDENT, "两盏都不亮")
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL") == [(1,)]
        running.sandbox.faults.clear()
        await running.start()
        await running.hears(RESIDENT, "县医院", after=receipt.message_id)
        await world.wait_for(lambda: heard(running, RESIDENT, "两盏都不亮"), SECONDS)
        await assert_whole(running)
