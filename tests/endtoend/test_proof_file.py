"""A resident has the proof of a case as a file, which the program on the public board believes without the bot."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.databases import known_signer
from bot.rules.checkpoint import write_key
from bot.settings import Settings
from tests.endtoend.test_days_pass import MONDAY, NUMBER, RESIDENT, file
from tests.support.stage import Stage, stage
from tests.support.store import sample_county

TOOL = Path(__file__).parents[2] / "tools" / "verify_ledger.py"
WEEK = timedelta(days=7)
STRANGER = 1002


async def test_the_proof_of_a_case_is_a_file_that_anybody_can_check(tmp_path: Path) -> None:
    """Signed at once, proved after the week's report, from the page of the case and with the command."""
    async with stage(tmp_path, MONDAY) as on:
        await file(on)
        early = await asked(on, tmp_path)
        receipt = early.read_text()
        assert check(tmp_path, early)[0] != 0, "a receipt alone is no proof"
        assert "/proof" in on.sandbox.world.transcript(RESIDENT)[-1].text
        await on.clock.advance(WEEK)
        proved = await asked(on, tmp_path)
        assert proved.read_text().startswith(receipt)
        told = on.sandbox.world.transcript(RESIDENT)[-1].text
        assert f"python3 verify_ledger.py --proof {proved.name} --key ledger.key" in told
        code, said = check(tmp_path, proved)
        assert (code, f"{NUMBER} " in said) == (0, True), said
        await on.say(RESIDENT, f"/proof {NUMBER}")
        assert kept(on, tmp_path).read_text() == proved.read_text()
        proved.write_text(proved.read_text().replace("index ", "index 1"))
        assert check(tmp_path, proved)[0] == 1
        await on.say(STRANGER, f"/proof {NUMBER}")
        assert "document" not in on.sandbox.world.transcript(STRANGER)[-1].media


async def asked(on: Stage, folder: Path) -> Path:
    """Press the button on the page of the case."""
    await on.say(RESIDENT, "/my")
    await on.press(RESIDENT, f"查看 {NUMBER}")
    await on.press(RESIDENT, "入账证明")
    return kept(on, folder)


def kept(on: Stage, folder: Path) -> Path:
    """Keep the file that was sent last, with the key from the board beside it."""
    sent: Any = on.sandbox.world.transcript(RESIDENT)[-1].media["document"]
    path = folder / str(sent["file_name"])
    path.write_bytes(on.sandbox.world.scene.files[sent["file_id"]].content)
    return path


def check(folder: Path, proof: Path) -> tuple[int, str]:
    """Run the program of the board, as the message says."""
    signer = known_signer(Settings.read({"BOT_DATABASE": "sqlite:///bot.db"}, folder), sample_county())
    assert signer is not None
    (folder / "ledger.key").write_text(write_key(signer.key))
    command = [sys.executable, "-I", str(TOOL), "--proof", proof.name, "--key", "ledger.key"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr
