"""A case as the one behind it reads it: its entries become steps, each with who by role and unit, never with a name.

Invariant: of another voice's acts and words nothing is shown but that somebody joined, and whoever joined reads nothing that
was said before; internal notes are not shown at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

import msgspec

from bot.actions.lines import case_line
from bot.actions.stake import Stake
from bot.ports import Desk
from bot.rules.entry import (
    Accepted,
    Added,
    Announced,
    AnyFact,
    Asked,
    Assigned,
    CalledBack,
    Closed,
    Commented,
    ContentErased,
    Entry,
    ExtensionGranted,
    FileAdded,
    Filed,
    FixedSaid,
    FollowedUp,
    IdentityDecided,
    Looked,
    Merged,
    PersonAsked,
    Rated,
    RatedAtFirst,
    Reclassified,
    Refused,
    Reopened,
    Replied,
    Resolved,
    Resumed,
    Resuming,
    Transferred,
    UnitAdded,
    Urged,
    VoiceAdded,
    Withdrawn,
)
from bot.rules.following import deeds
from bot.rules.handling import Stock
from bot.rules.identity import StaffId
from bot.rules.message import CasePage, PageLine, PageStep
from bot.rules.slot import EVIDENCE, answer_slot, said_slot, translated_slot, words_slot
from bot.rules.staff import Staff

LISTED: Final = 12
"""Steps on one page: the newest."""

FILER: Final = 1
"""The voice whose words the case was filed with."""

PLAIN: Final[Mapping[type[object], PageStep]] = {
    Accepted: PageStep.ACCEPTED,
    Transferred: PageStep.TRANSFERRED,
    VoiceAdded: PageStep.JOINED,
    Urged: PageStep.URGED,
    PersonAsked: PageStep.PERSON_ASKED,
    CalledBack: PageStep.CALLED_BACK,
    Closed: PageStep.CLOSED,
    Withdrawn: PageStep.WITHDRAWN,
    ContentErased: PageStep.ERASED,
}
"""Entries of which nothing more is told than that they happened, by whom and when."""

RESUMED: Final[Mapping[Resuming, PageStep]] = {
    Resuming.ANSWERED: PageStep.ANSWERED,
    Resuming.EXPIRED: PageStep.EXPIRED,
    Resuming.DROPPED: PageStep.DROPPED,
}


def case_page(
    desk: Desk,
    stake: Stake,
    entries: Iterable[Entry],
    words: Mapping[str, str],
    staff: Mapping[StaffId, Staff],
    now: datetime,
) -> CasePage:
    """Describe a case for one of its voices.

    Args:
        entries: of the case, oldest first.
        words: of the case, by slot.
        staff: everybody who ever held a role.
    """
    told = _Telling(stake, words, staff)
    steps = tuple(line for entry in entries if (line := told.line(entry)) is not None)
    return CasePage(
        line=case_line(stake.case, now),
        words=stake.words if stake.voice == FILER else "",
        steps=steps[-LISTED:],
        left_out=max(0, len(steps) - LISTED),
        deeds=deeds(stake.case, stake.voice, desk.county.rating, desk.calendar, now),
    )


class _Telling:
    """Turns entries into lines, one after the other; knows which round they are about."""

    def __init__(self, stake: Stake, words: Mapping[str, str], staff: Mapping[StaffId, Staff]) -> None:
        self._voice, self._words, self._staff = stake.voice, words, staff
        self._is_alone = stake.case.voices == 1
        self._is_in = stake.voice == FILER
        self._language = stake.language
        self._round = 1

    def line(self, entry: Entry) -> PageLine | None:
        """Tell one entry; None where it says nothing to this reader."""
        fact = entry.fact
        self._round = getattr(fact, "round", self._round)
        is_joining = isinstance(fact, VoiceAdded) and fact.voice == self._voice
        self._is_in = self._is_in or is_joining
        by = self._staff.get(StaffId(entry.actor))
        line = PageLine(at=entry.at, step=PageStep.FILED, role=by.role if by else None, unit=by.unit if by else None)
        if (step := PLAIN.get(type(fact))) is not None:
            return _with(line, PageStep.JOINED_BY_READER if is_joining else step)
        said = self._said(fact, line) or self._decided(fact, line) or self._seen(fact, line)
        return said if said is None or said.words is None else _with(said, said.step, translation=self._translated(fact))

    def _said(self, fact: object, line: PageLine) -> PageLine | None:
        """Tell what was said by the unit, or by the reader."""
        match fact:
            case Asked(question=question, until=until):
                return _with(line, PageStep.ASKED, words=self._opened(question), until=until)
            case Resumed(because=because, due_at=due_at, words=said):
                return _with(line, RESUMED[because], words=self._opened(said) if self._is_alone else None, until=due_at)
            case Replied(words=said, stock=stock):
                known = Stock(stock) if stock is not None and stock in set(Stock) else None
                return _with(line, PageStep.WROTE, words=self._opened(said), stock=known)
            case Announced(words=said):
                return _with(line, PageStep.WROTE, words=self._opened(said))
            case Added(voice=self._voice, words=said):
                return _with(line, PageStep.ADDED, words=self._opened(said))
            case Resolved(unit=unit):
                return _with(line, PageStep.RESOLVED, unit=unit, words=self._answer())
            case Refused(reason=reason):
                return _with(line, PageStep.REFUSED, words=self._opened(reason))
            case _:
                return self._judged(fact, line)

    def _judged(self, fact: object, line: PageLine) -> PageLine | None:
        """Tell what the reader said of how it was done."""
        match fact:
            case Rated(voice=self._voice) | RatedAtFirst(voice=self._voice):
                return _with(line, PageStep.JUDGED, solved=fact.solved, score=fact.score)
            case FixedSaid(voice=self._voice, solved=solved):
                return _with(line, PageStep.FIXED_SAID, solved=solved)
            case FollowedUp(voice=self._voice, solved=solved):
                return _with(line, PageStep.FOLLOWED_UP, solved=solved)
            case Commented(voice=self._voice, words=said):
                return _with(line, PageStep.COMMENTED, words=self._opened(said))
            case _:
                return None

    def _decided(self, fact: object, line: PageLine) -> PageLine | None:
        """Tell what was decided about the case."""
        match fact:
            case Filed(unit=unit, due_at=due_at):
                return _with(line, PageStep.FILED, unit=unit, until=due_at)
            case Assigned(unit=unit):
                return _with(line, PageStep.ASSIGNED, unit=unit)
            case UnitAdded(unit=unit):
                return _with(line, PageStep.UNIT_ADDED, unit=unit)
            case ExtensionGranted(due_at=due_at):
                return _with(line, PageStep.EXTENDED, until=due_at)
            case Reclassified(due_at=due_at):
                return _with(line, PageStep.RECLASSIFIED, until=due_at)
            case Reopened(due_at=due_at):
                return _with(line, PageStep.REOPENED, until=due_at)
            case Merged(into=into):
                return _with(line, PageStep.MERGED, into=into)
            case _:
                return None

    def _seen(self, fact: object, line: PageLine) -> PageLine | None:
        """Tell who opened what, and what was added as evidence."""
        match fact:
            case Looked(at_what=look):
                return _with(line, PageStep.LOOKED, look=look)
            case IdentityDecided(voice=self._voice, asked_by=asked_by, is_granted=True):
                asker = self._staff.get(asked_by)
                role, unit = (asker.role, asker.unit) if asker else (None, None)
                return _with(line, PageStep.IDENTITY_SHOWN, role=role, unit=unit)
            case FileAdded(slot=slot) if slot.startswith(f"{EVIDENCE}/"):
                return _with(line, PageStep.EVIDENCE)
            case _:
                return None

    def _opened(self, commitment: str | None) -> str | None:
        """Open what was said, to those who stood behind the case when it was."""
        return self._words.get(said_slot(commitment)) if commitment is not None and self._is_in else None

    def _translated(self, fact: AnyFact) -> str | None:
        """Open what an official wrote in the reader's language, if a translator put it into that."""
        slot = words_slot(fact, self._round)
        if slot is None or self._language is None:
            return None
        return self._words.get(translated_slot(slot, self._language))

    def _answer(self) -> str | None:
        return self._words.get(answer_slot(self._round)) if self._is_in else None


def _with(line: PageLine, step: PageStep, **told: object) -> PageLine:
    return msgspec.structs.replace(line, step=step, **told)
