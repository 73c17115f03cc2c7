"""A draft that belongs to a case of its writer's own is added to it; what is filed already is not filed again."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from bot.actions.add_draft import add_draft, go_on_with
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import State
from bot.rules.dialog import FilePart, Idle, PhonePart, PlacePart
from bot.rules.entry import Added, Channel, Reopened
from bot.rules.file import MOST_PARTS, Media
from bot.rules.identity import FileId
from bot.rules.message import AdditionTaken, Attached, CaseReopened, DraftCard, News, Remark, Said, TaskNotice
from bot.rules.slot import PHONE
from tests.support.builders import NOW, OFFICER, RESIDENT_PERSON, WORDS, case_in, draft
from tests.support.known import desk

PHOTO = FilePart(9, FileId("f-9"), Media.PHOTO)


def stake(state: State = State.ACCEPTED) -> Stake:
    """Stand behind a case as its first voice, while an official works on it."""
    return Stake(case_in(state), 1, RESIDENT_PERSON, WORDS, (OFFICER,))


def test_words_and_files_go_into_the_case() -> None:
    """The words are an addition, the file lies behind those that are there; the filer's phone number is the case's now."""
    more = msgspec.structs.replace(draft(), parts=(PHOTO, PhonePart(10, "13800000000")))
    effects = add_draft(desk(), stake(), more, ("filed/1", "added/1/3", "added/2/7"), NOW)
    (change,) = effects.cases
    assert [type(entry.fact) for entry in change.entries] == [Added]
    assert [(keep.slot, keep.file) for keep in effects.kept] == [("added/1/4", "f-9")]
    assert isinstance(effects.dialog, Idle)
    assert any(isinstance(send.message, AdditionTaken) for send in effects.sends)
    assert {words.slot: words.text for words in effects.words if words.slot == PHONE} == {PHONE: "13800000000"}
    assert [words.text for words in effects.words if words.slot != PHONE] == [more.words]


def test_nothing_is_kept_of_how_to_reach_who_joined() -> None:
    """They stay anonymous: a place alone is no addition of theirs, and beside words the card no longer shows it."""
    joined = msgspec.structs.replace(draft(), parts=(PHOTO, PlacePart(11, 43.84, 81.15)))
    second = replace(stake(), voice=2)
    effects = add_draft(desk(), second, joined, (), NOW)
    assert [words.text for words in effects.words] == [joined.words]
    (card,) = [send.message for send in effects.sends if isinstance(send.message, DraftCard)]
    assert [part.what for part in card.parts] == [Attached.PHOTO]
    alone = add_draft(desk(), second, msgspec.structs.replace(joined, words="", parts=joined.parts[1:]), (), NOW)
    assert [send.message for send in alone.sends] == [Said(Remark.WORDS_FIRST)]


def test_a_photo_alone_changes_no_state() -> None:
    """It is kept, and said to be, to its sender and to whoever is in charge."""
    effects = add_draft(desk(), stake(), msgspec.structs.replace(draft(), words="", parts=(PHOTO,)), (), NOW)
    assert (effects.cases, effects.words) == ((), ())
    assert [keep.slot for keep in effects.kept] == ["added/1/1"]
    told = [send.message.news for send in effects.sends if isinstance(send.message, TaskNotice)]
    assert told == [News.ADDED]
    assert any(isinstance(send.message, AdditionTaken) for send in effects.sends)


def test_nothing_is_added_to_what_is_over() -> None:
    """Nor does an official add what somebody else said, nor anybody more files than a case may have."""
    with pytest.raises(IllegalTransition):
        add_draft(desk(), stake(State.CLOSED), draft(), (), NOW)
    with pytest.raises(StaleButton):
        add_draft(desk(), stake(), msgspec.structs.replace(draft(), channel=Channel.HOTLINE), (), NOW)
    full = tuple(f"added/1/{place}" for place in range(1, MOST_PARTS + 1))
    effects = add_draft(desk(), stake(), msgspec.structs.replace(draft(), parts=(PHOTO,)), full, NOW)
    assert [send.message for send in effects.sends] == [Said(Remark.TOO_MANY_PARTS)]
    assert effects.dialog is None


def test_a_closed_case_goes_on_with_what_is_added() -> None:
    """One change holds both; whoever wrote reads that it goes on, below the card, and no second word that it was added."""
    closed = stake(State.CLOSED)
    effects = go_on_with(desk(), closed, draft(), (), NOW)
    (change,) = effects.cases
    assert [type(entry.fact) for entry in change.entries] == [Reopened, Added]
    assert (change.before, change.after.state, change.after.now.number) == (closed.case, State.ASSIGNED, 2)
    own = [send for send in effects.sends if send.to == RESIDENT_PERSON]
    assert [type(send.message) for send in own] == [CaseReopened, DraftCard]
    assert own[0].anchor is None


def test_what_cannot_be_added_reopens_nothing() -> None:
    """A place alone of somebody who joined is no addition."""
    alone = msgspec.structs.replace(draft(), words="", written=(), parts=(PlacePart(11, 43.84, 81.15),))
    effects = go_on_with(desk(), replace(stake(State.CLOSED), voice=2), alone, (), NOW)
    assert (effects.cases, [send.message for send in effects.sends]) == ((), [Said(Remark.WORDS_FIRST)])
