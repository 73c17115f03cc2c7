"""Buttons under what is shown of livelihood projects."""

from __future__ import annotations

from bot.rules.message.project import LinkChoice, MilestoneCard, PhotosOwned, ProjectList, ProjectMessage, ProjectPage
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
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.buttons import SCORES
from locales.wording import Label


def rows(message: ProjectMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case ProjectList(projects=projects):
            return [[(say.project(each), OpenProject(each))] for each in projects]
        case ProjectPage():
            return _page(message, say)
        case MilestoneCard(is_published=False):
            return _milestone(message, say)
        case PhotosOwned(project=project, place=place, are_gone=False):
            return [[(say.label(Label.ERASE_PHOTOS), ErasePhotos(project, place))]]
        case LinkChoice():
            projects_: Rows = [[(say.project(each.id), HangProject(each.id))] for each in say.county.projects]
            about: list[tuple[str, Button]] = [(say.category(each), HangCategory(each)) for each in say.county.categories]
            return [*projects_, *in_columns(about)]
        case _:
            return []


def _milestone(card: MilestoneCard, say: Lettering) -> Rows:
    turning: list[tuple[str, Button]] = []
    for photo, is_before in enumerate(card.photos):
        label = Label.PHOTO_BEFORE if is_before else Label.PHOTO_AFTER
        turning.append((say.label(label, value=str(photo + 1)), TurnPhoto(card.begun_by, photo)))
    publishing: Rows = [[(say.label(Label.PUBLISH), PublishMilestone(card.begun_by))]] if card.words else []
    return [*in_columns(turning), *publishing, [(say.label(Label.DISCARD), DropMilestone(card.begun_by))]]


def _page(page: ProjectPage, say: Lettering) -> Rows:
    id_ = page.project
    judging: Rows = [[(say.label(label), JudgeProject(id_, score))] for label, score in SCORES.items()]
    adding: Rows = [[(say.label(Label.ADD_MILESTONE), AddMilestone(id_))], [(say.label(Label.QR_CODE), HangProject(id_))]]
    seeing: Rows = []
    for each in page.milestones:
        if each.photos:
            on = f"{each.at.astimezone(say.county.hours.zone):%Y-%m-%d}"
            seeing.append([(say.label(Label.SEE_PHOTOS, value=on), SeePhotos(id_, each.place))])
    return [
        *seeing,
        *(reversed(judging) if page.may_judge else []),
        *(adding if page.may_add else []),
        [(say.label(Label.ALL_PROJECTS), ListProjects())],
    ]
