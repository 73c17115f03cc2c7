"""A file is cleaned in a process of its own, and a file that brings it down is a broken file."""

from __future__ import annotations

import struct
import zlib

import pytest

from bot.media import kind
from bot.media.workshop import Workshop
from bot.ports.files import WrongFile
from bot.rules.file import Media, Unwanted
from tests.media.files import SECRET, photo


async def test_a_photo_comes_back_clean() -> None:
    """Through the process and back."""
    found = await Workshop().clean(Media.PHOTO, photo())
    assert found.type == kind.JPEG
    assert SECRET not in found.content


async def test_a_refusal_comes_back_with_its_reason() -> None:
    """So that the sender can be told."""
    with pytest.raises(WrongFile) as refused:
        await Workshop().clean(Media.VOICE, photo())
    assert refused.value.why is Unwanted.WRONG_KIND


async def test_a_picture_of_too_many_points_is_broken() -> None:
    """A few bytes that unpack to gigabytes harm nobody."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    with pytest.raises(WrongFile) as refused:
        await Workshop().clean(Media.PHOTO, bomb)
    assert refused.value.why is Unwanted.BROKEN
