"""The queue of updates a bot has not confirmed.

Invariant: an update leaves only when it is confirmed or told to be dropped.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice

from bot.sandbox.faults import Faults, UpdateFault
from bot.sandbox.refusal import JsonObject, Refusal

#: Kinds that come only when asked for by name. Source: Bot API, getUpdates, `allowed_updates`.
_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True, eq=False)
class QueuedUpdate:
    """One update on its way to the bot; a doubled one is the same object twice."""

    update_id: int
    #: Updates of one chat are never delivered at the same time.
    chat_id: int
    body: JsonObject


class UpdateQueue:
    """Keep updates in order until the bot, by polling or webhook, has taken them."""

    def __init__(self, faults: Faults, first_id: int) -> None:
        self._faults = faults
        self._next_id = first_id
        self._pending: deque[QueuedUpdate] = deque()
        self._is_disordered = False
        self._allowed: frozenset[str] = frozenset()
        self._poll: asyncio.Future[None] | None = None
        self._is_closed = False
        #: Called with each new update while a webhook is set.
        self.on_new: Callable[[QueuedUpdate], None] | None = None
        #: Called when updates have left.
        self.on_taken: Callable[[], None] | None = None

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._pending)

    @property
    def pending(self) -> tuple[QueuedUpdate, ...]:
        """Updates not confirmed, in the order in which they will be handed out."""
        return tuple(self._pending)

    @property
    def allowed(self) -> list[str]:
        """Kinds the bot asked for; empty for the server's choice."""
        return sorted(self._allowed)

    def allow(self, kinds: Iterable[str]) -> None:
        """Hand out only these kinds from now on; none given means the server's choice."""
        self._allowed = frozenset(kinds)

    def put(self, kind: str, payload: JsonObject, chat_id: int) -> int | None:
        """Append an update and wake whoever waits; return its id, or None when the bot did not ask for the kind."""
        if (self._allowed and kind not in self._allowed) or (not self._allowed and kind in _ON_REQUEST):
            return None
        fault = self._faults.for_update(kind, chat_id)
        if fault is not None and fault.kind is UpdateFault.UNKNOWN_KIND:
            self._append(QueuedUpdate(self._take_id(), chat_id, {"thing_of_tomorrow": {"about": "nothing"}}))
        update_id = self._take_id()
        body: JsonObject = {kind: payload}
        if fault is not None and fault.kind is UpdateFault.EXTRA_FIELDS:
            body = {kind: {**payload, "field_of_tomorrow": {"deep": [1, None]}}, "field_of_tomorrow": "?"}
        update = QueuedUpdate(update_id, chat_id, {"update_id": update_id, **body})
        if fault is not None and fault.kind is UpdateFault.REORDER and self._pending:
            overtaken = self._pending.pop()
            self._is_disordered = True
            self._append(update)
            self._pending.append(overtaken)
        else:
            self._append(update)
        if fault is not None and fault.kind is UpdateFault.DUPLICATE:
            self._append(update)
        return update_id

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def _append(self, update: QueuedUpdate) -> None:
        if "update_id" not in update.body:
            update.body["update_id"] = update.update_id
        self._pending.append(update)
        if self.on_new is not None:
            self.on_new(update)
        elif self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    async def take(self, offset: int, limit: int, seconds: float) -> list[JsonObject]:
        """Confirm what lies before the offset and return what follows, waiting up to so many seconds for the first.

        Raises:
            Refusal: 409, another call came in while this one waited.
        Source: Bot API, getUpdates.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(_terminated())
        self.confirm(offset)
        if not self._pending and seconds > 0 and not self._is_closed:
            poll = asyncio.get_running_loop().create_future()
            self._poll = poll
            try:
                async with asyncio.timeout(seconds):
                    await poll
            except TimeoutError:
                return []
            finally:
                if self._poll is poll:
                    self._poll = None
        return [update.body for update in self._batch(limit)]

    def _batch(self, limit: int) -> list[QueuedUpdate]:
        """Return the first updates; one that overtook goes out with the one it overtook, which its number would confirm."""
        batch = list(islice(self._pending, limit))
        if self._is_disordered:
            least = min((update.update_id for update in islice(self._pending, limit, None)), default=None)
            whole = len(batch)
            while least is not None and whole and batch[whole - 1].update_id > least:
                whole -= 1
                least = min(least, batch[whole].update_id)
            return batch[:whole] or batch
        return batch

    def confirm(self, offset: int) -> None:
        """Forget all updates before the offset; a negative one keeps that many of the newest."""
        before = len(self._pending)
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        elif self._is_disordered:
            self._pending = deque(update for update in self._pending if update.update_id >= offset)
            self._is_disordered = bool(self._pending)
        else:
            while self._pending and self._pending[0].update_id < offset:
                self._pending.popleft()
        self._tell(before)

    def _tell(self, before: int) -> None:
        if self.on_taken is not None and len(self._pending) < before:
            self.on_taken()

    def delivered(self, update: QueuedUpdate) -> None:
        """Forget one update that a webhook has taken."""
        if self._pending and self._pending[0] is update:
            self._pending.popleft()
        elif update in self._pending:
            self._pending.remove(update)
        self._tell(len(self._pending) + 1)

    def hand_out_again(self, updates: Iterable[QueuedUpdate]) -> None:
        """Put updates that were confirmed before behind those that wait, as if the confirmation had been forgotten."""
        for update in updates:
            self._append(update)
        self._is_disordered = True

    def number_from(self, update_id: int) -> None:
        """Give the next update this number, smaller than before perhaps, as after a week without any."""
        self._next_id = update_id

    def drop(self) -> None:
        """Forget everything that waits."""
        before = len(self._pending)
        self._pending.clear()
        self._tell(before)

    def terminate_poll(self, why: Refusal | None = None) -> None:
        """End the call that waits, with an empty answer or with a refusal."""
        if self._poll is not None and not self._poll.done():
            if why is None:
                self._poll.set_result(None)
            else:
                self._poll.set_exception(why)

    def close(self) -> None:
        """Let no call wait any longer."""
        self._is_closed = True
        self.terminate_poll()


def _terminated() -> Refusal:
    return Refusal(409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
