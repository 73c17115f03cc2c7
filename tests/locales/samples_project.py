"""One message of every kind about livelihood projects, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.rules.identity import FileId, ProjectId
from bot.rules.message import ProjectMessage
from bot.rules.message.project import (
    LinkChoice,
    MilestoneCard,
    MilestoneWanted,
    PhotoShown,
    PhotosOwned,
    ProjectList,
    ProjectMilestone,
    ProjectPage,
)
from tests.support.builders import NOW, TRANSPORT

ROADS_PROJECT = ProjectId("rural-roads")
PROJECT_PAGE = ProjectPage(
    project=ROADS_PROJECT,
    unit=TRANSPORT,
    is_lasting=False,
    milestones=(ProjectMilestone(at=NOW, words="<b>三村的路修好了"),),
    answers=12,
    satisfied=9,
    again_answers=5,
    again_satisfied=4,
    may_judge=True,
    has_judged=False,
    may_add=False,
)

MILESTONE_CARD = MilestoneCard(project=ROADS_PROJECT, words="<b>三村的路修好了", photos=(True, False), begun_by=9)


def projects() -> Iterator[tuple[str, ProjectMessage]]:
    """Yield every message of this area with a name for it."""
    yield "ProjectList", ProjectList(projects=(ROADS_PROJECT,))
    yield "ProjectPage", PROJECT_PAGE
    few = msgspec.structs.replace(
        PROJECT_PAGE, milestones=(), answers=4, satisfied=4, is_lasting=True, may_judge=False, has_judged=True
    )
    yield "ProjectPage few", few
    yield "ProjectPage again", msgspec.structs.replace(PROJECT_PAGE, has_judged=True, again_answers=0, again_satisfied=0)
    yield "ProjectPage official", msgspec.structs.replace(PROJECT_PAGE, may_judge=False, may_add=True)
    yield "MilestoneWanted", MilestoneWanted(project=ROADS_PROJECT)
    pictured = (ProjectMilestone(at=NOW, words="三村的路修好了", place=2, photos=3),)
    yield "ProjectPage photos", msgspec.structs.replace(PROJECT_PAGE, milestones=pictured)
    yield "MilestoneCard", MILESTONE_CARD
    yield "MilestoneCard photos only", msgspec.structs.replace(MILESTONE_CARD, words="")
    yield "MilestoneCard words only", msgspec.structs.replace(MILESTONE_CARD, photos=())
    yield "MilestoneCard published", msgspec.structs.replace(MILESTONE_CARD, is_published=True)
    for is_before in (True, False):
        yield (
            f"PhotoShown {is_before}",
            PhotoShown(project=ROADS_PROJECT, at=NOW, file=FileId("f-1"), place=1, of=3, is_before=is_before),
        )
    for are_gone in (True, False):
        yield f"PhotosOwned {are_gone}", PhotosOwned(project=ROADS_PROJECT, place=2, are_gone=are_gone)
    yield "LinkChoice", LinkChoice()
