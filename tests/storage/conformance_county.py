"""What every store does about the county file: it keeps the one in force, and every process on it takes that up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.county import county_from, sample_county_path
from bot.in_force import CountyInForce, Voice, put_in_force
from bot.ports import Decision, Proposal, Unfit
from bot.rules.calendar import Calendar
from bot.rules.chain import read
from bot.rules.county import County
from bot.rules.county_file import Mention, digest_of
from bot.rules.effect import Effects
from bot.rules.entry import SYSTEM, CountyChanged, Entry
from locales.catalogue import load_catalogues
from locales.wording import Wording
from tests.storage.conformance import OnePlace
from tests.support.store import Town

SAMPLE = sample_county_path().read_text(encoding="utf-8")
LATER = SAMPLE.replace('digest = "mon 10:30"', 'digest = "mon 11:00"')


def speak(county: County) -> Wording:
    """Make the one who says everything in a county."""
    return Wording(county, load_catalogues(county.languages))


def process(town: Town, path: Path) -> tuple[CountyInForce, list[Voice]]:
    """Begin another process on the same database; return it, and every county that it took up."""
    county = county_from(SAMPLE, "county.toml")
    desk = replace(town.desk, county=county, calendar=Calendar.of(county.hours))
    taken: list[Voice] = []
    in_force = CountyInForce(path, SAMPLE, desk, speak)
    in_force.adopted = taken.append
    return in_force, taken


class CountyConformance(OnePlace):
    """The county in force."""

    async def entries(self, town: Town) -> list[Entry]:
        """Return the entries about the county file."""
        rows = [row async for page in town.store.read.ledger() for row in page]
        return [entry for entry in map(read, rows) if isinstance(entry.fact, CountyChanged)]

    async def test_the_first_start_keeps_the_file_and_only_another_one_is_an_entry(self, town: Town) -> None:
        """By the system, with the number of places that differ."""
        store, now = town.store, town.clock.now()
        for _ in range(2):
            await put_in_force(store, store.read, SAMPLE, now)
        assert await self.entries(town) == []
        await put_in_force(store, store.read, LATER, now)
        (entry,) = await self.entries(town)
        assert entry.actor == SYSTEM
        assert entry.fact == CountyChanged(file=digest_of(LATER), changes=1)

    async def test_every_process_takes_up_what_one_put_in_force(self, town: Town, tmp_path: Path) -> None:
        """Once, whatever lies in the file beside it."""
        path = tmp_path / "county.toml"
        path.write_text(SAMPLE, encoding="utf-8")
        await put_in_force(town.store, town.store.read, SAMPLE, town.clock.now())
        one, first = process(town, path)
        other, second = process(town, path)
        await one.look()
        assert first == []
        await town.store.commit([Decision(Effects(county=LATER))], town.clock.now())
        for each in (one, other, one):
            await each.look()
        assert [voice.desk.county.hours.digest_time.hour for voice in (*first, *second)] == [11, 11]
        assert one.desk.county.hours.digest_time.hour == 11
        back = await one.proposal()
        assert isinstance(back, Proposal)
        assert (back.digest, back.in_force) == (digest_of(SAMPLE), digest_of(LATER))
        assert [each.place for each in back.differences] == ["hours.digest"]

    async def test_what_cannot_be_read_is_not_taken_up(self, town: Town, tmp_path: Path) -> None:
        """As when another version of the program put it there: what was in force stays."""
        one, taken = process(town, tmp_path / "county.toml")
        await town.store.commit([Decision(Effects(county="zest = 1"))], town.clock.now())
        await one.look()
        assert taken == []
        assert one.desk.county.code == "654022"

    async def test_what_open_cases_and_officials_name_is_counted(self, town: Town, tmp_path: Path) -> None:
        """And a file without it is refused."""
        await town.staffed()
        await town.file()
        mentions = await town.store.read.mentions()
        assert Mention(section="unit", id="transport", cases=1, officials=2) in mentions
        assert Mention(section="category", id="roads", cases=1, officials=0) in mentions
        assert {each.section for each in mentions} == {"unit", "township", "category", "deadline"}
        path = tmp_path / "county.toml"
        path.write_text(SAMPLE.replace('"transport"', '"highways"'), encoding="utf-8")
        one, _ = process(town, path)
        refused = await one.proposal()
        assert isinstance(refused, Unfit)
        assert list(map(str, refused.mistakes)) == ["unit[transport]: cannot go: open cases: 1, officials: 2"]
