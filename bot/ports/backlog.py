"""How much waits, and for how long: what whoever watches over the program asks the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.rules.translation import Backlog as TranslationBacklog


@dataclass(frozen=True, slots=True)
class Backlog:
    """What the store holds at one moment; no part of it says anything of a person.

    Attributes:
        updates: updates that wait to be handled.
        oldest_update_at: when the oldest of them came in.
        aside: updates that could not be handled and wait for a person to look at them.
        due: due things whose moment has come.
        next_due_at: the earliest moment of all due things, past or to come.
        letters: messages that wait to be sent.
        oldest_letter_at: when the oldest of them was written.
        ambiguous: those of them that may have arrived already.
        given_up: messages that could not be delivered.
        entries: how many entries the ledger has.
        texts: what waits to be translated, by language.
    """

    updates: int
    oldest_update_at: datetime | None
    aside: int
    due: int
    next_due_at: datetime | None
    letters: int
    oldest_letter_at: datetime | None
    ambiguous: int
    given_up: int
    entries: int
    texts: tuple[TranslationBacklog, ...] = ()


class BacklogStore(Protocol):
    """The part of the store that can be asked how it stands."""

    async def backlog(self, now: datetime) -> Backlog:
        """Count what waits."""
        ...
