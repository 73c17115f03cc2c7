"""Buttons under what is shown of livelihood projects."""

from __future__ import annotations

from bot.rules.message import LinkChoice, ProjectList, ProjectMessage, ProjectPage
from handlers.callback import (
    AddMilestone,
    Button,
    HangCategory,
    HangProject,
    JudgeProject,
    ListProjects,
    OpenProject,
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
        case LinkChoice():
            projects_: Rows = [[(say.project(each.id), HangProject(each.id))] for each in say.county.projects]
            about: list[tuple[str, Button]] = [(say.category(each), HangCategory(each)) for each in say.county.categories]
            return [*projects_, *in_columns(about)]
        case _:
            return []


def _page(page: ProjectPage, say: Lettering) -> Rows:
    id_ = page.project
    judging: Rows = [[(say.label(label), JudgeProject(id_, score))] for label, score in SCORES.items()]
    adding: Rows = [[(say.label(Label.ADD_MILESTONE), AddMilestone(id_))], [(say.label(Label.QR_CODE), HangProject(id_))]]
    return [
        *(reversed(judging) if page.may_judge else []),
        *(adding if page.may_add else []),
        [(say.label(Label.ALL_PROJECTS), ListProjects())],
    ]
