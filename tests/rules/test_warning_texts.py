"""Translating falls behind when texts are late, is told until none is, and no case is named behind it."""

from __future__ import annotations

import pytest

from bot.rules.county import WatchPlan
from bot.rules.warning import Grade, SignKind
from bot.rules.warning_texts import Waiting, translators_behind

PLAN = WatchPlan()


@pytest.mark.parametrize(
    ("late", "long_late", "grade"),
    [
        (0, 0, None),
        (2, 0, None),
        (2, 2, None),
        (3, 0, Grade.NEAR),
        (5, 0, Grade.NEAR),
        (6, 0, Grade.BEHIND),
        (3, 1, Grade.OVERDUE),
    ],
)
def test_translating_falls_behind_by_what_is_late(late: int, long_late: int, grade: Grade | None) -> None:
    """Two late texts are not yet too many; one past three times its limit is red, if there are more."""
    found = translators_behind(Waiting(9, late, long_late, 4), PLAN, is_held=False)
    assert [each.grade for each in found] == ([] if grade is None else [grade])


@pytest.mark.parametrize(("late", "goes_on"), [(2, True), (1, True), (0, False)])
def test_it_goes_on_until_nothing_is_late(late: int, goes_on: bool) -> None:  # noqa: FBT001 (a column of the table)
    """So that it does not come and go with every text."""
    assert bool(translators_behind(Waiting(9, late, 0, 4), PLAN, is_held=True)) is goes_on


def test_what_is_counted_is_told_and_nobodys_language() -> None:
    """How many, of how many, for how long; a case named here would be known not to be written in Chinese."""
    (found,) = translators_behind(Waiting(9, 4, 0, 6), PLAN, is_held=False)
    assert (found.kind, found.n, found.of, found.days, found.unit) == (SignKind.TRANSLATORS, 4, 9, 6, None)
    assert found.cases == ()
    assert found.key == "translators/////"
