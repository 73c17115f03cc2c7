"""What stands on the buttons of those who watch over the county.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

ADMIN_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Admin's button: the one who asked becomes an admin.
    Label.LET_IN: Phrase("button", "Agree"),
    # tr: Admin's button: the one who asked does not become an admin.
    Label.KEEP_OUT: Phrase("button", "Refuse"),
}
