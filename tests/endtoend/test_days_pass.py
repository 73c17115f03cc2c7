"""Days pass: reminders before the limit, notes after it, the question again, the digest on Monday."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.actions.join_staff import digest_of
from bot.rules.county import Role
from bot.rules.entry import ReminderDecided, ReminderTold
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.staff import INVITATION_LIFE, Invitation
from tests.media.files import photo
from tests.support.stage import Stage, stage

RESIDENT, OFFICER, LEAD, ADMIN = 1001, 2001, 2002, 3001
MONDAY = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in the county
NUMBER = CaseNumber("CB-2026-000001")


async def hire(on: Stage, account: int, role: Role, unit: str | None) -> None:
    """Give someone a role by a one-time link."""
    now, payload = on.clock.now(), f"j-{account}"
    invitation = Invitation(
        digest_of(payload), role, UnitId(unit) if unit else None, None, now + INVITATION_LIFE, is_used=False
    )
    await on.house.store.invite(invitation, now)
    await on.say(account, f"/start {payload}")


async def file(on: Stage) -> None:
    """File a complaint about a road: seven working days, so until Wednesday of next week at noon."""
    await hire(on, OFFICER, Role.OFFICER, "transport")
    await hire(on, LEAD, Role.LEAD, "transport")
    await hire(on, ADMIN, Role.ADMIN, None)
    await on.say(RESIDENT, "/start")
    await on.press(RESIDENT, "中文")
    await on.say(RESIDENT, "坎乡三村口的路灯坏了")
    await on.press(RESIDENT, "提交")


async def test_a_reminder_comes_before_the_limit_and_the_lead_hears_after_it(tmp_path: Path) -> None:
    """The officer is reminded thrice before the limit; once it has passed, officer and lead are told, then the admin."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.clock.advance(timedelta(days=8, hours=8))
        heard = on.heard(OFFICER, "提醒")
        assert len(heard) == 3
        assert all(NUMBER in each.text and "还有" in each.text for each in heard)
        assert not on.heard(LEAD, "期限刚到")
        await on.clock.advance(timedelta(days=1, hours=2))
        assert on.heard(OFFICER, "期限刚到")
        assert on.heard(LEAD, "期限刚到")
        await on.clock.advance(timedelta(days=7))
        assert on.heard(ADMIN, "已超期")
        reminders = await on.house.store.read.reminders_of(NUMBER)
        told = [(reminder.stage, reminder.staff) for reminder in reminders]
        assert len(told) == len(set(told))


async def test_every_reminder_is_decided_once_and_told(tmp_path: Path) -> None:
    """Whatever the clock decided, delivery entered whether it was told."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.clock.advance(timedelta(days=20))
        decided, told = [], []
        async for rows in on.house.store.read.ledger():
            for row in rows:
                if row.kind == ReminderDecided.KIND:
                    decided.append(row)
                if row.kind == ReminderTold.KIND:
                    told.append(row)
        assert decided
        assert len(decided) == len(told) == len({row.facts for row in decided})
        assert all('"was_told":true' in row.facts for row in told)


async def test_a_closed_case_is_quiet(tmp_path: Path) -> None:
    """Once resolved, no reminder follows; silence of the resident closes the case as unrated after two questions more."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已经修好")
        await on.clock.advance(timedelta(days=14))
        assert not on.heard(OFFICER, "提醒")
        assert len(on.heard(RESIDENT, "问题解决了吗")) + len(on.heard(RESIDENT, "还等您")) >= 1
        case = await on.house.store.read.case(NUMBER)
        assert (case.state, case.now.how, case.now.ratings) == ("closed", "unrated", ())


async def test_no_goes_on_under_a_new_limit(tmp_path: Path) -> None:
    """A resident who says no has the case worked on again; the officer is told anew."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.press(OFFICER, "签收")
        await on.press(OFFICER, "办结")
        on.sandbox.world.photo(OFFICER, photo())
        await on.say(OFFICER, "已经修好")
        await on.clock.advance(timedelta(days=1))
        await on.press(RESIDENT, "没有解决")
        case = await on.house.store.read.case(NUMBER)
        assert (case.state, case.now.number) == ("assigned", 2)
        assert case.now.due_at is not None
        assert case.rounds[0].due_at is not None
        assert case.now.due_at > case.rounds[0].due_at
        assert len([each for each in on.sandbox.world.transcript(OFFICER) if "签收" in each.labels]) == 1


async def test_the_digest_comes_on_monday_by_itself(tmp_path: Path) -> None:
    """At the county's hour the admin reads the week that ended, and the resident nothing of it."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        await on.clock.advance(timedelta(days=7))
        (digest,) = on.heard(ADMIN, "2026年第48周")
        assert "收到：1" in digest.text
        assert not on.heard(RESIDENT, "第48周")
