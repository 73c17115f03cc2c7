"""The buttons under a digest: around it in time, other lengths, units and townships page by page, files."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import msgspec
import pytest

from bot.rules.county import County
from bot.rules.identity import TownshipId, UnitId
from bot.rules.message import DigestPage, DigestPart
from bot.rules.name import Name
from handlers.callback import Button, PrintDigest, ShowDigest, ShowPart, decode
from handlers.keyboards import Keyboards
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.reports.digests import few
from tests.support.builders import TRANSPORT, ZH, county


def drawn(page: DigestPage, of: County | None = None) -> list[list[tuple[str, Button]]]:
    """Draw the buttons in Chinese: what stands on each, and what it means."""
    at = of or county()
    keyboard = Keyboards(at, Wording(at, load_catalogues(at.languages))).under(page, ZH)
    assert keyboard is not None
    return [[(key.text, decode(key.callback_data)) for key in row] for row in keyboard.inline_keyboard]


def test_the_chosen_length_is_marked() -> None:
    """And nothing later is offered where nothing later has begun."""
    around, lengths, *parts, areas, files = drawn(DigestPage(digest=few(), is_last=True))
    assert [text for text, _ in around] == ["‹ 上一期"]
    assert [text for text, _ in lengths] == ["• 周", "月", "季", "年"]
    assert [[text for text, _ in row] for row in parts] == [["全部指标", "预警"], ["两本账", "民主评议"]]
    assert [text for text, _ in areas] == ["单位…", "乡镇…"]
    assert [text for text, _ in files] == ["图表", "PDF", "表格"]


def test_a_units_digest_stays_with_the_unit() -> None:
    """Whatever is pressed, but for the button back to the county."""
    own = msgspec.structs.replace(few(), unit=TRANSPORT)
    buttons = [button for row in drawn(DigestPage(digest=own)) for _, button in row]
    kept = [button.area for button in buttons if isinstance(button, ShowDigest | ShowPart | PrintDigest)]
    assert kept.count("") == 1
    assert set(kept) == {"", f"u:{TRANSPORT}"}


def test_every_township_can_be_chosen() -> None:
    """With a way back to what was shown."""
    *choices, back = drawn(DigestPage(digest=few(), part=DigestPart.TOWNSHIPS))
    assert [button for row in choices for _, button in row] == [
        ShowDigest("2026-W47", f"t:{township}") for township in county().townships
    ]
    assert back == [("返回", ShowDigest("2026-W47", ""))]


@pytest.mark.parametrize("part", [part for part in DigestPart if part is not DigestPart.FRONT])
def test_every_part_leads_back_to_the_front(part: DigestPart) -> None:
    """By its last button, of the same period and area."""
    own = msgspec.structs.replace(few(), unit=TRANSPORT)
    assert drawn(DigestPage(digest=own, part=part))[-1] == [("返回", ShowDigest("2026-W47", f"u:{TRANSPORT}"))]


def test_a_townships_digest_offers_no_appraisal() -> None:
    """Residents are asked about units, not about townships."""
    town = msgspec.structs.replace(few(), township=TownshipId("kan"))
    parts = [button.part for row in drawn(DigestPage(digest=town)) for _, button in row if isinstance(button, ShowPart)]
    assert DigestPart.SURVEY not in parts
    assert DigestPart.BOOKS in parts


def test_many_units_are_turned_page_by_page() -> None:
    """Telegram refuses more than a hundred buttons; every unit is on one page, and each page leads on and back."""
    unit = county().units[TRANSPORT]
    units = {UnitId(f"u{n}"): replace(unit, id=UnitId(f"u{n}"), name=Name(f"单位{n}", {})) for n in range(93)}
    crowded = replace(county(), units=MappingProxyType(units))
    seen: list[Button] = []
    for number in range(3):
        rows = drawn(DigestPage(digest=few(), part=DigestPart.UNITS, page=number), crowded)
        buttons = [button for row in rows for _, button in row]
        assert len(buttons) <= 100
        seen += [button for button in buttons[:-1] if isinstance(button, ShowDigest)]
        turning = [button.page for button in buttons if isinstance(button, ShowPart)]
        assert turning == [other for other in (number - 1, number + 1) if 0 <= other < 3]
    assert seen == [ShowDigest("2026-W47", f"u:{unit}") for unit in units]


def test_a_township_that_the_county_no_longer_has_is_still_drawn() -> None:
    """An old digest can be shown again; pressing leads on from it."""
    gone = msgspec.structs.replace(few(), township=TownshipId("gone"))
    around, *_ = drawn(DigestPage(digest=gone))
    assert around[0][1] == ShowDigest("2026-W46", "t:gone")
