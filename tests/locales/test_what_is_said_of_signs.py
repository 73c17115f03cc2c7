"""What is open is headed by what it is: warnings, integrity signals, both, or nothing; and says since when it stands."""

from __future__ import annotations

import msgspec
import pytest

from bot.rules.identity import Language
from bot.rules.message import Message
from bot.rules.message.sign import SignList, SignNews
from bot.rules.warning_life import Sign
from locales.wording import Wording
from tests.locales.samples_sign import COPIED, LONG, SURGE
from tests.support.builders import NOW, TRANSPORT

ZH = Language("zh_Hans_CN")


def head(wording: Wording, message: Message) -> str:
    """Return the heading as it reads in Chinese."""
    (text,) = wording.parts(message, ZH, NOW)
    return text.splitlines()[0]


@pytest.mark.parametrize(
    ("warnings", "signals", "heading"),
    [
        (2, 0, "<b>未了结预警：2 条</b>"),
        (0, 3, "<b>未了结廉政线索：3 条</b>"),
        (2, 3, "<b>未了结预警：2 条，廉政线索：3 条</b>"),
        (0, 0, "<b>没有未了结的预警</b>"),
    ],
)
def test_the_list_is_headed_by_what_is_open(wording: Wording, warnings: int, signals: int, heading: str) -> None:
    """Counted over all its pages; a unit's list names the unit below."""
    shown = (SURGE,) * warnings + (COPIED,) * signals
    page = SignList(signs=shown, page=0, total=warnings + signals, signals=signals)
    assert head(wording, page) == heading
    (text,) = wording.parts(msgspec.structs.replace(page, unit=TRANSPORT), ZH, NOW)
    assert text.splitlines()[:2] == [heading, "责任单位：交通运输局"]


@pytest.mark.parametrize(
    ("begun", "heading"),
    [
        ((SURGE,), "<b>新增预警</b>"),
        ((COPIED,), "<b>新增廉政线索</b>"),
        ((SURGE, COPIED), "<b>新增预警和廉政线索</b>"),
    ],
)
def test_news_of_a_night_is_headed_by_what_begins(wording: Wording, begun: tuple[Sign, ...], heading: str) -> None:
    """A signal is not called a warning."""
    assert head(wording, SignNews(begun=begun, worse=(), over=())) == heading


def test_what_has_stood_for_a_year_names_the_year_it_began_in(wording: Wording) -> None:
    """A day without a year would be taken for one of this year."""
    (text,) = wording.parts(SignList(signs=(LONG,), page=0, total=1, signals=1), ZH, NOW)
    assert "2025年10月起" in text
