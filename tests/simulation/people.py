"""How people are: what an official of each kind does with what they are told, and what residents write and answer.

They see nothing but their letters, and do nothing but write and press buttons. Chance decides, from a seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from typing import Final

from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.entry import Solved
from bot.rules.handling import Step
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.message import (
    DraftCard,
    News,
    PartlyQuestion,
    Picked,
    Picking,
    RatingQuestion,
    ReminderNotice,
    ScoreQuestion,
    StaffUnreachable,
    TaskNotice,
    TriageCard,
    UnitAsked,
)
from handlers.callback import (
    AcceptCase,
    AnswerUnit,
    Assign,
    Button,
    ChooseLeave,
    FileApart,
    GoOn,
    HandOn,
    LetRest,
    RateScore,
    RateSolved,
    ResolveCase,
    SeeReminders,
    SendDraft,
    Take,
    TriageFinal,
    TriageUnit,
)
from tests.simulation.town import Read, Town


class Way(StrEnum):
    """How an official goes about it."""

    DILIGENT = "diligent"
    SLOW = "slow"
    FORGETFUL = "forgetful"
    ON_LEAVE = "on leave"
    BLOCKING = "blocking the bot"
    PASSING_ON = "transferring everything"


SHARES: Final[Mapping[Way, int]] = {
    Way.DILIGENT: 20,
    Way.SLOW: 9,
    Way.FORGETFUL: 8,
    Way.ON_LEAVE: 5,
    Way.BLOCKING: 4,
    Way.PASSING_ON: 4,
}
"""Of fifty officers so many of each."""

SIGNS: Final[Mapping[Way, float]] = {
    Way.DILIGENT: 0.95,
    Way.SLOW: 0.6,
    Way.FORGETFUL: 0.1,
    Way.ON_LEAVE: 0.95,
    Way.BLOCKING: 0.9,
    Way.PASSING_ON: 0.95,
}
"""How likely one signs for a new case when its notice comes."""

MINDS: Final = 0.5
"""How much less likely one does something about a reminder than about a notice."""

HANDS_ON: Final = 0.8
"""How likely a lead gives the cases of somebody out of reach to a colleague."""

ENDS: Final[Mapping[Way, float]] = {
    Way.DILIGENT: 0.8,
    Way.SLOW: 0.35,
    Way.FORGETFUL: 0.1,
    Way.ON_LEAVE: 0.85,
    Way.BLOCKING: 0.8,
    Way.PASSING_ON: 0.5,
}
"""How likely one who has signed resolves it within the limit, without being told again."""

MATTERS: Final = (
    "下水道堵了，污水流到街上",
    "小区的电梯坏了三天",
    "老板拖欠工资两个月",
    "医院挂号排队太久，医保报销不了",
    "学校食堂的饭菜不干净",
    "窗口办证明跑了三趟，材料太多",
    "水渠塌了，小麦没法浇水",
    "工地晚上打桩，噪音太大",
    "超市卖过期的东西，不给退款",
    "低保一直没有发",
    "干部态度恶劣，举报他收钱",
)
URGENT: Final = ("整条街停水三天了", "家里停电一整天了", "煤气泄漏了，味道很大，快来人", "房子着火了，快救人")


@dataclass
class Official:
    """Somebody with a role.

    Attributes:
        about: cases that they have signed for or passed on, so that they do it once.
    """

    chat: int
    role: Role
    unit: UnitId | None
    way: Way
    about: set[tuple[CaseNumber, str]] = field(default_factory=set)


@dataclass
class People:
    """Everybody's habits, and the dice."""

    town: Town
    dice: Random
    officials: dict[int, Official] = field(default_factory=dict)
    urgent_share: float = 0.08

    def files(self, chat: int, at: datetime) -> None:
        """Let a resident write what is wrong; what follows depends on the card."""
        words = self.dice.choice(URGENT if self.dice.random() < self.urgent_share else MATTERS)
        self.town.will(chat, at, f"{words}，第{self.dice.randrange(10**6)}号门")

    def reads(self, read: Read) -> None:
        """Make something of a letter."""
        if read.chat in self.officials:
            self._official(self.officials[read.chat], read)
        else:
            self._resident(read)

    # ── Residents ────────────────────────────────────────────────────────────

    def _resident(self, read: Read) -> None:
        dice, at = self.dice, read.at
        match read.letter.message:
            case DraftCard(picking=Picking.NOTHING, alike=None, begun_by=begun_by):
                self.town.will(read.chat, at + timedelta(seconds=dice.randrange(5, 90)), SendDraft(begun_by))
            case DraftCard(picking=Picking.NOTHING, begun_by=begun_by):
                self.town.will(read.chat, at + timedelta(seconds=dice.randrange(5, 90)), FileApart(begun_by))
            case RatingQuestion(case=case, round=attempt):
                if dice.random() < 0.4:
                    solved = dice.choices(list(Solved), [6, 1, 2])[0]
                    self.town.will(read.chat, self._awake(at), RateSolved(case, attempt, solved))
            case ScoreQuestion(case=case, round=attempt):
                if dice.random() < 0.7:
                    self.town.will(read.chat, at + timedelta(seconds=20), RateScore(case, attempt, dice.randrange(1, 6)))
            case PartlyQuestion(case=case, round=attempt):
                button = GoOn(case, attempt) if dice.random() < 0.5 else LetRest(case, attempt)
                self.town.will(read.chat, at + timedelta(seconds=30), button)
            case UnitAsked(case=case):
                if dice.random() < 0.5:
                    self.town.will(
                        read.chat, self._awake(at + timedelta(hours=dice.randrange(60))), AnswerUnit(case), "就在三号门"
                    )
            case _:
                pass

    def _awake(self, at: datetime) -> datetime:
        """Return a moment after this at which people use their telephones; some do at night."""
        return at + timedelta(minutes=self.dice.choice((2, 10, 50, 200, 700, 1500)))

    # ── Officials ────────────────────────────────────────────────────────────

    def _official(self, who: Official, read: Read) -> None:
        match read.letter.message:
            case TaskNotice(state=State.ASSIGNED, news=None | News.GIVEN | News.JOINED) as notice:
                if Step.ACCEPT in notice.steps:
                    self._new_case(who, notice, read.at)
            case TaskNotice(news=News.EXTENSION_WANTED) as notice if Step.GRANT in notice.steps:
                if self.dice.random() < 0.8:
                    self.town.will(who.chat, self._at_work(read.at, 5, 300), Take(notice.case, Step.GRANT))
            case TaskNotice(state=State.ACCEPTED, is_mine=True, news=News.IN_CHARGE) as notice:
                self._goes_on(who, notice.case, notice.due_at, read.at)
            case ReminderNotice() as reminder:
                self._reminded(who, reminder, read.at)
            case TriageCard(picked=Picked.NOTHING, unit=None) as card if who.role is Role.SUPERVISOR:
                self._triage(who, card, read.at)
            case StaffUnreachable(staff=str() as lost, heirs=(heir, *_)) if self.dice.random() < HANDS_ON:
                self.town.will(who.chat, self._at_work(read.at, 5, 300), HandOn(lost, heir))
            case _:
                pass

    def _at_work(self, at: datetime, least: int, most: int) -> datetime:
        """Return a moment so many working minutes later; officers work in the hours of the office."""
        return self.town.calendar.add_running(
            at, timedelta(seconds=60 * self.dice.randrange(least, most) + self.dice.randrange(60))
        )

    def _soon(self, at: datetime, least: int, most: int, *, clock: bool) -> datetime:
        """Return when one acts who has been told: at once where it cannot wait."""
        return at + timedelta(minutes=self.dice.randrange(5, 25)) if clock else self._at_work(at, least, most)

    def _new_case(self, who: Official, notice: TaskNotice, at: datetime) -> None:
        if who.way is Way.PASSING_ON and Step.TRANSFER in notice.steps:
            self.town.will(who.chat, self._at_work(at, 5, 240), Take(notice.case, Step.TRANSFER), "不是我们单位的事")
            return
        if self.dice.random() < SIGNS[who.way]:
            clock = notice.due_at is not None and notice.due_at - notice.filed_at <= timedelta(hours=24)
            self._signs(who, notice.case, notice.due_at, self._soon(at, 5, 200, clock=clock))

    def _signs(self, who: Official, case: CaseNumber, due_at: datetime | None, at: datetime) -> None:
        if (case, "sign") not in who.about:
            who.about.add((case, "sign"))
            self.town.will(who.chat, at, AcceptCase(case))
            self._goes_on(who, case, due_at, at)

    def _goes_on(self, who: Official, case: CaseNumber, due_at: datetime | None, at: datetime) -> None:
        """Ask, ask for more time, resolve, or let it lie."""
        chance = self.dice.random()
        if due_at is None or due_at <= at:
            due_at = at + timedelta(days=3)
        left = due_at - at
        if chance < 0.06 and left > timedelta(days=1):
            self.town.will(who.chat, at + left * 0.2, Take(case, Step.ASK), "请问是哪一栋楼？")
        elif chance < 0.14 and left > timedelta(days=1):
            self.town.will(who.chat, at + left * 0.6, Take(case, Step.EXTEND), "要等材料")
        if self.dice.random() < ENDS[who.way]:
            at += left * self.dice.uniform(0.1, 0.95)
            self._ends(who, case, at if left < timedelta(hours=30) else self.town.calendar.next_opening(at))

    def _ends(self, who: Official, case: CaseNumber, at: datetime) -> None:
        self.town.will(who.chat, at, ResolveCase(case), "已经修好了")

    def _reminded(self, who: Official, reminder: ReminderNotice, at: datetime) -> None:
        """Do something about each case; or only say that it was seen; or nothing."""
        if self.dice.random() < 0.15 and reminder.decided_at is not None:
            self.town.will(who.chat, at + timedelta(minutes=3), SeeReminders(int(reminder.decided_at.timestamp())))
        for line in reminder.lines:
            if who.role not in {Role.OFFICER, Role.LEAD} or self.dice.random() > SIGNS[who.way] * MINDS:
                continue
            clock = self.town.county.categories[line.category].id == "heat_water_power"
            soon = self._soon(at, 10, 200, clock=clock)
            if line.stage.startswith("unaccepted"):
                self._signs(who, line.case, None, soon)
            else:
                self._ends(who, line.case, self._soon(soon, 10, 400, clock=clock))

    def _triage(self, who: Official, card: TriageCard, at: datetime) -> None:
        """Give it back where it came from, for good, or to another unit; sometimes leave it to the next reminder."""
        if (card.case, f"triage {card.is_second}") in who.about or self.dice.random() < 0.15:
            return
        who.about.add((card.case, f"triage {card.is_second}"))
        units = [unit for unit in self.town.county.units if unit != card.left]
        unit = card.left if self.dice.random() < 0.5 else self.dice.choice(units)
        taps: list[Button | str] = [TriageUnit(card.case, unit), Assign(card.case)]
        if self.dice.random() < 0.3:
            taps.insert(0, TriageFinal(card.case))
        self.town.will(who.chat, self._at_work(at, 5, 200), *taps)

    # ── What happens to officials beside their cases ─────────────────────────

    def goes_away(self, who: Official, at: datetime, days: int, deputy: str) -> None:
        """Let somebody take a leave of so many days from this day on."""
        on = self.town.calendar.local_date(at).toordinal()
        self.town.will(who.chat, at, ChooseLeave(on, days, deputy, is_final=True))

    def blocks(self, who: Official, at: datetime, *, comes_back: bool) -> None:
        """Let somebody block the bot at a moment, and some write again after weeks."""
        self.town.later(at, lambda: self.town.blocked.add(who.chat))
        if comes_back:
            self.town.will(who.chat, at + timedelta(days=self.dice.randrange(5, 30)), "/tasks")
