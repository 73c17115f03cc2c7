"""Livelihood projects as rows: who judged, as a keyed hash, and what was reached. Scores are in the ledger."""

from __future__ import annotations

import msgspec

from bot.rules.effect import Effects
from bot.rules.entry import ProjectJudged
from bot.rules.identity import PersonId, ProjectId
from bot.rules.project import Book, Judged, Judging, Milestone, Reached, Tally
from storage.batch import Batch
from storage.engine import Parameters, Session
from storage.keyring import Keyring
from storage.rows import moment, stamp

MOST = 50
"""Milestones that are read of a project."""


def mark_of(keyring: Keyring, project: ProjectId, person: PersonId) -> bytes:
    """Hash who judged what, so that only this house can compare it."""
    return keyring.lookup.hash(f"project/{project}/{person}")


def put_projects(batch: Batch, keyring: Keyring, effects: Effects) -> None:
    """Write down who has judged a project, and what was reached."""
    for change in effects.projects:
        match change:
            case Judging(project=project, person=person, at=at, before=before):
                of: Parameters = {"project": project, "mark": mark_of(keyring, project, person), "at": stamp(at)}
                if before is None:
                    batch.add("project_judge", of)
                else:
                    batch.add("project_judge_again", {**of, "times": before.times})
            case Reached(project=project, milestone=milestone, salt=salt):
                said: Parameters = {"words": milestone.words, "salt": salt}
                batch.add("milestone_put", {"project": project, "at": stamp(milestone.at), **said})


async def judged_by(session: Session, keyring: Keyring, project: ProjectId, person: PersonId) -> Judged | None:
    """Return whether somebody has judged a project; None when they have not."""
    rows = await session.rows("project_judged", {"project": project, "mark": mark_of(keyring, project, person)})
    if not rows:
        return None
    times, last_at = rows[0]
    return Judged(int(times or 0), moment(int(last_at or 0)))


async def book_of(session: Session, project: ProjectId) -> Book:
    """Gather what is known of a project: the scores from the ledger, what was reached from its table."""
    rows = await session.rows("milestones_of", {"project": project, "limit": MOST})
    milestones = tuple(Milestone(moment(int(at or 0)), str(words)) for at, words in rows)
    first = again = Tally()
    for (facts,) in await session.rows("project_facts", {}):
        fact = msgspec.json.decode(str(facts), type=ProjectJudged)
        if fact.project == project and fact.is_again:
            again = again.plus(fact.score)
        elif fact.project == project:
            first = first.plus(fact.score)
    return Book(milestones, first, again)
