"""A file sent while something about a case was asked, a resident's addition or a unit's evidence: it goes into the case.

Whose it is decides where it goes: `added/VOICE/N` for a voice of the case, `evidence/ROUND/N` for those who work on it.
"""

from __future__ import annotations

from typing import Final

from telegram import Message as TelegramMessage

from bot.actions.ask_translation import voices_heard
from bot.rules.access import EVERY_ROLE, Act, require_for
from bot.rules.dialog import (
    Adding,
    Answering,
    CardWriting,
    Dialog,
    Drafting,
    FindingCaller,
    HearingAnswer,
    Idle,
    InGroup,
    Linking,
    Measuring,
    OnTheLine,
    OpeningMeeting,
    Proposing,
    Raising,
    ReachingMilestone,
    RenewingCode,
    Signing,
    Translating,
    Visiting,
)
from bot.rules.effect import NOTHING, Effects, Fetch, Keep, Send
from bot.rules.entry import RESIDENT
from bot.rules.file import LARGEST, MOST_PARTS, Media
from bot.rules.message import Remark, Said
from bot.rules.slot import added_by, evidence_of
from bot.rules.staff import outside
from handlers.context import Context
from handlers.resident import following
from handlers.resident.parts import file_in, new_file, reach_in
from handlers.resident.stake import not_theirs

OF_OFFICIALS: Final = (
    OpeningMeeting,
    ReachingMilestone,
    Translating,
    CardWriting,
    Visiting,
    Signing,
    Proposing,
    Measuring,
    RenewingCode,
    FindingCaller,
    OnTheLine,
    HearingAnswer,
)
WITHOUT_FILES: Final = (Idle, InGroup, Drafting, Linking, Raising, *OF_OFFICIALS)
"""Dialogs that are about no case, or take nothing but words."""


async def take(message: TelegramMessage, dialog: Dialog, context: Context) -> Effects | None:
    """Put a file into the case that the dialog is about, or a place or phone number; None when the message holds none.

    Raises:
        NotFound: the case is nobody's business of the sender.
        NotPermitted: they do not work on it.
    """
    if isinstance(dialog, Adding) and (reach := reach_in(message)) is not None:
        return await following.hear_reach(context, dialog, reach)
    found = file_in(message)
    if found is None or isinstance(dialog, WITHOUT_FILES):
        return None
    person = context.sender.person
    media, source, size = found
    if (size or 0) > LARGEST:
        return Effects(sends=(Send(person, Said(Remark.FILE_TOO_LARGE)),))
    read = context.desk.read
    case = await read.case(dialog.case)
    if isinstance(dialog, Adding | Answering):
        voice = next((voice for voice, each in await read.voices_of(case.number) if each == person), None)
        if voice is None:
            raise await not_theirs(context, case.number)
        actor, under = RESIDENT, added_by(voice)
    else:
        actor, under = require_for(context.sender.roles, Act.RESOLVE, case).id, evidence_of(case.now.number)
    taken = [file.slot for file in await read.files_of(case.number) if file.slot.startswith(under)]
    if len(taken) >= MOST_PARTS:
        return Effects(sends=(Send(person, Said(Remark.TOO_MANY_PARTS)),))
    last = max((int(slot.rpartition("/")[2]) for slot in taken), default=0)
    file, slot = new_file(context), f"{under}{last + 1}"
    asked = NOTHING
    if actor == RESIDENT and media is Media.VOICE:
        staff = outside(case.about, await read.staff_of(None, EVERY_ROLE))
        _, asked = voices_heard(context.desk, case, (slot,), context.sender.language, staff, context.now)
    return asked + Effects(
        fetches=(Fetch(file, person, media, source),),
        kept=(Keep(file, case.number, slot, actor),),
        sends=(Send(person, Said(Remark.FILE_ADDED)),),
    )
