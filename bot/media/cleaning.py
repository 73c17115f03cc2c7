"""One file in, the file as it may be kept out: by its real kind, without what it says about whoever made it."""

from __future__ import annotations

from typing import Final

from bot.media import boxes, kind, pages, paper
from bot.ports.files import OpenedFile, WrongFile
from bot.rules.file import LARGEST, Media, Unwanted

_PICTURES: Final = (kind.JPEG, kind.PNG, kind.WEBP, kind.GIF)
_SOUNDS: Final = (kind.OGG, kind.M4A, kind.MP3, kind.WAV)
_PAPERS: Final = (kind.PDF, kind.ZIP, kind.TEXT)
TAKEN: Final = {
    Media.PHOTO: _PICTURES,
    Media.VOICE: _SOUNDS,
    Media.VIDEO: (kind.MP4, kind.M4A),
    Media.DOCUMENT: (*_PICTURES, *_SOUNDS, kind.MP4, *_PAPERS),
}
"""What a file may really be, by what it was sent as."""


def cleaned(media: Media, content: bytes) -> OpenedFile:
    """Clean a file.

    Raises:
        WrongFile: it is not taken.
    """
    if len(content) > LARGEST:
        raise WrongFile(Unwanted.TOO_LARGE)
    found = kind.kind_of(content)
    if found is None or found not in TAKEN[media]:
        raise WrongFile(Unwanted.WRONG_KIND)
    result = _of_kind(found, content)
    if len(result.content) > LARGEST:
        raise WrongFile(Unwanted.TOO_LARGE)
    return result


def _of_kind(found: str, content: bytes) -> OpenedFile:
    if found in _PICTURES:
        from bot.media.picture import drawn_anew  # noqa: PLC0415 (pillow is slow to import, and few files need it)

        return OpenedFile(kind.JPEG, drawn_anew(content))
    if found in {kind.MP4, kind.M4A}:
        return OpenedFile(found, boxes.without_traces(content))
    if found == kind.OGG:
        return OpenedFile(found, pages.without_traces(content))
    if found == kind.MP3:
        return OpenedFile(found, _without_tags(content))
    if found == kind.PDF:
        return OpenedFile(found, paper.pdf_without_traces(content))
    if found == kind.ZIP:
        return OpenedFile(*paper.office_without_traces(content))
    if found == kind.WAV:
        return OpenedFile(found, _without_lists(content))
    return OpenedFile(found, content)


def _without_lists(content: bytes) -> bytes:
    """Blank every chunk of a WAV but its format and its sound. Source: Microsoft, RIFF."""
    found, at = bytearray(content), 12
    while at + 8 <= len(found):
        size = int.from_bytes(found[at + 4 : at + 8], "little")
        if bytes(found[at : at + 4]) not in {b"fmt ", b"data", b"fact"}:
            found[at : at + 4] = b"JUNK"
            found[at + 8 : at + 8 + size] = bytes(min(size, len(found) - at - 8))
        at += 8 + size + size % 2
    return bytes(found)


def _without_tags(content: bytes) -> bytes:
    """Leave out the tags before (ID3v2) and behind (ID3v1) the sound of an MP3. Source: id3.org, ID3v2.4 section 3.1."""
    while content[:3] == b"ID3" and len(content) >= 10:  # noqa: PLR2004 (its header)
        size = sum((byte & 0x7F) << shift for byte, shift in zip(content[6:10], (21, 14, 7, 0), strict=True))
        content = content[10 + size + (10 if content[5] & 0x10 else 0) :]
    if content[-128:-125] == b"TAG":
        content = content[:-128]
    if not content:
        raise WrongFile(Unwanted.BROKEN)
    return content
