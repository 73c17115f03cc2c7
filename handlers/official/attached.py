"""What came with a case besides words: files for those who work on it; place, phone, name for the one in charge.

Every look is an entry, and the resident sees who looked. A voice is never played: in a village of 300 it is the person.
"""

from __future__ import annotations

from typing import Final

from bot.rules.access import Act, require_for
from bot.rules.case import Case, State
from bot.rules.effect import Effects, Send
from bot.rules.entry import Entry, Look, Looked
from bot.rules.file import Media, is_voice
from bot.rules.identity import CaseNumber
from bot.rules.life import goes_on_as
from bot.rules.message import FileShown, Remark, Said, WhereShown
from bot.rules.slot import NAME, PHONE, PLACE
from handlers.context import Context

LOOKS: Final = ((PLACE, Look.PLACE), (PHONE, Look.CONTACT), (NAME, Look.IDENTITY))

FILER: Final = 1
"""The voice whom phone number and name belong to."""

OWN: Final = frozenset({PHONE, NAME})
"""What nobody sees any more once the filer has left the case, or the one that it was merged into."""


async def show(context: Context, number: CaseNumber) -> Effects:
    """Show what came with a case, as far as it is this official's to see."""
    read = context.desk.read
    case = await read.case(number)
    staff = require_for(context.sender.roles, Act.SEE_CASE, case)
    files = await read.files_of(number)
    voices = [file for file in files if file.media is Media.VOICE or (file.type is not None and is_voice(file.type))]
    shown = [file for file in files if file not in voices and file.type is not None]
    given: dict[str, str] = {}
    if case.officer == staff.id:
        hidden = OWN if await _has_filer_left(context, case) else frozenset()
        found = {slot: await read.words_of(number, slot) for slot, _ in LOOKS if slot not in hidden}
        given = {slot: words for slot, words in found.items() if words is not None}
    if not files and not given:
        return Effects(sends=(Send(staff.person, Said(Remark.NOTHING_ATTACHED)),))
    looks = [look for slot, look in LOOKS if slot in given] + ([Look.FILES] if shown else [])
    latitude, longitude = (float(part) for part in given[PLACE].split(",")) if PLACE in given else (None, None)
    where = WhereShown(
        case=number,
        latitude=latitude,
        longitude=longitude,
        phone=given.get(PHONE),
        name=given.get(NAME),
        voices=len(voices),
        waiting=sum(file.type is None for file in files),
        files=len(shown),
    )
    return Effects(
        entries=tuple(Entry(at=context.now, actor=staff.id, case=number, fact=Looked(at_what=look)) for look in looks),
        sends=(
            Send(staff.person, where),
            *(
                Send(staff.person, FileShown(case=number, file=file.id, media=file.media, place=place, of=len(shown)))
                for place, file in enumerate(shown, start=1)
            ),
        ),
    )


async def _has_filer_left(context: Context, case: Case) -> bool:
    """Say whether the filer left a case, or one that it goes on as: they stood behind that one, too."""
    read, number = context.desk.read, case.number
    if FILER in case.left:
        return True
    filer = next((person for voice, person in await read.voices_of(number) if voice == FILER), None)
    if filer is None or case.state is not State.MERGED:
        return False
    while (into := goes_on_as(await read.entries_of(number))) is not None:
        if await read.has_left(into, filer):
            return True
        number = into
    return False
