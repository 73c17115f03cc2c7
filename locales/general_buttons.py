"""What stands on buttons for whoever sees them.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

GENERAL_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under a list: open this case.
    Label.SHOW_CASE: Phrase("button", "Show {case}"),
    # tr: Button: stop what was begun.
    Label.CANCEL: Phrase("button", "Cancel"),
    # tr: Button: choose another language.
    Label.CHANGE_LANGUAGE: Phrase("button", "Change the language"),
    # tr: Button under a list of choices: back to the draft, nothing changed.
    Label.BACK: Phrase("button", "Back"),
}
