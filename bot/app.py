"""How the program is put together: the only place that knows every concrete class. Nothing here decides anything.

settings, county file -> store, courier, conversations -> intake, worker, ticker, delivery -> House
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec
from telegram import Bot, BotCommand, User
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.actions.hang_menus import hang_menus
from bot.county import county_from, text_of
from bot.errors import SettingsError, StorageUnavailable
from bot.in_force import CountyInForce, Voice, put_in_force
from bot.media.workshop import Workshop
from bot.ports import Clock, Decision, Desk, UpdateSource
from bot.reports.press import ChildPress
from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.identity import Language
from bot.settings import Address, Settings, Webhook
from bot.speaking import wording_of
from bot.stores import MENUS, PROFILE, USERNAME, opened_store, premises_of
from bot.watch.health import Health, Premises
from bot.watch.observed import ObservedSource, ObservedStore
from bot.watch.vitals import Loop, Vitals
from bot.workers.backoff import Backoff
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.delivery import Delivery
from bot.workers.doorstep import Doorstep
from bot.workers.fault import describe
from bot.workers.fetching import Fetching
from bot.workers.intake import Intake
from bot.workers.polling import OnlyPoller
from bot.workers.pulse import BEAT, SLOW_BEAT, Pulse
from bot.workers.steady import Steady
from bot.workers.turnstile import Turnstile
from bot.workers.worker import Worker
from handlers.bot_api import BotApi
from handlers.calls import UpdateCalls
from handlers.conversations import Conversations, open_conversations
from handlers.courier import BotCourier
from handlers.files import TelegramFiles
from handlers.request import WiredRequest
from handlers.resident.language import menu_code
from handlers.source import HELD_SECONDS, PollingSource, WebhookWatch
from handlers.wire import PATIENCE, Patience
from locales.wording import Wording
from storage.store import Store
from storage.vault import SystemRandomness

if TYPE_CHECKING:
    from bot.certificate import OwnCertificate
    from bot.watch.listener import Listener

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
        """Return once `at` has come, or once as much time has passed as there was until then.

        So a clock that is set back meanwhile keeps nobody waiting, who then looks again.
        """
        monotonic = asyncio.get_running_loop().time
        ends_at = monotonic() + (at - self.now()).total_seconds()
        while (left := min((at - self.now()).total_seconds(), ends_at - monotonic())) > 0:  # noqa: ASYNC110 (a clock on the wall calls nobody)
            await asyncio.sleep(min(left, 60.0))  # in steps, so that a wall clock that jumps is noticed within a minute


@dataclass(frozen=True, slots=True)
class Bells:
    """One for each loop, and one that rings whenever any of them got something done."""

    intake: Bell
    worker: Bell
    ticker: Bell
    delivery: Bell
    fetching: Bell
    pulse: Bell
    steady: Bell
    county: Bell
    progress: Bell

    @classmethod
    def hang(cls, clock: Clock) -> Bells:
        """Make them all."""
        return cls(*(Bell(clock) for _ in range(9)))

    def silence(self) -> None:
        """Tell every loop to finish and end."""
        own = (self.intake, self.worker, self.ticker, self.delivery, self.fetching, self.pulse, self.steady)
        for bell in (*own, self.county, self.progress):
            bell.silence()


@dataclass(frozen=True, slots=True)
class Outside:
    """What the house has to do with the world outside: where updates come from, and who carries letters.

    Attributes:
        webhook: None while updates are fetched.
        listen: None to listen nowhere.
        held_seconds: how long Telegram may hold a poll that has nothing to say.
    """

    bot: Bot
    calls: UpdateCalls
    courier: BotCourier
    files: TelegramFiles
    webhook: Webhook | None
    listen: Address | None
    premises: Premises
    takes_over: bool
    held_seconds: int
    wording: Wording


class House:
    """The running program. Make it with `opened_house`."""

    def __init__(
        self, store: Store, clock: Clock, in_force: CountyInForce, conversations: Conversations, outside: Outside
    ) -> None:
        self.store = store
        self._in_force = in_force
        in_force.adopted = self._adopt
        self._clock = clock
        self._conversations = conversations
        self._outside = outside
        self.bells = Bells.hang(clock)
        self._vitals = Vitals(time.monotonic)
        self._observed = ObservedStore(store, self._vitals)
        bells, told = self.bells, (self.bells.delivery, self.bells.progress)
        self._ticker = Ticker(self._observed, self.desk, clock, bells.ticker, told, self._vitals.is_clock_right)
        self._turnstile = Turnstile(self.desk.county.limits)

    @property
    def desk(self) -> Desk:
        """Return the desk at which everything is decided now."""
        return self._in_force.desk

    def _adopt(self, voice: Voice) -> None:
        """Hand the county that has come into force to every part that holds one."""
        self._conversations.adopt(voice.desk)
        self._ticker.adopt(voice.desk)
        self._turnstile.adopt(voice.desk.county.limits)
        self._outside.courier.adopt(voice.desk.county, voice.wording)

    async def run(self, stop: asyncio.Event) -> None:
        """Run until told to stop; then finish what is held.

        Raises:
            SourceRefused: Telegram does not accept the token.
            SettingsError: the address to listen at cannot be had.
        """
        bells = self.bells
        own = self._certificate()
        listener = self._listener(own)
        if listener is not None:
            await listener.open()
        intake = asyncio.create_task(self._intake(own).run())
        others = [asyncio.create_task(loop) for loop in self._loops()]
        stopping = asyncio.create_task(stop.wait())
        greeting = asyncio.create_task(self.introduce())
        try:
            await asyncio.wait({intake, stopping, *others}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            bells.silence()
            for task in (intake, stopping, greeting):
                task.cancel()
            closing = () if listener is None else (asyncio.create_task(listener.close()),)
            await asyncio.wait({*others, *closing}, timeout=STOP_SECONDS)
            for task in others:
                task.cancel()
            ended = await asyncio.gather(intake, *others, greeting, *closing, return_exceptions=True)
        for outcome in ended:
            if isinstance(outcome, Exception):
                raise outcome

    def _intake(self, own: OwnCertificate | None) -> Intake:
        """Make the loop that fetches updates, or that sees to it that Telegram brings them."""
        store, clock, bells, outside = self._observed, self._clock, self.bells, self._outside
        source: UpdateSource
        if outside.webhook is not None:
            webhook = outside.webhook
            source = WebhookWatch(outside.calls, webhook.url, webhook.secret, clock, own)
        else:
            source = PollingSource(outside.calls, outside.held_seconds, takes_over=outside.takes_over)
        source = ObservedSource(source, self._vitals, lambda: outside.calls.told_at, SystemClock().now)
        if outside.webhook is None and self.store.is_shared:
            source = OnlyPoller(source, store, clock)
        return Intake(source, store, clock, bells.intake, bells.worker, random.random)

    def _loops(self) -> Iterator[Coroutine[None, None, None]]:
        """Make the loops that work on what came in."""
        store, clock, bells = self._observed, self._clock, self.bells
        after = (bells.delivery, bells.fetching, bells.progress)
        told = (bells.delivery, bells.progress)
        delivery = Delivery(store, self._outside.courier, clock, bells.delivery, (bells.progress,), bells.ticker)
        decide, ticker = self._conversations, bells.ticker
        worker = Worker(store, decide, clock, bells.worker, after, delivery, self._turnstile, self._in_force, ticker)
        yield worker.run()
        yield self._ticker.run()
        yield delivery.run()
        yield Fetching(self.store, self._outside.files, Workshop(), clock, bells.fetching, told).run()
        if self.store.is_shared:
            yield self._in_force.run(clock, bells.county)
        beat = BEAT if self.store.is_shared else SLOW_BEAT
        yield Steady(self.store, clock, bells.steady, (bells.delivery, bells.ticker), time.monotonic).run()
        yield Pulse(store, clock, bells.pulse, (bells.worker, bells.ticker, bells.delivery, bells.fetching), beat).run()

    def _certificate(self) -> OwnCertificate | None:
        """Read the certificate with which Telegram is answered, where no proxy does that."""
        webhook = self._outside.webhook
        if webhook is None or webhook.certificate is None:
            return None
        from bot.certificate import OwnCertificate  # noqa: PLC0415 (what reads certificates is needed only here)

        return OwnCertificate(webhook.certificate)

    def _listener(self, own: OwnCertificate | None) -> Listener | None:
        """Make what answers at the address of the settings; what that needs is imported only then (it takes 0.1 s)."""
        outside, bells = self._outside, self.bells
        if outside.listen is None:
            return None
        from bot.watch.doors import Questions  # noqa: PLC0415 (see above)
        from bot.watch.listener import Door, Listener  # noqa: PLC0415 (see above)
        from bot.watch.metrics import Metrics  # noqa: PLC0415 (see above)
        from handlers.webhook import WebhookDoor  # noqa: PLC0415 (see above)

        rests = {
            Loop.INTAKE: bells.intake,
            Loop.WORKER: bells.worker,
            Loop.CLOCK: bells.ticker,
            Loop.DELIVERY: bells.delivery,
        }
        health = Health(self._vitals, self.store.read, self._clock, outside.premises, rests)
        doors = list(Questions(health, Metrics(self._vitals, health, self._clock)).doors())
        if outside.webhook is not None:
            door = WebhookDoor(outside.webhook.secret, Doorstep(self._observed, self._clock, bells.worker).keep)
            doors.append(Door("POST", outside.webhook.path, door.answer, is_public=True))
        return Listener(outside.listen.host, outside.listen.port, doors, describe, None if own is None else own.context)

    async def settled(self) -> None:
        """Return once nothing is left to do right now: no update, no due thing, no letter."""
        while await self.store.pending(self._clock.now()):
            await self.bells.progress.wait()

    async def introduce(self) -> None:
        """Learn the bot's name and hang out the menu of commands, as soon as Telegram can be reached."""
        backoff = Backoff(random.random)
        while True:
            try:
                await self._say_hello()
            except (TelegramError, StorageUnavailable) as error:
                log.debug("the bot could not introduce itself (%s); tried again", type(error).__name__)
                await self._clock.sleep_until(self._clock.now() + timedelta(seconds=backoff.next()))
            else:
                return

    async def _say_hello(self) -> None:
        identity = await self._outside.bot.get_me()
        self._conversations.know(identity)
        await self.store.remember(USERNAME, identity.username or "")
        wording = self._outside.wording
        spoken = ((self.desk.county.languages[0], None), *_short_codes(self.desk.county))
        for language, code in spoken:
            menu = [BotCommand(name, about) for name, about in wording.commands(None, language)]
            await self._outside.bot.set_my_commands(menu, language_code=code)
        await self._describe(spoken)
        await self._hang_menus()

    async def _describe(self, spoken: Sequence[tuple[Language, str | None]]) -> None:
        """Say on the bot's page what it is, in each language; only what has changed, as Telegram slows this down soon."""
        bot, wording = self._outside.bot, self._outside.wording
        said = [(code, *wording.profile(language)) for language, code in spoken]
        mark = sha256(msgspec.json.encode(said)).hexdigest()
        if await self.store.read.meta(PROFILE) == mark:
            return
        try:
            for code, description, in_a_line in said:
                await bot.set_my_description(description, language_code=code)
                await bot.set_my_short_description(in_a_line, language_code=code)
        except (BadRequest, InvalidToken) as error:  # the page matters less than the menu: the next start tries again
            log.warning("what the bot is could not be said on its page: %s", type(error).__name__)
            return
        await self.store.remember(PROFILE, mark)

    async def _hang_menus(self) -> None:
        """Hang out officials' menus once after each change of what stands in them."""
        wording, languages = self._outside.wording, self.desk.county.languages
        shown = [wording.commands(role, language) for role in Role for language in languages]
        mark = sha256(msgspec.json.encode(shown)).hexdigest()[:16]
        if await self.store.read.meta(MENUS) != mark:
            staff = await self.store.read.staff_of(None, frozenset(Role))
            await self.store.commit([Decision(hang_menus(staff))], self._clock.now())
            await self.store.remember(MENUS, mark)
            self.bells.delivery.ring()


def _short_codes(county: County) -> tuple[tuple[Language, str], ...]:
    """Return the languages for which Telegram keeps a menu and a profile of their own."""
    return tuple((language, code) for language in county.languages if (code := menu_code(language)) is not None)


def _bot(token: str, api_base: str, sending: WiredRequest, polling: WiredRequest) -> Bot:
    """Make the library's bot over connections of our own."""
    return Bot(
        token,
        base_url=f"{api_base}/bot",
        base_file_url=f"{api_base}/file/bot",
        request=sending,
        get_updates_request=polling,
    )


@asynccontextmanager
async def opened_house(
    settings: Settings,
    clock: Clock,
    *,
    takes_over: bool = False,
    held_seconds: int = HELD_SECONDS,
    patience: Patience = PATIENCE,
) -> AsyncIterator[House]:
    """Assemble the program over its settings; `settings.token` must be there.

    Args:
        takes_over: whether a webhook that stands in the way of polling is removed.
        held_seconds: how long Telegram may hold a poll; what goes on for longer than that and `patience` hangs.
    """
    if settings.token is None:
        raise SettingsError((FIRST_STEPS,))
    text = text_of(settings.county)
    county = county_from(text, settings.county.name)
    wording = wording_of(settings, county)
    async with opened_store(settings, county) as store:
        sending, polling = (WiredRequest(proxy=settings.proxy, patience=patience) for _ in range(2))
        bot = _bot(settings.token, settings.api_base, sending, polling)
        await sending.initialize()
        await polling.initialize()
        await put_in_force(store, store.read, text, clock.now())
        desk = Desk(county, Calendar.of(county.hours), store.read, SystemRandomness())
        in_force = CountyInForce(settings.county, text, desk, partial(wording_of, settings))
        identity = User(
            int(settings.token.split(":")[0]), "bot", is_bot=True, username=await store.read.meta(USERNAME) or ""
        )
        api = BotApi(sending, bot.base_url)
        outside = Outside(
            bot,
            UpdateCalls(bot, polling),
            BotCourier(api, county, wording, ChildPress(), store),
            TelegramFiles(api, sending, bot.base_file_url),
            settings.webhook,
            settings.listen,
            premises_of(settings),
            takes_over,
            held_seconds,
            wording,
        )
        try:
            yield House(store, clock, in_force, open_conversations(in_force.desk, identity), outside)
        finally:
            await sending.shutdown()
            await polling.shutdown()
