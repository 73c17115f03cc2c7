"""Words become a draft card, more words add to it, and a choice made by hand is kept."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from bot.actions.draft import ANCHOR, LONGEST_WORDS, ask_words, discard, show, write_words
from bot.rules.county import Kind
from bot.rules.dialog import Dialog, Drafting, Idle, Resolving, Written
from bot.rules.effect import Effects, Send
from bot.rules.entry import Channel
from bot.rules.message import Attached, CardPart, DraftCard, Picking, Remark, Said
from tests.support.builders import (
    HEATING,
    NUMBER,
    QAPQAL_TOWN,
    QIONGBOLA,
    RESIDENT_PERSON,
    ROADS,
    WORDS,
    county,
    draft,
)


def writing(text: str, dialog: Dialog | None = None, last: str | None = None) -> Effects:
    """Write to the bot as the resident."""
    township = QAPQAL_TOWN if last else None
    return write_words(county(), RESIDENT_PERSON, dialog or Idle(), township, text)


def drafted(effects: Effects) -> Drafting:
    """Return the draft that is open afterwards."""
    assert isinstance(effects.dialog, Drafting)
    return effects.dialog


def test_one_message_makes_a_card() -> None:
    """The first words are guessed about and shown, ready to be sent."""
    effects = writing(WORDS)
    card = DraftCard(
        words=WORDS,
        kind=Kind.COMPLAINT,
        category=ROADS,
        township=None,
        is_guessed=True,
        picking=Picking.NOTHING,
        because=("路灯", "坏了"),
        parts=(CardPart(0, Attached.WORDS),),
    )
    assert effects.sends == (Send(RESIDENT_PERSON, card, anchor=ANCHOR),)
    found = drafted(effects)
    assert (found.words, found.written, found.because) == (WORDS, (Written(0, WORDS),), ("路灯", "坏了"))


def test_more_words_are_added_and_guessed_about_together() -> None:
    """A second message goes under the first; the card is the same one, about both."""
    more = drafted(writing("还停电停水", drafted(writing("路灯坏了"))))
    assert more.words == "路灯坏了\n还停电停水"
    assert more.category == HEATING


def test_a_choice_made_by_hand_outlives_more_words() -> None:
    """What a resident changed is not guessed again."""
    chosen = msgspec.structs.replace(draft(HEATING, Kind.REQUEST), is_guessed=False)
    more = drafted(writing("路灯也坏了?", chosen))
    assert (more.category, more.kind, more.is_guessed) == (HEATING, Kind.REQUEST, False)


def test_the_place_is_the_drafts_else_the_named_one_else_the_last_used() -> None:
    """What is on the card already holds, then what the words say, then what the resident used before."""
    assert drafted(writing("琼博拉镇路灯坏了", draft())).township == QAPQAL_TOWN
    assert drafted(writing("琼博拉镇路灯坏了", last="used")).township == QIONGBOLA
    assert drafted(writing("路灯坏了", last="used")).township == QAPQAL_TOWN


def test_an_officer_who_writes_begins_a_draft_like_anyone() -> None:
    """A conversation of another sort is no draft to add to."""
    assert drafted(writing(WORDS, Resolving(case=NUMBER))).words == WORDS


def test_words_beyond_the_longest_are_not_taken() -> None:
    """At the limit they are; past it the person is told, and the draft stays as it was."""
    assert drafted(writing("字" * LONGEST_WORDS)).words == "字" * LONGEST_WORDS
    refused = Effects(sends=(Send(RESIDENT_PERSON, Said(Remark.TOO_LONG)),))
    assert writing("字" * (LONGEST_WORDS + 1)) == refused
    assert writing("字", drafted(writing("字" * (LONGEST_WORDS - 1)))) == refused


def test_a_card_is_changed_in_place() -> None:
    """Pressing a button of the card edits that message, and the draft is kept as it is shown."""
    picking = msgspec.structs.replace(draft(), picking=Picking.KIND)
    effects = show(RESIDENT_PERSON, picking, 7)
    assert effects.dialog == picking
    (sent,) = effects.sends
    assert isinstance(sent.message, DraftCard)
    assert (sent.message.picking, sent.anchor, sent.replaces) == (Picking.KIND, ANCHOR, 7)
    assert replace(sent, replaces=None) == show(RESIDENT_PERSON, picking).sends[0]


def test_asking_for_words_forgets_the_draft() -> None:
    """The next words make a new card, not a change to the old one."""
    effects = ask_words(RESIDENT_PERSON)
    assert (effects.dialog, effects.forget_anchor) == (Idle(), ANCHOR)
    assert effects.sends == (Send(RESIDENT_PERSON, Said(Remark.ASK_WORDS)),)


def test_a_discarded_draft_is_gone_from_the_chat() -> None:
    """By its button the card itself turns into the answer; by a command the answer is a message of its own."""
    said = Said(Remark.DRAFT_DISCARDED)
    assert discard(RESIDENT_PERSON, 7) == Effects(
        dialog=Idle(), forget_anchor=ANCHOR, sends=(Send(RESIDENT_PERSON, said, replaces=7),)
    )
    assert discard(RESIDENT_PERSON).sends == (Send(RESIDENT_PERSON, said),)


@pytest.mark.parametrize(
    ("channel", "remark"),
    [
        (Channel.BOT, Remark.DRAFT_DISCARDED),
        (Channel.HOTLINE, Remark.CALL_DISCARDED),
        (Channel.COUNTER, Remark.CALL_DISCARDED),
        (Channel.VISIT, Remark.HEARD_DISCARDED),
    ],
)
def test_whoever_wrote_for_another_is_not_asked_to_just_write(channel: Channel, remark: Remark) -> None:
    """What they would write then would be a report of their own, and no caller's."""
    begun = replace(drafted(writing(WORDS)), channel=channel)
    assert [send.message for send in discard(RESIDENT_PERSON, 7, draft=begun).sends] == [Said(remark)]


def test_the_same_words_again_are_not_added() -> None:
    """The card says so where it stands; other words are added as ever."""
    begun = drafted(writing(WORDS))
    again = writing(WORDS, begun)
    assert drafted(again) == begun
    (send,) = again.sends
    assert isinstance(send.message, DraftCard)
    assert (send.anchor, send.message.is_repeated, send.message.words) == (ANCHOR, True, WORDS)
    assert drafted(writing("还停电停水", begun)).words == f"{WORDS}\n还停电停水"
