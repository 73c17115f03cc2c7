"""What is wrong with a county file, as sentences of the catalogue: one for each fault, and the parts that stand in them.

Invariant: the English of a sentence here is the fault's own, which the command line prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.rules.fault import Fault, Reason
from locales.catalogue import Phrase
from locales.speech import Speech


def because(speech: Speech, reason: Reason) -> str:
    """Say a reason."""
    fields = {name: value if isinstance(value, str) else because(speech, value) for name, value in reason.fields.items()}
    return speech.text(FAULTS[reason.fault], **fields)


FAULTS: Final[Mapping[Fault, Phrase]] = {
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_TOML: Phrase("county file", "is not {format}: {error}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_TOML_AT: Phrase("county file", "is not {format}: {error} (at line {line}, column {column})"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.TOO_DEEP: Phrase("county file", "is not {format}: brackets within brackets, too deep to read"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.UNREADABLE: Phrase("county file", "cannot be read: {error}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_UTF8: Phrase("county file", "is not {encoding} text (at line {line}); save it as {encoding}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.MISSING: Phrase("county file", "{key} is missing"),
    # tr: A mistake in the county file; its place stands above it; {choices} is such as "allowed: red, blue".
    Fault.UNKNOWN_KEY: Phrase("county file", "no such key; {choices}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_TABLE: Phrase("county file", "must be a table, not {found}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_TABLES: Phrase("county file", "must be a list of tables, not {found}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_TABLE_AT: Phrase("county file", "element {number} must be a table, not {found}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_LIST: Phrase("county file", "must be a list, not {found}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NONE_THERE: Phrase("county file", "at least one is needed"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.TWICE: Phrase("county file", "{value} stands there already"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.SAME_ID: Phrase("county file", "{value} is already the id of {place}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_LANGUAGE_KEY: Phrase("county file", "is not the code of a language, such as {first}, {second} or {third}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_TRUTH: Phrase("county file", "must be {yes} or {no}, not {found}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_TEXT: Phrase("county file", "must be text in quotes, not {found}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.EMPTY: Phrase("county file", "must not be empty"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.CONTROL: Phrase("county file", "{value} has a line break, control character or mark of direction in it"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_ID: Phrase(
        "county file",
        "{value} is not an id: {least} to {most} characters of {a} to {z}, {zero} to {nine}, {low} and {dash} "
        "(it travels in buttons)",
    ),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_DIVISION: Phrase("county file", "{value} is not a division code: {least} to {most} digits"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_PHONE: Phrase("county file", "{value} is not a phone number: {least} to {most} digits, with spaces or hyphens"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_PREFIX: Phrase("county file", "{value} is not a prefix of case numbers: {least} to {most} capital letters"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_CATALOGUE_NAME: Phrase(
        "county file", "{value} is not the name of a catalogue, such as {first}, {second} or {third}"
    ),
    # tr: A mistake in the county file; its place stands above it; {what} is such as "a unit"; {choices} is such as
    # "allowed: red, blue"; {value} is what stands there, in quotes.
    Fault.NO_CHOICE: Phrase("county file", "{value} is not {what}; {choices}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_COUNT: Phrase("county file", "must be a whole number, not {found}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.TOO_SMALL: Phrase("county file", "{value} is too small: at least {least}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.TOO_LARGE: Phrase("county file", "is too large: at most {most}"),
    # tr: A mistake in the county file; its place stands above it; {found} is what stands there.
    Fault.NO_DEGREES: Phrase("county file", "must be a number of degrees, not {found}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.DEGREES: Phrase("county file", "must lie between {least} and {most} degrees"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes; {allowed} is
    # what may stand there.
    Fault.NO_LENGTH: Phrase("county file", "{value} is not a length of time: write {allowed}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes; {allowed} is
    # what may stand there.
    Fault.LENGTH_RANGE: Phrase("county file", "{value} must lie between {least} and {most}: write {allowed}"),
    # tr: Part of a sentence about a mistake in the county file: what may stand there.
    Fault.LENGTHS: Phrase(
        "county file",
        "a whole number and a unit, without a space, ten years at most: {minutes}, {hours}, {working} (working days), "
        "{calendar} (calendar days), {months} (calendar months), {share} ({least} to {most})",
    ),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes; {allowed} is
    # what may stand there.
    Fault.OTHER_LENGTH: Phrase("county file", "{value} counts what cannot be counted here; allowed: {allowed}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_TIME_AT_ALL: Phrase("county file", "{value} is no time at all"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_DATE: Phrase("county file", "{value} is not a date, such as {example}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_YEARLY_DAY: Phrase("county file", "{value} is not a day of every year, month and day, such as {example}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_CLOCK_TIME: Phrase("county file", "{value} is not a time of day, such as {example}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_TWO_TIMES: Phrase("county file", "must be two times, such as {example}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.MIDNIGHT: Phrase("county file", "write midnight as {midnight}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.CLOSES_FIRST: Phrase("county file", "closes at {closes}, which is not after {opens}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_QUIET: Phrase("county file", "begins when it ends; residents would never be written to, or always"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_WEEKLY: Phrase("county file", "{value} is not a weekday and a time, such as {example}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_ZONE: Phrase("county file", "{value} is not a time zone, such as {example}"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_ZONE_BUT: Phrase("county file", '{value} is not a time zone, such as {example} (did you mean "{close}"?)'),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.NO_COUNTRY: Phrase(
        "county file", "{value} is not a country with a list of holidays; write its two letters, such as {example}"
    ),
    # tr: A mistake in the county file; its place stands above it.
    Fault.SEASONS: Phrase("county file", "{later} does not come after {earlier}; seasons go in the order of the year"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.PERIODS: Phrase(
        "county file", "the one from {later} begins before the one from {earlier} ends; they go in the order of the day"
    ),
    # tr: A mistake in the county file; its place stands above it.
    Fault.HALF_A_PLACE: Phrase("county file", "{first} and {second} go together; one of them is missing"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.FALLBACKS: Phrase("county file", "only one can have {setting}, not {count}: {units}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_FALLBACK: Phrase("county file", "none has {setting}; one must take what no rule routes"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_SUPERVISOR: Phrase("county file", "none has {setting}; overdue cases must be told to someone"),
    # tr: A mistake in the county file; its place stands above it; {value} is what stands there, in quotes.
    Fault.RESERVED_ID: Phrase("county file", '"{value}" stands for no deadline in {table}; choose another id'),
    # tr: A mistake in the county file; its place stands above it.
    Fault.LESS_THAN_OLD: Phrase("county file", "must not be less than {key}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.OTHER_COUNTY: Phrase(
        "county file", "the ledger is that of county {code}; another code is another county, with a database of its own"
    ),
    # tr: A mistake in the county file; its place stands above it.
    Fault.IN_USE: Phrase("county file", "cannot go: open cases: {cases}, officials: {officials}"),
    # tr: A mistake in the county file; its place stands above it.
    Fault.NO_CATALOGUE: Phrase("county file", "the texts of a language cannot be used: {error}"),
    # tr: Part of a sentence about a mistake in the county file: what may stand there.
    Fault.ALLOWED: Phrase("county file", "allowed: {options}"),
    # tr: Part of a sentence about a mistake in the county file: what may stand there.
    Fault.ALLOWED_BUT: Phrase("county file", 'allowed: {options} (did you mean "{close}"?)'),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_TRUTH: Phrase("county file", "{yes} or {no}"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should; {value} is what stands
    # there, in quotes.
    Fault.THE_TEXT: Phrase("county file", "the text {value}"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_NUMBER: Phrase("county file", "a whole number"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_FRACTION: Phrase("county file", "a number with a fraction"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_DATE_WITH_TIME: Phrase("county file", "a date with a time"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_DATE: Phrase("county file", "a date"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_TIME: Phrase("county file", "a time"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_LIST: Phrase("county file", "a list"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_TABLE: Phrase("county file", "a table"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_TOWNSHIP: Phrase("county file", "a township"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_UNIT: Phrase("county file", "a unit"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_CLASS: Phrase("county file", "a deadline class"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_CATEGORY: Phrase("county file", "a category"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_HORIZON: Phrase("county file", "a horizon"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_SIGN: Phrase("county file", "a sign"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_MEASURE: Phrase("county file", "a figure that is measured"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_ROLE: Phrase("county file", "a role"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_WAY_OF_COUNTING: Phrase("county file", "a way of counting"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_COLOUR: Phrase("county file", "a colour that can be shown"),
    # tr: Part of a sentence about a mistake in the county file: what stands somewhere, or should.
    Fault.A_WEEKDAY: Phrase("county file", "a weekday"),
}
"""Each with the sentence that says it."""
