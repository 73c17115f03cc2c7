"""The public board as words: the county's figures in one language, ready to be laid out as a page.

Invariant: a figure is either shown whole, with what it is made of, or kept back whole; the page says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, TypeVar

from bot.rules.board import FIGURES, Board, Page, Share, Shown
from bot.rules.identity import Language
from bot.rules.period import parse_period
from locales.catalogue import Phrase
from locales.figures import MONTH, WEEK, is_few, name_of, why_few
from locales.paper import DIGEST
from locales.speech import Speech

MARK: Final = "*"
"""Stands in the place of a figure that is kept back."""

WEEKS_SHOWN: Final = 13
MONTHS_SHOWN: Final = 12

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `beside` is the same in a script of its own that the sentence cannot be written in yet, else empty."""

    text: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in a table.

    Attributes:
        value: the rate or the count, of few cases what the rate is made of; empty where it is kept back.
        parts: what a rate is made of; empty for a count, and where that is the value.
        share: 0 to 1, for a bar; None where there is none.
    """

    value: str
    parts: str = ""
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with names on the left; `note` stands under it, or in its place where it has no row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    note: str = ""
    is_folded: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page."""

    heading: Heading
    note: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A file beside the page, and what is in it."""

    path: str
    about: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page in one language.

    Attributes:
        body_language: in which language its sentences stand; another than its own only where that cannot stand alone.
        kept_back: what is read out, and explained, where a figure is kept back.
    """

    language: Language
    body_language: Language
    is_right_to_left: bool
    heading: Heading
    lead: tuple[str, ...]
    sections: tuple[Section, ...]
    check: Section
    links: tuple[Link, ...]
    commands: tuple[str, ...]
    kept_back: str
    languages_label: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """What lies beside the page to check it with.

    Attributes:
        entries: of the export.
        checkpoint: file name of the newest checkpoint, None before there is one.
        has_key: whether the key's text is there.
    """

    made_at: datetime
    entries: int
    checkpoint: str | None
    has_key: bool


def sheet_of(own: Speech, body: Speech, board: Board, ledger: Ledger) -> Sheet:
    """Say the board.

    Args:
        own: the page's language, for headings.
        body: the language of the sentences: the same, unless that cannot stand alone yet.
    """

    def heading(phrase: Phrase) -> Heading:
        return Heading(body.text(phrase), own.beside(phrase))

    return Sheet(
        language=own.language,
        body_language=body.language,
        is_right_to_left=body.is_right_to_left,
        heading=Heading(body.text(TITLE, county=body.county_name()), own.beside(DIGEST)),
        lead=(body.text(WHAT_IT_IS), body.text(MADE_AT, moment=body.moment(ledger.made_at))),
        sections=(
            Section(heading(BY_WEEK), body.text(WEEK_NOTE), tuple(_week_tables(body, board))),
            Section(heading(BY_MONTH), body.text(MONTH_NOTE), tuple(_month_tables(body, board))),
            Section(
                Heading(body.text(HOW_TO_READ)),
                "",
                (_definitions(body), _counts_alone(body), Table(body.text(WHY_KEPT_BACK, mark=MARK), (), (), _why(body))),
            ),
        ),
        check=Section(heading(CHECK), _how_to_check(body, ledger), ()),
        links=tuple(_links(body, ledger)),
        commands=tuple(_commands(ledger)),
        kept_back=body.text(KEPT_BACK),
        languages_label=body.text(LANGUAGES),
    )


def _how_to_check(speech: Speech, ledger: Ledger) -> str:
    return speech.text(HOW_TO_CHECK, entries=speech.number(ledger.entries), program="Python", package="cryptography")


def _why(speech: Speech) -> str:
    return speech.text(BECAUSE, least=speech.number(speech.county.privacy.smallest_cell))


def _week_tables(speech: Speech, board: Board) -> Iterable[Table]:
    weeks = board.weeks[:WEEKS_SHOWN]
    county = [(_week(speech, page), _cells(speech, page.county)) for page in weeks]
    yield Table(speech.text(COUNTY_BY_WEEK), _head(speech, PERIOD), tuple(county), "" if weeks else speech.text(NO_WEEK))
    for place, page in enumerate(weeks):
        yield _parts_table(
            speech, speech.text(UNITS_IN, period=_week(speech, page)), UNIT, _units(speech, page), is_folded=place > 0
        )


def _month_tables(speech: Speech, board: Board) -> Iterable[Table]:
    months = board.months[:MONTHS_SHOWN]
    county = [(_month(speech, page), _cells(speech, page.county)) for page in months]
    yield Table(speech.text(COUNTY_BY_MONTH), _head(speech, PERIOD), tuple(county), "" if months else speech.text(NO_MONTH))
    for place, page in enumerate(months):
        named = _month(speech, page)
        townships = _named(page.townships, speech.township, list(speech.county.townships))
        yield _parts_table(speech, speech.text(UNITS_IN, period=named), UNIT, _units(speech, page), is_folded=place > 0)
        yield _parts_table(speech, speech.text(TOWNSHIPS_IN, period=named), TOWNSHIP, townships, is_folded=place > 0)


def _parts_table(speech: Speech, caption: str, what: Phrase, rows: Sequence[tuple[str, Shown]], *, is_folded: bool) -> Table:
    told = [(name, _cells(speech, shown)) for name, shown in rows if any(share is not None for share in shown.values())]
    more = len(rows) - len(told)
    # tr: Under a table of units or townships on the public page, for those that are not in it.
    note = speech.counted("{count} more has too few cases to show.", "{count} more have too few cases to show.", more)
    return Table(
        caption, _head(speech, what), tuple(told), note if more else "" if told else speech.text(NOTHING), is_folded
    )


def _units(speech: Speech, page: Page) -> list[tuple[str, Shown]]:
    return _named(page.units, speech.unit, list(speech.county.units))


def _named(parts: Mapping[Part, Shown], name: Callable[[Part], str], order: Sequence[object]) -> list[tuple[str, Shown]]:
    """Name units or townships in the order of the county file; those that it no longer has come last."""
    places = {part: place for place, part in enumerate(order)}
    return [(name(part), parts[part]) for part in sorted(parts, key=lambda each: (places.get(each, len(places)), str(each)))]


def _head(speech: Speech, first: Phrase) -> tuple[str, ...]:
    return (speech.text(first), *(name_of(speech, name) for name in FIGURES))


def _cells(speech: Speech, shown: Shown) -> tuple[Cell, ...]:
    return tuple(_cell(speech, shown[name]) for name in FIGURES)


def _cell(speech: Speech, share: Share | None) -> Cell:
    if share is None:
        return Cell("")
    if share.of is None:
        return Cell(speech.number(share.n))
    if share.of == 0:
        return Cell("–")
    parts = f"{speech.number(share.n)}/{speech.number(share.of)}"
    if is_few(speech, share.of):
        return Cell(parts)
    return Cell(speech.percent(Fraction(share.n, share.of)), parts, share.n / share.of)


def _week(speech: Speech, page: Page) -> str:
    period = parse_period(page.period, speech.county.hours.zone)
    first, last = speech.short_day(period.begins_at), speech.short_day(period.ends_at - timedelta(seconds=1))
    year, week = page.period.split("-W")
    return speech.text(WEEK, week=week.lstrip("0"), year=year, first=first, last=last)


def _month(speech: Speech, page: Page) -> str:
    return speech.text(MONTH, month=speech.month(parse_period(page.period, speech.county.hours.zone).begins_at))


def _definitions(speech: Speech) -> Table:
    rows = tuple((name_of(speech, name), (Cell(speech.text(phrase)),)) for name, phrase in MEANINGS.items())
    return Table(speech.text(MEANING), (), rows)


def _counts_alone(speech: Speech) -> Table:
    """Say why some figures have no percentage."""
    return Table(speech.text(COUNTS_ALONE), (), (), why_few(speech))


def _links(speech: Speech, ledger: Ledger) -> Iterable[Link]:
    yield Link("data/weeks.csv", speech.text(WEEKS_FILE))
    yield Link("data/months.csv", speech.text(MONTHS_FILE))
    yield Link("data/board.json", speech.text(JSON_FILE))
    yield Link("ledger/public.jsonl", speech.text(EXPORT_FILE))
    if ledger.checkpoint is not None:
        yield Link(f"ledger/checkpoints/{ledger.checkpoint}", speech.text(CHECKPOINT_FILE))
    if ledger.has_key:
        yield Link("ledger/ledger.key", speech.text(KEY_FILE))
    yield Link("ledger/verify_ledger.py", speech.text(VERIFIER_FILE))
    yield Link("ledger/verify_board.py", speech.text(RECOUNT_FILE))


def _commands(ledger: Ledger) -> Iterable[str]:
    witness = "" if ledger.checkpoint is None else f" --checkpoint checkpoints/{ledger.checkpoint}"
    key = " --key ledger.key" if witness and ledger.has_key else ""
    yield "cd ledger"
    yield f"python3 verify_ledger.py public.jsonl{witness}{key}"
    yield "python3 verify_board.py public.jsonl ../data/weeks.csv"


# tr: Title of the public page with the county's figures. 民声公开栏
TITLE = Phrase("board", "{county}: public board")
# tr: On the public page: what it is.
WHAT_IT_IS = Phrase(
    "board",
    "What residents told the county, what the units did about it, and what residents say came of it. "
    "Every figure can be counted again from the files below.",
)
# tr: On the public page: when it was written, and how far it goes.
MADE_AT = Phrase("board", "Made on {moment}; everything here ends with the last counted week")
# tr: On the public page, read out to people who do not see it: where the other languages are.
LANGUAGES = Phrase("board", "Languages")
# tr: Heading on the public page: figures of weeks.
BY_WEEK = Phrase("board", "Week")
# tr: On the public page, under the heading of weeks.
WEEK_NOTE = Phrase("board", "From Monday to Sunday. What changes later shows in the later week.")
# tr: Heading on the public page: figures of months.
BY_MONTH = Phrase("board", "Month")
# tr: On the public page, under the heading of months.
MONTH_NOTE = Phrase("board", "A month is the weeks whose Thursday lies in it, so that months add up from weeks.")
# tr: Head of a column on the public page: which week or month.
PERIOD = Phrase("board", "Period")
# tr: Head of a column on the public page: the name of a unit.
UNIT = Phrase("board", "Unit")
# tr: Head of a column on the public page: the name of a township.
TOWNSHIP = Phrase("board", "Township")
# tr: Above a table on the public page: the whole county, a line for each week.
COUNTY_BY_WEEK = Phrase("board", "The county, week by week")
# tr: Above a table on the public page: the whole county, a line for each month.
COUNTY_BY_MONTH = Phrase("board", "The county, month by month")
# tr: Above a table on the public page: the units in one week or month.
UNITS_IN = Phrase("board", "Units: {period}")
# tr: Above a table on the public page: the townships in one month.
TOWNSHIPS_IN = Phrase("board", "Townships: {period}")
# tr: On the public page, instead of a table.
NO_WEEK = Phrase("board", "No week has been counted yet. The first appears on the Monday after it.")
# tr: On the public page, instead of a table.
NO_MONTH = Phrase("board", "No month is over yet.")
# tr: On the public page, instead of a table.
NOTHING = Phrase("board", "There is nothing to show here.")
# tr: On the public page, read out and shown where a figure is not told.
KEPT_BACK = Phrase("board", "kept back")
# tr: Heading on the public page.
HOW_TO_READ = Phrase("board", "How to read it")
# tr: Above the explanations of the figures on the public page.
MEANING = Phrase("board", "What the figures mean")
# tr: Heading on the public page: why some figures are told as 4/6 and not as a percentage.
COUNTS_ALONE = Phrase("board", "Why some figures have no percentage")
# tr: Heading on the public page: why some figures are not told; {mark} is the star that stands in their place.
WHY_KEPT_BACK = Phrase("board", "Why some figures are kept back ({mark})")
# tr: On the public page: why some figures are not told. {least} is a small number, such as 5.
BECAUSE = Phrase(
    "board",
    "Where fewer than {least} cases stand behind a figure, somebody could guess who is meant. Such a figure is kept back, "
    "and with it those from which it could be worked out. Matters about an official's conduct count in the county's total "
    "alone.",
)
# tr: Heading on the public page: checking the figures.
CHECK = Phrase("board", "Check it yourself")
# tr: On the public page. {entries}: how many entries the ledger has; {program} is Python, {package} a package for it.
HOW_TO_CHECK = Phrase(
    "board",
    "The public ledger ends with the last counted week and has {entries} entries, each tied to the one before, so that none "
    "can be changed afterwards without being seen. It shows no words, no names and no case numbers. Download it and run "
    "these lines; they need {program}, and {package} to check the signature. Get the key from somewhere else too, such as "
    "the county's notice board, and keep a checkpoint: it shows later that nothing was rewritten.",
)
# tr: What is in a file that can be downloaded.
WEEKS_FILE = Phrase("board", "Figures by week, as a table")
# tr: What is in a file that can be downloaded.
MONTHS_FILE = Phrase("board", "Figures by month, as a table")
# tr: What is in a file that can be downloaded.
JSON_FILE = Phrase("board", "All figures, for programs")
# tr: What is in a file that can be downloaded.
EXPORT_FILE = Phrase("board", "The public ledger, one entry a line")
# tr: What is in a file that can be downloaded: a signed statement of how far the ledger goes.
CHECKPOINT_FILE = Phrase("board", "The newest signed checkpoint of the ledger")
# tr: What is in a file that can be downloaded.
KEY_FILE = Phrase("board", "The key to check the signature with")
# tr: What is in a file that can be downloaded: a program.
VERIFIER_FILE = Phrase("board", "The program that checks the ledger")
# tr: What is in a file that can be downloaded: a program.
RECOUNT_FILE = Phrase("board", "The program that counts the figures again")

MEANINGS: Final[Mapping[str, Phrase]] = {
    # tr: On the public page: what a figure means.
    "received": Phrase("board", "Cases filed in the period."),
    # tr: On the public page: what a figure means.
    "accepted_in_time": Phrase(
        "board", "Of the cases that had to be signed for in the period, those that the unit signed for in time."
    ),
    # tr: On the public page: what a figure means.
    "on_time": Phrase("board", "Of the cases whose deadline fell in the period, those that the unit resolved by then."),
    # tr: On the public page: what a figure means.
    "handled": Phrase("board", "Of the cases that were due and not resolved before, those that the unit says it resolved."),
    # tr: On the public page: what a figure means.
    "confirmed_solved": Phrase("board", "Of the cases closed, those that residents, or a callback, say are solved."),
    # tr: On the public page: what a figure means.
    "answered": Phrase("board", "Of the cases closed, those that a resident answered about."),
    # tr: On the public page: what a figure means.
    "satisfied_among_answers": Phrase("board", "Of the people who gave a score, those who are satisfied or very satisfied."),
    # tr: On the public page: what a figure means.
    "satisfied_lowest_case": Phrase(
        "board", "Of all people behind the cases closed, those who say they are satisfied; silence counts as no."
    ),
    # tr: On the public page: what a figure means.
    "reopened": Phrase("board", "Of the cases closed or reopened, those that went on because they were not solved."),
}
"""What each figure means, in the order in which they are shown."""
