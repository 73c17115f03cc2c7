"""Residents' habits, one script each: typed wrong, in pieces, in two languages, in anger, changed their mind; all arrive."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio

from bot.county import read_county, sample_county_path
from bot.rules.county import Role
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.endtoend.test_days_pass import MONDAY, hire
from tests.residents.script import FIRST_ACCOUNT, LANGUAGES, OFFICER, Player, Script, scripts
from tests.support.stage import Stage, stage

SCRIPTS: Final = tuple(scripts(Path(__file__).with_name("scripts.txt")))
HANDLED: Final = "agriculture"
"""The unit in which somebody works: what other units get waits for whoever comes."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """Open the desk on a Monday at noon, with one officer, in a county of which one township is on the map."""
    folder = tmp_path_factory.mktemp("town")
    county, named = folder / "county.toml", 'name = { zh = "琼博拉镇" }'
    placed = sample_county_path().read_text(encoding="utf-8").replace(named, f"{named}\nlat = 43.59\nlon = 81.21")
    county.write_text(placed, encoding="utf-8")
    async with stage(folder, MONDAY, county) as on:
        await hire(on, OFFICER, Role.OFFICER, HANDLED)
        yield on


@pytest.fixture(scope="module")
def wording() -> Wording:
    """Read what stands on buttons."""
    return Wording(read_county(sample_county_path()), load_catalogues(tuple(LANGUAGES.values())))


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
async def test_everybody_reaches_the_end_that_they_meant(town: Stage, wording: Wording, script: Script) -> None:
    """Each of them does what they do, and what they wanted has come about."""
    language = LANGUAGES[script.speaks.removeprefix("-") or "zh"]
    await Player(town, wording, FIRST_ACCOUNT + script.place, language).play(script)


def test_there_are_enough_of_them() -> None:
    """No two are the same, and there is one for each language and three hundred in all."""
    assert len({(script.speaks, script.lines) for script in SCRIPTS}) == len(SCRIPTS) >= 300
    assert {script.speaks for script in SCRIPTS} >= set(LANGUAGES)
