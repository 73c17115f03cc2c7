"""`ledger verify`: the database or an exported ledger, alone or against a checkpoint that was kept elsewhere.

Whatever could not be excluded is said.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from bot.commands.comparing import comparing, is_worth_it
from bot.commands.output import Json, print_json
from bot.commands.progress import Progress
from bot.county import read_county
from bot.databases import SIGN_KEY, known_signer, known_vault, opened_as_it_is, origin_of
from bot.errors import DatabaseDamaged, LedgerBroken, SettingsError, StorageUnavailable
from bot.rules.chain import EMPTY, Head
from bot.rules.checkpoint import Checkpoint, open_checkpoint, read_note, read_text
from bot.rules.export import LONGEST_LINE
from bot.rules.export_page import follow_lines
from bot.rules.merkle import EMPTY_TREE, grow, root
from bot.rules.page import AT_ONCE
from bot.settings import DatabaseLocation, Settings
from storage.audit import OUTSIDE, Audit
from storage.audit_once import AuditOnce
from storage.engine import Engine
from storage.keyfile import read_secret_if_there
from storage.ledger_reader import damage
from storage.signing import signed_otherwise
from storage.vault import Vault

NOT_EXCLUDED: Final = (
    "not excluded without a checkpoint from outside: that whoever holds the machine rewrote the whole ledger or cut its end"
)
UNBOUND: Final = (
    "not excluded: that somebody else took the place of one of the {} officials whose entries are of the first version; "
    "whoever takes the same role again by a new invitation is bound to it"
)
OTHER_KEY: Final = (
    "not checked: who signed {} of the checkpoints that are kept, the first of {} entries: another key than the one here "
    "(BOT_SIGN_KEY_FILE) did"
)
INSTEAD: Final = "stop the bot, keep this database for whoever looks into it, put back the last backup that holds"
NOTHING_SEALED: Final = "--open: an export holds nothing sealed; say `ledger verify --open` where the database is"


@dataclass(frozen=True, slots=True)
class Outside:
    """A checkpoint that was kept elsewhere; `signed_by` is None when no key was known, `why` says what is wrong with it."""

    checkpoint: Checkpoint
    signed_by: str | None
    why: str | None

    @property
    def compared(self) -> Checkpoint | None:
        """Return it if it is worth comparing with."""
        return self.checkpoint if self.why is None else None


@dataclass(slots=True)
class Verdict:
    """What was found."""

    head: Head
    broken: LedgerBroken | None
    unbound: int = 0
    signed_otherwise: Sequence[int] = ()


async def execute(arguments: argparse.Namespace, settings: Settings) -> int:
    """Verify; exit code 1 names the first entry that does not hold."""
    if arguments.export and arguments.open:
        raise SettingsError((NOTHING_SEALED,))
    outside = await asyncio.to_thread(_outside, Path(arguments.checkpoint), settings) if arguments.checkpoint else None
    compared = outside.compared if outside else None
    if arguments.export:
        verdict = await asyncio.to_thread(_verify_export, Path(arguments.export), compared)
    else:
        vault = known_vault(settings) if arguments.open else None
        verdict = await _verify_database(settings, compared, arguments.processes, vault)
    notes = _not_excluded(verdict, outside)
    if arguments.json:
        _print_json(verdict, outside, notes)
    else:
        _print(verdict, outside, notes)
        if verdict.broken is not None and not arguments.export:
            print(INSTEAD)
    return 0 if verdict.broken is None and (outside is None or outside.why is None) else 1


def _outside(path: Path, settings: Settings) -> Outside:
    """Read a checkpoint, and check its signature if this machine has the key.

    Raises:
        SettingsError: the file cannot be read, or is no checkpoint.
    """
    try:
        note = path.read_bytes()
        checkpoint = read_text(read_note(note)[0])
    except OSError as error:
        raise SettingsError((f"--checkpoint: {path} cannot be read: {error.strerror}",)) from error
    except ValueError as error:
        raise SettingsError((f"--checkpoint: {path} is no checkpoint: {error}",)) from error
    county = read_county(settings.county)
    origin, signer = origin_of(county), known_signer(settings, county)
    if checkpoint.origin != origin:
        return Outside(checkpoint, None, f"it is of {checkpoint.origin}, and this ledger is {origin}")
    if signer is None:
        return Outside(checkpoint, None, None)
    try:
        open_checkpoint(note, origin, [signer.key])
    except ValueError as error:
        return Outside(checkpoint, None, str(error))
    return Outside(checkpoint, origin, None)


async def _verify_database(
    settings: Settings, compared: Checkpoint | None, processes: int | None, vault: Vault | None
) -> Verdict:
    verdict = Verdict(EMPTY, None)
    try:
        async with opened_as_it_is(settings, read_only=True) as engine:
            audit = Audit(engine, compared)
            try:
                audit = await _followed(audit, AuditOnce(engine, compared), settings.database, processes)
                verdict.signed_otherwise = await _signed_otherwise(engine, settings)
                await audit.compare_schema()
                if vault is not None:
                    await audit.open_cases(vault, Progress("cases opened"))
            except (StorageUnavailable, TypeError, ValueError, OverflowError):
                await audit.compare_schema()  # what cannot be read may be no longer there, or in a table without types
                raise
            finally:
                verdict.head, verdict.unbound = audit.head, audit.unbound
    except LedgerBroken as error:
        verdict.broken = error
    except DatabaseDamaged as error:
        verdict.broken = LedgerBroken(max(verdict.head.seq, 1), damage(error))
    return verdict


async def _signed_otherwise(engine: Engine, settings: Settings) -> Sequence[int]:
    """Check who signed the checkpoints that are kept, where the key is here; return the sizes of those of another."""
    secret = read_secret_if_there(settings.sign_key_file, SIGN_KEY)
    if secret is None:
        return ()
    async with engine.reading() as session:
        return await signed_otherwise(session, secret)


async def _followed(audit: Audit, once: AuditOnce, database: DatabaseLocation, processes: int | None) -> Audit:
    """Check all that one walk can see: entries first, what they make next, and last the file they lie in; return who did.

    What cases make is compared by a second process meanwhile, where that is asked for or worth it. One process alone first
    takes the shortest way there is to say that nothing is wrong. What is found, and which of it is named, is the same.
    """
    entries = await audit.size()
    if is_worth_it(entries) if processes is None else processes > 1:
        async with comparing(database) as beside:
            await audit.follow_ledger(Progress("entries", entries))
            await audit.conclude(await beside.found(audit, Progress("cases")))
    elif await once.finds_nothing(Progress("entries", entries), Progress("cases")):
        return once
    else:
        await audit.follow_ledger(Progress("entries", entries))
        await audit.compare_cases(Progress("cases"))
    await audit.find_flaws()
    return audit


def _verify_export(path: Path, compared: Checkpoint | None) -> Verdict:
    verdict = Verdict(EMPTY, None)
    try:
        with path.open("rb") as export:
            _follow_export(export, compared, verdict)
    except OSError as error:
        raise SettingsError((f"{path} cannot be read: {error.strerror}",)) from error
    except LedgerBroken as error:
        verdict.broken = error
    return verdict


def _follow_export(export: BinaryIO, compared: Checkpoint | None, verdict: Verdict) -> None:
    tree = EMPTY_TREE
    size = compared.size if compared else -1
    tell = Progress("entries")
    while True:
        if verdict.head.seq == size and compared and root(tree) != compared.root:
            raise LedgerBroken(size, f"{OUTSIDE} has another root: something up to this entry was rewritten")
        ahead = size - verdict.head.seq  # a page ends where the tree is compared
        contents = _page(export, min(ahead, AT_ONCE) if ahead > 0 else AT_ONCE)
        if not contents:
            break
        leaves = []
        for line in follow_lines(verdict.head, contents):
            verdict.head = Head(line.seq, line.chain_hash)
            leaves.append(line.entry_hash)
        tree = grow(tree, leaves).frontier
        tell(verdict.head.seq)
    if size > verdict.head.seq:
        raise LedgerBroken(verdict.head.seq + 1, f"the entry is missing; {OUTSIDE} is about {size} entries")


def _page(export: BinaryIO, most: int) -> list[bytes]:
    """Read the next lines; one that is too long is cut, and will not hold."""
    return [content for _ in range(most) if (content := export.readline(LONGEST_LINE + 1))]


def _not_excluded(verdict: Verdict, outside: Outside | None) -> list[str]:
    notes = [UNBOUND.format(verdict.unbound)] if verdict.unbound else []
    if verdict.signed_otherwise:
        notes.append(OTHER_KEY.format(len(verdict.signed_otherwise), verdict.signed_otherwise[0]))
    if outside is None or outside.why is not None:
        return [NOT_EXCLUDED, *notes]
    if outside.signed_by is None:
        notes.append("not checked: the signature of the checkpoint; the key of this ledger is not here (BOT_SIGN_KEY_FILE)")
    if verdict.head.seq > outside.checkpoint.size:
        notes.append(f"not excluded: that entries after {outside.checkpoint.size} were rewritten or cut off")
    return notes


def _print_json(verdict: Verdict, outside: Outside | None, notes: list[str]) -> None:
    broken = verdict.broken
    checkpoint: Json = None
    if outside is not None:
        checkpoint = {
            "size": outside.checkpoint.size,
            "root": outside.checkpoint.root.hex(),
            "signed_by": outside.signed_by,
            "why": outside.why,
        }
    print_json(
        {
            "ok": broken is None and (outside is None or outside.why is None),
            "entries": verdict.head.seq,
            "head": verdict.head.chain_hash.hex(),
            "checkpoint": checkpoint,
            "first_bad": None if broken is None else {"seq": broken.seq, "why": broken.why},
            "not_excluded": notes,
        }
    )


def _print(verdict: Verdict, outside: Outside | None, notes: list[str]) -> None:
    if verdict.broken is not None:
        print(f"the ledger does not hold at entry {verdict.broken.seq}: {verdict.broken.why}")
    else:
        print(f"the ledger holds: {verdict.head.seq} entries, ending in {verdict.head.chain_hash.hex()}")
    if outside is not None and outside.why is not None:
        print(f"the checkpoint is worth nothing: {outside.why}")
    elif outside is not None and verdict.broken is None:
        signed = f", signed by {outside.signed_by}" if outside.signed_by else ""
        print(f"it begins with exactly the {outside.checkpoint.size} entries of the checkpoint{signed}")
    for note in notes:
        print(note)
