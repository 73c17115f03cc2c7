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
from bot.rules.export import Crowds, LastWeek, PublicView, export_line
from bot.settings import Settings
from bot.stores import opened_reader
from storage.reader import StoreReader


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; a file is there whole or not at all."""
    async with opened_reader(settings) as reader:
        view, until = None, None
        if arguments.public or arguments.to_last_week:
            crowds, last = await _looked_over(reader, settings)
            view = PublicView(crowds) if arguments.public else None
            until = last.until if arguments.to_last_week else None
        if arguments.output is None:
            await _write(reader, view, until, sys.stdout.buffer)
        else:
            await write_export(reader, view, Path(arguments.output), until)
    return 0


async def _looked_over(reader: StoreReader, settings: Settings) -> tuple[Crowds, LastWeek]:
    """Go over the ledger once before writing, as what may be told of a case depends on how many there were."""
    crowds, last = Crowds(read_county(settings.county).privacy.smallest_cell), LastWeek()
    async for rows in reader.ledger():
        for row in rows:
            crowds.add(row)
            last.add(row)
    return crowds, last


async def write_export(reader: StoreReader, view: PublicView | None, path: Path, until: int | None = None) -> int:
    """Write a file of the entries, whole or not at all; return how many.

    Args:
        until: the place of the last entry that is written; None for all of them.

    Raises:
        SettingsError: it cannot be written there.
    """
    unfinished = path.with_name(f"{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            entries = await _write(reader, view, until, file)
        unfinished.replace(path)
    except OSError as error:
        raise SettingsError((f"{path} cannot be written: {error.strerror}",)) from error
    finally:
        unfinished.unlink(missing_ok=True)
    return entries


async def _write(reader: StoreReader, view: PublicView | None, until: int | None, out: BinaryIO) -> int:
    """Write lines as the ledger is read, a page at a time; return how many.

    Raises:
        LedgerBroken: an entry cannot be exported; those before it have been written.
    """
    tell, entries = Progress("entries", await reader.ledger_size()), 0
    async for rows in reader.ledger():
        told = rows if until is None else [row for row in rows if row.seq <= until]
        out.writelines(_line(row, view) + b"\n" for row in told)
        entries += len(told)
        tell(rows[-1].seq)
    out.flush()
    return entries


def _line(row: LedgerRow, view: PublicView | None) -> bytes:
    try:
        return export_line(row, None if view is None else view.shown(row))
    except ValueError as error:
        raise LedgerBroken(row.seq, f"the entry cannot be exported: {error}") from error
