"""What is read of livelihood projects."""

from __future__ import annotations

from bot.rules.identity import PersonId, ProjectId
from bot.rules.project import Book, Judged
from storage.meeting_reader import MeetingReader
from storage.projects import book_of, judged_by


class ProjectReader(MeetingReader):
    """Reads projects; whether somebody has judged one needs the keys."""

    async def project_book(self, project: ProjectId) -> Book:
        """Return what is known of a project."""
        async with self._engine.reading() as session:
            return await book_of(session, project)

    async def judged_by(self, project: ProjectId, person: PersonId) -> Judged | None:
        """Return whether somebody has judged a project; None when they have not, or no key is at hand."""
        if self._keyring is None:
            return None
        async with self._engine.glancing() as session:
            return await judged_by(session, self._keyring, project, person)
