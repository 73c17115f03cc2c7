"""What stands on paper and in sheets: both sides of a rate and the gap between them, and nothing that was not counted."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from bot.rules.digest import rate
from bot.rules.identity import Language
from bot.rules.message import DigestPage, DigestPart
from bot.rules.paper import Look
from locales.figures import BY_PHONE, IN_BOOKS, MEASURES, SIGNS
from tests.reports.digests import NOW, digest, few, nothing, wording
from tests.support.builders import LANGUAGES, SJO, TRANSPORT, UG, ZH


def test_what_units_and_what_residents_say_stand_side_by_side() -> None:
    """As the unit says, among those who answered, with silence as no, and how many answered; then how far they lie apart."""
    solved, satisfied = wording().paper(few(), ZH, NOW).panels
    assert [(bar.label, bar.look) for bar in solved.bars] == [
        ("单位办结", Look.UNIT),
        ("已评价中解决", Look.ANSWERED),
        ("居民确认解决", Look.RESIDENT),
        ("居民已评价", Look.ANSWERED),
    ]
    figures = few().figures
    gap = (figures["handled"].rate or 0) - (figures["confirmed_solved"].rate or 0)
    assert solved.gap == f"单位与居民的说法相差 {gap * 100:.1f} 个百分点"
    assert [bar.label for bar in satisfied.bars] == ["已评价中满意（本县口径）", "满意（未评价算不满意）", "居民已评价"]
    assert [bar.share for bar in satisfied.bars][:2] == [
        figures["satisfied_among_answers"].rate,
        figures["satisfied_lowest_case"].rate,
    ]


def test_where_everybody_answered_silence_takes_nothing_away() -> None:
    """Then no distance of nothing is told."""
    figures = few()
    answered = figures.figures["satisfied_among_answers"]
    same = msgspec.structs.replace(figures, figures={**figures.figures, "satisfied_lowest_case": answered})
    assert wording().paper(figures, ZH, NOW).panels[1].gap.startswith("未评价算不满意，则低 ")
    assert wording().paper(same, ZH, NOW).panels[1].gap == "未评价算不满意，比率不变"


def test_nothing_is_made_up_for_a_week_without_cases() -> None:
    """No gap, no rate, a word where a list would be."""
    paper = wording().paper(nothing(), ZH, NOW)
    assert [panel.gap for panel in paper.panels] == ["", ""]
    assert {bar.share for panel in paper.panels for bar in panel.bars} == {None}
    assert paper.attention.text == "没有单位有超期或重新办理的事项。"
    assert {parts.note for parts in paper.parts} == {"没有收到事项。"}
    assert paper.units.rows == ()


def test_units_that_cannot_be_compared_are_named_apart() -> None:
    """Too few, none due, none at all; and those under the minimum."""
    apart = {said.title: said.text for said in wording().paper(few(), ZH, NOW).apart}
    assert list(apart) == [
        "居民确认解决低于 80.0%",
        "按时办结低于 90.0%",
        "结案不足 20 件，不参加排名（解决/结案）",
        "有事项，本期无到期",
        "本期无事项",
    ]
    assert apart["有事项，本期无到期"] == "无"
    ranked = [row.cells[1] for row in wording().paper(few(), ZH, NOW).units.rows]
    assert len(ranked) == 3
    assert not any(name in apart["本期无事项"] for name in ranked)


def test_a_units_own_paper_compares_it_with_nobody() -> None:
    """Lists of other units are not on it."""
    own = msgspec.structs.replace(few(), unit=TRANSPORT)
    assert len(wording().paper(own, ZH, NOW).apart) == 2


def test_every_figure_has_its_row_and_its_course() -> None:
    """Fourteen periods, the last is this one; rates as they are, counts in parts of the largest."""
    paper = wording().paper(few(), ZH, NOW)
    beside = (*BY_PHONE, *SIGNS, *MEASURES, *IN_BOOKS)
    assert len(paper.figures.rows) == len(few().figures) - len(beside)
    assert {len(row.spark) for row in paper.figures.rows} == {14}
    assert {len(row.cells) for row in paper.figures.rows} == {len(paper.figures.heads) - 1}
    assert max(share for share in paper.figures.rows[0].spark if share is not None) == 1.0
    solved = next(row for row in paper.figures.rows if row.cells[0] == "居民确认解决")
    assert solved.spark[-1] == few().figures["confirmed_solved"].rate
    assert paper.trend.columns[-1] == few().figures["received"].n
    assert paper.trend.ticks[-1] == "W47"


def test_what_was_heard_by_telephone_has_rows_of_its_own() -> None:
    """As soon as there is any: as a part of the ratings, with what it is made of, on paper and in the chat."""
    heard = {"answered_by_phone": rate(3, 28), "solved_by_phone": rate(2, 3), "satisfied_by_phone": rate(1, 2)}
    told = msgspec.structs.replace(few(), figures={**few().figures, **heard})
    rows = {row.cells[0]: row.cells[1] for row in wording().paper(told, ZH, NOW).figures.rows}
    assert {name: rows[name] for name in ("已评价中：电话评价", "电话评价中：已解决", "电话评分中：满意")} == {
        "已评价中：电话评价": "3/28",
        "电话评价中：已解决": "2/3",
        "电话评分中：满意": "1/2",
    }
    (page,) = wording().parts(DigestPage(digest=told, part=DigestPart.FIGURES), ZH, NOW)
    (without,) = wording().parts(DigestPage(digest=few(), part=DigestPart.FIGURES), ZH, NOW)
    assert "其中：电话评价" in page
    assert "电话" not in without


def test_both_books_stand_side_by_side_for_each_unit() -> None:
    """First the whole, then units with anything in either; what is visible before what lasts, and the appraisal last."""
    books = wording().paper(few(), ZH, NOW).books
    assert books.title == "两本账：显绩与潜绩"
    assert [head.partition("：")[0] for head in books.heads] == ["单位", *["显绩"] * 3, *["潜绩"] * 7, "民主评议"]
    whole, first, *_ = books.rows
    assert whole.cells == (
        "合计", "393/656 = 59.9%", "3", "656/820 = 80.0%", "1", "205/273 = 75.1%", "91/102 = 89.2%", "74/82 = 90.2%",
        "20/27 = 74.1%", "91", "–", "546/820 = 66.6%",
    )  # fmt: skip
    assert first.cells[0] == wording().name_of_unit(few().units[0].unit, ZH)
    assert wording().paper(nothing(), ZH, NOW).books.rows == ()
    own = wording().paper(msgspec.structs.replace(few(), unit=TRANSPORT), ZH, NOW).books
    assert [row.cells[0] for row in own.rows] == ["合计"]


def test_projects_and_the_appraisal_have_sheets_of_their_own() -> None:
    """Of too few answers a sheet has nothing but how many they are; the month of a survey stands beside its answers."""
    sheets = {sheet.name: sheet for sheet in wording().workbook(few(), ZH, NOW).sheets}
    first, second = sheets["民生项目"].rows[:2]
    assert first[2:] == ("显绩", 1, 3, 7, 9, 7 / 9, 0, None, None, None, 0)
    assert second[2:] == ("显绩", 1, 3, 7, 9, 7 / 9, 0, 4, 5, 4 / 5, 0)
    assert sheets["民主评议"].rows[0][0] == "2026-10"
    assert sheets["民主评议"].rows[0][3:] == (9, 12, 9 / 12)
    assert len(sheets["民主评议"].rows) == 3 * 4
    empty = {sheet.name: sheet for sheet in wording().workbook(nothing(), ZH, NOW).sheets}
    assert empty["民主评议"].rows == ()


def test_a_period_that_runs_is_said_to_run() -> None:
    """On paper and in the workbook's day."""
    during = few().ends_at - timedelta(days=2)
    assert "尚未结束" in wording().paper(few(), ZH, during).remark
    assert wording().paper(few(), ZH, NOW).remark == ""
    assert wording().workbook(few(), ZH, during).made_on == "2026-11-21"
    assert wording().workbook(few(), ZH, NOW).made_on == "2026-11-22"


def test_xibe_stands_beside_the_chinese_where_it_is_attested() -> None:
    """Alone, as it is written downwards; other languages have nothing there."""
    assert wording().paper(few(), SJO, NOW).title_beside == "ᠪᠣᠣᠯᠠᠨ"
    assert {wording().paper(few(), language, NOW).title_beside for language in (ZH, UG)} == {""}
    assert wording().paper(few(), SJO, NOW).title == wording().paper(few(), ZH, NOW).title


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_code_holds_what_proves_the_figures(language: Language) -> None:
    """The signed checkpoint, or the ledger's end while there is none; in words the whole hash."""
    seal = wording().paper(digest(), language, NOW).seal
    assert seal.code == digest().signed
    assert ("9d1e" * 16) in seal.lines[0].replace(" ", "")
    unsigned = msgspec.structs.replace(digest(), signed=None)
    assert wording().paper(unsigned, language, NOW).seal.code == digest().checkpoint


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_have_a_cell_for_every_column(language: Language) -> None:
    """In every sheet of every digest."""
    for figures in (few(), nothing(), digest(period="2026-11"), digest(period="2026-Q4"), digest(period="2026")):
        for sheet in wording().workbook(figures, language, NOW).sheets:
            assert {len(row) for row in sheet.rows} <= {len(sheet.columns)}
            assert not set(sheet.name) & set("[]:*?/\\")
