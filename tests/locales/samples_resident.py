"""One message of every kind about a resident's own cases, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import msgspec

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Look, Resuming, Solved
from bot.rules.following import Deed
from bot.rules.handling import Law, Stock
from bot.rules.identity import CaseNumber
from bot.rules.message import (
    AdditionTaken,
    AdditionWanted,
    AnswerTaken,
    AnswerWanted,
    CallbackQuestion,
    CaseAccepted,
    CaseClosedUnrated,
    CaseLeft,
    CaseMerged,
    CaseMoved,
    CasePage,
    CaseRefused,
    CaseReopened,
    CaseWithdrawn,
    CommentTaken,
    CommentWanted,
    EntryProof,
    FixedQuestion,
    FixedTaken,
    FollowUpQuestion,
    FollowUpTaken,
    LeavingWanted,
    LimitMoved,
    MyCases,
    PageLine,
    PageStep,
    PartlyQuestion,
    PauseEnded,
    PersonPromised,
    RatingQuestion,
    RatingThanks,
    ResidentMessage,
    ScoreQuestion,
    SurveyQuestion,
    SurveyThanks,
    UnitAsked,
    UnitWrote,
    UrgeTaken,
    WithdrawalWanted,
)
from tests.locales.county import ROADS, TOWN_HALL, TRANSPORT
from tests.locales.sample_values import DUE, NOW, NUMBER, UYGHUR_WORDS, WORDS, case_line

RECEIPT = f"""minsheng/654022 receipt
{NUMBER} 2026-11-24T03:15:00Z
QLNrZfoVFSswtr5F9idRE28EV7m3ccWJkC2sJYJb8Z4=

— minsheng/654022 EEjKXovsxI2kNS7OuCfup4G4EQzdzPD8r2rcuIVWSr8qS0b5BNYFnVq0AyBHNYiIcQ80UAHc/jpsV6FMmqY2/7l6ZAw=
"""
PROOF = "c2sp.org/tlog-proof@v1\nindex 8\n" + "2ZSbVFZTgNc6YLKZOkijW6lGDzNHgt0wA9RwEZuQ82E=\n" * 20


def rating_question(answer: str = "路灯已全部更换，11月23日晚复查正常。", *, is_repeated: bool = False) -> RatingQuestion:
    """Make the question whether it is solved."""
    return RatingQuestion(case=NUMBER, round=1, unit=TRANSPORT, answer=answer, is_repeated=is_repeated)


def resident() -> Iterator[tuple[str, ResidentMessage]]:
    """Yield every message of this area with a name for it."""
    for answers in ("", "g", "gf", "gfp"):
        question = SurveyQuestion(token="A" * 16, unit=TRANSPORT, answers=answers)
        yield f"SurveyQuestion {len(answers)}", question
    for has_answered in (True, False):
        yield f"SurveyThanks {has_answered}", SurveyThanks(has_answered=has_answered)
    lines = (
        case_line(123),
        case_line(122, State.ASSIGNED, NOW - timedelta(hours=3), None),
        case_line(90, State.RESOLVED),
        case_line(4, State.CLOSED, None),
        case_line(5, due_at=datetime(2027, 1, 4, 10, 30, tzinfo=UTC)),
    )
    yield "MyCases", MyCases(cases=lines, total=14)
    yield "MyCases one", MyCases(cases=lines[:1], total=1)
    yield "MyCases second page", MyCases(cases=lines, total=14, begins=8)
    yield from _following()
    yield "EntryProof", EntryProof(case=NUMBER, text=RECEIPT, is_proved=False)
    yield "EntryProof proved", EntryProof(case=NUMBER, text=RECEIPT + PROOF, is_proved=True)
    yield "CaseAccepted", CaseAccepted(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    yield "CaseAccepted without deadline", CaseAccepted(case=NUMBER, unit=TOWN_HALL, due_at=None)
    yield "RatingQuestion", rating_question()
    yield "RatingQuestion repeated", rating_question(is_repeated=True)
    yield "RatingQuestion long", rating_question("已修好。" * 2_000)
    for solved in Solved:
        yield f"ScoreQuestion {solved}", ScoreQuestion(case=NUMBER, round=1, solved=solved)
    yield "PartlyQuestion", PartlyQuestion(case=NUMBER, round=1)
    for score in (*range(1, 6), None):
        yield f"RatingThanks {score}", RatingThanks(case=NUMBER, solved=Solved.YES, score=score)
    asked = CallbackQuestion(case=NUMBER, round=1, category=ROADS, unit=TRANSPORT, closed_at=NOW)
    yield "CallbackQuestion", asked
    yield "CallbackQuestion without an end", msgspec.structs.replace(asked, closed_at=None)
    yield from _asking()
    yield "CaseReopened", CaseReopened(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    yield "CaseClosedUnrated", CaseClosedUnrated(case=NUMBER)
    yield "UnitWrote", UnitWrote(case=NUMBER, unit=TRANSPORT, words="周五来修", stock=None, is_for_all=False)
    yield "UnitWrote to all", UnitWrote(case=NUMBER, unit=TRANSPORT, words="周五来修", stock=None, is_for_all=True)
    for stock in Stock:
        yield f"UnitWrote {stock}", UnitWrote(case=NUMBER, unit=TRANSPORT, words="", stock=stock, is_for_all=False)
    yield "UnitAsked", UnitAsked(case=NUMBER, unit=TRANSPORT, question="是哪一盏灯？", until=DUE)
    yield "AnswerWanted", AnswerWanted(case=NUMBER)
    yield "AnswerTaken", AnswerTaken(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    for because in (Resuming.EXPIRED, Resuming.DROPPED):
        yield f"PauseEnded {because}", PauseEnded(case=NUMBER, because=because, due_at=DUE)
    yield "LimitMoved", LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE, reason="灯具要从外地调运")
    moved = LimitMoved(case=NUMBER, unit=TRANSPORT, due_at=DUE, reason="需要更换电缆", is_by_supervisor=True)
    yield "LimitMoved by a supervisor", moved
    yield "CaseMoved", CaseMoved(case=NUMBER, unit=TOWN_HALL, due_at=DUE)
    for law in Law:
        yield f"CaseRefused {law}", CaseRefused(case=NUMBER, law=law, reason="法院已经立案")
    yield "CaseMerged", CaseMerged(case=NUMBER, into=CaseNumber("CB-2026-000007"), unit=TRANSPORT, due_at=DUE)


def _asking() -> Iterator[tuple[str, ResidentMessage]]:
    """Yield what is asked when a moment has come, and what becomes of the answer."""
    fixed = FixedQuestion(case=NUMBER, round=1, category=ROADS, unit=TRANSPORT, due_at=DUE)
    yield "FixedQuestion", fixed
    yield "FixedQuestion without a limit", msgspec.structs.replace(fixed, due_at=None)
    for solved in (Solved.YES, Solved.NO):
        yield f"FixedTaken {solved}", FixedTaken(case=NUMBER, unit=TRANSPORT, solved=solved)
    still = FollowUpQuestion(case=NUMBER, round=1, stage="90cd", category=ROADS, unit=TRANSPORT, closed_at=NOW)
    yield "FollowUpQuestion", still
    yield "FollowUpQuestion without an end", msgspec.structs.replace(still, closed_at=None)
    yield "FollowUpTaken", FollowUpTaken(case=NUMBER)
    yield "CommentWanted", CommentWanted(case=NUMBER, round=1, unit=TRANSPORT)
    for is_given in (True, False):
        yield f"CommentTaken {is_given}", CommentTaken(case=NUMBER, unit=TRANSPORT, is_given=is_given)
    yield "RatingThanks with words wanted", RatingThanks(case=NUMBER, solved=Solved.YES, score=5, round=1)


def _following() -> Iterator[tuple[str, ResidentMessage]]:
    line = case_line(123)
    yield "CasePage", CasePage(line=line, words=WORDS, steps=tuple(_steps()), left_out=0, deeds=tuple(Deed))
    late = case_line(123, due_at=NOW - timedelta(days=2))
    yield "CasePage late", CasePage(line=late, words=WORDS * 40, steps=tuple(_steps())[:3], left_out=1, deeds=())
    erased = case_line(123, State.CLOSED, None, None)
    yield "CasePage erased", CasePage(line=erased, words="", steps=tuple(_steps())[-1:], left_out=7, deeds=())
    yield "AdditionWanted", AdditionWanted(case=NUMBER)
    yield "AdditionTaken", AdditionTaken(case=NUMBER, unit=TRANSPORT)
    yield "UrgeTaken", UrgeTaken(case=NUMBER, unit=TRANSPORT, due_at=DUE)
    yield "PersonPromised", PersonPromised(case=NUMBER, unit=TRANSPORT)
    yield "WithdrawalWanted", WithdrawalWanted(case=NUMBER)
    yield "CaseWithdrawn", CaseWithdrawn(case=NUMBER)
    for yes in (True, False):
        yield f"LeavingWanted {yes}", LeavingWanted(case=NUMBER, is_filer=yes)
        yield f"CaseLeft {yes}", CaseLeft(case=NUMBER, can_return=yes)


def _steps() -> Iterator[PageLine]:
    for step in PageStep:
        for until in (None, DUE):
            yield PageLine(
                at=NOW - timedelta(days=3),
                step=step,
                role=Role.OFFICER,
                unit=TRANSPORT,
                until=until,
                words=UYGHUR_WORDS if step is PageStep.ADDED else None,
                stock=Stock.COMING if step is PageStep.WROTE else None,
                look=Look.PLACE if step is PageStep.LOOKED else None,
                solved=Solved.PARTLY if step is PageStep.JUDGED else None,
                into=NUMBER if step is PageStep.MERGED else None,
            )
    yield PageLine(at=NOW, step=PageStep.JUDGED, solved=Solved.YES, score=4)
    for look in Look:
        yield PageLine(at=NOW, step=PageStep.LOOKED, role=Role.OPERATOR, unit=TOWN_HALL, look=look)
    yield PageLine(at=NOW, step=PageStep.FILED)
