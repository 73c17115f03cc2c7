"""Chances of counts agree with what summing every possibility says, and of many tests few false ones are believed."""

from __future__ import annotations

from fractions import Fraction
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.warning_chance import (
    believed,
    chance_among,
    chance_below,
    chance_of_fewer,
    chance_of_more,
    roughness_of,
    spread_of,
)

COUNTS = st.integers(0, 40)
WEEKS = st.integers(1, 60)


def _binomial(count: int, total: int, share: Fraction) -> Fraction:
    return comb(total, count) * share**count * (1 - share) ** (total - count)


@given(COUNTS, WEEKS, COUNTS, WEEKS)
def test_more_than_usual_is_the_upper_tail_of_a_binomial(count: int, now: int, past: int, weeks: int) -> None:
    """Where the rate has risen, the chance is that of so many or more of the total; else there is nothing to tell."""
    total, share = count + past, Fraction(now, now + weeks)
    tail = sum(_binomial(at, total, share) for at in range(count, total + 1))
    expected = float(tail) if count * weeks > past * now else 1.0
    assert chance_of_more(count, now, past, weeks) == pytest.approx(expected, rel=1e-9)


@given(COUNTS, WEEKS, COUNTS, WEEKS)
def test_fewer_than_usual_is_the_lower_tail(count: int, now: int, past: int, weeks: int) -> None:
    """Where the rate has fallen, the chance is that of so few or fewer."""
    total, share = count + past, Fraction(now, now + weeks)
    tail = sum(_binomial(at, total, share) for at in range(count + 1))
    expected = float(tail) if count * weeks < past * now else 1.0
    assert chance_of_fewer(count, now, past, weeks) == pytest.approx(expected, rel=1e-9)


@given(st.integers(6, 30), st.integers(0, 30), st.floats(1.5, 5))
def test_a_spread_makes_the_same_count_less_telling(count: int, past: int, spread: float) -> None:
    """Where reports come in clusters, many of them at once say less."""
    narrow, wide = chance_of_more(count, 1, past, 52), chance_of_more(count, 1, past, 52, spread)
    assert wide >= narrow * (1 - 1e-9)


def test_counts_spread_wider_give_no_more_false_alarms_than_they_may() -> None:
    """Of ten thousand weeks that are as those before them, at most so many are that unlikely."""
    random = Random(5)
    series = [
        [sum(random.choice((1, 2, 3)) for _ in range(random.choice((0, 0, 1, 2)))) for _ in range(53)] for _ in range(4000)
    ]
    spread = spread_of([weeks[1:] for weeks in series])
    chances = [chance_of_more(now, 1, sum(past), len(past), spread) for now, *past in series]
    for share in (0.1, 0.01, 0.001):
        assert sum(chance <= share for chance in chances) <= share * len(chances) + 3 * (share * len(chances)) ** 0.5


@given(st.integers(0, 12), st.integers(0, 12), st.integers(1, 12))
def test_among_is_fishers_exact_test(drawn_marked: int, marked_rest: int, drawn: int) -> None:
    """So many marked ones or more are drawn, by counting all ways to draw."""
    marked, whole = drawn_marked + marked_rest, drawn_marked + marked_rest + drawn + 5
    count = min(drawn_marked, drawn)
    ways = sum(comb(marked, at) * comb(whole - marked, drawn - at) for at in range(count, min(drawn, marked) + 1))
    expected = ways / comb(whole, drawn) if count * whole > drawn * marked else 1.0
    assert chance_among(count, drawn, marked, whole) == pytest.approx(expected)


def test_a_promise_is_broken_when_too_few_are_met_to_be_chance() -> None:
    """Nine in ten were promised: 5 of 10 are hardly chance, 9 of 10 are as promised."""
    assert chance_below(5, 10, 0.9) == pytest.approx(0.001635, abs=1e-6)
    assert chance_below(9, 10, 0.9) == 1.0
    assert chance_below(9, 10, 1.0) == 0.0


def test_a_promise_can_be_about_thousands_of_cases() -> None:
    """More ways than a float holds; against the exact sum."""
    exact = sum(_binomial(at, 1_300, Fraction(9, 10)) for at in range(1_141))
    assert chance_below(1_140, 1_300, 0.9) == pytest.approx(float(exact), rel=1e-9)
    assert chance_below(8_000, 10_000, 0.9) < 1e-100


def test_spread_is_variance_over_mean_each_about_its_own_mean() -> None:
    """A level of its own makes no spread; clusters do, and a slow change does to the one and not to the other measure."""
    assert spread_of([[2, 2, 2], [50, 50, 50]]) == 1.0
    assert spread_of([[0, 8, 0, 8]]) == pytest.approx(64 / 4 / 3)
    slow = [place // 2 for place in range(60)]
    assert roughness_of(slow) == 1.0 < spread_of([slow])
    assert spread_of([[], [0, 0]]) == roughness_of([]) == roughness_of([0, 0]) == 1.0


def test_of_many_tests_the_step_up_believes_the_unlikely() -> None:
    """Benjamini and Hochberg's own example: of fifteen, the first four at 5 %."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    chances += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    assert believed(dict(enumerate(chances)), 0.05) == frozenset({0, 1, 2, 3})
    assert believed({}, 0.05) == frozenset()
