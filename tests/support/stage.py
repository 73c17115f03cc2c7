"""The real bot and the stand-in in one process, on a clock that is moved: for what takes days."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import House
from bot.commands.demo import FollowedClock, staged
from bot.sandbox.message import Message
from bot.sandbox.server import Sandbox
from bot.settings import Settings


@dataclass(frozen=True)
class Stage:
    """A running bot, its world, and the time."""

    sandbox: Sandbox
    clock: FollowedClock
    house: House

    async def say(self, account: int, text: str) -> None:
        """Write to the bot, and let it answer."""
        self.sandbox.world.text(account, text)
        await self.clock.advance(timedelta())

    async def press(self, account: int, label: str) -> None:
        """Press the newest button of this name, and let the bot answer."""
        message = next(each for each in reversed(self.sandbox.world.transcript(account)) if label in each.labels)
        self.sandbox.world.press(account, message.message_id, label=label)
        await self.clock.advance(timedelta())

    def heard(self, account: int, part: str) -> list[Message]:
        """Return the bot's messages in which someone can read these words, oldest first."""
        return [each for each in self.sandbox.world.transcript(account) if each.sender.is_bot and part in each.text]


@asynccontextmanager
async def stage(folder: Path, begins_at: datetime, county: Path | None = None) -> AsyncIterator[Stage]:
    """Begin at an instant, with nobody registered; in the sample county where no file is named."""
    clock = FollowedClock()
    await clock.rewind(clock.now() - begins_at)
    named = {} if county is None else {"BOT_COUNTY": str(county)}
    settings = Settings.read({"PATH": os.environ.get("PATH", ""), **named}, folder)
    async with staged(settings, folder, 0, clock) as (sandbox, house):
        yield Stage(sandbox, clock, house)
