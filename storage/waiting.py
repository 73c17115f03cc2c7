"""What waits in a store: updates, due things, letters and texts. Counted, never read."""

from __future__ import annotations

from datetime import datetime

from bot.ports import Backlog
from storage.engine import Session
from storage.rows import moment_or_none, stamp
from storage.texts import texts_waiting


async def backlog_of(session: Session, now: datetime) -> Backlog:
    """Count what waits, and since when."""
    (row,) = await session.rows("path_backlog", {"now": stamp(now)})
    texts = await texts_waiting(session, now)
    whole = [None if value is None else int(value) for value in row]
    updates, update_at, aside, due, due_at, letters, letter_at, ambiguous, given_up, entries = whole
    return Backlog(
        updates=updates or 0,
        oldest_update_at=moment_or_none(update_at),
        aside=aside or 0,
        due=due or 0,
        next_due_at=moment_or_none(due_at),
        letters=letters or 0,
        oldest_letter_at=moment_or_none(letter_at),
        ambiguous=ambiguous or 0,
        given_up=given_up or 0,
        entries=entries or 0,
        texts=texts,
    )
