"""What stands behind /digest and /scorecard is understood as people write it, and nothing is guessed at."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.county import County
from bot.rules.period import Stretch, parse_period
from handlers.admin.wanted import Wanted, wanted
from tests.support.store import sample_county

NOW = datetime(2026, 11, 26, 5, tzinfo=UTC)
"""A Thursday of week 48."""

OF_PERIODS = {
    "2026-W47": "2026-W47|2026-w47|2026W47|w47|2026年第47周|第47周|47周|第四十七周|上周|上个星期|上一周|上周周报"
    "|2026-يىلى 47-ھەپتە|47-ھەپتە|ئۆتكەن ھەپتە|ئالدىنقى ھەپتىنىڭ",
    "2026-W48": "本周|这周|这一周|周报|بۇ ھەپتە|ھەپتىلىك دوكلات",
    "2026-11": "2026-11|2026/11|2026.11|2026年11月|2026年 11月份|2026年11月的月报|十一月|二〇二六年十一月|２０２６年１１月"
    "|11月|本月|这个月|月报|2026-يىلى 11-ئاي|11-ئاي|١١-ئاي|نويابىر|2026-يىلى نويابىر|بۇ ئاي|ئايلىق دوكلات"
    "|2026-يىلى 11-ئايلىق دوكلات",
    "2026-10": "上月|上个月|上一个月|十月|ئۆتكەن ئاي|ئالدىنقى ئاي",
    "2025-12": "12月|十二月|去年12月|12-ئاي",
    "2026-Q4": "2026-Q4|q4|2026年第四季度|四季度|本季度|今年第4季度|季报|4-پەسىل|بۇ پەسىل",
    "2026-Q3": "第三季度|上季度|上个季度|上一季度|ئالدىنقى پەسىل",
    "2025-Q4": "去年第四季度|2025年四季度",
    "2026": "2026|2026年|2026年度|二〇二六年|今年|本年度|年报|2026-يىلى|بۇ يىل|يىللىق دوكلات",
    "2025": "2025|去年|上年度|بۇلتۇر|ئۆتكەن يىل",
}
OF_AREAS = {
    "": "全县|察布查尔锡伯自治县|察布查尔县|پۈتۈن ناھىيە",
    "u:transport": "交通运输局|县交通运输局|交通局|transport|قاتناش-ترانسپورت ئىدارىسى|قاتناش ترانسپورت ئىدارىسىنىڭ|قاتناش",
    "u:housing": "住房和城乡建设局|住建局",
    "u:hrss": "人社局|人力资源和社会保障局",
    "u:utilities": "供水公司|供热公司",
    "u:power": "供电公司",
    "u:gov-qiongbola": "琼博拉镇人民政府|琼博拉镇政府",
    "t:qiongbola": "琼博拉镇|琼博拉",
    "t:kan": "坎乡|坎|kan",
    "t:miliangquan": "米粮泉回族乡|米粮泉乡|米粮泉",
}

NOT_UNDERSTOOD = (
    "2026-W60", "2026-13", "13月", "0月", "第五季度", "第60周", "11月24日", "2026-11-24", "3月末", "上半年", "上上周",
    "下周", "明年", "昨天", "202611", "火星局", "abc", "局", "供公司", "交通运输局 坎乡", "11月 12月", "2026-11 2026-12",
    "1900年", "交通运输局 11月 12月", "忽然", "ئاي", "ياق", "十十月", "二十一十月",
)  # fmt: skip


def _each(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(said, meant) for meant, phrases in table.items() for said in phrases.split("|")]


@pytest.fixture(scope="module")
def county() -> County:
    """Return the sample county, whose units and townships are named above."""
    return sample_county()


@pytest.mark.parametrize(("said", "meant"), _each(OF_PERIODS))
def test_a_period_is_understood_in_words(county: County, said: str, meant: str) -> None:
    """In Chinese and Uyghur, in digits of any script, with its year or without."""
    assert wanted(said, county, NOW) == Wanted(parse_period(meant, county.hours.zone), "")


@pytest.mark.parametrize(("said", "meant"), _each(OF_AREAS))
@pytest.mark.parametrize("period", ["", "2026年10月", "上个月", "2026-10", "2026-يىلى 10-ئاي"])
def test_an_area_is_known_by_its_name(county: County, said: str, meant: str, period: str) -> None:
    """By any of its names, whole or shortened, before the period or after it."""
    expected = Wanted(parse_period("2026-10", county.hours.zone) if period else None, meant)
    assert wanted(f"{said} {period}", county, NOW) == expected
    assert wanted(f"{period} {said}", county, NOW) == expected


def test_chinese_needs_no_spaces(county: County) -> None:
    """A period runs into a name on either side."""
    expected = Wanted(parse_period("2026-11", county.hours.zone), "u:transport")
    for said in ("2026年11月交通运输局", "交通运输局2026年11月", "交通局的月报", "交通局11月份情况"):
        assert wanted(said, county, NOW) == expected


def test_nothing_asks_for_what_is_usual(county: County) -> None:
    """Neither a period nor an area."""
    assert wanted("  ", county, NOW) == Wanted(None, "")


def test_a_unit_that_is_called_like_a_period_is_the_unit(county: County) -> None:
    """A whole name goes before what is in it."""
    unit = next(iter(county.units.values()))
    named = replace(unit, name=replace(unit.name, zh="第47周市场办公室"))
    assert wanted("第47周市场办公室", replace(county, units={unit.id: named}), NOW) == Wanted(None, f"u:{unit.id}")


@pytest.mark.parametrize("said", ["1周", "53周", "12月", "4季度"])
def test_without_a_year_it_is_the_last_that_has_begun(county: County, said: str) -> None:
    """From its first instant on it is this one; the second before, that of an earlier year."""
    latest = wanted(said, county, NOW).period
    assert latest is not None
    assert latest.begins_at <= NOW
    begins_at = latest.begins_at
    assert wanted(said, county, begins_at).period == latest
    earlier = wanted(said, county, begins_at - timedelta(seconds=1)).period
    assert earlier is not None
    assert (earlier.stretch, earlier.begins_at < begins_at) == (latest.stretch, True)


@pytest.mark.parametrize("said", NOT_UNDERSTOOD)
def test_what_is_not_understood_is_not_guessed_at(county: County, said: str) -> None:
    """A day, half a year, a name that could be two units', two periods, two areas, or anything else."""
    with pytest.raises(ValueError, match=r"\S"):
        wanted(said, county, NOW)


def test_every_stretch_can_be_named(county: County) -> None:
    """The table above has each of them."""
    assert {parse_period(each, county.hours.zone).stretch for each in OF_PERIODS} == set(Stretch)
