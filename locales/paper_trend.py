"""How the cases received and both sides of what is solved went, over this period and those before it, for print.

Invariant: a rate of few cases is no point of a line, as such a line goes up and down by chance.
"""

from __future__ import annotations

from typing import Final

from bot.rules.figure import Digest, Figure
from bot.rules.paper import Course, Look, Trend
from locales.catalogue import Phrase
from locales.figures import is_few, name_of, parts_of, rate_of
from locales.speech import Speech

COURSES: Final = (("handled", Look.UNIT), ("confirmed_solved", Look.RESIDENT))


def trend_printed(speech: Speech, digest: Digest) -> Trend:
    """Tell how they went, the oldest period first; what each line is stands at its end."""
    over = [*((each.period, each.figures) for each in reversed(digest.trend)), (digest.period, digest.figures)]
    return Trend(
        title=speech.text(TREND_TITLE, count=speech.number(len(over))),
        ticks=tuple(_tick(period) for period, _ in over),
        columns=tuple(figures["received"].n or 0 if "received" in figures else 0 for _, figures in over),
        columns_label=name_of(speech, "received"),
        courses=tuple(
            Course(
                label=name_of(speech, name),
                value=large(speech, digest.figures.get(name), none=""),
                look=look,
                shares=tuple(_point(speech, figures.get(name)) for _, figures in over),
            )
            for name, look in COURSES
        ),
    )


def large(speech: Speech, figure: Figure | None, none: str) -> str:
    """Say a rate without its counts, and of few cases the counts without the rate."""
    rate = rate_of(figure)
    if figure is None or rate is None:
        return none
    return parts_of(speech, figure) if is_few(speech, figure.of) else speech.percent(rate)


def _point(speech: Speech, figure: Figure | None) -> float | None:
    """Return a rate as a point of a course; none where it is of too few cases, as such a line goes up and down by chance."""
    return None if figure is None or is_few(speech, figure.of) else figure.rate


def _tick(period: str) -> str:
    """Write a period under a chart: W47, 11, Q4 with the year where it begins anew, 2026."""
    year, _, rest = period.partition("-")
    begins_year = rest in {"W01", "01", "Q1"}
    return f"{rest} {year}" if begins_year else rest or year


# tr: Heading above the chart of this period and those before it; {count} is how many.
TREND_TITLE = Phrase("paper", "The last {count} periods")
