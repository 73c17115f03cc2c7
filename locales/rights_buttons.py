"""What stands on the buttons about one's own data.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

RIGHTS_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under the welcome and the help: the page about privacy.
    Label.PRIVACY: Phrase("button", "What becomes of what I write"),
    # tr: Button: nobody shall know any more that the cases are mine; the cases go on.
    Label.FORGET_TIE: Phrase("button", "Cut the tie"),
    # tr: Button: my words shall be erased, and my open cases withdrawn.
    Label.FORGET_ALL: Phrase("button", "Erase all"),
    # tr: Button: erase nothing.
    Label.FORGET_NOTHING: Phrase("button", "Leave it as it is"),
}
