"""The demo as anybody sees it: `demo` in a process of its own, its page in a real browser."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Locator, Page, async_playwright, expect

from tests.media.files import photo
from tests.support.program import ROOT, SECONDS

RESIDENT, UYGHUR, XIBE, OFFICER, LEAD, ADMIN = 1001, 1002, 1003, 2001, 2002, 3001
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


LOADED_FONTS = (
    "document.fonts.ready.then(fonts => [...fonts].filter(each => each.status === 'loaded').map(each => each.family))"
)


@asynccontextmanager
async def demo(folder: Path, *words: str) -> AsyncIterator[str]:
    """Start the demo; give the address that it prints."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        "demo",
        "--no-browser",
        "--port",
        "0",
        "--data",
        str(folder / "data"),
        *words,
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(SECONDS * 3):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        yield found.group()
    finally:
        process.terminate()
        _, err = await process.communicate()
        assert process.returncode == 0, err.decode()


@asynccontextmanager
async def page_of(address: str) -> AsyncIterator[Page]:
    """Open an address in the browser of this machine; anything the page complains of is a failure."""
    browser = next(path for name in BROWSERS if (path := shutil.which(name)))
    complaints: list[str] = []
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=browser, args=SWITCHES)
        page = await chromium.new_page(viewport={"width": 1900, "height": 1000})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        await page.goto(address)
        await expect(page.locator("body[data-ready=true]")).to_be_attached()
        yield page
        await chromium.close()
    assert not complaints


def chat(page: Page, person: int) -> Locator:
    """Return someone's column."""
    return page.locator(f".column[data-person='{person}']")


async def say(page: Page, person: int, text: str) -> None:
    """Type into someone's box and send."""
    await chat(page, person).locator("textarea, input[type=text]").first.fill(text)
    await chat(page, person).locator("button.send").click()


async def press(page: Page, person: int, label: str) -> None:
    """Press the newest button of this name in someone's chat."""
    await chat(page, person).get_by_role("button", name=label, exact=True).last.click()


async def reads(page: Page, person: int, part: str) -> None:
    """Wait until someone can read these words."""
    await expect(chat(page, person).locator(".messages, .log").get_by_text(part).last).to_be_visible(timeout=SECONDS * 1000)


async def test_a_complaint_lives_its_life_on_the_page(tmp_path: Path) -> None:
    """Typed and clicked: filed in Chinese, reminded of when the clock is moved, overdue, resolved, judged, in the digest."""
    async with demo(tmp_path, "--empty") as address, page_of(address) as page:
        await press(page, RESIDENT, "开始 Start")
        await press(page, RESIDENT, "中文")
        await say(page, RESIDENT, "坎乡三村口的路灯坏了")
        await press(page, RESIDENT, "提交")
        await reads(page, RESIDENT, "已登记")
        await press(page, OFFICER, "签收")
        await reads(page, RESIDENT, "单位已经签收")
        await page.get_by_role("button", name="+1 周").click()
        await reads(page, OFFICER, "提醒（1 件）")
        await reads(page, ADMIN, "收到：1")
        await page.get_by_role("button", name="+1 周").click()
        await reads(page, LEAD, "办理期限刚到")
        await press(page, OFFICER, "办结")
        await reads(page, OFFICER, "这件事是怎么办的")
        lamp = tmp_path / "lamp.jpg"
        lamp.write_bytes(photo())
        await chat(page, OFFICER).locator("input.file").set_input_files(lamp)
        await reads(page, OFFICER, "文件已放入")
        await say(page, OFFICER, "已更换路灯六盏")
        await reads(page, RESIDENT, "已更换路灯六盏")
        await press(page, RESIDENT, "已解决")
        await press(page, RESIDENT, "5 非常满意")
        await reads(page, RESIDENT, "谢谢您的评价")
        await say(page, ADMIN, "/digest")
        await reads(page, ADMIN, "居民确认解决：1/1")


async def test_uyghur_runs_from_right_to_left_and_xibe_has_its_font(tmp_path: Path) -> None:
    """What a Uyghur resident reads is laid out from the right; Xibe is drawn with the font that the page brings."""
    async with demo(tmp_path, "--empty") as address, page_of(address) as page:
        await press(page, UYGHUR, "开始 Start")
        await press(page, UYGHUR, "ئۇيغۇرچە")
        await say(page, UYGHUR, "مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى")
        card = chat(page, UYGHUR).get_by_text("يولى بۇزۇلۇپ").last
        await expect(card).to_be_visible()
        direction = await card.evaluate("node => getComputedStyle(node.closest('[dir]') ?? node).direction")
        assert direction == "rtl"
        await press(page, XIBE, "开始 Start")
        await press(page, XIBE, "ᠰᡞᠪᡝ 锡伯文")
        await say(page, XIBE, "ᡪᡠᡤᡡᠨ 路灯坏了")
        await press(page, XIBE, "ᡠᡢᡤᡞᠪᡠᡥᡝ 提交")
        await reads(page, XIBE, "已登记")
        families = await page.evaluate(LOADED_FONTS)
        assert "Minsheng Xibe" in families
