"""Messages as a commit puts them into the outbox: sealed under the key of whoever reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from bot.ports import Taken
from bot.rules.effect import Send
from bot.rules.message import PROOF_HOLE, Receipt
from storage.batch import Batch
from storage.engine import Session
from storage.keyring import Keyring
from storage.rows import stamp

AT_ONCE: Final = 0
"""When a new letter is ready: whatever the clock shows, so that one set back holds nothing up."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and when letters are written.

    Attributes:
        proof: fills the hole in a receipt.
        taken: the update that they answer, if any.
    """

    at: datetime
    proof: str
    taken: Taken | None


async def put_letter(session: Session, keyring: Keyring, batch: Batch, send: Send, occasion: Occasion) -> None:
    """Put a message into the outbox."""
    message = send.message
    if isinstance(message, Receipt) and message.proof == PROOF_HOLE:
        message = msgspec.structs.replace(message, proof=occasion.proof)
    key = await keyring.of_person(session, send.to)
    batch.add(
        "outbox_put",
        {
            "person": send.to,
            "priority": int(send.priority),
            "body": key.seal(msgspec.json.encode(message), "outbox"),
            "anchor": send.anchor,
            "replaces": send.replaces,
            "tells": msgspec.json.encode(send.tells).decode() if send.tells else None,
            "created_at": stamp(occasion.at),
            "ready_at": AT_ONCE,
            "cause": None if occasion.taken is None else occasion.taken.seq,
            "asked_at": None if occasion.taken is None else stamp(occasion.taken.received_at),
            "not_before": AT_ONCE if send.not_before is None else stamp(send.not_before),
        },
    )
