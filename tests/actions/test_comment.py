"""Words beside a score: asked for by a tap, sealed, read by the unit without the person, given once."""

from __future__ import annotations

import pytest

from bot.actions.comment import comment, skip_comment, want_comment
from bot.actions.stake import Stake
from bot.errors import IllegalTransition, StaleButton
from bot.rules.case import Case, State
from bot.rules.dialog import Commenting, Idle
from bot.rules.entry import RESIDENT, Commented, Entry, Solved
from bot.rules.message import CommentTaken, CommentWanted, News, TaskNotice
from bot.rules.slot import said_slot
from tests.support.builders import (
    EVERYBODY,
    NOW,
    NUMBER,
    OFFICER,
    RESIDENT_PERSON,
    TO,
    TRANSPORT,
    WORDS,
    again_in,
    case_in,
    case_of,
    closed,
    rated,
)
from tests.support.known import desk

SCORED = case_of(*TO[State.RESOLVED], rated(Solved.YES), closed(), rated(Solved.YES, 4))
DIALOG = Commenting(case=NUMBER, round=1)
SAID = "师傅很耐心，就是来得晚"


def stake(case: Case = SCORED) -> Stake:
    """Return what the resident has to do with a case."""
    return Stake(case, 1, RESIDENT_PERSON, WORDS, EVERYBODY, pressed=8)


def given(voice: int = 1) -> Entry:
    """Make the entry of a comment."""
    return Entry(at=NOW, actor=RESIDENT, case=NUMBER, fact=Commented(round=1, voice=voice, words="ab" * 32))


def test_words_are_taken_only_after_a_tap() -> None:
    """Then the next message is the comment, and a button leaves it at the score."""
    effects = want_comment(stake(), (), 1)
    assert effects.dialog == DIALOG
    (send,) = effects.sends
    assert (send.message, send.replaces) == (CommentWanted(case=NUMBER, round=1, unit=TRANSPORT), 8)
    skipped = skip_comment(stake())
    assert skipped.dialog == Idle()
    assert skipped.sends[0].message == CommentTaken(case=NUMBER, unit=TRANSPORT, is_given=False)
    assert not skipped.entries


def test_the_unit_reads_the_words_and_the_ledger_only_commits_to_them() -> None:
    """Sealed under the case; whoever handled it is told, without the person."""
    effects = comment(desk(), stake(), (), DIALOG, SAID, NOW)
    (entry,) = effects.entries
    (words,) = effects.words
    assert isinstance(entry.fact, Commented)
    assert (entry.actor, entry.fact.round, entry.fact.voice) == (RESIDENT, 1, 1)
    assert (words.case, words.slot, words.text) == (NUMBER, said_slot(entry.fact.words), SAID)
    assert SAID not in str(entry)
    mine, theirs = effects.sends
    assert mine.message == CommentTaken(case=NUMBER, unit=TRANSPORT, is_given=True)
    assert isinstance(theirs.message, TaskNotice)
    assert (theirs.to, theirs.message.news, theirs.message.said) == (OFFICER.person, News.COMMENTED, SAID)
    assert RESIDENT_PERSON not in str(theirs.message)
    assert effects.dialog == Idle()


def test_a_comment_goes_with_a_score_and_is_given_once() -> None:
    """Not before the score, not twice, not by a forged button of an earlier attempt; another voice has its own."""
    for case in (case_in(State.RESOLVED), case_in(State.CLOSED)):
        with pytest.raises(StaleButton):
            want_comment(stake(case), (), 1)
    with pytest.raises(StaleButton):
        comment(desk(), stake(), (given(),), DIALOG, SAID, NOW)
    assert want_comment(stake(), (given(voice=2),), 1).dialog == DIALOG
    for case in (again_in(State.ACCEPTED), again_in(State.CLOSED)):
        with pytest.raises(IllegalTransition):
            comment(desk(), stake(case), (), DIALOG, SAID, NOW)
