"""`ledger checkpoint`, `prove NUMBER`, `extend FILE`: what people outside can keep, and what goes with a receipt."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from bot.commands.output import Json, print_json
from bot.county import read_county
from bot.databases import known_signer, opened_as_it_is, origin_of
from bot.errors import SettingsError
from bot.rules.checkpoint import Checkpoint, read_note, read_text, write_key
from bot.rules.identity import CaseNumber
from bot.settings import Settings
from bot.stores import opened_signer
from storage.proving import Proven, extension_from, proofs_of
from storage.signing import KeptCheckpoint, Signer, newest_checkpoint

NO_CHECKPOINT: Final = "no checkpoint has been signed yet: `python -m bot ledger checkpoint` signs one"


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Sign, or prove."""
    match arguments.act:
        case "checkpoint":
            return await _checkpoint(arguments, settings)
        case "extend":
            return await _extend(arguments, settings)
        case _:
            return await _prove(arguments, settings)


async def _checkpoint(arguments: argparse.Namespace, settings: Settings) -> int:
    """Sign the ledger as it is now; the note goes to the terminal or a file, the key's text beside it."""
    county = read_county(settings.county)
    async with opened_as_it_is(settings, read_only=False) as engine:
        signer = opened_signer(settings, county)
        async with engine.writing() as session:
            signed = await signer.checkpoint(session, datetime.now(UTC))
    if arguments.output is not None:
        await _write(Path(arguments.output), signed.text)
    if arguments.json:
        print_json({"size": signed.size, "text": signed.text, "key": write_key(signer.key)})
        return 0
    if arguments.output is None:
        print(signed.text, end="")
    print(f"{signed.size} entries; the key to check it with: {write_key(signer.key)}", file=sys.stderr)
    return 0


async def _write(path: Path, text: str) -> None:
    try:
        await asyncio.to_thread(path.write_bytes, text.encode())
    except OSError as error:
        raise SettingsError((f"-o: {path} cannot be written: {error.strerror}",)) from error


# ── Proofs of entries ────────────────────────────────────────────────────────


async def _prove(arguments: argparse.Namespace, settings: Settings) -> int:
    """Prove each entry of a case to be in the newest checkpoint; later ones are waiting for the next.

    Raises:
        NotFound: the ledger has no such case.
        LedgerBroken: what is stored proves nothing.
        SettingsError: no checkpoint has been signed yet.
    """
    number = CaseNumber(arguments.number)
    signer = known_signer(settings, read_county(settings.county))
    async with opened_as_it_is(settings, read_only=True) as engine, engine.reading() as session:
        entries = await proofs_of(session, number)
        kept = await newest_checkpoint(session)
    if kept is None:
        raise SettingsError((NO_CHECKPOINT,))
    if arguments.output is not None:
        await _write(Path(arguments.output), _file(entries[0], signer))
    if arguments.json:
        described = [_described(entry, signer) for entry in entries]
        print_json({"case": number, "checkpoint": kept.text, "size": kept.size, "entries": described})
    elif arguments.output is None:
        _print(entries, signer, kept)
    return 0


def _file(entry: Proven, signer: Signer | None) -> str:
    """Write the signed receipt and the proof one behind the other, as the stand-alone verifier reads them."""
    if entry.text is None:
        raise SettingsError((f"entry {entry.row.seq} is not in a checkpoint yet: it will be in the next",))
    return (entry.receipt(signer) if signer else "") + entry.text


def _described(entry: Proven, signer: Signer | None) -> dict[str, Json]:
    row, proof = entry.row, entry.proof
    return {
        "seq": row.seq,
        "at": row.at,
        "entry": row.kind,
        "entry_hash": row.entry_hash.hex(),
        "index": row.seq - 1,
        "proof": None if proof is None else [node.hex() for node in proof.path],
        "receipt": None if signer is None else entry.receipt(signer),
        "text": entry.text,
    }


def _print(entries: Sequence[Proven], signer: Signer | None, kept: KeptCheckpoint) -> None:
    first = entries[0]
    for entry in entries:
        row = entry.row
        place = f"index {row.seq - 1} of {kept.size}" if entry.proof else "not in a checkpoint yet: it will be in the next"
        print(f"entry {row.seq}  {row.at}  {row.kind}  {row.entry_hash.hex()}  {place}")
    if first.proof is not None:
        print(f"\nThe receipt and proof of entry {first.row.seq}, for verify_ledger.py --proof (-o writes it to a file):\n")
        print(_file(first, signer), end="")
    if signer is None:
        print("without receipts: the key of this ledger is not here (BOT_SIGN_KEY_FILE)", file=sys.stderr)


# ── Proofs between checkpoints ───────────────────────────────────────────────


async def _extend(arguments: argparse.Namespace, settings: Settings) -> int:
    """Prove that the newest checkpoint only adds to one that somebody kept.

    Raises:
        SettingsError: the file is no checkpoint of this ledger, or is about more entries than any that was signed.
        LedgerBroken: the ledger does not begin with what the file's checkpoint is about.
    """
    path = Path(arguments.file)
    old = await asyncio.to_thread(_read, path)
    origin = origin_of(read_county(settings.county))
    if old.origin != origin:
        raise SettingsError((f"{path} is of {old.origin}, and this ledger is {origin}",))
    async with opened_as_it_is(settings, read_only=True) as engine, engine.reading() as session:
        kept = await newest_checkpoint(session)
        if kept is None or kept.size < old.size:
            raise SettingsError(
                (f"no checkpoint of {old.size} entries or more is kept: {NO_CHECKPOINT.partition(': ')[2]}",)
            )
        text = await extension_from(session, old, kept)
    if arguments.output is not None:
        await _write(Path(arguments.output), text)
    else:
        print(text, end="")
    return 0


def _read(path: Path) -> Checkpoint:
    try:
        return read_text(read_note(path.read_bytes())[0])
    except OSError as error:
        raise SettingsError((f"{path} cannot be read: {error.strerror}",)) from error
    except ValueError as error:
        raise SettingsError((f"{path} is no checkpoint: {error}",)) from error
