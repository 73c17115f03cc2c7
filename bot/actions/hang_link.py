"""Links that officials hang up: to a project, and to a report that is about one category from the start."""

from __future__ import annotations

import msgspec

from bot.actions.draft import show
from bot.errors import StaleButton
from bot.ports import Sender
from bot.rules.access import Act, require
from bot.rules.county import County, Kind, Urgency
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects, Send
from bot.rules.identity import CategoryId, ProjectId
from bot.rules.message import LinkPicture
from bot.rules.message.project import LinkChoice
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX


def choose_link(sender: Sender) -> Effects:
    """Let an official choose what a link shall lead to.

    Raises:
        NotPermitted: they are none.
    """
    return Effects(sends=(Send(require(sender.roles, Act.HANG_LINK).person, LinkChoice()),))


def hang_project(county: County, sender: Sender, project: ProjectId, bot: str) -> Effects:
    """Give the link to a project as a QR code.

    Raises:
        NotPermitted: they are no official.
        StaleButton: the county has no such project.
    """
    name = next((each.name.zh for each in county.projects if each.id == project), None)
    return _hang(sender, name, f"{PROJECT_PREFIX}{project}", bot)


def hang_category(county: County, sender: Sender, category: CategoryId, bot: str) -> Effects:
    """Give the link to a report about a category as a QR code.

    Raises:
        NotPermitted: they are no official.
        StaleButton: the county has no such category.
    """
    known = county.categories.get(category)
    return _hang(sender, known.name.zh if known else None, f"{CATEGORY_PREFIX}{category}", bot)


def begin_about(county: County, sender: Sender, category: CategoryId, begun_by: int) -> Effects:
    """Begin a draft about a category, whose words are still to come; an open draft only changes its category.

    Raises:
        StaleButton: the county has no such category.
    """
    if category not in county.categories:
        raise StaleButton
    if sender.draft is not None:
        return show(sender.person, msgspec.structs.replace(sender.draft, category=category, is_guessed=False))
    draft = Drafting(
        words="",
        kind=Kind.COMPLAINT,
        category=category,
        township=sender.township,
        urgency=Urgency.NORMAL,
        is_guessed=False,
        begun_by=begun_by,
    )
    return show(sender.person, draft)


def _hang(sender: Sender, title: str | None, payload: str, bot: str) -> Effects:
    official = require(sender.roles, Act.HANG_LINK)
    if title is None:
        raise StaleButton
    picture = LinkPicture(title=title, link=f"https://t.me/{bot}?start={payload}")
    return Effects(sends=(Send(official.person, picture),))
