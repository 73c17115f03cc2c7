"""From an update or a due thing to what is decided about it, and the part of the store that makes it true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from bot.ports.delivery import Letter
from bot.ports.intake import Arrival
from bot.rules.dialog import Dialog, Drafting
from bot.rules.due import Due
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, Language, PersonId, TownshipId
from bot.rules.message import Hearing
from bot.rules.staff import Staff


class Sender(msgspec.Struct, frozen=True):
    """Who wrote, as far as the house knows them.

    Attributes:
        person: drawn anew when they never wrote before.
        language: None until chosen.
        township: the last one they used.
        roles: what they hold, in the order in which they took it; empty for a resident.
        hearing: how much they want to hear.
        is_beside: they want to read Chinese under their own language.
        set_aside: the draft that lies open beside what `dialog` asks.
    """

    person: PersonId
    is_new: bool
    language: Language | None
    township: TownshipId | None
    dialog: Dialog
    roles: tuple[Staff, ...]
    hearing: Hearing = Hearing.EVERYTHING
    is_beside: bool = False
    set_aside: Drafting | None = None

    @property
    def draft(self) -> Drafting | None:
        """The draft that lies open, whatever is asked."""
        return self.dialog if isinstance(self.dialog, Drafting) else self.set_aside


class Taken(msgspec.Struct, frozen=True):
    """An update taken from the inbox to be handled, and who wrote it; `attempts` counts earlier tries."""

    arrival: Arrival
    seq: int
    received_at: datetime
    attempts: int
    sender: Sender


class Decision(msgspec.Struct, frozen=True):
    """What was decided about an update or a due thing.

    Attributes:
        aside: why the update could not be handled; it is set aside instead of done, and kept.
    """

    effects: Effects
    taken: Taken | None = None
    due: Due | None = None
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class EndedCase:
    """An ended case whose content is still there; `is_wished`: somebody asked for its end, and waits for the case's."""

    number: CaseNumber
    ended_at: datetime
    is_wished: bool


@dataclass(frozen=True, slots=True)
class EndedPage:
    """Some ended cases, and behind which place to go on; None when there are no more."""

    cases: tuple[EndedCase, ...]
    after: str | None


class Dispatcher(Protocol):
    """Turns an update into effects; knows conversations, touches neither network nor store."""

    async def decide(self, taken: Taken, now: datetime) -> Effects:
        """Decide what an update brings about; whatever it raises is the worker's to handle."""
        ...


class WorkStore(Protocol):
    """The part of the store that worker and clock use."""

    async def take_updates(self, limit: int, now: datetime, held: frozenset[int] = frozenset()) -> Sequence[Taken]:
        """Return the oldest unhandled update of each chat, at most `limit`, with their senders.

        What was being handled when the program ended comes apart from the rest, some at first, then one by one; its
        `attempts` say how often that has been.

        Args:
            held: chats of which nothing is wanted now.
        """
        ...

    async def forget_old_updates(self, now: datetime) -> int:
        """Drop the numbers of updates handled long ago; return how many."""
        ...

    async def take_due(self, limit: int, now: datetime) -> Sequence[Due]:
        """Return what is due, earliest first."""
        ...

    async def next_due_at(self) -> datetime | None:
        """Return the moment of the earliest due thing."""
        ...

    async def commit(self, decisions: Sequence[Decision], now: datetime, *, hands_over: bool = False) -> Sequence[Letter]:
        """Make all of it true in one transaction, or none of it.

        Args:
            hands_over: return the answers to those who wrote, marked as being tried, so that they need not be looked for in
                the outbox; nothing waits before them there.

        Raises:
            Conflict: something it was decided on has changed; nothing was written.
        """
        ...

    async def ended_with_content(self, after: str, now: datetime) -> EndedPage:
        """Return a page of ended cases whose content is still there, if it is for this process; "" is before the first."""
        ...

    async def shred(self, now: datetime) -> bool:
        """Clean the files of what was erased, if that is for this process; say whether they are."""
        ...

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
        ...


class PendingStore(Protocol):
    """The part of the store that says whether it is worth looking."""

    async def pending(self, now: datetime) -> int:
        """Count what could be done right now: updates, due things, letters."""
        ...
