"""A week's end in the store: last week's seed is told, callbacks are drawn, a new seed is pledged, a checkpoint signed.

All of it is one transaction with the entries that count the week, so there is no moment at which anyone knows who is drawn
and can still do something about it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec.structs import replace

from bot.ports import Decision, Randomness
from bot.rules.checkpoint import shown
from bot.rules.draw import SEED_BYTES, Ended, draw, pledge
from bot.rules.due import SendDigest
from bot.rules.effect import Effects, Send
from bot.rules.entry import CLOCK, CallbackDrawn, Entry, SeedPublished
from bot.rules.identity import CaseNumber, UnitId
from bot.rules.message import DigestPage
from storage.assertions import ended_within
from storage.commit import append, unplaced
from storage.engine import Session, typed
from storage.keyring import Keyring
from storage.pledges import seed_slot
from storage.signing import KeptCheckpoint, OpenDraw, Signer, ledger_size


def is_weekly(decisions: Sequence[Decision]) -> bool:
    """Say whether the decisions end a week."""
    return any(each.due is not None and isinstance(each.due.task, SendDigest) for each in decisions)


def without_digests(decisions: Sequence[Decision]) -> tuple[list[Decision], list[Send]]:
    """Take out the digests, which wait for the checkpoint that they carry."""
    digests = [send for each in decisions for send in each.effects.sends if isinstance(send.message, DigestPage)]
    others = [
        replace(
            each,
            effects=replace(
                each.effects, sends=tuple(send for send in each.effects.sends if not isinstance(send.message, DigestPage))
            ),
        )
        for each in decisions
    ]
    return others, digests


def signed_digests(digests: Sequence[Send], kept: KeptCheckpoint) -> Decision:
    """Write the checkpoint into the digests that go out with it, so that everyone who gets one is a witness."""
    end = shown(kept.read())
    sends = []
    for send in digests:
        message = send.message
        if isinstance(message, DigestPage):
            digest = msgspec.structs.replace(message.digest, checkpoint=end, signed=kept.text)
            sends.append(replace(send, message=msgspec.structs.replace(message, digest=digest)))
    return Decision(Effects(sends=tuple(sends)))


class WeekEnd:
    """Ends a week within one transaction."""

    def __init__(self, session: Session, keyring: Keyring, randomness: Randomness, now: datetime) -> None:
        self._session, self._keyring, self._randomness = session, keyring, randomness
        self._now = now.replace(microsecond=0)

    async def close(self, signer: Signer) -> KeptCheckpoint:
        """Tell, draw, pledge and sign, in this order."""
        await self._tell()
        await self._draw()
        await self._pledge()
        return await signer.checkpoint(self._session, self._now)

    async def _tell(self) -> None:
        """Publish the seeds of draws whose calls had a week."""
        rows = await self._session.rows("draw_unpublished", {})
        for since, until, seed in typed(rows, tuple[int, int, bytes]):
            told = SeedPublished(since=since, until=until, seed=self._opened(since, seed).hex())
            await self._append([Entry(at=self._now, actor=CLOCK, case=None, fact=told)])
            await self._session.run("draw_told", [{"since": since}])

    async def _draw(self) -> None:
        """Draw from the closed cases counted since the seed was pledged."""
        for since, _, seed in typed(await self._session.rows("draw_open", {}), OpenDraw):
            until = await ledger_size(self._session)
            ended = await ended_within(self._session, since, until)
            drawn = draw(self._opened(since, seed), list(ended))
            await self._append([self._drawn(each, *ended[each]) for each in drawn])
            await self._session.run("draw_done", [{"since": since, "until": until, "drawn": len(drawn)}])

    async def _pledge(self) -> None:
        since, seed = await ledger_size(self._session), self._randomness.bytes(SEED_BYTES)
        sealed = self._keyring.transit.seal(seed, seed_slot(since))
        await self._session.run("draw_put", [{"since": since, "pledge": pledge(seed), "seed": sealed}])

    def _opened(self, since: int, seed: bytes) -> bytes:
        return self._keyring.transit.open(seed, seed_slot(since))

    def _drawn(self, ended: Ended, case: CaseNumber | None, _: UnitId, attempt: int) -> Entry:
        fact = CallbackDrawn(round=attempt, counted=ended.entry_hash.hex())
        return Entry(at=self._now, actor=CLOCK, case=case, fact=fact)

    async def _append(self, entries: Sequence[Entry]) -> None:
        await append(self._session, [unplaced(entry, self._randomness) for entry in entries])
