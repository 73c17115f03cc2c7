"""What goes wrong between the program and a chat: refusals, waits, answers that are lost, buttons that are too old."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.sandbox.faults import CallFault, Fault
from tests.faults.conversation import (
    IMPATIENT,
    NEIGHBOUR,
    RESIDENT,
    WORDS,
    assert_whole,
    draft,
    entries,
    heard,
    rows,
    until_row,
    until_said,
)
from tests.support.program import SECONDS, program
from tests.support.stage import stage

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in the county
STAGED = 1001
"""A resident of the stage, whose world is the demo's."""

CROWD = (1011, 1012, 1013)

LOST = (CallFault.RESET_AFTER, CallFault.TRUNCATED, CallFault.MALFORMED)


async def test_fault_03_a_chat_that_must_wait_waits_as_long_as_it_was_told(tmp_path: Path) -> None:
    """Others go on meanwhile, and a restart does not shorten the wait."""
    async with program(tmp_path, [RESIDENT, NEIGHBOUR]) as running:
        world = running.sandbox.world
        await running.start()
        running.sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", RESIDENT, retry_after=4))
        world.text(RESIDENT, "/help")
        await world.wait_for(lambda: running.sandbox.faults.struck, SECONDS)
        world.text(NEIGHBOUR, "/help")
        await running.hears(NEIGHBOUR, "/new")
        assert not heard(running, RESIDENT, "/new")
        await until_row(running, "SELECT COUNT(*) FROM outbox WHERE ready_at > created_at AND tried_at IS NULL")
        await running.kill()
        await running.start()
        await running.hears(RESIDENT, "/new")
        await assert_whole(running)
        assert len(heard(running, RESIDENT, "/new")) == 1
        refused, sent = (call.received_at for call in world.calls("sendMessage") if call.params["chat_id"] == RESIDENT)
        assert sent - refused >= timedelta(seconds=4)


async def test_fault_03_the_wait_is_as_long_as_was_said(tmp_path: Path) -> None:
    """Nothing is tried before, and once it is over what waited goes out."""
    async with stage(tmp_path, MONDAY) as on:
        on.sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", STAGED, retry_after=300))
        await on.say(STAGED, "/help")
        await on.clock.advance(timedelta(seconds=270))
        assert len(on.sandbox.world.calls("sendMessage")) == 1
        await on.clock.advance(timedelta(seconds=31))
        assert len(on.heard(STAGED, "/new")) == 1


async def test_fault_03_several_chats_are_refused_and_everybody_waits(tmp_path: Path) -> None:
    """It is about the bot then, not about a chat: one line says so, and nobody is written to before the time is over."""
    async with program(tmp_path, [*CROWD, NEIGHBOUR]) as running:
        world = running.sandbox.world
        await running.start()
        running.sandbox.faults.add(Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", times=3, retry_after=4))
        for account in CROWD:
            world.text(account, "/help")
        await until_said(running, "several chats in a row are refused")
        world.text(NEIGHBOUR, "/help")
        for account in (*CROWD, NEIGHBOUR):
            await running.hears(account, "/new")
        await assert_whole(running)
        *refused, first = [call.received_at for call in world.calls("sendMessage")][:4]
        assert first - max(refused) >= timedelta(seconds=4)
        assert all(len(heard(running, account, "/new")) == 1 for account in (*CROWD, NEIGHBOUR))


@pytest.mark.parametrize("kind", LOST)
async def test_fault_04_a_message_whose_answer_is_lost_is_repeated_once(tmp_path: Path, kind: CallFault) -> None:
    """It may have arrived: it is marked so, sent once more after half a minute, and given up on record after that."""
    async with stage(tmp_path, MONDAY) as on:
        await on.say(STAGED, "/start")
        await on.press(STAGED, "中文")
        await on.say(STAGED, WORDS)
        on.sandbox.faults.add(Fault(kind, "sendMessage", STAGED))
        await on.press(STAGED, "提交")
        assert len(on.heard(STAGED, "已登记")) == 1
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox WHERE failed_at IS NULL AND tried_at IS NOT NULL") == [(1,)]
        await on.clock.advance(timedelta(seconds=29))
        assert len(on.heard(STAGED, "已登记")) == 1
        await on.clock.advance(timedelta(seconds=2))
        assert len(on.heard(STAGED, "已登记")) == 2
        await on.clock.advance(timedelta(minutes=10))
        assert len(on.heard(STAGED, "已登记")) == 2
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]
        assert len(entries(tmp_path, "filed")) == 1


async def test_fault_04_lost_twice_it_is_given_up_where_it_can_be_seen(tmp_path: Path) -> None:
    """No third send; the outbox keeps that there was a message, and why nobody knows whether it arrived."""
    async with stage(tmp_path, MONDAY) as on:
        on.sandbox.faults.add(Fault(CallFault.RESET_AFTER, "sendMessage", STAGED, times=2))
        await on.say(STAGED, "/help")
        await on.clock.advance(timedelta(minutes=10))
        assert len(on.heard(STAGED, "/new")) == 2
        ((reason,),) = rows(tmp_path, "SELECT reason FROM outbox WHERE failed_at IS NOT NULL")
        assert "ambiguous" in reason


async def test_fault_04_edits_and_answers_to_taps_are_repeated_until_they_are_known(tmp_path: Path) -> None:
    """A repeat of these shows nothing twice."""
    async with stage(tmp_path, MONDAY) as on:
        await on.say(STAGED, WORDS)
        on.sandbox.faults.add(
            Fault(CallFault.RESET_AFTER, "editMessageText", STAGED),
            Fault(CallFault.RESET_AFTER, "answerCallbackQuery"),
        )
        await on.press(STAGED, "提交")
        for _ in range(4):
            await on.clock.advance(timedelta(seconds=31))
        assert [len(on.sandbox.world.calls(method)) for method in ("editMessageText", "answerCallbackQuery")] == [2, 2]
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]
        assert len(on.heard(STAGED, "已登记")) == 1
        (card,) = on.heard(STAGED, WORDS)
        assert card.labels == []


async def test_fault_04_a_list_waits_for_its_reader_to_write_again(tmp_path: Path) -> None:
    """It can be had by asking, and two of them are in the way: it is counted as in doubt, and sent with the next answer."""
    async with stage(tmp_path, MONDAY) as on:
        await on.say(STAGED, WORDS)
        await on.press(STAGED, "提交")
        (number,) = entries(tmp_path, "filed")
        on.sandbox.faults.add(Fault(CallFault.RESET_AFTER, "sendMessage", STAGED))
        await on.say(STAGED, "/my")
        seen = len(on.heard(STAGED, number))
        await on.clock.advance(timedelta(hours=3))
        assert len(on.heard(STAGED, number)) == seen
        assert (await on.house.store.read.backlog(on.clock.now())).ambiguous == 1
        await on.say(STAGED, "/help")
        assert len(on.heard(STAGED, number)) == seen + 1
        assert (await on.house.store.read.backlog(on.clock.now())).ambiguous == 0


async def test_fault_04_an_answer_that_does_not_come_in_time_is_counted_and_shown(tmp_path: Path) -> None:
    """The message arrived, its answer did not: a line in the log, a figure in `status`, and after a restart still so."""
    async with program(tmp_path, [RESIDENT], command=IMPATIENT) as running:
        world = running.sandbox.world
        await running.start()
        running.sandbox.faults.add(Fault(CallFault.STALL_AFTER, "sendMessage", RESIDENT, seconds=3600))
        world.text(RESIDENT, "/help")
        await until_said(running, "may or may not have arrived")
        assert len(heard(running, RESIDENT, "/new")) == 1
        await until_row(running, "SELECT COUNT(*) FROM outbox WHERE tried_at IS NOT NULL AND ready_at > created_at")
        await running.kill()
        assert (await running.ask("status", "--json")).json()["outbox"]["ambiguous"] == 1
        await running.start()
        world.text(RESIDENT, "/start")
        await world.updates_taken(SECONDS)
        assert (await running.ask("status", "--json")).json()["outbox"]["ambiguous"] == 1
        assert await running.stop() == 0
        assert len(heard(running, RESIDENT, "/new")) == 1


async def test_fault_09_sends_that_a_server_or_a_gateway_fails(tmp_path: Path) -> None:
    """Errors, gateways' pages, connections that break: each message arrives, those that surely did not arrive at once."""
    async with stage(tmp_path, MONDAY) as on:
        for kind in (CallFault.SERVER_ERROR, CallFault.BAD_GATEWAY, CallFault.RESET_BEFORE):
            heard_before = len(on.heard(STAGED, "/new"))
            on.sandbox.faults.add(Fault(kind, "sendMessage", STAGED))
            await on.say(STAGED, "/help")
            await on.clock.advance(timedelta(seconds=29))
            assert len(on.heard(STAGED, "/new")) == heard_before + (kind is not CallFault.RESET_BEFORE)
            await on.clock.advance(timedelta(seconds=2))
            assert len(on.heard(STAGED, "/new")) == heard_before + 1
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]


async def test_fault_10_sends_that_hang_hold_up_neither_polling_nor_anyone_else(tmp_path: Path) -> None:
    """More chats than there are connections do not answer: updates still come in, and once they do, each is told once."""
    crowd = range(1000, 1100)
    async with program(tmp_path, [*crowd, NEIGHBOUR]) as running:
        world = running.sandbox.world
        await running.start()
        stalls = (Fault(CallFault.STALL, "sendMessage", account, seconds=2) for account in crowd)
        running.sandbox.faults.add(*stalls)
        for account in crowd:
            world.text(account, "/help")
        await world.wait_for(lambda: running.sandbox.faults.struck.get("stall", 0) > 30, SECONDS)
        world.text(NEIGHBOUR, "/help")
        await world.updates_taken(SECONDS)
        assert not any(heard(running, account, "/new") for account in crowd)
        await running.hears(NEIGHBOUR, "/new")
        for account in crowd:
            await running.hears(account, "/new")
        await assert_whole(running)
        assert all(len(heard(running, account, "/new")) == 1 for account in crowd)


async def test_fault_11_a_tap_that_is_too_old_to_be_answered_still_counts(tmp_path: Path) -> None:
    """The tap waited while the program was down; its sign can no longer be stopped, and nobody is shown an error."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        await running.stop()
        world.press(RESIDENT, card.message_id, label="提交")
        world.forget_presses()
        await running.start()
        await running.hears(RESIDENT, "已登记")
        await assert_whole(running)
        assert len(world.calls("answerCallbackQuery")) == 1
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]
        assert len(entries(tmp_path, "filed")) == 1


async def test_fault_12_an_edit_that_changes_nothing_has_succeeded(tmp_path: Path) -> None:
    """The edit was made and its answer lost; made again, Telegram says that nothing is different."""
    async with stage(tmp_path, MONDAY) as on:
        await on.say(STAGED, WORDS)
        on.sandbox.faults.add(Fault(CallFault.RESET_AFTER, "editMessageText", STAGED))
        await on.say(STAGED, "两盏都不亮")
        await on.clock.advance(timedelta(minutes=1))
        edits = on.sandbox.world.calls("editMessageText")
        assert len(edits) == 2
        assert edits[0].params == edits[1].params
        assert len(on.heard(STAGED, "两盏都不亮")) == 1
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]


NASTY = (
    "<b>路灯</b> & <i",
    "a_b*c`d[e](f)",
    "&lt;&amp;&#x27;",
    "\u202e路灯\u2066 \u200b",
    "灯" * 4096,
    "<灯" * 2048,
    "𝟘" * 3000,
)


async def test_fault_13_whatever_is_written_can_be_shown(tmp_path: Path) -> None:
    """Markup, half markup, marks of direction and the longest messages: no call is refused, and the words stand there."""
    async with program(tmp_path, range(100, 100 + len(NASTY))) as running:
        world = running.sandbox.world
        await running.start()
        for account, words in enumerate(NASTY, 100):
            world.text(account, words)
        for account, words in enumerate(NASTY, 100):
            await running.offered(account, "提交")
            shown = "".join(each.text for each in world.transcript(account) if each.sender.is_bot)
            assert words[:8] in shown or not words.isprintable()
            await running.press(account, "提交")
            await running.hears(account, "已登记")
        await assert_whole(running)
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]
        assert len(entries(tmp_path, "filed")) == len(NASTY)


@pytest.mark.parametrize("said", ["can't parse entities: unsupported start tag", "message is too long"])
async def test_fault_13_if_it_happens_all_the_same_it_is_plain_text(tmp_path: Path, said: str) -> None:
    """Telegram does not take the card: the words go out without markup, with the buttons, and somebody can see why."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        running.sandbox.faults.add(Fault(CallFault.BAD_REQUEST, "sendMessage", description=f"Bad Request: {said}"))
        card = await draft(running, words=f"{WORDS} <b>&")
        assert f"{WORDS} <b>&" in card.text
        assert not card.entities
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        await until_said(running, "is not what Telegram reads as HTML")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 1


async def test_fault_04_a_card_that_is_repeated_is_not_taken_for_the_next(tmp_path: Path) -> None:
    """The draft was sent off before its card was repeated: the next draft has a card of its own, below the receipt."""
    async with stage(tmp_path, MONDAY) as on:
        on.sandbox.faults.add(Fault(CallFault.RESET_AFTER, "sendMessage", STAGED))
        await on.say(STAGED, WORDS)
        (shown,) = on.heard(STAGED, WORDS)
        on.sandbox.world.press(STAGED, shown.message_id, label="提交")
        async with asyncio.timeout(SECONDS):
            while not entries(tmp_path, "filed"):  # noqa: ASYNC110 (what is behind the letter in doubt waits with it)
                await asyncio.sleep(0.01)
        await on.clock.rewind(-timedelta(seconds=31))
        await on.clock.advance(timedelta())
        (receipt,) = on.heard(STAGED, "已登记")
        assert len(on.heard(STAGED, WORDS)) == 2
        await on.say(STAGED, "县医院门口的路坏了很久")
        (card,) = on.heard(STAGED, "县医院")
        assert card.message_id > receipt.message_id
        assert "提交" in card.labels
