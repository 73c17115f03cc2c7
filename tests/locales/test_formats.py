"""Numbers, instants and lengths of time as people read them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.identity import Language
from locales.catalogue import load_catalogues
from locales.formats import CHINESE, Grain, bound, is_rtl, locale_of, number, percent, signed, signed_points, stretch
from locales.speech import Speech
from tests.locales.county import LANGUAGES, SJO, UG, ZH, sample_county

LOCALE = locale_of(ZH)
DUE = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)


def speech(language: Language) -> Speech:
    """Speak one language."""
    return Speech(sample_county(), load_catalogues(LANGUAGES), language)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        (ZH, "2026年11月27日（星期五）18:30"),
        (UG, "2026-يىلى 27-نويابىر، جۈمە، سائەت 18:30"),
        (SJO, "2026年11月27日（星期五）18:30"),
    ],
)
def test_a_deadline_in_words(language: Language, written: str) -> None:
    """Day, weekday and local time, in the order of the language; Babel's own order for Uyghur is another."""
    assert speech(language).moment(DUE) == written


@pytest.mark.parametrize(
    ("language", "this_year", "next_year"),
    [(ZH, "11月27日 18:30", "2026年11月27日 18:30"), (UG, "27-نويابىر، 18:30", "2026-يىلى 27-نويابىر، 18:30")],
)
def test_a_moment_in_a_list_names_the_year_only_if_it_is_another(language: Language, this_year: str, next_year: str) -> None:
    """The year is the county's: on New Year's morning in the county, it is still last year in UTC."""
    assert speech(language).short_moment(DUE, datetime(2026, 12, 31, 15, 59, tzinfo=UTC)) == this_year
    assert speech(language).short_moment(DUE, datetime(2026, 12, 31, 16, 0, tzinfo=UTC)) == next_year


@pytest.mark.parametrize("month", range(1, 13))
def test_uyghur_months_are_cldrs(month: int) -> None:
    """The names of the months come from CLDR, none from a list of our own."""
    written = speech(UG).short_day(datetime(2026, month, 15, tzinfo=UTC))
    assert written == f"15-{locale_of(UG).months['format']['wide'][month]}"


@pytest.mark.parametrize(
    ("n", "of", "written"),
    [
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
        (1, 8, "12.5%"),
        (1, 16, "6.3%"),
        (3, 16, "18.8%"),
        (1, 2000, "0.1%"),
        (1, 2001, "0.0%"),
        (9, 80, "11.3%"),
        (369, 800, "46.1%"),
        (1999, 2000, "100.0%"),
        (5, 5, "100.0%"),
        (0, 7, "0.0%"),
    ],
)
def test_rates_are_rounded_half_up(n: int, of: int, written: str) -> None:
    """From the exact fraction: 6.25 % is 6.3 %, where floats and bankers would say 6.2 %."""
    assert percent(Fraction(n, of), LOCALE) == written


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_rounded_rate_is_never_more_than_half_a_tenth_off(n: int, of: int) -> None:
    """And never falls short of half a tenth upwards."""
    rate = Fraction(min(n, of), of)
    error = Fraction(percent(rate, LOCALE).removesuffix("%")) - rate * 100
    assert Fraction(-1, 20) < error <= Fraction(1, 20)


@pytest.mark.parametrize(
    ("change", "written"),
    [(Fraction(1, 40), "+2.5"), (Fraction(-1, 40), "−2.5"), (Fraction(0), "±0.0"), (Fraction(-1, 1_000_000), "±0.0")],
)
def test_a_change_of_a_rate_has_its_sign(change: Fraction, written: str) -> None:
    """In percentage points; a change too small to show is none."""
    assert signed_points(change, LOCALE) == written


def test_a_change_of_a_count_has_its_sign() -> None:
    """A true minus sign, not a hyphen."""
    assert [signed(value, LOCALE) for value in (8, -3, 0)] == ["+8", "−3", "±0"]


def test_counts_are_grouped_only_when_long() -> None:
    """As the press writes them: 3120, but 12,480."""
    assert [number(value, LOCALE) for value in (7, 3120, 12_480)] == ["7", "3120", "12,480"]


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(days=3, hours=8), ((Grain.DAY, 3),)),
        (timedelta(days=1), ((Grain.DAY, 1),)),
        (timedelta(days=1, hours=5, minutes=59), ((Grain.DAY, 1), (Grain.HOUR, 5))),
        (timedelta(hours=23, minutes=59), ((Grain.HOUR, 23),)),
        (timedelta(hours=3, minutes=10), ((Grain.HOUR, 3),)),
        (timedelta(hours=1, minutes=20), ((Grain.HOUR, 1), (Grain.MINUTE, 20))),
        (timedelta(minutes=59, seconds=59), ((Grain.MINUTE, 59),)),
        (timedelta(seconds=5), ((Grain.MINUTE, 1),)),
        (timedelta(0), ((Grain.MINUTE, 1),)),
    ],
)
def test_a_length_of_time_is_told_in_the_grain_that_matters(length: timedelta, told: tuple[tuple[Grain, int], ...]) -> None:
    """Rounded down, so that nobody is promised more time than there is; never "0 minutes"."""
    assert stretch(length) == told


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(days=5, hours=20), ((Grain.DAY, 6),)),
        (timedelta(days=5), ((Grain.DAY, 5),)),
        (timedelta(days=1, hours=23, seconds=1), ((Grain.DAY, 2),)),
        (timedelta(days=1, hours=5, minutes=1), ((Grain.DAY, 1), (Grain.HOUR, 6))),
        (timedelta(hours=23, minutes=59), ((Grain.DAY, 1),)),
        (timedelta(hours=1, minutes=20), ((Grain.HOUR, 1), (Grain.MINUTE, 20))),
        (timedelta(minutes=59, seconds=59), ((Grain.HOUR, 1),)),
        (timedelta(seconds=5), ((Grain.MINUTE, 1),)),
    ],
)
def test_what_took_at_most_so_long_is_rounded_up(length: timedelta, told: tuple[tuple[Grain, int], ...]) -> None:
    """Half of the cases were not done "within 5 days" where it took 5 days and 20 hours."""
    assert bound(length) == told


def test_lengths_in_words() -> None:
    """In Chinese with a space around the number; in Uyghur each number is isolated, and the larger stands on the right."""
    length = timedelta(days=1, hours=5)
    assert speech(ZH).length(length) == "1 天 5 小时"
    assert speech(UG).length(length) == "\u200f\u2068\u20681\u2069 كۈن\u2069 \u2068\u20685\u2069 سائەت\u2069"


@pytest.mark.parametrize(
    ("language", "items", "listed"),
    [
        (ZH, ["路", "水", "电"], "路、水、电"),
        (UG, ["يول", "سۇ", "توك"], "يول، سۇ ۋە توك"),
        (UG, ["يول", "سۇ"], "يول ۋە سۇ"),
        (ZH, ["路"], "路"),
        (ZH, [], ""),
    ],
)
def test_lists(language: Language, items: list[str], listed: str) -> None:
    """Babel's English list for Uyghur ("A, B, and C") is not used."""
    assert speech(language).join(items) == listed


def test_xibe_borrows_the_chinese_locale_and_only_uyghur_runs_to_the_left() -> None:
    """Babel refuses `sjo`; so would it any language it does not know."""
    assert locale_of(SJO) == locale_of(CHINESE)
    assert [is_rtl(language) for language in LANGUAGES] == [False, True, False]


def test_the_zone_is_the_countys() -> None:
    """Nobody reads UTC."""
    assert sample_county().hours.zone == ZoneInfo("Asia/Shanghai")
    assert speech(ZH).moment(datetime(2026, 11, 24, 16, 30, tzinfo=UTC)) == "2026年11月25日（星期三）00:30"
