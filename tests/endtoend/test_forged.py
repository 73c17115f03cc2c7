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

from bot.rules.caller import LINK_PREFIX
from bot.rules.chain import read
from bot.rules.county import Role
from bot.rules.entry import RESIDENT, Entry, InvitationRefused, PressRefused
from bot.rules.identity import UnitId
from bot.rules.meeting import MEETING_PREFIX
from bot.rules.project import CATEGORY_PREFIX, PROJECT_PREFIX
from bot.rules.rebuff import LASTS, MOST
from handlers.callback import LONGEST, encode
from handlers.resident.cases import TRACK_PREFIX
from tests.endtoend.test_days_pass import ADMIN, MONDAY, NUMBER, file, hire
from tests.handlers.every_button import EVERY
from tests.support.stage import Stage, stage

STRANGER, OPERATOR, ELSEWHERE, TRANSLATOR = 1002, 1003, 2003, 2004
ROLES: Final = {ELSEWHERE: Role.OFFICER, OPERATOR: Role.OPERATOR, TRANSLATOR: Role.TRANSLATOR}
"""Who has a role, and nothing to do with the case; each of the payloads is pressed by one of them too."""

PRESSES: Final = 500
LINKS: Final = ("j-", "j-nobody", "j-" + "A" * 62, "c-1", "'; DROP TABLE ledger; --", "j-2001", "../../etc/passwd", "j-%00")
NOWHERE: Final = tuple(
    f"{prefix}{rest}"
    for prefix in (LINK_PREFIX, PROJECT_PREFIX, CATEGORY_PREFIX, MEETING_PREFIX, TRACK_PREFIX)
    for rest in ("", "0", NUMBER, f"{NUMBER}_00000000", "\u202eabc", "A" * 60, "../..", "%00")
)
"""A link of each other kind that leads nowhere, or to what is somebody else's."""


def payloads() -> list[str]:
    """Make up payloads, the same ones every time: every button there is about a real case, and then worse."""
    chance = random.Random(20261123)
    real = [re.sub(r"CB-2026-\d{6}", NUMBER, encode(button)) for button in EVERY]
    made = list(dict.fromkeys(real))
    while len(made) < PRESSES:
        data = chance.choice(real)
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
        made.append(data[:LONGEST] or "?")
    return made[:PRESSES]


async def test_what_nobody_was_shown_does_nothing(tmp_path: Path) -> None:
    """Each pressed by a stranger, and by an officer of another unit, an operator or a translator in turn."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)  # and nobody has signed for it yet, so that whoever could would
        for account, role in ROLES.items():
            await hire(on, account, role, "water" if role is Role.OFFICER else None)
        await on.say(STRANGER, "/start")
        before, case = await _entries(on), await on.house.store.read.case(NUMBER)
        for place, data in enumerate(payloads()):
            for who in (STRANGER, tuple(ROLES)[place % len(ROLES)]):
                shown = next(each for each in reversed(on.sandbox.world.transcript(who)) if each.sender.is_bot)
                on.sandbox.world.press(who, shown.message_id, data=data)
            if place % 10 == 9:
                await on.clock.advance(timedelta(seconds=30))  # a person gets one message a second
        await on.clock.advance(timedelta(seconds=30))
        tried = (await _entries(on))[len(before) :]
        staff = await on.house.store.read.staff_of(None, frozenset(Role))
        others = {each.id for each in staff if each.role in ROLES.values() and each.unit in {None, UnitId("water")}}
        assert len(others) == len(ROLES)
        assert Counter((each.actor, each.fact.KIND, each.case) for each in tried) == {
            (actor, PressRefused.KIND, NUMBER): MOST for actor in (RESIDENT, *others)
        }
        assert await on.house.store.read.case(NUMBER) == case
        await on.say(ADMIN, f"/audit {PressRefused.KIND}")
        assert len(on.heard(ADMIN, "试按他人事项的按钮")) == 1
        assert (await on.house.store.read.set_aside(9))[1] == 0
        assert len(on.sandbox.world.toasts(STRANGER)) > PRESSES // 2
        for who in ROLES:
            assert len(on.sandbox.world.toasts(who)) > PRESSES // 2 // len(ROLES)


async def test_a_link_that_nobody_gave_gives_nothing(tmp_path: Path) -> None:
    """No role and an answer each; one that was used is as good as none. Tries at a role are entered, a few of them."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        before = await _entries(on)
        staff = await on.house.store.read.staff_of(None, frozenset(Role))
        voices = await on.house.store.read.voices_of(NUMBER)
        for link in (*LINKS, *NOWHERE):
            heard = len([each for each in on.sandbox.world.transcript(STRANGER) if each.sender.is_bot])
            await on.clock.advance(timedelta(seconds=1))  # a person gets one message a second
            await on.say(STRANGER, f"/start {link}")
            assert len([each for each in on.sandbox.world.transcript(STRANGER) if each.sender.is_bot]) > heard
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
