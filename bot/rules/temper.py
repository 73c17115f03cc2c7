"""Whether words are written in anger, or in despair: whoever writes so is met kindly, and their matter taken like any.

Invariant: it decides nothing but one sentence on the card; no official reads it, and nothing of it is kept.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from bot.rules.vocabulary import Listed, Text, Vocabulary

ANGRY: Final = "angry"

CHINESE: Final = (
    "他妈的 你妈 妈的 操你 我操 草泥马 傻逼 傻B 煞笔 王八 混蛋 混账 畜生 狗官 狗日 贪官 废物 饭桶 饿死鬼 吃屎 放屁 "
    "狗屁 扯淡 不要脸 没良心 黑心 丧良心 缺德 滚蛋 滚出 去死 死全家 不得好死 吃干饭 吃白饭 白养 养你们 骗子 糊弄 "
    "气死 气炸 忍无可忍 受够了 受不了你们 太过分 欺人太甚 欺负人 欺负老百姓 没王法 王法 无法无天 不管老百姓 当官的 "
    "什么东西 什么玩意 瞎了眼 良心 ！！！ !!!"
)
UYGHUR: Final = (
    "لەنەت, نومۇسسىز, ئىپلاس, ئەخمەق, دۆت, ھارامخور, يالغانچى, ۋىجدانسىز, ھايۋان, جېنىمدىن تويدۇم, بىزار بولدۇق, "
    "بىزار بولدۇم, چىدىمايمەن, ئاچچىقىم كەلدى, ئالدامچى, بۇزەك قىلى"
)
UNLESS: Final = ("你妈妈", "妈的病", "放屁股", "电视王法", "王法官", "良心价", "凭良心说挺好", "王八蛋糕")

DESPERATE: Final = "desperate"

OF_DESPAIR: Final = (
    "不想活 想死了 想死的心 活不下去 活够了 活着没意思 活着没意义 活着好累 活着太累 没法活了 没有活路 没活路 不如死 "
    "死了算了 自杀 轻生 寻短见 "
    "想不开 想解脱 一了百了 撑不下去 熬不下去 过不下去 没盼头 没有希望了 心里难受 心里好苦 心里苦 "
    "心里堵得慌 好绝望 绝望了 太绝望 "
    "想跳楼 想跳河 割腕 遗书 遗言 下辈子 不拖累"
)
OF_DESPAIR_IN_UYGHUR: Final = (
    "ياشىغۇم يوق, ياشىغۇم كەلم, ئۆلگۈم كەل, ئۆلۈۋال, ئۆزۈمنى ئۆلتۈر, ئۆزۈمنى تاشل, ئۈمىدىم قالم, ئۈمىدسىز, "
    "چىدىغۇچىلىكىم قالم, "
    "كۆڭلۈم يېرىم, يۈرىكىم ئېزىل, جېنىم تويدى, ياشاشنىڭ مەنىسى يوق, ياشاشتىن تويدۇم, ۋىدالىشىش خې"
)
NO_DESPAIR: Final = ("想死你", "想死我", "遗言公证", "自杀式")


@cache
def _words() -> Vocabulary:
    listed = Listed((*CHINESE.split(), *UYGHUR.split(", ")))
    return Vocabulary.of({ANGRY: listed}, UNLESS)


@cache
def _despair() -> Vocabulary:
    listed = Listed((*OF_DESPAIR.split(), *OF_DESPAIR_IN_UYGHUR.split(", ")))
    return Vocabulary.of({DESPERATE: listed}, NO_DESPAIR)


def is_angry(text: str) -> bool:
    """Say whether somebody swears, accuses or cries out."""
    return bool(_words().find(Text.of(text)))


def is_desperate(text: str) -> bool:
    """Say whether somebody writes that they cannot go on: they are told who listens, day and night."""
    return bool(_despair().find(Text.of(text)))
