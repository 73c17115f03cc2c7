"""Updates by long polling, each as the very bytes that Telegram sent; or the care that Telegram brings them.

What was fetched is confirmed by the next fetch only. A start names no offset, so Telegram sends again whatever was never
confirmed; the inbox knows what it has.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Final, Protocol

import msgspec

from bot.errors import SourceUnavailable, Trouble
from bot.ports import Arrival, Clock
from handlers.calls import ALLOWED, UpdateCalls, arrival_of, decoded

log = logging.getLogger(__name__)

HELD_SECONDS: Final = 50
"""How long Telegram may hold a poll that has nothing to say."""

BATCH: Final = 100

CONNECTIONS: Final = 100
"""How many updates Telegram may bring at once, each of another chat: what it may be told at most."""

LOOK_AGAIN: Final = timedelta(minutes=1)
"""How soon it is noticed that somebody told Telegram another address, or put another certificate there."""


class _Updates(msgspec.Struct):
    result: list[msgspec.Raw]


class PollingSource:
    """Fetches updates.

    Args:
        takes_over: whether a webhook that is in the way is removed, once; what waits is kept.
    """

    def __init__(self, calls: UpdateCalls, held_seconds: int = HELD_SECONDS, *, takes_over: bool = False) -> None:
        self._calls = calls
        self._held_seconds = held_seconds
        self._takes_over = takes_over
        self._allowed = msgspec.json.encode(ALLOWED).decode()
        self._offset: int | None = None

    async def fetch(self) -> Sequence[Arrival]:
        """Wait for updates, at most 100, in Telegram's order; the next call confirms these.

        Raises:
            SourceUnavailable: try again later; nothing was confirmed by this.
            SourceRefused: the token is not accepted.
        Source: Bot API, getUpdates.
        """
        try:
            body = await self._poll()
        except SourceUnavailable as error:
            if error.reason is not Trouble.WEBHOOK or not self._takes_over:
                raise
            await self._calls.remove_webhook()
            self._takes_over = False  # whoever sets it again means it
            log.info("the webhook that was set for this bot is removed; the updates that wait for it are fetched now")
            body = await self._poll()
        updates = decoded(body, _Updates).result
        arrivals = tuple(arrival for update in updates if (arrival := arrival_of(bytes(update))) is not None)
        if len(arrivals) < len(updates):
            log.error("%d of %d updates have no number and cannot be kept", len(updates) - len(arrivals), len(updates))
            if not arrivals:
                raise SourceUnavailable(Trouble.MALFORMED)
        # Numbers go on at random after a quiet week. Nothing is pending then, so a batch is never of both ranges, and its
        # highest confirms all of it. Once nothing is left to confirm, no offset is named that could lie above new numbers.
        self._offset = max(arrival.update_id for arrival in arrivals) + 1 if arrivals else None
        return arrivals

    async def _poll(self) -> bytes:
        fields = {"timeout": str(self._held_seconds), "limit": str(BATCH), "allowed_updates": self._allowed}
        if self._offset is not None:
            fields["offset"] = str(self._offset)
        return await self._calls.call("getUpdates", fields, self._held_seconds)


class Renewable(Protocol):
    """A certificate of the address's own; `sent_along` as PEM, where Telegram would not trust it by itself."""

    sent_along: bytes | None

    def renew(self) -> bool:
        """Take it up if it was renewed; say whether it was."""
        ...


class WebhookWatch:
    """A source that hands out nothing: it tells Telegram the address, and looks every minute whether that still holds.

    Args:
        certificate: with which the address answers, where no proxy before it has one; it is renewed in passing.
    """

    def __init__(
        self, calls: UpdateCalls, url: str, secret: str, clock: Clock, certificate: Renewable | None = None
    ) -> None:
        self._calls, self._clock = calls, clock
        self._url, self._secret, self._certificate = url, secret, certificate
        self._is_told = False
        self._last_error_at = 0

    async def fetch(self) -> Sequence[Arrival]:
        """Tell the address, or wait and then look.

        Raises:
            SourceUnavailable: try again later.
            SourceRefused: the token is not accepted.
        """
        if self._is_told:
            await self._clock.sleep_until(self._clock.now() + LOOK_AGAIN)
        certificate = self._certificate
        if certificate is not None and certificate.renew() and certificate.sent_along is not None:
            self._is_told = False
        if self._is_told:
            await self._look()
        if not self._is_told:
            along = None if certificate is None else certificate.sent_along
            await self._calls.set_webhook(self._url, self._secret, CONNECTIONS, along)
            self._is_told = True
            told_at = self._calls.told_at
            self._last_error_at = 0 if told_at is None else int(told_at.timestamp())
            log.info("Telegram brings updates to BOT_WEBHOOK_URL from now on")
        return ()

    async def _look(self) -> None:
        info = await self._calls.webhook()
        if info.url != self._url:
            self._is_told = False
            what = "is removed" if not info.url else "is another one"
            log.warning("the address to which Telegram brings updates %s: somebody changed it; it is set again", what)
        elif info.last_error_date is not None and info.last_error_date > self._last_error_at:
            log.warning("Telegram could not bring updates (%s); %d wait", info.last_error_message, info.pending_update_count)
            self._last_error_at = info.last_error_date
