"""A digest as something to print: every word said already, in one language, beside the numbers that are drawn.

`locales` fills these in, `bot.reports` draws them; neither a figure nor a sentence is made after this.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bot.rules.identity import Language


class Form(StrEnum):
    """What a digest can be had as, besides a message."""

    PNG = "png"
    PDF = "pdf"
    XLSX = "xlsx"


class Look(StrEnum):
    """Whose word a bar or line is; each has a colour, a hatching and a mark of its own, so that any two of them suffice."""

    #: The unit says so.
    UNIT = "unit"
    #: Residents who answered say so.
    ANSWERED = "answered"
    #: Residents say so, and silence is a no.
    RESIDENT = "resident"


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """A rate as a bar.

    Attributes:
        value: what it is made of, such as 61/88 = 69.3%, of few cases that alone.
        note: the change to the period before, or empty.
        share, low, high: the rate and its interval, 0 to 1; None where there is nothing to divide by, or too little.
    """

    label: str
    value: str
    note: str
    look: Look
    share: float | None
    low: float | None
    high: float | None


class Panel(msgspec.Struct, frozen=True, kw_only=True):
    """One rate as seen from different sides, and how far these lie apart; `gap` is empty where that cannot be said."""

    title: str
    gap: str
    bars: tuple[Bar, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a table; `spark` are the periods before and this one, the oldest first, None where there was no case."""

    cells: tuple[str, ...]
    spark: tuple[float | None, ...] = ()


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """A table; `note` stands under it, and alone where there are no rows."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""


class Course(msgspec.Struct, frozen=True, kw_only=True):
    """How a rate went, the oldest first; None where there was no case, or few. `value` is the last one in words."""

    label: str
    value: str
    look: Look
    shares: tuple[float | None, ...]


class Trend(msgspec.Struct, frozen=True, kw_only=True):
    """Cases received as columns and rates as lines, over the same periods, the oldest first."""

    title: str
    ticks: tuple[str, ...]
    columns: tuple[int, ...]
    columns_label: str
    courses: tuple[Course, ...]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One of the things that make up a whole: its count and share in words, and the change to the period before."""

    label: str
    value: str
    note: str
    share: float


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """What a whole is made of; `note` stands under it."""

    title: str
    parts: tuple[Part, ...]
    note: str = ""


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence or two under a heading."""

    title: str
    text: str


class Seal(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader can check the figures by; `code` goes into a QR code."""

    title: str
    lines: tuple[str, ...]
    code: str


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """A digest to be printed on two pages, or drawn as one picture.

    Attributes:
        title_beside: the title in a script that is written downwards; empty in a language that has none.
        page: words for the number of a page, with {page} and {pages} in them.
    """

    language: Language
    is_right_to_left: bool
    title: str
    title_beside: str
    period: str
    remark: str
    panels: tuple[Panel, ...]
    figures: Table
    trend: Trend
    attention: Said
    warnings: Said
    parts: tuple[Parts, ...]
    units: Table
    books: Table
    apart: tuple[Said, ...]
    seal: Seal
    page: str


class ColumnKind(StrEnum):
    """What a column of a sheet holds, and so how a number in it is shown."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    POINTS = "points"
    DAY = "day"
    LENGTH = "length"


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its head, what it holds, and its width in characters."""

    head: str
    kind: ColumnKind
    width: int


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """A table of a workbook.

    Attributes:
        rows: numbers as numbers; a day as its ISO date, a length in seconds; None is an empty cell.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


class Workbook(msgspec.Struct, frozen=True, kw_only=True):
    """A digest as tables; `made_on` is the ISO date up to which it counts."""

    title: str
    made_on: str
    is_right_to_left: bool
    sheets: tuple[Sheet, ...]
