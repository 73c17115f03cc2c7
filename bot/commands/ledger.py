"""`ledger ACT`: whether the ledger holds, where it ends, and proofs of it for people outside."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Final

from bot.commands.collecting import collect_seldom
from bot.commands.output import Json, print_json
from bot.commands.progress import Progress
from bot.databases import opened_as_it_is
from bot.errors import LedgerBroken
from bot.settings import Settings
from storage.audit import Audit, Rebuilt
from storage.ledger_reader import LedgerReader

ELSEWHERE: Final = {
    "verify": "bot.commands.ledger_verify",
    "export": "bot.commands.ledger_export",
    "checkpoint": "bot.commands.ledger_proof",
    "prove": "bot.commands.ledger_proof",
    "extend": "bot.commands.ledger_proof",
}
"""Acts with a module of their own."""


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do what is asked of the ledger."""
    collect_seldom()  # a page of entries is whole thousands of objects, and goes by itself
    if arguments.act in ELSEWHERE:
        code: int = await import_module(ELSEWHERE[arguments.act]).execute(arguments, settings)
        return code
    if arguments.act == "rebuild":
        return await _rebuild(arguments, settings)
    return await _head(arguments, settings)


async def _head(arguments: argparse.Namespace, settings: Settings) -> int:
    async with opened_as_it_is(settings, read_only=True) as engine:
        head = await LedgerReader(engine).head()
    if arguments.json:
        print_json({"entries": head.seq, "head": head.chain_hash.hex()})
    else:
        print(f"{head.seq} entries, ending in {head.chain_hash.hex()}")
    return 0


async def _rebuild(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make the tables anew; exit code 1 when entries do not hold, and then nothing is changed, or when something is left."""
    async with opened_as_it_is(settings, read_only=False) as engine:
        audit = Audit(engine)
        try:
            rebuilt = await audit.rebuild(Progress("entries", await audit.size()), Progress("cases"))
        except LedgerBroken as error:
            if arguments.json:
                print_json({"equal": None, "first_bad": {"seq": error.seq, "why": error.why}})
            else:
                print(f"nothing was changed: the ledger does not hold at entry {error.seq}: {error.why}")
            return 1
    if arguments.json:
        described = {"equal": rebuilt.is_equal, "entries": audit.head.seq, "cases": rebuilt.cases, "nodes": rebuilt.nodes}
        left: list[Json] = [{"table": each.table, "of": each.subject, "seq": each.seq} for each in rebuilt.left]
        replaced = rebuilt.replaced + rebuilt.others
        print_json({**described, "replaced": replaced, "first_bad": None, **({"left": left} if left else {})})
    else:
        _print(rebuilt, audit.head.seq)
    return 1 if rebuilt.left else 0


def _print(rebuilt: Rebuilt, entries: int) -> None:
    if rebuilt.is_equal:
        print(f"equal: {rebuilt.cases} cases and all else made anew from {entries} entries are what the tables hold")
        return
    others = f", {rebuilt.others} rows about no case" if rebuilt.others else ""
    print(
        f"different: {rebuilt.replaced} of {rebuilt.cases} cases{others} and {rebuilt.nodes} nodes of the tree are put right"
    )
    for each in rebuilt.left:
        print(f"not put right: {each.table}, {each.subject}: the entries do not hold all of it")
