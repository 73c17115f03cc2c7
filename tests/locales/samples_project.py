"""One message of every kind about livelihood projects, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from bot.rules.identity import ProjectId
from bot.rules.message import (
    LinkChoice,
    MilestoneWanted,
    ProjectList,
    ProjectMessage,
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
    yield "LinkChoice", LinkChoice()
