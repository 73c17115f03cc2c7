"""A score that is typed instead of tapped: a digit of any script, or a degree of satisfaction in words."""

from __future__ import annotations

import pytest

from handlers.resident.spoken import score_of


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("5", 5),
        ("4分", 4),
        ("４分", 4),
        ("٣", 3),
        ("五分", 5),
        ("打3分", 3),
        ("2 نومۇر", 2),
        ("满意", 4),
        ("非常满意！", 5),
        ("不满意", 2),
        ("很不满意。", 1),
        ("一般", 3),
        ("رازى", 4),
        ("بەك رازى", 5),
        ("نارازى", 2),
    ],
)
def test_a_score_is_understood_however_it_is_typed(text: str, score: int) -> None:
    """From 1 to 5, as the buttons say them."""
    assert score_of(text) == score


@pytest.mark.parametrize(
    "text", ["0", "6", "55", "三村", "3-2-501", "不满意物业的服务", "满意度调查", "", "½", "رازى ئەمەسمەن، يول يوق"]
)
def test_what_says_more_is_no_score(text: str) -> None:
    """A house, a report about satisfaction, a number that is no score."""
    assert score_of(text) is None
