"""A translator takes a text, writes its translation in one message, gives it back or corrects it; its readers are told.

Invariant: whoever writes a translation has the text, from that message on where nobody had it, and only they correct it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Final

import msgspec

from bot.actions.ask_translation import reminders_of
from bot.actions.matter import Matter, in_charge, told, watching
from bot.errors import IllegalTransition, StaleButton
from bot.ports import Desk
from bot.rules.access import Act, require
from bot.rules.case import Case, State
from bot.rules.chain import SALT_BYTES, text_commitment
from bot.rules.dialog import Idle, Translating
from bot.rules.effect import Effects, Priority, Remembered, Send, TranslationChange, Words
from bot.rules.entry import Entry, Look, Looked, Translated
from bot.rules.file import Media
from bot.rules.identity import FileId, PersonId, StaffId
from bot.rules.memory import pairs, put_together
from bot.rules.message import Earlier, FileShown, News, Standing, TextLine, TranslationCard, TranslationList, WordsTranslated
from bot.rules.slot import FILED
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE, Legible, Rendered, Rendering, Translation, can_translate

LISTED: Final = 8
"""Texts in one list: as many as a phone shows with their buttons."""


@dataclass(frozen=True, slots=True)
class Desired:
    """A text in front of a translator.

    Attributes:
        roles: all that the translator holds.
        original: what is to be translated; empty for a voice.
        translation: as it is now.
        readers: who stands behind the case and reads the language that it goes into.
        file: the voice that is to be written down, once it is here.
        known: its sentences that were translated before, normalised, with how.
        is_next: the translator's next message is taken for its translation.
    """

    case: Case
    item: Translation
    roles: tuple[Staff, ...]
    original: str
    translation: str | None
    readers: tuple[PersonId, ...] = ()
    file: FileId | None = None
    known: Mapping[str, str] = field(default_factory=dict)
    pressed: int | None = None
    is_next: bool = False

    def translator(self) -> Staff:
        """Return the role in which this can be translated; raises NotPermitted."""
        return translator_of(self.roles, self.item)


def translator_of(roles: Iterable[Staff], item: Translation) -> Staff:
    """Return the role in which somebody translates a text; raises NotPermitted."""
    return require((each for each in roles if can_translate(each, item.language)), Act.TRANSLATE)


def list_translations(
    roles: Sequence[Staff],
    waiting: tuple[Sequence[Translation], int],
    done: Sequence[Translation],
    page: int,
    *,
    pressed: int | None,
) -> Effects:
    """List what waits, a page of it, and the last that the reader translated."""
    reader = require(roles, Act.TRANSLATE)
    own = {each.id for each in roles}
    items, total = waiting
    message = TranslationList(
        lines=tuple(_line(item, own) for item in items),
        total=total,
        page=page,
        done=tuple(_line(item, own) for item in done),
    )
    return Effects(sends=(Send(reader.person, message, replaces=pressed),))


def open_text(desired: Desired, now: datetime) -> Effects:
    """Show a text beside its translation; reading what a resident wrote is a look, which they see.

    What waits for nobody else can be translated by the next message, as whoever reads it does without pressing more.
    """
    translator = desired.translator()
    waits = _standing(desired) in {Standing.FREE, Standing.MINE}
    asked = Translating(case=desired.item.case, text=desired.item.id) if waits else None
    shown = Effects(dialog=asked, sends=(Send(translator.person, _card(desired), replaces=desired.pressed),))
    if desired.item.target != CHINESE:
        return shown
    look = Looked(at_what=Look.ORIGINAL)
    if desired.file is not None:
        heard = FileShown(case=desired.item.case, file=desired.file, media=Media.VOICE, place=1, of=1)
        shown += Effects(sends=(Send(translator.person, heard),))
    return shown + Effects(entries=(Entry(at=now, actor=translator.id, case=desired.item.case, fact=look),))


def take_text(desired: Desired, now: datetime) -> Effects:
    """Be at a text from now on, also in place of a colleague, or correct one's own; the next message is the translation.

    Raises:
        NotPermitted: they do not translate this language.
        IllegalTransition: a colleague has translated it.
    """
    translator, item = desired.translator(), desired.item
    own = {each.id for each in desired.roles}
    if item.is_done and item.done_by not in own:
        raise IllegalTransition
    taken = item
    changes: tuple[TranslationChange, ...] = ()
    if not item.is_done and item.taken_by not in own:
        taken = replace(item, version=item.version + 1, taken_by=translator.id, taken_at=now)
        changes = (TranslationChange(item, taken),)
    card = _card(replace(desired, item=taken), Standing.MINE)
    return Effects(
        translations=changes,
        dialog=Translating(case=item.case, text=item.id),
        sends=(Send(translator.person, card, replaces=desired.pressed),),
    )


def give_back(desired: Desired) -> Effects:
    """Leave a text to the colleagues again.

    Raises:
        NotPermitted, IllegalTransition: it is not the translator's to give back, or no longer.
    """
    translator, item = desired.translator(), desired.item
    if item.is_done or item.taken_by not in {each.id for each in desired.roles}:
        raise IllegalTransition
    free = replace(item, version=item.version + 1, taken_by=None, taken_at=None)
    card = _card(replace(desired, item=free))
    return Effects(
        translations=(TranslationChange(item, free),),
        dialog=Idle(),
        sends=(Send(translator.person, card, replaces=desired.pressed),),
    )


def show_missed(desired: Desired) -> Effects:
    """Show a text as it stands to whoever comes after a colleague with it: nothing of what they did counts.

    Raises:
        NotPermitted: they do not translate this language.
    """
    translator, card = desired.translator(), msgspec.structs.replace(_card(desired), is_missed=True)
    dialog = Idle() if desired.is_next else None
    return Effects(dialog=dialog, sends=(Send(translator.person, card, replaces=desired.pressed),))


def write_translation(desk: Desk, desired: Desired, matter: Matter, text: str, now: datetime) -> Effects:
    """Keep a translation, or the correction of one's own, and tell those for whom it is.

    Args:
        matter: the case as officials have it in front of them; where it was merged, the one that it goes on as.

    Raises:
        NotPermitted: they do not translate this language.
        IllegalTransition: a colleague has it by now.
    """
    translator, item = desired.translator(), desired.item
    if _standing(desired) in {Standing.TAKEN, Standing.DONE}:
        raise IllegalTransition
    salt = desk.randomness.bytes(SALT_BYTES)
    fact = Translated(slot=item.slot, language=item.target, words=text_commitment(salt, text))
    done = replace(
        item,
        version=item.version + 1,
        done_by=translator.id,
        done_role=translator.role,
        done_at=now,
        taken_by=item.taken_by or translator.id,
        taken_at=item.taken_at or now,
    )
    card = _card(replace(desired, item=done, translation=text))
    return Effects(
        entries=(Entry(at=now, actor=translator.id, case=item.case, fact=fact),),
        words=(Words(item.case, item.place, text, salt),),
        translations=(TranslationChange(item, done),),
        remembered=_remembered(desired, done, text),
        cancelled=(reminders_of(item),),
        dialog=Idle(),
        sends=(Send(translator.person, card, replaces=desired.pressed), *_told(desk, desired, done, matter, text, now)),
    )


def use_earlier(desk: Desk, desired: Desired, matter: Matter, mark: str, now: datetime) -> Effects:
    """Take what was put together from earlier translations as the translation of a text.

    Args:
        mark: tells the translation that was shown from any other.

    Raises:
        NotPermitted: they do not translate this language.
        IllegalTransition: a colleague is at it, or it is translated.
        StaleButton: what was shown is no longer what there is.
    """
    translator, item = desired.translator(), desired.item
    _, whole = put_together(desired.original, desired.known)
    if whole is None or mark_of(whole) != mark:
        raise StaleButton
    if item.is_done or (item.taken_by is not None and item.taken_by not in {each.id for each in desired.roles}):
        raise IllegalTransition
    taken = replace(desired, item=replace(item, taken_by=translator.id, taken_at=now))
    written = write_translation(desk, taken, matter, whole, now)
    changes = tuple(replace(change, before=item) for change in written.translations)
    return msgspec.structs.replace(written, translations=changes, dialog=Idle() if desired.is_next else None)


def mark_of(text: str) -> str:
    """Tell one proposal from any other; eight hex digits for a button."""
    return sha256(text.encode()).hexdigest()[:8]


def _told(desk: Desk, desired: Desired, done: Translation, matter: Matter, text: str, now: datetime) -> tuple[Send, ...]:
    """Tell the officials who handle the case, or what it goes on as, or those behind it who read the language."""
    is_corrected = desired.item.is_done
    if done.target != CHINESE:
        message = WordsTranslated(
            case=done.case,
            unit=desired.case.unit,
            words=text,
            original=desired.original,
            is_corrected=is_corrected,
        )
        return tuple(Send(person, message, Priority.NOTICE) for person in desired.readers)
    rendering = Rendering(state=Rendered.DONE, at=now, role=done.done_role, staff=done.done_by)
    first = News.WRITTEN_DOWN if done.is_voice else News.TRANSLATED
    if matter.case.number != done.case:
        first = News.MERGED_READABLE
    read, news = Legible(text, rendering), News.RETRANSLATED if is_corrected else first
    readers = watching(matter) if matter.case.state is State.TRIAGE else in_charge(matter, matter.case)
    if done.slot == FILED and matter.case.number == done.case:
        spoken = () if isinstance(matter.words, str) else matter.words.spoken
        return told(desk, replace(matter, words=Legible(text, rendering, spoken)), matter.case, readers, now, news)
    return told(desk, matter, matter.case, readers, now, news, read)


def _remembered(desired: Desired, done: Translation, text: str) -> tuple[Remembered, ...]:
    """Remember the sentences of a text; of what is confidential, and of a voice, nothing."""
    if desired.case.is_confidential or done.is_voice:
        return ()
    return (Remembered(done, tuple(pairs(desired.original, text).items())),)


def _card(desired: Desired, standing: Standing | None = None) -> TranslationCard:
    item, case = desired.item, desired.case
    found, whole = put_together(desired.original, {} if item.is_done else desired.known)
    return TranslationCard(
        text=item.id,
        case=item.case,
        source=item.source,
        target=item.target,
        due_at=item.due_at,
        category=case.category,
        township=case.township,
        is_voice=item.is_voice,
        standing=standing or _standing(desired),
        is_here=not item.is_voice or desired.file is not None,
        original=desired.original,
        translation=desired.translation,
        earlier=tuple(Earlier(sentence=sentence, translation=made) for sentence, made in found),
        whole=whole,
        mark="" if whole is None else mark_of(whole),
    )


def _standing(desired: Desired) -> Standing:
    item, own = desired.item, {each.id for each in desired.roles}
    if item.is_done:
        return Standing.WRITTEN if item.done_by in own else Standing.DONE
    if item.taken_by is None:
        return Standing.FREE
    return Standing.MINE if item.taken_by in own else Standing.TAKEN


def _line(item: Translation, own: Collection[StaffId]) -> TextLine:
    return TextLine(
        text=item.id,
        case=item.case,
        source=item.source,
        target=item.target,
        due_at=item.due_at,
        is_voice=item.is_voice,
        is_taken=item.taken_by is not None,
        is_mine=item.taken_by is not None and item.taken_by in own,
    )
