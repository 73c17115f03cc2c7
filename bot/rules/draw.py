"""The callback draw: which closed cases somebody outside the unit asks about again, so that nobody can choose.

A seed is drawn, and its SHA-256 goes out in a checkpoint, before any of the cases is closed; the draw orders them by
HMAC-SHA-256 of their entry hashes under the seed, and the seed is published once the calls are made. Whoever closes a case
cannot know the seed, whoever knows the seed cannot know an entry's hash before it is written, and whoever reads the ledger
later can draw again.

Drawn are one of every unit that closed any, then the first of the whole order, until they are a tenth.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from bot.rules.identity import UnitId

SEED_BYTES: Final = 32
PLEDGE: Final = "callback-seed "
"""How the line of a checkpoint begins that binds to a seed."""

ONE_IN: Final = 10
"""One of so many is drawn, rounded up."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A closed case as the draw sees it.

    Attributes:
        entry_hash: 32 bytes, of the entry that counts it as closed.
        unit: who answered for it; None for a confidential case, all of which count as one unit.
    """

    entry_hash: bytes
    unit: UnitId | None


def pledge(seed: bytes) -> str:
    """Write the line of a checkpoint that binds to a seed without telling it."""
    return f"{PLEDGE}{sha256(seed).hexdigest()}"


def is_pledged(seed: bytes, lines: Iterable[str]) -> bool:
    """Say whether one of a checkpoint's lines binds to this seed."""
    return pledge(seed) in lines


def draw(seed: bytes, ended: Collection[Ended]) -> tuple[Ended, ...]:
    """Draw; the result is in the order of the draw and does not depend on the order in which the cases are given.

    Raises:
        ValueError: the seed is not one, or an entry stands among the cases twice.
    """
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed is 32 bytes")
    ordered = sorted(ended, key=lambda each: hmac.digest(seed, each.entry_hash, "sha256"))
    if len({each.entry_hash for each in ordered}) != len(ordered):
        raise ValueError("an entry stands among the cases twice")
    first_of_unit = {each.unit: each for each in reversed(ordered)}
    drawn = set(first_of_unit.values())
    wanted = -(-len(ordered) // ONE_IN)
    for each in ordered:
        if len(drawn) >= wanted:
            break
        drawn.add(each)
    return tuple(each for each in ordered if each in drawn)
