"""What leads and admins read about those who work here.

Invariant: nobody is named; an official is a function and the end of a sign.
"""

from __future__ import annotations

from bot.rules.message import CasesHandedOn, InvitationLink, RoleEnded, StaffCard, StaffGone, StaffLine, StaffList
from locales.facts import BLANK, due, matter
from locales.leave import SIGN
from locales.markup import Block, code
from locales.speech import Speech


def staff_list(speech: Speech, message: StaffList) -> list[Block]:
    """Show who works for a unit, or for none."""
    if message.unit is None:
        # tr: Heading: officials who work for no unit, such as supervisors and admins; {total} is how many.
        heading = speech.heading("Without a unit ({total})", total=speech.number(len(message.lines)))
    else:
        # tr: Heading: the officials of a unit; {total} is how many.
        heading = speech.heading(
            "{unit}: officials ({total})", unit=speech.unit(message.unit), total=speech.number(len(message.lines))
        )
    lines: list[Block] = [block for line in message.lines for block in (BLANK, *_member(speech, line))]
    if not lines:
        # tr: A unit has no officials yet.
        lines = [speech.line("Nobody yet")]
    return [heading, *lines]


def staff_card(speech: Speech, message: StaffCard) -> list[Block]:
    """Show one official."""
    blocks = _member(speech, message.line)
    if message.unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(message.unit)))
    if message.is_sure:
        # tr: Asks a lead or an admin once more before an official's role ends.
        blocks.append(speech.line("End this role now? Their buttons stop working at once; their cases go on."))
    return blocks


def staff_gone(speech: Speech, message: StaffGone) -> list[Block]:
    """Tell that a role has ended, and which cases need somebody in charge."""
    role, sign = speech.role(message.role), message.staff[-SIGN:]
    # tr: Heading: an official's role has ended.
    blocks: list[Block] = [speech.heading("A role has ended")]
    # tr: Fact: an official by function and the last characters of their sign.
    blocks.append(speech.line("{role}, sign {sign}", role=role, sign=sign))
    if message.total:
        # tr: How many open cases an official had in charge whose role has ended.
        blocks.append(speech.line("Cases that need somebody in charge: {total}", total=speech.number(message.total)))
    for line in message.cases:
        blocks += [matter(speech, line.case, line.category, line.township), due(speech, line.due_at)]
    return blocks


def role_ended(speech: Speech, message: RoleEnded) -> list[Block]:
    """Tell somebody that they no longer hold a role."""
    # tr: Heading: the reader no longer holds a role.
    heading = speech.heading("Your role has ended")
    # tr: Fact: the role of an official.
    blocks: list[Block] = [heading, speech.line("Role: {role}", role=speech.role(message.role))]
    if message.unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(message.unit)))
    return blocks


def cases_handed_on(speech: Speech, message: CasesHandedOn) -> list[Block]:
    """Tell who is in charge of cases from now on."""
    # tr: Heading: cases of one official are in charge of another one from now on.
    blocks: list[Block] = [speech.heading("Handed on ({total})", total=speech.number(len(message.cases)))]
    # tr: Fact: who is in charge now, by the last characters of their sign.
    blocks.append(speech.line("In charge now: colleague {sign}", sign=message.staff[-SIGN:]))
    for line in message.cases:
        blocks += [matter(speech, line.case, line.category, line.township), due(speech, line.due_at)]
    return blocks


def invitation_link(speech: Speech, message: InvitationLink) -> list[Block]:
    """Give a lead or an admin the link that they hand to somebody."""
    blocks: list[Block] = [
        # tr: Heading: a one-time link that gives a role to whoever opens it.
        speech.heading("Invitation"),
        # tr: Fact: the role of an official.
        speech.line("Role: {role}", role=speech.role(message.role)),
    ]
    if message.unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(message.unit)))
    return [
        *blocks,
        # tr: Fact: the one-time link itself.
        speech.line("Link: {link}", link=code(message.link)),
        # tr: How a one-time link is handed on.
        speech.line("Give it only to the one it is for. It can be opened once."),
        # tr: Fact: until when a one-time link can be opened.
        speech.line("Good until {moment}", moment=speech.moment(message.expires_at)),
    ]


def _member(speech: Speech, line: StaffLine) -> list[Block]:
    role, sign = speech.role(line.role), line.staff[-SIGN:]
    # tr: Fact: an official by function and the last characters of their sign.
    blocks: list[Block] = [speech.line("{role}, sign {sign}", role=role, sign=sign)]
    if line.cases:
        # tr: Fact: how many open cases an official has in charge.
        blocks.append(speech.line("Cases in charge: {total}", total=speech.number(line.cases)))
    if line.away_until is not None:
        # tr: Fact: an official is on leave; {last} is the last day.
        blocks.append(speech.line("On leave until {last}", last=speech.short_day(line.away_until)))
    if not line.is_reachable:
        # tr: Fact: an official blocked the bot or deleted their account.
        blocks.append(speech.line("Cannot be reached"))
    return blocks
