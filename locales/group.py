"""What is read in and about the work groups of units.

Invariant: nothing of a case is said in a group but its number.
"""

from __future__ import annotations

from bot.rules.message import GroupJoined, GroupLink, GroupMessage, GroupNotice, GroupWelcome
from bot.rules.tasks import Only
from locales.markup import Block, code
from locales.speech import Speech


def blocks(speech: Speech, message: GroupMessage) -> list[Block]:
    """Say a message about groups; the union is matched whole."""
    match message:
        case GroupLink():
            return _link(speech, message)
        case GroupJoined():
            return _joined(speech, message)
        case GroupWelcome():
            return _welcome(speech, message)
        case GroupNotice():
            return _notice(speech, message)


def _link(speech: Speech, message: GroupLink) -> list[Block]:
    return [
        # tr: Heading for a lead: how to link a work group (a chat of several colleagues) to the unit.
        speech.heading("Work group of the unit"),
        # tr: Fact: the unit an official works for.
        speech.line("Works for: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: the link that puts the bot into a group; it works once.
        speech.line("Open this link and choose the group: {link}", link=code(message.link)),
        # tr: Fact: what can be written in the group instead of opening the link; it works once.
        speech.line("Or write this in the group: {command}", command=code(message.command)),
        # tr: Fact: until when a one-time link can be opened.
        speech.line("Good until {moment}", moment=speech.moment(message.expires_at)),
        # tr: What a linked group reads.
        speech.line("The group reads counts and case numbers only, never what anybody wrote."),
        # tr: Fact: how many groups are linked to the unit.
        speech.line("Groups linked: {total}", total=speech.number(message.groups)),
    ]


def _joined(speech: Speech, message: GroupJoined) -> list[Block]:
    if not message.groups:
        # tr: Heading for a lead: no group is linked to the unit any more.
        return [speech.heading("No group is linked any more")]
    return [
        # tr: Heading for a lead: a group was linked to the unit with the code that they were given.
        speech.heading("A group was linked to your unit"),
        # tr: Fact: how many groups are linked to the unit.
        speech.line("Groups linked: {total}", total=speech.number(message.groups)),
        # tr: For a lead, so that a stolen code is noticed; {command} is /group.
        speech.line("If you do not expect this, end it: {command}", command="/group"),
    ]


def _welcome(speech: Speech, message: GroupWelcome) -> list[Block]:
    return [
        # tr: Heading in a group that has just been linked to a unit.
        speech.heading("{unit}: work group", unit=speech.unit(message.unit)),
        # tr: In a group that has just been linked: what will come here.
        speech.line("Here comes how many cases are open, and the numbers of those that are late."),
        # tr: In a group that has just been linked: what must not be written there.
        speech.line("Nothing said here is taken. Open a case in a private chat with me."),
    ]


def _notice(speech: Speech, message: GroupNotice) -> list[Block]:
    counts = dict(message.counts)
    unit = speech.unit(message.unit)
    # tr: Fact: the number of a case, such as CB-2026-000123.
    numbers = [speech.line("Number: {case}", case=code(number)) for number in message.late]
    if not counts:
        # tr: Heading in a unit's group: cases have become late; their numbers follow.
        return [speech.heading("{unit}: now overdue", unit=unit), *numbers]
    shown: list[Block] = [
        # tr: Heading in a unit's group, in the morning or when cases have become late.
        speech.heading("{unit}: open cases ({total})", unit=unit, total=speech.number(counts.get(Only.UNIT, 0))),
        # tr: In a unit's group: how many cases nobody has signed for.
        speech.line("Not accepted: {total}", total=speech.number(counts.get(Only.UNACCEPTED, 0))),
        # tr: In a unit's group: how many cases are past their limit.
        speech.line("Overdue: {total}", total=speech.number(counts.get(Only.OVERDUE, 0))),
    ]
    return [*shown, *numbers]
