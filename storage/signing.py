"""Checkpoints of the ledger in the store: signed over the root that the stored tree has, and kept.

The key's name is the ledger's origin; whoever checks must have got its text from elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import starmap
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bot.errors import LedgerBroken
from bot.rules.checkpoint import Checkpoint, VerifierKey, open_note, read_note, read_text, sign, verifier_key
from bot.rules.merkle import root
from bot.rules.receipt import SignedReceipt, sign_receipt
from storage.engine import Row, Session, typed
from storage.rows import stamp
from storage.tree import frontier


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """A checkpoint as it is kept: how many entries it is about, and the signed note."""

    size: int
    text: str

    def read(self) -> Checkpoint:
        """Read what it says, without checking its signature.

        Raises:
            LedgerBroken: it is no checkpoint, or not of the size under which it is kept.
        """
        try:
            checkpoint = read_text(read_note(self.text.encode())[0])
        except ValueError as error:
            raise LedgerBroken(self.size, "the checkpoint kept of its entries cannot be read") from error
        if checkpoint.size != self.size:
            raise LedgerBroken(self.size, "the checkpoint kept of its entries is another one")
        return checkpoint


class Signer:
    """Signs the ledger of one origin with one key."""

    def __init__(self, origin: str, secret: bytes) -> None:
        self._origin = origin
        self._private = Ed25519PrivateKey.from_private_bytes(secret)

    @property
    def origin(self) -> str:
        """Return which ledger it signs."""
        return self._origin

    @property
    def key(self) -> VerifierKey:
        """Return what signatures are checked with."""
        return verifier_key(self._origin, self._private)

    def receipt(self, receipt: SignedReceipt) -> str:
        """Sign the receipt of an entry; the same one is always signed alike."""
        return sign_receipt(receipt, self._private)

    async def checkpoint(self, session: Session, now: datetime) -> KeptCheckpoint:
        """Sign all that the ledger holds in this session, and keep the checkpoint.

        Raises:
            LedgerBroken: the tree has lost a node, or the ledger its head.
        """
        now_there = await unsigned(session, self._origin)
        size, signed = now_there.size, sign(now_there, self._private)
        await session.run("checkpoint_put", [{"size": size, "text": signed, "at": stamp(now)}])
        return KeptCheckpoint(size, signed)


class OpenDraw(NamedTuple):
    """The columns of `draw_open`."""

    since: int
    pledge: str
    seed: bytes


async def unsigned(session: Session, origin: str) -> Checkpoint:
    """Say what a checkpoint of the ledger as it is now says, with the line that binds to the seed of the next draw.

    Raises:
        LedgerBroken: the tree has lost a node, or the ledger its head.
    """
    size = await ledger_size(session)
    pledges = tuple(open_.pledge for open_ in typed(await session.rows("draw_open", {}), OpenDraw))
    return Checkpoint(origin, size, root(await frontier(session, size)), pledges)


async def ledger_size(session: Session) -> int:
    """Say how many entries the ledger has.

    Raises:
        LedgerBroken: the head is gone.
    """
    match await session.rows("ledger_head", {}):
        case [(int(seq), _)]:
            return seq
        case _:
            raise LedgerBroken(0, "the ledger's head is gone")


async def newest_checkpoint(session: Session) -> KeptCheckpoint | None:
    """Read the kept checkpoint over most entries."""
    return next(_kept(await session.rows("checkpoint_newest", {})), None)


async def kept_checkpoints(session: Session) -> list[KeptCheckpoint]:
    """Read every kept checkpoint, by size."""
    return list(_kept(await session.rows("checkpoint_all", {})))


async def signed_otherwise(session: Session, secret: bytes) -> list[int]:
    """Hold the signature of each kept checkpoint against the ledger's key; return the sizes of those of another.

    A county that lost its key signs with a new one; what the old one signed is still worth what it was to who has its text.

    Raises:
        LedgerBroken: one names the key and is not of it, or it cannot be read.
    """
    others = []
    for kept in await kept_checkpoints(session):
        key = Signer(kept.read().origin, secret).key
        note = kept.text.encode()
        if not any((each.name, each.key_hash) == (key.name, key.key_hash) for each in read_note(note)[1]):
            others.append(kept.size)
            continue
        try:
            open_note(note, [key])
        except ValueError as error:
            why = "the checkpoint kept of its entries was changed: its signature is not of the key that it names"
            raise LedgerBroken(max(kept.size, 1), why) from error
    return others


def _kept(rows: Sequence[Row]) -> Iterator[KeptCheckpoint]:
    return starmap(KeptCheckpoint, typed(rows, tuple[int, str]))
