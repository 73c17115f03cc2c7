"""The Bot API fields of photos and places. Invariant: sizes come from the file itself, never from what somebody says."""

from __future__ import annotations

import struct

from bot.sandbox.refusal import JsonObject
from bot.sandbox.scene import StoredFile

_THUMB = 90
_UNKNOWN_SIZE = (1280, 960)


def image_type(content: bytes) -> str:
    """Return the MIME type of a picture; Telegram makes a JPEG of everything that is no PNG here."""
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


def image_size(content: bytes) -> tuple[int, int]:
    """Return width and height in pixels of a PNG or JPEG; a common size for anything else."""
    if content.startswith(b"\x89PNG") and len(content) >= 24:  # noqa: PLR2004 (signature, length, IHDR, two integers)
        width, height = struct.unpack(">II", content[16:24])
        return int(width), int(height)
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content) or _UNKNOWN_SIZE
    return _UNKNOWN_SIZE


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:  # noqa: PLR2004 (marker byte)
        marker = content[at + 1]
        length = int.from_bytes(content[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:  # noqa: PLR2004 (start-of-frame markers)
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return int(width), int(height)
        at += 2 + length
    return None


def photo_fields(stored: StoredFile) -> JsonObject:
    """Return `photo`: a small and the full size, smallest first."""
    width, height = image_size(stored.content)
    scale = min(1.0, _THUMB / max(width, height, 1))
    small: JsonObject = {
        "file_id": stored.file_id, "file_unique_id": stored.unique_id + "s", "file_size": stored.size,
        "width": max(1, round(width * scale)), "height": max(1, round(height * scale)),
    }  # fmt: skip
    full: JsonObject = {**small, "file_unique_id": stored.unique_id, "width": width, "height": height}
    return {"photo": [small, full]}


def location_fields(latitude: float, longitude: float) -> JsonObject:
    """Return `location`, in degrees."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


def file_fields(kind: str, stored: StoredFile, duration: int | None) -> JsonObject:
    """Return the field of a document, voice, video, audio or animation."""
    record: JsonObject = {"file_id": stored.file_id, "file_unique_id": stored.unique_id, "file_size": stored.size}
    record["mime_type"] = stored.mime_type
    if kind != "document":
        record["duration"] = duration or 0
    if kind in {"video", "animation"}:
        record |= {"width": _UNKNOWN_SIZE[0], "height": _UNKNOWN_SIZE[1]}
    if stored.file_name is not None and kind != "voice":
        record["file_name"] = stored.file_name
    return {kind: record}
