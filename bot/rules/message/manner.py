"""How a message is treated on its way: whether it is sent twice, and whether only those who hold a role read it.

Invariant: nothing here depends on what a message says, only on which one it is.
"""

from __future__ import annotations

from typing import Final

from bot.rules.message.admin import AdminMessage, DigestFile, DigestPage, RoleEnded
from bot.rules.message.audit import AsideList, AuditPage, FailedList
from bot.rules.message.caller import CallsList, OperatorMessage
from bot.rules.message.calling import CallbackList
from bot.rules.message.card import CardPage, CardsPage
from bot.rules.message.draft import ReceiptPicture
from bot.rules.message.following import CasePage
from bot.rules.message.measure import MeasureList, MeasureMessage
from bot.rules.message.meeting import MeetingCard, RaisedCard
from bot.rules.message.official import OfficialMessage, RoleMenu, TaskList
from bot.rules.message.resident import EntryProof, MyCases
from bot.rules.message.rights import OwnData
from bot.rules.message.sign import SignLetterFile, SignList, SignMessage, SignNoteFile
from bot.rules.message.translating import TranslationList

LISTS: Final = (
    AuditPage,
    AsideList,
    FailedList,
    TranslationList,
    MyCases,
    CasePage,
    TaskList,
    CallbackList,
    CallsList,
    SignList,
    MeasureList,
)
FILES: Final = (DigestFile, OwnData, ReceiptPicture, SignNoteFile, SignLetterFile, EntryProof)
ASKED_AGAIN: Final = (*LISTS, CardPage, CardsPage, DigestPage, *FILES)
"""What a person can have again by asking, and would be annoyed to be sent twice: lists, digests, files."""


def is_asked_again(message: object) -> bool:
    """Say whether a message that perhaps arrived waits for its reader to write next, rather than go out a second time.

    A receipt, a notice, a reminder or a question that is missing does harm, and one that comes twice does not.
    """
    return isinstance(message, ASKED_AGAIN)


def is_for_role(message: object) -> bool:
    """Say whether a message is for an official, to be read only as long as they are one."""
    # that a role ended is told to whoever had it, and their menu shrinks
    of_a_role = OfficialMessage | AdminMessage | SignMessage | MeasureMessage | MeetingCard | RaisedCard | OperatorMessage
    return isinstance(message, of_a_role) and not isinstance(message, RoleEnded | RoleMenu)
