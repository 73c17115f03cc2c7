"""Nodes of the tree over the ledger are held against those that are stored, however many appends made them."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

import pytest

from bot.rules.merkle import EMPTY_TREE, NodeId, grow
from storage.engine import Parameters, Row
from storage.tree import Made

LEAVES: Final = [sha256(b"%d" % place).digest() for place in range(21)]


class Stored:
    """The nodes over some leaves, as a database holds them."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.nodes = dict(grow(EMPTY_TREE, leaves).nodes)

    async def rows(self, query: str, parameters: Parameters) -> Sequence[Row]:
        """Return neighbours on a level."""
        assert query == "tree_of_level"
        level, first, last = (int(parameters[name] or 0) for name in ("level", "first", "last"))
        places = range(first, last + 1)
        return [(place, self.nodes[NodeId(level, place)]) for place in places if NodeId(level, place) in self.nodes]

    async def run(self, query: str, parameters: Sequence[Parameters]) -> int:
        """Change nothing."""
        raise AssertionError(query, parameters)


def gathered(at_once: int, begun_with: int = 0) -> Made:
    """Gather what appends of so many leaves make, from a tree on that has some already."""
    made, tree = Made(), grow(EMPTY_TREE, LEAVES[:begun_with]).frontier
    for first in range(begun_with, len(LEAVES), at_once):
        tree, levels = grow(tree, LEAVES[first : first + at_once])
        made.add(levels)
    return made


@pytest.mark.parametrize("begun_with", [0, 5, 20])
@pytest.mark.parametrize("at_once", [1, 2, 3, 8, 21])
async def test_what_appends_make_is_what_is_stored(at_once: int, begun_with: int) -> None:
    """One leaf at a time, some, or all; from the beginning or from the middle: each node is there once."""
    made = gathered(at_once, begun_with)
    assert len(made) == len(grow(EMPTY_TREE, LEAVES).nodes) - len(grow(EMPTY_TREE, LEAVES[:begun_with]).nodes)
    assert await made.differing(Stored(LEAVES)) == []


@pytest.mark.parametrize("at_once", [1, 3, 21])
async def test_every_node_above_another_leaf_differs(at_once: int) -> None:
    """Of the nodes that are stored over a forged leaf, and of no other; what is lost differs too."""
    stored = Stored([*LEAVES[:6], bytes(32), *LEAVES[7:]])
    expected = {NodeId(level, 6 >> level) for level in range(1, 5)}
    assert {node for node, _ in await gathered(at_once).differing(stored)} == expected
    del stored.nodes[NodeId(2, 4)]
    found = await gathered(at_once).differing(stored)
    assert {node for node, _ in found} == expected | {NodeId(2, 4)}
    assert dict(found)[NodeId(2, 4)] == Stored(LEAVES).nodes[NodeId(2, 4)]
