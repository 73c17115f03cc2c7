"""`ledger verify` and `ledger head`: whether the ledger holds, and where it ends."""

from __future__ import annotations

import argparse
import sys

from bot.commands.output import Json, print_json
from bot.errors import LedgerBroken
from bot.rules.chain import EMPTY, Head, follow
from bot.settings import Settings
from bot.stores import opened_reader
from storage.reader import StoreReader

NOT_EXCLUDED = (
    "not excluded without a checkpoint from outside: that whoever holds the machine rewrote the whole ledger or cut its end"
)


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Check the ledger, or say where it ends."""
    async with opened_reader(settings) as reader:
        if arguments.act == "head":
            return _print_head(await reader.head(), as_json=arguments.json)
        return await _verify(reader, as_json=arguments.json)


def _print_head(head: Head, *, as_json: bool) -> int:
    if as_json:
        print_json({"entries": head.seq, "head": head.chain_hash.hex()})
    else:
        print(f"{head.seq} entries, ending in {head.chain_hash.hex()}")
    return 0


async def _verify(reader: StoreReader, *, as_json: bool) -> int:
    """Follow the chain from the first entry to the last; exit code 1 names the first that does not hold."""
    head = EMPTY
    broken: LedgerBroken | None = None
    size = await reader.ledger_size()
    try:
        async for rows in reader.ledger():
            for row in rows:
                head = follow(head, row)
            _progress(head.seq, size)
        _compare(head, await reader.head())
    except LedgerBroken as error:
        broken = error
    if as_json:
        first_bad: Json = None if broken is None else {"seq": broken.seq, "why": broken.why}
        print_json(
            {
                "ok": broken is None,
                "entries": head.seq,
                "head": head.chain_hash.hex(),
                "checkpoint": None,
                "first_bad": first_bad,
            }
        )
    elif broken is None:
        print(f"the ledger holds: {head.seq} entries, ending in {head.chain_hash.hex()}")
        print(NOT_EXCLUDED)
    else:
        print(f"the ledger does not hold at entry {broken.seq}: {broken.why}")
    return 0 if broken is None else 1


def _compare(found: Head, said: Head) -> None:
    """Raise LedgerBroken when the ledger does not end where it was last said to."""
    if found.seq < said.seq:
        raise LedgerBroken(found.seq + 1, f"the entry is missing; the ledger once ended with entry {said.seq}")
    if found != said:
        raise LedgerBroken(found.seq, "the ledger does not end where its head says")


def _progress(done: int, size: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done >= size else ""
        print(f"\r{done:,} of {size:,} entries", end=end, file=sys.stderr, flush=True)
