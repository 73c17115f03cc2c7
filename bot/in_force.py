"""Which county is in force, for all processes on one database: the text confirmed last, whatever lies in a file since.

Invariant: every part of the program holds one and the same county, and another one only once that is in the ledger.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from bot.county import checked, county_from, tables_of, text_or_mistake
from bot.errors import MinshengError, SettingsError, StorageUnavailable
from bot.ports import Clock, Decision, Desk, Proposal, Reader, Unfit, WorkStore
from bot.rules.calendar import Calendar
from bot.rules.county import County
from bot.rules.county_file import DIGEST, FILE, differences, digest_of, held_back
from bot.rules.effect import Effects
from bot.rules.entry import SYSTEM, CountyChanged, Entry
from bot.rules.fault import Fault, Mistake, because
from bot.workers.bell import Bell
from bot.workers.fault import describe
from locales.wording import Wording

log = logging.getLogger(__name__)

LOOK: Final = timedelta(seconds=2)
"""Between looks at what another process may have put in force."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A desk, and the one who says things there."""

    desk: Desk
    wording: Wording


@dataclass(frozen=True, slots=True)
class Checked:
    """A county file that can be in force, and the one who says everything there."""

    text: str
    county: County
    wording: Wording


class CountyInForce:
    """Compares the county file with what is in force, and hands what was confirmed to every part that holds a county.

    Args:
        path: the file that the settings name.
        text: the text of what is in force as the program starts, which `desk` was made of.
        speak: makes the one who says everything in a county; raises SettingsError.
    """

    def __init__(self, path: Path, text: str, desk: Desk, speak: Callable[[County], Wording]) -> None:
        self._path, self._speak = path, speak
        self._text = text
        self._digest = digest_of(text)
        self._refused: str | None = None
        self._read_last: Checked | None = None
        self.desk = replace(desk, county_file=self)
        self.adopted: Callable[[Voice], None] = lambda _: None
        """Told of each county that comes into force; set once by whoever puts the program together."""

    async def proposal(self) -> Proposal | Unfit:
        """Read the file and compare it with what is in force."""
        found = await asyncio.to_thread(self._read)
        if not isinstance(found, Checked):
            return Unfit(found)
        self._read_last = found
        text, county, own = found.text, found.county, self.desk.county.code
        other = () if county.code == own else (Mistake("county.code", because(Fault.OTHER_COUNTY, code=own)),)
        mistakes = (*other, *held_back(county, await self.desk.read.mentions()))
        if mistakes:
            return Unfit(mistakes)
        return Proposal(text, digest_of(text), self._digest, differences(tables_of(self._text), tables_of(text)))

    def adopt(self, text: str) -> None:
        """Take up what this process has just put in force, and read last."""
        if self._read_last is not None and text == self._read_last.text:
            self._take(self._read_last)

    async def look(self) -> None:
        """Take up what was put in force since, here or by another process."""
        digest = await self.desk.read.meta(DIGEST)
        if digest is None or digest in {self._digest, self._refused}:
            return
        text = await self.desk.read.meta(FILE) or ""
        try:
            found = await asyncio.to_thread(self._checked, text)
        except MinshengError as error:  # put there by another version of the program
            log.error("the county in force cannot be read here, the earlier one stays: %s", error)
            self._refused = digest
            return
        self._take(found)

    def _read(self) -> Checked | tuple[Mistake, ...]:
        """Read the file, or say all that is wrong with it."""
        text = text_or_mistake(self._path)
        if isinstance(text, Mistake):
            return (text,)
        county = checked(text)
        if isinstance(county, tuple):
            return county
        try:
            return Checked(text, county, self._speak(county))
        except SettingsError as error:  # a language without a catalogue, or with one that is broken
            return (Mistake("county.languages", because(Fault.NO_CATALOGUE, error="; ".join(error.mistakes))),)

    def _checked(self, text: str) -> Checked:
        county = county_from(text, self._path.name)
        return Checked(text, county, self._speak(county))

    def _take(self, found: Checked) -> None:
        self._text, self._digest = found.text, digest_of(found.text)
        self.desk = replace(self.desk, county=found.county, calendar=Calendar.of(found.county.hours))
        self.adopted(Voice(self.desk, found.wording))
        log.info("another county file is in force: sha256 %s", self._digest)

    async def run(self, clock: Clock, own: Bell) -> None:
        """Look now and then, as other processes share the database; until silenced."""
        while not own.is_silenced:
            try:
                await self.look()
            except StorageUnavailable as error:
                log.debug("nothing can be seen (%s); the loops have their own back-off", describe(error))
            await own.wait(clock.now() + LOOK)


async def put_in_force(store: WorkStore, read: Reader, text: str, now: datetime) -> None:
    """Put the file that the program starts with in force; where it says something else than what was, that is an entry.

    Raises:
        StorageUnavailable: the database is out of reach.
    """
    digest, known = digest_of(text), await read.meta(DIGEST)
    if digest == known:
        return
    entries: tuple[Entry, ...] = ()
    if known is not None:
        changes = len(differences(tables_of(await read.meta(FILE) or ""), tables_of(text)))
        fact = CountyChanged(file=digest, changes=changes)
        entries = (Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=fact),)
    await store.commit([Decision(Effects(entries=entries, county=text))], now)
