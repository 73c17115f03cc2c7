"""Opening all that lies sealed of cases, to hold words and files against what their entries hold of them.

With the key at hand alone can it be seen that words were put in the place of others, by whoever has it as well. Invariant:
nothing that is opened leaves this module.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import starmap
from typing import Final

import msgspec

from bot.errors import KeyLost
from bot.rules.file import file_commitment
from bot.rules.identity import FileId
from storage.attached import file_piece, opened_secret
from storage.derived_table import Mismatch
from storage.engine import Parameters, Session, typed
from storage.projection import Projection
from storage.unsealing_people import elsewhere
from storage.vault import DataKey, SystemRandomness, Vault, WrappedKey
from storage.words import opened_commitment, words_at

ALTERED: Final = "altered"
"""Instead of a table: something opens no more, or to something else than what was entered."""


async def altered(
    session: Session, vault: Vault, cases: Parameters, expected: Mapping[str, Projection]
) -> Sequence[Mismatch]:
    """Open a range of cases, and the chats of who stands behind them; return what is not as it was, or opens no more.

    Raises:
        KeyVersionMissing: a key was wrapped under a version of the master key that is not at hand.
    """
    keys = await _keys(session, vault, cases)
    wrong = {number for number, key in keys.items() if key is None}
    for number, slot, body in typed(await session.rows("unsealing_words", cases), tuple[str, str, bytes]):
        case = expected.get(number)
        commitment = case.content.commitments.get(slot) if case is not None else None
        if commitment is not None and not _opens_to(commitment, keys.get(number), body, slot):
            wrong.add(number)
    files = await session.rows("unsealing_files", cases)
    for file, number, secret, content in typed(files, tuple[FileId, str, bytes, str | None]):
        if not await _is_whole(session, keys.get(number), file, secret, content):
            wrong.add(number)
    found = [Mismatch(number, expected[number].last_seq, ALTERED) for number in sorted(wrong & expected.keys())]
    return found + await elsewhere(session, vault, cases, expected)


async def _keys(session: Session, vault: Vault, cases: Parameters) -> dict[str, DataKey | None]:
    """Open the keys of a range of cases; None where one opens no more."""
    keys: dict[str, DataKey | None] = {}
    for stored in starmap(WrappedKey, typed(await session.rows("unsealing_keys", cases), tuple[str, int, bytes])):
        number = stored.owner.removeprefix("case:")
        keys[number] = None
        with suppress(KeyLost):
            keys[number] = vault.unwrap(stored)
    return keys


def _opens_to(commitment: str, key: DataKey | None, body: bytes, slot: str) -> bool:
    """Say whether words are those that an entry commits to; without a key, that is looked at elsewhere."""
    try:
        return key is None or opened_commitment(key, body, words_at(slot)) == commitment
    except (KeyLost, ValueError, KeyError, msgspec.MsgspecError):
        return False


async def _is_whole(session: Session, key: DataKey | None, file: FileId, secret: bytes, content: str | None) -> bool:
    """Say whether a file's pieces are the bytes that its row, and so its entry, commits to."""
    if key is None:
        return True
    try:
        opened = opened_secret(key, file, secret)
        own, digest, place = DataKey(f"file:{file}", opened.key, SystemRandomness()), sha256(), 0
        while (piece := await file_piece(session, file, place)) is not None:
            digest.update(own.open(piece, f"piece/{place}"))
            place += 1
    except (KeyLost, ValueError, msgspec.MsgspecError):
        return False
    return file_commitment(opened.salt, digest.digest()) == content
