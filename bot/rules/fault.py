"""What is wrong with a county file, as data: which sentence, about what; it is said in the language of whoever reads it.

Invariant: the English of a fault is what the command line prints and what the catalogues translate, so the two never part.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec


class Fault(StrEnum):
    """A sentence, or a part of one, with the names of what stands in it in braces."""

    # The file
    NO_TOML = "is not {format}: {error}"
    NO_TOML_AT = "is not {format}: {error} (at line {line}, column {column})"
    TOO_DEEP = "is not {format}: brackets within brackets, too deep to read"
    UNREADABLE = "cannot be read: {error}"
    NO_UTF8 = "is not {encoding} text (at line {line}); save it as {encoding}"
    # Keys and tables
    MISSING = "{key} is missing"
    UNKNOWN_KEY = "no such key; {choices}"
    NO_TABLE = "must be a table, not {found}"
    NO_TABLES = "must be a list of tables, not {found}"
    NO_TABLE_AT = "element {number} must be a table, not {found}"
    NO_LIST = "must be a list, not {found}"
    NONE_THERE = "at least one is needed"
    TWICE = "{value} stands there already"
    SAME_ID = "{value} is already the id of {place}"
    NO_LANGUAGE_KEY = "is not the code of a language, such as {first}, {second} or {third}"
    # Single values
    NO_TRUTH = "must be {yes} or {no}, not {found}"
    NO_TEXT = "must be text in quotes, not {found}"
    EMPTY = "must not be empty"
    CONTROL = "{value} has a line break, control character or mark of direction in it"
    NO_ID = (
        "{value} is not an id: {least} to {most} characters of {a} to {z}, {zero} to {nine}, {low} and {dash} "
        "(it travels in buttons)"
    )
    NO_DIVISION = "{value} is not a division code: {least} to {most} digits"
    NO_PHONE = "{value} is not a phone number: {least} to {most} digits, with spaces or hyphens"
    NO_PREFIX = "{value} is not a prefix of case numbers: {least} to {most} capital letters"
    NO_CATALOGUE_NAME = "{value} is not the name of a catalogue, such as {first}, {second} or {third}"
    NO_CHOICE = "{value} is not {what}; {choices}"
    NO_COUNT = "must be a whole number, not {found}"
    TOO_SMALL = "{value} is too small: at least {least}"
    TOO_LARGE = "is too large: at most {most}"
    NO_DEGREES = "must be a number of degrees, not {found}"
    DEGREES = "must lie between {least} and {most} degrees"
    # Time
    NO_LENGTH = "{value} is not a length of time: write {allowed}"
    LENGTH_RANGE = "{value} must lie between {least} and {most}: write {allowed}"
    LENGTHS = (
        "a whole number and a unit, without a space, ten years at most: {minutes}, {hours}, {working} (working days), "
        "{calendar} (calendar days), {months} (calendar months), {share} ({least} to {most})"
    )
    OTHER_LENGTH = "{value} counts what cannot be counted here; allowed: {allowed}"
    NO_TIME_AT_ALL = "{value} is no time at all"
    NO_DATE = "{value} is not a date, such as {example}"
    NO_YEARLY_DAY = "{value} is not a day of every year, month and day, such as {example}"
    NO_CLOCK_TIME = "{value} is not a time of day, such as {example}"
    NO_TWO_TIMES = "must be two times, such as {example}"
    MIDNIGHT = "write midnight as {midnight}"
    CLOSES_FIRST = "closes at {closes}, which is not after {opens}"
    NO_QUIET = "begins when it ends; residents would never be written to, or always"
    NO_WEEKLY = "{value} is not a weekday and a time, such as {example}"
    NO_ZONE = "{value} is not a time zone, such as {example}"
    NO_ZONE_BUT = '{value} is not a time zone, such as {example} (did you mean "{close}"?)'
    NO_COUNTRY = "{value} is not a country with a list of holidays; write its two letters, such as {example}"
    SEASONS = "{later} does not come after {earlier}; seasons go in the order of the year"
    PERIODS = "the one from {later} begins before the one from {earlier} ends; they go in the order of the day"
    # What does not go together
    HALF_A_PLACE = "{first} and {second} go together; one of them is missing"
    FALLBACKS = "only one can have {setting}, not {count}: {units}"
    NO_FALLBACK = "none has {setting}; one must take what no rule routes"
    NO_SUPERVISOR = "none has {setting}; overdue cases must be told to someone"
    RESERVED_ID = '"{value}" stands for no deadline in {table}; choose another id'
    LESS_THAN_OLD = "must not be less than {key}"
    OTHER_COUNTY = "the ledger is that of county {code}; another code is another county, with a database of its own"
    IN_USE = "cannot go: open cases: {cases}, officials: {officials}"
    NO_CATALOGUE = "the texts of a language cannot be used: {error}"
    # What is allowed, and what was meant
    ALLOWED = "allowed: {options}"
    ALLOWED_BUT = 'allowed: {options} (did you mean "{close}"?)'
    # What stands there instead
    A_TRUTH = "{yes} or {no}"
    THE_TEXT = "the text {value}"
    A_NUMBER = "a whole number"
    A_FRACTION = "a number with a fraction"
    A_DATE_WITH_TIME = "a date with a time"
    A_DATE = "a date"
    A_TIME = "a time"
    A_LIST = "a list"
    A_TABLE = "a table"
    # What should
    A_TOWNSHIP = "a township"
    A_UNIT = "a unit"
    A_CLASS = "a deadline class"
    A_CATEGORY = "a category"
    A_HORIZON = "a horizon"
    A_SIGN = "a sign"
    A_MEASURE = "a figure that is measured"
    A_ROLE = "a role"
    A_WAY_OF_COUNTING = "a way of counting"
    A_COLOUR = "a colour that can be shown"
    A_WEEKDAY = "a weekday"


class Reason(msgspec.Struct, frozen=True):
    """A fault with what stands in it, each as it is in the file or in its turn a part of a sentence.

    Attributes:
        fields: by the names in the fault's braces, in no order that matters.
    """

    fault: Fault
    fields: dict[str, str | Reason] = {}

    def __str__(self) -> str:
        """Say it in English."""
        return self.fault.value.format(**{name: str(value) for name, value in self.fields.items()})


class Mistake(msgspec.Struct, frozen=True):
    """A reason at a place, such as `category "roads".unit`; an empty place is the file as a whole."""

    place: str
    reason: Reason

    def __str__(self) -> str:
        """Say it in English, as the command line does."""
        return f"{self.place}: {self.reason}" if self.place else str(self.reason)


def because(fault: Fault, **fields: str | Reason) -> Reason:
    """Give a reason; what its sentence names in every file is put in, unless it is given."""
    return Reason(fault, {**GIVEN.get(fault, {}), **fields})


GIVEN: Final[Mapping[Fault, Mapping[str, str]]] = {
    Fault.NO_TOML: {"format": "TOML"},
    Fault.NO_TOML_AT: {"format": "TOML"},
    Fault.TOO_DEEP: {"format": "TOML"},
    Fault.NO_UTF8: {"encoding": "UTF-8"},
    Fault.NO_LANGUAGE_KEY: {"first": "zh", "second": "ug", "third": "sjo"},
    Fault.NO_TRUTH: {"yes": "true", "no": "false"},
    Fault.NO_ID: {"least": "1", "most": "24", "a": "a", "z": "z", "zero": "0", "nine": "9", "low": "_", "dash": "-"},
    Fault.NO_DIVISION: {"least": "2", "most": "12"},
    Fault.NO_PHONE: {"least": "3", "most": "18"},
    Fault.NO_PREFIX: {"least": "1", "most": "4"},
    Fault.NO_CATALOGUE_NAME: {"first": "zh_Hans_CN", "second": "ug", "third": "sjo"},
    Fault.LENGTHS: {
        "minutes": "30min",
        "hours": "2h",
        "working": "5d",
        "calendar": "60cd",
        "months": "24mo",
        "share": "50%",
        "least": "1",
        "most": "99",
    },
    Fault.NO_DATE: {"example": "2026-03-20"},
    Fault.NO_YEARLY_DAY: {"example": "05-01"},
    Fault.NO_CLOCK_TIME: {"example": "09:30"},
    Fault.NO_TWO_TIMES: {"example": '["10:00", "14:00"]'},
    Fault.MIDNIGHT: {"midnight": '"00:00"'},
    Fault.NO_WEEKLY: {"example": "mon 10:30"},
    Fault.NO_ZONE: {"example": "Asia/Shanghai"},
    Fault.NO_ZONE_BUT: {"example": "Asia/Shanghai"},
    Fault.NO_COUNTRY: {"example": "CN"},
    Fault.HALF_A_PLACE: {"first": "lat", "second": "lon"},
    Fault.FALLBACKS: {"setting": "fallback = true"},
    Fault.NO_FALLBACK: {"setting": "fallback = true"},
    Fault.NO_SUPERVISOR: {"setting": "supervises = true"},
    Fault.RESERVED_ID: {"table": "[deadline_by]"},
    Fault.LESS_THAN_OLD: {"key": "old_days"},
    Fault.A_TRUTH: {"yes": "true", "no": "false"},
}
"""What a sentence itself names as it is written in a county file, in every language: examples, keys, least and most."""
