"""Before a case is filed: words become a draft card, the card's choices are changed, or it is thrown away."""

from __future__ import annotations

from bot.rules.county import County
from bot.rules.dialog import Dialog, Drafting, Idle
from bot.rules.effect import Effects, Send
from bot.rules.guess import guess
from bot.rules.identity import PersonId, TownshipId
from bot.rules.message import DraftCard, Picking, Remark, Said

ANCHOR = "draft"
LONGEST_WORDS = 8000
"""Characters of one draft; two of Telegram's longest messages."""


def write_words(
    county: County, person: PersonId, dialog: Dialog, last_township: TownshipId | None, text: str, *, update: int = 0
) -> Effects:
    """Add words to the open draft, or begin one; `update` is the place in the inbox of what brings them."""
    before = dialog if isinstance(dialog, Drafting) else None
    words = f"{before.words}\n{text}" if before is not None and before.words else text
    if len(words) > LONGEST_WORDS:
        return Effects(sends=(Send(person, Said(Remark.TOO_LONG)),))
    guessed = guess(county, words)
    keeps_choice = before is not None and not before.is_guessed
    draft = Drafting(
        words=words,
        kind=before.kind if before is not None and keeps_choice else guessed.kind,
        category=before.category if before is not None and keeps_choice else guessed.category,
        township=(before.township if before is not None else None) or guessed.township or last_township,
        urgency=guessed.urgency,
        is_guessed=not keeps_choice,
        begun_by=before.begun_by if before is not None else update,
    )
    return show(person, draft)


def show(person: PersonId, draft: Drafting, replaces: int | None = None) -> Effects:
    """Keep the draft as it is now and show its card, in place where one is shown already."""
    return Effects(dialog=draft, sends=(card(person, draft, draft.picking, replaces),))


def card(person: PersonId, draft: Drafting, picking: Picking, replaces: int | None) -> Send:
    """Show a draft with the choice that is open."""
    shown = DraftCard(
        words=draft.words,
        kind=draft.kind,
        category=draft.category,
        township=draft.township,
        is_guessed=draft.is_guessed,
        picking=picking,
        begun_by=draft.begun_by,
    )
    return Send(person, shown, anchor=None if picking is Picking.SENT else ANCHOR, replaces=replaces)


def ask_words(person: PersonId) -> Effects:
    """Begin anew: ask what is wrong, and let the next words make a new card."""
    return Effects(dialog=Idle(), forget_anchor=ANCHOR, sends=(Send(person, Said(Remark.ASK_WORDS)),))


def discard(person: PersonId, replaces: int | None = None) -> Effects:
    """Throw the draft away; nothing of it is kept."""
    said = Send(person, Said(Remark.DRAFT_DISCARDED), replaces=replaces)
    return Effects(dialog=Idle(), forget_anchor=ANCHOR, sends=(said,))


__all__ = ["ANCHOR", "Picking", "ask_words", "card", "discard", "show", "write_words"]
