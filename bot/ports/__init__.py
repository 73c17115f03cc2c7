"""What the house needs from outside, as protocols; whoever implements one does not know who calls it.

Every value that crosses a port is frozen. A port that reads never changes anything.
"""

from __future__ import annotations

from bot.ports.backlog import Backlog, BacklogStore
from bot.ports.clock import Clock, Randomness
from bot.ports.county_file import CountyFile, InForce, Proposal, Unfit
from bot.ports.delivery import (
    ANY_NUMBER,
    Anew,
    Courier,
    DelayStore,
    Failed,
    Fate,
    Letter,
    Moved,
    OutboxStore,
    Post,
    Postponed,
    Sent,
)
from bot.ports.intake import Arrival, Duty, DutyStore, InboxStore, SetAside, UpdateSource
from bot.ports.printing import Press
from bot.ports.reading import Desk, Held, Reader, Rest, TiedCase
from bot.ports.work import Decision, Dispatcher, EndedCase, EndedPage, PendingStore, Sender, Taken, WorkStore

__all__ = [
    "ANY_NUMBER",
    "Anew",
    "Arrival",
    "Backlog",
    "BacklogStore",
    "Clock",
    "CountyFile",
    "Courier",
    "Decision",
    "DelayStore",
    "Desk",
    "Dispatcher",
    "Duty",
    "DutyStore",
    "EndedCase",
    "EndedPage",
    "Failed",
    "Fate",
    "Held",
    "InForce",
    "InboxStore",
    "Letter",
    "Moved",
    "OutboxStore",
    "PendingStore",
    "Post",
    "Postponed",
    "Press",
    "Proposal",
    "Randomness",
    "Reader",
    "Rest",
    "Sender",
    "Sent",
    "SetAside",
    "Taken",
    "TiedCase",
    "Unfit",
    "UpdateSource",
    "WorkStore",
]
