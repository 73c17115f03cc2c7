"""The appraisal by those served: what residents are asked, and what supervisors and admins read of it."""

from __future__ import annotations

import msgspec

from bot.rules.identity import UnitId


class SurveyQuestion(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Ask somebody whose case a unit closed what they think of the unit.

    Attributes:
        token: stands for the right to answer once; it says nothing of who has it.
        answers: those given so far, a character each; they are kept nowhere but in the buttons.
    """

    token: str
    unit: UnitId
    answers: str = ""


class SurveyThanks(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Thank somebody for answering, or for saying that they would rather not."""

    has_answered: bool


class SurveyLine(msgspec.Struct, frozen=True, kw_only=True):
    """What a unit's people said: how many called each thing good, fair and poor, in the order of the questions."""

    unit: UnitId
    counts: tuple[tuple[int, int, int], ...]


class SurveyPage(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show a survey.

    Attributes:
        period: of which month; the one that can be begun where there is none yet.
        asked: None where it has not begun.
        answered: None until it is over.
        begins: the month about which one can be begun now.
        unpledged: the month about which none can be, as its draw was not pledged while it ran.
    """

    period: str
    asked: int | None = None
    answered: int | None = None
    lines: tuple[SurveyLine, ...] = ()
    begins: str | None = None
    unpledged: str | None = None
