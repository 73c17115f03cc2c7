"""The digest as a message: every rate with what it is made of, small enough for one screen of a phone.

Invariant: nothing is counted here; a figure that the digest does not have is left out, never shown as nought.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Final

from bot.rules.figure import Digest, Figure, UnitFigures
from bot.rules.identity import CategoryId
from bot.rules.message import Making
from locales.catalogue import Phrase
from locales.digest_books import books_in_chat
from locales.digest_signs import signs_in_chat
from locales.facts import BLANK
from locales.figures import (
    BY_PHONE,
    MEASURES,
    UNCHANGED,
    VISITS,
    change_in_words,
    gap_in_points,
    heading_of,
    length_in_words,
    name_of,
    period_of,
    rate_in_words,
    rate_of,
)
from locales.markup import Block, Html, bold, code, escape
from locales.speech import COMMA, Speech

SOLVED: Final = ("handled", "confirmed_solved", "solved_among_answers")
SATISFIED: Final = ("satisfied_among_answers", "satisfied_lowest_case", "answered")
WORK: Final = ("accepted_in_time", "on_time", "reopened")
NONE: Final = Figure(n=None)
TOPICS: Final = 3
ATTENTION_UNITS: Final = 2
"""How many units are named under the figures: with them the message still fits a screen."""


def digest_page(speech: Speech, digest: Digest, now: datetime) -> list[Block]:
    """Show how far units and residents lie apart, then the work, what needs attention, and the checkpoint."""
    blocks: list[Block] = [bold(escape(heading_of(speech, digest))), escape(period_of(speech, digest))]
    if digest.ends_at > now:
        # tr: Under the heading of a digest whose period has not ended.
        blocks.append(speech.line("The period still runs; this is how it stands."))
    # tr: Heading in the digest: how much is solved, as units and as residents say. 解决率
    solved = speech.heading("Solved: what units say, what residents say")
    # tr: Heading in the digest: how satisfied residents are. 满意率
    satisfied = speech.heading("Satisfied: how residents answered")
    blocks += _both_sides(speech, digest, solved, SOLVED, _gap(speech, digest))
    blocks += _both_sides(speech, digest, satisfied, SATISFIED, None)
    blocks += _by_phone(speech, digest)
    blocks += [BLANK, *_work(speech, digest), *books_in_chat(speech, digest), BLANK]
    blocks += signs_in_chat(speech, digest)
    blocks += _attention(speech, digest)
    if digest.before:
        # tr: Under the figures of the digest: what the first number in brackets means.
        blocks += [speech.line("In brackets: the change to the period before (for rates, percentage points)")]
    sequence, _, chain = digest.checkpoint.partition(":")
    if chain:
        # tr: The end of the ledger when the digest was computed: number of the last entry and its hash.
        blocks.append(speech.line("Ledger up to entry {sequence}, check code {chain}", sequence=sequence, chain=code(chain)))
    return blocks


def caption(speech: Speech, digest: Digest) -> list[Block]:
    """Say what a file is, under it."""
    return [bold(escape(heading_of(speech, digest))), escape(period_of(speech, digest))]


def in_short(speech: Speech, digest: Digest) -> list[Block]:
    """Tell the figures of a digest without headings: work, and what residents say."""
    told = (_rate_line(speech, digest, name) for name in (*SOLVED, *SATISFIED))
    return [*_work(speech, digest), *(line for line in told if line is not None)]


def _both_sides(speech: Speech, digest: Digest, heading: Html, names: tuple[str, ...], last: Html | None) -> list[Block]:
    lines = [line for name in names if (line := _rate_line(speech, digest, name)) is not None]
    return [BLANK, heading, *lines, *([] if last is None else [last])] if lines else []


def _by_phone(speech: Speech, digest: Digest) -> list[Block]:
    """Tell ratings that were heard by telephone apart, where there are any; above they are counted too."""
    heard = digest.figures.get("answered_by_phone")
    if heard is None or not heard.n:
        return []
    # tr: Heading in the digest: ratings that operators heard by telephone; they are counted in the figures above, too.
    heading = speech.heading("Of these, heard by telephone")
    return _both_sides(speech, digest, heading, BY_PHONE, None)


def _gap(speech: Speech, digest: Digest) -> Html | None:
    gap = gap_in_points(digest, "handled", "confirmed_solved")
    if gap is None:
        return None
    # tr: In the digest: how far what units say and what residents say lie apart, in percentage points.
    return speech.heading("Units and residents are {points} points apart", points=speech.points(gap))


def _rate_line(speech: Speech, digest: Digest, name: str) -> Html | None:
    figure = digest.figures.get(name)
    if figure is None or figure.of is None or figure.n is None:
        return None
    value = _rate(speech, figure, digest.before.get(name))
    # tr: One rate of the digest: its name and its value.
    return speech.line("{label}: {value}", label=name_of(speech, name), value=value)


def _work(speech: Speech, digest: Digest) -> list[Block]:
    now, before = digest.figures, digest.before
    blocks: list[Block] = []
    if (received := _count(now, "received")) is not None:
        value = _with_change(speech, received, _count(before, "received"))
        # tr: Figure of the digest: cases that came in.
        blocks.append(speech.line("Received: {value}", value=value))
    blocks += _mostly(speech, digest)
    seldom = [name for name in ("still_solved", *MEASURES) if now.get(name, NONE).of]  # for most of the first year nothing
    blocks += [line for name in (*WORK, *seldom) if (line := _rate_line(speech, digest, name)) is not None]
    return [*blocks, *_handling_time(speech, now), *_overdue(speech, now, before), *_visits(speech, now)]


def _visits(speech: Speech, figures: Mapping[str, Figure]) -> list[Block]:
    visits, households, firms = (speech.number(_count(figures, name) or 0) for name in VISITS)
    if not _count(figures, VISITS[0]):
        return []
    return [
        # tr: Figure of the digest: field visits of officials, and how many households and firms they saw.
        speech.line(
            "Field visits: {visits}; households {households}, firms {firms}",
            visits=visits,
            households=households,
            firms=firms,
        )
    ]


def _mostly(speech: Speech, digest: Digest) -> list[Block]:
    told = [
        speech.text(
            TOPIC, category=speech.category(CategoryId(share.which or "")), share=speech.percent(Fraction(share.n, share.of))
        )
        for share in digest.breakdown.category[:TOPICS]
        if share.n
    ]
    # tr: In the digest: the categories of most cases received, each with its share, such as 道路交通 17.0%.
    return [speech.line("Mostly about: {topics}", topics=speech.join(told, COMMA))] if told else []


def _handling_time(speech: Speech, figures: Mapping[str, Figure]) -> list[Block]:
    half = length_in_words(speech, figures.get("handling_time_median"))
    most = length_in_words(speech, figures.get("handling_time_p90"))
    if not half or not most:
        return []
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
    if rate_of(figure) is None:
        return rate_in_words(speech, figure)
    notes = [change] if (change := change_in_words(speech, figure, before)) else []
    if (figure.of or 0) < speech.county.privacy.smallest_ranked and figure.low is not None and figure.high is not None:
        low, high = speech.percent_of(figure.low), speech.percent_of(figure.high)
        notes.append(speech.text(INTERVAL, low=low, high=high))
    if figure.left_out:
        notes.append(speech.text(LEFT_OUT, count=speech.number(figure.left_out)))
    return _noted(speech, rate_in_words(speech, figure), notes)


def _with_change(speech: Speech, value: int, before: int | None) -> str:
    shown = speech.number(value)
    if before is None:
        return shown
    return _noted(speech, shown, [speech.signed(value - before) if value != before else speech.text(UNCHANGED)])


def _noted(speech: Speech, value: str, notes: list[str]) -> str:
    return speech.text(NOTED, value=value, note=speech.join(notes, NEXT_NOTE)) if notes else value


def _attention(speech: Speech, digest: Digest) -> list[Block]:
    lines = pressing_units(speech, digest, ATTENTION_UNITS)
    # tr: Heading above the units with overdue or reopened cases.
    return [speech.heading("Units that need attention"), *(escape(line) for line in lines), BLANK] if lines else [BLANK]


def pressing_units(speech: Speech, digest: Digest, most: int) -> list[str]:
    """Name the units with overdue or reopened cases, at most so many, the most pressing first; none in its own digest."""
    pressing = sorted((unit for unit in digest.units if _weight(unit) > (0, 0, 0)), key=_weight, reverse=True)
    if digest.unit is not None:
        return []
    lines = [_unit_line(speech, unit) for unit in pressing[:most]]
    if len(pressing) > most:
        lines.append(speech.text(MORE_UNITS, more=speech.number(len(pressing) - most)))
    return lines


def _weight(unit: UnitFigures) -> tuple[int, int, int]:
    long_overdue, overdue, reopened = (_count(unit.figures, name) or 0 for name in ("long_overdue", "overdue", "reopened"))
    return long_overdue, overdue, reopened


def _unit_line(speech: Speech, unit: UnitFigures) -> str:
    long_overdue, overdue, reopened = _weight(unit)
    told: list[str] = []
    if overdue:
        told.append(speech.text(UNIT_OVERDUE, count=speech.number(overdue)))
    if long_overdue:
        told.append(speech.text(UNIT_LONG_OVERDUE, count=speech.number(long_overdue)))
    if reopened:
        told.append(speech.text(UNIT_REOPENED, count=speech.number(reopened)))
    return speech.text(UNIT_TOLD, unit=speech.unit(unit.unit), told=speech.join(told))


def _count(figures: Mapping[str, Figure], name: str) -> int | None:
    figure = figures.get(name)
    return None if figure is None else figure.n


# tr: The 95 % interval of a rate from few cases.
INTERVAL = Phrase("figure", "few cases, probably {low} to {high}")
# tr: A category with its share of all cases received.
TOPIC = Phrase("figure", "{category} {share}")
# tr: Cases that a rate could not speak of.
LEFT_OUT = Phrase("figure", "{count} not counted")
# tr: Two notes on a figure, within its brackets: the change; the interval.
NEXT_NOTE = Phrase("list", "{left}; {right}")
# tr: A figure with its notes in brackets.
NOTED = Phrase("figure", "{value} ({note})")
# tr: A unit that needs attention: its name, and how many cases are overdue or reopened.
UNIT_TOLD = Phrase("figure", "{unit}: {told}")
# tr: Under the units that need attention, when not all are named.
MORE_UNITS = Phrase("figure", "and {more} more")
# tr: Of a unit that needs attention.
UNIT_OVERDUE = Phrase("figure", "overdue {count}")
# tr: Of a unit that needs attention: past three times the time it had.
UNIT_LONG_OVERDUE = Phrase("figure", "long overdue {count}")
# tr: Of a unit that needs attention: residents said "not solved".
UNIT_REOPENED = Phrase("figure", "reopened {count}")

MAKING: Final[Mapping[Making, Phrase]] = {
    # tr: While a file is being made; {form} is PDF, PNG or XLSX. The line is taken away when the file is there.
    Making.PRINTING: Phrase("making", "Making the {form} file …"),
    # tr: The file is made and on its way; {form} is PDF, PNG or XLSX.
    Making.SENDING: Phrase("making", "The {form} file is made, sending it …"),
    # tr: A file could not be made; {form} is PDF, PNG or XLSX.
    Making.FAILED: Phrase(
        "making", "The {form} file could not be made. Please try again later; the figures are in the message above."
    ),
}
