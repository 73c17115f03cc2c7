"""Buttons under what is said around people who phone or come to a counter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, assert_never

from bot.rules.case import State
from bot.rules.entry import Channel
from bot.rules.following import Deed
from bot.rules.message import (
    CallBegun,
    CallCard,
    CallerMessage,
    CallerSought,
    CallLine,
    CallReceipt,
    CallsList,
    CallStage,
    CallWanted,
    CaseLinked,
    CodeHidden,
    CodeQuestion,
    LinkQuestion,
    LinkRefused,
    NumberOpened,
    VisitCard,
    VisitEntered,
)
from handlers.callback import (
    Button,
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
    NoteProposal,
    OpenCall,
    OpenNumber,
    PickPlace,
    SetPlace,
)
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from handlers.keyboards.official import HEARD
from locales.wording import Label

COUNTED: Final = (1, 5, -1)
"""By how much one tap changes how many were seen."""

HEARD_DEEDS: Final[Mapping[Deed, Label]] = {
    Deed.ADD: Label.HEARD_ADDITION,
    Deed.URGE: Label.HEARD_URGE,
    Deed.REOPEN: Label.HEARD_REOPEN,
    Deed.WITHDRAW: Label.HEARD_WITHDRAW,
    Deed.LEAVE: Label.HEARD_LEAVE,
}
"""What stands on the button for each thing that whoever phones can have done."""

SCORES: Final = (
    (Label.SCORE_5, 5),
    (Label.SCORE_4, 4),
    (Label.SCORE_3, 3),
    (Label.SCORE_2, 2),
    (Label.SCORE_1, 1),
)


def rows(message: CallerMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    match message:
        case CallReceipt(case=number, channel=channel):
            return [[(say.label(Label.HIDE_CODE), HideCode(number, channel))]]
        case CodeHidden(channel=channel):
            return [[(say.label(Label.ENTER_NEXT), EnterFor(channel))]]
        case CallWanted(line=line):
            return _opened([line], say)
        case CallsList(cases=lines):
            return [*_opened(lines, say), [(say.label(Label.FIND_CALLER), FindCaller())]]
        case CallCard():
            return _card(message, say)
        case VisitCard():
            return _visit(message, say)
        case VisitEntered(visit=visit):
            heard: Rows = [[(say.label(Label.ENTER_HEARD), EnterFor(Channel.VISIT))]]
            return heard if visit is None else [*heard, [(say.label(Label.NOTE_PROPOSAL), NoteProposal(visit))]]
        case CaseLinked(case=number):
            return say.cases([number])
        case NumberOpened() | CodeQuestion() | CallerSought() | CallBegun() | LinkQuestion() | LinkRefused():
            return []
        case _:
            assert_never(message)


def _opened(lines: Iterable[CallLine], say: Lettering) -> Rows:
    return [[(say.label(Label.OPEN_CALL, case=line.case), OpenCall(line.case))] for line in lines]


def _card(card: CallCard, say: Lettering) -> Rows:
    """Draw the number to call, then what the caller can say; at the end the way to the next one."""
    case, attempt = card.line.case, card.line.round
    number: Rows = [[(say.label(Label.OPEN_NUMBER), OpenNumber(case))]]
    match card.stage:
        case CallStage.SOLVED:
            heard: Rows = [[(say.label(label), HeardSolved(case, attempt, solved))] for label, solved in HEARD]
            return [*number, *heard]
        case CallStage.PARTLY:
            return [
                [(say.label(Label.GO_ON), HeardChoice(case, attempt, goes_on=True))],
                [(say.label(Label.LET_REST), HeardChoice(case, attempt, goes_on=False))],
            ]
        case CallStage.SCORE:
            return [[(say.label(label), HeardScore(case, attempt, score))] for label, score in SCORES]
        case CallStage.QUESTION:
            return [*number, [(say.label(Label.HEAR_ANSWER), HearAnswer(case, attempt, card.pause))]]
        case CallStage.KNOWN | CallStage.RETURNED:
            return _known(card, say)
        case CallStage.SURE:
            return [[(say.label(Label.HEARD_WITHDRAWAL), HeardWithdrawal(case))]]
        case CallStage.SURE_TO_LEAVE:
            return [[(say.label(Label.HEARD_LEAVING), HeardLeaving(case))]]
        case CallStage.AWAY:
            return [[(say.label(Label.HEARD_RETURN), HeardReturn(case))]]
        case CallStage.WORDS:
            return []
        case _:  # all is entered
            return [[(say.label(Label.LIST_CALLS), ListCalls())]]


def _known(card: CallCard, say: Lettering) -> Rows:
    """Draw what whoever is on the line can be asked, where something waits for them, and what they can have done."""
    case = card.line.case
    waits = card.state in {State.WAITING, State.RESOLVED} and not card.is_followed
    asked: Rows = [[(say.label(Label.OPEN_CALL, case=case), OpenCall(case))]] if waits else []
    wanted: Rows = [[(say.label(HEARD_DEEDS[deed]), HeardDeed(case, deed))] for deed in card.deeds]
    return [*asked, *wanted]


def _visit(card: VisitCard, say: Lettering) -> Rows:
    """Draw the townships, or what was seen so far and what changes it; last, entering it."""
    if card.is_picking:
        places: list[tuple[str, Button]] = [(say.township(each), SetPlace(each)) for each in say.county.townships]
        return [*in_columns(places), [(say.label(Label.BACK), PickPlace(is_picking=False))]]
    households: list[tuple[str, Button]] = [
        (say.label(Label.VISIT_HOUSEHOLDS, value=f"{more:+d}"), CountSeen(more, 0)) for more in COUNTED
    ]
    firms: list[tuple[str, Button]] = [
        (say.label(Label.VISIT_FIRMS, value=f"{more:+d}"), CountSeen(0, more)) for more in COUNTED
    ]
    return [
        [(say.label(Label.PICK_TOWNSHIP, value=say.township(card.township)), PickPlace(is_picking=True))],
        households,
        firms,
        [(say.label(Label.VISIT_ENTER), EnterVisit())],
    ]
