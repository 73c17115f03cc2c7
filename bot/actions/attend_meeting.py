"""Residents in a meeting: they join by its link, read what is raised, second it, and raise matters of their own.

Invariant: what is shown to anybody never says who raised or seconded it, but to those themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import NotFound, StaleButton
from bot.rules.county import County
from bot.rules.dialog import Idle, Raising
from bot.rules.effect import Effects, Send
from bot.rules.guess import guess
from bot.rules.identity import PersonId
from bot.rules.meeting import (
    LONGEST_MATTER,
    MOST_EACH,
    MOST_RAISED,
    Attended,
    Hall,
    Raised,
    RaisedMatter,
    Seconded,
    Standing,
    in_order,
)
from bot.rules.message import MatterLine, MeetingPage, RaiseWanted, Remark, Said

LISTED: Final = 5
"""Matters on one page: a button each, and words that fit a phone."""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody in a meeting who does something there; `pressed` is the message whose button it was."""

    person: PersonId
    hall: Hall
    pressed: int | None = None


def attend(guest: Guest, now: datetime) -> Effects:
    """Join a meeting by its link, and see it; one that is over is only said to be.

    Raises:
        StaleButton: it is over.
    """
    meeting = guest.hall.meeting
    if not meeting.is_open(now):
        raise StaleButton
    shown = Send(guest.person, _page(guest, guest.hall.matters, 0, now))
    return Effects(meetings=(Attended(meeting.id, guest.person),), sends=(shown,))


def show_meeting(guest: Guest, page: int, now: datetime) -> Effects:
    """Show a page of what is raised."""
    shown = _page(guest, guest.hall.matters, page, now)
    return Effects(sends=(Send(guest.person, shown, replaces=guest.pressed),))


def want_to_raise(guest: Guest, now: datetime) -> Effects:
    """Take the next words as a matter of the meeting.

    Raises:
        StaleButton: it is over.
    """
    person, meeting = guest.person, guest.hall.meeting
    if not meeting.is_open(now):
        raise StaleButton
    if _too_many(guest):
        return Effects(sends=(Send(person, Said(Remark.RAISED_ENOUGH)),))
    asked = Send(person, RaiseWanted(meeting=meeting.id, title=meeting.title))
    return Effects(dialog=Raising(meeting=meeting.id), sends=(asked,))


def raise_matter(county: County, guest: Guest, text: str, now: datetime) -> Effects:
    """Raise a matter.

    Raises:
        StaleButton: the meeting is over.
    """
    person, meeting, matters = guest.person, guest.hall.meeting, guest.hall.matters
    if not meeting.is_open(now):
        raise StaleButton
    if _too_many(guest):
        return Effects(dialog=Idle(), sends=(Send(person, Said(Remark.RAISED_ENOUGH)),))
    if len(text) > LONGEST_MATTER:
        return Effects(sends=(Send(person, Said(Remark.RAISED_TOO_LONG)),))
    guessed = guess(county, text)
    number = max((each.number for each in matters), default=0) + 1
    matter = RaisedMatter(number, person, text, guessed.kind, guessed.categories[0], guessed.urgency)
    shown = _page(guest, (*matters, matter), 0, now)
    return Effects(
        meetings=(Raised(meeting.id, matter),),
        dialog=Idle(),
        sends=(Send(person, Said(Remark.RAISED)), Send(person, shown)),
    )


def second_matter(guest: Guest, number: int, page: int, now: datetime, *, is_behind: bool) -> Effects:
    """Stand behind a matter, or no longer; whoever raised it stands behind it anyway.

    Args:
        is_behind: what the button said when it was pressed, so that pressing it twice is as good as once.

    Raises:
        NotFound: there is no such matter, or it is their own.
        StaleButton: it is decided, or the meeting is over.
    """
    person, meeting, matters = guest.person, guest.hall.meeting, guest.hall.matters
    matter = guest.hall.matter(number)
    if matter.raiser == person:
        raise NotFound
    if not meeting.is_open(now) or matter.standing is not Standing.OPEN:
        raise StaleButton
    is_new = is_behind is not (person in matter.seconders)
    changes = (Seconded(meeting.id, number, person, is_behind),) if is_new else ()
    after = tuple(_with(each, person, is_behind=is_behind) if each is matter else each for each in matters)
    # in the order that the reader has before their eyes, so that nothing jumps away under the finger
    shown = _page(guest, after, page, now, order=[each.number for each in in_order(matters)])
    return Effects(meetings=changes, sends=(Send(person, shown, replaces=guest.pressed),))


def line_of(matter: RaisedMatter, person: PersonId | None = None) -> MatterLine:
    """Show a matter in a list, to somebody in the meeting or to whoever holds it."""
    return MatterLine(
        number=matter.number,
        words=matter.words,
        category=matter.category,
        seconds=len(matter.seconders),
        standing=matter.standing,
        case=matter.case,
        is_own=person is not None and matter.raiser == person,
        is_seconded=person in matter.seconders,
    )


def page_of(matters: Sequence[RaisedMatter], page: int) -> tuple[Sequence[RaisedMatter], int, int]:
    """Cut a page out of a list; return it, its number from 0, and how many pages there are."""
    pages = max(1, -(-len(matters) // LISTED))
    page = max(0, min(page, pages - 1))
    return matters[page * LISTED : (page + 1) * LISTED], page, pages


def _page(
    guest: Guest, matters: Sequence[RaisedMatter], page: int, now: datetime, *, order: Sequence[int] = ()
) -> MeetingPage:
    meeting = guest.hall.meeting
    ordered = sorted(matters, key=lambda each: order.index(each.number)) if order else in_order(matters)
    shown, page, pages = page_of(ordered, page)
    return MeetingPage(
        meeting=meeting.id,
        title=meeting.title,
        holder=meeting.unit,
        township=meeting.township,
        ends_at=meeting.ends_at,
        lines=tuple(line_of(each, guest.person) for each in shown),
        page=page,
        pages=pages,
        total=len(matters),
        has_ended=not meeting.is_open(now),
    )


def _too_many(guest: Guest) -> bool:
    matters = guest.hall.matters
    return len(matters) >= MOST_RAISED or sum(each.raiser == guest.person for each in matters) >= MOST_EACH


def _with(matter: RaisedMatter, person: PersonId, *, is_behind: bool) -> RaisedMatter:
    others = tuple(each for each in matter.seconders if each != person)
    return replace(matter, seconders=(*others, person) if is_behind else others)
