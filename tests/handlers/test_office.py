"""Questions about the office itself are told from reports: who × what × how, and nothing beside it."""

from __future__ import annotations

import pytest

from handlers.resident.office import is_about_office, is_number_to_ring
from tests.support.builders import county

ASKED = (
    "你们电话多少",
    "请问你们的电话号码是多少？",
    "电话",
    "投诉电话多少",
    "怎么联系你们",
    "你们地址在哪",
    "办公室在哪",
    "你们几点上班",
    "周末上班吗",
    "明天上不上班",
    "办公时间是几点到几点",
    "请问县政府电话多少",
    "你好，请问电话多少啊",
    "现在有人上班吗",
    "你们在哪里办公，几点上班",
    "请问地址在哪里？电话多少？",
    "تېلېفونىڭلار قانچە؟",
    "ئىشخانا تېلېفونى قانچە",
    "ئورنۇڭلار نەدە",
    "سائەت قانچىدە ئىش باشلايسىلەر",
    "تېلېفون نومۇرىڭلار نەچچە",
    "ئادرېسىڭلار قەيەردە",
    "ئىشخانىڭلار قەيەردە",
    "خىزمەت ۋاقتىڭلار قانچە",
    "سائەت نەچچىدە ئىشقا چىقىسىلەر",
    "شەنبە كۈنى ئىشلەمسىلەر",
)
REPORTED = (
    "你们电话打不通",
    "12345电话没人接",
    "电话费太贵",
    "公交站在哪里",
    "社保局周末上班吗？",
    "请问信访局电话多少",
    "信访局不理人",
    "几点来修",
    "你们上班时间打麻将",
    "上班时间没人",
    "地址：坎乡三村5组",
    "位置在坎乡三村",
    "没电话",
    "学校几点放学",
    "办公室没人",
    "你们几点上班，电话打不通",
    "تېلېفون ئالمايدۇ",
    "ئىشخانا تېلېفونىنى ئالمايدۇ",
    "ئورۇن ئىش باشلىمىدى",
    "تېلېفون سىگنالى يوق",
)


@pytest.mark.parametrize("text", ASKED)
def test_a_question_to_the_office_is_one(text: str) -> None:
    """It would otherwise become the draft of a report that says "what is your number"."""
    assert is_about_office(text)


@pytest.mark.parametrize("text", REPORTED)
def test_what_says_what_is_wrong_is_a_report(text: str) -> None:
    """Also where it is about telephones, places and hours."""
    assert not is_about_office(text)


@pytest.mark.parametrize(("text", "is_question"), [("地址", False), ("联系电话", False), ("你们电话多少", True)])
def test_a_bare_heading_in_a_report_is_no_question(text: str, *, is_question: bool) -> None:
    """Somebody who writes in pieces writes "地址" and then theirs."""
    assert is_about_office(text, in_report=True) is is_question


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("110", True),
        ("１２０！", True),
        ("打119", True),
        ("12345", True),
        ("13999000000", False),
        ("110千伏", False),
        ("5", False),
    ],
)
def test_a_number_that_everybody_knows_is_to_be_rung(text: str, *, is_one: bool) -> None:
    """It is neither a report nor the phone number of whoever types it."""
    assert is_number_to_ring(text, county().office) is is_one
