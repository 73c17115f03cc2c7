"""How much it takes to report something: counted in a run of the real bot, and compared with what docs/filing.md says."""

from __future__ import annotations

import re
from pathlib import Path

from tests.endtoend.test_days_pass import MONDAY
from tests.support.stage import stage

DOCUMENT = Path(__file__).parents[2] / "docs" / "filing.md"
NEWCOMER = 1001
OF_UPDATES = "getupdates"


def told() -> list[str]:
    """Read our row of the table: fields, taps, what is to be done beside it, messages, calls."""
    row = re.search(r"^\| this program \|(.*)\|$", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    return [cell.strip() for cell in row.group(1).split("|")]


async def test_a_usual_complaint_takes_what_the_document_says(tmp_path: Path) -> None:
    """Somebody who never wrote before: one message, one tap, a card and a receipt; at most two calls a tap and two more."""
    async with stage(tmp_path, MONDAY) as on:
        world = on.sandbox.world
        await world.wait_for(lambda: world.calls("setMyShortDescription")[2:])
        before = len(world.calls())
        await on.say(NEWCOMER, "坎乡三村口的路灯坏了")
        await on.press(NEWCOMER, "提交")
        calls = [call for call in world.calls()[before:] if call.method != OF_UPDATES]
        mine = [each for each in world.transcript(NEWCOMER) if not each.sender.is_bot]
        bots = [each for each in world.transcript(NEWCOMER) if each.sender.is_bot]
        assert "CB-2026-000001" in bots[-1].text
        assert told() == [str(len(mine)), "1", "nothing", str(len(bots)), str(len(calls))]
        assert len(calls) <= 2 * 1 + 2
