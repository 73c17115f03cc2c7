"""`status`: how the bot is doing: what waits and for how long, the last poll, the ledger's end, disk, log, backups.

The database tells what is stored; the running process, asked at BOT_LISTEN, tells what only it knows. Exit 1: something is
wrong, and the line says what to do.
"""

from __future__ import annotations

import argparse
import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Final

import aiohttp
import msgspec

from bot.commands.last_backup import LastBackup, last_backup
from bot.commands.output import Json, instant_or_none, print_json
from bot.databases import describe_database
from bot.ports import Backlog
from bot.rules.chain import Head, instant
from bot.settings import Address, Settings, SqliteLocation
from bot.stores import opened_reader
from bot.watch.disk import LITTLE, LONG, free_bytes, log_bytes

ASK_SECONDS: Final = 10.0
STUCK: Final = timedelta(minutes=5)
OLD_BACKUP: Final = timedelta(days=2)
MEGABYTE: Final = 1024**2
ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (to ask there, not to listen)


NOT_ASKED: Final = "not asked: BOT_LISTEN is not set, or is an address of the network, where the bot tells nobody how it is"


class Alive(msgspec.Struct, frozen=True):
    """What /healthz answers."""

    alive: bool
    uptime_seconds: float
    last_poll_seconds: float | None
    hung_loops: tuple[str, ...]


class Check(msgspec.Struct, frozen=True):
    """One line of what /readyz answers."""

    check: str
    ok: bool
    warning: bool
    said: str


class Ready(msgspec.Struct, frozen=True):
    """What /readyz answers."""

    ready: bool
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Process:
    """The running bot, as it says itself."""

    alive: Alive
    ready: Ready


@dataclass(frozen=True, slots=True)
class Status:
    """All that is known; `process` is None when it does not answer, or nobody knows where to ask."""

    now: datetime
    database: str
    backlog: Backlog
    head: Head
    free: int | None
    log: int | None
    backup: LastBackup | None
    process: Process | None
    is_asked: bool

    def wrong(self) -> list[str]:
        """Return what somebody should look at, and what to do."""
        backlog, lines = self.backlog, []
        if backlog.oldest_update_at is not None and self.now - backlog.oldest_update_at > STUCK:
            lines.append(f"{backlog.updates} updates wait, the oldest for more than five minutes: is the bot running?")
        if backlog.aside:
            lines.append(f"{backlog.aside} updates could not be handled: `inbox` shows them and can run them again")
        if self.free is not None and self.free < LITTLE:
            lines.append(f"{self.free // MEGABYTE} MB free on the disk: make room, at least {LITTLE // MEGABYTE} MB")
        if self.is_asked and self.process is None:
            lines.append("the bot does not answer at BOT_LISTEN: it is not running, or it hangs")
        if self.process is not None:
            lines += [f"loop {loop} hangs: restart the bot" for loop in self.process.alive.hung_loops]
            lines += [f"{each.check}: {each.said}" for each in self.process.ready.checks if not each.ok]
        return lines

    def advice(self) -> list[str]:
        """Return what should be done though nothing is wrong."""
        lines = []
        if self.backup is None:
            lines.append("no backup was noted yet: `backup FILE --keep 14`, every night (docs/operations.md)")
        elif self.now - self.backup.at > OLD_BACKUP:
            lines.append(f"the last backup is of {instant(self.backup.at)}: look why there is no newer one")
        if self.log is not None and self.log > LONG:
            lines.append(
                f"{self.log // MEGABYTE} MB of write-ahead log: see whether a command reads for long, and the bot's log"
            )
        if self.process is not None:
            lines += [f"{each.check}: {each.said}" for each in self.process.ready.checks if each.ok and each.warning]
        return lines


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ask the database and the process, and print."""
    now = datetime.now(UTC)
    async with opened_reader(settings) as reader:
        backlog, head = await reader.backlog(now), await reader.head()
    asked = asked_at(settings.listen)
    status = Status(
        now=now,
        database=describe_database(settings),
        backlog=backlog,
        head=head,
        free=await asyncio.to_thread(_free, settings),
        log=await asyncio.to_thread(_log, settings),
        backup=await asyncio.to_thread(last_backup, settings),
        process=None if asked is None else await _ask(asked, is_tls=settings.speaks_tls),
        is_asked=asked is not None,
    )
    wrong = status.wrong()
    if arguments.json:
        print_json({**_record(status), "wrong": wrong, "advice": status.advice()})
    else:
        said = [*(f"WRONG      {line}" for line in wrong), *(f"to do      {line}" for line in status.advice())]
        print("\n".join([*_lines(status), *said]))
    return 1 if wrong else 0


def _free(settings: Settings) -> int | None:
    return free_bytes(settings.database.path.parent) if isinstance(settings.database, SqliteLocation) else None


def _log(settings: Settings) -> int | None:
    return log_bytes(settings.database.path) if isinstance(settings.database, SqliteLocation) else None


def asked_at(listen: Address | None) -> Address | None:
    """Return where this machine can ask the bot; None where it listens at an address of the network alone.

    There it tells nobody how it is: whoever calls it there might be another machine.
    """
    if listen is None:
        return None
    host = ANYWHERE.get(listen.host, listen.host)
    try:
        is_here = ip_address(host).is_loopback
    except ValueError:
        is_here = True  # a name, such as localhost
    return Address(host, listen.port) if is_here else None


async def _ask(asked: Address, *, is_tls: bool) -> Process | None:
    """Ask the running bot; None when nobody answers there as it does.

    Its certificate is of a name that this machine has elsewhere, and is not looked at: nothing secret is said.
    """
    host = f"[{asked.host}]" if ":" in asked.host else asked.host
    base = f"http{'s' if is_tls else ''}://{host}:{asked.port}"
    try:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ASK_SECONDS)) as session:
            async with session.get(f"{base}/healthz", ssl=False) as answer:
                alive = msgspec.json.decode(await answer.read(), type=Alive)
            async with session.get(f"{base}/readyz", ssl=False) as answer:
                ready = msgspec.json.decode(await answer.read(), type=Ready)
    except (aiohttp.ClientError, TimeoutError, msgspec.DecodeError):
        return None
    return Process(alive, ready)


def _age(now: datetime, since: datetime | None) -> int | None:
    return None if since is None else max(int((now - since).total_seconds()), 0)


def _record(status: Status) -> dict[str, Json]:
    backlog, now = status.backlog, status.now
    process, backup = status.process, status.backup
    return {
        "at": instant(now.replace(microsecond=0)),
        "database": status.database,
        "ledger": {"entries": status.head.seq, "head": status.head.chain_hash.hex()},
        "inbox": {
            "waiting": backlog.updates,
            "oldest_seconds": _age(now, backlog.oldest_update_at),
            "set_aside": backlog.aside,
        },
        "outbox": {
            "waiting": backlog.letters,
            "oldest_seconds": _age(now, backlog.oldest_letter_at),
            "ambiguous": backlog.ambiguous,
            "given_up": backlog.given_up,
        },
        "texts": [
            {
                "language": each.language,
                "waiting": each.waiting,
                "late": each.late,
                "oldest_seconds": _age(now, each.oldest_at),
            }
            for each in backlog.texts
        ],
        "due": {"backlog": backlog.due, "next_at": instant_or_none(backlog.next_due_at)},
        "disk_free_bytes": status.free,
        "database_log_bytes": status.log,
        "last_backup": None if backup is None else _of_backup(backup),
        "process": None if process is None else _of_process(process),
    }


def _of_backup(backup: LastBackup) -> dict[str, Json]:
    return {"at": instant(backup.at), "file": backup.file, "entries": backup.entries}


def _of_process(process: Process) -> dict[str, Json]:
    alive, ready = process.alive, process.ready
    return {
        "alive": alive.alive,
        "ready": ready.ready,
        "uptime_seconds": alive.uptime_seconds,
        "last_poll_seconds": alive.last_poll_seconds,
        "checks": [
            {"check": each.check, "ok": each.ok, "warning": each.warning, "said": each.said} for each in ready.checks
        ],
    }


def _lines(status: Status) -> list[str]:
    backlog, now = status.backlog, status.now
    update, letter = _age(now, backlog.oldest_update_at), _age(now, backlog.oldest_letter_at)
    next_due = "nothing planned" if backlog.next_due_at is None else f"next {instant(backlog.next_due_at)}"
    free = "on the server" if status.free is None else f"{status.free / 1024**3:.1f} GB free"
    log = "" if status.log is None else f"; write-ahead log {status.log / MEGABYTE:.1f} MB"
    backup = "none yet" if status.backup is None else f"{instant(status.backup.at)} {status.backup.file}"
    return [
        f"process    {_process(status)}",
        f"database   {status.database}",
        f"ledger     {status.head.seq} entries, ends in {status.head.chain_hash.hex()[:16]}…",
        f"inbox      {backlog.updates} wait{_oldest(update)}; {backlog.aside} set aside",
        f"outbox     {backlog.letters} wait{_oldest(letter)}; {backlog.ambiguous} perhaps sent; {backlog.given_up} given up",
        f"due        {backlog.due} now; {next_due}",
        *(
            f"texts      {each.language}: {each.waiting} wait{_oldest(_age(now, each.oldest_at))}; {each.late} late"
            for each in backlog.texts
        ),
        f"disk       {free}{log}",
        f"backup     {backup}",
    ]


def _oldest(seconds: int | None) -> str:
    return "" if seconds is None else f", the oldest for {timedelta(seconds=seconds)}"


def _process(status: Status) -> str:
    if status.process is None:
        return "does not answer" if status.is_asked else NOT_ASKED
    alive = status.process.alive
    poll = "Telegram has not answered yet"
    if alive.last_poll_seconds is not None:
        poll = f"last poll {alive.last_poll_seconds:.0f} s ago"
    ready = "ready" if status.process.ready.ready else "NOT ready"
    return f"{ready}, up {timedelta(seconds=int(alive.uptime_seconds))}, {poll}"
