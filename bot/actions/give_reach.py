"""A place or a phone number that is given for one matter alone: with the report, or by its filer afterwards.

Invariant: only the filer's are kept; whoever joined stays anonymous.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.actions.stake import Stake
from bot.ports import Desk
from bot.rules.chain import SALT_BYTES
from bot.rules.dialog import FilePart, Part, PhonePart, PlacePart
from bot.rules.effect import Words
from bot.rules.slot import PHONE, PLACE

FILER = 1
"""Which voice of a case filed it."""


def spelt(parts: Iterable[Part]) -> dict[str, str]:
    """Write a place and a phone number as they lie in the vault, by slot; the last of each counts."""
    given: dict[str, str] = {}
    for part in parts:
        match part:
            case PlacePart(latitude=latitude, longitude=longitude):
                given[PLACE] = f"{latitude:.5f},{longitude:.5f}"
            case PhonePart(phone=phone):
                given[PHONE] = phone
            case FilePart():
                pass
    return given


def given_later(desk: Desk, stake: Stake, parts: Iterable[Part]) -> tuple[Words, ...]:
    """Seal what the filer gives after filing, in the place of what the case had; nothing of anybody else's."""
    if stake.voice != FILER:
        return ()
    texts = spelt(parts).items()
    return tuple(Words(stake.case.number, slot, text, desk.randomness.bytes(SALT_BYTES)) for slot, text in texts)
