"""The digest in the chat: its front fits one screen of a phone, whatever there is to tell; the rest is one tap away."""

from __future__ import annotations

import unicodedata
from datetime import timedelta
from math import ceil
from typing import Final

import msgspec
import pytest

from bot.rules.digest import scope_of
from bot.rules.figure import Digest
from bot.rules.identity import Language, TownshipId
from bot.rules.message import DigestPage, DigestPart, UnitMirror
from tests.locales.telegram import parsed
from tests.reports.digests import NOW, digest, few, nothing, wording
from tests.support.builders import TRANSPORT, UG, ZH, county

WIDTH: Final = 21
"""A phone's line, in Chinese characters; a Latin letter or a digit takes a bit more than half of one, an Uyghur one less."""

ROWS: Final = 31
"""Of a phone, between the head of the chat and the field to write in."""

LINES: Final = 21


def shown(of: Digest, part: DigestPart, language: Language = ZH) -> list[str]:
    """Return the lines of a part, as they are read."""
    (text,) = wording().parts(DigestPage(digest=of, part=part), language, NOW)
    return parsed(text).text.split("\n")


def rows_of(lines: list[str]) -> int:
    """Count how many rows of a screen lines take."""

    def width(character: str) -> float:
        if unicodedata.category(character) in {"Cf", "Mn"}:
            return 0
        if unicodedata.bidirectional(character) == "AL":
            return 0.45  # as measured in a browser
        return 1 if unicodedata.east_asian_width(character) in {"W", "F"} else 0.55

    return sum(max(1, ceil(sum(map(width, line)) / WIDTH)) for line in lines)


@pytest.mark.parametrize("language", [ZH, UG])
def test_the_front_fits_a_screen_with_everything_in_it(language: Language) -> None:
    """A county in which nothing is missing: signals, all colours, two books, an appraisal, a backlog of translations."""
    lines = shown(digest(), DigestPart.FRONT, language)
    assert len(lines) <= LINES
    assert rows_of(lines) <= ROWS
    assert sum(len(line) for line in lines) <= 1400


@pytest.mark.parametrize(
    ("handled", "heading"),
    [
        (820, "解决率：单位与居民的说法相差 40.1 个百分点"),
        (410, "解决率：居民认可比单位上报高 9.9 个百分点"),
    ],
)
def test_that_residents_say_more_is_told_in_words(handled: int, heading: str) -> None:
    """How far apart they lie is never a bare minus."""
    of = digest()
    figures = {**of.figures, "handled": msgspec.structs.replace(of.figures["handled"], n=handled)}
    assert shown(msgspec.structs.replace(of, figures=figures), DigestPart.FRONT)[2] == heading


def test_what_matters_most_stands_first() -> None:
    """How far units and residents lie apart; then what is late, the three gravest warnings, and the ledger's end last."""
    lines = shown(digest(), DigestPart.FRONT)
    order = ("解决率：单位与居民的说法相差", "单位办结", "居民确认解决", "满意率", "收到", "超期未办", "预警", "🔴")
    places = [next(place for place, line in enumerate(lines) if line.startswith(first)) for first in order]
    assert places == sorted(places)
    assert sum(line.startswith(("🔴", "🟡", "🔵")) for line in lines) == 3
    assert lines[-1].startswith("台账截至")


def test_a_warning_that_stands_from_before_says_since_when_and_of_which_day_its_counts_are() -> None:
    """Also where its colour has changed since, when it was counted anew; one that began in the period needs no day."""
    whole = digest()
    during, before = whole.begins_at, whole.begins_at - timedelta(days=9)
    anew, then = "（11月7日起，11月16日统计）", "（11月7日起，当日统计）"
    ends = {(during, during): "", (before, before): then, (before, during): anew}
    for (raised_at, graded_at), end in ends.items():
        put = msgspec.structs.replace
        warnings = tuple(put(each, raised_at=raised_at, graded_at=graded_at) for each in whole.warnings)
        lines = shown(put(whole, warnings=warnings), DigestPart.FRONT)
        named = [line for line in lines if line.startswith(("🔴", "🟡", "🔵"))]
        assert len(named) == 3
        assert all(line.endswith(end) and ("统计）" in line) is bool(end) for line in named)


def test_a_period_that_runs_takes_one_line_more() -> None:
    """And nothing else moves."""
    during = few().ends_at - timedelta(days=2)
    (text,) = wording().parts(DigestPage(digest=digest()), ZH, during)
    lines = parsed(text).text.split("\n")
    assert lines[2] == "本期尚未结束，以下为目前情况。"
    assert [*lines[:2], *lines[3:]] == shown(digest(), DigestPart.FRONT)


def test_a_period_that_lies_ahead_is_not_said_to_run() -> None:
    """From its first instant on it runs; before that the chat shows no figure, and paper says it under the heading."""
    begins_at = few().begins_at
    (ahead,) = wording().parts(DigestPage(digest=few()), ZH, begins_at - timedelta(seconds=1))
    assert parsed(ahead).text.split("\n")[2:] == ["本期尚未开始，暂无数据。"]
    (running,) = wording().parts(DigestPage(digest=few()), ZH, begins_at)
    assert "尚未开始" not in running
    remarks = [wording().paper(few(), ZH, begins_at + timedelta(seconds=by)).remark for by in (-1, 0)]
    assert [remark.partition("，")[0] for remark in remarks] == ["本期尚未开始", "本期尚未结束"]


@pytest.mark.parametrize("part", DigestPart)
def test_an_empty_week_is_short(part: DigestPart) -> None:
    """What could not be counted is said once, not for each figure, and no part is empty."""
    lines = shown(msgspec.structs.replace(nothing(), projects=()), part)
    assert 3 <= len(lines) <= 14
    assert len([line for line in lines if line == "本期没有可统计的事项"]) <= 2


@pytest.mark.parametrize("part", DigestPart)
@pytest.mark.parametrize("language", [ZH, UG])
def test_every_part_fits_a_screen_of_its_own(part: DigestPart, language: Language) -> None:
    """However many units, projects and warnings there are."""
    whole = digest()
    survey, project = whole.survey, whole.projects[0]
    assert survey is not None
    crowded = msgspec.structs.replace(
        whole,
        warnings=whole.warnings * 4,
        projects=tuple(msgspec.structs.replace(project, project=f"p{n}") for n in range(30)),
        survey=msgspec.structs.replace(
            survey, units=tuple(msgspec.structs.replace(survey.units[0], unit=each.unit) for each in whole.units)
        ),
    )
    assert len(shown(crowded, part, language)) <= 24


def test_both_books_stand_in_a_part_of_their_own() -> None:
    """With what is visible, what lasts, and each project; and nothing of them on the front."""
    lines = shown(few(), DigestPart.BOOKS)
    assert lines.index("显绩") < lines.index("潜绩") < lines.index("民生项目")
    assert "显绩项目群众满意：656/820 = 80.0%（持平；未计 2）" in lines
    assert "走访 91 次，住户 273 户，企业 27 家" in lines
    assert "乡村道路改造提升：工程节点 1 个，群众满意 7/9" in lines
    assert not any("绩" in line for line in shown(few(), DigestPart.FRONT))


def test_an_appraisal_is_told_unit_by_unit() -> None:
    """The worst first in the county's; question by question in a unit's own; and that there was none."""
    lines = shown(few(), DigestPart.SURVEY)
    assert lines[2:4] == ["2026-10 的事项：作答 40/90 = 44.4%", "评“好”：546/820 = 66.6%"]
    assert len(lines) == 4 + 3
    survey = few().survey
    assert survey is not None
    own = msgspec.structs.replace(few(), unit=TRANSPORT, survey=msgspec.structs.replace(survey, units=survey.units[:1]))
    assert shown(own, DigestPart.SURVEY)[-4:] == [
        f"{question}：9/12 = 75.0%" for question in ("态度", "速度", "告知", "结果")
    ]
    assert shown(nothing(), DigestPart.SURVEY)[-1] == "这里没有可统计的内容。"
    none = msgspec.structs.replace(few(), survey=msgspec.structs.replace(survey, units=()))
    assert shown(none, DigestPart.SURVEY)[-1] == "对各单位作答的人数都太少，不显示结果。"


def test_townships_say_where_cases_came_from() -> None:
    """Most first; those not named are added up."""
    lines = shown(digest(), DigestPart.TOWNSHIPS)
    shares = digest().breakdown.township
    assert [line.partition("：")[0] for line in lines[2:-1]] == [
        wording().name_of_township(TownshipId(share.which) if share.which else None, ZH) for share in shares
    ]
    many = msgspec.structs.replace(digest(), breakdown=msgspec.structs.replace(digest().breakdown, township=shares * 2))
    rest = sum(share.n for share in (shares * 2)[16:])
    assert f"其他乡镇：{rest}" in shown(many, DigestPart.TOWNSHIPS)


def mirror(of: Digest) -> list[str]:
    """Return what a lead reads on Monday of the week before, under the counts of what is open."""
    (text,) = wording().parts(UnitMirror(unit=TRANSPORT, counts=(), digest=of), ZH, NOW)
    _, _, week = parsed(text).text.partition("上周\n")
    return week.split("\n")


def test_a_lead_reads_how_the_own_unit_was_appraised() -> None:
    """Question by question, of that unit alone; of too few answers the digest has nothing, and so has the mirror."""
    whole = digest(period="2026-W47", scope=scope_of(county(), unit=TRANSPORT))
    week = mirror(whole)
    appraisal = week[week.index("民主评议") :]
    assert [line.partition("：")[0] for line in appraisal[3:]] == ["态度", "速度", "告知", "结果"]
    assert whole.survey is not None
    few_answered = msgspec.structs.replace(whole, survey=msgspec.structs.replace(whole.survey, units=()))
    assert mirror(few_answered) == week[: week.index("民主评议") - 1]
    assert "民主评议" not in mirror(msgspec.structs.replace(whole, survey=None))


def test_a_week_without_anything_is_told_to_a_lead_in_a_line() -> None:
    """That there was nothing to count is said once, not of every rate."""
    assert mirror(nothing()) == ["收到：0（持平）", "本期没有可统计的事项", "超期未办：0（持平）"]
