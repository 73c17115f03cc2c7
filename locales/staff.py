"""Who works here: what someone reads who takes a role, and what admins read about it.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from bot.rules.county import Role
from bot.rules.identity import StaffId, UnitId
from bot.rules.message import (
    StaffJoined,
    StaffUnreachable,
    StaffWelcome,
)
from locales.facts import BLANK
from locales.leave import SIGN, own_sign
from locales.markup import Block
from locales.speech import Speech


def staff_welcome(speech: Speech, message: StaffWelcome) -> list[Block]:
    """Tell someone which role they now hold."""
    return [
        # tr: Heading: an official opened an invitation link and has a role now.
        speech.heading("You are registered"),
        *_membership(speech, message.role, message.unit),
        *own_sign(speech, message.sign),
        BLANK,
        _first(speech, message.role),
    ]


def _first(speech: Speech, role: Role) -> Block:
    """Say what whoever has a role now does first."""
    match role:
        case Role.ADMIN:
            # tr: What an admin does first; {command} is /digest.
            return speech.line("The county's digest: {command}", command="/digest")
        case Role.SUPERVISOR:
            # tr: What a supervisor does first; {command} is /triage.
            return speech.line("What needs you comes here by itself. Cases that no unit has: {command}", command="/triage")
        case Role.OPERATOR:
            # tr: What an operator does first; {command} is /hotline.
            return speech.line("When somebody phones, enter it: {command}", command="/hotline")
        case Role.TRANSLATOR:
            # tr: What a translator does first; {command} is /translate.
            return speech.line("What is to be translated comes here by itself. All of it: {command}", command="/translate")
        case Role.OFFICER | Role.LEAD:
            # tr: What an official does first; {command} is /tasks.
            return speech.line("New cases will come here by themselves. All open ones: {command}", command="/tasks")


def staff_joined(speech: Speech, message: StaffJoined) -> list[Block]:
    """Tell the admins that an invitation was used."""
    return [
        # tr: Heading for admins: somebody opened an invitation link.
        speech.heading("An invitation was used"),
        *_membership(speech, message.role, message.unit),
        # tr: For admins, so that a stolen link is noticed.
        speech.line("If you do not expect this, look into it at once."),
    ]


def staff_unreachable(speech: Speech, message: StaffUnreachable) -> list[Block]:
    """Tell whoever answers for a unit that an official cannot be written to."""
    sign = [] if message.staff is None else [_sign(speech, message.staff)]
    total = speech.number(message.cases)
    # tr: How many open cases an official has in charge who cannot be reached any more.
    held = [speech.line("Cases that need somebody in charge: {total}", total=total)] if message.cases else []
    return [
        # tr: Heading for a lead or admin: an official blocked the bot, or their account is gone.
        speech.heading("An official can no longer be reached"),
        *_membership(speech, message.role, message.unit),
        *sign,
        *held,
        # tr: For a lead or admin: what an unreachable official means and what to do.
        speech.line("They get no cases and no reminders. Ask them to open the bot again, or hand their cases over."),
    ]


def admin_wanted(speech: Speech) -> list[Block]:
    """Ask an admin whether someone may become one."""
    return [
        # tr: Heading for admins: somebody opened a link for an admin and waits.
        speech.heading("Someone wants to become an admin"),
        # tr: For admins: what to do before they answer with a button.
        speech.line("Agree only if you know who it is: ask in person or by telephone."),
    ]


def _sign(speech: Speech, staff: StaffId) -> Block:
    # tr: Fact: the last characters of the sign by which colleagues tell each other apart.
    return speech.line("Sign: {sign}", sign=staff[-SIGN:])


def _membership(speech: Speech, role: Role, unit: UnitId | None) -> list[Block]:
    # tr: Fact: the role of an official.
    blocks: list[Block] = [speech.line("Role: {role}", role=speech.role(role))]
    if unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(unit)))
    return blocks
