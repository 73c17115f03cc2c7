"""A survey's draw from outside: the command draws again, and says where a seed is not the one that was pledged."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from bot.actions.survey_served import pledge_survey
from bot.ports import Decision
from bot.rules.effect import Effects
from bot.rules.entry import Entry, SurveyBegun
from bot.rules.period import Stretch, period_of
from bot.rules.survey import pledge_of, pledges
from tests.endtoend.conftest import CommandLine
from tests.endtoend.test_ledger_commands import Here
from tests.endtoend.test_weeks_commands import digest
from tests.support.clock import MovableClock
from tests.support.store import OFFICER, RESIDENT, UNIT, Town, opened_town

MARCH = datetime(2024, 3, 5, 4, 0, tzinfo=UTC)


async def begun(town: Town, seed: str | None) -> str:
    """Pledge a seed, let a case be closed, and begin a survey with that seed or another; return the case's number."""
    month = period_of(Stretch.MONTH, MARCH, town.desk.county.hours.zone)
    await town.store.commit([Decision(pledge_survey(town.desk, month, (), MARCH))], MARCH)
    await town.staffed()
    number = await town.file()
    await town.act(OFFICER, "accept", case=number)
    await town.act(OFFICER, "resolve", case=number, answer="修好了")
    await town.act(RESIDENT, "rate", case=number)
    await town.act(RESIDENT, "score", case=number)
    pledge, _ = pledges(await town.store.read.survey_entries())[month.text]
    told = seed or await town.store.read.house_words(pledge) or ""
    entry = Entry(at=month.ends_at, actor="s-admin", case=None, fact=SurveyBegun(period=month.text, seed=told, asked=1))
    await town.store.commit([Decision(Effects(entries=(entry,)))], month.ends_at)
    return number


def lived(folder: Path, seed: str | None) -> str:
    """Make a database in which a survey was begun."""

    async def live() -> str:
        async with opened_town(folder / "bot.db", MovableClock(MARCH)) as town:
            return await begun(town, seed)

    return asyncio.run(live())


def test_the_command_draws_again_and_shows_what_was_pledged(tmp_path: Path, command_line: CommandLine) -> None:
    """The seed, its pledge from while the month ran, and the order in which each unit's cases came."""
    number = lived(tmp_path, None)
    (draw,) = digest(Here(tmp_path, command_line), "--draw", "surveys")
    assert (draw["period"], draw["ok"], draw["asked"]) == ("2024-03", True, 1)
    assert draw["pledge"] == pledge_of(bytes.fromhex(draw["seed"]))
    assert draw["pledged_at"] == "2024-03-05T04:00:00Z"
    assert draw["order"] == [{"unit": UNIT, "closed": 1, "cases": [number]}]


def test_a_seed_that_was_not_pledged_is_exit_code_1(tmp_path: Path, command_line: CommandLine) -> None:
    """Whoever chose another one is seen."""
    seed = "00" * 32
    lived(tmp_path, seed)
    (draw,) = digest(Here(tmp_path, command_line), "--draw", "surveys", expect=1)
    assert draw["ok"] is False
    assert draw["pledge"] != pledge_of(bytes.fromhex(seed))
