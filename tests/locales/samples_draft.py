"""A draft card in every turn it takes, and the receipts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel
from bot.rules.file import Media, Unwanted
from bot.rules.guest import Guest
from bot.rules.message import (
    Alike,
    Attached,
    CardPart,
    DraftCard,
    DraftMessage,
    DraftTidied,
    FileRefused,
    Picking,
    Receipt,
    ReceiptPicture,
)
from tests.locales.county import CONDUCT, QIONGBOLA, ROADS, TRANSPORT
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
    yield "DraftCard repeated", msgspec.structs.replace(draft(), is_repeated=True)
    for guest in (Guest.RUSSIAN, Guest.KAZAKH, Guest.KAZAKH_ARABIC):
        yield f"DraftCard {guest}", msgspec.structs.replace(draft(), guest=guest)
    card = msgspec.structs.replace(draft(is_guessed=True), because=("路灯", "چىراغ"), urgency=Urgency.EMERGENCY)
    yield "DraftCard emergency", card
    parts = tuple(CardPart(number, what) for number, what in enumerate((*Attached, Attached.PHOTO)))
    yield "DraftCard with parts", msgspec.structs.replace(draft(), parts=parts, is_named=True)
    for due_at, state in ((DUE, State.ACCEPTED), (None, State.TRIAGE)):
        alike = Alike(case=NUMBER, unit=TRANSPORT, state=state, due_at=due_at)
        yield f"DraftCard alike {state}", msgspec.structs.replace(draft(), alike=alike)
    own = Alike(case=NUMBER, unit=TRANSPORT, state=State.ACCEPTED, due_at=DUE, is_own=True)
    closed = msgspec.structs.replace(own, state=State.CLOSED)
    yield "DraftCard like a closed case", msgspec.structs.replace(draft(), alike=closed)
    yield "DraftCard like one's own", msgspec.structs.replace(draft(), alike=own)
    yield "DraftCard after one's own", msgspec.structs.replace(draft(), recent=NUMBER)
    yield "DraftCard while the unit asks", msgspec.structs.replace(draft(), recent=NUMBER, is_asked=True)
    yield "DraftCard angry", msgspec.structs.replace(draft(), is_angry=True)
    yield "DraftCard desperate", msgspec.structs.replace(draft(), is_desperate=True, urgency=Urgency.EMERGENCY)
    for_another = msgspec.structs.replace(draft(), channel=Channel.HOTLINE)
    yield "DraftCard for a caller", for_another
    yield "DraftCard for a caller with a number", msgspec.structs.replace(for_another, parts=parts)
    secret = msgspec.structs.replace(draft(), category=CONDUCT)
    for about in (None, TRANSPORT):
        yield f"DraftCard about officials {about}", msgspec.structs.replace(secret, about=about)
    yield "DraftCard about whom?", msgspec.structs.replace(secret, picking=Picking.ABOUT)
    yield "DraftCard no words", msgspec.structs.replace(draft(""), parts=parts[1:2])
    for why in Unwanted:
        yield f"FileRefused {why}", FileRefused(media=Media.PHOTO, why=why)
    yield "DraftTidied", DraftTidied()
    yield "Receipt", receipt()
    yield "Receipt without deadline", receipt(None)
    picture = ReceiptPicture(case=NUMBER, unit=TRANSPORT, due_at=DUE, proof=PROOF, link=None)
    yield "ReceiptPicture", picture
    yield "Receipt joined", msgspec.structs.replace(receipt(), is_joined=True)
    yield "Receipt joined without place", msgspec.structs.replace(receipt(), is_joined=True, is_less=True)
