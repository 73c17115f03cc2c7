"""What officials read: one function for each message, with all that is needed to act.

Invariant: how long is left, or how late it is, is reckoned at the moment of telling, never at the moment of planning.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.identity import UnitId
from bot.rules.message import (
    CaseLine,
    ReminderLine,
    ReminderNotice,
    ReopenNotice,
    ResolveQuestion,
    StaffJoined,
    StaffWelcome,
    TaskList,
    TaskNotice,
    TaskRated,
    TaskResolved,
)
from locales.markup import Block, Html, Quote, code
from locales.resident import BLANK, due, matter
from locales.speech import Speech

_UNACCEPTED: Final = "unaccepted"
"""Beginning of the stages that are about the limit for signing, not the one for resolving."""


def task_notice(speech: Speech, message: TaskNotice, now: datetime) -> list[Block]:
    """Give all that is needed to act; a long text runs over further parts."""
    blocks: list[Block] = [
        _task_heading(speech, message),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: what kind of matter it is (complaint, request, …).
        speech.line("Kind: {kind}", kind=speech.kind(message.kind)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(message.category)),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(message.township)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: when the resident filed the case.
        speech.line("Filed: {moment}", moment=speech.moment(message.filed_at)),
        Quote(message.words),
    ]
    if message.round > 1:
        # tr: Fact: how often the case was taken up; 2 means that it was reopened once.
        blocks.append(speech.line("Reopened: this is round {round}", round=speech.number(message.round)))
    return [*blocks, *_limits(speech, message, now), *_next_step(speech, message)]


def _task_heading(speech: Speech, message: TaskNotice) -> Html:
    if message.state is not State.ASSIGNED:
        # tr: Heading of a case shown to an official; {state} says where it stands.
        return speech.heading("Case: {state}", state=speech.state(message.state))
    if message.round > 1:
        # tr: Heading: a resident said that a case is not solved; the unit must sign for it again.
        return speech.heading("Not solved, says the resident: please accept again")
    # tr: Heading: a new case for the unit, to be signed for.
    return speech.heading("New case, please accept")


def _limits(speech: Speech, message: TaskNotice, now: datetime) -> list[Block]:
    blocks: list[Block] = []
    if message.state is State.ASSIGNED and message.accept_due_at is not None:
        moment, is_late = speech.moment(message.accept_due_at), now > message.accept_due_at
        length = speech.length(abs(message.accept_due_at - now))
        if is_late:
            # tr: Limit for signing for a case, which has passed.
            blocks.append(speech.line("Accept by: {moment} (passed {late} ago)", moment=moment, late=length))
        else:
            # tr: Limit for signing for a case.
            blocks.append(speech.line("Accept by: {moment} ({left} left)", moment=moment, left=length))
    if message.due_at is None:
        blocks.append(due(speech, None))
    elif message.state not in {State.TRIAGE, State.ASSIGNED, State.ACCEPTED, State.WAITING}:
        blocks.append(due(speech, message.due_at))
    else:
        blocks.append(_time_left(speech, message.due_at, now))
    return blocks


def _time_left(speech: Speech, due_at: datetime, now: datetime) -> Html:
    moment, length = speech.moment(due_at), speech.length(abs(due_at - now))
    if now > due_at:
        # tr: Deadline of a case, which has passed.
        return speech.line("To be resolved by: {moment} (overdue for {late})", moment=moment, late=length)
    # tr: Deadline of a case, with the time that is left.
    return speech.line("To be resolved by: {moment} ({left} left)", moment=moment, left=length)


def _next_step(speech: Speech, message: TaskNotice) -> list[Block]:
    if message.state is State.ACCEPTED and message.is_mine:
        # tr: The reader is the officer in charge of this case.
        return [speech.line("You are in charge. When it is done, press “Resolve” and say what was done.")]
    if message.state is State.ACCEPTED:
        # tr: Somebody else of the unit is in charge of this case.
        return [speech.line("A colleague is in charge.")]
    return []


def task_list(speech: Speech, message: TaskList, now: datetime) -> list[Block]:
    """List open cases, what runs out first on top; each with its unit where there are several."""
    units = {line.unit for line in message.cases}
    if len(units) == 1:
        # tr: Heading of the list of open cases, all of one unit.
        heading = speech.heading(
            "{unit}: open cases ({total})", unit=speech.unit(*units), total=speech.number(message.total)
        )
    else:
        # tr: Heading of the list of open cases, of several units.
        heading = speech.heading("Open cases ({total})", total=speech.number(message.total))
    blocks: list[Block] = [heading]
    for line in message.cases:
        blocks += [BLANK, *_task(speech, line, now)]
        if len(units) > 1:
            # tr: Fact: the unit that answers for a case.
            blocks.append(speech.line("Responsible unit: {unit}", unit=speech.unit(line.unit)))
    if message.total > len(message.cases):
        shown = speech.number(len(message.cases))
        # tr: Under a list that shows only the most pressing; {shown} is how many.
        blocks += [BLANK, speech.line("Only the {shown} that run out first are listed.", shown=shown)]
    return blocks


def _task(speech: Speech, line: CaseLine, now: datetime) -> list[Block]:
    first = matter(speech, line.case, line.category, line.township)
    state = speech.state(line.state)
    if line.due_at is None:
        # tr: Second line of a case in an official's list, without a deadline.
        return [first, speech.line("{state} · no deadline", state=state)]
    length = speech.length(abs(line.due_at - now))
    if now > line.due_at:
        # tr: Second line of a case in an official's list, when the deadline has passed.
        return [first, speech.line("{state} · overdue for {late}", state=state, late=length)]
    moment = speech.short_moment(line.due_at, now)
    # tr: Second line of a case in an official's list, with its deadline.
    return [first, speech.line("{state} · by {moment}, {left} left", state=state, moment=moment, left=length)]


def resolve_question(speech: Speech, message: ResolveQuestion) -> list[Block]:
    """Ask what was done."""
    return [
        # tr: Heading: the officer pressed "Resolve" and is asked for words.
        speech.heading("What was done?"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Tells the officer who will read the words.
        speech.line("Write it in one message. The resident reads it word for word and then says if it is solved."),
    ]


def task_resolved(speech: Speech, message: TaskResolved) -> list[Block]:
    """Confirm that the case is resolved and the resident asked."""
    return [
        # tr: Heading: the officer's words were taken, the case is resolved.
        speech.heading("Resolved"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: What happens next.
        speech.line("The resident is asked if it is solved. You will be told the answer."),
    ]


def task_rated(speech: Speech, message: TaskRated) -> list[Block]:
    """Tell the officer what the resident answered."""
    case, answer = code(message.case), speech.solved(message.solved)
    # tr: Heading: the resident rated a case of the officer.
    heading = speech.heading("The resident has answered")
    if message.score is None:
        # tr: The resident's answer as an officer reads it; {answer} is such as "Not solved".
        return [heading, speech.line("{case}: {answer}", case=case, answer=answer)]
    score, level = speech.number(message.score), speech.level(message.score)
    # tr: The resident's answer as an officer reads it, with the number 1 to 5 and its word.
    told = speech.line("{case}: {answer}, {score} of 5 ({level})", case=case, answer=answer, score=score, level=level)
    return [heading, told]


def reopen_notice(speech: Speech, message: ReopenNotice) -> list[Block]:
    """Tell a supervisor that a case is not solved."""
    return [
        # tr: Heading for a supervisor: a resident said that a resolved case is not solved.
        speech.heading("The resident says: not solved"),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: how often the case was taken up; 2 means that it was reopened once.
        speech.line("Reopened: this is round {round}", round=speech.number(message.round)),
        due(speech, message.due_at),
    ]


def reminder_notice(speech: Speech, message: ReminderNotice, now: datetime) -> list[Block]:
    """Remind of limits, what is late first."""
    lines = sorted(message.lines, key=lambda line: (line.limit_at, line.case))
    late = sum(now >= line.limit_at for line in lines)
    if late == len(lines):
        # tr: Heading of a reminder when every limit in it has passed.
        heading = speech.heading("Overdue ({total})", total=speech.number(late))
    elif late:
        # tr: Heading of a reminder when some of the limits in it have passed.
        heading = speech.heading(
            "Reminder ({total}), overdue: {late}", total=speech.number(len(lines)), late=speech.number(late)
        )
    else:
        # tr: Heading of a reminder of limits that will soon run out.
        heading = speech.heading("Reminder ({total})", total=speech.number(len(lines)))
    return [heading, *(block for line in lines for block in (BLANK, *_reminder(speech, line, now)))]


def _reminder(speech: Speech, line: ReminderLine, now: datetime) -> list[Block]:
    unit, moment = speech.unit(line.unit), speech.short_moment(line.limit_at, now)
    left, is_late = speech.length(abs(line.limit_at - now)), now >= line.limit_at
    is_just_out = timedelta() <= now - line.limit_at < timedelta(minutes=1)
    if line.stage.startswith(_UNACCEPTED) and is_just_out:
        # tr: In a reminder: nobody has signed for the case, and the limit for that has run out this minute.
        told = speech.line("Not accepted yet, and the limit has just run out ({moment}) · {unit}", moment=moment, unit=unit)
    elif line.stage.startswith(_UNACCEPTED) and is_late:
        # tr: In a reminder: nobody has signed for the case, and the limit for that has passed.
        told = speech.line("Not accepted yet, {late} late (was due {moment}) · {unit}", late=left, moment=moment, unit=unit)
    elif line.stage.startswith(_UNACCEPTED):
        # tr: In a reminder: nobody has signed for the case yet.
        told = speech.line("Not accepted yet, {left} left (due {moment}) · {unit}", left=left, moment=moment, unit=unit)
    elif is_just_out:
        # tr: In a reminder: the deadline of a case has run out this minute.
        told = speech.line("The deadline has just run out ({moment}) · {unit}", moment=moment, unit=unit)
    elif is_late:
        # tr: In a reminder: the deadline of a case has passed.
        told = speech.line("Overdue for {late} (was due {moment}) · {unit}", late=left, moment=moment, unit=unit)
    else:
        # tr: In a reminder: the deadline of a case runs out soon.
        told = speech.line("{left} left (due {moment}) · {unit}", left=left, moment=moment, unit=unit)
    return [matter(speech, line.case, line.category, line.township), told]


def staff_welcome(speech: Speech, message: StaffWelcome) -> list[Block]:
    """Tell someone which role they now hold."""
    blocks: list[Block] = [
        # tr: Heading: an official opened an invitation link and has a role now.
        speech.heading("You are registered"),
        *_membership(speech, message.role, message.unit),
        BLANK,
    ]
    if message.role is Role.ADMIN:
        # tr: What an admin does first; {command} is /digest.
        blocks.append(speech.line("The county's digest: {command}", command="/digest"))
    else:
        # tr: What an official does first; {command} is /tasks.
        blocks.append(speech.line("New cases will come here by themselves. All open ones: {command}", command="/tasks"))
    return blocks


def staff_joined(speech: Speech, message: StaffJoined) -> list[Block]:
    """Tell the admins that an invitation was used."""
    return [
        # tr: Heading for admins: somebody opened an invitation link.
        speech.heading("An invitation was used"),
        *_membership(speech, message.role, message.unit),
        # tr: For admins, so that a stolen link is noticed.
        speech.line("If you do not expect this, look into it at once."),
    ]


def admin_wanted(speech: Speech) -> list[Block]:
    """Ask an admin whether someone may become one."""
    return [
        # tr: Heading for admins: somebody opened a link for an admin and waits.
        speech.heading("Someone wants to become an admin"),
        # tr: For admins: what to do before they answer with a button.
        speech.line("Agree only if you know who it is: ask in person or by telephone."),
    ]


def _membership(speech: Speech, role: Role, unit: UnitId | None) -> list[Block]:
    # tr: Fact: the role of an official.
    blocks: list[Block] = [speech.line("Role: {role}", role=speech.role(role))]
    if unit is not None:
        # tr: Fact: the unit an official works for.
        blocks.append(speech.line("Works for: {unit}", unit=speech.unit(unit)))
    return blocks
