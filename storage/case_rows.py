"""Cases read out of their tables, whole: each with all its attempts and what was said about them; and the files of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import starmap

import msgspec

from bot.ports.files import CaseFile
from bot.rules.case import Case
from bot.rules.file import Media
from bot.rules.identity import FileId
from storage.engine import Parameters, Row, Session, typed
from storage.rows import read_cases, read_ratings, read_rounds


async def cases_by_number(session: Session, numbers: Sequence[str]) -> tuple[Case, ...]:
    """Read cases in the order asked for; numbers that do not exist are left out."""
    if not numbers:
        return ()
    wanted = {"numbers": msgspec.json.encode(numbers).decode()}
    cases = await session.rows("case_many", wanted)
    rounds = read_rounds(await session.rows("round_many", wanted), read_ratings(await session.rows("rating_many", wanted)))
    found = read_cases(cases, rounds)
    return tuple(found[number] for number in numbers if number in found)


async def cases_found(session: Session, query: str, parameters: Parameters) -> tuple[Case, ...]:
    """Read the cases whose numbers a query names, in its order."""
    return await cases_by_number(session, [number for (number,) in typed(await session.rows(query, parameters), tuple[str])])


def read_case_files(rows: Sequence[Row]) -> tuple[CaseFile, ...]:
    """Read the files that a case keeps."""
    return tuple(starmap(CaseFile, typed(rows, tuple[FileId, str, Media, str | None, int | None])))
