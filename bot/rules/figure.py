"""What a digest says: rates with everything needed to check them. Frozen, and the same wherever it is shown.

`bot.rules.digest` computes these; nothing else does.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from bot.rules.identity import ProjectId, TownshipId, UnitId
from bot.rules.warning_life import Sign


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


class PeriodFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The same figures for an earlier period of the same length."""

    period: str
    figures: dict[str, Figure]


class ProjectFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A livelihood project: what was reached in the period, and how satisfied people are by its end.

    Attributes:
        horizon: visible or lasting: in which of the two books it stands.
        figures: milestones, photos of them, satisfied, satisfied_again.
    """

    project: ProjectId
    unit: UnitId
    horizon: str
    figures: dict[str, Figure]


class SurveyFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The newest appraisal by those served that was over by the end of the period.

    Attributes:
        period: the month whose cases it was about.
        answered: how many answered, of those asked.
        units: those with enough answers; the answers "good" by question.
    """

    period: str
    answered: Figure
    units: tuple[UnitFigures, ...]


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """What one category, township, channel or kind has of the cases received.

    Attributes:
        which: its id; None for cases without one.
        n, of: how many of all received; `of` is never 0.
        before: how many in the period before.
    """

    which: str | None
    n: int
    of: int
    before: int


class Breakdown(msgspec.Struct, frozen=True, kw_only=True):
    """Cases received, told apart in four ways; each adds up to all of them, most cases first."""

    category: tuple[Share, ...] = ()
    township: tuple[Share, ...] = ()
    channel: tuple[Share, ...] = ()
    kind: tuple[Share, ...] = ()


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """A week, month, quarter or year of a county, a unit or a township.

    Attributes:
        county: its name in Chinese.
        period: 2026-W47, 2026-11, 2026-Q4 or 2026.
        begins_at, ends_at: aware UTC instants, half-open.
        figures: by name, in the order in which they are shown.
        before: the same figures one period earlier.
        units: every unit that has any figure, most cases first.
        checkpoint: what a checkpoint of the ledger says when this is computed, as "entries:root in base64".
        trend: the periods of the same length before this one, the nearest first.
        breakdown: what the cases received are about, and where they come from.
        signed: the newest signed checkpoint of the ledger, None before there is one.
        warnings: those that stand at the end, the gravest first, and those that ended in the period; never a signal.
        projects: those of the county file that the digest is about.
        survey: None before there was one, and for a township.
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
    trend: tuple[PeriodFigures, ...] = ()
    breakdown: Breakdown = Breakdown()
    signed: str | None = None
    warnings: tuple[Sign, ...] = ()
    projects: tuple[ProjectFigures, ...] = ()
    survey: SurveyFigures | None = None
