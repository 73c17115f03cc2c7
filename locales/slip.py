"""What stands on a receipt that is a picture, and under it.

Invariant: neither what the case is about nor where it is, as whoever is shown it need not know.
"""

from __future__ import annotations

from bot.rules.message import ReceiptPicture
from bot.rules.slip import Slip, SlipFact
from locales.catalogue import Phrase
from locales.markup import Block, code
from locales.speech import Speech

# tr: On a receipt as a picture: what it is. 回执
TITLE = Phrase("slip", "Receipt")
# tr: On a receipt as a picture: thanks for telling; in Xibe alone it is shown, written downwards beside the Chinese title.
THANKS = Phrase("slip", "Thank you")
# tr: On a receipt as a picture, above the name of the unit that answers for the case.
UNIT = Phrase("slip", "Responsible unit")
# tr: On a receipt as a picture, above the limit, which is a date and time in words.
LIMIT = Phrase("slip", "To be resolved by")
# tr: On a receipt as a picture: this matter has no limit (praise).
NO_LIMIT = Phrase("slip", "no deadline for this kind of matter")
# tr: On a receipt as a picture: what happens next.
NEXT = Phrase("slip", "The unit signs for it, works on it and tells you.")
# tr: On a receipt as a picture: what happens in the end.
END = Phrase("slip", "In the end you say if it is solved. If you say no, it goes on.")
# tr: On a receipt as a picture, beside a code to be photographed: how its owner follows the case; the command /my follows.
TRACK_BY_CODE = Phrase("slip", "To see where it stands, scan the code, or write to the bot:")
# tr: On a receipt as a picture: how its owner follows the case; the command /my follows.
TRACK = Phrase("slip", "To see where it stands, write to the bot:")
# tr: On a receipt as a picture, above a row of digits that shows that the case stands in the ledger.
PROOF = Phrase("slip", "Proof of entry")


def slip_of(speech: Speech, message: ReceiptPicture) -> Slip:
    """Say a receipt for the picture."""
    due = speech.text(NO_LIMIT) if message.due_at is None else speech.moment(message.due_at)
    track = TRACK if message.link is None else TRACK_BY_CODE
    return Slip(
        title=speech.text(TITLE),
        title_beside=speech.beside(THANKS),
        is_right_to_left=speech.is_right_to_left,
        county=speech.county_name(),
        number=message.case,
        facts=(
            SlipFact(label=speech.text(UNIT), value=speech.unit(message.unit)),
            SlipFact(label=speech.text(LIMIT), value=due),
        ),
        steps=() if message.due_at is None else (speech.text(NEXT), speech.text(END)),
        track=speech.text(track),
        command="/my",
        link=message.link,
        proof=SlipFact(label=speech.text(PROOF), value=message.proof),
    )


def caption(speech: Speech, message: ReceiptPicture) -> list[Block]:
    """Say under the picture what it is, and that it can be shown around."""
    return [
        # tr: Under a receipt as a picture; {case} is its number.
        speech.line("Receipt of {case}", case=code(message.case)),
        # tr: Under a receipt as a picture: what stands on it, so that it can be forwarded.
        speech.line("You can forward it: it shows neither who you are nor what it is about."),
    ]
