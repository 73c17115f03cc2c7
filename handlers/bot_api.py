"""Calls of the Bot API as they stand in its documentation: fields out as JSON, and of an answer only what is needed back.

What python-telegram-bot's own `Bot` makes of fields and answers (objects, with all that was sent in them) takes three times
as long as the call itself; nobody here looks at it. No error carries the token, or a word of what was sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from handlers.request import SUCCESS, WiredRequest, read_json
from handlers.wire import PerhapsSent

if TYPE_CHECKING:
    from handlers.freight import FilePart

Fields: TypeAlias = "Mapping[str, object]"
"""Whatever msgspec can write as JSON."""

NO_FILES: Final[Mapping[str, FilePart]] = {}


@dataclass(eq=False)
class CallRefused(Exception):
    """Telegram said no, and did nothing: `code` and `description` are its own, `migrate_to` the chat's new number."""

    code: int
    description: str
    migrate_to: int | None = None


class _Message(msgspec.Struct):
    message_id: int


class _Sent(msgspec.Struct):
    result: _Message


class _Parameters(msgspec.Struct, frozen=True):
    migrate_to_chat_id: int | None = None


class _Refusal(msgspec.Struct):
    description: str = ""
    parameters: _Parameters = _Parameters()


class BotApi:
    """The methods of one bot; `root` is the server's address with the token in it, without a slash at its end."""

    def __init__(self, request: WiredRequest, root: str) -> None:
        self._request = request
        self._root = root

    async def call(self, method: str, fields: Fields, files: Mapping[str, FilePart] = NO_FILES) -> bytes:
        """Call a method and return the JSON of its answer.

        Args:
            method: as the documentation writes it, such as `sendMessage`.
            fields: as the documentation names them; what is None is left out.
            files: by the name of a field, or of what `attach://` refers to.

        Raises:
            CallRefused: Telegram said no.
            NotSent, PerhapsSent, TimedOut, SlowDown, NetworkError: see handlers.request.
        """
        given = {name: value for name, value in fields.items() if value is not None}
        address = f"{self._root}/{method}"
        if files:
            texts = {name: value if isinstance(value, str) else _json(value).decode() for name, value in given.items()}
            status, body = await self._request.post_files(address, texts, files)
        else:
            status, body = await self._request.post_json(address, _json(given))
        if status in SUCCESS:
            return body
        refusal = read_json(body, _Refusal) or _Refusal()
        raise CallRefused(status, refusal.description, refusal.parameters.migrate_to_chat_id)

    async def send(self, method: str, fields: Fields, files: Mapping[str, FilePart] = NO_FILES) -> int:
        """Call a method that sends one message, and return the message's number; raises what `call` raises."""
        sent = read_json(await self.call(method, fields, files), _Sent)
        if sent is None:
            raise PerhapsSent("an answer without a message")
        return sent.result.message_id


def _json(value: object) -> bytes:
    return msgspec.json.encode(value)
