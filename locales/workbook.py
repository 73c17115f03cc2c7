"""The digest as tables for a spreadsheet: numbers as numbers, so that whoever gets it can count on.

Invariant: nothing is rounded; a cell without a number is empty, never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, TypeAlias

from bot.rules.county import Kind
from bot.rules.figure import Digest, Figure, Share
from bot.rules.identity import CategoryId, TownshipId, UnitId
from bot.rules.paper import Column, ColumnKind, Sheet, Workbook
from bot.rules.period import parse_period
from bot.rules.ranking import rank
from locales.catalogue import Phrase
from locales.figures import channel_of, heading_of, name_of, period_of
from locales.speech import Speech
from locales.workbook_books import projects_sheet, survey_sheet
from locales.workbook_signs import warnings_sheet

Cell: TypeAlias = str | int | float | None

NAME_WIDTH: Final = 34
NUMBER_WIDTH: Final = 13
TEXT_WIDTH: Final = 90
METHOD: Final = "Wilson score interval, z = 1.959964"
CERTAINTY: Final = Fraction(95, 100)
TIMES: Final = ("handling_time_median", "handling_time_p90")
BESIDE_UNITS: Final = (
    "accepted_in_time", "on_time", "handled", "confirmed_solved", "answered", "solved_among_answers",
    "satisfied_among_answers", "satisfied_lowest_case", "answered_by_phone", "solved_by_phone", "satisfied_by_phone",
    "reopened", "false_closures", "overdue", "long_overdue", "still_solved",
    "still_solved_months", "still_solved_year", "projects_visible", "projects_lasting", "projects_again", "appraised_good",
)  # fmt: skip
"""What is said of each unit and each earlier period, after what it received."""


def workbook_of(speech: Speech, digest: Digest, now: datetime) -> Workbook:
    """Put a digest into sheets: one a table, the first is what leaders look at."""
    zone = speech.county.hours.zone
    counted_to = min(digest.ends_at - timedelta(seconds=1), now).astimezone(zone).date()
    told = digest.breakdown
    return Workbook(
        title=heading_of(speech, digest),
        made_on=counted_to.isoformat(),
        is_right_to_left=speech.is_right_to_left,
        sheets=(
            _figures(speech, digest),
            _units(speech, digest),
            _periods(speech, digest),
            warnings_sheet(speech, digest),
            projects_sheet(speech, digest),
            survey_sheet(speech, digest),
            _whole(speech, CATEGORIES, told.category, lambda which: speech.category(CategoryId(which))),
            _whole(speech, TOWNSHIPS, told.township, lambda which: speech.township(TownshipId(which))),
            _whole(speech, CHANNELS, told.channel, lambda which: channel_of(speech, which)),
            _whole(speech, KINDS, told.kind, lambda which: speech.kind(Kind(which))),
            _about(speech, digest),
        ),
    )


def _figures(speech: Speech, digest: Digest) -> Sheet:
    rows = [
        (
            name_of(speech, name),
            *_figure_cells(name, figure),
            figure.left_out,
            *_figure_cells(name, digest.before.get(name, Figure(n=None)))[:3],
            _change(figure, digest.before.get(name)),
        )
        for name, figure in digest.figures.items()
    ]
    kinds = (
        (N, ColumnKind.COUNT),
        (OF, ColumnKind.COUNT),
        (RATE, ColumnKind.RATE),
        (LENGTH, ColumnKind.LENGTH),
        (LOW, ColumnKind.RATE),
        (HIGH, ColumnKind.RATE),
        (NOT_COUNTED, ColumnKind.COUNT),
        (N_BEFORE, ColumnKind.COUNT),
        (OF_BEFORE, ColumnKind.COUNT),
        (RATE_BEFORE, ColumnKind.RATE),
        (CHANGE, ColumnKind.POINTS),
    )
    return Sheet(
        name=speech.text(FIGURES),
        columns=(_column(speech, FIGURE, ColumnKind.TEXT, NAME_WIDTH), *(_column(speech, *each) for each in kinds)),
        rows=tuple(rows),
    )


def _figure_cells(name: str, figure: Figure) -> tuple[Cell, ...]:
    """Return n, of, rate, length, low and high; a length of time is no count."""
    is_time = name in TIMES
    return (
        None if is_time else figure.n,
        figure.of,
        figure.rate,
        figure.n if is_time else None,
        figure.low,
        figure.high,
    )


def _change(figure: Figure, before: Figure | None) -> Cell:
    """Return the change of a rate in percentage points."""
    if figure.rate is None or before is None or before.rate is None:
        return None
    return (figure.rate - before.rate) * 100


def _units(speech: Speech, digest: Digest) -> Sheet:
    """List the units: those that are ranked with their place, then those that are not, and why."""
    known = speech.county.units if digest.unit is None else ()
    ranking = rank(digest.units, known, speech.county.privacy.smallest_ranked)
    figures = {unit.unit: unit.figures for unit in digest.units}
    groups: Sequence[tuple[Phrase, Sequence[UnitId]]] = (
        (RANKED, [unit.unit for unit in ranking.ranked]),
        (FEW, [unit.unit for unit in ranking.few]),
        (NONE_DUE, ranking.none_due),
        (IDLE, ranking.idle),
    )
    rows: list[tuple[Cell, ...]] = []
    for group, units in groups:
        for place, unit in enumerate(units, start=1):
            comparable = (place if group is RANKED else None, speech.text(group))
            rows.append((speech.unit(unit), *comparable, *_beside_cells(figures.get(unit, {}))))
    return Sheet(
        name=speech.text(UNITS),
        columns=(
            _column(speech, UNIT, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, PLACE, ColumnKind.COUNT),
            _column(speech, COMPARED, ColumnKind.TEXT, NAME_WIDTH // 2),
            *_beside(speech),
        ),
        rows=tuple(rows),
    )


def _periods(speech: Speech, digest: Digest) -> Sheet:
    zone = speech.county.hours.zone
    over = [(digest.period, digest.figures), *((each.period, each.figures) for each in digest.trend)]
    rows: list[tuple[Cell, ...]] = []
    for text, figures in over:
        period = parse_period(text, zone)
        first, last = period.begins_at.astimezone(zone), (period.ends_at - timedelta(seconds=1)).astimezone(zone)
        rows.append((text, first.date().isoformat(), last.date().isoformat(), *_beside_cells(figures)))
    return Sheet(
        name=speech.text(PERIODS),
        columns=(
            _column(speech, PERIOD, ColumnKind.TEXT),
            _column(speech, FIRST_DAY, ColumnKind.DAY),
            _column(speech, LAST_DAY, ColumnKind.DAY),
            *_beside(speech),
        ),
        rows=tuple(rows),
    )


def _beside(speech: Speech) -> Iterable[Column]:
    yield Column(head=name_of(speech, "received"), kind=ColumnKind.COUNT, width=NUMBER_WIDTH)
    for name in BESIDE_UNITS:
        named = name_of(speech, name)
        for part, kind in ((N_OF, ColumnKind.COUNT), (OF_OF, ColumnKind.COUNT), (RATE_OF, ColumnKind.RATE)):
            yield Column(head=speech.text(part, figure=named), kind=kind, width=NUMBER_WIDTH)
    for name in TIMES:
        yield Column(head=name_of(speech, name), kind=ColumnKind.LENGTH, width=NUMBER_WIDTH)


def _beside_cells(figures: Mapping[str, Figure]) -> Iterable[Cell]:
    nothing = Figure(n=None)
    yield figures.get("received", nothing).n
    for name in BESIDE_UNITS:
        figure = figures.get(name, nothing)
        yield from (figure.n, figure.of, figure.rate)
    for name in TIMES:
        yield figures.get(name, nothing).n


def _whole(speech: Speech, title: Phrase, shares: Sequence[Share], name: Callable[[str], str]) -> Sheet:
    return Sheet(
        name=speech.text(title),
        columns=(
            _column(speech, title, ColumnKind.TEXT, NAME_WIDTH),
            _column(speech, CASES, ColumnKind.COUNT),
            _column(speech, OF_ALL, ColumnKind.RATE),
            _column(speech, CASES_BEFORE, ColumnKind.COUNT),
            _column(speech, CASES_CHANGE, ColumnKind.COUNT),
        ),
        rows=tuple(
            (
                speech.township(None) if share.which is None else name(share.which),
                share.n,
                share.n / share.of,
                share.before,
                share.n - share.before,
            )
            for share in shares
        ),
    )


def _about(speech: Speech, digest: Digest) -> Sheet:
    sequence, _, chain = digest.checkpoint.partition(":")
    certainty, smallest = speech.percent(CERTAINTY), speech.number(speech.county.privacy.smallest_ranked)
    rows: list[tuple[Cell, ...]] = [
        (speech.text(PERIOD), period_of(speech, digest)),
        (speech.text(LEDGER_ENTRY), sequence),
        (speech.text(LEDGER_HASH), chain),
        (speech.text(SIGNED), digest.signed or speech.text(NOT_YET)),
        *(
            (speech.text(meant), speech.text(meaning, certainty=certainty, method=METHOD, smallest=smallest))
            for meant, meaning in MEANINGS
        ),
    ]
    return Sheet(
        name=speech.text(ABOUT),
        columns=(_column(speech, WHAT, ColumnKind.TEXT, NAME_WIDTH), _column(speech, ABOUT, ColumnKind.TEXT, TEXT_WIDTH)),
        rows=tuple(rows),
    )


def _column(speech: Speech, head: Phrase, kind: ColumnKind, width: int = NUMBER_WIDTH) -> Column:
    return Column(head=speech.text(head), kind=kind, width=width)


# tr: Name of a sheet: all figures. At most 31 characters, without []:*?/\
FIGURES = Phrase("sheet", "Figures")
# tr: Name of a sheet: the units. At most 31 characters.
UNITS = Phrase("sheet", "Units")
# tr: Name of a sheet: this period and those before it. At most 31 characters.
PERIODS = Phrase("sheet", "Periods")
# tr: Name of a sheet and head of its first column: cases received, by category. At most 31 characters.
CATEGORIES = Phrase("sheet", "Categories")
# tr: Name of a sheet and head of its first column: cases received, by township. At most 31 characters.
TOWNSHIPS = Phrase("sheet", "Townships")
# tr: Name of a sheet and head of its first column: cases received, by channel. At most 31 characters.
CHANNELS = Phrase("sheet", "Channels")
# tr: Name of a sheet and head of its first column: cases received, by kind. At most 31 characters.
KINDS = Phrase("sheet", "Kinds")
# tr: Name of a sheet and head of a column: what the figures mean, and the checkpoint. At most 31 characters.
ABOUT = Phrase("sheet", "Notes")
# tr: Head of a column: what is explained.
WHAT = Phrase("sheet", "About")
# tr: Head of a column: the name of a figure.
FIGURE = Phrase("sheet", "Figure")
# tr: Head of a column: the name of a unit.
UNIT = Phrase("sheet", "Unit")
# tr: Head of a column: the place of a unit among those that are compared.
PLACE = Phrase("sheet", "Place")
# tr: Head of a column: whether a unit is compared with others, and else why not.
COMPARED = Phrase("sheet", "Compared")
# tr: A unit that has cases enough to be compared.
RANKED = Phrase("sheet", "yes")
# tr: A unit that is not compared: too few closed cases.
FEW = Phrase("sheet", "too few cases")
# tr: A unit that is not compared: none of its cases was due or closed.
NONE_DUE = Phrase("sheet", "none due")
# tr: A unit that is not compared: it had no case.
IDLE = Phrase("sheet", "no case")
# tr: Head of a column: a week, month, quarter or year.
PERIOD = Phrase("sheet", "Period")
# tr: Head of a column: the first day of a period.
FIRST_DAY = Phrase("sheet", "From")
# tr: Head of a column: the last day of a period.
LAST_DAY = Phrase("sheet", "To")
# tr: Head of a column: what was counted, the numerator of a rate.
N = Phrase("sheet", "Counted")
# tr: Head of a column: out of how many, the denominator of a rate.
OF = Phrase("sheet", "Out of")
# tr: Head of a column: a rate.
RATE = Phrase("sheet", "Rate")
# tr: Head of a column: a length of time, in days, hours and minutes.
LENGTH = Phrase("sheet", "Days and hours")
# tr: Head of a column: the lower end of the 95 % interval.
LOW = Phrase("sheet", "Interval from")
# tr: Head of a column: the upper end of the 95 % interval.
HIGH = Phrase("sheet", "Interval to")
# tr: Head of a column: cases that a figure could not speak of.
NOT_COUNTED = Phrase("sheet", "Not counted")
# tr: Head of a column: what was counted in the period before.
N_BEFORE = Phrase("sheet", "Counted before")
# tr: Head of a column: out of how many in the period before.
OF_BEFORE = Phrase("sheet", "Out of, before")
# tr: Head of a column: the rate in the period before.
RATE_BEFORE = Phrase("sheet", "Rate before")
# tr: Head of a column: the change of a rate, in percentage points.
CHANGE = Phrase("sheet", "Change in points")
# tr: Head of a column: the numerator of a figure, which is named.
N_OF = Phrase("sheet", "{figure}: counted")
# tr: Head of a column: the denominator of a figure, which is named.
OF_OF = Phrase("sheet", "{figure}: out of")
# tr: Head of a column: the rate of a figure, which is named.
RATE_OF = Phrase("sheet", "{figure}: rate")
# tr: Head of a column: how many cases.
CASES = Phrase("sheet", "Cases")
# tr: Head of a column: share of all cases received.
OF_ALL = Phrase("sheet", "Share")
# tr: Head of a column: how many cases in the period before.
CASES_BEFORE = Phrase("sheet", "Cases before")
# tr: Head of a column: how many cases more or less than in the period before.
CASES_CHANGE = Phrase("sheet", "More or less")
# tr: In the notes of the workbook: number of the ledger's last entry.
LEDGER_ENTRY = Phrase("sheet", "Ledger up to entry")
# tr: In the notes of the workbook: hash of the ledger's last entry.
LEDGER_HASH = Phrase("sheet", "Chain hash of that entry")
# tr: In the notes of the workbook: the newest signed checkpoint.
SIGNED = Phrase("sheet", "Signed checkpoint")
# tr: In the notes of the workbook: there is no signed checkpoint.
NOT_YET = Phrase("sheet", "none yet")

MEANINGS: Final = (
    (
        # tr: In the notes of the workbook: what is explained.
        Phrase("meaning", "A period"),
        # tr: In the notes of the workbook: when a case counts.
        Phrase("meaning", "Cut at its end, in county time. What changes later shows in a later period."),
    ),
    (
        # tr: In the notes of the workbook: what is explained. 单位办结
        Phrase("meaning", "Resolved, says the unit"),
        # tr: In the notes of the workbook: what a figure counts.
        Phrase(
            "meaning",
            "Of the cases with a limit in the period or earlier and not resolved before it, those the unit resolved.",
        ),
    ),
    (
        # tr: In the notes of the workbook: what is explained. 居民确认解决
        Phrase("meaning", "Solved, says the resident"),
        # tr: In the notes of the workbook: what a figure counts.
        Phrase(
            "meaning", "Of the cases closed, those a resident says are solved and none says are not. Silence is not a yes."
        ),
    ),
    (
        # tr: In the notes of the workbook: what is explained.
        Phrase("meaning", "The interval"),
        # tr: In the notes of the workbook: how it is computed.
        Phrase(
            "meaning",
            "Of {certainty} certainty, computed by {method}. Of fewer than {smallest} cases it is so wide that a rate says "
            "nothing about a share.",
        ),
    ),
    (
        # tr: In the notes of the workbook: what is explained.
        Phrase("meaning", "Withdrawn, refused and merged cases"),
        # tr: In the notes of the workbook: how such cases count.
        Phrase(
            "meaning",
            "Are counted as received only; where a limit of theirs fell, they are in the column of what was not counted.",
        ),
    ),
)
