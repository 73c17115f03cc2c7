"""What is installed is what is in the checkout: the wheel carries every file that the program reads."""

from __future__ import annotations

import re
import subprocess
import sys
from email.parser import Parser
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.structure.sources import ROOMS, ROOT

LEFT_OUT = ("*/__pycache__/*", "*.pyc", "*.mo")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build the wheel as an installer does, without reaching for anything."""
    made = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    (path,) = made.glob("*.whl")
    return ZipFile(path)


def checkout() -> set[str]:
    """Return every file of the rooms that is not made by running them."""
    found = (path.relative_to(ROOT).as_posix() for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file())
    return {path for path in found if not any(fnmatch(path, pattern) for pattern in LEFT_OUT)}


def test_every_file_of_the_rooms_is_in_the_wheel(wheel: ZipFile) -> None:
    """Neither code nor data stays behind, and nothing comes along that is not there."""
    packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == checkout() | {f"bot/tools/{path.name}" for path in (ROOT / "tools").glob("*.py")}


@pytest.mark.parametrize(
    "pattern",
    [
        "bot/qapqal.toml",
        "locales/zh_Hans_CN/LC_MESSAGES/bot.po",
        "locales/ug/LC_MESSAGES/bot.po",
        "locales/sjo/LC_MESSAGES/bot.po",
        "storage/sql/case.sql",
        "storage/sql/ledger.sql",
        "storage/sqlite/migrations/0001_*.sql",
        "bot/sandbox/page/*.html",
        "bot/sandbox/page/*.js",
        "bot/sandbox/page/*.css",
        "bot/sandbox/page/*.ttf",
        "bot/sandbox/page/*.LICENSE",
        "bot/sandbox/history.tsv",
    ],
)
def test_what_the_program_reads_is_packed_and_not_empty(wheel: ZipFile, pattern: str) -> None:
    """County file, catalogues, SQL, migrations, page and fonts are files of the package, with content."""
    found = [info for info in wheel.infolist() if fnmatch(info.filename, pattern)]
    assert found
    assert all(info.file_size > 0 for info in found)


def test_tests_and_benchmarks_stay_at_home(wheel: ZipFile) -> None:
    """Only the rooms are installed."""
    folders = {name.partition("/")[0] for name in wheel.namelist() if ".dist-info/" not in name}
    assert folders == set(ROOMS)


def test_the_wheel_says_what_it_needs(wheel: ZipFile) -> None:
    """An installer reads which Python and which packages the program runs on, and how it is called."""
    info = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    metadata = Parser().parsestr(wheel.read(info).decode())
    assert metadata["Requires-Python"] == ">=3.11"
    assert {"python-telegram-bot", "polib", "cryptography"} <= {
        re.split(r"[<>=~! ;\[]", need)[0] for need in metadata.get_all("Requires-Dist", [])
    }
    points = wheel.read(str(Path(info).with_name("entry_points.txt"))).decode()
    assert "minsheng = bot.__main__:main" in points
