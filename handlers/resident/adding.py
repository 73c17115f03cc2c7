"""A draft beside its writer's own cases: what says the same is said to be there, what belongs to one can be added to it.

Invariant: a card that is sent is a case; whoever wants one matter to be two has the last word.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from bot.actions.add_draft import add_draft, go_on_with
from bot.rules.case import Case, State
from bot.rules.dialog import Answering, Drafting
from bot.rules.effect import Effects
from bot.rules.following import may_reopen
from bot.rules.identity import CaseNumber
from bot.rules.likeness import Report, are_alike, say_the_same
from bot.rules.slot import FILED
from handlers.context import Context
from handlers.resident import answering
from handlers.resident.draft import shown_draft
from handlers.resident.phrases import is_again
from handlers.resident.stake import stake_of

COMPARED: Final = 5
"""How many of the writer's own cases a draft is compared with: the newest."""

JUST_FILED: Final = timedelta(hours=2)
"""How long after somebody sent a case what they write may belong to it."""


class Own(NamedTuple):
    """A case of the writer's own to which a draft may belong.

    Attributes:
        is_alike: they seem to be about the same thing, and a closed one can go on; else its unit waits for an answer,
            or it was filed just before.
    """

    case: Case
    is_alike: bool


async def own_case(context: Context, draft: Drafting) -> Own | None:
    """Return the case of the writer's own to which a draft may belong; None where it is a new matter."""
    if context.sender.is_new or draft.is_apart or draft.is_for_another:
        return None
    read, report = context.desk.read, Report.of(draft.words)
    found, _ = await read.cases_of(context.sender.person, COMPARED)
    alive = [case for case in found if case.is_open or case.state is State.RESOLVED]
    desk = context.desk
    over = [case for case in found if may_reopen(case, desk.county.rating, desk.calendar, context.now)]
    for case in (*alive, *over):
        if draft.township is not None and case.township not in {None, draft.township}:
            continue
        before = Report.of(await read.words_of(case.number, FILED) or "")
        if say_the_same(report, before) or are_alike(report, before):
            return Own(case, is_alike=True)
    asked = next((case for case in alive if case.state is State.WAITING), None)
    if asked is None and over and is_again(draft.words):
        naming_nothing = list(desk.county.categories)[-1]
        if draft.category in {over[0].category, naming_nothing}:
            return Own(over[0], is_alike=True)
    recent = asked or next((case for case in alive if context.now - case.filed_at <= JUST_FILED), None)
    return None if recent is None else Own(recent, is_alike=False)


async def add(context: Context, number: CaseNumber, begun_by: int, pressed: int | None) -> Effects:
    """Add the draft that the pressed card showed to a case of the sender's own.

    Where the unit waits for the sender's answer, the words are that answer, so that the clock runs again.

    Raises:
        StaleButton: it was sent or thrown away.
        NotFound: the case is not theirs.
        IllegalTransition: the case is over.
    """
    draft = shown_draft(context, begun_by)
    stake = await stake_of(context, number, pressed)
    taken = [file.slot for file in await context.desk.read.files_of(number)]
    said = None
    if stake.case.state is State.WAITING and draft.words:
        asked = Answering(case=number, round=stake.case.now.number, pause=stake.case.now.pauses)
        said = await answering.hear(context, asked, draft.words)
    return add_draft(context.desk, stake, draft, taken, context.now, said)


async def go_on(context: Context, number: CaseNumber, begun_by: int, pressed: int | None) -> Effects:
    """Have a closed case of the sender's own go on with the draft that the pressed card showed.

    Raises:
        StaleButton, NotFound: as `add`.
        IllegalTransition: it goes on already, or was closed too long ago.
    """
    draft = shown_draft(context, begun_by)
    stake = await stake_of(context, number, pressed)
    taken = [file.slot for file in await context.desk.read.files_of(number)]
    return go_on_with(context.desk, stake, draft, taken, context.now)
