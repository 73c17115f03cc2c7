"""Ogg: pages with a checksum each. The comments of a voice message are blanked where they stand.

Sources: RFC 3533 (pages), RFC 7845 (OpusTags), the Vorbis specification (comment header).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.ports.files import WrongFile
from bot.rules.file import Unwanted

_CAPTURE: Final = b"OggS"
_HEADER: Final = 27
_CHECKSUM: Final = 22
_WHOLE: Final = 255
_TAGS: Final = (b"OpusTags", b"\x03vorbis")
_POLYNOMIAL: Final = 0x04C11DB7
_TOP: Final = 0x80000000


def _table() -> tuple[int, ...]:
    entries = []
    for index in range(256):
        value = index << 24
        for _ in range(8):
            value = ((value << 1) ^ _POLYNOMIAL if value & _TOP else value << 1) & 0xFFFFFFFF
        entries.append(value)
    return tuple(entries)


_CRC: Final = _table()


@dataclass(frozen=True, slots=True)
class _Page:
    start: int
    body: int
    end: int
    lacing: bytes


def without_traces(content: bytes) -> bytes:
    """Return the sound without the names in its comments.

    Raises:
        WrongFile: the pages do not follow each other.
    """
    cleaned = bytearray(content)
    pages = list(_pages(cleaned))
    if not pages:
        raise WrongFile(Unwanted.BROKEN)
    packet = _second_packet(pages)
    body = bytes(cleaned[place] for place in packet)
    if body.startswith(_TAGS):
        blanked = _blanked(body)
        for place, value in zip(packet, blanked, strict=True):
            cleaned[place] = value
        changed = set(packet)
        for page in pages:
            if not changed.isdisjoint(range(page.body, page.end)):
                where = slice(page.start + _CHECKSUM, page.start + _CHECKSUM + 4)
                cleaned[where] = bytes(4)  # a page is summed with nothing in the place of its sum
                cleaned[where] = checksum(cleaned[page.start : page.end]).to_bytes(4, "little")
    return bytes(cleaned)


def _pages(content: bytearray) -> Iterator[_Page]:
    at = 0
    while at < len(content):
        count = content[at + 26] if len(content) >= at + _HEADER else 0
        body = at + _HEADER + count
        lacing = bytes(content[at + _HEADER : body])
        end = body + sum(lacing)
        if content[at : at + 4] != _CAPTURE or end > len(content):
            raise WrongFile(Unwanted.BROKEN)
        yield _Page(at, body, end, lacing)
        at = end


def _second_packet(pages: list[_Page]) -> list[int]:
    """Return the places of the bytes of the second packet, which holds the comments."""
    packets = 0
    places: list[int] = []
    for page in pages:
        at = page.body
        for length in page.lacing:
            if packets == 1:
                places += range(at, at + length)
            at += length
            if length < _WHOLE:
                packets += 1
        if packets > 1:
            break
    return places


def _blanked(packet: bytes) -> bytes:
    """Fill the vendor's name with spaces, and each comment with a name that says nothing."""
    cleaned = bytearray(packet)
    at = next(len(tags) for tags in _TAGS if packet.startswith(tags))
    at = _fill(cleaned, at, b"")
    count = int.from_bytes(cleaned[at : at + 4], "little")
    at += 4
    for _ in range(min(count, len(cleaned))):
        at = _fill(cleaned, at, b"X=")
    return bytes(cleaned)


def _fill(packet: bytearray, at: int, begin: bytes) -> int:
    length = int.from_bytes(packet[at : at + 4], "little")
    end = at + 4 + length
    if end > len(packet):
        raise WrongFile(Unwanted.BROKEN)
    packet[at + 4 : end] = begin[:length].ljust(length)
    return end


def checksum(page: bytes | bytearray) -> int:
    """Return the CRC-32 of Ogg: not reflected, begun with nothing."""
    value = 0
    for byte in page:
        value = ((value << 8) & 0xFFFFFFFF) ^ _CRC[(value >> 24) ^ byte]
    return value
