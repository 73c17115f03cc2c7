"""Five hundred payloads that nobody was shown: made up, cut, altered, of another version, or somebody else's buttons.

Each gets an answer, none is set aside, and nothing happens. That somebody tried a button about a case of others, or a
link to a role, is an entry; a few of one person a day, however often they try.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.errors import StaleButton
from bot.rules.caller import LINK_PREFIX
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import RESIDENT, Entry, GroupsUnlinked, InvitationRefused, PressRefused, ProjectJudged
from bot.rules.identity import UnitId
from bot.rules.meeting import MEETING_PREFIX
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX
from bot.rules.rebuff import LASTS, MOST
from bot.sandbox.cast import Person
from handlers.callback import LONGEST, decode, encode
from handlers.resident.cases import TRACK_PREFIX
from tests.endtoend.test_days_pass import ADMIN, LEAD, MONDAY, NUMBER, OFFICER, file, hire
from tests.handlers.every_button import EVERY
from tests.support.stage import Stage, stage

STRANGER, OPERATOR, ELSEWHERE, TRANSLATOR, LEAD_ELSEWHERE, SUPERVISOR = 1002, 1003, 2003, 2004, 2005, 2006
ROLES: Final = {
    ELSEWHERE: Role.OFFICER,
    OPERATOR: Role.OPERATOR,
    TRANSLATOR: Role.TRANSLATOR,
    LEAD_ELSEWHERE: Role.LEAD,
}
"""Who has a role, and nothing to do with the case; each of the payloads is pressed by one of them too."""

ABOVE: Final = (SUPERVISOR, ADMIN)
"""Who may look at any case, or be told of it: they press in turn with the others what was made up, cut or altered so that
it is no button any more.

What they bring about by buttons as they are is in `tests/workers/test_pressed_by_anybody.py`, decided by the very
conversations that the worker has decide here.
"""

PRESSES: Final = 500
LINKS: Final = ("j-", "j-nobody", "j-" + "A" * 62, "c-1", "'; DROP TABLE ledger; --", "j-2001", "../../etc/passwd", "j-%00")
NOWHERE: Final = tuple(
    f"{prefix}{rest}"
    for prefix in (LINK_PREFIX, PROJECT_PREFIX, CATEGORY_PREFIX, MEETING_PREFIX, TRACK_PREFIX)
    for rest in ("", "0", NUMBER, f"{NUMBER}_00000000", "\u202eabc", "A" * 60, "../..", "%00")
)
"""A link of each other kind that leads nowhere, or to what is somebody else's."""


def payloads() -> tuple[list[str], list[str]]:
    """Make up payloads about a real case, the same ones every time: every kind of button there is, and then worse."""
    chance = random.Random(20261123)
    by_kind: dict[type, list[str]] = {}
    for button in EVERY:
        by_kind.setdefault(type(button), []).append(re.sub(r"CB-2026-\d{6}", NUMBER, encode(button)))
    real = [chance.choice(all_of_them) for all_of_them in by_kind.values()]
    worse: dict[str, None] = {}
    while len(real) + len(worse) < PRESSES:
        data = chance.choice(chance.choice(tuple(by_kind.values())))
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data = data[:at]
            case 1:
                data = data[:at] + chance.choice('"[]{},0aZ民\u202e\x7f') + data[at + 1 :]
            case 2:
                data = chance.choice("023456789x") + data[1:]
            case _:
                data = data[at:] + data[:at]
        worse[data[:LONGEST] or "?"] = None
    return real, list(worse)


def is_a_button(data: str) -> bool:
    """Say whether it can be read as one, which may also be by chance."""
    try:
        decode(data)
    except StaleButton:
        return False
    return True


async def test_what_nobody_was_shown_does_nothing(tmp_path: Path) -> None:
    """Each pressed by a stranger, and in turn by people of another unit, an operator, a translator and those above."""
    async with stage(tmp_path, MONDAY) as on:
        newcomers = [Person(account, "新来的", "", "zh-hans") for account in (LEAD_ELSEWHERE, SUPERVISOR)]
        on.sandbox.world.create_cast(newcomers)
        await file(on)  # and nobody has signed for it yet, so that whoever could would
        for account, role in ROLES.items():
            await hire(on, account, role, "water" if role in {Role.OFFICER, Role.LEAD} else None)
        await hire(on, SUPERVISOR, Role.SUPERVISOR, "supervision")
        await on.say(STRANGER, "/start")
        before, case = await _entries(on), await on.house.store.read.case(NUMBER)
        real, worse = payloads()
        for place, data in enumerate((*real, *worse)):
            in_turn = tuple(ROLES) if is_a_button(data) else (*ROLES, *ABOVE)
            for who in (STRANGER, in_turn[place % len(in_turn)]):
                shown = next(each for each in reversed(on.sandbox.world.transcript(who)) if each.sender.is_bot)
                on.sandbox.world.press(who, shown.message_id, data=data)
            if place % 10 == 9:
                await on.clock.advance(timedelta(seconds=30))  # a person gets one message a second
        await on.clock.advance(timedelta(seconds=30))
        tried = (await _entries(on))[len(before) :]
        staff = await on.house.store.read.staff_of(None, frozenset(Role))
        others = {each.id for each in staff if each.role in ROLES.values() and each.unit in {None, UnitId("water")}}
        assert len(others) == len(ROLES)
        refused = Counter((each.actor, each.case) for each in tried if isinstance(each.fact, PressRefused))
        as_resident = refused.pop((RESIDENT, NUMBER))
        assert MOST <= as_resident <= MOST * (1 + len(ROLES)), "the stranger, and officials by buttons of residents"
        assert refused == {(actor, NUMBER): MOST for actor in others}
        besides = [each for each in tried if not isinstance(each.fact, PressRefused)]
        by_right: set[tuple[type, str, None]] = {(ProjectJudged, RESIDENT, None)}  # what anybody may say of a project
        by_right |= {(GroupsUnlinked, each.id, None) for each in staff if each.role is Role.LEAD}  # of their own unit
        assert {(type(each.fact), each.actor, each.case) for each in besides} <= by_right
        assert await on.house.store.read.case(NUMBER) == case
        await on.say(ADMIN, f"/audit {PressRefused.KIND}")
        assert len(on.heard(ADMIN, "试按他人事项的按钮")) == 1
        assert (await on.house.store.read.set_aside(9))[1] == 0
        assert len(on.sandbox.world.toasts(STRANGER)) > PRESSES // 2
        for who in (*ROLES, *ABOVE):
            assert len(on.sandbox.world.toasts(who)) >= PRESSES // 12


async def test_a_link_that_nobody_gave_gives_nothing(tmp_path: Path) -> None:
    """No role and an answer each, for officials too; one that was used is as good as none. Tries at a role are entered."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        before = await _entries(on)
        staff = await on.house.store.read.staff_of(None, frozenset(Role))
        voices = await on.house.store.read.voices_of(NUMBER)
        for place, link in enumerate((*LINKS, *NOWHERE)):
            await on.clock.advance(timedelta(seconds=1))  # a person gets one message a second
            for who in (STRANGER,) if link in LINKS else (STRANGER, (OFFICER, LEAD, ADMIN)[place % 3]):
                heard = len([each for each in on.sandbox.world.transcript(who) if each.sender.is_bot])
                await on.say(who, f"/start {link}")
                assert len([each for each in on.sandbox.world.transcript(who) if each.sender.is_bot]) > heard, link
        assert await on.house.store.read.voices_of(NUMBER) == voices
        tried = (await _entries(on))[len(before) :]
        assert [each.fact for each in tried] == [InvitationRefused(role=None, unit=None)] * MOST
        assert await on.house.store.read.staff_of(None, frozenset(Role)) == staff
        await on.clock.advance(LASTS)
        tried_before = len(await _entries(on))
        await on.say(STRANGER, "/start j-2001")
        *_, last = await _entries(on)
        assert len(await _entries(on)) == tried_before + 1
        assert last.fact == InvitationRefused(role=Role.OFFICER, unit=UnitId("transport"))


async def _entries(on: Stage) -> list[Entry]:
    return [read(row) async for rows in on.house.store.read.ledger() for row in rows]
