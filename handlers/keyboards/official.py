"""Buttons under what officials are told: what a case allows in the state it is in, for whoever reads it.

Invariant: under a case stand at most two rows of what is needed every day; everything else is behind one more button.
"""

from __future__ import annotations

from typing import Final, assert_never

from bot.actions.take_leave import LENGTHS
from bot.rules.entry import Solved
from bot.rules.handling import Law, Step
from bot.rules.identity import CategoryId, ClassId, UnitId
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackList,
    CallbackNotice,
    CallingMessage,
    CaseHistory,
    Choice,
    FoundCases,
    GroupLink,
    LeaveCard,
    OfficialMessage,
    Picked,
    ReminderNotice,
    RemindersSeen,
    TaskList,
    TaskNotice,
    TranslatingMessage,
    TriageCard,
    TriageList,
)
from bot.rules.tasks import PAGE, Only
from handlers.callback import (
    AcceptCase,
    AcceptShown,
    AskVoices,
    Assign,
    Button,
    Choose,
    ChooseLeave,
    EndLeave,
    EnterCallback,
    ListCallbacks,
    OpenAttached,
    OpenCallback,
    OpenNumber,
    PickTriage,
    ResolveCase,
    SeeReminders,
    ShowCase,
    ShowHistory,
    ShowMore,
    ShowTasks,
    Take,
    TriageCategory,
    TriageFinal,
    TriageUnit,
    UnlinkGroups,
)
from handlers.keyboards import translating
from handlers.keyboards.lettering import Lettering, Rows, in_columns
from locales.wording import Label

EVERY_DAY: Final = 4
"""Buttons that stand under a case before one asks for more."""

STEPS: Final = {
    Step.ACCEPT: Label.ACCEPT,
    Step.RESOLVE: Label.RESOLVE,
    Step.REPLY: Label.REPLY,
    Step.ASK: Label.ASK,
    Step.DROP: Label.DROP,
    Step.GRANT: Label.GRANT,
    Step.DENY: Label.DENY,
    Step.ASSIGN: Label.ASSIGN,
    Step.DO_PART: Label.DO_PART,
    Step.NOTE: Label.NOTE,
    Step.ANNOUNCE: Label.ANNOUNCE,
    Step.EXTEND: Label.EXTEND,
    Step.TRANSFER: Label.TRANSFER,
    Step.HAND_OVER: Label.HAND_OVER,
    Step.ADD_UNIT: Label.ADD_UNIT,
    Step.RECLASSIFY: Label.RECLASSIFY,
    Step.MERGE: Label.MERGE,
    Step.REFUSE: Label.REFUSE,
}
"""What stands on the button of each step."""


HEARD: Final = ((Label.HEARD_YES, Solved.YES), (Label.HEARD_PARTLY, Solved.PARTLY), (Label.HEARD_NO, Solved.NO))
"""What a caller can have heard by telephone."""


def rows(message: OfficialMessage, say: Lettering) -> Rows:
    """Draw the buttons of a message, or none."""
    if isinstance(message, CallingMessage):
        return _calling(message, say)
    if isinstance(message, TranslatingMessage):
        return translating.rows(message, say)
    match message:
        case TaskNotice():
            return _task(message, say)
        case TaskList():
            return _tasks(message, say)
        case TriageList(cases=lines) | FoundCases(cases=lines):
            return say.cases(line.case for line in lines)
        case RemindersSeen(cases=lines):
            return say.cases(line.case for line in lines)
        case ReminderNotice(lines=reminders, decided_at=at):
            drawn = say.cases(dict.fromkeys(line.case for line in reminders))
            return drawn if at is None else [*drawn, [(say.label(Label.SEEN), SeeReminders(int(at.timestamp())))]]
        case LeaveCard() | GroupLink():
            return _colleagues(message, say)
        case CaseHistory(case=number):
            return [[(say.label(Label.BACK), ShowCase(number))]]
        case Choice():
            return in_columns([_option(message, value, say) for value in message.options])
        case TriageCard():
            return _triage(message, say)
        case _:
            return []


def _colleagues(message: LeaveCard | GroupLink, say: Lettering) -> Rows:
    match message:
        case LeaveCard():
            return _leave(message, say)
        case GroupLink(groups=0):
            return []
        case GroupLink():
            return [[(say.label(Label.UNLINK_GROUPS), UnlinkGroups())]]


def _leave(card: LeaveCard, say: Lettering) -> Rows:
    """Draw the days to begin on, the lengths, the deputies, and taking it; or ending the one that is taken."""
    if card.is_taken:
        return [[(say.label(Label.LEAVE_END), EndLeave())]]
    begins_on, deputy, today = card.begins_on.toordinal(), card.deputy or "", card.today.toordinal()
    days: list[tuple[str, Button]] = [
        (say.label(label), ChooseLeave(today + ahead, card.days, deputy, is_final=False))
        for label, ahead in ((Label.LEAVE_TODAY, 0), (Label.LEAVE_TOMORROW, 1), (Label.LEAVE_NEXT_WEEK, 7))
    ]
    lengths: list[tuple[str, Button]] = [
        (say.label(Label.LEAVE_DAYS, value=str(each)), ChooseLeave(begins_on, each, deputy, is_final=False))
        for each in LENGTHS
    ]
    colleagues: list[tuple[str, Button]] = [
        (say.label(Label.COLLEAGUE, value=each[-4:]), ChooseLeave(begins_on, card.days, each, is_final=False))
        for each in card.options
        if each != card.deputy
    ]
    take: tuple[str, Button] = (say.label(Label.LEAVE_TAKE), ChooseLeave(begins_on, card.days, deputy, is_final=True))
    return [days, *in_columns(lengths), *in_columns(colleagues), [take]]


def _calling(message: CallingMessage, say: Lettering) -> Rows:
    listed: Rows = [[(say.label(Label.LIST_CALLBACKS), ListCallbacks())]]
    match message:
        case CallbackNotice() | CallbackEntered():
            return listed
        case CallbackList(cases=lines):
            return [[(say.label(Label.CALL_BACK, case=line.case), OpenCallback(line.case))] for line in lines]
        case CallbackCard(heard=solved) if solved is not None:
            return listed
        case CallbackCard(line=line, is_silent=True):
            return [[(say.label(Label.CALL_BACK, case=line.case), OpenCallback(line.case))], *listed]
        case CallbackCard(line=line):
            asks: Rows = [[(say.label(Label.ASK_VOICES), AskVoices(line.case, line.round))]]
            heard: Rows = [[(say.label(label), EnterCallback(line.case, line.round, solved))] for label, solved in HEARD]
            number: Rows = [[(say.label(Label.OPEN_NUMBER), OpenNumber(line.case))]] if message.has_number else []
            return [*(asks if message.voices and message.asked_at is None else []), *number, *heard, *listed]


def _tasks(shown: TaskList, say: Lettering) -> Rows:
    """Draw the cases, then signing for all of them, the pages, and the filters under which there is something."""
    drawn = say.cases(line.case for line in shown.cases)
    if shown.only is None:
        return drawn
    if shown.acceptable > 1:
        text = say.label(Label.ACCEPT_SHOWN, value=str(shown.acceptable))
        drawn.append([(text, AcceptShown(shown.only, shown.page, shown.mark))])
    turns: list[tuple[str, Button]] = []
    if shown.page > 0:
        turns.append((say.label(Label.PAGE_BEFORE), ShowTasks(shown.only, shown.page - 1)))
    if shown.total > (shown.page + 1) * PAGE:
        turns.append((say.label(Label.PAGE_AFTER), ShowTasks(shown.only, shown.page + 1)))
    filters: list[tuple[str, Button]] = [
        (say.label(Label(f"only_{only.name.lower()}"), value=str(count)), ShowTasks(only, 0))
        for only, count in shown.counts
        if only is not shown.only and (count or only is Only.UNIT)
    ]
    return [*drawn, *([turns] if turns else []), *in_columns(filters)]


def _task(notice: TaskNotice, say: Lettering) -> Rows:
    if notice.is_withheld:
        return []  # whoever does not see a case could open nothing of it
    steps = [_step(notice, step, say) for step in notice.steps]
    everyday, seldom = steps[:EVERY_DAY], steps[EVERY_DAY:]
    history: tuple[str, Button] = (say.label(Label.HISTORY), ShowHistory(notice.case))
    attached: tuple[str, Button] = (say.label(Label.OPEN_ATTACHED), OpenAttached(notice.case))
    if notice.is_more:
        return [
            *in_columns([*everyday, *seldom, attached, history]),
            [(say.label(Label.LESS), ShowMore(notice.case, is_more=False))],
        ]
    if seldom:
        return [*in_columns(everyday), [attached, (say.label(Label.MORE), ShowMore(notice.case, is_more=True))]]
    return in_columns([*everyday, attached, history])


def _step(notice: TaskNotice, step: Step, say: Lettering) -> tuple[str, Button]:
    match step:
        case Step.ACCEPT:
            return say.label(Label.ACCEPT), AcceptCase(notice.case)
        case Step.RESOLVE:
            return say.label(Label.RESOLVE), ResolveCase(notice.case)
        case _:
            return say.label(STEPS[step]), Take(notice.case, step)


def _option(choice: Choice, value: str, say: Lettering) -> tuple[str, Button]:
    return _named(choice, value, say), Choose(choice.case, choice.step, value)


def _named(choice: Choice, value: str, say: Lettering) -> str:
    match choice.step:
        case Step.ADD_UNIT:
            return say.unit(UnitId(value))
        case Step.RECLASSIFY:
            return say.deadline_class(ClassId(value))
        case Step.HAND_OVER:
            if value in choice.own:
                return say.label(Label.MEASURE_MYSELF)
            if any(each.staff == value for each in choice.away):
                return say.label(Label.COLLEAGUE_AWAY, value=value[-4:])
            return say.label(Label.COLLEAGUE_LEADING if value in choice.leads else Label.COLLEAGUE, value=value[-4:])
        case Step.REFUSE:
            article = Law[value.upper()].article
            return say.label(Label(f"refuse_{value}"), **({} if article is None else {"value": article}))
        case _:
            return say.label(Label(f"reply_{value}"))


def _triage(card: TriageCard, say: Lettering) -> Rows:
    back: Rows = [[(say.label(Label.BACK), PickTriage(card.case, Picked.NOTHING))]]
    match card.picked:
        case Picked.DONE:
            return []
        case Picked.UNIT:
            units: list[tuple[str, Button]] = [
                (say.unit(UnitId(each)), TriageUnit(card.case, UnitId(each))) for each in card.options
            ]
            return [*in_columns(units), *back]
        case Picked.CATEGORY:
            categories: list[tuple[str, Button]] = [
                (say.category(CategoryId(each)), TriageCategory(card.case, CategoryId(each))) for each in card.options
            ]
            return [*in_columns(categories), *back]
        case Picked.NOTHING:
            return _triage_card(card, say)
        case _:
            assert_never(card.picked)


def _triage_card(card: TriageCard, say: Lettering) -> Rows:
    unit = say.label(Label.PICK_UNIT) if card.unit is None else say.label(Label.CHANGE_UNIT, value=say.unit(card.unit))
    drawn: Rows = [
        [(unit, PickTriage(card.case, Picked.UNIT))],
        [(say.label(Label.PICK_CATEGORY, value=say.category(card.category)), PickTriage(card.case, Picked.CATEGORY))],
    ]
    if not card.is_second:
        final = say.label(Label.FOR_GOOD if card.is_final else Label.NOT_FOR_GOOD)
        drawn.append([(final, TriageFinal(card.case))])
    if card.unit is not None:
        drawn.append([(say.label(Label.ASSIGN_NOW), Assign(card.case))])
    return [*drawn, [(say.label(Label.HISTORY), ShowHistory(card.case))]]
