"""Files that people send: what they are, where they belong in a case, and what may be kept.

Invariant: a file's name, and whatever Telegram says about its kind, decide nothing; its content does.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from bot.rules.chain import text_commitment

LARGEST: Final = 20 * 1024 * 1024
"""Bytes; the Bot API hands out no larger file (getFile)."""

MOST_PARTS: Final = 20
"""Files and places of one draft."""


class Media(StrEnum):
    """As what a file was sent."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"


class Unwanted(StrEnum):
    """Why a file is not kept."""

    TOO_LARGE = "too_large"
    WRONG_KIND = "wrong_kind"  # its content is of a kind that is not taken, or not what it was sent as
    BROKEN = "broken"  # cannot be read, or unpacks to more than any real file
    GONE = "gone"  # Telegram no longer has it


def is_voice(media_type: str) -> bool:
    """Say whether a kept file is a voice: in a village of 300 a voice is the person."""
    return media_type.startswith("audio/")


def file_commitment(salt: bytes, digest: bytes) -> str:
    """Bind the ledger to a file's bytes by their SHA-256; the salt lies with the file and is erased with it."""
    return text_commitment(salt, digest.hex())
