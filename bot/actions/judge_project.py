"""A livelihood project is shown, with the photos of what was reached, and judged by anybody once and after 90 days again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import NotPermitted, StaleButton
from bot.rules.access import Act, require
from bot.rules.county import County, Project
from bot.rules.due import AskProject, Due
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, Entry, PhotosErased, ProjectJudged
from bot.rules.erasure import MilestonePhotos
from bot.rules.identity import PersonId, ProjectId
from bot.rules.message import Remark, Said
from bot.rules.message.project import PhotoShown, PhotosOwned, ProjectList, ProjectMilestone, ProjectPage
from bot.rules.project import AGAIN_AFTER, Book, Judged, Judging, Milestone, Tally, may_judge
from bot.rules.staff import Staff

SHOWN: Final = 5
"""Milestones on the page: the newest."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody before a project.

    Attributes:
        roles: those that they hold.
        judged: what is known of their having judged it.
        pressed: the message whose button it was.
    """

    person: PersonId
    roles: tuple[Staff, ...]
    project: Project
    book: Book
    judged: Judged | None
    pressed: int | None = None

    @property
    def works_for_it(self) -> bool:
        """Say whether they work for the unit whose project it is: they say what was reached, and do not judge it."""
        return any(each.unit == self.project.unit for each in self.roles)

    def official(self) -> Staff:
        """Return the role in which they say what was reached; raises NotPermitted."""
        return require((each for each in self.roles if each.unit == self.project.unit), Act.ADD_MILESTONE)


def project_of(county: County, id_: ProjectId) -> Project:
    """Return a project of the county; raises StaleButton when it has none of that name."""
    found = next((each for each in county.projects if each.id == id_), None)
    if found is None:
        raise StaleButton
    return found


def list_projects(county: County, person: PersonId, pressed: int | None = None) -> Effects:
    """List the projects of the county; where there are none, say so."""
    if not county.projects:
        return Effects(sends=(Send(person, Said(Remark.NO_PROJECTS), replaces=pressed),))
    listed = ProjectList(projects=tuple(each.id for each in county.projects))
    return Effects(sends=(Send(person, listed, replaces=pressed),))


def show_project(visit: Visit, now: datetime) -> Effects:
    """Show a project to somebody, with what they may do about it."""
    return Effects(sends=(Send(visit.person, _page(visit, now), replaces=visit.pressed),))


def show_photos(visit: Visit, place: int) -> Effects:
    """Show the photos of a milestone to anybody; those who work for the project may erase them.

    Raises:
        StaleButton: there are none, or no longer.
    """
    milestone = _milestone(visit, place)
    photos = [photo for photo in milestone.photos if photo.is_fetched]
    if not photos:
        raise StaleButton
    shown = tuple(
        PhotoShown(
            project=visit.project.id,
            at=milestone.at,
            file=photo.file,
            place=number,
            of=len(photos),
            is_before=photo.is_before,
        )
        for number, photo in enumerate(photos, start=1)
    )
    owned = (PhotosOwned(project=visit.project.id, place=place),) if visit.works_for_it else ()
    return Effects(sends=tuple(Send(visit.person, message) for message in (*shown, *owned)))


def erase_photos(visit: Visit, place: int, now: datetime) -> Effects:
    """Erase the photos of a milestone, as when somebody is to be seen in one: the key goes, and the bytes with it.

    Raises:
        NotPermitted: they do not work for its unit.
        StaleButton: there are none, or no longer.
    """
    official, project = visit.official(), visit.project.id
    if not _milestone(visit, place).photos:
        raise StaleButton
    gone = PhotosOwned(project=project, place=place, are_gone=True)
    return Effects(
        entries=(Entry(at=now, actor=official.id, case=None, fact=PhotosErased(project=project, place=place)),),
        erased=(MilestonePhotos(project, place),),
        sends=(Send(official.person, gone, replaces=visit.pressed),),
    )


def _milestone(visit: Visit, place: int) -> Milestone:
    found = next((each for each in visit.book.milestones if each.place == place), None)
    if found is None:
        raise StaleButton
    return found


def judge_project(visit: Visit, score: int, now: datetime) -> Effects:
    """Enter how satisfied somebody is; the first time, they are asked once more after 90 days.

    Raises:
        NotPermitted: they work for the unit whose project it is.
        StaleButton: they have said it already, or that is no score.
    """
    project, before, book = visit.project, visit.judged, visit.book
    if visit.works_for_it:
        raise NotPermitted
    if not may_judge(before, now) or not 1 <= score <= len(Tally().counts):
        raise StaleButton
    fact = ProjectJudged(project=project.id, score=score, is_again=before is not None)
    key = f"person/{visit.person}/project/{project.id}"
    asking = Due(key=key, at=now + AGAIN_AFTER, task=AskProject(project=project.id, person=visit.person))
    after = replace(book, first=book.first.plus(score)) if before is None else replace(book, again=book.again.plus(score))
    judged = Judged(1 if before is None else before.times + 1, now)
    return Effects(
        entries=(Entry(at=now, actor=RESIDENT, case=None, fact=fact),),
        projects=(Judging(project.id, visit.person, now, before),),
        planned=(asking,) if before is None else (),
    ) + show_project(replace(visit, book=after, judged=judged), now)


def ask_project(visit: Visit, now: datetime) -> Effects:
    """Ask somebody once more, 90 days after; nothing when they have said it."""
    if not may_judge(visit.judged, now):
        return Effects()
    return Effects(sends=(Send(visit.person, _page(visit, now), Priority.NOTICE),))


def _page(visit: Visit, now: datetime) -> ProjectPage:
    project, book = visit.project, visit.book
    return ProjectPage(
        project=project.id,
        unit=project.unit,
        is_lasting=project.horizon == "lasting",
        milestones=tuple(
            ProjectMilestone(
                at=each.at, words=each.words, place=each.place, photos=sum(photo.is_fetched for photo in each.photos)
            )
            for each in book.milestones[:SHOWN]
        ),
        answers=book.first.total,
        satisfied=book.first.satisfied,
        again_answers=book.again.total,
        again_satisfied=book.again.satisfied,
        may_judge=may_judge(visit.judged, now) and not visit.works_for_it,
        has_judged=visit.judged is not None,
        may_add=visit.works_for_it,
    )
