"""What a country has off, and on which weekends it works instead, as the installed package `holidays` lists it.

It takes a twelfth of a command's start to import, and most commands ask nothing of a calendar: so each question imports it.
Invariant: nothing but the package decides an answer.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from typing import Final

_YEARS_WITHOUT_SWAPS: Final = 2


@cache
def countries() -> frozenset[str]:
    """Return the countries with known holidays; `list_supported_countries` would load every calendar on earth to say so."""
    from holidays.registry import EntityLoader  # noqa: PLC0415 (see above)

    return frozenset(EntityLoader.get_country_codes())


@lru_cache(maxsize=512)
def days_of(country: str, year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Return a country's days off and its weekend workdays (调休) of one year.

    Source: the State Council's yearly notice (国务院办公厅关于部分节假日安排的通知) as the package `holidays` keeps it. For
    China, release 0.109 knows the swaps from 2001 to 2026; of later years it gives only what the law itself fixes
    (全国年节及纪念日放假办法), without swaps.
    """
    from holidays import country_holidays  # noqa: PLC0415 (see above)

    listed = country_holidays(country, years=year)
    return frozenset(listed), frozenset(on for on in listed.weekend_workdays if on.year == year)


@lru_cache(maxsize=512)
def is_published(country: str, year: int) -> bool:
    """Say whether a country's list of a year is final.

    It always is where weekends are never swapped for workdays. Elsewhere it is once a swap is known in that year or a
    little later: one year may do without, China's have had some each year since 2001.
    """
    from holidays import country_holidays  # noqa: PLC0415 (see above)

    if not country_holidays(country, years=year).has_substituted_holidays:
        return True
    return any(days_of(country, later)[1] for later in range(year, year + _YEARS_WITHOUT_SWAPS + 1))
