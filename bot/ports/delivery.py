"""How letters go out: what waits, what became of it, and who carries it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, TypeAlias

import msgspec

from bot.rules.effect import Told
from bot.rules.hearing import is_wanted
from bot.rules.identity import Language, PersonId
from bot.rules.message import Hearing, Message, RoleMenu, TapAnswered


class Letter(msgspec.Struct, frozen=True):
    """A message waiting to be sent, opened.

    Attributes:
        chat_id: Telegram's; lives in memory only.
        message_id: the sent message to edit instead of sending anew.
        was_tried: a send was begun before and its answer is unknown.
        cause: number in the inbox of the update that it answers; None when the clock brought it about.
        asked_at: when that update came in.
        parts: how many parts of it have been sent; the others are still to go.
        hearing, is_beside: what its reader has chosen, as in Sender.
        notice_at: when its chat may get its next notice, as far as that is known.
    """

    id: int
    person: PersonId
    chat_id: int
    language: Language | None
    priority: int
    message: Message
    anchor: str | None
    message_id: int | None
    tells: tuple[Told, ...]
    attempts: int
    was_tried: bool
    cause: int | None = None
    asked_at: datetime | None = None
    parts: int = 0
    hearing: Hearing = Hearing.EVERYTHING
    is_beside: bool = False
    notice_at: datetime | None = None

    @property
    def is_wanted(self) -> bool:
        """Say whether its reader wants it; what answers them always is."""
        return self.priority <= 0 or is_wanted(self.message, self.hearing)

    @property
    def is_repeatable(self) -> bool:
        """Say whether sending it twice shows nothing twice: an edit, the answer to a tap, a menu."""
        return self.message_id is not None or isinstance(self.message, TapAnswered | RoleMenu)


class Sent(msgspec.Struct, frozen=True):
    """A letter that went out.

    Attributes:
        message_id: what Telegram called it.
        next_notice_at: when its chat may get the next notice, whoever sends that; None where it was none itself.
    """

    letter: Letter
    message_id: int | None
    next_notice_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Postponed:
    """A letter to try again at `ready_at`.

    Attributes:
        is_ambiguous: it may have arrived.
        parts: how many parts of it have been sent.
        awaits_contact: it is not tried again before its reader has written.
    """

    letter: Letter
    ready_at: datetime
    is_ambiguous: bool
    parts: int = 0
    awaits_contact: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A letter that was not sent, since its chat has another number; it is to go there."""

    letter: Letter
    chat_id: int


@dataclass(frozen=True, slots=True)
class Anew:
    """A letter that was not sent, since the message that it edits is gone; it is to go out as a new one."""

    letter: Letter


Fate: TypeAlias = "Sent | Postponed | Moved | Anew | Failed"
"""What became of a letter."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A letter given up; `is_unreachable` when the person cannot be written to at all."""

    letter: Letter
    reason: str
    is_unreachable: bool


class Courier(Protocol):
    """Carries messages to people."""

    async def carry(self, letter: Letter, now: datetime) -> int | None:
        """Send, edit or answer; return the message's number.

        Raises:
            DeliverLater, DeliveryAmbiguous, ChatMoved, MessageGone, Undeliverable: see bot.errors.
        """
        ...


class Post(Protocol):
    """Takes letters that are marked as being tried already."""

    def accept(self, letters: Sequence[Letter]) -> None:
        """Send these next."""
        ...


ANY_NUMBER: Final = 2**31
"""Of notices: as many as there are."""


class OutboxStore(Protocol):
    """The part of the store that delivery uses."""

    async def take_letters(
        self, limit: int, busy: frozenset[PersonId], now: datetime, notices: int = ANY_NUMBER
    ) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them, in order for each person, leaving out `busy` ones.

        Of one person's at most one is not repeatable, so that a crash leaves at most one that may come twice. People to whom
        only notices go are at most `notices`.
        """
        ...

    async def sharers(self) -> int:
        """Count the processes that send letters of this outbox, this one included."""
        ...

    async def settle(self, results: Sequence[Fate], now: datetime) -> None:
        """Write down what became of letters, with the entries that reminders call for."""
        ...

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready, of those that are not ready at `after`."""
        ...


class DelayStore(Protocol):
    """The part of the store in which messages wait for a moment."""

    async def set_back(self, by: timedelta, now: datetime) -> None:
        """Bring forward what waits, as the clock was set back by so much."""
        ...
