"""What was proposed on a field visit becomes a measure with an owner and a date, or it is said why not.

Every step is an entry with its words sealed beside it. Invariant: there is at least one reminder before each date, to the
owner; when a date has passed the owner's lead is told every week until something happens.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from bot.actions.remind_measure import card_of, plan_reminders, tell, watchers
from bot.errors import NotFound, StaleButton
from bot.ports import Desk, Sender
from bot.rules.access import HANDLING, WATCHING, Act, require
from bot.rules.calendar import Calendar
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.county import Role
from bot.rules.dialog import Idle, Measuring, Proposing
from bot.rules.effect import Effects, HouseWords, ProposalChange, Send
from bot.rules.entry import Entry, MeasureDone, MeasureFact, MeasureSet, ProposalDropped, ProposalNoted
from bot.rules.identity import StaffId
from bot.rules.measure import FARTHEST, MeasureStep, Proposal, evolve, may_see, number_of, role_for, steps_for
from bot.rules.message.measure import (
    MeasureCard,
    MeasureChoice,
    MeasureLine,
    MeasureList,
    MeasureNews,
    MeasureWordsWanted,
    Owner,
)
from bot.rules.staff import Staff
from bot.rules.visit import Visit

PAGE: Final = 6
USUALLY: Final = timedelta(days=30)
"""When a measure is due unless something else is chosen."""

MOST_OWNERS: Final = 40
"""How many can be chosen from; more do not fit under a message."""


@dataclass(frozen=True, slots=True)
class MeasureMatter:
    """A proposal in front of somebody.

    Attributes:
        roles: all that the one who acts holds.
        texts: what was said about it, by slot.
        staff: every active official.
        pressed: Telegram's number of the message whose button was pressed.
    """

    proposal: Proposal
    roles: tuple[Staff, ...]
    texts: Mapping[str, str | None] = field(default_factory=dict)
    staff: tuple[Staff, ...] = ()
    pressed: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """Who sees to a measure, and by the end of which day."""

    owner: StaffId | None
    due_on: date


def begin_proposal(sender: Sender, visit: Visit) -> Effects:
    """Ask for what was proposed on a visit.

    Raises:
        NotPermitted: it was somebody else's visit.
    """
    official = _visitor(sender.roles, visit)
    wanted = MeasureWordsWanted(number=None, step=None)
    return Effects(dialog=Proposing(visit=visit.id), sends=(Send(official.person, wanted),))


def _visitor(roles: Sequence[Staff], visit: Visit) -> Staff:
    return require((each for each in roles if each.id == visit.staff), Act.VISIT)


def note_proposal(  # noqa: PLR0913 (what is asked and what is known)
    desk: Desk, sender: Sender, visit: Visit, words: str, staff: Sequence[Staff], now: datetime, *, known: int
) -> Effects:
    """Write down what was proposed; where whoever did so can make no measure of it, those who watch are told.

    Args:
        known: how many proposals there have ever been.
    """
    official = _visitor(sender.roles, visit)
    commitment, kept = _committed(desk, words)
    fact = ProposalNoted(
        proposal=number_of(desk.calendar.local_date(now).year, known + 1),
        visit=visit.id,
        unit=official.unit,
        township=visit.township,
        words=commitment,
    )
    entry = Entry(at=now, actor=official.id, case=None, fact=fact)
    made = evolve(None, entry)
    steps = steps_for(sender.roles, made)
    shown = Send(official.person, MeasureCard(proposal=made, news=MeasureNews.NOTED, words=words, steps=steps))
    told = () if MeasureStep.SET in steps else watchers(staff, now)
    return Effects(
        proposals=(ProposalChange(None, made, entry),),
        house_words=(kept,),
        dialog=Idle(),
        sends=(shown, *tell(told, staff, made, MeasureNews.NOTED, {made.words: words}, official.person)),
    )


def show_proposal(matter: MeasureMatter) -> Effects:
    """Show a proposal; raises NotFound where it is not for these eyes."""
    if not may_see(matter.roles, matter.proposal):
        raise NotFound
    card = card_of(matter.proposal, MeasureNews.SHOWN, matter.texts, matter.roles)
    return Effects(sends=(Send(matter.roles[0].person, card, replaces=matter.pressed),))


def page_of(roles: Sequence[Staff], open_: Sequence[Proposal], page: int) -> tuple[Proposal, ...]:
    """Return what of all that is open somebody may see and a page of it shows: what runs out first on top.

    Raises:
        NotPermitted: nothing of this is theirs.
        StaleButton: there is no such page.
    """
    seen = _seen(roles, open_)
    if page < 0 or (page and page * PAGE >= len(seen)):
        raise StaleButton
    return tuple(seen[page * PAGE : (page + 1) * PAGE])


def _seen(roles: Sequence[Staff], open_: Sequence[Proposal]) -> list[Proposal]:
    require(roles, Act.VISIT)
    return sorted((each for each in open_ if may_see(roles, each)), key=_what_runs_out)


def list_proposals(
    roles: Sequence[Staff],
    open_: Sequence[Proposal],
    texts: Mapping[str, str | None],
    page: int,
    now: datetime,
    pressed: int | None,
) -> Effects:
    """Show a page of what is open; raises as `page_of`."""
    seen = _seen(roles, open_)
    lines = tuple(MeasureLine(each, texts.get(each.words), each.is_late(now)) for each in page_of(roles, open_, page))
    shown = MeasureList(lines=lines, page=page, total=len(seen), late=sum(each.is_late(now) for each in seen))
    return Effects(sends=(Send(roles[0].person, shown, replaces=pressed),))


def _what_runs_out(proposal: Proposal) -> tuple[bool, datetime, str]:
    return proposal.due_at is None, proposal.due_at or proposal.noted_at, proposal.number


def choose(desk: Desk, matter: MeasureMatter, choice: Choice | None, now: datetime) -> Effects:
    """Show who sees to it and by when, as chosen so far.

    Raises:
        NotFound, NotPermitted, IllegalTransition: it is not theirs to choose, or not now.
        StaleButton: what is chosen cannot be.
    """
    step = _step_of(matter.proposal)
    official = role_for(matter.roles, matter.proposal, step)
    options = _options(matter, official)
    chosen = choice or _usual(desk, matter.proposal, options, now)
    due_at = _due_at(desk.calendar, matter.proposal, chosen.due_on, now)
    message = MeasureChoice(
        number=matter.proposal.number,
        words=matter.texts.get(matter.proposal.words),
        owner=_owner(options, chosen.owner),
        due_at=due_at,
        due_on=desk.calendar.local_date(due_at).toordinal(),
        today=desk.calendar.local_date(now).toordinal(),
        options=options,
        is_change=step is MeasureStep.CHANGE,
        is_fixed=matter.proposal.is_late(now),
    )
    return Effects(sends=(Send(official.person, message, replaces=matter.pressed),))


def _step_of(proposal: Proposal) -> MeasureStep:
    return MeasureStep.SET if proposal.measured_at is None else MeasureStep.CHANGE


def _usual(desk: Desk, proposal: Proposal, options: Sequence[Owner], now: datetime) -> Choice:
    if proposal.due_at is not None:
        return Choice(proposal.owner, desk.calendar.local_date(proposal.due_at))
    reader = next((each.staff for each in options if each.is_reader), None)
    return Choice(reader or (options[0].staff if options else None), desk.calendar.local_date(now + USUALLY))


def _options(matter: MeasureMatter, official: Staff) -> tuple[Owner, ...]:
    """Return who can see to it: the unit's people, and for those who watch over all the leads of every unit."""
    own = {each.id for each in matter.roles}
    able = [each for each in matter.staff if _is_able(each, official) or each.id == official.id]
    able.sort(key=lambda each: (each.id not in own, each.role is not Role.LEAD, each.unit or "", each.id))
    owners = [Owner(each.id, each.unit, each.id in own, each.role is Role.LEAD) for each in able]
    return tuple(owners[:MOST_OWNERS])


def _is_able(staff: Staff, official: Staff) -> bool:
    if official.role in WATCHING:
        return staff.role is Role.LEAD
    return staff.role in HANDLING and staff.unit == official.unit


def _owner(options: Sequence[Owner], staff: StaffId | None) -> Owner | None:
    """Return whom an id means; somebody who has left meanwhile is nobody, and has to be chosen anew."""
    return next((each for each in options if each.staff == staff), None)


def _due_at(calendar: Calendar, proposal: Proposal, on: date, now: datetime) -> datetime:
    """Return the end of office hours of a day, or of the next working day; a date that has passed stays.

    Raises:
        StaleButton: the day is not between tomorrow and a year from now.
    """
    if proposal.due_at is not None and proposal.is_late(now):
        return proposal.due_at
    today = calendar.local_date(now)
    if not today < on <= today + timedelta(days=FARTHEST):
        raise StaleButton
    return calendar.end_of_day(on if calendar.is_working_day(on) else calendar.next_working_day(on))


def set_measure(desk: Desk, matter: MeasureMatter, choice: Choice, now: datetime) -> Effects:
    """Make a measure of a proposal; of one that is a measure already, ask first why it changes.

    Raises:
        NotFound, NotPermitted, IllegalTransition, StaleButton: as `choose`; or nobody is chosen.
    """
    step = _step_of(matter.proposal)
    official = role_for(matter.roles, matter.proposal, step)
    owner = _owner(_options(matter, official), choice.owner)
    due_at = _due_at(desk.calendar, matter.proposal, choice.due_on, now)
    if owner is None:
        raise StaleButton
    if step is MeasureStep.CHANGE:
        if (owner.staff, due_at) == (matter.proposal.owner, matter.proposal.due_at):
            return show_proposal(matter)
        dialog = Measuring(proposal=matter.proposal.number, step=step, owner=owner.staff, due_at=due_at)
        wanted = MeasureWordsWanted(number=matter.proposal.number, step=step)
        return Effects(dialog=dialog, sends=(Send(official.person, wanted, replaces=matter.pressed),))
    fact = MeasureSet(proposal=matter.proposal.number, staff=owner.staff, unit=owner.unit, due_at=due_at, words=None)
    return _taken(desk, matter, official, fact, now, MeasureNews.SET)


def ask_words(matter: MeasureMatter, step: MeasureStep) -> Effects:
    """Ask for the words with which a measure is done, or a proposal given up.

    Raises:
        NotFound, NotPermitted, IllegalTransition: it is not theirs to do, or not now.
        StaleButton: the step begins otherwise.
    """
    if step not in {MeasureStep.DONE, MeasureStep.DROP}:
        raise StaleButton
    official = role_for(matter.roles, matter.proposal, step)
    wanted = MeasureWordsWanted(number=matter.proposal.number, step=step)
    dialog = Measuring(proposal=matter.proposal.number, step=step)
    return Effects(dialog=dialog, sends=(Send(official.person, wanted),))


def say_words(desk: Desk, matter: MeasureMatter, said: Measuring, words: str, now: datetime) -> Effects:
    """Take the words that were asked for, and do the step.

    Raises:
        NotFound, NotPermitted, IllegalTransition, StaleButton: it is not theirs to do, or no longer.
    """
    official = role_for(matter.roles, matter.proposal, said.step)
    commitment, kept = _committed(desk, words)
    number = matter.proposal.number
    fact: MeasureFact
    match said.step:
        case MeasureStep.DONE:
            fact, news = MeasureDone(proposal=number, words=commitment), MeasureNews.DONE
        case MeasureStep.DROP:
            fact, news = ProposalDropped(proposal=number, words=commitment), MeasureNews.DROPPED
        case MeasureStep.CHANGE if said.due_at is not None:
            owner = _owner(_options(matter, official), said.owner)
            if owner is None:
                raise StaleButton
            fact = MeasureSet(proposal=number, staff=owner.staff, unit=owner.unit, due_at=said.due_at, words=commitment)
            news = MeasureNews.CHANGED
        case _:
            raise StaleButton
    return _taken(desk, matter, official, fact, now, news, kept=kept)


def _taken(  # noqa: PLR0913 (one step, and all that is known of it)
    desk: Desk,
    matter: MeasureMatter,
    official: Staff,
    fact: MeasureFact,
    now: datetime,
    news: MeasureNews,
    *,
    kept: HouseWords | None = None,
) -> Effects:
    """Enter a step, show it to whoever took it, and tell the others whom it concerns."""
    before = matter.proposal
    entry = Entry(at=now, actor=official.id, case=None, fact=fact)
    after = evolve(before, entry)
    texts = dict(matter.texts) if kept is None else {**matter.texts, kept.slot: kept.text}
    own = Send(official.person, card_of(after, news, texts, matter.roles), replaces=matter.pressed)
    given = [each for each in matter.staff if each.id == after.owner != before.owner]
    concerned = [each for each in matter.staff if each.id in {before.staff, before.owner} and each not in given]
    sends = {
        send.to: send
        for send in (
            *tell(concerned, matter.staff, after, news, texts, official.person),
            *tell(given, matter.staff, after, MeasureNews.GIVEN, texts, official.person),
        )
    }
    is_moved = (after.standing, after.due_at) != (before.standing, before.due_at)
    return Effects(
        proposals=(ProposalChange(before, after, entry),),
        house_words=() if kept is None else (kept,),
        dialog=Idle(),
        cancelled=(f"measure/{after.number}/",) if is_moved else (),
        planned=plan_reminders(desk.calendar, after, now) if is_moved else (),
        sends=(own, *sends.values()),
    )


def _committed(desk: Desk, text: str) -> tuple[str, HouseWords]:
    salt = desk.randomness.bytes(SALT_BYTES)
    commitment = text_commitment(salt, text)
    return commitment, HouseWords(commitment, text, salt)
