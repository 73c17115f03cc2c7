"""The program without a network: a store on a file, the real conversations, worker and clock, and chats that are lists.

Time goes from one thing that happens to the next. Whoever blocked the bot is out of reach until they write again.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final, TypeAlias

import msgspec
from telegram import User

from bot.actions.join_staff import digest_of
from bot.ports import Arrival, Desk, Failed, Fate, Letter, Sent
from bot.rules.access import EVERY_ROLE
from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.identity import PersonId, UnitId, UpdateId
from bot.rules.staff import INVITATION_LIFE, Invitation, Staff
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from bot.workers.worker import Worker
from handlers.callback import Button, encode
from handlers.conversations import Conversations, open_conversations
from storage.masters import Masters
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.store import Store, open_store
from storage.vault import Vault
from tests.support.clock import MovableClock
from tests.support.store import MASTER, SeededRandomness

FIRST_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""From here on the grain is counted."""

BOT: Final = User(7000000001, "Minsheng", is_bot=True, username="minsheng_bot")
AWAKE: Final = timedelta(minutes=35)
"""How long after somebody wrote they may be written to: half an hour, and when they were last seen is kept to minutes."""

CLOCK_FIRST: Final = 0.5
"""How often the clock comes before the people who act in the very second in which something is due."""

Tap: TypeAlias = "Button | str"
"""What somebody does: presses a button, or writes words."""


@dataclass(frozen=True, slots=True)
class Read:
    """A letter as somebody read it.

    Attributes:
        is_awake: they had written within half an hour.
        is_answer: it answers what they had just done.
        staff: everybody who worked here then.
        is_lost: it was not read at all: the chat is blocked.
    """

    at: datetime
    chat: int
    letter: Letter
    is_awake: bool
    is_answer: bool
    staff: tuple[Staff, ...]
    is_lost: bool = False


@dataclass(order=True)
class _Planned:
    at: datetime
    place: int
    chat: int = field(compare=False)
    taps: tuple[Tap, ...] = field(compare=False)
    change: Callable[[], None] | None = field(compare=False, default=None)


@dataclass
class Town:
    """Everybody, and the program.

    Attributes:
        readers: who is asked, in order, what they make of a letter.
        witnesses: who looks at every letter that went out, or could not.
        blocked: chats that take nothing.
        last_act: when each chat last wrote.
        grain: what people do, they do at multiples of this; what falls together is handled together, as on a busy day.
        order: draws who comes first of people and clock, where both have something to do.
    """

    store: Store
    desk: Desk
    clock: MovableClock
    conversations: Conversations
    readers: list[Callable[[Read], None]] = field(default_factory=list)
    witnesses: list[Callable[[Read], Awaitable[None]]] = field(default_factory=list)
    blocked: set[int] = field(default_factory=set)
    last_act: dict[int, datetime] = field(default_factory=dict)
    grain: timedelta = timedelta(seconds=1)
    order: Random = field(default_factory=lambda: Random(0))
    acts: int = 0
    letters: int = 0
    _planned: list[_Planned] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _staff: tuple[Staff, ...] = ()

    def __post_init__(self) -> None:
        """Set the loops up, to be moved by hand."""
        self._worker = Worker(self.store, self.conversations, self.clock, Bell(self.clock), ())
        self._ticker = Ticker(self.store, self.desk, self.clock, Bell(self.clock), ())

    @property
    def county(self) -> County:
        """Return the county."""
        return self.desk.county

    @property
    def calendar(self) -> Calendar:
        """Return its working hours."""
        return self.desk.calendar

    def will(self, chat: int, at: datetime, *taps: Tap) -> None:
        """Have somebody do something at a moment: press buttons, write words."""
        heapq.heappush(self._planned, _Planned(self._grained(at), next(self._numbers), chat, taps))

    def later(self, at: datetime, change: Callable[[], None]) -> None:
        """Let something become so at a moment, which nobody tells the program."""
        heapq.heappush(self._planned, _Planned(self._grained(at), next(self._numbers), 0, (), change))

    def _grained(self, at: datetime) -> datetime:
        """Return the first multiple of the grain that is not before an instant."""
        return at + (FIRST_AT - at) % self.grain

    async def hire(self, chat: int, role: Role, unit: UnitId | None, payload: str) -> None:
        """Invite somebody and let them come; a further admin's link is good at once here."""
        invitation = Invitation(digest_of(payload), role, unit, None, self.clock.now() + INVITATION_LIFE, is_used=False)
        await self.store.invite(invitation, self.clock.now())
        await self._act([(chat, (f"/start {payload}",))])
        await self._deliver()

    async def run(self, until: datetime) -> None:
        """Let time go to a moment."""
        while True:
            moments = (
                self._planned[0].at if self._planned else None,
                await self.store.next_due_at(),
                await self._letter_at(),
            )
            at = min((moment for moment in moments if moment is not None), default=until)
            if at > until:
                await self.clock.move_to(until)
                return
            await self.clock.move_to(max(at, self.clock.now()))
            await self._moment()

    async def _letter_at(self) -> datetime | None:
        return await self.store.next_letter_at(self.clock.now())

    async def _moment(self) -> None:
        """Do what is due now: people and the clock in either order, as it may be in a second; carry what they wrote."""
        now = self.clock.now()
        acting: list[tuple[int, tuple[Tap, ...]]] = []
        while self._planned and self._planned[0].at <= now:
            planned = heapq.heappop(self._planned)
            if planned.change is not None:
                planned.change()
            else:
                acting.append((planned.chat, planned.taps))
        if self.order.random() < CLOCK_FIRST:
            await self._tick()
            await self._deliver()
        await self._act(acting)
        await self._tick()
        await self._deliver()

    async def _tick(self) -> None:
        await self._ticker.plan()
        while await self._ticker.step():
            pass

    async def _act(self, acting: Sequence[tuple[int, tuple[Tap, ...]]]) -> None:
        now = self.clock.now()
        for chat, taps in acting:
            self.blocked.discard(chat)
            self.last_act[chat] = now
            arrivals = [self._arrival(chat, tap, now) for tap in taps]
            self.acts += len(arrivals)
            await self.store.receive(arrivals, now)
        if acting:
            while await self._worker.step():
                pass

    def _arrival(self, chat: int, tap: Tap, now: datetime) -> Arrival:
        """Write an update as Telegram would."""
        number = next(self._numbers)
        who = {"id": chat, "is_bot": False, "first_name": f"person {chat}"}
        message: dict[str, object] = {
            "message_id": number,
            "date": int(now.timestamp()),
            "chat": {"id": chat, "type": "private", "first_name": "person"},
        }
        if isinstance(tap, str):
            message |= {"from": who, "text": tap}
            if tap.startswith("/"):
                message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(tap.split()[0])}]
            update: dict[str, object] = {"update_id": number, "message": message}
        else:
            query = {"id": str(number), "from": who, "chat_instance": "1", "data": encode(tap), "message": message}
            update = {"update_id": number, "callback_query": query}
        return Arrival(UpdateId(number), chat, msgspec.json.encode(update))

    async def _deliver(self) -> None:
        """Carry every letter that is ready, and let its reader make something of it."""
        now = self.clock.now()
        while letters := await self.store.take_letters(100, frozenset(), now):
            staff = await self.store.read.staff_of(None, EVERY_ROLE)
            if staff != self._staff:
                self._staff = staff
            lost: set[PersonId] = set()
            fates: list[Fate] = []
            for letter in letters:
                if letter.chat_id in self.blocked or letter.person in lost:
                    lost.add(letter.person)
                    fates.append(Failed(letter, "blocked", is_unreachable=True))
                else:
                    fates.append(Sent(letter, next(self._numbers)))
            await self.store.settle(fates, now)
            for fate in fates:
                await self._read(fate.letter, now, is_lost=isinstance(fate, Failed))

    async def _read(self, letter: Letter, now: datetime, *, is_lost: bool) -> None:
        self.letters += not is_lost
        last = self.last_act.get(letter.chat_id)
        read = Read(
            now,
            letter.chat_id,
            letter,
            is_awake=last is not None and now - last <= AWAKE,
            is_answer=letter.cause is not None and last is not None and last == letter.asked_at,
            staff=self._staff,
            is_lost=is_lost,
        )
        for witness in self.witnesses:
            await witness(read)
        if not is_lost:
            for reader in self.readers:
                reader(read)


@asynccontextmanager
async def opened_town(path: Path, county: County, begins_at: datetime, seed: str, grain: timedelta) -> AsyncIterator[Town]:
    """Begin at a moment with nobody there."""
    migrate(path)
    randomness = SeededRandomness(seed)
    engine = await open_sqlite(path, load("sqlite"), read_only=False)
    try:
        store = await open_store(engine, Vault(Masters({1: MASTER}), randomness), randomness)
        await store.remember("bot_username", BOT.username or "")
        desk = Desk(county, Calendar.of(county.hours), store.read, randomness)
        yield Town(store, desk, MovableClock(begins_at), open_conversations(desk, BOT), grain=grain)
    finally:
        await engine.close()
