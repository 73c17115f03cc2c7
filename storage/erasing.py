"""Destroying content within a transaction: keys first, then everything that a key of somebody else still opens.

A case's words lie under the case's own key; but letters and conversations that repeat them lie under their readers'. Those
are opened, and go when they speak of a case that is erased.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from bot.errors import KeyLost
from bot.ports import EndedCase, EndedPage, Randomness
from bot.rules.chain import LedgerRow
from bot.rules.entry import CLOCK, Entry, ReminderTold
from bot.rules.erasure import AtClosing, CaseContent, Erasure, MilestonePhotos, PersonGone, Tie
from bot.rules.identity import CaseNumber, PersonId
from bot.rules.project import holder_of
from storage.batch import Batch
from storage.commit import AFTER_PREFIX, project_reminder, unplaced
from storage.engine import Parameters, Session, typed
from storage.keyring import Keyring, case_owner, person_owner
from storage.outbox import read_tells
from storage.rows import stamp

PAGE: Final = 500
OF_PERSON: Final = (
    "person_salt_erase",
    "person_voices_erase",
    "person_tries_erase",
    "person_rebuffs_erase",
    "person_meetings_erase",
    "person_seconds_erase",
    "person_matters_unsecond",
    "person_matters_erase",
    "person_anchors_erase",
    "person_letters_erase",
    "person_updates_erase",
    "person_pieces_erase",
    "person_files_untie",
    "person_files_erase",
)
"""Statements that destroy what lies there of a person."""

NOBODY: Final = bytes(32)
"""In the place of a chat's keyed hash: of no chat."""

NUMBER: Final = re.compile(r"[A-Z]{1,4}-\d{4}-\d{6,}")


async def erase(
    session: Session, keyring: Keyring | None, randomness: Randomness, erasures: Sequence[Erasure], now: datetime
) -> list[LedgerRow]:
    """Destroy what is named; return the entries that this calls for beside those about the erasure itself.

    Args:
        keyring: None where no key is at hand: then no letter and no conversation keeps its content.
    """
    cases = {each.case for each in erasures if isinstance(each, CaseContent)}
    for each in erasures:
        match each:
            case CaseContent(case=number):
                await _case(session, number)
            case Tie(case=number, voice=voice):
                await session.run("voice_erase", [{"number": number, "voice": voice}])
            case PersonGone(person=person):
                await _person(session, keyring, person)
            case MilestonePhotos(project=project, place=place):
                await _photos(session, keyring, holder_of(project, place))
            case AtClosing():
                pass
        await session.run("erasure_put", [{"subject": each.subject, "at": stamp(now)}])
    return await _mentions(session, keyring, randomness, cases, now) if cases else []


async def _case(session: Session, number: CaseNumber) -> None:
    await session.run("key_destroy", [{"owner": case_owner(number)}])
    await session.run("words_erase", [{"number": number}])
    await session.run("code_erase", [{"number": number}])
    await session.run("translations_erase", [{"number": number}])
    await session.run("memory_erase", [{"number": number}])
    await session.run("case_pieces_erase", [{"number": number}])
    await session.run("case_files_erase", [{"number": number}])
    await session.run("voices_erase", [{"number": number}])
    await session.run("erasure_drop", [{"subject": AtClosing(number).subject}])


async def _person(session: Session, keyring: Keyring | None, person: PersonId) -> None:
    if keyring is not None:
        keyring.forget(person)
    await session.run("key_destroy", [{"owner": person_owner(person)}])
    await session.run("dialog_end", [{"person": person}])
    await session.run("due_cancel", [{"first": f"person/{person}/", "last": f"person/{person}/{AFTER_PREFIX}"}])
    for statement in OF_PERSON:
        await session.run(statement, [{"person": person, "nobody": NOBODY}])
    await session.run("person_erase", [{"person": person}])


async def _photos(session: Session, keyring: Keyring | None, holder: PersonId) -> None:
    if keyring is not None:
        keyring.forget(holder)
    await session.run("key_destroy", [{"owner": person_owner(holder)}])
    for statement in ("person_pieces_erase", "person_files_erase"):
        await session.run(statement, [{"person": holder}])


async def ended_page(session: Session, after: str) -> EndedPage:
    """Return a page of ended cases whose content is still there."""
    wanted: Parameters = {"after": after, "limit": PAGE}
    ((last,),) = typed(await session.rows("case_keys_last", wanted), tuple[str | None])
    rows = await session.rows("cases_with_content", wanted)
    cases = tuple(
        EndedCase(number, datetime.fromisoformat(ended_at), wished_at is not None)
        for number, ended_at, wished_at in typed(rows, tuple[CaseNumber, str | None, int | None])
        if ended_at is not None
    )
    return EndedPage(cases, last)


# ── What repeats it elsewhere ────────────────────────────────────────────────


async def _mentions(
    session: Session, keyring: Keyring | None, randomness: Randomness, cases: Collection[str], now: datetime
) -> list[LedgerRow]:
    """Take out of letters, conversations and names of messages whatever speaks of these cases."""
    await _anchors(session, cases)
    if keyring is None:
        await session.run("letters_blank", [{}])
        await session.run("dialogs_blank", [{}])
        return []
    await _dialogs(session, keyring, cases)
    return await _letters(session, keyring, randomness, cases, now)


async def _anchors(session: Session, cases: Collection[str]) -> None:
    person = anchor = ""
    while rows := await session.rows("anchors_page", {"person": person, "anchor": anchor, "limit": PAGE}):
        found = typed(rows, tuple[str, str])
        await session.run("anchor_drop", [{"person": who, "anchor": name} for who, name in found if _speaks_of(name, cases)])
        person, anchor = found[-1]


async def _dialogs(session: Session, keyring: Keyring, cases: Collection[str]) -> None:
    after = ""
    while rows := await session.rows("dialogs_page", {"after": after, "limit": PAGE}):
        for person, state, version, wrapped in typed(rows, tuple[PersonId, bytes, int, bytes]):
            if _opened_speaks_of(keyring, (person, version, wrapped), state, "dialog", cases):
                await session.run("dialog_end", [{"person": person}])
            after = person


_KEPT: Final = tuple[int, PersonId, str | None, bytes, str | None, int | None, int, bytes]
"""The columns of `letters_kept`."""


async def _letters(
    session: Session, keyring: Keyring, randomness: Randomness, cases: Collection[str], now: datetime
) -> list[LedgerRow]:
    """Give up letters about these cases; a reminder that one of them carried was not told."""
    after, batch = 0, Batch()
    while rows := await session.rows("letters_kept", {"after": after, "limit": PAGE}):
        for id_, person, anchor, body, tells, failed_at, version, wrapped in typed(rows, _KEPT):
            key, after = (person, version, wrapped), id_
            if _speaks_of(anchor or "", cases) or _opened_speaks_of(keyring, key, body, "outbox", cases):
                batch.add("letter_erase", {"id": id_, "now": stamp(now)})
                for told in read_tells(tells) if failed_at is None else ():
                    fact = ReminderTold(round=told.round, stage=told.stage, staff=told.staff, was_told=False)
                    entry = Entry(at=now.replace(microsecond=0), actor=CLOCK, case=told.case, fact=fact)
                    project_reminder(batch, entry)
                    batch.entries.append(unplaced(entry, randomness))
    for statement, parameters in batch.rows.items():
        await session.run(statement, parameters)
    return batch.entries


def _opened_speaks_of(
    keyring: Keyring, key: tuple[PersonId, int, bytes], sealed: bytes, about: str, cases: Collection[str]
) -> bool:
    """Open what a person's key seals; what no key opens any more speaks of nothing."""
    person, version, wrapped = key
    try:
        opened = keyring.of_row(person, version, wrapped)
        return _speaks_of(opened.open(sealed, about).decode(), cases)
    except KeyLost:
        return False


def _speaks_of(text: str, cases: Collection[str]) -> bool:
    return any(number in cases for number in NUMBER.findall(text))
