"""Before a case is filed: words and files become a draft card, the card's choices are changed, or it is thrown away.

Invariant: what a resident chose by hand is never guessed again, and each part that a message brought can be taken out again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import msgspec

from bot.rules.county import County, Kind, Urgency
from bot.rules.dialog import Dialog, Drafting, FilePart, Idle, Part, PhonePart, PlacePart, Written
from bot.rules.due import Due, TidyDraft
from bot.rules.effect import Drop, Effects, Fetch, Priority, Send
from bot.rules.entry import Channel
from bot.rules.file import MOST_PARTS
from bot.rules.guess import guess
from bot.rules.guest import guest_language
from bot.rules.identity import PersonId, TownshipId
from bot.rules.message import Attached, CardPart, DraftCard, DraftTidied, OwnGiven, Picking, Remark, Said
from bot.rules.place import nearest_township
from bot.rules.temper import is_angry, is_desperate

ANCHOR: Final = "draft"
LONGEST_WORDS: Final = 8000
"""Characters of one draft; two of Telegram's longest messages."""

KEPT: Final = timedelta(hours=24)
"""How long a draft may lie unchanged."""

DISCARDED: Final = {
    Channel.HOTLINE: Remark.CALL_DISCARDED,
    Channel.COUNTER: Remark.CALL_DISCARDED,
    Channel.VISIT: Remark.HEARD_DISCARDED,
}
"""What is said when a draft is thrown away that was written down for somebody else, by how they came."""


def write_words(  # noqa: PLR0913 (who wrote what, where and when)
    county: County,
    person: PersonId,
    dialog: Dialog,
    last_township: TownshipId | None,
    text: str,
    *,
    update: int = 0,
    message: int = 0,
    at: datetime | None = None,
) -> Effects:
    """Add words to the open draft, or begin one; the same words again are said to be there, and not added.

    Args:
        update: the place in the inbox of what brings them.
        message: Telegram's number of the message that said them, so that an edit of it finds them.
        at: now; without it the draft is never tidied away.
    """
    before = _begun(county, dialog, last_township, update)
    if any(written.text == text for written in before.written):
        return Effects(dialog=before, sends=(card(person, before, before.picking, None, is_repeated=True),))
    return _rewritten(county, person, before, (*before.written, Written(message, text)), at)


def edit_words(county: County, person: PersonId, draft: Drafting, written: Written, at: datetime) -> Effects:
    """Say the edited words of a message instead of its earlier ones; without text they are taken out."""
    changed = (written if each.message == written.message else each for each in draft.written)
    return _rewritten(county, person, draft, tuple(each for each in changed if each.text), at)


def add_part(  # noqa: PLR0913 (who sent what, where and when)
    county: County,
    person: PersonId,
    dialog: Dialog,
    last_township: TownshipId | None,
    part: Part,
    *,
    caption: str,
    update: int,
    at: datetime,
    fetch: Fetch | None = None,
) -> Effects:
    """Add a file, a place or a phone number to the open draft, with the words under it, or begin one.

    A second place or phone number takes the place of the first.
    """
    before = _begun(county, dialog, last_township, update)
    if len(before.parts) >= MOST_PARTS:
        return Effects(sends=(Send(person, Said(Remark.TOO_MANY_PARTS)),))
    others = tuple(each for each in before.parts if isinstance(part, FilePart) or type(each) is not type(part))
    township = before.township
    if isinstance(part, PlacePart):
        township = nearest_township(county.townships.values(), part.latitude, part.longitude) or township
    before = msgspec.structs.replace(before, parts=(*others, part), township=township)
    written = (*before.written, Written(part.message, caption)) if caption else before.written
    effects = _rewritten(county, person, before, written, at)
    if effects.dialog is None:
        return effects  # the words were too many: the part goes with them
    return effects + Effects(fetches=() if fetch is None else (fetch,))


def remove_part(county: County, person: PersonId, draft: Drafting, message: int, replaces: int | None) -> Effects:
    """Take out what a message brought: its words, its file; with nothing left the draft is thrown away."""
    written = tuple(each for each in draft.written if each.message != message)
    gone = tuple(part for part in draft.parts if part.message == message)
    left = msgspec.structs.replace(draft, parts=tuple(part for part in draft.parts if part.message != message))
    if not written and not left.parts:
        return discard(person, replaces, draft=draft)
    dropped = tuple(Drop(part.file, person) for part in gone if isinstance(part, FilePart))
    return _rewritten(county, person, left, written, draft.changed_at, replaces) + Effects(dropped=dropped)


def show(person: PersonId, draft: Drafting, replaces: int | None = None) -> Effects:
    """Keep the draft as it is now and show its card, in place where one is shown already."""
    return Effects(dialog=draft, sends=(card(person, draft, draft.picking, replaces),))


def card(person: PersonId, draft: Drafting, picking: Picking, replaces: int | None, *, is_repeated: bool = False) -> Send:
    """Show a draft with the choice that is open, and whether the last words stood there already."""
    shown = DraftCard(
        words=draft.words,
        kind=draft.kind,
        category=draft.category,
        township=draft.township,
        is_guessed=draft.is_guessed,
        picking=picking,
        begun_by=draft.begun_by,
        because=draft.because if draft.is_guessed else (),
        urgency=draft.urgency,
        parts=_card_parts(draft),
        is_named=draft.name is not None,
        channel=draft.channel,
        guest=guest_language(draft.words) if picking is Picking.NOTHING else None,
        is_angry=picking is Picking.NOTHING and is_angry(draft.words),
        is_desperate=not picking.is_over and not draft.is_for_another and is_desperate(draft.words),
        is_repeated=is_repeated,
        about=draft.about,
    )
    return Send(person, shown, anchor=None if picking.is_over else ANCHOR, replaces=replaces)


def ask_words(person: PersonId, draft: Drafting | None = None) -> Effects:
    """Ask what is wrong, and let the next words make a new card."""
    return begin_anew(person, draft) + Effects(sends=(Send(person, Said(Remark.ASK_WORDS)),))


def begin_anew(person: PersonId, draft: Drafting | None) -> Effects:
    """Leave what was begun: what is written next makes a new card, and nothing of the earlier draft is kept."""
    return Effects(dialog=Idle(), forget_anchor=ANCHOR, dropped=drops_of(person, draft))


def discard(person: PersonId, replaces: int | None = None, *, draft: Drafting | None = None) -> Effects:
    """Throw the draft away; nothing of it is kept. Whoever wrote for somebody else reads how to do so again."""
    remark = Remark.DRAFT_DISCARDED if draft is None else DISCARDED.get(draft.channel, Remark.DRAFT_DISCARDED)
    said = Send(person, Said(remark), replaces=replaces)
    return Effects(dialog=Idle(), forget_anchor=ANCHOR, sends=(said,), dropped=drops_of(person, draft))


def tidy(person: PersonId, draft: Drafting | None, begun_by: int, now: datetime) -> Effects:
    """Throw away a draft that lay unchanged for a day, and say so; look again later at one that was added to since."""
    if draft is None or draft.begun_by != begun_by or draft.changed_at is None:
        return Effects()
    if now < draft.changed_at + KEPT:
        return Effects(planned=(_tidying(person, draft, draft.changed_at),))
    return Effects(ended=(person,), dropped=drops_of(person, draft), sends=(Send(person, DraftTidied(), Priority.NOTICE),))


def _tidying(person: PersonId, draft: Drafting, changed_at: datetime) -> Due:
    due_at = changed_at + KEPT
    key = f"draft/{person}/{draft.begun_by}/{due_at.isoformat(timespec='seconds')}"
    return Due(key=key, at=due_at, task=TidyDraft(person=person, begun_by=draft.begun_by))


def _begun(county: County, dialog: Dialog, last_township: TownshipId | None, update: int) -> Drafting:
    """Return the open draft, or one with nothing in it yet."""
    if isinstance(dialog, Drafting):
        if dialog.words and not dialog.written:  # of an earlier program
            return msgspec.structs.replace(dialog, written=(Written(0, dialog.words),))
        return dialog
    *_, anything_else = county.categories
    return Drafting(
        words="",
        kind=Kind.COMPLAINT,
        category=anything_else,
        township=last_township,
        urgency=Urgency.NORMAL,
        is_guessed=True,  # by the words, once there are any
        begun_by=update,
    )


def _rewritten(
    county: County,
    person: PersonId,
    before: Drafting,
    written: tuple[Written, ...],
    at: datetime | None,
    replaces: int | None = None,
) -> Effects:
    """Guess about all the words there are now, and show the card."""
    words = "\n".join(each.text for each in written)
    if len(words) > LONGEST_WORDS:
        return Effects(sends=(Send(person, Said(Remark.TOO_LONG)),))
    guessed = guess(county, words)
    is_first = not before.words and before.changed_at is None
    draft = msgspec.structs.replace(
        before,
        words=words,
        kind=guessed.kind if before.is_guessed else before.kind,
        category=guessed.category if before.is_guessed else before.category,
        township=(guessed.township if is_first and guessed.township else before.township) or guessed.township,
        urgency=Urgency.NORMAL if before.is_calm else guessed.urgency,
        because=guessed.because,
        written=written,
        picking=Picking.NOTHING,
        changed_at=at,
    )
    planned = (_tidying(person, draft, at),) if at is not None and before.changed_at is None else ()
    return msgspec.structs.replace(show(person, draft, replaces), planned=planned)


def _card_parts(draft: Drafting) -> tuple[CardPart, ...]:
    words = [(each.message, Attached.WORDS) for each in draft.written]
    parts = [(part.message, _what(part)) for part in draft.parts]
    brought = {message for message, _ in parts}
    listed = [each for each in words if each[0] not in brought] + parts
    return tuple(CardPart(message, what) for message, what in sorted(listed, key=lambda each: each[0]))


def given_in(draft: Drafting) -> OwnGiven:
    """Say what a draft holds besides words, for its owner to read."""
    phones = [part.phone for part in draft.parts if isinstance(part, PhonePart)]
    places = [f"{part.latitude:.5f},{part.longitude:.5f}" for part in draft.parts if isinstance(part, PlacePart)]
    return OwnGiven(
        name=draft.name,
        phone=phones[-1] if phones else None,
        place=places[-1] if places else None,
        files=tuple(part.media for part in draft.files),
    )


def _what(part: Part) -> Attached:
    match part:
        case FilePart(media=media):
            return Attached(media.value)
        case PlacePart():
            return Attached.PLACE
        case PhonePart():
            return Attached.PHONE


def drops_of(person: PersonId, draft: Drafting | None) -> tuple[Drop, ...]:
    """Return the files of a draft that is thrown away: nobody wants them any more."""
    return () if draft is None else tuple(Drop(part.file, person) for part in draft.files)


__all__ = [
    "ANCHOR",
    "Picking",
    "add_part",
    "ask_words",
    "card",
    "discard",
    "drops_of",
    "edit_words",
    "given_in",
    "remove_part",
    "show",
    "tidy",
    "write_words",
]
