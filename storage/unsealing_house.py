"""Opening what lies sealed of the house: words about signs, scorecards, proposals and surveys, seeds, and officials' chats.

Invariant: nothing that is opened leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import msgspec

from bot.errors import KeyLost
from bot.rules.draw import is_pledged
from bot.rules.survey import pledge_of
from storage.derived_table import Key, Mismatch
from storage.engine import Session, Value, blob, typed
from storage.house_words import about_house
from storage.keyring import read_key
from storage.pledges import seed_slot
from storage.sign_rows import about_sign
from storage.unsealing import ALTERED
from storage.unsealing_people import ELSEWHERE, Known, is_theirs
from storage.vault import LOOKUP, TRANSIT, DataKey, Vault
from storage.words import opened_commitment, opened_text

SPOILT: Final = "spoilt"
"""Instead of a table: the seed of a draw opens no more, or to another than the one that was bound to."""


@dataclass(frozen=True, slots=True)
class Bound:
    """What entries say must open to what.

    Attributes:
        of_signs: by sign and slot, the entry that commits to the words, and its commitment.
        of_house: by the commitment, which names the words too, the entry.
        of_staff: by staff id, the last entry about the role.
    """

    of_signs: Mapping[Key, tuple[int, str]]
    of_house: Mapping[str, int]
    of_staff: Mapping[str, int]


async def altered_house(session: Session, vault: Vault, bound: Bound) -> list[Mismatch]:
    """Open it; return what is not what its entry holds of it, or opens no more.

    Raises:
        KeyVersionMissing: a key was wrapped under a version of the master key that is not at hand.
    """
    transit, lookup = await read_key(session, vault, TRANSIT), await read_key(session, vault, LOOKUP)
    if transit is None or lookup is None:
        return []  # nothing was ever sealed here
    found = []
    for sign, slot, body in await session.rows("unsealing_sign_words", {}):
        seq, commitment = bound.of_signs.get((sign, slot), (0, None))
        if commitment is not None and not _opens_to(commitment, transit, body, about_sign(str(sign), str(slot))):
            found.append(Mismatch(" ".join(map(str, (sign, slot))), seq, ALTERED))
    for slot, body in await session.rows("unsealing_house_words", {}):
        if slot in bound.of_house and not _opens_to(str(slot), transit, body, about_house(str(slot))):
            found.append(Mismatch(str(slot), bound.of_house[str(slot)], ALTERED))
    found += [
        Mismatch(holder.of, bound.of_staff[holder.of], ELSEWHERE)
        for holder in typed(await session.rows("unsealing_staff", {}), Known)
        if holder.of in bound.of_staff and not is_theirs(vault, lookup, holder)
    ]
    found += [
        Mismatch(str(since), max(since, 1), SPOILT)
        for since, line, seed in typed(await session.rows("unsealing_seeds", {}), tuple[int, str, bytes])
        if not _is_pledged(line, transit, seed, seed_slot(since))
    ]
    return found


def _opens_to(commitment: str, key: DataKey, body: Value, about: str) -> bool:
    """Say whether words are those that an entry commits to; the seed of a survey is bound by its pledge."""
    with suppress(KeyLost, TypeError, ValueError, KeyError, msgspec.MsgspecError):
        sealed = blob(body)
        return opened_commitment(key, sealed, about) == commitment or _is_seed(commitment, opened_text(key, sealed, about))
    return False


def _is_seed(pledge: str, text: str) -> bool:
    with suppress(ValueError):
        return pledge_of(bytes.fromhex(text)) == pledge
    return False


def _is_pledged(line: str, key: DataKey, sealed: bytes, about: str) -> bool:
    with suppress(KeyLost):
        return is_pledged(key.open(sealed, about), {line})
    return False
