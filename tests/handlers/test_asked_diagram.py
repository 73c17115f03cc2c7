"""The diagram beside what residents are asked draws what the code does: every arrow leads where the actions lead."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bot.actions.comment import comment, skip_comment, want_comment
from bot.actions.stake import Stake
from bot.rules.case import State
from bot.rules.dialog import Commenting, Dialog, Idle
from bot.rules.effect import Effects
from bot.rules.entry import Solved
from tests.support.builders import (
    EVERYBODY,
    NOW,
    NUMBER,
    RESIDENT_PERSON,
    TO,
    WORDS,
    case_of,
    rated,
)
from tests.support.known import desk

DIAGRAM: Final = Path(__file__).parents[2] / "handlers" / "resident" / "asked.mmd"


def arrows() -> set[tuple[str, str, str]]:
    """Read from, to and label of each arrow."""
    found = re.findall(r"^\s+(\w+) --> (\w+): (.+)$", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    return set(found)


def reached() -> set[tuple[str, str, str]]:
    """Do what each arrow is labelled with, and say where it leads."""
    stake = Stake(case_of(*TO[State.CLOSED], rated(Solved.YES, 5)), 1, RESIDENT_PERSON, WORDS, EVERYBODY)
    dialog = Commenting(case=NUMBER, round=1)
    does: list[tuple[Dialog, Effects, str]] = [
        (Idle(), want_comment(stake, (), 1), "words wanted beside a score"),
        (dialog, comment(desk(), stake, (), dialog, "好", NOW), "words"),
        (dialog, skip_comment(stake), "none"),
    ]
    return {(type(before).__name__, type(effects.dialog).__name__, label) for before, effects, label in does}


def test_the_drawn_conversation_is_the_real_one() -> None:
    """No arrow is missing, none leads elsewhere."""
    assert arrows() == reached()
