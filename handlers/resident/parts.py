"""What a message holds besides words: a file to fetch, a place, a phone number; and what becomes of it in a draft."""

from __future__ import annotations

from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.draft import add_part
from bot.rules.dialog import FilePart, Part, PhonePart, PlacePart
from bot.rules.effect import Effects, Fetch, Send
from bot.rules.file import LARGEST, Media
from bot.rules.identity import FileId
from bot.rules.message import Remark, Said
from handlers.context import Context

FILE_ID_BYTES: Final = 10
LONGEST_PHONE: Final = 24


async def take(message: TelegramMessage, caption: str, context: Context) -> Effects | None:
    """Take what a message holds into the draft; None when it holds nothing that could be part of a report."""
    found = file_in(message)
    if found is not None:
        media, source, size = found
        if (size or 0) > LARGEST:
            return Effects(sends=(Send(context.sender.person, Said(Remark.FILE_TOO_LARGE)),))
        file = new_file(context)
        fetch = Fetch(file, context.sender.person, media, source)
        return _added(FilePart(message.message_id, file, media), caption, context, fetch)
    reach = reach_in(message)
    return None if reach is None else _added(reach, caption, context)


def reach_in(message: TelegramMessage) -> PlacePart | PhonePart | None:
    """Return the place or the phone number that a message is."""
    if message.location is not None:
        return PlacePart(message.message_id, message.location.latitude, message.location.longitude)
    if message.contact is None:
        return None
    phone = "".join(sign for sign in message.contact.phone_number if sign in "+0123456789")[:LONGEST_PHONE]
    return PhonePart(message.message_id, phone) if phone else None


def new_file(context: Context) -> FileId:
    """Draw an id for a file."""
    return FileId(f"f-{context.desk.randomness.bytes(FILE_ID_BYTES).hex()}")


def _added(part: Part, caption: str, context: Context, fetch: Fetch | None = None) -> Effects:
    sender = context.sender
    return add_part(
        context.desk.county,
        sender.person,
        sender.dialog,
        sender.township,
        part,
        caption=caption,
        update=context.envelope.taken.seq,
        at=context.now,
        fetch=fetch,
    )


def file_in(message: TelegramMessage) -> tuple[Media, str, int | None] | None:
    """Return as what a file was sent, what Telegram calls it, and its size; of a photo the largest there is."""
    if message.photo:
        largest = max(message.photo, key=lambda each: each.width * each.height)
        return Media.PHOTO, largest.file_id, largest.file_size
    if (sound := message.voice or message.audio) is not None:
        return Media.VOICE, sound.file_id, sound.file_size
    if (film := message.video or message.video_note) is not None:
        return Media.VIDEO, film.file_id, film.file_size
    if message.document is not None and message.animation is None:
        return Media.DOCUMENT, message.document.file_id, message.document.file_size
    return None


__all__ = ["file_in", "new_file", "reach_in", "take"]
