"""How an official is reminded of limits: all that fall together, what is late first.

Invariant: how long is left, or how late it is, is reckoned at the moment of telling, never at the moment of planning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from bot.rules.message import (
    ReminderLine,
    ReminderNotice,
    RemindersSeen,
)
from bot.rules.reminder import TRANSLATION
from locales.catalogue import Phrase
from locales.facts import BLANK, due, matter
from locales.markup import Block
from locales.speech import Speech

_TRIAGE: Final = "triage:"
_UNACCEPTED: Final = "unaccepted:"
_RESOLVING: Final = ""
"""What a limit is for: finding a unit, signing, resolving; that for translating is named in the rules."""


class Standing(Enum):
    """How it stands with a limit when somebody is told of it."""

    AHEAD = auto()
    JUST_OUT = auto()  # within this minute
    LATE = auto()


_TOLD: Final = {
    # tr: In a reminder for supervisors: no unit has the case yet.
    (_TRIAGE, Standing.AHEAD): Phrase("", "No unit has it yet, {length} left to find one (due {moment})"),
    # tr: In a reminder for supervisors: no unit has the case, and the limit for finding one has run out this minute.
    (_TRIAGE, Standing.JUST_OUT): Phrase("", "No unit has it, and the limit for finding one has just run out ({moment})"),
    # tr: In a reminder for supervisors: no unit has the case, and the limit for finding one has passed.
    (_TRIAGE, Standing.LATE): Phrase("", "No unit has it, {length} late (was due {moment})"),
    # tr: In a reminder: nobody has signed for the case yet.
    (_UNACCEPTED, Standing.AHEAD): Phrase("", "Not accepted yet, {length} left (due {moment}) · {unit}"),
    # tr: In a reminder: nobody has signed for the case, and the limit for that has run out this minute.
    (_UNACCEPTED, Standing.JUST_OUT): Phrase("", "Not accepted yet, and the limit has just run out ({moment}) · {unit}"),
    # tr: In a reminder: nobody has signed for the case, and the limit for that has passed.
    (_UNACCEPTED, Standing.LATE): Phrase("", "Not accepted yet, {length} late (was due {moment}) · {unit}"),
    # tr: In a reminder: the deadline of a case runs out soon.
    (_RESOLVING, Standing.AHEAD): Phrase("", "{length} left (due {moment}) · {unit}"),
    # tr: In a reminder: the deadline of a case has run out this minute.
    (_RESOLVING, Standing.JUST_OUT): Phrase("", "The deadline has just run out ({moment}) · {unit}"),
    # tr: In a reminder: the deadline of a case has passed.
    (_RESOLVING, Standing.LATE): Phrase("", "Overdue for {length} (was due {moment}) · {unit}"),
    # tr: In a reminder: words of a case are not translated yet.
    (TRANSLATION, Standing.AHEAD): Phrase("", "Not translated yet, {length} left (due {moment}) · {unit}"),
    # tr: In a reminder: words of a case are not translated yet, and the limit for that has run out this minute.
    (TRANSLATION, Standing.JUST_OUT): Phrase("", "Not translated, and the limit has just run out ({moment}) · {unit}"),
    # tr: In a reminder: words of a case are not translated yet, and the limit for that has passed.
    (TRANSLATION, Standing.LATE): Phrase("", "Not translated, {length} late (was due {moment}) · {unit}"),
}
"""What is told of a limit, by what it is for and how it stands."""


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
    told = speech.paragraph(
        _TOLD[_about(line.stage), _how_late(line.limit_at, now)],
        length=speech.length(abs(line.limit_at - now)),
        moment=speech.short_moment(line.limit_at, now),
        unit=speech.unit(line.unit),
    )
    return [matter(speech, line.case, line.category, line.township), told]


def _about(stage: str) -> str:
    """Say which limit a stage is about; what names none is about the one for resolving."""
    named = stage.partition(":")[0] + ":"
    return named if named in {_TRIAGE, _UNACCEPTED, TRANSLATION} else _RESOLVING


def _how_late(limit_at: datetime, now: datetime) -> Standing:
    """Say how it stands with a limit at the moment of telling."""
    late = now - limit_at
    if late < timedelta():
        return Standing.AHEAD
    return Standing.JUST_OUT if late < timedelta(minutes=1) else Standing.LATE
