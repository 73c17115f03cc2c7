"""How words lie sealed: with the salt of the commitment that an entry makes to them, bound to what they are words of."""

from __future__ import annotations

import msgspec

from storage.engine import Value, blob
from storage.vault import DataKey


def words_at(slot: str) -> str:
    """Name the place of a case's words, to which they are bound."""
    return f"words/{slot}"


def sealed_text(key: DataKey, text: str, salt: bytes, about: str) -> bytes:
    """Seal words with their salt."""
    return key.seal(msgspec.json.encode({"text": text, "salt": salt.hex()}), about)


def opened_text(key: DataKey, body: Value, about: str) -> str:
    """Open words out of the row that holds them.

    Raises:
        KeyLost: they were sealed under another key or for another place, or were changed.
    """
    opened = key.open(blob(body), about)
    return msgspec.json.decode(opened, type=dict[str, str])["text"]
