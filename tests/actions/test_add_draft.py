"""A draft that belongs to a case of its writer's own is added to it; what is filed already is not filed again."""

from __future__ import annotations

import msgspec
import pytest

from bot.actions.add_draft import add_draft
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import State
from bot.rules.dialog import FilePart, Idle, PhonePart
from bot.rules.entry import Added, Channel
from bot.rules.file import MOST_PARTS, Media
from bot.rules.identity import FileId
from bot.rules.message import AdditionTaken, Remark, Said
from tests.support.builders import NOW, RESIDENT_PERSON, WORDS, case_in, draft
from tests.support.known import desk

PHOTO = FilePart(9, FileId("f-9"), Media.PHOTO)


def stake(state: State = State.ACCEPTED) -> Stake:
    """Stand behind a case as its first voice."""
    return Stake(case_in(state), 1, RESIDENT_PERSON, WORDS, ())


def test_words_and_files_go_into_the_case() -> None:
    """The words are an addition, the file lies behind those that are there; the phone number goes no further."""
    more = msgspec.structs.replace(draft(), parts=(PHOTO, PhonePart(10, "13800000000")))
    effects = add_draft(desk(), stake(), more, ("filed/1", "added/1/3", "added/2/7"), NOW)
    (change,) = effects.cases
    assert [type(entry.fact) for entry in change.entries] == [Added]
    assert [(keep.slot, keep.file) for keep in effects.kept] == [("added/1/4", "f-9")]
    assert isinstance(effects.dialog, Idle)
    assert any(isinstance(send.message, AdditionTaken) for send in effects.sends)
    assert [words.text for words in effects.words] == [more.words]


def test_a_photo_alone_changes_no_state() -> None:
    """It is kept, and said to be."""
    effects = add_draft(desk(), stake(), msgspec.structs.replace(draft(), words="", parts=(PHOTO,)), (), NOW)
    assert (effects.cases, effects.words) == ((), ())
    assert [keep.slot for keep in effects.kept] == ["added/1/1"]
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
