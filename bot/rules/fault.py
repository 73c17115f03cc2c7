"""What is wrong with a county file, as data: which sentence, about what; it is said in the language of whoever reads it.

Invariant: the English of a fault is what the command line prints and what the catalogues translate, so the two never part.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Fault(StrEnum):
    """A sentence, or a part of one, with the names of what stands in it in braces."""

    # The file
    NO_TOML = "is not TOML: {error}"
    NO_TOML_AT = "is not TOML: {error} (at line {line}, column {column})"
    TOO_DEEP = "is not TOML: brackets within brackets, too deep to read"
    UNREADABLE = "cannot be read: {error}"
    NO_UTF8 = "is not UTF-8 text (at line {line}); save it as UTF-8"
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
    NO_LANGUAGE_KEY = "is not the code of a language, such as zh, ug or sjo"
    # Single values
    NO_TRUTH = "must be true or false, not {found}"
    NO_TEXT = "must be text in quotes, not {found}"
    EMPTY = "must not be empty"
    CONTROL = "{value} has a line break, control character or mark of direction in it"
    NO_ID = "{value} is not an id: 1 to 24 characters of a to z, 0 to 9, _ and - (it travels in buttons)"
    NO_DIVISION = "{value} is not a division code: 2 to 12 digits"
    NO_PHONE = "{value} is not a phone number: 3 to 18 digits, with spaces or hyphens"
    NO_PREFIX = "{value} is not a prefix of case numbers: 1 to 4 capital letters"
    NO_CATALOGUE_NAME = "{value} is not the name of a catalogue, such as zh_Hans_CN, ug or sjo"
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
        "a whole number and a unit, without a space, ten years at most: 30min, 2h, 5d (working days), "
        "60cd (calendar days), 24mo (calendar months), 50% (1 to 99)"
    )
    OTHER_LENGTH = "{value} counts what cannot be counted here; allowed: {allowed}"
    NO_TIME_AT_ALL = "{value} is no time at all"
    NO_DATE = "{value} is not a date, such as 2026-03-20"
    NO_YEARLY_DAY = "{value} is not a day of every year, month and day, such as 05-01"
    NO_CLOCK_TIME = "{value} is not a time of day, such as 09:30"
    NO_TWO_TIMES = 'must be two times, such as ["10:00", "14:00"]'
    MIDNIGHT = 'write midnight as "00:00"'
    CLOSES_FIRST = "closes at {closes}, which is not after {opens}"
    NO_QUIET = "begins when it ends; residents would never be written to, or always"
    NO_WEEKLY = "{value} is not a weekday and a time, such as mon 10:30"
    NO_ZONE = "{value} is not a time zone, such as Asia/Shanghai"
    NO_ZONE_BUT = '{value} is not a time zone, such as Asia/Shanghai (did you mean "{close}"?)'
    NO_COUNTRY = "{value} is not a country with a list of holidays; write its two letters, such as CN"
    SEASONS = "{later} does not come after {earlier}; seasons go in the order of the year"
    PERIODS = "the one from {later} begins before the one from {earlier} ends; they go in the order of the day"
    # What does not go together
    HALF_A_PLACE = "lat and lon go together; one of them is missing"
    FALLBACKS = "only one can have fallback = true, not {count}: {units}"
    NO_FALLBACK = "none has fallback = true; one must take what no rule routes"
    NO_SUPERVISOR = "none has supervises = true; overdue cases must be told to someone"
    RESERVED_ID = '"{value}" stands for no deadline in [deadline_by]; choose another id'
    LESS_THAN_OLD = "must not be less than old_days"
    OTHER_COUNTY = "the ledger is that of county {code}; another code is another county, with a database of its own"
    IN_USE = "cannot go: open cases: {cases}, officials: {officials}"
    NO_CATALOGUE = "the texts of a language cannot be used: {error}"
    # What is allowed, and what was meant
    ALLOWED = "allowed: {options}"
    ALLOWED_BUT = 'allowed: {options} (did you mean "{close}"?)'
    # What stands there instead
    A_TRUTH = "true or false"
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
    """Give a reason."""
    return Reason(fault, fields)
