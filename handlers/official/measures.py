"""`/measures`: what was proposed on field visits, the measures that became of it, and each step with one of them."""

from __future__ import annotations

from datetime import date

from bot.actions.carry_measure import (
    Choice,
    MeasureMatter,
    ask_words,
    begin_proposal,
    choose,
    list_proposals,
    note_proposal,
    page_of,
    say_words,
    set_measure,
    show_proposal,
)
from bot.errors import StaleButton
from bot.rules.access import EVERY_ROLE, Act, require
from bot.rules.dialog import Idle, Measuring, Proposing
from bot.rules.effect import Effects
from bot.rules.identity import ProposalNumber, StaffId, VisitId
from bot.rules.measure import MeasureStep
from handlers.callback import ChooseMeasure, ListProposals, MeasureButton, NoteProposal, OpenProposal, TakeMeasure
from handlers.context import Context


async def measures(context: Context) -> Effects:
    """List what is open."""
    return await _list(context, 0, None)


async def follow(button: MeasureButton, pressed: int | None, context: Context) -> Effects:
    """Do what a button means; whether it is theirs to do is decided where it is done."""
    match button:
        case NoteProposal(visit=visit):
            return begin_proposal(context.sender, await context.desk.read.visit(VisitId(visit)))
        case ListProposals(page=page):
            return await _list(context, page, pressed)
        case OpenProposal(proposal=number):
            return show_proposal(await _matter(context, number, pressed)) + _leave(context, number)
        case TakeMeasure(proposal=number, step=step):
            matter = await _matter(context, number, pressed)
            if step in {MeasureStep.SET, MeasureStep.CHANGE}:
                return choose(context.desk, matter, None, context.now)
            return ask_words(matter, step)
        case ChooseMeasure(proposal=number, owner=owner, due_on=due_on, is_final=is_final):
            matter, choice = await _matter(context, number, pressed), Choice(StaffId(owner) or None, _day(due_on))
            decide = set_measure if is_final else choose
            return decide(context.desk, matter, choice, context.now)


def _day(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError) as error:
        raise StaleButton from error


def _leave(context: Context, number: str) -> Effects:
    """End what was begun with this proposal: whoever looks at it again wants to do something else."""
    dialog = context.sender.dialog
    return Effects(dialog=Idle()) if isinstance(dialog, Measuring) and dialog.proposal == number else Effects()


async def hear(context: Context, dialog: Proposing | Measuring, text: str) -> Effects:
    """Take words as what they were asked for."""
    desk, read, now = context.desk, context.desk.read, context.now
    match dialog:
        case Proposing(visit=visit):
            staff, known = await read.staff_of(None, EVERY_ROLE), await read.proposal_count()
            return note_proposal(desk, context.sender, await read.visit(visit), text, staff, now, known=known)
        case Measuring(proposal=number):
            return say_words(desk, await _matter(context, number, None), dialog, text, now)


async def _list(context: Context, page: int, pressed: int | None) -> Effects:
    read, roles = context.desk.read, context.sender.roles
    require(roles, Act.VISIT)
    open_ = await read.proposals()
    texts = {each.words: await read.house_words(each.words) for each in page_of(roles, open_, page)}
    return list_proposals(roles, open_, texts, page, context.now, pressed)


async def _matter(context: Context, number: str, pressed: int | None) -> MeasureMatter:
    read, roles = context.desk.read, context.sender.roles
    require(roles, Act.VISIT)
    proposal = await read.proposal(ProposalNumber(number))
    texts = {slot: await read.house_words(slot) for slot in proposal.slots}
    return MeasureMatter(proposal, roles, texts, await read.staff_of(None, EVERY_ROLE), pressed)
