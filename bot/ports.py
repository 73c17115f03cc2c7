"""What the house needs from outside, as protocols; whoever implements one does not know who calls it.

Every value that crosses a port is frozen. A port that reads never changes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.rules.calendar import Calendar
from bot.rules.case import Case
from bot.rules.county import County, Role
from bot.rules.dialog import Dialog
from bot.rules.digest import Scope
from bot.rules.due import Due
from bot.rules.effect import Effects, Told
from bot.rules.figure import Digest
from bot.rules.identity import CaseNumber, Language, PersonId, StaffId, TownshipId, UnitId, UpdateId
from bot.rules.message import Message, TapAnswered
from bot.rules.period import Period
from bot.rules.staff import Invitation, Staff


class Clock(Protocol):
    """Time, passed in: the real one, one that can be moved, or one that stands still."""

    def now(self) -> datetime:
        """Return the aware UTC instant."""
        ...

    async def sleep_until(self, at: datetime) -> None:
        """Return once `at` has come, early when the clock was moved past it."""
        ...


class Randomness(Protocol):
    """Unpredictable bytes, passed in."""

    def bytes(self, count: int) -> bytes:
        """Return `count` fresh random bytes."""
        ...


@dataclass(frozen=True, slots=True)
class Sender:
    """Who wrote, as far as the house knows them.

    Attributes:
        person: drawn anew when they never wrote before.
        language: None until chosen.
        township: the last one they used.
        roles: what they hold, in the order in which they took it; empty for a resident.
    """

    person: PersonId
    is_new: bool
    language: Language | None
    township: TownshipId | None
    dialog: Dialog
    roles: tuple[Staff, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came: Telegram's number, the chat it belongs to, and the JSON."""

    update_id: UpdateId
    chat_id: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """An update taken from the inbox to be handled, and who wrote it; `attempts` counts earlier tries."""

    arrival: Arrival
    seq: int
    received_at: datetime
    attempts: int
    sender: Sender


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about an update or a due thing.

    Attributes:
        aside: why the update could not be handled; it is set aside instead of done, and kept.
    """

    effects: Effects
    taken: Taken | None = None
    due: Due | None = None
    aside: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A message waiting to be sent, opened.

    Attributes:
        chat_id: Telegram's; lives in memory only.
        message_id: the sent message to edit instead of sending anew.
        was_tried: a send was begun before and its answer is unknown.
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

    @property
    def is_repeatable(self) -> bool:
        """Say whether sending it twice shows nothing twice: an edit, or the answer to a tap."""
        return self.message_id is not None or isinstance(self.message, TapAnswered)


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that went out; `message_id` is what Telegram called it."""

    letter: Letter
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Postponed:
    """A letter to try again at `ready_at`; `is_ambiguous` when it may have arrived."""

    letter: Letter
    ready_at: datetime
    is_ambiguous: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A letter given up; `is_unreachable` when the person cannot be written to at all."""

    letter: Letter
    reason: str
    is_unreachable: bool


class Reader(Protocol):
    """What decisions may look at. Lists are short; totals are exact."""

    async def case(self, number: CaseNumber) -> Case:
        """Return a case; raises NotFound."""
        ...

    async def cases_of(self, person: PersonId, limit: int) -> tuple[tuple[Case, ...], int]:
        """Return a person's own cases, newest first, and how many there are."""
        ...

    async def tasks_of(self, units: frozenset[UnitId], limit: int) -> tuple[tuple[Case, ...], int]:
        """Return the open cases of units, what runs out first on top, and how many there are."""
        ...

    async def voices_of(self, number: CaseNumber) -> tuple[tuple[int, PersonId], ...]:
        """Return who stands behind a case: the voice's number and the person."""
        ...

    async def words_of(self, number: CaseNumber, slot: str) -> str | None:
        """Open words from the vault; None when there are none, or no longer."""
        ...

    async def staff_of(self, unit: UnitId | None, roles: frozenset[Role]) -> tuple[Staff, ...]:
        """Return active staff in these roles, of one unit, or of all when `unit` is None."""
        ...

    async def staff_member(self, staff: StaffId) -> Staff:
        """Return one active official; raises NotFound."""
        ...

    async def invitation(self, digest: str) -> Invitation:
        """Return an invitation by the SHA-256 of its secret; raises NotFound."""
        ...

    async def digest(self, period: Period, scope: Scope, now: datetime) -> Digest:
        """Compute the figures of a period, cut at `now` while it runs."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """What every decision has at hand besides what was asked."""

    county: County
    calendar: Calendar
    read: Reader
    randomness: Randomness


class Dispatcher(Protocol):
    """Turns an update into effects; knows conversations, touches neither network nor store."""

    async def decide(self, taken: Taken, now: datetime) -> Effects:
        """Decide what an update brings about; whatever it raises is the worker's to handle."""
        ...


class UpdateSource(Protocol):
    """Where updates come from."""

    async def fetch(self) -> Sequence[Arrival]:
        """Wait for updates; the next call confirms these.

        Raises:
            SourceUnavailable: try again later.
            SourceRefused: stop.
        """
        ...


class Courier(Protocol):
    """Carries messages to people."""

    async def carry(self, letter: Letter, now: datetime) -> int | None:
        """Send, edit or answer; return the message's number.

        Raises:
            DeliverLater, DeliveryAmbiguous, Undeliverable: see bot.errors.
        """
        ...


class InboxStore(Protocol):
    """The part of the store that intake writes to."""

    async def receive(self, arrivals: Sequence[Arrival], now: datetime) -> int:
        """Put updates on disk; return how many were new."""
        ...


class WorkStore(Protocol):
    """The part of the store that worker and clock use."""

    async def take_updates(self, limit: int, now: datetime) -> Sequence[Taken]:
        """Return the oldest unhandled update of each chat, at most `limit`, with their senders."""
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

    async def commit(self, decisions: Sequence[Decision], now: datetime) -> None:
        """Make all of it true in one transaction, or none of it.

        Raises:
            Conflict: something it was decided on has changed; nothing was written.
        """
        ...

    async def postpone_due(self, due: Due, at: datetime) -> None:
        """Try a due thing again later."""
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


class PendingStore(Protocol):
    """The part of the store that says whether it is worth looking."""

    async def pending(self, now: datetime) -> int:
        """Count what could be done right now: updates, due things, letters."""
        ...


class OutboxStore(Protocol):
    """The part of the store that delivery uses."""

    async def take_letters(self, limit: int, busy: frozenset[PersonId], now: datetime) -> Sequence[Letter]:
        """Mark ready letters as being tried and return them, in order for each person, leaving out `busy` ones.

        Of one person's at most one is not repeatable, so that a crash leaves at most one that may come twice.
        """
        ...

    async def settle(self, results: Sequence[Sent | Postponed | Failed], now: datetime) -> None:
        """Write down what became of letters, with the entries that reminders call for."""
        ...

    async def next_letter_at(self, after: datetime) -> datetime | None:
        """Return when the next letter becomes ready, of those that are not ready at `after`."""
        ...
