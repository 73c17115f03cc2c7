"""Who works here, as a commit writes it: invitations made and used, roles taken, leave."""

from __future__ import annotations

from datetime import datetime

from bot.rules.effect import Effects
from storage.batch import Batch
from storage.rows import stamp


def put_staff(batch: Batch, effects: Effects, now: datetime) -> None:
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
                "expires_at": stamp(invitation.expires_at),
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
