"""What a file really is, by the bytes it begins with; its name and what was said of it are not asked."""

from __future__ import annotations

from typing import Final

JPEG: Final = "image/jpeg"
PNG: Final = "image/png"
WEBP: Final = "image/webp"
GIF: Final = "image/gif"
MP4: Final = "video/mp4"
M4A: Final = "audio/mp4"
OGG: Final = "audio/ogg"
MP3: Final = "audio/mpeg"
WAV: Final = "audio/wav"
PDF: Final = "application/pdf"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP: Final = "application/zip"
TEXT: Final = "text/plain"

_BEGINNINGS: Final = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"OggS\x00", OGG),
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"ID3", MP3),
    *((bytes([0xFF, second]), MP3) for second in (0xFB, 0xF3, 0xF2, 0xFA)),
)
_AUDIO_BRANDS: Final = (b"M4A ", b"M4B ", b"F4A ")
_SHORTEST: Final = 12


def kind_of(content: bytes) -> str | None:
    """Return the MIME type of content; None when it is of no kind that is known here."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return WEBP
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return WAV
    if content[4:8] == b"ftyp" and len(content) >= _SHORTEST:
        return M4A if content[8:12] in _AUDIO_BRANDS else MP4
    for beginning, kind in _BEGINNINGS:
        if content.startswith(beginning):
            return kind
    return TEXT if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and all(letter.isprintable() or letter in "\r\n\t\u200c\u200d" for letter in text)
