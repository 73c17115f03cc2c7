"""A draft card in every turn it takes, and the receipts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.rules.county import Kind
from bot.rules.message import (
    DraftCard,
    DraftMessage,
    Picking,
    Receipt,
)
from tests.locales.county import QIONGBOLA, ROADS, TRANSPORT
from tests.locales.sample_values import DUE, NUMBER, PROOF, UYGHUR_WORDS, WORDS


def draft(words: str = WORDS, picking: Picking = Picking.NOTHING, *, is_guessed: bool = True) -> DraftCard:
    """Make a draft card."""
    return DraftCard(words=words, kind=Kind.COMPLAINT, category=ROADS, township=None, is_guessed=is_guessed, picking=picking)


def receipt(due_at: datetime | None = DUE) -> Receipt:
    """Make a receipt."""
    return Receipt(case=NUMBER, unit=TRANSPORT, category=ROADS, township=QIONGBOLA, due_at=due_at, proof=PROOF)


def drafts() -> Iterator[tuple[str, DraftMessage]]:
    """Yield every message of this area with a name for it."""
    for picking in Picking:
        yield f"DraftCard {picking}", draft(picking=picking)
    yield "DraftCard chosen", draft(is_guessed=False)
    yield "DraftCard Uyghur words", draft(UYGHUR_WORDS)
    yield "DraftCard long", draft(WORDS * 90)
    yield "Receipt", receipt()
    yield "Receipt without deadline", receipt(None)
