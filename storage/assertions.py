"""Whether the entries of a week's end say what the entries before them say: every figure of every case, and every draw.

A case that was left out of a week is found as well as one of which something else is asserted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter, itemgetter
from typing import Final, NamedTuple

import msgspec

from bot.errors import LedgerBroken
from bot.rules.case import Case, Round, State
from bot.rules.chain import read
from bot.rules.draw import SEED_BYTES, Ended, draw, is_pledged
from bot.rules.entry import (
    CallbackDrawn,
    CalledBack,
    Counted,
    Entry,
    Rated,
    RatedAtFirst,
    SeedPublished,
    VoiceAdded,
    VoiceCounted,
    WeekCounted,
    WeekCountedAtFirst,
)
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.life import STEPS
from bot.rules.past import Past, rewound
from bot.rules.week import NOT_ENDED, NOTHING, Answer, Ends, Facts, Heard, facts_of
from storage.engine import Session
from storage.rows import read_ledger_row
from storage.signing import kept_checkpoints

GONE: Final = frozenset({State.WITHDRAWN, State.REFUSED, State.MERGED})
HEARD: Final = frozenset(
    {Counted, VoiceCounted, Rated, RatedAtFirst, VoiceAdded, CalledBack}
    | {kind for (_, kind), state in STEPS.items() if state in GONE}
)
"""Entries that `Assertions.take` makes something of."""

SATISFIED: Final = 4
"""The lowest score that counts as satisfied."""


class CountedWeek(NamedTuple):
    """A week that an entry says is counted.

    Attributes:
        is_cut: from each case as it was at the week's end, and not as it was when the week was counted.
    """

    seq: int
    week: str
    begins_at: datetime
    ends_at: datetime
    is_cut: bool


async def counted_weeks(session: Session) -> Sequence[CountedWeek]:
    """Read them, oldest first.

    Raises:
        LedgerBroken: an entry that says so cannot be read.
    """
    found = []
    for seq, version, facts in await session.rows("week_all", {}):
        try:
            fact = msgspec.json.decode(str(facts), type=WeekCounted)
        except msgspec.DecodeError as error:
            raise LedgerBroken(int(seq or 0), "the facts are not those of a week_counted entry") from error
        is_cut = version != WeekCountedAtFirst.VERSION
        found.append(CountedWeek(int(seq or 0), fact.week, fact.begins_at, fact.ends_at, is_cut))
    return found


@dataclass(slots=True)
class Assertions:
    """What was asserted of one case, week after week, beside what its own entries say."""

    weeks: Sequence[CountedWeek]
    rated: dict[int, list[tuple[datetime, Rated | RatedAtFirst]]] = field(default_factory=dict)
    joined: list[tuple[int, datetime]] = field(default_factory=list)
    ends: Ends = NOT_ENDED
    counted: dict[tuple[str, int], tuple[int, Counted]] = field(default_factory=dict)
    voices: dict[tuple[str, int], Counter[bool | None]] = field(default_factory=dict)
    place: int = 0

    def before(self, seq: int, case: Case | None, past: Sequence[Past]) -> None:
        """Compare every week that was counted before an entry, with the case and its past as they were then.

        Raises:
            LedgerBroken: what was asserted does not follow from the entries.
        """
        if case is None:  # there was nothing to assert of it
            self.place = bisect_left(self.weeks, seq, key=attrgetter("seq"))
        while self.place < len(self.weeks) and self.weeks[self.place].seq < seq:
            if case is not None:
                self._compare(self.weeks[self.place], case, past)
            self.place += 1

    def take(self, seq: int, entry: Entry, case: Case | None) -> None:
        """Remember what an entry says, after the case took it."""
        fact = entry.fact
        match fact:
            case Counted(week=week, round=attempt):
                if (week, attempt) in self.counted:
                    raise LedgerBroken(seq, f"{entry.case} is counted twice in {week}")
                self.counted[week, attempt] = seq, fact
            case VoiceCounted(week=week, round=attempt, satisfied=satisfied):
                self.voices.setdefault((week, attempt), Counter())[satisfied] += 1
            case Rated(round=attempt) | RatedAtFirst(round=attempt):
                self.rated.setdefault(attempt, []).append((entry.at, fact))
            case VoiceAdded() if case is not None:
                self.joined.append((case.now.number, entry.at))
            case CalledBack(round=attempt, solved=solved):
                self.ends = Ends(self.ends.gone_at, (*self.ends.heard, Heard(attempt, solved, entry.at)))
            case _:
                if self.ends.gone_at is None and case is not None and case.state in GONE:
                    self.ends = Ends(entry.at, self.ends.heard)

    def finish(self, case: Case | None, past: Sequence[Past]) -> None:
        """Compare what is left once the case has no further entry.

        Raises:
            LedgerBroken: as `before`.
        """
        while self.place < len(self.weeks):
            week = self.weeks[self.place]
            if case is not None and not _is_over(case, past, week.begins_at):
                self._compare(week, case, past)
            elif not self.counted:
                return
            self.place += 1
        for seq, fact in self.counted.values():
            if seq > self.weeks[-1].seq:
                continue  # of a week that was counted since the weeks were read
            raise LedgerBroken(seq, f"{fact.week} was not counted when {case.number if case else 'this'} was counted in it")

    def _compare(self, week: CountedWeek, known: Case, past: Sequence[Past]) -> None:
        within = week.begins_at, week.ends_at
        case = rewound(known, past, week.ends_at) if week.is_cut else known
        for attempt in case.rounds:
            answers = [Answer(said.voice, said.solved, at) for at, said in self.rated.get(attempt.number, ())]
            expected = facts_of(case, attempt, answers, self.ends, within)
            seq, fact = self.counted.pop((week.week, attempt.number), (week.seq, None))
            found = NOTHING if fact is None else Facts(*(getattr(fact, name) for name in Facts._fields))
            if found != expected or (fact is not None and (fact.begins_at, fact.ends_at) != within):
                why = "is left out of" if fact is None else "is not what is counted of it in"
                raise LedgerBroken(seq, f"round {attempt.number} of {case.number} {why} {week.week}")
            self._compare_voices(week, case, attempt, is_closed=expected.solved is not None)

    def _compare_voices(self, week: CountedWeek, case: Case, attempt: Round, *, is_closed: bool) -> None:
        found = self.voices.pop((week.week, attempt.number), Counter())
        people = 1 + sum(at < week.ends_at and first <= attempt.number for first, at in self.joined) - attempt.left
        given = _satisfied(self.rated.get(attempt.number, ()), people, week.ends_at) if is_closed else Counter()
        if found != given:
            raise LedgerBroken(week.seq, f"the scores of round {attempt.number} of {case.number} are others in {week.week}")


def _satisfied(
    rated: Iterable[tuple[datetime, Rated | RatedAtFirst]], people: int, ends_at: datetime
) -> Counter[bool | None]:
    """Count what the voices had said last; everyone who said nothing is None."""
    last = {said.voice: said.score for at, said in sorted(rated, key=itemgetter(0)) if at < ends_at}
    found: Counter[bool | None] = Counter(None if score is None else score >= SATISFIED for score in last.values())
    if silent := max(people - len(last), 0):
        found[None] += silent
    return found


def _is_over(case: Case, past: Sequence[Past], begins_at: datetime) -> bool:
    """Say whether no figure of a week from `begins_at` on can speak of a case that has no further entry."""
    if any(each.until >= begins_at for of_entry in past for each in of_entry.rounds):
        return False
    for attempt in case.rounds:
        moments = (attempt.opened_at, attempt.accept_due_at, attempt.due_at, attempt.resolved_at, attempt.closed_at)
        if any(at is not None and at >= begins_at for at in moments):
            return False
        if attempt.due_at is not None and attempt.resolved_at is None and attempt.closed_at is None:
            return False
    return True


# ── Draws ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A draw whose seed is told.

    Attributes:
        seq: the entry that tells the seed.
        drawn: the hashes that the ledger says were drawn, in its order.
        again: those that drawing again gives.
    """

    seq: int
    fact: SeedPublished
    is_pledged: bool
    drawn: tuple[str, ...]
    again: tuple[str, ...]


async def redraw(session: Session) -> Sequence[Redrawn]:
    """Draw again with every seed that is told, oldest first.

    Raises:
        LedgerBroken: an entry cannot be read.
    """
    pledges: dict[int, tuple[str, ...]] = {kept.size: kept.read().extensions for kept in await kept_checkpoints(session)}
    found = []
    for row in map(read_ledger_row, await session.rows("seed_published", {})):
        fact = read(row).fact
        if not isinstance(fact, SeedPublished):
            raise LedgerBroken(row.seq, "the facts are not those of a seed_published entry")
        found.append(await _redrawn(session, row.seq, fact, pledges))
    return found


async def _redrawn(session: Session, seq: int, fact: SeedPublished, pledges: Mapping[int, Iterable[str]]) -> Redrawn:
    seed = _seed(fact.seed)
    if seed is None:
        raise LedgerBroken(seq, "what is told is not a seed")
    lines = [line for size, each in pledges.items() if fact.since <= size < fact.until for line in each]
    ended = await ended_within(session, fact.since, fact.until)
    again = tuple(each.entry_hash.hex() for each in draw(seed, list(ended)))
    drawn = await drawn_after(session, fact.until)
    return Redrawn(seq, fact, is_pledged(seed, lines), tuple(each.counted for each, _ in drawn), again)


def _seed(text: str) -> bytes | None:
    try:
        seed = bytes.fromhex(text)
    except ValueError:
        return None
    return seed if len(seed) == SEED_BYTES and seed.hex() == text else None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A draw, told or not.

    Attributes:
        since, until: drawn was from the closed cases counted in entries after `since`, up to `until`.
        cases: number, unit, round and entry hash of those that the ledger says were drawn, in its order.
        again: the draw done again; None while its seed is not told.
    """

    since: int
    until: int
    pledge: str
    of: int
    cases: tuple[tuple[CaseNumber | None, UnitId | None, int, str], ...]
    again: Redrawn | None


async def draws(session: Session) -> Sequence[Drawn]:
    """Read every draw that was made, the newest first.

    Raises:
        LedgerBroken: an entry cannot be read.
    """
    told = {each.fact.since: each for each in await redraw(session)}
    found = []
    for since, until, pledge in await session.rows("draw_all", {}):
        begin, end = int(since or 0), int(until or 0)
        ended = await ended_within(session, begin, end)
        units = {each.entry_hash.hex(): unit for each, (_, unit, _) in ended.items()}
        cases = tuple(
            (number, units.get(fact.counted), fact.round, fact.counted) for fact, number in await drawn_after(session, end)
        )
        found.append(Drawn(begin, end, str(pledge), len(ended), cases, told.get(begin)))
    return found


async def drawn_after(session: Session, until: int) -> Sequence[tuple[CallbackDrawn, CaseNumber | None]]:
    """Read who was drawn: the entries right behind the last one that was drawn from."""
    found = []
    for expected, row in enumerate(map(read_ledger_row, await session.rows("draw_entries", {"until": until})), until + 1):
        fact = read(row).fact
        if row.seq != expected or not isinstance(fact, CallbackDrawn):
            break
        found.append((fact, row.case_number))
    return found


async def drawn_lately(session: Session, draws: int) -> Sequence[tuple[CaseNumber, int]]:
    """Read on which cases, and which attempts at them, the newest draws fell, in the order in which they were drawn."""
    facts = [
        (row.case_number, read(row).fact)
        for row in map(read_ledger_row, await session.rows("drawn_lately", {"draws": draws}))
    ]
    return [(number, fact.round) for number, fact in facts if number is not None and isinstance(fact, CallbackDrawn)]


async def ended_within(session: Session, since: int, until: int) -> dict[Ended, tuple[CaseNumber | None, UnitId, int]]:
    """Read the closed cases that the entries after `since`, up to `until`, count: number, unit and round of each.

    Raises:
        LedgerBroken: one of the entries cannot be read.
    """
    found: dict[Ended, tuple[CaseNumber | None, UnitId, int]] = {}
    for row in map(read_ledger_row, await session.rows("ledger_counted", {"since": since, "until": until})):
        fact = read(row).fact
        if isinstance(fact, Counted) and fact.solved is not None:
            ended = Ended(row.entry_hash, None if fact.is_confidential else fact.unit)
            found[ended] = row.case_number, fact.unit, fact.round
    return found


async def compare_draws(session: Session) -> None:
    """Draw again, and compare.

    Raises:
        LedgerBroken: a seed is not the one that was pledged, or others were drawn.
    """
    for each in await redraw(session):
        if not each.is_pledged:
            raise LedgerBroken(each.seq, "the seed is not one that a checkpoint before the draw binds to")
        if each.drawn != each.again:
            raise LedgerBroken(each.fact.until + 1, "drawing again with the seed gives others than the ledger says")
