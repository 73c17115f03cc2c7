"""Lives of cases drawn at random, entry by entry, beside a plain account of what must be true of each."""

from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.errors import IllegalTransition
from bot.rules.case import OPEN, Case, State
from bot.rules.entry import (
    CaseFact,
    Closing,
    Entry,
    Resumed,
    Resuming,
    Solved,
    VoiceAdded,
    VoiceLeft,
    VoiceReturned,
    Withdrawn,
)
from bot.rules.life import evolve, fold
from tests.rules.test_life import ANY_FACT, ASSIGNED, EXAMPLES, LEADS
from tests.support.builders import (
    ACCEPTED,
    ASKED,
    DUE_AT,
    FILED,
    FILED_AT,
    MERGED,
    NOW,
    NUMBER,
    REFUSED,
    RESOLVED,
    TRANSFERRED,
    closed,
    entry,
    rated,
    reopened,
)

voices = st.integers(1, 3)
scores = st.none() | st.integers(1, 5)


class CaseLife(RuleBasedStateMachine):
    """Lead a case through any life it may have, and know beforehand what it will be."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.case: Case | None = None
        self.attempt = 1
        self.answers: dict[int, tuple[Solved, int | None]] = {}
        self.finished: list[object] = []
        self.behind = [1]
        self.left: set[int] = set()

    def is_in(self, *states: State) -> bool:
        """Say whether the case stands in one of these states."""
        return self.case is not None and self.case.state in states

    def happen(self, fact: CaseFact) -> None:
        """Let something happen to the case."""
        happened = entry(fact, FILED_AT + timedelta(minutes=len(self.entries)))
        self.case = evolve(self.case, happened)
        self.entries.append(happened)

    @initialize()
    def file(self) -> None:
        """A resident files it."""
        self.happen(FILED)

    @precondition(lambda self: self.is_in(State.ASSIGNED))
    @rule()
    def accept(self) -> None:
        """The unit signs for it."""
        self.happen(ACCEPTED)

    @precondition(lambda self: self.is_in(State.ACCEPTED))
    @rule()
    def resolve(self) -> None:
        """The unit says that it is done."""
        self.happen(RESOLVED)

    @precondition(lambda self: self.is_in(State.RESOLVED, State.CLOSED))
    @rule(voice=voices, solved=st.sampled_from(Solved), score=scores)
    def rate(self, voice: int, solved: Solved, score: int | None) -> None:
        """A voice answers, for the first time or again; one that has left is not heard."""
        answer = rated(solved, score, attempt=self.attempt, voice=voice)
        if voice in self.left:
            with pytest.raises(IllegalTransition):
                self.happen(answer)
        else:
            self.happen(answer)
            self.answers[voice] = (solved, score)

    @precondition(lambda self: self.is_in(State.RESOLVED))
    @rule(how=st.sampled_from(Closing))
    def close(self, how: Closing) -> None:
        """The attempt ends."""
        self.happen(closed(how, attempt=self.attempt))

    @precondition(lambda self: self.is_in(State.RESOLVED, State.CLOSED))
    @rule()
    def reopen(self) -> None:
        """It goes on."""
        assert self.case is not None
        self.finished.append(self.case.now)
        self.attempt += 1
        self.answers = {}
        self.happen(reopened(attempt=self.attempt))

    @precondition(lambda self: self.is_in(*OPEN, State.RESOLVED))
    @rule()
    def withdraw(self) -> None:
        """The resident takes it back."""
        self.happen(Withdrawn())

    @precondition(lambda self: self.is_in(*OPEN, State.RESOLVED))
    @rule()
    def join(self) -> None:
        """One more person stands behind it."""
        assert self.case is not None
        self.happen(VoiceAdded(voice=self.case.voices + 1))
        self.behind.append(self.case.voices)

    @precondition(lambda self: self.is_in(*OPEN, State.RESOLVED) and len(self.behind) > 1)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        """One of those behind it leaves it to the others, or is refused, as their answer counts."""
        voice = data.draw(st.sampled_from(self.behind))
        if voice in self.answers:
            with pytest.raises(IllegalTransition):
                self.happen(VoiceLeft(voice=voice))
        else:
            self.happen(VoiceLeft(voice=voice))
            self.behind.remove(voice)
            self.left.add(voice)

    @precondition(lambda self: self.is_in(*OPEN, State.RESOLVED) and self.left)
    @rule(data=st.data())
    def come_back(self, data: st.DataObject) -> None:
        """One who left by telephone stands behind it again."""
        voice = data.draw(st.sampled_from(sorted(self.left)))
        self.happen(VoiceReturned(voice=voice))
        self.left.remove(voice)
        self.behind.append(voice)

    @precondition(lambda self: self.is_in(State.ASSIGNED, State.ACCEPTED))
    @rule()
    def transfer(self) -> None:
        """The unit gives it away."""
        self.happen(TRANSFERRED)

    @precondition(lambda self: self.is_in(State.TRIAGE, State.ASSIGNED, State.ACCEPTED))
    @rule()
    def assign(self) -> None:
        """A supervisor gives it to a unit."""
        self.happen(ASSIGNED)

    @precondition(lambda self: self.is_in(State.ACCEPTED))
    @rule()
    def ask(self) -> None:
        """The unit asks the resident."""
        self.happen(ASKED)

    @precondition(lambda self: self.is_in(State.WAITING))
    @rule(because=st.sampled_from(Resuming))
    def resume(self, because: Resuming) -> None:
        """The pause ends."""
        self.happen(Resumed(because=because, due_at=DUE_AT, words=None))

    @precondition(lambda self: self.is_in(*OPEN))
    @rule(fact=st.sampled_from((REFUSED, MERGED)))
    def end(self, fact: CaseFact) -> None:
        """It is refused, or goes on as another case."""
        self.happen(fact)

    @rule(name=st.sampled_from(("Urged", "PersonAsked", "Added", "Reclassified", "ExtensionAsked", "CalledBack")))
    def stay(self, name: str) -> None:
        """Something happens that leaves the case where it stands."""
        assert self.case is not None
        if (self.case.state, name) in LEADS:
            fact = EXAMPLES[name](self.attempt)
            assert isinstance(fact, get_args(CaseFact))
            self.happen(fact)

    @rule(name=st.sampled_from(ANY_FACT))
    def try_what_is_not_drawn(self, name: str) -> None:
        """Whatever is not drawn from here is refused."""
        assert self.case is not None
        if (self.case.state, name) not in LEADS:
            fact = EXAMPLES[name](self.attempt)
            with pytest.raises(IllegalTransition):
                evolve(self.case, Entry(at=NOW, actor="system", case=NUMBER, fact=fact))

    @invariant()
    def it_is_what_its_entries_tell(self) -> None:
        """Folding all entries at once gives the case that grew step by step; versions count entries."""
        assert fold(self.entries) == self.case
        assert self.case is None or self.case.version == len(self.entries)

    @invariant()
    def its_rounds_are_numbered_and_the_past_stands(self) -> None:
        """Rounds count from 1, and nothing changes a round that was left behind."""
        if self.case is not None:
            assert [each.number for each in self.case.rounds] == list(range(1, self.attempt + 1))
            assert list(self.case.rounds[:-1]) == self.finished

    @invariant()
    def each_voice_has_its_last_answer(self) -> None:
        """The current round holds one answer a voice, the last one."""
        if self.case is not None:
            now = {rating.voice: (rating.solved, rating.score) for rating in self.case.now.ratings}
            assert now == self.answers
            assert list(now) == sorted(now)

    @invariant()
    def those_behind_it_are_counted(self) -> None:
        """Joining adds one, leaving takes one away, and the round knows how many were gone."""
        if self.case is not None:
            assert self.case.behind == len(self.behind)
            assert {*self.behind, *self.case.left} == set(range(1, self.case.voices + 1))
            assert self.case.now.left == len(self.case.left)

    @invariant()
    def someone_is_in_charge_once_it_is_accepted(self) -> None:
        """Who signed for the current attempt is in charge of it, and before that nobody."""
        if self.case is not None:
            assert (self.case.officer is None) is (self.case.now.accepted_at is None)


CaseLife.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestCaseLife = CaseLife.TestCase
