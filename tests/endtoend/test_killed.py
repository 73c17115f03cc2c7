"""The program is killed as by a power cut, again and again, and the conversation goes on where it was."""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.media.files import photo
from tests.support.program import Program, program

RESIDENT, OFFICER = 11, 21


async def cut(running: Program, random: Random) -> None:
    """Kill the program at some moment between two of its calls, and start it again."""
    calls = len(running.sandbox.world.calls()) + random.randrange(3)
    await running.sandbox.world.wait_for(lambda: len(running.sandbox.world.calls()) >= calls, 20)
    await running.kill()
    await running.start()


async def test_killed_after_every_step_nothing_is_lost_or_doubled(tmp_path: Path) -> None:
    """One case, one of each entry, every question answered; at most one message more for each kill."""
    random = Random(7)
    async with program(tmp_path, [RESIDENT, OFFICER]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        world.text(RESIDENT, "/start")
        await cut(running, random)
        await running.press(RESIDENT, "中文")
        await cut(running, random)
        world.text(RESIDENT, "坎乡三村口的路灯坏了")
        await cut(running, random)
        await running.press(RESIDENT, "提交")
        await cut(running, random)
        receipt = await running.hears(RESIDENT, "已登记")
        for label in ("签收", "办结"):
            await running.press(OFFICER, label)
            await cut(running, random)
        await running.hears(OFFICER, "这件事是怎么办的")
        world.photo(OFFICER, photo())
        world.text(OFFICER, "已经修好")
        await cut(running, random)
        await running.press(RESIDENT, "已解决")
        await cut(running, random)
        await running.press(RESIDENT, "5 非常满意")
        await cut(running, random)
        await running.hears(RESIDENT, "谢谢您的评价", after=receipt.message_id)
        assert await running.stop() == 0

        (case,) = (await running.ask("cases", "--json")).json()
        assert (case["state"], case["rating"]) == ("closed", {"solved": "yes", "score": 5})
        verified = await running.ask("ledger", "verify", "--json")
        assert (verified.code, verified.json()["ok"]) == (0, True)
        # invited, joined, filed, accepted, resolved, its evidence, rated twice (answer and score), closed
        assert verified.json()["entries"] == 9
        receipts = [each for each in world.transcript(RESIDENT) if "已登记" in each.text]
        assert 1 <= len(receipts) <= 2


async def test_told_to_stop_it_finishes_what_it_holds(tmp_path: Path) -> None:
    """SIGTERM right after a message: it ends well, and the answer comes now or at the next start, once."""
    async with program(tmp_path, [RESIDENT]) as running:
        await running.start()
        running.sandbox.world.text(RESIDENT, "/start")
        await running.sandbox.world.updates_taken(20)
        assert await running.stop() == 0
        await running.start()
        await running.hears(RESIDENT, "请选择语言")
        await running.stop()
        assert len([each for each in running.sandbox.world.transcript(RESIDENT) if "请选择语言" in each.text]) == 1
