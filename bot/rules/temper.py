"""Whether words are written in anger: whoever writes so is met kindly, and their matter is taken like any other.

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


@cache
def _words() -> Vocabulary:
    listed = Listed((*CHINESE.split(), *UYGHUR.split(", ")))
    return Vocabulary.of({ANGRY: listed}, UNLESS)


def is_angry(text: str) -> bool:
    """Say whether somebody swears, accuses or cries out."""
    return bool(_words().find(Text.of(text)))
