"""`ledger checkpoint` and `ledger prove NUMBER`: what people outside can keep, and what goes with a receipt."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.output import Json, print_json
from bot.county import read_county
from bot.errors import NotFound, SettingsError
from bot.rules.chain import LedgerRow
from bot.rules.checkpoint import write_key
from bot.rules.identity import CaseNumber
from bot.rules.merkle import Nodes, inclusion_proof
from bot.settings import Settings
from bot.stores import opened_as_it_is, opened_signer
from storage.engine import Session
from storage.rows import read_ledger_row
from storage.signing import KeptCheckpoint, newest_checkpoint
from storage.tree import computed


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Sign, or prove."""
    if arguments.act == "checkpoint":
        return await _checkpoint(arguments, settings)
    return await _prove(CaseNumber(arguments.number), settings, as_json=arguments.json)


async def _checkpoint(arguments: argparse.Namespace, settings: Settings) -> int:
    """Sign the ledger as it is now; the note goes to the terminal or a file, the key's text beside it."""
    county = read_county(settings.county)
    async with opened_as_it_is(settings, read_only=False) as engine:
        signer = opened_signer(settings, county)
        async with engine.writing() as session:
            signed = await signer.checkpoint(session, datetime.now(UTC))
    if arguments.output is not None:
        path = Path(arguments.output)
        try:
            await asyncio.to_thread(path.write_bytes, signed.text.encode())
        except OSError as error:
            raise SettingsError((f"-o: {path} cannot be written: {error.strerror}",)) from error
    if arguments.json:
        print_json({"size": signed.size, "text": signed.text, "key": write_key(signer.key)})
        return 0
    if arguments.output is None:
        print(signed.text, end="")
    print(f"{signed.size} entries; the key to check it with: {write_key(signer.key)}", file=sys.stderr)
    return 0


async def _prove(number: CaseNumber, settings: Settings, *, as_json: bool) -> int:
    """Prove each entry of a case to be in the newest checkpoint; later ones are waiting for the next.

    Raises:
        NotFound: the ledger has no such case.
        SettingsError: no checkpoint has been signed yet.
    """
    async with opened_as_it_is(settings, read_only=True) as engine, engine.reading() as session:
        rows = [read_ledger_row(row) for row in await session.rows("ledger_of_case", {"number": number})]
        if not rows:
            raise NotFound
        kept = await newest_checkpoint(session)
        if kept is None:
            raise SettingsError(("no checkpoint has been signed yet: `python -m bot ledger checkpoint` signs one",))
        entries = await _proofs(session, rows, kept)
    if as_json:
        print_json({"case": number, "checkpoint": kept.text, "size": kept.size, "entries": entries})
    else:
        _print_proofs(entries, kept)
    return 0


async def _proofs(session: Session, rows: Sequence[LedgerRow], kept: KeptCheckpoint) -> list[dict[str, Json]]:
    found: list[dict[str, Json]] = []
    for row in rows:
        proof: Json = None
        if row.seq <= kept.size:
            proof = [node.hex() for node in await _proof(session, row.seq - 1, kept.size)]
        described: dict[str, Json] = {"seq": row.seq, "at": row.at, "entry": row.kind, "entry_hash": row.entry_hash.hex()}
        found.append({**described, "index": row.seq - 1, "proof": proof})
    return found


async def _proof(session: Session, index: int, size: int) -> tuple[bytes, ...]:
    def path(nodes: Nodes) -> tuple[bytes, ...]:
        return inclusion_proof(index, size, nodes)

    return await computed(session, path)


def _print_proofs(entries: Sequence[dict[str, Json]], kept: KeptCheckpoint) -> None:
    print(kept.text)
    for entry in entries:
        print(f"entry {entry['seq']}  {entry['at']}  {entry['entry']}  {entry['entry_hash']}")
        proof = entry["proof"]
        if isinstance(proof, list):
            print(f"  index {entry['index']} of {kept.size}")
            for node in proof:
                print(f"  {node}")
        else:
            print("  not in a checkpoint yet: it will be in the next")
