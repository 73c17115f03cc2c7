"""When people may be written to: nobody in quiet hours, officials in office hours, all of them while they are here.

What answers somebody's own message or tap goes out at once, and so does what concerns a class that runs round the clock.
Whoever has just written is awake: what is held back for them is let go by the store while that lasts (AWAKE_FOR).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, get_args

from msgspec.structs import replace

from bot.rules.calendar import Calendar
from bot.rules.county import Period
from bot.rules.effect import Effects, Priority, Send
from bot.rules.message import (
    AdminMessage,
    AdminWanted,
    DigestFile,
    DigestPage,
    OfficialMessage,
    OperatorMessage,
    SignMessage,
    TaskWithdrawn,
)

AWAKE_FOR: Final = timedelta(minutes=30)
"""How long after their last message or tap somebody is taken to be there."""

AT_THEIR_MOMENT: Final = (DigestPage, DigestFile)
"""What the county file has a moment for."""

SOON: Final = (AdminWanted,)
"""What does not wait for the office, as a link is good for two days only; it waits for the morning."""

TO_OFFICIALS: Final = (
    *({*get_args(OfficialMessage), *get_args(AdminMessage), *get_args(OperatorMessage)} - {*AT_THEIR_MOMENT, *SOON}),
    *get_args(SignMessage),
    TaskWithdrawn,
)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Courtesy:
    """A county's manners.

    Attributes:
        quiet: local times between which nobody is written to; may cross midnight.
        calendar: when offices are open.
    """

    quiet: Period
    calendar: Calendar

    def applied(self, effects: Effects, now: datetime) -> Effects:
        """Hold back each notice until its reader may be written to."""
        if not any(send.priority is Priority.NOTICE for send in effects.sends):
            return effects
        return replace(effects, sends=tuple(self._considerate(send, now) for send in effects.sends))

    def _considerate(self, send: Send, now: datetime) -> Send:
        if send.priority is not Priority.NOTICE or isinstance(send.message, AT_THEIR_MOMENT):
            return send
        for_office = isinstance(send.message, TO_OFFICIALS)
        begins_at = self.calendar.next_opening(now) if for_office else self.waking(now)
        return replace(send, not_before=begins_at) if begins_at > now else send

    def waking(self, at: datetime) -> datetime:
        """Return `at`, or the end of the quiet hours that it falls in."""
        local = at.astimezone(self.calendar.zone)
        begins, ends = self.quiet.opens, self.quiet.closes
        clock = local.time()
        is_quiet = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
        if not is_quiet:
            return at
        on = local.date() if clock < ends else local.date() + _DAY
        return datetime.combine(on, ends, self.calendar.zone).astimezone(UTC)
