"""Cases from beginning to end, made up at random, written as rows, and counted slowly for a digest.

The slow count forgets everything from the period's end on and then reads the definitions off what is left.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from bot.rules.chain import instant
from bot.rules.period import Period
from bot.rules.tally import Closings, HandlingTimes, Limits, LooksBack, Received, Reopenings, Standing, Tally

UNITS = ("water", "roads", "civil")
TOWNSHIPS = ("north", "south", None)
STEP = timedelta(hours=6)


@dataclass(frozen=True)
class Answer:
    """What a voice said, and when."""

    voice: int
    solved: str
    score: int | None
    at: datetime
    source: str = "bot"


@dataclass(frozen=True)
class Attempt:
    """One round of a case; `later` is what its voices said when they were asked again."""

    opened_at: datetime
    accept_due_at: datetime | None = None
    due_at: datetime | None = None
    accepted_at: datetime | None = None
    resolved_at: datetime | None = None
    closed_at: datetime | None = None
    answers: tuple[Answer, ...] = ()
    later: tuple[Answer, ...] = ()

    def until(self, end: datetime) -> Attempt:
        """Forget what happened from `end` on; limits stay known."""

        def before(at: datetime | None) -> datetime | None:
            return at if at is not None and at < end else None

        return replace(
            self,
            accepted_at=before(self.accepted_at),
            resolved_at=before(self.resolved_at),
            closed_at=before(self.closed_at),
            answers=tuple(answer for answer in self.answers if answer.at < end),
            later=tuple(answer for answer in self.later if answer.at < end),
        )

    def said(self) -> list[Answer]:
        """Return each voice's last answer."""
        return list({answer.voice: answer for answer in sorted(self.answers, key=lambda answer: answer.at)}.values())


@dataclass(frozen=True)
class History:
    """A case from beginning to end; `joined` says when the second voice and those after it came to it.

    Attributes:
        left: in which attempts, from 0, somebody left it who gave no answer in that one nor later.
    """

    attempts: tuple[Attempt, ...]
    unit: str = "water"
    township: str | None = "north"
    joined: tuple[datetime, ...] = ()
    left: tuple[int, ...] = ()
    withdrawn_at: datetime | None = None
    number: str = "CB-2026-000001"

    def left_by(self, place: int) -> int:
        """Count those who had left by the end of an attempt."""
        return sum(each <= place for each in self.left)

    def behind(self, place: int) -> int:
        """Count who stood behind an attempt: who joined once it had been reopened stands behind the later ones."""
        reopened = [attempt.opened_at for attempt in self.attempts[place + 1 : place + 2]]
        return 1 + sum(all(at < opened_at for opened_at in reopened) for at in self.joined) - self.left_by(place)

    def until(self, end: datetime) -> History:
        """Forget what happened from `end` on."""
        return replace(
            self,
            attempts=tuple(attempt.until(end) for attempt in self.attempts if attempt.opened_at < end),
            joined=tuple(at for at in self.joined if at < end),
            withdrawn_at=self.withdrawn_at if self.withdrawn_at is not None and self.withdrawn_at < end else None,
        )


def random_histories(random: Random, count: int, begins_at: datetime) -> list[History]:
    """Make up cases on a coarse grid of time, so that limits, periods and events often fall on the same instant."""
    return [
        _random_history(random, f"CB-2026-{place:06d}", begins_at + STEP * random.randrange(120)) for place in range(count)
    ]


def _random_history(random: Random, number: str, filed_at: datetime) -> History:
    voices = random.choice((1, 1, 1, 2, 3))
    leaver, leaving = (voices, random.randrange(3)) if voices > 1 and random.random() < 0.5 else (0, 0)
    attempts = [_random_attempt(random, filed_at, voices)]
    while attempts[-1].resolved_at is not None and len(attempts) < 4 and random.random() < 0.5:
        before = attempts[-1]
        since = max([before.closed_at or before.resolved_at or filed_at, *(answer.at for answer in before.answers)])
        attempts.append(_random_attempt(random, since + STEP * random.randrange(12), voices))
    attempts = [
        replace(each, answers=tuple(answer for answer in each.answers if answer.voice != leaver or place < leaving))
        for place, each in enumerate(attempts)
    ]
    last = attempts[-1]
    withdrawn_at = None
    if last.closed_at is None and random.random() < 0.3:
        since = max([last.resolved_at or last.accepted_at or last.opened_at, *(answer.at for answer in last.answers)])
        withdrawn_at = since + STEP * random.randrange(40)
    return History(
        tuple(attempts),
        random.choice(UNITS),
        random.choice(TOWNSHIPS),
        tuple(filed_at + STEP * random.choice((0, 1, 2, 40, 90)) for _ in range(voices - 1)),
        (leaving,) if leaver and leaving < len(attempts) else (),
        withdrawn_at=withdrawn_at,
        number=number,
    )


def _random_attempt(random: Random, opened_at: datetime, voices: int) -> Attempt:
    attempt = Attempt(opened_at)
    if random.random() < 0.8:
        length = STEP * random.randrange(1, 30)
        attempt = replace(attempt, accept_due_at=opened_at + STEP * random.randrange(1, 4), due_at=opened_at + length)
    if random.random() < 0.85:
        attempt = replace(attempt, accepted_at=opened_at + STEP * random.randrange(4))
        if attempt.accepted_at is not None and random.random() < 0.8:
            attempt = replace(attempt, resolved_at=attempt.accepted_at + STEP * random.randrange(40))
    if attempt.resolved_at is None:
        return attempt
    answers = _random_answers(random, attempt.resolved_at, voices)
    if random.random() < 0.7:
        closed_at = attempt.resolved_at + STEP * random.randrange(16)
        asked = [voice for voice in range(1, voices + 1) if random.random() < 0.4]
        said = [Answer(each, random.choice(("yes", "no")), None, closed_at + STEP * random.randrange(30)) for each in asked]
        attempt = replace(attempt, closed_at=closed_at, later=tuple(said))
    return replace(attempt, answers=answers)


def _random_answers(random: Random, resolved_at: datetime, voices: int) -> tuple[Answer, ...]:
    answers = []
    for voice in range(1, voices + 1):
        at = resolved_at
        for _ in range(random.choice((0, 1, 1, 2, 3))):
            at += STEP * random.randrange(1, 12)
            answers.append(
                Answer(
                    voice,
                    random.choice(("yes", "yes", "partly", "no")),
                    random.choice((None, 1, 3, 4, 5)),
                    at,
                    random.choice(("bot", "bot", "phone")),
                )
            )
    return tuple(answers)


def stamp(at: datetime | None) -> int | None:
    """Write an instant as microseconds since 1970."""
    return None if at is None else (at - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


def put(connection: sqlite3.Connection, history: History) -> None:
    """Write a history as rows; an answer replaces an earlier one where the table has no room for both."""
    state = "assigned" if history.withdrawn_at is None else "withdrawn"
    filed_at = stamp(history.attempts[0].opened_at)
    connection.execute(
        "INSERT INTO cases (number, version, state, kind, category, township, unit, channel, urgency, confidential,"
        " filed_at, round, voices) VALUES (?, 1, ?, 'complaint', 'c', ?, ?, 'bot', 'normal', 0, ?, ?, ?)",
        (history.number, state, history.township, history.unit, filed_at, len(history.attempts), 1 + len(history.joined)),
    )
    for count, attempt in enumerate(history.attempts, 1):
        limits = (stamp(attempt.accept_due_at), stamp(attempt.due_at))
        steps = (stamp(attempt.accepted_at), stamp(attempt.resolved_at), stamp(attempt.closed_at))
        connection.execute(
            "INSERT INTO rounds (number, round, opened_at, accept_due_at, due_at, accepted_at, resolved_at, closed_at, unit,"
            " left_voices) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (history.number, count, stamp(attempt.opened_at), *limits, *steps, history.unit, history.left_by(count - 1)),
        )
        for answer in sorted(attempt.answers, key=lambda answer: answer.at):
            connection.execute(
                "INSERT OR REPLACE INTO ratings VALUES (?, ?, ?, ?, ?, ?, ?)",
                (history.number, count, answer.voice, answer.solved, answer.score, stamp(answer.at), answer.source),
            )
        for answer in attempt.later:
            connection.execute(
                "INSERT INTO follow_ups VALUES (?, ?, '90cd', ?, ?, ?)",
                (history.number, count, answer.voice, answer.solved, stamp(answer.at)),
            )
    moments = [(again.opened_at, "reopened") for again in history.attempts[1:]]
    moments += [(at, "voice_added") for at in history.joined]
    for at, kind in sorted(moments):
        enter(connection, history.number, kind, at)
    if history.withdrawn_at is not None:
        enter(connection, history.number, "withdrawn", history.withdrawn_at)


def enter(connection: sqlite3.Connection, number: str, kind: str, at: datetime, facts: str = "{}") -> None:
    """Write an entry as far as a digest looks at it."""
    connection.execute(
        "INSERT INTO ledger (at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash)"
        " VALUES (?, ?, 1, ?, 'resident', ?, x'', x'', x'')",
        (instant(at), kind, number, facts),
    )


def slow_tally(histories: Sequence[History], period: Period) -> Tally:
    """Count one scope by reading every history as it stood at the period's end."""
    end = period.ends_at
    known = [history.until(end) for history in histories if history.attempts[0].opened_at < end]
    staying = [history for history in known if history.withdrawn_at is None]
    attempts = [attempt for history in staying for attempt in history.attempts]
    lost = [attempt for history in known if history.withdrawn_at is not None for attempt in history.attempts]

    def within(at: datetime | None) -> bool:
        return at is not None and period.begins_at <= at < end

    def limits(due: str, done: str) -> Limits:
        fell = [a for a in attempts if within(getattr(a, due))]
        met = [a for a in fell if getattr(a, done) is not None and getattr(a, done) <= getattr(a, due)]
        return Limits(len(fell), len(met), sum(within(getattr(a, due)) for a in lost))

    return Tally(
        received=Received(sum(within(history.attempts[0].opened_at) for history in known)),
        accept_limits=limits("accept_due_at", "accepted_at"),
        limits=limits("due_at", "resolved_at"),
        standing=slow_standing(attempts, period),
        closings=slow_closings(staying, period),
        reopenings=slow_reopenings(staying, period),
        handling_times=slow_times(staying, period),
        looks_back=slow_looks_back(attempts, period),
    )


def slow_standing(attempts: Sequence[Attempt], period: Period) -> Standing:
    """Count attempts not resolved before the period."""
    left = [a for a in attempts if a.resolved_at is None or a.resolved_at >= period.begins_at]
    due = [a for a in left if a.due_at is not None and a.due_at < period.ends_at]
    open_now = [a for a in left if a.resolved_at is None]
    late = [(period.ends_at - a.due_at, a.due_at - a.opened_at) for a in open_now if a.due_at is not None]
    return Standing(
        due=len(due),
        handled=sum(a.resolved_at is not None for a in due),
        handled_ahead=len([a for a in left if a.resolved_at is not None]) - sum(a.resolved_at is not None for a in due),
        still_open=len(open_now),
        open_without_limit=sum(a.due_at is None for a in open_now),
        overdue=sum(by > timedelta(0) for by, _ in late),
        long_overdue=sum(by > 2 * length for by, length in late if by > timedelta(0)),
    )


def slow_closings(staying: Sequence[History], period: Period) -> Closings:
    """Count attempts closed in the period and what was said of them."""
    total = Closings()
    for history in staying:
        for place, attempt in enumerate(history.attempts):
            if attempt.closed_at is None or attempt.closed_at < period.begins_at:
                continue
            said, is_last = attempt.said(), place == len(history.attempts) - 1
            words = {answer.solved for answer in said}
            scores = [answer.score for answer in said if answer.score is not None]
            phoned = [answer for answer in said if answer.source == "phone"]
            heard = [answer.score for answer in phoned if answer.score is not None]
            one = (
                1,
                words == {"yes"} and is_last,
                bool(said),
                max(history.behind(place), len(said)),
                len(scores),
                sum(score >= 4 for score in scores),
                0,
                bool(phoned),
                bool(phoned) and words == {"yes"} and is_last,
                len(heard),
                sum(score >= 4 for score in heard),
            )
            total = Closings(*(a + b for a, b in zip(total, one, strict=True)))
    return total


def slow_looks_back(attempts: Sequence[Attempt], period: Period) -> LooksBack:
    """Count attempts whose voices were heard again in the period, and those of which none said anything but yes."""
    said = [{answer.solved for answer in each.later if answer.at >= period.begins_at} for each in attempts]
    return LooksBack(sum(bool(words) for words in said), sum(words == {"yes"} for words in said))


def slow_reopenings(staying: Sequence[History], period: Period) -> Reopenings:
    """Count attempts followed by another that began in the period."""
    pairs = [pair for history in staying for pair in zip(history.attempts, history.attempts[1:], strict=False)]
    again = [before for before, after in pairs if after.opened_at >= period.begins_at]
    return Reopenings(len(again), sum(a.closed_at is None or a.closed_at < period.begins_at for a in again))


def slow_times(staying: Sequence[History], period: Period) -> HandlingTimes:
    """Take median and 90th percentile from the sorted list."""
    times = sorted(
        (attempt.resolved_at - history.attempts[0].opened_at) // timedelta(microseconds=1)
        for history in staying
        for attempt in history.attempts
        if attempt.closed_at is not None and attempt.closed_at >= period.begins_at and attempt.resolved_at is not None
    )
    if not times:
        return HandlingTimes()
    return HandlingTimes(len(times), times[math.ceil(len(times) / 2) - 1], times[math.ceil(len(times) * 9 / 10) - 1])
