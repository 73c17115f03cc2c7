"""What is read of residents' meetings."""

from __future__ import annotations

from typing import Final

from bot.rules.identity import MeetingId, PersonId
from bot.rules.meeting import Meeting, RaisedMatter
from storage.engine import Engine
from storage.keyring import Keyring
from storage.ledger_reader import LedgerReader
from storage.meetings import matters_of, meeting_of, people_of, read_meetings

MEETINGS: Final = 50
"""How many open meetings are listed at most."""


class MeetingReader(LedgerReader):
    """Reads residents' meetings; what was raised in them needs the keys."""

    def __init__(self, engine: Engine, keyring: Keyring | None) -> None:
        super().__init__(engine)
        self._keyring = keyring

    async def meeting(self, meeting: MeetingId) -> Meeting:
        """Return a residents' meeting; raises NotFound."""
        async with self._engine.glancing() as session:
            return await meeting_of(session, meeting)

    async def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings that are not over, the first to end on top."""
        async with self._engine.glancing() as session:
            return read_meetings(await session.rows("meetings_open", {"limit": MEETINGS}))

    async def raised_in(self, meeting: MeetingId) -> tuple[RaisedMatter, ...]:
        """Return what was raised in a meeting, in that order; nothing where no key is at hand."""
        if self._keyring is None:
            return ()
        async with self._engine.reading() as session:
            return await matters_of(session, self._keyring, meeting)

    async def people_in(self, meeting: MeetingId) -> tuple[PersonId, ...]:
        """Return who has joined a meeting that is not over."""
        async with self._engine.glancing() as session:
            return await people_of(session, meeting)
