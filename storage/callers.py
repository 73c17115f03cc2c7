"""The codes of people who phone or come to a counter, as a commit writes them: keyed hashes, so that a copy tells nothing.

A code has eight digits; whoever had the plain hashes could try them all out. Without the house's look-up key nobody can.
"""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import Final

from bot.rules.caller import Trying
from bot.rules.effect import Effects
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.rebuff import Rebuffs
from storage.batch import Batch
from storage.engine import Session, typed
from storage.keyring import Keyring
from storage.rows import moment, stamp

FILER: Final = 1
"""Which voice of a case whoever phoned is."""


def code_digest(keyring: Keyring, number: CaseNumber, code: str) -> bytes:
    """Hash a case's code so that only this house can compare it."""
    return keyring.lookup.hash(f"code/{number}/{code}")


def put_callers(batch: Batch, keyring: Keyring, effects: Effects, now: datetime) -> None:
    """Write down the codes of new callers, who guessed wrongly, and who linked a case."""
    for each in effects.codes:
        digest = code_digest(keyring, each.case, each.code)
        batch.add("code_put", {"number": each.case, "digest": digest, "now": stamp(now)})
    for wrong in effects.wrong_codes:
        if wrong.case is not None:
            number, tries = wrong.case
            batch.add("code_wrong", {"number": number, "tries": tries})
        batch.add("link_tries_put", {"person": wrong.person, "since": stamp(wrong.since), "count": wrong.count})
    for rebuffs in effects.rebuffs:
        batch.add("rebuffs_put", {"person": rebuffs.person, "since": stamp(rebuffs.since), "count": rebuffs.count})
    for linked in effects.linked:
        batch.add("code_use", {"number": linked.case, "now": stamp(now)})
        batch.add("voice_add", {"number": linked.case, "voice": FILER, "person": linked.person})


async def rebuffs_of(session: Session, person: PersonId) -> Rebuffs | None:
    """Return how often somebody was refused in a way that is entered; None: never."""
    rows = typed(await session.rows("rebuffs_get", {"person": person}), tuple[int, int])
    return next((Rebuffs(person, moment(since), count) for since, count in rows), None)


async def tried_code(session: Session, keyring: Keyring | None, number: CaseNumber, code: str, person: PersonId) -> Trying:
    """Compare a code with that of a case; without a key none fits."""
    codes = typed(await session.rows("code_get", {"number": number}), tuple[bytes, int])
    said = typed(await session.rows("link_tries_get", {"person": person}), tuple[int, int])
    since, count = (moment(said[0][0]), said[0][1]) if said else (None, 0)
    if not codes:
        return Trying(fits=False, tries=None, since=since, count=count)
    digest, tries = codes[0]
    fits = keyring is not None and compare_digest(digest, code_digest(keyring, number, code))
    return Trying(fits=fits, tries=tries, since=since, count=count)
