"""How an official is reminded of limits: all that fall together, what is late first.

Invariant: how long is left, or how late it is, is reckoned at the moment of telling, never at the moment of planning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.rules.message import (
    ReminderLine,
    ReminderNotice,
    RemindersSeen,
)
from bot.rules.reminder import TRANSLATION
from locales.facts import BLANK, due, matter
from locales.markup import Block
from locales.speech import Speech

_UNACCEPTED: Final = "unaccepted"
"""Beginning of the stages that are about the limit for signing, not the one for resolving."""

_TRIAGE: Final = "triage"
"""Beginning of the stages that are about finding a unit."""


def reminder_notice(speech: Speech, message: ReminderNotice, now: datetime) -> list[Block]:
    """Remind of limits, what is late first; the heading counts cases, of which one may have run out of two limits."""
    lines = sorted(message.lines, key=lambda line: (line.limit_at, line.case))
    total, late = len({line.case for line in lines}), len({line.case for line in lines if now >= line.limit_at})
    if all(now >= line.limit_at for line in lines):
        # tr: Heading of a reminder when every limit in it has passed.
        heading = speech.heading("Overdue ({total})", total=speech.number(late))
    elif late:
        # tr: Heading of a reminder when some of the limits in it have passed.
        heading = speech.heading("Reminder ({total}), overdue: {late}", total=speech.number(total), late=speech.number(late))
    else:
        # tr: Heading of a reminder of limits that will soon run out.
        heading = speech.heading("Reminder ({total})", total=speech.number(total))
    return [heading, *(block for line in lines for block in (BLANK, *_reminder(speech, line, now)))]


def reminders_seen(speech: Speech, message: RemindersSeen) -> list[Block]:
    """Stand in place of a reminder that was seen: which cases it was about, and until when they run."""
    # tr: Heading in place of a reminder, once the reader pressed Seen.
    heading = speech.heading("Seen ({total})", total=speech.number(len(message.cases)))
    lines = (
        block
        for line in message.cases
        for block in (BLANK, matter(speech, line.case, line.category, line.township), due(speech, line.due_at))
    )
    return [heading, *lines]


def _reminder(speech: Speech, line: ReminderLine, now: datetime) -> list[Block]:
    if line.stage.startswith(TRANSLATION):
        return _translation(speech, line, now)
    unit, moment = speech.unit(line.unit), speech.short_moment(line.limit_at, now)
    left, is_late = speech.length(abs(line.limit_at - now)), now >= line.limit_at
    is_just_out = timedelta() <= now - line.limit_at < timedelta(minutes=1)
    if line.stage.startswith(_TRIAGE) and is_late:
        # tr: In a reminder for supervisors: no unit has the case, and the limit for finding one has passed.
        told = speech.line("No unit has it, {late} late (was due {moment})", late=left, moment=moment)
    elif line.stage.startswith(_TRIAGE):
        # tr: In a reminder for supervisors: no unit has the case yet.
        told = speech.line("No unit has it yet, {left} left to find one (due {moment})", left=left, moment=moment)
    elif line.stage.startswith(_UNACCEPTED) and is_just_out:
        # tr: In a reminder: nobody has signed for the case, and the limit for that has run out this minute.
        told = speech.line("Not accepted yet, and the limit has just run out ({moment}) · {unit}", moment=moment, unit=unit)
    elif line.stage.startswith(_UNACCEPTED) and is_late:
        # tr: In a reminder: nobody has signed for the case, and the limit for that has passed.
        told = speech.line("Not accepted yet, {late} late (was due {moment}) · {unit}", late=left, moment=moment, unit=unit)
    elif line.stage.startswith(_UNACCEPTED):
        # tr: In a reminder: nobody has signed for the case yet.
        told = speech.line("Not accepted yet, {left} left (due {moment}) · {unit}", left=left, moment=moment, unit=unit)
    elif is_just_out:
        # tr: In a reminder: the deadline of a case has run out this minute.
        told = speech.line("The deadline has just run out ({moment}) · {unit}", moment=moment, unit=unit)
    elif is_late:
        # tr: In a reminder: the deadline of a case has passed.
        told = speech.line("Overdue for {late} (was due {moment}) · {unit}", late=left, moment=moment, unit=unit)
    else:
        # tr: In a reminder: the deadline of a case runs out soon.
        told = speech.line("{left} left (due {moment}) · {unit}", left=left, moment=moment, unit=unit)
    return [matter(speech, line.case, line.category, line.township), told]


def _translation(speech: Speech, line: ReminderLine, now: datetime) -> list[Block]:
    """Remind of words that wait to be translated."""
    unit, moment = speech.unit(line.unit), speech.short_moment(line.limit_at, now)
    length = speech.length(abs(line.limit_at - now))
    if timedelta() <= now - line.limit_at < timedelta(minutes=1):
        # tr: In a reminder: words of a case are not translated yet, and the limit for that has run out this minute.
        told = speech.line("Not translated, and the limit has just run out ({moment}) · {unit}", moment=moment, unit=unit)
    elif now >= line.limit_at:
        # tr: In a reminder: words of a case are not translated yet, and the limit for that has passed.
        told = speech.line("Not translated, {late} late (was due {moment}) · {unit}", late=length, moment=moment, unit=unit)
    else:
        # tr: In a reminder: words of a case are not translated yet.
        told = speech.line("Not translated yet, {left} left (due {moment}) · {unit}", left=length, moment=moment, unit=unit)
    return [matter(speech, line.case, line.category, line.township), told]
