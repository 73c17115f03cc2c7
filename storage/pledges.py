"""Whether each draw's seed is bound to by the checkpoint that was signed with it, and each seed that is bound to is there.

A week's end pledges a seed and signs in one transaction. So the checkpoint of a week does not go without the seed that it
binds to, nor the seed, which would spare everybody the next callbacks, without the checkpoint. And what is remembered of a
draw follows from entries: who was drawn stands behind it, its seed is told in one, and is sealed here until then.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import NamedTuple

from bot.errors import LedgerBroken
from bot.rules.chain import read
from bot.rules.draw import PLEDGE
from bot.rules.entry import SeedPublished
from storage.assertions import drawn_after
from storage.engine import Session, typed
from storage.rows import read_ledger_row
from storage.signing import kept_checkpoints


class Remembered(NamedTuple):
    """What the columns of `draw_states` remember of a draw."""

    since: int
    until: int | None
    drawn: int | None
    has_seed: int

    @property
    def ends(self) -> int:
        """Say how many entries there were once it was drawn, when the next seed was pledged; only of one that was."""
        return (self.until or 0) + (self.drawn or 0)


def seed_slot(since: int) -> str:
    """Name the place where a seed lies sealed, by how many entries there were when it was drawn."""
    return f"seed/{since}"


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


async def compare_remembered(session: Session) -> None:
    """Hold what is remembered of each draw against the entries.

    Raises:
        LedgerBroken: naming the entries at whose end the seed was pledged.
    """
    told = [read(row).fact for row in map(read_ledger_row, await session.rows("seed_published", {}))]
    until_of = {fact.since: fact.until for fact in told if isinstance(fact, SeedPublished)}
    ((last_restored,),) = await session.rows("restored_last", {})
    states = typed(await session.rows("draw_states", {}), Remembered)
    for state, next_one in zip_longest(states, states[1:]):
        is_followed = next_one is not None and (state.until or 0) >= int(last_restored or 0)
        is_right = next_one is None if state.until is None else not is_followed or state.ends == next_one.since
        if not is_right or not await _follows(session, state, until_of.get(state.since)):
            why = f"the draw whose seed was pledged after {state.since} entries is remembered otherwise than entries say"
            raise LedgerBroken(max(state.since, 1), why)


async def _follows(session: Session, state: Remembered, told_until: int | None) -> bool:
    """Say whether a draw can be remembered so; `told_until` is what the entry says that tells its seed."""
    if state.until is None:
        return bool(state.has_seed) and state.drawn is None and told_until is None
    is_told = told_until is not None
    is_kept = bool(state.has_seed) != is_told and told_until in {None, state.until}
    return is_kept and state.drawn == len(await drawn_after(session, state.until))
