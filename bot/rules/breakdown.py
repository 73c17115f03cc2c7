"""What the cases of a period are about and where they come from: told apart in four ways, each adding up to all of them.

Invariant: nothing is counted here; whatever was counted stands in a digest in one order, most cases first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.rules.figure import Breakdown, Share


@dataclass(frozen=True, slots=True)
class Filed:
    """Cases filed with one category, township, channel or kind, in the period and in the one before."""

    now: int = 0
    before: int = 0


def breakdown_of(filed: Mapping[str, Mapping[str | None, Filed]]) -> Breakdown:
    """Put what was counted by `category`, `township`, `channel` and `kind` in order: most cases first, then as before."""
    return Breakdown(**{what: _shares(counted) for what, counted in filed.items()})


def _shares(counted: Mapping[str | None, Filed]) -> tuple[Share, ...]:
    of = sum(filed.now for filed in counted.values())
    if of == 0:
        return ()
    most_first = sorted(counted.items(), key=lambda item: (-item[1].now, -item[1].before, item[0] or ""))
    return tuple(Share(which=which, n=filed.now, of=of, before=filed.before) for which, filed in most_first)
