"""What officials are shown of their work, and the buttons that stand under it, row by row."""

from __future__ import annotations

from typing import Final

import msgspec

from bot.actions.lines import task_page
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Solved
from bot.rules.file import Media
from bot.rules.handling import Law, Step, Stock
from bot.rules.identity import FileId, StaffId
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackList,
    CallbackNotice,
    CaseHistory,
    CasesHandedOn,
    Choice,
    ColleagueAway,
    ColleagueBack,
    FileShown,
    FoundCases,
    InvitationLink,
    Message,
    Picked,
    ReminderNotice,
    RemindersSeen,
    ReopenNotice,
    ResolveQuestion,
    RoleEnded,
    RoleMenu,
    StaffCard,
    StaffGone,
    StaffJoined,
    StaffList,
    StaffUnreachable,
    StaffWelcome,
    TaskList,
    TaskRated,
    TaskResolved,
    TaskWithdrawn,
    TriageList,
    UnitAsked,
    UnitMirror,
    WhereShown,
    WordsWanted,
)
from bot.rules.tasks import Only, fingerprint
from handlers.callback import (
    AcceptCase,
    AcceptShown,
    AnswerUnit,
    AskVoices,
    Assign,
    Button,
    Choose,
    ChooseLeave,
    EndLeave,
    EndStaff,
    HandOn,
    Invite,
    ListCallbacks,
    OpenAttached,
    OpenCallback,
    OpenMember,
    OpenNumber,
    PickTriage,
    ResolveCase,
    SeeReminders,
    ShowCase,
    ShowHistory,
    ShowMore,
    ShowStaff,
    ShowTasks,
    Take,
    TriageCategory,
    TriageFinal,
    TriageUnit,
)
from tests.handlers.keyboard_samples import (
    BY_TELEPHONE,
    CALL,
    DIGEST,
    LEAVE,
    LINES,
    MEMBER,
    NOTICE,
    OTHER,
    PAGE_OF_TASKS,
    QUERY,
    REMINDERS,
    TODAY,
    TRIAGE,
    columns,
    notice_in,
)
from tests.support.builders import (
    ADMIN,
    DUE_AT,
    NOW,
    NUMBER,
    OFFICER,
    SUPERVISOR,
    TRANSPORT,
    WATER,
    county,
)

WITH_BUTTONS: Final[dict[str, tuple[Message, list[list[Button]]]]] = {
    "callback notice": (CallbackNotice(total=2), [[ListCallbacks()]]),
    "callback list": (CallbackList(cases=(CALL,), total=1), [[OpenCallback(NUMBER)]]),
    "callback card": (CallbackCard(line=CALL, voices=1), [[AskVoices(NUMBER, 2)], *BY_TELEPHONE]),
    "callback card, asked": (CallbackCard(line=CALL, voices=1, asked_at=NOW), BY_TELEPHONE),
    "callback card, silent": (
        CallbackCard(line=CALL, voices=1, asked_at=NOW, is_silent=True),
        [[OpenCallback(NUMBER)], [ListCallbacks()]],
    ),
    "callback card, heard": (CallbackCard(line=CALL, voices=0, heard=Solved.NO), [[ListCallbacks()]]),
    "callback card, nobody to ask": (CallbackCard(line=CALL, voices=0), BY_TELEPHONE),
    "callback card, a number": (CallbackCard(line=CALL, voices=0, has_number=True), [[OpenNumber(NUMBER)], *BY_TELEPHONE]),
    "callback entered": (CallbackEntered(case=NUMBER, solved=Solved.NO), [[ListCallbacks()]]),
    "task, assigned": (
        NOTICE,
        [
            [AcceptCase(NUMBER), ResolveCase(NUMBER)],
            [Take(NUMBER, Step.EXTEND), Take(NUMBER, Step.TRANSFER)],
            [OpenAttached(NUMBER), ShowMore(NUMBER, is_more=True)],
        ],
    ),
    "task, more": (
        msgspec.structs.replace(NOTICE, is_more=True),
        [
            [AcceptCase(NUMBER), ResolveCase(NUMBER)],
            [Take(NUMBER, Step.EXTEND), Take(NUMBER, Step.TRANSFER)],
            [Take(NUMBER, Step.REPLY), Take(NUMBER, Step.NOTE)],
            [Take(NUMBER, Step.ANNOUNCE), Take(NUMBER, Step.RECLASSIFY)],
            [OpenAttached(NUMBER), ShowHistory(NUMBER)],
            [ShowMore(NUMBER, is_more=False)],
        ],
    ),
    "task, accepted": (
        notice_in(State.ACCEPTED, OFFICER),
        [
            [ResolveCase(NUMBER), Take(NUMBER, Step.ASK)],
            [Take(NUMBER, Step.EXTEND), Take(NUMBER, Step.TRANSFER)],
            [OpenAttached(NUMBER), ShowMore(NUMBER, is_more=True)],
        ],
    ),
    "task, waiting": (
        notice_in(State.WAITING, OFFICER),
        [
            [Take(NUMBER, Step.DROP), Take(NUMBER, Step.REPLY)],
            [Take(NUMBER, Step.NOTE), Take(NUMBER, Step.ANNOUNCE)],
            [OpenAttached(NUMBER), ShowMore(NUMBER, is_more=True)],
        ],
    ),
    "task, supervisor": (
        notice_in(State.ACCEPTED, SUPERVISOR),
        [
            [Take(NUMBER, Step.NOTE), Take(NUMBER, Step.ADD_UNIT)],
            [Take(NUMBER, Step.RECLASSIFY), Take(NUMBER, Step.MERGE)],
            [OpenAttached(NUMBER), ShowMore(NUMBER, is_more=True)],
        ],
    ),
    "task, resolved": (
        notice_in(State.RESOLVED, OFFICER),
        [[Take(NUMBER, Step.NOTE), OpenAttached(NUMBER)], [ShowHistory(NUMBER)]],
    ),
    "stock answers": (
        Choice(case=NUMBER, step=Step.REPLY, options=tuple(Stock)),
        columns(*(Choose(NUMBER, Step.REPLY, each) for each in Stock)),
    ),
    "laws": (
        Choice(case=NUMBER, step=Step.REFUSE, options=tuple(each.name.lower() for each in Law)),
        columns(*(Choose(NUMBER, Step.REFUSE, each.name.lower()) for each in Law)),
    ),
    "units": (
        Choice(case=NUMBER, step=Step.ADD_UNIT, options=tuple(county().units)),
        columns(*(Choose(NUMBER, Step.ADD_UNIT, each) for each in county().units)),
    ),
    "classes": (
        Choice(case=NUMBER, step=Step.RECLASSIFY, options=tuple(county().classes)),
        columns(*(Choose(NUMBER, Step.RECLASSIFY, each) for each in county().classes)),
    ),
    "colleagues": (
        Choice(case=NUMBER, step=Step.HAND_OVER, options=("s-0123456789ab", "s-0123456789cd")),
        columns(*(Choose(NUMBER, Step.HAND_OVER, each) for each in ("s-0123456789ab", "s-0123456789cd"))),
    ),
    "triage": (
        TRIAGE,
        [
            [PickTriage(NUMBER, Picked.UNIT)],
            [PickTriage(NUMBER, Picked.CATEGORY)],
            [TriageFinal(NUMBER)],
            [ShowHistory(NUMBER)],
        ],
    ),
    "triage, second": (
        msgspec.structs.replace(TRIAGE, is_second=True, is_final=True, unit=WATER),
        [
            [PickTriage(NUMBER, Picked.UNIT)],
            [PickTriage(NUMBER, Picked.CATEGORY)],
            [Assign(NUMBER)],
            [ShowHistory(NUMBER)],
        ],
    ),
    "triage, units": (
        msgspec.structs.replace(TRIAGE, picked=Picked.UNIT, options=tuple(county().units)),
        [*columns(*(TriageUnit(NUMBER, each) for each in county().units)), [PickTriage(NUMBER, Picked.NOTHING)]],
    ),
    "triage, categories": (
        msgspec.structs.replace(TRIAGE, picked=Picked.CATEGORY, options=tuple(county().categories)),
        [*columns(*(TriageCategory(NUMBER, each) for each in county().categories)), [PickTriage(NUMBER, Picked.NOTHING)]],
    ),
    "tasks, first page": (
        task_page(QUERY, PAGE_OF_TASKS, NOW),
        [
            [ShowCase(NUMBER)],
            [ShowCase(OTHER)],
            [AcceptShown(Only.UNIT, 0, fingerprint(PAGE_OF_TASKS.cases))],
            [ShowTasks(Only.UNIT, 1)],
            [ShowTasks(Only.UNACCEPTED, 0), ShowTasks(Only.OVERDUE, 0)],
        ],
    ),
    "tasks, second page": (
        msgspec.structs.replace(task_page(QUERY, PAGE_OF_TASKS, NOW), only=Only.OVERDUE, page=1, total=9, acceptable=1),
        [
            [ShowCase(NUMBER)],
            [ShowCase(OTHER)],
            [ShowTasks(Only.OVERDUE, 0)],
            [ShowTasks(Only.UNIT, 0), ShowTasks(Only.UNACCEPTED, 0)],
        ],
    ),
    "found": (FoundCases(cases=LINES, total=2, is_complete=True), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
    "triage list": (TriageList(cases=LINES, total=2), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
    "history": (CaseHistory(case=NUMBER, lines=()), [[ShowCase(NUMBER)]]),
    "question of a unit": (
        UnitAsked(case=NUMBER, unit=TRANSPORT, question="哪一盏？", until=DUE_AT),
        [[AnswerUnit(NUMBER)]],
    ),
    "tasks": (TaskList(cases=LINES, total=2), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
    "reminder with its moment": (
        ReminderNotice(lines=REMINDERS, decided_at=NOW),
        [[ShowCase(NUMBER)], [ShowCase(OTHER)], [SeeReminders(int(NOW.timestamp()))]],
    ),
    "staff of no unit": (
        StaffList(unit=None, lines=(), units=(), invites=(Role.TRANSLATOR,)),
        [
            [Invite(Role.TRANSLATOR, ""), Invite(Role.TRANSLATOR, "", "ug")],
            [Invite(Role.TRANSLATOR, "", "sjo")],
        ],
    ),
    "staff of a unit": (
        StaffList(unit=TRANSPORT, lines=(MEMBER,), units=(), invites=(Role.OFFICER,)),
        [[OpenMember("s-one", is_sure=False)], [Invite(Role.OFFICER, TRANSPORT)]],
    ),
    "staff of a unit, for admins": (
        StaffList(unit=TRANSPORT, lines=(), units=(WATER,), invites=(Role.OFFICER, Role.LEAD)),
        [[Invite(Role.OFFICER, TRANSPORT), Invite(Role.LEAD, TRANSPORT)], [ShowStaff(WATER), ShowStaff("")]],
    ),
    "an official": (
        StaffCard(line=MEMBER, unit=TRANSPORT, may_end=True, is_sure=False, heirs=(StaffId("s-two"),)),
        [[HandOn("s-one", "s-two")], [OpenMember("s-one", is_sure=True)], [ShowStaff(TRANSPORT)]],
    ),
    "an official whose role shall end": (
        StaffCard(line=MEMBER, unit=None, may_end=True, is_sure=True, heirs=()),
        [[EndStaff("s-one")], [ShowStaff("")]],
    ),
    "an official is gone": (
        StaffGone(
            staff=StaffId("s-one"), role=Role.OFFICER, unit=TRANSPORT, cases=LINES[:1], total=1, heirs=(StaffId("s-two"),)
        ),
        [[ShowCase(NUMBER)], [HandOn("s-one", "s-two")]],
    ),
    "cases handed on": (CasesHandedOn(staff=StaffId("s-two"), cases=LINES[:1]), [[ShowCase(NUMBER)]]),
    "leave": (
        LEAVE,
        [
            [ChooseLeave(TODAY + ahead, 7, "s-one", is_final=False) for ahead in (0, 1, 7)],
            [ChooseLeave(TODAY, days, "s-one", is_final=False) for days in (1, 3)],
            [ChooseLeave(TODAY, days, "s-one", is_final=False) for days in (7, 14)],
            [ChooseLeave(TODAY, 30, "s-one", is_final=False)],
            [ChooseLeave(TODAY, 7, "s-two", is_final=False)],
            [ChooseLeave(TODAY, 7, "s-one", is_final=True)],
        ],
    ),
    "leave taken": (msgspec.structs.replace(LEAVE, is_taken=True), [[EndLeave()]]),
    "reminders seen": (RemindersSeen(cases=LINES), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
    "reminder": (ReminderNotice(lines=REMINDERS), [[ShowCase(NUMBER)], [ShowCase(OTHER)]]),
    **{
        f"task, {state}": (notice_in(state, OFFICER), [[OpenAttached(NUMBER), ShowHistory(NUMBER)]])
        for state in (State.CLOSED, State.WITHDRAWN, State.REFUSED, State.MERGED)
    },
}

WITHOUT_BUTTONS: Final[tuple[Message, ...]] = (
    RoleEnded(role=Role.OFFICER, unit=TRANSPORT),
    InvitationLink(role=Role.OFFICER, unit=TRANSPORT, link="https://t.me/minsheng_bot?start=j-0", expires_at=NOW),
    ColleagueAway(
        staff=StaffId("s-one"),
        role=Role.OFFICER,
        unit=TRANSPORT,
        begins_at=NOW,
        last_at=NOW,
        deputy=None,
        is_deputy=False,
    ),
    ColleagueBack(staff=StaffId("s-one"), role=Role.OFFICER, unit=TRANSPORT),
    FileShown(case=NUMBER, file=FileId("f-1"), media=Media.PHOTO, place=1, of=1),
    WhereShown(case=NUMBER, latitude=None, longitude=None, phone=None, name=None, voices=0, waiting=0, files=1),
    TaskWithdrawn(case=NUMBER),
    ResolveQuestion(case=NUMBER),
    TaskResolved(case=NUMBER),
    TaskRated(case=NUMBER, solved=Solved.YES, score=5),
    ReopenNotice(case=NUMBER, unit=TRANSPORT, round=2, due_at=DUE_AT),
    notice_in(State.ASSIGNED, ADMIN),
    StaffWelcome(role=Role.OFFICER, unit=TRANSPORT),
    StaffJoined(role=Role.OFFICER, unit=TRANSPORT),
    StaffUnreachable(role=Role.OFFICER, unit=TRANSPORT),
    TaskList(cases=(), total=0),
    FoundCases(cases=(), total=0, is_complete=True),
    UnitMirror(unit=TRANSPORT, counts=(), digest=DIGEST),
    RoleMenu(roles=(Role.OFFICER,)),
    WordsWanted(case=NUMBER, step=Step.ASK),
    msgspec.structs.replace(TRIAGE, picked=Picked.DONE, unit=WATER),
)
