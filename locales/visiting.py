"""What is said around field visits: the card on which one is put down, and what follows it.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from bot.rules.message import VisitCard, VisitEntered
from locales.facts import BLANK
from locales.markup import Block
from locales.speech import Speech


def blocks(speech: Speech, message: VisitCard | VisitEntered) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case VisitCard():
            return _card(speech, message)
        case VisitEntered():
            return _entered(speech, message)


def _card(speech: Speech, card: VisitCard) -> list[Block]:
    # tr: Heading while the township of a field visit is being chosen from buttons.
    where = speech.heading("Where was the visit?")
    # tr: Heading of a field visit that an official is putting down. 走访
    visit = speech.heading("Field visit, not entered yet")
    told: list[Block] = [
        where if card.is_picking else visit,
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(card.township)),
        *_seen(speech, card.households, card.firms),
    ]
    if card.is_lacking:
        # tr: A field visit cannot be entered yet.
        told += [BLANK, speech.line("Please choose the township, and count at least one household or firm.")]
    told.append(BLANK)
    # tr: For an official who puts a field visit down: names are not kept; matters come after it.
    told.append(speech.line("Names are not asked for. What you heard is entered after this, each matter as a case."))
    return told


def _seen(speech: Speech, households: int, firms: int) -> list[Block]:
    return [
        # tr: Fact: how many households a field visit saw.
        speech.line("Households seen: {count}", count=speech.number(households)),
        # tr: Fact: how many firms a field visit saw.
        speech.line("Firms seen: {count}", count=speech.number(firms)),
    ]


def _entered(speech: Speech, message: VisitEntered) -> list[Block]:
    return [
        # tr: Heading: a field visit is in the ledger now.
        speech.heading("The visit is entered"),
        # tr: Fact: the township of a case.
        speech.line("Place: {township}", township=speech.township(message.township)),
        *_seen(speech, message.households, message.firms),
        BLANK,
        # tr: After a field visit: each matter that was heard becomes a case of its own.
        speech.line("What did people say? Enter each matter: it gets a unit, a limit and a number."),
    ]
