"""Joining a case instead of filing one: what is offered, when it may be carried out, and what comes of it."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from bot.actions.case_page import case_page
from bot.actions.draft import ANCHOR, show
from bot.actions.join_case import join_case, may_be_offered, offer
from bot.actions.matter import Matter
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, NotFound
from bot.rules.case import Case, State
from bot.rules.dialog import Drafting, FilePart, Idle, PhonePart
from bot.rules.effect import Effects, Keep
from bot.rules.entry import RESIDENT, Added, Replied, VoiceAdded
from bot.rules.file import Media
from bot.rules.identity import FileId, PersonId
from bot.rules.message import PROOF_HOLE, Alike, DraftCard, News, PageStep, Picking, Receipt, TaskNotice
from bot.rules.slot import said_slot
from tests.support.builders import (
    CONDUCT,
    DUE_AT,
    EVERYBODY,
    NEIGHBOUR,
    NOW,
    NUMBER,
    OFFICER,
    QIONGBOLA,
    RESIDENT_PERSON,
    ROADS,
    SUPERVISOR,
    TRANSPORT,
    WORDS,
    case_in,
    county,
    draft,
)
from tests.support.known import desk

OWN = "村口路灯不亮了"


def drafted() -> Drafting:
    """Have a draft of the same matter in other words."""
    return msgspec.structs.replace(draft(), words=OWN, begun_by=7)


def joined(case: Case, own: Drafting | None = None, person: PersonId = NEIGHBOUR) -> Effects:
    """Join a case behind which one resident stands."""
    matter = Matter(case, (), WORDS, (RESIDENT_PERSON,), EVERYBODY, pressed=77)
    return join_case(desk(), matter, own or drafted(), person, NOW)


def test_whoever_joins_is_the_next_voice_with_words_of_their_own() -> None:
    """The ledger has both entries, the vault the words, the table the person; the draft is over."""
    effects = joined(case_in(State.ACCEPTED))
    (change,) = effects.cases
    (added, said) = (entry.fact for entry in change.entries)
    assert added == VoiceAdded(voice=2)
    assert isinstance(said, Added)
    assert said.words is not None
    assert (said.voice, change.joining, change.after.voices) == (2, (NEIGHBOUR,), 2)
    assert {entry.actor for entry in change.entries} == {RESIDENT}
    assert [(words.case, words.slot, words.text) for words in effects.words] == [(NUMBER, said_slot(said.words), OWN)]
    assert (effects.dialog, effects.forget_anchor) == (Idle(), ANCHOR)


def test_they_get_a_receipt_and_the_officer_in_charge_hears_once() -> None:
    """The card loses its buttons; the officer reads the new words."""
    card, receipt, notice = joined(case_in(State.ACCEPTED)).sends
    assert isinstance(card.message, DraftCard)
    assert (card.to, card.message.picking, card.replaces) == (NEIGHBOUR, Picking.ADDED, 77)
    township = draft().township
    expected = Receipt(
        case=NUMBER, unit=TRANSPORT, category=ROADS, township=township, due_at=DUE_AT, proof=PROOF_HOLE, is_joined=True
    )
    assert (receipt.to, receipt.message) == (NEIGHBOUR, expected)
    assert isinstance(notice.message, TaskNotice)
    assert (notice.to, notice.message.news, notice.message.said) == (OFFICER.person, News.JOINED_BY, OWN)
    assert notice.message.voices == 2


def test_in_triage_the_supervisors_hear() -> None:
    """No unit has the case, so no officer of one is told."""
    heard = [send.to for send in joined(case_in(State.TRIAGE)).sends if isinstance(send.message, TaskNotice)]
    assert heard == [SUPERVISOR.person]


def test_files_go_along_and_what_tells_who_it_is_does_not() -> None:
    """And the receipt says so."""
    parts = (FilePart(3, FileId("f-1"), Media.PHOTO), PhonePart(4, "110"))
    effects = joined(case_in(State.ACCEPTED), msgspec.structs.replace(drafted(), parts=parts))
    assert effects.kept == (Keep(FileId("f-1"), NUMBER, "added/2/1", RESIDENT),)
    assert [words.text for words in effects.words] == [OWN]
    receipts = [send.message for send in effects.sends if isinstance(send.message, Receipt)]
    assert [each.is_less for each in receipts] == [True]
    named = joined(case_in(State.ACCEPTED), msgspec.structs.replace(drafted(), name="阿不都"))
    assert [send.message.is_less for send in named.sends if isinstance(send.message, Receipt)] == [True]


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED, State.REFUSED, State.WITHDRAWN, State.MERGED])
def test_what_is_over_is_not_joined(state: State) -> None:
    """Also when the card was drawn while it was open."""
    with pytest.raises(IllegalTransition):
        joined(case_in(state))


def test_nobody_joins_twice() -> None:
    """A second press changes nothing."""
    with pytest.raises(IllegalTransition):
        joined(case_in(State.ACCEPTED), person=RESIDENT_PERSON)


def test_a_case_that_was_not_offered_is_as_good_as_none() -> None:
    """A made-up button opens no case: not a confidential one, of another place or matter, or in other words."""
    case = case_in(State.ACCEPTED)
    other = msgspec.structs.replace(drafted(), words="村口的垃圾没人清")
    elsewhere = msgspec.structs.replace(drafted(), township=QIONGBOLA)
    about = msgspec.structs.replace(drafted(), category=CONDUCT)
    for wrong, own in (
        (replace(case, is_confidential=True), drafted()),
        (case, other),
        (case, elsewhere),
        (case, about),
    ):
        with pytest.raises(NotFound):
            joined(wrong, own)


def test_what_is_told_of_the_offered_case_is_four_facts() -> None:
    """Its number, unit, state and limit; the card itself stays as it was."""
    before = show(NEIGHBOUR, drafted())
    after = offer(before, case_in(State.ACCEPTED))
    (plain,), (offering,) = before.sends, after.sends
    assert isinstance(plain.message, DraftCard)
    alike = Alike(case=NUMBER, unit=TRANSPORT, state=State.ACCEPTED, due_at=DUE_AT)
    assert offering.message == msgspec.structs.replace(plain.message, alike=alike)
    assert replace(after, sends=before.sends) == before


def test_nothing_is_offered_where_nothing_may_be() -> None:
    """After *mine is another matter*, while a choice is open, without a place or words, and in a confidential matter."""
    assert may_be_offered(county(), drafted())
    for changed in (
        {"is_apart": True},
        {"picking": Picking.KIND},
        {"township": None},
        {"words": ""},
        {"category": CONDUCT},
    ):
        assert not may_be_offered(county(), msgspec.structs.replace(drafted(), **changed)), changed


def test_whoever_joined_reads_neither_the_others_words_nor_what_was_said_before() -> None:
    """Their own words and what the unit says from then on they do read."""
    effects = joined(case_in(State.ACCEPTED))
    (change,) = effects.cases
    (own,) = effects.words
    before = msgspec.structs.replace(change.entries[0], actor=OFFICER.id, fact=Replied(words="ab" * 32, stock=None))
    later = msgspec.structs.replace(before, fact=Replied(words="cd" * 32, stock=None))
    entries = (before, *change.entries, later)
    words = {"filed": WORDS, said_slot("ab" * 32): "对第一位的回复", said_slot("cd" * 32): "周五修", own.slot: own.text}
    people = {each.id: each for each in EVERYBODY}

    def read(voice: int, person: PersonId) -> tuple[str, list[tuple[PageStep, str | None]]]:
        page = case_page(desk(), Stake(change.after, voice, person, WORDS, EVERYBODY), entries, words, people, NOW)
        return page.words, [(step.step, step.words) for step in page.steps]

    assert read(2, NEIGHBOUR) == (
        "",
        [(PageStep.WROTE, None), (PageStep.JOINED_BY_READER, None), (PageStep.ADDED, OWN), (PageStep.WROTE, "周五修")],
    )
    assert read(1, RESIDENT_PERSON) == (
        WORDS,
        [(PageStep.WROTE, "对第一位的回复"), (PageStep.JOINED, None), (PageStep.WROTE, "周五修")],
    )
