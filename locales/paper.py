"""The digest as words for print: the two pages that lie on the county head's desk, and the picture of them.

Invariant: what the county says of itself and what residents say stand side by side, and how far they lie apart stands first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Final, NamedTuple

from bot.rules.figure import Digest, Figure, UnitFigures
from bot.rules.identity import UnitId
from bot.rules.paper import Bar, Look, Panel, Paper, Row, Said, Seal, Table
from bot.rules.ranking import Ranking, rank, under
from locales.catalogue import Phrase
from locales.digest_books import books_in_print
from locales.digest_signs import signs_in_print
from locales.digest_units import pressing_units
from locales.figures import (
    change_in_words,
    count_change,
    counts_if_few,
    gap_in_points,
    heading_of,
    interval_in_words,
    is_few,
    length_in_words,
    name_of,
    parts_of,
    period_of,
    rate_in_words,
    rate_of,
    told_of,
    why_few,
)
from locales.paper_parts import AND_MORE, parts_printed
from locales.paper_trend import large, trend_printed
from locales.speech import Speech
from locales.terms import RATES

SOLVED: Final = (("handled", Look.UNIT), ("solved_among_answers", Look.ANSWERED), ("confirmed_solved", Look.RESIDENT))
SATISFIED: Final = (("satisfied_among_answers", Look.ANSWERED), ("satisfied_lowest_case", Look.RESIDENT))
ALWAYS: Final = ("answered", Look.ANSWERED)

MOST_UNITS: Final = 14
MOST_PRESSING: Final = 6
HASH_GROUP: Final = 16
CERTAINTY: Final = Fraction(95, 100)


class Apart(NamedTuple):
    """How far two rates lie apart, in words.

    Attributes:
        told: how much less the lower one is; {points} is a number of percentage points.
        turned, same: how that is said where it is the greater one after all, and where they are equal.
    """

    higher: str
    lower: str
    told: Phrase
    turned: Phrase | None = None
    same: Phrase | None = None


def paper_of(speech: Speech, digest: Digest, now: datetime) -> Paper:
    """Say a digest for print.

    Args:
        now: aware UTC; a period that has not ended then is said to run, or to lie ahead.
    """
    ranking = rank(digest.units, speech.county.units, speech.county.privacy.smallest_ranked)
    return Paper(
        language=speech.language,
        is_right_to_left=speech.is_right_to_left,
        title=heading_of(speech, digest),
        title_beside=speech.beside(DIGEST),
        period=period_of(speech, digest),
        remark=_remark(speech, digest, now),
        panels=_panels(speech, digest),
        figures=_figures(speech, digest),
        trend=trend_printed(speech, digest),
        attention=_attention(speech, digest),
        warnings=Said(title=speech.text(WARNINGS), text="\n".join(signs_in_print(speech, digest, MOST_PRESSING))),
        parts=parts_printed(speech, digest),
        books=books_in_print(speech, digest),
        units=_units(speech, ranking),
        apart=tuple(_apart(speech, digest, ranking)),
        seal=seal_of(speech, digest),
        page=speech.text(PAGE),
    )


def _remark(speech: Speech, digest: Digest, now: datetime) -> str:
    """Say that a period lies ahead, or still runs; nothing of one that is over."""
    if digest.begins_at > now:
        return speech.text(NOT_BEGUN)
    return speech.text(STILL_RUNS, moment=speech.moment(now)) if digest.ends_at > now else ""


def _panels(speech: Speech, digest: Digest) -> tuple[Panel, Panel]:
    return (
        _panel(speech, digest, speech.text(SOLVED_RATE), SOLVED, UNITS_AND_RESIDENTS),
        _panel(speech, digest, speech.text(SATISFIED_RATE), SATISFIED, WITHOUT_SILENCE),
    )


def _panel(speech: Speech, digest: Digest, title: str, sides: Sequence[tuple[str, Look]], apart: Apart) -> Panel:
    bars = tuple(_bar(speech, digest, name, look) for name, look in (*sides, ALWAYS))
    return Panel(title=title, gap=_gap(speech, digest, apart), bars=bars)


def _gap(speech: Speech, digest: Digest, apart: Apart) -> str:
    if any(is_few(speech, digest.figures.get(name, Figure(n=0)).of) for name in (apart.higher, apart.lower)):
        return why_few(speech)
    gap = gap_in_points(speech, digest, apart.higher, apart.lower)
    if gap is None:
        return ""
    if gap == 0 and apart.same is not None:
        return speech.text(apart.same)
    told = apart.told if gap >= 0 or apart.turned is None else apart.turned
    return speech.text(told, points=speech.points(gap if told is apart.told else -gap))


def _bar(speech: Speech, digest: Digest, name: str, look: Look) -> Bar:
    figure = digest.figures.get(name, Figure(n=0, of=0))
    rate = Figure(n=0) if is_few(speech, figure.of) else figure
    return Bar(
        label=name_of(speech, name),
        value=counts_if_few(speech, figure),
        note=change_in_words(speech, rate, digest.before.get(name)) if rate is figure else "",
        look=look,
        share=rate.rate,
        low=rate.low,
        high=rate.high,
    )


def _figures(speech: Speech, digest: Digest) -> Table:
    return Table(
        title=speech.text(ALL_FIGURES),
        heads=tuple(speech.text(head) for head in FIGURE_HEADS),
        rows=tuple(_figure_row(speech, digest, name, digest.figures[name]) for name in told_of(digest)),
        note=speech.text(HOW_TO_READ, certainty=speech.percent(CERTAINTY)),
    )


def _figure_row(speech: Speech, digest: Digest, name: str, figure: Figure) -> Row:
    before = digest.before.get(name)
    left_out = speech.number(figure.left_out) if figure.left_out else ""
    if name.startswith("handling_time"):
        was = length_in_words(speech, before)
        cells = ("", length_in_words(speech, figure), "", left_out, speech.text(WAS, length=was) if was else "")
    elif figure.of is None:
        change = "" if figure.n is None or before is None or before.n is None else count_change(speech, figure.n, before.n)
        cells = (speech.number(figure.n or 0), "", "", left_out, change)
    else:
        rate = rate_of(figure)
        shown = "–" if rate is None else speech.percent(rate)
        change = change_in_words(speech, figure, before)
        cells = (parts_of(speech, figure), shown, interval_in_words(speech, figure), left_out, change)
    return Row(cells=(name_of(speech, name), *cells), spark=tuple(_spark(digest, name)))


def _spark(digest: Digest, name: str) -> Iterable[float | None]:
    """Yield a figure over time for a small line: rates as they are, everything else in parts of its own largest value."""
    over = [*(each.figures.get(name) for each in reversed(digest.trend)), digest.figures.get(name)]
    if name in RATES or name in {"overdue", "long_overdue"}:
        return [None if figure is None else figure.rate for figure in over]
    counts = [None if figure is None else figure.n for figure in over]
    most = max((count for count in counts if count is not None), default=0)
    return [None if count is None or not most else count / most for count in counts]


def _attention(speech: Speech, digest: Digest) -> Said:
    lines = pressing_units(speech, digest, MOST_PRESSING)
    return Said(title=speech.text(ATTENTION), text="\n".join(lines) or speech.text(NOBODY_PRESSING))


def _units(speech: Speech, ranking: Ranking) -> Table:
    smallest = speech.number(speech.county.privacy.smallest_ranked)
    shown = ranking.ranked[:MOST_UNITS]
    more = len(ranking.ranked) - len(shown)
    note = speech.text(RANKED_HOW, smallest=smallest)
    if more > 0:
        note = f"{speech.text(AND_MORE, more=speech.number(more))} {note}"
    return Table(
        title=speech.text(RANKED_UNITS),
        heads=tuple(speech.text(head) for head in UNIT_HEADS) if shown else (),
        rows=tuple(_unit_row(speech, place, unit) for place, unit in enumerate(shown, start=1)),
        note=note if shown else speech.text(NONE_RANKED, smallest=smallest),
    )


def _unit_row(speech: Speech, place: int, unit: UnitFigures) -> Row:
    solved = unit.figures["confirmed_solved"]
    others = (unit.figures[name] for name in ("on_time", "satisfied_lowest_case"))
    return Row(
        cells=(
            speech.number(place),
            speech.unit(unit.unit),
            rate_in_words(speech, solved),
            interval_in_words(speech, solved),
            *(large(speech, other, none="–") for other in others),
        )
    )


def _apart(speech: Speech, digest: Digest, ranking: Ranking) -> Iterable[Said]:
    """Say which units fall short, and which cannot be compared."""
    plan, smallest = speech.county.digest, speech.county.privacy.smallest_ranked
    for phrase, name, minimum in (
        (UNDER_SOLVED, "confirmed_solved", plan.minimum_solved),
        (UNDER_ON_TIME, "on_time", plan.minimum_on_time),
    ):
        short = under(digest.units, name, minimum, smallest)
        told = [
            speech.text(UNIT_VALUE, unit=speech.unit(unit.unit), value=rate_in_words(speech, unit.figures[name]))
            for unit in short
        ]
        yield Said(title=speech.text(phrase, minimum=speech.percent(minimum)), text=_listed(speech, told))
    if digest.unit is not None:
        return
    few = [
        speech.text(UNIT_VALUE, unit=speech.unit(unit.unit), value=parts_of(speech, unit.figures["confirmed_solved"]))
        for unit in ranking.few
    ]
    yield Said(title=speech.text(FEW, smallest=speech.number(smallest)), text=_listed(speech, few))
    yield Said(title=speech.text(NONE_DUE), text=_listed(speech, _named(speech, ranking.none_due)))
    yield Said(title=speech.text(IDLE), text=_listed(speech, _named(speech, ranking.idle)))


def _named(speech: Speech, units: Iterable[UnitId]) -> list[str]:
    return [speech.unit(unit) for unit in units]


def _listed(speech: Speech, names: Sequence[str]) -> str:
    if not names:
        return speech.text(NONE)
    if len(names) > MOST_UNITS:
        return f"{speech.join(names[:MOST_UNITS])} {speech.text(AND_MORE, more=speech.number(len(names) - MOST_UNITS))}"
    return speech.join(names)


def seal_of(speech: Speech, digest: Digest) -> Seal:
    """Say what the figures can be checked by; the code holds the signed checkpoint, else the ledger's end."""
    sequence, _, chain = digest.checkpoint.partition(":")
    spaced = " ".join(chain[start : start + HASH_GROUP] for start in range(0, len(chain), HASH_GROUP))
    head = speech.text(LEDGER_UP_TO, sequence=sequence, chain=spaced)
    return Seal(
        title=speech.text(CHECK),
        lines=(head, speech.text(HOW_TO_CHECK if digest.signed else NOT_SIGNED_YET)),
        code=digest.signed or digest.checkpoint,
    )


# tr: On paper: the digest itself, as a heading; in Xibe it is written downwards beside the Chinese one.
DIGEST = Phrase("paper", "Report")
# tr: On paper, under the heading, of a period that lies ahead.
NOT_BEGUN = Phrase("paper", "The period has not begun; this is how it stands today")
# tr: On paper, under the heading, while the period still runs.
STILL_RUNS = Phrase("paper", "The period still runs; counted up to {moment}")
# tr: Heading: the share of cases that are solved. 解决率
SOLVED_RATE = Phrase("paper", "Solved")
# tr: Heading: the share of residents who are satisfied. 满意率
SATISFIED_RATE = Phrase("paper", "Satisfied")
# tr: How far what units say and what residents say lie apart; {points} is a number of percentage points.
GAP_SOLVED = Phrase("paper", "Units and residents are {points} points apart")
# tr: Residents say more often that it is solved than units say it is done; {points} is a number of percentage points.
RESIDENTS_MORE = Phrase("paper", "Residents say {points} points more than units")
# tr: How much satisfaction drops when silence is counted as no; {points} is a number of percentage points.
GAP_SATISFIED = Phrase("paper", "With silence counted as no, {points} points less")
# tr: Where satisfaction is the same when silence is counted as no.
SAME_SATISFIED = Phrase("paper", "With silence counted as no, it is the same")
UNITS_AND_RESIDENTS = Apart("handled", "confirmed_solved", GAP_SOLVED, turned=RESIDENTS_MORE)
WITHOUT_SILENCE = Apart("satisfied_among_answers", "satisfied_lowest_case", GAP_SATISFIED, same=SAME_SATISFIED)
# tr: Heading above the table of all figures.
ALL_FIGURES = Phrase("paper", "All figures")
# tr: Under the table of all figures: how its columns are to be read.
HOW_TO_READ = Phrase(
    "paper",
    "Changes of rates are in percentage points. The interval says where the true rate lies with {certainty} certainty; with "
    "few cases it is wide, and a change within it may be chance.",
)
# tr: In the column of changes: how long it took in the period before.
WAS = Phrase("paper", "before: {length}")
# tr: Heading above the units with overdue or reopened cases.
ATTENTION = Phrase("paper", "Units that need attention")
# tr: Heading above the early warnings. 预警
WARNINGS = Phrase("paper", "Early warnings")
# tr: Stands where the units that need attention would be.
NOBODY_PRESSING = Phrase("paper", "No unit has an overdue or reopened case.")
# tr: Heading above the table of units that can be compared.
RANKED_UNITS = Phrase("paper", "Units, by what residents confirm as solved")
# tr: Under the table of units: how it is ordered.
RANKED_HOW = Phrase("paper", "Units with {smallest} closed cases or more, in the order of the lower end of the interval.")
# tr: Stands where the table of units would be.
NONE_RANKED = Phrase("paper", "No unit has {smallest} closed cases; none is ranked.")
# tr: Heading: units of which residents confirm too little as solved; {minimum} is a percentage.
UNDER_SOLVED = Phrase("paper", "Confirmed solved under {minimum}")
# tr: Heading: units that resolve too little on time; {minimum} is a percentage.
UNDER_ON_TIME = Phrase("paper", "Resolved on time under {minimum}")
# tr: A unit with one of its figures, in a list.
UNIT_VALUE = Phrase("paper", "{unit} {value}")
# tr: Heading: units with too few closed cases to be compared; after each stands how many are solved of how many.
FEW = Phrase("paper", "Fewer than {smallest} closed cases, not ranked (solved / closed)")
# tr: Heading: units with cases of which none was due or closed.
NONE_DUE = Phrase("paper", "With cases, none due")
# tr: Heading: units that had no case at all.
IDLE = Phrase("paper", "Without a case")
# tr: Stands where a list of units is empty.
NONE = Phrase("paper", "none")
# tr: Heading above the checkpoint and the QR code.
CHECK = Phrase("paper", "Check these figures")
# tr: The end of the ledger when the digest was computed: number of the last entry and its hash.
LEDGER_UP_TO = Phrase("paper", "Ledger up to entry {sequence}, check code {chain}")
# tr: Beside the QR code, which holds the ledger's signed checkpoint.
HOW_TO_CHECK = Phrase(
    "paper",
    "The QR code holds the ledger's signed checkpoint. Whoever keeps it can later prove that no entry up to it was changed "
    "or taken out, and every figure here can be counted again from the exported ledger.",
)
# tr: Beside the QR code, which holds the ledger's end, as long as no checkpoint was signed.
NOT_SIGNED_YET = Phrase(
    "paper",
    "The QR code holds the end of the ledger; no checkpoint has been signed yet. Every figure here can be counted again "
    "from the exported ledger.",
)
# tr: Number of a page.
PAGE = Phrase("paper", "Page {page} of {pages}")

FIGURE_HEADS: Final = (
    # tr: Head of a column: the name of a figure.
    Phrase("head", "Figure"),
    # tr: Head of a column: what was counted out of what, such as 61/88.
    Phrase("head", "Cases"),
    # tr: Head of a column: the rate, or a length of time.
    Phrase("head", "Rate"),
    # tr: Head of a column: the 95 % interval.
    Phrase("head", "Interval"),
    # tr: Head of a column: cases that the figure could not speak of.
    Phrase("head", "Not counted"),
    # tr: Head of a column: the change to the period before.
    Phrase("head", "Change"),
    # tr: Head of a column with a small line: how the figure went.
    Phrase("head", "Course"),
)
UNIT_HEADS: Final = (
    # tr: Head of a column: the place of a unit in the order.
    Phrase("head", "No."),
    # tr: Head of a column: the name of a unit.
    Phrase("head", "Unit"),
    # tr: Head of a column: cases that residents confirm as solved, of those closed.
    Phrase("head", "Confirmed solved"),
    # tr: Head of a column: the 95 % interval.
    Phrase("head", "Interval"),
    # tr: Head of a column: cases resolved on time.
    Phrase("head", "On time"),
    # tr: Head of a column: residents satisfied, silence counted as no.
    Phrase("head", "Satisfied (lowest)"),
)
