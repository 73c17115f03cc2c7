"""What a test's little world knows of the house: meetings, projects, warnings, proposals, figures; of no case.

What a test gave none of is not there: asked for by name it is NotFound, asked for in all it is an empty answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.ports import SetAside
from bot.rules.county import WatchPlan
from bot.rules.digest import Scope
from bot.rules.entry import (
    Entry,
)
from bot.rules.figure import Digest
from bot.rules.identity import (
    CategoryId,
    MeetingId,
    PersonId,
    ProjectId,
    ProposalNumber,
    SignNumber,
    UnitId,
    VisitId,
)
from bot.rules.measure import Proposal
from bot.rules.meeting import Hall, Meeting, RaisedMatter
from bot.rules.message.audit import FailedLine
from bot.rules.period import Period
from bot.rules.project import Book, Judged
from bot.rules.scorecard import Traced
from bot.rules.survey import Counts, Served
from bot.rules.unit_group import GroupCode, UnitGroup
from bot.rules.visit import Visit
from bot.rules.warning_life import Sign
from bot.rules.watched import Watched
from bot.rules.week import Week
from tests.support.only import only


@dataclass
class KnownHouse:
    """What belongs to no case, read as `bot.ports.Reader` says.

    Attributes:
        figures: every digest is this one.
        weeks: those that no entry counts yet.
        books, judges: projects, and who judged them.
        halls: meetings with what was raised; `joined_halls`: who came.
        aside: updates that could not be handled.
        known_signs: every warning and signal that there is.
        visits, known_proposals: field visits that were made, and what was proposed on them.
        watched: what a night looks at.
    """

    figures: Digest | None = None
    weeks: tuple[Week, ...] = ()
    group_codes: tuple[GroupCode, ...] = ()
    halls: dict[MeetingId, Hall] = field(default_factory=dict)
    books: dict[ProjectId, Book] = field(default_factory=dict)
    judges: dict[tuple[ProjectId, PersonId], Judged] = field(default_factory=dict)
    joined_halls: dict[MeetingId, tuple[PersonId, ...]] = field(default_factory=dict)
    aside: list[SetAside] = field(default_factory=list)
    known_signs: list[Sign] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    known_proposals: list[Proposal] = field(default_factory=list)
    watched: Watched | None = None

    async def meeting(self, meeting: MeetingId) -> Meeting:
        """Return a residents' meeting; raises NotFound."""
        return only(hall.meeting for id_, hall in self.halls.items() if id_ == meeting)

    async def group_code(self, digest: str) -> GroupCode:
        """Return a one-time code for a work group."""
        return only(code for code in self.group_codes if code.digest == digest)

    async def unit_groups(self) -> tuple[UnitGroup, ...]:
        """Return no group."""
        return ()

    async def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings that are not over."""
        return tuple(hall.meeting for hall in self.halls.values() if hall.meeting.closed_at is None)

    async def raised_in(self, meeting: MeetingId) -> tuple[RaisedMatter, ...]:
        """Return what was raised in a meeting."""
        return self.halls[meeting].matters

    async def people_in(self, meeting: MeetingId) -> tuple[PersonId, ...]:
        """Return who has joined a meeting."""
        return self.joined_halls.get(meeting, ())

    async def project_book(self, project: ProjectId) -> Book:
        """Return what is known of a livelihood project."""
        return self.books.get(project, Book())

    async def judged_by(self, project: ProjectId, person: PersonId) -> Judged | None:
        """Return whether somebody has judged a project."""
        return self.judges.get((project, person))

    async def meta(self, key: str) -> str | None:
        """Return the bot's name, and nothing else."""
        return "minsheng_bot" if key == "bot_username" else None

    async def set_aside(self, limit: int) -> tuple[tuple[SetAside, ...], int]:
        """Return updates that could not be handled."""
        return tuple(self.aside[:limit]), len(self.aside)

    async def failed(self, limit: int) -> tuple[tuple[FailedLine, ...], int]:
        """Return no message that was given up."""
        del limit
        return (), 0

    async def survey_entries(self) -> tuple[Entry, ...]:
        """Return no entry about surveys."""
        return ()

    async def survey_unit(self, digest: str) -> UnitId | None:
        """Return no unit: nobody was asked."""
        del digest
        return None

    async def survey_counts(self, period: str) -> Counts:
        """Return no answers."""
        del period
        return {}

    async def served(self, begins_at: datetime, ends_at: datetime) -> tuple[Served, ...]:
        """Return no cases."""
        del begins_at, ends_at
        return ()

    async def trace(
        self, figure: str, unit: UnitId, period: Period, now: datetime, page: int
    ) -> tuple[tuple[Traced, ...], int]:
        """Return no case behind a figure."""
        del figure, unit, period, now, page
        return (), 0

    async def card_entries(self, period: str) -> tuple[Entry, ...]:
        """Return no entry about scorecards."""
        del period
        return ()

    async def house_words(self, slot: str) -> str | None:
        """Return no words that belong to no case."""
        del slot
        return None

    async def uncounted(self, last: Period) -> tuple[Week, ...]:
        """Return the weeks that a test gave."""
        return tuple(week for week in self.weeks if week.period.text <= last.text)

    async def digest(self, period: Period, scope: Scope, now: datetime, *, is_brief: bool = False) -> Digest:
        """Return the figures; raises NotFound where a test gave none."""
        del period, scope, now, is_brief
        return only([] if self.figures is None else [self.figures])

    async def visit(self, id_: VisitId) -> Visit:
        """Return a field visit; raises NotFound."""
        return only(each for each in self.visits if each.id == id_)

    async def proposal(self, number: ProposalNumber) -> Proposal:
        """Return a proposal; raises NotFound."""
        return only(each for each in self.known_proposals if each.number == number)

    async def proposals(self) -> tuple[Proposal, ...]:
        """Return every proposal that waits for somebody."""
        return tuple(each for each in self.known_proposals if each.is_open)

    async def proposal_count(self) -> int:
        """Count all proposals."""
        return len(self.known_proposals)

    async def sign(self, number: SignNumber) -> Sign:
        """Return a sign; raises NotFound."""
        return only(each for each in self.known_signs if each.number == number)

    async def signs(self) -> tuple[Sign, ...]:
        """Return every sign that holds or waits for somebody."""
        return tuple(each for each in self.known_signs if each.holds or each.is_open)

    async def sign_count(self) -> int:
        """Count all signs."""
        return len(self.known_signs)

    async def sign_words(self, number: SignNumber) -> Mapping[str, str]:
        """Return nothing: nothing was said."""
        del number
        return {}

    async def watch(self, plan: WatchPlan, evidence: frozenset[CategoryId], cut: datetime) -> Watched:
        """Return what a night finds; raises NotFound where a test gave nothing."""
        del plan, evidence, cut
        return only([] if self.watched is None else [self.watched])

    async def watched_weeks(self, cut: datetime) -> int:
        """Return for how many weeks the county has counted."""
        del cut
        return 0 if self.watched is None else self.watched.history
