"""The kinds of ledger entries: what was decided, by whom, when, as plain facts.

No personal word, name, Telegram id, phone number or place finer than a township is ever in an entry. A kind never changes
once it is in a ledger: a new need is a new class with the next VERSION, and the old class stays so that it can be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final, TypeAlias, get_args

import msgspec

from bot.rules.entry.beside import (
    Announced,
    BesideFact,
    CallbackAsked,
    CodeClosed,
    CodeRenewed,
    Commented,
    ContentErased,
    FileAdded,
    FixedSaid,
    FollowedUp,
    IdentityAsked,
    IdentityDecided,
    Looked,
    Noted,
    PressRefused,
    ReminderDecided,
    ReminderFact,
    ReminderSeen,
    ReminderTold,
    Replied,
    TieCut,
    Translated,
    VoiceLinked,
)
from bot.rules.entry.card import (
    CardFact,
    CardObjected,
    CardPublished,
    CardShown,
    ObjectionAnswered,
    PointsDecided,
    PointsGiven,
)
from bot.rules.entry.fact import (
    Channel,
    Closing,
    Erasing,
    Fact,
    Look,
    ReopenReason,
    Resuming,
    Solved,
    Source,
)
from bot.rules.entry.house import (
    CountyChanged,
    GroupLinked,
    GroupsUnlinked,
    HouseFact,
    InvitationRefused,
    Invited,
    InvitedAtFirst,
    Joined,
    JoinedAtFirst,
    LeaveEnded,
    LeaveTaken,
    MeetingHeld,
    MilestonePictured,
    MilestoneReached,
    PhotosErased,
    ProjectJudged,
    Restored,
    ShiftDropped,
    ShiftEntered,
    StaffEnded,
    UpdateDropped,
    UpdateRetried,
    Visited,
)
from bot.rules.entry.life import (
    Accepted,
    Added,
    Asked,
    Assigned,
    CalledBack,
    CaseFact,
    Closed,
    Concerned,
    ExtensionAsked,
    ExtensionDenied,
    ExtensionGranted,
    Filed,
    Merged,
    PersonAsked,
    Rated,
    RatedAtFirst,
    Reassigned,
    Reclassified,
    Refused,
    Reopened,
    Resolved,
    Resumed,
    Transferred,
    UnitAdded,
    UnitReleased,
    Urged,
    VoiceAdded,
    VoiceLeft,
    VoiceReturned,
    Withdrawn,
)
from bot.rules.entry.measure import MeasureDone, MeasureFact, MeasureSet, ProposalDropped, ProposalNoted
from bot.rules.entry.sign import (
    SignAnswered,
    SignAsked,
    SignClosed,
    SignFact,
    SignGraded,
    SignOver,
    SignRaised,
    SignReferred,
)
from bot.rules.entry.survey import SurveyBegun, SurveyCounted, SurveyEnded, SurveyFact, SurveyPledged
from bot.rules.entry.week import (
    CallbackDrawn,
    Counted,
    SeedPublished,
    VoiceCounted,
    WeekCounted,
    WeekCountedAtFirst,
    WeekFact,
)
from bot.rules.identity import CaseNumber

__all__ = [
    "CLOCK",
    "KINDS",
    "RESIDENT",
    "SYSTEM",
    "Accepted",
    "Added",
    "Announced",
    "AnyFact",
    "Asked",
    "Assigned",
    "BesideFact",
    "CallbackAsked",
    "CallbackDrawn",
    "CalledBack",
    "CardFact",
    "CardObjected",
    "CardPublished",
    "CardShown",
    "CaseFact",
    "Channel",
    "Closed",
    "Closing",
    "CodeClosed",
    "CodeRenewed",
    "Commented",
    "Concerned",
    "ContentErased",
    "Counted",
    "CountyChanged",
    "Entry",
    "Erasing",
    "ExtensionAsked",
    "ExtensionDenied",
    "ExtensionGranted",
    "Fact",
    "FileAdded",
    "Filed",
    "FixedSaid",
    "FollowedUp",
    "GroupLinked",
    "GroupsUnlinked",
    "HouseFact",
    "IdentityAsked",
    "IdentityDecided",
    "InvitationRefused",
    "Invited",
    "InvitedAtFirst",
    "Joined",
    "JoinedAtFirst",
    "LeaveEnded",
    "LeaveTaken",
    "Look",
    "Looked",
    "MeasureDone",
    "MeasureFact",
    "MeasureSet",
    "MeetingHeld",
    "Merged",
    "MilestonePictured",
    "MilestoneReached",
    "Noted",
    "ObjectionAnswered",
    "PersonAsked",
    "PhotosErased",
    "PointsDecided",
    "PointsGiven",
    "PressRefused",
    "ProjectJudged",
    "ProposalDropped",
    "ProposalNoted",
    "Rated",
    "RatedAtFirst",
    "Reassigned",
    "Reclassified",
    "Refused",
    "ReminderDecided",
    "ReminderFact",
    "ReminderSeen",
    "ReminderTold",
    "ReopenReason",
    "Reopened",
    "Replied",
    "Resolved",
    "Restored",
    "Resumed",
    "Resuming",
    "SeedPublished",
    "ShiftDropped",
    "ShiftEntered",
    "SignAnswered",
    "SignAsked",
    "SignClosed",
    "SignFact",
    "SignGraded",
    "SignOver",
    "SignRaised",
    "SignReferred",
    "Solved",
    "Source",
    "StaffEnded",
    "SurveyBegun",
    "SurveyCounted",
    "SurveyEnded",
    "SurveyFact",
    "SurveyPledged",
    "TieCut",
    "Transferred",
    "Translated",
    "UnitAdded",
    "UnitReleased",
    "UpdateDropped",
    "UpdateRetried",
    "Urged",
    "Visited",
    "VoiceAdded",
    "VoiceCounted",
    "VoiceLeft",
    "VoiceLinked",
    "VoiceReturned",
    "WeekCounted",
    "WeekCountedAtFirst",
    "WeekFact",
    "Withdrawn",
]

AnyFact: TypeAlias = CaseFact | BesideFact | HouseFact | WeekFact | CardFact | SurveyFact | SignFact | MeasureFact

KINDS: Final[Mapping[tuple[str, int], type[AnyFact]]] = {(fact.KIND, fact.VERSION): fact for fact in get_args(AnyFact)}
"""Every kind and version that any ledger may hold."""

RESIDENT: Final = "resident"
CLOCK: Final = "clock"
SYSTEM: Final = "system"
"""Actors that are not a staff id."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One line of the ledger before it has a place in it.

    Attributes:
        at: aware UTC instant, whole seconds.
        actor: a staff id, or `resident`, `clock`, `system`.
        case: the case it is about, if any.
    """

    at: datetime
    actor: str
    case: CaseNumber | None
    fact: AnyFact
