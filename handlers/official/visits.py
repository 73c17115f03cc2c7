"""`/visit`: a field visit is put down on one card; what was heard is entered as cases after it. Drawn in `visits.mmd`."""

from __future__ import annotations

from bot.actions.log_visit import begin_visit, count_seen, enter_visit, repeat_card, set_place, show, visit_of
from bot.rules.effect import Effects
from handlers.callback import CountSeen, EnterVisit, PickPlace, SetPlace
from handlers.context import Context


async def visit(context: Context) -> Effects:
    """Begin to put a visit down."""
    return begin_visit(context.sender)


async def follow(button: PickPlace | SetPlace | CountSeen | EnterVisit, pressed: int | None, context: Context) -> Effects:
    """Do what a button under a visit means."""
    sender = context.sender
    person, logged = sender.person, visit_of(sender.dialog)
    match button:
        case PickPlace(is_picking=is_picking):
            return show(person, logged, pressed, is_picking=is_picking)
        case SetPlace(township=township):
            return set_place(context.desk.county, person, logged, township, pressed)
        case CountSeen(households=households, firms=firms):
            return count_seen(person, logged, (households, firms), pressed)
        case EnterVisit():
            return enter_visit(context.desk, sender, logged, context.now, pressed)


async def hear(context: Context) -> Effects:
    """Show the card again to whoever writes instead of pressing: what was heard comes after it."""
    return repeat_card(context.sender.person, visit_of(context.sender.dialog))
