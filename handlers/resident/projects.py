"""`/projects`: livelihood projects are listed, shown and judged; officials say what was reached and hang up links."""

from __future__ import annotations

from telegram import Message as TelegramMessage

from bot.actions.hang_link import begin_about, choose_link, hang_category, hang_project
from bot.actions.judge_project import (
    Visit,
    erase_photos,
    judge_project,
    list_projects,
    project_of,
    show_photos,
    show_project,
)
from bot.actions.reach_milestone import (
    drop_milestone,
    publish_milestone,
    turn_photo,
    want_milestone,
    write_milestone,
)
from bot.errors import StaleButton
from bot.rules.dialog import ReachingMilestone
from bot.rules.effect import Effects, Fetch, Send
from bot.rules.file import LARGEST, Media
from bot.rules.identity import CategoryId, ProjectId
from bot.rules.message import Remark, Said, Welcome
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX
from handlers.callback.project import (
    AddMilestone,
    DropMilestone,
    ErasePhotos,
    HangCategory,
    HangProject,
    JudgeProject,
    ListProjects,
    MilestoneButton,
    OpenProject,
    ProjectButton,
    PublishMilestone,
    SeePhotos,
    TurnPhoto,
)
from handlers.context import Context
from handlers.resident.language import greet_newcomer
from handlers.resident.parts import file_in, new_file


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
        return await projects(context) + await greet_newcomer(context)
    return show_project(visit, context.now) + await greet_newcomer(context)


async def open_category_link(context: Context, payload: str) -> Effects:
    """Begin a report about the category that a link names; where the county has it no longer, say how to report."""
    sender, category = context.sender, CategoryId(payload.removeprefix(CATEGORY_PREFIX))
    try:
        begun = begin_about(context.desk.county, sender, category, context.envelope.taken.seq)
    except StaleButton:
        begun = Effects() if sender.language is None else Effects(sends=(Send(sender.person, Welcome()),))
    return begun + await greet_newcomer(context)


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
            return want_milestone(await _visit(context, project, pressed), context.envelope.taken.seq)
        case TurnPhoto() | PublishMilestone() | DropMilestone():
            return await _follow_milestone(button, pressed, context)
        case SeePhotos(project=project, place=place):
            return show_photos(await _visit(context, project, pressed), place)
        case ErasePhotos(project=project, place=place):
            return erase_photos(await _visit(context, project, pressed), place, context.now)
        case HangProject(project=project):
            return hang_project(county, sender, project, await context.bot_name())
        case HangCategory(category=category):
            return hang_category(county, sender, category, await context.bot_name())


async def hear_milestone(context: Context, dialog: ReachingMilestone, text: str) -> Effects:
    """Take words as what was reached."""
    return write_milestone(await _visit(context, dialog.project), dialog, text)


async def take_photo(message: TelegramMessage, caption: str, dialog: ReachingMilestone, context: Context) -> Effects:
    """Take a photo of what was reached, with the words under it; anything else is said not to belong there."""
    found, person = file_in(message), context.sender.person
    if found is None or found[0] is not Media.PHOTO:
        return Effects(sends=(Send(person, Said(Remark.PHOTOS_ONLY)),))
    media, source, size = found
    if (size or 0) > LARGEST:
        return Effects(sends=(Send(person, Said(Remark.FILE_TOO_LARGE)),))
    fetch = Fetch(new_file(context), person, media, source)
    return write_milestone(await _visit(context, dialog.project), dialog, caption, fetch)


async def _follow_milestone(button: MilestoneButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button under a milestone's card means; raises StaleButton when it is of another draft."""
    dialog = context.sender.dialog
    if not isinstance(dialog, ReachingMilestone) or dialog.begun_by != button.draft:
        raise StaleButton
    visit = await _visit(context, dialog.project, pressed)
    match button:
        case TurnPhoto(photo=photo):
            return turn_photo(visit, dialog, photo)
        case PublishMilestone():
            return publish_milestone(context.desk, visit, dialog, context.now)
        case DropMilestone():
            return drop_milestone(visit.person, dialog, pressed)


async def _visit(context: Context, id_: ProjectId, pressed: int | None = None) -> Visit:
    read, sender = context.desk.read, context.sender
    project = project_of(context.desk.county, id_)
    book, judged = await read.project_book(id_), await read.judged_by(id_, sender.person)
    return Visit(sender.person, sender.roles, project, book, judged, pressed)
