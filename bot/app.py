"""How the program is put together: the only place that knows every concrete class. Nothing here decides anything.

settings, county file -> store, courier, conversations -> intake, worker, ticker, delivery -> House
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from telegram import Bot, BotCommand, User
from telegram.error import TelegramError

from bot.county import read_county
from bot.errors import SettingsError
from bot.ports import Clock, Desk, UpdateSource
from bot.rules.calendar import Calendar
from bot.rules.county import County
from bot.rules.identity import Language
from bot.settings import Settings
from bot.stores import USERNAME, opened_store
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.delivery import Delivery
from bot.workers.intake import Intake
from bot.workers.polling import OnlyPoller
from bot.workers.pulse import Pulse
from bot.workers.worker import Worker
from handlers.conversations import Conversations, open_conversations
from handlers.courier import BotCourier
from handlers.request import AiohttpRequest
from handlers.source import PollingSource
from locales.catalogue import load_catalogues
from locales.wording import Wording
from storage.store import Store
from storage.vault import SystemRandomness

log = logging.getLogger(__name__)

STOP_SECONDS: Final = 8.0
"""How long what is under way may take to finish once the program is told to stop; 10 s are promised."""


FIRST_STEPS: Final = (
    "BOT_TOKEN is not set: ask @BotFather on Telegram for a bot (/newbot), put BOT_TOKEN=... into .env and run again; "
    "to try everything without a token: make demo"
)


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Return the aware UTC instant."""
        return datetime.now(UTC)

    async def sleep_until(self, at: datetime) -> None:
        """Return once `at` has come."""
        while (left := (at - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 (it is time that is waited for)
            await asyncio.sleep(min(left, 60.0))  # in steps, so that a wall clock that jumps is noticed within a minute


@dataclass(frozen=True, slots=True)
class Bells:
    """One for each loop, and one that rings whenever any of them got something done."""

    intake: Bell
    worker: Bell
    ticker: Bell
    delivery: Bell
    pulse: Bell
    progress: Bell

    @classmethod
    def hang(cls, clock: Clock) -> Bells:
        """Make them all."""
        return cls(*(Bell(clock) for _ in range(6)))

    def silence(self) -> None:
        """Tell every loop to finish and end."""
        for bell in (self.intake, self.worker, self.ticker, self.delivery, self.pulse, self.progress):
            bell.silence()


class House:
    """The running program. Make it with `open_house`."""

    def __init__(self, store: Store, clock: Clock, desk: Desk, bot: Bot, conversations: Conversations) -> None:
        self.store = store
        self.desk = desk
        self._clock = clock
        self._bot = bot
        self._conversations = conversations

    async def run(self, source: PollingSource, courier: BotCourier, stop: asyncio.Event) -> None:
        """Run until told to stop; then finish what is held.

        Raises:
            SourceRefused: Telegram does not accept the token.
        """
        bells = self.bells = Bells.hang(self._clock)
        store, clock = self.store, self._clock
        after = (bells.delivery, bells.ticker, bells.progress)
        loops = [
            Worker(store, self._conversations, clock, bells.worker, after).run(),
            Ticker(store, self.desk, clock, bells.ticker, (bells.delivery, bells.progress)).run(),
            Delivery(store, courier, clock, bells.delivery, (bells.progress,)).run(),
        ]
        updates: UpdateSource = source
        if store.is_shared:
            updates = OnlyPoller(source, store, clock)
            loops.append(Pulse(store, clock, bells.pulse, (bells.worker, bells.ticker, bells.delivery)).run())
        intake = asyncio.create_task(Intake(updates, store, clock, bells.intake, bells.worker).run())
        others = [asyncio.create_task(loop) for loop in loops]
        stopping = asyncio.create_task(stop.wait())
        greeting = asyncio.create_task(self._introduce())
        try:
            await asyncio.wait({intake, stopping, *others}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bells.silence()
            for task in (intake, stopping, greeting):
                task.cancel()
            await asyncio.wait(others, timeout=STOP_SECONDS)
            for task in others:
                task.cancel()
            ended = await asyncio.gather(intake, *others, greeting, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome

    async def settled(self) -> None:
        """Return once nothing is left to do right now: no update, no due thing, no letter."""
        while await self.store.pending(self._clock.now()):
            await self.bells.progress.wait()

    async def _introduce(self) -> None:
        """Learn the bot's name and hang out the menu of commands; whatever fails is tried at the next start."""
        try:
            identity = await self._bot.get_me()
            self._conversations.know(identity)
            await self.store.remember(USERNAME, identity.username or "")
            wording = Wording(self.desk.county, load_catalogues(self.desk.county.languages))
            for language, code in ((self.desk.county.languages[0], None), *_short_codes(self.desk.county)):
                menu = [BotCommand(name, about) for name, about in wording.commands(None, language)]
                await self._bot.set_my_commands(menu, language_code=code)
        except TelegramError as error:
            log.warning("the bot could not introduce itself (%s); tried again at the next start", type(error).__name__)


def _short_codes(county: County) -> tuple[tuple[Language, str], ...]:
    """Return the languages for which Telegram keeps a menu of their own: those with a two-letter code."""
    return tuple((language, language[:2]) for language in county.languages if language[2:3] in {"", "_"})


@asynccontextmanager
async def opened_house(settings: Settings, clock: Clock) -> AsyncIterator[tuple[House, PollingSource, BotCourier]]:
    """Assemble the program over its settings; `settings.token` must be there."""
    if settings.token is None:
        raise SettingsError((FIRST_STEPS,))
    if settings.webhook is not None:
        raise SettingsError(("BOT_WEBHOOK_URL: this version fetches updates by polling; leave the variable out",))
    county = read_county(settings.county)
    wording = Wording(county, load_catalogues(county.languages))
    async with opened_store(settings, county) as store:
        sending, polling = AiohttpRequest(proxy=settings.proxy), AiohttpRequest(proxy=settings.proxy)
        bot = Bot(
            settings.token,
            base_url=f"{settings.api_base}/bot",
            base_file_url=f"{settings.api_base}/file/bot",
            request=sending,
            get_updates_request=polling,
        )
        await sending.initialize()
        await polling.initialize()
        desk = Desk(county, Calendar.of(county.hours), store.read, SystemRandomness())
        identity = User(
            int(settings.token.split(":")[0]), "bot", is_bot=True, username=await store.read.meta(USERNAME) or ""
        )
        conversations = await open_conversations(desk, identity)
        try:
            yield (
                House(store, clock, desk, bot, conversations),
                PollingSource(bot, polling),
                BotCourier(bot, county, wording),
            )
        finally:
            await sending.shutdown()
            await polling.shutdown()
