"""Comparing the tables about cases with their entries in a process of its own, while another follows the chain.

Neither needs the other: the chain says whether the entries are those that were written, the tables whether they are what the
entries make. Invariant: whoever began the second process can do all that it does, and does where that one brings no answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

import bot
from bot.commands.collecting import collect_seldom
from bot.databases import opened_at
from bot.errors import LedgerBroken
from bot.settings import DatabaseLocation, PostgresLocation, SqliteLocation
from storage.audit import Audit
from storage.found import Found

log = logging.getLogger(__name__)

LONG: Final = 50_000
"""From how many entries on a second process is worth its start."""

OURS: Final = "BOT_"
"""How the environment variables begin that are not for the second process: it is told where the database is, no more."""


class Compared(msgspec.Struct, frozen=True, tag="compared"):
    """So many cases are compared."""

    cases: int


class Broke(msgspec.Struct, frozen=True, tag="broke"):
    """An entry does not follow; 0: it is the tables that cannot be read."""

    seq: int
    why: str


class Ended(msgspec.Struct, frozen=True, tag="ended"):
    """All cases are compared."""

    found: Found


Line: TypeAlias = Compared | Broke | Ended
READ: Final[msgspec.json.Decoder[Line]] = msgspec.json.Decoder(Line)


def is_worth_it(entries: int | None) -> bool:
    """Say whether a ledger is so long, and the machine such, that two processes are sooner done than one."""
    return entries is not None and entries >= LONG and (os.cpu_count() or 1) > 1


# ── Whoever follows the chain ────────────────────────────────────────────────


class Beside:
    """The second process, as the first sees it. Make it with `comparing`."""

    def __init__(self, answers: asyncio.StreamReader, process: asyncio.subprocess.Process | None = None) -> None:
        self.process = process
        self._answers = answers
        self._tell: Callable[[int], None] = lambda _: None
        self.listening = asyncio.ensure_future(self._listen())

    async def found(self, audit: Audit, tell: Callable[[int], None]) -> Found:
        """Wait for what it finds; where it ended without an answer, compare here.

        Raises:
            LedgerBroken: as `Audit.find_in_cases`.
        """
        self._tell = tell
        match await self.listening:
            case Ended(found):
                return found
            case Broke(seq, why):
                raise LedgerBroken(seq or audit.head.seq, why)
            case _:
                log.warning("the second process ended before it was done: the cases are compared in this one")
                return await audit.find_in_cases(tell)

    async def _listen(self) -> Line | None:
        try:
            async for line in self._answers:
                said = READ.decode(line)
                if not isinstance(said, Compared):
                    return said
                self._tell(said.cases)
        except (msgspec.DecodeError, ValueError):
            return None  # it ended in the middle of a line, or wrote one that is longer than any of ours
        return None


@asynccontextmanager
async def comparing(database: DatabaseLocation) -> AsyncIterator[Beside]:
    """Compare in a process of its own from here on; it ends with the block, done or not."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.commands.comparing"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=Path(bot.__path__[0]).parent,
        env={name: value for name, value in os.environ.items() if not name.startswith(OURS)},
    )
    if process.stdin is None or process.stdout is None:
        raise AssertionError("both were asked for")
    process.stdin.write(_written(database))
    process.stdin.close()
    beside = Beside(process.stdout, process)
    try:
        yield beside
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
        await asyncio.wait({beside.listening})


def _written(database: DatabaseLocation) -> bytes:
    match database:
        case SqliteLocation(path=path):
            return json.dumps({"sqlite": str(path.absolute())}).encode()
        case PostgresLocation(url=url):
            return json.dumps({"postgres": url}).encode()


# ── The process that compares ────────────────────────────────────────────────


def _read(written: bytes) -> DatabaseLocation:
    match json.loads(written):
        case {"sqlite": path}:
            return SqliteLocation(Path(path))
        case {"postgres": url}:
            return PostgresLocation(url)
        case other:
            raise AssertionError(other)


def _say(line: Line) -> None:
    sys.stdout.buffer.write(msgspec.json.encode(line) + b"\n")
    sys.stdout.buffer.flush()


async def _compare(database: DatabaseLocation) -> Line:
    async with opened_at(database, read_only=True) as engine:
        try:
            return Ended(await Audit(engine).find_in_cases(lambda cases: _say(Compared(cases))))
        except LedgerBroken as error:
            return Broke(error.seq, error.why)


def main() -> int:
    """Compare, and say what was found."""
    collect_seldom()
    _say(asyncio.run(_compare(_read(sys.stdin.buffer.read()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
