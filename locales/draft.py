"""What is read from words to a case: the draft card, and the receipt with what happens next.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from typing import Final

from bot.rules.message import (
    DraftCard,
    DraftMessage,
    Picking,
    Receipt,
)
from locales.facts import BLANK, due
from locales.markup import Block, Html, Quote, cleaned, code, shortened
from locales.speech import Speech

PREVIEW_CHARACTERS: Final = 600


PREVIEW_LINES: Final = 12
"""How much of a long report the draft card repeats."""


def blocks(speech: Speech, message: DraftMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case DraftCard():
            return draft_card(speech, message)
        case Receipt():
            return receipt(speech, message)


def draft_card(speech: Speech, message: DraftCard) -> list[Block]:
    """Show what will be sent, a long text shortened."""
    words = cleaned(message.words).strip()
    preview, is_cut = shortened(words, PREVIEW_CHARACTERS, PREVIEW_LINES)
    blocks: list[Block] = [_draft_heading(speech, message.picking), Quote(f"{preview}…" if is_cut else preview)]
    if is_cut:
        size = speech.number(len(words))
        # tr: Under the shortened text of a long report: all of it will be sent.
        blocks.append(speech.line("({size} characters in all; everything will be sent)", size=size))
    # tr: Fact: what kind of matter it is (complaint, request, …).
    blocks.append(speech.line("Kind: {kind}", kind=speech.kind(message.kind)))
    category = speech.category(message.category)
    if message.is_guessed and message.picking is not Picking.SENT:
        # tr: Fact: the category, chosen by the program from words; the resident can change it.
        blocks.append(speech.line("Category: {category} (guessed from your words, you can change it)", category=category))
    else:
        # tr: Fact: the category of a case, such as roads.
        blocks.append(speech.line("Category: {category}", category=category))
    # tr: Fact: the township of a case.
    blocks.append(speech.line("Place: {township}", township=speech.township(message.township)))
    if message.picking is Picking.NOTHING:
        # tr: What to do with a draft. The button says 提交 in Chinese; name it as your button is named.
        blocks += [BLANK, speech.line("All right? Then press “Send”. To add something, write another message.")]
    return blocks


def _draft_heading(speech: Speech, picking: Picking) -> Html:
    match picking:
        case Picking.NOTHING:
            # tr: Heading of a draft that is not yet sent.
            return speech.heading("Please check, nothing is sent yet")
        case Picking.KIND:
            # tr: Heading of a draft while the kind is being chosen from buttons.
            return speech.heading("What kind of matter is it?")
        case Picking.CATEGORY:
            # tr: Heading of a draft while the category is being chosen from buttons.
            return speech.heading("What is it about?")
        case Picking.TOWNSHIP:
            # tr: Heading of a draft while the township is being chosen from buttons.
            return speech.heading("Where is it?")
        case Picking.SENT:
            # tr: Heading of what was a draft, once it was sent; the receipt follows as another message.
            return speech.heading("Sent")


def receipt(speech: Speech, message: Receipt) -> list[Block]:
    """Tell the number, the unit, the limit and what happens next."""
    blocks: list[Block] = [
        # tr: Heading of a receipt: the matter is in the ledger now.
        speech.heading("Registered. Thank you for telling us."),
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(message.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(message.unit)),
        # tr: Fact: the category of a case, such as roads.
        speech.line("Category: {category}", category=speech.category(message.category)),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(message.township)),
        due(speech, message.due_at),
        BLANK,
    ]
    if message.due_at is None:
        # tr: What happens next to praise and the like, which has no deadline.
        blocks.append(speech.line("The unit will read it. Nothing more is needed from you."))
    else:
        # tr: What happens next to a new case.
        blocks.append(speech.line("Next: the unit signs for it, works on it and tells you here."))
        # tr: What happens next, at the end: what rating "not solved" does.
        blocks.append(speech.line("In the end you say if it is solved. If you say no, it goes on."))
    return [
        *blocks,
        # tr: How to follow a case; {command} is /my.
        speech.line("To see where it stands: {command}", command="/my"),
        # tr: Proof that the entry is in the ledger; {proof} is a row of hex digits.
        speech.line(
            "Proof of entry: {proof} (keep it: it shows that the ledger holds your matter)", proof=code(message.proof)
        ),
    ]
