"""An official puts a field visit down: where they went, how many they saw; what was heard is entered as cases after it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import msgspec

from bot.actions.enter_case import has_draft
from bot.errors import StaleButton
from bot.ports import Desk, Sender
from bot.rules.access import Act, require
from bot.rules.county import County
from bot.rules.dialog import Dialog, Idle, Visiting
from bot.rules.effect import Effects, Send
from bot.rules.entry import Entry, Visited
from bot.rules.identity import PersonId, TownshipId, VisitId
from bot.rules.message import Remark, Said, VisitCard, VisitEntered
from bot.rules.visit import MOST_SEEN, VISIT_ID_BYTES

ANCHOR: Final = "visit"


def begin_visit(sender: Sender) -> Effects:
    """Begin to put a visit down, where the sender was last.

    Raises:
        NotPermitted: the sender is no official who goes out.
    """
    official = require(sender.roles, Act.VISIT)
    if has_draft(sender.draft):
        return Effects(sends=(Send(official.person, Said(Remark.DRAFT_OPEN)),))
    begun = Visiting(township=official.township or sender.township, households=0, firms=0)
    return Effects(forget_anchor=ANCHOR) + show(official.person, begun, None)


def show(person: PersonId, visit: Visiting, pressed: int | None, *, is_picking: bool = False) -> Effects:
    """Show what is put down so far."""
    return Effects(dialog=visit, sends=(_card(person, visit, pressed, is_picking=is_picking),))


def repeat_card(person: PersonId, visit: Visiting) -> Effects:
    """Show the card below what somebody wrote instead of pressing: in its old place, unchanged, it would be no answer."""
    return Effects(forget_anchor=ANCHOR) + show(person, visit, None)


def count_seen(person: PersonId, visit: Visiting, seen: tuple[int, int], pressed: int | None) -> Effects:
    """Add households and firms to those that were seen, or take some away."""
    households, firms = (
        max(0, min(MOST_SEEN, before + more)) for before, more in zip((visit.households, visit.firms), seen, strict=True)
    )
    return show(person, msgspec.structs.replace(visit, households=households, firms=firms), pressed)


def set_place(county: County, person: PersonId, visit: Visiting, township: TownshipId, pressed: int | None) -> Effects:
    """Say where it was; raises StaleButton when the county no longer has it."""
    if township not in county.townships:
        raise StaleButton
    return show(person, msgspec.structs.replace(visit, township=township), pressed)


def enter_visit(desk: Desk, sender: Sender, visit: Visiting, now: datetime, pressed: int | None) -> Effects:
    """Enter a visit; one that saw nobody, or was nowhere, is not entered yet.

    Raises:
        NotPermitted: the sender is no official who goes out, or no longer.
    """
    official = require(sender.roles, Act.VISIT)
    if visit.township is None or not visit.households + visit.firms:
        return Effects(sends=(_card(official.person, visit, pressed, is_lacking=True),))
    fact = Visited(
        visit=VisitId(f"v-{desk.randomness.bytes(VISIT_ID_BYTES).hex()}"),
        unit=official.unit,
        township=visit.township,
        households=visit.households,
        firms=visit.firms,
    )
    entered = VisitEntered(township=visit.township, households=visit.households, firms=visit.firms, visit=fact.visit)
    return Effects(
        entries=(Entry(at=now, actor=official.id, case=None, fact=fact),),
        dialog=Idle(),
        township=visit.township,
        forget_anchor=ANCHOR,
        sends=(Send(official.person, entered, replaces=pressed),),
    )


def visit_of(dialog: Dialog) -> Visiting:
    """Return the visit that is being put down; a button of another is stale."""
    if not isinstance(dialog, Visiting):
        raise StaleButton
    return dialog


def _card(
    person: PersonId, visit: Visiting, pressed: int | None, *, is_picking: bool = False, is_lacking: bool = False
) -> Send:
    card = VisitCard(
        township=visit.township,
        households=visit.households,
        firms=visit.firms,
        is_picking=is_picking,
        is_lacking=is_lacking,
    )
    return Send(person, card, anchor=ANCHOR, replaces=pressed)
