"""`/projects`: livelihood projects are listed, shown and judged; officials say what was reached and hang up links."""

from __future__ import annotations

from bot.actions.hang_link import begin_about, choose_link, hang_category, hang_project
from bot.actions.judge_project import (
    Visit,
    judge_project,
    list_projects,
    project_of,
    reach_milestone,
    show_project,
    want_milestone,
)
from bot.errors import StaleButton
from bot.rules.dialog import ReachingMilestone
from bot.rules.effect import Effects
from bot.rules.identity import CategoryId, ProjectId
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX
from handlers.callback.project import (
    AddMilestone,
    HangCategory,
    HangProject,
    JudgeProject,
    ListProjects,
    OpenProject,
    ProjectButton,
)
from handlers.context import Context


async def projects(context: Context) -> Effects:
    """List the projects of the county."""
    return list_projects(context.desk.county, context.sender.person)


async def links(context: Context) -> Effects:
    """Let an official choose what a link shall lead to."""
    return choose_link(context.sender)


async def open_project_link(context: Context, payload: str) -> Effects:
    """Show the project that a link leads to; where the county has it no longer, those that it has."""
    try:
        visit = await _visit(context, ProjectId(payload.removeprefix(PROJECT_PREFIX)))
    except StaleButton:
        return Effects(language=context.language) + await projects(context)
    return Effects(language=context.language) + show_project(visit, context.now)


async def open_category_link(context: Context, payload: str) -> Effects:
    """Begin a report about the category that a link names; raises StaleButton when the county has it no longer."""
    category = CategoryId(payload.removeprefix(CATEGORY_PREFIX))
    begun = begin_about(context.desk.county, context.sender, category, context.envelope.taken.seq)
    return Effects(language=context.language) + begun


async def follow(button: ProjectButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button about projects means."""
    county, sender = context.desk.county, context.sender
    match button:
        case ListProjects():
            return list_projects(county, sender.person, pressed)
        case OpenProject(project=project):
            return show_project(await _visit(context, project, pressed), context.now)
        case JudgeProject(project=project, score=score):
            return judge_project(await _visit(context, project, pressed), score, context.now)
        case AddMilestone(project=project):
            return want_milestone(await _visit(context, project, pressed))
        case HangProject(project=project):
            return hang_project(county, sender, project, await context.bot_name())
        case HangCategory(category=category):
            return hang_category(county, sender, category, await context.bot_name())


async def hear_milestone(context: Context, dialog: ReachingMilestone, text: str) -> Effects:
    """Take words as what was reached."""
    return reach_milestone(context.desk, await _visit(context, dialog.project), text, context.now)


async def _visit(context: Context, id_: ProjectId, pressed: int | None = None) -> Visit:
    read, sender = context.desk.read, context.sender
    project = project_of(context.desk.county, id_)
    book, judged = await read.project_book(id_), await read.judged_by(id_, sender.person)
    return Visit(sender.person, sender.roles, project, book, judged, pressed)
