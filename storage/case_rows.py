"""Cases read out of their tables, whole: each with all its attempts and what was said about them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.rules.case import Case
from storage.engine import Session
from storage.rows import read_case, read_ratings, read_rounds


async def cases_by_number(session: Session, numbers: Sequence[str]) -> tuple[Case, ...]:
    """Read cases in the order asked for; numbers that do not exist are left out."""
    if not numbers:
        return ()
    wanted = {"numbers": msgspec.json.encode(numbers).decode()}
    rows = {str(row[0]): row for row in await session.rows("case_many", wanted)}
    rounds = read_rounds(await session.rows("round_many", wanted), read_ratings(await session.rows("rating_many", wanted)))
    return tuple(read_case(rows[number], rounds[number]) for number in numbers if number in rows)
