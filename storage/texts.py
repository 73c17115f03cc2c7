"""How much waits to be translated, and for how long: counted by language, and of nobody in particular."""

from __future__ import annotations

from datetime import datetime

from bot.rules.identity import Language
from bot.rules.translation import Backlog
from storage.engine import Session, typed
from storage.rows import moment, stamp


async def texts_waiting(session: Session, now: datetime) -> tuple[Backlog, ...]:
    """Count what waits to be translated from or into each language."""
    rows = typed(await session.rows("translations_backlog", {"now": stamp(now)}), tuple[Language, int, int, int])
    return tuple(Backlog(language, count, moment(oldest), late) for language, count, oldest, late in rows)
