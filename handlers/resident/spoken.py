"""What people say to a bot besides reports: they greet, thank, agree, type what stands on a button, or a case number.

Only a message that says nothing else is taken so. Invariant: no greeting and no thanks becomes a report, and nothing is
thrown away but by its button, or sent but by it or by words that say so.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import cache
from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.draft import add_part
from bot.rules.caller import number_in, phone_in
from bot.rules.case import State
from bot.rules.dialog import Dialog, Drafting, Idle, PhonePart
from bot.rules.effect import Effects, Send
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber
from bot.rules.message import Remark, Said, Welcome
from bot.rules.spelling import Letters
from handlers.buttons import show_case
from handlers.context import Context
from handlers.help import show_help
from handlers.resident import cases, draft
from handlers.resident.language import ask_language
from handlers.resident.script import language_of
from handlers.resident.stake import stake_of

FEWEST_LETTERS: Final = 2
"""That could say what is wrong; a message of fewer says nothing."""

BESIDE_A_NUMBER: Final = 6
"""Letters beside a case number with which a message still asks for nothing but that case."""


SCORE: Final = re.compile(r"(?:我?打|给)?\s*([1-5一二三四五])\s*(?:分|星|颗星|نومۇر|يۇلتۇز)?")
"""A score as it is typed, its digit made a European one."""

HAN_DIGITS: Final = "一二三四五"

SATISFACTION: Final = (
    "非常不满意 很不满意 太不满意 极不满意 بەكنارازى ئىنتايىننارازى",
    "不满意 不太满意 ناراز نارازى رازىئەمەس",
    "一般 一般般 还行 还可以 基本满意 ئوتتۇراھال بىتەرەپ",
    "满意 比较满意 رازى رازىمەن",
    "非常满意 很满意 太满意了 十分满意 特别满意 بەكرازى ناھايىتىرازى",
)
"""Degrees of satisfaction as they are typed, from 1 to 5, without spaces and signs."""

PARTS: Final = re.compile(r"[，。！？；,.!?;،؛؟…\s]+")
"""What stands between the words of a message."""

SIGNS: Final = re.compile(r"[，。！？；,.!?;،؛؟…\n]+")
"""What stands between its parts: a language that puts spaces between words says one thing in several."""

TRAILING: Final = "啊呀呢啦哦哈"
"""What a sentence may end with in Chinese and mean the same; not what makes a question of it."""

QUESTION: Final = re.compile(r"[?？؟]")

MOST_WORDS: Final = 12
"""In a part of a message that may still be several phrases side by side."""

LONGEST_COMMAND: Final = 12
"""Signs of one word behind a slash that is meant as a command though Telegram knows it as none: /投诉, or a wide slash."""


class Meaning(StrEnum):
    """What such a message means."""

    GREETING = "greeting"
    THANKS = "thanks"
    ASSENT = "assent"
    DISCARD = "discard"
    SEND = "send"
    HELP = "help"
    MINE = "mine"
    WHEN = "when"
    LANGUAGE = "language"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


PHRASES: Final = {
    Meaning.GREETING: (
        "你好 您好 你好啊 您好啊 你们好 大家好 在吗 在不在 有人吗 有人在吗 喂 哈喽 早上好 上午好 中午好 下午好 "
        "晚上好 老师好 领导好 同志你好 你好同志 打扰了 不好意思 不好意思打扰了 抱歉 对不起 "
        "hello hi hey salam yaxshimusiz ياخشىمۇسىز ياخشىمۇسىزلەر ياخشىمۇسىلەر "
        "ياخشىمۇ سالام ئەسسالام ئەسسالامۇئەلەيكۇم ئەسسالاموئەلەيكۇم essalamueleykum essalamualeykum assalamualaykum بارمۇسىز"
    ),
    Meaning.THANKS: (
        "谢谢 谢谢你 谢谢您 谢谢你们 谢谢啊 谢谢啦 谢了 多谢 感谢 非常感谢 太感谢了 谢谢谢谢 辛苦了 你们辛苦了 "
        "您辛苦了 麻烦了 麻烦你们了 好的谢谢 好谢谢 thanks thankyou rahmet rehmet رەھمەت رەخمەت كۆپرەھمەت "
        "رەھمەتسىزگە رەھمەتسىلەرگە سىزگەرەھمەت تەشەككۈر ᠪᠠᠨᡞᡥᠠ"
    ),
    Meaning.ASSENT: (
        "好 好的 好吧 好呀 行 行的 可以 可以的 嗯 嗯嗯 哦 噢 是 是的 对 对的 对对对 没错 就这样 就是这样 确认 "
        "确定 同意 收到 知道了 明白 明白了 ok okay yes ھەئە بولىدۇ ماقۇل توغرا شۇنداق بىلدىم چۈشەندىم"
    ),
    Meaning.DISCARD: (
        "放弃 取消 算了 算了吧 不用了 不发了 不报了 不说了 没事了 不要了 删除 删掉 撤回 不想说了 不想发了 "
        "不想投诉了 不投诉了 不想反映了 不提交了 不要提交 先不发了 别发了 ۋازكېچىش بولدىكېرەكيوق كېرەكيوق"
    ),
    Meaning.SEND: (
        "提交 发送 提交吧 发送吧 请提交 帮我提交 请帮我提交 确认提交 我要提交 现在提交 就这样提交 يوللاش يوللاڭ يوللا"
    ),
    Meaning.HELP: (
        "帮助 怎么用 怎么使用 使用说明 说明 菜单 功能 你会什么 你能做什么 你是谁 help menu ياردەم قانداقئىشلىتىمەن"
    ),
    Meaning.MINE: (
        "查询 查进度 查询进度 进度 进度查询 办理进度 我的事项 我的投诉 我的工单 我的问题 我反映的问题 "
        "这件事怎么样了 那件事怎么样了 这件事办得怎么样了 那件事办得怎么样了 我的事怎么样了 我的怎么样了 现在怎么样了 "
        "进展如何 有进展吗 有没有进展 办得怎么样了 怎么样了 处理了吗 办了吗 解决了吗 到哪一步了 有结果了吗 "
        "ئەھۋالى ئەھۋالىقانداق قانداقبولدى "
        "ئىشىمقانداقبولدى ئەھۋالقانداق ئىشىمنىڭئەھۋالىقانداق نىڭئەھۋالى نىڭئەھۋالىقانداق قانداقبولۇۋاتىدۇ"
    ),
    Meaning.WHEN: (
        "收到了吗 收到没 收到没有 收到了没有 提交了吗 提交成功了吗 有人管吗 有人处理吗 什么时候办 什么时候能办好 多久能办好 "
        "多久办好 什么时候解决 什么时候能解决 什么时候处理 什么时候修 什么时候能修好 要多久 要等多久 几天能办好 快点 快点办 "
        "什么时候修好 多久能修好 多久修好 几天能修好 啥时候修 啥时候能修好 啥时候能办好 什么时候来修 什么时候能来修 "
        "什么时候有人来 快点处理 请快点 尽快办 尽快处理 催一下 催办 催一催 请催一下 "
        "怎么还没办 怎么还不办 怎么还没处理 怎么还没解决 办好了吗 修好了吗 转人工 人工 人工服务 人工客服 找人工 "
        "قاچانھەلبولىدۇ قاچانبولىدۇ قاچانبېجىرىلىدۇ قاچانئوڭشىلىدۇ "
        "قاچانپۈتىدۇ قاچانھەلقىلىنىدۇ قاچانھەلقىلىسىلەر تاپشۇرۇۋالدىڭلارمۇ تېزبولۇڭلار تېزرەكبولۇڭلار تېزراقبولۇڭلار"
    ),
    Meaning.LANGUAGE: "语言 换语言 切换语言 维语 汉语 中文 锡伯语 تىل تىلئالماشتۇرۇش ئۇيغۇرچە خەنزۇچە",
    Meaning.YES: (
        "已解决 解决了 已经解决 已经解决了 修好了 已经修好了 办好了 已经办好了 弄好了 处理好了 "
        "问题解决了 ھەلبولدى ھەلقىلىندى ھەلبولۇپبولدى مەسىلەھەلبولدى ئوڭشالدى"
    ),
    Meaning.PARTLY: "部分解决 解决了一部分 解决了一半 قىسمەنھەلبولدى",
    Meaning.NO: (
        "没有解决 没解决 还没解决 未解决 没修好 还没修好 根本没解决 没有修好 根本没修好 还是没修好 还是没解决 没办好 "
        "没有办好 还没办好 没弄好 还没弄好 ھەلبولمىدى ھەلقىلىنمىدى تېخىھەلبولمىدى تېخىچەھەلبولمىدى ئوڭشالمىدى تېخىئوڭشالمىدى"
    ),
}
"""What is said for each, without spaces and signs."""

ASIDE: Final = frozenset({Meaning.GREETING, Meaning.THANKS, Meaning.ASSENT})
"""What is said beside something else: "it is repaired, thank you" says that it is repaired."""

ANSWERS: Final = {Meaning.YES: Solved.YES, Meaning.PARTLY: Solved.PARTLY, Meaning.NO: Solved.NO}


@cache
def _meanings() -> dict[str, Meaning]:
    return {_even(phrase): meaning for meaning, phrases in PHRASES.items() for phrase in phrases.split()}


def meaning_of(text: str) -> Meaning | None:
    """Say what a message means that says nothing else, but for thanks and the like beside it; None where it says more.

    "Repaired?" is no answer but a question, and is answered with where the case stands.
    """
    if (whole := _phrase(text)) is not None:
        return Meaning.MINE if whole in ANSWERS and QUESTION.search(text) else whole
    parts = [said for part in SIGNS.split(text) for said in _side_by_side(list(filter(_even, part.split())))]
    if not parts or None in parts:
        return None
    telling = {part for part in parts if part not in ASIDE}
    if telling:
        said = telling.pop() if len(telling) == 1 else None
        return Meaning.MINE if said in ANSWERS and QUESTION.search(text) else said
    return Meaning.THANKS if Meaning.THANKS in parts else parts[0]


def _phrase(text: str) -> Meaning | None:
    """Say what one phrase means, with or without a particle behind it."""
    even = _even(text)
    return _meanings().get(even) or _meanings().get(even.rstrip(TRAILING))


def _side_by_side(words: list[str]) -> list[Meaning | None]:
    """Read words as phrases that follow each other, the longest first; a None among them where they are anything else."""
    if len(words) > MOST_WORDS:
        return [None]
    said: list[Meaning | None] = []
    while words:
        size = next((size for size in range(len(words), 0, -1) if _phrase(" ".join(words[:size])) is not None), 1)
        said.append(_phrase(" ".join(words[:size])))
        words = words[size:]
    return said


@cache
def _degrees() -> dict[str, int]:
    return {_even(phrase): score for score, phrases in enumerate(SATISFACTION, start=1) for phrase in phrases.split()}


def score_of(text: str) -> int | None:
    """Say which score a message is that says nothing else: a digit of any script, or a degree of satisfaction."""
    plain = "".join(str(unicodedata.digit(sign, sign)) for sign in text.strip(" .!。！"))
    if (scored := SCORE.fullmatch(plain)) is not None:
        return HAN_DIGITS.index(scored[1]) + 1 if scored[1] in HAN_DIGITS else int(scored[1])
    return _degrees().get(_even(text))


def _even(text: str) -> str:
    return Letters.of("".join(sign for sign in text.casefold() if sign.isalnum())).spelt


async def answered(message: TelegramMessage, text: str, dialog: Dialog, context: Context) -> Effects | None:
    """Answer a message that is no report; None where it is one, or more of one, or an answer that was asked for."""
    if message.text is None or not text:
        return None
    is_drafting = isinstance(dialog, Drafting)
    if not isinstance(dialog, Idle | Drafting) or (isinstance(dialog, Drafting) and dialog.is_for_another):
        return None
    if text.startswith(("/", "\uff0f")) and len(text) <= LONGEST_COMMAND and not any(map(str.isspace, text)):
        return Effects(sends=(Send(context.sender.person, Said(Remark.UNKNOWN_COMMAND)),))
    if (phone := phone_in(text)) is not None:
        return _with_phone(context, phone, message.message_id)
    if not is_drafting and (scored := score_of(text)) is not None:
        judged = await _scored(scored, context)
        if judged is not None:
            return judged
    number, rest = number_in(text)
    if number is not None and not is_drafting and _asks_for_a_case(rest):
        return await show_case(CaseNumber(number), context)
    meaning = meaning_of(text)
    if meaning is None:
        if sum(sign.isalnum() for sign in text) >= FEWEST_LETTERS or (is_drafting and any(map(str.isalnum, text))):
            return None
        meaning = Meaning.ASSENT
    if meaning is Meaning.WHEN and is_drafting:
        return None  # "when is it repaired" is part of what they write
    if meaning in {Meaning.HELP, Meaning.MINE, Meaning.WHEN, Meaning.LANGUAGE}:
        return await _shown(meaning, context)
    return await (
        _while_drafting(meaning, dialog, context) if isinstance(dialog, Drafting) else _alone(meaning, text, context)
    )


def _asks_for_a_case(rest: str) -> bool:
    """Say whether what stands beside a case number asks for nothing but that case."""
    return sum(sign.isalpha() for sign in rest) <= BESIDE_A_NUMBER or meaning_of(rest) in {Meaning.MINE, Meaning.WHEN}


async def _shown(meaning: Meaning, context: Context) -> Effects:
    if meaning is Meaning.HELP:
        return await show_help(context)
    return await (ask_language(context) if meaning is Meaning.LANGUAGE else cases.my(context))


async def _while_drafting(meaning: Meaning, open_draft: Drafting, context: Context) -> Effects | None:
    """Send at the word that stands on the button; at thanks and the like say that nothing is sent yet."""
    if meaning in ANSWERS:
        return None
    if meaning is Meaning.SEND:
        return await draft.send(context, open_draft.begun_by, None)
    return Effects(sends=(Send(context.sender.person, Said(Remark.NOT_SENT_YET)),))


async def _alone(meaning: Meaning, text: str, context: Context) -> Effects:
    """Answer where nothing is going on."""
    if meaning in ANSWERS:
        return await _judged(ANSWERS[meaning], context)
    said: Welcome | Said = Welcome()
    if meaning is not Meaning.GREETING:
        said = Said(Remark.THANKED if meaning is Meaning.THANKS else Remark.ASK_WORDS)
    language = context.sender.language or language_of(text, context.desk.county.languages)
    return Effects(language=language, sends=(Send(context.sender.person, said),))


async def asked_again(text: str, dialog: Dialog, context: Context) -> Effects:
    """Ask for the sender's word once more where what they write begins with it and goes on: "not solved, it still leaks".

    The words themselves are a draft by then, which can be added to the case.
    """
    if not isinstance(dialog, Idle) or _meanings().get(_even(PARTS.split(text.strip())[0])) not in ANSWERS:
        return Effects()
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    return await cases.rate(context) if any(case.state is State.RESOLVED for case in found) else Effects()


async def _judged(answer: Solved, context: Context) -> Effects:
    """Take typed words for the button where one case waits for the sender's word; else show what there is."""
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    waiting = [case for case in found if case.state is State.RESOLVED]
    if len(waiting) == 1:
        return await cases.solved(context, waiting[0].number, waiting[0].now.number, answer, None)
    return await (cases.rate(context) if waiting else cases.my(context))


async def _scored(score: int, context: Context) -> Effects | None:
    """Take a typed score for the button where one case of the sender's waits for it; None where none or several do.

    While the unit's answer is still to be judged, that is asked once more: satisfied is not solved.
    """
    found, _ = await context.desk.read.cases_of(context.sender.person, cases.LISTED)
    waiting = []
    for case in found:
        rating = case.rating_of((await stake_of(context, case.number)).voice)
        if case.state is State.CLOSED and rating is not None and rating.score is None:
            waiting.append(case)
    if not waiting and any(case.state is State.RESOLVED for case in found):
        return await cases.rate(context)
    if len(waiting) != 1:
        return None
    return await cases.score(context, waiting[0].number, waiting[0].now.number, score, None)


def _with_phone(context: Context, phone: str, message: int) -> Effects:
    """Seal a message that is nothing but a phone number, instead of showing it to all who read the words."""
    sender = context.sender
    part = PhonePart(message, phone)
    seq = context.envelope.taken.seq
    return add_part(
        context.desk.county, sender.person, sender.dialog, sender.township, part, caption="", update=seq, at=context.now
    )
