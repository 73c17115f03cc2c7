"""A unit asks the resident something: the clock stands still, within limits, until they answer or the time for that is over.

Invariant: a question that nobody answers ends by itself; whatever ends it, reminders are planned anew from what is left, and
what the ledger does not show to have been told before is told then.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.ask_translation import answered, heard
from bot.actions.assignment import replanned
from bot.actions.matter import Matter, changed, in_charge, sealed, shown, to_voices, told
from bot.actions.want_call import want_calls
from bot.errors import IllegalTransition
from bot.ports import Desk
from bot.rules.case import Case, State
from bot.rules.dialog import Answering, HearingAnswer, Idle
from bot.rules.due import EndPause, due_of_case
from bot.rules.effect import CaseChange, Effects, Send
from bot.rules.entry import CLOCK, RESIDENT, Asked, Entry, ReminderDecided, Resumed, Resuming
from bot.rules.handling import Step, class_of
from bot.rules.identity import Language, PersonId, StaffId
from bot.rules.life import fold, is_of_life
from bot.rules.message import AnswerTaken, AnswerWanted, News, PauseEnded, UnitAsked
from bot.rules.pause import due_after_pause, pause_until
from bot.rules.reminder import TRANSLATION
from bot.rules.slot import said_slot


def ask_resident(desk: Desk, matter: Matter, question: str, now: datetime, *, has_caller: bool = False) -> Effects:
    """Ask everybody behind a case; the first answer counts.

    Args:
        has_caller: nobody follows it in a chat, but whoever phoned left a number: operators put the question by telephone.

    Raises:
        NotPermitted: the official's role or unit does not reach it.
        IllegalTransition: it was asked as often as may be, more time is being decided on, or the case has moved on.
    """
    officer = matter.actor(desk, Step.ASK, now)
    case = matter.case
    until = pause_until(case.now, desk.county.pause, now, desk.calendar)
    due_at = due_after_pause(case.now.due_at, now, until, desk.calendar, class_of(desk.county, case))
    commitment, words = sealed(desk, case.number, question)
    change = changed(case, officer.id, (Asked(question=commitment, until=until, due_at=due_at),), now)
    attempt = change.after.now
    following, translating = answered(desk, change.after, (words.slot, question), matter.languages, matter.staff, now)
    message = UnitAsked(case=case.number, unit=case.unit, question=question, until=until, following=following)
    done = Effects(
        cases=(change,),
        words=(words,),
        dialog=Idle(),
        cancelled=(f"{case.number}/{attempt.number}/",),
        planned=(due_of_case(until, EndPause(case=case.number, round=attempt.number, pause=attempt.pauses)),),
        sends=(*to_voices(matter, message), *(want_calls(change.after, matter.staff) if has_caller else ())),
    )
    return done + translating + shown(desk, matter, change.after, now, News.ASKED, question)


def want_answer(case: Case, person: PersonId) -> Effects:
    """Take the next words of whoever was asked as the answer; raises IllegalTransition when nobody waits for one."""
    if case.state is not State.WAITING:
        raise IllegalTransition
    dialog = Answering(case=case.number, round=case.now.number, pause=case.now.pauses)
    return Effects(dialog=dialog, sends=(Send(person, AnswerWanted(case=case.number)),))


def answer(  # noqa: PLR0913, PLR0917 (what is asked and what is known)
    desk: Desk,
    matter: Matter,
    asked: Answering,
    entries: Iterable[Entry],
    person: PersonId,
    text: str,
    now: datetime,
    language: Language | None = None,
) -> Effects:
    """Pass a resident's answer on; the clock runs again, and others behind the case hear that they need not answer.

    Args:
        entries: of the case, oldest first.
        language: the one that the resident chose.

    Raises:
        IllegalTransition: nobody waits for the answer to this question any more.
    """
    after, effects = hear_answer(desk, matter, asked, entries, (RESIDENT, text, language), now)
    taken = AnswerTaken(case=after.number, unit=after.unit, due_at=after.now.due_at)
    settled = PauseEnded(case=after.number, because=Resuming.ANSWERED, due_at=after.now.due_at)
    others = (each for each in to_voices(matter, settled) if each.to != person)
    return Effects(dialog=Idle(), sends=(Send(person, taken), *others)) + effects


def hear_answer(
    desk: Desk,
    matter: Matter,
    asked: Answering | HearingAnswer,
    entries: Iterable[Entry],
    said: tuple[StaffId | str, str, Language | None],
    now: datetime,
) -> tuple[Case, Effects]:
    """Let the clock run again with what was answered, and tell whoever is in charge of the case.

    Args:
        said: who enters it, the words, and the language that their speaker chose.

    Raises:
        IllegalTransition: as `answer`.
    """
    actor, text, language = said
    current = matter.case.now
    if matter.case.state is not State.WAITING or (current.number, current.pauses) != (asked.round, asked.pause):
        raise IllegalTransition
    commitment, words = sealed(desk, matter.case.number, text)
    change, resumed = _resumed(desk, matter.case, entries, (actor, Resuming.ANSWERED, commitment), now)
    after = change.after
    read, translating = heard(desk, after, said_slot(commitment), text, language, matter.staff, now)
    news = told(desk, matter, after, in_charge(matter, after), now, News.ANSWERED, read)
    return after, Effects(words=(words,), sends=news) + resumed + translating


def drop_question(desk: Desk, matter: Matter, entries: Iterable[Entry], now: datetime) -> Effects:
    """Go on without the answer, which is no longer needed.

    Raises:
        NotPermitted, IllegalTransition: as `Matter.actor`.
    """
    officer = matter.actor(desk, Step.DROP, now)
    change, resumed = _resumed(desk, matter.case, entries, (officer.id, Resuming.DROPPED, None), now)
    ended = PauseEnded(case=change.after.number, because=Resuming.DROPPED, due_at=change.after.now.due_at)
    done = Effects(sends=to_voices(matter, ended)) + resumed
    return done + shown(desk, matter, change.after, now, News.DROPPED)


def end_pause(desk: Desk, matter: Matter, task: EndPause, entries: Iterable[Entry], now: datetime) -> Effects:
    """Let the clock run again because nobody answered in time; nothing where the question has ended otherwise."""
    current = matter.case.now
    if matter.case.state is not State.WAITING or (current.number, current.pauses) != (task.round, task.pause):
        return Effects()
    change, resumed = _resumed(desk, matter.case, entries, (CLOCK, Resuming.EXPIRED, None), now)
    after = change.after
    ended = PauseEnded(case=after.number, because=Resuming.EXPIRED, due_at=after.now.due_at)
    readers = in_charge(matter, after)
    return Effects(sends=(*to_voices(matter, ended), *told(desk, matter, after, readers, now, News.EXPIRED))) + resumed


def _resumed(
    desk: Desk, case: Case, entries: Iterable[Entry], why: tuple[str, Resuming, str | None], now: datetime
) -> tuple[CaseChange, Effects]:
    """End a pause: what was left of the limit when it began is left now, and reminders are planned from that."""
    (actor, because, commitment), so_far = why, tuple(entries)
    began_at, due_at = _before_pause(case, so_far)
    ended_at = min(now, case.now.waiting_until or now)
    back = due_after_pause(due_at, began_at, ended_at, desk.calendar, class_of(desk.county, case))
    change = changed(case, actor, (Resumed(because=because, due_at=back, words=commitment),), now)
    return change, Effects(
        cases=(change,),
        cancelled=(f"{case.number}/{case.now.number}/",),
        planned=replanned(desk, change.after, (_told_until(case, so_far), due_at), now, began_at),
    )


def _told_until(case: Case, entries: Iterable[Entry]) -> datetime:
    """Return up to when everything due of this attempt was told: the clock leaves nothing behind that fell due earlier."""
    told = (each.at for each in entries if isinstance(each.fact, ReminderDecided) and _is_of_limits(each.fact, case))
    return max(told, default=case.now.opened_at)


def _is_of_limits(fact: ReminderDecided, case: Case) -> bool:
    """Say whether a reminder was about the limits of the attempt that goes on, not about a translation."""
    return fact.round == case.now.number and not fact.stage.startswith(TRANSLATION)


def _before_pause(case: Case, entries: Iterable[Entry]) -> tuple[datetime, datetime | None]:
    """Return when the pause that lasts began, and the limit there was before it."""
    told = tuple(entries)
    last = max(index for index, each in enumerate(told) if isinstance(each.fact, Asked))
    before = fold(each for each in told[:last] if is_of_life(each))
    if before is None or case.now.waiting_since is None:
        raise IllegalTransition
    return case.now.waiting_since, before.now.due_at
