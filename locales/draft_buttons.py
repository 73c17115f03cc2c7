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
    # tr: Button under a complaint about officials: choose of which unit they are; shows what is chosen.
    Label.PICK_ABOUT: Phrase("button", "About: {value}"),
    # tr: Button under a complaint about officials, and its state at first: it is not said of which unit they are.
    Label.ABOUT_NOBODY: Phrase("button", "not said"),
    # tr: Button under a draft: opens the list of what came with it, so that parts can be taken out.
    Label.PICK_PARTS: Phrase("button", "Attachments, take out"),
    # tr: Button: take words out of a draft; {value} is a number, from 1.
    Label.REMOVE_WORDS: Phrase("button", "Take out: text {value}"),
    # tr: Button: take a photo out of a draft; {value} is a number, from 1.
    Label.REMOVE_PHOTO: Phrase("button", "Take out: photo {value}"),
    # tr: Button: take a voice message out of a draft; {value} is a number, from 1.
    Label.REMOVE_VOICE: Phrase("button", "Take out: voice message {value}"),
    # tr: Button: take a video out of a draft; {value} is a number, from 1.
    Label.REMOVE_VIDEO: Phrase("button", "Take out: video {value}"),
    # tr: Button: take a document out of a draft; {value} is a number, from 1.
    Label.REMOVE_DOCUMENT: Phrase("button", "Take out: document {value}"),
    # tr: Button: take the place on the map out of a draft.
    Label.REMOVE_PLACE: Phrase("button", "Take out: place on the map"),
    # tr: Button: take the phone number out of a draft.
    Label.REMOVE_PHONE: Phrase("button", "Take out: phone number"),
    # tr: Button under a draft that is anonymous: the officer in charge may know who it is.
    Label.GIVE_NAME: Phrase("button", "Give my name"),
    # tr: Button under a draft that gives the name: stay anonymous instead.
    Label.STAY_ANONYMOUS: Phrase("button", "Stay anonymous"),
    # tr: Button under a draft whose words sound like an emergency: it is none.
    Label.NO_EMERGENCY: Phrase("button", "It is no emergency"),
    # tr: Button under a draft with which a similar open case is shown: stand behind that one too.
    Label.JOIN_CASE: Phrase("button", "Join it"),
    # tr: Button under a draft: its words and files belong to a case that the resident sent before.
    Label.ADD_TO_CASE: Phrase("button", "Add to {case}"),
    # tr: Button under a draft with which a similar open case is shown: mine is another matter, file it.
    Label.FILE_APART: Phrase("button", "Mine is another matter"),
    # tr: Button in the list of townships: the resident does not know, or it is nowhere in particular.
    Label.UNKNOWN_TOWNSHIP: Phrase("button", "I cannot say where"),
}
