"""Signs as a commit writes them: each a row that its entries make, and words sealed beside it.

Invariant: a sign changes only on the version that was decided on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bot.rules.warning_life import Sign
from storage.engine import Parameters
from storage.keyring import Keyring
from storage.words import sealed_text

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.rules.effect import SignChange, SignWords
    from storage.batch import Batch


def put_signs(batch: Batch, keyring: Keyring, changes: tuple[SignChange, ...]) -> None:
    """Write signs as they are after their new entries, and what was said about them."""
    for change in changes:
        row = sign_row(change.after)
        if change.before is None:
            batch.add("sign_insert", row)
        else:
            batch.add("sign_update", {**row, "before": change.before.version})
        for words in change.words:
            batch.add("sign_words_put", _sealed(keyring, words))


def sign_row(sign: Sign) -> Parameters:
    """Write a sign's row."""
    return {
        "number": sign.number,
        "version": sign.version,
        "holds": int(sign.holds),
        "waits": int(sign.is_open),
        "body": msgspec.json.encode(sign).decode(),
    }


def _sealed(keyring: Keyring, words: SignWords) -> Parameters:
    body = sealed_text(keyring.transit, words.text, words.salt, about_sign(words.sign, words.slot))
    return {"sign": words.sign, "slot": words.slot, "body": body}


def about_sign(sign: str, slot: str) -> str:
    """Name what words are sealed as."""
    return f"sign/{sign}/{slot}"
