"""Livelihood projects through the program itself: a link is hung up, somebody judges, the unit says what was reached."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from tests.media.files import photo
from tests.support.program import SECONDS, program

RESIDENT, OFFICER = 11, 21
REACHED = "三村的路修好了"


async def test_a_project_is_judged_by_who_follows_its_link(tmp_path: Path) -> None:
    """Once; the unit's own people do not; a link about a category begins a report about it."""
    async with program(tmp_path, [RESIDENT, OFFICER]) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        world.text(OFFICER, "/projects")
        await running.hears(OFFICER, "民生项目")
        await running.press(OFFICER, "乡村道路改造提升")
        await running.press(OFFICER, "填写进展")
        await running.hears(OFFICER, "请写明进展")
        world.photo(OFFICER, photo())
        await running.hears(OFFICER, "请用一条消息写明")
        world.text(OFFICER, REACHED)
        await running.hears(OFFICER, "公布后所有人")
        await running.press(OFFICER, "照片 1：现在")
        await running.hears(OFFICER, "之前 1 张")
        await running.press(OFFICER, "公布")
        await running.hears(OFFICER, REACHED)
        await running.press(OFFICER, "二维码")
        picture = await running.hears(OFFICER, "用手机扫这个码")
        link = re.search(r"start=(p-[a-z-]+)", picture.text)
        assert link is not None

        async with asyncio.timeout(SECONDS):
            while '"milestone_pictured"' not in (await running.ask("ledger", "export")).out:
                continue  # the photo is fetched and cleaned by a loop of its own
        world.text(RESIDENT, f"/start {link.group(1)}")
        page = await running.hears(RESIDENT, REACHED)
        assert "已评价：0 人" in page.text
        (photos,) = [label for label in page.labels if label.startswith("照片：")]
        await running.press(RESIDENT, photos)
        await running.hears(RESIDENT, "之前 · 第 1 张")
        await running.press(RESIDENT, "5 非常满意")
        await running.hears(RESIDENT, "您已经评价过")
        world.text(RESIDENT, f"/start {link.group(1)}")
        await running.hears(RESIDENT, "已评价：1 人")

        world.text(OFFICER, "/links")
        await running.press(OFFICER, "下水道与环境卫生")
        about = await running.hears(OFFICER, "start=c-")
        payload = re.search(r"start=(c-[a-z_]+)", about.text)
        assert payload is not None
        world.text(RESIDENT, f"/start {payload.group(1)}")
        await running.hears(RESIDENT, "下水道与环境卫生")
        assert await running.stop() == 0

        export = (await running.ask("ledger", "export")).out
        assert REACHED not in export
        assert [kind in export for kind in ('"project_judged"', '"milestone_reached"')] == [True, True]
        assert (await running.ask("ledger", "verify")).code == 0
