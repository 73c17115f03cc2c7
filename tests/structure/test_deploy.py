"""What a machine is set up with: units that systemd understands, an image that is nobody's root, settings that exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import venv
from pathlib import Path
from typing import Final

import pytest

from bot.commands.arguments import parser
from bot.settings import VARIABLES
from tests.structure.sources import ROOT

DEPLOY: Final = ROOT / "deploy"
UNITS: Final = sorted(path.name for path in DEPLOY.iterdir() if path.suffix in {".service", ".timer"})
SERVICES: Final = [name for name in UNITS if name.endswith(".service")]
KNOWN: Final = {variable.name for variable in VARIABLES}
PYTHON: Final = "/opt/minsheng/.venv/bin/python"
EXPOSURE: Final = 3.0
"""Of ten: what systemd itself calls OK ends at 5."""

needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="this machine has no systemd")


def analyze(*words: str) -> subprocess.CompletedProcess[str]:
    """Ask systemd's own checker."""
    return subprocess.run(
        ["systemd-analyze", *words],  # noqa: S607 (wherever it is)
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def setting(unit: str, name: str) -> list[str]:
    """Return what a unit says of something, line by line."""
    return re.findall(rf"^{name}=(.*)$", (DEPLOY / unit).read_text(), re.MULTILINE)


def test_the_units_are_found() -> None:
    """The tests below would be true of none."""
    assert {"minsheng.service", "minsheng-backup.service", "minsheng-backup.timer", "minsheng-check.timer"} <= set(UNITS)


@needs_systemd
@pytest.mark.parametrize("unit", UNITS)
def test_systemd_understands_every_line(tmp_path: Path, unit: str) -> None:
    """Nothing is misspelt; programs that are not on this machine are stood in for by one that is."""
    for name in UNITS:
        text = (DEPLOY / name).read_text().replace(PYTHON, "/bin/true").replace("/etc/minsheng/alarm", "/bin/true")
        (tmp_path / name).write_text(text.replace("file:///opt/minsheng/docs/operations.md", "https://example.org"))
    told = analyze("verify", "--man=no", "--recursive-errors=no", str(tmp_path / unit))
    assert (told.returncode, told.stdout + told.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("unit", [name for name in SERVICES if "alarm" not in name])
def test_a_service_may_do_little(unit: str) -> None:
    """By systemd's own reckoning."""
    told = analyze("security", "--offline=true", f"--threshold={EXPOSURE * 10:.0f}", str(DEPLOY / unit))
    assert told.returncode == 0, told.stdout[-300:]


@pytest.mark.parametrize("unit", SERVICES)
def test_a_service_runs_commands_that_exist(unit: str) -> None:
    """With options that they take, as a user of its own."""
    assert setting(unit, "User") == ["minsheng"]
    for line in setting(unit, "ExecStart"):
        program, *words = shlex.split(line)
        if program == PYTHON:
            assert words[:2] == ["-m", "bot"]
            parser().parse_args(words[2:])
        else:
            assert program == "/etc/minsheng/alarm"


def test_what_is_installed_finds_the_program_from_any_folder(tmp_path: Path) -> None:
    """A technician's commands are given where the data lies, or in the folder of a drill, not in the checkout."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements.lock").touch()
    (tmp_path / "bot").mkdir()
    (tmp_path / "bot" / "__main__.py").write_text("print('found')")
    venv.create(tmp_path / ".venv", symlinks=True)
    (tmp_path / ".venv" / ".installed").touch()
    subprocess.run(["make", "--directory", tmp_path, "install"], check=True, capture_output=True)  # noqa: S607 (wherever it is)
    asked = subprocess.run([tmp_path / ".venv/bin/python", "-m", "bot"], cwd="/", check=True, capture_output=True, text=True)
    assert asked.stdout == "found\n"


@pytest.mark.parametrize("timer", [name for name in UNITS if name.endswith(".timer")])
def test_a_timer_has_something_to_start(timer: str) -> None:
    """A service of the same name."""
    assert timer.replace(".timer", ".service") in SERVICES


def test_the_service_outlives_its_own_promise() -> None:
    """It is given longer to stop than the ten seconds in which it does, and is not started again over a wrong setting."""
    assert setting("minsheng.service", "TimeoutStopSec") == ["20"]
    assert setting("minsheng.service", "RestartPreventExitStatus") == ["2"]


def test_the_settings_of_the_example_exist() -> None:
    """Also those that are commented out."""
    named = re.findall(r"^#?(BOT_[A-Z_]+)=", (DEPLOY / "minsheng.env.example").read_text(), re.MULTILINE)
    assert len(named) > 8
    assert set(named) <= KNOWN


def instructions() -> list[tuple[str, str]]:
    """Read the Containerfile as (instruction, what follows)."""
    text = (DEPLOY / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.partition(" ")[0], line.partition(" ")[2].strip()) for line in lines]


def test_the_image_is_made_of_what_is_there() -> None:
    """Every path that is copied exists, bases are pinned to a version, libraries to their hashes."""
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            assert all((ROOT / path).exists() for path in rest.split()[:-1]), rest
        if name == "FROM":
            assert re.fullmatch(r"\S+:[\w.-]*\d[\w.-]*( AS \w+)?", rest), rest
        if name == "RUN" and "pip install" in rest:
            assert "--require-hashes" in rest


def test_the_image_has_every_room() -> None:
    """What the wheel packs, the image copies."""
    copied = {rest.split()[0] for name, rest in instructions() if name == "COPY" and not rest.startswith("--from")}
    assert {"bot", "handlers", "locales", "storage"} <= copied


def test_the_image_runs_as_nobody_and_can_be_asked() -> None:
    """By number, so that a cluster can check it; with a health command and a volume for the data."""
    found = dict(instructions())
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", found["USER"])
    assert found["ENTRYPOINT"] == '["python", "-m", "bot"]'
    assert "/readyz" in found["HEALTHCHECK"]
    assert found["VOLUME"] == "/data"
    named = re.findall(r"\b(BOT_[A-Z_]+)=", found["ENV"])
    assert named
    assert set(named) <= KNOWN


@pytest.mark.parametrize("file", sorted(path.name for path in DEPLOY.iterdir()))
def test_what_is_deployed_is_explained(file: str) -> None:
    """Each file is named where the technician reads, by itself or with its like."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    patterns = {".service": "deploy/*.service", ".timer": "deploy/*.timer"}
    assert f"deploy/{file}" in text or patterns.get(Path(file).suffix, "nowhere") in text
