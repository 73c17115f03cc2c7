"""Reminders of texts that wait to be translated, and word to those who watch where nobody is here to translate them.

Invariant: a text that is translated, and one of a case that no longer needs it, is told about by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from bot.actions.ask_translation import no_translator_key
from bot.actions.remind import Reminding, recipients, reminding
from bot.ports import Desk
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.due import Due, RemindStaff, TellNoTranslator
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import Entry, ReminderDecided, ReminderTold
from bot.rules.identity import StaffId
from bot.rules.message import NoTranslator, ReminderLine
from bot.rules.staff import Staff
from bot.rules.translation import Backlog, Translation, translators, translators_here


def remind_translators(
    case: Case,
    tasks: Iterable[RemindStaff],
    waiting: Iterable[Translation],
    entries: Sequence[Entry],
    staff: Sequence[Staff],
    now: datetime,
) -> tuple[Reminding, ...]:
    """Decide planned reminders about the translations of a case: of several missed ones the last, to all whom any meant.

    Where nobody holds a role for the language there is nobody to remind: those who watch hear of that once a day. What
    reached a colleague not at all goes to those above, but for whoever was told of it in the same moment anyway.

    Args:
        waiting: what of the case is not translated yet, and still to be.
        entries: of the case, oldest first.
    """
    open_texts = {item.place: item for item in waiting if item.has_translator}
    meant = [task for task in tasks if (task.text in open_texts if task.text is not None else bool(open_texts))]
    if not meant:
        return ()
    last, to = meant[-1], dict.fromkeys(role for task in meant for role in task.to)
    item = open_texts[last.text] if last.text is not None else min(open_texts.values(), key=lambda each: each.due_at)
    task = msgspec.structs.replace(last, round=case.now.number)
    line = ReminderLine(
        case=case.number,
        stage=task.stage,
        category=case.category,
        township=case.township,
        unit=case.unit,
        limit_at=item.due_at,
        is_late=now >= item.due_at,
    )
    found = _readers(case, item, tuple(to), staff, now)
    told = _told_beside(task, entries) if last.text is None else frozenset()
    alarm = item.is_urgent
    return tuple(
        reminding(case, task, role, each, line, now, is_alarm=alarm)
        for role, each in found
        if each is None or each.id not in told
    )


def _told_beside(task: RemindStaff, entries: Iterable[Entry]) -> frozenset[StaffId | None]:
    """Return who was told the same in the moment in which the last one could not be told it.

    Several texts of a case may be at the same stage one after the other: of an earlier one they were told apart.
    """
    decided: dict[StaffId | None, datetime] = {}
    lost: dict[StaffId | None, datetime] = {}
    for entry in entries:
        match entry.fact:
            case ReminderDecided(round=task.round, stage=task.stage, staff=of):
                decided[of] = entry.at
                lost.pop(of, None)
            case ReminderTold(round=task.round, stage=task.stage, staff=of, was_told=False) if of in decided:
                lost[of] = decided[of]
            case _:
                pass
    if not lost:
        return frozenset()
    moment = max(lost.values())
    return frozenset(of for of, at in decided.items() if at == moment and of not in lost)


def _readers(
    case: Case, item: Translation, to: Sequence[Role], staff: Sequence[Staff], now: datetime
) -> tuple[tuple[Role, Staff | None], ...]:
    """Find who is meant: of the translators whoever is at it, else all; with none of them here the supervisors."""
    found: dict[str, tuple[Role, Staff | None]] = {}
    for role in to:
        meant: list[tuple[Role, Staff]] = []
        if role is Role.TRANSLATOR:
            here = translators_here(item.language, staff, now)
            at_it = tuple(each for each in here if each.id == item.taken_by)
            meant = [(each.role, each) for each in at_it or here]
        meant = meant or list(recipients(case, (Role.SUPERVISOR if role is Role.TRANSLATOR else role,), staff, now))
        found.update({each.id: (told_as, each) for told_as, each in meant if each.id not in found})
    return tuple(found.values()) or ((to[0], None),)


def tell_no_translator(
    desk: Desk, task: TellNoTranslator, backlog: Iterable[Backlog], staff: Sequence[Staff], now: datetime
) -> Effects:
    """Tell supervisors and admins that texts wait which nobody here translates, and look again the next working day."""
    waiting = next((each for each in backlog if each.language == task.language), None)
    if waiting is None or translators_here(task.language, staff, now):
        return Effects()
    message = NoTranslator(
        language=task.language,
        waiting=waiting.waiting,
        late=waiting.late,
        is_away=bool(translators(task.language, staff)),
    )
    watching = {Role.SUPERVISOR, Role.ADMIN}
    readers = dict.fromkeys(each.person for each in staff if each.role in watching and each.is_reachable)
    tomorrow = desk.calendar.next_opening(desk.calendar.add_working_days(desk.calendar.next_opening(now), 1))
    return Effects(
        planned=(Due(key=no_translator_key(task), at=tomorrow, task=task),),
        sends=tuple(Send(person, message, Priority.NOTICE) for person in readers),
    )
