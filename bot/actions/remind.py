"""What is due now: reminders before a limit, notes after it, the rating question again, closing without an answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from bot.actions.follow_up import follow_up_plan
from bot.actions.resolve_case import rating_anchor, rating_question
from bot.ports import Desk
from bot.rules.access import HANDLING
from bot.rules.case import OPEN, Case, State
from bot.rules.county import Role
from bot.rules.due import REPEAT_DEPUTY, RemindStaff
from bot.rules.duty import UNSEEN, woken
from bot.rules.effect import CaseChange, Effects, Priority, Send, Told
from bot.rules.entry import CLOCK, Closed, Closing, Entry, ReminderDecided
from bot.rules.identity import Language, PersonId, StaffId
from bot.rules.life import evolve
from bot.rules.message import CaseClosedUnrated, RatingThanks, ReminderLine, ReminderNotice
from bot.rules.staff import Staff, acting


@dataclass(frozen=True, slots=True)
class Reminding:
    """One recipient of one reminder: the entry that decides it, and the line they will read.

    Attributes:
        is_alarm: of a class that runs round the clock: told at its true moment, day and night.
    """

    staff: Staff | None
    entry: Entry
    told: Told
    line: ReminderLine
    is_alarm: bool


def applies(case: Case, task: RemindStaff) -> bool:
    """Say whether a planned reminder still makes sense: the same round, open, and what it is about still to be done.

    While the resident is waited for, nobody is reminded of anything.
    """
    if case.now.number != task.round or case.state not in OPEN or case.state is State.WAITING:
        return False
    match task.stage.split(":")[0]:
        case "unaccepted":
            return case.state is State.ASSIGNED
        case "triage":
            return case.state is State.TRIAGE
        case _:
            return True


def true_now(case: Case, missed: Iterable[tuple[datetime, RemindStaff]]) -> tuple[RemindStaff, ...]:
    """Make one of several planned reminders of a case whose moments have passed, in the order of those moments.

    It carries the last stage that still makes sense, and goes to everyone to whom any of them that does was to go. Where two
    limits pass in the same second there is one for each: that a case is not signed for, and that it is overdue.
    """
    tasks = [(at, task) for at, task in missed if applies(case, task)]
    if not tasks:
        return ()
    last_at = max(at for at, _ in tasks)
    earlier = [role for at, task in tasks if at < last_at for role in task.to]
    by_limit: dict[str, list[RemindStaff]] = {}
    for at, task in tasks:
        if at == last_at:
            by_limit.setdefault(_limit_named(task.stage), []).append(task)
    return tuple(
        msgspec.structs.replace(last[-1], to=tuple(dict.fromkeys([*earlier, *(role for task in last for role in task.to)])))
        for last in by_limit.values()
    )


def limit_of(case: Case, stage: str) -> datetime | int | None:
    """Return what tells the limit that a stage is about from an earlier one; that for finding a unit is told by its turn."""
    match _limit_named(stage):
        case "unaccepted":
            return case.now.accept_due_at
        case "triage":
            return case.transfers
        case _:
            return case.now.due_at


def _limit_named(stage: str) -> str:
    """Name the limit that a stage is about: for signing, for finding a unit, or, by several stages, for resolving."""
    beginning = stage.partition(":")[0]
    return beginning if beginning in {"unaccepted", "triage"} else "handle"


def recipients(
    case: Case, roles: Iterable[Role], staff: Iterable[Staff], now: datetime, *, is_time_for_duty: bool = False
) -> tuple[tuple[Role, Staff], ...]:
    """Find who is meant by each role; a role that nobody here holds climbs to lead, supervisor, admin.

    Whoever is on leave is told nothing; their deputy is told instead. At night and on days off whoever is on duty is meant
    by the officer of a case that cannot wait.
    """
    known = tuple(staff)
    on_duty = woken(case.unit, known, now) if is_time_for_duty and case.now.runs_round_the_clock else ()
    everyone = [(each, told) for each in known for told in [acting(each, known, now)] if told is not None]
    ladder = (Role.OFFICER, Role.LEAD, Role.SUPERVISOR, Role.ADMIN)
    found: dict[StaffId, tuple[Role, Staff]] = {}
    if case.state is State.TRIAGE:  # no unit has it, so none is told
        roles = dict.fromkeys(Role.SUPERVISOR if role in HANDLING else role for role in roles)
    for role in roles:
        if role is Role.OFFICER and on_duty:
            found.update({each.id: (role, each) for each in on_duty if each.id not in found})
            continue
        for step in ladder[ladder.index(role) :] if role in ladder else (role,):
            meant = _holding(case, step, everyone)
            if meant:
                found.update({each.id: (step, each) for each in meant if each.id not in found})
                break
    return tuple(found.values())


def deputies(case: Case, staff: Iterable[Staff], now: datetime) -> tuple[tuple[Role, Staff], ...]:
    """Find who is told when whoever is in charge is silent: the unit's other officers, else as if the lead were meant."""
    everyone = tuple(staff)
    others = tuple(
        each
        for each in everyone
        if each.is_here(now) and each.unit == case.unit and each.role is Role.OFFICER and each.id != case.officer
    )
    if case.officer is None or not others:  # with nobody in charge all officers were told
        return recipients(case, (Role.LEAD,), everyone, now)
    return tuple((Role.OFFICER, each) for each in others)


def remind(
    case: Case,
    task: RemindStaff,
    staff: Iterable[Staff],
    now: datetime,
    *,
    told: frozenset[PersonId] = frozenset(),
    is_time_for_duty: bool = False,
) -> tuple[Reminding, ...]:
    """Decide one planned reminder: one entry for each who is told; with nobody to tell, an entry that says so.

    Args:
        told: who was told the same before, and is not told again.
    """
    if not applies(case, task):
        return ()
    line, known = _line(case, task, now), tuple(staff)
    if task.stage == REPEAT_DEPUTY:
        found = deputies(case, known, now)
    elif task.stage == UNSEEN:
        silent = {each.person for each in woken(case.unit, known, now)}
        found = tuple(each for each in recipients(case, task.to, known, now) if each[1].person not in silent)
    else:
        found = recipients(case, task.to, known, now, is_time_for_duty=is_time_for_duty)
    if line is None:
        return ()
    meant: list[tuple[Role, Staff | None]] = [each for each in found if each[1].person not in told]
    if not found:
        meant = [(task.to[0], None)]
    alarm = case.now.runs_round_the_clock
    return tuple(reminding(case, task, role, each, line, now, is_alarm=alarm) for role, each in meant)


def reminder_effects(remindings: Iterable[Reminding], *, is_open: bool = True) -> Effects:
    """Send what falls together as one message a person; who is meant in two functions reads it once.

    Args:
        is_open: the office is; while it is shut an alarm goes alone, and the rest waits.
    """
    all_of_them = tuple(remindings)
    by_person: dict[tuple[PersonId, bool], list[Reminding]] = {}
    for reminding in all_of_them:
        if reminding.staff is not None:
            by_person.setdefault((reminding.staff.person, reminding.is_alarm and not is_open), []).append(reminding)
    sends = tuple(
        Send(
            person,
            ReminderNotice(lines=tuple(dict.fromkeys(reminding.line for reminding in own)), decided_at=own[0].entry.at),
            Priority.ALARM if any(reminding.is_alarm for reminding in own) else Priority.NOTICE,
            tells=tuple(reminding.told for reminding in own),
        )
        for (person, _), own in by_person.items()
    )
    return Effects(entries=tuple(reminding.entry for reminding in all_of_them), sends=sends)


def ask_again(
    case: Case,
    round_number: int,
    answer: str,
    voices: Iterable[tuple[int, PersonId]],
    translations: tuple[tuple[Language, str], ...] = (),
) -> Effects:
    """Ask those who have not yet answered whether it is solved; `translations` are those of the answer."""
    if case.state is not State.RESOLVED or case.now.number != round_number:
        return Effects()
    question = rating_question(case, answer, is_repeated=True, translations=translations)
    silent = tuple(person for voice, person in voices if case.rating_of(voice) is None)
    return Effects(sends=tuple(Send(person, question, Priority.NOTICE) for person in silent))


def close_unrated(
    desk: Desk, case: Case, round_number: int, voices: Iterable[tuple[int, PersonId]], now: datetime
) -> Effects:
    """Close a resolved case whose residents kept silent; it counts as neither solved nor satisfied."""
    if case.state is not State.RESOLVED or case.now.number != round_number:
        return Effects()
    how = Closing.LEFT if case.now.ratings else Closing.UNRATED
    entry = Entry(at=now, actor=CLOCK, case=case.number, fact=Closed(round=round_number, how=how))
    closed = evolve(case, entry)
    sends = tuple(
        Send(person, _farewell(case, voice), Priority.NOTICE, anchor=rating_anchor(case)) for voice, person in voices
    )
    planned = follow_up_plan(desk.county, desk.calendar, closed, now)
    return Effects(cases=(CaseChange(case, closed, (entry,)),), planned=planned, sends=sends)


def _farewell(case: Case, voice: int) -> CaseClosedUnrated | RatingThanks:
    """Tell a silent voice that the question is closed, and one that said partly that this is what counts."""
    rating = case.rating_of(voice)
    if rating is None:
        return CaseClosedUnrated(case=case.number)
    return RatingThanks(case=case.number, solved=rating.solved, score=rating.score)


def _holding(case: Case, role: Role, staff: Iterable[tuple[Staff, Staff]]) -> tuple[Staff, ...]:
    """Return who is told for those who hold a role; `staff` are the holders, each with who is told for them."""
    pairs = tuple(staff)
    own = tuple(told for each, told in pairs if each.role is role and each.unit == case.unit)
    match role:
        case Role.OFFICER:
            in_charge = tuple(told for each, told in pairs if each.id == case.officer)
            return tuple(dict.fromkeys(in_charge or own))
        case Role.LEAD:
            return tuple(dict.fromkeys(own))
        case _:
            return tuple(dict.fromkeys(told for each, told in pairs if each.role is role))


def _line(case: Case, task: RemindStaff, now: datetime) -> ReminderLine | None:
    own = case.now.accept_due_at if task.stage.startswith("unaccepted") else case.now.due_at
    limit_at = task.limit_at or own
    if limit_at is None:
        return None
    return ReminderLine(
        case=case.number,
        stage=task.stage,
        category=case.category,
        township=case.township,
        unit=case.unit,
        limit_at=limit_at,
        is_late=now >= limit_at,
    )


def reminding(  # noqa: PLR0913 (who is told what of which case)
    case: Case, task: RemindStaff, role: Role, staff: Staff | None, line: ReminderLine, now: datetime, *, is_alarm: bool
) -> Reminding:
    """Decide one recipient of a reminder."""
    of = staff.id if staff is not None else None
    fact = ReminderDecided(round=task.round, stage=task.stage, role=role, staff=of)
    entry = Entry(at=now, actor=CLOCK, case=case.number, fact=fact)
    told = Told(case.number, task.round, task.stage, role, of)
    return Reminding(staff, entry, told, line, is_alarm=is_alarm)
