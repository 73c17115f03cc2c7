"""The limit has passed: those behind the case are asked whether it is fixed meanwhile, and officials hear what they say.

Invariant: whatever is answered, the case stays where it is: only the unit resolves it, and only then is it judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.actions.matter import Matter, entry_of, in_charge, told, watching
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.case import OPEN, Case, State
from bot.rules.county import Role
from bot.rules.due import AskFixed
from bot.rules.effect import Effects, Priority, Send
from bot.rules.entry import RESIDENT, Entry, FixedSaid, Solved
from bot.rules.identity import PersonId
from bot.rules.message import FixedQuestion, FixedTaken, News
from bot.rules.staff import Staff


def ask_fixed(case: Case, task: AskFixed, voices: Iterable[tuple[int, PersonId]], now: datetime) -> Effects:
    """Ask everybody behind a case whose limit has passed; nobody while they are waited for themselves."""
    due_at = case.now.due_at
    if not _is_asked_about(case, task.round) or due_at is None or now < due_at:
        return Effects()
    question = FixedQuestion(
        case=case.number, round=task.round, category=case.category, unit=case.unit, due_at=case.now.due_at
    )
    anchor = _anchor(case)
    return Effects(sends=tuple(Send(person, question, Priority.NOTICE, anchor=anchor) for _, person in voices))


def say_fixed(
    desk: Desk, stake: Stake, entries: Iterable[Entry], round_number: int, solved: Solved, now: datetime
) -> Effects:
    """Take an answer, once for each voice and limit; officers hear it, and of a no the leads too.

    Raises:
        StaleButton: it was answered already, by yes or no only.
        IllegalTransition: the case is no longer open, or goes on under another limit.
    """
    case, due_at = stake.case, stake.case.now.due_at
    if not _is_asked_about(case, round_number) or due_at is None or now < due_at:
        raise IllegalTransition
    if solved is Solved.PARTLY or any(_answers(each, stake.voice, due_at) for each in entries):
        raise StaleButton
    fact = FixedSaid(round=round_number, voice=stake.voice, solved=solved)
    taken = FixedTaken(case=case.number, unit=case.unit, solved=solved)
    matter = Matter(case, (), stake.legible, (stake.person,), stake.staff)
    news = News.FIXED_MEANWHILE if solved is Solved.YES else News.NOT_FIXED
    return Effects(
        entries=(entry_of(case, RESIDENT, fact, now),),
        sends=(
            Send(stake.person, taken, anchor=_anchor(case), replaces=stake.pressed),
            *told(desk, matter, case, _readers(matter, solved), now, news),
        ),
    )


def _is_asked_about(case: Case, round_number: int) -> bool:
    return case.state in OPEN - {State.WAITING} and case.now.number == round_number


def _answers(entry: Entry, voice: int, due_at: datetime) -> bool:
    """Say whether an entry is a voice's answer about this limit."""
    return isinstance(entry.fact, FixedSaid) and entry.fact.voice == voice and entry.at >= due_at


def _readers(matter: Matter, solved: Solved) -> tuple[Staff, ...]:
    if matter.case.state is State.TRIAGE:
        return watching(matter)
    leads = (each for each in matter.staff if each.role is Role.LEAD and each.unit == matter.case.unit)
    return (*in_charge(matter, matter.case), *(leads if solved is Solved.NO else ()))


def _anchor(case: Case) -> str:
    """Name the question, so that the answer takes its place; a further limit is asked about anew."""
    due_at = case.now.due_at
    return f"fixed/{case.number}/{case.now.number}/{'' if due_at is None else int(due_at.timestamp())}"
