"""What stands on the buttons under a draft.

Invariant: a button's text is plain and short.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from locales.catalogue import Phrase
from locales.label import Label

DRAFT_BUTTONS: Final[Mapping[Label, Phrase]] = {
    # tr: Button under a draft: file it. 提交
    Label.SEND: Phrase("button", "Send"),
    # tr: Button under a draft: throw it away.
    Label.DISCARD: Phrase("button", "Discard"),
    # tr: Button under a draft: choose another kind; shows the present one.
    Label.PICK_KIND: Phrase("button", "Kind: {value}"),
    # tr: Button under a draft: choose another category; shows the present one.
    Label.PICK_CATEGORY: Phrase("button", "Category: {value}"),
    # tr: Button under a draft: choose another township; shows the present one.
    Label.PICK_TOWNSHIP: Phrase("button", "Place: {value}"),
    # tr: Button in the list of townships: the resident does not know, or it is nowhere in particular.
    Label.UNKNOWN_TOWNSHIP: Phrase("button", "I cannot say where"),
}
