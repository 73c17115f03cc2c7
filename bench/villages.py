"""A made-up county's year of honest matters, in the sample county's own units and categories; and what is planted in it.

Honest units meet most limits, sit down twice a day to resolve, answer some matters by phone at once, write some answers
twice, and now and then need more time. Invariant: a year is its seed's alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Final

from bench.matters import DAY, HOUR, LIMIT, Matter
from bench.years import poisson
from bot.rules.county import County, Kind
from bot.rules.entry import Channel
from bot.rules.identity import CategoryId, PersonId, TownshipId, UnitId
from bot.rules.routing import unit_for
from bot.rules.warning import EVERYWHERE, SignKind, Subject
from bot.rules.warning_life import Sign

BEGINS_AT: Final = datetime(2025, 1, 5, 16, tzinfo=UTC)
"""A Monday's midnight in the county."""

CHANNELS: Final = {Channel.BOT: 45, Channel.HOTLINE: 35, Channel.COUNTER: 12, Channel.VISIT: 8}
WHO: Final = ("村口", "学校门口", "巷子里", "桥头", "市场旁边", "卫生院门口", "水渠边", "广场上", "林带旁", "楼道里")
WHAT: Final = ("路灯", "井盖", "水管", "电线杆", "围栏", "台阶", "垃圾箱", "标志牌", "路面", "排水口", "护栏", "公示栏")
HOW: Final = ("坏了好几天", "一直没人管", "晚上看不清", "被车撞歪了", "下雨就积水", "松动了很危险", "味道很大", "丢了一块")
WAYS: Final = ("经核实", "已到现场查看", "已联系当事人", "已派人处理", "已约定时间", "已转施工队")


@dataclass(frozen=True, slots=True)
class Plant:
    """Something planted: of which kind, when its first part happened, and whether a sign is about it."""

    kind: SignKind
    since: datetime
    until: datetime
    fits: Callable[[Sign], bool]


@dataclass(slots=True)
class Villages:
    """A county's matters, day by day.

    Attributes:
        weekly: matters a week.
        days: how many are made up.
    """

    county: County
    random: Random
    weekly: float
    days: int
    matters: list[Matter] = field(default_factory=list)
    plants: list[Plant] = field(default_factory=list)

    @classmethod
    def of(cls, county: County, seed: int, weekly: float, days: int) -> Villages:
        """Make honest days up."""
        villages = cls(county, Random(seed), weekly, days)  # noqa: S311 (made-up data)
        missing = {unit: villages.random.uniform(0.02, 0.07) for unit in sorted(county.units)}
        quick = {unit: villages.random.betavariate(2, 90) for unit in sorted(county.units)}
        again = {unit: villages.random.betavariate(8, 92) for unit in sorted(county.units)}
        for day in range(days):
            working = 1.3 if day % 7 < 5 else 0.25
            for _ in range(poisson(villages.random, weekly / 7 * working)):
                matter = villages.honest(day)
                unit = matter.unit
                villages.matters.append(villages.went(matter, missing[unit], quick[unit], again[unit]))
        return villages

    def honest(self, day: int) -> Matter:
        """Make a matter up that came on a day and is not yet handled."""
        random = self.random
        open_ones = [each for each in self.county.categories.values() if not each.is_confidential]
        category = random.choices(open_ones, [1 / place for place in range(1, len(open_ones) + 1)])[0].id
        township = random.choice(sorted(self.county.townships))
        return Matter(
            filed_at=BEGINS_AT + day * DAY + timedelta(hours=9, minutes=random.randrange(600)),
            filer=PersonId(f"p-{random.randrange(10**9)}"),
            words=self.words(),
            category=category,
            township=township,
            unit=unit_for(self.county, category, township) or self.county.categories[category].unit,
            channel=random.choices(list(CHANNELS), list(CHANNELS.values()))[0],
            taken=None,
            answer=f"{random.choice(WAYS)}，{self.words()}，编号{''.join(random.choices('甲乙丙丁戊己庚辛', k=5))}",
            kind=random.choices((Kind.COMPLAINT, Kind.REQUEST, Kind.ENQUIRY), (5, 3, 2))[0],
        )

    def words(self) -> str:
        """Make up what somebody writes."""
        random = self.random
        return f"{random.randrange(1, 40)}村{random.choice(WHO)}{random.choice(WHAT)}{random.choice(HOW)}"

    def went(self, matter: Matter, missing: float, quick: float, again: float) -> Matter:
        """Let an honest unit handle it."""
        random = self.random
        share = 1.05 + random.random() / 3 if random.random() < missing else random.betavariate(3, 2)
        at = matter.filed_at + max(LIMIT * share, 3 * HOUR)
        session = at.replace(hour=4 if at.hour < 8 else 11, minute=random.randrange(45), second=random.randrange(60))
        taken = max(session - matter.filed_at, 4 * HOUR)
        if share < 1:
            taken = min(taken, LIMIT - HOUR)
        chance = random.random
        return replace(
            matter,
            taken=None if chance() < 0.001 else taken,
            answer=f"{matter.unit}统一答复第{'一二三四五'[random.randrange(5)]}类事项" if chance() < 0.03 else matter.answer,
            signed_before=timedelta(minutes=4) if chance() < quick else None,
            is_reopened=chance() < again,
            score=random.randrange(1, 6) if chance() < 0.4 else None,
            urgings=random.choices((0, 1, 2, 3), (940, 50, 9, 1))[0],
            extensions=random.choices((0, 1, 2), (969, 30, 1))[0] if taken > 4 * DAY else 0,
            is_lengthened=chance() < 0.001,
            translated_after=random.choice((1, 2, 5, 20)) * HOUR if chance() < 0.15 else None,
        )

    def resolved(self, day: int, count: int, *, of: UnitId | None = None) -> list[int]:
        """Choose matters that an honest unit resolves within the week from a day on; return their places."""
        begins = BEGINS_AT + day * DAY
        fit: dict[UnitId, list[int]] = {}
        for place, matter in enumerate(self.matters):
            at = matter.resolved_at
            if at is not None and begins <= at < begins + 7 * DAY and matter.kind is not Kind.ENQUIRY:
                fit.setdefault(matter.unit, []).append(place)
        unit = of or self.random.choice(sorted(unit for unit, places in fit.items() if len(places) >= count) or sorted(fit))
        places = fit.get(unit, [])
        return sorted(self.random.sample(places, min(count, len(places))))

    def change(self, places: Iterable[int], **parts: object) -> Sequence[Matter]:
        """Change how matters go; return them."""
        changed = []
        for place in places:
            self.matters[place] = replace(self.matters[place], **parts)  # type: ignore[arg-type]  # parts of a matter
            changed.append(self.matters[place])
        return changed

    def planted(self, kind: SignKind, at: Iterable[datetime | None], fits: Callable[[Sign], bool], days: int = 14) -> None:
        """Note what was planted."""
        moments = [each for each in at if each is not None]
        until = max(moments) + days * DAY
        self.plants.append(Plant(kind, min(moments), until, lambda sign: sign.kind is kind and fits(sign)))


def about(subject: Subject) -> Callable[[Sign], bool]:
    """Say of signs whether they are about a subject."""
    return lambda sign: sign.subject == subject


def of_unit(unit: UnitId) -> Callable[[Sign], bool]:
    """Say of signs whether they are about a unit."""
    return about(Subject(unit=unit))


def of_cell(category: CategoryId, township: TownshipId) -> Callable[[Sign], bool]:
    """Say of signs whether they are about a category in a township, or in all of them."""
    return lambda sign: sign.subject.category == category and sign.subject.township in {township, EVERYWHERE}
