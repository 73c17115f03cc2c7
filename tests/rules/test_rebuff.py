"""Few refusals of one person are entered, however many there are."""

from __future__ import annotations

from datetime import timedelta

from bot.rules.rebuff import LASTS, MOST, Rebuffs, one_more
from tests.support.builders import NOW, RESIDENT_PERSON


def test_a_person_is_entered_so_often_in_a_day() -> None:
    """Then no more, until a day has passed since the first."""
    before: Rebuffs | None = None
    for count in range(1, MOST + 1):
        before = one_more(RESIDENT_PERSON, before, NOW + timedelta(minutes=count))
        assert before == Rebuffs(RESIDENT_PERSON, NOW + timedelta(minutes=1), count)
    last = NOW + timedelta(minutes=1) + LASTS
    assert one_more(RESIDENT_PERSON, before, last - timedelta(seconds=1)) is None
    assert one_more(RESIDENT_PERSON, before, last) == Rebuffs(RESIDENT_PERSON, last, 1)
