"""What the clock reads when an official cannot be written to any more: what they have in charge."""

from __future__ import annotations

from datetime import datetime

from bot.actions.tell_unreachable import lost_roles, tell_unreachable
from bot.ports import Desk
from bot.rules.effect import Effects
from bot.rules.identity import PersonId
from bot.rules.staff import Staff
from bot.rules.tasks import Only, TaskQuery


async def unreachable(desk: Desk, person: PersonId, staff: tuple[Staff, ...], now: datetime) -> Effects:
    """Decide who is told of it, with how many cases need somebody else."""
    lost = lost_roles(person, staff)
    held = {}
    for each in lost:
        if each.unit is not None:
            query = TaskQuery(frozenset({each.unit}), frozenset({each.id}), Only.MINE, now, limit=1)
            held[each.id] = (await desk.read.tasks(query)).counts.get(Only.MINE, 0)
    return tell_unreachable(lost, held, staff, now)
