"""Some weeks of a county: officials of different diligence, residents who write at all hours, and what came of it."""

from __future__ import annotations

import gc
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

from bot.rules.access import EVERY_ROLE
from bot.rules.county import Role
from bot.rules.identity import UnitId
from tests.simulation.people import SHARES, Official, People, Way
from tests.simulation.town import Town, opened_town
from tests.simulation.verdict import Figures, judge
from tests.simulation.witness import Witness
from tests.support.store import sample_county

BEGINS_AT: Final = datetime(2026, 8, 31, 16, tzinfo=UTC)
"""Midnight in the county, Tuesday 1 September 2026: 中秋, 国庆 and two make-up days lie ahead."""

UNITS: Final = tuple(
    UnitId(unit)
    for unit in (
        "housing", "utilities", "hrss", "health", "education", "services", "agriculture",
        "environment", "market", "letters", "transport", "power", "supervision",
    )
)  # fmt: skip
LEADLESS: Final = UnitId("market")
"""A unit in which nobody answers for the officers."""

OFFICERLESS: Final = UnitId("letters")
"""A unit with a lead and no officer."""

AFTER: Final = timedelta(days=45)
"""How long it goes on after the last case was filed, so that limits come."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much happens; `grain`: people do what they do at multiples of this."""

    cases: int
    officers: int
    days: int
    seed: int = 1
    grain: timedelta = timedelta(seconds=1)


@dataclass
class Outcome:
    """What came of it.

    Attributes:
        wrongs: one line each; none, if all is well.
    """

    cases: int
    acts: int
    letters: int
    wrongs: list[str]
    figures: Figures
    states: Counter[str] = field(default_factory=Counter)
    nightly: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


async def live(path: Path, size: Size) -> Outcome:
    """Let it happen, and judge it."""
    dice = Random(size.seed)
    async with opened_town(
        path, sample_county(), BEGINS_AT - timedelta(hours=12), f"quarter {size.seed}", size.grain
    ) as town:
        people, witness = People(town, dice), Witness(town)
        await _staffed(people, size)
        town.readers.append(people.reads)
        town.witnesses.append(witness.sees)
        await _upsets(people, size)
        for at in sorted(_filing(dice, size) for _ in range(size.cases)):
            people.files(1_000_000 + dice.randrange(max(size.cases * 2 // 3, 1)), at)
        gc.freeze()
        end_at = BEGINS_AT + timedelta(days=size.days) + AFTER
        await town.run(end_at)
        return await _outcome(town, witness, end_at)


def _filing(dice: Random, size: Size) -> datetime:
    """Draw when a case is filed: mostly by day."""
    hour = dice.choices(range(24), [1] * 7 + [4] * 16 + [1])[0]
    return BEGINS_AT + timedelta(days=dice.randrange(size.days), hours=hour, seconds=dice.randrange(3600))


async def _staffed(people: People, size: Size) -> None:
    """Hire everybody: some admins and supervisors, a lead almost everywhere, and the officers, dealt out."""
    town, dice = people.town, people.dice
    ways = [way for way, share in SHARES.items() for _ in range(share)]
    chosen = [ways[place * len(ways) // size.officers] for place in range(size.officers)]
    dice.shuffle(chosen)
    units = [unit for unit in UNITS if unit != OFFICERLESS]
    posts: list[tuple[Role, UnitId | None, Way]] = [
        (Role.ADMIN, None, Way.DILIGENT),
        (Role.SUPERVISOR, None, Way.DILIGENT),
        (Role.SUPERVISOR, None, Way.SLOW),
        *((Role.LEAD, unit, dice.choice((Way.DILIGENT, Way.SLOW))) for unit in UNITS if unit != LEADLESS),
        *((Role.OFFICER, units[place % len(units)], way) for place, way in enumerate(chosen)),
    ]
    for place, (role, unit, way) in enumerate(posts):
        chat = 500_000 + place
        people.officials[chat] = Official(chat, role, unit, way)
        await town.hire(chat, role, unit, f"j-{place}")
        await town.clock.move(timedelta(seconds=10))


async def _upsets(people: People, size: Size) -> None:
    """Let officials go on leave, with a deputy or without, block the bot, and come back."""
    town, dice = people.town, people.dice
    staff = await town.store.read.staff_of(None, EVERY_ROLE)
    chats = dict(zip([each.id for each in staff], people.officials, strict=True))
    for each in staff:
        who = people.officials[chats[each.id]]
        if who.way is Way.ON_LEAVE or (who.role is not Role.OFFICER and dice.random() < 0.3):
            others = [
                other.id
                for other in staff
                if other.id != each.id
                and other.unit == each.unit
                and (other.role in {Role.OFFICER, Role.LEAD}) == (each.role in {Role.OFFICER, Role.LEAD})
                and (each.unit is not None or other.role is each.role)
            ]
            for week in range(1, max(size.days // 7, 2), 3):
                at = BEGINS_AT + timedelta(days=7 * week, hours=10 + dice.random() * 8)
                people.goes_away(who, at, dice.choice((3, 7, 14)), dice.choice(others) if others else "")
        if who.way is Way.BLOCKING:
            people.blocks(
                who, BEGINS_AT + timedelta(days=dice.uniform(1, size.days), hours=9), comes_back=dice.random() < 0.5
            )


async def _outcome(town: Town, witness: Witness, end_at: datetime) -> Outcome:
    outcome = Outcome(
        0, town.acts, town.letters, list(witness.wrongs), Figures(), nightly=witness.nightly, kinds=witness.kinds
    )
    async for case, _ in town.store.read.cases():
        outcome.cases += 1
        outcome.states[case.state] += 1
        entries = await town.store.read.entries_of(case.number)
        tellings = witness.tellings.get(case.number, ())
        outcome.wrongs += judge(entries, tuple(tellings), town.calendar, end_at, outcome.figures)
    return outcome
