"""The buttons under every message about livelihood projects, as `test_keyboards` tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.rules.message import LinkChoice, MilestoneWanted, ProjectList, ProjectMessage
from handlers.callback import AddMilestone, Button, HangCategory, HangProject, JudgeProject, ListProjects, OpenProject
from tests.locales.samples_project import PROJECT_PAGE, ROADS_PROJECT
from tests.support.builders import county

ABOUT: Final[list[Button]] = [HangCategory(each) for each in county().categories]

JUDGING: Final[list[list[Button]]] = [[JudgeProject(ROADS_PROJECT, score)] for score in (5, 4, 3, 2, 1)]
HANGING: Final[list[list[Button]]] = [[HangProject(each.id)] for each in county().projects]

WITH_BUTTONS: Final[Mapping[str, tuple[ProjectMessage, list[list[Button]]]]] = {
    "projects": (ProjectList(projects=(ROADS_PROJECT,)), [[OpenProject(ROADS_PROJECT)]]),
    "project to be judged": (
        PROJECT_PAGE,
        [*JUDGING, [ListProjects()]],
    ),
    "project judged": (msgspec.structs.replace(PROJECT_PAGE, may_judge=False), [[ListProjects()]]),
    "project of the own unit": (
        msgspec.structs.replace(PROJECT_PAGE, may_judge=False, may_add=True),
        [[AddMilestone(ROADS_PROJECT)], [HangProject(ROADS_PROJECT)], [ListProjects()]],
    ),
    "links": (
        LinkChoice(),
        [
            *HANGING,
            *(ABOUT[start : start + 2] for start in range(0, len(ABOUT), 2)),
        ],
    ),
}

WITHOUT_BUTTONS: Final[tuple[ProjectMessage, ...]] = (MilestoneWanted(project=ROADS_PROJECT),)
