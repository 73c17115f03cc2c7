"""`ledger export`: every entry as a line that anyone can check (docs/ledger.md section 5)."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import BinaryIO

from bot.commands.progress import Progress
from bot.county import read_county
from bot.errors import LedgerBroken, SettingsError
from bot.rules.chain import LedgerRow
from bot.rules.export import Crowds, PublicView, export_line
from bot.settings import Settings
from bot.stores import opened_reader
from storage.reader import StoreReader


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; a file is there whole or not at all."""
    async with opened_reader(settings) as reader:
        view = PublicView(await _crowds(reader, settings)) if arguments.public else None
        if arguments.output is None:
            await _write(reader, view, sys.stdout.buffer)
        else:
            await write_export(reader, view, Path(arguments.output))
    return 0


async def _crowds(reader: StoreReader, settings: Settings) -> Crowds:
    """Go over the ledger once before writing, as what may be told of a case depends on how many there were."""
    crowds = Crowds(read_county(settings.county).privacy.smallest_cell)
    async for rows in reader.ledger():
        for row in rows:
            crowds.add(row)
    return crowds


async def write_export(reader: StoreReader, view: PublicView | None, path: Path) -> int:
    """Write a file of all entries, whole or not at all; return how many.

    Raises:
        SettingsError: it cannot be written there.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            entries = await _write(reader, view, file)
        unfinished.replace(path)
    except OSError as error:
        raise SettingsError((f"{path} cannot be written: {error.strerror}",)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return entries


async def _write(reader: StoreReader, view: PublicView | None, out: BinaryIO) -> int:
    """Write lines as the ledger is read, a page at a time; return how many.

    Raises:
        LedgerBroken: an entry cannot be exported; those before it have been written.
    """
    tell, entries = Progress("entries", await reader.ledger_size()), 0
    async for rows in reader.ledger():
        out.writelines(_line(row, view) + b"\n" for row in rows)
        entries += len(rows)
        tell(entries)
    out.flush()
    return entries


def _line(row: LedgerRow, view: PublicView | None) -> bytes:
    try:
        return export_line(row, None if view is None else view.shown(row))
    except ValueError as error:
        raise LedgerBroken(row.seq, f"the entry cannot be exported: {error}") from error
