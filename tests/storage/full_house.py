"""A town in which something lies in every table that entries determine."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.actions.assignment import replanned
from bot.actions.handle_sign import answer_sign, send_note
from bot.ports import Decision
from bot.rules.chain import text_commitment
from bot.rules.county import Role
from bot.rules.county_file import digest_of
from bot.rules.effect import CaseChange, Effects, HouseWords, ProposalChange, Turn
from bot.rules.entry import (
    SYSTEM,
    AnyFact,
    Assigned,
    CardObjected,
    CountyChanged,
    Entry,
    FollowedUp,
    GroupLinked,
    LeaveTaken,
    MeetingHeld,
    MilestoneReached,
    ProposalNoted,
    ShiftEntered,
    Solved,
    StaffEnded,
    Visited,
)
from bot.rules.identity import CaseNumber, CategoryId, ProjectId, StaffId, TownshipId, UnitId, VisitId
from bot.rules.life import evolve as evolve_case
from bot.rules.measure import evolve
from bot.rules.measure import number_of as proposal_number
from bot.rules.meeting import Ended, Opened
from bot.rules.project import Milestone, Reached
from bot.rules.staff import Leave, Shift
from bot.rules.unit_group import CODE_LIFE, GroupCode
from tests.storage import conformance_files as files
from tests.storage import conformance_meetings as meetings
from tests.storage.conformance_signs import OLD, matter, told
from tests.storage.conformance_tasks import official
from tests.storage.conformance_translations import TRANSLATOR, UG, UYGHUR, translate
from tests.storage.test_proofs import lived
from tests.support.store import NEIGHBOUR, OFFICER, RESIDENT, UNIT, Town

DAY = timedelta(days=1)
LATER = timedelta(seconds=1, milliseconds=700)
COUNTY = 'county = "a file as it lies there"\n'
SALT = b"s" * 16
WORDS = HouseWords(text_commitment(SALT, "建议修桥"), "建议修桥", SALT)
WATER = UnitId("water")


def now(town: Town) -> datetime:
    """Return the town's time as entries tell it."""
    return town.clock.now().replace(microsecond=0)


async def write(town: Town, effects: Effects) -> None:
    """Commit what was decided a moment ago."""
    kept = replace(effects, dialog=None, forget_anchor=None)
    await town.store.commit([Decision(kept)], town.clock.now() + LATER)


def said(town: Town, fact: AnyFact, actor: str = SYSTEM, case: CaseNumber | None = None) -> tuple[Entry, ...]:
    """Enter a fact now."""
    return (Entry(at=now(town), actor=actor, case=case, fact=fact),)


async def full(town: Town) -> None:
    """Let everything happen once, each written later than it was decided."""
    number, other = await lived(town)
    again = FollowedUp(round=1, stage="90cd", voice=1, solved=Solved.YES)
    await write(town, Effects(entries=said(town, again, "resident", number)))
    await files.sent(town)
    await files.fetched(town)
    await files.kept(town, number)
    await town.hire(TRANSLATOR, Role.TRANSLATOR)
    await town.file(text=UYGHUR)
    ((item,), _) = await town.desk.read.translations_waiting(frozenset({UG}), 8)
    await translate(town, item, "我们小区的路坏了")
    await roll(town)
    await house(town)
    await handed(town, other)


async def handed(town: Town, number: CaseNumber) -> None:
    """Let a supervisor give a case to another unit, about something else: what it was is kept."""
    await town.clock.move(DAY)
    case = await town.case(number)
    fact = Assigned(unit=WATER, category=CategoryId("water"), accept_due_at=now(town) + DAY, reason=None, is_final=True)
    given = said(town, fact, "s-supervisor", number)
    after = evolve_case(case, given[0])
    planned = replanned(town.desk, after, (now(town), None), now(town))
    gone = (f"{number}/{case.now.number}/",)  # as when a unit gives it back: what is planned already is not planned anew
    await write(town, Effects(cases=(CaseChange(case, after, given),), cancelled=gone, planned=planned))


async def roll(town: Town) -> None:
    """Let officials come again, go on leave, be on duty and go; and link a group."""
    await town.clock.move(DAY)
    await town.hire(OFFICER, Role.OFFICER, UNIT)  # the same again: the role that they had ends
    await town.hire(NEIGHBOUR, Role.OFFICER, UNIT)
    officers = await town.desk.read.staff_of(None, frozenset({Role.OFFICER}))
    one, other = officers[0].id, officers[1].id
    begins_at, ends_at = now(town) + DAY, now(town) + 2 * DAY
    away = LeaveTaken(staff=one, begins_at=begins_at, ends_at=ends_at, deputy=other)
    await write(town, Effects(entries=said(town, away, one), leaves=((one, Leave(begins_at, ends_at, other)),)))
    for days in (1, 3):
        shift = Shift(now(town) + days * DAY, now(town) + (days + 1) * DAY)
        duty = ShiftEntered(staff=one, unit=UNIT, begins_at=shift.begins_at, ends_at=shift.ends_at)
        await write(town, Effects(entries=said(town, duty), shifts_entered=((one, shift),)))
    await write(town, Effects(entries=said(town, StaffEnded(staff=other)), left=(other,)))
    code = GroupCode("a" * 32, UNIT, StaffId("s-lead"), town.clock.now() + CODE_LIFE)
    await write(town, Effects(group_codes=(code,)))
    await town.arrive(RESIDENT, "new")
    linked = Effects(entries=said(town, GroupLinked(unit=UNIT), "s-lead"), group_linked=code.digest)
    await town.store.commit([Decision(linked, taken=await town.take_one())], town.clock.now() + LATER)


async def house(town: Town) -> None:
    """Hold a meeting, reach a milestone, visit, raise a sign that is answered, object to a card, change the county."""
    meeting = meetings.opened(town)
    await write(town, Effects(meetings=(Opened(meeting),)))
    of = MeetingHeld(
        meeting=meeting.id, unit=meeting.unit, township=meeting.township, people=0, raised=0, seconds=0, adopted=0
    )
    await write(town, Effects(entries=said(town, of), meetings=(Ended(meeting.id, now(town), 0),)))
    for place, words in enumerate(("开工", "完工"), start=1):
        reached = MilestoneReached(project=ProjectId("bridge"), unit=UNIT, words=text_commitment(SALT, words))
        change = Reached(ProjectId("bridge"), Milestone(now(town), words, place), SALT, StaffId("s-lead"))
        await write(town, Effects(entries=said(town, reached, "s-lead"), projects=(change,)))
    for place in range(2):
        visit = VisitId(f"v-{place}")
        seen = Visited(visit=visit, unit=UNIT, township=TownshipId("kan"), households=3, firms=place)
        await write(town, Effects(entries=said(town, seen, "s-walker")))
    noted = ProposalNoted(
        proposal=proposal_number(2026, 1), visit=VisitId("v-0"), unit=UNIT, township=TownshipId("kan"), words=WORDS.slot
    )
    (entry,) = said(town, noted, "s-walker")
    await write(town, Effects(proposals=(ProposalChange(None, evolve(None, entry), entry),), house_words=(WORDS,)))
    await told(town, OLD)
    (sign,) = await town.store.read.signs()
    await write(town, send_note(town.desk, await matter(town, sign), "请尽快", now(town)))
    (sign,) = await town.store.read.signs()
    asked = await matter(town, sign)
    asked = type(asked)(sign, (await official(town, Role.LEAD),), {}, asked.staff)
    await write(town, answer_sign(town.desk, asked, "已经在修", now(town)))
    for before in range(2):
        objected = CardObjected(period="2026-11", unit=UNIT, words=WORDS.slot)
        turn = Turn(f"card/2026-11/{UNIT}", before)
        await write(town, Effects(entries=said(town, objected), turns=(turn,), house_words=(WORDS,)))
    await write(town, Effects(county="earlier\n"))
    changed = CountyChanged(file=digest_of(COUNTY), changes=1)
    await write(town, Effects(entries=said(town, changed), county=COUNTY))
