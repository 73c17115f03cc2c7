"""What goes by aiohttp: files either way, and every call where a proxy is in between.

It is imported by the first of them, since that takes a tenth of the program's start. Invariant: no error that leaves here
names an address, and with it the token.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import IO, Final, TypeAlias

import aiohttp
from telegram.error import NetworkError, TimedOut

from handlers.wire import KEPT_ALIVE_SECONDS, Answer, NotSent, Patience, PerhapsSent

NAMES_KEPT_SECONDS: Final = 60

FILE_PIECE: Final = 1 << 16
"""Bytes of a file that are read at a time."""

FilePart: TypeAlias = tuple[str, bytes | IO[bytes], str]
"""A file to send: its name, its content, its MIME type."""


class Freight:
    """A pool of aiohttp's connections, opened in the running loop."""

    def __init__(self, proxy: str | None, pool_size: int, agent: str) -> None:
        # Addresses of both families are tried, 250 ms apart (RFC 8305): the connector's default.
        connector = aiohttp.TCPConnector(
            limit=pool_size, keepalive_timeout=KEPT_ALIVE_SECONDS, ttl_dns_cache=NAMES_KEPT_SECONDS
        )
        self._session = aiohttp.ClientSession(
            connector=connector, cookie_jar=aiohttp.DummyCookieJar(), headers={"User-Agent": agent}, proxy=proxy
        )

    async def close(self) -> None:
        """Close the pool; calls under way fail."""
        await self._session.close()

    async def get_file(self, url: str, most: int, patience: Patience) -> tuple[int, bytes]:
        """Fetch a file in pieces and return status and content, at most one byte more than `most`.

        Raises:
            NetworkError: there is no answer, or not all of it.
        """
        content = bytearray()
        try:
            async with self._session.get(url, timeout=_limits(patience), allow_redirects=False) as response:
                async for piece in response.content.iter_chunked(FILE_PIECE):
                    content += piece
                    if len(content) > most:
                        break
                return response.status, bytes(content[: most + 1])
        except (aiohttp.ClientError, OSError) as error:
            kind = type(error).__name__
        raise NetworkError(kind)  # outside of the handler: the client's errors name the URL, and with it the token

    async def call(
        self,
        method: str,
        url: str,
        content: aiohttp.FormData | bytes | None,
        patience: Patience,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Make a call.

        Raises:
            NotSent, PerhapsSent, TimedOut: there is no answer, or not all of it.
        """
        upload = aiohttp.UploadTracker()
        try:
            async with self._session.request(
                method,
                url,
                data=content,
                headers=headers,
                timeout=_limits(patience),
                upload_tracker=upload,
                allow_redirects=False,  # whoever redirects is not the Bot API, and must not be handed the token
            ) as response:
                return Answer(response.status, await response.read(), response.headers.get("Date"))
        except (aiohttp.ClientError, OSError) as error:
            failure = _failure(error, upload)
        raise failure  # outside of the handler: the client's errors name the URL, and with it the token


def form(fields: Mapping[str, str], files: Mapping[str, FilePart]) -> aiohttp.FormData | None:
    """Write fields and files as a form; None when there are none."""
    if not fields and not files:
        return None
    written = aiohttp.FormData(quote_fields=False)  # the Bot API takes file names as they are, in UTF-8
    for name, value in fields.items():
        written.add_field(name, value)
    for name, (file_name, content, mime_type) in files.items():
        stream = io.BytesIO(content) if isinstance(content, bytes) else content  # written in pieces, not held twice
        written.add_field(name, stream, filename=file_name, content_type=mime_type)
    return written


def _limits(patience: Patience) -> aiohttp.ClientTimeout:
    """Translate: aiohttp waits for pool and connection in one, and has no limit for writing but that of the whole."""
    connect = _sum(patience.pool, patience.connect)
    return aiohttp.ClientTimeout(
        total=_sum(connect, patience.write, patience.read),
        connect=connect,
        sock_connect=patience.connect,
        sock_read=patience.read,
    )


def _sum(*seconds: float | None) -> float | None:
    given = [second for second in seconds if second is not None]
    return sum(given) if len(given) == len(seconds) else None


def _failure(error: aiohttp.ClientError | OSError, upload: aiohttp.UploadTracker) -> NetworkError:
    """Say how far a call came that has no answer. Only the error's kind is kept, none of its text."""
    kind = type(error).__name__
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return NotSent(kind)
    if isinstance(error, TimeoutError):
        return TimedOut(kind)  # what the client has buffered may still go out while it closes the connection
    written = upload.upload_complete
    is_cut_short = written.done() and written.exception() is not None
    return NotSent(kind) if is_cut_short else PerhapsSent(kind)
