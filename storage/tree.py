"""The tree over the ledger as it is stored: whole nodes only, each written once, by the append that completes it.

Leaves are the ledger's own entry hashes. Whatever is read here was computed by `bot.rules.merkle`; nothing else hashes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from bot.errors import LedgerBroken
from bot.rules.merkle import HASH_BYTES, Frontier, Level, NodeId, Nodes, grow
from storage.engine import Session

Computed = TypeVar("Computed")


async def frontier(session: Session, size: int) -> Frontier:
    """Read what the tree over the first `size` entries is made of.

    Raises:
        LedgerBroken: a node of it is lost.
    """
    rows = await session.rows("tree_peaks", {"size": size})
    peaks = tuple(peak for _, peak in rows if isinstance(peak, bytes) and len(peak) == HASH_BYTES)
    if len(peaks) != size.bit_count():
        raise LedgerBroken(size, "the tree over the ledger has lost a node")
    return Frontier(size, peaks)


async def extend(session: Session, size: int, leaves: Sequence[bytes]) -> None:
    """Let the tree over `size` entries grow; a leaf writes one node on average.

    Raises:
        LedgerBroken: the tree is not that of `size` entries.
    """
    growth = grow(await frontier(session, size), leaves)
    await session.run(
        "tree_put", [{"level": node.level, "place": node.place, "hash": digest} for node, digest in growth.nodes]
    )


async def computed(session: Session, compute: Callable[[Nodes], Computed]) -> Computed:
    """Compute a root, a frontier or a proof from stored nodes.

    Args:
        compute: asks for the same nodes whatever they are; it is run once to learn which, and once with them.

    Raises:
        LedgerBroken: a node is lost.
    """
    wanted: dict[NodeId, bytes] = {}

    def note(node: NodeId) -> bytes:
        return wanted.setdefault(node, bytes(HASH_BYTES))

    compute(note)
    for node in wanted:
        wanted[node] = await _node(session, node)
    return compute(wanted.__getitem__)


async def _node(session: Session, node: NodeId) -> bytes:
    if node.level == 0:
        rows = await session.rows("tree_leaf", {"seq": node.place + 1})
    else:
        rows = await session.rows("tree_node", {"level": node.level, "place": node.place})
    match rows:
        case [(bytes(found),)] if len(found) == HASH_BYTES:
            return found
        case _:
            raise LedgerBroken(made_by(node), "the tree over the ledger has lost a node")


def made_by(node: NodeId) -> int:
    """Return the sequence number of the entry whose append completes a node."""
    return (node.place + 1) << node.level


class Made:
    """Whole nodes as entry after entry makes them, level by level, until they are compared."""

    def __init__(self) -> None:
        self._levels: dict[int, Level] = {}

    def __len__(self) -> int:
        """Count the nodes."""
        return sum(len(each.digests) for each in self._levels.values())

    def add(self, levels: Iterable[Level]) -> None:
        """Add what stands right of all that is here."""
        for each in levels:
            self._levels.setdefault(each.level, Level(each.level, each.first, [])).digests.extend(each.digests)

    async def differing(self, session: Session) -> list[tuple[NodeId, bytes]]:
        """Return those that are not stored as they should be, level by level."""
        found: list[tuple[NodeId, bytes]] = []
        for level, first, digests in self._levels.values():
            expected = list(enumerate(digests, first))
            stored = await session.rows("tree_of_level", {"level": level, "first": first, "last": expected[-1][0]})
            if stored != expected:
                known = {row[0]: row[1] for row in stored}
                found += [(NodeId(level, place), digest) for place, digest in expected if known.get(place) != digest]
        return found


def nodes_of(size: int) -> int:
    """Count the whole nodes above the leaves of a tree."""
    return size - size.bit_count()


async def surplus_of(session: Session) -> int:
    """Count the nodes that are too many, or, below zero, too few, for as many entries as the head names."""
    ((nodes, size),) = await session.rows("tree_size", {})
    return int(nodes or 0) - nodes_of(int(size or 0))
