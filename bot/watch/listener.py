"""The one address at which the program listens. What is for this machine alone is answered to this machine alone.

Invariant: health and metrics are never told to another machine, nor to a proxy that asks for one.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from ssl import SSLContext
from typing import Final

from aiohttp import web

from bot.errors import SettingsError

log = logging.getLogger(__name__)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]

LONGEST_BODY: Final = 1024**2
"""Bytes; an update of Telegram's has a few dozen KB at most, and nothing else here has a body."""

FINISH_SECONDS: Final = 3.0
"""How long requests under way may take once the program is told to stop."""

PASSED_ON: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""What proxies write into a request that somebody else made."""


@dataclass(frozen=True, slots=True)
class Door:
    """Something that is answered.

    Attributes:
        is_public: whether other machines are answered too.
    """

    method: str
    path: str
    answer: Answer
    is_public: bool = False


class Listener:
    """Answers at an address while it is open.

    Args:
        tls: what answers with a certificate; None for plain HTTP.
        describe: names an error for the log, without its text.
    """

    def __init__(
        self,
        host: str,
        port: int,
        doors: Sequence[Door],
        describe: Callable[[Exception], str],
        tls: SSLContext | None = None,
    ) -> None:
        self._host, self._port, self._tls = host, port, tls
        self._describe = describe
        application = web.Application(client_max_size=LONGEST_BODY)
        for each in doors:
            answer = self._guarded(each.answer)
            application.router.add_route(each.method, each.path, answer if each.is_public else _for_this_machine(answer))
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=FINISH_SECONDS)

    async def open(self) -> None:
        """Listen.

        Raises:
            SettingsError: the address is taken, or is none of this machine's.
        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port, ssl_context=self._tls).start()
        except OSError as error:
            await self._runner.cleanup()
            where = f"{self._host}:{self._port}"
            raise SettingsError((f"BOT_LISTEN: {where} cannot be listened on ({error.strerror or error})",)) from error

    async def close(self) -> None:
        """Take no more requests, finish those under way, hang up."""
        await self._runner.cleanup()

    def _guarded(self, answer: Answer) -> Answer:
        """Answer 500 to what fails; the server's own trace of it might repeat what a person wrote."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            try:
                return await answer(request)
            except web.HTTPException:
                raise
            except Exception as error:  # noqa: BLE001 (whatever it is, it is said without its words)
                log.error("a request could not be answered: %s", self._describe(error))
                return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)

        return guarded


def _for_this_machine(answer: Answer) -> Answer:
    async def guarded(request: web.Request) -> web.StreamResponse:
        if not _is_from_here(request):
            raise web.HTTPNotFound
        return await answer(request)

    return guarded


def _is_from_here(request: web.Request) -> bool:
    """Say whether a program on this machine asks, and not for another one."""
    if any(name in request.headers for name in PASSED_ON):
        return False
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    try:
        address = ip_address(str(peer[0]).partition("%")[0]) if peer else None
    except ValueError:
        return False
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback
