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
    # tr: Button under a field visit: count households that were seen; {value} is +1, +5 or -1.
    Label.VISIT_HOUSEHOLDS: Phrase("button", "Households {value}"),
    # tr: Button under a field visit: count firms that were seen; {value} is +1, +5 or -1.
    Label.VISIT_FIRMS: Phrase("button", "Firms {value}"),
    # tr: Button under a field visit: enter it.
    Label.VISIT_ENTER: Phrase("button", "Enter the visit"),
    # tr: Button after a field visit: write down a matter that was heard; it becomes a case.
    Label.ENTER_HEARD: Phrase("button", "Enter a matter that was heard"),
}
