"""`board --out DIR`: what a county can put on its website, so that everybody sees how it does and can check it.

Each file is there whole or not at all, and what else lies in the folder is left alone. The pages come last, so that they
never speak of files that are not there.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.commands.ledger_export import write_export
from bot.commands.progress import Progress
from bot.county import read_county
from bot.databases import known_signer, opened_as_it_is
from bot.errors import SettingsError
from bot.reports.board_data import board_json, board_table
from bot.reports.board_page import board_page, page_name
from bot.rules.board import Board, Counting
from bot.rules.checkpoint import write_key
from bot.rules.county import County
from bot.rules.export import Crowds, LastWeek, PublicView
from bot.settings import Settings
from bot.speaking import wording_of
from locales.board import Ledger
from storage.reader import StoreReader
from storage.signing import KeptCheckpoint, kept_checkpoints

FONT: Final = ("NotoSansMongolian-Regular.ttf", "NotoSansMongolian.LICENSE")
TOOLS: Final = ("verify_ledger.py", "verify_board.py")


@dataclass(frozen=True, slots=True)
class Counted:
    """What was found in the ledger.

    Attributes:
        until: the place of the last entry that the board has: what came after the last counted week is not told yet.
        checkpoints: those that the entries up to there bear out, by size.
    """

    board: Board
    view: PublicView
    until: int
    checkpoints: tuple[KeptCheckpoint, ...]


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the board."""
    county, now, folder = read_county(settings.county), datetime.now(UTC), Path(arguments.out)
    signer = known_signer(settings, county)
    async with opened_as_it_is(settings, read_only=True) as engine:
        async with engine.reading() as session:
            checkpoints = tuple(await kept_checkpoints(session))
        reader = StoreReader(engine, None)
        counted = await _count(reader, checkpoints, county.privacy.smallest_cell)
        await asyncio.to_thread(_make_folders, folder)
        entries = await write_export(reader, counted.view, folder / "ledger" / "public.jsonl", counted.until)
    newest = _file_of(counted.checkpoints[-1]) if counted.checkpoints else None
    ledger = Ledger(made_at=now, entries=entries, checkpoint=newest, has_key=signer is not None)
    key = None if signer is None else write_key(signer.key)
    await asyncio.to_thread(_write_all, folder, _beside(counted, county, ledger, key))
    await asyncio.to_thread(_write_all, folder, _pages(counted.board, county, settings, ledger))
    told = f"{len(counted.board.weeks)} weeks and {len(counted.board.months)} months of {entries} entries"
    print(f"{folder / 'index.html'}: {told}")
    return 0


async def _count(reader: StoreReader, checkpoints: tuple[KeptCheckpoint, ...], least: int) -> Counted:
    """Go over the ledger once: what may be told of a case depends on the others of its week."""
    crowds, counting, last = Crowds(least), Counting(least), LastWeek()
    tell = Progress("entries", await reader.ledger_size())
    async for rows in reader.ledger():
        for row in rows:
            crowds.add(row)
            counting.add(row)
            last.add(row)
        tell(rows[-1].seq)
    borne_out = tuple(kept for kept in checkpoints if kept.size <= last.until)
    return Counted(counting.board(), PublicView(crowds), last.until, borne_out)


def _beside(counted: Counted, county: County, ledger: Ledger, key: str | None) -> Iterable[tuple[str, bytes]]:
    """Name everything that the pages speak of."""
    board = counted.board
    yield "data/weeks.csv", board_table(board.weeks, county)
    yield "data/months.csv", board_table(board.months, county)
    newest = counted.checkpoints[-1].text if counted.checkpoints else None
    yield "data/board.json", board_json(board, county, ledger.made_at, newest)
    for kept in counted.checkpoints:
        yield f"ledger/checkpoints/{_file_of(kept)}", kept.text.encode()
    if key is not None:
        yield "ledger/ledger.key", f"{key}\n".encode()
    for name in TOOLS:
        yield f"ledger/{name}", _tool(name)
    for name in FONT:
        yield f"fonts/{name}", (files("bot.sandbox") / "page" / name).read_bytes()
    yield "board.css", (files("bot.reports") / "board" / "board.css").read_bytes()


def _pages(board: Board, county: County, settings: Settings, ledger: Ledger) -> Iterable[tuple[str, bytes]]:
    """Lay out a page for each language, that of the first under the name which a browser opens last of all."""
    wording = wording_of(settings, county)
    names = wording.language_names()
    for place, (language, _) in reversed(list(enumerate(names))):
        yield page_name(place, language), board_page(wording.board(board, language, ledger), names)


def _file_of(kept: KeptCheckpoint) -> str:
    return f"{kept.size:010d}.txt"


def _tool(name: str) -> bytes:
    """Read a stand-alone program: from the checkout, or from beside the package where it was installed from a wheel."""
    packed = files("bot") / "tools" / name
    return packed.read_bytes() if packed.is_file() else (Path(str(files("bot"))).parent / "tools" / name).read_bytes()


def _make_folders(folder: Path) -> None:
    for name in ("data", "fonts", "ledger/checkpoints"):
        try:
            (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise SettingsError((f"--out: {folder / name} cannot be made: {error.strerror}",)) from error


def _write_all(folder: Path, contents: Iterable[tuple[str, bytes]]) -> None:
    for name, content in contents:
        path = folder / name
        unfinished = path.with_name(f"{path.name}.part")
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        except OSError as error:
            raise SettingsError((f"--out: {path} cannot be written: {error.strerror}",)) from error
        finally:
            unfinished.unlink(missing_ok=True)
