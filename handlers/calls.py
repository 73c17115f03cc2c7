"""The few calls that are about updates themselves: fetching them, and where Telegram brings them. No library in between.

Whatever goes wrong comes out as `SourceUnavailable` or `SourceRefused`; neither holds the token.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Final, TypeAlias, TypeVar

import msgspec
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.errors import SourceError, SourceRefused, SourceUnavailable, Trouble
from bot.ports import Arrival
from bot.rules.identity import UpdateId
from handlers.halves import without_halves
from handlers.http_date import told_instant
from handlers.request import SUCCESS, SlowDown, WiredRequest, read_json
from handlers.wire import NotSent, PerhapsSent

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.freight import FilePart

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that the bot asks for, by polling and by webhook."""

Stored: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""A number that fits a database's column."""

Shape = TypeVar("Shape")


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is to Telegram; `username` without @, empty when there is none."""

    id: int
    username: str
    first_name: str


class WebhookInfo(msgspec.Struct, frozen=True):
    """What Telegram says about the address to which it brings updates; an empty `url`: it is to be polled."""

    url: str = ""
    pending_update_count: int = 0
    last_error_date: int | None = None
    last_error_message: str = ""


class _WebhookAnswer(msgspec.Struct):
    result: WebhookInfo


class _Me(msgspec.Struct):
    id: int
    first_name: str
    username: str = ""


class _MeAnswer(msgspec.Struct):
    result: _Me


class _Refusal(msgspec.Struct):
    description: str = ""


class _Numbered(msgspec.Struct):
    update_id: Stored


class _Id(msgspec.Struct):
    id: Stored


class _Message(msgspec.Struct):
    chat: _Id | None = None


class _Event(msgspec.Struct):
    """Where the different kinds of update say to whom they belong."""

    chat: _Id | None = None
    message: _Message | None = None
    sender: _Id | None = msgspec.field(default=None, name="from")
    user: _Id | None = None


class UpdateCalls:
    """Makes the calls for a bot over a request class that nothing else uses: a poll holds its connection."""

    def __init__(self, bot: Bot, request: WiredRequest) -> None:
        self._url = bot.base_url
        self._request = request

    @property
    def told_at(self) -> datetime | None:
        """Return the time that the server told with its last answer; None when it told none that can be read."""
        return told_instant(self._request.last_date)

    async def identity(self) -> BotIdentity:
        """Ask Telegram who the bot is."""
        me = decoded(await self.call("getMe", {}), _MeAnswer).result
        return BotIdentity(me.id, me.username, me.first_name)

    async def webhook(self) -> WebhookInfo:
        """Ask where Telegram brings updates."""
        return decoded(await self.call("getWebhookInfo", {}), _WebhookAnswer).result

    async def set_webhook(self, url: str, secret: str, connections: int, certificate: bytes | None = None) -> None:
        """Have Telegram bring updates to an address; what waits comes first. Nothing is dropped, by either call.

        Args:
            certificate: as PEM, where the one of the address is signed by nobody else.

        Raises:
            SourceUnavailable: also when Telegram does not take the address (Trouble.ADDRESS).
        Source: Bot API, setWebhook.
        """
        allowed = msgspec.json.encode(ALLOWED).decode()
        fields = {"url": url, "secret_token": secret, "max_connections": str(connections), "allowed_updates": allowed}
        if certificate is None:
            await self.call("setWebhook", fields)
        else:
            files: Mapping[str, FilePart] = {"certificate": ("certificate.pem", certificate, "application/x-pem-file")}
            await self._answered(self._request.post_files(f"{self._url}/setWebhook", fields, files))

    async def remove_webhook(self) -> None:
        """Have Telegram keep updates until they are polled; those that wait are kept, too."""
        await self.call("deleteWebhook", {})

    async def call(self, method: str, fields: Mapping[str, str], held_seconds: int = 0) -> bytes:
        """Make a call that the server may hold for so long; return its answer as it came."""
        read = self._request.read_timeout
        seconds = None if read is None else held_seconds + read
        return await self._answered(self._request.post_fields(f"{self._url}/{method}", fields, seconds))

    async def _answered(self, asking: Awaitable[tuple[int, bytes]]) -> bytes:
        try:
            status, body = await asking
        except SlowDown as error:
            raise SourceUnavailable(Trouble.TOO_MANY, error.retry_after.total_seconds()) from error
        except NetworkError as error:
            raise SourceUnavailable(_trouble(error)) from error
        if status in SUCCESS:
            return body
        raise _refusal(status, body)


def decoded(body: bytes, shape: type[Shape]) -> Shape:
    """Read an answer as a shape; raises SourceUnavailable when it has another."""
    read = read_json(body, shape)
    if read is None:
        raise SourceUnavailable(Trouble.MALFORMED)
    return read


def arrival_of(body: bytes) -> Arrival | None:
    """Return an update as it arrived, but for halves of characters; None when it has no number to know it by."""
    numbered = read_json(body, _Numbered)
    if numbered is None:
        body = without_halves(body)
        numbered = read_json(body, _Numbered)
    return None if numbered is None else Arrival(UpdateId(numbered.update_id), _chat_id(body), body)


EVENTS: Final[msgspec.json.Decoder[dict[str, msgspec.Raw]]] = msgspec.json.Decoder(dict[str, msgspec.Raw])


def _trouble(error: NetworkError) -> Trouble:
    match error:
        case NotSent():
            return Trouble.UNREACHABLE
        case TimedOut():
            return Trouble.TIMEOUT
        case PerhapsSent():
            return Trouble.LOST
        case _:
            return Trouble.SERVER


def _refusal(status: int, body: bytes) -> SourceError:
    """Say in our own terms what a refusal by the Bot API means. 404 is its answer to a token of a wrong shape."""
    said = decoded(body, _Refusal).description
    match status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return SourceRefused(Trouble.TOKEN)
        case HTTPStatus.CONFLICT:
            return SourceUnavailable(Trouble.WEBHOOK if "webhook" in said.lower() else Trouble.POLLER)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return SourceUnavailable(Trouble.TOO_MANY)
        case HTTPStatus.BAD_REQUEST:
            return SourceUnavailable(Trouble.ADDRESS, said=said)
        case _:
            return SourceUnavailable(Trouble.SERVER)


def _chat_id(body: bytes) -> int:
    """Return the chat that an update of whatever kind belongs to, else the person; 0 when it names neither."""
    try:
        fields = EVENTS.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return 0
    for name, field in fields.items():
        event = None if name == "update_id" else read_json(field, _Event)
        if event is None:
            continue
        for place in (event.chat, event.message.chat if event.message else None, event.sender, event.user):
            if place is not None:
                return place.id
    return 0
