"""One complaint in each language travels all the way, through the program that a county runs."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.rules.period import week_of
from tests.media.files import photo
from tests.support.program import RUN, Program, program

RESIDENT, OFFICER, LEAD, ADMIN = 11, 21, 22, 31
NUMBER = re.compile(r"CB-\d{4}-\d{6}")

SPOKEN = [
    pytest.param("中文", "坎乡三村口的路灯坏了", id="Chinese"),
    pytest.param("ئۇيغۇرچە", "مەھەللىمىزنىڭ يولى بۇزۇلۇپ كەتتى", id="Uyghur"),
    pytest.param("ᠰᡞᠪᡝ 锡伯文", "ᡪᡠᡤᡡᠨ 路灯坏了", id="Xibe"),
]


async def file_in(running: Program, account: int, language: str, words: str) -> str:
    """Choose a language, write, send; return the number on the receipt."""
    world = running.sandbox.world
    world.text(account, "/start")
    await running.press(account, language)
    await running.sandbox.world.wait_for(lambda: running.last_id(account) > 0)
    seen = running.last_id(account)
    world.text(account, words)
    card = await running.hears(account, words[-6:], after=seen)
    world.press(account, card.message_id, label=send_label(card.labels))
    receipt = await running.hears(account, "CB-", after=card.message_id)
    found = NUMBER.search(receipt.text)
    assert found is not None
    return found.group()


def send_label(labels: list[str]) -> str:
    """Find the button that sends: the first of the card's last row in every language."""
    return labels[-2]


@pytest.mark.parametrize(("language", "words"), SPOKEN)
async def test_a_complaint_travels_all_the_way(tmp_path: Path, language: str, words: str) -> None:
    """Filed, assigned, signed for, resolved, rated, counted, and every step in a ledger that holds."""
    async with program(tmp_path, [RESIDENT, OFFICER, LEAD, ADMIN], command=RUN) as running:
        world = running.sandbox.world
        await running.start()
        await running.hire(OFFICER, "officer", "transport")
        await running.hire(ADMIN, "admin")
        number = await file_in(running, RESIDENT, language, words)

        await running.hears(OFFICER, number)
        await running.press(OFFICER, "签收")
        await running.press(OFFICER, "办结")
        asked = await running.hears(OFFICER, "这件事是怎么办的")
        world.photo(OFFICER, photo())
        world.text(OFFICER, "已经修好")
        await running.hears(OFFICER, "已办结", after=asked.message_id)

        question = await running.hears(RESIDENT, "已经修好")
        assert len(question.labels) == 3
        world.press(RESIDENT, question.message_id, label=question.labels[0])
        await world.wait_for(lambda: len(world.message(RESIDENT, question.message_id).labels) == 5)
        best = world.message(RESIDENT, question.message_id).labels[0]
        world.press(RESIDENT, question.message_id, label=best)
        await world.wait_for(lambda: best not in world.message(RESIDENT, question.message_id).labels)
        assert await running.stop() == 0

        (case,) = (await running.ask("cases", "--json")).json()
        assert (case["number"], case["state"], case["unit"], case["category"]) == (number, "closed", "transport", "roads")
        assert case["rating"] == {"solved": "yes", "score": 5}
        assert case["filed_at"] <= case["accepted_at"] <= case["resolved_at"] <= case["closed_at"] < case["due_at"]

        week = week_of(datetime.now(UTC), ZoneInfo("Asia/Shanghai")).text
        digest = (await running.ask("digest", "--period", week, "--format", "json")).json()
        assert digest["figures"]["received"]["n"] == 1
        solved, satisfied = (digest["figures"][name] for name in ("confirmed_solved", "satisfied_lowest_case"))
        assert (solved["n"], solved["of"], satisfied["n"], satisfied["of"]) == (1, 1, 1, 1)
        assert (await running.ask("ledger", "verify")).code == 0
