"""Where there are few cases, their counts are shown large and no share: "100 points apart", from 1 of 1, is noise."""

from __future__ import annotations

import msgspec
import pytest

from bot.rules.board import FIGURES, Board, Page, Share
from bot.rules.digest import rate
from bot.rules.figure import Digest
from bot.rules.message import DigestPage, DigestPart
from locales.board import Cell, Ledger
from tests.locales.telegram import parsed
from tests.reports.digests import NOW, few, wording
from tests.support.builders import UG, ZH

NOTE = "不足 20 件的只列件数：件数太少，看不出比例"
SOLVED = ("handled", "confirmed_solved", "solved_among_answers")
RATES = (*SOLVED, "satisfied_among_answers", "satisfied_lowest_case", "answered", "on_time")


def of(cases: int) -> Digest:
    """Return a week of so many cases: the unit says that all are done, and no resident that any is."""
    usual = few()
    said = {name: rate(cases if name == "handled" else 0, cases) for name in RATES}
    before = {name: rate(50, 50) for name in said}
    return msgspec.structs.replace(usual, figures={**usual.figures, **said}, before={**usual.before, **before})


def lines(digest: Digest, part: DigestPart = DigestPart.FRONT) -> list[str]:
    """Return the lines of a part as they are read."""
    (text,) = wording().parts(DigestPage(digest=digest, part=part), ZH, NOW)
    return parsed(text).text.split("\n")


def test_the_front_says_the_counts_alone_and_why() -> None:
    """No points in its heading, no percentage, no change, and one line that says so."""
    shown = lines(of(1))
    assert "解决率：单位怎么说，居民怎么说" in shown
    assert "单位办结：1/1" in shown
    assert "居民确认解决：0/1" in shown
    assert "按时办结：0/1" in shown
    assert NOTE in shown
    assert not any("百分点，" in line or "相差" in line for line in shown)


def test_from_twenty_cases_on_a_share_is_a_share() -> None:
    """The very number from which units are compared."""
    assert any(line.startswith("单位办结：19/19") and "%" not in line for line in lines(of(19)))
    shown = lines(of(20))
    assert "解决率：单位与居民的说法相差 100.0 个百分点" in shown
    assert "单位办结：20/20 = 100.0%（持平）" in shown
    assert NOTE not in shown


def test_all_figures_still_have_every_rate_with_its_interval() -> None:
    """One tap away; only their heading says nothing that so few cannot carry."""
    shown = lines(of(1), DigestPart.FIGURES)
    assert "解决率：单位怎么说，居民怎么说" in shown
    assert any(line.startswith("单位办结：1/1 = 100.0%") and "20.7%" in line for line in shown)


def test_on_paper_few_cases_have_no_bar_and_no_gap() -> None:
    """Neither on the two pages nor on the picture, which show the same; the table below has rate and interval."""
    paper = wording().paper(of(3), ZH, NOW)
    assert {panel.gap for panel in paper.panels} == {NOTE}
    bars = [bar for panel in paper.panels for bar in panel.bars]
    assert {(bar.share, bar.low, bar.high, bar.note) for bar in bars} == {(None, None, None, "")}
    assert {bar.value for bar in bars} == {"3/3", "0/3"}
    assert [course.value for course in paper.trend.courses] == ["3/3", "0/3"]
    assert all(course.shares[-1] is None and None not in course.shares[:-1] for course in paper.trend.courses)
    (row,) = [row for row in paper.figures.rows if row.cells[0] == "单位办结"]
    assert row.cells[1:3] == ("3/3", "100.0%")


@pytest.mark.parametrize(
    ("cases", "cell"), [(6, Cell("3/6")), (19, Cell("9/19")), (20, Cell("50.0%", "10/20", 0.5)), (0, Cell("–"))]
)
def test_the_public_board_shows_no_percentage_of_few(cases: int, cell: Cell) -> None:
    """Without a bar, and explained below; its open data has the rate for whoever wants it."""
    page = Page("2026-W47", dict.fromkeys(FIGURES, Share(cases // 2, cases)), {}, {})
    sheet = wording().board(Board((page,), ()), ZH, Ledger(NOW, 9, None, has_key=False))
    ((_, cells),) = sheet.sections[0].tables[0].rows
    assert set(cells) == {cell}
    assert NOTE in [table.note for table in sheet.sections[-1].tables]


def test_the_note_is_said_in_uyghur_too() -> None:
    """With the number from which on there is a share."""
    (text,) = wording().parts(DigestPage(digest=of(1)), UG, NOW)
    assert "نىسبەت چىقمايدۇ" in text
