"""Every figure of 52 weeks, counted again from the exported ledger by a script that knows nothing of the program."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.reports.digest_json import digest_json
from bot.rules.chain import instant
from bot.rules.digest import Scope
from bot.rules.export import export_line
from bot.rules.identity import TownshipId, UnitId
from bot.rules.period import Period, parse_period
from bot.rules.scorecard import Traced
from storage.house_reader import TRACED, TRACES
from tests.digest.recount import count_books, count_signs, lives, recount, signs, walks
from tests.digest.recount_tables import Received, appraisal, each_project, named, of_township, told_apart
from tests.digest.year import BEGINS_AT, DAYS, UNITS, judge, live, survey, walk, watch
from tests.support.postgres import apart
from tests.support.store import Town, opened_town, sample_county

CASES = 700
PROJECTS = sample_county().projects
OF_PROJECTS: dict[str, tuple[str, str]] = {each.id: (each.unit, each.horizon) for each in PROJECTS}
UNTOLD = ("translated_in_time", "translations_late")
"""Figures of which the ledger holds no limits: they are counted from the table of translations alone."""

LAST_WEEK = parse_period("2026-W50", sample_county().hours.zone)
WEEKS = (LAST_WEEK, *LAST_WEEK.earlier(51))
OTHERS = tuple(parse_period(text, LAST_WEEK.zone) for text in ("2026-02", "2026-Q2", "2026"))


async def _pass(year: Path) -> None:
    async with opened_town(year) as opened:
        await live(opened.store, CASES, seed=20261124)
        await walk(opened.store, CASES // 4, seed=20261125)
        await judge(opened.store, PROJECTS, CASES // 5, seed=20261127)
        await survey(opened.store, seed=20261128)
        await watch(opened.store, CASES // 5, seed=20261126)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which a year has passed; it is only read from then on."""
    apart(_pass(year := tmp_path_factory.mktemp("year") / "year.db"))
    return year


@pytest.fixture
async def town(year: Path) -> AsyncIterator[Town]:
    """The store of that year."""
    async with opened_town(year) as opened:
        yield opened


async def exported(town: Town) -> list[dict[str, Any]]:
    """Export the whole ledger, as `ledger export` does, and read its lines."""
    return [json.loads(export_line(row)) async for rows in town.store.read.ledger() for row in rows]


async def test_every_figure_of_every_week_is_recounted(town: Town) -> None:
    """52 weeks, a month, a quarter and the year, of the county and of each unit: equal to the last digit."""
    lines = await exported(town)
    visits = walks(lines)
    now = BEGINS_AT.replace(year=2027)
    seen: dict[str, int] = {}
    for period in (*WEEKS, *OTHERS):
        begin, end = instant(period.begins_at), instant(period.ends_at)
        cases = lives(lines, end)
        digest = digest_json(await town.store.read.digest(period, Scope("县", projects=PROJECTS), now))
        untold = {name: digest["figures"].pop(name) for name in UNTOLD}
        before, after = signs(lines, begin), signs(lines, end)
        books = count_books(lines, OF_PROJECTS, begin, end)
        assert digest["figures"] == recount(cases, visits, begin, end) | count_signs(before, after) | books, period.text
        for unit in digest["units"]:
            books = count_books(lines, OF_PROJECTS, begin, end, unit["unit"])
            own = recount(cases, visits, begin, end, unit["unit"]) | count_signs(before, after, unit["unit"]) | books
            for name in UNTOLD:
                del unit["figures"][name]
            assert unit["figures"] == own, (period.text, unit["unit"])
        assert {each["sign"]: each["stands"] for each in digest["warnings"]} == named(before, after)
        assert digest["received"] == told_apart(before_of(lines, period), Received(cases, begin, end)), period.text
        assert digest["projects"] == each_project(lines, OF_PROJECTS, begin, end), period.text
        assert digest["survey"] == appraisal(lines, end), period.text
        assert set(untold) == set(UNTOLD)
        for name, figure in digest["figures"].items():
            seen[name] = seen.get(name, 0) + (figure["n"] or 0)
    assert min(seen.values()) > 0, seen  # a comparison of nothing with nothing would pass


async def test_every_figure_of_a_unit_and_of_a_township_is_recounted(town: Town) -> None:
    """Of a month, a quarter and the year, with all its tables; of both together, the unit's cases from that township."""
    lines = await exported(town)
    for unit, township in ((UNITS[0], None), (None, TownshipId("kan")), (UNITS[1], TownshipId("kan"))):
        for period in OTHERS:
            scope = Scope("县", unit=unit, township=township, projects=PROJECTS)
            digest = digest_json(await town.store.read.digest(period, scope, BEGINS_AT.replace(year=2027), is_brief=True))
            begin, end = instant(period.begins_at), instant(period.ends_at)
            cases, visits, before, after = lives(lines, end), walks(lines), signs(lines, begin), signs(lines, end)
            books, earlier = count_books(lines, OF_PROJECTS, begin, end, unit), before_of(lines, period)
            if township is not None:
                cases, visits, after = of_township(cases, visits, after, lines, township)
                earlier = earlier._replace(cases=of_township(earlier.cases, [], {}, lines, township)[0])
                books = count_books([], {}, begin, end)
            own = recount(cases, visits, begin, end, unit) | count_signs(before, after, unit) | books
            assert {name: each for name, each in digest["figures"].items() if name not in UNTOLD} == own, period.text
            assert digest["received"] == told_apart(earlier, Received(cases, begin, end), unit), period.text
            assert {each["sign"]: each["stands"] for each in digest["warnings"]} == named(before, after, unit)
            assert digest["projects"] == ([] if township else each_project(lines, OF_PROJECTS, begin, end, unit))
            assert digest["survey"] == (None if township else appraisal(lines, end, unit))


def before_of(lines: list[dict[str, Any]], period: Period) -> Received:
    """Return the period before one, with the cases as they stood at its end."""
    (earlier,) = period.earlier(1)
    begin, end = instant(earlier.begins_at), instant(earlier.ends_at)
    return Received(lives(lines, end), begin, end)


async def test_the_cases_behind_each_figure_add_up_to_it(town: Town) -> None:
    """Of every unit in months and the year: what each case adds is the figure, to the last one, page after page."""
    now, read, seen = BEGINS_AT.replace(year=2027), town.store.read, dict.fromkeys(TRACES, 0)
    for period in OTHERS:
        for unit in (await read.digest(period, Scope("县"), now, is_brief=True)).units:
            for name in TRACES:
                found = [each async for each in traced(town, name, unit.unit, period)]
                figure = unit.figures[name]
                assert sum(each.n for each in found) == (figure.n or 0), (period.text, unit.unit, name)
                if name not in {"overdue", "reopened"}:
                    assert sum(each.of for each in found) == (figure.of or 0), (period.text, unit.unit, name)
                assert len({(each.case, each.round) for each in found}) == len(found)
                seen[name] += len(found)
    assert min(seen.values()) > 0, seen


async def traced(town: Town, name: str, unit: UnitId, period: Period) -> AsyncIterator[Traced]:
    """Yield the cases behind a figure, a page after the other."""
    page, now, total = 0, BEGINS_AT.replace(year=2027), 1
    while page * TRACED < total:
        found, total = await town.store.read.trace(name, unit, period, now, page)
        for each in found:
            yield each
        page += 1


async def test_the_periods_before_are_the_digests_of_those_periods(town: Town) -> None:
    """What stands beside a week is what that week's own digest said."""
    now = BEGINS_AT.replace(year=2027)

    async def figures(period: Period) -> object:
        return digest_json(await town.store.read.digest(period, Scope("县"), now))["figures"]

    digest = digest_json(await town.store.read.digest(LAST_WEEK, Scope("县"), now))
    assert [each["period"] for each in digest["trend"]] == [week.text for week in WEEKS[1:14]]
    for week, each in zip(WEEKS[1:14], digest["trend"], strict=True):
        assert each["figures"] == await figures(week)
    assert digest["before"] == digest["trend"][0]["figures"]
    brief = digest_json(await town.store.read.digest(LAST_WEEK, Scope("县"), now, is_brief=True))
    assert brief == {**digest, "trend": digest["trend"][:1]}


def test_the_year_is_as_long_as_what_is_counted() -> None:
    """Cases are filed in every week that is looked at."""
    assert WEEKS[-1].begins_at >= BEGINS_AT
    assert (LAST_WEEK.ends_at - BEGINS_AT).days <= DAYS
