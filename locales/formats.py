"""Numbers, instants and lengths of time as people read them, by Babel; the words around them are in the catalogues.

Invariant: every figure is rounded half up from the exact fraction, and every instant is shown in the county's zone.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_decimal

from bot.rules.identity import Language

CHINESE: Final = Language("zh_Hans_CN")
"""The language that stands in for a missing one, here and in the catalogues."""

MINUS: Final = "\u2212"
_GROUPED_FROM: Final = 10_000  # as the Chinese and Uyghur press write them: 3120, but 12,480


class Grain(StrEnum):
    """What a length of time is told in."""

    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


_SECONDS: Final = {Grain.DAY: 86_400, Grain.HOUR: 3_600, Grain.MINUTE: 60}


def locale_of(language: Language) -> Locale:
    """Return Babel's locale, the Chinese one for a language that Babel does not know (Xibe)."""
    try:
        return Locale.parse(language)
    except UnknownLocaleError:
        return Locale.parse(CHINESE)


def is_rtl(language: Language) -> bool:
    """Say whether the language is written from right to left."""
    return locale_of(language).text_direction == "rtl"


@lru_cache(maxsize=1024)
def instant(at: datetime, pattern: str, locale: Locale, zone: ZoneInfo) -> str:
    """Write an aware instant in the county's zone, by a CLDR date pattern; limits fall together, and are written once."""
    return format_datetime(at.astimezone(zone), pattern, locale=locale)


def number(value: int, locale: Locale) -> str:
    """Write a count."""
    return format_decimal(value, locale=locale, group_separator=value >= _GROUPED_FROM)


def percent(rate: Fraction, locale: Locale) -> str:
    """Write a rate with one decimal, rounded half up."""
    return f"{_tenth(rate * 100, locale)}%"


def percent_of(rate: float, locale: Locale) -> str:
    """Write a rate that only exists as a float, such as the end of an interval."""
    return percent(Fraction(rate), locale)


def signed(value: int, locale: Locale) -> str:
    """Write a change of a count with its sign."""
    return _sign(value) + number(abs(value), locale)


def signed_points(change: Fraction, locale: Locale) -> str:
    """Write a change of a rate in percentage points with its sign, one decimal."""
    points = _rounded(change * 100)
    return _sign(points) + format_decimal(abs(points), "0.0", locale=locale)


def points(distance: Fraction, locale: Locale) -> str:
    """Write a distance between rates in percentage points, one decimal, with a sign only below nought."""
    rounded = _rounded(distance * 100)
    return (MINUS if rounded < 0 else "") + format_decimal(abs(rounded), "0.0", locale=locale)


def stretch(length: timedelta) -> tuple[tuple[Grain, int], ...]:
    """Tell a length of time in the grain that matters, rounded down; two grains where the larger is only one.

    Returns:
        One or two (grain, count), the larger first; one minute for anything shorter.
    """
    seconds = max(0, int(length.total_seconds()))
    for larger, smaller in ((Grain.DAY, Grain.HOUR), (Grain.HOUR, Grain.MINUTE)):
        count, rest = divmod(seconds, _SECONDS[larger])
        more = rest // _SECONDS[smaller]
        if count == 1 and more:
            return ((larger, 1), (smaller, more))
        if count:
            return ((larger, count),)
    return ((Grain.MINUTE, max(1, seconds // _SECONDS[Grain.MINUTE])),)


def bound(length: timedelta) -> tuple[tuple[Grain, int], ...]:
    """Tell the length of time that something took at most, in the grains of `stretch`, rounded up, as "within" promises."""
    told = stretch(length)
    at_least = timedelta(seconds=sum(count * _SECONDS[grain] for grain, count in told))
    return told if at_least >= length else stretch(at_least + timedelta(seconds=_SECONDS[told[-1][0]]))


def _tenth(value: Fraction, locale: Locale) -> str:
    return format_decimal(_rounded(value), "0.0", locale=locale)


def _rounded(value: Fraction) -> Decimal:
    tenths = abs(value) * 10 + Fraction(1, 2)
    whole = Decimal(tenths.numerator // tenths.denominator).scaleb(-1)
    return (whole if value >= 0 else -whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _sign(value: int | Decimal) -> str:
    if value == 0:
        return "±"
    return "+" if value > 0 else MINUS
