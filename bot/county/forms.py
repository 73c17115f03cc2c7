"""The forms of single values in a county file: what is accepted, and what is said of anything else.

Invariant: a form accepts exactly one way of writing a thing, and its complaint always says what would have been accepted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import date, time
from enum import StrEnum
from typing import Final, TypeVar
from unicodedata import category
from zoneinfo import ZoneInfo, available_timezones

from bot.county.table import Form, Misfit, choices, closest, described, shown
from bot.rules.county import Period
from bot.rules.fault import Fault, Reason, because
from bot.rules.identity import Language
from bot.rules.length import Length, LengthRefused, Span, parse_length
from bot.rules.national import countries

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_ID: Final = re.compile(r"[a-z0-9_-]{1,24}")
_CLOCK_TIME: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_MONTH_AND_DAY: Final = re.compile(r"([0-9]{2})-([0-9]{2})")
_DIRECTIONS: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # wording sets its own
MIDNIGHT: Final = time(0)
_NO_LENGTH: Final = Length("", Span.RUNNING, 0)
_NO_PERIOD: Final = Period(MIDNIGHT, MIDNIGHT)
_PLAIN_YEAR: Final = 2001
_MOST: Final = 1_000_000
_WRITTEN: Final = {
    Span.RUNNING: "min, h",
    Span.WORKING_DAYS: "d",
    Span.CALENDAR_DAYS: "cd",
    Span.CALENDAR_MONTHS: "mo",
    Span.PERCENT: "%",
}


# Text


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise Misfit(because(Fault.NO_TEXT, found=described(value)))
    if not value.strip():
        raise Misfit(because(Fault.EMPTY))
    if any(category(sign) == "Cc" or sign in _DIRECTIONS for sign in value):
        raise Misfit(because(Fault.CONTROL, value=shown(value)))
    return value


def _matching(pattern: str, otherwise: Fault) -> Form[str]:
    compiled = re.compile(pattern)

    def read(value: object) -> str:
        text = _text(value)
        if not compiled.fullmatch(text):
            raise Misfit(because(otherwise, value=shown(text)))
        return text

    return Form(read, "")


def _identifier(value: object) -> str:
    text = _text(value)
    if not _ID.fullmatch(text):
        raise Misfit(because(Fault.NO_ID, value=shown(text)))
    return text


TEXT: Final = Form(_text, "")
ID: Final = Form(_identifier, "")
DIVISION_CODE: Final = _matching("[0-9]{2,12}", Fault.NO_DIVISION)
PHONE: Final = _matching("[+]?[0-9](?:[ -]?[0-9]){2,17}", Fault.NO_PHONE)
CASE_PREFIX: Final = _matching("[A-Z]{1,4}", Fault.NO_PREFIX)


def _language(value: object) -> Language:
    text = _text(value)
    if not is_language_code(text):
        raise Misfit(because(Fault.NO_CATALOGUE_NAME, value=shown(text)))
    return Language(text)


LANGUAGE: Final = Form(_language, Language(""))


def is_language_code(text: str) -> bool:
    """Say whether text can name a language: `ug`, `zh_Hans_CN`."""
    return re.fullmatch(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?", text) is not None


# Choices


def one_of(options: Collection[str], what: Fault) -> Form[str]:
    """Make the form of a word from a fixed list."""
    return reference(str, what, options)


def member(enum: type[E], what: Fault) -> Form[E]:
    """Make the form of a member of an enumeration, written as its value."""
    return reference(enum, what, [each.value for each in enum])


def reference(make: Callable[[str], T], what: Fault, known: Collection[str]) -> Form[T]:
    """Make the form of a mention of something the file defines elsewhere; with nothing defined at all, anything goes."""

    def read(value: object) -> T:
        text = _text(value)
        if known and text not in known:
            raise Misfit(because(Fault.NO_CHOICE, value=shown(text), what=because(what), choices=choices(text, known)))
        return make(text)

    return Form(read, make(next(iter(known), "")))


def optional(nothing: str, form: Form[T]) -> Form[T | None]:
    """Make the form of what `form` reads, or of a word that stands for nothing of the kind."""
    return Form(lambda value: None if value == nothing else form.read(value), None)


def mapped(meanings: Mapping[str, T], what: Fault) -> Form[T]:
    """Make the form of a word that stands for a value."""
    return reference(lambda word: meanings[word], what, meanings.keys())


# Numbers


def count(least: int) -> Form[int]:
    """Make the form of a whole number of things."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise Misfit(because(Fault.NO_COUNT, found=described(value)))
        if value < least:
            raise Misfit(because(Fault.TOO_SMALL, value=str(value), least=str(least)))
        if value > _MOST:
            raise Misfit(because(Fault.TOO_LARGE, most=str(_MOST)))
        return value

    return Form(read, least)


def degrees(most: int) -> Form[float]:
    """Make the form of a latitude or longitude."""

    def read(value: object) -> float:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Misfit(because(Fault.NO_DEGREES, found=described(value)))
        if not -most <= value <= most:  # also refuses "nan", which TOML allows
            raise Misfit(because(Fault.DEGREES, least=str(-most), most=str(most)))
        return float(value)

    return Form(read, 0.0)


# Time


def length(*spans: Span, least: int = 1) -> Form[Length]:
    """Make the form of a length that counts one of `spans`; with 0 as the `least` amount it may be no time at all."""

    def read(value: object) -> Length:
        try:
            found = parse_length(_text(value))
        except LengthRefused as error:
            raise Misfit(error.reason) from error
        if found.span not in spans:
            allowed = ", ".join(_WRITTEN[span] for span in spans)
            raise Misfit(because(Fault.OTHER_LENGTH, value=shown(found.text), allowed=allowed))
        if found.amount < least:
            raise Misfit(because(Fault.NO_TIME_AT_ALL, value=shown(found.text)))
        return found

    return Form(read, _NO_LENGTH)


_OFFICE: Final = (Span.RUNNING, Span.WORKING_DAYS)
LIMIT: Final = length(*_OFFICE, Span.CALENDAR_DAYS, Span.CALENDAR_MONTHS)
CALENDAR_LENGTH: Final = length(Span.CALENDAR_DAYS, Span.CALENDAR_MONTHS)
BEFORE: Final = length(*_OFFICE, Span.PERCENT)
AFTER: Final = length(*_OFFICE, least=0)
REPEAT: Final = length(*_OFFICE)
REAL_TIME: Final = length(Span.RUNNING)
PERCENT: Final = length(Span.PERCENT)


def _day(value: object) -> date:
    if type(value) is date:  # a TOML date; a datetime is a date too, but not here
        return value
    if isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        with suppress(ValueError):
            return date.fromisoformat(value)
    raise Misfit(because(Fault.NO_DATE, value=_as_written(value)))


DAY: Final = Form(_day, date.min)


def _day_of_every_year(value: object) -> tuple[int, int]:
    found = _MONTH_AND_DAY.fullmatch(_text(value))
    if found:
        month, day = int(found[1]), int(found[2])
        with suppress(ValueError):
            date(_PLAIN_YEAR, month, day)  # no leap year: the 29th of February is not a day of every year
            return month, day
    raise Misfit(because(Fault.NO_YEARLY_DAY, value=_as_written(value)))


NO_DAY: Final = (0, 0)
DAY_OF_EVERY_YEAR: Final = Form(_day_of_every_year, NO_DAY)


def _clock_time(text: str) -> time:
    if not _CLOCK_TIME.fullmatch(text):
        raise Misfit(because(Fault.NO_CLOCK_TIME, value=shown(text)))
    return time.fromisoformat(text)


TIME: Final = Form(lambda value: _clock_time(_text(value)), MIDNIGHT)


def _pair(value: object) -> Period:
    match value:
        case [str(first), str(last)]:
            return Period(_clock_time(first), _clock_time(last))
        case _:
            raise Misfit(because(Fault.NO_TWO_TIMES))


def _office_hours(value: object) -> Period:
    if isinstance(value, list) and value[1:] == ["24:00"]:
        raise Misfit(because(Fault.MIDNIGHT))
    period = _pair(value)
    if period.opens >= period.closes != MIDNIGHT:
        raise Misfit(because(Fault.CLOSES_FIRST, closes=f"{period.closes:%H:%M}", opens=f"{period.opens:%H:%M}"))
    return period


def _quiet_hours(value: object) -> Period:
    period = _pair(value)
    if period.opens == period.closes:
        raise Misfit(because(Fault.NO_QUIET))
    return period


OFFICE_HOURS: Final = Form(_office_hours, _NO_PERIOD)
QUIET_HOURS: Final = Form(_quiet_hours, _NO_PERIOD)


def _weekly(value: object) -> tuple[int, time]:
    weekday, _, at = _text(value).partition(" ")
    if weekday not in WEEKDAYS or not _CLOCK_TIME.fullmatch(at):
        raise Misfit(because(Fault.NO_WEEKLY, value=_as_written(value)))
    return WEEKDAYS.index(weekday), time.fromisoformat(at)


WEEKLY: Final = Form(_weekly, (0, MIDNIGHT))
WEEKDAY: Final = mapped({name: number for number, name in enumerate(WEEKDAYS)}, Fault.A_WEEKDAY)


def zone() -> Form[ZoneInfo]:
    """Make the form of a time zone; a function, as its stand-in is read from the zone database."""

    def read(value: object) -> ZoneInfo:
        text = _text(value)
        try:
            return ZoneInfo(text)
        except (OSError, ValueError, LookupError) as error:  # a folder, a path that leads outside, a name nobody knows
            close = closest(text, available_timezones())
            if close is None:
                raise Misfit(because(Fault.NO_ZONE, value=shown(text))) from error
            raise Misfit(because(Fault.NO_ZONE_BUT, value=shown(text), close=close)) from error

    return Form(read, ZoneInfo("UTC"))


def _country(value: object) -> str:
    text = _text(value)
    if text not in countries():
        raise Misfit(because(Fault.NO_COUNTRY, value=shown(text)))
    return text


COUNTRY: Final = Form(_country, "")


def _as_written(value: object) -> str | Reason:
    return shown(value) if isinstance(value, str) else described(value)
