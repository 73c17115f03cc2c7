"""PDF and the office formats: who wrote them, and where, is blanked where it stands or left out.

A PDF's document information and XMP packets are filled with spaces, so no offset changes. Where they lie in a compressed
stream they cannot be reached without writing the file anew, and docs/files.md says so.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from bot.media.kind import DOCX, XLSX
from bot.ports.files import WrongFile
from bot.rules.file import Unwanted

_ABOUT: Final = rb"/(?:Author|Creator|Producer|Title|Subject|Keywords|CreationDate|ModDate|Company|Manager)"
_IN_BRACKETS: Final = re.compile(_ABOUT + rb"\s*\(((?:[^()\\]|\\.|\([^()]*\))*)\)", re.DOTALL)
_IN_HEX: Final = re.compile(_ABOUT + rb"\s*<([0-9A-Fa-f\s]*)>")
_XMP: Final = re.compile(rb"<\?xpacket begin.*?\?>(.*?)<\?xpacket end", re.DOTALL)
_ENDED: Final = b"%%EOF"
_END: Final = 2048

_LARGEST_UNPACKED: Final = 100 * 1024 * 1024
_MOST_MEMBERS: Final = 5000
_LEFT_OUT: Final = ("docProps/", "customXml/")
_MAIN: Final = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_PIECE: Final = 1 << 16


def pdf_without_traces(content: bytes) -> bytes:
    """Return a PDF without its document information and XMP.

    Raises:
        WrongFile: it does not end as a PDF does.
    """
    if _ENDED not in content[-_END:]:
        raise WrongFile(Unwanted.BROKEN)
    cleaned = bytearray(content)
    for pattern, filling in ((_IN_BRACKETS, b" "), (_IN_HEX, b"0"), (_XMP, b" ")):
        for found in pattern.finditer(content):
            cleaned[found.start(1) : found.end(1)] = filling * (found.end(1) - found.start(1))
    return bytes(cleaned)


def office_without_traces(content: bytes) -> tuple[str, bytes]:
    """Return the type of an office document, and the document without its properties.

    Raises:
        WrongFile: it is another archive, holds programs, or unpacks to more than any real document.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            kind = next((kind for main, kind in _MAIN.items() if main in names), None)
            if kind is None or any("vbaProject" in name for name in names):
                raise WrongFile(Unwanted.WRONG_KIND)
            if len(members) > _MOST_MEMBERS:
                raise WrongFile(Unwanted.BROKEN)
            return kind, _repacked(archive, members)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise WrongFile(Unwanted.BROKEN) from error


def _repacked(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> bytes:
    out, left = io.BytesIO(), _LARGEST_UNPACKED
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in members:
            plain = zipfile.ZipInfo(member.filename)  # without the times at which it was written
            plain.compress_type = zipfile.ZIP_DEFLATED
            if member.filename.startswith(_LEFT_OUT) and not member.filename.endswith((".rels", "/")):
                target.writestr(plain, _EMPTY)
                continue
            with archive.open(member) as source, target.open(plain, "w") as sink:
                while piece := source.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise WrongFile(Unwanted.BROKEN)  # what the archive says of its own sizes is not believed
                    sink.write(piece)
    return out.getvalue()


_EMPTY: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties/>'
