"""A residents' meeting: joined by its link, raised, seconded, adopted as a case with every voice, and then forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest

from bot.actions.attend_meeting import LISTED, Guest, attend, raise_matter, second_matter, show_meeting, want_to_raise
from bot.actions.hold_meeting import (
    Chair,
    adopt_matter,
    ask_to_settle,
    decline_matter,
    end_meeting,
    list_meetings,
    open_meeting,
    show_card,
    show_link,
    show_raised,
    want_meeting,
)
from bot.errors import NotFound, NotPermitted, StaleButton
from bot.rules.county import Kind, Role, Urgency
from bot.rules.dialog import Idle, OpeningMeeting, Raising
from bot.rules.due import AskToSettle, EndMeeting
from bot.rules.effect import Effects, Priority
from bot.rules.entry import Channel, Filed, MeetingHeld, VoiceAdded
from bot.rules.identity import NEW_CASE, CategoryId, MeetingId, PersonId, StaffId
from bot.rules.meeting import (
    LONGEST_MATTER,
    LONGEST_TITLE,
    MOST_EACH,
    TIME_TO_SETTLE,
    Attended,
    Ended,
    Hall,
    Meeting,
    Opened,
    Raised,
    RaisedMatter,
    Seconded,
    Settled,
    Standing,
    in_order,
)
from bot.rules.message import (
    MeetingCard,
    MeetingList,
    MeetingOver,
    MeetingPage,
    RaisedCard,
    Receipt,
    Remark,
    Said,
    TaskNotice,
)
from tests.support.builders import (
    ADMIN,
    LEAD,
    NEIGHBOUR,
    NOW,
    OFFICER,
    QAPQAL_TOWN,
    RESIDENT_PERSON,
    ROADS,
    TRANSPORT,
    WATER,
    WORDS,
    county,
)
from tests.support.known import desk

STRANGER: Final = PersonId("p-stranger")
MEETING: Final = Meeting(
    MeetingId("0123456789abcdef"), "村里的路", OFFICER.id, TRANSPORT, QAPQAL_TOWN, NOW, NOW + timedelta(days=1), people=3
)
OVER: Final = replace(MEETING, closed_at=NOW)
LATE: Final = replace(MEETING, ends_at=NOW)


def matter(number: int = 1, *seconders: PersonId, raiser: PersonId | None = RESIDENT_PERSON) -> RaisedMatter:
    """Make a matter that the resident raised."""
    return RaisedMatter(number, raiser, f"{WORDS} {number}", Kind.COMPLAINT, ROADS, Urgency.NORMAL, seconders)


def chair(*matters: RaisedMatter, meeting: Meeting = MEETING, pressed: int | None = 7) -> Chair:
    """Let the officer who opened it act."""
    return Chair((OFFICER,), Hall(meeting, matters), "county_bot", pressed)


def guest(*matters: RaisedMatter, meeting: Meeting = MEETING, person: PersonId = NEIGHBOUR) -> Guest:
    """Let somebody else in the meeting act."""
    return Guest(person, Hall(meeting, matters), 7)


def page_in(effects: Effects) -> MeetingPage:
    """Return the page that is shown."""
    (page,) = [send.message for send in effects.sends if isinstance(send.message, MeetingPage)]
    return page


# ── Those who come ───────────────────────────────────────────────────────────


def test_whoever_opens_the_link_is_in_and_reads_what_is_raised() -> None:
    """What most stand behind comes first; what is decided last; of whoever raised it nothing is said."""
    matters = (matter(1), matter(2, NEIGHBOUR, STRANGER), replace(matter(3, STRANGER), standing=Standing.DECLINED))
    effects = attend(guest(*matters), NOW)
    assert effects.meetings == (Attended(MEETING.id, NEIGHBOUR),)
    page = page_in(effects)
    assert [(line.number, line.seconds, line.is_own, line.is_seconded) for line in page.lines] == [
        (2, 2, False, True),
        (1, 0, False, False),
        (3, 1, False, False),
    ]
    assert RESIDENT_PERSON not in str(page)


@pytest.mark.parametrize("meeting", [OVER, LATE])
def test_into_one_that_is_over_nobody_comes_any_more(meeting: Meeting) -> None:
    """Neither by its link, nor to raise or second anything."""
    acts: tuple[Callable[[], Effects], ...] = (
        lambda: attend(guest(meeting=meeting), NOW),
        lambda: want_to_raise(guest(meeting=meeting), NOW),
        lambda: raise_matter(county(), guest(meeting=meeting), WORDS, NOW),
        lambda: second_matter(guest(matter(), meeting=meeting), 1, 0, NOW, is_behind=True),
    )
    for act in acts:
        with pytest.raises(StaleButton):
            act()
    assert page_in(show_meeting(guest(matter(), meeting=meeting), 0, NOW)).has_ended


def test_words_become_a_matter_whose_category_is_guessed() -> None:
    """It gets the next number; its raiser sees that it is theirs."""
    assert want_to_raise(guest(), NOW).dialog == Raising(meeting=MEETING.id)
    effects = raise_matter(county(), guest(matter(1), matter(4)), "村口的路坑坑洼洼", NOW)
    (raised,) = effects.meetings
    assert isinstance(raised, Raised)
    assert (raised.matter.number, raised.matter.raiser, raised.matter.category) == (5, NEIGHBOUR, ROADS)
    assert effects.dialog == Idle()
    assert [line.number for line in page_in(effects).lines if line.is_own] == [5]


def test_one_person_cannot_drown_the_others() -> None:
    """They hear how many; what is too long is asked for again."""
    own = [matter(number, raiser=NEIGHBOUR) for number in range(1, MOST_EACH + 1)]
    for effects in (want_to_raise(guest(*own), NOW), raise_matter(county(), guest(*own), WORDS, NOW)):
        assert [send.message for send in effects.sends] == [Said(Remark.RAISED_ENOUGH)]
        assert not effects.meetings
    long = raise_matter(county(), guest(), "长" * (LONGEST_MATTER + 1), NOW)
    assert [send.message for send in long.sends] == [Said(Remark.RAISED_TOO_LONG)]
    assert (long.meetings, long.dialog) == ((), None)


def test_somebody_stands_behind_a_matter_and_no_longer() -> None:
    """The list stays in the order that they have before their eyes."""
    behind = second_matter(guest(matter(1), matter(2)), 2, 0, NOW, is_behind=True)
    assert behind.meetings == (Seconded(MEETING.id, 2, NEIGHBOUR, is_behind=True),)
    assert [(line.number, line.seconds, line.is_seconded) for line in page_in(behind).lines] == [(1, 0, False), (2, 1, True)]
    back = second_matter(guest(matter(1), matter(2, NEIGHBOUR)), 2, 0, NOW, is_behind=False)
    assert back.meetings == (Seconded(MEETING.id, 2, NEIGHBOUR, is_behind=False),)
    assert [(line.number, line.seconds) for line in page_in(back).lines] == [(2, 0), (1, 0)]


@pytest.mark.parametrize("is_behind", [True, False])
def test_a_button_pressed_twice_is_as_good_as_once(*, is_behind: bool) -> None:
    """A finger that trembles, or a second phone, takes nobody's voice back: the page is shown as it stands."""
    seconders = (NEIGHBOUR,) if is_behind else ()
    again = second_matter(guest(matter(1, *seconders)), 1, 0, NOW, is_behind=is_behind)
    assert again.meetings == ()
    assert [(line.seconds, line.is_seconded) for line in page_in(again).lines] == [(len(seconders), is_behind)]


def test_nobody_seconds_their_own_or_what_is_decided_or_not_there() -> None:
    """Whoever raised a matter stands behind it anyway."""
    with pytest.raises(NotFound):
        second_matter(guest(matter(raiser=NEIGHBOUR)), 1, 0, NOW, is_behind=True)
    with pytest.raises(NotFound):
        second_matter(guest(matter()), 2, 0, NOW, is_behind=True)
    with pytest.raises(StaleButton):
        second_matter(guest(replace(matter(), standing=Standing.ADOPTED)), 1, 0, NOW, is_behind=True)


def test_a_long_list_has_pages() -> None:
    """A page too far shows the last."""
    matters = [matter(number) for number in range(1, LISTED + 3)]
    page = page_in(show_meeting(guest(*matters), 9, NOW))
    assert (page.page, page.pages, page.total, [line.number for line in page.lines]) == (1, 2, LISTED + 2, [6, 7])


# ── Whoever holds it ─────────────────────────────────────────────────────────


def test_an_official_opens_a_meeting() -> None:
    """Township, length, title; then the link, and two moments to remember."""
    asked = want_meeting((OFFICER,), QAPQAL_TOWN, 24, 7, is_placed=True)
    assert asked.dialog == OpeningMeeting(township=QAPQAL_TOWN, hours=24)
    effects = open_meeting(
        desk(), (OFFICER,), OpeningMeeting(township=QAPQAL_TOWN, hours=24), " 村里\n的路 ", "county_bot", NOW
    )
    (opened,) = effects.meetings
    assert isinstance(opened, Opened)
    meeting = opened.meeting
    assert (meeting.title, meeting.opener, meeting.unit, meeting.township) == (
        "村里 的路",
        OFFICER.id,
        TRANSPORT,
        QAPQAL_TOWN,
    )
    assert [(due.at - NOW, type(due.task)) for due in effects.planned] == [
        (timedelta(hours=24), AskToSettle),
        (timedelta(hours=24) + TIME_TO_SETTLE, EndMeeting),
    ]
    (card,) = [send.message for send in effects.sends]
    assert isinstance(card, MeetingCard)
    assert card.link == f"https://t.me/county_bot?start=m-{meeting.id}"


def test_what_cannot_be_opened() -> None:
    """A made-up length, a title that is too long, a role that may not."""
    with pytest.raises(StaleButton):
        want_meeting((OFFICER,), None, 25, None, is_placed=True)
    long = open_meeting(desk(), (OFFICER,), OpeningMeeting(township=None, hours=2), "题" * (LONGEST_TITLE + 1), "b", NOW)
    assert [send.message for send in long.sends] == [Said(Remark.TITLE_TOO_LONG)]
    translator = replace(OFFICER, role=Role.TRANSLATOR, unit=None)
    for roles in ((), (translator,)):
        with pytest.raises(NotPermitted):
            want_meeting(roles, None, None, None, is_placed=False)
        with pytest.raises(NotPermitted):
            list_meetings(roles, (MEETING,))


def test_a_meeting_is_held_by_its_unit_and_by_those_who_watch() -> None:
    """An officer of another unit neither sees nor decides it; a lead of the same and an admin do."""
    stranger = replace(OFFICER, id=StaffId("s-stranger"), unit=WATER)
    for roles, count in (((OFFICER,), 1), ((LEAD,), 1), ((ADMIN,), 1), ((stranger,), 0)):
        (shown,) = [send.message for send in list_meetings(roles, (MEETING,)).sends]
        assert isinstance(shown, MeetingList)
        assert len(shown.lines) == count
    theirs = replace(chair(matter()), roles=(stranger,))
    acts: tuple[Callable[[], Effects], ...] = (
        lambda: show_card(theirs, 0, NOW),
        lambda: show_raised(theirs, 1),
        lambda: adopt_matter(desk(), theirs, 1, None, (OFFICER,), NOW),
        lambda: decline_matter(theirs, 1),
        lambda: show_link(theirs),
    )
    for act in acts:
        with pytest.raises(NotPermitted):
            act()


def test_what_is_adopted_becomes_a_case_of_all_who_stand_behind_it() -> None:
    """One commit: the case, its further voices, a receipt for each of them, the notice to the unit."""
    effects = adopt_matter(desk(), chair(matter(1, NEIGHBOUR, STRANGER)), 1, None, (OFFICER,), NOW)
    (change,) = effects.cases
    assert (change.before, change.filer, change.joining) == (None, RESIDENT_PERSON, (NEIGHBOUR, STRANGER))
    filed, *joined = [entry.fact for entry in change.entries]
    assert isinstance(filed, Filed)
    assert (filed.channel, filed.category, filed.township) == (Channel.MEETING, ROADS, QAPQAL_TOWN)
    assert joined == [VoiceAdded(voice=2), VoiceAdded(voice=3)]
    assert change.after.voices == 3
    assert {entry.actor for entry in change.entries} == {"resident"}
    receipts = {send.to: send.message.is_joined for send in effects.sends if isinstance(send.message, Receipt)}
    assert receipts == {RESIDENT_PERSON: False, NEIGHBOUR: True, STRANGER: True}
    assert any(isinstance(send.message, TaskNotice) and send.to == OFFICER.person for send in effects.sends)
    assert effects.meetings == (Settled(MEETING.id, 1, Standing.ADOPTED, NEW_CASE),)
    (card,) = [send for send in effects.sends if isinstance(send.message, RaisedCard)]
    assert (card.to, card.replaces, card.message) == (OFFICER.person, 7, card.message)
    assert (effects.dialog, effects.township) == (None, None)


def test_another_category_can_be_chosen_for_it() -> None:
    """Whoever holds the meeting knows better than a guess; the unit follows from it."""
    effects = adopt_matter(desk(), chair(matter()), 1, CategoryId("heat_water_power"), (OFFICER,), NOW)
    assert effects.cases[0].after.category == "heat_water_power"


def test_of_a_matter_whose_raiser_is_forgotten_a_seconder_is_the_first_voice() -> None:
    """And one behind which nobody stands any more is no case."""
    effects = adopt_matter(desk(), chair(matter(1, NEIGHBOUR, raiser=None)), 1, None, (OFFICER,), NOW)
    assert (effects.cases[0].filer, effects.cases[0].joining) == (NEIGHBOUR, ())
    with pytest.raises(NotFound):
        adopt_matter(desk(), chair(matter(1, raiser=None)), 1, None, (OFFICER,), NOW)


def test_a_matter_is_decided_once() -> None:
    """Also a while after the time is over, until the meeting has ended."""
    declined = decline_matter(chair(matter(), meeting=LATE), 1)
    assert declined.meetings == (Settled(MEETING.id, 1, Standing.DECLINED, None),)
    settled = replace(matter(), standing=Standing.DECLINED)
    for acts in (chair(settled), chair(matter(), meeting=OVER)):
        with pytest.raises(StaleButton):
            decline_matter(acts, 1)
        with pytest.raises(StaleButton):
            adopt_matter(desk(), acts, 1, None, (OFFICER,), NOW)


def test_a_meeting_ends_with_counts_and_a_word_to_all_who_came() -> None:
    """What is in the ledger leads to nobody; its plans go with it."""
    adopted = replace(matter(1, NEIGHBOUR, STRANGER), standing=Standing.ADOPTED)
    hall = Hall(MEETING, (adopted, matter(2, STRANGER)))
    effects = end_meeting(hall, (RESIDENT_PERSON, NEIGHBOUR), None, NOW, by=OFFICER, pressed=7)
    (entry,) = effects.entries
    assert entry.fact == MeetingHeld(
        meeting=MEETING.id, unit=TRANSPORT, township=QAPQAL_TOWN, people=3, raised=2, seconds=3, adopted=1
    )
    assert (entry.actor, entry.case) == (OFFICER.id, None)
    assert effects.meetings == (Ended(MEETING.id, NOW, MEETING.people),)
    assert effects.cancelled == (f"meeting/{MEETING.id}/",)
    told = {send.to: (send.message, send.priority) for send in effects.sends}
    over = MeetingOver(title=MEETING.title, raised=2, adopted=1)
    assert told[RESIDENT_PERSON] == told[NEIGHBOUR] == (over, Priority.NOTICE)
    assert told[OFFICER.person][0] == MeetingOver(title=MEETING.title, raised=2, adopted=1, people=3)


def test_the_clock_asks_for_a_decision_and_then_ends_it() -> None:
    """With nobody there to ask it is still ended; one that has ended is left alone."""
    asked = ask_to_settle(Hall(LATE, (matter(),)), OFFICER, "county_bot", NOW)
    assert [(send.to, send.priority) for send in asked.sends] == [(OFFICER.person, Priority.NOTICE)]
    assert ask_to_settle(Hall(LATE), None, "county_bot", NOW) == Effects()
    assert ask_to_settle(Hall(OVER), OFFICER, "county_bot", NOW) == Effects()
    ended = end_meeting(Hall(LATE), (NEIGHBOUR,), None, NOW)
    assert ended.entries[0].actor == "clock"
    assert [send.to for send in ended.sends] == [NEIGHBOUR]
    assert end_meeting(Hall(OVER), (NEIGHBOUR,), None, NOW) == Effects()


def test_of_equals_the_first_raised_comes_first() -> None:
    """The order is the same for everybody."""
    matters = (matter(3, NEIGHBOUR), matter(1), matter(2, NEIGHBOUR))
    assert [each.number for each in in_order(matters)] == [2, 3, 1]
