"""Every night: what was kept long enough is erased, and what was erased is made unreadable in the files.

A night that was missed is made up for by the next one, or by the next start.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta
from typing import Final

from bot.actions.erase_content import erase_ended
from bot.errors import Conflict, SettingsError, StorageUnavailable
from bot.ports import Decision, Desk, WorkStore
from bot.rules.effect import NOTHING
from bot.workers.fault import describe

log = logging.getLogger(__name__)

AT_NIGHT: Final = timedelta(hours=3)
"""How long after the county's midnight a day ends for this."""


class Retention:
    """What is done once a night."""

    def __init__(self, store: WorkStore, desk: Desk) -> None:
        self._store, self._desk = store, desk
        self._done_on: date | None = None

    def adopt(self, desk: Desk) -> None:
        """Do all that follows at another desk."""
        self._desk = desk

    def next_at(self, now: datetime) -> datetime:
        """Return when the next night's work begins."""
        zone = self._desk.county.hours.zone
        begun = datetime.combine(self._night(now), datetime.min.time(), zone)
        return (begun + timedelta(days=1) + AT_NIGHT).astimezone(now.tzinfo)

    async def sweep(self, now: datetime) -> None:
        """Do the night's work if it is not done; raises StorageUnavailable when the database is out of reach."""
        night = self._night(now)
        if night == self._done_on:
            return
        await self._store.forget_old_updates(now)
        await self._erase(now)
        try:
            if not await self._store.shred(now):
                log.warning("somebody is reading the database: what was erased stays in its log until the next night")
        except (StorageUnavailable, SettingsError) as error:
            log.error("what was erased is not gone from every file yet: %s", describe(error))
        self._done_on = night

    async def _erase(self, now: datetime) -> None:
        after: str | None = ""
        while after is not None:
            page = await self._store.ended_with_content(after, now)
            effects = erase_ended(page.cases, self._desk.county.privacy, self._desk.calendar, now)
            if effects != NOTHING:
                try:
                    await self._store.commit([Decision(effects)], now)
                except Conflict:
                    log.warning("some content is erased the next night: others were writing the same")
            after = page.after

    def _night(self, now: datetime) -> date:
        return (now.astimezone(self._desk.county.hours.zone) - AT_NIGHT).date()
