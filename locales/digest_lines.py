"""Lines of a digest's messages: a figure with its name, what it is made of, and its change; shared by all its parts.

Invariant: nothing is counted here; a figure that the digest does not have is left out, never shown as nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from bot.rules.figure import Digest, Figure, Share
from bot.rules.identity import CategoryId
from locales.catalogue import Phrase
from locales.figures import (
    UNCHANGED,
    VISITS,
    change_in_words,
    counts_if_few,
    is_few,
    length_in_words,
    name_of,
    rate_in_words,
    rate_of,
    short_name_of,
)
from locales.markup import Block, Html
from locales.speech import COMMA, Speech

SOLVED: Final = ("handled", "confirmed_solved", "solved_among_answers")
SATISFIED: Final = ("satisfied_among_answers", "satisfied_lowest_case", "answered")
NOTHING: Final = Figure(n=0)
TOPICS: Final = 3

Noting = Callable[[Speech, Figure, Figure | None], list[str]]
"""What is said in brackets behind a rate."""

Naming = Callable[[Speech, str], str]
"""What a rate is called."""


class Manner(NamedTuple):
    """How a rate is told: its name, its value, and what is noted behind it."""

    naming: Naming
    value: Callable[[Speech, Figure], str]
    notes: Noting


def in_brief(speech: Speech, figure: Figure, before: Figure | None) -> list[str]:
    """Note one thing on a rate: how it changed; of few cases nothing, as a change says even less than they do."""
    is_noise = is_few(speech, figure.of) or (before is not None and is_few(speech, before.of))
    return [] if is_noise else _change(speech, figure, before)


def in_full(speech: Speech, figure: Figure, before: Figure | None) -> list[str]:
    """Note on a rate its change, how sure it is where cases are few, and what it left out."""
    left_out = [speech.text(LEFT_OUT, count=speech.number(figure.left_out))] if figure.left_out else []
    return [*_change(speech, figure, before), *_interval(speech, figure), *left_out]


BRIEF: Final = Manner(short_name_of, counts_if_few, in_brief)
FULL: Final = Manner(name_of, rate_in_words, in_full)


def rate_lines(speech: Speech, digest: Digest, names: Iterable[str], manner: Manner) -> list[Block]:
    """Tell rates in a line each, those that the digest has."""
    return [line for name in names if (line := rate_line(speech, digest, name, manner)) is not None]


def rate_line(speech: Speech, digest: Digest, name: str, manner: Manner) -> Html | None:
    """Tell a rate with its name; None where the digest does not have it."""
    figure = digest.figures.get(name)
    if figure is None or figure.of is None or figure.n is None:
        return None
    value = manner.value(speech, figure)
    if rate_of(figure) is not None:
        value = noted(speech, value, manner.notes(speech, figure, digest.before.get(name)))
    return named(speech, manner.naming(speech, name), value)


def named(speech: Speech, label: str, value: str) -> Html:
    """Put a name before a value."""
    # tr: A line of the digest: the name of a figure, a unit or a township, and its value.
    return speech.line("{label}: {value}", label=label, value=value)


def received(speech: Speech, digest: Digest) -> list[Block]:
    """Tell how many cases came in."""
    count = count_of(digest.figures, "received")
    if count is None:
        return []
    # tr: Figure of the digest: cases that came in.
    return [speech.line("Received: {value}", value=with_change(speech, count, count_of(digest.before, "received")))]


def mostly(speech: Speech, digest: Digest) -> list[Block]:
    """Tell what most cases received are about."""
    told = [
        speech.text(TOPIC, category=speech.category(CategoryId(share.which or "")), share=_share(speech, share))
        for share in digest.breakdown.category[:TOPICS]
        if share.n
    ]
    # tr: In the digest: the categories of most cases received, each with its share, such as 道路交通 17.0%.
    return [speech.line("Mostly about: {topics}", topics=speech.join(told, COMMA))] if told else []


def _share(speech: Speech, share: Share) -> str:
    return speech.number(share.n) if is_few(speech, share.of) else speech.percent(Fraction(share.n, share.of))


def handling_time(speech: Speech, figures: Mapping[str, Figure]) -> list[Block]:
    """Tell how long cases took."""
    half = length_in_words(speech, figures.get("handling_time_median"))
    most = length_in_words(speech, figures.get("handling_time_p90"))
    if not half or not most:
        return []
    # tr: How long cases took from filing to being resolved: half of them at most, nine tenths of them at most.
    return [speech.line("Time taken: half within {half}, nine in ten within {most}", half=half, most=most)]


def overdue(speech: Speech, digest: Digest) -> list[Block]:
    """Tell how many cases are past their limit."""
    count, long_overdue = count_of(digest.figures, "overdue"), count_of(digest.figures, "long_overdue")
    if count is None:
        return []
    value = with_change(speech, count, count_of(digest.before, "overdue"))
    if not long_overdue:
        # tr: Figure of the digest: open cases past their deadline.
        return [speech.line("Overdue and open: {value}", value=value)]
    long = speech.number(long_overdue)
    # tr: Figure of the digest: open cases past their deadline; {long} of them past three times the time they had.
    return [speech.line("Overdue and open: {value}, of which long overdue: {long}", value=value, long=long)]


def visits(speech: Speech, figures: Mapping[str, Figure]) -> list[Block]:
    """Tell of field visits, where there were any."""
    if not count_of(figures, VISITS[0]):
        return []
    made, households, firms = (speech.number(count_of(figures, name) or 0) for name in VISITS)
    return [
        # tr: Figure of the digest: field visits of officials, and how many households and firms they saw.
        speech.line(
            "Field visits: {visits}; households {households}, firms {firms}", visits=made, households=households, firms=firms
        )
    ]


def with_change(speech: Speech, value: int, before: int | None) -> str:
    """Write a count, and by how much it changed where it is known what it was."""
    shown = speech.number(value)
    if before is None:
        return shown
    return noted(speech, shown, [speech.signed(value - before) if value != before else speech.text(UNCHANGED)])


def noted(speech: Speech, value: str, notes: list[str]) -> str:
    """Write notes in brackets behind a value."""
    return speech.text(NOTED, value=value, note=speech.join(notes, NEXT_NOTE)) if notes else value


def count_of(figures: Mapping[str, Figure], name: str) -> int | None:
    """Return what a figure counted; None where the digest does not have it."""
    figure = figures.get(name)
    return None if figure is None else figure.n


def _change(speech: Speech, figure: Figure, before: Figure | None) -> list[str]:
    return [change] if (change := change_in_words(speech, figure, before)) else []


def _interval(speech: Speech, figure: Figure) -> list[str]:
    """Say between what a rate of few cases lies."""
    if not is_few(speech, figure.of) or figure.low is None or figure.high is None:
        return []
    return [speech.text(INTERVAL, low=speech.percent_of(figure.low), high=speech.percent_of(figure.high))]


# tr: The 95 % interval of a rate from few cases.
INTERVAL = Phrase("figure", "few cases, probably {low} to {high}")
# tr: A category with its share of all cases received; of few cases with how many they are.
TOPIC = Phrase("figure", "{category} {share}")
# tr: Cases that a rate could not speak of.
LEFT_OUT = Phrase("figure", "{count} not counted")
# tr: Two notes on a figure, within its brackets: the change; the interval.
NEXT_NOTE = Phrase("list", "{left}; {right}")
# tr: A figure with its notes in brackets.
NOTED = Phrase("figure", "{value} ({note})")
