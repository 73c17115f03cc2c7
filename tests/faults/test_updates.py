"""Updates that come again, out of order, in kinds and shapes that nobody knows: each has its effect once or is kept."""

from __future__ import annotations

import re
from pathlib import Path

from bot.sandbox.faults import Fault, UpdateFault
from bot.sandbox.updates import QueuedUpdate
from tests.faults.conversation import (
    NEIGHBOUR,
    OFFICER,
    RESIDENT,
    assert_whole,
    draft,
    entries,
    file,
    heard,
    rows,
)
from tests.support.program import SECONDS, Program, program


def waiting(running: Program) -> tuple[QueuedUpdate, ...]:
    """Return the updates that the program has not confirmed."""
    return running.sandbox.world.scene.updates.pending


async def test_fault_08_everything_is_replayed(tmp_path: Path) -> None:
    """The server forgets what was confirmed and hands all of it out again: nobody hears or gets anything twice."""
    async with program(tmp_path, [RESIDENT]) as running:
        world, updates = running.sandbox.world, list[QueuedUpdate]()
        world.text(RESIDENT, "/help")
        updates += waiting(running)
        await running.start()
        await running.hears(RESIDENT, "/new")
        assert await running.stop() == 0
        world.text(RESIDENT, "坎乡三村口的路灯坏了")
        updates += waiting(running)[-1:]
        await running.start()
        card = await running.offered(RESIDENT, "提交")
        assert await running.stop() == 0
        world.press(RESIDENT, card.message_id, label="提交")
        updates += waiting(running)[-1:]
        await running.start()
        await running.hears(RESIDENT, "已登记")
        assert await running.stop() == 0
        before = [each.text for each in world.transcript(RESIDENT)]

        world.scene.updates.hand_out_again(updates)
        await running.start()
        await world.updates_taken(SECONDS)
        await file(running, words="县医院门口的路坏了很久")
        await assert_whole(running)
        assert len(updates) == 3
        assert [each.text for each in world.transcript(RESIDENT)][: len(before)] == before
        assert len(heard(running, RESIDENT, "已登记")) == len(entries(tmp_path, "filed")) == 2


async def test_fault_15_updates_of_unknown_kinds_and_shapes(tmp_path: Path) -> None:
    """Edits, channel posts, kinds of tomorrow, missing and broken fields: the next message is answered as ever."""
    async with program(tmp_path, [RESIDENT, NEIGHBOUR]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        own = next(each for each in world.transcript(RESIDENT) if not each.sender.is_bot)
        world.edit(RESIDENT, own.message_id, "改了")
        chat = {"id": -100_1, "type": "channel", "title": "频道"}
        world.push("channel_post", {"message_id": 1, "date": 1, "chat": chat, "text": "大家好"})
        world.push(
            "message", {"message_id": 2, "date": 1, "chat": {"id": RESIDENT, "type": "private"}, "text": "x"}, RESIDENT
        )
        world.push("message", {"message_id": 3}, RESIDENT)
        world.push("callback_query", {"id": "1", "from": {"id": RESIDENT, "is_bot": False, "first_name": "x"}}, RESIDENT)
        world.push("thing_of_tomorrow", {"about": [None, {"deep": 1}]})
        running.sandbox.faults.add(Fault(UpdateFault.UNKNOWN_KIND), Fault(UpdateFault.EXTRA_FIELDS))
        await file(running, NEIGHBOUR)
        world.press(RESIDENT, card.message_id, label="提交")
        await running.hears(RESIDENT, "已登记")
        assert await running.stop() == 0
        assert len(entries(tmp_path, "filed")) == 2
        assert rows(tmp_path, "SELECT COUNT(*) FROM inbox WHERE done_at IS NULL AND aside_at IS NULL") == [(0,)]
        reasons = rows(tmp_path, "SELECT reason FROM inbox WHERE aside_at IS NOT NULL")
        assert reasons  # a message without a date or a chat is no message: it is kept for somebody to look at
        assert all(reason and "路灯" not in reason for (reason,) in reasons)


async def test_fault_20_nothing_that_waits_is_dropped(tmp_path: Path) -> None:
    """What was written before the first start and between two lives is answered; no call asks to drop what is pending."""
    async with program(tmp_path, [RESIDENT, NEIGHBOUR]) as running:
        world = running.sandbox.world
        world.text(RESIDENT, "坎乡三村口的路灯坏了")
        await running.start()
        await running.offered(RESIDENT, "提交")
        await running.kill()
        world.text(NEIGHBOUR, "县医院门口的路坏了很久")
        await running.start()
        await running.offered(NEIGHBOUR, "提交")
        await assert_whole(running)
        polls = world.calls("getUpdates")
        assert polls
        assert all(int(str(call.params.get("offset", 0))) >= 0 for call in polls)
        assert not [call for call in world.calls() if "drop_pending_updates" in call.params]


async def test_fault_24_updates_that_are_doubled_or_overtaken(tmp_path: Path) -> None:
    """A double tap delivered twice over files once; words that were overtaken stand on the card as they came."""
    async with program(tmp_path, [RESIDENT]) as running:
        world, faults = running.sandbox.world, running.sandbox.faults
        world.text(RESIDENT, "/help")
        faults.add(Fault(UpdateFault.DUPLICATE))
        world.text(RESIDENT, "路灯坏了一")
        world.text(RESIDENT, "路灯坏了二")
        faults.add(Fault(UpdateFault.REORDER))
        world.text(RESIDENT, "路灯坏了三")
        await running.start()

        def card() -> bool:
            shown = world.last_from_bot(RESIDENT)
            return shown is not None and "提交" in shown.labels and all(word in shown.text for word in "一二三")

        await world.wait_for(card, SECONDS)
        shown = world.last_from_bot(RESIDENT)
        assert shown is not None
        assert re.findall("路灯坏了(.)", shown.text) == ["一", "三", "二"]
        for _ in range(2):
            faults.add(Fault(UpdateFault.DUPLICATE, "callback_query"))
            world.press(RESIDENT, shown.message_id, data=next(b["callback_data"] for b in shown.buttons[-1]))
        await running.hears(RESIDENT, "已登记")
        await world.updates_taken(SECONDS)
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 1


async def test_fault_24_update_numbers_begin_anew_lower(tmp_path: Path) -> None:
    """After a quiet week Telegram's numbers go on anywhere; a smaller one is no repeat."""
    async with program(tmp_path, [RESIDENT, OFFICER]) as running:
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        await file(running)
        await running.sandbox.world.updates_taken(SECONDS)
        running.sandbox.world.scene.updates.number_from(5)
        await file(running, words="县医院门口的路坏了很久")
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 2


async def test_fault_24_an_old_button_sends_nothing_that_was_written_since(tmp_path: Path) -> None:
    """The tap on a card that was sent long ago arrives while another draft is open: that one stays a draft."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        send, discard = (button["callback_data"] for button in card.buttons[-1])
        world.press(RESIDENT, card.message_id, data=send)
        await running.hears(RESIDENT, "已登记")
        newer = await draft(running, words="县医院门口的路坏了很久")
        for old in (send, discard):
            toasts = len(world.toasts(RESIDENT))
            world.press(RESIDENT, card.message_id, data=old)
            await world.wait_for(lambda before=toasts: len(world.toasts(RESIDENT)) > before, SECONDS)  # type: ignore[misc]  # a bound default
        assert len(entries(tmp_path, "filed")) == 1
        assert "提交" in world.message(RESIDENT, newer.message_id).labels
        world.press(RESIDENT, newer.message_id, label="提交")
        await running.hears(RESIDENT, "已登记", after=newer.message_id)
        await assert_whole(running)
        assert len(entries(tmp_path, "filed")) == 2
