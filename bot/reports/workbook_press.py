"""A workbook as XLSX. Loaded in a process of its own only, as all that prints.

Invariant: a number, a rate, a day and a length of time are cells of that kind; text is never made into a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from math import ceil
from typing import Final
from unicodedata import bidirectional, east_asian_width

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bot.rules.paper import Column, ColumnKind, Sheet, Workbook

FORMATS: Final[Mapping[ColumnKind, Mapping[str, object]]] = {
    ColumnKind.TEXT: {"text_wrap": True, "valign": "top"},
    ColumnKind.COUNT: {"num_format": "#,##0", "valign": "top"},
    ColumnKind.RATE: {"num_format": "0.0%", "valign": "top"},
    ColumnKind.POINTS: {"num_format": "+0.0;-0.0;0.0", "valign": "top"},
    ColumnKind.DAY: {"num_format": "yyyy-mm-dd", "valign": "top"},
    ColumnKind.LENGTH: {"num_format": "[h]:mm", "valign": "top"},
}
FROM_THE_RIGHT: Final[Mapping[str, object]] = {"align": "right"}
"""Where the sheet begins at the right, so that a Chinese name stands at the same edge as a Uyghur one."""

RIGHT_TO_LEFT: Final[Mapping[str, object]] = {"reading_order": 2}
"""Said of cells with such letters, as not every program goes by them: a period would be read from its end."""

HEAD: Final = {"bold": True, "bg_color": "#E8ECF2", "bottom": 1, "text_wrap": True, "valign": "top"}
"""Words at the top: the arrow of the filter lies at the bottom of the cell."""
DAY_SECONDS: Final = 86_400
LINE_HEIGHT: Final = 15
HEAD_LINES: Final = 3
BOLD: Final = 1.3
"""How much wider words in bold are, with what is left free where a line ends between words."""
ON_ONE_PAGE: Final = 14
"""Columns that are printed beside each other, made smaller; of a wider sheet every page repeats the first column."""


def print_workbook(workbook: Workbook) -> bytes:
    """Write a workbook."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(
        written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": workbook.title, "created": datetime.fromisoformat(workbook.made_on)})
    aligned = {ColumnKind.TEXT: FROM_THE_RIGHT} if workbook.is_right_to_left else {}
    formats = {kind: book.add_format({**wanted, **aligned.get(kind, {})}) for kind, wanted in FORMATS.items()}
    leading = book.add_format({**FORMATS[ColumnKind.TEXT], **FROM_THE_RIGHT, **RIGHT_TO_LEFT})
    left, right = book.add_format(HEAD), book.add_format({**HEAD, **FROM_THE_RIGHT})
    is_from_left = not workbook.is_right_to_left  # but for numbers, which stand at the right everywhere
    heads = {kind: left if is_from_left and kind is ColumnKind.TEXT else right for kind in ColumnKind}
    for sheet in workbook.sheets:
        page = book.add_worksheet(sheet.name)
        if workbook.is_right_to_left:
            page.right_to_left()
        _fill(page, sheet, formats, heads, leading)
    book.close()
    return written.getvalue()


def _fill(
    page: Worksheet, sheet: Sheet, formats: Mapping[ColumnKind, Format], heads: Mapping[ColumnKind, Format], leading: Format
) -> None:
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, formats[column.kind])
        page.write_string(0, place, column.head, heads[column.kind])
    for line, row in enumerate(sheet.rows, start=1):
        for place, (column, cell) in enumerate(zip(sheet.columns, row, strict=True)):
            _write(page, (line, place), cell, column.kind, leading)
        if (lines := max(map(_lines, row, sheet.columns))) > 1:
            page.set_row(line, lines * LINE_HEIGHT)  # not every program makes room for a cell of several lines by itself
    lines = 1 + max(ceil(_widths(column.head)[0] * BOLD / column.width) for column in sheet.columns)
    page.set_row(0, max(HEAD_LINES, lines) * LINE_HEIGHT)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.repeat_rows(0)
    if len(sheet.columns) <= ON_ONE_PAGE:
        page.fit_to_pages(1, 0)
    else:
        page.repeat_columns(0)
    page.set_footer("&C&P / &N")


def _lines(cell: str | float | None, column: Column) -> int:
    """Count the lines that a cell takes."""
    if not isinstance(cell, str):
        return 1
    return sum(max(1, ceil(width / column.width)) for width in _widths(cell))


def _widths(words: str) -> list[int]:
    """Measure each line in letters; a Chinese character is as wide as two."""
    return [sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in words.rstrip("\n").split("\n")]


def _runs_from_the_right(words: str) -> bool:
    return any(bidirectional(letter) in {"R", "AL"} for letter in words)


def _write(page: Worksheet, at: tuple[int, int], cell: str | float | None, kind: ColumnKind, leading: Format) -> None:
    match cell:
        case None:
            return
        case str() if kind is ColumnKind.DAY:
            page.write_datetime(*at, date.fromisoformat(cell))
        case str() if _runs_from_the_right(cell):
            page.write_string(*at, cell, leading)
        case str():
            page.write_string(*at, cell)
        case _:
            page.write_number(*at, cell / DAY_SECONDS if kind is ColumnKind.LENGTH else cell)
