"""How words lie sealed: with the salt of the commitment that an entry makes to them, bound to what they are words of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from bot.rules.chain import text_commitment
from bot.rules.identity import CaseNumber
from storage.engine import Row, typed
from storage.keyring import Keyring
from storage.vault import DataKey


def words_at(slot: str) -> str:
    """Name the place of a case's words, to which they are bound."""
    return f"words/{slot}"


def sealed_text(key: DataKey, text: str, salt: bytes, about: str) -> bytes:
    """Seal words with their salt."""
    return key.seal(msgspec.json.encode({"text": text, "salt": salt.hex()}), about)


def opened_text(key: DataKey, body: bytes, about: str) -> str:
    """Open words out of the row that holds them.

    Raises:
        KeyLost: they were sealed under another key or for another place, or were changed.
    """
    return _opened(key, body, about)["text"]


def opened_commitment(key: DataKey, body: bytes, about: str) -> str:
    """Open words, and say what an entry must hold of them.

    Raises:
        KeyLost: as `opened_text`.
    """
    opened = _opened(key, body, about)
    return text_commitment(bytes.fromhex(opened["salt"]), opened["text"])


def opened_many(keyring: Keyring, rows: Sequence[Row], slot: str) -> Iterator[tuple[CaseNumber, str]]:
    """Open the words of many cases at a slot, as `words_many` finds them.

    Raises:
        KeyLost: as `opened_text`.
    """
    for number, body, master_version, wrapped in typed(rows, tuple[CaseNumber, bytes, int, bytes]):
        yield number, opened_text(keyring.of_case_row(number, master_version, wrapped), body, words_at(slot))


def _opened(key: DataKey, body: bytes, about: str) -> dict[str, str]:
    return msgspec.json.decode(key.open(body, about), type=dict[str, str])
