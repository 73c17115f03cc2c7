"""`demo`: the real bot against the local stand-in, in one process, with a page of chats and a clock that can be moved."""

from __future__ import annotations

import argparse
import asyncio
import logging
import secrets
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from bot.actions.join_staff import INVITATION_PREFIX, digest_of
from bot.app import House, opened_house
from bot.commands.history import LENGTH, Player
from bot.commands.logs import set_up_logs
from bot.county import read_county
from bot.errors import SettingsError
from bot.rules.calendar import Calendar
from bot.rules.county import County, Role
from bot.rules.guess import guess
from bot.rules.identity import UnitId
from bot.rules.staff import INVITATION_LIFE, Invitation
from bot.sandbox.cast import default_cast
from bot.sandbox.clock import OffsetClock
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World
from bot.settings import Settings, SqliteLocation

TOKEN: Final = "7000000001:demo"  # noqa: S105 (the stand-in's, good for nothing else)
LONGEST_STEP: Final = 30.0
"""Seconds within which the bot must have caught up with the clock."""

USERNAME: Final = "minsheng_bot"
SETTLED_IN: Final = timedelta(minutes=30)
"""How long after the office opens the demo begins, when it is closed."""


class FollowedClock:
    """A clock that can be moved, stopping at every moment at which the bot has something to do."""

    def __init__(self) -> None:
        self._clock = OffsetClock()
        self._moving = asyncio.Lock()
        self.house: House | None = None
        self.world: World | None = None

    def now(self) -> datetime:
        """Return the aware UTC instant of this little world."""
        return self._clock.now()

    async def sleep_until(self, at: datetime) -> None:
        """Return once `at` has come."""
        await self._clock.sleep_until(at)

    async def rewind(self, by: timedelta) -> None:
        """Begin earlier; only before the bot has begun."""
        await self._clock.advance(-by)

    async def advance(self, by: timedelta) -> None:
        """Move the time forward; return when the bot has caught up."""
        await self.advance_to(self.now() + by)

    async def advance_to(self, target: datetime) -> None:
        """Move the time to an instant, through every moment on the way."""
        if self.house is None or self.world is None:
            raise RuntimeError("the bot has not begun, or has ended")
        async with self._moving:
            await self._catch_up(self.house, self.world)
            while self.now() < target:
                moments = (await self.house.store.next_due_at(), await self.house.store.next_letter_at(self.now()))
                step = min((at for at in moments if at is not None and at < target), default=target)
                await self._clock.advance(max(step - self.now(), timedelta()))
                await self._catch_up(self.house, self.world)

    @staticmethod
    async def _catch_up(house: House, world: World) -> None:
        async with asyncio.timeout(LONGEST_STEP):
            await world.updates_taken()
            await house.settled()


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the demo until Ctrl-C."""
    set_up_logs("text")
    logging.getLogger().setLevel(logging.WARNING)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory(prefix="minsheng-demo-") as temporary:
        folder = Path(arguments.data) if arguments.data else Path(temporary)
        is_new = not (folder / "bot.db").exists()
        has_history = is_new and not arguments.empty
        clock = FollowedClock()
        ends_at = _morning(settings, clock.now())
        begins_at = ends_at - LENGTH if has_history else ends_at
        await clock.rewind(clock.now() - begins_at)
        async with staged(settings, folder, arguments.port, clock) as (sandbox, house):
            if is_new:
                await _appoint(house, sandbox, clock, FROM_THE_BEGINNING)
            if has_history:
                await _make_up_history(house.desk.county, sandbox, clock, ends_at, Random(arguments.seed))  # noqa: S311 (a story)
            if is_new:
                await _appoint(house, sandbox, clock, NEW_TODAY)
            print(f"民声台账 Minsheng: {sandbox.url}   (Ctrl-C ends it)", flush=True)
            if not arguments.no_browser:
                await asyncio.to_thread(webbrowser.open, sandbox.url)
            await stop.wait()
    return 0


def _morning(settings: Settings, now: datetime) -> datetime:
    """Return now, or half an hour after the office next opens: at night notices would be held back, and nothing seen."""
    opens_at = Calendar.of(read_county(settings.county).hours).next_opening(now)
    return now if opens_at == now else opens_at + SETTLED_IN


@asynccontextmanager
async def staged(settings: Settings, folder: Path, port: int, clock: FollowedClock) -> AsyncIterator[tuple[Sandbox, House]]:
    """Start the stand-in and the bot upon it.

    Raises:
        SettingsError: the port is taken.
    """
    sandbox = Sandbox(clock=clock, cast=default_cast(), token=TOKEN, username=USERNAME)
    try:
        await sandbox.start("127.0.0.1", port)
    except OSError as error:
        raise SettingsError((f"--port {port}: {error.strerror}; name another one, or 0 for any that is free",)) from error
    own = replace(
        settings,
        token=TOKEN,
        api_base=sandbox.api_base,
        proxy=None,
        database=SqliteLocation(folder / "bot.db"),
        key_file=folder / "master.key",
        sign_key_file=folder / "sign.key",
        webhook=None,
        listen=None,
    )
    stop = asyncio.Event()
    try:
        async with opened_house(own, clock) as house:
            clock.house, clock.world = house, sandbox.world
            running = asyncio.create_task(house.run(stop))
            try:
                yield sandbox, house
            finally:
                clock.house = None
                stop.set()
                await running
    finally:
        await sandbox.stop()


FROM_THE_BEGINNING: Final = ("officer", "lead", "supervisor", "admin")
NEW_TODAY: Final = ("translator",)
"""Parts of the cast by when they join: nobody translates in the made-up weeks, and whoever joins then finds what waits."""


async def _make_up_history(
    county: County, sandbox: Sandbox, clock: FollowedClock, ends_at: datetime, random: Random
) -> None:
    """Let three weeks pass, up to now."""

    def tell(done: int, waiting: int) -> None:
        if sys.stderr.isatty():
            line = f"\rmaking up three weeks of history ... {done} acts, {waiting} to come "
            print(line, end="", file=sys.stderr, flush=True)

    def wants_photo(words: str) -> bool:
        return county.categories[guess(county, words).category].wants_evidence

    await Player(sandbox.world, clock.advance_to, random, wants_photo).play(clock.now(), ends_at, tell)
    await clock.advance_to(ends_at)
    if sys.stderr.isatty():
        print(file=sys.stderr)


async def _appoint(house: House, sandbox: Sandbox, clock: FollowedClock, parts: Sequence[str]) -> None:
    """Invite the cast's officials; in this small county one officer and one lead stand for every unit.

    The admin comes last, and so does not hear of each of the others.
    """
    units = sorted({category.unit for category in house.desk.county.categories.values()})
    units += sorted({route.unit for route in house.desk.county.routes if route.unit not in units})
    posts: dict[str, list[tuple[Role, UnitId | None]]] = {
        "officer": [(Role.OFFICER, unit) for unit in units],
        "lead": [(Role.LEAD, unit) for unit in units],
        "supervisor": [(Role.SUPERVISOR, None)],
        "translator": [(Role.TRANSLATOR, None)],
        "admin": [(Role.ADMIN, None)],
    }
    for part in parts:
        for person in default_cast():
            if person.role == part:
                for role, unit in posts[part]:
                    sandbox.world.open_link(person.user_id, await _invite(house, clock, role, unit))
        await clock.advance(timedelta())


async def _invite(house: House, clock: FollowedClock, role: Role, unit: UnitId | None) -> str:
    payload = INVITATION_PREFIX + secrets.token_urlsafe(18)
    now = clock.now()
    invitation = Invitation(digest_of(payload), role, unit, None, now + INVITATION_LIFE, is_used=False)
    await house.store.invite(invitation, now)
    return f"https://t.me/{USERNAME}?start={payload}"
