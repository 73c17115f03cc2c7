"""From words to a case: the card that is edited in place, and the receipt for what was sent."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

from bot.rules.case import State
from bot.rules.county import Kind, Urgency
from bot.rules.entry import Channel
from bot.rules.file import Media, Unwanted
from bot.rules.guest import Guest
from bot.rules.identity import CaseNumber, CategoryId, TownshipId, UnitId

PROOF_HOLE: Final = "?"
"""Stands for the start of the entry hash in a receipt until the commit knows it."""


class Picking(StrEnum):
    """Which choice a draft card is showing."""

    NOTHING = "nothing"
    KIND = "kind"
    CATEGORY = "category"
    TOWNSHIP = "township"
    ABOUT = "about"  # a unit, of a confidential matter
    PARTS = "parts"
    SENT = "sent"  # no choice any more: it was sent
    ADDED = "added"  # nor any: it went to a case that there was before

    @property
    def is_over(self) -> bool:
        """Say whether there is nothing to choose any more."""
        return self in {Picking.SENT, Picking.ADDED}


class Attached(StrEnum):
    """What a part of a draft is."""

    WORDS = "words"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    PLACE = "place"
    PHONE = "phone"


class CardPart(msgspec.Struct, frozen=True):
    """A part of a draft that can be taken out; `message` is the number of the message that brought it."""

    message: int
    what: Attached


class Alike(msgspec.Struct, frozen=True, kw_only=True):
    """A case that is like a draft: all that is told of it. `is_own`: the reader stands behind it, and it may be closed."""

    case: CaseNumber
    unit: UnitId
    state: State
    due_at: datetime | None
    is_own: bool = False


class DraftCard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Show what will be sent, edited in place.

    Attributes:
        is_guessed: the category was guessed from words, so it is said to be.
        begun_by: which draft it shows, so that its buttons send or discard no other.
        because: the words that the guess went by.
        urgency: an emergency is told at once whom to ring.
        parts: what can be taken out, in the order in which it came.
        is_named: the officer in charge may know who it is.
        alike: an open case that is like it, which may be joined instead.
        channel: how it came in; but for the bot an operator writes it down for somebody else.
        guest: the words are in a language that the service does not speak.
        recent: what the reader filed just before, where the draft may belong to it.
        is_asked: the unit of that case waits for the reader's answer, which the draft may be.
        is_angry: the words are written in anger.
        is_desperate: whoever writes cannot go on.
        is_repeated: the last message said only what stands there already.
        about: the unit whose officials it is about, where that is said.
    """

    words: str
    kind: Kind
    category: CategoryId
    township: TownshipId | None
    is_guessed: bool
    picking: Picking
    begun_by: int = 0
    because: tuple[str, ...] = ()
    urgency: Urgency = Urgency.NORMAL
    parts: tuple[CardPart, ...] = ()
    is_named: bool = False
    alike: Alike | None = None
    channel: Channel = Channel.BOT
    guest: Guest | None = None
    recent: CaseNumber | None = None
    is_asked: bool = False
    is_angry: bool = False
    is_desperate: bool = False
    is_repeated: bool = False
    about: UnitId | None = None


class FileRefused(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell whoever sent a file that it is not kept, and why."""

    media: Media
    why: Unwanted


class DraftTidied(msgspec.Struct, frozen=True, tag=True):
    """Tell the owner of a draft that lay for a day that it is thrown away."""


class Receipt(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Tell the filer, or whoever joined, the number, the unit, the limit and what happens next.

    Attributes:
        proof: the first 16 hex digits of the entry hash; the store fills it in.
        is_joined: the reader has joined somebody else's case.
        is_less: they did so without the name, place or phone number that their draft held.
    """

    case: CaseNumber
    unit: UnitId
    category: CategoryId
    township: TownshipId | None
    due_at: datetime | None
    proof: str
    is_joined: bool = False
    is_less: bool = False


class ReceiptPicture(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """Give a receipt as a picture, drawn at the moment of sending; with nothing that leads to a person or a place.

    Attributes:
        proof: as in Receipt.
        link: what opens the case in its resident's chat with the bot; None where the bot's name is not known yet.
    """

    case: CaseNumber
    unit: UnitId
    due_at: datetime | None
    proof: str
    link: str | None


DraftMessage: TypeAlias = DraftCard | Receipt | ReceiptPicture | FileRefused | DraftTidied
