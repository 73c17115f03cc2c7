"""The diagram beside the steps draws what the code does: each step once, under what it asks for first."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from bot.rules.handling import Step
from handlers.official.steps import AT_ONCE, CHOICE, THEN_WORDS, WORDS

DIAGRAM: Final = Path(__file__).parents[2] / "handlers" / "official" / "steps.mmd"


def steps(start: str, end: str) -> set[str]:
    """Read which steps lead from one place to another."""
    found = re.findall(rf"^\s+{re.escape(start)} --> {end}: ([a-z_, ]+)$", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    names = {step.name.lower() for step in Step}
    return {name for label in found for name in label.split(", ") if name in names}


def names(of: frozenset[Step]) -> set[str]:
    """Name steps as the diagram does."""
    return {step.name.lower() for step in of}


def test_every_step_begins_somewhere_and_once() -> None:
    """A new step needs its place in the diagram."""
    begun = [steps("[*]", end) for end in ("taken", "words", "choice", "answer", "triage")]
    assert sum(map(len, begun)) == len(set().union(*begun)) == len(Step)


def test_each_step_asks_for_what_is_drawn() -> None:
    """Nothing, words, or a choice; and after a choice words or nothing more."""
    assert steps("[*]", "taken") == names(AT_ONCE)
    assert steps("[*]", "words") == names(WORDS)
    assert steps("[*]", "choice") == names(CHOICE)
    assert (steps("[*]", "answer"), steps("[*]", "triage")) == ({"resolve"}, {"assign"})
    assert steps("choice", "words") == names(THEN_WORDS)
    assert steps("choice", "taken") == names(CHOICE - THEN_WORDS)
