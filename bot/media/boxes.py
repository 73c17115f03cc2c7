"""MP4, MOV and M4A: boxes in boxes. What they say of place, time and camera is blanked where it stands.

A box that says such things becomes free space of the same size, so no offset in the file changes. Source: ISO/IEC 14496-12.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.ports.files import WrongFile
from bot.rules.file import Unwanted

_BLANKED: Final = (b"udta", b"meta", b"uuid", b"XMP_", b"skip", b"free")
_OPENED: Final = (b"moov", b"trak", b"mdia", b"moof", b"traf", b"edts", b"minf")
_DATED: Final = (b"mvhd", b"tkhd", b"mdhd")
_TOLD_BY_TIME: Final = (b"meta", b"camm", b"gpmd")
"""Tracks of where the camera was while it filmed."""
_HEADER: Final = 8
_LONG_HEADER: Final = 16
_DEEPEST: Final = 8


def without_traces(content: bytes) -> bytes:
    """Return the film or sound without user data, metadata and times of recording.

    Raises:
        WrongFile: the boxes do not fit into each other.
    """
    cleaned = bytearray(content)
    kinds = {kind for kind, _, _ in _boxes(cleaned, 0, len(cleaned))}
    if not {b"ftyp", b"moov"} <= kinds:
        raise WrongFile(Unwanted.BROKEN)
    _blank(cleaned, 0, len(cleaned), 0)
    return bytes(cleaned)


def _blank(content: bytearray, start: int, end: int, depth: int) -> None:
    if depth > _DEEPEST:
        raise WrongFile(Unwanted.BROKEN)
    for kind, first, last in list(_boxes(content, start, end)):
        if kind in _BLANKED:
            name = first - _HEADER + 4 if content[first - 4 : first] == kind else first - _LONG_HEADER + 4
            content[name : name + 4] = b"free"
            content[first:last] = bytes(last - first)
        elif kind == b"trak" and _handler(content, first, last) in _TOLD_BY_TIME:
            content[first - 4 : first] = b"free"
            content[first:last] = bytes(last - first)
        elif kind in _OPENED:
            _blank(content, first, last, depth + 1)
        elif kind in _DATED:
            length = 16 if content[first : first + 1] == b"\x01" else 8  # version 1 has 64-bit times
            content[first + 4 : min(first + 4 + length, last)] = bytes(min(length, max(0, last - first - 4)))


def _handler(content: bytearray, start: int, end: int) -> bytes:
    """Return of what kind a track is."""
    for kind, first, last in _boxes(content, start, end):
        if kind == b"mdia":
            return _handler(content, first, last)
        if kind == b"hdlr":
            return bytes(content[first + 8 : first + 12])
    return b""


def _boxes(content: bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Give each box: its kind, and where what is in it begins and ends."""
    at = start
    while at + _HEADER <= end:
        size, header = int.from_bytes(content[at : at + 4], "big"), _HEADER
        if size == 1:
            size, header = int.from_bytes(content[at + 8 : at + 16], "big"), _LONG_HEADER
        elif size == 0:
            size = end - at
        if size < header or at + size > end:
            raise WrongFile(Unwanted.BROKEN)
        yield bytes(content[at + 4 : at + 8]), at + header, at + size
        at += size
