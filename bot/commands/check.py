"""`check`: settings, county file, database, keys, disk, Bot API with its webhook, clock, certificate: a line each.

Exit 1: a mistake.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeAlias

import aiohttp
import msgspec

from bot.certificate import good_until, tls_context
from bot.commands.explained import explain
from bot.commands.output import print_json
from bot.county import read_county
from bot.databases import check_database, describe_database, known_vault, opened_as_it_is, opened_engine
from bot.errors import KeyLost, KeyVersionMissing, MinshengError, NoDatabase, OutdatedSchema, SettingsError, StorageError
from bot.settings import Certificate, PostgresLocation, Settings
from bot.watch.disk import LITTLE, free_bytes
from handlers.http_date import told_instant
from storage.keyring import is_sealed, open_keyring
from storage.ledger_reader import LedgerReader

CLOCK_TOLERANCE: Final = 5.0
HTTP_SECONDS: Final = 10.0
"""How far the clock may be off, and how long a call may take."""

RENEW_DAYS: Final = 14
"""A certificate that is good for less has to be renewed."""

RECENT_SECONDS: Final = 600.0
"""A failed delivery counts for so long."""


class _WebhookInfo(msgspec.Struct):
    url: str = ""
    pending_update_count: int = 0
    last_error_date: int | None = None
    last_error_message: str = ""


class _WebhookAnswer(msgspec.Struct):
    result: _WebhookInfo


Check: TypeAlias = Callable[[Settings], Awaitable[str]]


class Wrong(Exception):
    """A check found a mistake; its text says what to do."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run every check."""
    checks: dict[str, Check] = {
        "settings": _settings,
        "county file": _county,
        "database": _database,
        "keys": _keys,
        "disk": _disk,
        "Bot API": _bot_api,
        "clock": _clock,
    }
    if settings.webhook is not None and settings.webhook.certificate is not None:
        checks["certificate"] = partial(_certificate, settings.webhook.certificate)
    results = []
    for name, check in checks.items():
        try:
            is_right, said = True, await check(settings)
        except (Wrong, MinshengError) as error:
            is_right, said = False, _told(error)
        results.append((name, is_right, said))
        if not arguments.json:
            print(f"{'ok   ' if is_right else 'WRONG'}  {name}: {said}", flush=True)
    if arguments.json:
        print_json([{"check": name, "ok": is_right, "said": said} for name, is_right, said in results])
    return 0 if all(is_right for _, is_right, _ in results) else 1


def _told(error: Exception) -> str:
    if isinstance(error, SettingsError):
        return "; ".join(error.mistakes)
    return "; ".join(explain(error)) if isinstance(error, StorageError) else str(error) or type(error).__name__


async def _settings(settings: Settings) -> str:
    if settings.token is None:
        raise Wrong("BOT_TOKEN is not set: ask @BotFather for a bot (/newbot) and put BOT_TOKEN=... into .env")
    return "complete"


async def _county(settings: Settings) -> str:
    county = read_county(settings.county)
    counts = f"{len(county.units)} units, {len(county.townships)} townships, {len(county.categories)} categories"
    return f"{county.name.zh}: {counts}"


async def _database(settings: Settings) -> str:
    where = describe_database(settings)
    try:
        async with opened_as_it_is(settings, read_only=True) as engine:
            reader = LedgerReader(engine)
            entries, unsafe = await reader.ledger_size(), await reader.unsafe_settings()
    except NoDatabase:
        raise Wrong(f"{where} is not there yet: `python -m bot migrate` makes it") from None
    except OutdatedSchema:
        raise Wrong(f"{where} is older than this program: run `python -m bot migrate`") from None
    if unsafe:
        switched = " and ".join(f"{name} = off" for name in unsafe)
        raise Wrong(
            f"{where}: with {switched} the server loses what it said to have kept, if its machine goes down: set it on"
        )
    return f"{where}, {entries} entries"


async def _keys(settings: Settings) -> str:
    try:
        await check_database(settings)
        async with opened_engine(settings, read_only=True) as engine, engine.reading() as session:
            if not await is_sealed(session):
                return f"nothing is sealed yet; {settings.key_file} is made on the first run if it is not there"
            await open_keyring(session, known_vault(settings))
    except (NoDatabase, OutdatedSchema):
        raise Wrong("not tried: the database is not ready, see above") from None
    except KeyVersionMissing as error:
        raise Wrong(
            f"{settings.key_file} has no version {error} of the master key: put the file here that has it"
        ) from error
    except KeyLost as error:
        raise Wrong(f"{settings.key_file} does not open this database: put back the file that was used with it") from error
    return f"{settings.key_file} opens the database; keep a copy of it apart from the backups (key export)"


async def _disk(settings: Settings) -> str:
    if isinstance(settings.database, PostgresLocation):
        return "the database lies on its server: watch the disk there"
    folder = settings.database.path.parent
    try:
        free = await asyncio.to_thread(free_bytes, folder)
    except OSError as error:
        raise Wrong(f"{folder} cannot be looked at: {error.strerror}") from error
    if free < LITTLE:
        raise Wrong(f"{free / 1024**2:.0f} MB free in {folder}: make room, at least {LITTLE / 1024**2:.0f} MB")
    return f"{free / 1024**3:.1f} GB free"


async def _bot_api(settings: Settings) -> str:
    if settings.token is None:
        raise Wrong("not asked: BOT_TOKEN is not set")
    status, _, _ = await _ask(settings, "getMe")
    if status in {401, 404}:
        raise Wrong("the token is not accepted: ask @BotFather for the current one")
    if status != 200:  # noqa: PLR2004 (HTTP)
        raise Wrong(f"{settings.api_base} answers with status {status}: try again later")
    return f"{settings.api_base} accepts the token; {await _how_updates_come(settings)}"


async def _certificate(certificate: Certificate, _: Settings) -> str:
    """Look whether it can be used, and for how long yet."""
    await asyncio.to_thread(tls_context, certificate)
    until = await asyncio.to_thread(good_until, certificate)
    left = (until - datetime.now(UTC)).days
    if left < RENEW_DAYS:
        said = "ran out" if left < 0 else "runs out"
        raise Wrong(f"{certificate.chain} {said} on {until:%Y-%m-%d}: renew it, the bot takes it up within a minute")
    return f"good until {until:%Y-%m-%d}"


async def _clock(settings: Settings) -> str:
    if settings.token is None:
        raise Wrong("not compared: BOT_TOKEN is not set")
    _, date, _ = await _ask(settings, "getMe")
    told_at = told_instant(date)
    if told_at is None:
        return "the Bot API server tells no time to compare with"
    off = (datetime.now(UTC) - told_at).total_seconds()
    if abs(off) > CLOCK_TOLERANCE:
        raise Wrong(f"this machine's clock is {off:+.0f} s off: switch on time synchronisation (NTP)")
    return "agrees with the Bot API server"


async def _how_updates_come(settings: Settings) -> str:
    """Compare how updates are to come with what Telegram knows."""
    status, _, body = await _ask(settings, "getWebhookInfo")
    try:
        info = msgspec.json.decode(body, type=_WebhookAnswer).result
    except msgspec.DecodeError:
        return f"does not say how updates come (status {status})"
    if settings.webhook is None:
        if info.url:
            raise Wrong("a webhook is set, so updates cannot be fetched: `run --take-over` removes it and loses nothing")
        return f"updates are fetched, {info.pending_update_count} wait"
    if info.url != settings.webhook.url:
        return "does not know BOT_WEBHOOK_URL yet: `run` tells it"
    if info.last_error_date is not None and datetime.now(UTC).timestamp() - info.last_error_date < RECENT_SECONDS:
        raise Wrong(f"updates cannot be brought: {info.last_error_message}; {info.pending_update_count} wait")
    return f"updates are brought, {info.pending_update_count} wait"


async def _ask(settings: Settings, method: str) -> tuple[int, str | None, bytes]:
    timeout = aiohttp.ClientTimeout(total=HTTP_SECONDS)
    url = f"{settings.api_base}/bot{settings.token}/{method}"
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url, proxy=settings.proxy) as response:
            return response.status, response.headers.get("Date"), await response.read()
    except (aiohttp.ClientError, TimeoutError) as error:
        raise Wrong(
            f"{settings.api_base} cannot be reached ({type(error).__name__}): look at network, BOT_API_BASE, BOT_PROXY"
        ) from None
