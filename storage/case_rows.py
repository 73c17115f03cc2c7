"""Cases read out of their tables, whole: each with all its attempts and what was said about them; and the files of one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bot.ports.files import CaseFile
from bot.rules.case import Case
from bot.rules.file import Media
from bot.rules.identity import FileId
from storage.engine import Row, Session
from storage.rows import read_case, read_ratings, read_rounds


async def cases_by_number(session: Session, numbers: Sequence[str]) -> tuple[Case, ...]:
    """Read cases in the order asked for; numbers that do not exist are left out."""
    if not numbers:
        return ()
    wanted = {"numbers": msgspec.json.encode(numbers).decode()}
    rows = {str(row[0]): row for row in await session.rows("case_many", wanted)}
    rounds = read_rounds(await session.rows("round_many", wanted), read_ratings(await session.rows("rating_many", wanted)))
    return tuple(read_case(rows[number], rounds[number]) for number in numbers if number in rows)


def read_case_files(rows: Sequence[Row]) -> tuple[CaseFile, ...]:
    """Read the files that a case keeps."""
    return tuple(
        CaseFile(
            id=FileId(str(id_)),
            slot=str(slot),
            media=Media(str(media)),
            type=None if type_ is None else str(type_),
            size=None if size is None else int(size),
        )
        for id_, slot, media, type_, size in rows
    )
