"""Files that are larger than Telegram carries, either way: who sent or asked for one is told at once, in their language."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.rules.county import Role
from bot.rules.file import LARGEST
from bot.sandbox.faults import CallFault, Fault
from tests.endtoend.test_days_pass import ADMIN, hire
from tests.faults.conversation import RESIDENT, assert_whole, draft, entries, file, rows
from tests.support.program import program
from tests.support.stage import stage

MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in the county
TOO_BIG = "Bad Request: file is too big"


@pytest.mark.parametrize(("label", "said"), [("中文", "最多只能收20兆"), ("ئۇيغۇرچە", "بەك چوڭ")], ids=["Chinese", "Uyghur"])
async def test_fault_14_a_file_that_is_too_big_is_refused_at_once(tmp_path: Path, label: str, said: str) -> None:
    """Telegram says how large it is: nothing is fetched, the sender is told, and the complaint goes on without it."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        world.text(RESIDENT, "/start")
        await running.press(RESIDENT, label)
        seen = running.last_id(RESIDENT)
        world.document(RESIDENT, b"RIFF", "路灯.avi", "video/avi", claimed_size=LARGEST + 1)
        await running.hears(RESIDENT, said, after=seen)
        assert not world.calls("getFile")
        if label == "中文":
            await file(running)
            assert len(entries(tmp_path, "filed")) == 1
        await assert_whole(running)
        assert rows(tmp_path, "SELECT COUNT(*) FROM files") == [(0,)]


async def test_fault_14_a_file_whose_size_nobody_said_is_refused_by_the_server(tmp_path: Path) -> None:
    """The card takes it, Telegram does not hand it out: the sender is told which, and can send what there is."""
    async with program(tmp_path, [RESIDENT]) as running:
        world = running.sandbox.world
        await running.start()
        card = await draft(running)
        running.sandbox.faults.add(Fault(CallFault.BAD_REQUEST, "getFile", description=TOO_BIG))
        world.document(RESIDENT, b"RIFF", "路灯.avi", "video/avi")
        await running.hears(RESIDENT, "超过20兆", after=card.message_id)
        await running.press(RESIDENT, "提交")
        await running.hears(RESIDENT, "已登记")
        await assert_whole(running)
        assert len(world.calls("getFile")) == 1
        assert entries(tmp_path, "file_added") == []
        assert len(entries(tmp_path, "filed")) == 1


@pytest.mark.parametrize("description", [TOO_BIG, "Bad Request: Request Entity Too Large"])
async def test_fault_14_a_digest_that_is_too_big_to_send_is_said_in_its_line(tmp_path: Path, description: str) -> None:
    """Whoever asked for the file reads that it could not be made, and where the figures stand."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, ADMIN, Role.ADMIN, None)
        await on.say(ADMIN, "/digest")
        on.sandbox.faults.add(Fault(CallFault.BAD_REQUEST, "sendDocument", description=description))
        await on.press(ADMIN, "表格")
        assert len(on.heard(ADMIN, "没有做成")) == 1
        assert not on.heard(ADMIN, "正在制作")
        assert rows(tmp_path, "SELECT COUNT(*) FROM outbox") == [(0,)]
