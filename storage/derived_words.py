"""Sealed words that belong to no case, as the ledger's entries bind to them: about signs, scorecards, proposals and surveys.

Invariant: nothing is opened here; that words are there is compared, and what they must open to is kept for who opens them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar, Final, TypeAlias, get_args

from bot.rules.entry import (
    AnyFact,
    CardFact,
    Entry,
    MeasureFact,
    SignAnswered,
    SignAsked,
    SignClosed,
    SignReferred,
    SurveyPledged,
)
from bot.rules.warning_life import ANSWER, CLOSING, NOTE, REFERRAL
from storage.derived_table import Held, HeldRows, Key
from storage.engine import Session

Facts: TypeAlias = "tuple[type[AnyFact], ...]"
SLOTS: Final[dict[type[AnyFact], str]] = {
    SignAsked: NOTE,
    SignAnswered: ANSWER,
    SignReferred: REFERRAL,
    SignClosed: CLOSING,
}
"""Where the words of an entry about a sign lie."""


@dataclass(slots=True)
class SignWordsTable(HeldRows):
    """What was said about signs; the newest of a slot takes the place of those before."""

    NAME: ClassVar[str] = "sign_words"
    QUERY: ClassVar[str] = "derived_sign_words"
    FACTS: ClassVar[Facts] = tuple(SLOTS)
    KEY: ClassVar[int] = 2
    commitments: dict[Key, tuple[int, str]] = field(default_factory=dict)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        fact = entry.fact
        if isinstance(fact, SignAsked | SignAnswered | SignReferred | SignClosed) and fact.words:
            self._rows[fact.sign, SLOTS[type(fact)]] = Held(seq, ())
            self.commitments[fact.sign, SLOTS[type(fact)]] = seq, fact.words

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:  # noqa: ARG002 (as all tables)
        """Say that it cannot be: what is lost stays lost, and what no entry binds to is not thrown away."""
        return False


@dataclass(slots=True)
class HouseWordsTable(HeldRows):
    """What was said of scorecards and proposals, and the seeds of surveys, each under what its entry commits to."""

    NAME: ClassVar[str] = "house_words"
    QUERY: ClassVar[str] = "derived_house_words"
    FACTS: ClassVar[Facts] = (*get_args(CardFact), *get_args(MeasureFact), SurveyPledged)
    seqs: dict[str, int] = field(default_factory=dict)

    def take(self, seq: int, entry: Entry) -> None:
        """Take the next entry."""
        slot = getattr(entry.fact, "pledge" if isinstance(entry.fact, SurveyPledged) else "words", None)
        if isinstance(slot, str) and slot:
            self._rows[slot,] = Held(seq, ())
            self.seqs[slot] = seq

    async def mend(self, session: Session, key: Key, columns: tuple[object, ...] | None) -> bool:  # noqa: ARG002 (as all tables)
        """Say that it cannot be, as of words about signs."""
        return False
