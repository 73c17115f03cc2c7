"""What residents read about their own cases: which function says which message.

Invariant: the most important thing comes first.
"""

from __future__ import annotations

from datetime import datetime

from bot.rules.message import (
    CaseAccepted,
    CaseClosedUnrated,
    CaseReopened,
    MyCases,
    PartlyQuestion,
    RatingQuestion,
    RatingThanks,
    ResidentMessage,
    ScoreQuestion,
)
from locales import rating, tracking
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: ResidentMessage, now: datetime) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
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
        case CaseReopened():
            return rating.case_reopened(speech, message)
        case CaseClosedUnrated():
            return rating.case_closed_unrated(speech, message)
