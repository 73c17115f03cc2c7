"""A step with a case: taken at once, or after words or a choice that it needs. Whether it may be is decided each time.

What each step asks for is drawn in `steps.mmd` beside this file.
"""

from __future__ import annotations

from typing import Final

from bot.actions.accept_case import accept_case
from bot.actions.ask_resident import ask_resident, drop_question
from bot.actions.end_case import may_go_on_as, merge_case, refuse_case
from bot.actions.extend_case import ask_extension, deny_extension, grant_extension
from bot.actions.matter import Matter
from bot.actions.reclassify_case import classes_for, reclassify_case
from bot.actions.resolve_case import ask_what_was_done, resolve_case
from bot.actions.share_case import add_unit, choose_colleague, colleagues, do_part, hand_over
from bot.actions.transfer_case import transfer_case
from bot.actions.write_to_voices import announce, note, reply, reply_from_stock
from bot.errors import EvidenceMissing, IllegalTransition, NotFound, StaleButton
from bot.rules.caller import number_in
from bot.rules.case import Case
from bot.rules.dialog import Resolving, Writing
from bot.rules.effect import Effects, Send
from bot.rules.entry import Channel, ExtensionAsked
from bot.rules.handling import Law, Step, Stock, units_for
from bot.rules.identity import CaseNumber, ClassId, StaffId, UnitId
from bot.rules.message import Choice, Remark, Said, WordsWanted
from bot.rules.slot import FILED, PHONE, evidence_of, said_slot
from handlers.context import Context
from handlers.official import triage
from handlers.official.matter import matter_of

WORDS: Final = frozenset(
    {Step.ASK, Step.NOTE, Step.ANNOUNCE, Step.EXTEND, Step.TRANSFER, Step.DENY, Step.DO_PART, Step.MERGE}
)
"""Steps that need words and nothing else."""

CHOICE: Final = frozenset({Step.REPLY, Step.HAND_OVER, Step.ADD_UNIT, Step.RECLASSIFY, Step.REFUSE})
"""Steps that need a choice first; a reply may also be written."""

THEN_WORDS: Final = frozenset({Step.RECLASSIFY, Step.REFUSE})
"""Steps whose choice needs words too."""

AT_ONCE: Final = frozenset({Step.ACCEPT, Step.DROP, Step.GRANT})
"""Steps that need nothing more."""


async def take(context: Context, number: CaseNumber, step: Step, pressed: int | None) -> Effects:
    """Take a step, or ask for what it needs."""
    if step is Step.ASSIGN:
        return await triage.open_card(context, number, pressed)
    if step is Step.RESOLVE:
        return ask_what_was_done(context.desk, await matter_of(context, number), context.now)
    matter = await matter_of(context, number, pressed)
    official = matter.actor(context.desk, step, context.now)
    if step is Step.ASK and not (matter.voices or await _has_caller(context, matter)):
        return Effects(sends=(Send(official.person, Said(Remark.NOBODY_TO_ASK)),))
    if step in WORDS:
        wanted = WordsWanted(case=number, step=step)
        return Effects(dialog=Writing(case=number, step=step), sends=(Send(official.person, wanted),))
    if step in CHOICE:
        choice = (
            choose_colleague(matter, context.now)
            if step is Step.HAND_OVER
            else Choice(case=number, step=step, options=_options(context, matter, step))
        )
        dialog = Writing(case=number, step=step) if step is Step.REPLY else None
        return Effects(dialog=dialog, sends=(Send(official.person, choice),))
    if step in AT_ONCE:
        return await _at_once(context, matter, step)
    raise StaleButton


async def _at_once(context: Context, matter: Matter, step: Step) -> Effects:
    read, number = context.desk.read, matter.case.number
    match step:
        case Step.ACCEPT:
            return accept_case(context.desk, matter, context.now)
        case Step.DROP:
            return drop_question(context.desk, matter, await read.entries_of(number), context.now)
        case Step.GRANT:
            asked = [each.fact for each in await read.entries_of(number) if isinstance(each.fact, ExtensionAsked)]
            slot = said_slot(asked[-1].reason) if asked else None
            reason = None if slot is None else await read.words_of(number, slot)
            return grant_extension(context.desk, matter, reason or "", context.now, slot)
        case _:
            raise StaleButton


def _options(context: Context, matter: Matter, step: Step) -> tuple[str, ...]:
    """Return what there is to choose from; raises IllegalTransition where there is nothing."""
    match step:
        case Step.REPLY:
            return tuple(each.value for each in Stock)
        case Step.REFUSE:
            return tuple(each.name.lower() for each in Law)
        case Step.HAND_OVER:
            found: tuple[str, ...] = tuple(each.id for each in colleagues(matter))
        case Step.ADD_UNIT:
            found = units_for(context.desk.county, matter.case)
        case _:
            found = classes_for(context.desk, matter, context.now)
    if not found:
        raise IllegalTransition
    return found


async def choose(context: Context, number: CaseNumber, step: Step, value: str, pressed: int | None) -> Effects:
    """Follow a choice: the step is taken, or asks for words now.

    Raises:
        StaleButton: there is no such choice.
    """
    desk, now = context.desk, context.now
    matter = await matter_of(context, number, pressed)
    official = matter.actor(desk, step, now)
    if step not in CHOICE or value not in _options(context, matter, step):
        raise StaleButton
    if step in THEN_WORDS:
        wanted = WordsWanted(case=number, step=step)
        return Effects(dialog=Writing(case=number, step=step, choice=value), sends=(Send(official.person, wanted),))
    match step:
        case Step.REPLY:
            return reply_from_stock(desk, matter, Stock(value), now)
        case Step.HAND_OVER:
            return hand_over(desk, matter, StaffId(value), now)
        case Step.ADD_UNIT:
            return add_unit(desk, matter, UnitId(value), now)
        case _:
            raise StaleButton


async def hear(context: Context, dialog: Writing, text: str) -> Effects:
    """Take the step that the words were asked for.

    Raises:
        StaleButton: the step takes no words, or its choice is gone.
    """
    desk, now = context.desk, context.now
    matter = await matter_of(context, dialog.case)
    match dialog.step:
        case Step.REPLY:
            return reply(desk, matter, text, now)
        case Step.ASK:
            return ask_resident(desk, matter, text, now, has_caller=await _has_caller(context, matter))
        case Step.NOTE:
            return note(desk, matter, text, now)
        case Step.ANNOUNCE:
            return announce(desk, matter, text, now)
        case Step.EXTEND:
            return ask_extension(desk, matter, text, now)
        case Step.DENY:
            return deny_extension(desk, matter, text, now)
        case Step.TRANSFER:
            return transfer_case(desk, matter, text, now)
        case Step.DO_PART:
            return do_part(desk, matter, text, now)
        case Step.MERGE:
            return await _merge(context, matter, text)
        case _:
            return _with_choice(context, matter, dialog, text)


async def _has_caller(context: Context, matter: Matter) -> bool:
    """Say whether nobody follows the case in a chat, but whoever phoned left a number by which they can be asked."""
    if matter.case.channel is Channel.BOT or matter.voices:
        return False
    return await context.desk.read.words_of(matter.case.number, PHONE) is not None


def _with_choice(context: Context, matter: Matter, dialog: Writing, text: str) -> Effects:
    match dialog.step, dialog.choice:
        case Step.RECLASSIFY, str(to):
            return reclassify_case(context.desk, matter, ClassId(to), text, context.now)
        case Step.REFUSE, str(law):
            return refuse_case(context.desk, matter, Law[law.upper()], text, context.now)
        case _:
            raise StaleButton


async def _merge(context: Context, matter: Matter, text: str) -> Effects:
    """Merge into the case whose number was written; where it is none that is open, the question stays so."""
    read, supervisor = context.desk.read, matter.actor(context.desk, Step.MERGE, context.now)
    into = await _written(context, text)
    if into is None or not may_go_on_as(matter.case, into):
        return Effects(sends=(Send(supervisor.person, Said(Remark.NOT_ANOTHER_OPEN_CASE)),))
    present = tuple(person for _, person in await read.voices_of(into.number))
    return merge_case(context.desk, matter, into, present, context.now, await read.legible(into.number, FILED))


async def _written(context: Context, text: str) -> Case | None:
    """Return the case whose number stands in a text; None where there is none."""
    number, _ = number_in(text)
    try:
        return None if number is None else await context.desk.read.case(number)
    except NotFound:
        return None


async def hear_what_was_done(context: Context, dialog: Resolving, text: str, *, with_file: bool) -> Effects:
    """Resolve the case that was asked about; where a photo or document is missing, keep the words and ask for it."""
    matter = await matter_of(context, dialog.case)
    slot = evidence_of(matter.case.now.number)
    has_evidence = with_file or any(file.slot.startswith(slot) for file in await context.desk.read.files_of(dialog.case))
    has_caller = await _has_caller(context, matter)
    try:
        return resolve_case(context.desk, matter, text, context.now, has_evidence=has_evidence, has_caller=has_caller)
    except EvidenceMissing:
        kept = Resolving(case=dialog.case, words=text)
        return Effects(dialog=kept, sends=(Send(context.sender.person, Said(Remark.EVIDENCE_WANTED)),))
