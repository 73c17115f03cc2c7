"""What is read from words to a case: the draft card, and the receipt with what happens next.

Invariant: no sentence is put together from pieces; a message is whole sentences of the catalogue, one under the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from bot.rules.case import State
from bot.rules.county import Urgency
from bot.rules.entry import Channel
from bot.rules.file import LARGEST, Unwanted
from bot.rules.message import (
    Alike,
    Attached,
    DraftCard,
    DraftMessage,
    DraftTidied,
    FileRefused,
    Picking,
    Receipt,
    ReceiptPicture,
)
from locales import guests, slip
from locales.catalogue import Phrase
from locales.facts import BLANK, due, emergency_numbers
from locales.figures import channel_of
from locales.markup import Block, Html, Quote, cleaned, code, shortened
from locales.speech import Speech

PREVIEW_CHARACTERS: Final = 600


MOST_REASONS: Final = 4
"""How many words of a guess the card names."""

PREVIEW_LINES: Final = 12
"""How much of a long report the draft card repeats."""


def blocks(speech: Speech, message: DraftMessage) -> list[Block]:
    """Say a message of this area; the union is matched whole."""
    match message:
        case DraftCard():
            return draft_card(speech, message)
        case ReceiptPicture():
            return slip.caption(speech, message)
        case Receipt():
            return receipt(speech, message)
        case FileRefused(why=why):
            return file_refused(speech, why)
        case DraftTidied():
            return tidied(speech)


def draft_card(speech: Speech, message: DraftCard) -> list[Block]:
    """Show what will be sent, a long text shortened."""
    words = cleaned(message.words).strip()
    preview, is_cut = shortened(words, PREVIEW_CHARACTERS, PREVIEW_LINES)
    blocks: list[Block] = [*_first_of_all(speech, message), _draft_heading(speech, message.picking)]
    if words:
        blocks.append(Quote(f"{preview}…" if is_cut else preview))
    if is_cut:
        size = speech.number(len(words))
        # tr: Under the shortened text of a long report: all of it will be sent.
        blocks.append(speech.line("({size} characters in all; everything will be sent)", size=size))
    if message.is_repeated and not message.picking.is_over:
        # tr: On the card of a draft, when the same words were sent again: they are not added a second time.
        blocks.append(speech.line("(you have said this already; it is not added again)"))
    if message.is_angry and message.picking is Picking.NOTHING:
        # tr: On the card of a draft that is written in anger: kind, without blame.
        blocks.append(speech.line("We hear that you are upset. Your matter is taken and handled like any other."))
    attached = attached_line(speech, [part.what for part in message.parts if part.what is not Attached.WORDS])
    if attached is not None:
        blocks.append(attached)
    if message.picking is Picking.ADDED:
        return blocks  # kind, category and place are those of the case that it went to
    # tr: Fact: what kind of matter it is (complaint, request, …).
    blocks.append(speech.line("Kind: {kind}", kind=speech.kind(message.kind)))
    category = speech.category(message.category)
    if message.is_guessed and not message.picking.is_over:
        # tr: Fact: the category, chosen by the program from words; the resident can change it.
        blocks.append(speech.line("Category: {category} (guessed from your words, you can change it)", category=category))
        if message.because:
            because = speech.join([cleaned(word) for word in message.because[:MOST_REASONS]])
            # tr: How the category was guessed; {words} are words of the resident's own.
            blocks.append(speech.line("(the guess went by: {words})", words=because))
    else:
        # tr: Fact: the category of a case, such as roads.
        blocks.append(speech.line("Category: {category}", category=category))
    # tr: Fact: the township of a case.
    blocks.append(speech.line("Place: {township}", township=speech.township(message.township)))
    blocks += _about(speech, message)
    blocks += _whose(speech, message)
    if message.picking is Picking.NOTHING:
        blocks += _what_next(speech, message, has_words=bool(words))
    return blocks


def _what_next(speech: Speech, message: DraftCard, *, has_words: bool) -> list[Block]:
    """Say what can be done with a draft: join or add to what is like it, say more, send it."""
    told: list[Block] = []
    if message.alike is not None:
        told += _offered(speech, message.alike)
    if message.recent is not None:
        told += [
            BLANK,
            _belonging(speech, is_asked=message.is_asked),
            speech.line("Number: {case}", case=code(message.recent)),
        ]
    if not has_words:
        # tr: A draft has no words yet, only a photo, a place or the like.
        told += [BLANK, speech.line("Please add a few words: what is wrong?")]
    if message.alike is not None and message.alike.is_own:
        return told
    # tr: What to do with a draft. The button says 提交 in Chinese; name it as your button is named.
    return [*told, BLANK, speech.line("All right? Then press “Send”. To add something, write another message.")]


def _belonging(speech: Speech, *, is_asked: bool) -> Html:
    """Say that the words may belong to a case of the reader's own, and how to put them there."""
    if is_asked:
        # tr: On a draft: a unit asked the reader something and waits for it; the case's number stands under it.
        return speech.line("Is it your answer to what the unit asked? Then press the first button.")
    # tr: On a draft: the reader filed a case a little while ago; its number stands under it, and on the button.
    return speech.line("Does it belong to what you sent before? Then press the first button.")


def _about(speech: Speech, message: DraftCard) -> list[Block]:
    """Say of a confidential matter who does not see it, or how to say so."""
    known = speech.county.categories.get(message.category)
    if known is None or not known.is_confidential:
        return []
    if message.about is not None:
        # tr: Fact: the unit whose officials a matter is about.
        return [speech.line("About officials of: {unit}. Nobody there sees it.", unit=speech.unit(message.about))]
    if message.picking is not Picking.NOTHING:
        return []
    # tr: On the card of a complaint about officials: why it is worth saying of which unit; there is a button for it.
    return [speech.line("Say of which unit the officials are: then nobody of that unit sees it.")]


def _whose(speech: Speech, message: DraftCard) -> list[Block]:
    """Say whether the sender gives their name, or for whom else it is."""
    if message.channel is not Channel.BOT:
        return _for_another(speech, message)
    if message.is_named:
        # tr: Fact: the resident gives their name for this matter.
        return [speech.line("Name: the officer in charge may see it")]
    # tr: Fact: the resident stays anonymous in this matter.
    return [speech.line("Name: not given, you stay anonymous")]


def _for_another(speech: Speech, message: DraftCard) -> list[Block]:
    """Say for whom an operator writes it down, and how to leave a phone number."""
    # tr: Fact: how a case came in, such as Hotline or Counter.
    told: list[Block] = [speech.line("Came in by: {channel}", channel=channel_of(speech, message.channel))]
    has_phone = any(part.what is Attached.PHONE for part in message.parts)
    if not has_phone and not message.picking.is_over:
        # tr: For an operator: how the caller's phone number is kept.
        told.append(speech.line("A message that is only a phone number is sealed and serves for calling back."))
    return told


def _offered(speech: Speech, alike: Alike) -> list[Block]:
    """Say that something like it is being worked on: nothing that anybody else wrote."""
    if alike.is_own and alike.state is State.CLOSED:
        # tr: On a draft: the reader themself reported something like it before, which was closed not long ago.
        heading = speech.heading("You reported this, and it was closed")
        # tr: On a draft, under a closed case of one's own: "It is not over" and "Mine is another matter".
        said = speech.line(
            "Is it so again, or still? Press the first button: the case goes on under its number, with what you write now. "
            "If it is another matter, press the second."
        )
    elif alike.is_own:
        # tr: On a draft: the reader themself reported something like it before, and it is being worked on.
        heading = speech.heading("You have reported this already")
        # tr: On a draft, under a case of one's own that is like it: "Add to {case}" and "Mine is another matter".
        said = speech.line("To add what you write now, press the first button. If it is another matter, press the second.")
    else:
        # tr: On a draft: another resident reported a similar matter in the same township, and it is being worked on.
        heading = speech.heading("A similar matter is being worked on already")
        # tr: On a draft, under a similar case. The buttons say "Join it" and "Mine is another matter"; name them so.
        said = speech.line(
            "The same thing? Press “Join it”: your words go to that unit, you are told of everything and judge it in the "
            "end. If not, press “Mine is another matter”."
        )
    return [
        BLANK,
        heading,
        # tr: Fact: the number of a case, such as CB-2026-000123.
        speech.line("Number: {case}", case=code(alike.case)),
        # tr: Fact: the unit that answers for a case.
        speech.line("Responsible unit: {unit}", unit=speech.unit(alike.unit)),
        # tr: Fact: where a case stands.
        speech.line("State: {state}", state=speech.state(alike.state)),
        *([] if alike.state is State.CLOSED else [due(speech, alike.due_at)]),
        said,
    ]


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
        case Picking.PARTS:
            # tr: Heading of a draft while a part of it is being chosen from buttons, to be taken out.
            return speech.heading("What shall be taken out?")
        case Picking.TOWNSHIP:
            # tr: Heading of a draft while the township is being chosen from buttons.
            return speech.heading("Where is it?")
        case Picking.ABOUT:
            # tr: Heading: the resident chooses of which unit the officials are that a complaint is about.
            return speech.heading("Of which unit are the officials?")
        case Picking.SENT:
            # tr: Heading of what was a draft, once it was sent; the receipt follows as another message.
            return speech.heading("Sent")
        case Picking.ADDED:
            # tr: Heading of what was a draft, once it was added to a case that there was before; it is no report of its own.
            return speech.heading("Sent, as part of the earlier case")


def _first_of_all(speech: Speech, message: DraftCard) -> list[Block]:
    """Say what matters more than the report: who listens, whom to ring; and greet a guest in their language."""
    told: list[Block] = []
    if message.is_desperate:
        # tr: First line of a draft of somebody who writes that they cannot go on; warm and plain. {number} is 12356, the
        # tr: national line for psychological help (全国统一心理援助热线).
        listens = speech.heading(
            "You are not alone. Someone listens at {number}, for psychological help; or go to somebody near you now.",
            number="12356",
        )
        told += [listens, BLANK]
    if message.urgency is Urgency.EMERGENCY and not message.picking.is_over:
        told += _whom_to_ring(speech)
    if message.guest is not None and message.picking is Picking.NOTHING:
        told += [guests.greeting(message.guest, is_right_to_left=speech.is_right_to_left), BLANK]
    return told


def _whom_to_ring(speech: Speech) -> list[Block]:
    """Say whom to ring before anything else; the numbers are those of the whole country."""
    return [
        # tr: First line of a draft whose words sound like an emergency.
        speech.heading("If anyone is in danger, ring now, do not wait for an answer here:"),
        emergency_numbers(speech),
        BLANK,
    ]


def attached_line(speech: Speech, parts: Iterable[Attached]) -> Html | None:
    """Count what came besides words; None where nothing came."""
    count = Counter(parts)
    if not count:
        return None
    listed = speech.join([_counted(speech, what, count[what]) for what in Attached if what in count])
    # tr: Fact: what came with a draft besides words; {parts} is a list such as "2 photos, 1 voice message".
    return speech.line("Attached: {parts}", parts=listed)


def _counted(speech: Speech, what: Attached, count: int) -> str:
    match what:
        case Attached.PHOTO:
            # tr: In a list of what came with a draft.
            return speech.counted("{count} photo", "{count} photos", count)
        case Attached.VOICE:
            # tr: In a list of what came with a draft.
            return speech.counted("{count} voice message", "{count} voice messages", count)
        case Attached.VIDEO:
            # tr: In a list of what came with a draft.
            return speech.counted("{count} video", "{count} videos", count)
        case Attached.DOCUMENT:
            # tr: In a list of what came with a draft.
            return speech.counted("{count} document", "{count} documents", count)
        case Attached.PLACE:
            return speech.text(PLACE)
        case Attached.PHONE | Attached.WORDS:
            return speech.text(PHONE)


# tr: In a list of what came with a draft: a place on the map.
PLACE = Phrase("attached", "a place on the map (only the officer in charge sees it)")
# tr: In a list of what came with a draft: a phone number.
PHONE = Phrase("attached", "a phone number (only the officer in charge sees it)")


def file_refused(speech: Speech, why: Unwanted) -> list[Block]:
    """Say that a file is not kept, why, and what to do."""
    fields = {"size": speech.number(LARGEST >> 20)} if why is Unwanted.TOO_LARGE else {}
    said = speech.paragraph(REFUSALS[why], **fields)
    # tr: After a file was not taken: nothing else is lost.
    return [said, speech.line("Everything else that you sent is kept.")]


REFUSALS: Final[Mapping[Unwanted, Phrase]] = {
    # tr: A file that was sent is not kept.
    Unwanted.TOO_LARGE: Phrase(
        "refused", "A file was not taken: it is larger than {size} megabytes. Please send a smaller one."
    ),
    # tr: A file that was sent is not kept: its content is of a kind that is not taken.
    Unwanted.WRONG_KIND: Phrase(
        "refused",
        "A file was not taken: only photos, videos, sound, PDF, Word, Excel and text are. Please send a photo of it.",
    ),
    # tr: A file that was sent is not kept: it is damaged.
    Unwanted.BROKEN: Phrase("refused", "A file was not taken: it is damaged and cannot be read. Please send it again."),
    # tr: A file that was sent is not kept: Telegram no longer has it.
    Unwanted.GONE: Phrase("refused", "A file was not taken: it could not be fetched from Telegram. Please send it again."),
}


def tidied(speech: Speech) -> list[Block]:
    """Say that a draft was thrown away."""
    return [
        # tr: A draft lay for a day without being sent.
        speech.line("Your draft was not sent for a day, so it was thrown away. Nothing of it is kept."),
        # tr: What to do after a draft was thrown away.
        speech.line("If it still matters, just write again."),
    ]


def receipt(speech: Speech, message: Receipt) -> list[Block]:
    """Tell the number, the unit, the limit and what happens next."""
    if message.is_joined:
        # tr: Heading of a receipt: the reader stands behind somebody else's case from now on.
        heading = speech.heading("You have joined this case. Thank you for telling us.")
    else:
        # tr: Heading of a receipt: the matter is in the ledger now.
        heading = speech.heading("Registered. Thank you for telling us.")
    blocks: list[Block] = [
        heading,
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
    if message.is_less:
        # tr: Receipt of whoever joined a case: of their draft only words and files were passed on.
        blocks.append(speech.line("Your name, place or phone number was not passed on and is not kept; you are anonymous."))
    return [
        *blocks,
        # tr: How to follow a case; {command} is /my.
        speech.line("To see where it stands: {command}", command="/my"),
        # tr: Proof that the entry is in the ledger; {proof} is a row of hex digits.
        speech.line(
            "Proof of entry: {proof} (keep it: it shows that the ledger holds your matter)", proof=code(message.proof)
        ),
    ]
