"""A draft beside its writer's own cases: what says the same is not filed twice, what belongs to one can be added to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

from bot.actions.add_draft import add_draft, filed_already
from bot.rules.case import Case, State
from bot.rules.dialog import Drafting
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber
from bot.rules.likeness import Report, are_alike, say_the_same
from bot.rules.slot import FILED
from handlers.context import Context
from handlers.resident import draft as drafts
from handlers.resident import following
from handlers.resident.draft import shown_draft
from handlers.resident.stake import stake_of

COMPARED: Final = 5
"""How many of the writer's own cases a draft is compared with: the newest."""

JUST_FILED: Final = timedelta(hours=2)
"""How long after somebody sent a case what they write may belong to it."""


class Own(NamedTuple):
    """A case of the writer's own to which a draft may belong.

    Attributes:
        is_alike: they seem to be about the same thing; else the case was filed just before.
        is_same: they say the very same.
    """

    case: Case
    is_alike: bool
    is_same: bool


async def own_case(context: Context, draft: Drafting) -> Own | None:
    """Return the case of the writer's own to which a draft may belong; None where it is a new matter."""
    if context.sender.is_new or draft.is_apart or draft.is_for_another:
        return None
    read, report = context.desk.read, Report.of(draft.words)
    found, _ = await read.cases_of(context.sender.person, COMPARED)
    alive = [case for case in found if case.is_open or case.state is State.RESOLVED]
    for case in alive:
        if draft.township is not None and case.township not in {None, draft.township}:
            continue
        before = Report.of(await read.words_of(case.number, FILED) or "")
        is_same = say_the_same(report, before)
        if is_same or are_alike(report, before):
            return Own(case, is_alike=True, is_same=is_same)
    recent = next((case for case in alive if context.now - case.filed_at <= JUST_FILED), None)
    return None if recent is None else Own(recent, is_alike=False, is_same=False)


async def add(context: Context, number: CaseNumber, begun_by: int, pressed: int | None) -> Effects:
    """Add the draft that the pressed card showed to a case of the sender's own.

    Raises:
        StaleButton: it was sent or thrown away.
        NotFound: the case is not theirs.
        IllegalTransition: the case is over.
    """
    draft = shown_draft(context, begun_by)
    stake = await stake_of(context, number, pressed)
    taken = [file.slot for file in await context.desk.read.files_of(number)]
    return add_draft(context.desk, stake, draft, taken, context.now)


async def send(context: Context, begun_by: int, pressed: int | None) -> Effects:
    """File the draft that the pressed card showed; what an open case of the sender's says already is not filed again.

    Raises:
        StaleButton: it was sent or thrown away, whatever else is open now.
    """
    own = await own_case(context, shown_draft(context, begun_by))
    if own is None or not own.is_same:
        return await drafts.send(context, begun_by, pressed)
    number = own.case.number
    if shown_draft(context, begun_by).files:
        return await add(context, number, begun_by, pressed)
    return filed_already(context.sender.person, pressed) + await following.show(context, number)
