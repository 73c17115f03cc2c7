"""What stands on the buttons around people who phone or come to a counter.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

CALLER_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under a code that an operator reads aloud to a caller: it was read, take it out of the chat.
    Label.HIDE_CODE: Phrase("button", "Read aloud, hide the code"),
    # tr: Button for an operator: write down the next caller's matter.
    Label.ENTER_NEXT: Phrase("button", "Enter the next one"),
    # tr: Button for an operator: show one case whose caller waits to be asked by telephone; {case} is its number.
    Label.OPEN_CALL: Phrase("button", "Ask the caller of {case}"),
    # tr: Button for an operator: show the caller's phone number; it is entered in the ledger who opened it.
    Label.OPEN_NUMBER: Phrase("button", "Open the phone number (is entered)"),
    # tr: Button for an operator: the list of callers who wait to be asked.
    Label.LIST_CALLS: Phrase("button", "Who waits to be asked"),
    # tr: Button for an operator: somebody is on the line about a case that was entered before.
    Label.FIND_CALLER: Phrase("button", "Someone phones about a case"),
    # tr: Button for an operator: write down what the caller answers to the unit's question.
    Label.HEAR_ANSWER: Phrase("button", "Write down the answer"),
    # tr: Button for an operator: whoever is on the line wants to add something to their case.
    Label.HEARD_ADDITION: Phrase("button", "The caller adds something"),
    # tr: Button for an operator: whoever is on the line wants the unit to be urged.
    Label.HEARD_URGE: Phrase("button", "The caller urges the unit"),
    # tr: Button for an operator: whoever is on the line wants their closed case to go on.
    Label.HEARD_REOPEN: Phrase("button", "The caller wants it to go on"),
    # tr: Button for an operator: whoever is on the line wants to take their case back; it is asked once more.
    Label.HEARD_WITHDRAW: Phrase("button", "The caller withdraws it"),
    # tr: Button for an operator: the caller was asked once more, and wants their case to be withdrawn.
    Label.HEARD_WITHDRAWAL: Phrase("button", "The caller is sure: withdraw"),
    # tr: Button for an operator: whoever is on the line wants to leave their case to the others behind it.
    Label.HEARD_LEAVE: Phrase("button", "The caller leaves it to the others"),
    # tr: Button for an operator: the caller was asked once more, and leaves their case to the others behind it.
    Label.HEARD_LEAVING: Phrase("button", "The caller is sure: leave"),
    # tr: Button for an operator: whoever is on the line had left the case to the others, and wants to be behind it again.
    Label.HEARD_RETURN: Phrase("button", "The caller comes back"),
    # tr: Button under a field visit: count households that were seen; {value} is +1, +5 or -1.
    Label.VISIT_HOUSEHOLDS: Phrase("button", "Households {value}"),
    # tr: Button under a field visit: count firms that were seen; {value} is +1, +5 or -1.
    Label.VISIT_FIRMS: Phrase("button", "Firms {value}"),
    # tr: Button under a field visit: enter it.
    Label.VISIT_ENTER: Phrase("button", "Enter the visit"),
    # tr: Button after a field visit: write down a matter that was heard; it becomes a case.
    Label.ENTER_HEARD: Phrase("button", "Enter a matter that was heard"),
}
