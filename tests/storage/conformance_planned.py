"""What must still come of a case, and of the house, is planned; whoever throws it away is found in every store."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from bot.actions.ask_resident import ask_resident
from bot.actions.transfer_case import transfer_case
from bot.rules.case import State
from bot.rules.county import Role
from bot.rules.identity import CaseNumber
from bot.workers.bell import Bell
from bot.workers.clock import Ticker
from storage.audit import Audit
from tests.storage.conformance import OnePlace
from tests.storage.conformance_derived import Hand, broken
from tests.storage.conformance_tasks import commit, matter
from tests.support.store import LEAD, NEIGHBOUR, OFFICER, RESIDENT, Town

Lives = dict[str, CaseNumber]


async def cases_of_each_state(town: Town) -> Lives:
    """File a case for each state in which something must still come, and bring it there."""
    await town.staffed()
    names = ("new", "signed", "asked", "back", "resolved")
    found = {name: await town.file((RESIDENT, NEIGHBOUR)[place % 2]) for place, name in enumerate(names)}
    for name in ("signed", "asked"):
        await town.act(OFFICER, "accept", case=found[name])
    await town.act(LEAD, "resolve", case=found["resolved"], answer="修好了")
    now = town.clock.now()
    await commit(town, ask_resident(town.desk, await matter(town, found["asked"], Role.OFFICER), "在哪一户？", now))
    await commit(town, transfer_case(town.desk, await matter(town, found["back"], Role.OFFICER), "不归我们管", now))
    states = (State.ASSIGNED, State.ACCEPTED, State.WAITING, State.TRIAGE, State.RESOLVED)
    assert tuple([(await town.case(number)).state for number in found.values()]) == states
    return found


async def tick(town: Town, by: timedelta = timedelta(0)) -> None:
    """Let the clock plan and do what is due after some time."""
    await town.clock.move(by)
    ticker = Ticker(town.store, town.desk, town.clock, Bell(town.clock), ())
    await ticker.plan()
    while await ticker.step():
        pass


async def said_without(town: Town, hand: Hand, is_gone: Callable[[str], bool]) -> str:
    """Throw away what is planned under some keys; return what is said then, and put it back."""
    rows = await hand.rows("due")
    assert any(is_gone(row["key"]) for row in rows)
    await hand.put("due", [row for row in rows if not is_gone(row["key"])])
    found = await broken(town)
    await hand.put("due", rows)
    return "" if found is None else f"{found[0]}: {found[1]}"


class PlannedConformance(OnePlace):
    """What every store finds thrown away of what is planned."""

    async def test_what_must_still_come_of_a_case_is_missed(self, town: Town, hand: Hand) -> None:
        """In each state, by the case's last entry; all else that is planned may differ from county to county."""
        cases = await cases_of_each_state(town)
        assert await broken(town) is None
        missed = {
            ("new", "before:"): "is open, and no reminder before its limit is planned",
            ("new", "unaccepted:"): "is not signed for, and no note after the limit for that is planned",
            ("new", "overdue:"): "is open, and no note after its limit is planned",
            ("signed", "overdue:"): "is open, and no note after its limit is planned",
            ("asked", "pause:1"): "waits for its resident, and nothing is planned",
            ("back", "triage:"): "no unit has",
            ("resolved", "unrated"): "waits to be rated, and nothing is planned",
        }
        for (name, beginning), why in missed.items():
            prefix = f"{cases[name]}/1/{beginning}"
            said = await said_without(town, hand, lambda key, prefix=prefix: key.startswith(prefix))  # type: ignore[misc]  # a bound default
            assert cases[name] in said, (name, beginning)
            assert why in said
            last = [row["seq"] for row in await hand.rows("ledger") if row["case_number"] == cases[name]][-1]
            assert said.startswith(f"{last}: ")
        for name, beginning in (("new", "fixed"), ("new", "overdue:1d"), ("resolved", "rating:")):
            prefix = f"{cases[name]}/1/{beginning}"
            assert await said_without(town, hand, lambda key, prefix=prefix: key.startswith(prefix)) == ""  # type: ignore[misc]  # a bound default
        both = await said_without(town, hand, lambda key: key.startswith(cases["new"]) or key.endswith("unrated"))
        assert both.endswith(", and 1 more")

    async def test_what_was_done_is_missed_no_more(self, town: Town, hand: Hand) -> None:
        """A clock that comes late, and one that comes again and again; what it leaves behind is whole each time."""
        await cases_of_each_state(town)
        for days in (0, 1, 1, 3, 9, 9, 120):
            await tick(town, timedelta(days=days))
            assert await broken(town) is None
        assert {row["state"] for row in await hand.rows("cases")} == {"assigned", "accepted", "triage", "closed"}

    async def test_the_next_digest_is_missed_once_a_week_was_counted(self, town: Town, hand: Hand) -> None:
        """Nobody who watches would hear of a week again; making anew does not plan it, the clock's next day does."""
        await town.staffed()
        await town.file()
        await tick(town)
        assert await said_without(town, hand, lambda key: key.startswith("digest/")) == ""
        await tick(town, timedelta(days=7))
        assert await broken(town) is None
        counted = [row["seq"] for row in await hand.rows("ledger") if row["kind"] == "week_counted"][-1]
        said = await said_without(town, hand, lambda key: key.startswith("digest/"))
        assert said == f"{counted}: the next digest is not planned any more"
        await hand.put("due", [row for row in await hand.rows("due") if not row["key"].startswith("digest/")])
        assert (await Audit(town.engine).rebuild(lambda _: None, lambda _: None)).is_equal
        await tick(town, timedelta(days=1))
        assert await broken(town) is None
