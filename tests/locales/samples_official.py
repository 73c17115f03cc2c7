"""One message of every kind to those who work on cases, and of every turn it takes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Role
from bot.rules.entry import Solved
from bot.rules.file import Media
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, FileId, StaffId, UnitId
from bot.rules.message import (
    CallbackCard,
    CallbackEntered,
    CallbackLine,
    CallbackList,
    CallbackNotice,
    CaseHistory,
    Choice,
    ColleagueAway,
    ColleagueBack,
    FileShown,
    FoundCases,
    HistoryLine,
    LeaveCard,
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
from bot.rules.message.official import Away
from bot.rules.tasks import Only
from locales.handling import CHOOSE, WANTED
from locales.history import EVENTS
from tests.locales.county import QAPQAL, QIONGBOLA, ROADS, SCHOOLS, SUPERVISION, TOWN_HALL, TRANSPORT, UG
from tests.locales.sample_values import DUE, NOW, NUMBER, UYGHUR_WORDS, WORDS, case_line
from tests.locales.samples_admin import digest


def reminder_line(number: int, stage: str, limit_at: datetime, unit: UnitId = TRANSPORT) -> ReminderLine:
    """Make a line of a reminder."""
    return ReminderLine(
        case=CaseNumber(f"CB-2026-{number:06}"),
        stage=stage,
        category=SCHOOLS,
        township=QAPQAL,
        unit=unit,
        limit_at=limit_at,
        is_late=limit_at < NOW,
    )


def task(words: str = WORDS, state: State = State.ASSIGNED, round_: int = 1, *, is_mine: bool = False) -> TaskNotice:
    """Make a task notice."""
    return TaskNotice(
        case=NUMBER,
        state=state,
        kind=Kind.REQUEST,
        category=ROADS,
        township=QIONGBOLA,
        unit=TRANSPORT,
        words=words,
        filed_at=NOW - timedelta(hours=1),
        accept_due_at=NOW + timedelta(hours=2),
        due_at=DUE,
        round=round_,
        is_mine=is_mine,
    )


def official() -> Iterator[tuple[str, OfficialMessage]]:
    """Yield every message of this area with a name for it."""
    for state in State:
        yield f"TaskNotice {state}", task(state=state)
    yield "TaskNotice about officials", msgspec.structs.replace(task(), about=TRANSPORT)
    yield "TaskNotice by phone", msgspec.structs.replace(task(), news=News.ADDED, said=WORDS, is_by_phone=True)
    yield "TaskNotice mine", task(state=State.ACCEPTED, is_mine=True)
    theirs = msgspec.structs.replace(task(state=State.ACCEPTED), officer=StaffId("s-0a1b2c3d4e5f"))
    yield "TaskNotice of a colleague", theirs
    yield "TaskNotice no words", task(words="")
    yield "TaskNotice withheld", msgspec.structs.replace(task(words=""), is_withheld=True)
    unattended = msgspec.structs.replace(task(words=""), is_withheld=True, is_unattended=True)
    yield "TaskNotice unattended", unattended
    yield "TaskNotice unattended, given", msgspec.structs.replace(unattended, news=News.GIVEN, said=WORDS)
    yield "FileShown", FileShown(case=NUMBER, file=FileId("f-1"), media=Media.PHOTO, place=1, of=3)
    where = WhereShown(
        case=NUMBER, latitude=43.84, longitude=81.15, phone="+8613900000000", name="张三", voices=1, waiting=2, files=3
    )
    yield "WhereShown", where
    yield "WhereShown little", msgspec.structs.replace(where, latitude=None, longitude=None, phone=None, name=None)
    yield "TaskNotice again", task(round_=2)
    yield (
        "TaskNotice without deadline",
        TaskNotice(
            case=NUMBER,
            state=State.ASSIGNED,
            kind=Kind.PRAISE,
            category=SCHOOLS,
            township=None,
            unit=SUPERVISION,
            words=UYGHUR_WORDS,
            filed_at=NOW,
            accept_due_at=None,
            due_at=None,
            round=1,
            is_mine=False,
        ),
    )
    yield "TaskNotice long", task("路" * 9_000)
    lines = (
        case_line(7, State.ASSIGNED, NOW - timedelta(days=2)),
        case_line(123),
        case_line(124, State.ASSIGNED, NOW + timedelta(hours=25, minutes=5)),
        case_line(125, due_at=None),
    )
    yield "TaskList", TaskList(cases=lines, total=31)
    elsewhere = msgspec.structs.replace(lines[1], unit=TOWN_HALL)
    yield "TaskList of several units", TaskList(cases=(lines[0], elsewhere), total=2)
    yield "TaskList empty", TaskList(cases=(), total=0)
    yield "TaskList long", TaskList(cases=tuple(case_line(n) for n in range(1, 121)), total=120)
    yield "ResolveQuestion", ResolveQuestion(case=NUMBER)
    yield "ResolveQuestion with evidence", ResolveQuestion(case=NUMBER, wants_evidence=True)
    yield "TaskResolved", TaskResolved(case=NUMBER)
    yield "TaskRated", TaskRated(case=NUMBER, solved=Solved.PARTLY, score=3)
    yield "TaskRated without score", TaskRated(case=NUMBER, solved=Solved.NO, score=None)
    yield "ReopenNotice", ReopenNotice(case=NUMBER, unit=TRANSPORT, round=2, due_at=DUE)
    soon = reminder_line(123, "before:1d", NOW + timedelta(days=1))
    late = reminder_line(7, "overdue:0h", NOW - timedelta(hours=3))
    yield "ReminderNotice", ReminderNotice(lines=(soon,))
    yield "ReminderNotice overdue", ReminderNotice(lines=(late,))
    unaccepted = reminder_line(8, "unaccepted:4h", NOW - timedelta(hours=4), TOWN_HALL)
    nearly = reminder_line(9, "unaccepted:0h", NOW + timedelta(seconds=20))
    yield "ReminderNotice mixed", ReminderNotice(lines=(soon, late, unaccepted, nearly))
    yield from _leave()
    yield "RemindersSeen", RemindersSeen(cases=lines)
    yield "StaffWelcome", StaffWelcome(role=Role.OFFICER, unit=TRANSPORT, sign=StaffId("s-0a1b2c3d4e5f"))
    for role in Role:
        yield f"StaffWelcome {role.value}", StaffWelcome(role=role, unit=None)
    yield from _handling()


def _handling() -> Iterator[tuple[str, OfficialMessage]]:
    """Yield what is read while a case is worked on."""
    for news in News:
        yield f"TaskNotice news {news}", msgspec.structs.replace(task(state=State.ACCEPTED), news=news, said="理由写在这里")
    yield (
        "TaskNotice with all that stands about it",
        msgspec.structs.replace(
            task(state=State.WAITING, is_mine=True),
            joint=(TOWN_HALL, SUPERVISION),
            waiting_until=DUE,
            wish_due_at=DUE + timedelta(days=7),
            voices=12,
            steps=tuple(Step),
        ),
    )
    for step in WANTED:
        yield f"WordsWanted {step}", WordsWanted(case=NUMBER, step=step)
    for step in CHOOSE:
        yield f"Choice {step}", Choice(case=NUMBER, step=step, options=())
    away = (
        Away(staff=StaffId("s-012345678901"), last_at=DUE, deputy=StaffId("s-012345678902")),
        Away(staff=StaffId("s-012345678902"), last_at=DUE, deputy=None),
    )
    offered = tuple(each.staff for each in away)
    yield "Choice, all on leave", Choice(case=NUMBER, step=Step.HAND_OVER, options=offered, away=away)
    card = TriageCard(
        case=NUMBER,
        words=WORDS,
        left=TRANSPORT,
        reason="路灯归镇里管",
        old_category=ROADS,
        township=QIONGBOLA,
        due_at=DUE,
        limit_at=NOW + timedelta(hours=2),
        is_second=False,
        unit=None,
        category=ROADS,
        is_final=False,
        said="",
    )
    yield "TriageCard", card
    late = msgspec.structs.replace(card, limit_at=NOW - timedelta(hours=1), is_second=True, said="镇里负责", due_at=None)
    yield "TriageCard late", late
    yield "TriageCard done", msgspec.structs.replace(late, picked=Picked.DONE, unit=TOWN_HALL)
    lines = (case_line(7, State.TRIAGE), case_line(8, State.TRIAGE, None))
    yield "TriageList", TriageList(cases=lines, total=12)
    kinds = (
        HistoryLine(at=NOW, kind=kind, actor=actor, role=role, unit=unit, words="写的话", until=DUE, about=TOWN_HALL)
        for kind in EVENTS
        for actor, role, unit in (
            ("resident", None, None),
            ("clock", None, None),
            ("system", None, None),
            (None, Role.OFFICER, TRANSPORT),
            (None, Role.ADMIN, None),
            (None, None, None),
        )
    )
    put = HistoryLine(
        at=NOW,
        kind="translated",
        actor=None,
        role=Role.TRANSLATOR,
        unit=None,
        words=UYGHUR_WORDS,
        until=None,
        about=None,
        language=UG,
        original=WORDS,
    )
    yield "CaseHistory translated", CaseHistory(case=NUMBER, lines=(put,))
    yield "CaseHistory", CaseHistory(case=NUMBER, lines=tuple(kinds))
    yield (
        "ReminderNotice triage",
        ReminderNotice(
            lines=(
                reminder_line(1, "triage:1h", NOW + timedelta(hours=1)),
                reminder_line(2, "triage:4h", NOW - timedelta(hours=2)),
            )
        ),
    )
    yield from _lists()
    yield from _calling()


def _calling() -> Iterator[tuple[str, OfficialMessage]]:
    """Yield what those who call drawn cases back read."""
    line = CallbackLine(case=NUMBER, round=2, category=ROADS, township=QIONGBOLA, unit=TRANSPORT, closed_at=NOW)
    bare = CallbackLine(case=NUMBER, round=1, category=ROADS, township=None, unit=TOWN_HALL, closed_at=None)
    yield "CallbackNotice", CallbackNotice(total=3)
    yield "CallbackList", CallbackList(cases=(line, bare), total=2)
    yield "CallbackList of some", CallbackList(cases=(line,) * 10, total=31)
    yield "CallbackCard", CallbackCard(line=line, voices=2)
    yield "CallbackCard asked", CallbackCard(line=line, voices=1, asked_at=NOW)
    yield "CallbackCard silent", CallbackCard(line=line, voices=1, asked_at=NOW, is_silent=True)
    yield "CallbackCard heard", CallbackCard(line=line, voices=0, heard=Solved.YES)
    yield "CallbackCard heard no", CallbackCard(line=bare, voices=0, heard=Solved.NO)
    yield "CallbackCard by telephone", CallbackCard(line=bare, voices=0)
    for solved in Solved:
        yield f"CallbackEntered {solved}", CallbackEntered(case=NUMBER, solved=solved)


def _lists() -> Iterator[tuple[str, OfficialMessage]]:
    """Yield the lists that officials work by."""
    counts = tuple((only, place) for place, only in enumerate(Only))
    lines = (case_line(7, State.ASSIGNED, NOW - timedelta(days=2)), case_line(123), case_line(125, State.WAITING, None))
    for only in Only:
        yield f"TaskList {only.name}", TaskList(cases=lines, total=21, only=only, page=1, counts=counts, acceptable=2)
        yield f"TaskList {only.name} empty", TaskList(cases=(), total=0, only=only, counts=counts)
    yield "TaskList in the morning", TaskList(cases=lines[:1], total=1, only=Only.UNIT, counts=counts, is_morning=True)
    yield "FoundCases", FoundCases(cases=lines, total=30, is_complete=False)
    yield "FoundCases none", FoundCases(cases=(), total=0, is_complete=True)
    yield "UnitMirror", UnitMirror(unit=TRANSPORT, counts=counts, digest=digest(unit=TRANSPORT))
    yield "RoleMenu", RoleMenu(roles=(Role.OFFICER, Role.LEAD))


def _leave() -> Iterator[tuple[str, OfficialMessage]]:
    """Leave: being chosen, taken, without a deputy; what leads and deputies are told."""
    ends, me, other = NOW + timedelta(days=7), StaffId("s-0a1b2c3d4e5f"), StaffId("s-f5e4d3c2b1a0")
    card = LeaveCard(
        begins_on=NOW.date(),
        days=7,
        today=NOW.date(),
        begins_at=NOW,
        last_at=ends,
        deputy=other,
        options=(other, me),
        is_taken=False,
        staff=me,
    )
    yield "LeaveCard", card
    yield "LeaveCard taken", msgspec.structs.replace(card, is_taken=True, options=())
    yield "LeaveCard of an earlier version", msgspec.structs.replace(card, staff=None)
    yield "LeaveCard without deputy", msgspec.structs.replace(card, deputy=None, options=())
    away = ColleagueAway(
        staff=me, role=Role.OFFICER, unit=TRANSPORT, begins_at=NOW, last_at=ends, deputy=other, is_deputy=False
    )
    yield "ColleagueAway", away
    yield "ColleagueAway to the deputy", msgspec.structs.replace(away, is_deputy=True)
    yield "ColleagueAway admin", msgspec.structs.replace(away, role=Role.ADMIN, unit=None, deputy=None)
    yield "ColleagueBack", ColleagueBack(staff=me, role=Role.OFFICER, unit=TRANSPORT)
    yield "ColleagueBack admin", ColleagueBack(staff=me, role=Role.ADMIN, unit=None)
