"""Words written in anger are known, in each language; what only looks like them is not."""

from __future__ import annotations

import pytest

from bot.rules.temper import is_angry, is_desperate


@pytest.mark.parametrize(
    "text", ["你们这帮废物", "他妈的没人管", "路灯又坏了！！！", "لەنەت سىلەرگە", "忍无可忍了", "جېنىمدىن تويدۇم"]
)
def test_anger_is_heard(text: str) -> None:
    """It is met kindly."""
    assert is_angry(text)


@pytest.mark.parametrize("text", ["路灯坏了", "你妈妈的病怎么样了", "请修一下路！", "يولىمىز بۇزۇلدى", ""])
def test_what_is_calm_is_left_so(text: str) -> None:
    """Nobody is told that they are upset who is not."""
    assert not is_angry(text)


@pytest.mark.parametrize(
    "text", ["我不想活了", "睡不着，心里难受", "真的撑不下去了", "活着没意思", "ياشىغۇم يوق", "ئۇخلىيالمىدىم، كۆڭلۈم يېرىم"]
)
def test_despair_is_heard(text: str) -> None:
    """Whoever cannot go on is told who listens, whatever their report is about."""
    assert is_desperate(text)


@pytest.mark.parametrize(
    "text",
    [
        "路灯坏了",
        "想死你们的饺子了",
        "遗言公证怎么做",
        "老桥撑不住了，快来修",
        "气死我了",
        "يولىمىز بۇزۇلدى",
        "جېنىمدىن تويدۇم",
    ],
)
def test_whoever_is_only_upset_is_not_taken_for_desperate(text: str) -> None:
    """It would sound as if nobody had read what they wrote."""
    assert not is_desperate(text)
