"""A file is what its content says, and it is kept without what it says about whoever made it."""

from __future__ import annotations

import io
import re
import zipfile
from contextlib import suppress

import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from bot.media import kind
from bot.media.cleaning import cleaned
from bot.media.pages import checksum
from bot.ports.files import WrongFile
from bot.rules.file import LARGEST, Media, Unwanted
from tests.media.files import SECRET, box, film, letter, page, paper, photo, song, tape, voice

LYING = page([b"OpusHead"], 0) + page([b"OpusTags\xff\xff\xff\x7f"], 1)
"""A voice message with a name that is longer than the message."""

EACH = [
    (Media.PHOTO, photo(), kind.JPEG, b""),
    (Media.PHOTO, photo(kind="PNG"), kind.JPEG, b""),
    (Media.DOCUMENT, photo(kind="WEBP"), kind.JPEG, b""),
    (Media.VIDEO, film(), kind.MP4, b"the film itself"),
    (Media.VIDEO, film(b"qt  "), kind.MP4, b"the film itself"),
    (Media.VOICE, film(b"M4A "), kind.M4A, b"the film itself"),
    (Media.VOICE, voice(), kind.OGG, b"the voice itself"),
    (Media.VOICE, voice(SECRET * 40), kind.OGG, b"the voice itself"),
    (Media.VOICE, song(), kind.MP3, b"the sound itself"),
    (Media.VOICE, tape(), kind.WAV, b"the sound it"),
    (Media.DOCUMENT, paper(), kind.PDF, b"what is written there"),
    (Media.DOCUMENT, letter(), kind.DOCX, b""),
    (Media.DOCUMENT, letter("xl/workbook.xml"), kind.XLSX, b""),
    (Media.DOCUMENT, "路灯坏了\r\nچىراغ\n".encode(), kind.TEXT, "路灯坏了".encode()),
]


@pytest.mark.parametrize(("media", "content", "type_", "kept"), EACH, ids=lambda value: value if type(value) is str else "")
def test_nothing_about_its_maker_is_left_and_the_rest_is(media: Media, content: bytes, type_: str, kept: bytes) -> None:
    """Place, time, camera, names; the thing itself stays."""
    found = cleaned(media, content)
    assert found.type == type_
    assert SECRET not in unpacked(found.content)
    assert SECRET.hex().encode() not in found.content
    assert kept in found.content


def unpacked(content: bytes) -> bytes:
    """Return a file with what is packed in it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist()) + content


@pytest.mark.parametrize("content", [film(), voice(), tape(), paper()], ids=["film", "voice", "tape", "paper"])
def test_what_is_blanked_where_it_stands_keeps_its_length(content: bytes) -> None:
    """Offsets into the file stay right."""
    media = Media.DOCUMENT
    assert len(cleaned(media, content).content) == len(content)


def test_a_photo_stays_upright_and_has_no_exif() -> None:
    """A phone held sideways says so in the data that goes; the picture is turned first."""
    with Image.open(io.BytesIO(cleaned(Media.PHOTO, photo((64, 48), orientation=6)).content)) as picture:
        assert picture.size == (48, 64)
        assert not picture.getexif()
        red, _, blue = picture.convert("RGB").getpixel((24, 4))  # type: ignore[misc]  # an RGB picture's point is three numbers
        assert red > 150 > blue


def test_a_large_photo_is_made_smaller() -> None:
    """A screen shows no more, and an officer's connection carries it."""
    with Image.open(io.BytesIO(cleaned(Media.PHOTO, photo((4000, 3000))).content)) as picture:
        assert max(picture.size) == 2560


def test_the_times_of_a_film_are_gone() -> None:
    """When it was taken is in its header."""
    assert cleaned(Media.VIDEO, film()).content.count(b"\xe8\x75\x54\x00") == 0
    assert film().count((3_900_000_000).to_bytes(4, "big")) == 1
    assert cleaned(Media.VIDEO, film()).content.count((3_900_000_000).to_bytes(4, "big")) == 0


def test_the_pages_of_a_voice_keep_true_checksums() -> None:
    """A player skips a page whose sum is wrong."""
    content = cleaned(Media.VOICE, voice()).content
    starts = [found.start() for found in re.finditer(b"OggS", content)]
    for start, end in zip(starts, [*starts[1:], len(content)], strict=True):
        one = bytearray(content[start:end])
        told, one[22:26] = bytes(one[22:26]), bytes(4)
        assert checksum(one).to_bytes(4, "little") == told


def test_the_checksum_is_that_of_ogg() -> None:
    """A known value: CRC-32 with this polynomial, not reflected, begun with nothing, of "123456789"."""
    assert checksum(b"123456789") == 0x89A1897F


def test_a_real_pdf_can_still_be_read() -> None:
    """Its words are there, its author is not."""
    source = b'#set document(author: "Aynur", title: "Aynur")\nwhat is written there'
    content = cleaned(Media.DOCUMENT, typst.compile(source)).content
    found = PdfReader(io.BytesIO(content))
    assert "what is written there" in found.pages[0].extract_text()
    assert "Aynur" not in str(found.metadata)


@pytest.mark.parametrize(
    ("media", "content", "why"),
    [
        pytest.param(Media.PHOTO, b"MZ\x90\x00" + bytes(100), Unwanted.WRONG_KIND, id="a program named .jpg"),
        pytest.param(Media.PHOTO, paper(), Unwanted.WRONG_KIND, id="a document sent as a photo"),
        pytest.param(Media.VOICE, photo(), Unwanted.WRONG_KIND, id="a photo sent as a voice"),
        pytest.param(Media.DOCUMENT, b"", Unwanted.WRONG_KIND, id="nothing"),
        pytest.param(Media.DOCUMENT, b"\x00\x01\x02\x03" * 9, Unwanted.WRONG_KIND, id="noise"),
        pytest.param(Media.DOCUMENT, "path\u202egpj.exe".encode(), Unwanted.WRONG_KIND, id="text that turns around"),
        pytest.param(Media.DOCUMENT, letter("index.html"), Unwanted.WRONG_KIND, id="another archive"),
        pytest.param(Media.DOCUMENT, letter(extra={"word/vbaProject.bin": b"x"}), Unwanted.WRONG_KIND, id="macros"),
        pytest.param(Media.DOCUMENT, letter(extra={"word/a.xml": bytes(101 << 20)}), Unwanted.BROKEN, id="a zip bomb"),
        pytest.param(Media.DOCUMENT, letter()[:-30], Unwanted.BROKEN, id="half an archive"),
        pytest.param(Media.DOCUMENT, paper()[:60], Unwanted.BROKEN, id="half a PDF"),
        pytest.param(Media.PHOTO, photo()[:200], Unwanted.BROKEN, id="half a photo"),
        pytest.param(Media.VIDEO, film()[:-4], Unwanted.BROKEN, id="half a film"),
        pytest.param(Media.VIDEO, box(b"ftyp", b"isom" + bytes(8)), Unwanted.BROKEN, id="a film without a film"),
        pytest.param(Media.VOICE, voice()[:-4], Unwanted.BROKEN, id="half a voice"),
        pytest.param(Media.VOICE, LYING, Unwanted.BROKEN, id="lies"),
        pytest.param(Media.DOCUMENT, b"x" * (LARGEST + 1), Unwanted.TOO_LARGE, id="too large"),
    ],
)
def test_what_is_not_taken(media: Media, content: bytes, why: Unwanted) -> None:
    """Each refusal has a reason that its sender can be told."""
    with pytest.raises(WrongFile) as refused:
        cleaned(media, content)
    assert refused.value.why is why


@given(st.sampled_from([photo(), film(), voice(), paper(), letter(), song(), tape()]), st.data())
def test_a_damaged_file_is_cleaned_or_refused(content: bytes, data: st.DataObject) -> None:
    """Nothing that a file can be makes the cleaning fail in another way."""
    at = data.draw(st.integers(0, len(content) - 1))
    damaged = content[:at] + data.draw(st.binary(max_size=9)) + content[at + data.draw(st.integers(0, 9)) :]
    with suppress(WrongFile):
        assert len(cleaned(Media.DOCUMENT, damaged).content) <= LARGEST
