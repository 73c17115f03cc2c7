"""Whether each draw's seed is bound to by the checkpoint that was signed with it, and each seed that is bound to is there.

A week's end pledges a seed and signs in one transaction. So the checkpoint of a week does not go without the seed that it
binds to, nor the seed, which would spare everybody the next callbacks, without the checkpoint.
"""

from __future__ import annotations

from bot.errors import LedgerBroken
from bot.rules.draw import PLEDGE
from storage.engine import Session, typed
from storage.signing import kept_checkpoints


async def compare_pledges(session: Session) -> None:
    """Hold seeds against kept checkpoints, and kept checkpoints against seeds.

    Raises:
        LedgerBroken: naming the entries of which a checkpoint is missing, or whose checkpoint binds to a seed that is.
    """
    bound = {kept.size: kept.read().extensions for kept in await kept_checkpoints(session)}
    pledges = dict(typed(await session.rows("draw_pledges", {}), tuple[int, str]))
    for since, pledge in pledges.items():
        if pledge not in bound.get(since, ()):
            raise LedgerBroken(
                max(since, 1), f"the checkpoint of the first {since} entries, which binds to a seed, is missing"
            )
    ((last_restored,),) = await session.rows("restored_last", {})
    for size, lines in bound.items():
        if size <= int(last_restored or 0):
            continue  # what was pledged before it is forgotten: it may have been told
        for line in lines:
            if line.startswith(PLEDGE) and line not in pledges.values():
                raise LedgerBroken(max(size, 1), f"the seed to which the checkpoint of {size} entries binds is not there")
