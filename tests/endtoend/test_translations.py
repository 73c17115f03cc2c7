"""A reviewer's round trip by the command line: out as a table, filled in, taken up, and shown by the bot."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.support.program import program

RESIDENT = 1001


async def test_a_word_that_a_reviewer_brings_back_is_what_residents_read(tmp_path: Path) -> None:
    """Status, export, import, and the next start of the bot says it, with the Chinese under it."""
    async with program(tmp_path, [RESIDENT]) as running:
        before = (await running.ask("translations", "status", "--json")).json()
        assert [each["language"] for each in before] == ["zh_Hans_CN", "ug", "sjo"]
        assert before[0]["missing"] == before[1]["missing"] == 0
        table = tmp_path / "sjo.csv"
        assert (await running.ask("translations", "export", "sjo", "-o", str(table))).code == 0
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        asked = next(row for row in rows if row["sentence"].startswith("Write in one message what is wrong"))
        asked["translation"], asked["reviewed"] = "ᠪᠠᡞᡨᠠ ᠪᡝ", "yes"
        with table.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        taken = await running.ask("translations", "import", "sjo", str(table))
        assert taken.code == 0, taken.err
        assert "1 sentences changed" in taken.out
        after = (await running.ask("translations", "--json")).json()
        assert (after[2]["reviewed"], after[2]["own"]) == (before[2]["reviewed"] + 1, True)
        await running.start()
        running.sandbox.world.text(RESIDENT, "/start")
        await running.press(RESIDENT, "ᠰᡞᠪᡝ 锡伯文")
        said = await running.hears(RESIDENT, "ᠪᠠᡞᡨᠠ ᠪᡝ")
        assert asked["chinese"] in said.text


async def test_a_mistake_is_told_and_nothing_is_taken_up(tmp_path: Path) -> None:
    """One line that names it, exit 2, and the catalogue as it was."""
    async with program(tmp_path, [RESIDENT]) as running:
        wrong = tmp_path / "wrong.csv"
        wrong.write_text("context,sentence,translation,reviewed\n,Number: {case},x,yes\n", encoding="utf-8")
        answer = await running.ask("translations", "import", "sjo", str(wrong))
        assert answer.code == 2
        assert "placeholders" in answer.err
        assert len(answer.err.splitlines()) == 1
        assert not (await running.ask("translations", "--json")).json()[2]["own"]
        assert (await running.ask("translations", "export", "tlh")).code == 2
