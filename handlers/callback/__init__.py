"""Typed buttons: what a button means, as a value, and as the at most 64 bytes that Telegram keeps for it.

The first character is the version of the format; a button of another version, or one that nobody drew, is stale, and the
person is told so. What a button permits is decided when it is pressed, from what is true then.

Each button stands in the module of its area and in that area's union, under a tag of one or two letters that no other has,
in no area.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import msgspec

from bot.errors import StaleButton
from handlers.callback.admin import (
    BEGINNING,
    AdminButton,
    AnswerAdmin,
    PrintDigest,
    ShowCard,
    ShowDigest,
    ShowPart,
    TakeCounty,
)
from handlers.callback.audit import AuditButton, DropAside, ListAside, ListFailed, RetryAside, ShowAudit
from handlers.callback.caller import (
    CallerButton,
    CountSeen,
    EnterFor,
    EnterVisit,
    FindCaller,
    HearAnswer,
    HeardChoice,
    HeardDeed,
    HeardLeaving,
    HeardReturn,
    HeardScore,
    HeardSolved,
    HeardWithdrawal,
    HideCode,
    ListCalls,
    OpenCall,
    OpenNumber,
    PickPlace,
    SetPlace,
    VisitButton,
)
from handlers.callback.card import CardButton, ChoosePoints, DecidePoints, DoCard, DoCards, Trace
from handlers.callback.draft import (
    AddToCase,
    DiscardDraft,
    DraftButton,
    FileApart,
    GoOnWith,
    JoinCase,
    NoEmergency,
    Pick,
    PickAbout,
    PickCategory,
    PickKind,
    PickTownship,
    RemovePart,
    SendDraft,
    SetNamed,
)
from handlers.callback.duty import ChooseShift, DropShift, DutyButton, ShowDuty
from handlers.callback.general import (
    ChangeLanguage,
    ChooseBeside,
    ChooseHearing,
    GeneralButton,
    PickLanguage,
    ShowCase,
    ShowSettings,
)
from handlers.callback.measure import (
    ChooseMeasure,
    ListProposals,
    MeasureButton,
    NoteProposal,
    OpenProposal,
    TakeMeasure,
)
from handlers.callback.meeting import (
    AdoptMatter,
    AttendingButton,
    DeclineMatter,
    EndTheMeeting,
    HoldingButton,
    HoldMeeting,
    LengthOfMeeting,
    ListMeetings,
    MeetingButton,
    PlaceMeeting,
    RaiseMatter,
    SecondMatter,
    ShowLink,
    ShowMeeting,
    ShowRaised,
)
from handlers.callback.official import (
    AcceptCase,
    AcceptShown,
    AskVoices,
    Assign,
    Choose,
    ChooseLeave,
    EndLeave,
    EnterCallback,
    ListCallbacks,
    OfficialButton,
    OpenAttached,
    OpenCallback,
    PickTriage,
    ResolveCase,
    SeeReminders,
    ShowHistory,
    ShowMore,
    ShowTasks,
    Take,
    TriageCategory,
    TriageFinal,
    TriageUnit,
    UnlinkGroups,
)
from handlers.callback.project import (
    AddMilestone,
    DropMilestone,
    ErasePhotos,
    HangCategory,
    HangProject,
    JudgeProject,
    ListProjects,
    MilestoneButton,
    OpenProject,
    ProjectButton,
    PublishMilestone,
    SeePhotos,
    TurnPhoto,
)
from handlers.callback.resident import (
    AnswerCallback,
    AnswerUnit,
    DoDeed,
    GoOn,
    LeaveCase,
    LetRest,
    PageOfMine,
    RateScore,
    RateSolved,
    ResidentButton,
    ReturnToCase,
    SayFixed,
    SayStill,
    ShowProof,
    ShowReceipt,
    SkipComment,
    Withdraw,
    WriteComment,
)
from handlers.callback.rights import Forget, RightsButton, ShowPrivacy
from handlers.callback.sign import ListSigns, OpenSign, SignButton, TakeSign
from handlers.callback.staff import EndStaff, HandOn, Invite, OpenMember, ShowStaff, StaffButton
from handlers.callback.survey import AnswerSurvey, BeginSurvey, SurveyButton
from handlers.callback.translating import GiveTextBack, ListTexts, OpenText, TakeText, TranslatingButton, UseEarlier

__all__ = [
    "BEGINNING",
    "LONGEST",
    "VERSION",
    "AcceptCase",
    "AcceptShown",
    "AddMilestone",
    "AddToCase",
    "AdminButton",
    "AdoptMatter",
    "AnswerAdmin",
    "AnswerCallback",
    "AnswerSurvey",
    "AnswerUnit",
    "AskVoices",
    "Assign",
    "AttendingButton",
    "AuditButton",
    "BeginSurvey",
    "Button",
    "CallerButton",
    "CardButton",
    "ChangeLanguage",
    "Choose",
    "ChooseBeside",
    "ChooseHearing",
    "ChooseLeave",
    "ChooseMeasure",
    "ChoosePoints",
    "ChooseShift",
    "CountSeen",
    "DecidePoints",
    "DeclineMatter",
    "DiscardDraft",
    "DoCard",
    "DoCards",
    "DoDeed",
    "DraftButton",
    "DropAside",
    "DropMilestone",
    "DropShift",
    "DutyButton",
    "EndLeave",
    "EndStaff",
    "EndTheMeeting",
    "EnterCallback",
    "EnterFor",
    "EnterVisit",
    "ErasePhotos",
    "FileApart",
    "FindCaller",
    "Forget",
    "GeneralButton",
    "GiveTextBack",
    "GoOn",
    "GoOnWith",
    "HandOn",
    "HangCategory",
    "HangProject",
    "HearAnswer",
    "HeardChoice",
    "HeardDeed",
    "HeardLeaving",
    "HeardReturn",
    "HeardScore",
    "HeardSolved",
    "HeardWithdrawal",
    "HideCode",
    "HoldMeeting",
    "HoldingButton",
    "Invite",
    "JoinCase",
    "JudgeProject",
    "LeaveCase",
    "LengthOfMeeting",
    "LetRest",
    "ListAside",
    "ListCallbacks",
    "ListCalls",
    "ListFailed",
    "ListMeetings",
    "ListProjects",
    "ListProposals",
    "ListSigns",
    "ListTexts",
    "MeasureButton",
    "MeetingButton",
    "MilestoneButton",
    "NoEmergency",
    "NoteProposal",
    "OfficialButton",
    "OpenAttached",
    "OpenCall",
    "OpenCallback",
    "OpenMember",
    "OpenNumber",
    "OpenProject",
    "OpenProposal",
    "OpenSign",
    "OpenText",
    "PageOfMine",
    "Pick",
    "PickAbout",
    "PickCategory",
    "PickKind",
    "PickLanguage",
    "PickPlace",
    "PickTownship",
    "PickTriage",
    "PlaceMeeting",
    "PrintDigest",
    "ProjectButton",
    "PublishMilestone",
    "RaiseMatter",
    "RateScore",
    "RateSolved",
    "RemovePart",
    "ResidentButton",
    "ResolveCase",
    "RetryAside",
    "ReturnToCase",
    "RightsButton",
    "SayFixed",
    "SayStill",
    "SecondMatter",
    "SeePhotos",
    "SeeReminders",
    "SendDraft",
    "SetNamed",
    "SetPlace",
    "ShowAudit",
    "ShowCard",
    "ShowCase",
    "ShowDigest",
    "ShowDuty",
    "ShowHistory",
    "ShowLink",
    "ShowMeeting",
    "ShowMore",
    "ShowPart",
    "ShowPrivacy",
    "ShowProof",
    "ShowRaised",
    "ShowReceipt",
    "ShowSettings",
    "ShowStaff",
    "ShowTasks",
    "SignButton",
    "SkipComment",
    "StaffButton",
    "SurveyButton",
    "Take",
    "TakeCounty",
    "TakeMeasure",
    "TakeSign",
    "TakeText",
    "Trace",
    "TranslatingButton",
    "TriageCategory",
    "TriageFinal",
    "TriageUnit",
    "TurnPhoto",
    "UnlinkGroups",
    "UseEarlier",
    "VisitButton",
    "Withdraw",
    "WriteComment",
    "decode",
    "encode",
]

VERSION: Final = "1"
LONGEST: Final = 64
"""Bytes of callback data (Bot API, InlineKeyboardButton)."""

Button: TypeAlias = (
    GeneralButton
    | DraftButton
    | ResidentButton
    | OfficialButton
    | TranslatingButton
    | AdminButton
    | DutyButton
    | StaffButton
    | RightsButton
    | CallerButton
    | MeetingButton
    | AuditButton
    | ProjectButton
    | SurveyButton
    | CardButton
    | SignButton
    | MeasureButton
)

READ: Final[msgspec.json.Decoder[Button]] = msgspec.json.Decoder(Button)
"""Made once: what reads a union takes longer to make than to use."""


def encode(button: Button) -> str:
    """Write a button as callback data.

    Raises:
        ValueError: it would be longer than Telegram keeps; an id of the county file is too long.
    """
    data = VERSION.encode() + msgspec.json.encode(button)
    if len(data) > LONGEST:
        raise ValueError(f"a button of {len(data)} bytes; {LONGEST} fit")
    return data.decode()


def decode(data: str | None) -> Button:
    """Read callback data.

    Raises:
        StaleButton: it is of another version, or no button of this program.
    """
    if data is None or not data.startswith(VERSION) or len(data) > LONGEST:
        raise StaleButton
    try:
        return READ.decode(data[1:].encode())
    except (msgspec.DecodeError, UnicodeEncodeError) as error:
        raise StaleButton from error
