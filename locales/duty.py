"""What is read about duty (值班): by leads and admins who say who keeps it, and by whoever does.

Invariant: nobody is named; a colleague is a function and the end of a sign.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.identity import StaffId, UnitId
from bot.rules.message import DutyCard, DutyChanged, DutyGap, ShiftLine
from locales.facts import BLANK
from locales.leave import SIGN
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: DutyCard | DutyChanged | DutyGap) -> list[Block]:
    """Say a message about duty; the union is matched whole."""
    match message:
        case DutyCard():
            return duty_card(speech, message)
        case DutyChanged():
            return duty_changed(speech, message)
        case DutyGap():
            return duty_gap(speech, message)


def duty_card(speech: Speech, message: DutyCard) -> list[Block]:
    """Show who is on duty, where nobody is, and what is chosen."""
    # tr: Heading: who is woken at night and on days off (值班).
    shown: list[Block] = [speech.heading("On duty"), _post(speech, message.unit)]
    for place, line in enumerate(message.lines, start=1):
        shown += [BLANK, *_shift(speech, place, line)]
    if not message.lines:
        # tr: No duty is entered for this unit, or for the county.
        shown.append(speech.line("Nobody is entered yet"))
    if message.gap is not None:
        # tr: Warns that in the coming night or on the coming days off nobody is on duty for some time; the times follow.
        shown += [BLANK, speech.line("Nobody is on duty when the offices are shut next:"), _times(speech, *message.gap)]
    if message.options:
        # tr: Heading over what a lead or an admin has chosen so far: who is to be on duty, from when until when.
        shown += [BLANK, speech.line("New shift:"), _colleague(speech, message.chosen)]
        shown.append(_times(speech, message.begins_at, message.ends_at))
    elif message.chosen is None:
        # tr: What being on duty means.
        shown.append(speech.line("At night and on days off emergencies and supply failures go to whoever is on duty."))
    return shown


def duty_changed(speech: Speech, message: DutyChanged) -> list[Block]:
    """Tell somebody that they are on duty, or no longer."""
    facts = [_post(speech, message.unit), _times(speech, message.begins_at, message.ends_at)]
    if message.is_off:
        # tr: Heading: a duty of the reader was taken off them.
        return [speech.heading("You are not on duty any more"), *facts]
    # tr: Heading: somebody put the reader on duty.
    heading = speech.heading("You are on duty")
    # tr: What being on duty means, for the one who is.
    return [heading, *facts, speech.line("At night and on days off emergencies and supply failures come to you at once.")]


def duty_gap(speech: Speech, message: DutyGap) -> list[Block]:
    """Report that nobody will be on duty."""
    return [
        # tr: Heading of a report to leads and admins, before the offices shut.
        speech.heading("Nobody is on duty"),
        _post(speech, message.unit),
        _times(speech, message.begins_at, message.ends_at),
        # tr: What happens to emergencies when nobody is on duty, and what to do about it.
        speech.line("Emergencies would wake everybody in the unit. Enter somebody with {command}.", command="/duty"),
    ]


def _post(speech: Speech, unit: UnitId | None) -> Block:
    if unit is None:
        # tr: Fact: a duty is for all units of the county.
        return speech.line("For: the whole county")
    # tr: Fact: the unit that a duty is for.
    return speech.line("For: {unit}", unit=speech.unit(unit))


def _shift(speech: Speech, place: int, line: ShiftLine) -> list[Block]:
    role, sign = speech.role(line.role), line.staff[-SIGN:]
    # tr: One duty in a numbered list: an official by function and the last characters of their sign.
    who = speech.line("{place}. {role}, sign {sign}", place=speech.number(place), role=role, sign=sign)
    return [who, _times(speech, line.begins_at, line.ends_at)]


def _colleague(speech: Speech, staff: StaffId | None) -> Block:
    # tr: Fact: who is chosen for a duty, by the last characters of their sign.
    return speech.line("Who: colleague {sign}", sign="–" if staff is None else staff[-SIGN:])


def _times(speech: Speech, begins_at: datetime, ends_at: datetime) -> Block:
    # tr: Fact: from when until when somebody, or nobody, is on duty.
    return speech.line("{begin} to {end}", begin=speech.moment(begins_at), end=speech.moment(ends_at))
