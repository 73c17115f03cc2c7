"""What is read about leave: by whoever goes, by the lead, by the deputy.

Invariant: nobody is named; a colleague is a function and the end of a sign.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.rules.identity import StaffId
from bot.rules.message import ColleagueAway, ColleagueBack, LeaveCard
from bot.rules.message.official import Away
from locales.markup import Block
from locales.speech import Speech

SIGN = 4
"""Characters of a sign by which colleagues tell each other apart."""


def leave_card(speech: Speech, message: LeaveCard) -> list[Block]:
    """Show what is chosen, or until when somebody is away."""
    first, last = speech.short_day(message.begins_at), speech.short_day(message.last_at)
    # tr: Heading: the reader is choosing when to be away.
    heading = speech.heading("Leave")
    if message.is_taken:
        # tr: Heading: the reader has taken leave.
        heading = speech.heading("You are on leave")
    # tr: Fact: first and last day of a leave.
    days = speech.line("From {first} to {last}", first=first, last=last)
    blocks: list[Block] = [heading, days, _deputy(speech, message.deputy), *own_sign(speech, message.staff)]
    if not message.is_taken:
        # tr: What taking leave means.
        blocks.append(speech.line("Notices and reminders go to the deputy meanwhile. The lead is told."))
    return blocks


def colleague_away(speech: Speech, message: ColleagueAway) -> list[Block]:
    """Tell a lead or a deputy who is away."""
    first, last = speech.short_day(message.begins_at), speech.short_day(message.last_at)
    blocks: list[Block] = [
        # tr: Heading for a lead or a deputy: a colleague goes on leave.
        speech.heading("A colleague is on leave"),
        *_who(speech, message),
        # tr: Fact: first and last day of a leave.
        speech.line("From {first} to {last}", first=first, last=last),
    ]
    if message.is_deputy:
        # tr: For the deputy of a colleague who is on leave.
        return [*blocks, speech.line("You are the deputy: what is meant for them comes to you.")]
    return [*blocks, _deputy(speech, message.deputy)]


def colleague_back(speech: Speech, message: ColleagueBack) -> list[Block]:
    """Tell that somebody is back."""
    # tr: Heading: an official is back from leave.
    return [speech.heading("Back from leave"), *_who(speech, message)]


def away(speech: Speech, colleagues: Iterable[Away]) -> list[Block]:
    """Say of colleagues who could be chosen, and are on leave, until when, and who is told in their stead."""
    told: list[Block] = []
    for each in colleagues:
        sign, last = each.staff[-SIGN:], speech.short_day(each.last_at)
        if each.deputy is None:
            # tr: Of a colleague to whom a case could be handed: on leave up to and with the day named; no deputy.
            told.append(speech.line("Colleague {sign}: on leave until {last}, no deputy", sign=sign, last=last))
            continue
        # tr: Of a colleague to whom a case could be handed: on leave up to and with the day named; the deputy.
        said = speech.line(
            "Colleague {sign}: on leave until {last}, deputy: colleague {deputy}",
            sign=sign,
            last=last,
            deputy=each.deputy[-SIGN:],
        )
        told.append(said)
    return told


def _who(speech: Speech, message: ColleagueAway | ColleagueBack) -> list[Block]:
    role, sign = speech.role(message.role), message.staff[-SIGN:]
    # tr: Fact: an official by function and the last characters of their sign.
    blocks: list[Block] = [speech.line("{role}, sign {sign}", role=role, sign=sign)]
    if message.unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(message.unit)))
    return blocks


def own_sign(speech: Speech, staff: StaffId | None) -> list[Block]:
    """Tell an official their own sign, by which colleagues find them on buttons; nothing where it is not known."""
    if staff is None:
        return []
    # tr: Fact for an official: the last characters of their own sign; on buttons colleagues see it instead of a name.
    return [speech.line("Your sign: {sign} (it stands for you where colleagues choose somebody)", sign=staff[-SIGN:])]


def _deputy(speech: Speech, deputy: StaffId | None) -> Block:
    if deputy is None:
        # tr: Fact: who is on leave has no deputy.
        return speech.line("No deputy: it goes to the lead")
    # tr: Fact: the deputy of somebody who is on leave, by the last characters of their sign.
    return speech.line("Deputy: colleague {sign}", sign=deputy[-SIGN:])
