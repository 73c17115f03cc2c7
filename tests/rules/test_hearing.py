"""How much somebody hears: every step, or what needs them; what needs an answer comes to everybody."""

from __future__ import annotations

from typing import Final, get_args

import pytest

from bot.rules.hearing import PROGRESS, is_wanted
from bot.rules.message import Hearing, Remark, ResidentMessage, Said
from tests.locales.samples_resident import resident

NEEDED: Final = (
    "RatingQuestion",
    "ScoreQuestion",
    "PartlyQuestion",
    "CallbackQuestion",
    "UnitAsked",
    "UnitWrote",
    "FixedQuestion",
    "FollowUpQuestion",
    "CaseRefused",
    "CaseMerged",
)
"""What asks something, what the unit says, and how it ended."""


@pytest.mark.parametrize("hearing", Hearing)
def test_what_needs_an_answer_always_comes(hearing: Hearing) -> None:
    """And so does what the unit writes, and an end that nobody chose."""
    found = [message for _, message in resident() if type(message).__name__ in NEEDED]
    assert {type(message).__name__ for message in found} == set(NEEDED)
    assert all(is_wanted(message, hearing) for message in found)
    assert is_wanted(Said(Remark.KEPT), hearing)


def test_steps_are_left_out_by_choice_alone() -> None:
    """Whoever chose nothing is told everything."""
    steps = [message for _, message in resident() if isinstance(message, PROGRESS)]
    assert {type(message) for message in steps} == set(PROGRESS) <= set(get_args(ResidentMessage))
    assert all(is_wanted(message, Hearing.EVERYTHING) for message in steps)
    assert not any(is_wanted(message, Hearing.NEEDED) for message in steps)
