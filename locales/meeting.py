"""What is read in a residents' meeting (群众议事厅): what was raised, and what can be decided about it.

Invariant: nothing that is shown says who raised or seconded a matter, but to those themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.rules.meeting import Standing
from bot.rules.message import (
    LinkPicture,
    MatterLine,
    MeetingCard,
    MeetingList,
    MeetingMessage,
    MeetingOver,
    MeetingPage,
    MeetingWanted,
    RaisedCard,
    RaiseWanted,
)
from locales.facts import BLANK, as_written
from locales.markup import Block, cleaned, code, shortened
from locales.speech import Speech

SHOWN_CHARACTERS: Final = 240
SHOWN_LINES: Final = 4
"""How much of each matter a list repeats, so that a page of them fits a phone."""


def blocks(speech: Speech, message: MeetingMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case MeetingPage():
            return meeting_page(speech, message, now)
        case MeetingCard():
            return meeting_card(speech, message, now)
        case RaisedCard():
            return raised_card(speech, message)
        case MeetingList():
            return meeting_list(speech, message)
        case MeetingWanted():
            return meeting_wanted(speech, message)
        case RaiseWanted(title=title):
            return [
                # tr: Heading in a residents' meeting: somebody is about to raise a matter; {title} is what it is about.
                speech.heading("Raise a matter: {title}", title=cleaned(title)),
                # tr: In a residents' meeting, before somebody writes what they want to raise.
                speech.line(
                    "Write in one message what is wrong or what you propose. Everybody in the meeting will read it."
                ),
                # tr: In a residents' meeting, before somebody writes what they want to raise.
                speech.line("Nobody sees that it was you. Leave out names and telephone numbers."),
                speech.line("To leave it: {command}", command="/cancel"),
            ]
        case MeetingOver():
            return meeting_over(speech, message)
        case LinkPicture(title=title, link=link):
            return [
                # tr: Over a picture with a square code that phones read; {title} is what a residents' meeting is about.
                speech.heading("{title}", title=cleaned(title)),
                # tr: Under a picture with a square code that phones read; {link} is what it leads to.
                speech.line("Whoever reads this code with a phone comes here: {link}", link=code(link)),
            ]


def meeting_page(speech: Speech, page: MeetingPage, now: datetime) -> list[Block]:
    """Show a meeting to somebody in it."""
    # tr: Heading of a residents' meeting; {title} is what it is about.
    said: list[Block] = [speech.heading("Residents' meeting: {title}", title=cleaned(page.title))]
    if page.holder is not None:
        # tr: Fact: which unit holds a residents' meeting.
        said.append(speech.line("Held by: {unit}", unit=speech.unit(page.holder)))
    said += _facts(speech, page, now)
    if not page.lines:
        # tr: In a residents' meeting in which nothing was raised yet.
        said += [BLANK, speech.line("Nothing has been raised yet. Be the first.")]
    for line in page.lines:
        said += [BLANK, *_line(speech, line)]
    if not page.has_ended:
        said += [
            BLANK,
            # tr: Under the list of a residents' meeting: what to do, and that it is anonymous.
            speech.line("Stand behind what matters to you too, or raise something of your own. Nobody sees who you are."),
        ]
    return said


def meeting_card(speech: Speech, card: MeetingCard, now: datetime) -> list[Block]:
    """Show a meeting to whoever holds it."""
    said: list[Block] = [
        speech.heading("Residents' meeting: {title}", title=cleaned(card.title)),
        *_facts(speech, card, now),
        # tr: Fact: how many people have joined a residents' meeting.
        speech.line("Have joined: {people}", people=speech.number(card.people)),
        # tr: Fact: how many matters were raised in a residents' meeting.
        speech.line("Raised: {total}", total=speech.number(card.total)),
    ]
    if not card.has_ended:
        # tr: Fact: the link by which people join a residents' meeting.
        said.append(speech.line("Whoever has this link may join: {link}", link=code(card.link)))
    for line in card.lines:
        said += [BLANK, *_line(speech, line)]
    if card.is_ending:
        said += [
            BLANK,
            # tr: Before a residents' meeting is ended by a button.
            speech.line("End it now? What is not adopted by then is erased, and everybody is told what came of it."),
        ]
    elif card.has_ended:
        # tr: The time of a residents' meeting is over; whoever holds it must still decide.
        said += [BLANK, speech.line("Nothing more can be raised. Decide about what is open, then end the meeting.")]
    return said


def _facts(speech: Speech, shown: MeetingPage | MeetingCard, now: datetime) -> list[Block]:
    place: list[Block] = []
    if shown.township is not None:
        place = [speech.line("Place: {township}", township=speech.township(shown.township))]
    if shown.has_ended:
        # tr: Fact: a residents' meeting is over.
        return [*place, speech.line("Open until: it is over")]
    # tr: Fact: until when a residents' meeting is open; {moment} is a date and time.
    return [*place, speech.line("Open until: {moment}", moment=speech.short_moment(shown.ends_at, now))]


def _line(speech: Speech, line: MatterLine) -> list[Block]:
    words, is_cut = shortened(line.words, SHOWN_CHARACTERS, SHOWN_LINES)
    fields = {"number": speech.number(line.number), "category": speech.category(line.category)}
    # tr: A matter in the list of a residents' meeting: its number and what it is about.
    head: list[Block] = [speech.line("No. {number}, {category}", **fields)]
    head += as_written(speech, f"{words}…" if is_cut else words)
    # tr: A matter in the list of a residents' meeting: how many others stand behind it.
    head.append(speech.line("Stand behind it: {seconds}", seconds=speech.number(line.seconds)))
    if line.is_own:
        # tr: A matter in the list of a residents' meeting, to whoever raised it; nobody else reads this.
        head.append(speech.line("You raised it."))
    elif line.is_seconded:
        # tr: A matter in the list of a residents' meeting, to somebody who seconded it.
        head.append(speech.line("You stand behind it."))
    return [*head, *_standing(speech, line.standing, line.case)]


def _standing(speech: Speech, standing: Standing, case: str | None) -> list[Block]:
    if standing is Standing.ADOPTED and case is not None:
        # tr: A matter of a residents' meeting became a case; {case} is its number.
        return [speech.line("Adopted: {case}", case=code(case))]
    if standing is Standing.DECLINED:
        # tr: A matter of a residents' meeting does not become a case.
        return [speech.line("Not adopted")]
    return []


def raised_card(speech: Speech, card: RaisedCard) -> list[Block]:
    """Show one matter whole."""
    said: list[Block] = [
        # tr: Heading: one matter of a residents' meeting.
        speech.heading("Matter no. {number}", number=speech.number(card.number)),
        *as_written(speech, card.words),
        speech.line("Kind: {kind}", kind=speech.kind(card.kind)),
        speech.line("Category: {category}", category=speech.category(card.category)),
        speech.line("Stand behind it: {seconds}", seconds=speech.number(card.seconds)),
        *_standing(speech, card.standing, card.case),
    ]
    if card.standing is Standing.OPEN:
        said += [
            BLANK,
            # tr: To whoever holds a residents' meeting: what adopting a matter means.
            speech.line("Adopted, it becomes a case. Whoever raised it and all who stand behind it get a receipt."),
        ]
    return said


def meeting_list(speech: Speech, message: MeetingList) -> list[Block]:
    """List the meetings that somebody holds."""
    # tr: Heading for officials: the residents' meetings that they hold.
    said: list[Block] = [speech.heading("Your residents' meetings")]
    if not message.lines:
        # tr: An official holds no residents' meeting.
        said.append(speech.line("None is open."))
    # tr: One residents' meeting in a list: what it is about, and until when.
    said += [
        speech.line("{title}, until {moment}", title=cleaned(each.title), moment=speech.moment(each.ends_at))
        for each in message.lines
    ]
    return said


def meeting_wanted(speech: Speech, message: MeetingWanted) -> list[Block]:
    """Ask where, for how long, and about what."""
    # tr: Heading: an official opens a residents' meeting.
    said: list[Block] = [speech.heading("Open a residents' meeting")]
    if not message.is_placed:
        # tr: Question to an official who opens a residents' meeting.
        return [*said, speech.line("For which township?")]
    if message.township is not None:
        said.append(speech.line("Place: {township}", township=speech.township(message.township)))
    if message.hours is None:
        # tr: Question to an official who opens a residents' meeting.
        return [*said, speech.line("For how long may people raise matters?")]
    return [
        *said,
        # tr: Question to an official who opens a residents' meeting: the answer is its title.
        speech.line("What is it about? Write it in a few words; everybody will read them."),
        speech.line("To leave it: {command}", command="/cancel"),
    ]


def meeting_over(speech: Speech, over: MeetingOver) -> list[Block]:
    """Tell what came of a meeting."""
    said: list[Block] = [
        # tr: Heading: a residents' meeting is over; {title} is what it was about.
        speech.heading("The meeting is over: {title}", title=cleaned(over.title)),
        speech.line("Raised: {total}", total=speech.number(over.raised)),
        # tr: Fact: how many matters of a residents' meeting became cases.
        speech.line("Became cases: {adopted}", adopted=speech.number(over.adopted)),
    ]
    if over.people is not None:
        said.append(speech.line("Have joined: {people}", people=speech.number(over.people)))
        return said
    # tr: To those who were in a residents' meeting; {command} is /my.
    said.append(speech.line("If yours is among them, you have a receipt: {command}", command="/my"))
    # tr: To those who were in a residents' meeting that is over.
    said.append(speech.line("Who raised or seconded what is erased."))
    return said
