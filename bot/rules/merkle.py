"""The tree over the ledger: roots, inclusion proofs and consistency proofs (RFC 9162 section 2.1, RFC 6962 section 2.1).

Leaves are entry hashes, which already are leaf hashes (SHA-256 of 0x00 and the content), so nothing is hashed twice.
A proof is believed only when it leads to the roots that the reader holds *and* nothing of it is left over or missing:
every element takes part in the root, not only the ends (what immudb's clients missed, GHSA-672p-m5jq-mrh8).

Nodes are addressed as (level, place): the node covers the leaves [place << level, (place + 1) << level). Only such whole
nodes are ever stored, they never change, and each is made by exactly one append.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, NamedTuple, TypeAlias

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""

_of_node: Final = sha256(b"\x01").copy
"""Begins the hash of a node a third faster than `sha256()`, which looks the algorithm up each time."""


class NodeId(NamedTuple):
    """The address of a whole node.

    Attributes:
        level: 0 for a leaf.
        place: from 0, left to right among the nodes of the level.
    """

    level: int
    place: int


Nodes: TypeAlias = Callable[[NodeId], bytes]
"""Gives the hash of a stored node, a leaf's being its entry hash. A mapping's `__getitem__` is one."""


def node_hash(left: bytes, right: bytes) -> bytes:
    """Bind two neighbours: 32 bytes."""
    hashing = _of_node()
    hashing.update(left + right)
    return hashing.digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that must be known of a tree to let it grow: O(log n) hashes.

    Attributes:
        size: how many leaves.
        peaks: roots of the whole subtrees that the tree is made of, largest first, one for each one-bit of `size`.
    """

    size: int
    peaks: tuple[bytes, ...]

    def __post_init__(self) -> None:
        """Refuse a frontier that no tree has."""
        if self.size < 0 or len(self.peaks) != self.size.bit_count() or any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise ValueError("these are not the peaks of a tree of this size")


EMPTY_TREE: Final = Frontier(0, ())


class Level(NamedTuple):
    """Whole nodes that stand beside each other on one level, left to right; `first` is the place of the first."""

    level: int
    first: int
    digests: list[bytes]


class Growth(NamedTuple):
    """What an append makes: the new frontier, and the whole nodes above the leaves that are new, lowest level first."""

    frontier: Frontier
    levels: tuple[Level, ...]

    @property
    def nodes(self) -> tuple[tuple[NodeId, bytes], ...]:
        """Give the new nodes one by one, children before parents."""
        return tuple(
            (NodeId(each.level, place), digest)
            for each in self.levels
            for place, digest in enumerate(each.digests, each.first)
        )


def grow(frontier: Frontier, leaves: Iterable[bytes]) -> Growth:
    """Append leaves; a leaf makes one new node on average, and at most log2(size) + 1.

    Raises:
        ValueError: a leaf is not 32 bytes.
    """
    row, place, old = list(leaves), frontier.size, list(frontier.peaks)
    if any([len(leaf) != HASH_BYTES for leaf in row]):  # noqa: C419 (a generator costs more than all of its items)
        raise ValueError("a leaf is 32 bytes")
    size, level = place + len(row), 0
    peaks: list[bytes] = []
    made: list[Level] = []
    while row or place:  # a level of the tree: what is new on it, and where it begins
        if place & 1:
            row.insert(0, old.pop())
        if len(row) & 1:
            peaks.append(row[-1])
        row = list(map(node_hash, row[::2], row[1::2]))
        level, place = level + 1, place >> 1
        if row:
            made.append(Level(level, place, row[:]))
    return Growth(Frontier(size, tuple(reversed(peaks))), tuple(made))


def root(frontier: Frontier) -> bytes:
    """Compute the root of the whole tree."""
    return _joined(frontier.peaks) if frontier.peaks else EMPTY_ROOT


def frontier_at(size: int, nodes: Nodes) -> Frontier:
    """Read the frontier that the tree had when it had `size` leaves."""
    return Frontier(size, tuple(nodes(node) for node in _cover(0, size)))


def inclusion_proof(index: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """Collect the path from a leaf to the root of the tree of `size` leaves: PATH(m, D_n), RFC 9162 section 2.1.3.1.

    Args:
        index: the leaf, from 0: an entry's sequence number less one.
        size: any size that the tree has had since it holds the leaf.

    Raises:
        ValueError: there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError("the tree has no such leaf")
    begin, end = 0, size
    path: list[bytes] = []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            path.append(_subtree(middle, end, nodes))
            end = middle
        else:
            path.append(_subtree(begin, middle, nodes))
            begin = middle
    return tuple(reversed(path))


def consistency_proof(old_size: int, size: int, nodes: Nodes) -> tuple[bytes, ...]:
    """Collect what shows that the tree of `size` leaves only added to that of `old_size`: PROOF(m, D_n), section 2.1.4.1.

    It is empty when there is nothing to show: the sizes are the same, or the old tree was empty.

    Raises:
        ValueError: the old tree is not the smaller one.
    """
    if not 0 <= old_size <= size:
        raise ValueError("the old tree is larger than the new one")
    if old_size in {0, size}:
        return ()
    begin, end = 0, size
    path: list[bytes] = []
    while end != old_size:
        middle = begin + _split(end - begin)
        if old_size <= middle:
            path.append(_subtree(middle, end, nodes))
            end = middle
        else:
            path.append(_subtree(begin, middle, nodes))
            begin = middle
    if begin:
        path.append(_subtree(begin, end, nodes))
    return tuple(reversed(path))


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether the path leads from the leaf to the root, as RFC 9162 section 2.1.3.2 checks it."""
    if not 0 <= index < size or not _are_hashes(leaf, root, *path):
        return False
    this, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if this & 1 or this == last:
            found = node_hash(sibling, found)
            while this and not this & 1:
                this, last = this >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        this, last = this >> 1, last >> 1
    return last == 0 and found == root


def is_extended(old_size: int, old_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether the path shows that the new tree begins with all of the old one, as RFC 9162 section 2.1.4.2 checks it.

    The RFC leaves out two cases, which are held to strictly: every tree extends the empty one, and a tree of the same size
    is the same tree; both with an empty path.
    """
    if not 0 <= old_size <= size or not _are_hashes(old_root, root, *path):
        return False
    if old_size == 0:
        return not path and old_root == EMPTY_ROOT and (size > 0 or root == EMPTY_ROOT)
    if old_size == size:
        return not path and old_root == root
    if not path:
        return False
    steps = [old_root, *path] if old_size & (old_size - 1) == 0 else list(path)
    this, last = old_size - 1, size - 1
    while this & 1:
        this, last = this >> 1, last >> 1
    old_found = found = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if this & 1 or this == last:
            old_found, found = node_hash(sibling, old_found), node_hash(sibling, found)
            while this and not this & 1:
                this, last = this >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        this, last = this >> 1, last >> 1
    return last == 0 and old_found == old_root and found == root


def _are_hashes(*values: bytes) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _split(width: int) -> int:
    """The largest power of two below `width`, which is at least 2."""
    return 1 << ((width - 1).bit_length() - 1)


def _cover(begin: int, end: int) -> list[NodeId]:
    """The whole nodes that a subtree of the tree's definition is made of, left to right."""
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        found.append(NodeId(level, begin >> level))
        begin += 1 << level
    return found


def _subtree(begin: int, end: int, nodes: Nodes) -> bytes:
    return _joined([nodes(node) for node in _cover(begin, end)])


def _joined(peaks: Sequence[bytes]) -> bytes:
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found
