"""Updates that were set aside because they could not be handled: what they are, and handling or dropping them.

Invariant: of what a person wrote nothing comes out of here but the name of its kind.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import msgspec

from bot.errors import KeyLost
from bot.ports import Randomness, SetAside
from bot.rules.entry import SYSTEM, Entry, UpdateDropped, UpdateRetried
from storage.commit import append, unplaced
from storage.engine import Session, typed
from storage.rows import moment, stamp
from storage.vault import DataKey

CONTENTS: Final = (
    "text",
    "photo",
    "voice",
    "video",
    "video_note",
    "audio",
    "document",
    "location",
    "venue",
    "contact",
    "sticker",
    "animation",
)
"""What a message may be made of."""


async def set_aside(session: Session, transit: DataKey | None, limit: int) -> tuple[tuple[SetAside, ...], int]:
    """Return updates that were set aside, oldest first, and how many there are; without a key their kind is not known."""
    rows = await session.rows("inbox_aside_list", {"limit": limit})
    ((_, count),) = typed(await session.rows("inbox_counts", {}), tuple[int, int])
    return tuple(_read(row, transit) for row in typed(rows, AsideColumns)), count


async def handle_again(session: Session, seqs: Collection[int], randomness: Randomness, now: datetime) -> list[int]:
    """Put updates back to those that wait, and enter that of each; return which of them had been set aside."""
    again = [seq for seq in seqs if await session.run("inbox_again", [{"seq": seq}])]
    at = now.replace(microsecond=0)
    entries = [Entry(at=at, actor=SYSTEM, case=None, fact=UpdateRetried(number=seq)) for seq in again]
    if entries:
        await append(session, [unplaced(entry, randomness) for entry in entries])
    return again


async def drop(session: Session, seq: int, randomness: Randomness, now: datetime) -> bool:
    """Drop an update for good, its content with it, and enter that; say whether it had been set aside.

    Its number is kept for a while, so that it is known when it comes again.
    """
    found = typed(await session.rows("inbox_aside_one", {"seq": seq}), tuple[int])
    if not found or not await session.run("inbox_drop", [{"seq": seq, "now": stamp(now)}]):
        return False
    fact = UpdateDropped(number=seq, received_at=moment(found[0][0]).replace(microsecond=0))
    entry = Entry(at=now.replace(microsecond=0), actor=SYSTEM, case=None, fact=fact)
    await append(session, [unplaced(entry, randomness)])
    return True


class AsideColumns(NamedTuple):
    """The columns of `inbox_aside_list`."""

    seq: int
    update_id: int
    body: bytes | None
    received_at: int
    aside_at: int
    reason: str | None


def _read(row: AsideColumns, transit: DataKey | None) -> SetAside:
    kind = None
    if transit is not None and row.body is not None:
        kind = _kind(transit, row.body, f"inbox/{row.update_id}")
    return SetAside(
        seq=row.seq,
        kind=kind,
        received_at=moment(row.received_at),
        aside_at=moment(row.aside_at),
        reason=row.reason or "",
    )


def _kind(transit: DataKey, body: bytes, purpose: str) -> str | None:
    """Name the kind of an update, such as `callback_query` or `message/photo`; None when it cannot be opened or read."""
    try:
        update = transit.open(body, purpose).split(b"\n", 1)[1]
        fields = msgspec.json.decode(update, type=dict[str, msgspec.Raw])
    except (KeyLost, msgspec.DecodeError):
        return None
    kind = next((name for name in fields if name != "update_id" and name.isidentifier()), None)
    if kind is None:
        return None
    return "/".join([kind, *_contents(fields[kind])])


def _contents(event: msgspec.Raw) -> Sequence[str]:
    try:
        fields = msgspec.json.decode(event, type=dict[str, msgspec.Raw])
    except msgspec.DecodeError:
        return ()
    return [name for name in CONTENTS if name in fields][:1]
