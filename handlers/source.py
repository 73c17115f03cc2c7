"""Updates by long polling, each as the very bytes that Telegram sent. What was fetched is confirmed by the next fetch only.

A start names no offset, so Telegram sends again whatever was never confirmed; the inbox knows what it has.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated, Final, TypeAlias, TypeVar

import msgspec
from telegram import Bot
from telegram.error import NetworkError, TimedOut

from bot.errors import SourceError, SourceRefused, SourceUnavailable
from bot.ports import Arrival
from bot.rules.identity import UpdateId
from handlers.request import SUCCESS, AiohttpRequest, NotSent, PerhapsSent, SlowDown, read_json

log = logging.getLogger(__name__)

HELD_SECONDS: Final = 50
"""How long Telegram may hold a poll that has nothing to say."""

BATCH: Final = 100
ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")

Stored: TypeAlias = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
"""A number that fits a database's column."""


Shape = TypeVar("Shape")


class Trouble(StrEnum):
    """Why there are no updates: the `reason` of SourceUnavailable and SourceRefused."""

    TOKEN = "token_not_accepted"  # noqa: S105 (a reason, not a token)
    WEBHOOK = "webhook_is_set"
    POLLER = "another_poller"
    TOO_MANY = "too_many_requests"
    SERVER = "server_fails"
    MALFORMED = "malformed_answer"
    TIMEOUT = "no_answer_in_time"
    LOST = "answer_lost"
    UNREACHABLE = "out_of_reach"


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who the bot is to Telegram; `username` without @, empty when there is none."""

    id: int
    username: str
    first_name: str


class _Updates(msgspec.Struct):
    result: list[msgspec.Raw]


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


class PollingSource:
    """Fetches updates for a bot over a request class that nothing else uses: a poll holds its connection."""

    def __init__(self, bot: Bot, request: AiohttpRequest, held_seconds: int = HELD_SECONDS) -> None:
        self._url = bot.base_url
        self._request = request
        self._held_seconds = held_seconds
        self._allowed = msgspec.json.encode(ALLOWED).decode()
        self._offset: int | None = None

    async def fetch(self) -> Sequence[Arrival]:
        """Wait for updates, at most 100, in Telegram's order; the next call confirms these.

        Raises:
            SourceUnavailable: try again later; nothing was confirmed by this.
            SourceRefused: the token is not accepted.
        Source: Bot API, getUpdates.
        """
        fields = {"timeout": str(self._held_seconds), "limit": str(BATCH), "allowed_updates": self._allowed}
        if self._offset is not None:
            fields["offset"] = str(self._offset)
        body = await self._call("getUpdates", fields, self._held_seconds)
        updates = _decoded(body, _Updates).result
        arrivals = tuple(arrival for update in updates if (arrival := _arrival(bytes(update))) is not None)
        if len(arrivals) < len(updates):
            log.error("%d of %d updates have no number and cannot be kept", len(updates) - len(arrivals), len(updates))
            if not arrivals:
                raise SourceUnavailable(Trouble.MALFORMED)
        # Numbers go on at random after a quiet week. Nothing is pending then, so a batch is never of both ranges, and its
        # highest confirms all of it. Once nothing is left to confirm, no offset is named that could lie above new numbers.
        self._offset = max(arrival.update_id for arrival in arrivals) + 1 if arrivals else None
        return arrivals

    async def identity(self) -> BotIdentity:
        """Ask Telegram who the bot is; raises what `fetch` raises."""
        me = _decoded(await self._call("getMe", {}, 0), _MeAnswer).result
        return BotIdentity(me.id, me.username, me.first_name)

    async def _call(self, method: str, fields: Mapping[str, str], held_seconds: int) -> bytes:
        read = self._request.read_timeout
        try:
            status, body = await self._request.post_fields(
                f"{self._url}/{method}", fields, None if read is None else held_seconds + read
            )
        except SlowDown as error:
            raise SourceUnavailable(Trouble.TOO_MANY, error.retry_after.total_seconds()) from error
        except NetworkError as error:
            raise SourceUnavailable(_trouble(error)) from error
        if status in SUCCESS:
            return body
        raise _refusal(status, body)


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
    said = _decoded(body, _Refusal)
    match status:
        case HTTPStatus.UNAUTHORIZED | HTTPStatus.NOT_FOUND:
            return SourceRefused(Trouble.TOKEN)
        case HTTPStatus.CONFLICT:
            return SourceUnavailable(Trouble.WEBHOOK if "webhook" in said.description.lower() else Trouble.POLLER)
        case HTTPStatus.TOO_MANY_REQUESTS:
            return SourceUnavailable(Trouble.TOO_MANY)
        case _:
            return SourceUnavailable(Trouble.SERVER)


def _decoded(body: bytes, shape: type[Shape]) -> Shape:
    read = read_json(body, shape)
    if read is None:
        raise SourceUnavailable(Trouble.MALFORMED)
    return read


def _arrival(body: bytes) -> Arrival | None:
    """Return an update as it arrived; None when it has no number to confirm it by."""
    numbered = read_json(body, _Numbered)
    return None if numbered is None else Arrival(UpdateId(numbered.update_id), _chat_id(body), body)


def _chat_id(body: bytes) -> int:
    """Return the chat that an update of whatever kind belongs to, else the person; 0 when it names neither."""
    for name, field in (read_json(body, dict[str, msgspec.Raw]) or {}).items():
        event = None if name == "update_id" else read_json(field, _Event)
        if event is None:
            continue
        for place in (event.chat, event.message.chat if event.message else None, event.sender, event.user):
            if place is not None:
                return place.id
    return 0
