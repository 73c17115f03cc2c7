"""Words written in anger are known, in each language; what only looks like them is not."""

from __future__ import annotations

import pytest

from bot.rules.temper import is_angry


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
