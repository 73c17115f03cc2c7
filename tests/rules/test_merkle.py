"""The tree is RFC 9162's: the same roots and proofs as other implementations, and no dishonest proof is believed."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.merkle import (
    EMPTY_ROOT,
    EMPTY_TREE,
    Frontier,
    NodeId,
    Nodes,
    consistency_proof,
    frontier_at,
    grow,
    inclusion_proof,
    is_extended,
    is_included,
    root,
)

# From transparency-dev/merkle (testonly, proof/verify_test.go), the same as in certificate-transparency-go.
KNOWN_LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
KNOWN_ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
LEAF_0, NODE_01, NODE_03 = KNOWN_ROOTS[1], KNOWN_ROOTS[2], KNOWN_ROOTS[4]
LEAF_1 = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
NODE_23 = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
LEAF_4 = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
NODE_45 = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
LEAF_6 = "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f"
NODE_67 = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
NODE_47 = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"
KNOWN_INCLUSIONS = (
    (0, 1, ()),
    (0, 8, (LEAF_1, NODE_23, NODE_47)),
    (5, 8, (LEAF_4, NODE_67, NODE_03)),
    (2, 3, (NODE_01,)),
    (1, 5, (LEAF_0, NODE_23, LEAF_4)),
)
KNOWN_CONSISTENCIES = (
    (1, 1, ()),
    (1, 8, (LEAF_1, NODE_23, NODE_47)),
    (6, 8, (NODE_45, NODE_67, NODE_03)),
    (2, 5, (NODE_23, LEAF_4)),
    (6, 7, (NODE_45, LEAF_6, NODE_03)),
)
# From transparency-dev/merkle compact/range_test.go: the root over leaves of two bytes, the number little-endian.
GOLDEN_ROOTS = (
    (10, "VjWMPSYNtCuCNlF/RLnQy6HcwSk6CIipfxm+hettA+4="),
    (100, "dUh9hYH88p0CMoHkdr1wC2szbhcLAXOejWpINIooKUY="),
    (255, "SmdsuKUqiod3RX2jyF2M6JnbdE4QuTwwipfAowI4/i0="),
    (1000, "RXrgb8xHd55Y48FbfotJwCbV82Kx22LZfEbmBGAvwlQ="),
    (4095, "cWRFdQhPcjn9WyBXE/r1f04ejxIm5lvg40DEpRBVS0w="),
    (10000, "VZcav65F9haHVRk3wre2axFoBXRNeUh/1d9d5FQfxIg="),
)
LARGEST = 64
SOME_HASH = bytes.fromhex("abacaba000000000000000000000000000000000000000000060061e00123456")

Path = tuple[bytes, ...]


def leaf_hash(content: bytes) -> bytes:
    """Hash what a leaf holds."""
    return sha256(b"\x00" + content).digest()


LEAVES = tuple(leaf_hash(b"entry %d" % index) for index in range(LARGEST))


@cache
def naive_root(begin: int, end: int) -> bytes:
    """MTH(D[begin:end]) as RFC 9162 section 2.1.1 defines it, by recursion."""
    if begin == end:
        return sha256(b"").digest()
    if end - begin == 1:
        return LEAVES[begin]
    middle = begin + split(end - begin)
    return sha256(b"\x01" + naive_root(begin, middle) + naive_root(middle, end)).digest()


def split(width: int) -> int:
    """Find the largest power of two below the width, by doubling."""
    power = 1
    while power * 2 < width:
        power *= 2
    return power


def naive_path(index: int, begin: int, end: int) -> Path:
    """PATH(m, D_n) by recursion (section 2.1.3.1)."""
    if end - begin == 1:
        return ()
    middle = begin + split(end - begin)
    if index < middle:
        return (*naive_path(index, begin, middle), naive_root(middle, end))
    return (*naive_path(index, middle, end), naive_root(begin, middle))


def naive_subproof(old: int, begin: int, end: int, *, is_whole: bool = True) -> Path:
    """SUBPROOF(m, D_n, b) by recursion (section 2.1.4.1); `is_whole` is b."""
    if begin + old == end:
        return () if is_whole else (naive_root(begin, end),)
    k = split(end - begin)
    if old <= k:
        return (*naive_subproof(old, begin, begin + k, is_whole=is_whole), naive_root(begin + k, end))
    return (*naive_subproof(old - k, begin + k, end, is_whole=False), naive_root(begin, begin + k))


@cache
def stored(leaves: tuple[bytes, ...] = LEAVES) -> Nodes:
    """Every whole node of the tree, as a store would keep it."""
    nodes = {NodeId(0, place): leaf for place, leaf in enumerate(leaves)}
    nodes.update(grow(EMPTY_TREE, leaves).nodes)
    return nodes.__getitem__


def known() -> tuple[Nodes, tuple[bytes, ...]]:
    """Give the classic tree of eight leaves."""
    leaves = tuple(leaf_hash(bytes.fromhex(leaf)) for leaf in KNOWN_LEAVES)
    return stored(leaves), leaves


def unhex(path: Sequence[str]) -> Path:
    """Read a published path."""
    return tuple(bytes.fromhex(element) for element in path)


def test_roots_are_those_of_other_implementations() -> None:
    """The eight classic leaves have the classic roots, the empty tree's first."""
    _, leaves = known()
    assert [root(grow(EMPTY_TREE, leaves[:size]).frontier).hex() for size in range(9)] == list(KNOWN_ROOTS)


@pytest.mark.parametrize(("size", "expected"), GOLDEN_ROOTS)
def test_larger_roots_are_those_of_other_implementations(size: int, expected: str) -> None:
    """Trees up to ten thousand leaves agree with published roots."""
    leaves = (leaf_hash(index.to_bytes(2, "little")) for index in range(size))
    assert root(grow(EMPTY_TREE, leaves).frontier) == b64decode(expected)


@pytest.mark.parametrize(("index", "size", "path"), KNOWN_INCLUSIONS)
def test_inclusion_proofs_are_those_of_other_implementations(index: int, size: int, path: Sequence[str]) -> None:
    """Published inclusion proofs are made, and believed."""
    nodes, leaves = known()
    assert inclusion_proof(index, size, nodes) == unhex(path)
    assert is_included(leaves[index], index, size, unhex(path), bytes.fromhex(KNOWN_ROOTS[size]))


@pytest.mark.parametrize(("old_size", "size", "path"), KNOWN_CONSISTENCIES)
def test_consistency_proofs_are_those_of_other_implementations(old_size: int, size: int, path: Sequence[str]) -> None:
    """Published consistency proofs are made, and believed."""
    nodes, _ = known()
    old_root, new_root = bytes.fromhex(KNOWN_ROOTS[old_size]), bytes.fromhex(KNOWN_ROOTS[size])
    assert consistency_proof(old_size, size, nodes) == unhex(path)
    assert is_extended(old_size, old_root, size, new_root, unhex(path))


def test_every_append_leads_to_the_defined_root() -> None:
    """One leaf at a time or all at once: the root is the recursive definition's, and so are the peaks read back."""
    frontier = EMPTY_TREE
    for size in range(LARGEST + 1):
        assert root(frontier) == naive_root(0, size)
        assert frontier == grow(EMPTY_TREE, LEAVES[:size]).frontier == frontier_at(size, stored())
        if size < LARGEST:
            frontier = grow(frontier, LEAVES[size : size + 1]).frontier


def test_a_tree_grows_by_every_whole_node_once() -> None:
    """Appends in batches of any size store each whole node exactly once, children before parents."""
    frontier = EMPTY_TREE
    made: list[tuple[NodeId, bytes]] = []
    for begin, end in pairwise((0, 1, 1, 4, 11, 30, LARGEST)):
        growth = grow(frontier, LEAVES[begin:end])
        frontier = growth.frontier
        made.extend(growth.nodes)
    expected = {
        NodeId(level, place): naive_root(place << level, (place + 1) << level)
        for level in range(1, 7)
        for place in range(LARGEST >> level)
    }
    assert dict(made) == expected
    assert len(made) == len(expected)


def test_every_proof_of_every_small_tree_is_the_defined_one_and_holds() -> None:
    """For all trees up to 64 leaves: each leaf is proven, each older tree is a beginning, by exactly the RFC's paths."""
    nodes = stored()
    for size in range(1, LARGEST + 1):
        whole = naive_root(0, size)
        for index in range(size):
            path = inclusion_proof(index, size, nodes)
            assert path == naive_path(index, 0, size)
            assert is_included(LEAVES[index], index, size, path, whole)
            old_size = index + 1
            path = consistency_proof(old_size, size, nodes)
            assert path == naive_subproof(old_size, 0, size)
            assert is_extended(old_size, naive_root(0, old_size), size, whole, path)


def test_every_tree_extends_the_empty_one_and_itself() -> None:
    """Nothing is to be shown then, and anything shown is refused."""
    for size in range(LARGEST):
        whole = naive_root(0, size)
        assert consistency_proof(0, size, stored()) == consistency_proof(size, size, stored()) == ()
        assert is_extended(0, EMPTY_ROOT, size, whole, ())
        assert is_extended(size, whole, size, whole, ())
        assert not is_extended(0, EMPTY_ROOT, size, whole, (whole,))
        assert not is_extended(size, whole, size, whole, (whole,))
        assert not is_extended(0, SOME_HASH, size, whole, ())
        assert not is_extended(size, SOME_HASH, size, whole, ())
        assert not is_extended(size, whole, size, SOME_HASH, ())
    assert not is_extended(0, EMPTY_ROOT, 0, SOME_HASH, ())


def forged_paths(path: Path, *roots: bytes) -> Iterator[Path]:
    """Every way to spoil a path by one element: changed, missing, added, out of order, of a wrong length."""
    for at, element in enumerate(path):
        yield (*path[:at], bytes([element[0] ^ 8]) + element[1:], *path[at + 1 :])
        yield (*path[:at], element[:-1] + bytes([element[-1] ^ 1]), *path[at + 1 :])
        yield (*path[:at], *path[at + 1 :])
        yield (*path[:at], element[:-1], *path[at + 1 :])
        yield (*path[:at], element + b"\x00", *path[at + 1 :])
    for extra in (SOME_HASH, b"", *roots, *path[:1]):
        for at in range(len(path) + 1):
            yield (*path[:at], extra, *path[at:])
    for at in range(len(path) - 1):
        yield (*path[:at], path[at + 1], path[at], *path[at + 2 :])
    if path:
        yield ()


def test_no_spoilt_inclusion_proof_is_believed() -> None:
    """A wrong leaf, sibling, place or root, and an element too many or too few, are each refused."""
    for size in (*range(1, 18), 31, 32, 33):
        whole = naive_root(0, size)
        for index in range(size):
            path, leaf = naive_path(index, 0, size), LEAVES[index]
            assert not is_included(LEAVES[(index + 1) % LARGEST], index, size, path, whole)
            assert not is_included(leaf[:-1], index, size, path, whole)
            assert not is_included(leaf, index, size, path, SOME_HASH)
            assert not any(is_included(leaf, other, size, path, whole) for other in range(-1, size + 2) if other != index)
            assert not any(is_included(leaf, index, size, forged, whole) for forged in forged_paths(path, leaf, whole))


def test_no_spoilt_consistency_proof_is_believed() -> None:
    """A forged middle, an element too many or too few, another size and swapped roots are each refused."""
    for size in (*range(2, 18), 31, 32, 33):
        whole = naive_root(0, size)
        for old_size in range(1, size):
            path, old = naive_subproof(old_size, 0, size), naive_root(0, old_size)
            assert not is_extended(old_size, SOME_HASH, size, whole, path)
            assert not is_extended(old_size, old, size, SOME_HASH, path)
            assert not is_extended(old_size, whole, size, old, path)
            assert not is_extended(size, old, old_size, whole, path)
            assert not is_extended(size, whole, old_size, old, path)
            assert not is_extended(old_size, old[:-1], size, whole, path)
            assert not any(is_extended(other, old, size, whole, path) for other in range(-1, size + 2) if other != old_size)
            assert not any(is_extended(old_size, old, size, whole, forged) for forged in forged_paths(path, old, whole))


def test_a_rewritten_beginning_has_no_consistency_proof() -> None:
    """Whoever changes one old leaf cannot reach both roots, with the honest path or with the forged tree's own."""
    old_size, size = 21, 40
    honest_old, honest = naive_root(0, old_size), naive_root(0, size)
    forged_leaves = (*LEAVES[:7], SOME_HASH, *LEAVES[8:size])
    forged_nodes = stored(forged_leaves)
    forged = root(grow(EMPTY_TREE, forged_leaves).frontier)
    assert forged != honest
    for path in (consistency_proof(old_size, size, forged_nodes), consistency_proof(old_size, size, stored())):
        assert not is_extended(old_size, honest_old, size, forged, path)
    assert is_extended(old_size, honest_old, size, honest, consistency_proof(old_size, size, stored()))


def test_a_path_is_as_long_as_the_tree_is_high() -> None:
    """For another size, a path that the RFC would not make so long or so short never leads to the root."""
    for size in range(1, 18):
        for index in range(size):
            path, whole = naive_path(index, 0, size), naive_root(0, size)
            for other_size in range(1, 20):
                for other in range(other_size):
                    is_of_that_length = len(naive_path(other, 0, other_size)) == len(path)
                    assert is_of_that_length or not is_included(LEAVES[index], other, other_size, path, whole)
    assert not is_included(LEAVES[1], 0, 1, (LEAVES[0],), naive_root(0, 2))


def test_bytes_do_not_move_between_hashes() -> None:
    """The same bytes cut at another place are hashed alike, and are refused for their lengths."""
    whole, old, leaf = naive_root(0, 8), naive_root(0, 4), LEAVES[2]
    sibling, *rest = naive_path(2, 0, 8)
    (added,) = naive_subproof(4, 0, 8)
    assert is_included(leaf, 2, 8, (sibling, *rest), whole)
    assert not is_included(leaf[:-1], 2, 8, (leaf[-1:] + sibling, *rest), whole)
    assert is_extended(4, old, 8, whole, (added,))
    assert not is_extended(4, old[:-1], 8, whole, (old[-1:] + added,))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (1, 0), (2, 1), (1, 1), (-1, 1)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    """Neither made nor believed."""
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(index, size, stored())
    assert not is_included(SOME_HASH, index, size, (), SOME_HASH)
    assert not is_included(SOME_HASH, index, size, (), EMPTY_ROOT)


@pytest.mark.parametrize(("old_size", "size"), [(1, 0), (2, 1), (-1, 1)])
def test_time_does_not_run_backwards(old_size: int, size: int) -> None:
    """No tree extends a larger one."""
    with pytest.raises(ValueError, match="larger than the new one"):
        consistency_proof(old_size, size, stored())
    assert not is_extended(old_size, EMPTY_ROOT, size, EMPTY_ROOT, ())


@pytest.mark.parametrize(
    ("size", "peaks"),
    [(0, (SOME_HASH,)), (1, ()), (2, (SOME_HASH, SOME_HASH)), (3, (SOME_HASH,)), (1, (SOME_HASH[:-1],)), (-1, (SOME_HASH,))],
)
def test_a_frontier_fits_its_size(size: int, peaks: Path) -> None:
    """A stored frontier that no tree has is refused before anything is built on it."""
    with pytest.raises(ValueError, match="not the peaks"):
        Frontier(size, peaks)


def test_a_leaf_is_a_hash() -> None:
    """Something of another length is never taken for one."""
    with pytest.raises(ValueError, match="32 bytes"):
        grow(EMPTY_TREE, [SOME_HASH, SOME_HASH[:-1]])


def test_proofs_of_a_great_tree_read_few_nodes() -> None:
    """With a million leaves, a proof takes 20 hashes and reads at most 40 nodes."""
    size = 1_000_003
    asked: list[NodeId] = []

    def node(of: NodeId) -> bytes:
        asked.append(of)
        return sha256(b"%d/%d" % of).digest()

    for index in (0, 1, 524_287, 524_288, 777_777, size - 1):
        asked.clear()
        assert len(inclusion_proof(index, size, node)) <= 20
        assert len(consistency_proof(index + 1, size, node)) <= 21
        assert len(asked) <= 80
        assert all((of.place + 1) << of.level <= size for of in asked)


@given(st.integers(1, 300), st.data())
def test_larger_trees_keep_their_promises(size: int, data: st.DataObject) -> None:
    """Any leaf and any older size of a tree of any size are proven, and not with another's path."""
    leaves = tuple(leaf_hash(index.to_bytes(2, "big")) for index in range(size))
    nodes = stored(leaves)
    whole = root(frontier_at(size, nodes))
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    assert is_included(leaves[index], index, size, inclusion_proof(index, size, nodes), whole)
    assert is_included(leaves[index], index, size, inclusion_proof(other, size, nodes), whole) == (index == other)
    old, another = root(frontier_at(index + 1, nodes)), consistency_proof(other + 1, size, nodes)
    assert is_extended(index + 1, old, size, whole, consistency_proof(index + 1, size, nodes))
    assert is_extended(index + 1, old, size, whole, another) == (index == other)
