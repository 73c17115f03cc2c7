"""Every message the house can send, as data: which one, and its fields; never a sentence.

Text is made at the moment of sending, in the language the person has then (`locales.wording`), and buttons beside it
(`handlers.keyboards`). A message that repeats a person's words is personal content and is sealed while it waits.

Each kind stands in the module of its area and in that area's union; a waiting message is stored under the name of its
class, so a class keeps its name, and no two areas share one.
"""

from __future__ import annotations

from typing import Final, TypeAlias

from bot.rules.message.admin import (
    AdminMessage,
    AdminWanted,
    CasesHandedOn,
    CountyProposed,
    CountyRefused,
    CountyTaken,
    DigestChoice,
    DigestFile,
    DigestPage,
    FileMaking,
    InvitationLink,
    Making,
    RoleEnded,
    StaffCard,
    StaffGone,
    StaffJoined,
    StaffLine,
    StaffList,
    StaffUnreachable,
)
from bot.rules.message.asking import (
    AskingMessage,
    CommentTaken,
    CommentWanted,
    FixedQuestion,
    FixedTaken,
    FollowUpQuestion,
    FollowUpTaken,
)
from bot.rules.message.audit import AsideList, AuditPage, FailedList
from bot.rules.message.caller import CallBegun, CallerMessage, CallReceipt, CaseLinked, CodeHidden, LinkQuestion, LinkRefused
from bot.rules.message.calling import (
    CallbackCard,
    CallbackEntered,
    CallbackLine,
    CallbackList,
    CallbackNotice,
    CallingMessage,
)
from bot.rules.message.card import CardAct, CardPage, CardsPage, CardWordsWanted, PointsChoice, TracePage
from bot.rules.message.draft import (
    PROOF_HOLE,
    Alike,
    Attached,
    CardPart,
    DraftCard,
    DraftMessage,
    DraftTidied,
    FileRefused,
    Picking,
    Receipt,
    ReceiptPicture,
)
from bot.rules.message.following import (
    PAGE_ANCHOR,
    AdditionTaken,
    AdditionWanted,
    CasePage,
    CaseWithdrawn,
    FollowingMessage,
    PageLine,
    PageStep,
    PersonPromised,
    UrgeTaken,
    WithdrawalWanted,
)
from bot.rules.message.general import ChooseLanguage, GeneralMessage, Hearing, Help, Said, SettingsPage, TapAnswered, Welcome
from bot.rules.message.history import CaseHistory, HistoryLine
from bot.rules.message.leave import ColleagueAway, ColleagueBack, LeaveCard
from bot.rules.message.line import CaseLine
from bot.rules.message.meeting import (
    LinkPicture,
    MatterLine,
    MeetingCard,
    MeetingLine,
    MeetingList,
    MeetingMessage,
    MeetingOver,
    MeetingPage,
    MeetingWanted,
    RaisedCard,
    RaiseWanted,
)
from bot.rules.message.official import (
    Choice,
    FileShown,
    FoundCases,
    News,
    OfficialMessage,
    Picked,
    ReminderLine,
    ReminderNotice,
    RemindersSeen,
    ReopenNotice,
    ResolveQuestion,
    RoleMenu,
    StaffWelcome,
    TaskList,
    TaskNotice,
    TaskRated,
    TaskResolved,
    TriageCard,
    TriageList,
    UnitMirror,
    WhereShown,
    WordsWanted,
)
from bot.rules.message.project import LinkChoice, MilestoneWanted, ProjectList, ProjectMessage, ProjectMilestone, ProjectPage
from bot.rules.message.remark import Remark, Toast
from bot.rules.message.resident import (
    AnswerTaken,
    AnswerWanted,
    CallbackQuestion,
    CaseAccepted,
    CaseClosedUnrated,
    CaseMerged,
    CaseMoved,
    CaseRefused,
    CaseReopened,
    EntryProof,
    LimitMoved,
    MyCases,
    PartlyQuestion,
    PauseEnded,
    RatingQuestion,
    RatingThanks,
    ResidentMessage,
    ScoreQuestion,
    UnitAsked,
    UnitWrote,
    WordsTranslated,
)
from bot.rules.message.rights import (
    ForgetQuestion,
    Forgotten,
    OwnCase,
    OwnData,
    OwnGiven,
    OwnLook,
    OwnRating,
    OwnRole,
    OwnWords,
    PrivacyPage,
    RightsMessage,
    TaskWithdrawn,
)
from bot.rules.message.survey import SurveyPage, SurveyQuestion, SurveyThanks
from bot.rules.message.translating import (
    Earlier,
    NoTranslator,
    Standing,
    TextLine,
    TranslatingMessage,
    TranslationCard,
    TranslationList,
    TranslationWanted,
)

__all__ = [
    "PAGE_ANCHOR",
    "PROOF_HOLE",
    "AdditionTaken",
    "AdditionWanted",
    "AdminMessage",
    "AdminWanted",
    "Alike",
    "AnswerTaken",
    "AnswerWanted",
    "AsideList",
    "AskingMessage",
    "Attached",
    "AuditPage",
    "CallBegun",
    "CallReceipt",
    "CallbackCard",
    "CallbackEntered",
    "CallbackLine",
    "CallbackList",
    "CallbackNotice",
    "CallbackQuestion",
    "CallerMessage",
    "CallingMessage",
    "CardAct",
    "CardPage",
    "CardPart",
    "CardWordsWanted",
    "CardsPage",
    "CaseAccepted",
    "CaseClosedUnrated",
    "CaseHistory",
    "CaseLine",
    "CaseLinked",
    "CaseMerged",
    "CaseMoved",
    "CasePage",
    "CaseRefused",
    "CaseReopened",
    "CaseWithdrawn",
    "CasesHandedOn",
    "Choice",
    "ChooseLanguage",
    "CodeHidden",
    "ColleagueAway",
    "ColleagueBack",
    "CommentTaken",
    "CommentWanted",
    "CountyProposed",
    "CountyRefused",
    "CountyTaken",
    "DigestChoice",
    "DigestFile",
    "DigestPage",
    "DraftCard",
    "DraftMessage",
    "DraftTidied",
    "Earlier",
    "EntryProof",
    "FailedList",
    "FileMaking",
    "FileRefused",
    "FileShown",
    "FixedQuestion",
    "FixedTaken",
    "FollowUpQuestion",
    "FollowUpTaken",
    "FollowingMessage",
    "ForgetQuestion",
    "Forgotten",
    "FoundCases",
    "GeneralMessage",
    "Hearing",
    "Help",
    "HistoryLine",
    "InvitationLink",
    "LeaveCard",
    "LimitMoved",
    "LinkChoice",
    "LinkPicture",
    "LinkQuestion",
    "LinkRefused",
    "Making",
    "MatterLine",
    "MeetingCard",
    "MeetingLine",
    "MeetingList",
    "MeetingMessage",
    "MeetingOver",
    "MeetingPage",
    "MeetingWanted",
    "Message",
    "MilestoneWanted",
    "MyCases",
    "News",
    "NoTranslator",
    "OfficialMessage",
    "OwnCase",
    "OwnData",
    "OwnGiven",
    "OwnLook",
    "OwnRating",
    "OwnRole",
    "OwnWords",
    "PageLine",
    "PageStep",
    "PartlyQuestion",
    "PauseEnded",
    "PersonPromised",
    "Picked",
    "Picking",
    "PointsChoice",
    "PrivacyPage",
    "ProjectList",
    "ProjectMessage",
    "ProjectMilestone",
    "ProjectPage",
    "RaiseWanted",
    "RaisedCard",
    "RatingQuestion",
    "RatingThanks",
    "Receipt",
    "ReceiptPicture",
    "Remark",
    "ReminderLine",
    "ReminderNotice",
    "RemindersSeen",
    "ReopenNotice",
    "ResidentMessage",
    "ResolveQuestion",
    "RightsMessage",
    "RoleEnded",
    "RoleMenu",
    "Said",
    "ScoreQuestion",
    "SettingsPage",
    "StaffCard",
    "StaffGone",
    "StaffJoined",
    "StaffLine",
    "StaffList",
    "StaffUnreachable",
    "StaffWelcome",
    "Standing",
    "SurveyPage",
    "SurveyQuestion",
    "SurveyThanks",
    "TapAnswered",
    "TaskList",
    "TaskNotice",
    "TaskRated",
    "TaskResolved",
    "TaskWithdrawn",
    "TextLine",
    "Toast",
    "TracePage",
    "TranslatingMessage",
    "TranslationCard",
    "TranslationList",
    "TranslationWanted",
    "TriageCard",
    "TriageList",
    "UnitAsked",
    "UnitMirror",
    "UnitWrote",
    "UrgeTaken",
    "Welcome",
    "WhereShown",
    "WithdrawalWanted",
    "WordsTranslated",
    "WordsWanted",
    "is_asked_again",
    "is_for_role",
]

Message: TypeAlias = (
    GeneralMessage
    | DraftMessage
    | ResidentMessage
    | OfficialMessage
    | AdminMessage
    | RightsMessage
    | CallerMessage
    | MeetingMessage
    | ProjectMessage
)

LISTS: Final = (AuditPage, AsideList, FailedList, TranslationList, MyCases, CasePage, TaskList, CallbackList)
ASKED_AGAIN: Final = (*LISTS, CardPage, CardsPage, DigestPage, DigestFile, OwnData, ReceiptPicture)
"""What a person can have again by asking, and would be annoyed to be sent twice: lists, digests, files."""


def is_asked_again(message: Message) -> bool:
    """Say whether a message that perhaps arrived waits for its reader to write next, rather than go out a second time.

    A receipt, a notice, a reminder or a question that is missing does harm, and one that comes twice does not.
    """
    return isinstance(message, ASKED_AGAIN)


def is_for_role(message: Message) -> bool:
    """Say whether a message is for an official, to be read only as long as they are one."""
    # that a role ended is told to whoever had it, and their menu shrinks
    return isinstance(message, OfficialMessage | AdminMessage | MeetingCard | RaisedCard) and not isinstance(
        message, RoleEnded | RoleMenu
    )
