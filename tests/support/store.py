"""A store over a real file, and people who act on it in plain words instead of through Telegram.

`decide` knows the same actions as the handlers; nothing here writes but through the store's own port.
"""

from __future__ import annotations

import base64
import itertools
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from bot.actions.accept_case import accept_case
from bot.actions.draft import ask_words, write_words
from bot.actions.file_case import file_case
from bot.actions.follow_case import add_words
from bot.actions.join_staff import digest_of, join_staff
from bot.actions.matter import Matter
from bot.actions.rate_case import go_on, let_rest, rate_score, rate_solved
from bot.actions.resolve_case import resolve_case
from bot.actions.stake import Stake
from bot.county import read_county, sample_county_path
from bot.errors import NotFound, RuleViolation, StaleButton
from bot.ports import Arrival, Decision, Desk, Taken
from bot.rules.calendar import Calendar
from bot.rules.case import Case
from bot.rules.county import County, Role
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects, Send
from bot.rules.entry import Solved
from bot.rules.identity import CaseNumber, Language, UnitId, UpdateId
from bot.rules.message import Hearing, Remark, Said
from bot.rules.slot import FILED
from bot.rules.staff import INVITATION_LIFE, Invitation
from bot.workers.bell import Bell
from bot.workers.worker import Worker
from storage.derived import House
from storage.derived_table import Mismatch
from storage.engine import Engine
from storage.masters import Masters
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.store import Store, open_store
from storage.vault import Vault
from tests.support.clock import MovableClock

MASTER = bytes(range(32))
RESIDENT, NEIGHBOUR, OFFICER, LEAD, SUPERVISOR, ADMIN = (
    7100000001,
    7100000002,
    7200000001,
    7200000002,
    7200000003,
    7200000004,
)
"""Chats of the people in these tests."""

POTHOLE = "坎乡三村口的路灯坏了，晚上看不清路"
"""What the resident is annoyed by; the sample county gives it to the unit `transport`."""

ADDED = "现在另一盏也不亮了"
"""What the resident adds later."""

UNIT = UnitId("transport")


class SeededRandomness:
    """Bytes that are the same in every run: SHA-256 of a seed and a counter."""

    def __init__(self, seed: str = "tests") -> None:
        self._seed = seed
        self._drawn = itertools.count()

    def bytes(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        drawn = b""
        while len(drawn) < count:
            drawn += sha256(f"{self._seed}/{next(self._drawn)}".encode()).digest()
        return drawn[:count]


@cache
def sample_county() -> County:
    """Read the county that comes with the program."""
    return read_county(sample_county_path())


@dataclass
class Town:
    """A store, a clock, and people who do things."""

    store: Store
    engine: Engine
    clock: MovableClock
    desk: Desk
    updates: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    async def arrive(self, chat: int, do: str, **asked: object) -> Arrival:
        """Put one person's act into the inbox."""
        arrival = arrival_of(next(self.updates), chat, do, **asked)
        await self.store.receive([arrival], self.clock.now())
        return arrival

    async def act(self, chat: int, do: str, **asked: object) -> None:
        """Have a person do something, and handle it and whatever else waits."""
        await self.arrive(chat, do, **asked)
        await self.work()

    async def work(self) -> None:
        """Handle everything that waits in the inbox."""
        worker = Worker(self.store, self, self.clock, Bell(self.clock), ())
        while await worker.step():
            pass

    async def decide(self, taken: Taken, now: Any) -> Effects:
        """Decide as the handlers do; a refusal is said to the person."""
        asked = msgspec.json.decode(taken.arrival.body, type=dict[str, Any])
        try:
            return await Deciding(self.desk, taken, now).effects(**asked)
        except (RuleViolation, NotFound):
            return Effects(sends=(Send(taken.sender.person, Said(Remark.CASE_MOVED_ON)),))

    async def hire(self, chat: int, role: Role, unit: UnitId | None = None, *, language: Language | None = None) -> None:
        """Invite someone, who joins; a translator for one language, or for every one."""
        payload = f"j-{role}-{chat}-{next(self.updates)}"
        expires_at = self.clock.now() + INVITATION_LIFE
        invitation = Invitation(digest_of(payload), role, unit, None, expires_at, is_used=False, language=language)
        await self.store.invite(invitation, self.clock.now())
        await self.act(chat, "join", payload=payload)

    async def staffed(self) -> None:
        """Hire an officer and a lead of the unit for roads, a supervisor and an admin."""
        await self.hire(OFFICER, Role.OFFICER, UNIT)
        await self.hire(LEAD, Role.LEAD, UNIT)
        await self.hire(SUPERVISOR, Role.SUPERVISOR)
        await self.hire(ADMIN, Role.ADMIN)

    async def file(self, chat: int = RESIDENT, text: str = POTHOLE) -> CaseNumber:
        """Have someone file a case; return its number."""
        await self.act(chat, "write", text=text)
        await self.act(chat, "send")
        return CaseNumber([case.number async for case, _ in self.store.read.cases()][-1])

    async def case(self, number: CaseNumber) -> Case:
        """Read a case."""
        return await self.store.read.case(number)

    async def take_one(self) -> Taken:
        """Take the oldest waiting update."""
        (taken,) = await self.store.take_updates(1, self.clock.now())
        return taken

    async def decision(self) -> Decision:
        """Decide on the oldest waiting update without writing anything."""
        taken = await self.take_one()
        return Decision(await self.decide(taken, self.clock.now()), taken=taken)

    async def rows(self, query: str, **parameters: str | int | bytes | None) -> Sequence[tuple[Any, ...]]:
        """Run a named query."""
        async with self.engine.reading() as session:
            return await session.rows(query, parameters)


@dataclass(frozen=True)
class Deciding:
    """One act being decided."""

    desk: Desk
    taken: Taken
    now: Any

    async def effects(self, do: str, **asked: Any) -> Effects:
        """Call the action that is meant."""
        sender, desk, now = self.taken.sender, self.desk, self.now
        match do:
            case "write":
                text = asked["text"]
                return write_words(desk.county, sender.person, sender.dialog, sender.township, text)
            case "new":
                return ask_words(sender.person)
            case "send":
                if not isinstance(sender.dialog, Drafting):
                    raise StaleButton
                return file_case(desk, sender, sender.dialog, await self.staff(), now)
            case "speak":
                return Effects(language=Language(asked["language"]))
            case "choose":
                return Effects(hearing=Hearing(asked["hearing"]), is_beside=asked["is_beside"])
            case "join":
                return await self.join(asked["payload"])
            case "accept":
                return accept_case(desk, await self.matter(asked["case"], asked.get("pressed")), now)
            case "resolve":
                return resolve_case(desk, await self.matter(asked["case"]), asked["answer"], now, has_evidence=True)
            case "crash":
                raise ZeroDivisionError(asked.get("text"))
            case _:
                return await self.judge(do, **asked)

    async def matter(self, number: CaseNumber, pressed: int | None = None) -> Matter:
        """Read a case for an act on it."""
        read = self.desk.read
        case, words = await read.case(number), await read.words_of(number, FILED) or ""
        people = tuple(person for _, person in await read.voices_of(number))
        return Matter(case, self.taken.sender.roles, words, people, await self.staff(), pressed)

    async def judge(self, do: str, *, case: CaseNumber, attempt: int = 1, solved: str = "yes", score: int = 5) -> Effects:
        """Rate, rate again, let rest or go on."""
        stake = await self.stake(case)
        match do:
            case "rate":
                return rate_solved(self.desk, stake, attempt, Solved(solved), self.now)
            case "score":
                return rate_score(self.desk, stake, attempt, score, self.now)
            case "rest":
                return let_rest(self.desk, stake, attempt, self.now)
            case "go_on":
                return go_on(self.desk, stake, attempt, self.now)
            case "add":
                return add_words(self.desk, stake, ADDED, self.now)
            case _:
                raise NotFound

    async def join(self, payload: str) -> Effects:
        """Open an invitation."""
        read = self.desk.read
        invitation = await read.invitation(digest_of(payload))
        waiting = await read.tasks_of(frozenset([invitation.unit] if invitation.unit else []), 10)
        admins = await read.staff_of(None, frozenset([Role.ADMIN]))
        return join_staff(self.desk, self.taken.sender.person, invitation, waiting, admins, self.now)

    async def stake(self, number: CaseNumber) -> Stake:
        """Find what the sender has to do with a case."""
        case = await self.desk.read.case(number)
        for voice, person in await self.desk.read.voices_of(number):
            if person == self.taken.sender.person:
                words = await self.desk.read.words_of(number, FILED) or ""
                return Stake(case, voice, person, words, await self.staff())
        raise NotFound

    async def staff(self) -> Any:
        """Return every active official."""
        return await self.desk.read.staff_of(None, frozenset(Role))


def arrival_of(update: int, chat: int, do: str, **asked: object) -> Arrival:
    """Write one person's act as an update."""
    return Arrival(UpdateId(update), chat, msgspec.json.encode({"do": do, **asked}))


Wrap = Callable[[Engine], Engine]


def unwrapped(engine: Engine) -> Engine:
    """Use the engine as it is."""
    return engine


@asynccontextmanager
async def opened_town(
    path: Path, clock: MovableClock | None = None, *, seed: str = "tests", wrap: Wrap = unwrapped
) -> AsyncIterator[Town]:
    """Open the database at `path`, made if it is not there, with the same people and keys each time."""
    lay_database(path)
    randomness = SeededRandomness(seed)
    engine = wrap(await open_sqlite(path, load("sqlite"), read_only=False))
    try:
        store = await open_store(engine, Vault(Masters({1: MASTER}), randomness), randomness)
        county = sample_county()
        desk = Desk(county, Calendar.of(county.hours), store.read, randomness)
        yield Town(store, engine, clock or MovableClock(), desk)
    finally:
        await engine.close()


def lay_database(path: Path) -> None:
    """Put a database with every table and nothing in it where none is yet, as a copy: to migrate one takes far longer."""
    if not path.exists():
        path.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    with TemporaryDirectory(prefix="migrated") as folder:
        migrate(path := Path(folder) / "bot.db")
        return path.read_bytes()


def written_key(folder: Path) -> Path:
    """Write the key of these tests where the program looks for it beside its database."""
    key = folder / "master.key"
    key.touch(0o600)
    key.write_bytes(base64.b64encode(MASTER) + b"\n")
    return key


async def mismatches(town: Town) -> list[Mismatch]:
    """Return every row about no case that is not what the ledger's entries say."""
    house = House()
    async for rows in town.store.read.ledger():
        for row in rows:
            house.take(row)
    async with town.engine.reading() as session:
        return await house.mismatches(session)
