"""How likely a count is, if all is as it has been: exact tests for small counts, and how many of them may be believed.

Invariant: a chance returned here is never too small; where a shortcut is taken, it is taken upwards.

Counts that rise are tested on condition of what was counted in all. If the now (`exposure` weeks long) and the past are of
one rate, of a Poisson the share of the now is binomial (Przyborowski and Wilenski, Biometrika 31 (1940) 313-323); and if
the variance is `spread` times the mean, as reports about one event come in clusters, it is beta-binomial. Spread as in the
quasi-Poisson of Farrington et al. (J. R. Statist. Soc. A 159 (1996) 547-563) and Noufaily et al. (Stat. Med. 32 (2013)
1206-1222). Of many tests in a night Benjamini and Hochberg's step-up holds the share of false ones (J. R. Statist. Soc. B
57 (1995) 289-300); in a quiet night that is the chance of any alarm at all.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import comb, exp, lgamma, log, log1p
from typing import Final, TypeVar

Name = TypeVar("Name", bound=Hashable)

NEGLIGIBLE: Final = 1e-15
"""A term of a sum that is smaller than this part of it ends the sum."""

HARDLY_SPREAD: Final = 1e-6
"""A spread nearer to 1 than this is that of a Poisson."""


@dataclass(frozen=True, slots=True)
class _Split:
    """How many of `total` fall into the now, if now and past are of one rate.

    Attributes:
        now, past: how long each is; or, where counts are spread wider than a Poisson's, the two sides of a beta-binomial.
    """

    total: int
    now: float
    past: float
    is_wide: bool

    def chance(self, count: int) -> float:
        """Return how likely exactly so many are."""
        n, x = self.total, count
        ways = lgamma(n + 1) - lgamma(x + 1) - lgamma(n - x + 1)
        if self.is_wide:
            return exp(ways + _log_beta(x + self.now, n - x + self.past) - _log_beta(self.now, self.past))
        whole = self.now + self.past
        return exp(ways + x * log(self.now / whole) + (n - x) * log(self.past / whole))

    def step(self, count: int) -> float:
        """Return how much likelier one more than `count` is than `count`."""
        left = self.total - count
        if self.is_wide:
            return left / (count + 1) * (count + self.now) / (left - 1 + self.past)
        return left / (count + 1) * self.now / self.past


def _log_beta(one: float, other: float) -> float:
    return lgamma(one) + lgamma(other) - lgamma(one + other)


def _split(total: int, exposure: float, past_exposure: float, spread: float) -> _Split:
    if spread <= 1 + HARDLY_SPREAD:
        return _Split(total, exposure, past_exposure, is_wide=False)
    size = total / (exposure + past_exposure) / (spread - 1)
    return _Split(total, exposure * size, past_exposure * size, is_wide=True)


def chance_of_more(count: int, exposure: float, past: int, past_exposure: float, spread: float = 1.0) -> float:
    """Return how likely so many or more are, at the rate of the past; 1 where it is no more than that rate.

    Args:
        exposure, past_exposure: how long the now and the past are, in the same unit.
        spread: variance over mean, at least 1.
    """
    if count * past_exposure <= past * exposure:
        return 1.0
    split = _split(count + past, exposure, past_exposure, spread)
    term, chance = split.chance(count), 0.0
    for at in range(count, split.total + 1):
        chance += term
        if term < chance * NEGLIGIBLE or at == split.total:
            break
        term *= split.step(at)
    return min(1.0, chance)


def chance_of_fewer(count: int, exposure: float, past: int, past_exposure: float, spread: float = 1.0) -> float:
    """Return how likely so few or fewer are, at the rate of the past; 1 where it is no less than that rate."""
    if count * past_exposure >= past * exposure:
        return 1.0
    split = _split(count + past, exposure, past_exposure, spread)
    return min(1.0, sum(split.chance(at) for at in range(count + 1)))


def chance_among(count: int, drawn: int, marked: int, whole: int) -> float:
    """Return how likely so many or more marked ones are among `drawn` of a whole: Fisher's exact test, one-sided.

    Args:
        marked: how many of the whole are marked.
    """
    if count * whole <= drawn * marked:
        return 1.0
    ways = sum(comb(marked, at) * comb(whole - marked, drawn - at) for at in range(count, min(drawn, marked) + 1))
    return ways / comb(whole, drawn)


def chance_below(met: int, of: int, promised: float) -> float:
    """Return how likely so few of `of` are met, if each is met with the promised share: a binomial, one-sided."""
    if met >= of * promised:
        return 1.0
    if promised >= 1.0:
        return 0.0  # whoever promised all has broken it
    ways, hit, missed = lgamma(of + 1), log(promised), log1p(-promised)  # the number of ways alone is soon beyond any float
    return min(
        1.0,
        sum(exp(ways - lgamma(at + 1) - lgamma(of - at + 1) + at * hit + (of - at) * missed) for at in range(met + 1)),
    )


def spread_of(series: Iterable[Sequence[int]]) -> float:
    """Return variance over mean, at least 1, of counts that each vary about a mean of their own."""
    squares, freedom = 0.0, 0
    for counts in series:
        mean = sum(counts) / len(counts) if counts else 0.0
        if mean > 0:
            squares += sum((count - mean) ** 2 for count in counts) / mean
            freedom += len(counts) - 1
    return max(1.0, squares / freedom) if freedom else 1.0


def roughness_of(counts: Sequence[int]) -> float:
    """Return variance over mean, at least 1, by how neighbours differ: what changes by and by does not count.

    Source: J. von Neumann et al., Annals of Mathematical Statistics 12 (1941) 153-162.
    """
    if len(counts) <= 1 or not sum(counts):
        return 1.0
    squares = sum((one - other) ** 2 for one, other in pairwise(counts))
    return max(1.0, squares / (2 * (len(counts) - 1)) / (sum(counts) / len(counts)))


def believed(chances: Mapping[Name, float], share: float) -> frozenset[Name]:
    """Return which of many tests to believe, so that at most this share of the believed is false on average.

    Source: Benjamini and Hochberg 1995; valid for independent tests and for those that move together.
    """
    ordered = sorted(chances.items(), key=lambda item: item[1])
    last = 0
    for place, (_, chance) in enumerate(ordered, start=1):
        if chance <= share * place / len(ordered):
            last = place
    return frozenset(name for name, _ in ordered[:last])
