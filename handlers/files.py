"""Files that people sent, from Telegram: where one lies is asked first, then it is fetched. Source: Bot API, getFile."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import msgspec
from telegram.error import NetworkError

from bot.errors import DeliverLater
from bot.ports.files import WrongFile
from bot.rules.file import Unwanted
from handlers.bot_api import BotApi, CallRefused
from handlers.request import SlowDown, WiredRequest, read_json

SOON: Final = 20.0
"""Seconds until a file is tried again."""

TOO_BIG: Final = "file is too big"


class _File(msgspec.Struct):
    file_path: str | None = None
    file_size: int | None = None


class _Answer(msgspec.Struct):
    result: _File


class TelegramFiles:
    """Fetches files by what Telegram calls them; `root` is where they lie, token in it, without a last slash."""

    def __init__(self, api: BotApi, request: WiredRequest, root: str) -> None:
        self._api = api
        self._request = request
        self._root = root

    async def fetch(self, source: str, most: int) -> bytes:
        """Fetch a file of at most so many bytes.

        Raises:
            WrongFile: it is larger, or gone.
            DeliverLater: not now.
        """
        try:
            found = read_json(await self._api.call("getFile", {"file_id": source}), _Answer)
            if found is None or found.result.file_path is None:
                raise DeliverLater(SOON, "an answer without a path")
            if (found.result.file_size or 0) > most:
                raise WrongFile(Unwanted.TOO_LARGE)
            status, content = await self._request.get_file(f"{self._root}/{quote(found.result.file_path)}", most)
        except CallRefused as error:
            raise _refused(error) from None  # Telegram's text may name what was sent
        except SlowDown as error:
            raise DeliverLater(error.retry_after.total_seconds(), "too many requests") from None
        except NetworkError as error:
            raise DeliverLater(SOON, type(error).__name__) from None
        if status != HTTPStatus.OK:
            raise DeliverLater(SOON, f"status {status}")  # a path is good for an hour: the next try asks for a new one
        if len(content) > most:
            raise WrongFile(Unwanted.TOO_LARGE)
        if found.result.file_size is not None and len(content) < found.result.file_size:
            raise DeliverLater(SOON, "not all of it")
        return content


def _refused(error: CallRefused) -> WrongFile | DeliverLater:
    if error.code == HTTPStatus.BAD_REQUEST:
        return WrongFile(Unwanted.TOO_LARGE if TOO_BIG in error.description.lower() else Unwanted.GONE)
    return DeliverLater(SOON, f"refused with {error.code}")
