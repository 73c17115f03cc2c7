"""An admin goes through the digest in the chat: earlier, another length, a unit, and as a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.rules.county import Role
from bot.rules.message import DigestPart
from bot.rules.paper import Form
from handlers.callback import Button, PrintDigest, ShowDigest, ShowPart, encode
from tests.endtoend.test_days_pass import ADMIN, MONDAY, OFFICER, file, hire
from tests.support.stage import Stage, stage


def page(on: Stage) -> str:
    """Return the digest that stands in the admin's chat."""
    (shown,) = [each for each in on.sandbox.world.transcript(ADMIN) if "‹ 上一期" in each.labels or "返回" in each.labels]
    return shown.text


async def test_a_digest_is_stepped_through_where_it_stands(tmp_path: Path) -> None:
    """One message, edited: the week before, the month, a township, the county again."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/digest")
        assert "2026年第48周" in page(on)
        assert "本期尚未结束" in page(on)
        assert "收到：1" in page(on)
        await on.press(ADMIN, "‹ 上一期")
        assert "2026年第47周" in page(on)
        assert "收到：0" in page(on)
        await on.press(ADMIN, "下一期 ›")
        await on.press(ADMIN, "月")
        assert "2026年11月" in page(on)
        await on.press(ADMIN, "乡镇…")
        await on.press(ADMIN, "坎乡")
        assert page(on).startswith("坎乡月报")
        await on.press(ADMIN, "单位…")
        await on.press(ADMIN, "交通运输局")
        assert page(on).startswith("交通运输局月报")
        await on.press(ADMIN, "全县")
        assert page(on).startswith("察布查尔锡伯自治县月报")


async def test_what_does_not_fit_the_front_is_one_tap_away_and_back(tmp_path: Path) -> None:
    """All figures, warnings, both books, the appraisal, units, townships: each where the digest stands."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/digest")
        front = page(on)
        for label, part in (
            ("全部指标", "全部指标"),
            ("预警", "预警"),
            ("两本账", "两本账"),
            ("民主评议", "民主评议"),
            ("单位…", "各单位"),
            ("乡镇…", "各乡镇"),
        ):
            await on.press(ADMIN, label)
            assert page(on).startswith(f"察布查尔锡伯自治县周报·{part}")
            await on.press(ADMIN, "返回")
            assert page(on) == front


@pytest.mark.parametrize(("label", "kind"), [("图表", "photo"), ("PDF", "document"), ("表格", "document")])
async def test_a_digest_comes_as_a_file(tmp_path: Path, label: str, kind: str) -> None:
    """Made by the real press, sent to the stand-in; the line about the making is gone."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/digest")
        await on.press(ADMIN, label)
        sent = [each for each in on.sandbox.world.transcript(ADMIN) if each.media]
        assert [list(each.media) for each in sent] == [[kind]]
        assert "周报" in sent[0].text
        assert not on.heard(ADMIN, "正在制作")


@pytest.mark.parametrize(
    "button",
    [
        ShowDigest("2026-W47"),
        ShowPart("2026-W47", "", DigestPart.UNITS),
        PrintDigest("2026-W47", "", Form.PDF),
    ],
)
async def test_a_button_of_an_admins_does_nothing_for_an_officer(tmp_path: Path, button: Button) -> None:
    """A forged press gets no figure of the county."""
    async with stage(tmp_path, MONDAY) as on:
        await hire(on, OFFICER, Role.OFFICER, "transport")
        heard = len(on.sandbox.world.transcript(OFFICER))
        message = on.sandbox.world.last_from_bot(OFFICER)
        assert message is not None
        on.sandbox.world.press(OFFICER, message.message_id, data=encode(button))
        await on.say(OFFICER, "/tasks")
        assert len(on.sandbox.world.transcript(OFFICER)) == heard + 2


@pytest.mark.parametrize(
    "button",
    [
        ShowDigest("2026-W60"),
        ShowDigest("2026-W47", "u:mars"),
        ShowDigest("2026-W47", "x:transport"),
        ShowPart("2026-W47", "", DigestPart.UNITS, -1),
    ],
)
async def test_a_button_that_leads_nowhere_is_stale(tmp_path: Path, button: Button) -> None:
    """The digest stays as it is."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/digest 2026-W47")
        before = page(on)
        message = on.sandbox.world.last_from_bot(ADMIN)
        assert message is not None
        on.sandbox.world.press(ADMIN, message.message_id, data=encode(button))
        await on.clock.advance(MONDAY - MONDAY)
        assert page(on) == before


async def test_a_period_that_has_not_begun_stands_for_the_one_that_runs(tmp_path: Path) -> None:
    """An old keyboard may offer a later one; whose digest is wanted, and of when, can be said in words."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.say(ADMIN, "/digest 坎乡 上周")
        message = on.sandbox.world.last_from_bot(ADMIN)
        assert message is not None
        assert message.text.startswith("坎乡周报\n2026年第47周")
        on.sandbox.world.press(ADMIN, message.message_id, data=encode(ShowDigest("2027-W20")))
        await on.clock.advance(MONDAY - MONDAY)
        assert "2026年第48周" in page(on)
