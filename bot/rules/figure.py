"""What a digest says: rates with everything needed to check them. Frozen, and the same wherever it is shown.

`bot.rules.digest` computes these; nothing else does.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.rules.identity import TownshipId, UnitId


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure.

    Attributes:
        n: what was counted; for handling time the seconds.
        of: out of how many, or None for a plain count.
        rate: n / of unrounded, None without a denominator or when it is 0.
        low, high: 95 % Wilson interval of the rate.
        left_out: how many cases the figure could not speak of.
    """

    n: int | None
    of: int | None = None
    rate: float | None = None
    low: float | None = None
    high: float | None = None
    left_out: int = 0


class UnitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The same figures for one unit."""

    unit: UnitId
    figures: dict[str, Figure]


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """A week, month, quarter or year of a county, a unit or a township.

    Attributes:
        county: its name in Chinese.
        period: 2026-W47, 2026-11, 2026-Q4 or 2026.
        begins_at, ends_at: aware UTC instants, half-open.
        figures: by name, in the order in which they are shown.
        before: the same figures one period earlier.
        units: every unit that has any figure, most cases first.
        checkpoint: the ledger's end when this was computed, as "seq:chain hash".
    """

    county: str
    unit: UnitId | None
    township: TownshipId | None
    period: str
    begins_at: datetime
    ends_at: datetime
    figures: dict[str, Figure]
    before: dict[str, Figure]
    units: tuple[UnitFigures, ...]
    checkpoint: str
