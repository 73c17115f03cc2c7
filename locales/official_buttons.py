"""What stands on the buttons with which officials act on a case.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

OFFICIAL_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Officer's button: the unit signs for the case. 签收
    Label.ACCEPT: Phrase("button", "Accept"),
    # tr: Officer's button: the unit says that it is done. 办结
    Label.RESOLVE: Phrase("button", "Resolve"),
    # tr: Officer's button: ask for a later deadline. 延期
    Label.EXTEND: Phrase("button", "Extend"),
    # tr: Officer's button: it is not ours, give it back. 退回
    Label.TRANSFER: Phrase("button", "Transfer"),
}
