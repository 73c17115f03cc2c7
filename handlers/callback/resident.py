"""Buttons with which residents say what became of their own cases."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from bot.rules.entry import Solved
from bot.rules.following import Deed
from bot.rules.identity import CaseNumber


class RateSolved(msgspec.Struct, frozen=True, array_like=True, tag="v"):
    """Answer whether a round of a case solved it."""

    case: CaseNumber
    round: int
    solved: Solved


class RateScore(msgspec.Struct, frozen=True, array_like=True, tag="n"):
    """Say how satisfied one is with a round of a case, 1 to 5."""

    case: CaseNumber
    round: int
    score: int


class GoOn(msgspec.Struct, frozen=True, array_like=True, tag="g"):
    """A partly solved case shall be worked on again."""

    case: CaseNumber
    round: int


class LetRest(msgspec.Struct, frozen=True, array_like=True, tag="e"):
    """A partly solved case shall rest."""

    case: CaseNumber
    round: int


class AnswerUnit(msgspec.Struct, frozen=True, array_like=True, tag="aw"):
    """Answer what the unit asked; the next message is the answer."""

    case: CaseNumber


class DoDeed(msgspec.Struct, frozen=True, array_like=True, tag="dd"):
    """Do something with a case of one's own."""

    case: CaseNumber
    deed: Deed


class Withdraw(msgspec.Struct, frozen=True, array_like=True, tag="wd"):
    """Take a case back: it is really meant."""

    case: CaseNumber


class LeaveCase(msgspec.Struct, frozen=True, array_like=True, tag="lw"):
    """Leave a case to the others behind it: it is really meant."""

    case: CaseNumber


class ReturnToCase(msgspec.Struct, frozen=True, array_like=True, tag="rc"):
    """Stand behind a case again that one has left."""

    case: CaseNumber


class PageOfMine(msgspec.Struct, frozen=True, array_like=True, tag="pm"):
    """Show one's own cases from the `begins`-th on."""

    begins: int


class AnswerCallback(msgspec.Struct, frozen=True, array_like=True, tag="cv"):
    """Tell somebody outside the unit whether a closed round of a case solved it."""

    case: CaseNumber
    round: int
    solved: Solved


class SayFixed(msgspec.Struct, frozen=True, array_like=True, tag="fx"):
    """Say, asked when the limit had passed, whether it is fixed meanwhile: yes or no."""

    case: CaseNumber
    round: int
    solved: Solved


class SayStill(msgspec.Struct, frozen=True, array_like=True, tag="fu"):
    """Say, asked `stage` after the end of a round, whether it is still solved."""

    case: CaseNumber
    round: int
    stage: str
    solved: Solved


class WriteComment(msgspec.Struct, frozen=True, array_like=True, tag="cm"):
    """Say something beside the score of a round; the next message is it."""

    case: CaseNumber
    round: int


class SkipComment(msgspec.Struct, frozen=True, array_like=True, tag="nc"):
    """Leave it at the score."""

    case: CaseNumber


class ShowReceipt(msgspec.Struct, frozen=True, array_like=True, tag="rp"):
    """Have the receipt of a case as a picture."""

    case: CaseNumber


class ShowProof(msgspec.Struct, frozen=True, array_like=True, tag="pf"):
    """Have the signed receipt of a case, with its proof, as a file."""

    case: CaseNumber


ResidentButton: TypeAlias = (
    ShowReceipt
    | ShowProof
    | SayFixed
    | SayStill
    | WriteComment
    | SkipComment
    | AnswerCallback
    | AnswerUnit
    | RateSolved
    | RateScore
    | GoOn
    | LetRest
    | DoDeed
    | Withdraw
    | LeaveCase
    | ReturnToCase
    | PageOfMine
)
