"""Five hundred payloads that nobody was shown: made up, cut, altered, of another version, or somebody else's buttons.

Each gets an answer, none is set aside, and nothing is written: the ledger ends where it ended before.
"""

from __future__ import annotations

import random
import re
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.rules.county import Role
from handlers.callback import LONGEST, encode
from tests.endtoend.test_days_pass import MONDAY, NUMBER, file, hire
from tests.handlers.test_callback import EVERY
from tests.support.stage import Stage, stage

STRANGER, ELSEWHERE = 1002, 2003
PRESSES: Final = 500
LINKS: Final = ("j-", "j-nobody", "j-" + "A" * 62, "c-1", "'; DROP TABLE ledger; --", "j-2001", "../../etc/passwd", "j-%00")


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
    """Pressed by a stranger and by an officer of another unit, each of them."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)  # and nobody has signed for it yet, so that whoever could would
        await hire(on, ELSEWHERE, Role.OFFICER, "water")
        await on.say(STRANGER, "/start")
        before, case = await _head(on), await on.house.store.read.case(NUMBER)
        for place, data in enumerate(payloads()):
            for who in (STRANGER, ELSEWHERE):
                shown = next(each for each in reversed(on.sandbox.world.transcript(who)) if each.sender.is_bot)
                on.sandbox.world.press(who, shown.message_id, data=data)
            if place % 10 == 9:
                await on.clock.advance(timedelta(seconds=30))  # a person gets one message a second
        await on.clock.advance(timedelta(seconds=30))
        assert await _head(on) == before
        assert await on.house.store.read.case(NUMBER) == case
        assert (await on.house.store.read.set_aside(9))[1] == 0
        for who in (STRANGER, ELSEWHERE):
            assert len(on.sandbox.world.toasts(who)) > PRESSES // 2


async def test_a_link_that_nobody_gave_gives_nothing(tmp_path: Path) -> None:
    """No role, no entry, and an answer each; one that was used is as good as none."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        before = await _head(on)
        staff = await on.house.store.read.staff_of(None, frozenset(Role))
        for link in LINKS:
            heard = len([each for each in on.sandbox.world.transcript(STRANGER) if each.sender.is_bot])
            await on.say(STRANGER, f"/start {link}")
            assert len([each for each in on.sandbox.world.transcript(STRANGER) if each.sender.is_bot]) > heard
        assert await _head(on) == before
        assert await on.house.store.read.staff_of(None, frozenset(Role)) == staff


async def _head(on: Stage) -> object:
    return await on.house.store.read.head()
