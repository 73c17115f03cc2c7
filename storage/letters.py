"""Messages as a commit puts them into the outbox: sealed under the key of whoever reads them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import msgspec
from msgspec.structs import replace

from bot.ports import Letter, Taken
from bot.rules.effect import Send
from bot.rules.identity import Language, PersonId
from bot.rules.message import PROOF_HOLE, Receipt, is_asked_again
from storage.batch import Batch
from storage.engine import Engine, Parameters, Session, typed
from storage.keyring import Keyring
from storage.rows import stamp

AT_ONCE: Final = 0
"""When a new letter is ready: whatever the clock shows, so that one set back holds nothing up."""


LETTER_HELD: Final = timedelta(minutes=5)
"""How long letters stay with a process that lives but does nothing, where several share the database."""


def letter_claim(engine: Engine, now: datetime) -> Parameters:
    """Say who holds the letters that are being tried, and how long."""
    return {"holder": engine.holder, "until": stamp(now + LETTER_HELD)}


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why and when letters are written.

    Attributes:
        proof: fills the hole in a receipt.
        taken: the update that they answer, if any.
        language, is_beside: what whoever wrote has just chosen, if they did.
    """

    at: datetime
    proof: str
    taken: Taken | None
    language: Language | None = None
    is_beside: bool | None = None


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
    batch.letters[send.to] += 1
    taken = occasion.taken
    is_answer = taken is not None and taken.sender.person == send.to and send.not_before is None
    if taken is not None and is_answer and not is_asked_again(message):
        batch.answers.append(
            Letter(
                id=0,
                person=send.to,
                chat_id=taken.arrival.chat_id,
                language=occasion.language or taken.sender.language,
                priority=int(send.priority),
                message=message,
                anchor=send.anchor,
                message_id=send.replaces,
                tells=send.tells,
                attempts=0,
                was_tried=False,
                cause=taken.seq,
                asked_at=taken.received_at,
                hearing=taken.sender.hearing,
                is_beside=taken.sender.is_beside if occasion.is_beside is None else occasion.is_beside,
            )
        )


async def hand_over(session: Session, batch: Batch, now: datetime, claim: Parameters) -> Sequence[Letter]:
    """Mark answers as being tried and return them: of people to whom nothing else is on its way or waits.

    They are what taking them from the outbox would find, without the looking, the opening and the second commit.
    """
    if not batch.answers:
        return ()
    persons = msgspec.json.encode(sorted({letter.person for letter in batch.answers})).decode()
    waiting: dict[PersonId, list[tuple[int, int | None]]] = {}
    rows = await session.rows("outbox_of_persons", {"persons": persons})
    for person, id_, edited in typed(rows, tuple[PersonId, int, int | None]):
        waiting.setdefault(person, []).append((id_, edited))
    handed: list[Letter] = []
    for person, answers in groupby(sorted(batch.answers, key=lambda each: each.person), lambda each: each.person):
        own, known = list(answers), waiting.get(person, [])
        if len(own) == batch.letters[person] == len(known):
            handed += [_handed(letter, id_, edited) for letter, (id_, edited) in zip(own, known, strict=True)]
    chosen = one_unrepeatable_each(handed)
    if chosen:
        await session.run("outbox_hand", [{"ids": ids_of(chosen), "now": stamp(now), **claim}])
    return chosen


def ids_of(letters: Iterable[Letter]) -> str:
    """Write the numbers of letters as a statement takes them."""
    return msgspec.json.encode([letter.id for letter in letters]).decode()


def _handed(letter: Letter, id_: int, edited: int | None) -> Letter:
    """Give a letter its number, and that of the message that it edits."""
    return replace(letter, id=id_, message_id=edited if letter.message_id is None else letter.message_id)


def one_unrepeatable_each(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """Cut each person's line before the second letter whose repetition would show."""
    chosen: list[Letter] = []
    carrying: set[PersonId] = set()
    ended: set[PersonId] = set()
    for letter in letters:
        if not letter.is_repeatable:
            (ended if letter.person in carrying else carrying).add(letter.person)
        if letter.person not in ended:
            chosen.append(letter)
    return tuple(chosen)
