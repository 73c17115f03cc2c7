"""Entries about a case that leave its life as it is: reminders, looks, notes, translations, files, erasures.

None of them changes a case's version, so none ever collides with what somebody decides about the case meanwhile.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

from bot.rules.county import Role
from bot.rules.entry.fact import Erasing, Fact, Look, Solved
from bot.rules.identity import Language, StaffId


class ReminderDecided(Fact, frozen=True, kw_only=True):
    """The clock decided to tell someone about a limit.

    Attributes:
        stage: which moment, such as `before:1d` or `overdue:0h`.
        role: in which function they are told.
        staff: who is told; None when the county has nobody to tell.
    """

    KIND: ClassVar[str] = "reminder_decided"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str
    role: Role
    staff: StaffId | None


class ReminderTold(Fact, frozen=True, kw_only=True):
    """Delivery reports whether a decided reminder reached Telegram."""

    KIND: ClassVar[str] = "reminder_told"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str
    staff: StaffId | None
    was_told: bool


class ReminderSeen(Fact, frozen=True, kw_only=True):
    """The actor said that they have seen a reminder of theirs; it is not repeated to anybody else."""

    KIND: ClassVar[str] = "reminder_seen"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str


class Replied(Fact, frozen=True, kw_only=True):
    """The actor wrote to the voices of the case: a stock answer by its name, else a salted commitment to the words."""

    KIND: ClassVar[str] = "replied"
    VERSION: ClassVar[int] = 1
    words: str | None
    stock: str | None


class Announced(Fact, frozen=True, kw_only=True):
    """The unit told all voices something ("repair on Friday"); `words` is a salted commitment to it."""

    KIND: ClassVar[str] = "announced"
    VERSION: ClassVar[int] = 1
    words: str


class Noted(Fact, frozen=True, kw_only=True):
    """The actor wrote an internal note; `words` is a salted commitment to it."""

    KIND: ClassVar[str] = "noted"
    VERSION: ClassVar[int] = 1
    words: str


class Translated(Fact, frozen=True, kw_only=True):
    """The actor put the words or the voice of a slot into `language`; `words` is a salted commitment to the result."""

    KIND: ClassVar[str] = "translated"
    VERSION: ClassVar[int] = 1
    slot: str
    language: Language
    words: str


class FileAdded(Fact, frozen=True, kw_only=True):
    """A file belongs to the case.

    Attributes:
        slot: whose and what: `filed/1`, `added/2/1`, `evidence/1/2`.
        media: its real type, such as image/jpeg.
        size: bytes, as kept.
        content: salted commitment to its bytes, 64 lowercase hex digits.
    """

    KIND: ClassVar[str] = "file_added"
    VERSION: ClassVar[int] = 1
    slot: str
    media: str
    size: int
    content: str


class Looked(Fact, frozen=True, kw_only=True):
    """The actor opened something that can lead to a person; the resident sees it by role and unit."""

    KIND: ClassVar[str] = "looked"
    VERSION: ClassVar[int] = 1
    at_what: Look


class IdentityAsked(Fact, frozen=True, kw_only=True):
    """The actor asks who a voice is; `reason` is a salted commitment to why, in words."""

    KIND: ClassVar[str] = "identity_asked"
    VERSION: ClassVar[int] = 1
    voice: int
    reason: str


class IdentityDecided(Fact, frozen=True, kw_only=True):
    """A second person granted or denied it to the one who asked."""

    KIND: ClassVar[str] = "identity_decided"
    VERSION: ClassVar[int] = 1
    voice: int
    asked_by: StaffId
    is_granted: bool


class FollowedUp(Fact, frozen=True, kw_only=True):
    """Asked again after months: is it still solved? `stage` is how long after, such as `90cd`."""

    KIND: ClassVar[str] = "followed_up"
    VERSION: ClassVar[int] = 1
    round: int
    stage: str
    voice: int
    solved: Solved


class FixedSaid(Fact, frozen=True, kw_only=True):
    """Asked when the limit had passed, a voice said whether it is fixed meanwhile: yes or no; the unit's word is another."""

    KIND: ClassVar[str] = "fixed_said"
    VERSION: ClassVar[int] = 1
    round: int
    voice: int
    solved: Solved


class Commented(Fact, frozen=True, kw_only=True):
    """A voice said something about how a round was handled, beside its score; `words` is a salted commitment to it."""

    KIND: ClassVar[str] = "commented"
    VERSION: ClassVar[int] = 1
    round: int
    voice: int
    words: str


class TieCut(Fact, frozen=True, kw_only=True):
    """A voice cut the tie between itself and the case; the words stay until it closes."""

    KIND: ClassVar[str] = "tie_cut"
    VERSION: ClassVar[int] = 1
    voice: int


class ContentErased(Fact, frozen=True, kw_only=True):
    """The case's key was destroyed: its words and files can be read by nobody any more."""

    KIND: ClassVar[str] = "content_erased"
    VERSION: ClassVar[int] = 1
    because: Erasing


class VoiceLinked(Fact, frozen=True, kw_only=True):
    """Who phoned or came to a counter linked the case to a chat of their own."""

    KIND: ClassVar[str] = "voice_linked"
    VERSION: ClassVar[int] = 1
    voice: int


class PressRefused(Fact, frozen=True, kw_only=True):
    """Somebody pressed a button about the case who has no right to it, and to whom none was ever due.

    Attributes:
        button: what the button would have done, by the name of its kind.
    """

    KIND: ClassVar[str] = "press_refused"
    VERSION: ClassVar[int] = 1
    button: str


class CodeClosed(Fact, frozen=True, kw_only=True):
    """So many wrong codes were said for a caller's case that its code is good no more; `tries` is how many."""

    KIND: ClassVar[str] = "code_closed"
    VERSION: ClassVar[int] = 1
    tries: int


class CodeRenewed(Fact, frozen=True, kw_only=True):
    """Whoever phoned lost the code of their case and was given another; the one before is good no more."""

    KIND: ClassVar[str] = "code_renewed"
    VERSION: ClassVar[int] = 1


class CallbackAsked(Fact, frozen=True, kw_only=True):
    """The actor had the bot ask everybody behind a drawn case whether it is solved; `round` is which attempt."""

    KIND: ClassVar[str] = "callback_asked"
    VERSION: ClassVar[int] = 1
    round: int


ReminderFact: TypeAlias = ReminderDecided | ReminderTold | ReminderSeen
BesideFact: TypeAlias = (
    ReminderFact
    | Replied
    | Announced
    | Noted
    | Translated
    | FileAdded
    | Looked
    | IdentityAsked
    | IdentityDecided
    | FollowedUp
    | FixedSaid
    | Commented
    | TieCut
    | ContentErased
    | VoiceLinked
    | PressRefused
    | CodeClosed
    | CodeRenewed
    | CallbackAsked
)
