"""Questions about the office itself: its number, where it is, when it is open. They are no report, and are answered at once.

Understood as who × what × how: "你们电话多少", "办公室几点上班", "ئىدارەڭلار قەيەردە". Invariant: only a message that asks
nothing else is taken so; "你们电话打不通" is a report, and what is asked of another unit is an enquiry for that one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from bot.rules.dialog import Drafting
from bot.rules.effect import Effects, Send
from bot.rules.message.general import OfficePage
from bot.rules.office import Office
from handlers.context import Context
from handlers.resident.phrases import TRAILING, even

LONGEST: Final = 40
"""Letters of a question that says nothing else."""

EMERGENCY_NUMBERS: Final = frozenset({"110", "119", "120", "122"})
"""Of the whole country; what else can be rung stands in the county file."""

_POLITE: Final = "(?:你好|您好|给我|告诉我|发我|发一下|请问一下|请问|我?想?问一?下|我?想问问?|麻烦问一下|咨询一下|打听一下)*"
_BODY: Final = "(?:民声台|热线|(?:县|镇|乡|人民|县人民)?政府|单位|办公室|(?:服务)?大厅)"
_THEY: Final = f"(?:你们?|您|咱们?|贵)?这?(?:边|里|儿)?的?{_BODY}?的?"
_DAY: Final = (
    "(?:今天|今日|明天|现在|周末|周[六日天]|星期[六日天]|礼拜[六日天]|节假日|放假|中午|晚上|早上|上午|下午|每天|平时|都)*"
)
_PHONE: Final = (
    "(?:有没有|有)?(?:办公|联系|咨询|值班|服务|投诉|监督|举报|热线|人工)?(?:电话|座机|手机|号码|联系方式|热线)(?:号码|号)?"
)
_ASKED: Final = "(?:是|有)?(?:多少号?|几号?|啥|什么|哪个|吗|没有|给我|告诉我|发我|发一下|说一下)?(?:一下)?"
_RING: Final = "(?:怎么|咋|如何)给?(?:你们?|您)?(?:联系|打电话|找)到?(?:你们?|您)?"
_PLACE: Final = "(?:哪里|哪儿|哪|什么地方|什么位置|啥地方)"
_WHERE: Final = (
    f"(?:具体|详细)?(?:(?:地址|位置)(?:(?:是|在)?(?:{_PLACE}|什么|啥|多少))?"
    f"|(?:在|位于){_PLACE}(?:办公|上班)?|怎么走|怎么去)"
)
_WORK: Final = "(?:上下班|上班|下班|办公|开门|关门|营业|值班|休息)"
_HOUR: Final = "(?:几点钟?(?:到几点)?|什么时候|啥时候|什么时间)"
_WHEN: Final = (
    f"{_DAY}(?:{_HOUR}{_WORK}|上不上班|开不开门|{_WORK}(?:时间)?(?:是|到)?(?:{_HOUR}|吗|没有|不)"
    f"|(?:上班|上下班|办公|工作|营业|作息|服务)时间(?:是|为)?(?:{_HOUR}|多少|什么|啥)?|有人(?:上班|值班|办公)(?:吗|没有|不))"
)
CHINESE: Final = re.compile(f"{_POLITE}(?:{_THEY}(?:{_PHONE}{_ASKED}|{_RING}|{_WHERE}|{_WHEN})){{1,3}}")
"""One question, or several of them at once: "在哪里办公，几点上班"."""

_UG_OF: Final = "(?:سىلەرنىڭ|سىزلەرنىڭ|سىزنىڭ|ئىدارىنىڭ|ھۆكۈمەتنىڭ|ئورۇننىڭ|ناھىيىنىڭ)?"
_UG_OURS: Final = "(?:ىڭلار|ۇڭلار|ڭلار|ىڭىزلار|ڭىزلار|ىڭىز|ۇڭىز|ڭىز|ى)?"
_UG_BODY: Final = f"(?:(?:ئىشخانا|ئىشخانى|ئىدارە|ئورۇن|ئورن|ناھىيە|ھۆكۈمەت){_UG_OURS}(?:نىڭ)?)?"
_UG_PHONE: Final = f"{_UG_BODY}(?:تېلېفون|تېلفون|ئالاقىلىشىش|ئالاقە)(?:نومۇر|نۇمۇر|ئۇسۇل)?{_UG_OURS}"
_UG_HOW: Final = "(?:قانچە|قانچىلىك|قايسى|نېمە|بارمۇ|نەچچە)?(?:ئىدى|ئىكەن)?"
_UG_PLACE: Final = f"(?:ئادرېس|ئادرىس|ئورۇن|ئورن|ئىدارە|ئىشخانا|ئىشخانى){_UG_OURS}"
_UG_WHERE: Final = "(?:قەيەردە|قەيەر|نەدە|نەدەر|قايەردە)"
_UG_TIME: Final = f"{_UG_BODY}(?:ئىش|خىزمەت)(?:ۋاقت|ۋاقىت){_UG_OURS}{_UG_HOW}(?:غىچە)?"
_UG_OPEN: Final = (
    "(?:بۈگۈن|ئەتە|شەنبە|يەكشەنبە|ھازىر)?(?:كۈنى)?(?:سائەت)?(?:قاچان|نەچچىدە|قانچىدە|نەچچىگىچە|قانچىگىچە)?"
    "(?:ئىشباشلايسىلەر|ئىشنىباشلايسىلەر|ئىشقاكىرىسىلەر|ئىشقاچۈشەمسىلەر|ئېچىلىسىلەر|ئىشقاچىقامسىلەر|ئىشقاچىقىسىلەر|ئىشلەمسىلەر|ئىشلەيسىلەر|ئىشقاچۈشىسىلەر|ئىشتىنچۈشىسىلەر|ئىشبارمۇ)"
)


@cache
def _uyghur() -> re.Pattern[str]:
    """Return the pattern as its letters are spelt where phrases are looked up."""
    asked = (f"{_UG_PHONE}{_UG_HOW}", f"{_UG_PLACE}{_UG_WHERE}", _UG_TIME, _UG_OPEN, f"سىلەر{_UG_WHERE}")
    spelt = re.split(r"(\(\?:|[|()?])", f"{_UG_OF}(?:{'|'.join(asked)})")
    return re.compile("".join(even(each) if each.isalpha() else each for each in spelt))


ASKS: Final = re.compile("[?？؟多几哪吗啥什怎咋你您]|سىلەر|ڭلار|قانچ|قەيەر|نەدە|نېمە")
"""What makes a question to the office of words that could as well be part of a report."""


def is_about_office(text: str, *, in_report: bool = False) -> bool:
    """Say whether a message asks for the office's number, place or hours, and nothing else.

    Args:
        in_report: a draft is open: a bare "地址" is the heading of what follows in it, not a question.
    """
    plain = even(text)
    if not plain or len(plain) > LONGEST or (in_report and not ASKS.search(text)):
        return False
    return bool(CHINESE.fullmatch(plain.rstrip(TRAILING)) or _uyghur().fullmatch(plain))


def is_number_to_ring(text: str, office: Office) -> bool:
    """Say whether a message is nothing but a number that everybody knows, such as 110: who types it wants to ring it."""
    typed = "".join(str(unicodedata.decimal(sign, sign)) for sign in text.strip(" .!?。！？"))
    dialled = typed.removeprefix("打").removeprefix("拨打")
    return dialled in EMERGENCY_NUMBERS or any(dialled == each.number for each in office.phones)


def answered(context: Context) -> Effects:
    """Say how the office is reached, and that writing here will do; an open draft stays as it is."""
    calendar, now = context.desk.calendar, context.now
    opens_on = calendar.local_date(calendar.next_opening(now))
    page = OfficePage(
        is_open=calendar.is_open(now),
        periods=calendar.periods_on(opens_on),
        has_draft=isinstance(context.sender.dialog, Drafting),
    )
    return Effects(sends=(Send(context.sender.person, page),))
