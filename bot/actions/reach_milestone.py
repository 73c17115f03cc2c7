"""A unit says what was reached in a livelihood project of its own, with photos of how it was before and how it is now.

Invariant: nobody but the official sees any of it before they publish it from a card that shows what everybody will.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

import msgspec

from bot.actions.judge_project import Visit, show_project
from bot.errors import StaleButton
from bot.ports import Desk
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.dialog import Idle, ReachingMilestone
from bot.rules.effect import Drop, Effects, Fetch, Send
from bot.rules.entry import Entry, MilestoneReached
from bot.rules.identity import PersonId
from bot.rules.message import Remark, Said
from bot.rules.message.project import MilestoneCard, MilestoneWanted
from bot.rules.project import LONGEST_MILESTONE, MOST_PHOTOS, Milestone, Photo, Reached

ANCHOR: Final = "milestone"


def want_milestone(visit: Visit, update: int) -> Effects:
    """Take the next words and photos as what was reached; `update` is the place in the inbox of what begins it.

    Raises:
        NotPermitted: they do not work for its unit.
    """
    official, project = visit.official(), visit.project.id
    return Effects(
        dialog=ReachingMilestone(project=project, begun_by=update),
        forget_anchor=ANCHOR,
        sends=(Send(official.person, MilestoneWanted(project=project)),),
    )


def write_milestone(visit: Visit, draft: ReachingMilestone, words: str, fetch: Fetch | None = None) -> Effects:
    """Take words in the place of earlier ones, and a photo beside the earlier ones, which shows what was reached.

    Raises:
        NotPermitted: they do not work for its unit.
    """
    visit.official()
    if len(words) > LONGEST_MILESTONE:
        return Effects(sends=(Send(visit.person, Said(Remark.MILESTONE_TOO_LONG)),))
    if fetch is not None and len(draft.photos) >= MOST_PHOTOS:
        return Effects(sends=(Send(visit.person, Said(Remark.TOO_MANY_PHOTOS)),))
    photos = draft.photos if fetch is None else (*draft.photos, (fetch.file, False))
    written = msgspec.structs.replace(draft, words=words or draft.words, photos=photos)
    return show_milestone(visit.person, written) + Effects(fetches=() if fetch is None else (fetch,))


def turn_photo(visit: Visit, draft: ReachingMilestone, photo: int) -> Effects:
    """Say of a photo that it shows how it was before, or take that back; raises StaleButton, NotPermitted."""
    visit.official()
    if not 0 <= photo < len(draft.photos):
        raise StaleButton
    file, is_before = draft.photos[photo]
    photos = (*draft.photos[:photo], (file, not is_before), *draft.photos[photo + 1 :])
    return show_milestone(visit.person, msgspec.structs.replace(draft, photos=photos), visit.pressed)


def show_milestone(person: PersonId, draft: ReachingMilestone, replaces: int | None = None) -> Effects:
    """Keep what is to be published as it is now, and show its card in place."""
    return Effects(dialog=draft, sends=(Send(person, _card(draft), anchor=ANCHOR, replaces=replaces),))


def drop_milestone(person: PersonId, draft: ReachingMilestone, replaces: int | None = None) -> Effects:
    """Throw it away with its photos."""
    return Effects(
        dialog=Idle(),
        forget_anchor=ANCHOR,
        sends=(Send(person, Said(Remark.MILESTONE_DROPPED), replaces=replaces),),
        dropped=tuple(Drop(file, person) for file, _ in draft.photos),
    )


def publish_milestone(desk: Desk, visit: Visit, draft: ReachingMilestone, now: datetime) -> Effects:
    """Enter what was reached; everybody reads it, and sees its photos once they are fetched.

    Raises:
        NotPermitted: they do not work for its unit.
        StaleButton: it is not written yet what was reached.
    """
    official, project, book = visit.official(), visit.project, visit.book
    if not draft.words:
        raise StaleButton
    salt = desk.randomness.bytes(SALT_BYTES)
    fact = MilestoneReached(project=project.id, unit=project.unit, words=text_commitment(salt, draft.words))
    photos = tuple(Photo(file, is_before) for file, is_before in draft.photos)
    milestone = Milestone(now, draft.words, place=book.milestones[0].place + 1 if book.milestones else 1, photos=photos)
    closed = Send(official.person, _card(draft, is_published=True), replaces=visit.pressed)
    shown = replace(visit, book=replace(book, milestones=(milestone, *book.milestones)), pressed=None)
    return Effects(
        entries=(Entry(at=now, actor=official.id, case=None, fact=fact),),
        projects=(Reached(project.id, milestone, salt, official.id),),
        dialog=Idle(),
        forget_anchor=ANCHOR,
        sends=(closed,),
    ) + show_project(shown, now)


def _card(draft: ReachingMilestone, *, is_published: bool = False) -> MilestoneCard:
    return MilestoneCard(
        project=draft.project,
        words=draft.words,
        photos=tuple(is_before for _, is_before in draft.photos),
        begun_by=draft.begun_by,
        is_published=is_published,
    )
