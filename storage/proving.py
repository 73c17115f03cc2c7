"""What goes with a receipt: the signed receipt of an entry, and the proof that it is in the newest checkpoint.

Receipts are signed when they are asked for and never kept: the same entry always has the same one.
Invariant: a proof leaves here only if it proves what it is for, checked as whoever gets it checks it.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import LedgerBroken, NotFound
from bot.rules.chain import LedgerRow, read
from bot.rules.checkpoint import Checkpoint
from bot.rules.entry import Filed, VoiceAdded
from bot.rules.identity import CaseNumber
from bot.rules.merkle import Nodes, consistency_proof, inclusion_proof, is_extended, is_included
from bot.rules.receipt import Extension, Proof, SignedReceipt, write_extension, write_proof
from storage.engine import Session
from storage.rows import read_ledger_row
from storage.signing import KeptCheckpoint, Signer, newest_checkpoint
from storage.tree import computed


@dataclass(frozen=True, slots=True)
class Proven:
    """An entry, and the way from it to the root of the newest checkpoint; None while no checkpoint covers it."""

    row: LedgerRow
    proof: Proof | None

    @property
    def text(self) -> str | None:
        """Write the proof as other programs read it."""
        return None if self.proof is None else write_proof(self.proof)

    def receipt(self, signer: Signer) -> str:
        """Sign the receipt of the entry."""
        row = self.row
        return signer.receipt(SignedReceipt(signer.origin, CaseNumber(row.case_number or ""), row.at, row.entry_hash))


def brings(row: LedgerRow, voice: int) -> bool:
    """Say whether an entry is the one with which a voice came to its case: the filing, or that it joined."""
    match read(row).fact:
        case Filed():
            return voice == 1
        case VoiceAdded(voice=added):
            return added == voice
        case _:
            return False


async def proofs_of(session: Session, number: CaseNumber) -> tuple[Proven, ...]:
    """Prove the entries of a case, oldest first, in the newest checkpoint.

    Raises:
        NotFound: the ledger has no such case.
        LedgerBroken: the tree has lost a node, or leads to another root than the checkpoint's.
    """
    rows = [read_ledger_row(row) for row in await session.rows("ledger_of_case", {"number": number})]
    if not rows:
        raise NotFound
    kept = await newest_checkpoint(session)
    return tuple([Proven(row, await _proof(session, row, kept)) for row in rows])


async def _proof(session: Session, row: LedgerRow, kept: KeptCheckpoint | None) -> Proof | None:
    if kept is None or row.seq > kept.size:
        return None
    index, size = row.seq - 1, kept.size

    def path(nodes: Nodes) -> tuple[bytes, ...]:
        return inclusion_proof(index, size, nodes)

    proof = Proof(index, await computed(session, path), kept.text)
    if not is_included(row.entry_hash, index, size, proof.path, kept.read().root):
        raise LedgerBroken(row.seq, f"the tree does not lead from it to the checkpoint of {size} entries")
    return proof


async def extension_from(session: Session, old: Checkpoint, kept: KeptCheckpoint) -> str:
    """Prove that the newest checkpoint only adds to an older one, as a witness is asked to sign it.

    Raises:
        ValueError: the old one has more entries.
        LedgerBroken: the tree has lost a node, or the ledger does not begin with what the old one is about.
    """

    def path(nodes: Nodes) -> tuple[bytes, ...]:
        return consistency_proof(old.size, kept.size, nodes)

    extension = Extension(old.size, await computed(session, path), kept.text)
    if not is_extended(old.size, old.root, kept.size, kept.read().root, extension.path):
        raise LedgerBroken(old.size, f"the checkpoint of {kept.size} entries does not add to the one of so many entries")
    return write_extension(extension)
