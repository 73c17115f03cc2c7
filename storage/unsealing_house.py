"""Opening what lies sealed of the house: words about signs, scorecards, proposals and surveys, and officials' chats.

Invariant: nothing that is opened leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

import msgspec

from bot.errors import KeyLost
from bot.rules.identity import PersonId
from bot.rules.survey import pledge_of
from storage.derived_table import Key, Mismatch
from storage.engine import Session, Value, blob
from storage.house_words import about_house
from storage.keyring import person_owner, read_key
from storage.sign_rows import about_sign
from storage.unsealing import ALTERED
from storage.vault import LOOKUP, TRANSIT, DataKey, Vault, WrappedKey
from storage.words import opened_commitment, opened_text

ELSEWHERE: Final = "elsewhere"
"""Instead of a table: what is meant for an official goes to another chat than the one they write from."""


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
    for staff, person, chat, chat_key, *key in await session.rows("unsealing_staff", {}):
        if staff in bound.of_staff and not _is_theirs(vault, lookup, PersonId(str(person)), (chat, chat_key), *key):
            found.append(Mismatch(str(staff), bound.of_staff[str(staff)], ELSEWHERE))
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


def _is_theirs(
    vault: Vault, lookup: DataKey, person: PersonId, sealed: tuple[Value, Value], version: Value, wrapped: Value
) -> bool:
    """Say whether the chat that an official is written to is the one by which they are known."""
    chat, chat_key = sealed
    with suppress(KeyLost):
        key = vault.unwrap(WrappedKey(person_owner(person), int(version or 0), blob(wrapped)))
        return lookup.hash(key.open(blob(chat), "chat").decode()) == chat_key
    return False
