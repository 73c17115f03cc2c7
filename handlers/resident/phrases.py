"""What a short message means that says nothing else: a greeting, thanks, an answer, a question how far it is.

Invariant: a message that says more than its phrases means none of them: it is a report, or more of one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final

from bot.rules.entry import Solved
from bot.rules.spelling import Letters

SIGNS: Final = re.compile(r"[，。！？；,.!?;،؛؟…\n]+")
"""What stands between its parts: a language that puts spaces between words says one thing in several."""

BETWEEN: Final = re.compile(r"[\W_]+")
"""What is neither a letter nor a digit."""

TRAILING: Final = "啊呀呢啦哦哈"
"""What a sentence may end with in Chinese and mean the same; not what makes a question of it."""

QUESTION: Final = re.compile(r"[?？؟]")

MOST_WORDS: Final = 12
"""In a part of a message that may still be several phrases side by side."""


class Meaning(StrEnum):
    """What such a message means."""

    GREETING = "greeting"
    THANKS = "thanks"
    ASSENT = "assent"
    DISCARD = "discard"
    WITHDRAW = "withdraw"
    WISH = "wish"
    SEND = "send"
    HELP = "help"
    MINE = "mine"
    WHEN = "when"
    LANGUAGE = "language"
    FORGET = "forget"
    ANONYMOUS = "anonymous"
    NAMED = "named"
    YES = "yes"
    PARTLY = "partly"
    NO = "no"


PHRASES: Final = {
    Meaning.GREETING: (
        "你好 您好 你好啊 您好啊 你们好 大家好 在吗 在不在 有人吗 有人在吗 有没有人 有没有人在 有人没 有人没有 "
        "有活人吗 有没有活人 在不在啊 喂 哈喽 早上好 上午好 中午好 下午好 晚上好 "
        "老师好 领导好 同志你好 你好同志 打扰了 不好意思 不好意思打扰了 抱歉 对不起 hello hi hey salam yaxshimusiz "
        "ياخشىمۇسىز ياخشىمۇسىزلەر ياخشىمۇسىلەر ياخشىمۇ سالام ئەسسالام ئەسسالامۇئەلەيكۇم ئەسسالاموئەلەيكۇم "
        "essalamueleykum essalamualeykum assalamualaykum بارمۇسىز بارمۇسىلەر ئادەمبارمۇ"
    ),
    Meaning.THANKS: (
        "谢谢 谢谢你 谢谢您 谢谢你们 谢谢啊 谢谢啦 谢了 多谢 感谢 非常感谢 太感谢了 谢谢谢谢 辛苦了 你们辛苦了 "
        "您辛苦了 麻烦了 麻烦你们了 好的谢谢 好谢谢 thanks thankyou rahmet rehmet رەھمەت رەخمەت كۆپرەھمەت رەھمەتسىزگە "
        "رەھمەتسىلەرگە سىزگەرەھمەت تەشەككۈر ᠪᠠᠨᡞᡥᠠ "
        "再见 拜拜 没有了 没别的事了 خەير خەيرخوش خوش"
    ),
    Meaning.ASSENT: (
        "好 好的 好吧 好呀 行 行的 可以 可以的 嗯 嗯嗯 哦 噢 是 是的 对 对的 对对对 没错 就这样 就是这样 确认 确定 "
        "同意 收到 知道了 明白 明白了 ok okay yes ھەئە بولىدۇ ماقۇل توغرا شۇنداق بىلدىم چۈشەندىم "
        "ياخشى ھە بوپتۇ"
    ),
    Meaning.DISCARD: (
        "放弃 取消 算了 算了吧 不用了 不发了 不报了 不说了 没事了 不要了 删除 删掉 不想说了 不想发了 不补充了 "
        "不提交了 不要提交 先不发了 别发了 ۋازكېچىش بولدىكېرەكيوق كېرەكيوق"
    ),
    Meaning.WITHDRAW: (
        "撤回 撤销 撤诉 我要撤回 我想撤回 我要撤销 我想撤销 我要撤诉 我想撤诉 怎么撤回 怎么撤销 不想投诉了 不投诉了 "
        "我不投诉了 不想反映了 不反映了 我不反映了 قايتۇرۇۋېلىش قايتۇرۇۋالىمەن قايتۇرۇۋالماقچىمەن"
    ),
    Meaning.WISH: (
        "投诉 我要投诉 我想投诉 我要举报 我想举报 举报 反映问题 我要反映问题 我想反映问题 我要反映一个问题 "
        "我想反映一个问题 我有问题要反映 我要反映情况 我想反映情况 反映情况 我要求助 求助 我要咨询 我想咨询 咨询 "
        "我要提建议 我想提建议 提建议 可以投诉吗 请问可以投诉吗 怎么投诉 怎么反映问题 شىكايەت شىكايەتقىلىمەن "
        "شىكايەتقىلماقچى شىكايەتقىلماقچىمەن شىكايەتىمبار مەسىلەئىنكاسقىلماقچىمەن مەسىلەئىنكاسقىلىمەن ئىنكاسىمبار"
    ),
    Meaning.SEND: (
        "提交 发送 提交吧 发送吧 请提交 帮我提交 请帮我提交 确认提交 我要提交 现在提交 就这样提交 يوللاش يوللاڭ يوللا"
    ),
    Meaning.HELP: (
        "帮助 怎么用 怎么使用 使用说明 说明 菜单 功能 你会什么 你能做什么 你是谁 你是机器人吗 你是机器人 你是真人吗 "
        "你是人吗 你是人还是机器 你是人还是机器人 你是AI吗 有真人吗 "
        "你叫什么 你叫什么名字 سەنماشىنائادەممۇ سىزماشىنائادەممۇ سىزكىم سەنكىم help menu ياردەم قانداقئىشلىتىمەن"
    ),
    Meaning.MINE: (
        "查询 查进度 查询进度 进度 进度查询 办理进度 我的事项 我的投诉 我的工单 我的问题 我反映的问题 这件事怎么样了 "
        "那件事怎么样了 这件事办得怎么样了 那件事办得怎么样了 我的事怎么样了 我的怎么样了 现在怎么样了 进展如何 "
        "有进展吗 有没有进展 办得怎么样了 怎么样了 处理了吗 办了吗 解决了吗 到哪一步了 有结果了吗 ئەھۋالى "
        "ئەھۋالىقانداق قانداقبولدى ئىشىمقانداقبولدى ئەھۋالقانداق ئىشىمنىڭئەھۋالىقانداق نىڭئەھۋالى نىڭئەھۋالىقانداق "
        "قانداقبولۇۋاتىدۇ 哪个单位负责 哪个部门负责 谁负责 谁在负责 归谁管 归哪个单位管 "
        "怎么评价 我要评价 我想评价 在哪里评价 قايسىئورۇنمەسئۇل كىممەسئۇل"
    ),
    Meaning.WHEN: (
        "收到了吗 收到没 收到没有 收到了没有 提交了吗 提交成功了吗 有人管吗 有人处理吗 什么时候办 什么时候能办好 "
        "多久能办好 多久办好 什么时候解决 什么时候能解决 什么时候处理 什么时候修 什么时候能修好 要多久 要等多久 "
        "几天能办好 快点 快点办 什么时候修好 多久能修好 多久修好 几天能修好 啥时候修 啥时候能修好 啥时候能办好 "
        "什么时候来修 什么时候能来修 什么时候有人来 还要几天 还要多久 还有几天 催催 帮我催催 帮我催一下 麻烦催一下 "
        "快点处理 请快点 尽快办 尽快处理 催一下 催办 催一催 请催一下 怎么还没办 怎么还不办 怎么还没处理 怎么还没解决 "
        "办好了吗 修好了吗 转人工 人工 人工服务 人工客服 找人工 قاچانھەلبولىدۇ قاچانبولىدۇ قاچانبېجىرىلىدۇ "
        "قاچانئوڭشىلىدۇ قاچانپۈتىدۇ قاچانھەلقىلىنىدۇ قاچانھەلقىلىسىلەر تاپشۇرۇۋالدىڭلارمۇ تېزبولۇڭلار تېزرەكبولۇڭلار "
        "تېزراقبولۇڭلار تېزرەكبېجىرىڭلار يەنەقانچەكۈن"
    ),
    Meaning.LANGUAGE: "语言 换语言 切换语言 维语 汉语 中文 锡伯语 تىل تىلئالماشتۇرۇش ئۇيغۇرچە خەنزۇچە",
    Meaning.FORGET: (
        "注销 我要注销 删除我的信息 删除我的数据 删除我的记录 删掉我的信息 删掉我的数据 把我的信息删掉 "
        "把我的信息删除 把我发的删掉 "
        "把我发的都删掉 把我昨天发的删掉 你把我昨天发的删掉 你把我发的删掉 把我写的删掉 把我写的都删掉 我要删除我的信息 "
        "ئۇچۇرلىرىمنىئۆچۈرۈڭ ئۇچۇرۇمنىئۆچۈرۈڭ ئۇچۇرلىرىمنىئۆچۈرۈۋېتىڭلار يازغانلىرىمنىئۆچۈرۈڭ يازغانلىرىمنىئۆچۈرۈۋېتىڭلار"
    ),
    Meaning.ANONYMOUS: (
        "匿名 匿名吧 要匿名 请匿名 我要匿名 我想匿名 我选匿名 匿名反映 匿名投诉 匿名举报 匿名提交 保持匿名 不留名 不署名 "
        "不要留名 不要署名 不要写我的名字 不要写我名字 不想留名 不想留姓名 不要留我的名字 别写我的名字 别写我名字 "
        "ئاتسىز ئاتسىزبولسۇن ئاتسىزقالىمەن ئاتسىزقالاي ئىسىمسىز ئىسمىمنىيازماڭ ئىسمىمنىيازماڭلار"
    ),
    Meaning.NAMED: (
        "实名 实名吧 要实名 请实名 我要实名 我实名 实名反映 实名投诉 实名举报 实名提交 留名 署名 留我的名字 写我的名字 "
        "我愿意留名 我愿意实名 ئىسمىمنىبېرىمەن ئىسمىمنىيېزىڭ ئىسمىمنىيازسىڭىزبولىدۇ"
    ),
    Meaning.YES: (
        "已解决 解决了 已经解决 已经解决了 修好了 已经修好了 办好了 已经办好了 弄好了 处理好了 问题解决了 ھەلبولدى "
        "ھەلقىلىندى ھەلبولۇپبولدى مەسىلەھەلبولدى ئوڭشالدى"
    ),
    Meaning.PARTLY: "部分解决 解决了一部分 解决了一半 قىسمەنھەلبولدى",
    Meaning.NO: (
        "没有解决 没解决 还没解决 未解决 没修好 还没修好 根本没解决 没有修好 根本没修好 还是没修好 还是没解决 没办好 "
        "没有办好 还没办好 没弄好 还没弄好 ھەلبولمىدى ھەلقىلىنمىدى تېخىھەلبولمىدى تېخىچەھەلبولمىدى ئوڭشالمىدى "
        "تېخىئوڭشالمىدى ھېلىمۇئوڭشالمىدى"
    ),
}
"""What is said for each, without spaces and signs."""

CALLS: Final = re.compile(
    f"(?:(?:喂|你们?好|您好|在吗|在不在|有没有(?:活)?人在?|有(?:活)?人(?:在)?(?:吗|没有?))[{TRAILING}]*)+"
)
"""Calls whether anybody is there, without a space between them: 在不在啊有没有人."""

ASIDE: Final = frozenset({Meaning.GREETING, Meaning.THANKS, Meaning.ASSENT})
"""What is said beside something else: "it is repaired, thank you" says that it is repaired."""

NEVER_MIND: Final = frozenset({Meaning.DISCARD, Meaning.WITHDRAW})
"""What leaves words that were asked for unsaid; they are no addition to a case."""

CALLED_OFF: Final = frozenset({"取消", "放弃", "算了", "算了吧", "不写了", "不办了", "ۋازكېچىش"})
"""What an official says who begins an act and leaves it; no answer, reason or account of what was done is only that."""

AGAIN: Final = re.compile(r"又|还是|仍然|依然|再次|يەنە|قايتىدىن|ھېلىمۇ")
"""What somebody says of what was repaired and is broken once more, in words that may name nothing."""

SHORT: Final = 20
"""Letters of what may be said so without naming it."""

ANSWERS: Final = {Meaning.YES: Solved.YES, Meaning.PARTLY: Solved.PARTLY, Meaning.NO: Solved.NO}


@cache
def _meanings() -> dict[str, Meaning]:
    return {even(phrase): meaning for meaning, phrases in PHRASES.items() for phrase in phrases.split()}


def meaning_of(text: str) -> Meaning | None:
    """Say what a message means that says nothing else, but for thanks and the like beside it; None where it says more.

    "Repaired?" is no answer but a question, and is answered with where the case stands.
    """
    if (whole := _phrase(text)) is not None:
        return Meaning.MINE if whole in ANSWERS and QUESTION.search(text) else whole
    parts: list[Meaning] = []
    for part in SIGNS.split(text):
        phrases = _side_by_side(list(filter(even, part.split())))
        if phrases is None:
            return None
        parts += phrases
    if not parts:
        return None
    telling = {part for part in parts if part not in ASIDE}
    if telling:
        said = telling.pop() if len(telling) == 1 else None
        return Meaning.MINE if said in ANSWERS and QUESTION.search(text) else said
    return Meaning.THANKS if Meaning.THANKS in parts else parts[0]


def _phrase(text: str) -> Meaning | None:
    """Say what one phrase means, with or without a particle behind it."""
    known, plain = _meanings(), even(text)
    if CALLS.fullmatch(plain):
        return Meaning.GREETING
    return known.get(plain) or known.get(plain.rstrip(TRAILING))


def is_called_off(text: str) -> bool:
    """Say whether words do nothing but leave what an official has begun."""
    return even(text) in map(even, CALLED_OFF)


def begins_with_answer(text: str) -> bool:
    """Say whether words begin with an answer to the unit's question and go on: "not solved, it still leaks"."""
    begin = SIGNS.split(text.strip())[0]
    return any(_phrase(each) in ANSWERS for each in (begin, *begin.split()[:1]))


def _side_by_side(words: list[str]) -> list[Meaning] | None:
    """Read words as phrases that follow each other, the longest first; None where they are anything else."""
    said: list[Meaning] = []
    while words:
        sizes = range(len(words), 0, -1) if len(words) <= MOST_WORDS else ()
        found = next(((size, meaning) for size in sizes if (meaning := _phrase(" ".join(words[:size]))) is not None), None)
        if found is None:
            return None
        size, meaning = found
        said.append(meaning)
        words = words[size:]
    return said


def is_again(words: str) -> bool:
    """Say whether somebody writes in a few words that something is so once more, and hardly what."""
    return sum(sign.isalnum() for sign in words) <= SHORT and AGAIN.search(words) is not None


def even(text: str) -> str:
    """Spell a phrase as it is looked up: without spaces and signs, however its letters are typed."""
    return Letters.of(BETWEEN.sub("", text.casefold())).spelt
