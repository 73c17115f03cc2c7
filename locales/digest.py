"""The digest as a message: every rate with what it is made of, small enough for one screen of a phone.

Invariant: nothing is counted here; a figure that the digest does not have is left out, never shown as nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from fractions import Fraction
from typing import Final

from bot.rules.figure import Digest, Figure, UnitFigures
from locales.catalogue import Phrase
from locales.facts import BLANK
from locales.markup import Block, Html, code
from locales.speech import Speech
from locales.terms import RATES

ATTENTION_UNITS: Final = 5
"""How many units are named under the figures."""


def digest_page(speech: Speech, digest: Digest) -> list[Block]:
    """Show the figures, the change to the period before, what needs attention, and the checkpoint."""
    blocks: list[Block] = [*_heading(speech, digest), BLANK, *_figures(speech, digest), *_attention(speech, digest)]
    blocks.append(BLANK)
    if digest.before:
        # tr: Under the figures of the digest: what the first number in brackets means.
        blocks += [speech.line("In brackets: the change to the period before (for rates, percentage points)")]
    sequence, _, chain = digest.checkpoint.partition(":")
    if chain:
        # tr: The end of the ledger when the digest was computed: number of the last entry and its hash.
        blocks.append(speech.line("Ledger up to entry {sequence}, check code {chain}", sequence=sequence, chain=code(chain)))
    return blocks


def _area(speech: Speech, digest: Digest) -> str:
    if digest.unit is not None:
        return speech.unit(digest.unit)
    if digest.township is not None:
        return speech.township(digest.township)
    return speech.county_name()


def _heading(speech: Speech, digest: Digest) -> tuple[Html, Html]:
    area = _area(speech, digest)
    year, _, rest = digest.period.partition("-")
    if rest.startswith("W"):
        first, last = speech.short_day(digest.begins_at), speech.short_day(digest.ends_at - timedelta(seconds=1))
        # tr: Heading of the digest of a week; {area} is the county, a unit or a township.
        heading = speech.heading("{area}: weekly digest", area=area)
        # tr: The period of a digest: a week, with its first and last day.
        period = speech.line(
            "Week {week} of {year}: {first} to {last}", week=rest[1:].lstrip("0"), year=year, first=first, last=last
        )
    elif rest.startswith("Q"):
        # tr: Heading of the digest of a quarter; {area} is the county, a unit or a township.
        heading = speech.heading("{area}: quarterly digest", area=area)
        # tr: The period of a digest: a quarter.
        period = speech.line("Quarter {quarter} of {year}", quarter=rest[1:], year=year)
    elif rest:
        # tr: Heading of the digest of a month; {area} is the county, a unit or a township.
        heading = speech.heading("{area}: monthly digest", area=area)
        # tr: The period of a digest: a month, such as 2026年11月.
        period = speech.line("{month}", month=speech.month(digest.begins_at))
    else:
        # tr: Heading of the digest of a year; {area} is the county, a unit or a township.
        heading = speech.heading("{area}: yearly digest", area=area)
        # tr: The period of a digest: a year.
        period = speech.line("The year {year}", year=year)
    return heading, period


def _figures(speech: Speech, digest: Digest) -> list[Block]:
    now, before = digest.figures, digest.before
    blocks: list[Block] = []
    if (received := _count(now, "received")) is not None:
        value = _with_change(speech, received, _count(before, "received"))
        # tr: Figure of the digest: cases that came in.
        blocks.append(speech.line("Received: {value}", value=value))
    for name, phrase in RATES.items():
        figure = now.get(name)
        if figure is not None and figure.of is not None and figure.n is not None:
            label = speech.text(phrase)
            value = _rate(speech, figure, before.get(name))
            # tr: One rate of the digest: its name and its value.
            blocks.append(speech.line("{label}: {value}", label=label, value=value))
    return [*blocks, *_handling_time(speech, now), *_overdue(speech, now, before)]


def _handling_time(speech: Speech, figures: Mapping[str, Figure]) -> list[Block]:
    median, late = _count(figures, "handling_time_median"), _count(figures, "handling_time_p90")
    if median is None or late is None:
        return []
    half, most = speech.length(timedelta(seconds=median)), speech.length(timedelta(seconds=late))
    # tr: How long cases took from filing to being resolved: half of them at most, nine tenths of them at most.
    return [speech.line("Time taken: half within {half}, nine in ten within {most}", half=half, most=most)]


def _overdue(speech: Speech, now: Mapping[str, Figure], before: Mapping[str, Figure]) -> list[Block]:
    overdue, long_overdue = _count(now, "overdue"), _count(now, "long_overdue")
    if overdue is None:
        return []
    value = _with_change(speech, overdue, _count(before, "overdue"))
    if not long_overdue:
        # tr: Figure of the digest: open cases past their deadline.
        return [speech.line("Overdue and open: {value}", value=value)]
    long = speech.number(long_overdue)
    # tr: Figure of the digest: open cases past their deadline; {long} of them past three times the time they had.
    return [speech.line("Overdue and open: {value}, of which long overdue: {long}", value=value, long=long)]


def _rate(speech: Speech, figure: Figure, before: Figure | None) -> str:
    if figure.n is None or not figure.of:
        return speech.text(NOTHING_DUE)
    n, of = speech.number(figure.n), speech.number(figure.of)
    percent = speech.percent(Fraction(figure.n, figure.of))
    notes: list[str] = []
    if before is not None and before.n is not None and before.of:
        change = Fraction(figure.n, figure.of) - Fraction(before.n, before.of)
        notes.append(speech.signed_points(change) if change else speech.text(UNCHANGED))
    if figure.of < speech.county.privacy.smallest_ranked and figure.low is not None and figure.high is not None:
        low, high = speech.percent_of(figure.low), speech.percent_of(figure.high)
        notes.append(speech.text(INTERVAL, low=low, high=high))
    if figure.left_out:
        notes.append(speech.text(LEFT_OUT, count=speech.number(figure.left_out)))
    return _noted(speech, f"{n}/{of} = {percent}", notes)


def _with_change(speech: Speech, value: int, before: int | None) -> str:
    shown = speech.number(value)
    if before is None:
        return shown
    return _noted(speech, shown, [speech.signed(value - before) if value != before else speech.text(UNCHANGED)])


def _noted(speech: Speech, value: str, notes: list[str]) -> str:
    return speech.text(NOTED, value=value, note=speech.join(notes, NEXT_NOTE)) if notes else value


def _attention(speech: Speech, digest: Digest) -> list[Block]:
    pressing = sorted((unit for unit in digest.units if _weight(unit) > (0, 0, 0)), key=_weight, reverse=True)
    if not pressing or digest.unit is not None:
        return []
    # tr: Heading above the units with overdue or reopened cases.
    blocks: list[Block] = [BLANK, speech.heading("Units that need attention")]
    blocks += [_unit_line(speech, unit) for unit in pressing[:ATTENTION_UNITS]]
    if len(pressing) > ATTENTION_UNITS:
        more = speech.number(len(pressing) - ATTENTION_UNITS)
        # tr: Under the units that need attention, when not all are named.
        blocks.append(speech.line("and {more} more", more=more))
    return blocks


def _weight(unit: UnitFigures) -> tuple[int, int, int]:
    long_overdue, overdue, reopened = (_count(unit.figures, name) or 0 for name in ("long_overdue", "overdue", "reopened"))
    return long_overdue, overdue, reopened


def _unit_line(speech: Speech, unit: UnitFigures) -> Html:
    long_overdue, overdue, reopened = _weight(unit)
    told: list[str] = []
    if overdue:
        told.append(speech.text(UNIT_OVERDUE, count=speech.number(overdue)))
    if long_overdue:
        told.append(speech.text(UNIT_LONG_OVERDUE, count=speech.number(long_overdue)))
    if reopened:
        told.append(speech.text(UNIT_REOPENED, count=speech.number(reopened)))
    # tr: A unit that needs attention: its name, and how many cases are overdue or reopened.
    return speech.line("{unit}: {told}", unit=speech.unit(unit.unit), told=speech.join(told))


def _count(figures: Mapping[str, Figure], name: str) -> int | None:
    figure = figures.get(name)
    return None if figure is None else figure.n


# tr: Stands for a rate of which no case could speak in the period.
NOTHING_DUE = Phrase("figure", "no case to count")
# tr: The 95 % interval of a rate from few cases.
INTERVAL = Phrase("figure", "few cases, probably {low} to {high}")
# tr: Stands for a change of nought.
UNCHANGED = Phrase("figure", "unchanged")
# tr: Cases that a rate could not speak of.
LEFT_OUT = Phrase("figure", "{count} not counted")
# tr: Two notes on a figure, within its brackets: the change; the interval.
NEXT_NOTE = Phrase("list", "{left}; {right}")
# tr: A figure with its notes in brackets.
NOTED = Phrase("figure", "{value} ({note})")
# tr: Of a unit that needs attention.
UNIT_OVERDUE = Phrase("figure", "overdue {count}")
# tr: Of a unit that needs attention: past three times the time it had.
UNIT_LONG_OVERDUE = Phrase("figure", "long overdue {count}")
# tr: Of a unit that needs attention: residents said "not solved".
UNIT_REOPENED = Phrase("figure", "reopened {count}")
