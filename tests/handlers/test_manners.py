"""What is answered with what to do instead, and what is taken as a report all the same."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
import pytest
from telegram import Chat, Contact, Message, MessageOriginChannel, MessageOriginUser, User

from bot.rules.dialog import Adding, Answering, Dialog, Idle
from bot.rules.entry import Channel
from bot.rules.message import Remark
from handlers.resident.manners import is_link_alone, remark_on
from tests.support.builders import NUMBER, WORDS, draft

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)
CHAT = Chat(42, Chat.PRIVATE)
NEWS = MessageOriginChannel(NOON, Chat(-100, Chat.CHANNEL, title="news"), 7)
FRIEND = MessageOriginUser(NOON, User(7, "friend", is_bot=False))
DRAFT = draft()


def message(text: str, origin: MessageOriginChannel | MessageOriginUser | None = None) -> Message:
    """Make a message of words."""
    return Message(2, NOON, CHAT, text=text, forward_origin=origin)


@pytest.mark.parametrize(
    ("text", "origin", "dialog", "remark"),
    [
        (WORDS, None, Idle(), None),
        (WORDS, NEWS, Idle(), Remark.FORWARDED),
        (WORDS, NEWS, DRAFT, Remark.FORWARDED),
        (WORDS, FRIEND, Idle(), None),
        (WORDS, None, DRAFT, None),
        ("还是没有人来", None, DRAFT, None),
        ("https://example.org/a", None, Idle(), Remark.LINK_ALONE),
        ("https://example.org/a", None, DRAFT, None),
        ("https://example.org/a", NEWS, Answering(case=NUMBER, round=1, pause=1), None),
        ("路灯坏了 https://example.org/a", None, Idle(), None),
    ],
)
def test_a_remark_says_what_to_do_instead(
    text: str, origin: MessageOriginChannel | MessageOriginUser | None, dialog: Dialog, remark: Remark | None
) -> None:
    """Of a channel's news, of a link alone; never of an answer that was asked for."""
    assert remark_on(message(text, origin), text, dialog) is remark


def contact_of(account: int | None) -> Message:
    """Make a contact card of somebody, sent by the account whose chat it is."""
    person = User(CHAT.id, "somebody", is_bot=False)
    return Message(2, NOON, CHAT, from_user=person, contact=Contact("13899991234", "friend", user_id=account))


@pytest.mark.parametrize("dialog", [Idle(), DRAFT, Adding(case=NUMBER)])
def test_a_number_of_another_account_is_not_the_senders(dialog: Dialog) -> None:
    """Whoever handles the case would call a neighbour; of a number without an account nobody knows whose it is."""
    assert remark_on(contact_of(7), "", dialog) is Remark.NUMBER_OF_ANOTHER
    assert remark_on(contact_of(CHAT.id), "", dialog) is None
    assert remark_on(contact_of(None), "", dialog) is None


def test_an_operator_sends_the_callers_number() -> None:
    """The matter is the caller's, and so is the number by which they are called back."""
    assert remark_on(contact_of(7), "", msgspec.structs.replace(DRAFT, channel=Channel.HOTLINE)) is None


@pytest.mark.parametrize(
    ("text", "is_alone"),
    [
        ("https://example.org", True),
        ("看 t.me/news/1 www.example.org", True),
        ("example", False),
        ("HTTPS://EXAMPLE.ORG/村口的路灯坏了", True),
        ("村口路灯 https://example.org", False),
    ],
)
def test_a_link_is_alone_with_hardly_a_word_beside(text: str, *, is_alone: bool) -> None:
    """What stands in the address itself is no word."""
    assert is_link_alone(text) is is_alone
