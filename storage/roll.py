"""Who works here, as a commit writes it: invitations made and used, roles taken and bound to whoever takes them, leave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from bot.rules.chain import SALT_BYTES, commitment
from bot.rules.entry import Entry, Joined
from bot.rules.identity import PersonId, StaffId
from storage.engine import Session, blob
from storage.rows import stamp

if TYPE_CHECKING:  # only annotations name them, and whoever only reads starts without
    from bot.ports import Randomness
    from bot.rules.effect import Effects
    from storage.batch import Batch

Salts: TypeAlias = "Mapping[StaffId, bytes]"


async def bound(session: Session, randomness: Randomness, batch: Batch, effects: Effects) -> tuple[Effects, Salts]:
    """Fill in what binds new officials to their persons and chats; return the salts that open it, too."""
    if not effects.joined:
        return effects, {}
    salts = {each.id: randomness.bytes(SALT_BYTES) for each in effects.joined}
    chats = {each.id: await _chat_key(session, batch, each.person) for each in effects.joined}
    whose = {each.id: each.person for each in effects.joined}

    def filled(entry: Entry) -> Entry:
        fact = entry.fact
        if not isinstance(fact, Joined) or fact.staff not in salts:
            return entry
        holder, chat = holder_commitments(salts[fact.staff], whose[fact.staff], chats[fact.staff])
        return msgspec.structs.replace(entry, fact=msgspec.structs.replace(fact, holder=holder, chat=chat))

    return msgspec.structs.replace(effects, entries=tuple(map(filled, effects.entries))), salts


def holder_commitments(salt: bytes, person: str, chat_key: bytes) -> tuple[str, str]:
    """Bind a role to whoever holds it, and to the chat that they write from."""
    return commitment(salt, "holder", person).hex(), commitment(salt, "chat", chat_key.hex()).hex()


async def _chat_key(session: Session, batch: Batch, person: PersonId) -> bytes:
    """Read it where the person is known, or out of the row that is about to be written."""
    for row in batch.rows.get("person_insert", ()):
        if row["id"] == person:
            return blob(row["chat_key"])
    ((chat_key,),) = await session.rows("person_chat_key", {"person": person})
    return blob(chat_key)


def put_staff(batch: Batch, effects: Effects, salts: Salts, now: datetime) -> None:
    """Write down invitations and roles; whoever takes a role anew ends the one they had."""
    for invitation in effects.invited:
        batch.add(
            "invitation_put",
            {
                "digest": invitation.digest,
                "role": invitation.role,
                "unit": invitation.unit,
                "township": invitation.township,
                "language": invitation.language,
                "expires_at": stamp(invitation.expires_at.replace(microsecond=0)),
            },
        )
    if effects.invitation_used is not None:
        batch.add("invitation_use", {"digest": effects.invitation_used, "now": stamp(now)})
    for each in effects.joined:
        same = {"person": each.person, "role": each.role, "unit": each.unit or "", "language": each.language or ""}
        batch.add("staff_end_same", {**same, "now": stamp(now)})
        batch.add(
            "staff_put",
            {
                "id": each.id,
                "person": each.person,
                "role": each.role,
                "unit": each.unit,
                "township": each.township,
                "language": each.language,
                "joined_at": stamp(now),
                "salt": salts[each.id],
            },
        )
    for staff, leave in effects.leaves:
        batch.add(
            "staff_leave",
            {
                "id": staff,
                "away_from": None if leave is None else stamp(leave.begins_at),
                "away_until": None if leave is None else stamp(leave.ends_at),
                "deputy": None if leave is None else leave.deputy,
            },
        )
    _put_duty(batch, effects, now)
    for staff in effects.left:
        batch.add("staff_end", {"id": staff, "now": stamp(now)})


def _put_duty(batch: Batch, effects: Effects, now: datetime) -> None:
    """Write down who is on duty, and which work groups are linked to units."""
    if effects.shifts_entered:
        batch.add("shift_tidy", {"now": stamp(now)})
    for staff, shift in effects.shifts_entered:
        times = {"begins_at": stamp(shift.begins_at), "ends_at": stamp(shift.ends_at)}
        batch.add("shift_put", {"staff": staff, **times})
    for staff, shift in effects.shifts_dropped:
        batch.add("shift_drop", {"staff": staff, "begins_at": stamp(shift.begins_at)})
    for code in effects.group_codes:
        batch.add(
            "group_code_put",
            {"code": code.digest, "unit": code.unit, "staff": code.by, "expires_at": stamp(code.expires_at)},
        )
    for unit in effects.groups_unlinked:
        batch.add("groups_unlink", {"unit": unit})
