"""Small files of each kind, each with a secret in every place where such a file says something about its maker."""

from __future__ import annotations

import io
import struct
import zipfile
from typing import Final

from PIL import Image

from bot.media.pages import checksum

SECRET: Final = b"Aynur, 43.84 N 81.15 E"


def photo(size: tuple[int, int] = (64, 48), orientation: int = 1, kind: str = "JPEG") -> bytes:
    """Make a photograph that says where it was taken, left half red."""
    picture = Image.new("RGB", size, (20, 40, 200))
    picture.paste((220, 20, 20), (0, 0, size[0] // 2, size[1]))
    about = Image.Exif()
    about[0x010F] = SECRET.decode()
    about[0x0112] = orientation
    about.get_ifd(0x8825)[2] = (43.0, 50.0, 24.0)
    out = io.BytesIO()
    picture.save(out, kind, exif=about)
    return out.getvalue() + SECRET


def box(kind: bytes, content: bytes) -> bytes:
    """Make a box of an MP4."""
    return struct.pack(">I", len(content) + 8) + kind + content


def film(brand: bytes = b"isom") -> bytes:
    """Make a film that says where and when it was taken, its sound behind all that."""
    header = box(b"mvhd", bytes(4) + struct.pack(">II", 3_900_000_000, 3_900_000_001) + b"\x00\x00\x03\xe8" + bytes(80))
    place = box(b"udta", box(b"\xa9xyz", SECRET))
    track = box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", box(b"hdlr", bytes(8) + b"vide" + bytes(13))) + place)
    told = box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + b"meta" + bytes(13)) + box(b"minf", SECRET)))
    return (
        box(b"ftyp", brand + bytes(4) + brand)
        + box(b"moov", header + track + told + place + box(b"meta", bytes(4) + SECRET))
        + box(b"uuid", bytes(16) + SECRET)
        + box(b"mdat", b"the film itself")
    )


def page(packets: list[bytes], number: int, flags: int = 0) -> bytes:
    """Make a page of an Ogg."""
    lacing = b"".join(b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255]) for packet in packets)
    head = b"OggS\x00" + bytes([flags]) + bytes(8) + b"\x01\x00\x00\x00" + struct.pack("<I", number)
    found = head + bytes(4) + bytes([len(lacing)]) + lacing + b"".join(packets)
    return found[:22] + struct.pack("<I", checksum(found)) + found[26:]


def told(text: bytes) -> bytes:
    """Write a length and a text."""
    return struct.pack("<I", len(text)) + text


def voice(vendor: bytes = SECRET) -> bytes:
    """Make a voice message that names its speaker."""
    tags = b"OpusTags" + told(vendor) + struct.pack("<I", 1) + told(b"ARTIST=" + SECRET)
    return page([b"OpusHead" + bytes(11)], 0, 2) + page([tags], 1) + page([b"the voice itself"], 2, 4)


def paper() -> bytes:
    """Make a PDF that names its author in every place."""
    return (
        b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj\n"
        b"2 0 obj\n<</Author (" + SECRET + b" \\) (too))/Title<" + SECRET.hex().encode() + b">/Producer(x)>>\nendobj\n"
        b"3 0 obj\nstream\n<?xpacket begin='' id='x'?><rdf>" + SECRET + b"</rdf><?xpacket end='w'?>\nendstream\nendobj\n"
        b"4 0 obj\n(what is written there)\nendobj\ntrailer\n<</Info 2 0 R>>\n%%EOF\n"
    )


def letter(main: str = "word/document.xml", extra: dict[str, bytes] | None = None) -> bytes:
    """Make an office document that names its author."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(main, b"<document>what is written there</document>")
        archive.writestr("docProps/core.xml", b"<creator>" + SECRET + b"</creator>")
        for name, content in (extra or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def song() -> bytes:
    """Make an MP3 with tags on both ends."""
    tag = b"ID3\x04\x00\x00" + bytes([0, 0, 0, len(SECRET)]) + SECRET
    return tag + b"\xff\xfb\x90\x00the sound itself" + b"TAG" + SECRET.ljust(125)


def tape() -> bytes:
    """Make a WAV with a list of names."""
    chunks = b"fmt " + told(bytes(16)) + b"LIST" + told(b"INFO" + SECRET) + b"data" + told(b"the sound it")
    return b"RIFF" + struct.pack("<I", len(chunks) + 4) + b"WAVE" + chunks
