"""Officials hold a meeting: they open it, read what is raised, adopt it as a case or decline it, and end it.

Invariant: whoever raised an adopted matter and all who seconded it stand behind the case, each with a receipt; once the
meeting is over nothing else of who was there is kept, and the ledger has counts only.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec

from bot.actions.attend_meeting import line_of, page_of
from bot.actions.file_case import filing
from bot.actions.matter import changed
from bot.errors import NotFound, NotPermitted, StaleButton
from bot.ports import Desk
from bot.rules.access import WATCHING, Act, require
from bot.rules.case import Case
from bot.rules.dialog import Drafting, Idle, OpeningMeeting
from bot.rules.due import AskToSettle, Due, EndMeeting
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import CLOCK, RESIDENT, Channel, Entry, MeetingHeld, VoiceAdded
from bot.rules.identity import NEW_CASE, CategoryId, MeetingId, PersonId, TownshipId
from bot.rules.meeting import (
    LENGTHS,
    LONGEST_TITLE,
    MEETING_PREFIX,
    TIME_TO_SETTLE,
    Ended,
    Hall,
    Meeting,
    Opened,
    RaisedMatter,
    Settled,
    Standing,
    ends_at,
    in_order,
)
from bot.rules.message import (
    PROOF_HOLE,
    LinkPicture,
    MeetingCard,
    MeetingLine,
    MeetingList,
    MeetingOver,
    MeetingWanted,
    RaisedCard,
    Receipt,
    Remark,
    Said,
)
from bot.rules.staff import Staff

ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class Chair:
    """Somebody who acts on a meeting as whoever holds it.

    Attributes:
        roles: those that they hold.
        bot: the bot's name on the network, for the link.
        pressed: the message whose button it was.
    """

    roles: tuple[Staff, ...]
    hall: Hall
    bot: str
    pressed: int | None = None

    @property
    def holder(self) -> Staff:
        """Return the role in which they hold it; raises NotPermitted."""
        return holder_of(self.roles, self.hall.meeting)


def holder_of(roles: Sequence[Staff], meeting: Meeting) -> Staff:
    """Return the role in which somebody holds a meeting: whoever opened it, colleagues of its unit, and those who watch.

    Raises:
        NotPermitted: it is not theirs.
    """
    for each in roles:
        if each.id == meeting.opener or (meeting.unit is not None and each.unit == meeting.unit) or each.role in WATCHING:
            return require((each,), Act.HOLD_MEETING)
    raise NotPermitted


def list_meetings(roles: Sequence[Staff], meetings: Iterable[Meeting], pressed: int | None = None) -> Effects:
    """List the open meetings that somebody holds.

    Raises:
        NotPermitted: they may hold none.
    """
    person = require(roles, Act.HOLD_MEETING).person
    own = [each for each in meetings if _holds(roles, each)]
    lines = tuple(MeetingLine(meeting=each.id, title=each.title, ends_at=each.ends_at) for each in own)
    return Effects(sends=(Send(person, MeetingList(lines=lines), replaces=pressed),))


def want_meeting(
    roles: Sequence[Staff], township: TownshipId | None, hours: int | None, pressed: int | None, *, is_placed: bool
) -> Effects:
    """Ask for what is not chosen yet; the last is what the meeting is about, in words.

    Raises:
        NotPermitted: they may hold none.
        StaleButton: for so long none can be opened.
    """
    person = require(roles, Act.HOLD_MEETING).person
    if hours is not None and hours not in LENGTHS:
        raise StaleButton
    asked = MeetingWanted(township=township, is_placed=is_placed, hours=hours)
    dialog = None if hours is None else OpeningMeeting(township=township, hours=hours)
    return Effects(dialog=dialog, sends=(Send(person, asked, replaces=pressed),))


def open_meeting(desk: Desk, roles: Sequence[Staff], wish: OpeningMeeting, title: str, bot: str, now: datetime) -> Effects:
    """Open a meeting under a title; whoever has its link may join.

    Args:
        bot: the bot's name on the network, for the link.

    Raises:
        NotPermitted: the role that could has ended.
    """
    opener = require(roles, Act.HOLD_MEETING)
    if len(title) > LONGEST_TITLE:
        return Effects(sends=(Send(opener.person, Said(Remark.TITLE_TOO_LONG)),))
    meeting = Meeting(
        MeetingId(desk.randomness.bytes(ID_BYTES).hex()),
        " ".join(title.split()),
        opener.id,
        opener.unit,
        wish.township,
        now,
        ends_at(now, wish.hours),
    )
    over = Due(key=f"meeting/{meeting.id}/over", at=meeting.ends_at, task=AskToSettle(meeting=meeting.id))
    end = Due(key=f"meeting/{meeting.id}/end", at=meeting.ends_at + TIME_TO_SETTLE, task=EndMeeting(meeting=meeting.id))
    return Effects(
        meetings=(Opened(meeting),),
        dialog=Idle(),
        planned=(over, end),
        sends=(Send(opener.person, _card(Hall(meeting), 0, bot, now)),),
    )


def show_card(chair: Chair, page: int, now: datetime, *, is_ending: bool = False) -> Effects:
    """Show a meeting to whoever holds it; `is_ending` asks whether it shall end now.

    Raises:
        NotPermitted: it is not theirs.
    """
    person = chair.holder.person
    card = _card(chair.hall, page, chair.bot, now)
    return Effects(sends=(Send(person, msgspec.structs.replace(card, is_ending=is_ending), replaces=chair.pressed),))


def show_raised(chair: Chair, number: int, *, is_picking: bool = False) -> Effects:
    """Show one matter whole, with what can be decided about it.

    Raises:
        NotPermitted: the meeting is not theirs.
        NotFound: there is no such matter.
    """
    person, hall = chair.holder.person, chair.hall
    card = _raised_card(hall.matter(number), hall.meeting)
    return Effects(sends=(Send(person, msgspec.structs.replace(card, is_picking=is_picking), replaces=chair.pressed),))


def adopt_matter(
    desk: Desk, chair: Chair, number: int, category: CategoryId | None, staff: Sequence[Staff], now: datetime
) -> Effects:
    """Make a case of a matter: its raiser and its seconders are the voices of it, each with a receipt.

    Args:
        category: what it is about, where it was not guessed right.

    Raises:
        NotPermitted: the meeting is not theirs.
        NotFound: there is no such matter, or nobody stands behind it any more.
        StaleButton: it is decided already, or the meeting is over.
    """
    holder, meeting = chair.holder, chair.hall.meeting
    matter = _undecided(chair.hall, number)
    voices = (*(() if matter.raiser is None else (matter.raiser,)), *matter.seconders)
    if not voices:
        raise NotFound
    draft = Drafting(
        words=matter.words,
        kind=matter.kind,
        category=category or matter.category,
        township=meeting.township,
        urgency=matter.urgency,
        is_guessed=category is None,
        channel=Channel.MEETING,
    )
    filed, effects = filing(desk, draft, staff, now, actor=RESIDENT, filer=voices[0])
    joining = changed(filed, RESIDENT, [VoiceAdded(voice=n) for n in range(2, len(voices) + 1)], now)
    joined = Effects(cases=(msgspec.structs.replace(joining, joining=voices[1:]),))
    settled = Settled(meeting.id, number, Standing.ADOPTED, NEW_CASE)
    after = replace(matter, standing=Standing.ADOPTED, case=NEW_CASE, category=draft.category)
    shown = Send(holder.person, _raised_card(after, meeting), replaces=chair.pressed)
    return effects.then(joined) + Effects(meetings=(settled,), sends=(*_receipts(joining.after, voices), shown))


def _receipts(case: Case, voices: Sequence[PersonId]) -> Iterable[Send]:
    """Give everybody who stands behind it a receipt of their own."""
    for place, person in enumerate(voices):
        receipt = Receipt(
            case=case.number,
            unit=case.unit,
            category=case.category,
            township=case.township,
            due_at=case.now.due_at,
            proof=PROOF_HOLE,
            is_joined=place > 0,
        )
        yield Send(person, receipt, Priority.NOTICE)


def decline_matter(chair: Chair, number: int) -> Effects:
    """Take a matter off the list; everybody in the meeting sees that it was.

    Raises:
        NotPermitted: the meeting is not theirs.
        NotFound: there is no such matter.
        StaleButton: it is decided already, or the meeting is over.
    """
    holder, meeting = chair.holder, chair.hall.meeting
    matter = replace(_undecided(chair.hall, number), standing=Standing.DECLINED)
    settled = Settled(meeting.id, number, Standing.DECLINED, None)
    shown = Send(holder.person, _raised_card(matter, meeting), replaces=chair.pressed)
    return Effects(meetings=(settled,), sends=(shown,))


def end_meeting(
    hall: Hall,
    people: Iterable[PersonId],
    opener: Staff | None,
    now: datetime,
    *,
    by: Staff | None = None,
    pressed: int | None = None,
) -> Effects:
    """End a meeting, by an official's word or because its time is over: all who came are told what came of it.

    One that has ended already is left as it is.

    Args:
        opener: whoever opened it, if they still hold that role.
    """
    meeting, matters = hall.meeting, hall.matters
    if meeting.closed_at is not None:
        return Effects()
    adopted = sum(each.standing is Standing.ADOPTED for each in matters)
    fact = MeetingHeld(
        meeting=meeting.id,
        unit=meeting.unit,
        township=meeting.township,
        people=meeting.people,
        raised=len(matters),
        seconds=sum(len(each.seconders) for each in matters),
        adopted=adopted,
    )
    over = MeetingOver(title=meeting.title, raised=len(matters), adopted=adopted)
    holder = by or opener
    told = {each for each in people if holder is None or each != holder.person}
    own = (
        ()
        if holder is None
        else (Send(holder.person, msgspec.structs.replace(over, people=meeting.people), replaces=pressed),)
    )
    entry = Entry(at=now, actor=CLOCK if by is None else by.id, case=None, fact=fact)
    return Effects(
        entries=(entry,),
        meetings=(Ended(meeting.id, now, meeting.people),),
        cancelled=() if by is None else (f"meeting/{meeting.id}/",),
        sends=(*own, *(Send(person, over, Priority.NOTICE) for person in sorted(told))),
    )


def link_to(meeting: Meeting, bot: str) -> str:
    """Write the link by which people join."""
    return f"https://t.me/{bot}?start={MEETING_PREFIX}{meeting.id}"


def _holds(roles: Sequence[Staff], meeting: Meeting) -> bool:
    try:
        holder_of(roles, meeting)
    except NotPermitted:
        return False
    return True


def _undecided(hall: Hall, number: int) -> RaisedMatter:
    matter = hall.matter(number)
    if hall.meeting.closed_at is not None or matter.standing is not Standing.OPEN:
        raise StaleButton
    return matter


def _card(hall: Hall, page: int, bot: str, now: datetime) -> MeetingCard:
    meeting, matters = hall.meeting, hall.matters
    shown, page, pages = page_of(in_order(matters), page)
    return MeetingCard(
        meeting=meeting.id,
        title=meeting.title,
        township=meeting.township,
        ends_at=meeting.ends_at,
        people=meeting.people,
        link=link_to(meeting, bot),
        lines=tuple(line_of(each) for each in shown),
        page=page,
        pages=pages,
        total=len(matters),
        has_ended=not meeting.is_open(now),
    )


def _raised_card(matter: RaisedMatter, meeting: Meeting) -> RaisedCard:
    return RaisedCard(
        meeting=meeting.id,
        number=matter.number,
        words=matter.words,
        kind=matter.kind,
        category=matter.category,
        seconds=len(matter.seconders),
        standing=matter.standing,
        case=matter.case,
    )


def show_link(chair: Chair) -> Effects:
    """Give the link to a meeting as a QR code.

    Raises:
        NotPermitted: the meeting is not theirs.
    """
    meeting = chair.hall.meeting
    picture = LinkPicture(title=meeting.title, link=link_to(meeting, chair.bot))
    return Effects(sends=(Send(chair.holder.person, picture),))


def ask_to_settle(hall: Hall, opener: Staff | None, bot: str, now: datetime) -> Effects:
    """Tell whoever opened a meeting that its time is over, and show what waits for their word; nothing once it has ended."""
    if hall.meeting.closed_at is not None or opener is None:
        return Effects()
    return Effects(sends=(Send(opener.person, _card(hall, 0, bot, now), Priority.NOTICE),))
