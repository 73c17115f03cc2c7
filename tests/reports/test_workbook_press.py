"""The workbook: numbers that count on, sheets that filter, heads that stay, in every language."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

import openpyxl
import pytest
from openpyxl.workbook import Workbook as Opened

from bot.reports.workbook_press import print_workbook
from bot.rules.figure import Digest
from bot.rules.identity import Language
from bot.rules.paper import Column, ColumnKind, Sheet, Workbook
from tests.reports.digests import NOW, digest, few, nothing, wording
from tests.support.builders import LANGUAGES, UG, ZH, county


def opened(figures: Digest, language: Language = ZH) -> Opened:
    """Print a workbook and open it."""
    return openpyxl.load_workbook(io.BytesIO(print_workbook(wording().workbook(figures, language, NOW))))


def column(book: Opened, sheet: str, head: str) -> list[object]:
    """Read a column by its head."""
    page = book[sheet]
    place = next(cell.column for cell in page[1] if cell.value == head)
    return [page.cell(row, place).value for row in range(2, page.max_row + 1)]


def test_sheets_are_named_in_chinese() -> None:
    """One a table, what leaders look at first."""
    assert opened(few()).sheetnames == [
        "指标",
        "单位",
        "各期",
        "预警",
        "民生项目",
        "民主评议",
        "类别",
        "乡镇",
        "渠道",
        "诉求",
        "说明",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("figures", [few(), nothing(), digest()], ids=["few", "nothing", "full"])
def test_every_sheet_filters_and_keeps_its_heads(figures: Digest, language: Language) -> None:
    """Heads stay while one scrolls; the filter covers the whole table; names are no longer than Excel takes."""
    book = opened(figures, language)
    for page in book.worksheets:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref.startswith("A1:")
        assert bool(page.sheet_view.rightToLeft) == (language == UG)
        assert 1 <= len(page.title) <= 31
        assert page.page_setup.orientation == "landscape"
        assert all(isinstance(cell.value, str) for cell in page[1])


def test_words_of_a_uyghur_workbook_stand_at_the_right_and_are_read_from_there() -> None:
    """Also a Chinese name beside them; what has no Uyghur letter, such as a check code, keeps its own order."""
    cells = [
        cell for page in opened(digest(), UG) for row in page.iter_rows(min_row=2) for cell in row if is_text(cell.value)
    ]
    assert {cell.alignment.horizontal for cell in cells} == {"right"}
    orders = {
        is_uyghur: {cell.alignment.readingOrder for cell in cells if is_uyghur == turned(cell.value)}
        for is_uyghur in (True, False)
    }
    assert orders == {True: {2}, False: {0}}
    assert not any(cell.alignment.readingOrder for page in opened(digest(), ZH) for row in page.iter_rows() for cell in row)


def is_text(value: object) -> bool:
    """Say whether a cell holds words."""
    return isinstance(value, str)


def turned(value: object) -> bool:
    """Say whether there are Arabic letters in a cell."""
    return any("\u0600" <= letter <= "\u06ff" for letter in str(value))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_stands_at_the_edge_of_its_column_s_figures(language: Language) -> None:
    """At the other edge it would seem to be the head of the column beside; below it is room for the filter's arrow."""
    for page in opened(digest(), language).worksheets:
        for head, *cells in page.iter_cols():
            is_text = any(isinstance(cell.value, str) for cell in cells)
            if any(cell.value is not None for cell in cells):
                assert head.alignment.horizontal == ("right" if language == UG or not is_text else None), (
                    page.title,
                    head.value,
                )
            assert head.alignment.vertical == "top"


def test_figures_are_numbers_and_the_same_as_everywhere() -> None:
    """Unrounded rates shown as percentages, counts as counts, times as lengths of time."""
    figures = few().figures
    book = opened(few())
    rates = [figure.rate for figure in figures.values()]
    assert column(book, "指标", "比率") == [rate if rate is None else pytest.approx(rate, rel=1e-14) for rate in rates]
    assert column(book, "指标", "分母") == [figure.of for figure in figures.values()]
    assert column(book, "指标", "未计入") == [figure.left_out for figure in figures.values()]
    times = [value for value in column(book, "指标", "用时（时:分）") if value is not None]
    assert times == [timedelta(seconds=figures[f"handling_time_{name}"].n or 0) for name in ("median", "p90")]
    assert book["指标"]["D3"].number_format == "0.0%"


def test_days_are_dates() -> None:
    """A spreadsheet can sort and reckon with them."""
    first = column(opened(few()), "各期", "起始日")
    assert first[:2] == [datetime(2026, 11, 16), datetime(2026, 11, 9)]  # noqa: DTZ001 (a spreadsheet knows no zone)


def test_every_unit_and_period_has_its_row() -> None:
    """With what was counted, out of what."""
    book = opened(few())
    assert book["单位"].max_row == 1 + len(county().units)
    compared = column(book, "单位", "是否比较")
    assert compared[:6] == ["参加排名"] * 3 + ["件数不足"] * 2 + ["本期无事项"]
    assert column(book, "单位", "名次")[:4] == [1, 2, 3, None]
    assert column(book, "各期", "时期")[0] == "2026-W47"
    assert book["各期"].max_row == 1 + 14


def test_words_stay_words() -> None:
    """A name that looks like a formula, a link or a number is none."""
    column_ = Column(head="名称", kind=ColumnKind.TEXT, width=20)
    sheet = Sheet(name="表", columns=(column_,), rows=(("=1+1",), ("http://example.org",), ("007",)))
    workbook = Workbook(title="", made_on="2026-11-22", is_right_to_left=False, sheets=(sheet,))
    page = openpyxl.load_workbook(io.BytesIO(print_workbook(workbook)))["表"]
    assert [(page.cell(row, 1).data_type, page.cell(row, 1).value) for row in (2, 3, 4)] == [
        ("s", "=1+1"),
        ("s", "http://example.org"),
        ("s", "007"),
    ]
    assert [page.cell(row, 1).hyperlink for row in (2, 3, 4)] == [None, None, None]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_head_of_many_words_has_room(language: Language) -> None:
    """The row of heads is as high as the longest of them needs in its column: nothing of it is cut off."""
    book, said = opened(digest(), language), wording().workbook(digest(), language, NOW)
    for sheet in said.sheets:
        needed = max(len(column.head) / column.width for column in sheet.columns)
        assert book[sheet.name].row_dimensions[1].height >= 15 * needed
