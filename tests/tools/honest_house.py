"""Honest houses that live at random, verified and made anew: `python -m tests.tools.honest_house 10000` counts false alarms.

`tests.tools.honest` takes entries of all kinds in any order and looks at chain, exports and proofs. Here everything happens
through the store, in an order that the rules allow, and what is looked at is every table that entries determine, and what
lies sealed.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from bot.actions.ask_resident import ask_resident, drop_question
from bot.actions.erase_content import erase_content
from bot.actions.extend_case import ask_extension, grant_extension
from bot.actions.matter import Matter
from bot.actions.reclassify_case import reclassify_case
from bot.actions.transfer_case import transfer_case
from bot.actions.triage import Left, assign_case
from bot.errors import Conflict, IllegalTransition, LedgerBroken, NotFound, RuleViolation
from bot.ports import Decision
from bot.rules.case import Case
from bot.rules.chain import text_commitment
from bot.rules.county import Role
from bot.rules.county_file import digest_of
from bot.rules.dialog import Assigning
from bot.rules.effect import Effects, ProposalChange, SignChange, SignWords, Turn
from bot.rules.entry import (
    AnyFact,
    CardObjected,
    CountyChanged,
    Erasing,
    FollowedUp,
    GroupLinked,
    GroupsUnlinked,
    LeaveEnded,
    LeaveTaken,
    MeasureDone,
    MeasureSet,
    MeetingHeld,
    MilestoneReached,
    ProjectJudged,
    ProposalDropped,
    ProposalNoted,
    ShiftDropped,
    ShiftEntered,
    SignAnswered,
    SignAsked,
    SignClosed,
    SignFact,
    SignGraded,
    SignOver,
    SignRaised,
    Solved,
    StaffEnded,
    Visited,
)
from bot.rules.identity import MeetingId, ProjectId, StaffId, TownshipId, UnitId, VisitId
from bot.rules.measure import Proposal
from bot.rules.measure import evolve as carry_on
from bot.rules.measure import number_of as proposal_number
from bot.rules.meeting import Ended, Meeting, Opened
from bot.rules.project import Milestone, Reached
from bot.rules.staff import Leave, Shift, Staff
from bot.rules.unit_group import CODE_LIFE, GroupCode
from bot.rules.warning_life import Sign, evolve, number_of
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.audit import Audit
from storage.audit_once import AuditOnce
from storage.derived_words import SLOTS
from storage.masters import Masters
from storage.sqlite.migrate import migrate
from storage.vault import Vault
from tests.storage.full_house import DAY, SALT, WORDS, handed, said, write
from tests.support.store import LEAD, MASTER, NEIGHBOUR, OFFICER, RESIDENT, UNIT, SeededRandomness, Town, opened_town

BRIDGE: Final = ProjectId("bridge")
KAN: Final = TownshipId("kan")
ACTS: Final = 16
STEPS: Final = (timedelta(0), timedelta(seconds=1), timedelta(hours=7), 3 * DAY)
"""How much time goes by between two deeds."""


class HonestHouse:
    """One town in which things happen at random; what the rules refuse does not happen."""

    def __init__(self, town: Town, random: Random) -> None:
        self.town, self.random = town, random
        self.count = self.reached = 0
        self.proposals: list[Proposal] = []
        self.signs: list[Sign] = []
        self.turns = 0

    async def live(self) -> None:
        """Let this and that happen, at times that go on."""
        await self.town.staffed()
        deeds: tuple[Callable[[], Awaitable[None]], ...] = (
            *(self.case, self.case, self.given, self.erased, self.hired, self.ended, self.away, self.duty, self.group),
            *(self.meeting, self.milestone, self.visit, self.proposal, self.signs_on, self.card, self.county),
            *(self.handled, self.handled, self.due, self.due),
        )
        for _ in range(self.random.randrange(ACTS)):
            self.count += 1
            await self.town.clock.move(self.random.choice(STEPS))
            try:
                await self.random.choice(deeds)()
            except (RuleViolation, IllegalTransition, NotFound, Conflict):
                continue

    async def says(self, fact: AnyFact, effects: Effects | None = None, actor: str = "s-somebody") -> None:
        """Enter a fact with what it changes."""
        await write(self.town, Effects(entries=said(self.town, fact, actor)) + (effects or Effects()))

    async def case(self) -> None:
        """File a case, and let it come as far as it does."""
        chat = self.random.choice((RESIDENT, NEIGHBOUR))
        number = await self.town.file(chat)
        for act in ("accept", "resolve", "rate", "score", "go_on", "add", "score")[: self.random.randrange(8)]:
            who = {"accept": OFFICER, "resolve": LEAD}.get(act, chat)
            more = {"answer": "修好了"} if act == "resolve" else {}
            if act == "rate":
                more = {"solved": self.random.choice(("yes", "partly", "no"))}
            await self.town.act(who, act, case=number, **more)
            await self.town.clock.move(timedelta(minutes=self.random.randrange(90)))
        again = FollowedUp(round=1, stage="90cd", voice=1, solved=Solved.YES)
        await write(self.town, Effects(entries=said(self.town, again, "resident", number)))

    async def given(self) -> None:
        """Give a case to another unit, if it can be given."""
        cases = [case.number async for case, _ in self.town.store.read.cases()]
        if cases:
            await handed(self.town, self.random.choice(cases))

    async def handled(self) -> None:
        """Let an official do something about a case that keeps it open, if they may."""
        cases = [case async for case, _ in self.town.store.read.cases()]
        if not cases:
            return
        case, role = self.random.choice(cases), self.random.choice((Role.OFFICER, Role.LEAD, Role.SUPERVISOR))
        act = self.random.choice((self.asked, self.dropped, self.back, self.found, self.wished, self.granted, self.classed))
        await write(self.town, await act(await self.matter(case, role)))

    async def matter(self, case: Case, role: Role) -> Matter:
        """Put a case in front of whoever holds a role."""
        read = self.town.desk.read
        voices = tuple(person for _, person in await read.voices_of(case.number))
        everyone = await read.staff_of(None, frozenset(Role))
        return Matter(case, tuple(each for each in everyone if each.role is role), "", voices, everyone)

    async def asked(self, matter: Matter) -> Effects:
        """Ask whoever is behind it."""
        return ask_resident(self.town.desk, matter, "在哪一户？", self.now())

    async def dropped(self, matter: Matter) -> Effects:
        """Go on without their answer."""
        entries = await self.town.store.read.entries_of(matter.case.number)
        return drop_question(self.town.desk, matter, entries, self.now())

    async def back(self, matter: Matter) -> Effects:
        """Give it back."""
        return transfer_case(self.town.desk, matter, "不归我们管", self.now())

    async def found(self, matter: Matter) -> Effects:
        """Find a unit for it."""
        left = Left(matter.case.unit, "", self.now())
        unit = self.random.choice((UNIT, UnitId("water")))
        chosen = Assigning(case=matter.case.number, unit=unit, category=matter.case.category, is_final=False, words="")
        return assign_case(self.town.desk, matter, left, chosen, self.now())

    async def wished(self, matter: Matter) -> Effects:
        """Ask for more time."""
        return ask_extension(self.town.desk, matter, "配件没到", self.now())

    async def granted(self, matter: Matter) -> Effects:
        """Grant it."""
        return grant_extension(self.town.desk, matter, "配件没到", self.now())

    async def classed(self, matter: Matter) -> Effects:
        """Put it under another class."""
        to = self.random.choice(tuple(self.town.desk.county.classes))
        return reclassify_case(self.town.desk, matter, to, "应该如此", self.now())

    async def due(self) -> None:
        """Let the clock do what is due, perhaps long after its moment."""
        ticker = Ticker(self.town.store, self.town.desk, self.town.clock, Bell(self.town.clock), ())
        await ticker.plan()
        while await ticker.step():
            pass

    async def erased(self) -> None:
        """Erase what was said in a case."""
        cases = [case.number async for case, _ in self.town.store.read.cases()]
        if cases:
            now = self.town.clock.now()
            effects = erase_content(self.random.choice(cases), Erasing.ORDER, "system", now)
            await self.town.store.commit([Decision(effects)], now)

    async def hired(self) -> None:
        """Let somebody come, perhaps to a role that they hold."""
        role = self.random.choice((Role.OFFICER, Role.LEAD, Role.OPERATOR))
        await self.town.hire(
            self.random.choice((OFFICER, LEAD, NEIGHBOUR)), role, UNIT if role is not Role.OPERATOR else None
        )

    async def somebody(self) -> Staff:
        """Choose an official who is here."""
        here = await self.town.desk.read.staff_of(None, frozenset(Role))
        if not here:
            raise NotFound
        return self.random.choice(here)

    async def ended(self) -> None:
        """Let somebody go."""
        gone = await self.somebody()
        await self.says(StaffEnded(staff=gone.id), Effects(left=(gone.id,)))

    async def away(self) -> None:
        """Let somebody go on leave, or come back."""
        one = await self.somebody()
        if one.leave is not None:
            await self.says(LeaveEnded(staff=one.id), Effects(leaves=((one.id, None),)))
            return
        begins_at = self.now() + self.random.randrange(3) * DAY
        leave = Leave(begins_at, begins_at + DAY, None)
        taken = LeaveTaken(staff=one.id, begins_at=leave.begins_at, ends_at=leave.ends_at, deputy=None)
        await self.says(taken, Effects(leaves=((one.id, leave),)))

    async def duty(self) -> None:
        """Put somebody on duty, or take them off it."""
        one = await self.somebody()
        if one.shifts and self.random.random() < 0.5:
            shift = one.shifts[0]
            dropped = ShiftDropped(staff=one.id, unit=one.unit, begins_at=shift.begins_at, ends_at=shift.ends_at)
            await self.says(dropped, Effects(shifts_dropped=((one.id, shift),)))
            return
        begins_at = self.now() + self.random.randrange(3) * DAY
        shift = Shift(begins_at, begins_at + DAY)
        entered = ShiftEntered(staff=one.id, unit=one.unit, begins_at=shift.begins_at, ends_at=shift.ends_at)
        await self.says(entered, Effects(shifts_entered=((one.id, shift),)))

    async def group(self) -> None:
        """Link a group, perhaps one that is linked already, or unlink all of a unit."""
        unit = self.random.choice((UNIT, UnitId("water")))
        if self.random.random() < 0.3:
            await self.says(GroupsUnlinked(unit=unit), Effects(groups_unlinked=(unit,)))
            return
        code = GroupCode(f"{self.count:032x}", unit, StaffId("s-lead"), self.town.clock.now() + CODE_LIFE)
        await write(self.town, Effects(group_codes=(code,)))
        await self.town.arrive(self.random.choice((RESIDENT, NEIGHBOUR)), "new")
        linked = Effects(entries=said(self.town, GroupLinked(unit=unit), "s-lead"), group_linked=code.digest)
        await self.town.store.commit([Decision(linked, taken=await self.town.take_one())], self.town.clock.now())

    async def meeting(self) -> None:
        """Open a meeting, and perhaps end it."""
        id_, now = MeetingId(f"{self.count:016x}"), self.now()
        await write(
            self.town, Effects(meetings=(Opened(Meeting(id_, "村里的路", StaffId("s-1"), UNIT, KAN, now, now + DAY)),))
        )
        if self.random.random() < 0.6:
            held = MeetingHeld(meeting=id_, unit=UNIT, township=KAN, people=4, raised=0, seconds=0, adopted=0)
            await self.says(held, Effects(meetings=(Ended(id_, self.now(), 4),)))

    async def milestone(self) -> None:
        """Reach something, or judge."""
        if self.random.random() < 0.4:
            await self.says(ProjectJudged(project=BRIDGE, score=4, is_again=False), actor="resident")
            return
        words = f"第{self.count}步"
        self.reached += 1
        reached = MilestoneReached(project=BRIDGE, unit=UNIT, words=text_commitment(SALT, words))
        milestone = Milestone(self.now(), words, self.reached)
        await self.says(reached, Effects(projects=(Reached(BRIDGE, milestone, SALT, StaffId("s-1")),)))

    async def visit(self) -> None:
        """Go out."""
        await self.says(Visited(visit=VisitId(f"v-{self.count}"), unit=UNIT, township=KAN, households=3, firms=1))

    async def proposal(self) -> None:
        """Propose something, or carry it on."""
        due_at = self.now() + 9 * DAY
        if not self.proposals or self.random.random() < 0.4:
            number = proposal_number(2026, len(self.proposals) + 1)
            before = None
            fact: AnyFact = ProposalNoted(proposal=number, visit=VisitId("v-1"), unit=UNIT, township=KAN, words=WORDS.slot)
        else:
            before = self.random.choice(self.proposals)
            fact = self.random.choice(
                (
                    MeasureSet(proposal=before.number, staff=StaffId("s-1"), unit=UNIT, due_at=due_at, words=WORDS.slot),
                    MeasureDone(proposal=before.number, words=WORDS.slot),
                    ProposalDropped(proposal=before.number, words=WORDS.slot),
                )
            )
        (entry,) = said(self.town, fact)
        after = carry_on(before, entry)
        await write(self.town, Effects(proposals=(ProposalChange(before, after, entry),), house_words=(WORDS,)))
        self.proposals = [each for each in self.proposals if each.number != after.number] + [after]

    async def signs_on(self) -> None:
        """Find a sign, or let one go on, and that again."""
        for _ in range(3):
            await self.sign()

    async def sign(self) -> None:
        """Find a sign, or let it go on."""
        found: dict[str, Any] = {"unit": UNIT, "n": 5, "of": 9, "usual": None, "days": 7, "cases": ""}
        if not self.signs or self.random.random() < 0.3:
            number, before = number_of(2026, len(self.signs) + 1), None
            fact: SignFact = SignRaised(sign=number, subject=f"old/{UNIT}////", grade=1, **found)
        else:
            before = self.random.choice(self.signs)
            number = before.number
            fact = self.random.choice(
                (
                    SignGraded(sign=number, grade=self.random.randint(1, 3), **found),
                    SignOver(sign=number),
                    SignAsked(sign=number, unit=UNIT, answer_by=self.now() + 9 * DAY, words=WORDS.slot),
                    SignAnswered(sign=number, words=WORDS.slot),
                    SignClosed(sign=number, words=WORDS.slot),
                )
            )
        (entry,) = said(self.town, fact)
        after = evolve(before, entry)
        slot = SLOTS.get(type(fact))
        words = (SignWords(number, slot, WORDS.text, SALT),) if slot and getattr(fact, "words", None) else ()
        await write(self.town, Effects(signs=(SignChange(before, after, (entry,), words),)))
        self.signs = [each for each in self.signs if each.number != number] + [after]

    async def card(self) -> None:
        """Object to a scorecard."""
        objected = CardObjected(period="2026-11", unit=UNIT, words=WORDS.slot)
        await self.says(objected, Effects(turns=(Turn(f"card/2026-11/{UNIT}", self.turns),), house_words=(WORDS,)))
        self.turns += 1

    async def county(self) -> None:
        """Put another county file in force."""
        text = f"number = {self.count}\n"
        if await self.town.store.read.meta("county_digest") is None:
            await write(self.town, Effects(county=text))
        else:
            await self.says(CountyChanged(file=digest_of(text), changes=1), Effects(county=text))

    def now(self) -> datetime:
        """Return the time as entries tell it."""
        return self.town.clock.now().replace(microsecond=0)


async def alarm(town: Town) -> str | None:
    """Verify, open all that lies sealed, and make everything anew; return what was found wrong, or different."""
    audit = Audit(town.engine)
    try:
        await audit.follow_ledger(_quiet)
        await audit.compare_cases(_quiet)
        await audit.open_cases(Vault(Masters({1: MASTER}), SeededRandomness("opening")), _quiet)
        made = await Audit(town.engine).rebuild(_quiet, _quiet)
    except LedgerBroken as found:
        return f"entry {found.seq}: {found.why}"
    if not await AuditOnce(town.engine).finds_nothing(_quiet, _quiet):
        return "in the shortest way something is found"
    return None if made.is_equal else f"made anew it differs: {made}"


def _quiet(_: int) -> None:
    """Show no progress."""


async def lived(path: Path, seed: int) -> str | None:
    """Let a house live at random in a database; return a false alarm."""
    async with opened_town(path, seed=str(seed)) as town:
        await HonestHouse(town, Random(seed)).live()
        return await alarm(town)


def false_alarms(count: int, seed: int) -> int:
    """Let so many houses live, and count those in which anything was found."""
    found = 0
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        migrate(empty)
        for place in range(count):
            path = Path(folder) / f"{place}.db"
            shutil.copy(empty, path)
            told = asyncio.run(lived(path, seed + place))
            for left in path.parent.glob(f"{path.name}*"):
                left.unlink()
            if told is not None:
                sys.stderr.write(f"seed {seed + place}: {told}\n")
                found += 1
    return found


if __name__ == "__main__":
    wanted = int(sys.argv[1])
    sys.stdout.write(f"{false_alarms(wanted, 1)} false alarms over {wanted:,} honest houses\n")
