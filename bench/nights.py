"""Made-up years played through a real store, night after night: each night's look is the program's own, SQL and all.

Invariant: a night sees only what had happened before it; what is planted is known to nobody but the one who counts.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec

from bench.matters import DAY, HOUR, Matter, course
from bench.planting import plant
from bench.villages import BEGINS_AT, Plant, Villages
from bot.county import read_county, sample_county_path
from bot.ports import Arrival, Decision, Desk
from bot.rules.calendar import Calendar
from bot.rules.case import Case
from bot.rules.county import Role
from bot.rules.effect import CaseChange, Effects, TranslationChange, Words
from bot.rules.entry import Entry
from bot.rules.identity import NEW_CASE, CaseNumber, Language, SignNumber, StaffId, UnitId, UpdateId
from bot.rules.life import evolve, is_of_life
from bot.rules.slot import FILED, answer_slot
from bot.rules.staff import Staff
from bot.rules.translation import CHINESE, Translation
from bot.rules.warning import SignKind
from bot.rules.warning_life import Sign
from bot.workers.lookout import look
from storage.masters import Masters
from storage.queries import load
from storage.sqlite.engine import open_sqlite
from storage.sqlite.migrate import migrate
from storage.store import Store, open_store
from storage.vault import SystemRandomness, Vault

SERIES: Final = "CB-2025"
SALT: Final = bytes(16)
TRANSLATION_LIMIT: Final = DAY
LOOKS_AFTER: Final = 5 * HOUR
"""After midnight."""


@dataclass(slots=True)
class Life:
    """A matter on its way: what is still to come of it, and the case so far."""

    number: CaseNumber
    matter: Matter
    steps: list[tuple[datetime, Entry]]
    case: Case | None = None
    item: Translation | None = None


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[tuple[Store, Desk]]:
    """Open a fresh database with somebody in every unit."""
    migrate(path)
    randomness = SystemRandomness()
    county = read_county(sample_county_path())
    engine = await open_sqlite(path, load("sqlite"), read_only=False)
    try:
        store = await open_store(engine, Vault(Masters({1: bytes(32)}), randomness), randomness)
        await _hire(store, tuple(county.units))
        yield store, Desk(county, Calendar.of(county.hours), store.read, randomness)
    finally:
        await engine.close()


async def _hire(store: Store, units: Sequence[UnitId]) -> None:
    """Have somebody write for each unit, and be its officer from then on."""
    written = [Arrival(UpdateId(number), number, b"{}") for number in range(1, len(units) + 1)]
    await store.receive(written, BEGINS_AT)
    decisions = []
    for unit, taken in zip(units, await store.take_updates(len(units), BEGINS_AT), strict=True):
        officer = Staff(StaffId(f"s-{unit}"), taken.sender.person, Role.OFFICER, unit, None, is_reachable=True)
        decisions.append(Decision(Effects(joined=(officer,)), taken=taken))
    await store.commit(decisions, BEGINS_AT)


def lives(matters: Iterable[Matter]) -> list[Life]:
    """Number matters in the order in which they come, as the store does."""
    found = []
    for place, matter in enumerate(sorted(matters, key=lambda each: (each.filed_at, each.filer)), start=1):
        number = CaseNumber(f"{SERIES}-{place:06d}")
        steps = [(at, Entry(at=at, actor=actor, case=number, fact=fact)) for at, actor, fact in course(matter)]
        found.append(Life(number, matter, steps))
    return found


def passed(life: Life, until: datetime) -> Effects | None:
    """Let a matter go on until a moment; None where nothing happened. What is new has no number yet."""
    effects = Effects()
    while life.steps and life.steps[0][0] < until:
        effects += _stepped(life, life.steps.pop(0)[1])
    item = life.item
    done_at = None if life.matter.translated_after is None else life.matter.filed_at + life.matter.translated_after
    if item is not None and not item.is_done and done_at is not None and done_at < until:
        life.item = replace(item, version=item.version + 1, done_by=StaffId("s-translator"), done_at=done_at)
        effects += Effects(translations=(TranslationChange(item, life.item),))
    return None if effects == Effects() else _joined(life, effects)


def _stepped(life: Life, entry: Entry) -> Effects:
    before = life.case
    if not is_of_life(entry):
        return Effects(entries=(entry,))
    life.case = evolve(before, entry)
    words: tuple[Words, ...] = ()
    if before is None:
        words = (Words(life.number, FILED, life.matter.words, SALT),)
        if life.matter.translated_after is not None:
            life.item = Translation(
                case=life.number,
                slot=FILED,
                source=Language("ug"),
                target=CHINESE,
                asked_at=entry.at,
                due_at=entry.at + TRANSLATION_LIMIT,
            )
    elif life.case.now.resolved_at == entry.at:
        words = (Words(life.number, answer_slot(life.case.now.number), life.matter.answer, SALT),)
    return Effects(cases=(CaseChange(before, life.case, (entry,)),), words=words)


def _joined(life: Life, effects: Effects) -> Effects:
    """Make one change of all that happened to a case within a day; a new one is numbered by the store."""
    if not effects.cases:
        return effects
    first, entries = effects.cases[0], tuple(entry for change in effects.cases for entry in change.entries)
    after = effects.cases[-1].after
    if first.before is not None:
        return msgspec.structs.replace(effects, cases=(CaseChange(first.before, after, entries),))
    new = CaseChange(
        None,
        msgspec.structs.replace(after, number=NEW_CASE),
        tuple(Entry(at=each.at, actor=each.actor, case=NEW_CASE, fact=each.fact) for each in entries),
        series=SERIES,
        filer=life.matter.filer,
    )
    return msgspec.structs.replace(
        effects,
        cases=(new,),
        words=tuple(msgspec.structs.replace(each, case=NEW_CASE) for each in effects.words),
    )


@dataclass(slots=True)
class Told:
    """What nights told of: every sign when it began, and when it was over."""

    signs: list[tuple[datetime, Sign]] = field(default_factory=list)
    over: dict[SignNumber, datetime] = field(default_factory=dict)

    def of(self, one: Plant) -> timedelta | None:
        """Return how long after its first part a planted thing was told; None where it was not."""
        found = [at - one.since for at, sign in self.signs if one.fits(sign) and one.since <= at <= one.until]
        return min(found, default=None)

    def stood(self, one: Plant) -> bool:
        """Say whether a sign like it stood already, so that nothing could be told anew."""
        return any(
            at < one.since and one.since < self.over.get(sign.number, one.until) for at, sign in self.signs if one.fits(sign)
        )


async def play(store: Store, desk: Desk, villages: Villages, first_night: int) -> Told:
    """Live through all days; from a day on, look every night."""
    waiting, going = lives(villages.matters), list[Life]()
    waiting.reverse()
    told = Told()
    for day in range(villages.days):
        midnight = BEGINS_AT + (day + 1) * DAY
        while waiting and waiting[-1].matter.filed_at < midnight:
            going.append(waiting.pop())
        happened = [(life, effects) for life in going if (effects := passed(life, midnight)) is not None]
        await _commit(store, happened, midnight)
        going = [life for life in going if life.steps or (life.item is not None and not life.item.is_done)]
        if day >= first_night:
            now = midnight + LOOKS_AFTER
            effects = await look(desk, (), now)
            await store.commit([Decision(msgspec.structs.replace(effects, planned=()))], now)
            told.over.update({change.after.number: now for change in effects.signs if not change.after.holds})
            told.signs += [(now, change.after) for change in effects.signs if change.before is None]
    return told


async def _commit(store: Store, happened: Sequence[tuple[Life, Effects]], at: datetime) -> None:
    """Write down a day: cases, then what stands beside them and rests on a new one's number, then what was translated."""
    first, beside, done = list[Effects](), list[Effects](), list[Effects]()
    for life, effects in happened:
        is_new = bool(effects.cases) and effects.cases[0].before is None
        first.append(msgspec.structs.replace(effects, translations=(), entries=() if is_new else effects.entries))
        if is_new and effects.entries:
            beside.append(Effects(entries=effects.entries))
        if is_new and life.item is not None:
            asked = replace(life.item, version=1, done_by=None, done_at=None)
            beside.append(Effects(translations=(TranslationChange(None, asked),)))
        if effects.translations:
            done.append(Effects(translations=effects.translations))
    for some in (first, beside, done):
        if some:
            await store.commit([Decision(each) for each in some], at)


@dataclass(slots=True)
class Tally:
    """What became of what was planted, and what was told of where nothing was, by kind.

    Attributes:
        busiest: the most that were told about nothing planted within seven nights.
    """

    weeks: float = 0.0
    nothing: Counter[SignKind] = field(default_factory=Counter)
    busiest: int = 0
    delays: dict[SignKind, list[float | None]] = field(default_factory=lambda: defaultdict(list))

    def found(self, kind: SignKind) -> tuple[int, int]:
        """Return how many planted things of a kind were found, of how many."""
        return sum(each is not None for each in self.delays[kind]), len(self.delays[kind])


async def try_year(
    seed: int, weekly: float, days: int, first_night: int, planted: Mapping[int, Sequence[SignKind]]
) -> tuple[Villages, Told]:
    """Play one year through.

    Args:
        planted: by day, what begins then.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        async with opened(Path(folder) / "bot.db") as (store, desk):
            villages = Villages.of(desk.county, seed, weekly, days)
            for day, kinds in planted.items():
                for kind in kinds:
                    plant(villages, kind, day)
            return villages, await play(store, desk, villages, first_night)


RUN_UP: Final = 98
"""Days before the first night: rising numbers need 13 weeks to be held against."""

PLANTED: Final = 1000
"""What is added to a seed for the year in which things are planted."""

BETWEEN: Final = 42
"""Days from one round of planting to the next."""


def busiest_week(at: Sequence[datetime]) -> int:
    """Return the most of some moments that lie within seven days."""
    return max((sum(first <= each < first + 7 * DAY for each in at) for first in at), default=0)


async def back_test(seeds: Iterable[int], weekly: float, days: int = RUN_UP + 364) -> Tally:
    """Play a quiet year and a planted one of each seed."""
    tally = Tally()
    kinds = list(SignKind)
    for seed in seeds:
        _, told = await try_year(seed, weekly, days, RUN_UP, {})
        tally.weeks += (days - RUN_UP - 7) / 7
        settled = BEGINS_AT + (RUN_UP + 7) * DAY
        quiet = [(at, sign.kind) for at, sign in told.signs if at >= settled]
        tally.nothing.update(kind for _, kind in quiet)
        tally.busiest = max(tally.busiest, busiest_week([at for at, _ in quiet]))
        rounds = range(RUN_UP + 7, days - 63, BETWEEN)
        planted = {
            begin + 2 * place: [kind] for begin in rounds for place, kind in enumerate(kinds[seed % 2 :] + kinds[: seed % 2])
        }
        villages, told = await try_year(PLANTED + seed, weekly, days, RUN_UP, planted)
        for each in villages.plants:
            if told.stood(each):
                continue
            delay = told.of(each)
            tally.delays[each.kind].append(None if delay is None else delay / DAY)
    return tally
