"""Made-up rows of what a digest tells beside cases: signs, surveys, projects, visits, measures, translations, calls.

As many of each as a county has that files so many cases in two years. Invariant: the same rows in every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Final, NamedTuple, TypeAlias

from bot.rules.chain import instant, salts_needed, write
from bot.rules.county import County
from bot.rules.entry import (
    AnyFact,
    Entry,
    ProjectJudged,
    SignClosed,
    SignOver,
    SignRaised,
    SurveyBegun,
    SurveyCounted,
    SurveyEnded,
)
from bot.rules.identity import ProjectId, UnitId
from bot.rules.survey import Question
from bot.rules.warning import SignKind, Subject, key_of
from bot.rules.warning_life import number_of
from storage.rows import stamp

FOLLOW_UPS: Final = "INSERT INTO follow_ups (number, round, stage, voice, solved, at) VALUES (?, 1, ?, 1, ?, ?)"
VISITS: Final = "INSERT INTO visits (id, staff, unit, township, households, firms, at) VALUES (?, 's', ?, ?, ?, ?, ?)"
PROPOSALS: Final = "INSERT INTO proposals (number, version, unit, township, due_unit, noted_at, measured_at, due_at, ended_at, is_open, is_done, body) VALUES (?, 2, ?, ?, ?, ?, ?, ?, ?, ?, ?, '{}')"  # noqa: E501 (one statement)
MILESTONES: Final = "INSERT INTO milestones (project, place, at, words, salt) VALUES (?, ?, ?, '通车', x'')"
TRANSLATIONS: Final = "INSERT INTO translations (id, number, slot, source, target, language, voice, urgent, asked_at, due_at, version, done_by, done_at) VALUES (?, ?, 'filed', 'ug', 'zh_Hans_CN', 'ug', 0, 0, ?, ?, 1, ?, ?)"  # noqa: E501 (one statement)
ENTRIES: Final = "INSERT INTO ledger (at, kind, version, case_number, actor, facts, salts, entry_hash, chain_hash) VALUES (?, ?, ?, ?, ?, ?, x'', x'', x'')"  # noqa: E501 (one statement)
CALLED_BACK: Final = '{"round":1,"solved":"%s"}'

DAY: Final = timedelta(days=1)
WEEKS: Final = 104
TRANSLATED, LOOKED_BACK, CALLED, VISITED, PROPOSED, JUDGED, SIGNED = 0.15, 0.2, 0.1, 0.05, 0.01, 0.1, 0.002
"""How many there are of each, of one case."""


Made: TypeAlias = tuple[str, tuple[object, ...]]
"""A statement, and a row for it."""


class Closed(NamedTuple):
    """A case that was filed and, it may be, closed."""

    number: str
    filed_at: datetime
    closed_at: datetime | None


def of_case(case: Closed, until: datetime, random: Random) -> Iterator[Made]:
    """Yield what a case brings with it: a translation, a call, a look back."""
    if random.random() < TRANSLATED:
        done_at = case.filed_at + random.uniform(0.05, 1.5) * DAY
        done = ("s-translator", stamp(done_at)) if done_at < until else (None, None)
        yield TRANSLATIONS, (case.number, case.number, stamp(case.filed_at), stamp(case.filed_at + DAY), *done)
    if case.closed_at is not None and random.random() < CALLED and (at := case.closed_at + 5 * DAY) < until:
        facts = CALLED_BACK % random.choice(("yes", "yes", "partly", "no"))
        yield ENTRIES, (instant(at.replace(microsecond=0)), "called_back", 1, case.number, "s-operator", facts)
    if case.closed_at is not None and random.random() < LOOKED_BACK:
        for stage, later in (("90cd", 90), ("365cd", 365)):
            if (at := case.closed_at + later * DAY) < until:
                yield FOLLOW_UPS, (case.number, stage, random.choice(("yes", "yes", "no")), stamp(at))


def beside(county: County, cases: int, since: datetime, until: datetime) -> Iterator[Made]:
    """Yield what is about no one case, from the oldest to the newest of each."""
    random = Random(cases)  # noqa: S311 (made-up rows, the same in every run)
    units, townships, projects = list(county.units), list(county.townships), [each.id for each in county.projects]

    def moments(share: float, least: int = 1) -> Iterator[tuple[int, datetime]]:
        count = max(least, int(cases * share))
        for place in range(count):
            yield place, since + (until - since) * (place / count)

    for place, at in moments(VISITED):
        seen = (random.randrange(9), random.randrange(3))
        yield VISITS, (f"v-{place:07d}", random.choice(units), random.choice(townships), *seen, stamp(at))
    for place, at in moments(PROPOSED):
        unit, due_at, is_done = random.choice(units), at + 30 * DAY, random.random() < 0.8
        ended_at = stamp(at + random.uniform(10, 40) * DAY) if is_done else None
        when = (stamp(at), stamp(at + DAY), stamp(due_at), ended_at)
        yield PROPOSALS, (f"M-{place:07d}", unit, random.choice(townships), unit, *when, not is_done, is_done)
    for place in range(WEEKS * len(projects)):
        at = since + (until - since) * (place / (WEEKS * len(projects)))
        yield MILESTONES, (projects[place % len(projects)], place, stamp(at))
    for _, at in moments(JUDGED):
        yield _line(at, _judged(projects, random))
    for place, at in moments(SIGNED, 10 * WEEKS):
        for days, fact in _sign(place, units, random):
            yield _line(min(at + days * DAY, until - DAY), fact)
    for month in range(24):
        for fact in _survey(month, units, random):
            yield _line(since + (until - since) * (month / 24), fact)


def _judged(projects: list[ProjectId], random: Random) -> ProjectJudged:
    return ProjectJudged(project=random.choice(projects), score=random.randint(1, 5), is_again=random.random() < 0.3)


def _sign(place: int, units: list[UnitId], random: Random) -> Iterator[tuple[int, AnyFact]]:
    """Yield a sign's life: raised, over, and most of them closed."""
    number, unit = number_of(2026, place + 1), random.choice(units)
    kind = random.choice([SignKind.BEHIND, SignKind.OLD, SignKind.BULK, SignKind.COMEBACK])
    subject = key_of(kind, Subject(unit=unit))
    yield 0, SignRaised(sign=number, subject=subject, unit=unit, grade=1 + place % 3, n=5, of=9, usual=10, days=28, cases="")
    if random.random() < 0.95:
        yield 9, SignOver(sign=number)
        yield 12, SignClosed(sign=number, words="ab" * 32)


def _survey(month: int, units: list[UnitId], random: Random) -> Iterator[AnyFact]:
    period = f"{2024 + (month + 10) // 12}-{(month + 10) % 12 + 1:02d}"
    yield SurveyBegun(period=period, seed="ab" * 32, asked=30 * len(units))
    for unit in units:
        for question in Question:
            good = random.randint(2, 12)
            yield SurveyCounted(period=period, unit=unit, question=question, good=good, fair=3, poor=12 - good)
    yield SurveyEnded(period=period, answered=15 * len(units))


def _line(at: datetime, fact: AnyFact) -> Made:
    """Write an entry about no case as the ledger holds it, but for its place there."""
    entry = Entry(at=at.replace(microsecond=0), actor="clock", case=None, fact=fact)
    row = write(entry, seq=1, salts=bytes(salts_needed(entry)), previous=bytes(32))
    return ENTRIES, (row.at, row.kind, row.version, None, row.actor, row.facts)
