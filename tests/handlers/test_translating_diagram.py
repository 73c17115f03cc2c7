"""The diagram beside the translators' conversation draws what can be done with a text, and nothing else can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.actions.translate_text import Desired, give_back, mark_of, take_text, use_earlier, write_translation
from bot.errors import IllegalTransition
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.effect import Effects
from bot.rules.message import Standing, TranslationCard
from bot.rules.translation import CHINESE, Translation
from tests.support.builders import NOW, NUMBER, UG, case_in, matter, staff
from tests.support.known import desk

DIAGRAM: Final = Path(__file__).parents[2] / "handlers" / "official" / "translating.mmd"
ONE, TWO = staff(Role.TRANSLATOR, None, "one"), staff(Role.TRANSLATOR, None, "two")
CASE: Final = case_in(State.ACCEPTED)
FREE: Final = Translation(NUMBER, "filed", UG, CHINESE, asked_at=NOW, due_at=NOW + timedelta(hours=4))

ITEMS: Final[Mapping[Standing, Translation]] = {
    Standing.FREE: FREE,
    Standing.MINE: replace(FREE, taken_by=ONE.id),
    Standing.TAKEN: replace(FREE, taken_by=TWO.id),
    Standing.WRITTEN: replace(FREE, taken_by=ONE.id, done_by=ONE.id, done_at=NOW),
    Standing.DONE: replace(FREE, taken_by=TWO.id, done_by=TWO.id, done_at=NOW),
}
"""A text in each standing, as the first translator sees it."""

ACTS: Final[Mapping[str, Callable[[Desired], Effects]]] = {
    "take": lambda text: take_text(text, NOW),
    "give back": give_back,
    "write": lambda text: write_translation(desk(), text, matter(CASE, ONE), "路坏了", NOW),
    "use earlier": lambda text: use_earlier(desk(), text, matter(CASE, ONE), mark_of("路坏了"), NOW),
}


def done(standing: Standing, act: Callable[[Desired], Effects]) -> str | None:
    """Return in which standing an act leaves a text; None where it is refused."""
    try:
        effects = act(Desired(CASE, ITEMS[standing], (ONE,), "يول", None, known={"يول": "路坏了"}))
    except IllegalTransition:
        return None
    card = effects.sends[0].message
    assert isinstance(card, TranslationCard)
    return card.standing.value


def test_each_act_leads_where_it_is_drawn() -> None:
    """From every standing, and where nothing is drawn the act is refused."""
    drawn = re.findall(r"^\s+(\w+) --> (\w+): ([a-z ]+)$", DIAGRAM.read_text(encoding="utf-8"), re.MULTILINE)
    found = {
        (standing.value, end, name)
        for standing in Standing
        for name, act in ACTS.items()
        if (end := done(standing, act)) is not None
    }
    assert found == set(drawn)
