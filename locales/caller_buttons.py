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
}
