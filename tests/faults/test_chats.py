"""What becomes of a chat: its owner blocks the bot or is gone, a group gets another number."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.rules.county import Role
from bot.sandbox.faults import CallFault, Fault
from tests.endtoend.test_days_pass import ADMIN, hire
from tests.endtoend.test_days_pass import LEAD as STAGED_LEAD
from tests.endtoend.test_days_pass import OFFICER as STAGED_OFFICER
from tests.faults.conversation import (
    LEAD,
    OFFICER,
    RESIDENT,
    assert_whole,
    draft,
    entries,
    file,
    heard,
    rows,
    until_row,
)
from tests.support.program import SECONDS, Program, program
from tests.support.stage import stage

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in the county
GROUP, SUPERGROUP = -100, -1_000_000_000_100
IN_PRIVATE = "私聊"
UNREACHABLE = "已无法联系"


async def test_fault_05_an_account_that_is_gone(tmp_path: Path) -> None:
    """The first refusal marks the chat and ends its queue; the next case goes to who can be reached, and no call is made."""
    async with program(tmp_path, [RESIDENT, OFFICER, LEAD]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        await running.hire(LEAD, "lead", "transport")
        world.delete_account(OFFICER)
        await file(running)
        await until_row(running, "SELECT COUNT(*) FROM persons WHERE unreachable_at IS NOT NULL")
        tried = len([call for call in world.calls("sendMessage") if call.params["chat_id"] == OFFICER])
        receipt = await file(running, words="县城里的公交车不来了")
        notice = await running.hears(LEAD, "公交车")
        assert notice.text.splitlines()[1].split("：")[1] in receipt.text
        await assert_whole(running)
        assert len([call for call in world.calls("sendMessage") if call.params["chat_id"] == OFFICER]) == tried
        assert rows(tmp_path, "SELECT reason FROM outbox WHERE failed_at IS NOT NULL") == [("forbidden",)]


async def test_fault_05_who_blocked_the_bot_and_comes_back_goes_on(tmp_path: Path) -> None:
    """What could not be said stays on record as that; what is asked after the return is answered."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        world.press(RESIDENT, card.message_id, label="提交")
        world.block(RESIDENT)
        await until_row(running, "SELECT COUNT(*) FROM persons WHERE unreachable_at IS NOT NULL")
        world.unblock(RESIDENT)
        world.text(RESIDENT, "/my")
        (number,) = entries(tmp_path, "filed")
        await running.hears(RESIDENT, number, after=card.message_id)
        await assert_whole(running)
        assert rows(tmp_path, "SELECT COUNT(*) FROM persons WHERE unreachable_at IS NOT NULL") == [(0,)]


async def test_fault_05_whoever_answers_for_the_unit_hears_of_it(tmp_path: Path) -> None:
    """An officer blocks the bot: the next message to them fails, and the lead is told; without a lead, the admin."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, STAGED_OFFICER, Role.OFFICER, "transport")
        await hire(on, ADMIN, Role.ADMIN, None)
        on.sandbox.world.delete_account(STAGED_OFFICER)
        await on.say(1001, "坎乡三村口的路灯坏了")
        await on.press(1001, "提交")
        assert len(on.heard(ADMIN, UNREACHABLE)) == 1
        await hire(on, STAGED_LEAD, Role.LEAD, "transport")
        await hire(on, 1002, Role.OFFICER, "transport")
        on.sandbox.world.block(1002)
        await on.say(1001, "县城里的公交车不来了")
        await on.press(1001, "提交")
        assert len(on.heard(STAGED_LEAD, UNREACHABLE)) == 1
        assert len(on.heard(ADMIN, UNREACHABLE)) == 1


def sends_to(running: Program, chat: int) -> int:
    """Count how often the program tried to write to a chat."""
    return len([call for call in running.sandbox.world.calls("sendMessage") if call.params["chat_id"] == chat])


async def test_fault_06_a_group_that_moved_is_written_to_under_its_new_number(tmp_path: Path) -> None:
    """The answer goes there, once, also when the program is killed in between; the old number is never written to again."""
    async with program(tmp_path, [RESIDENT]) as running:
        world, faults = running.sandbox.world, running.sandbox.faults
        world.create_group(GROUP, "坎乡三村")
        await running.start()
        faults.add(
            Fault(CallFault.MIGRATE, "sendMessage", GROUP, migrate_to=SUPERGROUP),
            Fault(CallFault.TOO_MANY_REQUESTS, "sendMessage", SUPERGROUP, retry_after=2),
        )
        world.text(RESIDENT, "/start", chat_id=GROUP)
        await world.wait_for(lambda: sends_to(running, SUPERGROUP), SECONDS)
        await until_row(running, "SELECT COUNT(*) FROM outbox WHERE ready_at > created_at AND tried_at IS NULL")
        assert world.chat(SUPERGROUP).messages
        await running.kill()
        await running.start()
        await running.hears(SUPERGROUP, IN_PRIVATE)
        world.text(RESIDENT, "村口的路灯坏了", chat_id=SUPERGROUP)
        await assert_whole(running)
        assert len(heard(running, SUPERGROUP, IN_PRIVATE)) == 1
        assert sends_to(running, GROUP) == 1
        assert rows(tmp_path, "SELECT COUNT(*) FROM persons") == [(1,)]
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]


async def test_fault_06_a_number_that_is_somebody_elses_is_not_taken_over(tmp_path: Path) -> None:
    """The answer is given up where it can be seen, and nobody reads what was meant for others."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        for number in (GROUP, SUPERGROUP):
            world.create_group(number, "坎乡三村")
        await running.start()
        world.text(RESIDENT, "/start", chat_id=SUPERGROUP)
        await running.hears(SUPERGROUP, IN_PRIVATE)
        running.sandbox.faults.add(Fault(CallFault.MIGRATE, "sendMessage", GROUP, migrate_to=SUPERGROUP))
        world.text(RESIDENT, "/start", chat_id=GROUP)
        await world.wait_for(lambda: sends_to(running, GROUP), SECONDS)
        await until_row(running, "SELECT COUNT(*) FROM outbox WHERE failed_at IS NOT NULL")
        await assert_whole(running)
        assert rows(tmp_path, "SELECT reason FROM outbox") == [("chat migrated",)]
        assert sends_to(running, SUPERGROUP) == 1
