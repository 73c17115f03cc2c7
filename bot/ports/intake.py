"""How updates come in: where they are fetched, where they are put down, and which process does it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

import msgspec

from bot.rules.identity import UpdateId


class Arrival(msgspec.Struct, frozen=True):
    """An update as it came: Telegram's number, the chat it belongs to, and the JSON."""

    update_id: UpdateId
    chat_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that could not be handled and waits for a person to look at it.

    Attributes:
        seq: its number in the inbox.
        kind: as the Bot API names it, with what a message is made of, such as `message/photo`; None when not known.
        reason: an error's kind and place, without a word of anybody's.
    """

    seq: int
    kind: str | None
    received_at: datetime
    aside_at: datetime
    reason: str


class UpdateSource(Protocol):
    """Where updates come from."""

    async def fetch(self) -> Sequence[Arrival]:
        """Wait for updates; the next call confirms these.

        Raises:
            SourceUnavailable: try again later.
            SourceRefused: stop.
        """
        ...


class InboxStore(Protocol):
    """The part of the store that intake writes to."""

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Put updates on disk; return how many were new."""
        ...


class Duty(StrEnum):
    """What one process at a time does, of all that share a database."""

    #: Fetching updates from Telegram, which serves one poller.
    POLLING = "polling"
    #: Doing what is due; the store asks for this one itself.
    CLOCK = "clock"


class DutyStore(Protocol):
    """The part of the store that processes beside each other agree by."""

    async def hold(self, duty: Duty, now: datetime) -> bool:
        """Take a duty or keep it; False while another living process has it. It must be kept up every minute."""
        ...

    async def let_go(self, duty: Duty) -> None:
        """Give a duty back before its time."""
        ...
