"""Updates that Telegram brings: the door at which it knocks (that it knows the address: handlers/source.py).

Invariant: an update is answered with 200 only after it was kept; nobody without the secret is listened to.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from aiohttp import web

from bot.errors import StorageUnavailable
from bot.ports import Arrival
from handlers.calls import arrival_of

log = logging.getLogger(__name__)

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 (a header's name)

BODY_SECONDS: Final = 10.0
"""How long an update may take to come in."""


class WebhookDoor:
    """Answers Telegram's requests."""

    def __init__(self, secret: str, keep: Callable[[Arrival], Awaitable[None]]) -> None:
        self._secret = secret.encode()
        self._keep = keep

    async def answer(self, request: web.Request) -> web.Response:
        """Take an update: 200 once it is kept, 503 when it cannot be, so that Telegram brings it again.

        Whoever lacks the secret is told so before a byte of what they send is read.
        """
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return _closing(HTTPStatus.UNAUTHORIZED)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await request.read()
        except TimeoutError:
            return _closing(HTTPStatus.REQUEST_TIMEOUT)
        arrival = arrival_of(body)
        if arrival is None:
            log.error("an update that came by webhook has no number and cannot be kept")
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        try:
            await self._keep(arrival)
        except StorageUnavailable:
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "1"})
        return web.Response()


def _closing(status: HTTPStatus) -> web.Response:
    """Refuse, and hang up: what was not read stands in the way of another request."""
    response = web.Response(status=status)
    response.force_close()
    return response
