"""Opening the chats of those who hold a role or stand behind a case: each must be the one by which its person is known.

Whoever swaps the keyed hashes of two chats has one person read the other's cases. Invariant: nothing that is opened leaves
this module.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Final, NamedTuple

from bot.errors import KeyLost
from bot.rules.identity import CaseNumber, PersonId
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session, typed
from storage.keyring import person_owner, read_key
from storage.projection import Projection
from storage.vault import LOOKUP, DataKey, Vault, WrappedKey

ELSEWHERE: Final = "elsewhere"
"""Instead of a table: what is meant for somebody goes to another chat than the one they write from, or to none."""


class Known(NamedTuple):
    """Whose a row is (a staff id, or the n-th voice of a case), and by what they are known; None where that is not there."""

    of: str
    voice: int
    person: PersonId
    chat: bytes | None
    chat_key: bytes | None
    version: int | None
    wrapped: bytes | None


def is_theirs(vault: Vault, lookup: DataKey, known: Known) -> bool:
    """Say whether the chat that a person is written to is the one by which they are known."""
    if known.chat is None or known.version is None or known.wrapped is None:
        return False
    with suppress(KeyLost):
        key = vault.unwrap(WrappedKey(person_owner(known.person), known.version, known.wrapped))
        return lookup.hash(key.open(known.chat, "chat").decode()) == known.chat_key
    return False


async def elsewhere(session: Session, vault: Vault, cases: Parameters, expected: Mapping[str, Projection]) -> list[Mismatch]:
    """Open the chats of those behind a range of cases; return each voice whose chat is another's, or opens no more."""
    behind = typed(await session.rows("unsealing_voices", cases), Known)
    lookup = await read_key(session, vault, LOOKUP) if behind else None
    return [
        Mismatch(f"voice {known.voice} of {known.of}", expected[CaseNumber(known.of)].last_seq, ELSEWHERE)
        for known in behind
        if known.of in expected and (lookup is None or not is_theirs(vault, lookup, known))
    ]
