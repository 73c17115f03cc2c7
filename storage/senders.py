"""Whoever wrote, as a commit writes them down: their row and key, their dialog, language and place."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec

from bot.ports import Decision
from bot.rules.dialog import Conversation, Idle
from bot.rules.effect import Effects
from bot.rules.identity import PersonId
from storage.batch import Batch
from storage.engine import Parameters, Session
from storage.keyring import Keyring, key_parameters, person_owner
from storage.rows import stamp
from storage.vault import DataKey

SEEN_ANEW: Final = timedelta(minutes=5)
"""How old the moment at which somebody was last seen becomes before it is written again."""


async def put_sender(session: Session, keyring: Keyring, batch: Batch, decision: Decision, now: datetime) -> DataKey | None:
    """Make sure that whoever wrote has a row and a key."""
    if decision.taken is None:
        return None
    sender, arrival = decision.taken.sender, decision.taken.arrival
    if not sender.is_new:
        batch.add("outbox_wake", {"id": sender.person})
        batch.add("person_back", {"id": sender.person, "now": stamp(now), "stale": stamp(now - SEEN_ANEW)})
        return await keyring.of_person(session, sender.person)
    key, wrapped = keyring.vault.new_key(person_owner(sender.person))
    keyring.remember(sender.person, key)
    batch.add("key_put", key_parameters(wrapped))
    batch.add(
        "person_insert",
        {
            "id": sender.person,
            "chat_key": keyring.chat_key(arrival.chat_id),
            "chat": key.seal(str(arrival.chat_id).encode(), "chat"),
            "created_at": stamp(now),
        },
    )
    return key


def put_settings(batch: Batch, person: PersonId, key: DataKey | None, effects: Effects) -> None:
    """Write where their conversation stands, sealed, and what they chose."""
    if key is not None and effects.dialog is not None:
        if isinstance(effects.dialog, Idle):
            batch.add("dialog_end", {"person": person})
        else:
            batch.add("dialog_put", {"person": person, "state": key.seal(msgspec.json.encode(effects.dialog), "dialog")})
    chosen: Parameters = {
        "language": effects.language,
        "township": effects.township,
        "hearing": effects.hearing,
        "beside": None if effects.is_beside is None else int(effects.is_beside),
    }
    if any(value is not None for value in chosen.values()):
        batch.add("person_settings", {"id": person, **chosen})
    if effects.invitation_asked is not None:
        batch.add("invitation_ask", {"digest": effects.invitation_asked, "person": person})
    if effects.forget_anchor is not None:
        batch.add("anchor_drop", {"person": person, "anchor": effects.forget_anchor})
        batch.add("outbox_unanchor", {"person": person, "anchor": effects.forget_anchor})


READ_DIALOG: Final[msgspec.json.Decoder[Conversation]] = msgspec.json.Decoder(Conversation)


def read_dialog(state: bytes) -> Conversation:
    """Read where a conversation stands; one that another version of the program left off begins anew."""
    try:
        return READ_DIALOG.decode(state)
    except msgspec.DecodeError:
        return Idle()
