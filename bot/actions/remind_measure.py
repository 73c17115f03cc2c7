"""When a measure's date is told: before it to whoever sees to it, after it also to whoever leads them, every week.

Invariant: every date has a reminder before it, at the latest when the office opens on the day itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.rules.access import WATCHING
from bot.rules.calendar import Calendar
from bot.rules.county import Role
from bot.rules.due import Due, RemindMeasure
from bot.rules.effect import Effects, Priority, Send
from bot.rules.identity import PersonId
from bot.rules.measure import Proposal, Standing, steps_for
from bot.rules.message.measure import MeasureCard, MeasureNews
from bot.rules.staff import Staff, acting

AHEAD: Final = timedelta(days=7)
"""How long before its date a measure is told first."""

WEEK: Final = timedelta(days=7)
WATCHED_AFTER: Final = 2
"""From which week past the date on those who watch over the county are told, too."""


def plan_reminders(calendar: Calendar, proposal: Proposal, now: datetime) -> tuple[Due, ...]:
    """Plan what is told of a measure: a week before, on the working day before, on the day itself, and once it is over."""
    if proposal.standing is not Standing.SET or proposal.due_at is None:
        return ()
    if proposal.is_late(now):
        return (_overdue(calendar, proposal, proposal.due_at, 0, now),)
    on = calendar.local_date(proposal.due_at)
    before = calendar.local_date(calendar.subtract_working_days(proposal.due_at, 1))
    first = calendar.local_date(calendar.latest_open(proposal.due_at - AHEAD))
    planned = []
    for day in sorted({first, before, on}):
        at = calendar.periods_on(day)[0][0]
        if at > now:
            key = f"{_prefix(proposal)}before:{day.isoformat()}"
            planned.append(Due(key=key, at=at, task=RemindMeasure(proposal=proposal.number, due_at=proposal.due_at)))
    return (*planned, _overdue(calendar, proposal, proposal.due_at, 0, now))


def _overdue(calendar: Calendar, proposal: Proposal, due_at: datetime, weeks: int, now: datetime) -> Due:
    at = calendar.next_opening(max(due_at, now) if weeks == 0 else due_at + weeks * WEEK)
    task = RemindMeasure(proposal=proposal.number, due_at=due_at, weeks=weeks)
    return Due(key=f"{_prefix(proposal)}after:{weeks}", at=at, task=task)


def _prefix(proposal: Proposal) -> str:
    """Name what is planned for a measure as its entries make it now: what was planned before is cancelled by number."""
    return f"measure/{proposal.number}/{proposal.version}/"


def remind_measure(
    calendar: Calendar,
    task: RemindMeasure,
    proposal: Proposal,
    staff: Sequence[Staff],
    texts: Mapping[str, str | None],
    now: datetime,
) -> Effects:
    """Tell of a date; nothing where the measure is done, given up, or has another date by now."""
    if proposal.standing is not Standing.SET or proposal.due_at != task.due_at:
        return Effects()
    news = MeasureNews.LATE if proposal.is_late(now) else MeasureNews.SOON
    meant = owners(proposal, staff, now)
    if task.weeks is None and news is MeasureNews.LATE:
        return Effects()  # missed while the program was down; that it has passed is told by the other
    planned: tuple[Due, ...] = ()
    if task.weeks is not None:
        meant = (*meant, *leads(proposal, staff, now))
        if task.weeks >= WATCHED_AFTER or not meant:
            meant = (*meant, *watchers(staff, now))
        weeks = max(task.weeks, (now - task.due_at) // WEEK) + 1
        planned = (_overdue(calendar, proposal, task.due_at, weeks, now),)
    elif not meant:
        meant = leads(proposal, staff, now) or watchers(staff, now)
    return Effects(sends=tell(meant, staff, proposal, news, texts), planned=planned)


def owners(proposal: Proposal, staff: Sequence[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return who sees to a measure, or their deputy; nobody where neither is here."""
    return _here((each for each in staff if each.id == proposal.owner), staff, now)


def leads(proposal: Proposal, staff: Sequence[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return who leads the unit that sees to a measure."""
    unit = proposal.owner_unit
    return _here((each for each in staff if each.role is Role.LEAD and unit is not None and each.unit == unit), staff, now)


def watchers(staff: Sequence[Staff], now: datetime) -> tuple[Staff, ...]:
    """Return the supervisors, or the admins where there are none."""
    supervisors = _here((each for each in staff if each.role is Role.SUPERVISOR), staff, now)
    return supervisors or _here((each for each in staff if each.role in WATCHING), staff, now)


def _here(meant: Iterable[Staff], staff: Sequence[Staff], now: datetime) -> tuple[Staff, ...]:
    return tuple(filter(None, (acting(each, staff, now) for each in meant)))


def tell(
    readers: Iterable[Staff],
    staff: Sequence[Staff],
    proposal: Proposal,
    news: MeasureNews,
    texts: Mapping[str, str | None],
    besides: PersonId | None = None,
) -> tuple[Send, ...]:
    """Tell people of a proposal, each once, with what they can do."""
    people = dict.fromkeys(each.person for each in readers if each.is_reachable and each.person != besides)
    sends = []
    for person in people:
        roles = tuple(each for each in staff if each.person == person)
        sends.append(Send(person, card_of(proposal, news, texts, roles), Priority.NOTICE))
    return tuple(sends)


def card_of(proposal: Proposal, news: MeasureNews, texts: Mapping[str, str | None], roles: Sequence[Staff]) -> MeasureCard:
    """Show a proposal to whoever holds some roles."""
    return MeasureCard(
        proposal=proposal,
        news=news,
        words=texts.get(proposal.words),
        reason=texts.get(proposal.reason) if proposal.reason else None,
        closing=texts.get(proposal.closing) if proposal.closing else None,
        steps=steps_for(roles, proposal),
    )
