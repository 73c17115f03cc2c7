"""A figure in words: its name, what it is made of, how sure it is, how it changed. Shared by every form of a digest.

Invariant: whatever is shown of a rate is rounded once, from the counts themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, Protocol

from bot.rules.county import Satisfaction
from bot.rules.entry import Channel
from bot.rules.figure import Digest, Figure
from bot.rules.warning import Grade
from locales.catalogue import Phrase
from locales.colours import colour_name
from locales.speech import Speech
from locales.terms import RATES, SHORT

OFFICIAL: Final[Mapping[Satisfaction, str]] = {
    Satisfaction.AMONG_ANSWERS: "satisfied_among_answers",
    Satisfaction.LOWEST_CASE: "satisfied_lowest_case",
}
"""The figure that stands for each way of counting satisfaction."""


GRADES: Final[Mapping[str, Grade]] = {
    "warnings_overdue": Grade.OVERDUE,
    "warnings_behind": Grade.BEHIND,
    "warnings_near": Grade.NEAR,
}
"""The figures that count warnings of a grade."""

BY_PHONE: Final = ("answered_by_phone", "solved_by_phone", "satisfied_by_phone")
"""Of the ratings, those that were heard by telephone."""

SIGNS: Final = (
    "warnings", "warnings_overdue", "warnings_behind", "warnings_near", "warnings_begun", "warnings_ended",
    "signals", "signals_begun", "signals_ended",
)  # fmt: skip
"""Warnings and integrity signals, which have a place of their own on paper."""

IN_BOOKS: Final = (
    "still_solved_months", "still_solved_year", "milestones_visible", "projects_visible", "milestones_lasting",
    "projects_lasting", "projects_again", "appraised_good",
)  # fmt: skip
"""What stands in the table of the two books."""

TRANSLATING: Final = ("translated_in_time", "translations_late")
"""Told where anything was to be translated; counted from the list of what is to be translated, and not from the ledger.

An entry for each would reveal who does not write Chinese, which no statistics may (design.md section 9).
"""

VISITS: Final = ("visits", "households_seen", "firms_seen")
"""What officials did where people are."""


MEASURES: Final = ("became_measures", "measures_in_time")
"""What became of what was proposed there."""


def name_of(speech: Speech, name: str) -> str:
    """Name a figure; the county's official one of satisfaction is said to be that, a rate from elsewhere too."""
    if name in GRADES:
        return speech.text(OF_COLOUR, colour=colour_name(speech, GRADES[name]))
    named = speech.text(RATES[name] if name in RATES else OTHERS[name])
    if name in TRANSLATING:
        return speech.text(NOT_OF_THE_LEDGER, figure=named)
    return speech.text(OFFICIALLY, figure=named) if name == OFFICIAL[speech.county.digest.satisfaction] else named


def short_name_of(speech: Speech, name: str) -> str:
    """Name a figure where a line is narrow: as short as can be understood, else as everywhere."""
    if name not in SHORT:
        return name_of(speech, name)
    named = speech.text(SHORT[name])
    return speech.text(OFFICIAL_IN_SHORT, figure=named) if name == OFFICIAL[speech.county.digest.satisfaction] else named


def told_of(digest: Digest) -> tuple[str, ...]:
    """Return the figures of the table, in their order: of telephone, visits and measures nothing where there were none."""

    def is_told(name: str) -> bool:
        if name in SIGNS or name in IN_BOOKS:
            return False
        if name in MEASURES:
            return bool(digest.figures[name].of)
        if name in TRANSLATING:
            return any(digest.figures.get(each, Figure(n=0)).of for each in TRANSLATING)
        first = next((each[0] for each in (BY_PHONE, VISITS) if name in each), None)
        figure = None if first is None else digest.figures.get(first)
        return first is None or (figure is not None and bool(figure.n))

    return tuple(name for name in digest.figures if is_told(name))


def rate_of(figure: Figure | None) -> Fraction | None:
    """Return a rate as an exact fraction; None without a denominator."""
    return None if figure is None or figure.n is None or not figure.of else Fraction(figure.n, figure.of)


def parts_of(speech: Speech, figure: Figure) -> str:
    """Say what a rate is made of: 61/88."""
    return f"{speech.number(figure.n or 0)}/{speech.number(figure.of or 0)}"


def is_few(speech: Speech, of: int | None) -> bool:
    """Say whether a rate is of fewer cases than a unit is compared by: it is shown large nowhere, its counts are."""
    return bool(of) and (of or 0) < speech.county.privacy.smallest_ranked


def counts_if_few(speech: Speech, figure: Figure) -> str:
    """Say a rate with what it is made of, and of few cases only that: 61/88 = 69.3%, but 2/3."""
    return parts_of(speech, figure) if is_few(speech, figure.of) else rate_in_words(speech, figure)


def why_few(speech: Speech) -> str:
    """Say why there is no percentage where there are few cases."""
    return speech.text(FEW, smallest=speech.number(speech.county.privacy.smallest_ranked))


def rate_in_words(speech: Speech, figure: Figure) -> str:
    """Say a rate with what it is made of: 61/88 = 69.3%."""
    rate = rate_of(figure)
    return speech.text(NOTHING_DUE) if rate is None else f"{parts_of(speech, figure)} = {speech.percent(rate)}"


def interval_in_words(speech: Speech, figure: Figure) -> str:
    """Say between what a rate lies: 59.0%–78.0%; empty where it has no interval."""
    if figure.low is None or figure.high is None:
        return ""
    return f"{speech.percent_of(figure.low)}–{speech.percent_of(figure.high)}"


def change_in_words(speech: Speech, figure: Figure, before: Figure | None) -> str:
    """Say the change to the period before, in points for a rate; empty where one of the two is not known."""
    now, then = rate_of(figure), rate_of(before)
    if now is not None and then is not None:
        return speech.signed_points(now - then) if now != then else speech.text(UNCHANGED)
    if figure.of is None and figure.n is not None and before is not None and before.n is not None:
        return count_change(speech, figure.n, before.n)
    return ""


def count_change(speech: Speech, now: int, before: int) -> str:
    """Say the change of a count."""
    return speech.signed(now - before) if now != before else speech.text(UNCHANGED)


def length_in_words(speech: Speech, figure: Figure | None) -> str:
    """Say within which time something was done, given in seconds; empty when there is none."""
    return "" if figure is None or figure.n is None else speech.length_at_most(timedelta(seconds=figure.n))


def gap_in_points(speech: Speech, digest: Digest, higher: str, lower: str) -> Fraction | None:
    """Return how far two rates lie apart, 0 to 1; None unless both are there and of cases enough to say so."""
    figures = [digest.figures.get(name) for name in (higher, lower)]
    high, low = map(rate_of, figures)
    if high is None or low is None or any(figure is not None and is_few(speech, figure.of) for figure in figures):
        return None
    return high - low


def channel_of(speech: Speech, channel: str) -> str:
    """Name a channel."""
    return speech.text(CHANNELS[Channel(channel)])


def area_of(speech: Speech, digest: Digest) -> str:
    """Name what a digest is about."""
    if digest.unit is not None and digest.township is not None:
        return speech.text(UNIT_IN_TOWNSHIP, unit=speech.unit(digest.unit), township=speech.township(digest.township))
    if digest.unit is not None:
        return speech.unit(digest.unit)
    if digest.township is not None:
        return speech.township(digest.township)
    return speech.county_name()


def heading_of(speech: Speech, digest: Digest) -> str:
    """Head a digest: whose it is, and of what length."""
    _, _, rest = digest.period.partition("-")
    phrase = WEEKLY if rest.startswith("W") else QUARTERLY if rest.startswith("Q") else MONTHLY if rest else YEARLY
    return speech.text(phrase, area=area_of(speech, digest))


class Dated(Protocol):
    """Whatever is about a week, month, quarter or year."""

    @property
    def period(self) -> str:
        """Return 2026-W47, 2026-11, 2026-Q4 or 2026."""

    @property
    def begins_at(self) -> datetime:
        """Return its first instant."""

    @property
    def ends_at(self) -> datetime:
        """Return the first instant after it."""


def period_of(speech: Speech, digest: Dated) -> str:
    """Say which period it is; a week with its first and last day."""
    year, _, rest = digest.period.partition("-")
    if rest.startswith("W"):
        first, last = speech.short_day(digest.begins_at), speech.short_day(digest.ends_at - timedelta(seconds=1))
        return speech.text(WEEK, week=rest[1:].lstrip("0"), year=year, first=first, last=last)
    if rest.startswith("Q"):
        return speech.text(QUARTER, quarter=rest[1:], year=year)
    if rest:
        return speech.text(MONTH, month=speech.month(digest.begins_at))
    return speech.text(YEAR, year=year)


# tr: Heading of the digest of a week; {area} is the county, a unit or a township.
WEEKLY = Phrase("digest", "{area}: weekly digest")
# tr: Heading of the digest of a month; {area} is the county, a unit or a township.
MONTHLY = Phrase("digest", "{area}: monthly digest")
# tr: Heading of the digest of a quarter; {area} is the county, a unit or a township.
QUARTERLY = Phrase("digest", "{area}: quarterly digest")
# tr: Heading of the digest of a year; {area} is the county, a unit or a township.
YEARLY = Phrase("digest", "{area}: yearly digest")
# tr: The period of a digest: a week, with its first and last day.
WEEK = Phrase("digest", "Week {week} of {year}: {first} to {last}")
# tr: The period of a digest: a quarter.
QUARTER = Phrase("digest", "Quarter {quarter} of {year}")
# tr: The period of a digest: a month, such as 2026年11月.
MONTH = Phrase("digest", "{month}")
# tr: The period of a digest: a year.
YEAR = Phrase("digest", "The year {year}")
# tr: What a digest is about: the cases of a unit that came from one township.
UNIT_IN_TOWNSHIP = Phrase("digest", "{unit}, cases from {township}")
# tr: Figure of the digest: early warnings of one colour, such as red.
OF_COLOUR = Phrase("figure", "Early warnings, {colour}")
# tr: A figure of satisfaction that the county has chosen as its official one.
OFFICIALLY = Phrase("figure", "{figure}, the county's official figure")
# tr: A rate that is counted from the translators' list of work, and not from the ledger that anybody can recount.
NOT_OF_THE_LEDGER = Phrase("figure", "{figure} (not from the ledger)")
# tr: Where a line is narrow: the rate of satisfaction that the county chose as its official one.
OFFICIAL_IN_SHORT = Phrase("figure", "{figure} (official)")
# tr: Stands for a rate of which no case could speak in the period.
NOTHING_DUE = Phrase("figure", "no case to count")
# tr: Under figures some of which are shown as counts alone, such as 2/3, without a percentage; {smallest} is such as 20.
FEW = Phrase("figure", "Fewer than {smallest} cases are shown as counts: so few say nothing about a share")
# tr: Stands for a change of nought.
UNCHANGED = Phrase("figure", "unchanged")

OTHERS: Final[Mapping[str, Phrase]] = {
    # tr: Figure of the digest: cases that came in.
    "received": Phrase("figure", "Received"),
    # tr: Figure of the digest: how long it took from filing to being resolved, half of the cases at most.
    "handling_time_median": Phrase("figure", "Time taken, half within"),
    # tr: Figure of the digest: how long it took from filing to being resolved, nine tenths of the cases at most.
    "handling_time_p90": Phrase("figure", "Time taken, nine in ten within"),
    # tr: Figure of the digest: open cases past their deadline.
    "overdue": Phrase("figure", "Overdue and open"),
    # tr: Figure of the digest: early warnings that stand at the end of the period. 预警
    "warnings": Phrase("figure", "Early warnings"),
    # tr: Figure of the digest: early warnings that are new in the period.
    "warnings_begun": Phrase("figure", "Early warnings, new"),
    # tr: Figure of the digest: early warnings that are over since the period.
    "warnings_ended": Phrase("figure", "Early warnings, over"),
    # tr: Figure of the digest: integrity signals that nobody has closed yet at the end of the period. 廉政线索
    "signals": Phrase("figure", "Integrity signals to look into"),
    # tr: Figure of the digest: integrity signals that are new in the period.
    "signals_begun": Phrase("figure", "Integrity signals, new"),
    # tr: Figure of the digest: integrity signals that are over, or closed, since the period.
    "signals_ended": Phrase("figure", "Integrity signals, over"),
    # tr: Figure of the digest: milestones reached in livelihood projects with visible results. 显绩
    "milestones_visible": Phrase("figure", "Milestones, visible results"),
    # tr: Figure of the digest: milestones reached in livelihood projects that are groundwork. 潜绩
    "milestones_lasting": Phrase("figure", "Milestones, groundwork"),
    # tr: Figure of the digest: field visits of officials. 走访
    "visits": Phrase("figure", "Field visits"),
    # tr: Figure of the digest: households that were seen on field visits.
    "households_seen": Phrase("figure", "Households seen"),
    # tr: Figure of the digest: firms that were seen on field visits.
    "firms_seen": Phrase("figure", "Firms seen"),
    # tr: Figure of the digest: open cases past three times the time they had.
    "long_overdue": Phrase("figure", "Long overdue and open"),
}
"""Names of the figures that are no rates of the period's cases."""

CHANNELS: Final[Mapping[Channel, Phrase]] = {
    # tr: How a case came in: through this bot.
    Channel.BOT: Phrase("channel", "Telegram bot"),
    # tr: How a case came in: by phone. 热线
    Channel.HOTLINE: Phrase("channel", "Hotline"),
    # tr: How a case came in: at a counter. 窗口
    Channel.COUNTER: Phrase("channel", "Counter"),
    # tr: How a case came in: at a residents' meeting. 群众议事厅
    Channel.MEETING: Phrase("channel", "Residents' meeting"),
    # tr: How a case came in: an official visited residents. 走访
    Channel.VISIT: Phrase("channel", "Visit"),
}
