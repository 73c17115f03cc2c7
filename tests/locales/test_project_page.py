"""What people say of a project is shown from five answers up: of fewer it could be known who said what."""

from __future__ import annotations

import msgspec
import pytest

from bot.rules.project import SMALLEST
from locales.wording import Wording
from tests.locales.samples_project import PROJECT_PAGE
from tests.locales.telegram import parsed
from tests.support.builders import NOW, ZH


def lines(wording: Wording, answers: int, again: int) -> list[str]:
    """Return what is read of a project about which so many said that they are satisfied, at first and once more."""
    page = msgspec.structs.replace(
        PROJECT_PAGE, answers=answers, satisfied=answers, again_answers=again, again_satisfied=again
    )
    (text,) = wording.parts(page, ZH, NOW)
    return parsed(text).text.split("\n")


@pytest.mark.parametrize(("answers", "is_shown"), [(SMALLEST - 1, False), (SMALLEST, True)])
def test_the_fifth_answer_is_the_first_that_is_shown(wording: Wording, answers: int, is_shown: bool) -> None:  # noqa: FBT001 (one of two columns)
    """With four there is no share, and not how many are satisfied; at first and when people are asked again."""
    assert any(line.startswith("满意：") for line in lines(wording, answers, 0)) is is_shown
    assert any(line.startswith("几个月后再问：") for line in lines(wording, 50, answers)) is is_shown
