"""The digest as JSON: the form that other programs read and that anyone can compare with a recomputation.

Names and shape are part of the outside contract; a field is never absent, what is not known is null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict

import msgspec

from bot.rules.chain import instant
from bot.rules.figure import Digest, Figure, Share, SurveyFigures
from bot.rules.identity import CaseNumber, ProjectId, SignNumber, TownshipId, UnitId
from bot.rules.warning_life import Sign


class FigureJson(TypedDict):
    """A figure; integers and the unrounded rate, so that nobody rounds twice."""

    n: int | None
    of: int | None
    rate: float | None
    low: float | None
    high: float | None
    left_out: int


class UnitJson(TypedDict):
    """The figures of one unit."""

    unit: UnitId
    figures: dict[str, FigureJson]


class PeriodJson(TypedDict):
    """The figures of an earlier period of the same length."""

    period: str
    figures: dict[str, FigureJson]


class WarningJson(TypedDict):
    """A warning that stands at the end of the period, or ended in it; what it is about by the county file's ids.

    `grade` is near, behind or overdue; `n` what was counted in `days` days, `of` out of how many, `usual` what is usual.
    """

    sign: SignNumber
    kind: str
    grade: str
    stands: bool
    unit: UnitId | None
    subject: dict[str, str | None]
    n: int
    of: int | None
    usual: float | None
    days: int
    cases: list[CaseNumber]
    since: str


class ProjectJson(TypedDict):
    """A livelihood project of the county file; figures are milestones, photos (of them), satisfied and satisfied_again."""

    project: ProjectId
    unit: UnitId
    horizon: str
    figures: dict[str, FigureJson]


class SurveyJson(TypedDict):
    """The newest survey that was over by the end of the period; figures of a unit are answers "good", by question."""

    period: str
    answered: FigureJson
    units: list[UnitJson]


class ShareJson(TypedDict):
    """How many of all cases received one category, township, channel or kind has, and how many it had before."""

    id: str | None
    n: int
    of: int
    before: int


# Written as a call because `from` is a keyword.
DigestJson = TypedDict(
    "DigestJson",
    {
        "county": str,
        "unit": UnitId | None,
        "township": TownshipId | None,
        "period": str,
        "from": str,
        "to": str,
        "figures": dict[str, FigureJson],
        "before": dict[str, FigureJson],
        "units": list[UnitJson],
        "checkpoint": str,
        "trend": list[PeriodJson],
        "received": dict[str, list[ShareJson]],
        "signed": str | None,
        "warnings": list[WarningJson],
        "projects": list[ProjectJson],
        "survey": SurveyJson | None,
    },
)
"""A digest; `from` and `to` are RFC 3339 UTC with Z, half-open, `before` the same figures one period earlier.

`trend` are the periods before, the nearest first; `received` tells the cases apart by category, township, channel and kind;
`signed` is the newest signed checkpoint (docs/ledger.md section 4); `warnings` are those that stand, then those that ended.
"""


def digest_json(digest: Digest) -> DigestJson:
    """Return the digest as an object; keys and figures in the order in which they are shown."""
    return {
        "county": digest.county,
        "unit": digest.unit,
        "township": digest.township,
        "period": digest.period,
        "from": instant(digest.begins_at),
        "to": instant(digest.ends_at),
        "figures": _figures(digest.figures),
        "before": _figures(digest.before),
        "units": [{"unit": unit.unit, "figures": _figures(unit.figures)} for unit in digest.units],
        "checkpoint": digest.checkpoint,
        "trend": [{"period": each.period, "figures": _figures(each.figures)} for each in digest.trend],
        "received": {
            "category": _shares(digest.breakdown.category),
            "township": _shares(digest.breakdown.township),
            "channel": _shares(digest.breakdown.channel),
            "kind": _shares(digest.breakdown.kind),
        },
        "signed": digest.signed,
        "warnings": [_warning(sign) for sign in digest.warnings],
        "projects": [
            {"project": each.project, "unit": each.unit, "horizon": each.horizon, "figures": _figures(each.figures)}
            for each in digest.projects
        ],
        "survey": None if digest.survey is None else _survey(digest.survey),
    }


def digest_bytes(digest: Digest) -> bytes:
    """Return the digest as a file: one JSON object in UTF-8, indented by two spaces, ending with a line feed."""
    return msgspec.json.format(msgspec.json.encode(digest_json(digest)), indent=2) + b"\n"


def _survey(survey: SurveyFigures) -> SurveyJson:
    return {
        "period": survey.period,
        "answered": _figure(survey.answered),
        "units": [{"unit": unit.unit, "figures": _figures(unit.figures)} for unit in survey.units],
    }


def _warning(sign: Sign) -> WarningJson:
    subject = sign.subject
    return {
        "sign": sign.number,
        "kind": sign.kind.value,
        "grade": sign.grade.name.lower(),
        "stands": sign.is_open,
        "unit": sign.unit,
        "subject": {
            "unit": subject.unit,
            "category": subject.category,
            "township": subject.township,
            "channel": subject.channel,
            "case": subject.case,
        },
        "n": sign.n,
        "of": sign.of,
        "usual": None if sign.usual is None else sign.usual / 10,
        "days": sign.days,
        "cases": list(sign.cases),
        "since": instant(sign.raised_at),
    }


def _shares(shares: Iterable[Share]) -> list[ShareJson]:
    return [{"id": share.which, "n": share.n, "of": share.of, "before": share.before} for share in shares]


def _figures(figures: Mapping[str, Figure]) -> dict[str, FigureJson]:
    return {name: _figure(figure) for name, figure in figures.items()}


def _figure(figure: Figure) -> FigureJson:
    return {
        "n": figure.n,
        "of": figure.of,
        "rate": figure.rate,
        "low": figure.low,
        "high": figure.high,
        "left_out": figure.left_out,
    }
