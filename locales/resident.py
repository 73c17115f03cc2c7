"""What residents read about their own cases: which function says which message.

Invariant: the most important thing comes first.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.message import (
    AnswerTaken,
    AnswerWanted,
    AskingMessage,
    CallbackQuestion,
    CaseAccepted,
    CaseClosedUnrated,
    CaseMerged,
    CaseMoved,
    CaseRefused,
    CaseReopened,
    EntryProof,
    FollowingMessage,
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
from locales import asking, calling, following, meanwhile, rating, tracking, translating
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: ResidentMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    if isinstance(message, FollowingMessage):
        return following.blocks(speech, message, now)
    if isinstance(message, AskingMessage):
        return asking.blocks(speech, message)
    match message:
        case MyCases():
            return tracking.my_cases(speech, message, now)
        case CaseAccepted():
            return tracking.case_accepted(speech, message)
        case RatingQuestion():
            return rating.rating_question(speech, message)
        case ScoreQuestion():
            return rating.score_question(speech, message)
        case PartlyQuestion():
            return rating.partly_question(speech, message)
        case RatingThanks():
            return rating.rating_thanks(speech, message)
        case CallbackQuestion():
            return calling.callback_question(speech, message)
        case CaseReopened():
            return rating.case_reopened(speech, message)
        case CaseClosedUnrated():
            return rating.case_closed_unrated(speech, message)
        case _:
            return _meanwhile(speech, message)


def _meanwhile(
    speech: Speech,
    message: EntryProof
    | UnitWrote
    | WordsTranslated
    | UnitAsked
    | AnswerWanted
    | AnswerTaken
    | PauseEnded
    | LimitMoved
    | CaseMoved
    | CaseRefused
    | CaseMerged,
) -> list[Block]:
    match message:
        case EntryProof():
            return tracking.entry_proof(speech, message)
        case UnitWrote():
            return meanwhile.unit_wrote(speech, message)
        case WordsTranslated():
            return translating.words_translated(speech, message)
        case UnitAsked():
            return meanwhile.unit_asked(speech, message)
        case AnswerWanted():
            return meanwhile.answer_wanted(speech, message)
        case AnswerTaken():
            return meanwhile.answer_taken(speech, message)
        case PauseEnded():
            return meanwhile.pause_ended(speech, message)
        case LimitMoved():
            return meanwhile.limit_moved(speech, message)
        case CaseMoved():
            return meanwhile.case_moved(speech, message)
        case CaseRefused():
            return meanwhile.case_refused(speech, message)
        case CaseMerged():
            return meanwhile.case_merged(speech, message)
