"""The buttons under every message about livelihood projects, as `test_keyboards` tries them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bot.rules.identity import FileId
from bot.rules.message import ProjectMessage
from bot.rules.message.project import LinkChoice, MilestoneWanted, PhotoShown, PhotosOwned, ProjectList, ProjectMilestone
from handlers.callback import (
    AddMilestone,
    Button,
    DropMilestone,
    ErasePhotos,
    HangCategory,
    HangProject,
    JudgeProject,
    ListProjects,
    OpenProject,
    PublishMilestone,
    SeePhotos,
    TurnPhoto,
)
from tests.locales.samples_project import MILESTONE_CARD, PROJECT_PAGE, ROADS_PROJECT
from tests.support.builders import NOW, county

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
    "milestone with photos": (
        msgspec.structs.replace(PROJECT_PAGE, milestones=(ProjectMilestone(at=NOW, words="完工", place=2, photos=1),)),
        [[SeePhotos(ROADS_PROJECT, 2)], *JUDGING, [ListProjects()]],
    ),
    "milestone to be published": (
        MILESTONE_CARD,
        [[TurnPhoto(9, 0), TurnPhoto(9, 1)], [PublishMilestone(9)], [DropMilestone(9)]],
    ),
    "milestone without words": (
        msgspec.structs.replace(MILESTONE_CARD, words="", photos=(False,)),
        [[TurnPhoto(9, 0)], [DropMilestone(9)]],
    ),
    "photos of the own unit": (PhotosOwned(project=ROADS_PROJECT, place=2), [[ErasePhotos(ROADS_PROJECT, 2)]]),
    "links": (
        LinkChoice(),
        [
            *HANGING,
            *(ABOUT[start : start + 2] for start in range(0, len(ABOUT), 2)),
        ],
    ),
}

WITHOUT_BUTTONS: Final[tuple[ProjectMessage, ...]] = (
    MilestoneWanted(project=ROADS_PROJECT),
    msgspec.structs.replace(MILESTONE_CARD, is_published=True),
    PhotosOwned(project=ROADS_PROJECT, place=2, are_gone=True),
    PhotoShown(project=ROADS_PROJECT, at=NOW, file=FileId("f-1"), place=1, of=1, is_before=True),
)
