"""What every kind of entry is made of: the base class, and the words that several kinds share.

A member of an enumeration is part of the ledger's format once it is in a ledger: new ones may be added, none taken away.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

import msgspec


class Channel(StrEnum):
    """The way a matter came in."""

    BOT = "bot"
    HOTLINE = "hotline"
    COUNTER = "counter"
    MEETING = "meeting"
    VISIT = "visit"


class Solved(StrEnum):
    """A resident's answer to "is it solved?"."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


class Source(StrEnum):
    """How a rating came: by a tap of the voice's own, or heard by telephone by somebody outside the unit."""

    BOT = "bot"
    PHONE = "phone"


class Closing(StrEnum):
    """Why a case was closed."""

    RATED = "rated"
    UNRATED = "unrated"
    LEFT = "left"  # partly solved, and the resident let it rest


class ReopenReason(StrEnum):
    """What made a case go on."""

    RATED_NO = "rated_no"
    RATED_PARTLY = "rated_partly"
    RESIDENT = "resident"
    CALLBACK = "callback"  # someone outside the unit asked, and it is not so
    FOLLOW_UP = "follow_up"  # asked again after months, and it has come back


class Resuming(StrEnum):
    """What ended a pause."""

    ANSWERED = "answered"
    EXPIRED = "expired"
    DROPPED = "dropped"  # the unit no longer needs the answer


class Look(StrEnum):
    """What of a person an official opened."""

    ORIGINAL = "original"  # the words or the voice as they came, not the translation or the transcript
    FILES = "files"
    CONTACT = "contact"
    PLACE = "place"
    IDENTITY = "identity"


class Erasing(StrEnum):
    """Why content was erased."""

    REQUEST = "request"
    ORDER = "order"
    RETENTION = "retention"


class Fact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """The base of every entry kind; field names are part of the ledger's format."""

    KIND: ClassVar[str]
    VERSION: ClassVar[int]
