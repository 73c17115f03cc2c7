"""A receipt as a picture: in every language, with a code that opens the case, and with nothing that leads to a person."""

from __future__ import annotations

import struct
from datetime import datetime

import msgspec
import pytest

from bot.reports.slip_press import print_slip
from bot.rules.identity import Language
from bot.rules.message import ReceiptPicture
from bot.rules.slip import Slip
from tests.reports.digests import wording
from tests.support.builders import DUE_AT, LANGUAGES, NUMBER, SJO, TRANSPORT, UG, ZH

LINK = f"https://t.me/minsheng_bot?start=t-{NUMBER}"
PROOF = "a1b2c3d4e5f60718"


def slip(language: Language = ZH, due_at: datetime | None = DUE_AT, link: str | None = LINK) -> Slip:
    """Say a receipt."""
    picture = ReceiptPicture(case=NUMBER, unit=TRANSPORT, due_at=due_at, proof=PROOF, link=link)
    return wording().slip(picture, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("due_at", [DUE_AT, None], ids=["with a limit", "praise"])
@pytest.mark.parametrize("link", [LINK, None], ids=["with a code", "without"])
def test_a_receipt_is_a_picture_that_telegram_takes(language: Language, due_at: datetime | None, link: str | None) -> None:
    """Wide enough to be read, and never so long that a chat shows a strip of it."""
    drawn = print_slip(slip(language, due_at, link))
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", drawn[16:24])
    assert width == 1000
    assert width // 2 < height < 2 * width


def test_the_code_and_the_digits_are_drawn() -> None:
    """Another link, or another proof, is another picture."""
    drawn = print_slip(slip())
    assert print_slip(slip()) == drawn
    assert print_slip(slip(link=LINK + "9")) != drawn
    assert print_slip(msgspec.structs.replace(slip(), proof=msgspec.structs.replace(slip().proof, value="0" * 16))) != drawn


def test_what_stands_on_it_leads_to_nobody() -> None:
    """The number, the unit, the limit, the way to follow it, the proof; neither what it is about nor where."""
    said = slip()
    assert said.number == NUMBER
    assert [fact.value for fact in said.facts] == ["交通运输局", "2026年12月3日（星期四）11:15"]
    assert (said.proof.value, said.link, said.command) == (PROOF, LINK, "/my")
    assert not set(ReceiptPicture.__struct_fields__) & {"category", "township", "words", "name", "person"}


def test_each_language_has_its_own_look() -> None:
    """Uyghur runs to the left; Xibe has a word of its own beside the Chinese, written downwards."""
    assert [slip(language).is_right_to_left for language in LANGUAGES] == [False, True, False]
    assert slip(SJO).title == slip(ZH).title
    assert slip(SJO).title_beside == "ᠪᠠᠨᡞᡥᠠ"
    assert (slip(ZH).title_beside, slip(UG).title_beside) == ("", "")
