"""Deliveries to a bot's own address. Invariant: per chat one update at a time, in order, again and again until a 2xx."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import msgspec

from bot.sandbox.refusal import JsonObject, Refusal, bad_request
from bot.sandbox.updates import QueuedUpdate, UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a bot wants its updates, as it said in setWebhook; `certificate`, as PEM, is the one that is trusted there."""

    url: str
    secret: str | None
    max_connections: int
    certificate: str | None = None


class Webhook:
    """Carry updates to the bot while an address is set."""

    def __init__(self, updates: UpdateQueue, now: Callable[[], datetime], retry_after: timedelta) -> None:
        self._updates = updates
        self._now = now
        self._retry_seconds = retry_after.total_seconds()
        self._address: Address | None = None
        self._by_chat: dict[int, deque[QueuedUpdate]] = {}
        self._ready: asyncio.Queue[int] = asyncio.Queue()
        self._carriers: list[asyncio.Task[None]] = []
        self._session: aiohttp.ClientSession | None = None
        self._last_error: tuple[datetime, str] | None = None
        self._changing = asyncio.Lock()
        """Held by whoever sets or deletes the address: several processes of one bot may do so at the same moment."""

    @property
    def is_set(self) -> bool:
        """Whether polling is closed."""
        return self._address is not None

    async def set(self, address: Address) -> None:
        """Deliver to this address from now on, beginning with what waits.

        Raises:
            Refusal: the address or its secret would not be taken.
        Source: Bot API, setWebhook; plain http is taken here, and only here.
        """
        if not re.match(r"https?://[^/\s]+", address.url):
            raise bad_request("bad webhook: invalid webhook URL specified")
        if address.secret is not None and not _SECRET.fullmatch(address.secret):
            raise bad_request("secret token contains unallowed characters")
        if not 1 <= address.max_connections <= 100:  # noqa: PLR2004 (the range that setWebhook documents)
            raise bad_request("max_connections is out of range")
        trusted = _trusted(address)
        async with self._changing:
            await self._end()
            self._begin(address, trusted)

    async def delete(self) -> None:
        """Deliver no more; what was not taken waits for polling."""
        async with self._changing:
            await self._end()

    def _begin(self, address: Address, trusted: ssl.SSLContext) -> None:
        self._address = address
        self._updates.on_new = self._enqueue
        self._updates.terminate_poll(webhook_conflict())
        for update in self._updates.pending:
            self._enqueue(update)
        session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=address.max_connections, ssl=trusted),
            timeout=aiohttp.ClientTimeout(total=60),
        )
        self._carriers = [asyncio.create_task(self._carry(session, address)) for _ in range(address.max_connections)]
        self._session = session

    async def _end(self) -> None:
        self._updates.on_new = None
        carriers, self._carriers = self._carriers, []
        for carrier in carriers:
            carrier.cancel()
        await asyncio.gather(*carriers, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
        self._session = None
        self._address = None
        self._by_chat.clear()
        self._ready = asyncio.Queue()
        self._last_error = None

    def info(self) -> JsonObject:
        """Return a WebhookInfo."""
        info: JsonObject = {
            "url": self._address.url if self._address else "",
            "has_custom_certificate": self._address is not None and self._address.certificate is not None,
            "pending_update_count": len(self._updates),
        }
        if self._address:
            info["max_connections"] = self._address.max_connections
        if self._last_error:
            at, what = self._last_error
            info |= {"last_error_date": int(at.timestamp()), "last_error_message": what}
        if self._updates.allowed:
            info["allowed_updates"] = self._updates.allowed
        return info

    def _enqueue(self, update: QueuedUpdate) -> None:
        waiting = self._by_chat.get(update.chat_id)
        if waiting is None:
            self._by_chat[update.chat_id] = deque([update])
            self._ready.put_nowait(update.chat_id)
        else:
            waiting.append(update)

    async def _carry(self, session: aiohttp.ClientSession, address: Address) -> None:
        headers = {"Content-Type": "application/json"}
        if address.secret is not None:
            headers["X-Telegram-Bot-Api-Secret-Token"] = address.secret
        while True:
            chat_id = await self._ready.get()
            waiting = self._by_chat[chat_id]
            try:
                async with session.post(address.url, data=msgspec.json.encode(waiting[0].body), headers=headers) as answer:
                    trouble = "" if answer.ok else f"Wrong response from the webhook: {answer.status} {answer.reason}"
            except (aiohttp.ClientError, TimeoutError) as error:
                trouble = f"Connection failed: {type(error).__name__}"
            if trouble:
                self._last_error = (self._now(), trouble)
                await asyncio.sleep(self._retry_seconds)
            else:
                self._updates.delivered(waiting.popleft())
            if waiting:
                self._ready.put_nowait(chat_id)
            else:
                del self._by_chat[chat_id]


def _trusted(address: Address) -> ssl.SSLContext:
    """Return what trusts the certificate that was sent along, and otherwise those that everybody does.

    Raises:
        Refusal: what was sent along is none.
    """
    try:
        return ssl.create_default_context(cadata=address.certificate)
    except ssl.SSLError as error:
        raise bad_request("bad webhook: can't read the certificate") from error


def webhook_conflict() -> Refusal:
    """Return the 409 that a poll gets while a webhook is set."""
    return Refusal(
        409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    )
